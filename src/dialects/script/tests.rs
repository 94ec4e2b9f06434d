//! Scripts, run by the shell of the console.

use super::{Line, print, print_from};
use crate::{
    control_plane::{ApiError, Command, Outcome, Service, wire},
    dialects::cli::{Host, HttpAnswer, HttpRequest, Shell, Unreachable, parse_command},
    entities::Timestamp,
    env::Env,
    history::{Act, Session},
    sample,
};
use expect_test::{Expect, expect};
use serde_json::json;

struct Account(Session);

impl Host for Account {
    fn control(&mut self, command: Command) -> Result<Outcome, ApiError> {
        self.0.execute(command)
    }

    fn fetch(&mut self, request: &HttpRequest) -> Result<HttpAnswer, Unreachable> {
        Err(Unreachable::host(&request.url))
    }

    fn region(&self) -> String {
        "us-east-1".into()
    }
}

fn script(session: &Session) -> String {
    let answers: Vec<_> =
        session.leading_to(usize::MAX).into_iter().map(|at| (at, session.answer(at).expect("a request"))).collect();
    let lines = answers.iter().map(|(at, outcome)| {
        let Act::Command(command) = &session.entries()[*at].record.act else { panic!("a request") };
        Line { command, answer: outcome.body.as_ref(), note: command.name().to_owned(), after: session.at(at + 1) }
    });
    print(lines, "us-east-1")
}

fn run(session: Session, text: &str) -> Session {
    let mut account = Account(session);
    for ran in Shell::new().run(&mut account, text) {
        assert_eq!(ran.failure.map(|failure| failure.text()), None, "{text}");
    }
    account.0
}

fn empty() -> Session {
    Session::new(Env::new(99, Timestamp(1_800_000_000_000)))
}

/// Returns what the workspace answers to reads, with its ids in the order in which they come.
fn shape(session: &mut Session) -> String {
    let ids: Vec<String> =
        session.entries().iter().flat_map(|o| o.record.ids.iter().map(|id| id.to_string())).collect();
    let mut out = String::new();
    let apis: Vec<String> = session.present().rest_apis.keys().map(|id| id.to_string()).collect();
    for api in apis {
        for what in ["", "/resources?embed=methods", "/deployments", "/stages"] {
            let command = wire::parse("GET", &format!("/restapis/{api}{what}"), &[], "").expect("a read");
            let body = session.execute(command).expect("an answer").body.unwrap_or_default();
            out.push_str(&format!("{}\n", serde_json::to_string_pretty(&body).expect("JSON")));
        }
    }
    for (at, id) in ids.iter().enumerate() {
        out = out.replace(id.as_str(), &format!("<{at}>"));
    }
    // Lists come by id, and these differ: the lines of all answers, whatever their order.
    let mut lines: Vec<&str> = out.lines().map(|line| line.trim_end_matches(',')).collect();
    lines.sort_unstable();
    lines.join("\n")
}

#[test]
fn a_script_makes_the_same_on_an_empty_account() {
    let mut session = sample::session(Env::new(7, Timestamp(1_800_000_000_000))).expect("the sample");
    let api = session.present().rest_apis.keys().next().expect("an API").to_string();
    session = run(
        session,
        &format!(
            "D=$(aws apigateway create-deployment --rest-api-id {api} --stage-name dev --query id --output text); aws apigateway create-stage --rest-api-id {api} --stage-name prod --deployment-id $D; aws apigateway update-stage --rest-api-id {api} --stage-name prod --patch-operations op=replace,path=/variables/x,value=y \"op=replace,path=/description,value=\\\"it's\\\"\"; aws apigateway delete-stage --rest-api-id {api} --stage-name dev"
        ),
    );
    assert!(session.undo());
    let text = script(&session);
    assert!(!text.contains("delete-stage"), "what was taken back is not in it");
    let mut again = run(empty(), &text);
    assert!(!text.contains(&api), "{text}");
    let (first, second) = (shape(&mut session), shape(&mut again));
    // The undone step has no ids of its own, so both count alike.
    assert_eq!(first, second, "{text}");
}

#[test]
fn ids_are_variables_whatever_quotes_are_around_them() {
    let mut session = empty();
    let first = session
        .execute(parse_command("aws apigateway create-rest-api --name Pets").unwrap_or_else(|f| panic!("{}", f.text())))
        .expect("an API");
    let (api, root) =
        (first.text("id").expect("an id").to_owned(), first.text("rootResourceId").expect("an id").to_owned());
    session = run(
        session,
        &format!(
            "aws apigateway create-resource --rest-api-id {api} --parent-id {root} --path-part pets\naws apigateway update-rest-api --rest-api-id {api} --patch-operations \"op=replace,path=/description,value=\\\"not {api} but it's\\\"\""
        ),
    );
    let check = |text: String, expected: Expect| expected.assert_eq(&text);
    check(
        script(&session),
        expect![[r##"
        #!/bin/sh
        set -e
        export AWS_DEFAULT_REGION=us-east-1

        # CreateRestApi
        REST_API_ID=$(aws apigateway create-rest-api --name Pets --query id --output text)
        ROOT_RESOURCE_ID=$(aws apigateway get-rest-api --rest-api-id "${REST_API_ID}" --query rootResourceId --output text)

        # CreateResource
        RESOURCE_ID=$(aws apigateway create-resource --rest-api-id "${REST_API_ID}" --parent-id "${ROOT_RESOURCE_ID}" --path-part pets --query id --output text)

        # UpdateRestApi
        aws apigateway update-rest-api --rest-api-id "${REST_API_ID}" --patch-operations '[{"op":"replace","path":"/description","value":"not '"${REST_API_ID}"' but it'\''s"}]' > /dev/null
    "##]],
    );
}

/// Returns the script of operations from one to another, by their numbers from 1.
fn part(session: &Session, from: usize, to: usize) -> String {
    let (range, begin) = session.range(from, to);
    let answers: Vec<_> = range.into_iter().map(|at| (at, session.answer(at).expect("a request"))).collect();
    let lines = answers.iter().map(|(at, outcome)| {
        let Act::Command(command) = &session.entries()[*at].record.act else { panic!("a request") };
        Line { command, answer: outcome.body.as_ref(), note: command.name().to_owned(), after: session.at(at + 1) }
    });
    print_from(lines, "us-east-1", session.at(begin), &format!("Operations {from} to {to}"))
}

fn command(session: &mut Session, operation: &str, input: serde_json::Value) -> serde_json::Value {
    let input = input.as_object().cloned().unwrap_or_default();
    let command = Command::parse(Service::API_GATEWAY, operation, input).expect("a request");
    session.execute(command).expect("it is carried out").body.unwrap_or_default()
}

/// Returns an API with things of all kinds that have ids, and then a part that uses them all.
fn with_parts() -> (Session, usize) {
    let mut session = empty();
    let api = command(&mut session, "CreateRestApi", json!({ "name": "It is \"mine\" for $5" }));
    let (id, root) = (api["id"].clone(), api["rootResourceId"].clone());
    let users =
        command(&mut session, "CreateResource", json!({ "restApiId": id, "parentId": root, "pathPart": "users" }));
    let authorizer = json!({
        "restApiId": id, "name": "tokens", "type": "TOKEN", "identitySource": "method.request.header.Auth",
        "authorizerUri": "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations",
    });
    let authorizer = command(&mut session, "CreateAuthorizer", authorizer);
    let validator = command(
        &mut session,
        "CreateRequestValidator",
        json!({ "restApiId": id, "name": "bodies", "validateRequestBody": true }),
    );
    let method = json!({ "restApiId": id, "resourceId": root, "httpMethod": "GET", "authorizationType": "NONE" });
    command(&mut session, "PutMethod", method);
    let mock = json!({ "restApiId": id, "resourceId": root, "httpMethod": "GET", "type": "MOCK" });
    command(&mut session, "PutIntegration", mock);
    let on_dev = command(&mut session, "CreateDeployment", json!({ "restApiId": id, "stageName": "dev" }));
    let told = command(&mut session, "CreateDeployment", json!({ "restApiId": id, "description": "told apart" }));
    let untold = command(&mut session, "CreateDeployment", json!({ "restApiId": id }));
    let key = command(&mut session, "CreateApiKey", json!({ "name": "Ada" }));
    let plan = command(&mut session, "CreateUsagePlan", json!({ "name": "Gold" }));
    let begun = session.entries().len();
    let method = json!({
        "restApiId": id, "resourceId": users["id"], "httpMethod": "GET", "authorizationType": "CUSTOM",
        "authorizerId": authorizer["id"], "requestValidatorId": validator["id"],
    });
    command(&mut session, "PutMethod", method);
    for (name, deployment) in [("s1", &on_dev), ("s2", &told), ("s3", &untold)] {
        command(
            &mut session,
            "CreateStage",
            json!({ "restApiId": id, "stageName": name, "deploymentId": deployment["id"] }),
        );
    }
    let key = json!({ "usagePlanId": plan["id"], "keyId": key["id"], "keyType": "API_KEY" });
    command(&mut session, "CreateUsagePlanKey", key);
    let patch =
        json!([{ "op": "add", "path": "/apiStages", "value": format!("{}:s1", id.as_str().unwrap_or_default()) }]);
    command(&mut session, "UpdateUsagePlan", json!({ "usagePlanId": plan["id"], "patchOperations": patch }));
    (session, begun)
}

#[test]
fn a_part_looks_up_what_it_needs_from_before_and_asks_for_what_has_no_name() {
    let (session, begun) = with_parts();
    let text = part(&session, begun + 1, session.entries().len());
    let check = |text: &str, expected: Expect| expected.assert_eq(text);
    check(
        &text,
        expect![[r##"
            #!/bin/sh
            set -e
            export AWS_DEFAULT_REGION=us-east-1

            # Operations 12 to 17

            # What this needs was made before it, and is looked up here; what has no name of its own is asked for.
            REST_API_ID=$(aws apigateway get-rest-apis --limit 500 --query "items[?name=='It is \"mine\" for \$5'].id" --output text)
            RESOURCE_ID=$(aws apigateway get-resources --rest-api-id "${REST_API_ID}" --limit 500 --query "items[?path=='/users'].id" --output text)
            AUTHORIZER_ID=$(aws apigateway get-authorizers --rest-api-id "${REST_API_ID}" --limit 500 --query "items[?name=='tokens'].id" --output text)
            REQUEST_VALIDATOR_ID=$(aws apigateway get-request-validators --rest-api-id "${REST_API_ID}" --limit 500 --query "items[?name=='bodies'].id" --output text)
            DEPLOYMENT_ID=$(aws apigateway get-stage --rest-api-id "${REST_API_ID}" --stage-name dev --query deploymentId --output text)
            DEPLOYMENT_ID_2=$(aws apigateway get-deployments --rest-api-id "${REST_API_ID}" --limit 500 --query "items[?description=='told apart'].id" --output text)
            DEPLOYMENT_ID_3=${DEPLOYMENT_ID_3:?the id of the deployment D3}
            USAGE_PLAN_ID=$(aws apigateway get-usage-plans --limit 500 --query "items[?name=='Gold'].id" --output text)
            API_KEY_ID=$(aws apigateway get-api-keys --limit 500 --query "items[?name=='Ada'].id" --output text)

            # PutMethod
            aws apigateway put-method --rest-api-id "${REST_API_ID}" --resource-id "${RESOURCE_ID}" --http-method GET --authorization-type CUSTOM --authorizer-id "${AUTHORIZER_ID}" --request-validator-id "${REQUEST_VALIDATOR_ID}" > /dev/null

            # CreateStage
            aws apigateway create-stage --rest-api-id "${REST_API_ID}" --stage-name s1 --deployment-id "${DEPLOYMENT_ID}" > /dev/null

            # CreateStage
            aws apigateway create-stage --rest-api-id "${REST_API_ID}" --stage-name s2 --deployment-id "${DEPLOYMENT_ID_2}" > /dev/null

            # CreateStage
            aws apigateway create-stage --rest-api-id "${REST_API_ID}" --stage-name s3 --deployment-id "${DEPLOYMENT_ID_3}" > /dev/null

            # CreateUsagePlanKey
            aws apigateway create-usage-plan-key --usage-plan-id "${USAGE_PLAN_ID}" --key-id "${API_KEY_ID}" --key-type API_KEY > /dev/null

            # UpdateUsagePlan
            aws apigateway update-usage-plan --usage-plan-id "${USAGE_PLAN_ID}" --patch-operations '[{"op":"add","path":"/apiStages","value":"'"${REST_API_ID}"':s1"}]' > /dev/null
        "##]],
    );
    for id in session.entries().iter().flat_map(|entry| &entry.record.ids) {
        assert!(!text.contains(&**id), "{id} is pasted:\n{text}");
    }
}

#[test]
fn a_part_does_the_same_again_where_the_part_before_it_was_done() {
    let (session, begun) = with_parts();
    let mut again = run(empty(), &part(&session, 1, begun));
    let text = part(&session, begun + 1, session.entries().len());
    let mut account = Account(again);
    let refused: Vec<String> =
        Shell::new().run(&mut account, &text).into_iter().filter_map(|ran| Some(ran.failure?.text())).collect();
    assert_eq!(refused, ["shell: DEPLOYMENT_ID_3: the id of the deployment D3"]);
    // The person looks the third deployment up, and tells.
    let api = account.0.present().rest_apis.values().next().cloned().expect("an API");
    let third = api.deployments.values().find(|d| d.number == 3).expect("D3").id.clone();
    again = run(account.0, &format!("DEPLOYMENT_ID_3={third}\n{text}"));
    let (mut first, mut second) = (session.clone(), again);
    assert_eq!(shape(&mut first), shape(&mut second), "{text}");
}

#[test]
fn a_part_begins_after_what_was_taken_back() {
    let (mut session, begun) = with_parts();
    session.undo();
    session.undo();
    let length = session.entries().len();
    let (range, begin) = session.range(begun + 1, length);
    assert_eq!((range.len(), begin), (4, begun));
    session.redo();
    let (range, begin) = session.range(length + 1, length + 1);
    assert_eq!((range.len(), begin), (0, length + 1), "a redo is no request");
    session.execute(command_of("CreateApiKey", json!({ "name": "Grace" }))).expect("a key");
    let (range, begin) = session.range(length + 1, length + 2);
    assert_eq!((range, begin), (vec![length + 1], length + 1));
}

fn command_of(operation: &str, input: serde_json::Value) -> Command {
    Command::parse(Service::API_GATEWAY, operation, input.as_object().cloned().unwrap_or_default()).expect("a request")
}

#[test]
fn what_was_copied_is_looked_up_by_what_it_is_called() {
    let (mut session, _) = with_parts();
    let from = session.present().rest_apis.keys().next().expect("an API").to_string();
    let copy = command(&mut session, "CreateRestApi", json!({ "name": "Copy", "cloneFrom": from }));
    let id = copy["id"].as_str().unwrap_or_default();
    let users = session.present().api(id).and_then(|api| api.config.resource_at("/users")).expect("it is copied");
    let (users, begun) = (users.id.to_string(), session.entries().len());
    let resource = json!({ "restApiId": id, "parentId": users, "pathPart": "{userId}" });
    command(&mut session, "CreateResource", resource);
    let text = part(&session, begun, begun + 1);
    let found = "RESOURCE_ID=$(aws apigateway get-resources --rest-api-id \"${REST_API_ID_2}\" --limit 500 --query \"items[?path=='/users'].id\" --output text)\n";
    assert!(text.contains(&format!("\n{found}")), "{text}");
    let whole = part(&session, 1, begun + 1);
    let mut again = run(empty(), &whole);
    assert_eq!(shape(&mut session), shape(&mut again), "{whole}");
}
