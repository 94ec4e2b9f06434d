//! The keywords of draft 4, by the type of the value that they speak about.

use super::{Check, type_of};
use crate::json_order::{equal, numbers, whole};
use regex_lite::RegexBuilder;
use serde_json::{Map, Number, Value};

/// The largest compiled pattern, in bytes.
const LARGEST_PATTERN: usize = 1 << 18;

type Members = Map<String, Value>;

fn size(members: &Members, name: &str) -> Option<usize> {
    members.get(name)?.as_u64().and_then(|number| usize::try_from(number).ok())
}

/// Checks `type` and `enum`.
pub(super) fn every_type(check: &mut Check<'_>, members: &Members, value: &Value) {
    let found = type_of(value);
    let is = |name: &Value| name.as_str().is_some_and(|name| name == found || (name == "number" && found == "integer"));
    let (fits, allowed) = match members.get("type") {
        None => (true, String::new()),
        Some(Value::Array(names)) => (names.iter().any(is), Value::Array(names.clone()).to_string()),
        Some(name) => (is(name), format!("[{name}]")),
    };
    if !fits {
        check.fault(format!("instance type ({found}) does not match any allowed primitive type (allowed: {allowed})"));
    }
    if let Some(Value::Array(values)) = members.get("enum")
        && !values.iter().any(|one| equal(one, value))
    {
        check.fault(format!(
            "instance value ({value}) not found in enum (possible values: {})",
            Value::Array(values.clone())
        ));
    }
}

/// Checks an object by the keywords about objects.
pub(super) fn object(check: &mut Check<'_>, root: &Value, members: &Members, instance: &Members, depth: usize) {
    if let Some(Value::Array(names)) = members.get("required") {
        let missing = missing(names, instance);
        if !missing.is_empty() {
            check.fault(format!("object has missing required properties ({})", Value::Array(missing)));
        }
    }
    if size(members, "minProperties").is_some_and(|least| instance.len() < least) {
        check.fault(format!("object has too few properties (found {})", instance.len()));
    }
    if size(members, "maxProperties").is_some_and(|most| instance.len() > most) {
        check.fault(format!("object has too many properties (found {})", instance.len()));
    }
    let properties = members.get("properties").and_then(Value::as_object);
    let patterns = members.get("patternProperties").and_then(Value::as_object);
    let mut unknown = Vec::new();
    for (name, value) in instance {
        let mut known = false;
        if let Some(schema) = properties.and_then(|properties| properties.get(name)) {
            known = true;
            check.schema(root, schema, value, depth + 1);
        }
        for (_, schema) in patterns.into_iter().flatten().filter(|(pattern, _)| matches(pattern, name) == Some(true)) {
            known = true;
            check.schema(root, schema, value, depth + 1);
        }
        match members.get("additionalProperties") {
            _ if known => {}
            Some(Value::Bool(false)) => unknown.push(Value::from(name.as_str())),
            Some(schema) => check.schema(root, schema, value, depth + 1),
            None => {}
        }
    }
    for (name, needed) in members.get("dependencies").and_then(Value::as_object).into_iter().flatten() {
        if instance.contains_key(name) {
            dependency(check, root, (name.as_str(), needed), instance, depth);
        }
    }
    if !unknown.is_empty() {
        check.fault(format!(
            "object instance has properties which are not allowed by the schema: {}",
            Value::Array(unknown)
        ));
    }
}

/// Returns those of some names that an object has no member of.
fn missing(names: &[Value], instance: &Members) -> Vec<Value> {
    let is_missing = |name: &&Value| name.as_str().is_some_and(|name| !instance.contains_key(name));
    names.iter().filter(is_missing).cloned().collect()
}

/// Checks what an object needs because of a member that it has: other members, or to fit a schema.
fn dependency(check: &mut Check<'_>, root: &Value, (name, needed): (&str, &Value), instance: &Members, depth: usize) {
    let Value::Array(names) = needed else {
        return check.schema(root, needed, &Value::Object(instance.clone()), depth + 1);
    };
    let missing = missing(names, instance);
    if !missing.is_empty() {
        // The sentence of the validator whose sentences AWS gives for the other keywords (reported).
        check.fault(format!(
            "property {name:?} of object has missing property dependencies (schema requires {needed}; missing: {})",
            Value::Array(missing)
        ));
    }
}

/// Checks a list by the keywords about lists.
pub(super) fn array(check: &mut Check<'_>, root: &Value, members: &Members, items: &[Value], depth: usize) {
    if size(members, "minItems").is_some_and(|least| items.len() < least) {
        check.fault(format!("array is too short: must have at least {} elements", members["minItems"]));
    }
    if size(members, "maxItems").is_some_and(|most| items.len() > most) {
        check.fault(format!("array is too long: must have at most {} elements", members["maxItems"]));
    }
    let unique = members.get("uniqueItems") == Some(&Value::Bool(true));
    // What is compared is bounded like everything else here.
    let twice = |(at, item): (usize, &Value)| items[..at].iter().any(|other| equal(other, item));
    if unique && items.iter().take(1000).enumerate().any(twice) {
        check.fault("array must not contain duplicate elements");
    }
    match members.get("items") {
        Some(Value::Array(schemas)) => {
            for (at, item) in items.iter().enumerate() {
                match (schemas.get(at), members.get("additionalItems")) {
                    (Some(schema), _) => check.schema(root, schema, item, depth + 1),
                    (None, Some(Value::Bool(false))) => {
                        return check.fault("array has more elements than the schema allows");
                    }
                    (None, Some(schema)) => check.schema(root, schema, item, depth + 1),
                    (None, None) => {}
                }
            }
        }
        Some(schema) => items.iter().for_each(|item| check.schema(root, schema, item, depth + 1)),
        None => {}
    }
}

/// Checks a text by the keywords about texts; lengths count characters.
pub(super) fn text(check: &mut Check<'_>, members: &Members, text: &str) {
    let length = text.chars().count();
    if let Some(least) = size(members, "minLength").filter(|least| length < *least) {
        check.fault(format!("string {text:?} is too short (length: {length}, required minimum: {least})"));
    }
    if let Some(most) = size(members, "maxLength").filter(|most| length > *most) {
        check.fault(format!("string {text:?} is too long (length: {length}, maximum allowed: {most})"));
    }
    if let Some(pattern) = members.get("pattern").and_then(Value::as_str)
        && matches(pattern, text) == Some(false)
    {
        check.fault(format!("ECMA 262 regex {pattern:?} does not match input string {text:?}"));
    }
}

/// Tells whether a pattern is found anywhere in a text; `None` when it cannot be read here, and then it refuses nothing.
fn matches(pattern: &str, text: &str) -> Option<bool> {
    let regex = RegexBuilder::new(pattern).size_limit(LARGEST_PATTERN).build().ok()?;
    Some(regex.is_match(text))
}

/// Checks a number by the keywords about numbers.
pub(super) fn number(check: &mut Check<'_>, members: &Members, number: &Number) {
    let bound = |name: &str| members.get(name).and_then(Value::as_number);
    let is_exclusive = |name: &str| members.get(name) == Some(&Value::Bool(true));
    if let Some(least) = bound("minimum") {
        let order = numbers(number, least);
        if order.is_lt() {
            check.fault(format!(
                "numeric instance is lower than the required minimum (minimum: {least}, found: {number})"
            ));
        } else if order.is_eq() && is_exclusive("exclusiveMinimum") {
            check.fault(format!("numeric instance is not strictly greater than the required minimum {least}"));
        }
    }
    if let Some(most) = bound("maximum") {
        let order = numbers(number, most);
        if order.is_gt() {
            check.fault(format!(
                "numeric instance is greater than the required maximum (maximum: {most}, found: {number})"
            ));
        } else if order.is_eq() && is_exclusive("exclusiveMaximum") {
            check.fault(format!("numeric instance is not strictly lower than the required maximum {most}"));
        }
    }
    if let Some(divisor) = bound("multipleOf")
        && !is_multiple(number, divisor)
    {
        check.fault(format!("remainder of division is not zero ({number} / {divisor})"));
    }
}

/// Tells whether a number is a whole number of times another. Fractions are not exact, so what is very near counts.
fn is_multiple(number: &Number, divisor: &Number) -> bool {
    if let (Some(number), Some(divisor)) = (whole(number), whole(divisor)) {
        return number.checked_rem(divisor).is_none_or(|rest| rest == 0);
    }
    let parts = number.as_f64().zip(divisor.as_f64()).map(|(number, divisor)| number / divisor);
    parts.is_none_or(|parts| !parts.is_finite() || (parts - parts.round()).abs() <= 1e-9)
}

/// Checks `allOf`, `anyOf`, `oneOf` and `not`.
pub(super) fn combined(check: &mut Check<'_>, root: &Value, members: &Members, value: &Value, depth: usize) {
    let schemas = |name: &str| members.get(name).and_then(Value::as_array);
    for schema in schemas("allOf").into_iter().flatten() {
        check.schema(root, schema, value, depth + 1);
    }
    for (name, exactly_one) in [("anyOf", false), ("oneOf", true)] {
        let Some(schemas) = schemas(name) else { continue };
        let fitting = schemas.iter().filter(|schema| check.fits(root, schema, value, depth + 1)).count();
        if fitting == 0 || (exactly_one && fitting > 1) {
            let all = schemas.len();
            let wanted = if exactly_one { "exactly one schema" } else { "any schema" };
            check.fault(format!("instance failed to match {wanted} (matched {fitting} out of {all})"));
        }
    }
    if let Some(schema) = members.get("not")
        && check.fits(root, schema, value, depth + 1)
    {
        check.fault("instance matched a schema which it should not have");
    }
}
