//! A request against the types of its members before it is sent: the AWS CLI's own check, with its sentences (recorded).
//!
//! All that is wrong is told at once, in the order of the input. Different by design: a text in a map may be `null`, as the
//! service has such templates, and members that are refused here by name are none of its business.

use super::{
    error::{CliError, Problem},
    nearest::nearest,
    output,
    value::PATCH,
};
use crate::control_plane::{MemberType, Members, OperationRow};
use serde_json::Value;
use std::ops::Range;

/// Python's type of a text.
const TEXT: &str = "<class 'str'>";

/// The faults of an input.
#[derive(Default)]
struct Report {
    sentences: Vec<String>,
    /// The member of the request that the first sentence is about.
    member: Option<String>,
    /// The advice about it.
    hint: Option<String>,
}

impl Report {
    fn add(&mut self, path: &str, sentence: String, hint: Option<String>) {
        if self.sentences.is_empty() {
            self.member = path.split(['.', '[']).next().map(str::to_owned);
            self.hint = hint;
        }
        self.sentences.push(sentence);
    }

    fn unknown(&mut self, path: &str, name: &str, known: &[&str]) {
        let inside = if path.is_empty() { "input" } else { path };
        let known_names = known.join(", ");
        let sentence = format!("Unknown parameter in {inside}: \"{name}\", must be one of: {known_names}");
        let owner = if path.is_empty() { name } else { path };
        let meant = nearest(name, known.iter().copied()).map(|name| format!("Did you mean {name}?"));
        self.add(owner, sentence, meant);
    }

    /// Tells whether a value is of a type; if not, that is reported.
    fn is(&mut self, path: &str, value: &Value, fits: bool, valid: &str) -> bool {
        if !fits {
            let (shown, class) = (output::python(value), output::class(value));
            let sentence =
                format!("Invalid type for parameter {path}, value: {shown}, type: {class}, valid types: {valid}");
            // In shorthand a comma without quotes makes a list.
            let advice = "A value with commas stands in double quotes of its own: value=\"a,b\"; or the whole as JSON.";
            let is_list = value.is_array() && valid == TEXT;
            self.add(path, sentence, is_list.then(|| advice.to_owned()));
        }
        fits
    }

    fn value(&mut self, path: &str, value: &Value, member_type: MemberType) {
        match member_type {
            MemberType::Text => {
                self.is(path, value, value.is_string(), TEXT);
            }
            MemberType::Boolean => {
                self.is(path, value, value.is_boolean(), "<class 'bool'>");
            }
            MemberType::Integer => {
                self.is(path, value, value.is_i64() || value.is_u64(), "<class 'int'>");
            }
            MemberType::Double => {
                let valid = "<class 'float'>, <class 'decimal.Decimal'>, <class 'int'>";
                self.is(path, value, value.is_number(), valid);
            }
            MemberType::TextList => self.list(path, value, MemberType::Text),
            MemberType::PatchList => self.list(path, value, MemberType::Structure(PATCH)),
            MemberType::StructureList(members) => self.list(path, value, MemberType::Structure(members)),
            MemberType::TextMap => self.map(path, value, MemberType::Text),
            MemberType::BooleanMap => self.map(path, value, MemberType::Boolean),
            MemberType::TextListMap => self.map(path, value, MemberType::TextList),
            MemberType::StructureMap(members) => self.map(path, value, MemberType::Structure(members)),
            MemberType::Structure(members) => self.structure(path, value, members),
        }
    }

    fn list(&mut self, path: &str, value: &Value, item: MemberType) {
        if self.is(path, value, value.is_array(), "<class 'list'>, <class 'tuple'>") {
            for (at, inner) in value.as_array().into_iter().flatten().enumerate() {
                self.value(&format!("{path}[{at}]"), inner, item);
            }
        }
    }

    fn map(&mut self, path: &str, value: &Value, entry: MemberType) {
        if self.is(path, value, value.is_object(), "<class 'dict'>") {
            for (key, inner) in value.as_object().into_iter().flatten().filter(|(_, inner)| !inner.is_null()) {
                self.value(&format!("{path}.{key}"), inner, entry);
            }
        }
    }

    fn structure(&mut self, path: &str, value: &Value, members: &[(&str, MemberType)]) {
        self.is(path, value, value.is_object(), "<class 'dict'>");
        let Some(given) = value.as_object() else { return };
        let known: Vec<&str> = members.iter().map(|(name, _)| *name).collect();
        let member = |name: &str| members.iter().find(|(known, _)| *known == name).map(|(_, member_type)| *member_type);
        for name in given.keys().filter(|name| member(name).is_none()) {
            self.unknown(path, name, &known);
        }
        for (name, inner) in given {
            if let Some(member_type) = member(name) {
                self.value(&format!("{path}.{name}"), inner, member_type);
            }
        }
    }
}

/// Checks an input. `required` are the members that are missing; `place` says where a member stands in the text.
pub(super) fn check(
    row: &OperationRow,
    input: &Members,
    required: &[&str],
    place: impl Fn(&str) -> Range<usize>,
) -> Result<(), CliError> {
    let mut report = Report::default();
    for name in required {
        report.add(name, format!("Missing required parameter in input: \"{name}\""), None);
    }
    let known: Vec<&str> = row.members.iter().map(|member| member.name).collect();
    let is_known = |name: &str| known.contains(&name) || row.not_modelled.contains(&name);
    for name in input.keys().filter(|name| !is_known(name)) {
        report.unknown("", name, &known);
    }
    for (name, value) in input {
        if let Some(member) = row.members.iter().find(|member| member.name == name) {
            report.value(name, value, member.member_type);
        }
    }
    if report.sentences.is_empty() {
        return Ok(());
    }
    let at = report.member.as_deref().map(place).unwrap_or_default();
    Err(CliError::new(at, Problem::Validation { sentences: report.sentences, hint: report.hint }))
}
