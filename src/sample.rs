//! The API that a new workspace opens on: `UsersAPI`, not yet deployed, with answers that look like somebody's.
//!
//! It is made of the same requests that a user would send; nothing here reaches into a workspace.

use crate::{
    collections::SortedMap,
    control_plane::{
        ApiError, integration_responses::PutIntegrationResponse, integrations::PutIntegration,
        method_responses::PutMethodResponse, methods::PutMethod, resources::CreateResource, rest_apis::CreateRestApi,
    },
    env::Env,
    history::{Session, Step},
};

const ROOT: &str = r#"{
  "service": "UsersAPI",
  "stage": "$context.stage",
  "try": ["GET /users", "GET /users/u1"]
}"#;

const LIST: &str = r#"{
  "users": [
    { "id": "u1", "name": "Ada Lovelace" },
    { "id": "u2", "name": "Grace Hopper" }
  ],
  "stage": "$context.stage"
}"#;

const CREATED: &str = r#"{
  "id": "u3",
  "created": "$context.requestTime"
}"#;

const ONE: &str = r#"{
  "id": "$input.params('userId')",
  "name": "Ada Lovelace",
  "email": "ada@example.com"
}"#;

/// A method of the sample: verb, status of its answer, template of its answer.
struct Answer {
    verb: &'static str,
    status: &'static str,
    template: Option<&'static str>,
    path_parameter: Option<&'static str>,
}

/// A session whose workspace is the sample.
///
/// # Errors
/// None in practice: the requests are fixed and the engine's tests send them.
pub fn session(env: Env) -> Result<Session, ApiError> {
    Session::beginning_with(env, build)
}

/// Sends the requests that make the sample; answers its API's id.
///
/// # Errors
/// When the workspace has no room for another API.
pub fn build(step: &mut Step<'_>) -> Result<String, ApiError> {
    let made = step.execute(CreateRestApi {
        name: "UsersAPI".into(),
        description: Some("Users of a small service, answered by mock integrations".into()),
        version: None,
        binary_media_types: None,
        minimum_compression_size: None,
        api_key_source: None,
        endpoint_configuration: Some(crate::control_plane::rest_apis::EndpointConfigurationInput {
            types: Some(vec!["REGIONAL".into()]),
            ..Default::default()
        }),
        policy: None,
        tags: None,
        disable_execute_api_endpoint: None,
    })?;
    let api = made.text("id").unwrap_or_default().to_owned();
    let root = made.text("rootResourceId").unwrap_or_default().to_owned();
    let users = child(step, &api, &root, "users")?;
    let user = child(step, &api, &users, "{userId}")?;
    let plain = |verb, status, template| Answer { verb, status, template, path_parameter: None };
    let of_user = |verb, status, template| Answer { verb, status, template, path_parameter: Some("userId") };
    method(step, &api, &root, &plain("GET", "200", Some(ROOT)))?;
    method(step, &api, &users, &plain("GET", "200", Some(LIST)))?;
    method(step, &api, &users, &plain("POST", "201", Some(CREATED)))?;
    method(step, &api, &user, &of_user("GET", "200", Some(ONE)))?;
    method(step, &api, &user, &of_user("DELETE", "204", None))?;
    Ok(api)
}

fn child(step: &mut Step<'_>, api: &str, parent: &str, part: &str) -> Result<String, ApiError> {
    let made =
        step.execute(CreateResource { rest_api_id: api.into(), parent_id: parent.into(), path_part: part.into() })?;
    Ok(made.text("id").unwrap_or_default().to_owned())
}

/// A method with a MOCK integration: the four requests that the console sends too.
fn method(step: &mut Step<'_>, api: &str, resource: &str, answer: &Answer) -> Result<(), ApiError> {
    let key = || (api.to_owned(), resource.to_owned(), answer.verb.to_owned());
    let json = |text: String| SortedMap::from([("application/json".to_owned(), Some(text))]);
    let (rest_api_id, resource_id, http_method) = key();
    step.execute(PutMethod {
        rest_api_id,
        resource_id,
        http_method,
        authorization_type: "NONE".into(),
        authorizer_id: None,
        api_key_required: None,
        operation_name: None,
        request_parameters: answer.path_parameter.map(|name| [(format!("method.request.path.{name}"), true)].into()),
        request_models: None,
        request_validator_id: None,
        authorization_scopes: None,
    })?;
    let (rest_api_id, resource_id, http_method) = key();
    step.execute(PutMethodResponse {
        rest_api_id,
        resource_id,
        http_method,
        status_code: answer.status.into(),
        response_parameters: None,
        response_models: answer.template.map(|_| [("application/json".to_owned(), "Empty".to_owned())].into()),
    })?;
    let (rest_api_id, resource_id, http_method) = key();
    step.execute(PutIntegration {
        request_templates: Some(json(format!("{{\"statusCode\": {}}}", answer.status))),
        ..PutIntegration::mock(rest_api_id, resource_id, http_method)
    })?;
    let (rest_api_id, resource_id, http_method) = key();
    step.execute(PutIntegrationResponse {
        rest_api_id,
        resource_id,
        http_method,
        status_code: answer.status.into(),
        selection_pattern: None,
        response_parameters: None,
        response_templates: answer.template.map(|text| json(text.to_owned())),
        content_handling: None,
    })?;
    Ok(())
}
