//! What a request holds, in the words in which a person would type or read it.

use crate::{control_plane::Members, entities::Workspace};
use serde_json::Value;

/// Characters of a value that are told.
const LENGTH: usize = 80;

/// A request's members, and the workspace before it.
pub(super) struct Given<'a> {
    pub(super) input: &'a Members,
    pub(super) before: &'a Workspace,
}

/// One of the request's patch operations.
pub(super) struct Patch<'a> {
    pub(super) op: &'a str,
    pub(super) path: &'a str,
    pub(super) value: &'a str,
    pub(super) from: &'a str,
}

impl Patch<'_> {
    /// The parts of the path, without its escapes.
    pub(super) fn parts(&self) -> Vec<String> {
        let plain = |part: &str| part.replace("~1", "/").replace("~0", "~");
        self.path.split('/').filter(|part| !part.is_empty()).map(plain).collect()
    }
}

impl<'a> Given<'a> {
    pub(super) fn text(&self, member: &str) -> &'a str {
        self.input.get(member).and_then(Value::as_str).unwrap_or_default()
    }

    pub(super) fn has(&self, member: &str) -> bool {
        self.input.contains_key(member)
    }

    /// How one gets to the API, or into the console when there is none yet.
    pub(super) fn entrance(&self) -> String {
        match self.before.api(self.text("restApiId")) {
            // A mapping names the API, and belongs to a domain name.
            Some(api) if !self.has("domainName") => {
                format!("Open the API Gateway console and choose the API {}.", short(&api.config.settings.name))
            }
            _ => "Open the API Gateway console.".into(),
        }
    }

    /// The name of the API, or its id.
    pub(super) fn api_name(&self) -> String {
        let id = self.text("restApiId");
        self.before.api(id).map_or_else(|| id.to_owned(), |api| short(&api.config.settings.name))
    }

    /// A resource by its path.
    pub(super) fn path(&self, member: &str) -> String {
        let id = self.text(member);
        let api = self.before.api(self.text("restApiId"));
        let resource = api.and_then(|api| api.config.resources().values().find(|resource| resource.id.as_str() == id));
        match (api, resource) {
            (Some(api), Some(resource)) => api.config.path_of(&resource.id).to_string(),
            _ => id.to_owned(),
        }
    }

    /// A deployment by its id and its short name.
    pub(super) fn deployment(&self, id: &str) -> String {
        let api = self.before.api(self.text("restApiId"));
        api.and_then(|api| api.deployments.get(id))
            .map_or_else(|| id.to_owned(), |found| format!("{id} ({})", found.short_name()))
    }

    /// The fields of a form with what the request has for them: ` Name: a. Description: b.` A member inside of another is
    /// named `quota.limit`.
    pub(super) fn fields(&self, labels: &[(&str, &str)]) -> String {
        let given = labels.iter().filter_map(|(label, member)| {
            let (member, inner) = member.split_once('.').unwrap_or((member, ""));
            let value = self.input.get(member)?;
            let value = told(if inner.is_empty() { value } else { value.get(inner)? });
            (!value.is_empty()).then(|| format!(" {label}: {value}."))
        });
        given.collect()
    }

    pub(super) fn patches(&self) -> Vec<Patch<'a>> {
        let items = self.input.get("patchOperations").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let text = |item: &'a Value, name: &str| item.get(name).and_then(Value::as_str).unwrap_or_default();
        let patch = |item| Patch {
            op: text(item, "op"),
            path: text(item, "path"),
            value: text(item, "value"),
            from: text(item, "from"),
        };
        items.iter().map(patch).collect()
    }

    /// What the patch operations change, by the labels of the members that have one: ` Name: a. Remove Description.`
    pub(super) fn changes(&self, labels: &[(&str, &str)]) -> String {
        self.patches().iter().map(|patch| change(patch, labels)).collect()
    }
}

/// What a patch operation changes, as fields are told.
pub(super) fn change(patch: &Patch<'_>, labels: &[(&str, &str)]) -> String {
    let parts = patch.parts();
    let Some((first, rest)) = parts.split_first() else { return String::new() };
    let known = labels.iter().find(|(member, _)| member == first);
    let label = known.map_or_else(|| spoken(first), |(_, label)| (*label).to_owned());
    let rest: String = rest.iter().map(|part| format!(" {}", short(part))).collect();
    match patch.op {
        "remove" => format!(" Remove {label}{rest}."),
        "copy" | "move" => format!(" {label}{rest}: what is in {}.", short(patch.from)),
        _ if patch.value.is_empty() && rest.is_empty() => format!(" {label}: nothing."),
        _ if patch.value.is_empty() => format!(" Add{rest} to {label}."),
        _ => format!(" {label}{rest}: {}.", switched(patch.value)),
    }
}

/// A value of a patch operation, which is always a text.
pub(super) fn switched(value: &str) -> String {
    match value {
        "true" => "on".into(),
        "false" => "off".into(),
        text => short(text),
    }
}

/// `minimumCompressionSize` as a person writes it: `Minimum compression size`.
fn spoken(member: &str) -> String {
    let mut out = String::new();
    for (at, letter) in member.chars().enumerate() {
        match letter {
            _ if at == 0 => out.extend(letter.to_uppercase()),
            _ if letter.is_uppercase() => {
                out.push(' ');
                out.extend(letter.to_lowercase());
            }
            _ => out.push(letter),
        }
    }
    out
}

/// A value as it is typed into a field or read there.
fn told(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => "on".into(),
        Value::Bool(false) => "off".into(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => short(text),
        Value::Array(items) => items.iter().map(told).collect::<Vec<_>>().join(", "),
        Value::Object(members) => {
            let pairs = members.iter().map(|(name, value)| format!("{} = {}", short(name), told(value)));
            pairs.collect::<Vec<_>>().join(", ")
        }
    }
}

/// A text in one line; of a long one the beginning.
pub(super) fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
