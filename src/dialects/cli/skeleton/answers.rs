//! Writes what an operation answers, with a placeholder for each value.

use crate::control_plane::OperationRow;
use serde_json::{Map, Value, json};

/// The shapes of the service model's answers: a line with the shape's name and, after `<`, the operations that answer it, then
/// one with its members and their types. `b` is a boolean, `i` a whole number, `d` a number, `t` a date, `[X]` a list of X,
/// `{X}` a map to X; anything else is a shape, or a text when there is no such shape.
const SHAPES: &str = include_str!("answers.txt");

/// A structure inside others is not looked into any deeper.
const DEEPEST: usize = 12;

/// Returns the answer of an operation; nothing for one that answers without a body. A text is its member's name.
pub(in crate::dialects::cli) fn output(row: &OperationRow, date: &str) -> Value {
    let key = row.id().stored();
    let mut lines = SHAPES.lines();
    while let (Some(head), Some(members)) = (lines.next(), lines.next()) {
        let operations = head.split_once(" < ").map(|(_, operations)| operations);
        if operations.is_some_and(|names| names.split(' ').any(|name| name == key)) {
            return structure(members, date, DEEPEST);
        }
    }
    Value::Object(Map::new())
}

fn structure(members: &str, date: &str, depth: usize) -> Value {
    let member = |member: &str| match member.split_once(':') {
        Some((name, kind)) => (name.to_owned(), value(kind, name, date, depth)),
        None => (member.to_owned(), Value::from(member)),
    };
    members.split_whitespace().map(member).collect()
}

/// Makes a value of some type, which stands below a name.
fn value(kind: &str, name: &str, date: &str, depth: usize) -> Value {
    let inner = |open: char, close: char| kind.strip_prefix(open)?.strip_suffix(close);
    if let Some(item) = inner('[', ']') {
        // The name of a list's items is that of their shape.
        return json!([value(item, item, date, depth)]);
    }
    if let Some(entry) = inner('{', '}') {
        return json!({ super::KEY: value(entry, "", date, depth) });
    }
    match kind {
        "b" => Value::Bool(true),
        "i" => json!(0),
        "d" => json!(0.0),
        "t" => Value::from(date),
        shape => match members_of(shape).filter(|_| depth > 0) {
            Some(members) => structure(members, date, depth - 1),
            None => Value::from(name),
        },
    }
}

fn members_of(shape: &str) -> Option<&'static str> {
    let mut lines = SHAPES.lines();
    while let (Some(head), Some(members)) = (lines.next(), lines.next()) {
        if head.split(' ').next() == Some(shape) {
            return Some(members);
        }
    }
    None
}
