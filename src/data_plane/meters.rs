//! Counts what traffic has used of usage plans: requests by key, and token buckets. A copy costs two pointers.

use super::api_key::Bucket;
use crate::{
    collections::SharedMap,
    entities::{Throttle, Timestamp, Usage, UsagePlan},
};
use std::rc::Rc;

/// The most buckets that are kept; they begin anew, full, when there are more.
const MOST_BUCKETS: usize = 10_000;

/// Counters of usage plans.
#[derive(Clone, Debug, Default)]
pub(crate) struct Meters {
    usage: Usage,
    buckets: SharedMap<Rc<str>, Bucket>,
}

impl Meters {
    /// Returns what keys have used of quotas.
    pub(crate) fn usage(&self) -> &Usage {
        &self.usage
    }

    /// Counts a request of a key.
    pub(crate) fn count(&mut self, plan: &UsagePlan, key: &Rc<str>, now: Timestamp) {
        self.usage.count(plan, key, now);
    }

    /// Takes a token out of a bucket; `false` when it is empty.
    pub(crate) fn take(&mut self, name: &str, limit: Throttle, now: Timestamp) -> bool {
        if self.buckets.len() >= MOST_BUCKETS {
            self.buckets = SharedMap::new();
        }
        let mut bucket = self.buckets.get(name).copied().unwrap_or_else(|| Bucket::full(limit, now));
        let taken = bucket.take(limit, now);
        self.buckets.insert(name.into(), bucket);
        taken
    }
}
