//! The stored form of one operation: a line of JSON with the request in AWS's own shape.
//!
//! `{"step":1,"time":1700000000000,"operation":"CreateDeployment","input":{…},"ids":["a1b2c3"]}`; a change of region or
//! account has `"moved"`, a return to an earlier moment `"restored"` and `"by"`. `"edition"` is the number of the rules that it
//! obeys; no such member means the first. A form that an older program would misread gets a member `"v"` with its number; no
//! such member means version 1.

use super::bounds::is_shallow;
use crate::{
    control_plane::{ApiError, Command, Members, OPERATIONS, OperationRow, UnknownName, find_stored},
    entities::{AccountId, Edition, Place, Region, Timestamp},
    history::{Act, Record, RestoredBy},
};
use serde_json::{Map, Value, json};
use std::rc::Rc;

/// The version that is written, and the newest that can be read.
pub const VERSION: u64 = 1;

/// The first millisecond of the year 1 and the last of the year 9999.
pub(super) const TIMES: std::ops::RangeInclusive<i64> = -62_135_596_800_000..=253_402_300_799_999;
/// Far more steps than anybody takes, far fewer than a number can count.
const MAX_STEP: u32 = 1_000_000_000;
/// Ids that one operation may have minted.
const MAX_IDS: usize = 10_000;
/// Characters of an id.
const MAX_ID_LENGTH: usize = 128;

/// The fault that keeps a stored entry from being read.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RecordError {
    /// It is no JSON object.
    #[error("it is not a JSON object")]
    NotJson,
    /// It nests too deep for anything that was written here.
    #[error("it is nested too deep")]
    TooDeep,
    /// A newer version wrote it.
    #[error("a newer version of Stagecraft wrote it (version {0}); reload the page to get that version")]
    Newer(u64),
    /// A newer version wrote it, which knows rules that this one does not.
    #[error("a newer version of Stagecraft wrote it (edition {0} of the rules); reload the page to get that version")]
    NewerRules(u64),
    /// A member is missing or is something else than it should be.
    #[error("its member \"{0}\" is missing or not valid")]
    Member(&'static str),
    /// No such operation.
    #[error("the operation {0:?} is not known to this version of Stagecraft")]
    UnknownOperation(String),
    /// An operation of a service that is not here.
    #[error("the service {0:?} is not known to this version of Stagecraft")]
    UnknownService(String),
    /// An operation that only reads has no place in a log.
    #[error("{0} only reads and cannot be a part of a history")]
    OnlyReads(&'static str),
    /// The request holds a member that the operation does not have.
    #[error("{operation} has no member {member:?} in this version of Stagecraft")]
    UnknownMember {
        /// AWS's name of the operation.
        operation: &'static str,
        /// The member.
        member: String,
    },
    /// The request is malformed.
    #[error("{operation}: {error}")]
    Input {
        /// AWS's name of the operation.
        operation: &'static str,
        /// The fault.
        error: ApiError,
    },
}

impl RecordError {
    /// Tells whether a newer version wrote the entry, which is not damaged then.
    pub fn is_newer(&self) -> bool {
        matches!(self, Self::Newer(_) | Self::NewerRules(_))
    }
}

/// Writes the stored form of an operation; one line.
pub fn print(record: &Record) -> String {
    let mut out = Map::new();
    out.insert("step".into(), record.transaction.into());
    out.insert("time".into(), record.time.0.into());
    if record.edition > Edition::First {
        out.insert("edition".into(), record.edition.number().into());
    }
    match &record.act {
        Act::Command(command) => {
            out.insert("operation".into(), command.row().id().stored().into());
            out.insert("input".into(), Value::Object(command.input()));
        }
        Act::Moved(place) => {
            out.insert("moved".into(), print_place(place));
        }
        Act::Restored { to, by } => {
            out.insert("restored".into(), (*to).into());
            out.insert("by".into(), print_way(*by).into());
        }
    }
    if !record.ids.is_empty() {
        out.insert("ids".into(), record.ids.iter().map(|id| Value::from(&**id)).collect());
    }
    Value::Object(out).to_string()
}

/// Reads the stored form of an operation. Whether it can be carried out is for the replay to find out.
///
/// # Errors
/// It is damaged, or a newer version wrote it.
pub fn parse(text: &str) -> Result<Record, RecordError> {
    if !is_shallow(text) {
        return Err(RecordError::TooDeep);
    }
    from_value(serde_json::from_str(text).map_err(|_| RecordError::NotJson)?)
}

/// Reads it from parsed JSON.
pub(super) fn from_value(value: Value) -> Result<Record, RecordError> {
    let Value::Object(mut members) = value else { return Err(RecordError::NotJson) };
    if let Some(version) = members.get("v") {
        match version.as_u64() {
            Some(VERSION) => {}
            Some(newer) if newer > VERSION => return Err(RecordError::Newer(newer)),
            _ => return Err(RecordError::Member("v")),
        }
    }
    let step = members.get("step").and_then(Value::as_u64).and_then(|step| u32::try_from(step).ok());
    let step = step.filter(|step| *step <= MAX_STEP).ok_or(RecordError::Member("step"))?;
    let time = members.get("time").and_then(Value::as_i64).filter(|time| TIMES.contains(time));
    let time = Timestamp(time.ok_or(RecordError::Member("time"))?);
    let ids = read_ids(members.remove("ids"))?;
    let edition = read_edition(members.get("edition"))?;
    Ok(Record { transaction: step, time, edition, act: read_act(members)?, ids })
}

fn read_edition(value: Option<&Value>) -> Result<Edition, RecordError> {
    let Some(value) = value else { return Ok(Edition::First) };
    let number = value.as_u64().filter(|number| *number > 0).ok_or(RecordError::Member("edition"))?;
    Edition::from_number(number).ok_or(RecordError::NewerRules(number))
}

fn read_act(mut members: Members) -> Result<Act, RecordError> {
    if let Some(operation) = members.remove("operation") {
        let Value::String(operation) = operation else { return Err(RecordError::Member("operation")) };
        let Some(Value::Object(input)) = members.remove("input") else { return Err(RecordError::Member("input")) };
        return read_command(&operation, input).map(Act::Command);
    }
    if let Some(place) = members.remove("moved") {
        return read_place(&place).map(Act::Moved).ok_or(RecordError::Member("moved"));
    }
    let to = members.get("restored").and_then(Value::as_u64).and_then(|to| usize::try_from(to).ok());
    let to = to.ok_or(RecordError::Member("operation"))?;
    let by = members.get("by").and_then(Value::as_str).and_then(read_way).ok_or(RecordError::Member("by"))?;
    Ok(Act::Restored { to, by })
}

/// Reads a request by the stored name of its operation. Unlike on the wire, a member that the operation does not have is refused:
/// a newer version may have meant something by it.
pub(super) fn read_command(operation: &str, input: Members) -> Result<Command, RecordError> {
    let row = find(operation)?;
    if row.is_read() { Err(RecordError::OnlyReads(row.name)) } else { read_members(row, input) }
}

/// Reads any request by the stored name of its operation, one that only reads included.
pub(super) fn read_request(operation: &str, input: Members) -> Result<Command, RecordError> {
    read_members(find(operation)?, input)
}

fn find(operation: &str) -> Result<&'static OperationRow, RecordError> {
    find_stored(OPERATIONS, operation).map_err(|unknown| match unknown {
        UnknownName::Service(mark) => RecordError::UnknownService(mark),
        UnknownName::Operation(name) => RecordError::UnknownOperation(name),
    })
}

fn read_members(row: &'static OperationRow, input: Members) -> Result<Command, RecordError> {
    let known = |name: &str| row.members.iter().any(|member| member.name == name) || row.not_modelled.contains(&name);
    if let Some(member) = input.keys().find(|name| !known(name)) {
        return Err(RecordError::UnknownMember { operation: row.name, member: member.chars().take(80).collect() });
    }
    Command::parse(row.service, row.name, input).map_err(|error| RecordError::Input { operation: row.name, error })
}

/// Returns region and account as JSON.
pub(super) fn print_place(place: &Place) -> Value {
    json!({ "region": place.region.as_str(), "accountId": place.account_id.as_str() })
}

/// Returns region and account from JSON.
pub(super) fn read_place(value: &Value) -> Option<Place> {
    let text = |name: &str| value.get(name).and_then(Value::as_str);
    Some(Place { region: Region::parse(text("region")?)?, account_id: AccountId::parse(text("accountId")?)? })
}

fn read_ids(value: Option<Value>) -> Result<Vec<Rc<str>>, RecordError> {
    let items = match value {
        None => return Ok(Vec::new()),
        Some(Value::Array(items)) if items.len() <= MAX_IDS => items,
        Some(_) => return Err(RecordError::Member("ids")),
    };
    let id = |item: &Value| item.as_str().filter(|id| id.len() <= MAX_ID_LENGTH).map(Rc::from);
    items.iter().map(id).collect::<Option<_>>().ok_or(RecordError::Member("ids"))
}

fn print_way(by: RestoredBy) -> &'static str {
    match by {
        RestoredBy::Undo => "undo",
        RestoredBy::Redo => "redo",
        RestoredBy::Choice => "choice",
    }
}

fn read_way(text: &str) -> Option<RestoredBy> {
    match text {
        "undo" => Some(RestoredBy::Undo),
        "redo" => Some(RestoredBy::Redo),
        "choice" => Some(RestoredBy::Choice),
        _ => None,
    }
}
