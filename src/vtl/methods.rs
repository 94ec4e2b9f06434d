//! Properties, indexes and methods of values: which Java method does what on which kind.
//!
//! A method that a kind does not have yields null, which renders as nothing (as for any invalid reference).

use super::value::{List, Object, Value};
use super::{Budget, Fault, collection_methods, operators, print, string_methods};
use std::rc::Rc;

/// Returns `$value.name`.
pub(super) fn property(value: &Value, name: &str) -> Value {
    match value {
        Value::Map(map) => map.get(name).unwrap_or_default(),
        Value::Object(object) => match object.property(name) {
            Value::Null => match object.as_value() {
                Value::Object(_) => Value::Null,
                other => property(&other, name),
            },
            found => found,
        },
        // Java's isEmpty(), as Velocity finds it.
        Value::List(list) if name == "empty" => Value::Bool(list.items().is_empty()),
        Value::Str(text) if name == "empty" => Value::Bool(text.is_empty()),
        _ => Value::Null,
    }
}

/// Does `#set($value.name = …)`: maps and objects take it, anything else ignores it.
pub(super) fn set_property(owner: &Value, name: &Rc<str>, value: Value) {
    match owner {
        Value::Map(map) => {
            map.put(Rc::clone(name), value);
        }
        Value::Object(object) => object.set_property(name, value),
        _ => {}
    }
}

/// Returns `$value[index]`.
pub(super) fn index(value: &Value, index: &Value) -> Result<Value, Fault> {
    match (value, index) {
        (Value::List(list), Value::Int(index)) => {
            let items = list.items();
            let place = place_in(*index, items.len())?;
            Ok(items.get(place).cloned().unwrap_or_default())
        }
        (Value::Map(map), Value::Str(key)) => Ok(map.get(key).unwrap_or_default()),
        (Value::Map(map), Value::Int(_) | Value::Float(_) | Value::Bool(_)) => {
            Ok(map.get(&index.to_text()).unwrap_or_default())
        }
        (Value::Object(_), Value::Str(key)) => Ok(property(value, key)),
        (Value::Object(object), _) => match object.as_value() {
            Value::Object(_) => Ok(Value::Null),
            other => self::index(&other, index),
        },
        _ => Ok(Value::Null),
    }
}

/// Does `#set($value[index] = …)`.
pub(super) fn set_index(owner: &Value, index: &Value, value: Value, budget: &mut Budget) -> Result<(), Fault> {
    match (owner, index) {
        (Value::List(list), Value::Int(index)) => {
            let mut items = list.items_mut();
            let place = place_in(*index, items.len())?;
            if let Some(item) = items.get_mut(place) {
                *item = value;
            }
        }
        (Value::Map(map), key) => {
            map.put(key_text(key, budget)?, value);
        }
        (Value::Object(object), key) => object.set_property(&key_text(key, budget)?, value),
        _ => {}
    }
    Ok(())
}

/// Returns the place that an index means; a negative one counts from the end, as in Velocity 1.7.
fn place_in(index: i64, size: usize) -> Result<usize, Fault> {
    let counted = if index < 0 { index + i64::try_from(size).unwrap_or(i64::MAX) } else { index };
    usize::try_from(counted).ok().filter(|place| *place < size).ok_or_else(|| out_of_bounds(index, size))
}

/// Java's `IndexOutOfBoundsException`.
pub(super) fn out_of_bounds(index: i64, size: usize) -> Fault {
    Fault::method(format!("There is no index {index} in a list of {size}."))
}

/// Returns what a value is as the key of a map.
pub(super) fn key_text(key: &Value, budget: &mut Budget) -> Result<Rc<str>, Fault> {
    match key {
        Value::Str(text) => Ok(Rc::clone(text)),
        Value::Null => Ok("null".into()),
        other => text_of(other, budget).map(Into::into),
    }
}

/// Returns the text of a value, paid for.
pub(super) fn text_of(value: &Value, budget: &mut Budget) -> Result<String, Fault> {
    let mut text = String::new();
    print::value(value, &mut text, budget.max_bytes())?;
    budget.spend_text(text.len())?;
    Ok(text)
}

/// Calls `$receiver.name(args)`.
pub(super) fn call(receiver: &Value, name: &str, args: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let result = match receiver {
        Value::Null | Value::Block(_) => return Ok(Value::Null),
        Value::Str(text) => string_methods::call(text, name, args, budget)?,
        Value::List(list) => collection_methods::call_list(list, name, args, budget)?,
        Value::Map(map) => collection_methods::call_map(map, name, args, budget)?,
        Value::Object(object) => call_object(object, name, args, budget)?,
        Value::Int(_) | Value::Float(_) | Value::Bool(_) => call_number(receiver, name, args)?,
    };
    match (result, name, args) {
        (Some(value), _, _) => Ok(value),
        (None, "toString", []) => Ok(Value::Str(text_of(receiver, budget)?.into())),
        // Unlike ==, equals() never compares by text: "1".equals(1) is false in Java.
        (None, "equals", [other]) if same_kind(receiver, other) => {
            Ok(Value::Bool(operators::equal(receiver, other, budget)?))
        }
        (None, "equals", [_]) => Ok(Value::Bool(false)),
        (None, _, _) => Ok(Value::Null),
    }
}

fn same_kind(left: &Value, right: &Value) -> bool {
    std::mem::discriminant(left) == std::mem::discriminant(right)
}

fn call_object(
    object: &Rc<dyn Object>,
    name: &str,
    args: &[Value],
    budget: &mut Budget,
) -> Result<Option<Value>, Fault> {
    if let Some(value) = object.call(name, args, budget)? {
        return Ok(Some(value));
    }
    match object.as_value() {
        Value::Null | Value::Object(_) => Ok(None),
        other => call(&other, name, args, budget).map(Some),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "as Java does it: towards zero, and to the nearest that there is")]
fn call_number(receiver: &Value, name: &str, args: &[Value]) -> Result<Option<Value>, Fault> {
    Ok(Some(match (name, receiver, args) {
        ("intValue" | "longValue", Value::Int(int), []) => Value::Int(*int),
        ("intValue" | "longValue", Value::Float(float), []) => Value::Int(*float as i64),
        ("doubleValue" | "floatValue", Value::Int(int), []) => Value::Float(*int as f64),
        ("doubleValue" | "floatValue", Value::Float(float), []) => Value::Float(*float),
        ("booleanValue", Value::Bool(bool), []) => Value::Bool(*bool),
        // Java's static methods, reached through a number at hand: #set($Integer = 0) $Integer.parseInt("12").
        ("parseInt" | "parseLong" | "valueOf", Value::Int(_), [Value::Str(text)]) => match text.parse() {
            Ok(int) => Value::Int(int),
            Err(_) => return Err(Fault::method(format!("\"{}\" is not a whole number.", excerpt(text)))),
        },
        ("parseDouble" | "parseFloat" | "valueOf", Value::Float(_), [Value::Str(text)]) => match text.trim().parse() {
            Ok(float) => Value::Float(float),
            Err(_) => return Err(Fault::method(format!("\"{}\" is not a number.", excerpt(text)))),
        },
        ("parseBoolean" | "valueOf", Value::Bool(_), [Value::Str(text)]) => {
            Value::Bool(text.eq_ignore_ascii_case("true"))
        }
        ("compareTo", _, [other]) => match (receiver, other) {
            (Value::Int(left), Value::Int(right)) => Value::Int(left.cmp(right) as i64),
            (Value::Float(left), Value::Float(right)) => Value::Int(left.total_cmp(right) as i64),
            _ => return Ok(None),
        },
        _ => return Ok(None),
    }))
}

/// Returns the beginning of a text, for a message.
pub(super) fn excerpt(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// Returns a new list as Java makes it.
pub(super) fn java_list(items: Vec<Value>) -> Value {
    Value::List(Rc::new(List::new(items)))
}
