//! A request → the `aws …` line that sends it.

use super::{globals, options::OUTFILE, shell::STDIN};
use crate::{
    control_plane::{Command, Location, MemberRow, MemberType},
    text::{kebab, shell as posix},
};
use serde_json::Value;

/// Writes the line, as a shell would read it.
pub fn print(command: &Command) -> String {
    let row = command.row();
    let input = command.input();
    let mut line = format!("aws {} {}", row.service.cli_name, row.cli_name());
    let outfile = if row.answers_payload { format!(" {OUTFILE}") } else { String::new() };
    let written = |member: &&MemberRow| input.contains_key(member.name);
    let payload = row.members.iter().filter(written).find(|member| member.location == Location::Payload);
    // Bytes come from the standard input: as a word, version 2 of the AWS CLI would take them for base64, unless an option
    // says that they are none, which version 1 does not have.
    let bytes = payload.and_then(|member| Some((member, input[member.name].as_str()?)));
    let is_bytes = |member: &MemberRow| bytes.is_some_and(|(payload, _)| payload.name == member.name);
    let words = row.members.iter().filter(written).filter(|member| !is_bytes(member));
    if words.clone().any(|member| needs_json(member, &input[member.name])) {
        let json = Value::Object(input.clone()).to_string();
        let raw = if payload.is_some() { " --cli-binary-format raw-in-base64-out" } else { "" };
        return format!("{line}{raw} --cli-input-json {}{outfile}", posix::word(&json));
    }
    if let Some((member, text)) = bytes {
        line = format!("printf %s {} | {line} --{} {STDIN}", posix::word(text), kebab(member.name));
    }
    // What the URI holds comes first, as in AWS's own examples.
    let (uri, other): (Vec<_>, Vec<_>) = words.partition(|member| member.location == Location::Uri);
    for member in uri.into_iter().chain(other) {
        line.push(' ');
        line.push_str(&option(member, &input[member.name]));
    }
    line + &outfile
}

/// Tells whether no option can say it: the AWS CLI takes a value that begins as the name of a file for one, however it is quoted,
/// and an option that has the name of one of its own for that.
fn needs_json(member: &MemberRow, value: &Value) -> bool {
    if kebab(member.name) == globals::VERSION {
        return true;
    }
    let is_file = |value: &Value| value.as_str().is_some_and(names_file);
    match member.member_type {
        MemberType::TextList => value.as_array().is_some_and(|items| items.iter().any(is_file)),
        _ => is_file(value),
    }
}

fn names_file(text: &str) -> bool {
    text.starts_with("file://") || text.starts_with("fileb://")
}

fn option(member: &MemberRow, value: &Value) -> String {
    let name = kebab(member.name);
    // A word that begins with a dash is an option to the AWS CLI, unless it belongs to one by `=`.
    let one = |text: &str| format!("--{name}{}{}", if text.starts_with('-') { '=' } else { ' ' }, posix::word(text));
    match (member.member_type, value) {
        (MemberType::Boolean, Value::Bool(false)) => format!("--no-{name}"),
        (MemberType::Boolean, _) => format!("--{name}"),
        (MemberType::TextList, Value::Array(items)) => match plain_items(items) {
            Some(words) => format!("--{name} {words}"),
            None => format!("--{name} {}", posix::word(&value.to_string())),
        },
        (MemberType::PatchList, Value::Array(items)) => {
            let word = |item| shorthand(item).filter(|word| !word.starts_with('-')).map(|word| posix::word(&word));
            let words: Option<Vec<String>> = items.iter().map(word).collect();
            let words = words.filter(|words| !words.is_empty()).map(|words| words.join(" "));
            format!("--{name} {}", words.unwrap_or_else(|| posix::word(&value.to_string())))
        }
        (_, Value::Object(_)) => one(&shorthand(value).unwrap_or_else(|| value.to_string())),
        (_, Value::String(text)) => one(text),
        (_, other) => one(&other.to_string()),
    }
}

/// Returns the items as words of their own; `None` when they would not be read back so.
fn plain_items(items: &[Value]) -> Option<String> {
    let texts: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
    let texts = texts.filter(|texts| !texts.is_empty())?;
    let like_json = texts.len() == 1 && texts[0].trim_start().starts_with('[');
    if like_json || texts.iter().any(|text| text.starts_with('-')) {
        return None;
    }
    Some(texts.iter().map(|text| posix::word(text)).collect::<Vec<_>>().join(" "))
}

/// Returns `key=value,other=value`; `None` when a key or a value would not be read back so.
fn shorthand(value: &Value) -> Option<String> {
    let members = value.as_object().filter(|members| !members.is_empty())?;
    let pair = |(key, value): (&String, &Value)| {
        let is_key = |b: u8| b.is_ascii_alphanumeric() || b"-_.#/:".contains(&b);
        if key.is_empty() || !key.bytes().all(is_key) {
            return None;
        }
        match value {
            Value::String(text) if is_plain(text) => Some(format!("{key}={text}")),
            Value::Bool(_) | Value::Number(_) => Some(format!("{key}={value}")),
            Value::Object(_) => shorthand(value).map(|inner| format!("{key}={{{inner}}}")),
            Value::Array(items) => match &items[..] {
                [Value::String(text)] if is_plain(text) => Some(format!("{key}={text}")),
                _ => None,
            },
            _ => None,
        }
    };
    let text = members.iter().map(pair).collect::<Option<Vec<_>>>().map(|pairs| pairs.join(","));
    text.filter(|text| !names_file(text))
}

/// Tells whether a value can stand in shorthand without quotes.
fn is_plain(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b" ._:/@+*~-".contains(&b);
    !text.is_empty() && text.bytes().all(allowed) && text.trim() == text
}
