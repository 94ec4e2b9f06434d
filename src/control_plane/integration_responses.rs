//! IntegrationResponse: how one class of backend answers becomes one answer of the method.

use super::{
    World,
    answer::Answer,
    edits::by_path,
    error::{ApiError, Noun, Violation},
    mappings,
    members::operation,
    method_responses::{parse_status, status_violations},
    patch::{Op, PatchOperation, op_violations, patch_entry},
};
use crate::{
    collections::SortedMap,
    entities::{ContentHandling, Edition, GivenEmpty, Integration, IntegrationResponse, Method, StatusCode},
};
use serde_json::Value;
use std::rc::Rc;

operation! {
    /// Maps a class of backend answers, in place of what stands for this status.
    PutIntegrationResponse: "PUT" "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/integration/responses/{statusCode}" => 201 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The resource.
        resource_id: String = Uri "resourceId";
        /// The verb, or ANY.
        http_method: String = Uri "httpMethod";
        /// The method response that it becomes.
        status_code: String = Uri "statusCode";
        /// The regular expression that picks it; none makes it the default.
        selection_pattern: Option<String> = Body "selectionPattern";
        /// `method.response.header.{name}` → mapping expression.
        response_parameters: Option<SortedMap<String, String>> = Body "responseParameters";
        /// Content type → template.
        response_templates: Option<SortedMap<String, Option<String>>> = Body "responseTemplates";
        /// `CONVERT_TO_BINARY` or `CONVERT_TO_TEXT`.
        content_handling: Option<String> = Body "contentHandling";
    }
}

operation! {
    /// Shows a mapping.
    GetIntegrationResponse: "GET" "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/integration/responses/{statusCode}" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The resource.
        resource_id: String = Uri "resourceId";
        /// The verb, or ANY.
        http_method: String = Uri "httpMethod";
        /// The status.
        status_code: String = Uri "statusCode";
    }
}

operation! {
    /// Changes a mapping.
    UpdateIntegrationResponse: "PATCH" "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/integration/responses/{statusCode}" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The resource.
        resource_id: String = Uri "resourceId";
        /// The verb, or ANY.
        http_method: String = Uri "httpMethod";
        /// The status.
        status_code: String = Uri "statusCode";
        /// The operations.
        patch_operations: Vec<PatchOperation> = Body "patchOperations";
    }
}

operation! {
    /// Takes a mapping away.
    DeleteIntegrationResponse: "DELETE" "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/integration/responses/{statusCode}" => 204 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The resource.
        resource_id: String = Uri "resourceId";
        /// The verb, or ANY.
        http_method: String = Uri "httpMethod";
        /// The status.
        status_code: String = Uri "statusCode";
    }
}

impl PutIntegrationResponse {
    fn check(&self) -> Vec<Violation> {
        let mut out = status_violations(&self.status_code);
        if let Some(handling) = self.content_handling.as_deref().filter(|h| ContentHandling::parse(h).is_none()) {
            out.push(Violation {
                value: Some(handling.to_owned()),
                place: "putIntegrationResponseInput.contentHandling".into(),
                constraint: "satisfy enum value set: [CONVERT_TO_BINARY, CONVERT_TO_TEXT]".into(),
            });
        }
        out
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let status = parse_status(&self.status_code)?;
        world.late(check_pattern(self.selection_pattern.as_deref()))?;
        let templates = self.response_templates.clone().unwrap_or_default();
        let given = GivenEmpty::of(self.response_parameters.as_ref(), self.response_templates.as_ref());
        let response = IntegrationResponse {
            given,
            // An empty pattern is kept, too (recorded); it makes the default.
            selection_pattern: self.selection_pattern.clone(),
            response_parameters: self.response_parameters.clone().unwrap_or_default(),
            // An empty template is kept, as null (recorded).
            response_templates: templates.into_iter().map(|(t, v)| (t, v.filter(|v| !v.is_empty()))).collect(),
            content_handling: self.content_handling.as_deref().and_then(ContentHandling::parse),
        };
        let limit = world.workspace.limits.template_bytes;
        world.edit_method(&self.rest_api_id, &self.resource_id, &self.http_method, |method| {
            if method.integration.is_none() {
                return Err(ApiError::NoIntegrationYet);
            }
            check(&response, status, method, limit)?;
            let body = describe(status, &response);
            integration_mut(method)?.responses.insert(status, Rc::new(response));
            Ok(body)
        })
    }
}

impl GetIntegrationResponse {
    fn check(&self) -> Vec<Violation> {
        status_violations(&self.status_code)
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let status = parse_status(&self.status_code)?;
        let method = world.method(&self.rest_api_id, &self.resource_id, &self.http_method)?;
        let integration = method.integration.as_ref().ok_or(ApiError::Unknown(Noun::Integration))?;
        integration.responses.get(&status).map(|r| describe(status, r)).ok_or(ApiError::UnknownResponse)
    }
}

impl UpdateIntegrationResponse {
    fn check(&self) -> Vec<Violation> {
        let mut out = op_violations("UpdateIntegrationResponse", &self.patch_operations);
        out.extend(status_violations(&self.status_code));
        out
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let status = parse_status(&self.status_code)?;
        let limit = world.workspace.limits.template_bytes;
        let must_match = world.obeys(Edition::Second);
        world.edit_method(&self.rest_api_id, &self.resource_id, &self.http_method, |method| {
            let found = integration_mut(method)?.responses.get(&status).cloned();
            let mut response = found.ok_or(ApiError::UnknownResponse)?;
            let edited = Rc::make_mut(&mut response);
            by_path(&self.patch_operations, |patch| {
                patch_response(edited, patch)?;
                let is_checked = patch.path_text() == "/selectionPattern" && must_match;
                if is_checked { check_pattern(patch.value.as_deref()) } else { Ok(()) }
            })?;
            check(&response, status, method, limit)?;
            let body = describe(status, &response);
            integration_mut(method)?.responses.insert(status, response);
            Ok(body)
        })
    }
}

impl DeleteIntegrationResponse {
    fn check(&self) -> Vec<Violation> {
        status_violations(&self.status_code)
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let status = parse_status(&self.status_code)?;
        // This operation calls a missing method a missing integration (recorded).
        let known = world.method(&self.rest_api_id, &self.resource_id, &self.http_method).map(|_| ());
        known.map_err(|error| match error {
            ApiError::Unknown(Noun::Method) => ApiError::Unknown(Noun::Integration),
            other => other,
        })?;
        world.edit_method(&self.rest_api_id, &self.resource_id, &self.http_method, |method| {
            let gone = integration_mut(method)?.responses.remove(&status);
            gone.map(|_| Value::Null).ok_or(ApiError::UnknownResponse)
        })
    }
}

fn integration_mut(method: &mut Method) -> Result<&mut Integration, ApiError> {
    method.integration.as_mut().map(Rc::make_mut).ok_or(ApiError::Unknown(Noun::Integration))
}

/// Checks an integration response against its method. The method may lack a response of this status (recorded), as long as no
/// header is mapped onto it: then the response is missed (reported), or the header in what it declares (documented).
fn check(response: &IntegrationResponse, status: StatusCode, method: &Method, limit: usize) -> Result<(), ApiError> {
    match method.responses.get(&status) {
        Some(declared) => mappings::check_integration_response(&response.response_parameters, declared)?,
        None if response.response_parameters.is_empty() => {}
        None => return Err(mappings::no_method_response()),
    }
    mappings::check_templates(&response.response_templates, "responseTemplates", limit)
}

/// Refuses a pattern that cannot be a regular expression (reported). AWS asks Java, which is not here: a pattern is refused
/// only when no reading makes it a regular expression.
fn check_pattern(pattern: Option<&str>) -> Result<(), ApiError> {
    if pattern.is_some_and(is_broken) {
        return Err(ApiError::invalid("selectionPattern", "Invalid regex pattern specified"));
    }
    Ok(())
}

/// Tells whether a bracket stays open, a parenthesis has no partner, a repetition nothing to repeat, or the end escapes
/// nothing.
fn is_broken(pattern: &str) -> bool {
    // A comment and a quotation may hold anything, and so may what stands in a class of a class.
    if pattern.contains(['#', '&']) || pattern.contains("\\Q") {
        return false;
    }
    let (mut open, mut class, mut is_first) = (0_u32, None, true);
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, class) {
            ('\\', _) if chars.next().is_none() => return true,
            (']', Some(false)) => class = None,
            ('[', Some(_)) => return false,
            (_, Some(_)) => class = Some(false),
            ('[', None) => {
                chars.next_if_eq(&'^');
                class = Some(true);
            }
            ('(', None) => open += 1,
            (')', None) if open == 0 => return true,
            (')', None) => open -= 1,
            ('*' | '+' | '?', None) if is_first => return true,
            _ => {}
        }
        is_first = false;
    }
    open > 0 || class.is_some()
}

fn patch_response(response: &mut IntegrationResponse, patch: &PatchOperation) -> Result<(), ApiError> {
    let segments = patch.segments();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    match segments[..] {
        ["selectionPattern"] => {
            patch.only(&[Op::Replace])?;
            response.selection_pattern.clone_from(&patch.value);
            Ok(())
        }
        ["contentHandling"] => {
            patch.only(&[Op::Replace])?;
            let message = "Invalid content handling specified. Valid options are CONVERT_TO_BINARY,CONVERT_TO_TEXT"; // assumed
            let parse =
                |t: String| ContentHandling::parse(&t).ok_or_else(|| ApiError::invalid("contentHandling", message));
            response.content_handling = patch.text_if_any().map(parse).transpose()?;
            Ok(())
        }
        ["responseParameters", name] => {
            let missing = ApiError::NotFound("Invalid parameter name specified");
            let value = |p: &PatchOperation| Ok(p.text().to_owned());
            response.given.parameters = false;
            patch_entry(&mut response.response_parameters, name.to_owned(), patch, value, missing)
        }
        ["responseTemplates", media_type] => {
            let missing = ApiError::NotFound("Content-Type specified was not found");
            let value = |p: &PatchOperation| Ok(p.text_if_any());
            response.given.contents = false;
            patch_entry(&mut response.response_templates, media_type.to_owned(), patch, value, missing)
        }
        _ => Err(patch.bad_path()),
    }
}

/// Writes a mapping in the shape of AWS's answers.
pub(super) fn describe(status: StatusCode, response: &IntegrationResponse) -> Value {
    Answer::new()
        .with("statusCode", status.to_string())
        .maybe("selectionPattern", response.selection_pattern.as_deref())
        .map("responseParameters", &response.response_parameters, response.given.parameters)
        .templates("responseTemplates", &response.response_templates, response.given.contents)
        .maybe("contentHandling", response.content_handling.map(ContentHandling::as_str))
        .done()
}

#[cfg(test)]
mod tests {
    use super::is_broken;

    #[test]
    fn only_what_is_certainly_no_pattern_is_broken() {
        for pattern in ["[", "[]", "[^]", "[a", "(", "a)", "(a", "\\", "4\\", "[a\\]", "*", "+5", "?"] {
            assert!(is_broken(pattern), "{pattern}");
        }
        for pattern in [
            "",
            "-",
            ".*",
            "4\\d{2}",
            "(?:5..)|4..",
            "[]a]",
            "[^]]",
            "[(]",
            "\\(",
            "\\[",
            "]",
            "{",
            "[a[b)]]",
            "\\Q(\\E",
            "(?x)a # (",
            "(?s).*\\[(4|5)\\d\\d\\].*",
            "[a&&[^b]]",
            "[*]",
            "[\\]]",
            ".*\"status\": ?4.*",
        ] {
            assert!(!is_broken(pattern), "{pattern}");
        }
    }
}
