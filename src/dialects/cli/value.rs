//! The words of an option → the JSON value of its member, by the member's type: plain, shorthand or JSON.
//!
//! Only the form is read here; whether a value is of its member's type is for `validate` to say.

use super::{
    error::{CliError, Problem},
    json_fault, output,
    shell::Arg,
    shorthand,
};
use crate::control_plane::MemberType;
use serde_json::{Map, Value};

/// The members of a patch operation.
pub(super) const PATCH: &[(&str, MemberType)] =
    &[("op", MemberType::Text), ("path", MemberType::Text), ("value", MemberType::Text), ("from", MemberType::Text)];

/// A word that is given to an option; errors name both.
struct OptionValue<'a> {
    option: &'a str,
    arg: &'a Arg,
}

impl OptionValue<'_> {
    fn refuse(&self, at: std::ops::Range<usize>, reason: String) -> CliError {
        CliError::new(at, Problem::Value { option: self.option.to_owned(), reason })
    }

    /// Reads JSON as it stands.
    fn json(&self) -> Result<Value, CliError> {
        serde_json::from_str(&self.arg.text).map_err(|error| {
            // What Python would take is told in other words: numbers too large, and lists too deep.
            let (told, at) = json_fault::find(&self.arg.text).unwrap_or_else(|| (error.to_string(), 0));
            let length = self.arg.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
            let reason = format!("Invalid JSON: {told}\nJSON received: {}", self.arg.text);
            self.refuse(self.arg.place(at..at + length), reason)
        })
    }

    fn shorthand(&self) -> Result<Map<String, Value>, CliError> {
        shorthand::parse(&self.arg.text)
            .map_err(|fault| self.refuse(self.arg.place(fault.at.clone()), fault.text(&self.arg.text)))
    }

    fn is_json(&self, opening: char) -> bool {
        self.arg.text.trim_start().starts_with(opening)
    }

    /// Reads a structure or a map, from JSON or shorthand.
    fn object(&self, member_type: MemberType) -> Result<Value, CliError> {
        if self.is_json('{') {
            return self.json();
        }
        if self.is_json('[') {
            return Err(self.refuse(self.arg.at.clone(), format!("Invalid JSON:\n{}", self.arg.text)));
        }
        self.typed(Value::Object(self.shorthand()?), member_type)
    }

    /// The strings of shorthand as what they stand for. Other strings stay, to be refused by its type.
    fn typed(&self, value: Value, member_type: MemberType) -> Result<Value, CliError> {
        Ok(match (member_type, value) {
            (MemberType::Integer, Value::String(text)) => self.integer(&text)?,
            (MemberType::Double, Value::String(text)) => self.double(&text)?,
            (MemberType::Boolean, Value::String(text)) => match text.to_lowercase().as_str() {
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                _ => Value::String(text),
            },
            // `types=REGIONAL` is a list of one.
            (MemberType::TextList, value) if !value.is_array() => Value::Array(vec![value]),
            (MemberType::Structure(known), Value::Object(members)) => {
                self.each(members, |name| known.iter().find(|(n, _)| *n == name).map(|(_, member_type)| *member_type))?
            }
            (MemberType::StructureMap(known), Value::Object(members)) => {
                self.each(members, |_| Some(MemberType::Structure(known)))?
            }
            (MemberType::BooleanMap, Value::Object(members)) => self.each(members, |_| Some(MemberType::Boolean))?,
            (MemberType::TextListMap, Value::Object(members)) => self.each(members, |_| Some(MemberType::TextList))?,
            (_, value) => value,
        })
    }

    fn each(
        &self,
        members: Map<String, Value>,
        type_of: impl Fn(&str) -> Option<MemberType>,
    ) -> Result<Value, CliError> {
        let typed = members.into_iter().map(|(name, value)| {
            let value = match type_of(&name) {
                Some(member_type) => self.typed(value, member_type)?,
                None => value,
            };
            Ok((name, value))
        });
        typed.collect::<Result<Map<_, _>, _>>().map(Value::Object)
    }

    fn integer(&self, text: &str) -> Result<Value, CliError> {
        let problem = || Problem::literal("invalid literal for int() with base 10", text);
        integer(text).map(Value::from).ok_or_else(|| CliError::new(self.arg.at.clone(), problem()))
    }

    /// Returns a finite number: JSON has no other.
    fn double(&self, text: &str) -> Result<Value, CliError> {
        let number = digits(text).parse::<f64>().ok().filter(|number| number.is_finite());
        let problem = || Problem::literal("could not convert string to float", text);
        number.map(Value::from).ok_or_else(|| CliError::new(self.arg.at.clone(), problem()))
    }
}

/// Returns a whole number as Python reads it.
pub(super) fn integer(text: &str) -> Option<i64> {
    digits(text).parse().ok()
}

/// Returns a number's text without the blanks around it and the single `_` between digits, both of which Python passes over.
fn digits(text: &str) -> String {
    let text = text.trim();
    let between = |at: usize| {
        let is_digit = |at: Option<usize>| at.and_then(|at| text.as_bytes().get(at)).is_some_and(u8::is_ascii_digit);
        is_digit(at.checked_sub(1)) && is_digit(at.checked_add(1))
    };
    text.char_indices().filter(|(at, c)| *c != '_' || !between(*at)).map(|(_, c)| c).collect()
}

impl Problem {
    /// Returns what Python says of a text that is no number.
    pub(super) fn literal(what: &str, text: &str) -> Self {
        Self::Literal(format!("{what}: {}", output::quoted_text(text)))
    }
}

/// Tells whether an option of this type takes any number of words.
pub(super) fn takes_list(member_type: MemberType) -> bool {
    matches!(member_type, MemberType::TextList | MemberType::PatchList | MemberType::StructureList(_))
}

/// Tells whether a word is the name of a file, of which there are none here.
pub(super) fn names_file(arg: &Arg) -> bool {
    !arg.is_read && ["file://", "fileb://"].iter().any(|start| arg.text.starts_with(start))
}

/// Reads the words of an option; an option that takes one word has one.
pub(super) fn read(option: &str, member_type: MemberType, args: &[Arg]) -> Result<Value, CliError> {
    if let Some(file) = args.iter().find(|arg| names_file(arg)) {
        return Err(CliError::new(
            file.at.clone(),
            Problem::File { option: option.to_owned(), name: file.text.clone() },
        ));
    }
    let values: Vec<OptionValue<'_>> = args.iter().map(|arg| OptionValue { option, arg }).collect();
    let objects = |all: &[OptionValue<'_>], members| {
        let structure = MemberType::Structure(members);
        all.iter().map(|value| value.object(structure)).collect::<Result<Vec<_>, _>>().map(Value::Array)
    };
    match (member_type, &values[..]) {
        (member_type, [only]) if takes_list(member_type) && only.is_json('[') => only.json(),
        (MemberType::TextList, all) => Ok(all.iter().map(|value| Value::from(value.arg.text.as_str())).collect()),
        (MemberType::PatchList, all) => objects(all, PATCH),
        (MemberType::StructureList(members), all) => objects(all, members),
        (_, []) => Ok(Value::Null),
        (MemberType::Integer, [value, ..]) => value.integer(&value.arg.text),
        (MemberType::Double, [value, ..]) => value.double(&value.arg.text),
        (MemberType::Text | MemberType::Boolean, [value, ..]) => Ok(Value::from(value.arg.text.as_str())),
        (_, [value, ..]) => value.object(member_type),
    }
}
