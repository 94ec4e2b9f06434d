//! The words of an option → the JSON value of its member, by the member's type: plain, shorthand or JSON.

use super::{
    error::{CliError, Problem},
    nearest::nearest,
    shell::Arg,
    shorthand,
};
use crate::control_plane::MemberType;
use serde_json::{Map, Value};

/// The members of a patch operation.
const PATCH: &[(&str, MemberType)] =
    &[("op", MemberType::Text), ("path", MemberType::Text), ("value", MemberType::Text), ("from", MemberType::Text)];

/// The option that a value belongs to, for errors.
struct Target<'a> {
    option: &'a str,
    arg: &'a Arg,
}

impl Target<'_> {
    fn refuse(&self, reason: impl Into<String>) -> CliError {
        let problem = Problem::Value { option: self.option.to_owned(), reason: reason.into() };
        CliError::new(self.arg.at.clone(), problem)
    }

    /// JSON as it stands.
    fn json(&self) -> Result<Value, CliError> {
        serde_json::from_str(&self.arg.text).map_err(|error| {
            let at = self.arg.place(offset(&self.arg.text, error.line(), error.column()));
            let reason = format!("Invalid JSON: {error}");
            CliError::new(at, Problem::Value { option: self.option.to_owned(), reason })
        })
    }

    fn shorthand(&self) -> Result<Map<String, Value>, CliError> {
        shorthand::parse(&self.arg.text).map_err(|fault| {
            let problem = Problem::Value { option: self.option.to_owned(), reason: fault.reason };
            CliError::new(self.arg.place(fault.at), problem)
        })
    }

    fn is_json(&self, opening: char) -> bool {
        self.arg.text.trim_start().starts_with(opening)
    }
}

/// The place that a JSON error names, in bytes.
fn offset(text: &str, line: usize, column: usize) -> std::ops::Range<usize> {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let mut at = (before + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at..at + text[at..].chars().next().map_or(0, char::len_utf8)
}

/// Whether an option of this type takes any number of words.
pub(super) fn takes_list(member_type: MemberType) -> bool {
    matches!(member_type, MemberType::TextList | MemberType::PatchList | MemberType::StructureList(_))
}

/// Reads the words of an option; an option that takes one word has one.
pub(super) fn read(option: &str, member_type: MemberType, args: &[Arg]) -> Result<Value, CliError> {
    if let Some(file) = args
        .iter()
        .filter(|arg| !arg.is_read)
        .find(|arg| ["file://", "fileb://"].iter().any(|start| arg.text.starts_with(start)))
    {
        return Err(CliError::new(file.at.clone(), Problem::File(option.to_owned())));
    }
    let targets: Vec<Target<'_>> = args.iter().map(|arg| Target { option, arg }).collect();
    match (member_type, &targets[..]) {
        (MemberType::TextList | MemberType::PatchList | MemberType::StructureList(_), [only]) if only.is_json('[') => {
            let items = only.json()?;
            check_members(only, member_type, &items)?;
            Ok(items)
        }
        (MemberType::TextList, all) => Ok(all.iter().map(|target| Value::from(target.arg.text.as_str())).collect()),
        (MemberType::PatchList, all) => {
            all.iter().map(|target| structure(target, PATCH)).collect::<Result<Vec<_>, _>>().map(Value::Array)
        }
        (MemberType::StructureList(members), all) => {
            all.iter().map(|target| structure(target, members)).collect::<Result<Vec<_>, _>>().map(Value::Array)
        }
        (_, [target, ..]) => single(target, member_type),
        (_, []) => Ok(Value::Null),
    }
}

fn single(target: &Target<'_>, member_type: MemberType) -> Result<Value, CliError> {
    let text = target.arg.text.as_str();
    match member_type {
        MemberType::Integer => {
            let number = text.trim().parse::<i64>();
            number.map(Value::from).map_err(|_| target.refuse(format!("{text:?} is not a whole number")))
        }
        MemberType::Double => number(text).ok_or_else(|| target.refuse(format!("{text:?} is not a number"))),
        MemberType::TextMap | MemberType::BooleanMap if target.is_json('{') => target.json(),
        MemberType::TextMap | MemberType::BooleanMap => {
            let entries = target.shorthand()?.into_iter().map(|(key, value)| match value {
                Value::String(text) if member_type == MemberType::BooleanMap => (key, boolean(text)),
                value => (key, value),
            });
            let map: Map<String, Value> = entries.collect();
            match map.iter().find(|(_, value)| value.is_array() || value.is_object()) {
                Some((key, _)) => Err(target.refuse(format!("{key} must be one text; quote a value with commas"))),
                None => Ok(Value::Object(map)),
            }
        }
        MemberType::TextListMap if target.is_json('{') => target.json(),
        MemberType::TextListMap => {
            let list = |value| if let Value::String(text) = value { Value::Array(vec![text.into()]) } else { value };
            Ok(Value::Object(target.shorthand()?.into_iter().map(|(key, value)| (key, list(value))).collect()))
        }
        MemberType::Structure(members) => structure(target, members),
        _ => Ok(Value::from(text)),
    }
}

/// A structure, from JSON or shorthand.
fn structure(target: &Target<'_>, known: &'static [(&'static str, MemberType)]) -> Result<Value, CliError> {
    if target.is_json('{') {
        let value = target.json()?;
        check_members(target, MemberType::Structure(known), &value)?;
        return Ok(value);
    }
    let members = target.shorthand()?;
    check_names(target, known, &members)?;
    let typed = members.into_iter().map(|(name, value)| {
        let member_type = known.iter().find(|(n, _)| *n == name).map(|(_, t)| *t);
        let value = match (member_type, value) {
            (Some(MemberType::TextList), Value::String(text)) => Value::Array(vec![Value::String(text)]),
            (Some(MemberType::Boolean), Value::String(text)) => boolean(text),
            (Some(MemberType::Double), Value::String(text)) => number(&text).unwrap_or(Value::String(text)),
            (Some(MemberType::Integer), Value::String(text)) => {
                text.trim().parse::<i64>().map_or(Value::String(text), Value::from)
            }
            (Some(MemberType::StructureMap(members)), Value::Object(entries)) => {
                entries.into_iter().map(|(key, value)| (key, with_numbers(value, members))).collect()
            }
            (_, value) => value,
        };
        (name, value)
    });
    let typed: Map<String, Value> = typed.collect();
    match typed
        .iter()
        .find(|(name, value)| value.is_array() && known.iter().any(|(n, t)| n == name && *t != MemberType::TextList))
    {
        Some((name, _)) => Err(target.refuse(format!("{name} must be one text; write JSON for a value with commas"))),
        None => Ok(Value::Object(typed)),
    }
}

/// `true` and `false` in any case; other text stays, to be refused by its type.
fn boolean(text: String) -> Value {
    match text.to_ascii_lowercase().as_str() {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ => Value::String(text),
    }
}

/// The numbers of a structure inside a structure.
fn with_numbers(value: Value, known: &[(&str, MemberType)]) -> Value {
    let Value::Object(members) = value else { return value };
    let typed = members.into_iter().map(|(name, value)| {
        let is = |wanted| known.iter().any(|(n, member_type)| *n == name && *member_type == wanted);
        let value = match value {
            Value::String(text) if is(MemberType::Integer) => {
                text.trim().parse::<i64>().map_or(Value::String(text), Value::from)
            }
            Value::String(text) if is(MemberType::Double) => number(&text).unwrap_or(Value::String(text)),
            value => value,
        };
        (name, value)
    });
    typed.collect()
}

/// A finite number; other text stays, to be refused by its type.
fn number(text: &str) -> Option<Value> {
    let number = text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    number.map(Value::from)
}

/// Checks the member names of structures that were given as JSON.
fn check_members(target: &Target<'_>, member_type: MemberType, value: &Value) -> Result<(), CliError> {
    match (member_type, value) {
        (MemberType::PatchList, Value::Array(items)) => {
            items.iter().try_for_each(|item| check_members(target, MemberType::Structure(PATCH), item))
        }
        (MemberType::StructureList(known), Value::Array(items)) => {
            items.iter().try_for_each(|item| check_members(target, MemberType::Structure(known), item))
        }
        (MemberType::Structure(known), Value::Object(members)) => check_names(target, known, members),
        (MemberType::PatchList | MemberType::Structure(_) | MemberType::StructureList(_), _) => {
            Err(target.refuse("not a structure"))
        }
        _ => Ok(()),
    }
}

fn check_names(
    target: &Target<'_>,
    known: &[(&'static str, MemberType)],
    members: &Map<String, Value>,
) -> Result<(), CliError> {
    let names = || known.iter().map(|(name, _)| *name);
    let Some(unknown) = members.keys().find(|key| !names().any(|name| name == *key)) else { return Ok(()) };
    let problem = Problem::UnknownMember {
        option: target.option.to_owned(),
        name: unknown.clone(),
        known: names().collect(),
        nearest: nearest(unknown, names()),
    };
    Err(CliError::new(target.arg.at.clone(), problem))
}
