//! The commands of a link as text, one a line, made to be alike so that they deflate well.
//!
//! The first line is the workspace's name as a JSON text and the time of the first command. A command is
//! `CreateResource6+rs{"restApiId":"@0",…}`: AWS's name, the lengths of the ids that it minted, the milliseconds (base
//! 36) since the command before when there are any, the input. `@0` stands for the first id that was minted in the link,
//! since ids do not deflate; a text that begins with `@` itself has it twice. `Place{…}` sets region and account.

use super::LinkError;
use crate::{
    collections::SharedMap,
    entities::{Edition, Timestamp},
    history::{Act, Record},
    persist::{
        bounds::is_shallow,
        record::{self, RecordError, TIMES},
    },
};
use serde_json::Value;
use std::{fmt::Write as _, rc::Rc};

/// The word that sets region and account in place of an operation's name.
const PLACE: &str = "Place";
/// Characters of an id, at most.
const MAX_ID_LENGTH: usize = 128;
/// Ids in a link, at most.
const MAX_IDS: usize = 50_000;

/// Returns the commands as text. Returns to earlier moments have no form here: pruning has taken them out.
pub(super) fn print(name: &str, records: &[Record]) -> String {
    let mut time = records.first().map_or(0, |record| record.time.0);
    let mut out = format!("{} {}\n", Value::from(name), base36(time));
    let mut known: SharedMap<Rc<str>, usize> = SharedMap::new();
    let mut count = 0;
    for record in records {
        let (operation, mut input) = match &record.act {
            Act::Command(command) => (command.row().id().stored(), Value::Object(command.input())),
            Act::Moved(place) => (PLACE.into(), record::print_place(place)),
            Act::Restored { .. } => continue,
        };
        shorten(&mut input, &known);
        let lengths: Vec<String> = record.ids.iter().map(|id| id.len().to_string()).collect();
        let since = record.time.0 - time;
        let since = if since == 0 {
            String::new()
        } else {
            format!("{}{}", if since < 0 { '-' } else { '+' }, base36(since.abs()))
        };
        let _ = writeln!(out, "{operation}{}{since}{input}", lengths.join("."));
        time = record.time.0;
        for id in &record.ids {
            if !known.contains_key(id) {
                known.insert(id.clone(), count);
            }
            count += 1;
        }
    }
    out
}

/// A link's text, taken apart; its ids are elsewhere.
pub(super) struct Lines<'a> {
    name: String,
    lines: Vec<Line<'a>>,
}

struct Line<'a> {
    operation: &'a str,
    id_lengths: Vec<usize>,
    time: i64,
    input: &'a str,
}

/// Takes a link's text apart.
///
/// # Errors
/// It is not such a text, or holds too many commands or ids.
pub(super) fn parse(text: &str, max_commands: usize) -> Result<Lines<'_>, LinkError> {
    let mut rows = text.strip_suffix('\n').ok_or(LinkError::Damaged)?.split('\n');
    let (name, time) = rows.next().and_then(|row| row.rsplit_once(' ')).ok_or(LinkError::Damaged)?;
    let name: String = serde_json::from_str(name).map_err(|_| LinkError::Damaged)?;
    let mut time = number(time)?;
    let (mut lines, mut ids) = (Vec::new(), 0);
    for row in rows {
        let line = parse_line(row, &mut time)?;
        ids += line.id_lengths.len();
        if lines.len() == max_commands || ids > MAX_IDS {
            return Err(LinkError::TooMuch);
        }
        lines.push(line);
    }
    Ok(Lines { name, lines })
}

fn parse_line<'a>(row: &'a str, time: &mut i64) -> Result<Line<'a>, LinkError> {
    let start = row.find('{').ok_or(LinkError::Damaged)?;
    let (head, input) = row.split_at_checked(start).ok_or(LinkError::Damaged)?;
    // A service's mark may hold digits, which a bare name has none of.
    let mark = head.find(':').map_or(0, |colon| colon + 1);
    let end = head[mark..].find(|c: char| !c.is_ascii_alphabetic()).map_or(head.len(), |end| mark + end);
    let (operation, head) = head.split_at_checked(end).ok_or(LinkError::Damaged)?;
    let sign = head.find(['+', '-']).unwrap_or(head.len());
    let (lengths, since) = head.split_at_checked(sign).ok_or(LinkError::Damaged)?;
    let length = |text: &str| text.parse().ok().filter(|length| *length <= MAX_ID_LENGTH).ok_or(LinkError::Damaged);
    let id_lengths =
        if lengths.is_empty() { Vec::new() } else { lengths.split('.').map(length).collect::<Result<_, _>>()? };
    if !since.is_empty() {
        // The sign is a part of the number.
        *time = time.checked_add(number(since)?).ok_or(LinkError::Damaged)?;
    }
    if !TIMES.contains(time) {
        return Err(LinkError::Damaged);
    }
    Ok(Line { operation, id_lengths, time: *time, input })
}

impl Lines<'_> {
    /// Returns the lengths of all ids, in their order.
    pub(super) fn id_lengths(&self) -> impl Iterator<Item = usize> {
        self.lines.iter().flat_map(|line| line.id_lengths.iter().copied())
    }

    /// Returns the name and the commands, with the ids put back.
    ///
    /// # Errors
    /// A command cannot be read.
    pub(super) fn into_records(self, edition: Edition, ids: &[String]) -> Result<(String, Vec<Record>), LinkError> {
        let ids: Vec<Rc<str>> = ids.iter().map(|id| Rc::from(id.as_str())).collect();
        let (mut records, mut minted) = (Vec::with_capacity(self.lines.len()), 0);
        for (at, line) in self.lines.iter().enumerate() {
            let own = minted + line.id_lengths.len();
            let known = ids.get(..minted).unwrap_or_default();
            let act = read_act(line, known).map_err(|error| LinkError::Command { number: at + 1, error })?;
            let own_ids = ids.get(minted..own).unwrap_or_default().to_vec();
            records.push(Record { transaction: 0, time: Timestamp(line.time), edition, act, ids: own_ids });
            minted = own;
        }
        Ok((self.name, records))
    }
}

fn read_act(line: &Line<'_>, ids: &[Rc<str>]) -> Result<Act, RecordError> {
    if !is_shallow(line.input) {
        return Err(RecordError::TooDeep);
    }
    let mut input: Value = serde_json::from_str(line.input).map_err(|_| RecordError::NotJson)?;
    lengthen(&mut input, ids)?;
    if line.operation == PLACE {
        return record::read_place(&input).map(Act::Moved).ok_or(RecordError::Member(PLACE));
    }
    let Value::Object(input) = input else { return Err(RecordError::NotJson) };
    record::read_command(line.operation, input).map(Act::Command)
}

/// Puts numbers in place of ids.
fn shorten(value: &mut Value, known: &SharedMap<Rc<str>, usize>) {
    match value {
        Value::String(text) => {
            if let Some(at) = known.get(text.as_str()) {
                *text = format!("@{at}");
            } else if text.starts_with('@') {
                text.insert(0, '@');
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| shorten(item, known)),
        Value::Object(members) => members.values_mut().for_each(|item| shorten(item, known)),
        _ => {}
    }
}

/// Puts ids in place of numbers.
fn lengthen(value: &mut Value, ids: &[Rc<str>]) -> Result<(), RecordError> {
    match value {
        Value::String(text) => {
            let Some(rest) = text.strip_prefix('@') else { return Ok(()) };
            *text = match rest.strip_prefix('@') {
                Some(_) => rest.to_owned(),
                None => {
                    let id = rest.parse().ok().and_then(|at: usize| ids.get(at));
                    id.ok_or(RecordError::Member("@"))?.to_string()
                }
            };
            Ok(())
        }
        Value::Array(items) => items.iter_mut().try_for_each(|item| lengthen(item, ids)),
        Value::Object(members) => members.values_mut().try_for_each(|item| lengthen(item, ids)),
        _ => Ok(()),
    }
}

fn base36(number: i64) -> String {
    let mut rest = number.unsigned_abs();
    let mut digits = Vec::new();
    loop {
        let digit = u32::try_from(rest % 36).unwrap_or_default();
        digits.extend(char::from_digit(digit, 36));
        rest /= 36;
        if rest == 0 {
            break;
        }
    }
    let sign = if number < 0 { "-" } else { "" };
    sign.chars().chain(digits.into_iter().rev()).collect()
}

fn number(text: &str) -> Result<i64, LinkError> {
    i64::from_str_radix(text, 36).map_err(|_| LinkError::Damaged)
}
