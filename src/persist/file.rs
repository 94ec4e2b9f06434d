//! The workspace file: a whole history as JSON, one operation a line, for exporting and importing; and what was refused, which
//! a program that does not know of it passes over.

use super::{
    bounds::{clean_name, is_shallow},
    record::{self, RecordError},
    refusal,
};
use crate::history::{KEPT_REFUSALS, Record, Refusal, Session};
use serde_json::Value;

/// The value of the member `format`.
pub const FORMAT: &str = "stagecraft.workspace";
/// The version that is written, and the newest that can be read.
pub const VERSION: u64 = 1;
/// Bytes of a file that is read.
pub const MAX_BYTES: usize = 32 * 1024 * 1024;
/// Operations in a file that is read.
pub const MAX_RECORDS: usize = 100_000;

/// A workspace file's content.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkspaceFile {
    /// The name of the workspace.
    pub name: String,
    /// The history.
    pub records: Vec<Record>,
    /// The requests that were refused, as far as they can be read.
    pub refused: Vec<Refusal>,
}

/// The reason why a file cannot be imported, and the way out.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FileError {
    /// Too many bytes.
    #[error("This file is larger than {} MB, the most that can be imported. Choose a workspace file exported from Stagecraft.", MAX_BYTES / 1024 / 1024)]
    TooLarge,
    /// Not JSON.
    #[error(
        "This file is damaged or not a workspace file: its JSON is not valid at line {line}, column {column}. Export the workspace again, or repair that line."
    )]
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// JSON of something else.
    #[error("This is not a Stagecraft workspace file. Choose a .json file that Stagecraft exported.")]
    NotOurs,
    /// A newer version wrote it.
    #[error(
        "A newer version of Stagecraft wrote this file (version {0}; this page reads up to {VERSION}). Reload the page to get the newest version, then import it again. The file is unchanged."
    )]
    Newer(u64),
    /// A member of the file itself is missing or wrong.
    #[error("This workspace file is damaged: its member \"{0}\" is missing or not valid. Export the workspace again.")]
    Member(&'static str),
    /// Too many operations.
    #[error("This file holds more than {MAX_RECORDS} operations, the most that can be imported.")]
    TooManyRecords,
    /// An operation cannot be read.
    #[error("Operation {number} of this file cannot be read: {error}.")]
    Record {
        /// Its number, from 1.
        number: usize,
        /// The reason.
        error: RecordError,
    },
}

/// Returns the file of a session.
pub fn print_session(name: &str, session: &Session) -> String {
    let operations = session.entries().iter().map(|operation| record::print(&operation.record));
    print_stored(name, operations, session.refused().iter().map(|refused| refusal::print(refused)))
}

/// Returns the file of a workspace of which only the history is known.
pub fn print<'a>(name: &str, records: impl IntoIterator<Item = &'a Record>) -> String {
    print_stored(name, records.into_iter().map(record::print), [])
}

/// Returns the file of stored entries as they are, damaged ones included: an entry that is not JSON becomes a JSON
/// text.
pub fn print_stored(
    name: &str,
    entries: impl IntoIterator<Item = String>,
    refused: impl IntoIterator<Item = String>,
) -> String {
    let name = Value::from(name);
    let mut out =
        format!("{{\n\"format\": \"{FORMAT}\",\n\"version\": {VERSION},\n\"name\": {name},\n\"operations\": [");
    print_lines(&mut out, &mut entries.into_iter());
    out.push_str("\n]");
    let mut refused = refused.into_iter().peekable();
    if refused.peek().is_some() {
        out.push_str(",\n\"refused\": [");
        print_lines(&mut out, &mut refused);
        out.push_str("\n]");
    }
    out.push_str("\n}\n");
    out
}

fn print_lines(out: &mut String, entries: &mut dyn Iterator<Item = String>) {
    let mut separator = "\n";
    for entry in entries {
        out.push_str(separator);
        match serde_json::from_str::<Value>(&entry) {
            Ok(value) => out.push_str(&value.to_string()),
            Err(_) => out.push_str(&Value::from(entry).to_string()),
        }
        separator = ",\n";
    }
}

/// Reads a file.
///
/// # Errors
/// It is no workspace file, too large, damaged, or of a newer version.
pub fn parse(text: &str) -> Result<WorkspaceFile, FileError> {
    if text.len() > MAX_BYTES {
        return Err(FileError::TooLarge);
    }
    if !is_shallow(text) {
        return Err(FileError::NotOurs);
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let parsed: Result<Value, _> = serde_json::from_str(text);
    let mut file = parsed.map_err(|error| FileError::NotJson { line: error.line(), column: error.column() })?;
    if file.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return Err(FileError::NotOurs);
    }
    match file.get("version").and_then(Value::as_u64) {
        Some(VERSION) => {}
        Some(newer) if newer > VERSION => return Err(FileError::Newer(newer)),
        _ => return Err(FileError::Member("version")),
    }
    let name = file.get("name").and_then(Value::as_str).ok_or(FileError::Member("name"))?;
    let name = clean_name(name, "Imported workspace");
    let Some(Value::Array(entries)) = file.get_mut("operations").map(Value::take) else {
        return Err(FileError::Member("operations"));
    };
    if entries.len() > MAX_RECORDS {
        return Err(FileError::TooManyRecords);
    }
    let read = |(at, entry)| record::from_value(entry).map_err(|error| FileError::Record { number: at + 1, error });
    let mut records = entries.into_iter().enumerate().map(read).collect::<Result<Vec<_>, _>>()?;
    number_steps(&mut records);
    Ok(WorkspaceFile { name, records, refused: read_refused(file.get_mut("refused").map(Value::take)) })
}

/// Numbers the steps one by one, as every session does: only which operations belong together counts. So a file cannot use up the
/// numbers that later steps need. A step that is over stays wrong, and the replay says so.
fn number_steps(records: &mut [Record]) {
    let (mut read, mut number) = (0, 0);
    for record in records {
        if record.transaction > read {
            (read, number) = (record.transaction, number + 1);
        }
        record.transaction = if record.transaction == read { number } else { 0 };
    }
}

/// Returns what was refused. Nothing depends on it, so what makes no sense is left out.
fn read_refused(entries: Option<Value>) -> Vec<Refusal> {
    let Some(Value::Array(entries)) = entries else { return Vec::new() };
    let over = entries.len().saturating_sub(KEPT_REFUSALS);
    entries.into_iter().skip(over).filter_map(refusal::from_value).collect()
}
