//! A session as a shell script, kept in `tests/golden/story.sh`: `cargo xtask test clients` runs it with the real AWS CLI and
//! looks at what it has made.

use expect_test::expect_file;
use serde_json::json;
use stagecraft::{
    control_plane::Command,
    dialects::script,
    entities::{Place, Timestamp},
    env::Env,
    history::{self, Act, Session},
    sample,
};

/// The sample, deployed to `dev`, changed, deployed again, `prod` with variables and a canary, and a custom domain name.
fn story() -> Session {
    let mut session = sample::session(Env::new(7, Timestamp(1_700_000_000_000))).expect("BUG: the sample");
    let api = session.present().rest_apis.keys().next().map(ToString::to_string).unwrap_or_default();
    let mut run = |operation: &str, input: serde_json::Value| {
        let input = input.as_object().cloned().unwrap_or_default();
        let command = Command::parse(operation, input).expect("BUG: a request");
        let outcome = session.execute(command).expect("BUG: it is carried out");
        outcome.body.unwrap_or_default()
    };
    let resources = run("GetResources", json!({ "restApiId": api }));
    let mut resources = resources["item"].as_array().into_iter().flatten();
    let users = resources.find(|resource| resource["path"] == "/users").map(|resource| resource["id"].clone());
    run("CreateDeployment", json!({ "restApiId": api, "stageName": "dev", "description": "it's the first" }));
    let answer = json!({
        "restApiId": api, "resourceId": users, "httpMethod": "GET", "statusCode": "200",
        "responseTemplates": { "application/json": "{\"users\": \"it's $stageVariables.color\", \"at\": \"a\\b\"}" },
    });
    run("PutIntegrationResponse", answer);
    let second = run("CreateDeployment", json!({ "restApiId": api }));
    let prod = json!({ "restApiId": api, "stageName": "prod", "deploymentId": second["id"], "variables": { "color": "blue" } });
    run("CreateStage", prod);
    let settings = json!([
        { "op": "replace", "path": "/~1users~1{userId}/GET/throttling/rateLimit", "value": "5" },
        { "op": "replace", "path": "/description", "value": "a, b = \"c\"" },
    ]);
    run("UpdateStage", json!({ "restApiId": api, "stageName": "prod", "patchOperations": settings }));
    let certificate = "arn:aws:acm:us-east-1:123456789012:certificate/fb1b9770";
    run("CreateDomainName", json!({ "domainName": "api.example.com", "certificateArn": certificate }));
    let mapping = json!({ "domainName": "api.example.com", "basePath": "v1", "restApiId": api, "stage": "prod" });
    run("CreateBasePathMapping", mapping);
    session
}

#[test]
fn a_session_as_a_shell_script() {
    let session = story();
    let made: Vec<_> = session.leading_to(usize::MAX).into_iter().map(|at| (at, session.answer(at))).collect();
    let lines = made.iter().filter_map(|(at, outcome)| {
        let operation = session.operations().get(*at)?;
        let Act::Command(command) = &operation.record.act else { return None };
        let note = history::summary(&operation.record.act, session.at(*at), &operation.after);
        Some(script::Line { command, answer: outcome.as_ref().and_then(|outcome| outcome.body.as_ref()), note })
    });
    expect_file!["../golden/story.sh"].assert_eq(&script::print(lines, Place::default().region.as_str()));
}
