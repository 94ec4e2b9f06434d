//! Resource policies and the callers that they let in, in the trace's words.

use crate::{
    data_plane::{
        Step,
        fixture::{World, with_headers},
    },
    entities::{AuthorizationType, HttpMethod},
    fixtures,
};
use expect_test::expect;
use serde_json::{Value, json};
use std::rc::Rc;

/// Returns what callers see of `/x` with this statement as the policy.
fn sees(statements: &Value, headers: &[&str]) -> String {
    let mut world = world(statements);
    let invocation = world.send(&with_headers("GET /dev/x", headers));
    let authorization = invocation.trace.steps.iter().find(|step| matches!(step, Step::Authorization(_)));
    let why = authorization.map(Step::reason).unwrap_or_default();
    format!("{} {}\n{why}\n", invocation.response.status, invocation.response.body)
}

fn world(statements: &Value) -> World {
    let mut world = World::undeployed(&["/x GET"]);
    let policy = json!({ "Version": "2012-10-17", "Statement": statements }).to_string();
    Rc::make_mut(&mut world.config_mut().settings).policy = Some(policy);
    world.deploy("dev");
    world
}

fn statement(effect: &str, condition: &Value) -> Value {
    json!({
        "Effect": effect,
        "Principal": "*",
        "Action": "execute-api:Invoke",
        "Resource": "arn:aws:execute-api:us-east-1:*:*/dev/GET/x",
        "Condition": condition,
    })
}

/// Tells whether a policy that allows under this condition lets the caller in.
fn allows(condition: &Value) -> bool {
    sees(&statement("Allow", condition), &["user-agent: curl/8"]).starts_with("200")
}

#[test]
fn what_is_not_allowed_is_denied_and_a_denial_wins() {
    expect![[r#"
        200 []
        The resource policy allows the request, and the method asks nobody else.
    "#]]
    .assert_eq(&sees(&statement("Allow", &json!({})), &[]));
    expect![[r#"
        403 {"Message":"User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:********9012:a1b2c3d4e5/dev/GET/x"}
        No statement of the resource policy allows the request, and the method asks nobody else: what a policy does not allow is denied.
    "#]].assert_eq(&sees(&json!([]), &[]));
    let both = json!([statement("Allow", &json!({})), statement("Deny", &json!({}))]);
    expect![[r#"
        403 {"Message":"User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:********9012:a1b2c3d4e5/dev/GET/x with an explicit deny"}
        A statement of the resource policy denies the request.
    "#]].assert_eq(&sees(&both, &[]));
    let dates = json!({ "DateLessThan": { "aws:CurrentTime": "2030-01-01T00:00:00Z" } });
    expect![[r#"
        501 {"message":"Stagecraft: This playground cannot check the condition DateLessThan of the resource policy yet, so it does not guess."}
        This playground cannot check the condition DateLessThan of the resource policy yet, so it does not guess.
    "#]].assert_eq(&sees(&statement("Allow", &dates), &[]));
}

#[test]
fn what_is_not_simulated_counts_only_where_it_decides() {
    let dates = json!({ "DateLessThan": { "aws:CurrentTime": "2030-01-01T00:00:00Z" } });
    let (open, never) = (json!({}), json!({ "Null": { "aws:SourceIp": "true" } }));
    let check = |first: (&str, &Value), second: (&str, &Value), status: &str| {
        let statements = [first, second].map(|(effect, condition)| statement(effect, condition));
        for statements in [json!(statements), json!([statements[1], statements[0]])] {
            assert!(sees(&statements, &[]).starts_with(status), "{statements}");
        }
    };
    check(("Deny", &open), ("Allow", &dates), "403");
    check(("Deny", &open), ("Deny", &dates), "403");
    check(("Allow", &open), ("Allow", &dates), "200");
    check(("Allow", &open), ("Deny", &dates), "501");
    check(("Allow", &never), ("Allow", &dates), "501");
    check(("Allow", &open), ("Deny", &never), "200");
}

#[test]
fn conditions_look_at_the_address_and_at_headers() {
    assert!(allows(&json!({ "IpAddress": { "aws:SourceIp": ["192.0.2.0/24", "203.0.113.0/28"] } })));
    assert!(allows(&json!({ "IpAddress": { "aws:sourceip": "203.0.113.10" } })));
    assert!(allows(&json!({ "IpAddress": { "aws:SourceIp": "0.0.0.0/0" } })));
    assert!(!allows(&json!({ "IpAddress": { "aws:SourceIp": ["203.0.113.0/29", "10.0.0.0/99", "::/0"] } })));
    assert!(!allows(&json!({ "NotIpAddress": { "aws:SourceIp": "203.0.113.0/24" } })));
    assert!(allows(&json!({ "StringLike": { "aws:UserAgent": "curl/*" }, "Bool": { "aws:SecureTransport": true } })));
    assert!(!allows(&json!({ "StringLike": { "aws:UserAgent": "curl/?.?" } })));
}

#[test]
fn what_a_caller_from_the_internet_does_not_have_fits_only_negations() {
    assert!(!allows(&json!({ "StringEquals": { "aws:SourceVpc": "vpc-1" } })));
    assert!(allows(&json!({ "StringNotEquals": { "aws:SourceVpce": "vpce-1" } })));
    assert!(allows(&json!({ "StringEqualsIfExists": { "aws:SourceVpc": "vpc-1" } })));
    assert!(allows(&json!({ "Null": { "aws:PrincipalOrgID": "true" } })));
    assert!(!allows(&json!({ "Null": { "aws:SourceIp": "true" } })));
}

#[test]
fn a_statement_is_about_whom_and_what_it_names() {
    let with = |member: &str, value: Value| {
        let mut named = statement("Allow", &json!({}));
        named[member] = value;
        sees(&named, &[]).starts_with("200")
    };
    assert!(with("Principal", json!({ "AWS": ["arn:aws:iam::123412341234:root", "*"] })));
    assert!(!with("Principal", json!({ "AWS": "arn:aws:iam::123412341234:root" })));
    assert!(with("Action", json!(["execute-api:ManageConnections", "Execute-API:*"])));
    assert!(!with("Action", json!("execute-api:InvalidateCache")));
    assert!(!with("Resource", json!("arn:aws:execute-api:us-east-1:*:*/prod/*")));
    assert!(with("Resource", json!("*")));
    assert!(!with("NotAction", json!("execute-api:*")));
}

#[test]
fn only_a_denial_keeps_a_request_from_the_authorizer() {
    let asks = |statements: &Value| {
        let mut world = world(statements);
        fixtures::edit(world.config_mut(), "/x", HttpMethod::Get, |method| {
            method.authorization_type = AuthorizationType::Custom;
        });
        world.deploy("asking");
        world.call("GET /asking/x").response.status
    };
    assert_eq!(asks(&json!([])), 501);
    let mut denial = statement("Deny", &json!({}));
    denial["Resource"] = "*".into();
    assert_eq!(asks(&denial), 403);
}
