//! MOCK integrations: passthrough behaviors, the status in the request, and the choice of the integration response.

use crate::{
    data_plane::{
        AnsweredBy, GatewayResponseType, Outcome, ResponseVerdict, Step, StepKind,
        fixture::{World, answering, request, templates, with_headers},
    },
    entities::{IntegrationType, MethodResponse, PassthroughBehavior, StatusCode},
    fixtures,
};
use std::rc::Rc;

const BROKEN: &str = r#"500 {"message":"Internal server error"}"#;

fn status(code: &str) -> StatusCode {
    StatusCode::parse(code).expect("BUG: a status")
}

/// Status and body of a call.
fn answer(world: &mut World, line: &str) -> String {
    let response = world.call(line).response;
    format!("{} {}", response.status, response.body).trim_end().to_owned()
}

#[test]
fn a_passthrough_behavior_decides_when_no_template_fits() {
    use PassthroughBehavior::{Never, WhenNoMatch, WhenNoTemplates};
    let refused = r#"415 {"message":"Unsupported Media Type"}"#;
    // The request's body names 201, the template 202, so that the answer tells which of them was used.
    let check = |behavior, listed: &[(&str, &str)], content_type: &str, expected: &str| {
        let mut world = World::of_mock(|method, integration| {
            integration.passthrough_behavior = behavior;
            integration.request_templates = templates(listed);
            integration.responses.clear();
            for code in ["201", "202"] {
                method.responses.insert(status(code), Rc::new(MethodResponse::default()));
                integration.responses.insert(status(code), Rc::new(answering(Some(code), code)));
            }
        });
        let mut asked = with_headers("POST /dev/x", &[&format!("content-type: {content_type}")]);
        asked.headers.retain(|(_, value)| !value.is_empty());
        asked.body = r#"{"statusCode": 201}"#.into();
        let response = world.send(&asked).response;
        assert_eq!(
            format!("{} {}", response.status, response.body),
            expected,
            "{behavior:?} {listed:?} {content_type}"
        );
    };
    let json = ("application/json", r#"{"statusCode": 202}"#);
    let xml = ("application/xml", r#"{"statusCode": 202}"#);
    for behavior in [WhenNoMatch, WhenNoTemplates, Never] {
        check(behavior, &[json], "application/json", "202 202");
        check(behavior, &[json], "application/json; charset=utf-8", "202 202");
        check(behavior, &[json], "", "202 202");
        check(behavior, &[json, xml], "application/xml", "202 202");
    }
    check(WhenNoMatch, &[json], "text/plain", "201 201");
    check(WhenNoTemplates, &[json], "text/plain", refused);
    check(Never, &[json], "text/plain", refused);
    check(WhenNoMatch, &[], "text/plain", "201 201");
    check(WhenNoTemplates, &[], "text/plain", "201 201");
    check(Never, &[], "text/plain", refused);
}

#[test]
fn a_refused_content_type_says_which_behavior_refused_it() {
    let mut world = World::of_mock(|_, integration| integration.passthrough_behavior = PassthroughBehavior::Never);
    let invocation = world.send(&with_headers("POST /dev/x", &["Content-Type: text/plain"]));
    assert_eq!(invocation.answered_by, AnsweredBy::GatewayResponse(GatewayResponseType::UnsupportedMediaType));
    assert_eq!(
        invocation.trace.failed().map(Step::reason).as_deref(),
        Some("No template is for text/plain, and the passthrough behavior NEVER refuses the request.")
    );
}

#[test]
fn the_request_template_names_the_status_leniently() {
    let check = |template: &str, expected: &str| {
        assert_eq!(answer(&mut World::of_templates(template, "ok"), "GET /dev/x"), expected, "{template}");
    };
    check(r#"{"statusCode": 200}"#, "200 ok");
    check("{statusCode: 200}", "200 ok");
    check("{'statusCode': 200,}", "200 ok");
    check("#set($x = 1)\ntext before {\"statusCode\": 200}", "200 ok");
    // The default entry answers whatever the status is.
    check(r#"{"statusCode": 418}"#, "200 ok");
    check(r#"{"statusCode": "200"}"#, BROKEN);
    check(r#"{"statusCode": 200"#, BROKEN);
    check(r#"{"status": 200}"#, BROKEN);
    check("", BROKEN);
    check("plain", BROKEN);
}

#[test]
fn an_empty_request_without_a_template_is_answered_by_the_default() {
    for behavior in [PassthroughBehavior::WhenNoMatch, PassthroughBehavior::WhenNoTemplates] {
        let mut world = World::of_mock(|_, integration| {
            integration.request_templates.clear();
            integration.passthrough_behavior = behavior;
        });
        assert_eq!(answer(&mut world, "GET /dev/x"), "200 []", "{behavior:?}");
    }
}

/// Checks which of the entries `status pattern` answers a backend's status; `-` as pattern makes a default.
fn check_choice(entries: &[(&str, &str)], backend: &str, expected: &str) {
    let mut world = World::of_mock(|method, integration| {
        let template = format!("{{\"statusCode\": {backend}}}");
        integration.request_templates = templates(&[("application/json", &template)]);
        integration.responses.clear();
        for (code, pattern) in entries {
            let pattern = Some(*pattern).filter(|pattern| *pattern != "-");
            method.responses.insert(status(code), Rc::new(MethodResponse::default()));
            integration.responses.insert(status(code), Rc::new(answering(pattern, "")));
        }
    });
    assert_eq!(answer(&mut world, "GET /dev/x"), expected, "{backend} among {entries:?}");
}

#[test]
fn the_pattern_that_fits_the_whole_status_chooses_the_response() {
    let entries = &[("200", "-"), ("400", r"4\d{2}"), ("500", "5..|6.*")];
    check_choice(entries, "200", "200");
    check_choice(entries, "404", "400");
    check_choice(entries, "503", "500");
    check_choice(entries, "302", "200");
    // Java's `matches`: a part is not enough.
    check_choice(&[("200", "-"), ("404", "40")], "404", "200");
    check_choice(&[("200", "-"), ("404", ".*4")], "404", "404");
    check_choice(&[("200", ""), ("404", "404")], "404", "404");
    check_choice(&[("201", "2.."), ("202", "2.2")], "202", "201");
    check_choice(&[("404", "4..")], "200", BROKEN);
    check_choice(&[], "200", BROKEN);
    // Java knows look-around; what cannot be read here never fits.
    check_choice(&[("200", "-"), ("404", "(?=4)404")], "404", "200");
}

#[test]
fn the_trace_says_how_each_integration_response_fared() {
    let mut world = World::of_mock(|_, integration| {
        for (code, pattern) in [("201", "2.1"), ("400", "(?!x)"), ("404", "404")] {
            integration.responses.insert(status(code), Rc::new(answering(Some(pattern), "")));
        }
    });
    let invocation = world.call("GET /dev/x");
    let Some(Step::IntegrationResponse(step)) = invocation.trace.step(StepKind::IntegrationResponse) else {
        panic!("no such step")
    };
    let shown: Vec<_> = step.candidates.iter().map(|c| (c.status.get(), c.verdict)).collect();
    assert_eq!(
        shown,
        [
            (200, ResponseVerdict::ChosenAsDefault),
            (201, ResponseVerdict::DoesNotFit),
            (400, ResponseVerdict::Unreadable),
            (404, ResponseVerdict::DoesNotFit),
        ]
    );
    assert_eq!(
        step.to_string(),
        "No pattern fits 200, so the default integration response 200 answers with its template for application/json."
    );
}

#[test]
fn a_response_that_the_method_does_not_declare_is_an_error_of_the_api() {
    let mut world = World::of_mock(|method, _| method.responses.clear());
    let invocation = world.call("GET /dev/x");
    assert_eq!(invocation.response.status, 500);
    assert_eq!(
        invocation.trace.failed().map(Step::reason).as_deref(),
        Some("The method declares no response 200; the integration response needs it.")
    );
}

#[test]
fn no_response_template_makes_an_empty_body() {
    let mut world = World::of_mock(|_, integration| {
        for response in integration.responses.values_mut() {
            Rc::make_mut(response).response_templates.clear();
        }
    });
    let response = world.call("GET /dev/x").response;
    assert_eq!((response.status, response.body.as_str()), (200, ""));
    assert_eq!(response.header("content-type"), Some("application/json"));
    assert_eq!(response.header("content-length"), Some("0"));
}

#[test]
fn a_template_that_stops_is_a_500_with_its_place() {
    let mut world = World::of_templates(r#"{"statusCode": 200}"#, "line one\n  #if($a)");
    let invocation = world.call("GET /dev/x");
    assert_eq!(invocation.response.status, 500);
    assert_eq!(invocation.response.body, r#"{"message":"Internal server error"}"#);
    assert_eq!(invocation.trace.outcome(StepKind::IntegrationResponse), Outcome::Failed);
    let Some(Step::IntegrationResponse(step)) = invocation.trace.failed() else { panic!("another step") };
    assert_eq!(step.fault.as_ref().map(|fault| fault.line), Some(2));
    let mut world = World::of_templates("#foreach($i in [1..999999999])x#end", "");
    let invocation = world.call("GET /dev/x");
    assert_eq!(invocation.response.status, 500);
    assert_eq!(invocation.trace.outcome(StepKind::IntegrationRequest), Outcome::Failed);
}

#[test]
fn other_backends_are_not_called_and_the_answer_says_so() {
    for (kind, name) in [
        (IntegrationType::Http, "HTTP"),
        (IntegrationType::HttpProxy, "HTTP_PROXY"),
        (IntegrationType::Aws, "AWS"),
        (IntegrationType::AwsProxy, "AWS_PROXY"),
    ] {
        let mut world = World::of_mock(|_, integration| integration.kind = kind);
        let invocation = world.call("GET /dev/x");
        assert_eq!(invocation.answered_by, AnsweredBy::Stagecraft, "{name}");
        assert_eq!(invocation.response.status, 504, "{name}");
        assert_eq!(invocation.response.header("x-stagecraft"), Some("backend-not-called"), "{name}");
        assert_eq!(invocation.response.header("x-amzn-requestid"), None, "{name}");
        let sentence =
            format!("This playground does not call {name} backends yet; on AWS the backend would answer here.");
        assert_eq!(invocation.trace.failed().map(Step::reason), Some(sentence.clone()), "{name}");
        assert_eq!(invocation.response.body, format!("{{\"message\":\"Stagecraft: {sentence}\"}}"), "{name}");
    }
}

#[test]
fn a_method_without_an_integration_is_an_error_of_the_api() {
    let mut world = World::new(&["/x GET"]);
    fixtures::edit(world.config_mut(), "/x", crate::entities::HttpMethod::Get, |method| method.integration = None);
    world.deploy("dev");
    assert_eq!(answer(&mut world, "GET /dev/x"), BROKEN);
}

#[test]
fn every_step_of_a_good_answer_is_in_the_trace() {
    let invocation = World::new(fixtures::USERS_API).send(&request("GET /dev/users/42"));
    let shown: Vec<_> =
        invocation.trace.steps.iter().map(|step| format!("{:?} {}: {step}", step.outcome(), step.kind())).collect();
    expect_test::expect![[r#"
        Passed hostname: The hostname belongs to the API a1b2c3d4e5.
        Passed stage: The stage dev points at the deployment D1 (dep001).
        Passed path: /users/42 is the resource /users/{userId}, where userId is "42".
        Passed method: The resource has a method GET.
        Skipped authorization: The method is open to everybody.
        Skipped API key: The method needs no API key.
        Passed integration request: The template for application/json makes the request.
        Passed integration: MOCK calls no backend: its request says statusCode 200.
        Passed integration response: The integration response 200 is the default and the only one: it answers with its template for application/json.
        Passed method response: The method declares 200: this is the status of the answer."#]].assert_eq(&shown.join("\n"));
    assert_eq!(invocation.answered_by, AnsweredBy::Method);
    assert_eq!(invocation.method.map(|method| method.as_str()), Some("GET"));
}
