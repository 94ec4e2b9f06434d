//! A usage plan: which stages its API keys may call, how fast, and how often in a period.

use super::{ApiId, StageName, Timestamp};
use crate::collections::{SharedMap, SortedMap};
use std::{fmt, rc::Rc};

/// Requests per second. Finite and not negative.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Rate(u64);

impl fmt::Debug for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}

impl Rate {
    /// Makes a rate; `None` for a number that no rate can have.
    pub fn new(per_second: f64) -> Option<Self> {
        // `+ 0.0` makes the negative zero the positive one, so that equal rates have equal bits.
        (per_second.is_finite() && per_second >= 0.0).then(|| Self((per_second + 0.0).to_bits()))
    }

    /// Returns the number.
    pub fn get(self) -> f64 {
        f64::from_bits(self.0)
    }
}

/// How fast callers may call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Throttle {
    /// Requests that may come at once.
    pub burst: Option<u32>,
    /// Requests per second over time.
    pub rate: Option<Rate>,
}

/// The period that a quota counts over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// A day.
    Day,
    /// Seven days.
    Week,
    /// A month.
    Month,
}

impl Period {
    /// Returns AWS's word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "DAY",
            Self::Week => "WEEK",
            Self::Month => "MONTH",
        }
    }

    /// Parses AWS's word.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Day, Self::Week, Self::Month].into_iter().find(|period| period.as_str() == text)
    }
}

/// How often a key may call in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Requests in a period.
    pub limit: u32,
    /// Requests that are taken off in the first period.
    pub offset: u32,
    /// The period.
    pub period: Period,
}

/// A stage of a usage plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanStage {
    /// The API.
    pub api_id: ApiId,
    /// The stage.
    pub stage: StageName,
    /// Limits of single methods, by `/path/METHOD`.
    pub throttle: SortedMap<String, Throttle>,
}

/// A key of a usage plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanKey {
    /// When it was added: its first period begins then.
    pub since: Timestamp,
    /// The rest that `UpdateUsage` has given it, and the time.
    pub granted: Option<(Timestamp, u32)>,
}

/// A usage plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsagePlan {
    /// Its id.
    pub id: Rc<str>,
    /// Its name.
    pub name: String,
    /// The author's words about it.
    pub description: Option<String>,
    /// A product of the AWS Marketplace.
    pub product_code: Option<String>,
    /// The stages that its keys may call.
    pub stages: Vec<PlanStage>,
    /// How fast each key may call.
    pub throttle: Option<Throttle>,
    /// How often each key may call.
    pub quota: Option<Quota>,
    /// Its keys, by id.
    pub keys: SharedMap<Rc<str>, PlanKey>,
    /// Tags.
    pub tags: SortedMap<String, String>,
}

impl UsagePlan {
    /// Returns the stage of the plan with these names.
    pub fn stage(&self, api_id: &str, stage: &str) -> Option<&PlanStage> {
        self.stages.iter().find(|held| &*held.api_id == api_id && &*held.stage == stage)
    }
}
