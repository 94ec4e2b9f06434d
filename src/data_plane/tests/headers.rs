//! The headers that API Gateway adds.

use crate::{
    data_plane::{
        Runtime,
        fixture::{HOST, World, templates},
    },
    entities::{EndpointType, GatewayResponse, GatewayResponseType, MethodResponse, StatusCode},
    fixtures,
};
use expect_test::expect;
use std::rc::Rc;

fn show(headers: &[(String, String)]) -> String {
    headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect()
}

fn regional() -> World {
    let mut world = World::undeployed(fixtures::USERS_API);
    Rc::make_mut(&mut world.config_mut().settings).endpoint.endpoint_type = EndpointType::Regional;
    world.deploy("dev");
    world
}

#[test]
fn a_regional_api_adds_type_length_date_and_two_ids() {
    expect![[r#"
        Content-Type: application/json
        Content-Length: 2
        Connection: keep-alive
        Date: Sat, 21 Nov 2026 12:04:05 GMT
        x-amzn-RequestId: a833bdcd-b6d1-4eb1-88dc-97e5aab5fe3d
        x-amz-apigw-id: OwAwv0lKDJA1GZi=
    "#]]
    .assert_eq(&show(&regional().call("GET /dev/users").response.headers));
}

#[test]
fn an_edge_api_adds_those_of_cloudfront() {
    let mut world = World::new(fixtures::USERS_API);
    expect![[r#"
        Content-Type: application/json
        Content-Length: 2
        Connection: keep-alive
        Date: Sat, 21 Nov 2026 12:04:05 GMT
        x-amzn-RequestId: a833bdcd-b6d1-4eb1-88dc-97e5aab5fe3d
        x-amz-apigw-id: OwAwv0lKDJA1GZi=
        x-cache: Miss from cloudfront
        via: 1.1 d5d7937d3f835b3acaf626921611a05a.cloudfront.net (CloudFront)
        x-amz-cf-pop: IAD89-C1
        x-amz-cf-id: JWwCklKRbUBeuH8jGukn7bsUURtugv3nbXogpZRWr5EB5n4LrjjCI8==
    "#]]
    .assert_eq(&show(&world.call("GET /dev/users").response.headers));
}

#[test]
fn an_error_adds_its_type_and_tells_cloudfronts_cache() {
    let mut world = World::new(fixtures::USERS_API);
    let response = world.call("GET /dev/nothing").response;
    assert_eq!(response.header("x-amzn-ErrorType"), Some("MissingAuthenticationTokenException"));
    assert_eq!(response.header("x-cache"), Some("Error from cloudfront"));
    assert_eq!(response.header("Content-Length"), Some("42"));
    let response = world.call("GET /nothing").response;
    assert_eq!(response.header("x-amzn-ErrorType"), Some("ForbiddenException"));
    assert!(response.header("x-amzn-requestid").is_some());
}

#[test]
fn no_answer_carries_a_trace_id_or_a_cors_header_of_its_own() {
    let mut world = World::new(fixtures::USERS_API);
    for line in ["GET /dev/users", "OPTIONS /dev/users"] {
        let response = world.call(line).response;
        assert_eq!(response.header("x-amzn-trace-id"), None, "{line}");
        assert!(!response.headers.iter().any(|(name, _)| name.starts_with("Access-Control")), "{line}");
    }
}

#[test]
fn head_and_204_have_no_body() {
    let mut world = World::of_templates(r#"{"statusCode": 200}"#, "12345");
    let head = world.call("HEAD /dev/x").response;
    assert_eq!((head.status, head.body.as_str(), head.header("content-length")), (200, "", Some("5")));
    let mut world = World::of_mock(|method, integration| {
        let code = StatusCode::parse("204").expect("BUG: a status");
        method.responses = [(code, Rc::new(MethodResponse::default()))].into();
        let entry = integration.responses.remove(&fixtures::ok()).expect("BUG: a response");
        integration.responses.insert(code, entry);
        integration.request_templates = templates(&[("application/json", "{statusCode: 204}")]);
    });
    let none = world.call("DELETE /dev/x").response;
    assert_eq!((none.status, none.body.as_str(), none.header("content-length")), (204, "", None));
}

#[test]
fn a_gateway_response_does_not_say_a_second_time_how_long_it_is() {
    let mut world = World::undeployed(fixtures::USERS_API);
    let sets =
        [("Content-Length", "'5'"), ("transfer-encoding", "'chunked'"), ("Connection", "'close'"), ("X-A", "'a'")];
    let response = GatewayResponse {
        response_parameters: sets.map(|(name, value)| (format!("gatewayresponse.header.{name}"), value.into())).into(),
        ..GatewayResponse::default()
    };
    let parts = Rc::make_mut(&mut world.config_mut().parts);
    parts.gateway_responses.insert(GatewayResponseType::Default4xx, Rc::new(response));
    world.deploy("dev");
    for verb in ["GET", "HEAD"] {
        let headers = show(&world.call(&format!("{verb} /dev/nothing")).response.headers).to_lowercase();
        let told = ["content-length: 42\n", "connection: keep-alive\n", "x-a: a\n"].map(|line| headers.contains(line));
        assert_eq!(told, [true; 3], "{headers}");
        assert_eq!(headers.matches("content-length:").count(), 1, "{headers}");
        assert!(!headers.contains("transfer-encoding"), "{headers}");
    }
}

#[test]
fn requests_that_reach_a_stage_are_counted() {
    let mut world = World::new(fixtures::USERS_API);
    for line in ["GET /dev/users", "GET /dev/nothing", "GET /prod/users", "GET /dev"] {
        world.call(line);
    }
    let counters = world.runtime.counters("a1b2c3d4e5", "dev");
    assert_eq!((counters.requests, counters.client_errors, counters.server_errors), (3, 1, 0));
    assert_eq!(world.runtime.counters("a1b2c3d4e5", "prod"), Default::default());
}

#[test]
fn the_same_seed_and_time_give_the_same_answer() {
    let call = || World::new(fixtures::USERS_API).call(&format!("GET https://{HOST}/dev/users"));
    assert_eq!(call(), call());
}

#[test]
fn a_pattern_fits_as_javas_matches_or_is_told_to_be_unreadable() {
    let mut runtime = Runtime::new();
    for (pattern, text, expected) in [
        ("4\\d{2}", "404", Some(true)),
        ("4\\d{2}", "4041", Some(false)),
        ("40|4", "404", Some(false)),
        ("^404$", "404", Some(true)),
        ("\\Q4.4\\E", "4.4", Some(true)),
        ("\\Q4.4\\E", "404", Some(false)),
        ("(?i:A)b", "ab", Some(true)),
        ("4..)|(?:5..", "404", None),
        ("(?=4)404", "404", None),
        ("(4)0\\1", "404", None),
        ("[4", "404", None),
        ("4\\", "404", None),
    ] {
        assert_eq!(runtime.fits(pattern, text), expected, "{pattern}");
    }
}

#[test]
fn the_caches_of_the_runtime_are_bounded() {
    let mut runtime = Runtime::new();
    for n in 0..2_000 {
        assert!(runtime.template(&format!("{n}{}", " ".repeat(10_000))).is_ok());
        assert_eq!(runtime.fits(&format!("{n}.*"), "x"), Some(false));
    }
    let (templates, bytes, patterns) = runtime.cached();
    assert!(templates <= 512 && bytes <= 4 * 1024 * 1024 && patterns <= 512, "{templates} {bytes} {patterns}");
}
