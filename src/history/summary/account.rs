//! The sentences about what an account has beside its APIs.

use crate::{
    control_plane::Command,
    entities::{NO_BASE_PATH, Workspace},
};

/// Returns what a request did; the name of the operation when it only reads.
pub(super) fn summary(command: &Command, before: &Workspace, after: &Workspace) -> String {
    let api = |id: &str| {
        let find = |ws: &Workspace| ws.api(id).map(|api| api.config.settings.name.clone());
        find(after).or_else(|| find(before)).unwrap_or_else(|| id.to_owned())
    };
    let key = |id: &str| {
        let find =
            |ws: &Workspace| ws.account.api_keys.get(id).map(|key| key.name.clone().unwrap_or_else(|| id.to_owned()));
        find(after).or_else(|| find(before)).unwrap_or_else(|| id.to_owned())
    };
    let plan = |id: &str| {
        let find = |ws: &Workspace| ws.account.usage_plans.get(id).map(|plan| plan.name.clone());
        find(after).or_else(|| find(before)).unwrap_or_else(|| id.to_owned())
    };
    match command {
        Command::CreateDomainName(c) => format!("Created the custom domain name {}", c.domain_name),
        Command::UpdateDomainName(c) => format!("Changed the custom domain name {}", c.domain_name),
        Command::DeleteDomainName(c) => format!("Deleted the custom domain name {}", c.domain_name),
        Command::CreateBasePathMapping(c) => {
            let url = mapped_url(&c.domain_name, c.base_path.as_deref().unwrap_or_default());
            match c.stage.as_deref().filter(|stage| !stage.is_empty()) {
                Some(stage) => format!("Mapped {url} to {} of {}", stage, api(&c.rest_api_id)),
                None => format!("Mapped {url} to {}", api(&c.rest_api_id)),
            }
        }
        Command::UpdateBasePathMapping(c) => {
            format!("Changed the mapping of {}", mapped_url(&c.domain_name, &c.base_path))
        }
        Command::DeleteBasePathMapping(c) => {
            format!("Deleted the mapping of {}", mapped_url(&c.domain_name, &c.base_path))
        }
        Command::GenerateClientCertificate(_) => "Generated a client certificate".into(),
        Command::UpdateClientCertificate(c) => format!("Described the client certificate {}", c.client_certificate_id),
        Command::DeleteClientCertificate(c) => format!("Deleted the client certificate {}", c.client_certificate_id),
        Command::CreateApiKey(c) => match c.name.as_deref() {
            Some(name) => format!("Created the API key {name}"),
            None => "Created an API key".into(),
        },
        Command::ImportApiKeys(_) => {
            let count = |ws: &Workspace| ws.account.api_keys.len();
            match count(after).saturating_sub(count(before)) {
                0 => "Imported API keys again".into(),
                1 => "Imported an API key".into(),
                more => format!("Imported {more} API keys"),
            }
        }
        Command::UpdateApiKey(c) => format!("Changed the API key {}", key(&c.api_key)),
        Command::DeleteApiKey(c) => format!("Deleted the API key {}", key(&c.api_key)),
        Command::CreateUsagePlan(c) => format!("Created the usage plan {}", c.name),
        Command::UpdateUsagePlan(c) => format!("Changed the usage plan {}", plan(&c.usage_plan_id)),
        Command::DeleteUsagePlan(c) => format!("Deleted the usage plan {}", plan(&c.usage_plan_id)),
        Command::CreateUsagePlanKey(c) => {
            format!("Added the API key {} to {}", key(&c.key_id), plan(&c.usage_plan_id))
        }
        Command::DeleteUsagePlanKey(c) => {
            format!("Took the API key {} out of {}", key(&c.key_id), plan(&c.usage_plan_id))
        }
        Command::UpdateUsage(c) => format!("Extended the quota of {} in {}", key(&c.key_id), plan(&c.usage_plan_id)),
        Command::UpdateAccount(_) => "Changed the settings of the account".into(),
        Command::TagResource(c) => format!("Tagged {}", tagged(&c.resource_arn)),
        Command::UntagResource(c) => format!("Took tags off {}", tagged(&c.resource_arn)),
        read => read.name().to_owned(),
    }
}

/// Returns the part of an ARN that tells what it is: `restapis/a1b2c3d4e5`.
fn tagged(arn: &str) -> &str {
    arn.rsplit_once(":/").map_or(arn, |(_, path)| path)
}

fn mapped_url(domain: &str, base_path: &str) -> String {
    if base_path.is_empty() || base_path == NO_BASE_PATH { domain.to_owned() } else { format!("{domain}/{base_path}") }
}
