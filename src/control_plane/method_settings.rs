//! The settings of a stage by method: `/*/*/throttling/rateLimit`, `/~1users/GET/caching/enabled`,
//! `/users/{id}/GET/caching/enabled` …

use super::{
    World,
    answer::Answer,
    error::ApiError,
    patch::{PatchOperation, patch_error},
    stage_patches::Settings,
};
use crate::entities::{ALL_METHODS, CacheControlStrategy, Double, LoggingLevel, MethodSettings, Stage};
use serde_json::Value;
use std::rc::Rc;

/// AWS's sentence about an unknown setting (reported).
const KNOWN_SETTINGS: &str = "[.../metrics/enabled, .../logging/dataTrace, .../logging/loglevel,.../throttling/burstLimit, .../throttling/rateLimit, .../caching/ttlInSeconds, .../caching/enabled, .../caching/dataEncrypted, .../caching/requireAuthorizationForCacheControl, .../caching/unauthorizedCacheControlHeaderStrategy]";

/// The longest that an answer may be cached, in seconds (documented).
const LONGEST_TTL: u32 = 3600;

/// A path of a patch, taken for a setting of a method.
pub(super) struct SettingPath<'p> {
    /// The key that the method has in the stage: resource and verb as they are written, without the first slash.
    pub(super) key: &'p str,
    /// The verb, or `*`.
    pub(super) verb: &'p str,
    /// The setting, such as `throttling` and `burstLimit`.
    setting: (&'p str, &'p str),
    /// Tells whether slashes within the resource's path stand as they are.
    pub(super) is_unescaped: bool,
}

/// Reads a path as `/{resource}/{verb}/{group}/{member}`. Slashes within the resource's path are `~1`, or stand as they are,
/// the first one included (reported). Neither the resource nor the method need exist (recorded for the resource).
pub(super) fn read(path: &str) -> Option<SettingPath<'_>> {
    let (method, member) = path.strip_prefix('/')?.rsplit_once('/')?;
    let (key, group) = method.rsplit_once('/')?;
    let (resource, verb) = key.rsplit_once('/')?;
    let is_path = !resource.strip_prefix('/').unwrap_or(resource).split('/').any(str::is_empty);
    let is_unescaped = resource.contains('/');
    (is_path && !verb.is_empty()).then_some(SettingPath { key, verb, setting: (group, member), is_unescaped })
}

/// Checks that the account has a role that may write execution logs (reported).
fn check_role(world: &World<'_>) -> Result<(), ApiError> {
    if world.workspace.account.cloudwatch_role_arn.is_some() { Ok(()) } else { Err(ApiError::NoLogsRole) }
}

/// Applies `replace` to one setting. The first patch of a method writes down all of its settings: those of all methods as
/// they stand, or else the defaults (recorded).
pub(super) fn patch(
    world: &World<'_>,
    (stage, changes): (&Stage, &mut Settings),
    SettingPath { key, setting, .. }: SettingPath<'_>,
    patch: &PatchOperation,
) -> Result<(), ApiError> {
    let of = |key| changes.get(&stage.method_settings, key);
    let known = of(key).or_else(|| of(ALL_METHODS));
    let mut settings = known.map_or_else(Rc::default, Rc::clone);
    let edited = Rc::make_mut(&mut settings);
    set(edited, setting, patch)?;
    if setting == ("logging", "loglevel") && edited.logging_level != Some(LoggingLevel::Off) {
        check_role(world)?;
    }
    changes.set(key, Some(settings));
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
            ("/~1/GET/caching/enabled", Some("~1/GET")),
            ("/users/GET/x/y", Some("users/GET")),
            ("/a/b/GET/throttling/burstLimit", Some("a/b/GET")),
            ("//tenant/{name}/codes/GET/caching/enabled", Some("/tenant/{name}/codes/GET")),
            ("/users/GET/x", None),
            ("/users/GET", None),
            ("users/GET/x/y", None),
            ("//GET/x/y", None),
            ("///GET/x/y", None),
            ("/a//b/GET/x/y", None),
            ("/{proxy+}/ANY//throttling/burstLimit", None),
            ("/users//x/y", None),
            ("", None),
        ] {
            assert_eq!(read(path).map(|read| read.key), expected, "{path}");
        }
    }

    #[test]
    fn a_method_finds_its_settings_however_its_path_was_written() {
        for path in ["/", "/users", "/users/{userId}", "/a.b/{proxy+}"] {
            let relative = path.trim_start_matches('/');
            for resource in [escape(path), escape(relative), path.to_owned(), relative.to_owned()] {
                let name = StageName::parse("dev").expect("a name");
                let mut stage = Stage::new(name, DeploymentId::new("a1b2c3"), Timestamp(0));
                let written = format!("{resource}/GET");
                if let Some(read) = read(&format!("/{written}/metrics/enabled")) {
                    stage.method_settings.insert(read.key.into(), Rc::default());
                    assert!(stage.own_settings_of(path, "GET").is_some(), "{written}");
                    assert!(stage.own_settings_of(path, "POST").is_none(), "{written}");
                    assert!(stage.own_settings_of("/other", "GET").is_none(), "{written}");
                    assert!(stage.settings_of_all().is_none());
                } else {
                    assert!(path == "/" && matches!(&*resource, "" | "/"), "{written}");
                }
            }
        }
    }
}
