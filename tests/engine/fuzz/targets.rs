//! The readers of what comes from outside, each as a function from a text to what came of it.

use super::super::host::World;
use serde_json::{Value, json};
use stagecraft::{
    control_plane::{Command, OPERATIONS, Service, wire},
    data_plane::{Local, Request, Runtime, invoke_at_once},
    dialects::cli::{Failure, Shell, complete, is_open},
    entities::{Place, Timestamp},
    env::Env,
    history::Session,
    jsonpath::{JsonPath, MAX_VISITS},
    lenient_json,
    lesson::{Scenario, difference},
    persist, sample, schema,
    text::shell::word,
    vtl::{
        Limits, Template,
        apigateway::{self, TemplateInput},
    },
};
use std::cell::RefCell;

/// A reader with its name, which is that of its corpus.
pub(crate) struct FuzzTarget {
    pub(crate) name: &'static str,
    pub(crate) read: fn(&str) -> String,
}

pub(crate) const TARGETS: [FuzzTarget; 18] = [
    FuzzTarget { name: "scenario", read: scenario },
    FuzzTarget { name: "line", read: line },
    FuzzTarget { name: "completion", read: completion },
    FuzzTarget { name: "query", read: query },
    FuzzTarget { name: "shorthand", read: shorthand },
    FuzzTarget { name: "json", read: input_json },
    FuzzTarget { name: "curl", read: curl },
    FuzzTarget { name: "link", read: link },
    FuzzTarget { name: "link-lines", read: link_lines },
    FuzzTarget { name: "file", read: file },
    FuzzTarget { name: "record", read: record },
    FuzzTarget { name: "refusal", read: refusal },
    FuzzTarget { name: "template", read: template },
    FuzzTarget { name: "jsonpath", read: jsonpath },
    FuzzTarget { name: "schema", read: json_schema },
    FuzzTarget { name: "patch", read: patch },
    FuzzTarget { name: "wire", read: wire_request },
    FuzzTarget { name: "request", read: request },
];

/// Reads a scenario; each of its answers fits itself, whatever holes it has.
fn scenario(text: &str) -> String {
    let scenario = match Scenario::read(text) {
        Ok(scenario) => scenario,
        Err(fault) => return fault.to_string(),
    };
    let lines: Vec<&str> = text.lines().collect();
    let mut out = String::new();
    for prompt in scenario.sittings.iter().flat_map(|sitting| &sitting.prompts) {
        assert_eq!(lines.get(prompt.answer_lines.clone()).map(|lines| lines.join("\n")), Some(prompt.answer.clone()));
        let why = difference(&prompt.answer, &prompt.answer).unwrap_or_default();
        out.push_str(&format!("{} {} {}\n", prompt.is_http, prompt.input.lines().count().ilog2_or_zero(), shape(&why)));
    }
    out
}

fn env() -> Env {
    Env::new(7, Timestamp(1_700_000_000_000))
}

/// Returns the sample, deployed to `dev`.
fn session() -> Session {
    thread_local!(static SESSION: RefCell<Option<Session>> = const { RefCell::new(None) });
    let make = || {
        let mut session = sample::session(env()).expect("BUG: the sample");
        let api = session.present().rest_apis.keys().next().map(ToString::to_string);
        let input = json!({ "restApiId": api, "stageName": "dev" }).as_object().cloned().unwrap_or_default();
        session
            .execute(Command::parse(Service::API_GATEWAY, "CreateDeployment", input).expect("BUG: a request"))
            .expect("BUG: a deployment");
        session
    };
    SESSION.with(|kept| kept.borrow_mut().get_or_insert_with(make).clone())
}

fn api(session: &Session) -> String {
    session.present().rest_apis.keys().next().map(ToString::to_string).unwrap_or_default()
}

/// Runs lines in the sample; every error has a place in them.
fn run(text: &str) -> String {
    let mut world = World::new(true, Place::default());
    let mut out = String::new();
    for ran in Shell::new().run(&mut world, text).into_iter().take(50) {
        assert!(text.get(ran.at.clone()).is_some(), "{:?} is no place in {text:?}", ran.at);
        if let Some(Failure::Line(error)) = &ran.failure {
            assert!(text.get(error.at.clone()).is_some(), "{:?} is no place in {text:?}", error.at);
        }
        match &ran.failure {
            Some(failure) => out.push_str(&format!("{} {}\n", failure.status(), shape(&failure.text()))),
            None => out.push_str(&format!("{} bytes\n", ran.output.len().ilog2_or_zero())),
        }
    }
    out
}

/// Returns a sentence without what it quotes.
fn shape(sentence: &str) -> String {
    sentence.split(['"', '\'', '`']).step_by(2).collect()
}

trait Log2 {
    fn ilog2_or_zero(self) -> u32;
}

impl Log2 for usize {
    fn ilog2_or_zero(self) -> u32 {
        self.checked_ilog2().unwrap_or(0)
    }
}

fn line(text: &str) -> String {
    format!("{}{}", is_open(text), run(text))
}

fn completion(text: &str) -> String {
    let session = session();
    let mut out = String::new();
    for cursor in [0, text.len() / 2, text.len(), text.len() + 9] {
        let completion = complete(text, cursor, session.present());
        out.push_str(&format!("{} ", completion.candidates.len()));
    }
    out
}

fn query(text: &str) -> String {
    let formats = ["json", "text", "table", "yaml"];
    let line = |form: &&str| format!("aws apigateway get-rest-apis --output {form} --query {}", word(text));
    run(&formats.iter().map(line).collect::<Vec<_>>().join("\n"))
}

fn shorthand(text: &str) -> String {
    let lines = [
        "update-stage --rest-api-id a --stage-name b --patch-operations",
        "create-rest-api --name a --tags",
        "create-rest-api --name a --endpoint-configuration",
        "create-deployment --rest-api-id a --canary-settings",
        "create-usage-plan --name a --api-stages",
        "test-invoke-method --rest-api-id a --resource-id b --http-method GET --multi-value-headers",
        "put-method --rest-api-id a --resource-id b --http-method GET --authorization-type NONE --request-parameters",
    ];
    run(&lines.map(|line| format!("aws apigateway {line} {}", word(text))).join("\n"))
}

fn input_json(text: &str) -> String {
    let line = |operation: &str| format!("aws apigateway {operation} --cli-input-json {}", word(text));
    let mut out = format!("{:?}", lenient_json::mock_status_code(text).is_ok());
    out.push_str(&run(&["create-rest-api", "update-stage", "put-integration", "create-domain-name"]
        .map(line)
        .join("\n")));
    let members = serde_json::from_str::<Value>(text).ok().and_then(|value| value.as_object().cloned());
    for row in OPERATIONS.iter().filter(|_| members.is_some()) {
        let read = Command::parse(row.service, row.name, members.clone().unwrap_or_default());
        out.push_str(if read.is_ok() { "+" } else { "-" });
    }
    out
}

fn curl(text: &str) -> String {
    run(&format!("curl {text}"))
}

fn link(text: &str) -> String {
    match persist::link::open(text, env()) {
        Ok(shared) => format!("opened {}", shared.session.entries().len()),
        Err(error) => shape(&error.to_string()),
    }
}

/// Returns what is inside a link, put into one: stored instead of deflated, with a checksum, and with as many ids as come first.
fn link_lines(text: &str) -> String {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    let mut out = String::new();
    for (edition, ids) in [(1, 0), (2, 0), (1, 4), (2, 7), (1, 60), (2, 60)] {
        let mut bytes = Vec::new();
        let chunks: Vec<&[u8]> = text.as_bytes().chunks(60_000).collect();
        for (at, chunk) in chunks.iter().enumerate() {
            let length = u16::try_from(chunk.len()).expect("BUG: a small chunk");
            bytes.push(u8::from(at + 1 == chunks.len()));
            bytes.extend(length.to_le_bytes());
            bytes.extend((!length).to_le_bytes());
            bytes.extend(*chunk);
        }
        bytes.extend(std::iter::repeat_n(0x5a, ids));
        let (a, b) = bytes.iter().fold((1_u32, 0_u32), |(a, b), byte| {
            let a = (a + u32::from(*byte)) % 255;
            (a, (b + a) % 255)
        });
        bytes.extend([u8::try_from(a).unwrap_or_default(), u8::try_from(b).unwrap_or_default()]);
        out.push_str(&link(&format!("{edition}{}", URL_SAFE_NO_PAD.encode(bytes))));
    }
    out
}

fn file(text: &str) -> String {
    match persist::file::parse(text) {
        Ok(file) => match Session::replay(env(), file.records) {
            Ok(session) => format!("replayed {}", session.entries().len()),
            Err(error) => shape(&error.to_string()),
        },
        Err(error) => shape(&error.to_string()),
    }
}

fn record(text: &str) -> String {
    let restored = persist::journal::restore(env(), text.lines());
    let read = match persist::record::parse(text) {
        Ok(record) => persist::record::parse(&persist::record::print(&record)).is_ok().to_string(),
        Err(error) => shape(&error.to_string()),
    };
    format!("{read} {}", restored.session.entries().len())
}

/// Checks that a refusal that was read is written so that it reads as that refusal.
fn refusal(text: &str) -> String {
    let read = persist::refusal::read(text.lines());
    let again: Vec<String> = read.iter().map(persist::refusal::print).collect();
    assert_eq!(persist::refusal::read(again.iter().map(String::as_str)), read);
    let answers = read.iter().map(|refused| format!("{} {}", refused.error.status, refused.name()));
    answers.collect::<Vec<_>>().join("\n")
}

fn template(text: &str) -> String {
    let template = match Template::parse(text) {
        Ok(template) => template,
        Err(error) => return shape(&error.message),
    };
    let limits = Limits { fuel: 50_000, output_bytes: 100_000, ..Limits::default() };
    let body = r#"{"a": [1, 2.5, {"b": "c"}], "d": null, "e": "it's"}"#;
    let input = TemplateInput { body: body.into(), ..TemplateInput::default() };
    match apigateway::render(&template, &input, &limits) {
        Ok(rendered) => format!("{} bytes", rendered.output.len().ilog2_or_zero()),
        Err(error) => format!("{} {}", error.kind, shape(&error.message)),
    }
}

fn jsonpath(text: &str) -> String {
    let document = json!({ "a": [1, { "b": { "c": [true, null, "x"] } }], "é": { "a.b": 2 }, "s": "text", "n": 1.5 });
    let (document, mut visits) = (stagecraft::vtl::Value::from_json(&document), MAX_VISITS);
    let found = |path: JsonPath| (path.is_definite(), path.find(&document, &mut visits).map(|found| found.is_some()));
    match JsonPath::parse(text).map(found) {
        Ok(found) => format!("{found:?}"),
        Err(error) => shape(&error.message),
    }
}

/// Returns a schema, a line end, and a value.
fn json_schema(text: &str) -> String {
    let (schema, value) = text.split_once("\n---\n").unwrap_or((text, "{}"));
    let (Ok(schema), Ok(value)) = (serde_json::from_str::<Value>(schema), serde_json::from_str::<Value>(value)) else {
        return "no JSON".into();
    };
    let resolve = |reference: &str| schema::local(&schema, reference).cloned();
    let faults = schema::faults(&schema, &value, &resolve);
    format!(
        "{} {} {:?}",
        schema::is_schema(&schema),
        schema::references(&schema).len(),
        faults.iter().map(|f| shape(f)).collect::<Vec<_>>()
    )
}

/// Returns `op`, `path` and `value` in three lines, for every operation that takes patches.
fn patch(text: &str) -> String {
    let (session, mut out) = (session(), String::new());
    let mut lines = text.splitn(3, '\n');
    let mut next = || lines.next().unwrap_or_default();
    let patches = json!([{ "op": next(), "path": next(), "value": next() }]);
    let api = session.present().rest_apis.values().next().expect("BUG: the sample's API");
    let resource = api.config.resources().values().find(|resource| !resource.methods.is_empty());
    for row in OPERATIONS.iter().filter(|row| row.name.starts_with("Update")) {
        let input = json!({
            "restApiId": api.id.as_str(), "stageName": "dev", "resourceId": resource.map(|r| r.id.as_str()), "httpMethod": "GET",
            "statusCode": "200", "modelName": "Empty", "deploymentId": api.deployments.keys().next().map(stagecraft::entities::DeploymentId::as_str),
            "responseType": "DEFAULT_4XX", "patchOperations": patches,
        });
        let Some(input) = input.as_object().cloned() else { continue };
        match Command::parse(row.service, row.name, input)
            .and_then(|command| session.present().execute(&command, &mut env()))
        {
            Ok(_) => out.push('+'),
            Err(error) => out.push_str(&format!("{} ", hash_of(&shape(&error.to_string())))),
        }
    }
    out
}

/// Returns a short stand-in for a long sentence.
fn hash_of(text: &str) -> char {
    let sum: u32 = text.bytes().map(u32::from).sum();
    char::from_u32(0x100 + sum % 5_000).unwrap_or('?')
}

/// Returns `VERB URI`, a line end, and a body.
fn wire_request(text: &str) -> String {
    let (first, body) = text.split_once('\n').unwrap_or((text, ""));
    let (verb, uri) = first.split_once(' ').unwrap_or(("GET", first));
    let session = session();
    let uri = uri.replace("{api}", &api(&session));
    let (_, answer) = wire::handle(session.present(), &mut env(), verb, &uri, body.as_bytes());
    assert!((200..600).contains(&answer.status));
    format!("{} {}", answer.status, shape(&answer.body).chars().take(60).collect::<String>())
}

/// Returns a URL, headers in a line each, an empty line, and a body.
fn request(text: &str) -> String {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.lines();
    let session = session();
    let base = session.present().place.invoke_url(&api(&session), "dev");
    let url = lines.next().unwrap_or_default().replace("{base}", &base);
    let headers = lines.filter_map(|line| line.split_once(':')).map(|(name, value)| (name.into(), value.trim().into()));
    let request = Request { headers: headers.collect(), body: body.into(), ..Request::get(url) };
    let answer =
        invoke_at_once(session.present(), &mut Runtime::new(), &request, &mut env(), &mut Local::of(session.present()));
    assert!(answer.trace.steps.iter().all(|step| !step.reason().is_empty()));
    format!("{} {}", answer.response.status, answer.trace.steps.len())
}
