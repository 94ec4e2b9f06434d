//! The steps of a deployment and of a changed stage, which depend on what the stage has.

use super::{
    given::{Given, Patch, change, short, switched},
    table::{CANARY, DEPLOY, DEPLOYED},
};
use crate::entities::ALL_METHODS;

/// Returns the steps of a deployment. A stage that is there and gets a canary with it has the canary first.
pub(super) fn deploy(given: &Given<'_>) -> Vec<String> {
    let canary = given.stage().map(|_| CANARY).unwrap_or_default();
    let new_canary = if canary.is_empty() { CANARY } else { "" };
    given.fill(&[canary, DEPLOY, DEPLOYED, new_canary].join("\n"))
}

/// Returns where a deployment goes, in the dialog's words.
pub(super) fn target(given: &Given<'_>) -> String {
    let name = short(given.text("stageName"));
    match given.stage() {
        _ if name.is_empty() => "Stage: *No stage*.".into(),
        Some(stage) if stage.canary.is_some() || given.has("canarySettings") => {
            format!("Stage: {name}; the deployment goes to its canary.")
        }
        Some(_) => format!("Stage: {name}."),
        None => format!("Stage: *New stage*. Stage name: {name}."),
    }
}

/// Returns the button on the tab Canary of a stage.
pub(super) fn canary_button(given: &Given<'_>) -> &'static str {
    if given.stage().is_some_and(|stage| stage.canary.is_some()) { "Edit" } else { "Create canary" }
}

/// Returns the patches of a stage: those of one card of the console become one step.
pub(super) fn update(given: &Given<'_>) -> Vec<String> {
    let stage = short(given.text("stageName"));
    let patches = given.patches();
    if promotes(&patches) {
        return vec![format!("In Stages, select {stage}. On the tab Canary choose Promote canary, and confirm.")];
    }
    let mut out: Vec<(String, String, &str)> = Vec::new();
    for patch in &patches {
        let (place, what, save) = place(given, patch);
        match out.last_mut() {
            Some((last, told, _)) if *last == place && !save.is_empty() => told.push_str(&what),
            _ => out.push((place, what, save)),
        }
    }
    out.into_iter().map(|(place, what, save)| format!("In Stages, select {stage}. {place}{what}{save}")).collect()
}

/// Tells whether the stage takes over what its canary has.
fn promotes(patches: &[Patch<'_>]) -> bool {
    patches.iter().any(|patch| {
        patch.op == "copy" && patch.from == "/canarySettings/deploymentId" && patch.path == "/deploymentId"
    })
}

const SAVE: &str = " Choose Save changes.";

const LABELS: &[(&str, &str)] = &[
    ("description", "Stage description"),
    ("cacheClusterEnabled", "Provision API cache"),
    ("cacheClusterSize", "Cache capacity"),
    ("clientCertificateId", "Client certificate"),
    ("webAclArn", "Web application firewall"),
    ("tracingEnabled", "X-Ray tracing"),
    ("documentationVersion", "Version"),
];

/// Returns where the console changes what a patch changes, what is typed there, and how it is saved.
fn place(given: &Given<'_>, patch: &Patch<'_>) -> (String, String, &'static str) {
    let parts = patch.parts();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let told = || change(patch, LABELS);
    match &parts[..] {
        ["deploymentId"] => {
            let id = if patch.value.is_empty() { patch.from } else { patch.value };
            let what = format!(" select {}, choose Change active deployment, and confirm.", given.deployment(id));
            ("On the tab Deployment history".into(), what, "")
        }
        ["variables", name] if patch.op == "remove" => (
            "On the tab Stage variables choose Manage variables.".into(),
            format!(" Remove {}.", short(name)),
            " Choose Save.",
        ),
        ["variables", name] => {
            let what = format!(" Name: {}, value: {}.", short(name), short(patch.value));
            ("On the tab Stage variables choose Manage variables.".into(), what, " Choose Save.")
        }
        ["variables"] => ("On the tab Stage variables choose Manage variables.".into(), told(), " Choose Save."),
        ["canarySettings"] if patch.op == "remove" => {
            ("On the tab Canary choose Delete, and confirm.".into(), String::new(), "")
        }
        ["canarySettings", what @ ..] => {
            let button = canary_button(given);
            (format!("On the tab Canary choose {button}."), canary(given, what, patch), " Choose Save.")
        }
        ["accessLogSettings", member] => {
            let label = match *member {
                "destinationArn" => "Access log destination ARN",
                "format" => "Log format",
                other => other,
            };
            let what = match patch.op {
                "remove" => format!(" Remove {label}."),
                _ => format!(" Custom access logging, {label}: {}.", short(patch.value)),
            };
            ("Under Logs and tracing choose Edit.".into(), what, SAVE)
        }
        ["accessLogSettings" | "tracingEnabled"] => ("Under Logs and tracing choose Edit.".into(), told(), SAVE),
        ["documentationVersion"] => ("On the tab Documentation history choose".into(), told(), ""),
        [resource, verb, setting @ ..] => method(resource, verb, setting, patch),
        _ => ("Under Stage details choose Edit.".into(), told(), SAVE),
    }
}

fn canary(given: &Given<'_>, what: &[&str], patch: &Patch<'_>) -> String {
    let value = short(patch.value);
    match (what, patch.op) {
        (["percentTraffic"], _) => format!(" Requests directed to canary: {value} %."),
        (["deploymentId"], _) => format!(" Canary deployment: {}.", given.deployment(patch.value)),
        (["useStageCache"], _) => format!(" Stage cache: {}.", switched(patch.value)),
        (["stageVariableOverrides", name], "remove") => format!(" Canary stage variables: remove {}.", short(name)),
        (["stageVariableOverrides", name], _) => format!(" Canary stage variables: {} = {value}.", short(name)),
        _ => change(patch, &[("canarySettings", "Canary settings")]),
    }
}

/// Returns the settings of all methods, or of one.
fn method(resource: &str, verb: &str, setting: &[&str], patch: &Patch<'_>) -> (String, String, &'static str) {
    let setting = setting.join("/");
    let what = match patch.op {
        "remove" if setting.is_empty() => " Turn Override settings for this method off.".to_owned(),
        "remove" => format!(" {}: as it was at first.", label(&setting)),
        _ => format!(" {}: {}.", label(&setting), switched(patch.value)),
    };
    if format!("{resource}/{verb}") != ALL_METHODS {
        let place = format!(
            "In its tree select {} below {}, and under Method overrides choose Edit.",
            short(verb),
            short(resource)
        );
        return (place, what, " Choose Save.");
    }
    let logs = setting.starts_with("logging") || setting.starts_with("metrics");
    let card = if logs {
        "Under Logs and tracing choose Edit."
    } else {
        "Under Stage details choose Edit, and Additional settings."
    };
    (card.into(), what, SAVE)
}

/// Returns the console's label of a method's setting.
fn label(setting: &str) -> &str {
    match setting {
        "logging/loglevel" => "CloudWatch logs",
        "logging/dataTrace" => "Data tracing",
        "metrics/enabled" => "Detailed metrics",
        "throttling/rateLimit" => "Rate",
        "throttling/burstLimit" => "Burst",
        "caching/enabled" => "Default method-level caching",
        "caching/ttlInSeconds" => "Cache time-to-live (TTL)",
        "caching/dataEncrypted" => "Encrypt cache data",
        "caching/requireAuthorizationForCacheControl" => "Per-key cache invalidation, require authorization",
        "caching/unauthorizedCacheControlHeaderStrategy" => "Unauthorized request handling",
        other => other,
    }
}
