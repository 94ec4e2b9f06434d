//! Members in the words of a person: an API by its name, a resource by its path, an integration by the console's name of it.

use super::{
    given::{Given, short},
    stage,
};
use crate::entities::Workspace;
use serde_json::Value;

/// Returns the word for a placeholder of the table: a member, or what several members come to.
pub(super) fn word(given: &Given<'_>, name: &str) -> String {
    let text = given.text(name);
    let (before, account) = (given.before, &given.before.account);
    let parts = before.api(given.text("restApiId")).map(|api| &api.config.parts);
    let found = match name {
        "restApiId" => return api(before, text),
        "resourceId" | "parentId" => return given.path(name),
        "deploymentId" => return given.deployment(text),
        "authorizerId" => parts.and_then(|parts| parts.authorizers.get(text)).map(|found| found.name.clone()),
        "apiKey" | "keyId" => return key(before, text),
        "usagePlanId" => account.usage_plans.get(text).map(|plan| plan.name.clone()),
        "vpcLinkId" => account.vpc_links.get(text).map(|link| link.name.clone()),
        "basePath" if text.is_empty() => Some("(none)".to_owned()),
        "cloneFrom" if text.is_empty() => Some("Choose New API.".to_owned()),
        "cloneFrom" => {
            return format!("Choose Clone existing API. API to clone from: {}.", api(before, text));
        }
        "integrationType" => Some(integration_type(given).to_owned()),
        "validates" => Some(validates(given).to_owned()),
        "keyOrigin" => Some(if given.has("value") { "Custom" } else { "Auto generate" }.to_owned()),
        "planCard" => return plan_card(given).to_owned(),
        "tagged" => return tagged(given),
        "target" => return stage::target(given),
        "canaryButton" => Some(stage::canary_button(given).to_owned()),
        _ => None,
    };
    short(found.as_deref().unwrap_or(text))
}

fn api(before: &Workspace, id: &str) -> String {
    short(before.api(id).map_or(id, |api| &api.config.settings.name))
}

fn key(before: &Workspace, id: &str) -> String {
    short(before.account.api_keys.get(id).and_then(|key| key.name.as_deref()).unwrap_or(id))
}

/// Returns the console's name of an integration type.
fn integration_type<'a>(given: &Given<'a>) -> &'a str {
    let lambda = given.text("uri").contains(":lambda:path/");
    match given.text("type") {
        "MOCK" => "Mock",
        "HTTP" => "HTTP, HTTP proxy integration off",
        "HTTP_PROXY" => "HTTP, HTTP proxy integration on",
        "AWS" if lambda => "Lambda function, Lambda proxy integration off",
        "AWS" => "AWS service",
        "AWS_PROXY" => "Lambda function, Lambda proxy integration on",
        other => other,
    }
}

/// Returns which of the console's validators a request makes.
fn validates(given: &Given<'_>) -> &'static str {
    let on = |member: &str| given.input.get(member).and_then(Value::as_bool).unwrap_or_default();
    match (on("validateRequestBody"), on("validateRequestParameters")) {
        (true, true) => "Validate body, query string parameters, and headers",
        (true, false) => "Validate body",
        (false, true) => "Validate query string parameters and headers",
        (false, false) => "None",
    }
}

/// Returns where the console changes what a patch changes of a usage plan.
fn plan_card(given: &Given<'_>) -> &'static str {
    match given.patches().iter().any(|patch| patch.path.starts_with("/apiStages")) {
        true => "On the tab Associated stages choose Add stage, Remove, or Configure method throttling:",
        false => "Choose Edit.",
    }
}

/// Returns where the tags of an ARN stand: `arn:aws:apigateway:us-east-1::/restapis/a1b2c3d4e5/stages/dev`.
fn tagged(given: &Given<'_>) -> String {
    let arn = given.text("resourceArn");
    let path = arn.split_once("::/").map_or("", |(_, path)| path);
    let parts: Vec<&str> = path.split('/').collect();
    let before = given.before;
    match &parts[..] {
        ["restapis", id, "stages", stage] => {
            format!("Choose the API {}. In Stages, select {}, and the tab Tags.", api(before, id), short(stage))
        }
        ["restapis", id] => format!("Choose the API {}. Go to API settings, and there to Tags.", api(before, id)),
        ["apikeys", id] => format!("Go to API keys, choose {}, and there Tags.", key(before, id)),
        ["usageplans", id] => {
            let plan = given.before.account.usage_plans.get(*id);
            format!(
                "Go to Usage plans, choose {}, and there Tags.",
                plan.map_or_else(|| short(id), |plan| short(&plan.name))
            )
        }
        ["domainnames", name] => format!("Go to Custom domain names, choose {}, and there Tags.", short(name)),
        ["clientcertificates", id] => format!("Go to Client certificates, choose {}, and there Tags.", short(id)),
        ["vpclinks", id] => format!("Go to VPC links, choose {}, and there Tags.", short(id)),
        _ => format!("Go to the page of {}, and there to Tags.", short(arn)),
    }
}
