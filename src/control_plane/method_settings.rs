//! The settings of a stage by method: `/*/*/throttling/rateLimit`, `/~1users/GET/caching/enabled` …

use super::{
    World,
    answer::Answer,
    error::ApiError,
    patch::{PatchOperation, patch_error},
};
use crate::entities::{ALL_METHODS, CacheControlStrategy, Double, LoggingLevel, MethodSettings, Stage};
use serde_json::Value;
use std::rc::Rc;

/// AWS's sentence about a setting that is none (reported).
const KNOWN_SETTINGS: &str = "[.../metrics/enabled, .../logging/dataTrace, .../logging/loglevel,.../throttling/burstLimit, .../throttling/rateLimit, .../caching/ttlInSeconds, .../caching/enabled, .../caching/dataEncrypted, .../caching/requireAuthorizationForCacheControl, .../caching/unauthorizedCacheControlHeaderStrategy]";

/// The longest that an answer may be cached, in seconds (documented).
const LONGEST_TTL: u32 = 3600;

/// The key that a path of a patch means: its first two segments as they are written. Neither the resource nor the method
/// need exist (recorded for the resource).
pub(super) fn key(path: &str) -> Option<&str> {
    let path = path.strip_prefix('/')?;
    let (first, second) = (path.find('/')?, |at: usize| path.get(at + 1..)?.find('/').map(|more| at + 1 + more));
    let key = path.get(..second(first).unwrap_or(path.len()))?;
    (first > 0 && key.len() > first + 1).then_some(key)
}

/// Execution logs need a role of the account that may write them (reported).
fn check_role(world: &World<'_>) -> Result<(), ApiError> {
    if world.workspace.account.cloudwatch_role_arn.is_some() { Ok(()) } else { Err(ApiError::NoLogsRole) }
}

/// `replace` of one setting. The first patch of a method writes down all of its settings: those of all methods as they
/// stand, or else the defaults (recorded).
pub(super) fn patch(
    world: &World<'_>,
    stage: &mut Stage,
    setting: (&str, &str),
    patch: &PatchOperation,
) -> Result<(), ApiError> {
    let Some(key) = key(patch.path_text()) else { return Err(patch.bad_path()) };
    let known = stage.method_settings.get(key).or_else(|| stage.method_settings.get(ALL_METHODS));
    let mut settings = known.map_or_else(Rc::default, Rc::clone);
    let edited = Rc::make_mut(&mut settings);
    set(edited, setting, patch)?;
    if setting == ("logging", "loglevel") && edited.logging_level != Some(LoggingLevel::Off) {
        check_role(world)?;
    }
    stage.method_settings.insert(key.into(), settings);
    Ok(())
}

fn set(settings: &mut MethodSettings, (group, member): (&str, &str), patch: &PatchOperation) -> Result<(), ApiError> {
    let text = patch.text();
    // That a wrong value is refused is assumed, and so is the sentence.
    let invalid = || patch_error(format!("Invalid value specified for {group}/{member}: {text}"));
    match (group, member) {
        ("metrics", "enabled") => settings.metrics_enabled = patch.is_true(),
        ("logging", "loglevel") => settings.logging_level = Some(LoggingLevel::parse(text).ok_or_else(invalid)?),
        ("logging", "dataTrace") => settings.data_trace_enabled = patch.is_true(),
        ("throttling", "burstLimit") => settings.throttling_burst_limit = text.parse().map_err(|_| invalid())?,
        ("throttling", "rateLimit") => {
            settings.throttling_rate_limit = text.parse().ok().and_then(Double::new).ok_or_else(invalid)?;
        }
        ("caching", "enabled") => settings.caching_enabled = patch.is_true(),
        ("caching", "ttlInSeconds") => {
            let seconds = text.parse().ok().filter(|seconds| *seconds <= LONGEST_TTL);
            let message = "Invalid time-to-live setting, must be an integer no greater than 3600"; // reported
            settings.cache_ttl_in_seconds = seconds.ok_or_else(|| patch_error(message))?;
        }
        ("caching", "dataEncrypted") => settings.cache_data_encrypted = patch.is_true(),
        ("caching", "requireAuthorizationForCacheControl") => {
            settings.require_authorization_for_cache_control = patch.is_true();
        }
        ("caching", "unauthorizedCacheControlHeaderStrategy") => {
            let strategy = CacheControlStrategy::parse(text).ok_or_else(invalid)?;
            settings.unauthorized_cache_control_header_strategy = strategy;
        }
        _ => {
            let message = format!("Invalid method setting path: {group}/{member}. Must be one of: {KNOWN_SETTINGS}");
            return Err(patch_error(message));
        }
    }
    Ok(())
}

/// Settings in the shape of AWS's answers; `loggingLevel` is absent until it is set (recorded).
pub(super) fn describe(settings: &MethodSettings) -> Value {
    Answer::new()
        .with("metricsEnabled", settings.metrics_enabled)
        .maybe("loggingLevel", settings.logging_level.map(LoggingLevel::as_str))
        .with("dataTraceEnabled", settings.data_trace_enabled)
        .with("throttlingBurstLimit", settings.throttling_burst_limit)
        .with("throttlingRateLimit", settings.throttling_rate_limit.get())
        .with("cachingEnabled", settings.caching_enabled)
        .with("cacheTtlInSeconds", settings.cache_ttl_in_seconds)
        .with("cacheDataEncrypted", settings.cache_data_encrypted)
        .with("requireAuthorizationForCacheControl", settings.require_authorization_for_cache_control)
        .with("unauthorizedCacheControlHeaderStrategy", settings.unauthorized_cache_control_header_strategy.as_str())
        .done()
}

#[cfg(test)]
mod tests {
    use super::{super::patch::escape, *};
    use crate::entities::{DeploymentId, StageName, Timestamp};

    #[test]
    fn the_key_is_what_is_addressed() {
        for (path, expected) in [
            ("/*/*/metrics/enabled", Some("*/*")),
            ("/~1users~1{id}/GET/caching/enabled", Some("~1users~1{id}/GET")),
            ("/users/GET", Some("users/GET")),
            ("/users", None),
            ("users/GET", None),
            ("//GET", None),
            ("/users/", None),
            ("/users//x/y", None),
            ("", None),
        ] {
            assert_eq!(key(path), expected, "{path}");
        }
    }

    #[test]
    fn a_method_finds_its_settings_however_its_path_was_written() {
        for path in ["/", "/users", "/users/{userId}", "/a.b/{proxy+}"] {
            for resource in [escape(path), escape(path.trim_start_matches('/'))] {
                let name = StageName::parse("dev").expect("a name");
                let mut stage = Stage::new(name, DeploymentId::new("a1b2c3"), Timestamp(0));
                let written = format!("{resource}/GET");
                if let Some(key) = key(&format!("/{written}/metrics/enabled")) {
                    stage.method_settings.insert(key.into(), Rc::default());
                    assert!(stage.own_settings_of(path, "GET").is_some(), "{written}");
                    assert!(stage.own_settings_of(path, "POST").is_none(), "{written}");
                    assert!(stage.own_settings_of("/other", "GET").is_none(), "{written}");
                    assert!(stage.settings_of_all().is_none());
                } else {
                    assert_eq!((path, &*resource), ("/", ""));
                }
            }
        }
    }
}
