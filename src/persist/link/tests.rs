//! Links: exact, short, bounded, and open for ever.

mod editions;

use super::{LinkError, MAX_COMMANDS, MAX_INFLATED, MAX_LENGTH, open, packing, print, prune::prune};
use crate::{
    control_plane::{Command, OPERATIONS, Service},
    entities::{RestApi, Stage, Timestamp, Workspace},
    env::Env,
    history::{Act, Session},
    persist::tests::sessions,
    sample,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use expect_test::{expect, expect_file};
use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, proptest};
use serde_json::{Value, json};
use std::fmt::Write as _;

fn env() -> Env {
    Env::new(11, Timestamp(1_800_000_000_000))
}

/// A session on the sample that goes on a few seconds at a time.
struct Story {
    session: Session,
    api: String,
}

impl Story {
    fn new() -> Self {
        let session = sample::session(Env::new(7, Timestamp(1_700_000_000_000))).expect("the sample");
        let api = session.present().rest_apis.keys().next().map(ToString::to_string).unwrap_or_default();
        Self { session, api }
    }

    fn resource(&self, path: &str) -> String {
        let api = self.session.present().api(&self.api).expect("the API");
        api.config.resource_at(path).map(|resource| resource.id.to_string()).unwrap_or_default()
    }

    /// Sends a request; answers the id of what it made.
    fn run(&mut self, operation: &str, mut input: Value) -> String {
        self.session.env.set_now(Timestamp(self.session.env.now().0 + 31_417));
        input["restApiId"] = self.api.clone().into();
        let input = input.as_object().cloned().unwrap_or_default();
        let command = Command::parse(Service::API_GATEWAY, operation, input).expect("a request");
        let outcome = self.session.execute(command).expect("it is carried out");
        outcome.text("id").unwrap_or_default().to_owned()
    }

    fn answer(&mut self, path: &str, template: &str) {
        let resource = self.resource(path);
        let patch = json!([{ "op": "replace", "path": "/responseTemplates/application~1json", "value": template }]);
        let input =
            json!({ "resourceId": resource, "httpMethod": "GET", "statusCode": "200", "patchOperations": patch });
        self.run("UpdateIntegrationResponse", input);
    }

    fn deploy(&mut self, stage: &str) -> String {
        self.run("CreateDeployment", json!({ "stageName": stage }))
    }

    fn patch_stage(&mut self, stage: &str, path: &str, value: &str) {
        let patch = json!([{ "op": "replace", "path": path, "value": value }]);
        self.run("UpdateStage", json!({ "stageName": stage, "patchOperations": patch }));
    }

    fn add(&mut self, part: &str, template: &str) {
        let root = self.resource("/");
        let id = self.run("CreateResource", json!({ "parentId": root, "pathPart": part }));
        let with = |more: Value| {
            let mut input = json!({ "resourceId": id, "httpMethod": "GET" });
            for (name, value) in more.as_object().into_iter().flatten() {
                input[name] = value.clone();
            }
            input
        };
        self.run("PutMethod", with(json!({ "authorizationType": "NONE" })));
        self.run("PutMethodResponse", with(json!({ "statusCode": "200" })));
        let templates = json!({ "application/json": "{\"statusCode\": 200}" });
        self.run("PutIntegration", with(json!({ "type": "MOCK", "requestTemplates": templates })));
        let templates = json!({ "application/json": template });
        self.run("PutIntegrationResponse", with(json!({ "statusCode": "200", "responseTemplates": templates })));
    }

    /// Returns how many commands a link of it holds, having checked that they lead to the same workspace.
    fn commands(&self) -> usize {
        let link = print("Story", &self.session).expect("a link");
        let shared = open(&link, env()).expect("it opens");
        assert_eq!(shared.session.present(), self.session.present());
        shared.session.entries().len()
    }
}

/// Returns the workshop: two deployments, two stages, a stage variable, a rollback.
fn workshop() -> Session {
    let mut story = Story::new();
    let first = story.deploy("dev");
    story.answer("/users", "[{ \"id\": \"u1\", \"backend\": \"$stageVariables.backend\" }]");
    story.add("orders", "[{ \"order\": 17, \"by\": \"u2\" }]");
    let second = story.run("CreateDeployment", json!({ "stageName": "dev", "description": "add orders" }));
    story.run("CreateStage", json!({ "stageName": "prod", "deploymentId": second }));
    story.patch_stage("prod", "/variables/backend", "api.example.com");
    story.patch_stage("dev", "/deploymentId", &first);
    story.session
}

#[test]
fn a_link_fits_into_a_chat_message() {
    let sample = print("My workspace", &Story::new().session).map(|link| link.len());
    let workshop = print("My workspace", &workshop()).map(|link| link.len());
    expect!["Ok(99) Ok(296)"].assert_eq(&format!("{sample:?} {workshop:?}"));
}

#[test]
fn what_was_undone_overwritten_or_deleted_is_left_out() {
    let mut story = Story::new();
    let plain = story.commands();

    story.answer("/users", "[1]");
    story.answer("/users", "[2]");
    story.answer("/users", "[3]");
    assert_eq!(story.commands(), plain + 1, "overwritten");

    story.session.undo();
    story.session.undo();
    story.session.undo();
    assert_eq!(story.commands(), plain, "undone");

    story.add("orders", "[]");
    let orders = story.resource("/orders");
    story.run("CreateResource", json!({ "parentId": orders, "pathPart": "{id}" }));
    assert_eq!(story.commands(), plain + 6);
    story.run("DeleteResource", json!({ "resourceId": orders }));
    assert_eq!(story.commands(), plain, "deleted with what is below");

    story.deploy("dev");
    story.patch_stage("dev", "/variables/a", "1");
    story.patch_stage("dev", "/description", "other");
    story.patch_stage("dev", "/variables/a", "2");
    assert_eq!(story.commands(), plain + 3, "only what is overwritten");

    story.run("DeleteStage", json!({ "stageName": "dev" }));
    assert_eq!(story.commands(), plain + 2, "the deployment stays, and its stage went");

    story.run("DeleteRestApi", json!({}));
    assert_eq!(story.commands(), 0);
}

#[test]
fn what_a_deployment_froze_is_kept_though_it_was_overwritten_since() {
    let mut story = Story::new();
    let plain = story.commands();
    story.answer("/users", "[1]");
    let first = story.deploy("dev");
    story.answer("/users", "[2]");
    story.deploy("dev");
    assert_eq!(story.commands(), plain + 4);
    story.run("DeleteDeployment", json!({ "deploymentId": first }));
    // Its number is used up for good, so that the other one stays D2.
    assert!(story.commands() > plain + 2);
}

#[test]
fn a_link_that_was_cut_anywhere_says_so() {
    let link = print("My workspace", &workshop()).expect("a link");
    for length in 1..link.len() {
        let cut = link.get(..length).unwrap_or_default();
        assert_eq!(open(cut, env()).err(), Some(LinkError::CutOff), "after {length} characters");
    }
    assert_eq!(open(&format!(" {link}\n"), env()).map(|shared| shared.name), Ok("My workspace".into()));
}

#[test]
fn a_link_that_was_changed_anywhere_does_not_open() {
    let link = print("My workspace", &workshop()).expect("a link");
    for at in 1..link.len() {
        for other in ["A", "z", "_"] {
            let mut changed = link.clone();
            changed.replace_range(at..=at, other);
            assert!(changed == link || open(&changed, env()).is_err(), "character {at} as {other}");
        }
    }
}

/// Returns a link of the first edition with this text in it, its ids and a right checksum.
fn forged(text: &str, ids: &[&str]) -> String {
    let mut bytes = packing::deflate(text);
    ids.iter().for_each(|id| packing::pack_id(id, &mut bytes));
    let checksum = packing::checksum(&bytes);
    bytes.extend(checksum);
    format!("1{}", URL_SAFE_NO_PAD.encode(bytes))
}

#[test]
fn a_broken_link_says_what_is_wrong() {
    let api = "CreateRestApi10.10{\"name\":\"a\"}\n";
    let ids = ["aaaaaaaaaa", "bbbbbbbbbb"];
    let rows = [
        String::new(),
        "3abc".into(),
        "0abc".into(),
        "1a b".into(),
        "1a…".into(),
        "1ab...".into(),
        "1ab=".into(),
        "1<script>".into(),
        format!("1{}", "A".repeat(MAX_LENGTH)),
        forged("", &[]),
        forged("{}\n", &[]),
        forged("\"\" 0\nGetRestApis{}\n", &[]),
        forged("\"\" 0\nRm-rf{}\n", &[]),
        forged("\"\" 0\napigatewayv2:DeleteApi10.10+1{}\n", &ids),
        forged("\"\" 0\n::{}\n", &[]),
        forged("\"\" 0\nDeleteRestApi{\"restApiId\":\"@0\"}\n", &[]),
        forged("\"\" 0\nDeleteRestApi{\"restApiId\":7}\n", &[]),
        forged(&format!("\"\" 0\n{api}DeleteStage{{\"restApiId\":\"@0\",\"stageName\":\"@@\"}}\n"), &ids),
        forged(&format!("\"\" 0\n{api}{api}"), &[ids[0], ids[1], ids[0], "cccccccccc"]),
        forged(&format!("\"\" 0\n{api}"), &ids[..1]),
        forged(&format!("\"\" 0\n{api}"), &[ids[0], ids[1], "c"]),
        forged(&format!("\"\" zzzzzzzzzzz\n{api}"), &ids),
        forged(&format!("\"\" 0\n{}", "Place{}\n".repeat(MAX_COMMANDS + 1)), &[]),
        forged(&format!("\"\" 0\nPlace{{\"region\":\"{}\"}}\n", "a".repeat(MAX_INFLATED)), &[]),
        forged(&format!("\"\" 0\nPlace{}\n", "{\"a\":".repeat(1_000)), &[]),
        forged("\"\" 0\nPlace{\"region\":\"mars\"}\n", &[]),
    ];
    let errors: Vec<String> = rows.iter().map(|row| open(row, env()).expect_err(row).to_string()).collect();
    expect![[r#"
        The link is empty. Copy it again, to its end.
        The link is of version '3', which this page does not know. Reload the page to get the newest version, then open the link again.
        The link is of version '0', which this page does not know. Reload the page to get the newest version, then open the link again.
        The link holds ' ' at character 3, which no link has. Something changed it on its way; copy it again.
        The link is cut off: its end is missing. Chats and mails sometimes shorten long links; ask for it again, or for the workspace as a file.
        The link is cut off: its end is missing. Chats and mails sometimes shorten long links; ask for it again, or for the workspace as a file.
        The link holds '=' at character 4, which no link has. Something changed it on its way; copy it again.
        The link holds '<' at character 2, which no link has. Something changed it on its way; copy it again.
        The link is longer than 65536 characters, the most that can be opened. Ask for the workspace as a file.
        The link is damaged: something changed it on its way. Copy it again, or ask for it again.
        The link is damaged: something changed it on its way. Copy it again, or ask for it again.
        Command 1 of the link cannot be read: GetRestApis only reads and cannot be a part of a history.
        Command 1 of the link cannot be read: the operation "Rm" is not known to this version of Stagecraft.
        Command 1 of the link cannot be read: the service "apigatewayv2" is not known to this version of Stagecraft.
        The link is damaged: something changed it on its way. Copy it again, or ask for it again.
        Command 1 of the link cannot be read: its member "@" is missing or not valid.
        Command 1 of the link cannot be read: DeleteRestApi: class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String.
        The link cannot be opened: operation 2 (DeleteStage) was refused: Invalid Stage identifier specified.
        The link cannot be opened: operation 2: the recorded id "aaaaaaaaaa" cannot be used.
        The link is cut off: its end is missing. Chats and mails sometimes shorten long links; ask for it again, or for the workspace as a file.
        The link is damaged: something changed it on its way. Copy it again, or ask for it again.
        The link is damaged: something changed it on its way. Copy it again, or ask for it again.
        The link holds more than can be opened. Ask for the workspace as a file.
        The link holds more than can be opened. Ask for the workspace as a file.
        Command 1 of the link cannot be read: it is nested too deep.
        Command 1 of the link cannot be read: its member "Place" is missing or not valid."#]].assert_eq(&errors.join("\n"));
}

#[test]
fn a_workspace_that_is_too_large_for_a_link_is_refused() {
    let mut story = Story::new();
    let mut random = fastrand::Rng::with_seed(1);
    let noise: String = (0..90_000).map(|_| random.alphanumeric()).collect();
    story.answer("/users", &noise);
    assert_eq!(print("a", &story.session), Err(LinkError::WorkspaceTooLarge));
}

#[test]
fn a_link_keeps_texts_that_look_like_its_own_marks() {
    let mut story = Story::new();
    story.answer("/users", "@0");
    story.add("users2", "@@1 @");
    let api = story.api.clone();
    story.answer("/users/{userId}", &api);
    story.commands();
}

#[test]
fn old_links_open_for_ever() {
    let golden = include_str!("../../../tests/golden/links.txt");
    let mut out = String::new();
    for line in golden.lines().filter(|line| line.starts_with('#') || line.starts_with("link ")) {
        match line.strip_prefix("link ") {
            None => out.push_str(line),
            Some(link) => {
                let shared = open(link, env()).expect("a golden link opens");
                let _ = write!(out, "{line}\nname {}\n{}", shared.name, describe(shared.session.present()));
            }
        }
        out.push('\n');
    }
    expect_file!["../../../tests/golden/links.txt"].assert_eq(&out);
}

#[test]
fn golden_links_hold_every_operation_that_changes_something() {
    let golden = include_str!("../../../tests/golden/links.txt");
    let links = golden.lines().filter_map(|line| line.strip_prefix("link "));
    let sessions: Vec<Session> = links.map(|link| open(link, env()).expect("it opens").session).collect();
    let used = |name: &str| {
        let mut acts = sessions.iter().flat_map(Session::entries).map(|entry| &entry.record.act);
        acts.any(|act| matches!(act, Act::Command(command) if command.name() == name))
    };
    let missing = OPERATIONS.iter().filter(|row| !row.is_read() && !used(row.name)).map(|row| row.name);
    assert_eq!(missing.collect::<Vec<_>>(), [""; 0], "add a link that holds them");
}

/// Returns all that a link can bring, as text.
fn describe(workspace: &Workspace) -> String {
    let mut out = format!("place {} {}\n", workspace.place.region, workspace.place.account_id);
    for api in workspace.rest_apis.values() {
        let settings = &api.config.settings;
        let endpoint = settings.endpoint.endpoint_type.as_str();
        let _ = writeln!(out, "api {} {:?} {endpoint} created {}", api.id, settings.name, api.created.0);
        let _ = writeln!(out, "  description {:?}", settings.description.as_deref().unwrap_or_default());
        describe_methods(&mut out, api);
        describe_parts(&mut out, api);
        for deployment in api.deployments_newest_first().into_iter().rev() {
            let description = deployment.description.as_deref().unwrap_or_default();
            let (name, methods) = (deployment.short_name(), deployment.config.method_count());
            let created = deployment.created.0;
            let _ = writeln!(out, "  {name} {} {description:?} methods {methods} created {created}", deployment.id);
        }
        for stage in api.stages.values() {
            let _ = write!(out, "  stage {} -> {} updated {}", stage.name, stage.deployment_id, stage.last_updated.0);
            for (name, value) in &stage.variables {
                let _ = write!(out, " {}={}", name.as_str(), value.as_str());
            }
            out.push('\n');
            describe_settings(&mut out, stage);
        }
    }
    describe_account(&mut out, workspace);
    out
}

fn describe_account(out: &mut String, workspace: &Workspace) {
    if let Some(role) = &workspace.account.cloudwatch_role_arn {
        let _ = writeln!(out, "role {role}");
    }
    for key in workspace.account.api_keys.values().filter(|key| !key.tags.is_empty()) {
        let _ = writeln!(out, "tags of {} {:?}", key.id, key.tags);
    }
    for domain in workspace.account.domain_names.values() {
        let types: Vec<&str> = domain.types.iter().map(|kind| kind.as_str()).collect();
        let labels = [&domain.distribution, &domain.regional].map(|label| label.as_deref().unwrap_or("-"));
        let _ = writeln!(
            out,
            "domain {} {} {} {}",
            domain.key(),
            types.join("+"),
            labels.join(" "),
            domain.security_policy
        );
        for mapping in domain.mappings.values() {
            let stage = mapping.stage.as_deref().unwrap_or("-");
            let _ = writeln!(out, "  {} -> {} {stage}", mapping.base_path, mapping.rest_api_id);
        }
    }
    for key in workspace.account.api_keys.values() {
        let (name, enabled) = (key.name.as_deref().unwrap_or("-"), key.enabled);
        let _ = writeln!(out, "key {} {} {name} enabled {enabled} {}", key.id, key.value, key.stage_keys.join(" "));
    }
    for plan in workspace.account.usage_plans.values() {
        let _ = writeln!(out, "plan {} {} {:?} {:?}", plan.id, plan.name, plan.throttle, plan.quota);
        for stage in &plan.stages {
            let _ = writeln!(out, "  stage {}:{} {:?}", stage.api_id, stage.stage, stage.throttle);
        }
        for (id, key) in &plan.keys {
            let _ = writeln!(out, "  key {id} since {} granted {:?}", key.since.0, key.granted);
        }
    }
    for certificate in workspace.account.client_certificates.values() {
        let description = certificate.description.as_deref().unwrap_or_default();
        let _ =
            writeln!(out, "client certificate {} {description:?} created {}", certificate.id, certificate.created.0);
    }
    for link in workspace.account.vpc_links.values() {
        let _ = writeln!(out, "vpc link {} {} -> {}", link.id, link.name, link.target_arns.join(" "));
    }
}

fn describe_settings(out: &mut String, stage: &Stage) {
    if let Some(canary) = &stage.canary {
        let _ = write!(out, "    canary {} {} %", canary.deployment_id, canary.percent_traffic);
        for (name, value) in &canary.stage_variable_overrides {
            let _ = write!(out, " {}={}", name.as_str(), value.as_str());
        }
        out.push('\n');
    }
    if let Some(size) = stage.cache_cluster_size {
        let _ = writeln!(out, "    cache {} flushed {}", size.as_str(), stage.cache_flushes);
    }
    for (key, settings) in &stage.method_settings {
        let (rate, burst) = (settings.throttling_rate_limit, settings.throttling_burst_limit);
        let _ = writeln!(out, "    {key} rate {rate} burst {burst}");
    }
    if let Some(certificate) = &stage.client_certificate_id {
        let _ = writeln!(out, "    shows {certificate}");
    }
}

/// Describes what the API has beside its resources, where it is not what every API begins with.
fn describe_parts(out: &mut String, api: &RestApi) {
    let parts = &api.config.parts;
    for model in parts.models.iter().flat_map(|models| models.values()) {
        let _ = writeln!(out, "  model {} {} {:?}", model.id, model.name, model.schema);
    }
    for validator in parts.request_validators.values() {
        let name = validator.name.as_deref().unwrap_or_default();
        let _ = writeln!(out, "  validator {} {name} body {}", validator.id, validator.validate_request_body);
    }
    for authorizer in parts.authorizers.values() {
        let source = authorizer.identity_source.as_deref().unwrap_or_default();
        let kind = authorizer.kind.as_str();
        let _ = writeln!(out, "  authorizer {} {kind} {} {source}", authorizer.id, authorizer.name);
    }
    for (kind, response) in &parts.gateway_responses {
        let status = response.status_code.map_or(0, |status| status.get());
        let _ = writeln!(out, "  gateway response {kind} {status} {:?}", response.response_templates);
    }
    for part in api.documentation.parts.values() {
        let _ = writeln!(out, "  documentation {} {:?} {}", part.id, part.location.whole(), part.properties);
    }
    for version in api.documentation.versions.values() {
        let description = version.description.as_deref().unwrap_or_default();
        let _ =
            writeln!(out, "  documentation version {} {description:?} {} parts", version.version, version.parts.len());
    }
}

fn describe_methods(out: &mut String, api: &RestApi) {
    for (_, resource) in api.config.tree() {
        let _ = writeln!(out, "  {} {}", resource.id, api.config.path_of(&resource.id));
        for (verb, method) in &resource.methods {
            let Some(integration) = &method.integration else { continue };
            let _ = writeln!(out, "    {verb} {}", integration.kind.as_str());
            for (status, response) in &integration.responses {
                let template = response.response_templates.get("application/json").cloned().flatten();
                let _ = writeln!(out, "      {status} {:?}", template.unwrap_or_default());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn a_link_gives_exactly_the_present_workspace(
        actions in proptest::collection::vec(any::<(u8, u8, u8)>(), 0..60),
        name in ".{0,30}",
    ) {
        let session = sessions::random(&actions);
        let link = print(&name, &session).expect("a link");
        let shared = open(&link, env()).expect("it was made here");
        prop_assert_eq!(shared.session.present(), session.present());
        prop_assert!(shared.session.entries().len() <= session.entries().len());
        prop_assert!(shared.session.undo_target().is_none());
        let again = print(&name, &shared.session);
        let same = again.map(|again| open(&again, env()).map(|shared| shared.session.present() == session.present()));
        prop_assert_eq!(same, Ok(Ok(true)));
        prop_assert!(prune(&session).len() >= prune(&shared.session).len());
    }

    #[test]
    fn no_text_makes_opening_a_link_panic(text in ".{0,300}") {
        drop(open(&text, env()));
        drop(open(&format!("1{text}"), env()));
        drop(open(&format!("2{text}"), env()));
    }

    #[test]
    fn no_content_makes_opening_a_link_panic(
        text in "\"\" [0-9a-z]{1,12}\n([A-Za-z]{1,8}|CreateRestApi|CreateResource|Place)[0-9.+-]{0,6}(\\{(\"(name|restApiId|pathPart)\":\"@?[0-9a-z]{0,3}\",?)*\\}\n){0,3}",
        bytes in proptest::collection::vec(any::<u8>(), 0..60),
    ) {
        let mut link = packing::deflate(&text);
        link.extend(&bytes);
        let checksum = packing::checksum(&link);
        link.extend(checksum);
        drop(open(&format!("1{}", URL_SAFE_NO_PAD.encode(&link)), env()));
        drop(open(&format!("1{}", URL_SAFE_NO_PAD.encode(&bytes)), env()));
    }

    #[test]
    fn a_changed_link_never_panics(at in any::<proptest::sample::Index>(), by in "[A-Za-z0-9_-]{0,3}".prop_map(String::from)) {
        let mut link = print("a", &workshop()).expect("a link");
        let from = at.index(link.len());
        let to = (from + by.len().max(1)).min(link.len());
        link.replace_range(from..to, &by);
        drop(open(&link, env()));
    }
}
