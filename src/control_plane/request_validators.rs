//! RequestValidator: what API Gateway checks of a request before it goes on.

use super::{
    World,
    answer::Answer,
    error::{ApiError, Noun, Violation},
    members::{operation, unconstrained},
    page::page,
    patch::{PatchOperation, op_violations},
};
use crate::{
    entities::{ApiConfig, RequestValidator, RequestValidatorId},
    env::IdShape,
};
use serde_json::Value;
use std::rc::Rc;

operation! {
    /// Adds a request validator.
    CreateRequestValidator: "POST" "/restapis/{restApiId}/requestvalidators" => 201 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The name.
        name: Option<String> = Body "name";
        /// Whether the body must fit its model.
        validate_request_body: Option<bool> = Body "validateRequestBody";
        /// Whether required parameters must be there.
        validate_request_parameters: Option<bool> = Body "validateRequestParameters";
    }
}

operation! {
    /// Lists the request validators.
    GetRequestValidators: "GET" "/restapis/{restApiId}/requestvalidators" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// Where to go on.
        position: Option<String> = Query "position";
        /// Entries on a page.
        limit: Option<i64> = Query "limit";
    }
}

operation! {
    /// Shows a request validator.
    GetRequestValidator: "GET" "/restapis/{restApiId}/requestvalidators/{requestValidatorId}" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The validator.
        request_validator_id: String = Uri "requestValidatorId";
    }
}

operation! {
    /// Changes a request validator.
    UpdateRequestValidator: "PATCH" "/restapis/{restApiId}/requestvalidators/{requestValidatorId}" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The validator.
        request_validator_id: String = Uri "requestValidatorId";
        /// The operations.
        patch_operations: Vec<PatchOperation> = Body "patchOperations";
    }
}

operation! {
    /// Deletes a request validator that no method uses.
    DeleteRequestValidator: "DELETE" "/restapis/{restApiId}/requestvalidators/{requestValidatorId}" => 202 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The validator.
        request_validator_id: String = Uri "requestValidatorId";
    }
}

unconstrained!(CreateRequestValidator, GetRequestValidators, GetRequestValidator, DeleteRequestValidator);

impl CreateRequestValidator {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        // This operation has a sentence of its own for an unknown API, and 400 (recorded).
        let unknown = || ApiError::invalid("restApiId", "Invalid REST API identifier specified");
        let known = world.workspace.api(&self.rest_api_id).ok_or_else(unknown)?.config.parts.clone();
        if self.name.as_deref().is_some_and(|name| name.trim().is_empty()) {
            return Err(blank_name()); // recorded for the patch
        }
        let limit = world.workspace.limits.request_validators_per_api;
        if known.request_validators.len() >= limit {
            // The number is reported, the sentence assumed after the one for resources.
            let message = "Maximum number of Request Validators for this API has been reached. Please contact AWS if you need additional Request Validators.";
            return Err(ApiError::Limit(message.into()));
        }
        let id = world.env.mint(IdShape::Short, |id| known.request_validators.contains_key(id));
        let validator = RequestValidator {
            id: RequestValidatorId::new(id),
            name: self.name.clone(),
            validate_request_body: self.validate_request_body.unwrap_or(false),
            validate_request_parameters: self.validate_request_parameters.unwrap_or(false),
        };
        keep(world, &self.rest_api_id, validator)
    }
}

impl GetRequestValidators {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let all: Vec<_> = world.api(&self.rest_api_id)?.config.parts.request_validators.values().collect();
        page(&all, self.limit, self.position.as_deref(), |v| v.id.to_string(), |v| describe(v))
    }
}

impl GetRequestValidator {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        find(world, &self.rest_api_id, &self.request_validator_id).map(|validator| describe(validator))
    }
}

impl UpdateRequestValidator {
    fn check(&self) -> Vec<Violation> {
        op_violations("UpdateRequestValidator", &self.patch_operations)
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let mut edited = find(world, &self.rest_api_id, &self.request_validator_id)?.as_ref().clone();
        for patch in &self.patch_operations {
            match patch.replaces_one_of(&["/name", "/validateRequestParameters", "/validateRequestBody"])? {
                "/name" => {
                    let name = patch.text_if_any().filter(|name| !name.trim().is_empty());
                    edited.name = Some(name.ok_or_else(blank_name)?);
                }
                // Without a value it is switched off (recorded).
                "/validateRequestParameters" => edited.validate_request_parameters = patch.is_true(),
                _ => edited.validate_request_body = patch.is_true(),
            }
        }
        keep(world, &self.rest_api_id, edited)
    }
}

impl DeleteRequestValidator {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let validator = find(world, &self.rest_api_id, &self.request_validator_id)?.clone();
        let config = world.config(&self.rest_api_id)?;
        if let Some(place) = user(config, &validator.id) {
            // That it is refused and how is assumed, after authorizers.
            let name = validator.name.clone().unwrap_or_else(|| validator.id.to_string());
            return Err(ApiError::InUse { what: "request validator", name, place });
        }
        let config = world.config_mut(&self.rest_api_id)?;
        Rc::make_mut(&mut config.parts).request_validators.remove(validator.id.as_str());
        Ok(Value::Null)
    }
}

fn blank_name() -> ApiError {
    ApiError::invalid("name", "Request Validator name cannot be blank")
}

/// Finds a validator by its id. An unknown API is an unknown validator (recorded).
fn find<'w>(world: &'w World<'_>, api: &str, id: &str) -> Result<&'w Rc<RequestValidator>, ApiError> {
    let found = world.workspace.api(api).and_then(|api| api.config.parts.request_validators.get(id));
    found.ok_or(ApiError::Unknown(Noun::RequestValidator))
}

fn keep(world: &mut World<'_>, api: &str, validator: RequestValidator) -> Result<Value, ApiError> {
    let body = describe(&validator);
    let config = world.config_mut(api)?;
    Rc::make_mut(&mut config.parts).request_validators.insert(validator.id.clone(), Rc::new(validator));
    Ok(body)
}

/// Finds a method that uses a validator, as AWS writes methods that use authorizers.
fn user(config: &ApiConfig, id: &RequestValidatorId) -> Option<String> {
    let (resource, method) = config.methods().find(|(_, method)| method.request_validator_id.as_ref() == Some(id))?;
    Some(format!("method: {}/{}", method.http_method, config.path_of(&resource.id)))
}

/// Writes a validator in the shape of AWS's answers.
fn describe(validator: &RequestValidator) -> Value {
    Answer::new()
        .with("id", validator.id.as_str())
        .maybe("name", validator.name.as_deref())
        .with("validateRequestBody", validator.validate_request_body)
        .with("validateRequestParameters", validator.validate_request_parameters)
        .done()
}
