//! GatewayResponse: what API Gateway answers by itself. All 21 types always exist; an author shapes some of them.

use super::{
    World,
    answer::Answer,
    edits::by_path,
    error::{ApiError, Violation},
    mappings,
    members::{operation, unconstrained},
    page::page,
    patch::{Op, PatchOperation, op_violations, patch_entry},
};
use crate::{
    collections::SortedMap,
    entities::{ApiParts, GatewayResponse, GatewayResponseType, StatusCode},
};
use serde_json::{Map, Value};
use std::rc::Rc;

/// The types in the order of AWS's sentence (recorded).
const TYPES: &str = "REQUEST_TOO_LARGE, RESOURCE_NOT_FOUND, AUTHORIZER_CONFIGURATION_ERROR, MISSING_AUTHENTICATION_TOKEN, BAD_REQUEST_BODY, INVALID_SIGNATURE, INVALID_API_KEY, BAD_REQUEST_PARAMETERS, AUTHORIZER_FAILURE, UNAUTHORIZED, INTEGRATION_TIMEOUT, ACCESS_DENIED, DEFAULT_4XX, DEFAULT_5XX, WAF_FILTERED, QUOTA_EXCEEDED, THROTTLED, API_CONFIGURATION_ERROR, UNSUPPORTED_MEDIA_TYPE, INTEGRATION_FAILURE, EXPIRED_TOKEN";

operation! {
    /// Shapes a gateway response; what is not given falls back to its default.
    PutGatewayResponse: "PUT" "/restapis/{restApiId}/gatewayresponses/{responseType}" => 201 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The type, such as `MISSING_AUTHENTICATION_TOKEN`.
        response_type: String = Uri "responseType";
        /// The status.
        status_code: Option<String> = Body "statusCode";
        /// `gatewayresponse.header.{name}` → mapping expression.
        response_parameters: Option<SortedMap<String, String>> = Body "responseParameters";
        /// Content type → template.
        response_templates: Option<SortedMap<String, String>> = Body "responseTemplates";
    }
}

operation! {
    /// Lists all gateway responses, those that nobody has shaped included.
    GetGatewayResponses: "GET" "/restapis/{restApiId}/gatewayresponses" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// Where to go on.
        position: Option<String> = Query "position";
        /// Entries on a page.
        limit: Option<i64> = Query "limit";
    }
}

operation! {
    /// Shows a gateway response.
    GetGatewayResponse: "GET" "/restapis/{restApiId}/gatewayresponses/{responseType}" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The type.
        response_type: String = Uri "responseType";
    }
}

operation! {
    /// Changes a gateway response.
    UpdateGatewayResponse: "PATCH" "/restapis/{restApiId}/gatewayresponses/{responseType}" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The type.
        response_type: String = Uri "responseType";
        /// The operations.
        patch_operations: Vec<PatchOperation> = Body "patchOperations";
    }
}

operation! {
    /// Gives a gateway response its default form back.
    DeleteGatewayResponse: "DELETE" "/restapis/{restApiId}/gatewayresponses/{responseType}" => 202 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The type.
        response_type: String = Uri "responseType";
    }
}

/// Returns the violation of an unknown type (recorded).
fn type_violations(name: &str) -> Vec<Violation> {
    if GatewayResponseType::parse(name).is_some() {
        return Vec::new();
    }
    vec![Violation {
        value: Some(name.to_owned()),
        place: "responseType".into(),
        constraint: format!("satisfy enum value set: [{TYPES}]"),
    }]
}

/// Reads the type of a request whose violations were checked.
fn parse_type(name: &str) -> Result<GatewayResponseType, ApiError> {
    GatewayResponseType::parse(name).ok_or(ApiError::NotFound("Gateway response type not defined on api"))
}

unconstrained!(GetGatewayResponses);

impl PutGatewayResponse {
    fn check(&self) -> Vec<Violation> {
        let mut out = Vec::new();
        if let Some(status) = self.status_code.as_deref().filter(|status| StatusCode::parse(status).is_none()) {
            out.push(Violation {
                value: Some(status.to_owned()),
                place: "putGatewayResponseInput.statusCode".into(),
                constraint: "satisfy regular expression pattern: [1-5]\\d\\d".into(),
            });
        }
        out.extend(type_violations(&self.response_type));
        out
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        world.api(&self.rest_api_id)?;
        let kind = parse_type(&self.response_type)?;
        let default = untouched(kind);
        for (map, texts) in
            [("responseTemplates", &self.response_templates), ("responseParameters", &self.response_parameters)]
        {
            if texts.iter().flatten().any(|(_, text)| text.is_empty()) {
                return Err(empty_text(map)); // recorded for patches
            }
        }
        let given = self.response_templates.clone().filter(|templates| !templates.is_empty());
        let response = GatewayResponse {
            status_code: self.status_code.as_deref().and_then(StatusCode::parse).or(default.status_code),
            response_parameters: self.response_parameters.clone().unwrap_or_default(),
            response_templates: given.unwrap_or(default.response_templates),
        };
        keep(world, &self.rest_api_id, kind, response)
    }
}

impl GetGatewayResponses {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let parts = &world.api(&self.rest_api_id)?.config.parts;
        let position = self.position.as_deref();
        page(GatewayResponseType::ALL, self.limit, position, |kind| kind.to_string(), |kind| describe(*kind, parts))
    }
}

impl GetGatewayResponse {
    fn check(&self) -> Vec<Violation> {
        type_violations(&self.response_type)
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let parts = &world.api(&self.rest_api_id)?.config.parts;
        Ok(describe(parse_type(&self.response_type)?, parts))
    }
}

impl UpdateGatewayResponse {
    fn check(&self) -> Vec<Violation> {
        let mut out = op_violations("UpdateGatewayResponse", &self.patch_operations);
        out.extend(type_violations(&self.response_type));
        out
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let kind = parse_type(&self.response_type)?;
        let known = world.api(&self.rest_api_id)?.config.parts.gateway_responses.get(&kind).cloned();
        // What nobody has shaped begins as its default (recorded).
        let mut response = known.map_or_else(|| untouched(kind), Rc::unwrap_or_clone);
        by_path(&self.patch_operations, |patch| patch_response(&mut response, patch))?;
        keep(world, &self.rest_api_id, kind, response)
    }
}

impl DeleteGatewayResponse {
    fn check(&self) -> Vec<Violation> {
        type_violations(&self.response_type)
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let kind = parse_type(&self.response_type)?;
        world.api(&self.rest_api_id)?;
        let config = world.config_mut(&self.rest_api_id)?;
        let gone = Rc::make_mut(&mut config.parts).gateway_responses.remove(&kind);
        gone.map(|_| Value::Null).ok_or(ApiError::NotFound("Gateway response type not defined on api"))
    }
}

/// Returns a type as it is before anybody shapes it.
fn untouched(kind: GatewayResponseType) -> GatewayResponse {
    GatewayResponse {
        status_code: kind.default_status().and_then(|status| StatusCode::parse(&status.to_string())),
        response_parameters: SortedMap::new(),
        response_templates: [("application/json".into(), GatewayResponse::DEFAULT_TEMPLATE.into())].into(),
    }
}

fn keep(
    world: &mut World<'_>,
    api: &str,
    kind: GatewayResponseType,
    response: GatewayResponse,
) -> Result<Value, ApiError> {
    mappings::check_gateway_response(&response.response_parameters)?;
    let limit = world.workspace.limits.template_bytes;
    mappings::check_gateway_templates(&response.response_templates, limit)?;
    let config = world.config_mut(api)?;
    let parts = Rc::make_mut(&mut config.parts);
    parts.gateway_responses.insert(kind, Rc::new(response));
    Ok(describe(kind, parts))
}

fn empty_text(map: &'static str) -> ApiError {
    ApiError::invalid(map, format!("Invalid null or empty value in {map}"))
}

fn patch_response(response: &mut GatewayResponse, patch: &PatchOperation) -> Result<(), ApiError> {
    let segments = patch.segments();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let value = |map: &'static str| {
        move |patch: &PatchOperation| {
            patch.text_if_any().ok_or_else(|| empty_text(map)) // recorded
        }
    };
    match segments[..] {
        ["statusCode"] if patch.kind() == Op::Replace => {
            let status = StatusCode::parse(patch.text());
            let invalid = || ApiError::invalid("patchOperations", "Invalid Response status code specified"); // assumed
            response.status_code = Some(status.ok_or_else(invalid)?);
            Ok(())
        }
        ["responseParameters", name] => {
            let missing = ApiError::NotFound("Invalid parameter name specified");
            patch_entry(&mut response.response_parameters, name.to_owned(), patch, value("responseParameters"), missing)
        }
        ["responseTemplates", media_type] => {
            let missing = ApiError::NotFound("Content-Type specified was not found"); // recorded for method responses
            patch_entry(
                &mut response.response_templates,
                media_type.to_owned(),
                patch,
                value("responseTemplates"),
                missing,
            )
        }
        _ => Err(patch.bad_path()),
    }
}

/// Writes a gateway response in the shape of AWS's answers: its own form, or that of its class, or the default (recorded).
fn describe(kind: GatewayResponseType, parts: &ApiParts) -> Value {
    let found = parts.gateway_response(kind);
    let own = found.is_some_and(|(shaped, _)| shaped == kind);
    let default = untouched(kind);
    let response = found.map_or(&default, |(_, response)| response);
    let texts = |map: &SortedMap<String, String>| -> Map<String, Value> {
        map.iter().map(|(key, text)| (key.clone(), text.as_str().into())).collect()
    };
    Answer::new()
        .with("responseType", kind.as_str())
        .maybe("statusCode", response.status_code.or(default.status_code).map(|status| status.to_string()))
        .with("responseParameters", texts(&response.response_parameters))
        .with("responseTemplates", texts(&response.response_templates))
        .with("defaultResponse", !own)
        .done()
}
