//! What traffic leaves behind. Never part of a snapshot, and never an influence on one.

use crate::entities::{ApiId, StageName};
use std::collections::BTreeMap;

/// How a stage was used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StageCounters {
    /// Requests that reached the stage.
    pub requests: u64,
    /// Answers from 400 to 499.
    pub client_errors: u64,
    /// Answers from 500 on.
    pub server_errors: u64,
}

/// What traffic leaves behind, for all stages.
#[derive(Clone, Debug, Default)]
pub struct Runtime {
    counters: BTreeMap<ApiId, BTreeMap<StageName, StageCounters>>,
}

impl Runtime {
    /// A runtime that has seen no traffic.
    pub fn new() -> Self {
        Self::default()
    }

    /// How a stage was used; zeros for one that never was.
    pub fn counters(&self, api: &str, stage: &str) -> StageCounters {
        self.counters.get(api).and_then(|stages| stages.get(stage)).copied().unwrap_or_default()
    }

    pub(crate) fn count(&mut self, api: &ApiId, stage: &StageName, status: u16) {
        let slot = match self.counters.get_mut(api) {
            Some(stages) => stages,
            None => self.counters.entry(api.clone()).or_default(),
        };
        let slot = match slot.get_mut(stage) {
            Some(counters) => counters,
            None => slot.entry(stage.clone()).or_default(),
        };
        slot.requests += 1;
        match status {
            400..=499 => slot.client_errors += 1,
            500.. => slot.server_errors += 1,
            _ => {}
        }
    }
}
