//! APIs for tests, written as paths with methods: `working_copy(&["/ GET", "/users GET POST"])`.

use crate::entities::{
    ApiConfig, ApiSettings, AuthorizationType, HttpMethod, Integration, IntegrationResponse, IntegrationType, Method,
    MethodResponse, PassthroughBehavior, PathPart, Resource, ResourceId, StatusCode,
};
use std::{collections::BTreeMap, rc::Rc};

/// The sample of the workshop.
pub(crate) const USERS_API: &[&str] = &["/ GET", "/users GET POST", "/users/{userId} GET DELETE"];

/// 200.
pub(crate) fn ok() -> StatusCode {
    StatusCode::parse("200").expect("BUG: a status")
}

/// A MOCK method that answers 200 with a template.
pub(crate) fn mock_method(verb: HttpMethod, body: &str) -> Method {
    let response = IntegrationResponse {
        response_templates: [("application/json".to_owned(), Some(body.to_owned()))].into(),
        ..IntegrationResponse::default()
    };
    let integration = Integration {
        kind: IntegrationType::Mock,
        http_method: None,
        uri: None,
        connection_type: None,
        connection_id: None,
        credentials: None,
        request_parameters: BTreeMap::new(),
        request_templates: [("application/json".to_owned(), Some(r#"{"statusCode": 200}"#.to_owned()))].into(),
        passthrough_behavior: PassthroughBehavior::WhenNoMatch,
        cache_namespace: "ns".into(),
        cache_key_parameters: Vec::new(),
        content_handling: None,
        timeout_in_millis: 29_000,
        tls_config: None,
        response_transfer_mode: None,
        integration_target: None,
        responses: [(ok(), Rc::new(response))].into(),
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
            config.insert(Resource { id: id.clone(), place: Some((at.clone(), part)), methods: BTreeMap::new() });
            id
        });
    }
    let verbs: Vec<_> = words.filter_map(HttpMethod::parse).collect();
    config.edit_methods(&at, |methods| {
        methods.extend(verbs.iter().map(|verb| (*verb, Rc::new(mock_method(*verb, "[]")))));
    });
    at
}

/// An API's configuration from lines of paths and methods.
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
