//! The cache of a stage: answers that are given again without asking the integration. It outlives deployments, which is one
//! more way in which a change of an API seems to have no effect.
//!
//! What is kept lies in [`Runtime`]; whether it still counts is for the stage to say.

use super::{
    AnsweredBy, GatewayResponseType, Halt, Outcome, Runtime, Step, Trace, context::Visible, mapping, response::Answer,
    router::Route,
};
use crate::{
    collections::SharedMap,
    entities::{CacheControlStrategy, DeploymentId, HttpMethod, Integration, MethodSettings, Stage, Timestamp},
};
use std::{borrow::Cow, fmt, rc::Rc};

/// The largest answer that is kept, in bytes (documented).
const LARGEST: usize = 1_048_576;
/// The most answers that are kept, and the most bytes of them; they are let go when there are more.
const MOST: usize = 2_000;
const MOST_BYTES: usize = 16 * LARGEST;
/// The warning beside an answer whose caller may not ask for a fresh one (reported).
const WARNING: &str = "199 Cache-control headers were ignored because the caller was unauthorized.";

/// The use of the cache.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CacheStep {
    /// There is an answer, kept so many seconds ago; the integration is not asked.
    Hit {
        /// Its age, in seconds.
        age: u32,
        /// The deployment that made it.
        deployment: DeploymentId,
    },
    /// It has no answer; the integration's is kept for so many seconds.
    Miss {
        /// The seconds that it is kept.
        ttl: u32,
    },
    /// The caller asks for a fresh answer, and may.
    Refreshed {
        /// The seconds that the new one is kept.
        ttl: u32,
    },
    /// The caller asks for a fresh answer, and may not.
    Unauthorized,
}

impl CacheStep {
    /// Returns how it went.
    pub fn outcome(&self) -> Outcome {
        if *self == Self::Unauthorized { Outcome::Failed } else { Outcome::Passed }
    }
}

impl fmt::Display for CacheStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hit { age, deployment } => write!(
                f,
                "The stage's cache has an answer of the deployment {deployment}, {age} s old: the integration is not asked."
            ),
            Self::Miss { ttl } => {
                write!(f, "The stage's cache has no answer; a successful one is kept for {ttl} s.")
            }
            Self::Refreshed { ttl } => {
                write!(f, "The caller asks for a fresh answer; a successful one is kept for {ttl} s.")
            }
            Self::Unauthorized => {
                f.write_str("The caller asks for a fresh answer without the permission that the stage requires.")
            }
        }
    }
}

/// An answer that was kept.
#[derive(Clone, Debug)]
struct Kept {
    answer: Rc<Answer>,
    deployment: DeploymentId,
    since: Timestamp,
    until: Timestamp,
    /// The number of times that the stage's cache had been emptied by then.
    flushes: u32,
}

/// Answers that were kept, by what they answer. A copy costs a pointer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cache {
    kept: SharedMap<Rc<str>, Kept>,
    bytes: usize,
}

/// The service of the cache to a request.
pub(crate) enum Look {
    /// Nothing: there is no cache for it.
    Off,
    /// It answers.
    Hit(Answer),
    /// The answer is to be kept.
    Keep(Slot),
}

/// The place where an answer is to be kept.
pub(crate) struct Slot {
    key: Rc<str>,
    ttl: u32,
    flushes: u32,
    deployment: DeploymentId,
    warn: bool,
}

/// Asks the cache. A cache cluster, the method's setting and a time to live above 0 are needed (documented).
pub(crate) fn look(
    route: &Route<'_, '_>,
    integration: &Integration,
    visible: &Visible<'_>,
    runtime: &Runtime,
    trace: &mut Trace,
) -> Result<Look, Halt> {
    let call = visible.call;
    let Some(stage) = call.rules.filter(|stage| stage.cache_cluster_enabled) else { return Ok(Look::Off) };
    let Some(settings) = settings(stage, route) else { return Ok(Look::Off) };
    let Some(half) = half(stage, call.canary) else { return Ok(Look::Off) };
    let ttl = settings.cache_ttl_in_seconds;
    let fresh = call.request.header("cache-control").is_some_and(|value| value.replace(' ', "").contains("max-age=0"));
    // Only a signed caller could have the permission, and no signature is checked here.
    let ignored = fresh && settings.require_authorization_for_cache_control;
    if ignored && settings.unauthorized_cache_control_header_strategy == CacheControlStrategy::FailWith403 {
        trace.push(Step::Cache(CacheStep::Unauthorized));
        return Err(GatewayResponseType::AccessDenied.into()); // the status is documented, its type assumed
    }
    let warn = ignored
        && settings.unauthorized_cache_control_header_strategy == CacheControlStrategy::SucceedWithResponseHeader;
    let key: Rc<str> = key(call.api_id, call.stage, half, route, integration, visible).into();
    let deployment = DeploymentId::new(call.deployment_id);
    let slot = Slot { key, ttl, flushes: stage.cache_flushes, deployment, warn };
    if fresh && !ignored {
        trace.push(Step::Cache(CacheStep::Refreshed { ttl }));
        return Ok(Look::Keep(slot));
    }
    let kept = runtime.cache.kept.get(&*slot.key);
    // A clock that was set back makes an answer of the future; it would be kept for too long.
    let counts = |kept: &&Kept| kept.flushes == slot.flushes && (kept.since..kept.until).contains(&call.time);
    let Some(kept) = kept.filter(counts) else {
        trace.push(Step::Cache(CacheStep::Miss { ttl }));
        return Ok(Look::Keep(slot));
    };
    let age = u32::try_from(call.time.0.saturating_sub(kept.since.0) / 1000).unwrap_or_default();
    trace.push(Step::Cache(CacheStep::Hit { age, deployment: kept.deployment.clone() }));
    let mut answer = (*kept.answer).clone();
    if warn {
        answer.headers.push(("Warning".into(), WARNING.into()));
    }
    Ok(Look::Hit(answer))
}

/// Returns the settings of a method that caches. Settings of all methods switch it on for GET only (documented).
fn settings<'s>(stage: &'s Stage, route: &Route<'_, '_>) -> Option<&'s MethodSettings> {
    let verb = route.method.http_method;
    let own = stage.own_settings_of(&route.resource_path, verb.as_str());
    let all = || stage.settings_of_all().filter(|_| verb == HttpMethod::Get);
    let settings: &MethodSettings = own.or_else(all)?;
    (settings.caching_enabled && settings.cache_ttl_in_seconds > 0).then_some(settings)
}

/// Returns which half of the cache a request uses: the stage's, or the canary's as long as its deployment is another one
/// (documented). None for a canary that does not use the cache.
fn half(stage: &Stage, canary: Option<bool>) -> Option<&str> {
    let Some(canary) = stage.canary.as_ref().filter(|_| canary == Some(true)) else { return Some("") };
    let other = canary.deployment_id != stage.deployment_id;
    canary.use_stage_cache.then_some(if other { &canary.deployment_id } else { "" })
}

/// Returns what an answer is kept under: the method, the namespace and the parameters that the integration names; no others
/// (documented).
fn key(
    api: &str,
    stage: &str,
    half: &str,
    route: &Route<'_, '_>,
    integration: &Integration,
    visible: &Visible<'_>,
) -> String {
    let verb = route.method.http_method.as_str();
    let mut out = [api, "/", stage, "/", half, "/", verb, "/", &integration.cache_namespace].concat();
    for name in &integration.cache_key_parameters {
        // The backend's parameter is as its source.
        let source = integration.request_parameters.get(name).unwrap_or(name);
        let value = value(source, visible).unwrap_or_default();
        // Lengths keep two lists of values apart.
        out.push_str(&format!("\n{}:{value}", value.len()));
    }
    out
}

/// Returns the value of a source of a cache key's parameter. A part of the body counts as the whole body, so that no answer is
/// given for another part (assumed).
fn value<'v>(source: &str, visible: &'v Visible<'_>) -> Option<Cow<'v, str>> {
    let Some(parameter) = source.strip_prefix("method.request.") else {
        return mapping::evaluate(source, visible).map(Cow::Owned);
    };
    let params = &visible.input.params;
    let (place, name) = parameter.split_once('.').unwrap_or((parameter, ""));
    let pairs = match place {
        "path" => &params.path,
        "querystring" | "multivaluequerystring" => &params.querystring,
        "header" | "multivalueheader" => &params.header,
        "body" => return Some(Cow::Borrowed(&visible.call.request.body)),
        _ => return None,
    };
    let is_name =
        |known: &str| if place.ends_with("header") { known.eq_ignore_ascii_case(name) } else { known == name };
    pairs.iter().find(|(known, _)| is_name(known)).map(|(_, value)| Cow::Borrowed(&**value))
}

impl Slot {
    /// Keeps an answer, if it is a successful one of the method and not too large (inferred); gives it on.
    pub(crate) fn keep(self, mut answer: Answer, now: Timestamp, runtime: &mut Runtime) -> Answer {
        let cache = &mut runtime.cache;
        if answer.by == AnsweredBy::Method && answer.status < 400 && answer.body.len() <= LARGEST {
            if cache.kept.len() >= MOST || cache.bytes + answer.body.len() > MOST_BYTES {
                *cache = Cache::default();
            }
            cache.bytes += answer.body.len();
            let until = Timestamp(now.0.saturating_add(i64::from(self.ttl) * 1000));
            let (answer, deployment) = (Rc::new(answer.clone()), self.deployment);
            let kept = Kept { answer, deployment, since: now, until, flushes: self.flushes };
            cache.kept.insert(self.key, kept);
        }
        if self.warn {
            answer.headers.push(("Warning".into(), WARNING.into()));
        }
        answer
    }
}
