//! The steps for what belongs to the account: domain names, keys, plans, certificates, links, settings, and tags.

use super::given::{Given, short};

pub(super) fn steps(operation: &str, given: &Given<'_>) -> Option<Vec<String>> {
    domain(operation, given)
        .or_else(|| key(operation, given))
        .or_else(|| plan(operation, given))
        .or_else(|| other(operation, given))
}

fn domain(operation: &str, given: &Given<'_>) -> Option<Vec<String>> {
    let one = |text: String| Some(vec![text]);
    let name = short(given.text("domainName"));
    let mappings =
        format!("Go to Custom domain names, choose {name}, and on the tab API mappings choose Configure API mappings.");
    let base_path = match given.text("basePath") {
        "" => "(none)".to_owned(),
        path => short(path),
    };
    match operation {
        "CreateDomainName" => one(format!(
            "Go to Custom domain names, and choose Add domain name.{} Choose Add domain name.",
            given.fields(&[
                ("Domain name", "domainName"),
                ("API endpoint type", "endpointConfiguration.types"),
                ("Security policy", "securityPolicy"),
                ("Endpoint access mode", "endpointAccessMode"),
                ("Routing mode", "routingMode"),
                ("ACM certificate", "regionalCertificateArn"),
                ("ACM certificate", "certificateArn"),
                ("Mutual TLS, truststore URI", "mutualTlsAuthentication.truststoreUri"),
                ("Truststore version", "mutualTlsAuthentication.truststoreVersion"),
                ("Ownership verification certificate", "ownershipVerificationCertificateArn"),
                ("Tags", "tags"),
            ])
        )),
        "UpdateDomainName" => one(format!(
            "Go to Custom domain names, choose {name}, and choose Edit.{} Choose Save changes.",
            given.changes(&[("regionalCertificateArn", "ACM certificate"), ("certificateArn", "ACM certificate")])
        )),
        "DeleteDomainName" => one(format!("Go to Custom domain names, select {name}, choose Delete, and confirm.")),
        "CreateBasePathMapping" => one(format!(
            "{mappings} Choose Add new mapping. API: {}.{} Path: {base_path}. Choose Save.",
            given.api_name(),
            given.fields(&[("Stage", "stage")])
        )),
        "UpdateBasePathMapping" => one(format!(
            "{mappings} In the row with the path {base_path}:{} Choose Save.",
            given.changes(&[("basePath", "Path"), ("restapiId", "API")])
        )),
        "DeleteBasePathMapping" => {
            one(format!("{mappings} Choose Remove in the row with the path {base_path}, and Save."))
        }
        _ => None,
    }
}

fn key(operation: &str, given: &Given<'_>) -> Option<Vec<String>> {
    let one = |text: String| Some(vec![text]);
    let name = key_name(given, given.text("apiKey"));
    let own = if given.has("value") { " API key: Custom." } else { " API key: Auto generate." };
    match operation {
        "CreateApiKey" => one(format!(
            "Go to API keys, and choose Create API key.{}{own}{} Choose Save.",
            given.fields(&[("Name", "name"), ("Description", "description")]),
            given.fields(&[("Value", "value"), ("Tags", "tags")])
        )),
        "ImportApiKeys" => one(format!(
            "Go to API keys, choose Actions, and Import API keys.{} Choose the file, and Import.",
            given.fields(&[("Fail on warnings", "failOnWarnings")])
        )),
        "UpdateApiKey" => one(format!(
            "Go to API keys, choose {name}, and choose Edit.{} Choose Save.",
            given.changes(&[("enabled", "Active")])
        )),
        "DeleteApiKey" => one(format!("Go to API keys, select {name}, choose Actions, Delete API key, and confirm.")),
        _ => None,
    }
}

fn key_name(given: &Given<'_>, id: &str) -> String {
    let found = given.before.account.api_keys.get(id).and_then(|key| key.name.as_deref().map(short));
    found.unwrap_or_else(|| short(id))
}

fn plan(operation: &str, given: &Given<'_>) -> Option<Vec<String>> {
    let one = |text: String| Some(vec![text]);
    let id = given.text("usagePlanId");
    let name = given.before.account.usage_plans.get(id).map_or_else(|| short(id), |plan| short(&plan.name));
    let at = format!("Go to Usage plans, and choose {name}.");
    let key = key_name(given, given.text("keyId"));
    match operation {
        "CreateUsagePlan" => {
            let form = given.fields(&[
                ("Name", "name"),
                ("Description", "description"),
                ("Rate", "throttle.rateLimit"),
                ("Burst", "throttle.burstLimit"),
                ("Quota, requests", "quota.limit"),
                ("Per", "quota.period"),
                ("Tags", "tags"),
            ]);
            let mut out =
                vec![format!("Go to Usage plans, and choose Create usage plan.{form} Choose Create usage plan.")];
            let stages = given.fields(&[("API and stage", "apiStages")]);
            if !stages.is_empty() {
                out.push(format!("On the tab Associated stages choose Add stage.{stages} Choose Add to usage plan."));
            }
            Some(out)
        }
        "UpdateUsagePlan" => {
            let stages = given.patches().iter().any(|patch| patch.path.starts_with("/apiStages"));
            let place = match stages {
                true => "On the tab Associated stages choose Add stage, Remove, or Configure method throttling:",
                false => "Choose Edit.",
            };
            let labels = [("apiStages", "API and stage"), ("throttle", "Throttling"), ("quota", "Quota")];
            one(format!("{at} {place}{} Choose Save.", given.changes(&labels)))
        }
        "DeleteUsagePlan" => one(format!("{at} Choose Delete, and confirm.")),
        "CreateUsagePlanKey" => one(format!(
            "{at} On the tab Associated API keys choose Add API key, Add existing key: {key}. Choose Add API key."
        )),
        "DeleteUsagePlanKey" => {
            one(format!("{at} On the tab Associated API keys select {key}, choose Remove API key, and confirm."))
        }
        "UpdateUsage" => one(format!(
            "{at} On the tab Associated API keys select {key}, and choose Grant usage extension.{} Choose Save.",
            given.changes(&[("remaining", "Remaining requests")])
        )),
        "GetUsage" => one(format!("{at} On the tab Associated API keys choose Export usage data.")),
        _ => None,
    }
}

fn other(operation: &str, given: &Given<'_>) -> Option<Vec<String>> {
    let one = |text: String| Some(vec![text]);
    let certificate = short(given.text("clientCertificateId"));
    let link = {
        let id = given.text("vpcLinkId");
        given.before.account.vpc_links.get(id).map_or_else(|| short(id), |link| short(&link.name))
    };
    match operation {
        "GenerateClientCertificate" => one(format!(
            "Go to Client certificates, and choose Generate certificate.{}",
            given.fields(&[("Description", "description"), ("Tags", "tags")])
        )),
        "UpdateClientCertificate" => one(format!(
            "Go to Client certificates, select {certificate}, and choose Edit.{} Choose Save.",
            given.changes(&[])
        )),
        "DeleteClientCertificate" => {
            one(format!("Go to Client certificates, select {certificate}, choose Delete, and confirm."))
        }
        "CreateVpcLink" => one(format!(
            "Go to VPC links, choose Create, and VPC link for REST APIs.{} Choose Create.",
            given.fields(&[
                ("Name", "name"),
                ("Description", "description"),
                ("Target NLB", "targetArns"),
                ("Tags", "tags"),
            ])
        )),
        "UpdateVpcLink" => {
            one(format!("Go to VPC links, select {link}, and choose Edit.{} Choose Save.", given.changes(&[])))
        }
        "DeleteVpcLink" => one(format!("Go to VPC links, select {link}, choose Delete, and confirm.")),
        "UpdateAccount" => one(format!(
            "Go to Settings, and under Logging choose Edit.{} Choose Save changes.",
            given.changes(&[("cloudwatchRoleArn", "CloudWatch log role ARN")])
        )),
        "TagResource" => one(format!(
            "{} Choose Manage tags, and Add new tag.{} Choose Save.",
            tagged(given),
            given.fields(&[("Tags", "tags")])
        )),
        "UntagResource" => one(format!(
            "{} Choose Manage tags, and Remove beside each.{} Choose Save.",
            tagged(given),
            given.fields(&[("Tags", "tagKeys")])
        )),
        _ => None,
    }
}

/// Where the tags of an ARN stand: `arn:aws:apigateway:us-east-1::/restapis/a1b2c3d4e5/stages/dev`.
fn tagged(given: &Given<'_>) -> String {
    let arn = given.text("resourceArn");
    let path = arn.split_once("::/").map_or("", |(_, path)| path);
    let parts: Vec<&str> = path.split('/').collect();
    let api = |id: &str| given.before.api(id).map_or_else(|| short(id), |api| short(&api.config.settings.name));
    match &parts[..] {
        ["restapis", id, "stages", stage] => {
            format!("Choose the API {}. In Stages, select {}, and the tab Tags.", api(id), short(stage))
        }
        ["restapis", id] => format!("Choose the API {}. Go to API settings, and there to Tags.", api(id)),
        ["apikeys", id] => format!("Go to API keys, choose {}, and there Tags.", key_name(given, id)),
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
