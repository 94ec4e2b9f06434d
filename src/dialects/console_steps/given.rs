//! Tells what a request holds, in the words in which a person would type or read it.

use super::words::word;
use crate::{
    control_plane::Members,
    entities::{Stage, Workspace},
    text::beginning,
};
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
    /// Returns the parts of the path, without its escapes.
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

    /// Returns how one gets to the API, or into the console when there is none yet.
    pub(super) fn entrance(&self) -> String {
        match self.before.api(self.text("restApiId")) {
            // A mapping names the API, and belongs to a domain name.
            Some(api) if !self.has("domainName") => {
                format!("Open the API Gateway console and choose the API {}.", short(&api.config.settings.name))
            }
            _ => "Open the API Gateway console.".into(),
        }
    }

    /// Returns a resource by its path.
    pub(super) fn path(&self, member: &str) -> String {
        let id = self.text(member);
        let api = self.before.api(self.text("restApiId"));
        let resource = api.and_then(|api| api.config.resources().values().find(|resource| resource.id.as_str() == id));
        match (api, resource) {
            (Some(api), Some(resource)) => api.config.path_of(&resource.id).clone(),
            _ => id.to_owned(),
        }
    }

    /// Returns a deployment by its id and its short name.
    pub(super) fn deployment(&self, id: &str) -> String {
        let api = self.before.api(self.text("restApiId"));
        api.and_then(|api| api.deployments.get(id))
            .map_or_else(|| id.to_owned(), |found| format!("{id} ({})", found.short_name()))
    }

    /// Returns the stage that the request names.
    pub(super) fn stage(&self) -> Option<&'a Stage> {
        let api = self.before.api(self.text("restApiId"))?;
        api.stages.get(self.text("stageName")).map(|stage| &**stage)
    }

    /// Fills in the lines of a row of the table; those that nothing is left of are no steps.
    pub(super) fn fill(&self, lines: &str) -> Vec<String> {
        lines.split('\n').map(|line| self.fill_line(line).0).filter(|line| !line.is_empty()).collect()
    }

    /// Fills in a line, or a part of one, and tells whether any of its fields is given.
    fn fill_line(&self, line: &str) -> (String, bool) {
        let (mut out, mut any, mut rest) = (String::new(), false, line);
        while let Some(at) = rest.find(['{', '[']) {
            let close = if rest[at..].starts_with('{') { '}' } else { ']' };
            let Some((inside, after)) = rest[at + 1..].split_once(close) else { break };
            out.push_str(&rest[..at]);
            rest = after;
            if close == ']' {
                let (part, given) = self.fill_line(inside);
                out.push_str(if given { &part } else { "" });
            } else if let Some(labels) = inside.strip_prefix('*') {
                out.push_str(&self.changes(labels));
            } else if let Some((label, member)) = inside.split_once('=') {
                let field = self.field(label, member);
                any |= !field.is_empty();
                out.push_str(&field);
            } else {
                out.push_str(&word(self, inside));
            }
        }
        (out + rest, any)
    }

    /// Returns a field of a form with what the request has for it: ` Name: a.` A member inside of another is named
    /// `quota.limit`.
    fn field(&self, label: &str, member: &str) -> String {
        let (member, inner) = member.split_once('.').unwrap_or((member, ""));
        let value =
            self.input.get(member).and_then(|value| if inner.is_empty() { Some(value) } else { value.get(inner) });
        let told = match (member, value) {
            // The console has no field for it, but a switch.
            ("disableExecuteApiEndpoint", Some(Value::Bool(true))) => "Inactive".to_owned(),
            ("disableExecuteApiEndpoint", _) | (_, None) => String::new(),
            (_, Some(value)) => told(value),
        };
        if told.is_empty() { told } else { format!(" {label}: {told}.") }
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

    /// Returns what the patch operations change, by the labels of the members that have one, `name=Name|…`: ` Name: a. Remove
    /// Description.`
    fn changes(&self, labels: &str) -> String {
        let labels: Vec<(&str, &str)> = labels.split('|').filter_map(|label| label.split_once('=')).collect();
        self.patches().iter().map(|patch| change(patch, &labels)).collect()
    }
}

/// Returns what a patch operation changes, as fields are told.
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

/// Returns a value of a patch operation, which is always a text.
pub(super) fn switched(value: &str) -> String {
    match value {
        "true" => "on".into(),
        "false" => "off".into(),
        text => short(text),
    }
}

/// Writes `minimumCompressionSize` as a person writes it: `Minimum compression size`.
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

/// Returns a value as it is typed into a field or read there.
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

/// Returns a text in one line; of a long one the beginning.
pub(super) fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    beginning(&line, LENGTH)
}
