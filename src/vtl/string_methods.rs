//! The methods of `java.lang.String` that mapping templates use. Places and lengths are in UTF-16 units, as in Java.

use super::methods::{java_list, text_of};
use super::value::Value;
use super::{Budget, Fault, java_regex};
use std::rc::Rc;

/// Calls a method; `None` when a text has none of that name with those arguments.
pub(super) fn call(text: &Rc<str>, name: &str, args: &[Value], budget: &mut Budget) -> Result<Option<Value>, Fault> {
    budget.spend(1 + text.len() as u64 / 64)?;
    match args {
        [] => Ok(without_arguments(text, name)),
        [one] => with_one(text, name, one, budget),
        [one, two] => with_two(text, name, one, two, budget),
        _ => Ok(None),
    }
}

fn without_arguments(text: &Rc<str>, name: &str) -> Option<Value> {
    Some(match name {
        "toString" | "intern" => Value::Str(Rc::clone(text)),
        "length" => Value::Int(length(text)),
        "isEmpty" => Value::Bool(text.is_empty()),
        "toLowerCase" => Value::Str(text.to_lowercase().into()),
        "toUpperCase" => Value::Str(text.to_uppercase().into()),
        // Java's trim takes everything up to the space.
        "trim" => Value::text(text.trim_matches(|character| character <= ' ')),
        _ => return None,
    })
}

fn with_one(text: &Rc<str>, name: &str, arg: &Value, budget: &mut Budget) -> Result<Option<Value>, Fault> {
    if let Value::Int(place) = arg {
        match name {
            "substring" => return substring(text, *place, None).map(Some),
            "charAt" => return substring(text, *place, Some(place.saturating_add(1))).map(Some),
            _ => {}
        }
    }
    if name == "equals" {
        return Ok(Some(Value::Bool(matches!(arg, Value::Str(other) if other == text))));
    }
    if name == "valueOf" {
        return Ok(Some(Value::Str(text_of(arg, budget)?.into())));
    }
    if matches!(arg, Value::Null) {
        return match name {
            "equalsIgnoreCase" => Ok(Some(Value::Bool(false))),
            "contains" | "startsWith" | "endsWith" | "indexOf" | "lastIndexOf" | "concat" | "split" | "matches"
            | "compareTo" => Err(Fault::method(format!("{name} was given null."))),
            _ => Ok(None),
        };
    }
    let other = text_of(arg, budget)?;
    Ok(Some(match name {
        "contains" => Value::Bool(text.contains(&other)),
        "startsWith" => Value::Bool(text.starts_with(&other)),
        "endsWith" => Value::Bool(text.ends_with(&other)),
        "equalsIgnoreCase" => Value::Bool(text.to_lowercase() == other.to_lowercase()),
        "indexOf" => Value::Int(text.find(&other).map_or(-1, |at| length_before(text, at))),
        "lastIndexOf" => Value::Int(text.rfind(&other).map_or(-1, |at| length_before(text, at))),
        "compareTo" => Value::Int(compare(text, &other)),
        "concat" => {
            budget.spend_text(text.len() + other.len())?;
            Value::Str(format!("{text}{other}").into())
        }
        "matches" => Value::Bool(java_regex::matches(&other, text, budget)?),
        "split" => split(text, &other, 0, budget)?,
        _ => return Ok(None),
    }))
}

fn with_two(text: &Rc<str>, name: &str, one: &Value, two: &Value, budget: &mut Budget) -> Result<Option<Value>, Fault> {
    Ok(Some(match (name, one, two) {
        ("substring", Value::Int(start), Value::Int(end)) => substring(text, *start, Some(*end))?,
        ("indexOf", Value::Str(part), Value::Int(from)) => index_from(text, part, *from),
        ("startsWith", Value::Str(part), Value::Int(from)) => Value::Bool(
            usize::try_from(*from)
                .ok()
                .and_then(|from| byte_at(text, from))
                .and_then(|byte| text.get(byte..))
                .is_some_and(|rest| rest.starts_with(&**part)),
        ),
        ("split", Value::Str(pattern), Value::Int(limit)) => split(text, pattern, *limit, budget)?,
        ("replace" | "replaceAll" | "replaceFirst", Value::Null, _) | ("replace", _, Value::Null) => {
            return Err(Fault::method(format!("{name} was given null.")));
        }
        ("replace", from, to) => {
            let (from, to) = (text_of(from, budget)?, text_of(to, budget)?);
            replace(text, &from, &to, budget)?
        }
        ("replaceAll" | "replaceFirst", from, to) => {
            let (from, to) = (text_of(from, budget)?, text_of(to, budget)?);
            let all = name == "replaceAll";
            Value::Str(java_regex::replace(&from, text, &to, all, budget)?.into())
        }
        _ => return Ok(None),
    }))
}

/// Java's `compareTo`: how far the first units that differ are apart, else the lengths.
fn compare(text: &str, other: &str) -> i64 {
    let differing = text.encode_utf16().zip(other.encode_utf16()).find(|(left, right)| left != right);
    differing.map_or_else(|| length(text) - length(other), |(left, right)| i64::from(left) - i64::from(right))
}

fn replace(text: &str, from: &str, to: &str, budget: &mut Budget) -> Result<Value, Fault> {
    let times = text.matches(from).count();
    let grown = times.saturating_mul(to.len()).saturating_add(text.len());
    budget.spend_text(grown)?;
    Ok(Value::Str(text.replace(from, to).into()))
}

/// Returns the length in UTF-16 units.
fn length(text: &str) -> i64 {
    let units = if text.is_ascii() { text.len() } else { text.encode_utf16().count() };
    i64::try_from(units).unwrap_or(i64::MAX)
}

fn length_before(text: &str, byte: usize) -> i64 {
    length(text.get(..byte).unwrap_or(text))
}

/// Returns the byte offset of a UTF-16 place; the place after the last unit is the end of the text.
fn byte_at(text: &str, unit: usize) -> Option<usize> {
    if text.is_ascii() {
        return (unit <= text.len()).then_some(unit);
    }
    let mut units = 0;
    for (byte, character) in text.char_indices() {
        if units >= unit {
            return Some(byte);
        }
        units += character.len_utf16();
    }
    (units >= unit).then_some(text.len())
}

fn substring(text: &str, start: i64, end: Option<i64>) -> Result<Value, Fault> {
    let size = length(text);
    let end = end.unwrap_or(size);
    if start < 0 || end > size || start > end {
        return Err(Fault::method(format!("There is no part from {start} to {end} in a text of length {size}.")));
    }
    let byte = |place: i64| usize::try_from(place).ok().and_then(|place| byte_at(text, place));
    let part = byte(start).zip(byte(end)).and_then(|(start, end)| text.get(start..end));
    Ok(Value::text(part.unwrap_or("")))
}

fn index_from(text: &str, part: &str, from: i64) -> Value {
    let from = usize::try_from(from.max(0)).unwrap_or(usize::MAX);
    let found = byte_at(text, from).and_then(|start| {
        let rest = text.get(start..)?;
        rest.find(part).map(|at| start + at)
    });
    Value::Int(found.map_or(-1, |byte| length_before(text, byte)))
}

/// Java's `split`: a limit above 0 bounds the parts, 0 drops empty parts at the end, below 0 keeps them.
fn split(text: &str, pattern: &str, limit: i64, budget: &mut Budget) -> Result<Value, Fault> {
    let most = usize::try_from(limit).ok().filter(|limit| *limit > 0);
    let mut parts = java_regex::split(pattern, text, most, budget)?;
    if limit == 0 {
        // A text without any match stays whole, even when it is empty.
        while parts.len() > 1 && parts.last().is_some_and(|part| part.is_empty()) {
            parts.pop();
        }
        if parts.len() == 1 && !text.is_empty() && parts.first().is_some_and(|part| part.is_empty()) {
            parts.clear();
        }
    }
    budget.spend(parts.len() as u64)?;
    Ok(java_list(parts.into_iter().map(Value::text).collect()))
}
