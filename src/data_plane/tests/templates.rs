//! Templates and mapping expressions: what they see, which of them is used, and what they may override.

use crate::{
    data_plane::{
        Response,
        fixture::{World, answering, request, templates, with_headers},
    },
    entities::MethodResponse,
    fixtures,
};
use expect_test::{Expect, expect};
use std::rc::Rc;

const OK: &str = r#"{"statusCode": 200}"#;

/// Checks what a response template renders for a request.
fn check(template: &str, line: &str, headers: &[&str], expected: &str) {
    let mut world = World::of_templates(OK, template);
    assert_eq!(world.send(&with_headers(line, headers)).response.body, expected, "{template}");
}

#[test]
fn parameters_are_seen_in_response_templates_too() {
    check("$input.params('q')", "GET /dev/x?q=a+b%2Bc", &[], "a b+c");
    check("$input.params('q')", "GET /dev/x?q=1&q=2", &[], "2");
    check("$input.params().querystring.q", "GET /dev/x?q", &[], "");
    check("$input.params().header.get('X-Name')", "GET /dev/x", &["X-Name: v"], "v");
    check("$input.params('missing')", "GET /dev/x", &[], "");
    let mut world = World::undeployed(&["/users/{userId} GET", "/{proxy+} GET"]);
    let config = world.config_mut();
    fixtures::edit_answer(config, "/users/{userId}", crate::entities::HttpMethod::Get, "$input.params('userId')");
    fixtures::edit_answer(config, "/{proxy+}", crate::entities::HttpMethod::Get, "$input.params().path.proxy");
    world.deploy("dev");
    assert_eq!(world.call("GET /dev/users/42").response.body, "42");
    assert_eq!(world.call("GET /dev/users/test%2Balias").response.body, "test%2Balias");
    assert_eq!(world.call("GET /dev/a/b//c/").response.body, "a/b//c");
}

#[test]
fn a_request_template_sees_the_body_and_a_response_template_an_empty_one() {
    let mut world = World::of_templates(r#"{"statusCode": $input.json('$.code')}"#, "$input.body");
    let mut asked = request("POST /dev/x");
    asked.body = r#"{"code": 200}"#.into();
    assert_eq!(world.send(&asked).response.body, "{}");
    asked.body = r#"{"code": "x"}"#.into();
    assert_eq!(world.send(&asked).response.status, 500);
}

#[test]
fn stage_variables_act_at_once_and_unset_ones_are_empty() {
    let mut world = World::of_templates(OK, "$stageVariables.name|${stageVariables.name}|$stageVariables['name']");
    assert_eq!(world.call("GET /dev/x").response.body, "||");
    world.set_variable("name", "blue");
    assert_eq!(world.call("GET /dev/x").response.body, "blue|blue|blue");
    world.set_variable("name", "green");
    assert_eq!(world.call("GET /dev/x").response.body, "green|green|green");
}

#[test]
fn the_context_describes_the_call() {
    let names = [
        "accountId",
        "apiId",
        "deploymentId",
        "domainName",
        "domainPrefix",
        "httpMethod",
        "identity.sourceIp",
        "identity.userAgent",
        "identity.caller",
        "path",
        "protocol",
        "requestTime",
        "requestTimeEpoch",
        "resourcePath",
        "stage",
        "isCanaryRequest",
    ];
    let template: String = names.iter().map(|name| format!("{name}=$context.{name}\n")).collect();
    let mut world = World::of_templates(OK, &template);
    let body = world.send(&with_headers("PUT //dev/x/?a=b", &["User-Agent: test/1"])).response.body;
    expect![[r#"
        accountId=123456789012
        apiId=a1b2c3d4e5
        deploymentId=dep001
        domainName=a1b2c3d4e5.execute-api.us-east-1.amazonaws.com
        domainPrefix=a1b2c3d4e5
        httpMethod=PUT
        identity.sourceIp=203.0.113.10
        identity.userAgent=test/1
        identity.caller=
        path=/dev/x/
        protocol=HTTP/1.1
        requestTime=21/Nov/2026:12:04:05 +0000
        requestTimeEpoch=1795262645678
        resourcePath=/x
        stage=dev
        isCanaryRequest=
    "#]]
    .assert_eq(&body);
    let mut world = World::of_templates(OK, "$context.requestId $context.extendedRequestId $context.resourceId");
    let response = world.call("GET /dev/x").response;
    let header = |name| response.header(name).unwrap_or_default();
    let resource = &world.api().config.resource_at("/x").expect("BUG: /x").id;
    assert_eq!(response.body, format!("{} {} {resource}", header("x-amzn-requestid"), header("x-amz-apigw-id")));
}

/// Checks which response template a caller's Accept chooses; each renders its own key.
fn check_accept(listed: &[&str], accept: &[&str], expected: &str) {
    let mut world = World::of_mock(|_, integration| {
        let mut entry = answering(None, "");
        let pairs: Vec<_> = listed.iter().map(|key| (*key, *key)).collect();
        entry.response_templates = templates(&pairs);
        integration.responses = [(fixtures::ok(), Rc::new(entry))].into();
    });
    let response = world.send(&with_headers("GET /dev/x", accept)).response;
    assert_eq!(response.body, expected, "{listed:?} {accept:?}");
    assert_eq!(response.header("content-type"), Some("application/json"), "{listed:?} {accept:?}");
}

#[test]
fn accept_chooses_the_response_template() {
    let both = &["application/json", "text/html"];
    check_accept(both, &[], "application/json");
    check_accept(both, &["Accept: text/html"], "text/html");
    check_accept(both, &["Accept: text/html;q=0.9,application/json"], "text/html");
    check_accept(both, &["Accept: text/plain"], "application/json");
    check_accept(both, &["Accept: */*"], "application/json");
    check_accept(&["text/html", "text/plain"], &["Accept: image/png"], "text/html");
    check_accept(&["text/html", "text/plain"], &["Accept: text/plain"], "text/plain");
}

#[test]
fn overrides_set_in_the_request_template_shape_the_answer() {
    // Recorded: 444 and a header, while the choice still follows statusCode.
    let request_template = "#set($context.responseOverride.status = 444)\n\
                            #set($context.responseOverride.header.foo = 'bar')\n{\"statusCode\": 200}";
    let response = World::of_templates(request_template, "body").call("GET /dev/x").response;
    assert_eq!((response.status, response.header("foo"), response.body.as_str()), (444, Some("bar"), "body"));
}

#[test]
fn overrides_of_the_request_can_be_read_in_the_response_template() {
    let request_template = "#set($context.requestOverride.header.x = 'seen')\n{\"statusCode\": 200}";
    let mut world = World::of_templates(request_template, "$context.requestOverride.header.x");
    assert_eq!(world.call("GET /dev/x").response.body, "seen");
}

#[test]
fn an_override_in_the_response_template_beats_the_mapping() {
    let mut world = World::of_mock(|_, integration| {
        let mut entry = answering(
            None,
            "#set($context.responseOverride.status = 201)#set($context.responseOverride.header.X-A = 'template')made",
        );
        entry.response_parameters = [("method.response.header.x-a".into(), "'mapping'".into())].into();
        integration.responses = [(fixtures::ok(), Rc::new(entry))].into();
    });
    let response = world.call("GET /dev/x").response;
    assert_eq!((response.status, response.header("x-a"), response.body.as_str()), (201, Some("template"), "made"));
}

#[test]
fn a_status_that_http_cannot_carry_is_an_error_of_the_api() {
    let world = |status: &str| World::of_templates(OK, &format!("#set($context.responseOverride.status = {status})"));
    assert_eq!(world("99").call("GET /dev/x").response.status, 500);
    assert_eq!(world("600").call("GET /dev/x").response.status, 500);
    assert_eq!(world("599").call("GET /dev/x").response.status, 599);
}

fn mapped(parameters: &[(&str, &str)]) -> Response {
    let mut world = World::of_mock(|method, integration| {
        method.responses.insert(fixtures::ok(), Rc::new(MethodResponse::default()));
        let mut entry = answering(None, "");
        entry.response_parameters =
            parameters.iter().map(|(k, v)| (format!("method.response.header.{k}"), (*v).to_owned())).collect();
        integration.responses = [(fixtures::ok(), Rc::new(entry))].into();
    });
    world.set_variable("color", "blue");
    world.call("GET /dev/x").response
}

#[test]
fn headers_are_mapped_from_texts_variables_and_the_context() {
    let check = |expression: &str, expected: Option<&str>| {
        assert_eq!(mapped(&[("X-Out", expression)]).header("x-out"), expected, "{expression}");
    };
    check("'*'", Some("*"));
    check("'it's'", Some("it's"));
    check("''", Some(""));
    check("stageVariables.color", Some("blue"));
    check("stageVariables.unset", None);
    check("context.stage", Some("dev"));
    check("context.identity.sourceIp", Some("203.0.113.10"));
    check("context.identity.caller", None);
    check("context.unknown", None);
    check("integration.response.header.x", None);
    check("integration.response.body.x", None);
    check("nonsense", None);
    check("'a\nb'", Some("a b"));
}

#[test]
fn a_mapped_content_type_replaces_the_default_and_owned_names_are_remapped() {
    let response = mapped(&[("content-type", "'text/html'"), ("Date", "'never'"), ("Content-Length", "'7'")]);
    let named = |name: &str| response.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name)).count();
    assert_eq!(response.header("content-type"), Some("text/html"));
    assert_eq!((named("content-type"), named("date"), named("content-length")), (1, 1, 1));
    assert_eq!(response.header("x-amzn-remapped-date"), Some("never"));
    assert_eq!(response.header("x-amzn-remapped-content-length"), Some("7"));
}

fn render(expected: Expect, template: &str) {
    expected.assert_eq(&World::of_templates(OK, template).call("GET /dev/x").response.body);
}

#[test]
fn hostile_templates_stop_and_hostile_texts_stay_texts() {
    render(expect!["<script>alert(1)</script>"], "<script>alert(1)</script>");
    let mut world = World::of_templates(OK, "$input.params('q')");
    let body = world.call("GET /dev/x?q=%3Cscript%3E$context.stage%23set").response.body;
    assert_eq!(body, "<script>$context.stage#set");
}
