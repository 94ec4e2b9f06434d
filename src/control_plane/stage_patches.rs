//! The patch paths of `UpdateStage`, each with its ops.

use super::{
    World, canaries,
    edits::Entries,
    error::ApiError,
    method_settings,
    patch::{Op, PatchOperation, patch_error},
    stage_variables::{check_variable_count, parse_variable},
    stages::{known_deployment, set_cache},
};
use crate::entities::{AccessLogSettings, CacheClusterSize, HttpMethod, MethodSettings, RestApi, Stage};
use std::rc::Rc;

/// Bytes of the longest format of log lines (documented).
const LONGEST_FORMAT: usize = 3 * 1024;

/// AWS's sentence about an ARN that logs cannot go to (reported).
const NO_DESTINATION: &str = "Invalid ARN specified in the request. The ARN must be a valid CloudWatch Logs log group or Kinesis Data Firehose delivery stream ARN.";

/// The tail of AWS's sentence about an unknown path, its missing commas included (recorded).
const KNOWN_PATHS: &str = "[/deploymentId, /description, /cacheClusterEnabled, /cacheClusterSize, /clientCertificateId, /accessLogSettings, /accessLogSettings/destinationArn, /accessLogSettings/format, /{resourcePath}/{httpMethod}/metrics/enabled, /{resourcePath}/{httpMethod}/logging/dataTrace, /{resourcePath}/{httpMethod}/logging/loglevel, /{resourcePath}/{httpMethod}/throttling/burstLimit/{resourcePath}/{httpMethod}/throttling/rateLimit/{resourcePath}/{httpMethod}/caching/ttlInSeconds, /{resourcePath}/{httpMethod}/caching/enabled, /{resourcePath}/{httpMethod}/caching/dataEncrypted, /{resourcePath}/{httpMethod}/caching/requireAuthorizationForCacheControl, /{resourcePath}/{httpMethod}/caching/unauthorizedCacheControlHeaderStrategy, /*/*/metrics/enabled, /*/*/logging/dataTrace, /*/*/logging/loglevel, /*/*/throttling/burstLimit /*/*/throttling/rateLimit /*/*/caching/ttlInSeconds, /*/*/caching/enabled, /*/*/caching/dataEncrypted, /*/*/caching/requireAuthorizationForCacheControl, /*/*/caching/unauthorizedCacheControlHeaderStrategy, /variables/{variable_name}, /tracingEnabled]";

/// The changes to a stage's settings of methods.
pub(super) type Settings = Entries<Rc<MethodSettings>>;

/// Applies one operation to a stage, and to what is changed of its settings; an error leaves both half changed, to be thrown
/// away.
pub(super) fn patch(
    world: &World<'_>,
    api: &str,
    (stage, settings): (&mut Stage, &mut Settings),
    patch: &PatchOperation,
) -> Result<(), ApiError> {
    let segments = patch.segments();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    match patch.kind() {
        Op::Replace => set(world, world.api(api)?, (stage, settings), &segments, patch),
        // Where `add` would mean the same as `replace`, AWS knows only one of them (recorded for canaries, else assumed).
        Op::Add => set(world, world.api(api)?, (stage, settings), &segments, patch).and_then(|()| match segments[..] {
            ["variables" | "accessLogSettings", _] => Ok(()),
            _ => Err(wrong_op(patch)),
        }),
        Op::Remove => remove((stage, settings), &segments, patch),
        Op::Copy => canaries::promote(stage, patch),
        Op::Other => Err(wrong_op(patch)),
    }
}

fn wrong_op(patch: &PatchOperation) -> ApiError {
    patch_error(format!("Invalid {} operation with path: {}", patch.op, patch.path_text()))
}

/// Applies `replace`, and `add` where there is one. An empty value takes a member away where that makes sense (assumed).
fn set(
    world: &World<'_>,
    api: &RestApi,
    (stage, settings): (&mut Stage, &mut Settings),
    path: &[&str],
    patch: &PatchOperation,
) -> Result<(), ApiError> {
    match *path {
        ["deploymentId"] => stage.deployment_id = known_deployment(api, patch.text())?,
        ["description"] => stage.description = patch.text_if_any(),
        ["cacheClusterEnabled"] => set_cache(stage, Some(patch.is_true()), None),
        ["cacheClusterSize"] => {
            if CacheClusterSize::parse(patch.text()).is_none() {
                let sizes = CacheClusterSize::ALL.join(", ");
                let message = format!("Invalid cache cluster size specified. Must be one of: [{sizes}]"); // assumed
                return Err(ApiError::invalid("cacheClusterSize", message));
            }
            set_cache(stage, None, Some(patch.text()));
        }
        ["clientCertificateId"] => {
            let certificate = patch.text_if_any().map(|id| {
                let known = world.workspace.account.client_certificates.get(id.as_str());
                let unknown = "Invalid Client Certificate identifier specified"; // assumed
                known.map(|known| known.id.clone()).ok_or_else(|| ApiError::invalid("clientCertificateId", unknown))
            });
            stage.client_certificate_id = certificate.transpose()?;
        }
        ["tracingEnabled"] => stage.tracing_enabled = patch.is_true(),
        ["documentationVersion"] => {
            let version = patch.text_if_any().map(|version| known_documentation(api, &version));
            stage.documentation_version = version.transpose()?;
        }
        ["variables", name] => {
            let (name, value) = parse_variable(world, name, patch.text())?;
            stage.variables.insert(name, value);
            check_variable_count(world, &stage.variables)?;
        }
        ["accessLogSettings", ref member @ ..] => set_access_log(world, &mut stage.access_log, member, patch)?,
        ["canarySettings", ref leaf @ ..] if !leaf.is_empty() => {
            canaries::patch(world, api, stage, leaf, patch).unwrap_or_else(|| Err(unknown_path(patch)))?;
        }
        _ => {
            let path = method_settings::read(patch.path_text()).ok_or_else(|| unknown_path(patch))?;
            // The method is one of HTTP's or `*` (reported).
            let known = path.verb == "*" || HttpMethod::parse(path.verb).is_some();
            let checked = if known { Ok(()) } else { Err(unknown_path(patch)) };
            if path.is_unescaped { checked } else { world.late(checked) }?;
            method_settings::patch(world, (stage, settings), path, patch)?;
        }
    }
    Ok(())
}

fn unknown_path(patch: &PatchOperation) -> ApiError {
    patch_error(format!("Invalid method setting path: {}. Must be one of: {KNOWN_PATHS}", patch.path_text()))
}

fn remove(
    (stage, settings): (&mut Stage, &mut Settings),
    path: &[&str],
    patch: &PatchOperation,
) -> Result<(), ApiError> {
    let done = match *path {
        ["variables"] => {
            stage.variables.clear();
            true
        }
        ["variables", name] => {
            // Assumed: removing a variable that is not there changes nothing.
            stage.variables.remove(name);
            true
        }
        ["accessLogSettings"] => {
            // That it may be done when there is none is assumed, here and for the canary.
            stage.access_log = AccessLogSettings::default();
            true
        }
        ["canarySettings"] => {
            stage.canary = None;
            true
        }
        ["canarySettings", "stageVariableOverrides", name] => canaries::remove_override(stage, name),
        // The key of a method's settings, as it is written.
        _ => {
            let key = patch.path_text().strip_prefix('/');
            let known = key.filter(|key| settings.get(&stage.method_settings, key).is_some());
            known.map(|key| settings.set(key, None)).is_some()
        }
    };
    if done {
        return Ok(());
    }
    // What cannot be removed is taken for a method without settings, whatever it is (recorded).
    let path = patch.path_text();
    let path = path.strip_prefix('/').unwrap_or(path);
    Err(patch_error(format!("Cannot remove method setting {path} because there is no method setting for this method ")))
}

fn set_access_log(
    world: &World<'_>,
    log: &mut AccessLogSettings,
    path: &[&str],
    patch: &PatchOperation,
) -> Result<(), ApiError> {
    let refuse = |message: &str| Err(ApiError::invalid("accessLogSettings", message));
    if !matches!(path, ["destinationArn" | "format"]) {
        return refuse(
            "Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn, /accessLogSettings/format]",
        );
    }
    let text = patch.text();
    if text.is_empty() {
        return refuse("Access Log value must not be empty"); // recorded, as is the sentence above
    }
    if matches!(path, ["destinationArn"]) {
        if !text.starts_with("arn:") {
            return refuse(NO_DESTINATION);
        }
        let checked = check_log_destination(text);
        world.late(checked.map_err(|message| ApiError::invalid("accessLogSettings", message)))?;
        log.destination_arn = Some(text.to_owned());
        return Ok(());
    }
    if text.trim_end_matches(['\r', '\n']).contains('\n') {
        // Reported.
        return refuse(
            "Access Log format must be single line, new line character is allowed only at end of the format",
        );
    }
    if !text.contains("$context.requestId") && !text.contains("$context.extendedRequestId") {
        // The rule is documented, the sentence reported.
        return refuse(&format!(
            "Access Log format must include either $context.requestId or $context.extendedRequestId : '{text}'"
        ));
    }
    world.late(check_format_size(text))?;
    log.format = Some(text.to_owned());
    Ok(())
}

/// Refuses a format of log lines that is too long (the limit is documented, the sentence assumed).
fn check_format_size(format: &str) -> Result<(), ApiError> {
    if format.len() <= LONGEST_FORMAT {
        return Ok(());
    }
    let message = format!("Access Log format exceeds the maximum size of {} KB", LONGEST_FORMAT / 1024);
    Err(ApiError::invalid("accessLogSettings", message))
}

/// Checks the destination of a log: a log group, or a delivery stream whose name says that it is for this (documented, the
/// sentences reported).
fn check_log_destination(arn: &str) -> Result<(), String> {
    let mut parts = arn.splitn(6, ':');
    let mut next = || parts.next().unwrap_or_default();
    let (scheme, _, service, _, _, name) = (next(), next(), next(), next(), next(), next());
    match (scheme, service, name.split_once([':', '/'])) {
        // The form in which CloudWatch itself lists a log group.
        ("arn", "logs", Some(("log-group", group))) if group.ends_with(":*") => {
            Err("Access log destination must only contain characters a-z, A-Z, 0-9, '_', '-', '/', '.': '*'".to_owned())
        }
        ("arn", "logs", Some(("log-group", group))) if !group.is_empty() => Ok(()),
        ("arn", "firehose", Some(("deliverystream", stream))) if stream.starts_with("amazon-apigateway-") => Ok(()),
        ("arn", "firehose", Some(("deliverystream", _))) => Err(format!(
            "Kinesis Firehose delivery stream name must begin with the characters 'amazon-apigateway-': '{name}'"
        )),
        _ => Err(NO_DESTINATION.to_owned()),
    }
}

/// Finds the version of an API's documentation that a stage names: it must exist (documented; that an unknown one is a 400
/// and its sentence are assumed).
pub(super) fn known_documentation(api: &RestApi, version: &str) -> Result<Rc<str>, ApiError> {
    let found = api.documentation.versions.get(version).map(|found| found.version.clone());
    found.ok_or_else(|| ApiError::invalid("documentationVersion", "Invalid Documentation version specified"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_ends_at_three_kilobytes() {
        let refused = |length: usize| check_format_size(&"x".repeat(length)).err().map(|error| error.to_string());
        assert_eq!(refused(LONGEST_FORMAT), None);
        let message = "Access Log format exceeds the maximum size of 3 KB";
        assert_eq!(refused(LONGEST_FORMAT + 1).as_deref(), Some(message));
    }
}
