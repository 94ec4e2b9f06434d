//! The API that a new workspace opens on: `UsersAPI`, not yet deployed, with answers that look like somebody's.
//!
//! One table says what it is. `session` sends it as the requests that a user would send, so that the log can repeat it;
//! `workspace` puts the very same workspace together without any request, so that the page can show its map before the
//! control plane is there.

use crate::{
    collections::{SharedMap, SortedMap},
    control_plane::{
        ApiError, checks::EndpointConfigurationInput, integration_responses::PutIntegrationResponse,
        integrations::PutIntegration, method_responses::PutMethodResponse, methods::PutMethod,
        resources::CreateResource, rest_apis::CreateRestApi,
    },
    entities::{
        ApiConfig, ApiId, ApiSettings, AuthorizationType, EndpointType, HttpMethod, Integration, IntegrationResponse,
        Method, MethodResponse, PathPart, Resource, ResourceId, RestApi, StatusCode, Workspace,
    },
    env::{Env, IdShape},
    history::{Session, Transaction},
};
use std::rc::Rc;

const NAME: &str = "UsersAPI";
const DESCRIPTION: &str = "Users of a small service, answered by mock integrations";
const JSON: &str = "application/json";

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

/// The resources below the root: the parent's place in the list of all (the root is 0), and the path part.
const RESOURCES: [(usize, &str); 2] = [(0, "users"), (1, "{userId}")];

/// The methods.
const METHODS: [Answer; 5] = [
    Answer { resource: 0, verb: HttpMethod::Get, status: "200", template: Some(ROOT), path_parameter: None },
    Answer { resource: 1, verb: HttpMethod::Get, status: "200", template: Some(LIST), path_parameter: None },
    Answer { resource: 1, verb: HttpMethod::Post, status: "201", template: Some(CREATED), path_parameter: None },
    Answer { resource: 2, verb: HttpMethod::Get, status: "200", template: Some(ONE), path_parameter: USER_ID },
    Answer { resource: 2, verb: HttpMethod::Delete, status: "204", template: None, path_parameter: USER_ID },
];

const USER_ID: Option<&str> = Some("method.request.path.userId");

/// A method of the sample.
struct Answer {
    /// The place of its resource: 0 is the root, then as in `RESOURCES`.
    resource: usize,
    verb: HttpMethod,
    /// The status of its answer.
    status: &'static str,
    /// The template of its answer.
    template: Option<&'static str>,
    /// A parameter that it declares.
    path_parameter: Option<&'static str>,
}

impl Answer {
    /// Returns the template that picks the status of a MOCK integration.
    fn request_templates(&self) -> SortedMap<String, Option<String>> {
        SortedMap::from([(JSON.to_owned(), Some(["{\"statusCode\": ", self.status, "}"].concat()))])
    }

    fn request_parameters(&self) -> Option<SortedMap<String, bool>> {
        self.path_parameter.map(|name| SortedMap::from([(name.to_owned(), true)]))
    }

    fn response_models(&self) -> Option<SortedMap<String, String>> {
        self.template.map(|_| SortedMap::from([(JSON.to_owned(), "Empty".to_owned())]))
    }

    fn response_templates(&self) -> Option<SortedMap<String, Option<String>>> {
        self.template.map(|text| SortedMap::from([(JSON.to_owned(), Some(text.to_owned()))]))
    }
}

/// Returns a session whose workspace is the sample.
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
pub fn build(transaction: &mut Transaction<'_>) -> Result<String, ApiError> {
    let made = transaction.execute(CreateRestApi {
        name: NAME.into(),
        description: Some(DESCRIPTION.into()),
        endpoint_configuration: Some(EndpointConfigurationInput {
            types: Some(vec![EndpointType::Regional.as_str().into()]),
            ..Default::default()
        }),
        ..CreateRestApi::default()
    })?;
    let api = made.text("id").unwrap_or_default().to_owned();
    let mut resources = vec![made.text("rootResourceId").unwrap_or_default().to_owned()];
    for (parent, part) in RESOURCES {
        let (rest_api_id, parent_id) = (api.clone(), resources[parent].clone());
        let made = transaction.execute(CreateResource { rest_api_id, parent_id, path_part: part.into() })?;
        resources.push(made.text("id").unwrap_or_default().to_owned());
    }
    for answer in &METHODS {
        method(transaction, &api, &resources[answer.resource], answer)?;
    }
    Ok(api)
}

/// Makes a method with a MOCK integration, by the four requests that the console sends too.
fn method(transaction: &mut Transaction<'_>, api: &str, resource: &str, answer: &Answer) -> Result<(), ApiError> {
    let key = || (api.to_owned(), resource.to_owned(), answer.verb.as_str().to_owned());
    let (rest_api_id, resource_id, http_method) = key();
    transaction.execute(PutMethod {
        rest_api_id,
        resource_id,
        http_method,
        authorization_type: AuthorizationType::None.as_str().into(),
        request_parameters: answer.request_parameters(),
        ..PutMethod::default()
    })?;
    let (rest_api_id, resource_id, http_method) = key();
    transaction.execute(PutMethodResponse {
        rest_api_id,
        resource_id,
        http_method,
        status_code: answer.status.into(),
        response_models: answer.response_models(),
        ..PutMethodResponse::default()
    })?;
    let (rest_api_id, resource_id, http_method) = key();
    transaction.execute(PutIntegration {
        request_templates: Some(answer.request_templates()),
        ..PutIntegration::mock(rest_api_id, resource_id, http_method)
    })?;
    let (rest_api_id, resource_id, http_method) = key();
    transaction.execute(PutIntegrationResponse {
        rest_api_id,
        resource_id,
        http_method,
        status_code: answer.status.into(),
        response_templates: answer.response_templates(),
        ..PutIntegrationResponse::default()
    })?;
    Ok(())
}

/// Returns the workspace of `session`, with the ids and times that the same environment gives there.
pub fn workspace(env: &mut Env) -> Workspace {
    let free = |_: &str| false;
    let id = ApiId::new(env.mint(IdShape::Long, free));
    let mut settings = ApiSettings::new(NAME);
    settings.description = Some(DESCRIPTION.into());
    settings.endpoint.endpoint_type = EndpointType::Regional;
    let root = ResourceId::new(env.mint(IdShape::Long, free));
    let mut config = ApiConfig::new(settings, root.clone());
    let mut resources = vec![root];
    for (parent, part) in RESOURCES {
        let id = ResourceId::new(env.mint(IdShape::Short, free));
        let place = PathPart::parse(part).map(|part| (resources[parent].clone(), part));
        config.insert(Resource { id: id.clone(), place, methods: SortedMap::new() });
        resources.push(id);
    }
    for answer in &METHODS {
        let id = &resources[answer.resource];
        config.edit_methods(id, |methods| methods.insert(answer.verb, Rc::new(answered(answer, id))));
    }
    let api = RestApi {
        id: id.clone(),
        created: env.now(),
        config: Rc::new(config),
        deployments: SharedMap::new(),
        stages: SharedMap::new(),
        tags: SortedMap::new(),
        documentation: Rc::default(),
        next_deployment_number: 1,
    };
    Workspace { rest_apis: SharedMap::unit(id, Rc::new(api)), ..Workspace::default() }
}

fn answered(answer: &Answer, resource: &str) -> Method {
    let mut method = Method::new(answer.verb, AuthorizationType::None);
    method.request_parameters = answer.request_parameters().unwrap_or_default();
    let mut integration = Integration::mock(resource);
    integration.request_templates = answer.request_templates();
    if let Some(status) = StatusCode::parse(answer.status) {
        let response = MethodResponse {
            response_models: answer.response_models().unwrap_or_default(),
            ..MethodResponse::default()
        };
        method.responses.insert(status, Rc::new(response));
        let response = IntegrationResponse {
            response_templates: answer.response_templates().unwrap_or_default(),
            ..IntegrationResponse::default()
        };
        integration.responses.insert(status, Rc::new(response));
    }
    method.integration = Some(Rc::new(integration));
    method
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{session, workspace};
    use crate::{entities::Timestamp, env::Env};

    #[test]
    fn the_map_shows_the_same_workspace_before_the_requests_as_after_them() {
        for seed in 0..50 {
            let mut env = Env::new(seed, Timestamp(1_700_000_000_000));
            let sent = session(env.clone()).expect("the sample");
            assert_eq!(workspace(&mut env), *sent.present(), "seed {seed}");
        }
    }
}
