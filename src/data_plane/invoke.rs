//! The pipeline as a whole: from the hostname to the stage, from there through the snapshot to the answer.

use super::{
    BackendCall, Backends, GatewayResponseStep, GatewayResponseType, Invocation, OwnAnswer, Refusal, Rendered, Request,
    Runtime, Step, Trace, access_log, api_key, authorize, backend_call, base_path,
    cache::{self, Look},
    compression,
    context::Visible,
    endpoint::{self, Endpoint},
    function::Grant,
    gateway_response, gateway_template,
    grants::Grants,
    integration, integration_request, integration_response,
    message::AnsweredBy,
    meters::Meters,
    method_response,
    response::{self, Answer, RequestIds},
    router::{self, Route},
    size,
    stage::{self, Answering, Found, StagePath},
    throttle,
    url::Url,
    validation,
};
use crate::{
    collections::SortedMap,
    entities::{
        Account, ApiConfig, ApiKey, EndpointType, HttpMethod, IntegrationType, Place, ResourceId, Stage, Timestamp,
        VariableName, VariableValue, Workspace,
    },
    env::Env,
};
use std::{borrow::Cow, cell::OnceCell, rc::Rc};

/// The reason why a request gets no further, and so who answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Halt {
    /// A gateway response of the snapshot.
    Refused(Refusal),
    /// 403 `Forbidden` before any snapshot is known.
    FrontDoor,
    /// 200 to a health check of API Gateway's own.
    HealthCheck,
    /// Stagecraft in its own name.
    Own(OwnAnswer),
    /// Nobody yet: the answer to this call has to be waited for.
    Waiting(Box<BackendCall<'static>>),
}

impl From<GatewayResponseType> for Halt {
    fn from(kind: GatewayResponseType) -> Self {
        Self::Refused(kind.into())
    }
}

/// A request once its stage is known: all that the rest of the pipeline may see beside the snapshot.
#[derive(Clone, Debug)]
pub struct Call<'a> {
    /// The request as it came.
    pub request: &'a Request,
    /// The hostname of the URL.
    pub host: &'a str,
    /// The path without the stage, with escapes; begins with `/`.
    pub path: &'a str,
    /// The path with the stage.
    pub whole_path: &'a str,
    /// The query: the part behind `?`, with escapes.
    pub query: &'a str,
    /// Region and account.
    pub place: &'a Place,
    /// The account: its API keys and usage plans.
    pub account: &'a Account,
    /// The API.
    pub api_id: &'a str,
    /// The stage's name.
    pub stage: &'a str,
    /// The deployment that answers.
    pub deployment_id: &'a str,
    /// On a stage with a canary: whether the canary answers.
    pub canary: Option<bool>,
    /// The stage's variables, with the canary's own over them when it answers.
    pub variables: &'a SortedMap<VariableName, VariableValue>,
    /// The facts that came out on the way.
    pub(crate) learned: Learned,
    /// The stage, when its settings count: not for what the working copy would answer.
    pub rules: Option<&'a Stage>,
    /// The request id.
    pub request_id: &'a str,
    /// The extended request id.
    pub extended_request_id: &'a str,
    /// The time at which the request came in.
    pub time: Timestamp,
}

/// The facts that come out about a request on its way, for those who tell about it: templates and logs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Learned {
    /// The grant that the method's authorizer gave the caller.
    pub(crate) grant: OnceCell<Rc<Grant>>,
    /// The id of the API key that counted.
    pub(crate) key: OnceCell<Rc<str>>,
    /// The reason why the request got no further.
    pub(crate) refusal: OnceCell<Refusal>,
    /// The call whose answer has to be waited for.
    pub(crate) awaited: OnceCell<Box<BackendCall<'static>>>,
}

impl Call<'_> {
    /// Tells whether this is a test of a method, which has no deployment.
    pub(crate) fn is_test(&self) -> bool {
        self.deployment_id.is_empty()
    }

    /// Returns the verb that counts, and whether a header replaces the request's own (documented).
    pub(crate) fn verb(&self) -> (&str, bool) {
        let instead = self.request.header("x-http-method-override").filter(|verb| !verb.is_empty());
        (instead.unwrap_or(&self.request.method), instead.is_some())
    }
}

/// The places that a request came to.
#[derive(Default)]
pub(super) struct Reached<'w> {
    endpoint: Option<Endpoint<'w>>,
    at: Option<Answering<'w>>,
}

/// A request that arrived at a stage.
pub(super) struct Arrival<'w, 'r> {
    url: Url<'r>,
    pub(super) endpoint: Endpoint<'w>,
    pub(super) at: Answering<'w>,
    variables: Cow<'w, SortedMap<VariableName, VariableValue>>,
}

impl Arrival<'_, '_> {
    pub(super) fn call<'a>(
        &'a self,
        ws: &'a Workspace,
        request: &'a Request,
        ids: &'a RequestIds,
        time: Timestamp,
    ) -> Call<'a> {
        let path = StagePath::of(&self.url.path, self.endpoint.mapping());
        Call {
            request,
            host: &self.url.host,
            path: path.resource_path,
            whole_path: path.whole,
            query: &self.url.query,
            place: &ws.place,
            account: &ws.account,
            api_id: &self.endpoint.api.id,
            stage: &self.at.stage.name,
            deployment_id: &self.at.deployment.id,
            canary: self.at.canary,
            variables: &self.variables,
            learned: Learned::default(),
            rules: Some(self.at.stage),
            request_id: &ids.request_id,
            extended_request_id: &ids.extended,
            time,
        }
    }
}

/// Chance, ids and what traffic has used, as they were before a request.
#[derive(Clone, Debug)]
pub struct Before {
    pub(super) env: Env,
    pub(super) meters: Meters,
    grants: Grants,
}

impl Before {
    /// Takes down how things are.
    pub fn of(runtime: &Runtime, env: &Env) -> Self {
        Self { env: env.clone(), meters: runtime.meters.clone(), grants: runtime.grants.clone() }
    }

    /// Makes things as they were.
    fn restore(self, runtime: &mut Runtime, env: &mut Env) {
        let Self { env: before, meters, grants } = self;
        *env = before;
        (runtime.meters, runtime.grants) = (meters, grants);
    }
}

/// Calls a URL.
///
/// # Errors
/// The call whose answer has to be waited for. `runtime` and `env` are as before, but for templates that were parsed: invoke
/// again with both once the answer is there.
pub fn invoke(
    ws: &Workspace,
    runtime: &mut Runtime,
    request: &Request,
    env: &mut Env,
    backends: &mut dyn Backends,
) -> Result<Invocation, Box<BackendCall<'static>>> {
    let before = Before::of(runtime, env);
    let mut begun = Begun::of(ws, runtime, request, env, backends);
    match begun.learned.awaited.take() {
        None => Ok(begun.finish(ws, runtime, request, env)),
        Some(call) => {
            before.restore(runtime, env);
            Err(call)
        }
    }
}

/// Calls a URL for a host that does not wait: a backend that has to be waited for counts as one that is not called.
pub fn invoke_at_once(
    ws: &Workspace,
    runtime: &mut Runtime,
    request: &Request,
    env: &mut Env,
    backends: &mut dyn Backends,
) -> Invocation {
    Begun::of(ws, runtime, request, env, backends).finish(ws, runtime, request, env)
}

/// A request that was answered, before anybody else is told.
struct Begun<'w, 'r> {
    ids: RequestIds,
    reached: Reached<'w>,
    arrival: Option<Arrival<'w, 'r>>,
    answer: Answer,
    learned: Learned,
    trace: Trace,
}

impl<'w, 'r> Begun<'w, 'r> {
    fn of(
        ws: &'w Workspace,
        runtime: &mut Runtime,
        request: &'r Request,
        env: &mut Env,
        backends: &mut dyn Backends,
    ) -> Self {
        let ids = RequestIds::draw(env);
        let mut trace = Trace::new();
        let mut reached = Reached::default();
        let (arrival, answer, learned) = match reach(ws, request, &mut reached, env, &mut trace) {
            Ok(arrival) => {
                let call = arrival.call(ws, request, &ids, env.now());
                let answer = answer_from(&arrival.at.deployment.config, &call, runtime, backends, &mut trace);
                let learned = call.learned;
                (Some(arrival), answer, learned)
            }
            Err(halt) => (None, answer_of(halt, None, &mut trace), Learned::default()),
        };
        Self { ids, reached, arrival, answer, learned, trace }
    }

    /// Tells logs and counters, and puts the answer on the wire.
    fn finish(self, ws: &Workspace, runtime: &mut Runtime, request: &Request, env: &mut Env) -> Invocation {
        let Self { ids, reached, arrival, answer, learned, trace } = self;
        if let Some(arrival) = arrival {
            let call = Call { learned, ..arrival.call(ws, request, &ids, env.now()) };
            access_log::write(arrival.at.stage, &arrival.at.deployment.config, &call, &answer, &trace, runtime);
        }
        env.set_usage(runtime.meters.usage().clone());
        let (resource_id, method) = answer.method.clone().unzip();
        let answered_by = answer.by;
        let response = response::finish(answer, &request.method, through_edge(&reached), &ids, env);
        if let (Some(endpoint), Some(at)) = (reached.endpoint, reached.at) {
            runtime.count(&endpoint.api.id, &at.stage.name, response.status, at.canary == Some(true));
        }
        Invocation {
            request: request.clone(),
            response,
            answered_by,
            trace,
            api_id: reached.endpoint.map(|endpoint| endpoint.api.id.clone()),
            stage: reached.at.map(|at| at.stage.name.clone()),
            deployment_id: reached.at.map(|at| at.deployment.id.clone()),
            deployment_number: reached.at.map(|at| at.deployment.number),
            canary: reached.at.and_then(|at| at.canary),
            resource_id,
            method,
            request_id: ids.request_id,
            time: env.now(),
        }
    }
}

/// Tells whether the answer comes through CloudFront: a fact of the hostname. A custom domain name says so itself; for the default
/// one the snapshot does, and the API before there is a snapshot to ask.
fn through_edge(reached: &Reached<'_>) -> bool {
    let Some(endpoint) = reached.endpoint else { return false };
    match endpoint.custom {
        Some((domain, _)) => domain.is_edge(),
        None => is_edge(reached.at.map_or(&endpoint.api.config, |at| &at.deployment.config)),
    }
}

pub(super) fn is_edge(config: &ApiConfig) -> bool {
    config.settings.endpoint.endpoint_type == EndpointType::Edge
}

/// Answers a request from a configuration, be it a snapshot or the working copy.
pub(super) fn answer_from(
    config: &ApiConfig,
    call: &Call<'_>,
    runtime: &mut Runtime,
    backends: &mut dyn Backends,
    trace: &mut Trace,
) -> Answer {
    let mut routed = None;
    let mut answer = match answer_method(config, call, runtime, backends, trace, &mut routed) {
        Ok(answer) => answer,
        Err(halt) => answer_of(halt, Some((config, call)), trace),
    };
    answer.coded = compression::coded(config, call, &answer);
    answer.method = routed;
    answer
}

/// Goes from the URL to the snapshot.
pub(super) fn reach<'w, 'r>(
    ws: &'w Workspace,
    request: &'r Request,
    reached: &mut Reached<'w>,
    env: &mut Env,
    trace: &mut Trace,
) -> Result<Arrival<'w, 'r>, Halt> {
    let url = endpoint::parse(request, trace)?;
    let endpoint = endpoint::find(ws, &url, trace)?;
    reached.endpoint = Some(endpoint);
    let path = StagePath::of(&url.path, endpoint.mapping());
    let (at, open) = match stage::find(endpoint.api, &path, endpoint.mapping(), env, trace) {
        Found::Stage(at) => (at, true),
        Found::Closed(at) => (at, false),
        // Forbidden (reported; for a disabled endpoint the status is documented).
        Found::Nothing => return Err(Halt::FrontDoor),
    };
    reached.at = Some(at);
    let variables = variables(at);
    if open { Ok(Arrival { url, endpoint, at, variables }) } else { Err(Halt::FrontDoor) }
}

/// Returns the variables that are seen: by a canary the stage's, with its own over them (recorded).
fn variables(at: Answering<'_>) -> Cow<'_, SortedMap<VariableName, VariableValue>> {
    let overrides = at.stage.canary.as_ref().filter(|_| at.canary == Some(true));
    match overrides.map(|canary| &canary.stage_variable_overrides).filter(|overrides| !overrides.is_empty()) {
        None => Cow::Borrowed(&at.stage.variables),
        Some(overrides) => {
            let mut all = at.stage.variables.clone();
            all.extend(overrides.iter().map(|(name, value)| (name.clone(), value.clone())));
            Cow::Owned(all)
        }
    }
}

/// Goes from the snapshot to the answer.
fn answer_method(
    config: &ApiConfig,
    call: &Call<'_>,
    runtime: &mut Runtime,
    backends: &mut dyn Backends,
    trace: &mut Trace,
    routed: &mut Option<(ResourceId, HttpMethod)>,
) -> Result<Answer, Halt> {
    size::check(call.request, config.settings.endpoint.endpoint_type, trace)?;
    let (verb, instead) = call.verb();
    let route = router::route(config, call.path, verb, instead, trace)?;
    *routed = Some((route.resource.id.clone(), route.method.http_method));
    authorize::check(config, &route, call, runtime, backends, trace)?;
    let key = api_key::check(config, &route, call, runtime, trace)?;
    if let Some(key) = key {
        let _ = call.learned.key.set(key.id.clone());
    }
    throttle::check(&route, call, runtime, trace)?;
    validation::check(config, &route, call, trace)?;
    integrate(config, call, &route, key, runtime, backends, trace)
}

/// Goes from a method to its answer.
pub(super) fn integrate(
    config: &ApiConfig,
    call: &Call<'_>,
    route: &Route<'_, '_>,
    key: Option<&ApiKey>,
    runtime: &mut Runtime,
    backends: &mut dyn Backends,
    trace: &mut Trace,
) -> Result<Answer, Halt> {
    // A method without an integration cannot be deployed; the working copy can hold one.
    let Some(integration) = &route.method.integration else {
        return Err(GatewayResponseType::ApiConfigurationError.into());
    };
    let mut visible = Visible::new(call, call.verb().0, Some(route), key);
    let slot = match cache::look(route, integration, &visible, runtime, trace)? {
        Look::Hit(answer) => return Ok(answer),
        Look::Keep(slot) => Some(slot),
        Look::Off => None,
    };
    // A test's body is a text, whatever the API's binary media types are (reported).
    let types: &[String] = if call.is_test() { &[] } else { &config.settings.binary_media_types };
    let backend_request = integration_request::make(integration, types, &mut visible, runtime, trace)?;
    let backend_call = backend_call::of_integration(integration, route, &visible, backend_request);
    let backend = integration::call(integration.kind, backend_call, backends, trace)?;
    let answer = match integration.kind {
        IntegrationType::HttpProxy | IntegrationType::AwsProxy => integration::proxied(backend),
        IntegrationType::Mock | IntegrationType::Http | IntegrationType::Aws => {
            let mapped = integration_response::answer(integration, types, backend, &mut visible, runtime, trace)?;
            let status = method_response::settle(route.method, mapped.status, mapped.override_status, trace)?;
            Answer {
                by: AnsweredBy::Method,
                status,
                headers: mapped.headers,
                error_type: "",
                body: mapped.body,
                coded: None,
                method: None,
            }
        }
    };
    Ok(match slot {
        Some(slot) => slot.keep(answer, call.time, runtime),
        None => answer,
    })
}

/// Returns what answers when a request gets no further; `scene` is the snapshot and the call, once there is one.
pub(super) fn answer_of(halt: Halt, scene: Option<(&ApiConfig, &Call<'_>)>, trace: &mut Trace) -> Answer {
    match halt {
        Halt::Refused(refusal) => {
            let mut rendered = refusal.render();
            if let Some((_, call)) = scene {
                let _ = call.learned.refusal.set(refusal.clone());
            }
            let shaped =
                scene.and_then(|(config, call)| gateway_template::shape(&refusal, &mut rendered, config, call));
            let mut step = GatewayResponseStep::after(&trace.steps, Some(refusal.kind), rendered.status);
            let (by, headers) = shaped.unzip();
            step.shaped_by = by;
            trace.push(Step::GatewayResponse(step));
            let mut answer = Answer::rendered(AnsweredBy::GatewayResponse(refusal.kind), rendered);
            answer.headers = headers.unwrap_or_default();
            answer
        }
        Halt::FrontDoor => {
            let rendered = gateway_response::forbidden();
            trace.push(Step::GatewayResponse(GatewayResponseStep::after(&trace.steps, None, rendered.status)));
            Answer::rendered(AnsweredBy::FrontDoor, rendered)
        }
        Halt::HealthCheck => {
            // The status, and that it is no JSON, are assumed.
            let rendered = Rendered { status: 200, error_type: "", body: base_path::HEALTHY.to_owned() };
            let mut answer = Answer::rendered(AnsweredBy::FrontDoor, rendered);
            answer.headers.push(("Content-Type".to_owned(), "text/plain".to_owned()));
            answer
        }
        Halt::Waiting(awaited) => {
            let own = awaited.purpose.not_called();
            if let Some((_, call)) = scene {
                let _ = call.learned.awaited.set(awaited);
            }
            answer_of(Halt::Own(own), scene, trace)
        }
        Halt::Own(own) => {
            let answer = Answer::own(&own);
            trace.push(Step::Stagecraft(own));
            answer
        }
    }
}
