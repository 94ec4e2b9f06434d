//! `--generate-cli-skeleton`: what a command takes or answers, with a placeholder for each value. Nothing is sent.
//!
//! What goes in follows from the table of operations, in its order; what comes out from the service model's shapes, as
//! `answers` has them. Recorded: the AWS CLI's own answers for every operation. Different by design: members that are refused
//! here are left out of what goes in, and YAML has no sentences of AWS's documentation behind its members, only whether they
//! are required and what they can be.

mod answers;
mod choices;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

pub(super) use answers::output;
pub(super) use choices::choices;

use super::value::PATCH;
use crate::control_plane::{Location, MemberRow, MemberType, OperationRow};
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

/// The option.
pub(super) const OPTION: &str = "generate-cli-skeleton";
/// The words that it takes; the first when nothing stands behind it.
pub(super) const KINDS: [&str; 3] = ["input", "output", "yaml-input"];

/// The request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Skeleton {
    Input,
    Output,
    YamlInput,
}

impl Skeleton {
    /// Finds a kind by its name; `None` for any other text.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let all = [Self::Input, Self::Output, Self::YamlInput];
        KINDS.iter().zip(all).find(|(name, _)| **name == text).map(|(_, kind)| kind)
    }
}

/// Returns what an operation takes, as `--cli-input-json` reads it.
pub(super) fn input(row: &OperationRow) -> Value {
    let key = row.id().stored();
    let member = |member: &MemberRow| (member.name.to_owned(), placeholder(&key, member.name, member.member_type));
    let mut members: Map<String, Value> = row.members.iter().map(member).collect();
    for payload in row.members.iter().filter(|member| member.location == Location::Payload) {
        // JSON has no bytes.
        members.insert(payload.name.to_owned(), Value::Null);
    }
    Value::Object(members)
}

/// Returns the value of a member, by its type.
fn placeholder(operation: &str, name: &str, member_type: MemberType) -> Value {
    let text = || Value::from(choices(operation, name).first().copied().unwrap_or_default());
    let structure = |members: &[(&str, MemberType)]| -> Value {
        members.iter().map(|(name, kind)| ((*name).to_owned(), placeholder(operation, name, *kind))).collect()
    };
    match member_type {
        MemberType::Text => text(),
        MemberType::Boolean => Value::Bool(true),
        MemberType::Integer => json!(0),
        MemberType::Double => json!(0.0),
        MemberType::TextList => json!([text()]),
        MemberType::TextMap => json!({ KEY: "" }),
        MemberType::TextListMap => json!({ KEY: [""] }),
        MemberType::BooleanMap => json!({ KEY: true }),
        MemberType::PatchList => json!([structure(PATCH)]),
        MemberType::Structure(members) => structure(members),
        MemberType::StructureList(members) => json!([structure(members)]),
        MemberType::StructureMap(members) => json!({ KEY: structure(members) }),
    }
}

/// The key of a map.
const KEY: &str = "KeyName";

/// Returns what an operation takes, as `--cli-input-yaml` of the AWS CLI reads it.
pub(super) fn yaml(row: &OperationRow) -> String {
    let mut writer = Yaml { operation: &row.id().stored(), out: String::new() };
    let members = row.members.iter().map(|member| Line {
        name: member.name,
        member_type: member.member_type,
        required: member.required,
        payload: member.location == Location::Payload,
    });
    writer.members(members, 0, true);
    if writer.out.is_empty() { "{}".to_owned() } else { writer.out }
}

/// A member to be written.
struct Line {
    name: &'static str,
    member_type: MemberType,
    required: bool,
    payload: bool,
}

struct Yaml<'a> {
    operation: &'a str,
    out: String,
}

impl Yaml<'_> {
    /// Members below each other. The first note has two blanks before it, the others one (recorded).
    fn members(&mut self, members: impl Iterator<Item = Line>, indent: usize, mut on_new_line: bool) {
        let mut blanks = "  ";
        for member in members {
            if on_new_line && !self.out.is_empty() {
                self.out.push('\n');
            }
            let _ = write!(self.out, "{:1$}{2}:", "", if on_new_line { indent } else { 0 }, member.name);
            on_new_line = true;
            let nested = !matches!(
                member.member_type,
                MemberType::Text | MemberType::Boolean | MemberType::Integer | MemberType::Double
            );
            let value = placeholder(self.operation, member.name, member.member_type);
            match (nested, member.payload) {
                (true, _) => {}
                (false, true) => self.out.push_str(" !!binary ''"),
                (false, false) => self.out.extend([" ", &scalar(&value)]),
            }
            if let Some(note) = note(self.operation, &member) {
                self.out.extend([blanks, "# ", &note]);
                blanks = " ";
            }
            if nested {
                self.value(member.member_type, &value, indent);
            }
        }
    }

    /// Writes what stands below a name.
    fn value(&mut self, member_type: MemberType, value: &Value, indent: usize) {
        let lines = |members: &'static [(&'static str, MemberType)], operation: &str| {
            // The only member of a structure that the service model demands and that is shown here.
            let location = operation == "CreateDocumentationPart";
            members.iter().map(move |(name, member_type)| Line {
                name,
                member_type: *member_type,
                required: location && *name == "type",
                payload: false,
            })
        };
        let operation = self.operation;
        match member_type {
            MemberType::Structure(members) => self.members(lines(members, operation), indent + 2, true),
            MemberType::StructureMap(members) => {
                let _ = write!(self.out, "\n{:1$}{KEY}:", "", indent + 2);
                self.members(lines(members, operation), indent + 4, true);
            }
            MemberType::PatchList => self.item(lines(PATCH, operation), indent),
            MemberType::StructureList(members) => self.item(lines(members, operation), indent),
            MemberType::TextListMap => {
                let _ = write!(self.out, "\n{0:1$}{KEY}:\n{0:1$}- ''", "", indent + 2);
            }
            MemberType::TextList => {
                let text = value.get(0).map(scalar).unwrap_or_default();
                let _ = write!(self.out, "\n{:1$}- {text}", "", indent);
            }
            MemberType::Text
            | MemberType::Boolean
            | MemberType::Integer
            | MemberType::Double
            | MemberType::TextMap
            | MemberType::BooleanMap => {
                let text = value.get(KEY).map(scalar).unwrap_or_default();
                let _ = write!(self.out, "\n{:1$}{KEY}: {text}", "", indent + 2);
            }
        }
    }

    /// Writes the only structure of a list.
    fn item(&mut self, members: impl Iterator<Item = Line>, indent: usize) {
        let _ = write!(self.out, "\n{:1$}- ", "", indent);
        self.members(members, indent + 2, false);
    }
}

fn scalar(value: &Value) -> String {
    super::output::yaml_scalar(value)
}

/// Returns what is known of a member beside its type.
fn note(operation: &str, member: &Line) -> Option<String> {
    let choices = if member.member_type == MemberType::Text { choices(operation, member.name) } else { &[] };
    let valid = (!choices.is_empty()).then(|| format!("Valid values are: {}.", choices.join(", ")));
    let required = member.required.then(|| "[REQUIRED]".to_owned());
    let parts: Vec<String> = required.into_iter().chain(valid).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}
