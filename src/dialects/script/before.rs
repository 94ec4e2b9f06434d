//! Finds what a script needs that was made before it: by name where a name finds it, and by asking where none does.

use super::is_minted;
use crate::{
    collections::SortedMap,
    entities::{RestApi, Workspace},
    text::shell,
};

/// Something that was there before the script.
pub(super) struct Known {
    /// AWS's word, of which the name of its variable is made: `REST_API_ID`.
    pub(super) noun: &'static str,
    /// The ids that have to be known before it can be looked up.
    pub(super) needs: Option<String>,
    /// How it is found.
    pub(super) found: Found,
    /// A word about it, for a person.
    pub(super) is: String,
}

/// How it is found.
pub(super) enum Found {
    /// By a line of the AWS CLI. The id of `needs` stands in it as it is.
    By(String),
    /// Not at all: nothing tells it from others of its kind.
    Asked,
}

/// Returns all that is there, by id.
pub(super) fn all(ws: &Workspace) -> SortedMap<String, Known> {
    let mut out: Vec<(String, Known)> = Vec::new();
    for api in ws.rest_apis.values() {
        let name = &api.config.settings.name;
        let same = ws.rest_apis.values().filter(|other| other.config.settings.name == *name).count();
        let known = by_name("REST_API_ID", "get-rest-apis", None, name, same, format!("the API {name}"));
        out.push((api.id.to_string(), known));
        of_api(api, &mut out);
    }
    let account = &ws.account;
    let keys: Vec<_> = account.api_keys.values().collect();
    for key in &keys {
        let name = key.name.clone().unwrap_or_default();
        let same = keys.iter().filter(|other| other.name == key.name).count();
        let is = format!("the API key {name}");
        out.push((key.id.to_string(), by_name("API_KEY_ID", "get-api-keys", None, &name, same, is)));
    }
    let plans: Vec<_> = account.usage_plans.values().collect();
    for plan in &plans {
        let same = plans.iter().filter(|other| other.name == plan.name).count();
        let is = format!("the usage plan {}", plan.name);
        out.push((plan.id.to_string(), by_name("USAGE_PLAN_ID", "get-usage-plans", None, &plan.name, same, is)));
    }
    let links: Vec<_> = account.vpc_links.values().collect();
    for link in &links {
        let same = links.iter().filter(|other| other.name == link.name).count();
        let is = format!("the VPC link {}", link.name);
        out.push((link.id.to_string(), by_name("VPC_LINK_ID", "get-vpc-links", None, &link.name, same, is)));
    }
    let certificates: Vec<_> = account.client_certificates.values().collect();
    for certificate in &certificates {
        let about = certificate.description.clone().unwrap_or_default();
        let same = certificates.iter().filter(|other| other.description == certificate.description).count();
        let query = ("description", "clientCertificateId");
        let found = listed("get-client-certificates", None, query, &about, same);
        let is = format!("the client certificate {about}");
        let known = Known { noun: "CLIENT_CERTIFICATE_ID", needs: None, found, is };
        out.push((certificate.id.to_string(), known));
    }
    out.into_iter().collect()
}

fn of_api(api: &RestApi, out: &mut Vec<(String, Known)>) {
    let id = api.id.as_str();
    let of = |noun, found, is| Known { noun, needs: Some(id.to_owned()), found, is };
    for resource in api.config.resources().keys() {
        let path = api.config.path_of(resource);
        let (noun, found) = if resource == api.config.root_id() {
            let line = format!("aws apigateway get-rest-api --rest-api-id {id} --query rootResourceId --output text");
            ("ROOT_RESOURCE_ID", Found::By(line))
        } else {
            ("RESOURCE_ID", listed("get-resources", Some(id), ("path", "id"), &path, 1))
        };
        out.push((resource.to_string(), of(noun, found, format!("the resource {path}"))));
    }
    for deployment in api.deployments.values() {
        let about = deployment.description.as_deref().unwrap_or_default();
        let same = api.deployments.values().filter(|other| other.description == deployment.description).count();
        let found = match api.stages_of(&deployment.id).next() {
            Some(stage) => Found::By(format!(
                "aws apigateway get-stage --rest-api-id {id} --stage-name {} --query deploymentId --output text",
                shell::word(stage.name.as_str())
            )),
            None => listed("get-deployments", Some(id), ("description", "id"), about, same),
        };
        out.push((
            deployment.id.to_string(),
            of("DEPLOYMENT_ID", found, format!("the deployment {}", deployment.short_name())),
        ));
    }
    let parts = &api.config.parts;
    for authorizer in parts.authorizers.values() {
        let same = parts.authorizers.values().filter(|other| other.name == authorizer.name).count();
        let is = format!("the authorizer {}", authorizer.name);
        let known = by_name("AUTHORIZER_ID", "get-authorizers", Some(id), &authorizer.name, same, is);
        out.push((authorizer.id.to_string(), known));
    }
    for validator in parts.request_validators.values() {
        let name = validator.name.clone().unwrap_or_default();
        let same = parts.request_validators.values().filter(|other| other.name == validator.name).count();
        let is = format!("the request validator {name}");
        let known = by_name("REQUEST_VALIDATOR_ID", "get-request-validators", Some(id), &name, same, is);
        out.push((validator.id.to_string(), known));
    }
    for part in api.documentation.parts.keys() {
        out.push((part.to_string(), of("DOCUMENTATION_PART_ID", Found::Asked, "the documentation part".to_owned())));
    }
}

fn by_name(noun: &'static str, command: &str, api: Option<&str>, name: &str, same: usize, is: String) -> Known {
    Known { noun, needs: api.map(str::to_owned), found: listed(command, api, ("name", "id"), name, same), is }
}

/// Returns a list's entry with a member of this value. With several such entries the answer would name no one, and a
/// value that the query would have to escape is not worth the risk: both are asked for.
fn listed(command: &str, api: Option<&str>, (member, id): (&str, &str), value: &str, same: usize) -> Found {
    if same != 1 || value.is_empty() || value.contains(['\'', '\\', '`']) || value.chars().any(char::is_control) {
        return Found::Asked;
    }
    let of = api.map(|api| format!(" --rest-api-id {api}")).unwrap_or_default();
    let query = format!("\"items[?{member}=='{}'].{id}\"", value.replace('"', "\\\"").replace('$', "\\$"));
    // One page: of several, `--output text` would ask the query of each.
    Found::By(format!("aws apigateway {command}{of} --limit 500 --query {query} --output text"))
}

/// Visits the words of a request that may be ids, in order.
pub(super) fn words(value: &serde_json::Value, each: &mut dyn FnMut(&str)) {
    match value {
        serde_json::Value::String(text) => {
            text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| is_minted(word)).for_each(each);
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| words(item, each)),
        serde_json::Value::Object(members) => members.values().for_each(|member| words(member, each)),
        _ => {}
    }
}
