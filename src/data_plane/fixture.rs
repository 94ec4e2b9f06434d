//! A workspace with one deployed API, for tests: `World::new(&["/ GET", "/users GET POST"])` and then `call("GET /dev")`.

use super::{Before, Comparison, Invocation, Local, Request, Runtime, invoke_at_once, would_answer};
use crate::{
    collections::{SharedMap, SortedMap},
    entities::{
        ApiConfig, ApiId, Deployment, DeploymentId, HttpMethod, Integration, IntegrationResponse, Method, RestApi,
        Stage, StageName, Timestamp, VariableName, VariableValue, Workspace,
    },
    env::Env,
    fixtures,
};
use std::rc::Rc;

/// The id of the API.
pub(crate) const API_ID: &str = "a1b2c3d4e5";
/// Its hostname.
pub(crate) const HOST: &str = "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com";
/// Saturday, 21 November 2026, 12:04:05.678.
pub(crate) const NOW: Timestamp = Timestamp(1_795_262_645_678);

/// A workspace and what a session has beside it.
pub(crate) struct World {
    pub(crate) ws: Workspace,
    pub(crate) env: Env,
    pub(crate) runtime: Runtime,
}

impl World {
    /// Returns one API with these paths and methods, not deployed.
    pub(crate) fn undeployed(lines: &[&str]) -> Self {
        let api = RestApi {
            id: ApiId::new(API_ID),
            created: NOW,
            config: Rc::new(fixtures::config("UsersAPI", lines)),
            deployments: SharedMap::new(),
            stages: SharedMap::new(),
            tags: SortedMap::new(),
            documentation: Rc::default(),
            next_deployment_number: 1,
        };
        let ws = Workspace { rest_apis: SharedMap::unit(api.id.clone(), Rc::new(api)), ..Workspace::default() };
        Self { ws, env: Env::new(1, NOW), runtime: Runtime::new() }
    }

    /// Returns one API with these paths and methods, deployed to `dev`.
    pub(crate) fn new(lines: &[&str]) -> Self {
        let mut world = Self::undeployed(lines);
        world.deploy("dev");
        world
    }

    pub(crate) fn api(&self) -> &RestApi {
        self.ws.api(API_ID).expect("BUG: the API")
    }

    pub(crate) fn api_mut(&mut self) -> &mut RestApi {
        Rc::make_mut(self.ws.rest_apis.get_mut(API_ID).expect("BUG: the API"))
    }

    /// Makes `/x` with one method ANY, deployed to `dev` as it is after `change`.
    pub(crate) fn of_mock(change: impl FnOnce(&mut Method, &mut Integration)) -> Self {
        let mut world = Self::undeployed(&["/x ANY"]);
        fixtures::edit(world.config_mut(), "/x", HttpMethod::Any, |method| {
            let mut integration = Rc::unwrap_or_clone(method.integration.take().expect("BUG: an integration"));
            change(method, &mut integration);
            method.integration = Some(Rc::new(integration));
        });
        world.deploy("dev");
        world
    }

    /// Makes `/x` with one method ANY that has these templates.
    pub(crate) fn of_templates(request: &str, response: &str) -> Self {
        Self::of_mock(|_, integration| {
            integration.request_templates = templates(&[("application/json", request)]);
            integration.responses = [(fixtures::ok(), Rc::new(answering(None, response)))].into();
        })
    }

    /// Returns the working copy, to edit.
    pub(crate) fn config_mut(&mut self) -> &mut ApiConfig {
        Rc::make_mut(&mut self.api_mut().config)
    }

    /// Freezes the working copy and points a stage at it.
    pub(crate) fn deploy(&mut self, stage: &str) {
        let api = self.api_mut();
        let number = api.next_deployment_number;
        api.next_deployment_number += 1;
        let id = DeploymentId::new(format!("dep{number:03}"));
        let deployment =
            Deployment { id: id.clone(), number, description: None, created: NOW, config: api.config.clone() };
        api.deployments.insert(id.clone(), Rc::new(deployment));
        self.point(stage, number);
    }

    /// Points a stage at a deployment; makes the stage when it is missing.
    pub(crate) fn point(&mut self, stage: &str, number: u32) {
        let deployment_id = DeploymentId::new(format!("dep{number:03}"));
        let name = StageName::parse(stage).expect("BUG: a stage name");
        let variables = self.api().stages.get(&name).map(|stage| stage.variables.clone()).unwrap_or_default();
        let stage = Stage { variables, ..Stage::new(name.clone(), deployment_id, NOW) };
        self.api_mut().stages.insert(name, Rc::new(stage));
    }

    /// Sets a variable of `dev`.
    pub(crate) fn set_variable(&mut self, name: &str, value: &str) {
        let stage = self.api_mut().stages.get_mut("dev").expect("BUG: dev");
        let name = VariableName::parse(name).expect("BUG: a name");
        Rc::make_mut(stage).variables.insert(name, VariableValue::parse(value).expect("BUG: a value"));
    }

    /// Calls `GET /dev/users` or `GET https://…`.
    pub(crate) fn call(&mut self, line: &str) -> Invocation {
        self.send(&request(line))
    }

    /// Sends a request.
    pub(crate) fn send(&mut self, request: &Request) -> Invocation {
        invoke_at_once(&self.ws, &mut self.runtime, request, &mut self.env, &mut Local::of(&self.ws))
    }

    /// Takes down how things are.
    pub(crate) fn before(&self) -> Before {
        Before::of(&self.runtime, &self.env)
    }

    /// Compares with the working copy, as things were.
    pub(crate) fn compare(&mut self, request: &Request, before: &Before) -> Option<Comparison> {
        would_answer(&self.ws, &mut self.runtime, request, before, &mut Local::of(&self.ws))
    }

    /// Compares with the working copy, as things are.
    pub(crate) fn compare_now(&mut self, request: &Request) -> Option<Comparison> {
        let before = self.before();
        self.compare(request, &before)
    }
}

/// Templates by content type.
pub(crate) fn templates(pairs: &[(&str, &str)]) -> SortedMap<String, Option<String>> {
    pairs.iter().map(|(key, text)| ((*key).to_owned(), Some((*text).to_owned()))).collect()
}

/// Returns an integration response with a pattern and a template for JSON.
pub(crate) fn answering(pattern: Option<&str>, template: &str) -> IntegrationResponse {
    IntegrationResponse {
        selection_pattern: pattern.map(str::to_owned),
        response_templates: templates(&[("application/json", template)]),
        ..IntegrationResponse::default()
    }
}

/// Returns a request from `VERB URL`; a URL that begins with `/` is on the API's host.
pub(crate) fn request(line: &str) -> Request {
    let (verb, url) = line.split_once(' ').expect("BUG: a verb and a URL");
    let url = if url.starts_with('/') { format!("https://{HOST}{url}") } else { url.to_owned() };
    Request::new(verb, url)
}

/// Returns a request with headers `Name: value`.
pub(crate) fn with_headers(line: &str, headers: &[&str]) -> Request {
    let split = |header: &&str| header.split_once(": ").map(|(name, value)| (name.to_owned(), value.to_owned()));
    Request { headers: headers.iter().filter_map(split).collect(), ..request(line) }
}
