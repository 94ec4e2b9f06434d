//! The port to backends: the calls that are made, what becomes of each reply, and requests that have to wait.

use crate::{
    data_plane::{
        AnsweredBy, BackendAnswer, BackendCall, BackendFault, Backends, GatewayResponseType, Invocation, Local, Nobody,
        Payload, Purpose, Reply, Request,
        fixture::{API_ID, World, answering, request, with_headers},
        invoke, invoke_at_once,
    },
    entities::{
        ALL_METHODS, AuthorizationType, Authorizer, AuthorizerId, AuthorizerType, Double, HttpMethod, Integration,
        IntegrationType, MethodResponse, MethodSettings, StatusCode,
    },
    fixtures,
};
use std::{collections::VecDeque, rc::Rc};

/// Gives the same reply to each call, and keeps the calls.
struct Always(Reply, Vec<BackendCall<'static>>);

impl Always {
    fn new(reply: Reply) -> Self {
        Self(reply, Vec::new())
    }
}

impl Backends for Always {
    fn call(&mut self, call: &BackendCall<'_>) -> Reply {
        self.1.push(call.clone().into_owned());
        self.0.clone()
    }
}

/// A host that waits: it knows the answers that it has obtained so far, by their calls.
#[derive(Default)]
struct Obtained(Vec<(BackendCall<'static>, Reply)>);

impl Backends for Obtained {
    fn call(&mut self, call: &BackendCall<'_>) -> Reply {
        let known = self.0.iter().find(|(known, _)| known == call);
        known.map_or(Reply::NotYet, |(_, reply)| reply.clone())
    }
}

fn answered(status: u16, headers: &[(&str, &str)], body: &str) -> Reply {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Reply::Answer(BackendAnswer { status: Some(status), headers, body: Payload::Text(body.into()), latency: 7 })
}

/// `/x` with a backend of a kind.
fn world(kind: IntegrationType, change: impl FnOnce(&mut Integration)) -> World {
    let mut world = World::of_mock(|method, integration| {
        integration.kind = kind;
        integration.uri = Some("https://example.com/${stageVariables.part}/{id}".into());
        integration.http_method = Some(HttpMethod::Put);
        integration.request_templates.clear();
        integration.responses = [(fixtures::ok(), Rc::new(answering(None, "")))].into();
        Rc::make_mut(integration.responses.values_mut().next().expect("BUG: a response")).response_templates.clear();
        change(integration);
        for status in integration.responses.keys() {
            method.responses.insert(*status, Rc::new(MethodResponse::default()));
        }
    });
    world.set_variable("part", "p");
    world
}

fn send(world: &mut World, request: &Request, backends: &mut dyn Backends) -> Invocation {
    invoke_at_once(&world.ws, &mut world.runtime, request, &mut world.env, backends)
}

fn map<const N: usize>(pairs: [(&str, &str); N]) -> crate::collections::SortedMap<String, String> {
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

#[test]
fn a_call_says_all_that_a_host_needs() {
    let mut world = world(IntegrationType::Http, |integration| {
        integration.request_parameters = map([
            ("integration.request.path.id", "method.request.querystring.q"),
            ("integration.request.querystring.a", "'one two'"),
            ("integration.request.header.X-Mapped", "method.request.header.X-Own"),
            ("integration.request.header.X-Id", "context.requestId"),
            ("integration.request.header.X-None", "method.request.header.Missing"),
        ]);
        integration.credentials = Some("arn:aws:iam::123456789012:role/${stageVariables.part}".into());
        integration.timeout_in_millis = 1_234;
    });
    let asked = Request { body: "hi".into(), ..with_headers("POST /dev/x?q=7", &["X-Own: o", "X-Other: no"]) };
    let mut backends = Always::new(answered(200, &[], ""));
    let invocation = send(&mut world, &asked, &mut backends);
    assert_eq!(invocation.response.status, 200);
    let [call] = &backends.1[..] else { panic!("one call: {:?}", backends.1) };
    assert_eq!(call.purpose, Purpose::Integration(IntegrationType::Http));
    assert_eq!((call.method.as_str(), call.url.as_str()), ("PUT", "https://example.com/p/7?a=one+two"));
    let headers: Vec<_> = call.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(headers, [("X-Id", invocation.request_id.as_str()), ("X-Mapped", "o")]);
    assert_eq!(call.body, Some(Payload::Text("hi".into())));
    assert_eq!(call.credentials.as_deref(), Some("arn:aws:iam::123456789012:role/p"));
    assert_eq!(call.timeout_in_millis, 1_234);
    assert_eq!((&*call.origin.api_id, &*call.origin.stage), (API_ID, "dev"));
    assert_eq!(call.origin.request_id, invocation.request_id);
    // A proxy's call is the caller's, under what is mapped.
    let mut world = self::world(IntegrationType::HttpProxy, |integration| {
        integration.http_method = Some(HttpMethod::Any);
        integration.request_parameters = map([("integration.request.header.x-own", "'mapped'")]);
    });
    let mut backends = Always::new(answered(200, &[], ""));
    let asked = with_headers("GET /dev/x?q=7&r=", &["Host: h", "X-Own: o", "X-Other: kept"]);
    send(&mut world, &asked, &mut backends);
    let [call] = &backends.1[..] else { panic!("one call: {:?}", backends.1) };
    assert_eq!((call.method.as_str(), call.body.as_ref()), ("GET", None));
    assert_eq!(call.url, "https://example.com/p/{id}?q=7&r=");
    assert_eq!(call.headers, [("X-Other".to_owned(), "kept".to_owned()), ("x-own".to_owned(), "mapped".to_owned())]);
}

#[test]
fn an_address_with_a_variable_that_is_not_set_is_not_called() {
    for kind in [IntegrationType::Http, IntegrationType::HttpProxy] {
        let mut world = world(kind, |integration| integration.uri = Some("https://${stageVariables.none}/x".into()));
        let mut backends = Always::new(answered(200, &[], ""));
        let invocation = send(&mut world, &request("GET /dev/x"), &mut backends);
        assert_eq!((invocation.response.status, backends.1.len()), (500, 0));
        assert_eq!(invocation.answered_by, AnsweredBy::GatewayResponse(GatewayResponseType::ApiConfigurationError));
    }
}

#[test]
fn an_answer_becomes_the_methods() {
    let not_found = StatusCode::parse("404").expect("BUG: a status");
    let mut world = world(IntegrationType::Http, |integration| {
        let mut found = answering(None, "$input.json('$.a') $input.body");
        found.response_parameters = map([
            ("method.response.header.one", "integration.response.header.X-One"),
            ("method.response.header.part", "integration.response.body.a.b"),
            ("method.response.header.none", "integration.response.header.missing"),
        ]);
        let missing = answering(Some("4\\d\\d"), "not here");
        integration.responses = [(fixtures::ok(), Rc::new(found)), (not_found, Rc::new(missing))].into();
    });
    let mut told = |reply| {
        let response = send(&mut world, &request("GET /dev/x"), &mut Always::new(reply)).response;
        let header = |name| response.header(name).unwrap_or("-").to_owned();
        format!("{} {} {} {} {}", response.status, header("one"), header("part"), header("none"), response.body)
    };
    let body = r#"{"a":{"b":[1]}}"#;
    assert_eq!(told(answered(500, &[("x-one", "1")], body)), format!(r#"200 1 [1] - {{"b":[1]}} {body}"#));
    assert_eq!(told(answered(418, &[("x-one", "1")], "")), "404 - - - not here");
    // Without a template the body passes; a proxy's answer is the backend's.
    let mut plain = self::world(IntegrationType::Aws, |_| {});
    let response = send(&mut plain, &request("GET /dev/x"), &mut Always::new(answered(201, &[], "as it is"))).response;
    assert_eq!((response.status, response.body.as_str()), (200, "as it is"));
    let mut proxy = self::world(IntegrationType::HttpProxy, |integration| integration.responses.clear());
    let reply = answered(418, &[("X-Tea", "green"), ("Date", "then")], "short and stout");
    let response = send(&mut proxy, &request("GET /dev/x"), &mut Always::new(reply)).response;
    assert_eq!((response.status, response.body.as_str()), (418, "short and stout"));
    assert_eq!(response.header("x-tea"), Some("green"));
    assert_eq!(response.header("x-amzn-Remapped-Date"), Some("then"));
}

#[test]
fn a_backend_without_an_answer_is_an_error_of_the_gateway() {
    let told = |reply| {
        let invocation =
            send(&mut world(IntegrationType::Http, |_| {}), &request("GET /dev/x"), &mut Always::new(reply));
        let reason = invocation.trace.failed().map(ToString::to_string).unwrap_or_default();
        (invocation.response.status, invocation.answered_by, invocation.response.body, reason)
    };
    let (status, by, body, reason) = told(Reply::Failed(BackendFault::TimedOut));
    assert_eq!((status, by), (504, AnsweredBy::GatewayResponse(GatewayResponseType::IntegrationTimeout)));
    assert_eq!(body, r#"{"message":"Endpoint request timed out"}"#);
    assert_eq!(reason, "The HTTP backend takes longer than the integration's timeout allows.");
    let (status, by, _, reason) = told(Reply::Failed(BackendFault::Failed("no such host".into())));
    assert_eq!((status, by), (504, AnsweredBy::GatewayResponse(GatewayResponseType::IntegrationFailure)));
    assert_eq!(reason, "The HTTP backend fails: no such host.");
    for reply in [Reply::Failed(BackendFault::NotCalled), Reply::NotYet] {
        assert_eq!((told(reply.clone()).0, told(reply).1), (504, AnsweredBy::Stagecraft));
    }
    let invocation = send(&mut World::new(&["/x GET"]), &request("GET /dev/x"), &mut Nobody);
    assert_eq!((invocation.response.status, invocation.answered_by), (504, AnsweredBy::Stagecraft));
}

/// `/x`, guarded by a function and answered by a backend, on a stage that draws, counts, remembers and logs.
fn busy() -> World {
    let mut world = world(IntegrationType::Http, |integration| {
        integration.responses.values_mut().for_each(|response| *response = Rc::new(answering(None, "$input.body")));
    });
    let id = AuthorizerId::new("auth01");
    let authorizer = Authorizer {
        id: id.clone(),
        name: "gate".into(),
        kind: AuthorizerType::Token,
        provider_arns: Vec::new(),
        auth_type: None,
        uri: Some("arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:1:function:f/invocations".into()),
        credentials: None,
        identity_source: Some("method.request.header.T".into()),
        identity_validation_expression: None,
        result_ttl_in_seconds: None,
    };
    Rc::make_mut(&mut world.config_mut().parts).authorizers.insert(id.clone(), Rc::new(authorizer));
    fixtures::edit(world.config_mut(), "/x", HttpMethod::Any, |method| {
        method.authorization_type = AuthorizationType::Custom;
        method.authorizer_id = Some(id);
    });
    world.deploy("dev");
    let stage = Rc::make_mut(world.api_mut().stages.get_mut("dev").expect("BUG: dev"));
    let throttled = MethodSettings {
        throttling_burst_limit: 9,
        throttling_rate_limit: Double::new(0.1).expect("BUG: a number"),
        ..MethodSettings::default()
    };
    stage.method_settings.insert(ALL_METHODS.into(), Rc::new(throttled));
    stage.access_log.destination_arn = Some("arn:aws:logs:us-east-1:1:log-group:g".into());
    stage.access_log.format = Some("$context.requestId $context.integration.status $context.integrationLatency".into());
    world
}

const GRANT: &str =
    r#"{"principalId": "u", "policyDocument": {"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}}"#;

fn reply_to(call: &BackendCall<'_>) -> Reply {
    match call.purpose {
        Purpose::Authorizer => answered(200, &[], GRANT),
        Purpose::Integration(_) => answered(201, &[], "done"),
    }
}

#[test]
fn a_request_that_waits_is_told_as_if_it_had_never_waited() {
    struct AtOnce;
    impl Backends for AtOnce {
        fn call(&mut self, call: &BackendCall<'_>) -> Reply {
            reply_to(call)
        }
    }
    let (mut waiting, mut swift) = (busy(), busy());
    let asked = with_headers("GET /dev/x", &["T: t"]);
    let mut purposes = VecDeque::from([2, 1, 1]);
    for _ in 0..3 {
        let at_once = send(&mut swift, &asked, &mut AtOnce);
        assert_eq!((at_once.response.status, at_once.response.body.as_str()), (200, "done"));
        let mut backends = Obtained::default();
        let mut waits = 0;
        let after_all = loop {
            let (env, runtime) = (format!("{:?}", waiting.env), state(&waiting));
            match invoke(&waiting.ws, &mut waiting.runtime, &asked, &mut waiting.env, &mut backends) {
                Ok(invocation) => break invocation,
                Err(call) => {
                    assert_eq!((format!("{:?}", waiting.env), state(&waiting)), (env, runtime), "{call:?}");
                    let reply = reply_to(&call);
                    backends.0.push((*call, reply));
                    waits += 1;
                }
            }
        };
        assert_eq!(after_all, at_once);
        // The function is asked once, and remembered.
        assert_eq!(Some(waits), purposes.pop_front());
        assert_eq!(state(&waiting), state(&swift));
        assert_eq!(waiting.env.glance(), swift.env.glance());
    }
    let line = waiting.runtime.access_log().last().map(|line| line.text.clone()).unwrap_or_default();
    assert!(line.ends_with(" 201 7"), "{line}");
    assert_eq!(waiting.runtime.access_log().count(), 3);
}

#[test]
fn a_host_that_does_not_wait_counts_the_request_once() {
    /// Its function answers, so that the request comes as far as the integration.
    struct Grants(Reply);
    impl Backends for Grants {
        fn call(&mut self, call: &BackendCall<'_>) -> Reply {
            if call.purpose == Purpose::Authorizer { reply_to(call) } else { self.0.clone() }
        }
    }
    let (mut waiting, mut refusing) = (busy(), busy());
    let asked = with_headers("GET /dev/x", &["T: t"]);
    for count in 1..=2 {
        let one = send(&mut waiting, &asked, &mut Grants(Reply::NotYet));
        let other = send(&mut refusing, &asked, &mut Grants(Reply::Failed(BackendFault::NotCalled)));
        assert_eq!((one.response.status, one.answered_by), (504, AnsweredBy::Stagecraft));
        assert_eq!((&one.response, one.answered_by), (&other.response, other.answered_by));
        assert_eq!(waiting.runtime.counters(API_ID, "dev"), refusing.runtime.counters(API_ID, "dev"));
        assert_eq!(waiting.runtime.counters(API_ID, "dev").requests, count);
        assert_eq!(format!("{:?}", waiting.runtime.meters), format!("{:?}", refusing.runtime.meters));
    }
}

/// Returns all that traffic leaves behind, but for parsed templates.
fn state(world: &World) -> String {
    let runtime = &world.runtime;
    format!(
        "{:?} {:?} {:?} {:?} {:?}",
        runtime.counters(API_ID, "dev"),
        runtime.cache,
        runtime.access_logs,
        runtime.grants,
        runtime.meters
    )
}

#[test]
fn a_comparison_waits_for_nobody() {
    let mut world = busy();
    let before = world.before();
    let asked = with_headers("GET /dev/x", &["T: t"]);
    let compared = crate::data_plane::would_answer(
        &world.ws,
        &mut world.runtime,
        &asked,
        &before,
        &mut Always::new(Reply::NotYet),
    );
    assert_eq!(compared, None);
}

#[test]
fn local_backends_answer_for_mocks_and_played_functions_only() {
    let world = World::of_templates("{\"statusCode\": 204}", "");
    let mut local = Local::of(&world.ws);
    let origin = crate::data_plane::Origin {
        api_id: "a".into(),
        stage: "s".into(),
        deployment_id: "d".into(),
        request_id: "r".into(),
        extended_request_id: "e".into(),
        time: world.env.now(),
        variables: Default::default(),
    };
    let call = |kind, body: Option<&str>| BackendCall {
        purpose: Purpose::Integration(kind),
        method: String::new(),
        url: String::new(),
        headers: Vec::new(),
        body: body.map(|body| Payload::Text(body.into())),
        credentials: None,
        timeout_in_millis: 50,
        origin: origin.clone(),
    };
    let mut status = |kind, body| match local.call(&call(kind, body)) {
        Reply::Answer(answer) => Ok(answer.status),
        other => Err(other),
    };
    assert_eq!(status(IntegrationType::Mock, Some("{statusCode: 204}")), Ok(Some(204)));
    assert_eq!(status(IntegrationType::Mock, None), Ok(None));
    let unreadable = status(IntegrationType::Mock, Some(""));
    assert!(matches!(unreadable, Err(Reply::Failed(BackendFault::MockInput(_)))), "{unreadable:?}");
    for kind in [IntegrationType::Http, IntegrationType::HttpProxy, IntegrationType::Aws, IntegrationType::AwsProxy] {
        assert_eq!(status(kind, None), Err(Reply::Failed(BackendFault::NotCalled)));
    }
    let function = BackendCall {
        purpose: Purpose::Authorizer,
        url: "arn:aws:lambda:r:1:function:f".into(),
        ..call(IntegrationType::Mock, None)
    };
    assert_eq!(local.call(&function), Reply::Failed(BackendFault::NotCalled));
}
