//! A session as a shell script, kept in `tests/golden/story.sh`, and one in two parts: `cargo xtask test clients` runs them
//! with the real AWS CLI and looks at what they have made.

use super::chance::Chance;
use expect_test::expect_file;
use serde_json::json;
use stagecraft::{
    control_plane::{ApiError, Command, Outcome, Service},
    dialects::{
        cli::{Host, HttpAnswer, HttpRequest, Shell, Unreachable},
        script,
    },
    entities::{Place, Timestamp},
    env::Env,
    history::{self, Act, Session},
    sample,
};
use std::collections::BTreeMap;

/// Returns the sample, deployed to `dev`, changed, deployed again, `prod` with variables and a canary, a custom
/// domain name, and keys.
fn story() -> Session {
    let mut session = sample::session(Env::new(7, Timestamp(1_700_000_000_000))).expect("BUG: the sample");
    let api = session.present().rest_apis.keys().next().map(ToString::to_string).unwrap_or_default();
    let mut run = |operation: &str, input: serde_json::Value| {
        let input = input.as_object().cloned().unwrap_or_default();
        let command = Command::parse(Service::API_GATEWAY, operation, input).expect("BUG: a request");
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
    // Bytes, and ids that an import brings and a plan takes.
    let keys = json!({ "format": "csv", "body": "name,key\nit's the partner's,0123456789abcdefghij\n-b,abcdefghij0123456789" });
    let ids = run("ImportApiKeys", keys)["ids"].clone();
    let plan = json!({ "name": "Gold", "apiStages": [{ "apiId": api, "stage": "prod" }], "quota": { "limit": 9, "period": "DAY" } });
    let plan = run("CreateUsagePlan", plan);
    run("CreateUsagePlanKey", json!({ "usagePlanId": plan["id"], "keyId": ids[1], "keyType": "API_KEY" }));
    session
}

/// Returns the script that makes what a session has made.
fn script_of(session: &Session) -> String {
    part_of(session, 1, session.entries().len(), "")
}

/// Returns the script of the operations from one to another, by their numbers from 1.
pub(crate) fn part_of(session: &Session, from: usize, to: usize, title: &str) -> String {
    let (range, begin) = session.range(from, to);
    let made: Vec<_> = range.into_iter().map(|at| (at, session.answer(at))).collect();
    let lines = made.iter().filter_map(|(at, outcome)| {
        let operation = session.entries().get(*at)?;
        let Act::Command(command) = &operation.record.act else { return None };
        let note = history::summary(&operation.record.act, session.at(*at), &operation.after);
        Some(script::Line {
            command,
            answer: outcome.as_ref().and_then(|outcome| outcome.body.as_ref()),
            note,
            after: &operation.after,
        })
    });
    script::print_from(lines, Place::default().region.as_str(), session.at(begin), title)
}

#[test]
fn a_session_as_a_shell_script() {
    expect_file!["../golden/story.sh"].assert_eq(&script_of(&story()));
}

#[test]
fn a_session_as_two_shell_scripts() {
    let session = story();
    let stage = |operation: &history::LogEntry| matches!(operation.record.act, Act::Command(Command::CreateStage(_)));
    let first = session.entries().iter().position(|operation| stage(operation)).expect("BUG: prod is created");
    let length = session.entries().len();
    expect_file!["../golden/first-part.sh"].assert_eq(&part_of(&session, 1, first, "The first part"));
    expect_file!["../golden/second-part.sh"].assert_eq(&part_of(&session, first + 1, length, "The second part"));
}

/// An account of its own, in which nothing is called.
pub(crate) struct Account(pub(crate) Session);

impl Host for Account {
    fn control(&mut self, command: Command) -> Result<Outcome, ApiError> {
        self.0.execute(command)
    }

    fn fetch(&mut self, request: &HttpRequest) -> Result<HttpAnswer, Unreachable> {
        Err(Unreachable::host(&request.url))
    }

    fn region(&self) -> String {
        Place::default().region.to_string()
    }
}

fn empty(seed: u64) -> Session {
    Session::new(Env::new(seed, Timestamp(1_700_000_000_000)))
}

/// Returns all that there is, with each id replaced by when it was made. Maps are ordered by ids, which differ: so
/// the lines are sorted.
pub(crate) fn contents(session: &Session) -> Vec<String> {
    let made = session.leading_to(usize::MAX).into_iter().filter_map(|at| session.entries().get(at));
    let ids = made.flat_map(|entry| entry.record.ids.iter()).enumerate();
    let numbers: BTreeMap<&str, String> = ids.map(|(at, id)| (&**id, format!("<{at}>"))).collect();
    let text = format!("{:#?}", session.present());
    let mut lines: Vec<String> = text
        .lines()
        // The models that every API begins with have ids that follow from the API's.
        .filter(|line| !line.contains("ModelId("))
        .map(|line| {
            let words = line.split_inclusive(|c: char| !c.is_ascii_alphanumeric());
            let known = |word: &str| {
                let end = word.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(word.len());
                numbers.get(&word[..end]).map_or_else(|| word.to_owned(), |number| format!("{number}{}", &word[end..]))
            };
            words.map(known).collect()
        })
        .collect();
    lines.sort_unstable();
    lines
}

/// Returns a session of requests by chance, some of them undone.
fn by_chance(seed: u64) -> Session {
    let (mut chance, mut session) = (Chance::new(seed), empty(seed));
    for _ in 0..150 {
        if chance.once_in(20) {
            session.undo();
        }
        let row = if session.present().rest_apis.is_empty() { "CreateRestApi" } else { chance.operation().name };
        let row = stagecraft::control_plane::OPERATIONS.iter().find(|found| found.name == row).expect("BUG: a row");
        let command = chance.request(&session.present().clone(), row);
        if let Some(command) = command {
            let _ = session.execute(command);
        }
    }
    session
}

#[test]
fn a_script_of_any_session_makes_the_same_on_an_empty_account() {
    for seed in 0..40 {
        let session = by_chance(seed);
        let text = script_of(&session);
        let mut account = Account(empty(seed + 1000));
        for ran in Shell::new().run(&mut account, &text) {
            let line = text.get(ran.at.clone()).unwrap_or_default();
            assert_eq!(ran.failure.map(|failure| failure.text()), None, "run {seed}: {line}");
        }
        let (first, second) = (contents(&session), contents(&account.0));
        let differs = first.iter().zip(&second).find(|(a, b)| a != b);
        assert!(differs.is_none() && first.len() == second.len(), "run {seed}: {differs:?}\n{text}");
    }
}
