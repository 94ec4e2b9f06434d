//! Authorizers, request validators and gateway responses of a snapshot, in the trace's words.

use crate::{
    data_plane::{
        Invocation, Step,
        fixture::{World, with_headers},
    },
    entities::{
        ApiParts, AuthorizationType, Authorizer, AuthorizerId, AuthorizerType, GatewayResponse, GatewayResponseType,
        HttpMethod, Method, RequestValidator, RequestValidatorId, StatusCode,
    },
    fixtures,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use expect_test::expect;
use serde_json::{Value, json};
use std::rc::Rc;

/// `/x/{id}` with GET, deployed to `dev` with these parts.
fn world(method: impl FnOnce(&mut Method), parts: impl FnOnce(&mut ApiParts)) -> World {
    let mut world = World::undeployed(&["/x/{id} GET"]);
    fixtures::edit(world.config_mut(), "/x/{id}", HttpMethod::Get, method);
    parts(Rc::make_mut(&mut world.config_mut().parts));
    world.deploy("dev");
    world
}

fn show(invocation: &Invocation) -> String {
    let response = &invocation.response;
    let failed = invocation.trace.failed().map(Step::reason).unwrap_or_default();
    let last = invocation.trace.steps.last().map(Step::reason).unwrap_or_default();
    format!("{} {}\n{failed}\n{last}\n", response.status, response.body)
}

fn authorizer(kind: AuthorizerType, source: Option<&str>, ttl: Option<u32>) -> Authorizer {
    Authorizer {
        id: AuthorizerId::new("auth01"),
        name: "gate".into(),
        kind,
        provider_arns: vec!["arn:aws:cognito-idp:us-east-1:123412341234:userpool/us-east-1_pool".into()],
        auth_type: None,
        uri: Some("arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations".into()),
        credentials: None,
        identity_source: source.map(str::to_owned),
        identity_validation_expression: Some("[a-z]+".into()),
        result_ttl_in_seconds: ttl,
    }
}

fn guarded(kind: AuthorizerType, source: Option<&str>, ttl: Option<u32>) -> World {
    let by_pool = kind == AuthorizerType::CognitoUserPools;
    let authorization = if by_pool { AuthorizationType::CognitoUserPools } else { AuthorizationType::Custom };
    world(
        |method| {
            method.authorization_type = authorization;
            method.authorizer_id = Some(AuthorizerId::new("auth01"));
        },
        |parts| {
            let authorizer = authorizer(kind, source, ttl);
            parts.authorizers.insert(authorizer.id.clone(), Rc::new(authorizer));
        },
    )
}

#[test]
fn an_authorizer_that_finds_no_identity_asks_nobody() {
    let header = Some("method.request.header.X-Token");
    let mut token = guarded(AuthorizerType::Token, header, None);
    expect![[r#"
        401 {"message":"Unauthorized"}
        The authorizer gate looks for the caller's identity in method.request.header.X-Token, and the request has none: nobody is asked.
        The gateway response UNAUTHORIZED answers 401.
    "#]].assert_eq(&show(&token.call("GET /dev/x/1")));
    expect![[r#"
        401 {"message":"Unauthorized"}
        The identity does not fit the validation expression of the authorizer gate: nobody is asked.
        The gateway response UNAUTHORIZED answers 401.
    "#]]
    .assert_eq(&show(&token.send(&with_headers("GET /dev/x/1", &["X-Token: 12"]))));
    expect![[r#"
        500 {"message":null}
        The authorizer gate asks the Lambda function f, and no API of this workspace plays it: one that is called function:f and has a method POST /. AWS answers so when it cannot call the function.
        The gateway response AUTHORIZER_CONFIGURATION_ERROR answers 500.
    "#]].assert_eq(&show(&token.send(&with_headers("GET /dev/x/1", &["x-token: abc"]))));
}

#[test]
fn a_request_authorizer_needs_every_identity_as_long_as_decisions_are_remembered() {
    let sources = Some("method.request.header.A, method.request.querystring.b,stageVariables.c,context.stage");
    let status =
        |world: &mut World, line: &str, headers: &[&str]| world.send(&with_headers(line, headers)).response.status;
    let mut remembered = guarded(AuthorizerType::Request, sources, None);
    assert_eq!(status(&mut remembered, "GET /dev/x/1?b=1", &["A: 1"]), 401, "no stage variable");
    remembered.set_variable("c", "1");
    assert_eq!(status(&mut remembered, "GET /dev/x/1?b=1", &["A: 1"]), 500);
    assert_eq!(status(&mut remembered, "GET /dev/x/1?b=", &["A: 1"]), 401);
    assert_eq!(status(&mut remembered, "GET /dev/x/1?b=1", &[]), 401);
    let mut asked_each_time = guarded(AuthorizerType::Request, sources, Some(0));
    assert_eq!(status(&mut asked_each_time, "GET /dev/x/1", &[]), 500);
}

#[test]
fn a_user_pool_refuses_what_cannot_be_a_token_of_its_own() {
    let mut pool = guarded(AuthorizerType::CognitoUserPools, None, None);
    expect![[r#"
        401 {"message":"Unauthorized"}
        The authorizer gate looks for the caller's identity in method.request.header.Authorization, and the request has none: nobody is asked.
        The gateway response UNAUTHORIZED answers 401.
    "#]].assert_eq(&show(&pool.call("GET /dev/x/1")));
    let mut claims =
        json!({ "iss": "https://cognito-idp.us-east-1.amazonaws.com/us-east-2_other", "token_use": "access" });
    let mut sees =
        |token: String| show(&pool.send(&with_headers("GET /dev/x/1", &[&format!("Authorization: {token}")])));
    expect![[r#"
        401 {"message":"Unauthorized"}
        The authorizer gate refuses the token: it is not a JSON web token.
        The gateway response UNAUTHORIZED answers 401.
    "#]]
    .assert_eq(&sees("token".into()));
    expect![[r#"
        401 {"message":"Unauthorized"}
        The authorizer gate refuses the token: https://cognito-idp.us-east-1.amazonaws.com/us-east-2_other issued it, which is none of the authorizer's user pools.
        The gateway response UNAUTHORIZED answers 401.
    "#]].assert_eq(&sees(token(&claims)));
    claims["iss"] = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_pool".into();
    expect![[r#"
        401 {"message":"The incoming token has expired"}
        The authorizer gate refuses the token: it has expired.
        The gateway response UNAUTHORIZED answers 401.
    "#]]
    .assert_eq(&sees(token(&claims)));
    claims["exp"] = 4_000_000_000_i64.into();
    expect![[r#"
        401 {"message":"Unauthorized"}
        The authorizer gate refuses the token: the method has no scopes, so it must be an ID token.
        The gateway response UNAUTHORIZED answers 401.
    "#]]
    .assert_eq(&sees(token(&claims)));
    claims["token_use"] = "id".into();
    expect![[r#"
        401 {"message":"Unauthorized"}
        The authorizer gate refuses the token: its audience does not fit the validation expression.
        The gateway response UNAUTHORIZED answers 401.
    "#]]
    .assert_eq(&sees(token(&claims)));
    claims["aud"] = "client".into();
    expect![[r#"
        501 {"message":"Stagecraft: This playground cannot check COGNITO_USER_POOLS authorization yet, so it does not guess."}
        This playground cannot check COGNITO_USER_POOLS authorization yet, so it does not guess.
        This playground cannot check COGNITO_USER_POOLS authorization yet, so it does not guess.
    "#]].assert_eq(&sees(format!("Bearer {}", token(&claims))));
}

/// Returns a token that says this, signed by nobody.
fn token(claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.c2lnbmF0dXJl", part(&json!({ "alg": "RS256" })), part(claims))
}

#[test]
fn scopes_want_an_access_token_that_has_one_of_them() {
    let mut pool = guarded(AuthorizerType::CognitoUserPools, None, None);
    fixtures::edit(pool.config_mut(), "/x/{id}", HttpMethod::Get, |method| {
        method.authorization_scopes = vec!["pets/read".into()];
    });
    pool.deploy("scoped");
    let mut sees =
        |token: &str| show(&pool.send(&with_headers("GET /scoped/x/1", &[&format!("Authorization: {token}")])));
    let mut claims = json!({
        "iss": "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_pool",
        "exp": 4_000_000_000_i64,
        "token_use": "id",
        "scope": "openid pets/write",
    });
    expect![[r#"
        401 {"message":"Unauthorized"}
        The authorizer gate refuses the token: the method has scopes, so it must be an access token.
        The gateway response UNAUTHORIZED answers 401.
    "#]]
    .assert_eq(&sees(&token(&claims)));
    claims["token_use"] = "access".into();
    expect![[r#"
        401 {"message":"Unauthorized"}
        The authorizer gate refuses the token: it has none of the method's scopes.
        The gateway response UNAUTHORIZED answers 401.
    "#]]
    .assert_eq(&sees(&token(&claims)));
    claims["scope"] = "openid pets/read".into();
    expect![[r#"
        501 {"message":"Stagecraft: This playground cannot check COGNITO_USER_POOLS authorization yet, so it does not guess."}
        This playground cannot check COGNITO_USER_POOLS authorization yet, so it does not guess.
        This playground cannot check COGNITO_USER_POOLS authorization yet, so it does not guess.
    "#]].assert_eq(&sees(&token(&claims)));
}

fn validated(body: bool, parameters: bool) -> World {
    world(
        |method| {
            method.request_validator_id = Some(RequestValidatorId::new("val001"));
            method.request_parameters = [
                ("method.request.header.h".to_owned(), true),
                ("method.request.path.id".to_owned(), true),
                ("method.request.querystring.q".to_owned(), true),
            ]
            .into();
            method.request_models = [("application/json".to_owned(), "Error".to_owned())].into();
        },
        |parts| {
            let validator = RequestValidator {
                id: RequestValidatorId::new("val001"),
                name: Some("strict".into()),
                validate_request_body: body,
                validate_request_parameters: parameters,
            };
            parts.request_validators.insert(validator.id.clone(), Rc::new(validator));
        },
    )
}

#[test]
fn a_validator_looks_at_what_it_is_told_to() {
    let mut both = validated(true, true);
    expect![[r#"
        400 {"message":"Missing required request parameters: [h, q]"}
        The validator strict misses required parameters: h, q.
        The gateway response BAD_REQUEST_PARAMETERS answers 400.
    "#]]
    .assert_eq(&show(&both.call("GET /dev/x/1?q=%20")));
    let mut request = with_headers("GET /dev/x/1?q=1", &["h: 1"]);
    expect![[r#"
        400 {"message":"Invalid request body"}
        The validator strict refuses the body, which does not fit the model Error: the body is not JSON.
        The gateway response BAD_REQUEST_BODY answers 400.
    "#]]
    .assert_eq(&show(&both.send(&request)));
    request.body = "{\"message\": 1}".into();
    expect![[r#"
        400 {"message":"Invalid request body"}
        The validator strict refuses the body, which does not fit the model Error: instance type (integer) does not match any allowed primitive type (allowed: ["string"]).
        The gateway response BAD_REQUEST_BODY answers 400.
    "#]].assert_eq(&show(&both.send(&request)));
    request.body = "{\"message\": \"a\"}".into();
    assert_eq!(both.send(&request).response.status, 200);
    assert_eq!(validated(false, false).call("GET /dev/x/1").response.status, 200);
}

#[test]
fn a_customised_gateway_response_tells_what_was_wrong() {
    let mut world = validated(true, false);
    let parts = Rc::make_mut(&mut world.config_mut().parts);
    let template =
        "$context.error.responseType $context.error.validationErrorString of $method.request.path.id, $$5 $other";
    let response = GatewayResponse {
        status_code: StatusCode::parse("422"),
        response_parameters: [("gatewayresponse.header.X-Stage".to_owned(), "context.stage".to_owned())].into(),
        response_templates: [("text/plain".to_owned(), template.to_owned())].into(),
    };
    parts.gateway_responses.insert(GatewayResponseType::Default4xx, Rc::new(response));
    world.deploy("dev");
    let mut request = with_headers("GET /dev/x/7", &[]);
    request.body = "[]".into();
    let invocation = world.send(&request);
    assert_eq!(invocation.response.header("x-stage"), Some("dev"));
    assert_eq!(invocation.response.header("content-type"), Some("text/plain"));
    expect![[r#"
        422 BAD_REQUEST_BODY [instance type (array) does not match any allowed primitive type (allowed: ["object"])] of 7, $$5 $other
        The validator strict refuses the body, which does not fit the model Error: instance type (array) does not match any allowed primitive type (allowed: ["object"]).
        The gateway response BAD_REQUEST_BODY answers 422, as the snapshot shapes DEFAULT_4XX.
    "#]].assert_eq(&show(&invocation));
}
