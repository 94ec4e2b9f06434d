//! Compares what acts at once: settings of stages, domain names, keys, plans. It is compared as AWS itself shows it, member by
//! member, so that whatever an operation can change shows up here.

use super::super::diff::ChangeKind;
use crate::{
    collections::{SortedMap, sort_by},
    control_plane::{Command, Members, Service},
    entities::{RestApi, Workspace},
    env::Env,
};
use serde_json::{Value, json};

/// Entries that are read of one list; AWS's own pages are smaller.
const ENTRIES: usize = 10_000;

/// Members that differ from one object to the next without anybody having changed them.
const LEFT_OUT: [&str; 4] = ["createdDate", "lastUpdatedDate", "id", "position"];

/// One member that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutsideField {
    /// The member on AWS's wire, with its place: `methodSettings.*/*.cachingEnabled`.
    pub member: String,
    /// Its value before; `None` when there was none.
    pub before: Option<String>,
    /// Its value after; `None` for what is gone.
    pub after: Option<String>,
}

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutsideChange {
    /// Its kind and its name: `Stage dev`.
    pub name: String,
    /// The kind of the change.
    pub kind: ChangeKind,
    /// The members that differ; of something added or removed all that it has.
    pub fields: Vec<OutsideField>,
}

/// A thing's name, and its members with their places.
type Thing = (String, SortedMap<String, String>);

/// The part of it that a side has.
#[derive(Clone, Debug)]
pub(super) enum Outside {
    /// Nothing: a snapshot, or the working copy.
    None,
    /// One stage's own.
    Stage(SortedMap<String, Thing>),
    /// All of a workspace that belongs to an API or stands beside it.
    Moment(SortedMap<String, Thing>),
}

impl Outside {
    pub(super) fn of_stage(ws: &Workspace, env: &Env, api: &RestApi, stage: &str) -> Self {
        let input = json!({ "restApiId": api.id.as_str(), "stageName": stage });
        let members = ask(ws, env, "GetStage", input).map(|body| members(&body, api, &["stageName"]));
        let mut things = SortedMap::new();
        // Under one key whatever the name, so that two stages are compared with each other.
        things.insert(String::new(), ("Settings of the stage".to_owned(), members.unwrap_or_default()));
        Self::Stage(things)
    }

    pub(super) fn of_moment(ws: &Workspace, env: &Env, api: &RestApi) -> Self {
        let mut things = SortedMap::new();
        let mut add = |noun: &str, operation: &str, input: Value, key: &str| {
            for item in list(ws, env, operation, &input) {
                let text = |member: &str| item.get(member).and_then(Value::as_str).unwrap_or_default().to_owned();
                let of = input.as_object().and_then(|input| input.values().next()).and_then(Value::as_str);
                let parent = of.filter(|of| *of != api.id.as_str()).unwrap_or_default();
                let id = format!("{noun} {parent} {}", text(key));
                let name = match (text("name"), text(key)) {
                    (_, key) if noun == "Mapping" => format!("{parent}/{}", key.trim_start_matches("(none)")),
                    (name, _) if !name.is_empty() => name,
                    (_, key) => api.deployments.get(key.as_str()).map_or(key, |deployment| deployment.short_name()),
                };
                things.insert(id, (format!("{noun} {name}"), members(&item, api, &[key])));
            }
        };
        let of_api = || json!({ "restApiId": api.id.as_str() });
        add("Stage", "GetStages", of_api(), "stageName");
        add("Deployment", "GetDeployments", of_api(), "id");
        add("Documentation part", "GetDocumentationParts", of_api(), "id");
        add("Documentation version", "GetDocumentationVersions", of_api(), "version");
        add("Custom domain name", "GetDomainNames", json!({}), "domainName");
        for domain in list(ws, env, "GetDomainNames", &json!({})) {
            add("Mapping", "GetBasePathMappings", json!({ "domainName": domain["domainName"] }), "basePath");
        }
        add("Usage plan", "GetUsagePlans", json!({}), "id");
        for plan in list(ws, env, "GetUsagePlans", &json!({})) {
            add("Key of a usage plan", "GetUsagePlanKeys", json!({ "usagePlanId": plan["id"] }), "id");
        }
        add("API key", "GetApiKeys", json!({}), "id");
        add("Client certificate", "GetClientCertificates", json!({}), "clientCertificateId");
        add("VPC link", "GetVpcLinks", json!({}), "id");
        let account = ask(ws, env, "GetAccount", json!({})).map(|body| members(&body, api, &[]));
        things.insert("~".to_owned(), ("Account settings".to_owned(), account.unwrap_or_default()));
        Self::Moment(things)
    }
}

/// Returns the answer to a request that only reads.
fn ask(ws: &Workspace, env: &Env, operation: &str, input: Value) -> Option<Value> {
    let Value::Object(input) = input else { return None };
    let command = Command::parse(Service::API_GATEWAY, operation, input).ok().filter(Command::is_read)?;
    ws.execute(&command, &mut env.clone()).ok()?.1.body
}

/// Returns the entries of a list, all pages of it.
fn list(ws: &Workspace, env: &Env, operation: &str, input: &Value) -> Vec<Value> {
    let mut input: Members = input.as_object().cloned().unwrap_or_default();
    let mut out: Vec<Value> = Vec::new();
    loop {
        let Some(mut body) = ask(ws, env, operation, Value::Object(input.clone())) else { return out };
        let items = body.get_mut("item").and_then(Value::as_array_mut).map(std::mem::take).unwrap_or_default();
        let goes_on = !items.is_empty() && out.len() < ENTRIES;
        out.extend(items);
        match body.get_mut("position").map(Value::take) {
            Some(position) if goes_on && !position.is_null() => input.insert("position".into(), position),
            _ => return out,
        };
    }
}

/// Returns the members of an object with their places.
fn members(object: &Value, api: &RestApi, but: &[&str]) -> SortedMap<String, String> {
    let mut out = SortedMap::new();
    for (name, value) in object.as_object().into_iter().flatten() {
        if !LEFT_OUT.contains(&name.as_str()) && !but.contains(&name.as_str()) {
            flatten(name.clone(), value, api, &mut out);
        }
    }
    out
}

fn flatten(place: String, value: &Value, api: &RestApi, out: &mut SortedMap<String, String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                flatten(format!("{place}.{name}"), value, api, out);
            }
        }
        Value::Array(items) if items.iter().any(|item| item.is_object() || item.is_array()) => {
            for (at, item) in items.iter().enumerate() {
                flatten(format!("{place}.{at}"), item, api, out);
            }
        }
        Value::Array(items) if items.is_empty() => {}
        Value::Array(items) => {
            out.insert(place, items.iter().map(text).collect::<Vec<_>>().join(", "));
        }
        Value::Null => {}
        value => {
            let text = text(value);
            let deployment = place.ends_with("eploymentId").then(|| api.deployments.get(text.as_str())).flatten();
            out.insert(
                place,
                deployment.map_or(text.clone(), |deployment| format!("{} ({text})", deployment.short_name())),
            );
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Returns the changes from one side to the other; nothing when they have different things to compare.
pub(super) fn diff(before: &Outside, after: &Outside) -> Vec<OutsideChange> {
    let ((Outside::Stage(a), Outside::Stage(b)) | (Outside::Moment(a), Outside::Moment(b))) = (before, after) else {
        return Vec::new();
    };
    let nothing = SortedMap::new();
    let mut out = Vec::new();
    for (key, (name, old)) in a {
        match b.get(key) {
            None => {
                out.push(OutsideChange {
                    name: name.clone(),
                    kind: ChangeKind::Removed,
                    fields: fields(old, &nothing),
                });
            }
            Some((name, new)) => {
                let fields = fields(old, new);
                if !fields.is_empty() {
                    out.push(OutsideChange { name: name.clone(), kind: ChangeKind::Changed, fields });
                }
            }
        }
    }
    let added = b.iter().filter(|(key, _)| !a.contains_key(*key));
    out.extend(added.map(|(_, (name, new))| OutsideChange {
        name: name.clone(),
        kind: ChangeKind::Added,
        fields: fields(&nothing, new),
    }));
    sort_by(&mut out, |a, b| a.name.cmp(&b.name));
    out
}

fn fields(old: &SortedMap<String, String>, new: &SortedMap<String, String>) -> Vec<OutsideField> {
    let changed = old.iter().filter(|(member, value)| new.get(*member) != Some(*value));
    let changed = changed.map(|(member, value)| OutsideField {
        member: member.clone(),
        before: Some(value.clone()),
        after: new.get(member).cloned(),
    });
    let added = new.iter().filter(|(member, _)| !old.contains_key(*member)).map(|(member, value)| OutsideField {
        member: member.clone(),
        before: None,
        after: Some(value.clone()),
    });
    changed.chain(added).collect()
}
