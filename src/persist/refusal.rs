//! The stored form of a refused request: a line of JSON beside those of the operations, without which a history is as good.
//!
//! `{"number":1,"moment":3,"time":1700000000000,"sender":"console","operation":"CreateStage","input":{…},"status":409,
//! "code":"ConflictException","message":"Stage already exists","hint":"…"}`; a message that could not be read has `"verb"`,
//! `"path"` and `"body"` in the place of `"input"`. What cannot be read is left out: it changed nothing.

use super::{
    bounds::is_shallow,
    record::{TIMES, read_request},
};
use crate::{
    control_plane::{LEFT_OUT, Members, OPERATIONS, OperationName},
    entities::Timestamp,
    history::{Answered, Asked, KEPT_REFUSALS, MAX_REFUSAL_NUMBER, Refusal, Sender},
};
use serde_json::{Map, Value};

/// Bytes of an entry that is read; none that is written has so many.
const MAX_BYTES: usize = 512 * 1024;

/// Returns the stored form of a refusal; one line.
pub fn print(refusal: &Refusal) -> String {
    let mut out = Map::new();
    let mut put = |name: &str, value: Value| drop(out.insert(name.to_owned(), value));
    put("number", refusal.number.into());
    put("moment", refusal.moment.into());
    put("time", refusal.time.0.into());
    put("sender", print_sender(refusal.sender).into());
    match &refusal.asked {
        Asked::Command(command) => {
            put("operation", command.row().id().stored().into());
            put("input", Value::Object(command.input()));
        }
        Asked::Message { operation, verb, path, body } => {
            if let Some(operation) = operation {
                put("operation", operation.stored().into());
            }
            put("verb", verb.as_str().into());
            put("path", path.as_str().into());
            put("body", body.as_str().into());
        }
    }
    let Answered { status, code, message, hint } = &refusal.error;
    put("status", (*status).into());
    put("code", (&**code).into());
    put("message", message.as_str().into());
    if let Some(hint) = hint {
        put("hint", hint.as_str().into());
    }
    Value::Object(out).to_string()
}

/// Reads stored refusals: the last of those that make sense.
pub fn read<'a>(entries: impl DoubleEndedIterator<Item = &'a str>) -> Vec<Refusal> {
    let mut out: Vec<Refusal> = entries.rev().take(KEPT_REFUSALS).filter_map(parse).collect();
    out.reverse();
    out
}

/// Reads the stored form of a refusal.
pub fn parse(text: &str) -> Option<Refusal> {
    if text.len() > MAX_BYTES || !is_shallow(text) {
        return None;
    }
    from_value(serde_json::from_str(text).ok()?)
}

/// Reads it from parsed JSON.
pub(super) fn from_value(value: Value) -> Option<Refusal> {
    let Value::Object(mut members) = value else { return None };
    // A newer form that an older program would misread says so, as an operation does.
    if members.get("v").is_some_and(|version| version.as_u64() != Some(super::record::VERSION)) {
        return None;
    }
    let number = members.get("number")?.as_u64().filter(|number| *number <= MAX_REFUSAL_NUMBER)?;
    let moment = usize::try_from(members.get("moment")?.as_u64()?).ok()?;
    let time = Timestamp(members.get("time")?.as_i64().filter(|time| TIMES.contains(time))?);
    let sender = read_sender(members.get("sender")?.as_str()?)?;
    let status = u16::try_from(members.get("status")?.as_u64()?).ok().filter(|status| (400..600).contains(status))?;
    let text = |name: &str| members.get(name).and_then(Value::as_str);
    let error = Answered::new(status, text("code")?, text("message")?, text("hint"));
    Some(Refusal { number, moment, time, sender, error, asked: read_asked(&mut members)? })
}

fn read_asked(members: &mut Members) -> Option<Asked> {
    let input = members.remove("input");
    let text = |name: &str| members.get(name).and_then(Value::as_str);
    let operation = text("operation");
    if let Some(Value::Object(input)) = input {
        return read_request(operation?, input).ok().map(Asked::from);
    }
    let mut known = OPERATIONS.iter().map(|row| row.id()).chain(LEFT_OUT.iter().map(|left_out| left_out.id));
    let operation = operation.and_then(|given| known.find(|id: &OperationName| id.stored() == given));
    Some(Asked::message(operation, text("verb")?, text("path")?, text("body")?))
}

fn print_sender(sender: Sender) -> &'static str {
    match sender {
        Sender::Page => "page",
        Sender::Console => "console",
        Sender::Script => "script",
    }
}

fn read_sender(text: &str) -> Option<Sender> {
    match text {
        "page" => Some(Sender::Page),
        "console" => Some(Sender::Console),
        "script" => Some(Sender::Script),
        _ => None,
    }
}
