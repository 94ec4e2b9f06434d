//! Parameter names and mapping expressions: what AWS accepts on either side of a mapping (data mappings, documented).

use super::error::ApiError;
use crate::{
    collections::{SortedMap, SortedSet},
    entities::{Integration, Method, MethodResponse},
};

fn refuse(field: &'static str, problem: &str) -> ApiError {
    let message =
        format!("Invalid mapping expression specified: Validation Result: warnings : [], errors : [{problem}]");
    ApiError::invalid(field, message)
}

fn invalid(field: &'static str, expression: &str) -> ApiError {
    refuse(field, &format!("Invalid mapping expression specified: {expression}"))
}

/// Returns the error of a parameter whose name is not of the right form; a name with other characters has a sentence of its
/// own (reported).
fn malformed(field: &'static str, key: &str) -> ApiError {
    let places = ["request.path.", "request.querystring.", "request.header.", "response.header."];
    let name = places.iter().find_map(|place| key.strip_prefix("method.")?.strip_prefix(place));
    match name {
        Some(name) if !name.is_empty() => {
            refuse(field, "Parameter name should match the following regular expression: ^[a-zA-Z0-9._$-]+$")
        }
        _ => invalid(field, key),
    }
}

fn undeclared(field: &'static str, expression: &str) -> ApiError {
    refuse(field, &format!("Invalid mapping expression parameter specified: {expression}")) // reported
}

/// Returns the error of a mapping onto a status that the method does not declare (reported).
pub(super) fn no_method_response() -> ApiError {
    refuse("responseParameters", "No method response exists for method.")
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._$-".contains(&b))
}

/// Finds NAME in `prefix.{path|querystring|header}.NAME`.
fn located<'a>(text: &'a str, prefix: &str, places: &[&str]) -> Option<&'a str> {
    let rest = text.strip_prefix(prefix)?;
    let (place, name) = rest.split_once('.')?;
    (places.contains(&place) && is_name(name)).then_some(name)
}

/// Checks the keys of a method's `requestParameters`: their form, and that no name stands in two places (recorded).
pub(super) fn check_request_parameters(parameters: &SortedMap<String, bool>) -> Result<(), ApiError> {
    let mut names = SortedSet::new();
    for key in parameters.keys() {
        let places = ["path", "querystring", "header", "multivaluequerystring", "multivalueheader"];
        let name = located(key, "method.request.", &places).ok_or_else(|| malformed("requestParameters", key))?;
        if !names.insert(name) {
            let message = "Parameter names must be unique across querystring, header and path";
            return Err(ApiError::invalid("requestParameters", message));
        }
    }
    Ok(())
}

/// Checks the keys of a method response's `responseParameters`.
pub(super) fn check_response_parameters(parameters: &SortedMap<String, bool>) -> Result<(), ApiError> {
    match parameters.keys().find(|key| located(key, "method.response.", &["header"]).is_none()) {
        Some(key) => Err(malformed("responseParameters", key)),
        None => Ok(()),
    }
}

/// Checks an integration's `requestParameters`: targets, sources, and that the method declares what is read from it.
pub(super) fn check_integration_request(mapping: &SortedMap<String, String>, method: &Method) -> Result<(), ApiError> {
    const FIELD: &str = "requestParameters";
    for (target, source) in mapping {
        located(target, "integration.request.", &["header", "querystring", "path"])
            .ok_or_else(|| invalid(FIELD, target))?;
        if is_static_or_shared(source) || source == "method.request.body" || source.starts_with("method.request.body.")
        {
            continue;
        }
        let single = source.replacen(".multivalue", ".", 1);
        located(&single, "method.request.", &["path", "querystring", "header"])
            .ok_or_else(|| invalid(FIELD, source))?;
        if !method.request_parameters.contains_key(&single) && !method.request_parameters.contains_key(source) {
            return Err(undeclared(FIELD, source));
        }
    }
    Ok(())
}

/// Checks what an integration's answers are told apart by: parameters that the method declares (documented) or that the
/// integration itself makes (reported). The sentence is reported.
pub(super) fn check_cache_keys(integration: &Integration, method: &Method) -> Result<(), ApiError> {
    let declared = |name: &String| {
        let single = name.replacen(".multivalue", ".", 1);
        let known = &method.request_parameters;
        known.contains_key(&single) || known.contains_key(name) || integration.request_parameters.contains_key(name)
    };
    if integration.cache_key_parameters.iter().all(declared) {
        return Ok(());
    }
    Err(ApiError::invalid("cacheKeyParameters", "Invalid cache key parameter specified"))
}

/// Checks an integration response's `responseParameters` against what the method response declares (documented).
pub(super) fn check_integration_response(
    mapping: &SortedMap<String, String>,
    declared: &MethodResponse,
) -> Result<(), ApiError> {
    const FIELD: &str = "responseParameters";
    for (target, source) in mapping {
        located(target, "method.response.", &["header"]).ok_or_else(|| invalid(FIELD, target))?;
        if !declared.response_parameters.contains_key(target) {
            return Err(undeclared(FIELD, target));
        }
        let from_backend = located(source, "integration.response.", &["header", "multivalueheader"]).is_some()
            || source == "integration.response.body"
            || source.starts_with("integration.response.body.");
        if !from_backend && !is_static_or_shared(source) {
            return Err(invalid(FIELD, source));
        }
    }
    Ok(())
}

/// Checks a gateway response's `responseParameters`: headers, from the request or from what is shared (documented).
pub(super) fn check_gateway_response(mapping: &SortedMap<String, String>) -> Result<(), ApiError> {
    const FIELD: &str = "responseParameters";
    for (target, source) in mapping {
        located(target, "gatewayresponse.", &["header"]).ok_or_else(|| invalid(FIELD, target))?;
        let single = source.replacen(".multivalue", ".", 1);
        let of_request = located(&single, "method.request.", &["path", "querystring", "header"]).is_some();
        if !of_request && !is_static_or_shared(source) {
            return Err(invalid(FIELD, source));
        }
    }
    Ok(())
}

/// Checks a gateway response's templates: each for a media type.
pub(super) fn check_gateway_templates(templates: &SortedMap<String, String>, limit: usize) -> Result<(), ApiError> {
    let templates = templates.iter().map(|(key, text)| (key.clone(), Some(text.clone()))).collect();
    check_templates(&templates, "responseTemplates", limit)
}

/// Checks one expression of an authorizer's identity source; a REQUEST authorizer may look further than at a header
/// (documented).
pub(super) fn check_identity_source(source: &str, is_request: bool) -> Result<(), ApiError> {
    let places: &[&str] = if is_request { &["header", "querystring"] } else { &["header"] };
    let shared = is_request && !source.starts_with('\'') && is_static_or_shared(source);
    if located(source, "method.request.", places).is_some() || shared {
        return Ok(());
    }
    if is_request {
        // Reported; the end of the sentence is that of its form for WebSocket APIs.
        let message = format!(
            "Invalid request identity source expression: {source}. The sources must be separated by comma, and each source must be either a method request parameter, matching 'method.request.querystring|header.[a-zA-Z0-9._-]+', or a stage variable, matching 'stageVariables.[a-zA-Z0-9._-]+', or a context parameter, matching 'context.[a-zA-Z0-9._-]+'"
        );
        return Err(ApiError::invalid("identitySource", message));
    }
    Err(invalid_identity_source(source))
}

/// Returns the error of a text that is no identity source.
pub(super) fn invalid_identity_source(source: &str) -> ApiError {
    invalid("identitySource", source)
}

/// Tells whether a source is `'text'`, `context.x` or `stageVariables.x`.
fn is_static_or_shared(source: &str) -> bool {
    let quoted = source.len() >= 2 && source.starts_with('\'') && source.ends_with('\'');
    let named = |prefix: &str| source.strip_prefix(prefix).is_some_and(is_name);
    quoted || named("context.") || named("stageVariables.")
}

/// Checks that a text is a media type, as templates and models have one (recorded for templates, reported for models).
pub(super) fn check_media_type(media_type: &str, field: &'static str) -> Result<(), ApiError> {
    let parts = media_type.split_once('/');
    if parts.is_some_and(|(kind, subtype)| !kind.is_empty() && !subtype.is_empty()) {
        return Ok(());
    }
    let message = format!("Validation Result: warnings : [], errors : [Invalid content type specified: {media_type}]");
    Err(ApiError::invalid(field, message))
}

/// Checks the templates of a map and their keys, each a media type.
pub(super) fn check_templates(
    templates: &SortedMap<String, Option<String>>,
    field: &'static str,
    limit: usize,
) -> Result<(), ApiError> {
    for (media_type, template) in templates {
        check_media_type(media_type, field)?;
        if template.as_ref().is_some_and(|template| template.len() > limit) {
            let message = format!("Mapping template exceeds the maximum size of {} KB", limit / 1024); // limit documented, sentence assumed
            return Err(ApiError::invalid(field, message));
        }
    }
    Ok(())
}
