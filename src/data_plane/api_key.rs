//! Sixth and seventh step: has the caller a key, does a usage plan let it call this stage, and is anything left of the plan's
//! rate and quota. Only methods that need a key ask, and only they count.

use super::{Call, GatewayResponseType, Halt, Outcome, Runtime, Step, Trace, router::Route};
use crate::entities::{ApiConfig, ApiKey, Day, Period, PlanStage, Throttle, Timestamp, UsagePlan};
use std::fmt;

/// The check of the API key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiKeyStep {
    /// The method needs none.
    NotNeeded,
    /// The method needs one, and the request has none.
    Missing,
    /// The API takes keys from authorizers only, and none gave one.
    FromAuthorizer,
    /// The method needs one, and no such key exists.
    Unknown,
    /// The key exists and is switched off; holds its name.
    Disabled(String),
    /// No usage plan lets the key call this stage; holds its name.
    NoPlan(String),
    /// The plan's rate is used up for now.
    Throttled {
        /// The name of the plan.
        plan: String,
        /// Whether it is the rate of this method alone.
        method: bool,
    },
    /// The plan's quota is used up for this period.
    Exhausted {
        /// The name of the plan.
        plan: String,
        /// The quota.
        limit: u32,
        /// The period.
        period: Period,
    },
    /// The key is good.
    Passed {
        /// The name of the key.
        key: String,
        /// The name of the plan.
        plan: String,
        /// The rest of the quota after this request; `None` without a quota.
        remaining: Option<u32>,
    },
}

impl ApiKeyStep {
    /// Returns how it went.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::NotNeeded => Outcome::Skipped,
            Self::Passed { .. } => Outcome::Passed,
            _ => Outcome::Failed,
        }
    }
}

impl fmt::Display for ApiKeyStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotNeeded => f.write_str("The method needs no API key."),
            Self::Missing => f.write_str("The method needs an API key, and the request has no X-API-Key header."),
            Self::FromAuthorizer => f.write_str(
                "The method needs an API key, this API takes it from an authorizer's usageIdentifierKey, not from the X-API-Key \
                 header, and no authorizer gave one.",
            ),
            Self::Unknown => {
                f.write_str("The method needs an API key, and the one that is given is not one of this account.")
            }
            Self::Disabled(key) => write!(f, "The API key {key} is not enabled."),
            Self::NoPlan(key) => write!(f, "No usage plan with this stage holds the API key {key}."),
            Self::Throttled { plan, method: false } => {
                write!(f, "The key calls faster than the usage plan {plan} lets it.")
            }
            Self::Throttled { plan, method: true } => {
                write!(f, "The key calls this method faster than the usage plan {plan} lets it.")
            }
            Self::Exhausted { plan, limit, period } => {
                let period = match period {
                    Period::Day => "day",
                    Period::Week => "week",
                    Period::Month => "month",
                };
                write!(f, "The quota of the usage plan {plan}, {limit} requests a {period}, is used up for this key.")
            }
            Self::Passed { key, plan, remaining } => {
                write!(f, "The usage plan {plan} lets the API key {key} call this stage")?;
                match remaining {
                    Some(left) => write!(f, "; {left} requests are left in this period."),
                    None => f.write_str("."),
                }
            }
        }
    }
}

/// Checks the key of a request, and counts the request; the key when the method needed one.
pub(crate) fn check<'a>(
    config: &ApiConfig,
    route: &Route<'_, '_>,
    call: &Call<'a>,
    runtime: &mut Runtime,
    trace: &mut Trace,
) -> Result<Option<&'a ApiKey>, Halt> {
    let needed = route.method.api_key_required;
    let (step, key) = if needed { judge(config, route, call, runtime) } else { (ApiKeyStep::NotNeeded, None) };
    let refusal = match step {
        ApiKeyStep::NotNeeded | ApiKeyStep::Passed { .. } => None,
        ApiKeyStep::Throttled { .. } => Some(GatewayResponseType::Throttled),
        ApiKeyStep::Exhausted { .. } => Some(GatewayResponseType::QuotaExceeded),
        _ => Some(GatewayResponseType::InvalidApiKey),
    };
    trace.push(Step::ApiKey(step));
    refusal.map_or(Ok(key), |refusal| Err(refusal.into()))
}

fn judge<'a>(
    config: &ApiConfig,
    route: &Route<'_, '_>,
    call: &Call<'a>,
    runtime: &mut Runtime,
) -> (ApiKeyStep, Option<&'a ApiKey>) {
    let from_authorizer = config.settings.api_key_source == "AUTHORIZER";
    let given = call.learned.grant.get().and_then(|grant| grant.usage_key.as_deref());
    let value = if from_authorizer { given } else { call.request.header("x-api-key") };
    let Some(value) = value else {
        return (if from_authorizer { ApiKeyStep::FromAuthorizer } else { ApiKeyStep::Missing }, None);
    };
    let Some(key) = call.account.api_keys.values().find(|key| *key.value == *value) else {
        return (ApiKeyStep::Unknown, None);
    };
    let name = key.name.clone().unwrap_or_else(|| key.id.to_string());
    if !key.enabled {
        return (ApiKeyStep::Disabled(name), None);
    }
    let mut plans = call.account.usage_plans.values().filter(|plan| plan.keys.contains_key(&key.id));
    let held = plans.find_map(|plan| plan.stage(call.api_id, call.stage).map(|stage| (plan, stage)));
    let Some((plan, stage)) = held else { return (ApiKeyStep::NoPlan(name), None) };
    match spend(plan, stage, key, route, call, runtime) {
        Ok(remaining) => (ApiKeyStep::Passed { key: name, plan: plan.name.clone(), remaining }, Some(key)),
        Err(step) => (step, None),
    }
}

/// Takes a request off the rate, then off the quota (their order, and that what the rate refuses does not count for the
/// quota, are assumed); what is left of the quota.
fn spend(
    plan: &UsagePlan,
    stage: &PlanStage,
    key: &ApiKey,
    route: &Route<'_, '_>,
    call: &Call<'_>,
    runtime: &mut Runtime,
) -> Result<Option<u32>, ApiKeyStep> {
    // A method's own limit is asked instead of the plan's (documented as an override).
    let own = own_limit(stage, &route.resource_path, route.method.http_method.as_str());
    let limit = own.map(|(_, limit)| limit).or(plan.throttle);
    let bucket = [&*plan.id, "/", &*key.id, "/", own.map_or("", |(method, _)| method)].concat();
    if limit.is_some_and(|limit| !runtime.meters.take(&bucket, limit, call.time)) {
        return Err(ApiKeyStep::Throttled { plan: plan.name.clone(), method: own.is_some() });
    }
    let left = |runtime: &Runtime| {
        let held = plan.keys.get(&key.id)?;
        runtime.meters.usage().of(&plan.id, &key.id).remaining(plan, held, Day::of(call.time))
    };
    if let (Some(0), Some(quota)) = (left(runtime), plan.quota) {
        let (plan, limit, period) = (plan.name.clone(), quota.limit, quota.period);
        return Err(ApiKeyStep::Exhausted { plan, limit, period });
    }
    runtime.meters.count(plan, &key.id, call.time);
    Ok(left(runtime))
}

/// Returns the limit of one method in a plan, with its name there.
fn own_limit<'s>(stage: &'s PlanStage, path: &str, verb: &str) -> Option<(&'s str, Throttle)> {
    let found = stage.throttle.iter().find(|(method, _)| {
        let (of, for_verb) = method.rsplit_once('/').unwrap_or(("", method));
        for_verb == verb && of.trim_matches('/') == path.trim_matches('/')
    });
    found.map(|(method, throttle)| (method.as_str(), *throttle))
}

/// A token bucket: full at first (inferred), a token for each request, refilled at the rate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bucket {
    tokens: f64,
    at: Timestamp,
}

impl Bucket {
    /// Returns a bucket that was never used.
    pub(crate) fn full(limit: Throttle, now: Timestamp) -> Self {
        Self { tokens: capacity(limit), at: now }
    }

    /// Takes a token, if there is one.
    pub(crate) fn take(&mut self, limit: Throttle, now: Timestamp) -> bool {
        let Some(rate) = limit.rate else {
            // Nothing refills it and nothing is said of a rate: only a burst of nothing stops anybody (assumed).
            return limit.burst != Some(0);
        };
        #[expect(clippy::cast_precision_loss, reason = "milliseconds between two requests")]
        let seconds = now.0.saturating_sub(self.at.0).max(0) as f64 / 1000.0;
        self.tokens = (self.tokens + seconds * rate.get()).min(capacity(limit));
        // Also when the clock was set back: else nothing would come in until it is as late again.
        self.at = now;
        let enough = self.tokens >= 1.0 && rate.get() > 0.0;
        if enough {
            self.tokens -= 1.0;
        }
        enough
    }
}

/// Returns how many requests may come at once: the burst, or what one second allows when none is given (assumed).
fn capacity(limit: Throttle) -> f64 {
    match (limit.burst, limit.rate) {
        (Some(burst), _) => f64::from(burst),
        (None, Some(rate)) => rate.get().max(1.0),
        (None, None) => 0.0,
    }
}
