//! The steps for deployments and stages.

use super::given::{Given, Patch, change, short, switched};
use crate::entities::ALL_METHODS;

pub(super) fn steps(operation: &str, given: &Given<'_>) -> Option<Vec<String>> {
    let one = |text: String| Some(vec![text]);
    let stage = short(given.text("stageName"));
    match operation {
        "CreateDeployment" => Some(deploy(given)),
        "UpdateDeployment" | "DeleteDeployment" => {
            one("The console cannot change or delete a deployment by itself: use the CLI or an SDK.".into())
        }
        "CreateStage" => {
            let form = given.fields(&[
                ("Description", "description"),
                ("Provision API cache", "cacheClusterEnabled"),
                ("Cache capacity", "cacheClusterSize"),
            ]);
            let mut out = vec![format!(
                "In Stages, choose Create stage. Stage name: {stage}. Deployment: {}.{form} Choose Create stage.",
                given.deployment(given.text("deploymentId"))
            )];
            out.extend(afterwards(given, false));
            Some(out)
        }
        "DeleteStage" => {
            one(format!("In Stages, select {stage}, choose Stage actions, Delete stage, and type confirm."))
        }
        "FlushStageCache" => one(format!("In Stages, select {stage}, choose Stage actions, and Flush stage cache.")),
        "FlushStageAuthorizersCache" => {
            one(format!("In Stages, select {stage}, choose Stage actions, and Flush authorizer cache."))
        }
        "UpdateStage" => Some(update(given)),
        _ => None,
    }
}

fn deploy(given: &Given<'_>) -> Vec<String> {
    let stage = given.text("stageName");
    let found = given.before.api(given.text("restApiId")).and_then(|api| api.stages.get(stage));
    let own = given.fields(CANARY);
    let canary = found.is_some() && !own.is_empty();
    let target = match (stage, found) {
        ("", _) => "Stage: *No stage*.".to_owned(),
        (name, Some(found)) if canary || found.canary.is_some() => {
            format!("Stage: {}; the deployment goes to its canary.", short(name))
        }
        (name, Some(_)) => format!("Stage: {}.", short(name)),
        (name, None) => format!("Stage: *New stage*. Stage name: {}.", short(name)),
    };
    let description = given.fields(&[("Deployment description", "description")]);
    let mut out = Vec::new();
    if canary {
        // Once the stage has a canary, that gets the deployment.
        let button = if found.is_some_and(|found| found.canary.is_some()) { "Edit" } else { "Create canary" };
        out.push(format!("In Stages, select {}. On the tab Canary choose {button}.{own} Choose Save.", short(stage)));
    }
    out.extend(["In Resources, choose Deploy API.".into(), format!("{target}{description} Choose Deploy.")]);
    out.extend(afterwards(given, canary));
    out
}

/// What the dialog of a deployment or of a new stage has no fields for, but for a canary that has been seen to.
fn afterwards(given: &Given<'_>, canary: bool) -> Vec<String> {
    let stage = short(given.text("stageName"));
    let mut out = Vec::new();
    let mut put = |fields: &[(&str, &str)], place: &str| {
        let told = given.fields(fields);
        if !told.is_empty() {
            out.push(format!("In Stages, select {stage}. {place}.{told} Choose Save."));
        }
    };
    put(&[("Stage description", "stageDescription")], "Under Stage details choose Edit");
    if !given.has("deploymentId") {
        put(
            &[("Provision API cache", "cacheClusterEnabled"), ("Cache capacity", "cacheClusterSize")],
            "Under Stage details choose Edit, and Additional settings",
        );
    }
    put(&[("X-Ray tracing", "tracingEnabled")], "Under Logs and tracing choose Edit");
    put(&[("Variables", "variables")], "On the tab Stage variables choose Manage variables");
    if !canary {
        put(CANARY, "On the tab Canary choose Create canary");
    }
    put(&[("Version", "documentationVersion")], "On the tab Documentation history choose the version");
    put(&[("Tags", "tags")], "On the tab Tags choose Manage tags");
    out
}

/// The patches of a stage: those of one card of the console become one step.
fn update(given: &Given<'_>) -> Vec<String> {
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

/// Whether the stage takes over what its canary has.
fn promotes(patches: &[Patch<'_>]) -> bool {
    patches.iter().any(|patch| {
        patch.op == "copy" && patch.from == "/canarySettings/deploymentId" && patch.path == "/deploymentId"
    })
}

const CANARY: &[(&str, &str)] = &[
    ("Requests directed to canary (%)", "canarySettings.percentTraffic"),
    ("Stage cache", "canarySettings.useStageCache"),
    ("Canary stage variables", "canarySettings.stageVariableOverrides"),
];

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

/// Where the console changes what a patch changes, what is typed there, and how it is saved.
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
            let stage =
                given.before.api(given.text("restApiId")).and_then(|api| api.stages.get(given.text("stageName")));
            let button = if stage.is_some_and(|stage| stage.canary.is_some()) { "Edit" } else { "Create canary" };
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
        ["accessLogSettings"] | ["tracingEnabled"] => ("Under Logs and tracing choose Edit.".into(), told(), SAVE),
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

/// The settings of all methods, or of one.
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

/// The console's label of a method's setting.
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
