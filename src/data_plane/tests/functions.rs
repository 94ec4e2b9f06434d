//! Lambda authorizers whose function an API of the workspace plays: what it may say, and how long that is remembered.

use crate::{
    data_plane::{
        StepKind,
        fixture::{NOW, World, answering, templates, with_headers},
    },
    entities::{
        ApiId, AuthorizationType, Authorizer, AuthorizerId, AuthorizerType, HttpMethod, RestApi, Stage, Timestamp,
    },
    fixtures,
};
use expect_test::{Expect, expect};
use std::rc::Rc;

const ALLOW: &str = r#"{"principalId": "u$context.requestId", "policyDocument": {"Statement": [{"Effect": "Allow", "Action": "execute-api:*", "Resource": "*"}]}}"#;

/// `/x`, which an authorizer guards, and the API that plays its function with this template.
fn world(template: &str, ttl: Option<u32>) -> World {
    let mut world = World::undeployed(&["/x ANY"]);
    let id = AuthorizerId::new("auth01");
    let authorizer = Authorizer {
        id: id.clone(),
        name: "gate".into(),
        kind: AuthorizerType::Token,
        provider_arns: Vec::new(),
        auth_type: None,
        uri: Some("arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f:live/invocations".into()),
        credentials: None,
        identity_source: Some("method.request.header.T".into()),
        identity_validation_expression: None,
        result_ttl_in_seconds: ttl,
    };
    Rc::make_mut(&mut world.config_mut().parts).authorizers.insert(id.clone(), Rc::new(authorizer));
    fixtures::edit(world.config_mut(), "/x", HttpMethod::Any, |method| {
        method.authorization_type = AuthorizationType::Custom;
        method.authorizer_id = Some(id);
        let integration = method.integration.as_mut().map(Rc::make_mut).expect("BUG: an integration");
        integration.request_templates = templates(&[("application/json", "{\"statusCode\": 200}")]);
        integration.responses = [(fixtures::ok(), Rc::new(answering(None, "$context.authorizer.principalId")))].into();
    });
    world.deploy("dev");
    let mut config = fixtures::config("function:f", &["/ POST"]);
    fixtures::edit(&mut config, "/", HttpMethod::Post, |method| {
        let integration = method.integration.as_mut().map(Rc::make_mut).expect("BUG: an integration");
        integration.request_templates = templates(&[("application/json", "{\"statusCode\": 200}")]);
        integration.responses = [(fixtures::ok(), Rc::new(answering(None, template)))].into();
    });
    let player = RestApi { id: ApiId::new("f1f2f3f4f5"), config: Rc::new(config), ..world.api().clone() };
    world.ws.rest_apis.insert(player.id.clone(), Rc::new(player));
    world
}

fn call(world: &mut World, token: &str) -> (u16, String) {
    let invocation = world.send(&with_headers("GET /dev/x", &[&format!("T: {token}")]));
    (invocation.response.status, invocation.response.body)
}

fn later(world: &mut World, ms: i64) {
    world.env.set_now(Timestamp(world.env.now().0 + ms));
}

fn flush(world: &mut World) {
    let stage: &mut Stage = Rc::make_mut(world.api_mut().stages.get_mut("dev").expect("BUG: dev"));
    stage.authorizer_flushes += 1;
}

#[test]
fn what_a_function_says_is_a_decision_or_a_failure() {
    let check = |said: &str, expected: Expect| {
        let mut world = world(said, Some(0));
        let invocation = world.send(&with_headers("GET /dev/x", &["T: t"]));
        let step = invocation.trace.step(StepKind::Authorization).map(ToString::to_string).unwrap_or_default();
        let response = invocation.response;
        let kind = response.header("x-amzn-ErrorType").unwrap_or("-");
        expected.assert_eq(&format!("{} {kind} {}\n{step}", response.status, response.body));
    };
    let statement = |effect: &str, resource: &str| {
        format!(
            r#"{{"principalId": "u", "policyDocument": {{"Statement": {{"Effect": "{effect}", "Action": ["execute-api:Invoke"], "Resource": "{resource}"}}}}}}"#
        )
    };
    check(
        &statement("Allow", "*"),
        expect![[r#"
        200 - u
        The function of the authorizer gate lets u in."#]],
    );
    check(
        &statement("Allow", "$input.params('methodArn')"),
        expect![[r#"
        200 - u
        The function of the authorizer gate lets u in."#]],
    );
    check(
        &statement("Allow", "arn:aws:execute-api:*:*:other/*"),
        expect![[r#"
        403 AccessDeniedException {"Message":"User is not authorized to access this resource"}
        The policy that the authorizer gate has for u does not allow this request. A policy that is remembered counts for all methods: let it allow them all."#]],
    );
    check(
        &statement("Deny", "*"),
        expect![[r#"
        403 AccessDeniedException {"Message":"User is not authorized to access this resource with an explicit deny"}
        The policy that the authorizer gate has for u denies this request."#]],
    );
    check(
        &statement("Perhaps", "*"),
        expect![[r#"
        500 AuthorizerConfigurationException {"message":null}
        The function of the authorizer gate gives no decision: it has no policyDocument with statements."#]],
    );
    check(
        "",
        expect![[r#"
        500 AuthorizerConfigurationException {"message":null}
        The function of the authorizer gate gives no decision: it is no JSON."#]],
    );
    check(
        "[]",
        expect![[r#"
        500 AuthorizerConfigurationException {"message":null}
        The function of the authorizer gate gives no decision: it is no object."#]],
    );
    check(
        r#"{"principalId": "u"}"#,
        expect![[r#"
        500 AuthorizerConfigurationException {"message":null}
        The function of the authorizer gate gives no decision: it has no policyDocument with statements."#]],
    );
    check(
        r#"{"policyDocument": {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}}"#,
        expect![[r#"
        500 AuthorizerConfigurationException {"message":null}
        The function of the authorizer gate gives no decision: it has no principalId."#]],
    );
    check(
        r#"{"principalId": "u", "policyDocument": {"Statement": []}}"#,
        expect![[r#"
        500 AuthorizerConfigurationException {"message":null}
        The function of the authorizer gate gives no decision: it has no policyDocument with statements."#]],
    );
    check(
        &ALLOW.replace("{\"principalId\"", "{\"context\": {\"a\": [1]}, \"principalId\""),
        expect![[r#"
        500 AuthorizerConfigurationException {"message":null}
        The function of the authorizer gate gives no decision: a value of its context is a list or an object."#]],
    );
    check(
        "#set($context.responseOverride.status = 401)",
        expect![[r#"
        401 UnauthorizedException {"message":"Unauthorized"}
        The function of the authorizer gate says Unauthorized."#]],
    );
    check(
        "#set($context.responseOverride.status = 503)",
        expect![[r#"
        500 AuthorizerFailureException {"message":null}
        The function of the authorizer gate gives no decision: it answered 503."#]],
    );
    check(
        "#if(",
        expect![[r#"
        500 AuthorizerFailureException {"message":null}
        The function of the authorizer gate gives no decision: the API function:f fails to answer."#]],
    );
}

#[test]
fn what_it_said_is_remembered_by_identity_until_it_expires_or_is_flushed() {
    let mut world = world(ALLOW, None);
    let first = call(&mut world, "a");
    assert_eq!(first.0, 200);
    later(&mut world, 299_999);
    assert_eq!(call(&mut world, "a"), first, "for five minutes when the authorizer says nothing");
    assert_ne!(call(&mut world, "b").1, first.1, "another identity is asked about");
    later(&mut world, 1);
    let second = call(&mut world, "a");
    assert_ne!(second, first, "then it is asked again");
    flush(&mut world);
    assert_ne!(call(&mut world, "a"), second, "and after a flush");
    world.deploy("other");
    let kept = call(&mut world, "a");
    assert_eq!(call(&mut world, "a"), kept, "a deployment elsewhere changes nothing");
}

#[test]
fn nothing_is_remembered_when_the_authorizer_says_so() {
    let mut world = world(ALLOW, Some(0));
    assert_ne!(call(&mut world, "a"), call(&mut world, "a"));
}

#[test]
fn comparing_with_the_working_copy_remembers_nothing() {
    let mut world = world(ALLOW, None);
    let request = with_headers("GET /dev/x", &["T: a"]);
    let comparison = world.compare_now(&request).expect("a stage");
    assert!(!comparison.differs());
    let first = call(&mut world, "a").1;
    assert_eq!(comparison.stage.body, first, "with the same chance the same answer");
    assert_eq!(world.env.now(), NOW);
}

#[test]
fn a_clock_that_is_set_back_makes_no_decision_live_longer() {
    let mut world = world(ALLOW, Some(60));
    let kept = call(&mut world, "t");
    assert_eq!(call(&mut world, "t"), kept);
    later(&mut world, -3_600_000);
    assert_ne!(call(&mut world, "t"), kept);
}
