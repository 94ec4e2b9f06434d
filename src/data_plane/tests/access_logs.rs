//! Lines of access logs: what they tell, and how many are kept.

use crate::{
    data_plane::fixture::{World, with_headers},
    entities::{AccessLogSettings, Canary, DeploymentId, Double},
};
use expect_test::{Expect, expect};
use std::rc::Rc;

const GROUP: &str = "arn:aws:logs:us-east-1:123456789012:log-group:dev";

fn logging(world: &mut World, format: &str) {
    let stage = world.api_mut().stages.get_mut("dev").expect("BUG: dev");
    Rc::make_mut(stage).access_log =
        AccessLogSettings { destination_arn: Some(GROUP.into()), format: Some(format.into()) };
}

fn lines(world: &World) -> Vec<String> {
    world.runtime.access_log().map(|line| line.text.clone()).collect()
}

#[test]
fn a_line_tells_of_the_request_and_its_answer() {
    let check = |format: &str, line: &str, expected: Expect| {
        let mut world = World::of_templates("{\"statusCode\": 200}", "hello");
        logging(&mut world, format);
        world.send(&with_headers(line, &["User-Agent: test/1"]));
        expected.assert_eq(&lines(&world).join("\n"));
    };
    let clf = "$context.identity.sourceIp $context.identity.caller $context.identity.user [$context.requestTime] \"$context.httpMethod $context.resourcePath $context.protocol\" $context.status $context.responseLength $context.requestId $context.extendedRequestId\n";
    check(
        clf,
        "GET /dev/x?a=b",
        expect![[
            r#"203.0.113.10 - - [21/Nov/2026:12:04:05 +0000] "GET /x HTTP/1.1" 200 5 a833bdcd-b6d1-4eb1-88dc-97e5aab5fe3d OwAwv0lKDJA1GZi="#
        ]],
    );
    check(
        clf,
        "HEAD /dev/x",
        expect![[
            r#"203.0.113.10 - - [21/Nov/2026:12:04:05 +0000] "HEAD /x HTTP/1.1" 200 0 a833bdcd-b6d1-4eb1-88dc-97e5aab5fe3d OwAwv0lKDJA1GZi="#
        ]],
    );
    check(
        clf,
        "GET /dev/nothing",
        expect![[
            r#"203.0.113.10 - - [21/Nov/2026:12:04:05 +0000] "GET - HTTP/1.1" 403 42 a833bdcd-b6d1-4eb1-88dc-97e5aab5fe3d OwAwv0lKDJA1GZi="#
        ]],
    );
    let errors = "$context.requestId,$context.error.responseType,$context.error.message,$context.error.messageString.$context.path";
    check(
        errors,
        "GET /dev/nothing",
        expect![[
            r#"a833bdcd-b6d1-4eb1-88dc-97e5aab5fe3d,MISSING_AUTHENTICATION_TOKEN,Missing Authentication Token,"Missing Authentication Token"./dev/nothing"#
        ]],
    );
    check(errors, "GET /dev/x", expect!["a833bdcd-b6d1-4eb1-88dc-97e5aab5fe3d,-,-,-./dev/x"]);
    let json = r#"{"id":"$context.requestId","status":$context.status,"integration":"$context.integrationStatus $context.integrationLatency","latency":"$context.responseLatency","agent":"$context.identity.userAgent","stage":"$context.stage/$context.deploymentId","no":"$context. $context.nothing.at.all $stageVariables.x $input.body"}"#;
    check(
        json,
        "GET /dev/x",
        expect![[
            r#"{"id":"a833bdcd-b6d1-4eb1-88dc-97e5aab5fe3d","status":200,"integration":"200 0","latency":"12","agent":"test/1","stage":"dev/dep001","no":"$context. - $stageVariables.x $input.body"}"#
        ]],
    );
    check(json, "GET /other/x", expect![""]);
}

#[test]
fn a_stage_without_both_a_destination_and_a_format_has_none() {
    let mut world = World::new(&["/x GET"]);
    world.call("GET /dev/x");
    for (destination_arn, format) in [(Some(GROUP), None), (None, Some("$context.requestId"))] {
        let (destination_arn, format) = (destination_arn.map(str::to_owned), format.map(str::to_owned));
        let stage = world.api_mut().stages.get_mut("dev").expect("BUG: dev");
        Rc::make_mut(stage).access_log = AccessLogSettings { destination_arn, format };
        world.call("GET /dev/x");
    }
    assert!(lines(&world).is_empty());
}

#[test]
fn a_canary_has_a_log_group_of_its_own() {
    let mut world = World::new(&["/x GET"]);
    logging(&mut world, "$context.requestId $context.isCanaryRequest");
    let stage = world.api_mut().stages.get_mut("dev").expect("BUG: dev");
    let whole = Double::new(100.0).expect("BUG: a number");
    let canary = Canary { percent_traffic: whole, ..Canary::new(DeploymentId::new("dep001")) };
    Rc::make_mut(stage).canary = Some(Rc::new(canary));
    world.call("GET /dev/x");
    let line = world.runtime.access_log().next_back().expect("a line");
    assert_eq!(line.destination, format!("{GROUP}/Canary"));
    assert!(line.text.ends_with(" true"), "{line:?}");
}

#[test]
fn lines_are_bounded_in_number_and_in_length() {
    let mut world = World::new(&["/x GET"]);
    logging(&mut world, "$context.requestId");
    for _ in 0..1_100 {
        world.call("GET /dev/x");
    }
    assert_eq!(lines(&world).len(), 1_000);
    logging(&mut world, &"$context.path$context.requestId é".repeat(3_000));
    world.call(&format!("GET /dev/x/{}", "y".repeat(3_000)));
    let last = lines(&world).pop().expect("a line");
    assert!(last.len() <= 64 * 1024 && last.len() > 60 * 1024, "{}", last.len());
    for _ in 0..40 {
        world.call(&format!("GET /dev/x/{}", "y".repeat(3_000)));
    }
    let bytes: usize = lines(&world).iter().map(String::len).sum();
    assert!(bytes <= 1024 * 1024, "{bytes}");
}
