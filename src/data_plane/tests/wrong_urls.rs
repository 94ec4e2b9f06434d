//! Wrong URLs: their answers, and why.

use crate::{
    data_plane::{
        AnsweredBy, GatewayResponseType, Invocation, Refusal,
        fixture::{World, request, with_headers},
    },
    entities::{AuthorizationType, EndpointType, HttpMethod, Method},
    fixtures,
};
use expect_test::{Expect, expect};
use std::rc::Rc;

fn show(invocation: &Invocation) -> String {
    let response = &invocation.response;
    let mut out = format!("{} {}\n", response.status, response.body);
    if let Some(kind) = response.header("x-amzn-errortype") {
        out += &format!("{kind}\n");
    }
    for step in &invocation.trace.steps {
        out += &format!("{:?} {}: {step}\n", step.outcome(), step.kind());
    }
    out
}

fn check(line: &str, expected: Expect) {
    expected.assert_eq(&show(&World::new(fixtures::USERS_API).call(line)));
}

#[test]
fn a_path_that_is_not_in_the_snapshot() {
    check(
        "GET /dev/nothing",
        expect![[r#"
        403 {"message":"Missing Authentication Token"}
        MissingAuthenticationTokenException
        Passed hostname: The hostname belongs to the API a1b2c3d4e5.
        Passed stage: The stage dev points at the deployment D1 (dep001).
        Failed path: The snapshot has no resource for /nothing.
        Passed gateway response: The gateway response MISSING_AUTHENTICATION_TOKEN answers 403. Despite its text it has nothing to do with tokens: it is what AWS says to any wrong path or method.
    "#]],
    );
    check(
        "GET /dev/users/42/orders",
        expect![[r#"
        403 {"message":"Missing Authentication Token"}
        MissingAuthenticationTokenException
        Passed hostname: The hostname belongs to the API a1b2c3d4e5.
        Passed stage: The stage dev points at the deployment D1 (dep001).
        Failed path: The snapshot has no resource for /users/42/orders: below /users/{userId} nothing fits "orders".
        Passed gateway response: The gateway response MISSING_AUTHENTICATION_TOKEN answers 403. Despite its text it has nothing to do with tokens: it is what AWS says to any wrong path or method.
    "#]],
    );
}

#[test]
fn a_verb_that_the_resource_lacks() {
    check(
        "PUT /dev/users",
        expect![[r#"
        403 {"message":"Missing Authentication Token"}
        MissingAuthenticationTokenException
        Passed hostname: The hostname belongs to the API a1b2c3d4e5.
        Passed stage: The stage dev points at the deployment D1 (dep001).
        Passed path: /users is the resource /users.
        Failed method: The resource has no method PUT; it has GET, POST.
        Passed gateway response: The gateway response MISSING_AUTHENTICATION_TOKEN answers 403. Despite its text it has nothing to do with tokens: it is what AWS says to any wrong path or method.
    "#]],
    );
    check(
        "HEAD /dev/users",
        expect![[r#"
        403 
        MissingAuthenticationTokenException
        Passed hostname: The hostname belongs to the API a1b2c3d4e5.
        Passed stage: The stage dev points at the deployment D1 (dep001).
        Passed path: /users is the resource /users.
        Failed method: The resource has no method HEAD; it has GET, POST. GET does not answer HEAD.
        Passed gateway response: The gateway response MISSING_AUTHENTICATION_TOKEN answers 403. Despite its text it has nothing to do with tokens: it is what AWS says to any wrong path or method.
    "#]],
    );
}

#[test]
fn a_verb_in_lower_case_is_another_verb() {
    let invocation = World::new(fixtures::USERS_API).call("get /dev/users");
    assert_eq!(invocation.response.status, 403);
    assert_eq!(
        invocation.trace.failed().map(|step| step.reason()).as_deref(),
        Some("The resource has no method get; it has GET, POST. Upper and lower case count.")
    );
}

#[test]
fn a_stage_that_is_missing_or_unknown() {
    check(
        "GET /users",
        expect![[r#"
            403 {"message":"Forbidden"}
            ForbiddenException
            Passed hostname: The hostname belongs to the API a1b2c3d4e5.
            Failed stage: The first segment of the path names the stage, and there is no stage "users".
            Passed gateway response: AWS's front door answers 403 by itself: no API can shape this answer.
        "#]],
    );
    check(
        "GET /prod/users",
        expect![[r#"
            403 {"message":"Forbidden"}
            ForbiddenException
            Passed hostname: The hostname belongs to the API a1b2c3d4e5.
            Failed stage: The first segment of the path names the stage, and there is no stage "prod".
            Passed gateway response: AWS's front door answers 403 by itself: no API can shape this answer.
        "#]],
    );
    check(
        "GET /",
        expect![[r#"
            403 {"message":"Forbidden"}
            ForbiddenException
            Passed hostname: The hostname belongs to the API a1b2c3d4e5.
            Failed stage: The URL names no stage: the first segment of the path has to be one.
            Passed gateway response: AWS's front door answers 403 by itself: no API can shape this answer.
        "#]],
    );
    check(
        "GET /Dev/users",
        expect![[r#"
            403 {"message":"Forbidden"}
            ForbiddenException
            Passed hostname: The hostname belongs to the API a1b2c3d4e5.
            Failed stage: The first segment of the path names the stage, and there is no stage "Dev".
            Passed gateway response: AWS's front door answers 403 by itself: no API can shape this answer.
        "#]],
    );
}

#[test]
fn a_hostname_that_is_not_the_apis() {
    check(
        "GET https://zzzzzzzzzz.execute-api.us-east-1.amazonaws.com/dev",
        expect![[r#"
            403 {"message":"Forbidden"}
            ForbiddenException
            Failed hostname: There is no API zzzzzzzzzz here: it never existed, or it was deleted. On AWS a hostname that was never used is not even found by DNS.
            Passed gateway response: AWS's front door answers 403 by itself: no API can shape this answer.
        "#]],
    );
    check(
        "GET https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/dev",
        expect![[r#"
            403 {"message":"Forbidden"}
            ForbiddenException
            Failed hostname: The hostname is of region eu-west-1, and the APIs of this workspace are in us-east-1.
            Passed gateway response: AWS's front door answers 403 by itself: no API can shape this answer.
        "#]],
    );
    check(
        "GET https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com.cn/dev",
        expect![[r#"
        502 {"message":"Stagecraft: a1b2c3d4e5.execute-api.us-east-1.amazonaws.com.cn is not an invoke URL's hostname, and this playground calls nothing outside itself."}
        Failed hostname: a1b2c3d4e5.execute-api.us-east-1.amazonaws.com.cn is not an invoke URL's hostname, and this playground calls nothing outside itself.
        Passed Stagecraft: a1b2c3d4e5.execute-api.us-east-1.amazonaws.com.cn is not an invoke URL's hostname, and this playground calls nothing outside itself.
    "#]],
    );
    check(
        "GET https://example.com/dev",
        expect![[r#"
        502 {"message":"Stagecraft: example.com is not an invoke URL's hostname, and this playground calls nothing outside itself."}
        Failed hostname: example.com is not an invoke URL's hostname, and this playground calls nothing outside itself.
        Passed Stagecraft: example.com is not an invoke URL's hostname, and this playground calls nothing outside itself.
    "#]],
    );
    check(
        "GET http://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/dev",
        expect![[r#"
        502 {"message":"Stagecraft: API Gateway answers https:// only; nothing listens for http://."}
        Failed hostname: API Gateway answers https:// only; nothing listens for http://.
        Passed Stagecraft: API Gateway answers https:// only; nothing listens for http://.
    "#]],
    );
    check(
        "GET https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com:8443/dev",
        expect![[r#"
        502 {"message":"Stagecraft: API Gateway answers at port 443 only, not at 8443."}
        Failed hostname: API Gateway answers at port 443 only, not at 8443.
        Passed Stagecraft: API Gateway answers at port 443 only, not at 8443.
    "#]],
    );
    check(
        "GET https://a1b2c3d4e5-vpce-01234567abcdef012.execute-api.us-east-1.amazonaws.com/dev",
        expect![[r#"
        502 {"message":"Stagecraft: This hostname leads to a VPC endpoint, which only its VPC can reach."}
        Failed hostname: This hostname leads to a VPC endpoint, which only its VPC can reach.
        Passed Stagecraft: This hostname leads to a VPC endpoint, which only its VPC can reach.
    "#]],
    );
    check(
        "GET dev/users",
        expect![[r#"
        400 {"message":"Stagecraft: The URL has no protocol: begin it with https://."}
        Failed hostname: The URL has no protocol: begin it with https://.
        Passed Stagecraft: The URL has no protocol: begin it with https://.
    "#]],
    );
}

#[test]
fn a_url_is_found_whatever_the_case_of_its_hostname() {
    let mut world = World::new(fixtures::USERS_API);
    let invocation = world.call("GET https://A1B2C3D4E5.Execute-API.us-east-1.amazonaws.com:443/dev");
    assert_eq!(invocation.api_id.as_deref(), Some("a1b2c3d4e5"));
    assert_eq!(invocation.stage.as_deref(), Some("dev"));
}

#[test]
fn other_partitions_have_their_own_suffix() {
    let mut world = World::new(fixtures::USERS_API);
    world.ws.place.region = crate::entities::Region::parse("cn-north-1").expect("BUG: a region");
    let china = world.call("GET https://a1b2c3d4e5.execute-api.cn-north-1.amazonaws.com.cn/dev");
    assert_eq!(china.stage.as_deref(), Some("dev"));
    world.ws.place.region = crate::entities::Region::parse("us-gov-west-1").expect("BUG: a region");
    let gov = world.call("GET https://a1b2c3d4e5.execute-api.us-gov-west-1.amazonaws.com/dev");
    assert_eq!(gov.stage.as_deref(), Some("dev"));
}

#[test]
fn no_stage_at_all() {
    let mut world = World::undeployed(fixtures::USERS_API);
    expect![[r#"
        403 {"message":"Forbidden"}
        ForbiddenException
        Passed hostname: The hostname belongs to the API a1b2c3d4e5.
        Failed stage: The first segment of the path names the stage, and there is no stage "dev".
        Passed gateway response: AWS's front door answers 403 by itself: no API can shape this answer.
    "#]]
    .assert_eq(&show(&world.call("GET /dev/users")));
}

#[test]
fn a_disabled_endpoint_counts_from_its_deployment_on() {
    let mut world = World::new(fixtures::USERS_API);
    Rc::make_mut(&mut world.config_mut().settings).disable_execute_api_endpoint = true;
    assert_ne!(world.call("GET /dev").answered_by, AnsweredBy::FrontDoor);
    world.deploy("dev");
    expect![[r#"
        403 {"message":"Forbidden"}
        ForbiddenException
        Passed hostname: The hostname belongs to the API a1b2c3d4e5.
        Failed stage: The default endpoint is disabled in D2, which the stage dev points at.
        Passed gateway response: AWS's front door answers 403 by itself: no API can shape this answer.
    "#]]
    .assert_eq(&show(&world.call("GET /dev")));
}

#[test]
fn a_private_api_is_out_of_reach() {
    let mut world = World::undeployed(fixtures::USERS_API);
    Rc::make_mut(&mut world.config_mut().settings).endpoint.endpoint_type = EndpointType::Private;
    world.deploy("dev");
    expect![[r#"
        403 {"message":"Forbidden"}
        ForbiddenException
        Passed hostname: The hostname belongs to the API a1b2c3d4e5.
        Failed stage: The stage dev is of a private API, which only its VPC can reach.
        Passed gateway response: AWS's front door answers 403 by itself: no API can shape this answer.
    "#]]
    .assert_eq(&show(&world.call("GET /dev")));
}

fn guarded(change: impl FnOnce(&mut Method)) -> World {
    let mut world = World::undeployed(fixtures::USERS_API);
    fixtures::edit(world.config_mut(), "/", HttpMethod::Get, change);
    world.deploy("dev");
    world
}

#[test]
fn a_method_that_wants_a_signature_a_token_or_a_key() {
    let mut iam = guarded(|method| method.authorization_type = AuthorizationType::AwsIam);
    expect![[r#"
        403 {"message":"Missing Authentication Token"}
        MissingAuthenticationTokenException
        Passed hostname: The hostname belongs to the API a1b2c3d4e5.
        Passed stage: The stage dev points at the deployment D1 (dep001).
        Passed path: / is the resource /.
        Passed method: The resource has a method GET.
        Failed authorization: The method has AWS_IAM authorization, and the request carries no signature.
        Passed gateway response: The gateway response MISSING_AUTHENTICATION_TOKEN answers 403.
    "#]]
    .assert_eq(&show(&iam.call("GET /dev")));
    let signed = with_headers("GET /dev", &["Authorization: AWS4-HMAC-SHA256 Credential=x"]);
    expect![[r#"
        501 {"message":"Stagecraft: This playground cannot check AWS_IAM authorization yet, so it does not guess."}
        Passed hostname: The hostname belongs to the API a1b2c3d4e5.
        Passed stage: The stage dev points at the deployment D1 (dep001).
        Passed path: / is the resource /.
        Passed method: The resource has a method GET.
        Failed authorization: This playground cannot check AWS_IAM authorization yet, so it does not guess.
        Passed Stagecraft: This playground cannot check AWS_IAM authorization yet, so it does not guess.
    "#]]
    .assert_eq(&show(&iam.send(&signed)));
    let mut cognito = guarded(|method| method.authorization_type = AuthorizationType::CognitoUserPools);
    expect![[r#"
        401 {"message":"Unauthorized"}
        UnauthorizedException
        Passed hostname: The hostname belongs to the API a1b2c3d4e5.
        Passed stage: The stage dev points at the deployment D1 (dep001).
        Passed path: / is the resource /.
        Passed method: The resource has a method GET.
        Failed authorization: The method asks a Cognito user pool, and the request has no Authorization header.
        Passed gateway response: The gateway response UNAUTHORIZED answers 401.
    "#]]
    .assert_eq(&show(&cognito.call("GET /dev")));
    let mut key = guarded(|method| method.api_key_required = true);
    expect![[r#"
        403 {"message":"Forbidden"}
        ForbiddenException
        Passed hostname: The hostname belongs to the API a1b2c3d4e5.
        Passed stage: The stage dev points at the deployment D1 (dep001).
        Passed path: / is the resource /.
        Passed method: The resource has a method GET.
        Skipped authorization: The method is open to everybody.
        Failed API key: The method needs an API key, and the request has no X-API-Key header.
        Passed gateway response: The gateway response INVALID_API_KEY answers 403.
    "#]]
    .assert_eq(&show(&key.call("GET /dev")));
    expect![[r#"
        403 {"message":"Forbidden"}
        ForbiddenException
        Passed hostname: The hostname belongs to the API a1b2c3d4e5.
        Passed stage: The stage dev points at the deployment D1 (dep001).
        Passed path: / is the resource /.
        Passed method: The resource has a method GET.
        Skipped authorization: The method is open to everybody.
        Failed API key: The method needs an API key, and the one that is given is not one of this account.
        Passed gateway response: The gateway response INVALID_API_KEY answers 403.
    "#]]
    .assert_eq(&show(&key.send(&with_headers("GET /dev", &["X-API-Key: secret"]))));
}

#[test]
fn what_is_too_large_is_refused() {
    let mut world = World::new(fixtures::USERS_API);
    let mut kind = |request| match world.send(&request).answered_by {
        AnsweredBy::GatewayResponse(kind) => Some(kind),
        _ => None,
    };
    let too_large = Some(GatewayResponseType::RequestTooLarge);
    let mut request_with = |body: usize, header: usize, url: usize| {
        let mut request = request(&format!("GET /dev/{}", "x".repeat(url)));
        request.body = "b".repeat(body);
        request.headers.push(("h".into(), "v".repeat(header)));
        kind(request)
    };
    assert_eq!(request_with(10 * 1024 * 1024, 9_000, 100), Some(GatewayResponseType::MissingAuthenticationToken));
    assert_eq!(request_with(10 * 1024 * 1024 + 1, 0, 0), too_large);
    assert_eq!(request_with(0, 10_240, 0), too_large);
    assert_eq!(request_with(0, 0, 8_192), too_large);
}

#[test]
fn a_header_that_no_client_can_send_is_named() {
    let mut world = World::new(fixtures::USERS_API);
    let mut bad = request("GET /dev");
    bad.headers.push(("X-Evil".into(), "a\r\nSet-Cookie: b".into()));
    expect![[r#"
        400 {"message":"Stagecraft: No client can send the header \"X-Evil\" with this name and value."}
        Failed hostname: No client can send the header "X-Evil" with this name and value.
        Passed Stagecraft: No client can send the header "X-Evil" with this name and value.
    "#]]
    .assert_eq(&show(&world.send(&bad)));
}

#[test]
fn the_21_gateway_responses_have_their_default_answers() {
    assert_eq!(GatewayResponseType::ALL.len(), 21);
    let row = |kind: &GatewayResponseType| match kind.default_status() {
        Some(_) => {
            let rendered = Refusal::from(*kind).render();
            format!("{kind} {} {} {}\n", rendered.status, rendered.body, rendered.error_type)
        }
        None => format!("{kind} -\n"),
    };
    let table: String = GatewayResponseType::ALL.iter().map(row).collect();
    expect![[r#"
        ACCESS_DENIED 403 {"message":"User is not authorized to access this resource"} AccessDeniedException
        API_CONFIGURATION_ERROR 500 {"message":"Internal server error"} InternalServerErrorException
        AUTHORIZER_CONFIGURATION_ERROR 500 {"message":null} AuthorizerConfigurationException
        AUTHORIZER_FAILURE 500 {"message":null} AuthorizerFailureException
        BAD_REQUEST_BODY 400 {"message":"Invalid request body"} BadRequestException
        BAD_REQUEST_PARAMETERS 400 {"message":"Missing required request parameters: []"} BadRequestException
        DEFAULT_4XX -
        DEFAULT_5XX -
        EXPIRED_TOKEN 403 {"message":"The security token included in the request is expired"} ExpiredTokenException
        INTEGRATION_FAILURE 504 {"message":"Internal server error"} InternalServerErrorException
        INTEGRATION_TIMEOUT 504 {"message":"Endpoint request timed out"} InternalServerErrorException
        INVALID_API_KEY 403 {"message":"Forbidden"} ForbiddenException
        INVALID_SIGNATURE 403 {"message":"The request signature we calculated does not match the signature you provided."} InvalidSignatureException
        MISSING_AUTHENTICATION_TOKEN 403 {"message":"Missing Authentication Token"} MissingAuthenticationTokenException
        QUOTA_EXCEEDED 429 {"message":"Limit Exceeded"} LimitExceededException
        REQUEST_TOO_LARGE 413 {"message":"Request Too Long"} RequestTooLargeException
        RESOURCE_NOT_FOUND 404 {"message":"Not Found"} ResourceNotFoundException
        THROTTLED 429 {"message":"Too Many Requests"} TooManyRequestsException
        UNAUTHORIZED 401 {"message":"Unauthorized"} UnauthorizedException
        UNSUPPORTED_MEDIA_TYPE 415 {"message":"Unsupported Media Type"} BadRequestException
        WAF_FILTERED 403 {"message":"Forbidden"} ForbiddenException
    "#]].assert_eq(&table);
}
