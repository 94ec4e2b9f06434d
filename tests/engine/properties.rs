//! Checks what holds for every sequence of requests, however odd. The chance is seeded, so that a run can be repeated;
//! `PROPTEST_CASES` asks for more of it.

use super::{
    commands::{Act, HOSTILE, act, command, names_stage},
    model::{self, Deployment, Model},
};
use proptest::{
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use stagecraft::{
    control_plane::{Command, wire},
    data_plane::{Local, Request, Runtime, invoke_at_once},
    dialects::cli::{Host, HttpAnswer, HttpRequest, Shell, Unreachable, parse_command, print},
    entities::{ApiConfig, Timestamp, Workspace},
    env::Env,
    history::{Record, Session},
    sample,
    text::percent,
};
use std::collections::BTreeMap;

/// Runs a property with chance that is repeated every time.
fn check<S: Strategy>(cases: u32, strategy: S, property: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok());
    let config = Config { cases: asked.unwrap_or(cases), failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    if let Err(error) = runner.run(&strategy, property) {
        panic!("{error}");
    }
}

fn begin() -> Session {
    sample::session(Env::new(3, Timestamp(1_700_000_000_000))).expect("BUG: the sample")
}

/// A session with the naive forms that stand beside it.
struct Twin {
    session: Session,
    model: Model,
    undo: Vec<Model>,
    redo: Vec<Model>,
    moments: Vec<Model>,
    frozen: BTreeMap<String, (u32, model::Tree)>,
}

impl Twin {
    fn new() -> Self {
        let session = begin();
        let model = Model::of(session.present());
        let moments = (0..=session.entries().len()).map(|moment| Model::of(session.at(moment))).collect();
        Self { session, model, undo: Vec::new(), redo: Vec::new(), moments, frozen: BTreeMap::new() }
    }

    fn act(&mut self, act: &Act) -> Result<(), TestCaseError> {
        let now = self.session.env.now();
        self.session.env.set_now(Timestamp(now.0 + 1000));
        let before = self.session.entries().len();
        match act {
            Act::Request(kind, numbers) => self.request(&command(self.session.present(), *kind, *numbers))?,
            Act::Undo => {
                let target = self.undo.pop();
                prop_assert_eq!(self.session.undo(), target.is_some());
                if let Some(target) = target {
                    self.redo.push(std::mem::replace(&mut self.model, target));
                }
            }
            Act::Redo => {
                let target = self.redo.pop();
                prop_assert_eq!(self.session.redo(), target.is_some());
                if let Some(target) = target {
                    self.undo.push(std::mem::replace(&mut self.model, target));
                }
            }
            Act::Restore(moment) => {
                let moment = usize::from(*moment) % self.moments.len();
                if self.session.restore(moment) {
                    self.undo.push(std::mem::replace(&mut self.model, self.moments[moment].clone()));
                    self.redo.clear();
                } else {
                    prop_assert_eq!(&self.model, &self.moments[moment]);
                }
            }
        }
        prop_assert_eq!(&Model::of(self.session.present()), &self.model);
        if self.session.entries().len() > before {
            self.moments.push(self.model.clone());
        }
        prop_assert_eq!(self.session.undo_target().is_some(), !self.undo.is_empty());
        prop_assert_eq!(self.session.redo_target().is_some(), !self.redo.is_empty());
        Ok(())
    }

    fn request(&mut self, command: &Command) -> Result<(), TestCaseError> {
        let (before, length) = (self.session.present().clone(), self.session.entries().len());
        let answers = answers(&before);
        match self.session.execute(command.clone()) {
            Ok(_) => {
                let ids = self.session.entries().last().map(|op| op.record.ids.clone()).unwrap_or_default();
                let after = self.model.after(command, &ids);
                prop_assert!(after.is_ok(), "the model refuses {:?}", command);
                self.undo.push(std::mem::replace(&mut self.model, after.unwrap_or_default()));
                self.redo.clear();
            }
            Err(error) => {
                prop_assert!(self.model.after(command, &[]).is_err(), "{:?} was refused: {}", command, error);
                prop_assert_eq!(self.session.present(), &before);
                prop_assert_eq!(self.session.entries().len(), length);
                prop_assert!(!error.to_string().is_empty() && (400..600).contains(&error.http_status()));
            }
        }
        for ((api, stage, path), answer) in answers {
            if !names_stage(command, &api, &stage) {
                prop_assert_eq!(&call(self.session.present(), &api, &stage, &path), &answer, "{:?}", command);
            }
        }
        Ok(())
    }

    fn check(&mut self) -> Result<(), TestCaseError> {
        for api in self.session.present().rest_apis.values() {
            check_index(&api.config)?;
            for stage in api.stages.values() {
                prop_assert!(api.deployments.contains_key(&stage.deployment_id));
                let canary = stage.canary.as_ref().map(|canary| &canary.deployment_id);
                prop_assert!(canary.is_none_or(|id| api.deployments.contains_key(id)));
                let certificates = &self.session.present().account.client_certificates;
                prop_assert!(stage.client_certificate_id.as_ref().is_none_or(|id| certificates.contains_key(id)));
            }
            for deployment in api.deployments.values() {
                check_index(&deployment.config)?;
            }
        }
        for (id, Deployment { number, tree, .. }) in self.model.0.values().flat_map(|api| &api.deployments) {
            let frozen = self.frozen.entry(id.clone()).or_insert_with(|| (*number, tree.clone()));
            prop_assert_eq!(&*frozen, &(*number, tree.clone()), "the deployment {} has changed", id);
        }
        Ok(())
    }

    /// Checks that every moment is still what it was, and a replay gives the same session.
    fn finish(self) -> Result<(), TestCaseError> {
        for (moment, model) in self.moments.iter().enumerate() {
            prop_assert_eq!(&Model::of(self.session.at(moment)), model);
        }
        let records: Vec<Record> = self.session.entries().iter().map(|op| op.record.clone()).collect();
        let replayed = Session::replay(Env::new(99, Timestamp(0)), records.clone());
        let replayed = replayed.map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(replayed.present(), self.session.present());
        prop_assert_eq!(replayed.undo_target(), self.session.undo_target());
        prop_assert_eq!(replayed.redo_target(), self.session.redo_target());
        prop_assert!(replayed.entries().iter().map(|op| &op.record).eq(records.iter()));
        Ok(())
    }
}

/// Checks that the index of children, the counts and the paths of a configuration are what a naive walk finds.
fn check_index(config: &ApiConfig) -> Result<(), TestCaseError> {
    let tree = model::tree(config);
    prop_assert_eq!((config.method_count(), config.methods_without_integration()), model::counts(&tree));
    for resource in config.resources().values() {
        let mut naive: Vec<&str> = model::children(&tree, &resource.id).map(|(id, _)| id).collect();
        let mut found: Vec<&str> = config.children(&resource.id).map(|child| child.id.as_str()).collect();
        naive.sort_unstable();
        found.sort_unstable();
        prop_assert_eq!(&naive, &found);
        let variable = model::children(&tree, &resource.id).find(|(_, part)| part.starts_with('{')).map(|(id, _)| id);
        prop_assert_eq!(config.variable_child(&resource.id).map(|child| child.id.as_str()), variable);
        let path = model::path(&tree, &resource.id);
        prop_assert_eq!(&config.path_of(&resource.id), &path);
        prop_assert_eq!(config.resource_at(&path).map(|found| found.id.clone()), Some(resource.id.clone()));
        prop_assert!(resource.parent_id().is_none_or(|parent| config.resource(parent).is_some()));
    }
    prop_assert_eq!(config.tree().len(), tree.len());
    Ok(())
}

type Answer = (u16, String, Option<String>);

/// Returns what the stages of a workspace answer, each at up to three paths.
fn answers(workspace: &Workspace) -> Vec<((String, String, String), Answer)> {
    let mut out = Vec::new();
    for api in workspace.rest_apis.values() {
        for stage in api.stages.values() {
            let config = api.deployment_of(stage).map(|deployment| &deployment.config);
            let resources =
                config.into_iter().flat_map(|config| config.resources().keys().map(|id| config.path_of(id)));
            for path in resources.take(3) {
                let path = path.replace(['{', '}', '+'], "");
                let answer = call(workspace, &api.id, &stage.name, &path);
                out.push(((api.id.to_string(), stage.name.to_string(), path), answer));
            }
        }
    }
    out
}

fn call(workspace: &Workspace, api: &str, stage: &str, path: &str) -> Answer {
    let url = format!("{}{path}", workspace.place.invoke_url(api, stage));
    let mut env = Env::new(1, Timestamp(0));
    let invocation =
        invoke_at_once(workspace, &mut Runtime::new(), &Request::get(url), &mut env, &mut Local::of(workspace));
    let deployment = invocation.deployment_id.map(|id| id.to_string());
    (invocation.response.status, invocation.response.body, deployment)
}

#[test]
fn a_session_does_what_the_naive_model_does_and_keeps_every_invariant() {
    check(128, prop::collection::vec(act(), 1..80), |acts| {
        let mut twin = Twin::new();
        for act in &acts {
            twin.act(act)?;
            twin.check()?;
        }
        twin.finish()
    });
}

#[test]
fn a_request_reads_back_from_every_form_that_it_is_written_in() {
    let numbers = prop::collection::vec(act(), 1..40);
    check(96, numbers, |acts| {
        let mut session = begin();
        for act in &acts {
            let Act::Request(kind, numbers) = act else { continue };
            let command = command(session.present(), *kind, *numbers);
            check_forms(&command)?;
            let _ = session.execute(command);
        }
        Ok(())
    });
}

fn check_forms(command: &Command) -> Result<(), TestCaseError> {
    let again = Command::parse(command.row().service, command.name(), command.input());
    prop_assert_eq!(again.as_ref(), Ok(command));
    let line = print(command);
    let again = parse_command(&line);
    prop_assert_eq!(again.as_ref(), Ok(command), "{}", line);
    let (verb, path, body) = wire::print(command);
    let (path, query) = path.split_once('?').unwrap_or((&path, ""));
    let query: Vec<(String, String)> = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), percent::decode(value)))
        .collect();
    let again = wire::parse(verb, path, &query, &body.unwrap_or_default());
    prop_assert_eq!(again.as_ref(), Ok(command), "{} {}", verb, path);
    Ok(())
}

/// A host that has nothing.
struct Nothing;

impl Host for Nothing {
    fn control(
        &mut self,
        _: Command,
    ) -> Result<stagecraft::control_plane::Outcome, stagecraft::control_plane::ApiError> {
        Err(stagecraft::control_plane::ApiError::UnknownOperation)
    }

    fn fetch(&mut self, request: &HttpRequest) -> Result<HttpAnswer, Unreachable> {
        Err(Unreachable::host(&request.url))
    }

    fn region(&self) -> String {
        "us-east-1".into()
    }
}

/// Texts that look like lines: words that mean something, with signs and hostile texts between them.
fn line() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("aws".to_owned()),
        Just("apigateway".to_owned()),
        Just("curl".to_owned()),
        prop::sample::select(vec![
            "update-stage",
            "put-method",
            "create-rest-api",
            "--rest-api-id",
            "--patch-operations",
            "--tags",
            "--query",
            "--request-parameters",
            "--endpoint-configuration",
            "--no-api-key-required",
            "--limit",
            "-X",
            "-H",
            "-sd",
            "op=replace,path=/x,value={a=[b,c],d}",
            "items[?a=='b'].c | [0]",
            "[{\"op\":1}]",
            "A=",
            "$A",
            "${A",
            "$(",
            ")",
            "'",
            "\"",
            "\\",
            "\n",
            ";",
            "#",
            "|",
            "file://x",
            "types=[",
            "a=b,c",
            "{\"a\":",
            "https://x/{y}",
        ])
        .prop_map(str::to_owned),
        prop::sample::select(HOSTILE.to_vec()).prop_map(str::to_owned),
        any::<String>(),
    ];
    (prop::collection::vec(word, 0..12), prop::sample::select(vec![" ", "", "=", "\n"]))
        .prop_map(|(words, between)| words.join(between))
}

#[test]
fn no_text_upsets_the_shell_and_every_error_has_a_place_in_it() {
    check(2048, line(), |text| {
        for ran in Shell::new().run(&mut Nothing, &text) {
            prop_assert!(text.get(ran.at.clone()).is_some(), "{:?} in {:?}", ran.at, text);
            if let Some(stagecraft::dialects::cli::Failure::Line(error)) = &ran.failure {
                prop_assert!(text.get(error.at.clone()).is_some(), "{:?} in {:?}", error, text);
            }
        }
        Ok(())
    });
}

#[test]
fn no_text_upsets_the_wire() {
    let verb = prop::sample::select(vec!["GET", "PUT", "POST", "PATCH", "DELETE", "get", ""]);
    let segment = prop_oneof![
        prop::sample::select(vec![
            "restapis",
            "resources",
            "methods",
            "stages",
            "deployments",
            "",
            "%",
            "%2",
            "%zz",
            "%ff"
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    let body = prop_oneof![
        any::<String>(),
        Just("[[[[".repeat(500)),
        Just("{\"patchOperations\":[{\"op\":{}}]}".to_owned()),
        Just("{\"name\":null,\"tags\":[]}".to_owned()),
        Just("1e999".to_owned()),
    ];
    let strategy = (verb, prop::collection::vec(segment, 0..9), any::<(String, String)>(), body);
    check(1024, strategy, |(verb, segments, pair, body)| {
        let session = begin();
        let path = format!("/{}", segments.join("/"));
        if let Ok(command) = wire::parse(verb, &path, &[pair], &body) {
            let _ = session.present().execute(&command, &mut Env::new(1, Timestamp(0)));
        }
        Ok(())
    });
}
