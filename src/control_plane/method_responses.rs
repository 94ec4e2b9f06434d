//! MethodResponse: the answers that a method declares.

use super::{
    World,
    answer::Answer,
    edits::by_path,
    error::{ApiError, Violation},
    mappings,
    members::operation,
    methods::check_models,
    patch::{PatchOperation, op_violations, patch_entry},
};
use crate::{
    collections::SortedMap,
    entities::{ApiConfig, GivenEmpty, MethodResponse, StatusCode},
};
use serde_json::Value;
use std::rc::Rc;

operation! {
    /// Declares an answer of a method.
    PutMethodResponse: "PUT" "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/responses/{statusCode}" => 201 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The resource.
        resource_id: String = Uri "resourceId";
        /// The verb, or ANY.
        http_method: String = Uri "httpMethod";
        /// The status.
        status_code: String = Uri "statusCode";
        /// `method.response.header.{name}` → required.
        response_parameters: Option<SortedMap<String, bool>> = Body "responseParameters";
        /// Content type → model.
        response_models: Option<SortedMap<String, String>> = Body "responseModels";
    }
}

operation! {
    /// Shows a declared answer.
    GetMethodResponse: "GET" "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/responses/{statusCode}" => 200 {
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
    /// Changes a declared answer; AWS answers 201.
    UpdateMethodResponse: "PATCH" "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/responses/{statusCode}" => 201 {
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
    /// Takes a declared answer away.
    DeleteMethodResponse: "DELETE" "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/responses/{statusCode}" => 204 {
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

/// Returns the violation of a text that is no status (recorded).
pub(super) fn status_violations(status: &str) -> Vec<Violation> {
    if StatusCode::parse(status).is_some() {
        return Vec::new();
    }
    vec![Violation {
        value: Some(status.to_owned()),
        place: "statusCode".into(),
        constraint: "satisfy regular expression pattern: [1-5]\\d\\d".into(),
    }]
}

/// Reads the status of a request whose violations were checked.
pub(super) fn parse_status(status: &str) -> Result<StatusCode, ApiError> {
    StatusCode::parse(status).ok_or(ApiError::UnknownResponse)
}

impl PutMethodResponse {
    fn check(&self) -> Vec<Violation> {
        status_violations(&self.status_code)
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let status = parse_status(&self.status_code)?;
        let response = MethodResponse {
            response_parameters: self.response_parameters.clone().unwrap_or_default(),
            response_models: self.response_models.clone().unwrap_or_default(),
            given: GivenEmpty::of(self.response_parameters.as_ref(), self.response_models.as_ref()),
        };
        let config = world.config(&self.rest_api_id)?.clone();
        world.edit_method(&self.rest_api_id, &self.resource_id, &self.http_method, |method| {
            if method.responses.contains_key(&status) {
                return Err(ApiError::ResponseExists);
            }
            check(&config, &response)?;
            let body = describe(status, &response);
            method.responses.insert(status, Rc::new(response));
            Ok(body)
        })
    }
}

impl GetMethodResponse {
    fn check(&self) -> Vec<Violation> {
        status_violations(&self.status_code)
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let status = parse_status(&self.status_code)?;
        let method = world.method(&self.rest_api_id, &self.resource_id, &self.http_method)?;
        method.responses.get(&status).map(|response| describe(status, response)).ok_or(ApiError::UnknownResponse)
    }
}

impl UpdateMethodResponse {
    fn check(&self) -> Vec<Violation> {
        let mut out = op_violations("UpdateMethodResponse", &self.patch_operations);
        out.extend(status_violations(&self.status_code));
        out
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let status = parse_status(&self.status_code)?;
        let config = world.config(&self.rest_api_id)?.clone();
        world.edit_method(&self.rest_api_id, &self.resource_id, &self.http_method, |method| {
            let response = method.responses.get_mut(&status).map(Rc::make_mut).ok_or(ApiError::UnknownResponse)?;
            by_path(&self.patch_operations, |patch| patch_response(response, patch))?;
            check(&config, response)?;
            Ok(describe(status, response))
        })
    }
}

impl DeleteMethodResponse {
    fn check(&self) -> Vec<Violation> {
        status_violations(&self.status_code)
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let status = parse_status(&self.status_code)?;
        world.edit_method(&self.rest_api_id, &self.resource_id, &self.http_method, |method| {
            method.responses.remove(&status).map(|_| Value::Null).ok_or(ApiError::UnknownResponse)
        })
    }
}

fn check(config: &ApiConfig, response: &MethodResponse) -> Result<(), ApiError> {
    mappings::check_response_parameters(&response.response_parameters)?;
    check_models(config, &response.response_models, "responseModels")
}

fn patch_response(response: &mut MethodResponse, patch: &PatchOperation) -> Result<(), ApiError> {
    let segments = patch.segments();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    match segments[..] {
        ["responseParameters", name] => {
            let missing = ApiError::NotFound("Invalid parameter name specified");
            response.given.parameters = false;
            patch_entry(&mut response.response_parameters, name.to_owned(), patch, |p| Ok(p.is_true()), missing)
        }
        ["responseModels", media_type] => {
            let missing = ApiError::NotFound("Content-Type specified was not found");
            let value = |p: &PatchOperation| Ok(p.text().to_owned());
            response.given.contents = false;
            patch_entry(&mut response.response_models, media_type.to_owned(), patch, value, missing)
        }
        _ => Err(patch.bad_path()),
    }
}

/// Writes a declared answer in the shape of AWS's answers.
pub(super) fn describe(status: StatusCode, response: &MethodResponse) -> Value {
    Answer::new()
        .with("statusCode", status.to_string())
        .map("responseParameters", &response.response_parameters, response.given.parameters)
        .map("responseModels", &response.response_models, response.given.contents)
        .done()
}
