//! APIs for tests, written as paths with methods: `working_copy(&["/ GET", "/users GET POST"])`.

use crate::{
    collections::{SharedMap, SortedMap},
    entities::{
        ApiConfig, ApiId, ApiSettings, AuthorizationType, Deployment, DeploymentId, HttpMethod, Integration,
        IntegrationResponse, Method, MethodResponse, PathPart, Resource, ResourceId, RestApi, Stage, StageName,
        StatusCode, Timestamp,
    },
};
use std::rc::Rc;

/// The sample of the workshop.
pub(crate) const USERS_API: &[&str] = &["/ GET", "/users GET POST", "/users/{userId} GET DELETE"];

/// Half past eleven on the day of the tests.
const MORNING: i64 = 1_790_249_400_000;

/// Returns 200.
pub(crate) fn ok() -> StatusCode {
    StatusCode::parse("200").expect("BUG: a status")
}

/// Returns a MOCK method that answers 200 with a template.
pub(crate) fn mock_method(verb: HttpMethod, body: &str) -> Method {
    let response = IntegrationResponse {
        response_templates: [("application/json".to_owned(), Some(body.to_owned()))].into(),
        ..IntegrationResponse::default()
    };
    let integration = Integration {
        request_templates: [("application/json".to_owned(), Some(r#"{"statusCode": 200}"#.to_owned()))].into(),
        responses: [(ok(), Rc::new(response))].into(),
        ..Integration::mock("ns")
    };
    Method {
        responses: [(ok(), Rc::new(MethodResponse::default()))].into(),
        integration: Some(Rc::new(integration)),
        ..Method::new(verb, AuthorizationType::None)
    }
}

/// Adds a path, with the resources above it, and gives it methods: `"/users GET POST"`.
pub(crate) fn add(config: &mut ApiConfig, line: &str) -> ResourceId {
    let mut words = line.split(' ');
    let path = words.next().unwrap_or_default();
    let mut at = config.root_id().clone();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        let existing = config.child(&at, part).map(|child| child.id.clone());
        at = existing.unwrap_or_else(|| {
            // Unique, stable, and not in the order of the paths.
            let id = ResourceId::new(format!("{}/{part}", config.path_of(&at)).chars().rev().collect::<String>());
            let part = PathPart::parse(part).expect("BUG: a path part");
            config.insert(Resource { id: id.clone(), place: Some((at.clone(), part)), methods: SortedMap::new() });
            id
        });
    }
    let verbs: Vec<_> = words.filter_map(HttpMethod::parse).collect();
    config.edit_methods(&at, |methods| {
        methods.extend(verbs.iter().map(|verb| (*verb, Rc::new(mock_method(*verb, "[]")))));
    });
    at
}

/// Returns an API's configuration from lines of paths and methods.
pub(crate) fn config(name: &str, lines: &[&str]) -> ApiConfig {
    let mut config = ApiConfig::new(ApiSettings::new(name), ResourceId::new("root000000"));
    for line in lines {
        add(&mut config, line);
    }
    config
}

/// Edits one method that exists.
pub(crate) fn edit(config: &mut ApiConfig, path: &str, verb: HttpMethod, change: impl FnOnce(&mut Method)) {
    let id = config.resource_at(path).expect("BUG: a path").id.clone();
    config.edit_methods(&id, |methods| change(Rc::make_mut(methods.get_mut(&verb).expect("BUG: a method"))));
}

/// Changes the template that answers a method.
pub(crate) fn edit_answer(config: &mut ApiConfig, path: &str, verb: HttpMethod, body: &str) {
    edit(config, path, verb, |method| {
        let integration = Rc::make_mut(method.integration.as_mut().expect("BUG: an integration"));
        let response = Rc::make_mut(integration.responses.get_mut(&ok()).expect("BUG: a response"));
        response.response_templates.insert("application/json".into(), Some(body.into()));
    });
}

/// Returns an API that was never deployed.
pub(crate) fn rest_api(config: ApiConfig) -> RestApi {
    RestApi {
        id: ApiId::new("a1b2c3d4e5"),
        created: Timestamp(MORNING),
        config: Rc::new(config),
        deployments: SharedMap::new(),
        stages: SharedMap::new(),
        tags: SortedMap::new(),
        documentation: Rc::default(),
        next_deployment_number: 1,
    }
}

/// Takes a snapshot and points a stage at it, unless the name is empty.
pub(crate) fn deploy(api: &mut RestApi, stage: &str, description: &str) -> DeploymentId {
    let number = api.next_deployment_number;
    let id = DeploymentId::new(format!("d{number:05}"));
    let deployment = Deployment {
        id: id.clone(),
        number,
        description: (!description.is_empty()).then(|| description.to_owned()),
        created: Timestamp(MORNING + i64::from(number) * 600_000),
        config: api.config.clone(),
    };
    api.deployments.insert(id.clone(), Rc::new(deployment));
    api.next_deployment_number += 1;
    if !stage.is_empty() {
        point(api, stage, &id);
    }
    id
}

/// Points a stage at a deployment; makes the stage when there is none.
pub(crate) fn point(api: &mut RestApi, stage: &str, id: &DeploymentId) {
    let name = StageName::parse(stage).expect("BUG: a stage name");
    let stage = Stage::new(name.clone(), id.clone(), Timestamp(MORNING));
    api.stages.insert(name, Rc::new(stage));
}
