//! Does what the console's Test tab and `TestInvokeMethod` do: run one method of a configuration, deployed or not, and tell it
//! as an execution log (lines recorded where nothing else is said). Neither authorizer nor API key is asked.

use super::{
    AnsweredBy, AuthorizationStep, Backends, Call, GatewayResponseType, Halt, IntegrationRequestStep,
    IntegrationResponseStep, IntegrationResult, Request, Runtime, Step, Trace, ValidationStep,
    authorizer::{self, Asked},
    invoke::{Learned, answer_of, integrate},
    mapping::of_request,
    response::{Answer, RequestIds},
    router::Route,
    url::query_parameters,
    validation,
};
use crate::{
    civil_time::CivilTime,
    collections::SortedMap,
    entities::{
        Account, ApiConfig, AuthorizationType, Authorizer, HttpMethod, Method, Place, Resource, VariableName,
        VariableValue,
    },
    env::Env,
};
use std::{fmt::Write as _, rc::Rc};

/// The stage that templates see in a test (reported).
const STAGE: &str = "test-invoke-stage";
/// The hostname that templates see in a test (reported).
const HOST: &str = "testPrefix.testDomainName";
/// So much of an identity stays readable in a log (reported).
const READABLE: usize = 6;

/// The request of a test.
#[derive(Clone, Debug, Default)]
pub struct TestRequest {
    /// The path with its query; the resource's own path without one.
    pub path_with_query: Option<String>,
    /// Headers, in order; a name may come more than once.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
    /// Stage variables: those of stages do not count.
    pub variables: SortedMap<VariableName, VariableValue>,
}

/// The result of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestResult {
    /// The status.
    pub status: u16,
    /// The headers, in order.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
    /// The execution log.
    pub log: String,
    /// Milliseconds. Drawn by chance, since nothing takes time here.
    pub latency: u64,
}

/// The place of the tested configuration.
#[derive(Clone, Copy, Debug)]
pub struct TestPlace<'a> {
    /// Region and account.
    pub place: &'a Place,
    /// The account.
    pub account: &'a Account,
    /// The API.
    pub api_id: &'a str,
    /// Its configuration.
    pub config: &'a ApiConfig,
}

/// Runs the method of a resource that serves a verb. A backend that has to be waited for counts as one that is not called.
pub fn test_method(
    at: TestPlace<'_>,
    (resource, verb, method): (&Rc<Resource>, HttpMethod, &Rc<Method>),
    test: TestRequest,
    env: &mut Env,
    backends: &mut dyn Backends,
) -> TestResult {
    let ids = RequestIds::draw(env);
    let own_path = at.config.path_of(&resource.id);
    let whole = test.path_with_query.as_deref().filter(|path| !path.is_empty()).unwrap_or(&own_path).to_owned();
    let (path, query) = whole.split_once('?').unwrap_or((&whole, ""));
    let request = Request { method: verb.as_str().into(), url: whole.clone(), headers: test.headers, body: test.body };
    let call = call(at, (path, query), &request, &test.variables, &ids, env);
    let parameters = path_parameters(&own_path, path);
    let route = Route { resource, resource_path: own_path.clone(), method, parameters };
    let mut log = Log::begin(&ids.request_id, env);
    log.line(&format!("Starting execution for request: {}", ids.request_id));
    log.line(&format!("HTTP Method: {verb}, Resource Path: {path}"));
    log.line(&format!("Method request path: {}", pairs(&route.parameters)));
    log.line(&format!("Method request query string: {}", pairs(&query_parameters(query))));
    log.line(&format!("Method request headers: {}", pairs(&request.headers)));
    log.line(&format!("Method request body before transformations: {}", request.body));
    let (mut runtime, mut trace) = (Runtime::new(), Trace::new());
    let done = validation::check(at.config, &route, &call, &mut trace)
        .and_then(|()| integrate(at.config, &call, &route, None, &mut runtime, backends, &mut trace));
    let answer = match done {
        Ok(answer) => answer,
        Err(halt) => {
            log.line(&failure(&halt, &trace));
            answer_of(halt, Some((at.config, &call)), &mut trace)
        }
    };
    let headers = headers(&answer);
    if answer.by == AnsweredBy::Method {
        log.line(&format!("Method response body after transformations: {}", answer.body));
        log.line(&format!("Method response headers: {}", pairs(&headers)));
        log.line("Successfully completed execution");
    }
    log.line(&format!("Method completed with status: {}", answer.status));
    TestResult { status: answer.status, headers, body: answer.body, log: log.text, latency: latency(env) }
}

/// The answer of an authorizer in a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizerResult {
    /// 0 when it said something of the caller (documented), else the status that a call would get.
    pub status: u16,
    /// The caller.
    pub principal: Option<String>,
    /// The policy that says what the caller may do, as JSON.
    pub policy: Option<String>,
    /// The execution log.
    pub log: String,
    /// Milliseconds. Drawn by chance, since nothing takes time here.
    pub latency: u64,
}

/// Asks an authorizer. A function that has to be waited for counts as one that is not checked.
pub fn test_authorizer(
    at: TestPlace<'_>,
    asked: &Authorizer,
    test: TestRequest,
    env: &mut Env,
    backends: &mut dyn Backends,
) -> AuthorizerResult {
    let ids = RequestIds::draw(env);
    let whole = test.path_with_query.unwrap_or_else(|| "/".to_owned());
    let (path, query) = whole.split_once('?').unwrap_or((&whole, ""));
    let request = Request { method: "GET".into(), url: whole.clone(), headers: test.headers, body: test.body };
    let call = call(at, (path, query), &request, &test.variables, &ids, env);
    let unanswered = |halt| (AuthorizationStep::NotSimulated(AuthorizationType::Custom), Some(halt)).into();
    let said = authorizer::ask(asked, &[], &call, &[], &mut Runtime::new(), backends).unwrap_or_else(unanswered);
    let Asked { decision: (step, halt), grant, body } = said;
    let mut log = Log::begin(&ids.request_id, env);
    log.line(&format!("Starting authorizer: {} for request: {}", asked.id, ids.request_id));
    let identity = authorizer::sources(asked).find_map(|source| of_request(source, &call, &[]));
    if let Some(identity) = identity.filter(|identity| !identity.is_empty()) {
        log.line(&format!("Incoming identity: {}", masked(&identity)));
    }
    if let Some(body) = body {
        log.line(&format!("Authorizer result body before parsing: {body}")); // reported
    }
    let status = match (&step, halt) {
        (AuthorizationStep::FunctionNotCallable { .. }, _) => {
            // Reported for functions that nobody allowed to be called.
            log.line("Execution failed due to configuration error: Invalid permissions on Lambda function");
            log.line("Execution failed due to configuration error: Authorizer error");
            log.line("AuthorizerConfigurationException");
            500
        }
        (AuthorizationStep::FunctionFailed { reason, .. }, Some(Halt::Refused(refusal))) => {
            // The first is in Stagecraft's words.
            log.line(&format!("Execution failed due to an authorizer error: {reason}"));
            log.line(refusal.render().error_type);
            500
        }
        (AuthorizationStep::Granted { principal, .. }, _) => {
            // Both reported.
            log.line(&format!("Using valid authorizer policy for principal: {}", masked(principal)));
            log.line("Successfully completed authorizer execution");
            0
        }
        // A token that no pool here has signed is one that a pool refuses (assumed).
        _ => {
            log.line(&format!("Unauthorized request: {}", ids.request_id));
            401
        }
    };
    let (principal, policy) = grant.map(|grant| (grant.principal.clone(), grant.policy.to_string())).unzip();
    AuthorizerResult { status, principal, policy, log: log.text, latency: latency(env) }
}

fn call<'a>(
    at: TestPlace<'a>,
    (path, query): (&'a str, &'a str),
    request: &'a Request,
    variables: &'a SortedMap<VariableName, VariableValue>,
    ids: &'a RequestIds,
    env: &Env,
) -> Call<'a> {
    Call {
        request,
        host: HOST,
        path,
        whole_path: path,
        query,
        place: at.place,
        account: at.account,
        api_id: at.api_id,
        stage: STAGE,
        deployment_id: "",
        canary: None,
        variables,
        learned: Learned::default(),
        rules: None,
        request_id: &ids.request_id,
        extended_request_id: &ids.extended,
        time: env.now(),
    }
}

/// Returns a few milliseconds, as a call without a backend takes.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 12")]
fn latency(env: &mut Env) -> u64 {
    (env.chance() * 12.0) as u64 + 3
}

/// Returns the variables of a resource's path, as far as a path fits it: `{petId}` is its own value when no path is given, and a
/// path that does not fit gives none (both recorded).
fn path_parameters<'p>(template: &'p str, path: &'p str) -> Vec<(&'p str, &'p str)> {
    let mut out = Vec::new();
    let mut rest = path.trim_matches('/');
    for part in template.trim_matches('/').split('/') {
        let variable = part.strip_prefix('{').and_then(|part| part.strip_suffix('}'));
        let is_greedy = variable.is_some_and(|name| name.ends_with('+'));
        let (segment, after) = if is_greedy { (rest, "") } else { rest.split_once('/').unwrap_or((rest, "")) };
        rest = after;
        match variable {
            Some(name) if !segment.is_empty() => out.push((name.trim_end_matches('+'), segment)),
            None if segment == part => {}
            _ => return Vec::new(),
        }
    }
    if rest.is_empty() { out } else { Vec::new() }
}

/// Returns the headers of an answer: the content type only where the method made it (recorded).
fn headers(answer: &Answer) -> Vec<(String, String)> {
    let mut out = Vec::new();
    if !answer.error_type.is_empty() {
        out.push(("x-amzn-ErrorType".to_owned(), answer.error_type.to_owned()));
    }
    let named = |name: &str| answer.headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
    if answer.by == AnsweredBy::Method && !named("content-type") {
        out.push(("Content-Type".to_owned(), "application/json".to_owned()));
    }
    out.extend(answer.headers.iter().cloned());
    out
}

/// Returns why an execution failed, in the log's words. `Invalid endpoint address` is recorded; the others are reported, as far as
/// they do not tell the trace's own reason (assumed).
fn failure(halt: &Halt, trace: &Trace) -> String {
    let configuration = "Execution failed due to configuration error: ";
    match (halt, trace.failed()) {
        (Halt::Own(own), _) => format!("Execution failed: {own}"),
        (Halt::Waiting(call), _) => format!("Execution failed: {}", call.purpose.not_called()),
        (_, Some(Step::Validation(ValidationStep::BadBody { faults, .. }))) => {
            format!(
                "Request body does not match model schema for content type application/json: [{}]",
                faults.join(", ")
            )
        }
        (Halt::Refused(refusal), _) if refusal.kind != GatewayResponseType::ApiConfigurationError => {
            format!("Execution failed: {}", refusal.text().unwrap_or_default())
        }
        (_, Some(Step::IntegrationRequest(IntegrationRequestStep { payload_fault: Some(fault), .. }))) => {
            [configuration, &fault.logged("request")].concat()
        }
        (_, Some(Step::IntegrationResponse(IntegrationResponseStep { payload_fault: Some(fault), .. }))) => {
            [configuration, &fault.logged("response")].concat()
        }
        (_, Some(Step::Integration(step))) => match step.result {
            IntegrationResult::MockUnreadable(_) => {
                format!("{configuration}Unable to parse statusCode. It should be an integer.")
            }
            IntegrationResult::NoAddress => format!("{configuration}Invalid endpoint address"),
            _ => format!("{configuration}{step}"),
        },
        (_, Some(Step::IntegrationResponse(IntegrationResponseStep { chosen: None, matched, .. }))) => format!(
            "{configuration}No match for output mapping and no default output mapping configured. Endpoint Response Status Code: {}",
            matched.as_deref().unwrap_or("null")
        ),
        (_, Some(Step::MethodResponse(step))) => {
            format!("{configuration}Output mapping refers to an invalid method response: {}", step.status)
        }
        (_, Some(step)) => format!("{configuration}{step}"),
        (_, None) => format!("{configuration}No integration defined for method"),
    }
}

/// Writes pairs as `{a=1, b=2}`.
fn pairs<K: AsRef<str>, V: AsRef<str>>(pairs: &[(K, V)]) -> String {
    let list: Vec<String> = pairs.iter().map(|(name, value)| [name.as_ref(), "=", value.as_ref()].concat()).collect();
    format!("{{{}}}", list.join(", "))
}

/// Returns an identity as logs show it: only its end.
fn masked(identity: &str) -> String {
    let length = identity.chars().count();
    let hidden = length.saturating_sub(READABLE);
    identity.chars().enumerate().map(|(at, c)| if at < hidden { '*' } else { c }).collect()
}

/// An execution log in the making.
struct Log {
    text: String,
    time: String,
}

impl Log {
    fn begin(request_id: &str, env: &Env) -> Self {
        let time = CivilTime::from_epoch_ms(env.now().0).java_date();
        Self { text: format!("Execution log for request {request_id}\n"), time }
    }

    fn line(&mut self, line: &str) {
        let _ = writeln!(self.text, "{} : {line}", self.time);
    }
}
