//! Method: what a resource answers to one verb.

use super::{
    World,
    answer::Answer,
    authorizers,
    edits::{NameList, by_path},
    error::{ApiError, Violation},
    integrations, mappings,
    members::operation,
    method_responses,
    patch::{Op, PatchOperation, op_violations, patch_entry},
};
use crate::{
    collections::SortedMap,
    entities::{ApiConfig, AuthorizationType, AuthorizerId, GivenEmpty, HttpMethod, Method, RequestValidatorId},
};
use serde_json::{Map, Value};
use std::rc::Rc;

operation! {
    /// Adds a method to a resource.
    PutMethod: "PUT" "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}" => 201 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The resource.
        resource_id: String = Uri "resourceId";
        /// The verb, or ANY.
        http_method: String = Uri "httpMethod";
        /// `NONE`, `AWS_IAM`, `CUSTOM` or `COGNITO_USER_POOLS`.
        authorization_type: String = Body "authorizationType";
        /// The authorizer.
        authorizer_id: Option<String> = Body "authorizerId";
        /// Whether a caller must send an API key.
        api_key_required: Option<bool> = Body "apiKeyRequired";
        /// A name for SDKs.
        operation_name: Option<String> = Body "operationName";
        /// `method.request.{path|querystring|header}.{name}` → required.
        request_parameters: Option<SortedMap<String, bool>> = Body "requestParameters";
        /// Content type → model.
        request_models: Option<SortedMap<String, String>> = Body "requestModels";
        /// The validator.
        request_validator_id: Option<String> = Body "requestValidatorId";
        /// Scopes of a Cognito access token.
        authorization_scopes: Option<Vec<String>> = Body "authorizationScopes";
    }
}

operation! {
    /// Shows a method.
    GetMethod: "GET" "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The resource.
        resource_id: String = Uri "resourceId";
        /// The verb, or ANY.
        http_method: String = Uri "httpMethod";
    }
}

operation! {
    /// Changes members of a method.
    UpdateMethod: "PATCH" "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The resource.
        resource_id: String = Uri "resourceId";
        /// The verb, or ANY.
        http_method: String = Uri "httpMethod";
        /// The operations.
        patch_operations: Vec<PatchOperation> = Body "patchOperations";
    }
}

operation! {
    /// Deletes a method with its responses and its integration.
    DeleteMethod: "DELETE" "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}" => 204 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The resource.
        resource_id: String = Uri "resourceId";
        /// The verb, or ANY.
        http_method: String = Uri "httpMethod";
    }
}

impl PutMethod {
    fn check(&self) -> Vec<Violation> {
        Vec::new()
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let resource = world.resource(&self.rest_api_id, &self.resource_id)?;
        let verb = HttpMethod::parse(&self.http_method).ok_or(ApiError::HttpMethod)?;
        if resource.methods.contains_key(&verb) {
            return Err(ApiError::MethodExists);
        }
        let parameters = self.request_parameters.clone().unwrap_or_default();
        mappings::check_request_parameters(&parameters)?;
        let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        let mut method = Method::new(verb, authorization(&self.authorization_type)?);
        method.authorizer_id = given(&self.authorizer_id).map(AuthorizerId::new);
        method.request_validator_id = given(&self.request_validator_id).map(RequestValidatorId::new);
        method.api_key_required = self.api_key_required.unwrap_or(false);
        method.operation_name = self.operation_name.clone();
        method.authorization_scopes = self.authorization_scopes.clone().unwrap_or_default();
        method.given = GivenEmpty::of(self.request_parameters.as_ref(), self.request_models.as_ref());
        method.request_parameters = parameters;
        method.request_models = self.request_models.clone().unwrap_or_default();
        world.late(check_scopes(&method))?;
        check_references(world.config(&self.rest_api_id)?, &mut method)?;
        let body = describe(&method);
        let config = world.config_mut(&self.rest_api_id)?;
        config.edit_methods(&self.resource_id, |methods| methods.insert(verb, Rc::new(method)));
        Ok(body)
    }
}

/// Refuses scopes of a method whose type has none (reported; whether an update is refused, too, is not known).
fn check_scopes(method: &Method) -> Result<(), ApiError> {
    if method.authorization_scopes.is_empty() || method.authorization_type == AuthorizationType::CognitoUserPools {
        return Ok(());
    }
    let message = "Invalid Method authorization type specified. Authorization Scopes are only valid for COGNITO_USER_POOLS authorization type";
    Err(ApiError::invalid("authorizationScopes", message))
}

impl GetMethod {
    fn check(&self) -> Vec<Violation> {
        Vec::new()
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        world.method(&self.rest_api_id, &self.resource_id, &self.http_method).map(|method| describe(method))
    }
}

impl UpdateMethod {
    fn check(&self) -> Vec<Violation> {
        op_violations("UpdateMethod", &self.patch_operations)
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let config = world.workspace.api(&self.rest_api_id).map(|api| api.config.clone());
        world.edit_method(&self.rest_api_id, &self.resource_id, &self.http_method, |method| {
            let mut scopes = NameList::of(&mut method.authorization_scopes);
            by_path(&self.patch_operations, |patch| patch_method(method, &mut scopes, patch))?;
            method.authorization_scopes = scopes.finish();
            if let Some(config) = &config {
                check_references(config, method)?;
            }
            mappings::check_request_parameters(&method.request_parameters)?;
            Ok(describe(method))
        })
    }
}

impl DeleteMethod {
    fn check(&self) -> Vec<Violation> {
        Vec::new()
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let verb = world.method(&self.rest_api_id, &self.resource_id, &self.http_method)?.http_method;
        let config = world.config_mut(&self.rest_api_id)?;
        config.edit_methods(&self.resource_id, |methods| methods.remove(&verb));
        Ok(Value::Null)
    }
}

fn authorization(text: &str) -> Result<AuthorizationType, ApiError> {
    // Assumed: the sentence for a type that is none.
    let message = "Invalid authorization type specified. Valid options are NONE,AWS_IAM,CUSTOM,COGNITO_USER_POOLS";
    AuthorizationType::parse(text).ok_or_else(|| ApiError::invalid("authorizationType", message))
}

/// Checks that what a method names exists: its authorizer, its validator, its models (sentences recorded).
fn check_references(config: &ApiConfig, method: &mut Method) -> Result<(), ApiError> {
    check_authorizer(config, method)?;
    let validator = method.request_validator_id.as_ref();
    if validator.is_some_and(|id| !config.parts.request_validators.contains_key(id)) {
        // Here a 400, unlike where a validator itself is looked up (recorded).
        return Err(ApiError::invalid("requestValidatorId", "Invalid Request Validator identifier specified"));
    }
    check_models(config, &method.request_models, "requestModels")
}

/// Checks a method's authorizer: two types need one of their kind; one that the type does not ask for is accepted and ignored
/// (recorded).
fn check_authorizer(config: &ApiConfig, method: &mut Method) -> Result<(), ApiError> {
    let by_lambda = match method.authorization_type {
        AuthorizationType::None | AuthorizationType::AwsIam => {
            method.authorizer_id = None;
            return Ok(());
        }
        AuthorizationType::Custom => true,
        AuthorizationType::CognitoUserPools => false,
    };
    let field = if method.authorizer_id.is_some() { "authorizerId" } else { "authorizationType" };
    let found = method.authorizer_id.as_ref().and_then(|id| config.parts.authorizers.get(id));
    // That an authorizer of the other kind is refused, too, is assumed.
    if found.is_some_and(|authorizer| authorizers::is_lambda(authorizer.kind) == by_lambda) {
        return Ok(());
    }
    let message = "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.";
    Err(ApiError::invalid(field, message))
}

/// Refuses models that the API does not own (recorded).
pub(super) fn check_models(
    config: &ApiConfig,
    models: &SortedMap<String, String>,
    field: &'static str,
) -> Result<(), ApiError> {
    if models.is_empty() {
        return Ok(());
    }
    let known = config.models();
    match models.values().find(|model| !known.contains_key(model.as_str())) {
        Some(model) => Err(ApiError::invalid(field, format!("Invalid model identifier specified: {model}"))),
        None => Ok(()),
    }
}

fn patch_method(method: &mut Method, scopes: &mut NameList, patch: &PatchOperation) -> Result<(), ApiError> {
    let segments = patch.segments();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    match segments[..] {
        ["authorizationType"] => {
            patch.only(&[Op::Replace])?;
            method.authorization_type = authorization(patch.text())?;
        }
        ["authorizerId"] => {
            patch.only(&[Op::Replace])?;
            method.authorizer_id = patch.text_if_any().map(AuthorizerId::new);
        }
        ["apiKeyRequired"] => {
            patch.only(&[Op::Replace])?;
            method.api_key_required = patch.is_true();
        }
        ["operationName"] => {
            patch.only(&[Op::Replace])?;
            method.operation_name = patch.text_if_any();
        }
        ["requestValidatorId"] => {
            patch.only(&[Op::Replace])?;
            method.request_validator_id = patch.text_if_any().map(RequestValidatorId::new);
        }
        ["authorizationScopes"] => {
            patch.only(&[Op::Add, Op::Remove])?;
            let scope = patch.text();
            if patch.kind() == Op::Remove {
                scopes.remove(scope);
            } else if !scopes.has(scope) {
                scopes.push(scope.to_owned());
            }
        }
        ["requestParameters", name] => {
            let missing = ApiError::NotFound("Invalid parameter name specified");
            method.given.parameters = false;
            patch_entry(&mut method.request_parameters, name.to_owned(), patch, |p| Ok(p.is_true()), missing)?;
        }
        ["requestModels", media_type] => {
            let missing = ApiError::NotFound("Content-Type specified was not found");
            let value = |p: &PatchOperation| Ok(p.text().to_owned());
            method.given.contents = false;
            patch_entry(&mut method.request_models, media_type.to_owned(), patch, value, missing)?;
        }
        _ => return Err(patch.bad_path()),
    }
    Ok(())
}

/// Writes a method in the shape of AWS's answers, its responses and its integration included.
pub(super) fn describe(method: &Method) -> Value {
    let mut out = Answer::new()
        .with("httpMethod", method.http_method.as_str())
        .with("authorizationType", method.authorization_type.as_str())
        .maybe("authorizerId", method.authorizer_id.as_deref())
        .with("apiKeyRequired", method.api_key_required)
        .maybe("requestValidatorId", method.request_validator_id.as_deref())
        .maybe("operationName", method.operation_name.as_deref())
        .map("requestParameters", &method.request_parameters, method.given.parameters)
        .map("requestModels", &method.request_models, method.given.contents);
    if !method.responses.is_empty() {
        let responses: Map<String, Value> = method
            .responses
            .iter()
            .map(|(status, response)| (status.to_string(), method_responses::describe(*status, response)))
            .collect();
        out = out.with("methodResponses", responses);
    }
    out = out.maybe("methodIntegration", method.integration.as_ref().map(|i| integrations::describe(i)));
    if !method.authorization_scopes.is_empty() {
        out = out.with("authorizationScopes", method.authorization_scopes.clone());
    }
    out.done()
}
