//! Bounds how fast a stage lets a method be called: a bucket of tokens for each method, one token for a request (documented).

use super::{Call, GatewayResponseType, Halt, Outcome, Runtime, Step, Trace, router::Route};
use crate::entities::{Double, MethodSettings, Rate, Throttle};
use std::fmt;

/// The burst that an account allows, and so the most that a stage's settings can (documented).
const ACCOUNT_BURST: u32 = 5000;

/// The limit that refused a request. Pushed to the trace only then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThrottleStep {
    /// Requests that may come at once.
    pub burst: u32,
    /// Requests per second in the long run.
    pub rate: Double,
}

impl ThrottleStep {
    /// Returns how it went.
    pub fn outcome(self) -> Outcome {
        Outcome::Failed
    }
}

impl fmt::Display for ThrottleStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { burst, rate } = self;
        write!(f, "The stage lets this method be called {rate} times per second, and {burst} times at once.")
    }
}

/// Takes a token for a request. The settings of all methods are a limit for each of them, not one for all (documented).
pub(crate) fn check(
    route: &Route<'_, '_>,
    call: &Call<'_>,
    runtime: &mut Runtime,
    trace: &mut Trace,
) -> Result<(), Halt> {
    let Some(stage) = call.rules.filter(|stage| !stage.method_settings.is_empty()) else { return Ok(()) };
    let verb = route.method.http_method.as_str();
    let settings = stage.own_settings_of(&route.resource_path, verb).or_else(|| stage.settings_of_all());
    let Some((step, limit)) = settings.and_then(|settings| limit(settings)) else { return Ok(()) };
    let bucket = ["stage/", call.api_id, "/", call.stage, "/", verb, &route.resource_path].concat();
    if runtime.meters.take(&bucket, limit, call.time) {
        return Ok(());
    }
    trace.push(Step::Throttle(step));
    Err(GatewayResponseType::Throttled.into())
}

/// Returns the limit that settings mean; none when both are switched off, which a negative number does (reported).
fn limit(settings: &MethodSettings) -> Option<(ThrottleStep, Throttle)> {
    let burst = u32::try_from(settings.throttling_burst_limit).ok().map(|burst| burst.min(ACCOUNT_BURST));
    let rate = Rate::new(settings.throttling_rate_limit.get().min(Double::ACCOUNT_RATE.get()));
    if burst.is_none() && rate.is_none() {
        return None;
    }
    let (burst, rate) = (burst.unwrap_or(ACCOUNT_BURST), rate.or_else(|| Rate::new(Double::ACCOUNT_RATE.get()))?);
    let step = ThrottleStep { burst, rate: Double::new(rate.get())? };
    Some((step, Throttle { burst: Some(burst), rate: Some(rate) }))
}
