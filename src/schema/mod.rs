//! JSON schema, draft 4, as far as models use it: a small language that knows nothing of API Gateway.
//!
//! Any schema and any instance end: depth and steps are bounded. Keywords that are not known are ignored, as the draft says.

mod keywords;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

use serde_json::Value;

/// The most levels of schemas.
const DEPTH: usize = 64;
/// The most schemas that are tried on values, each time counted.
const STEPS: usize = 100_000;
/// So many faults are told; one would do to refuse.
const FAULTS: usize = 20;
/// The types that a schema can name.
const TYPES: [&str; 7] = ["array", "boolean", "integer", "null", "number", "object", "string"];

/// Finds the schema that a reference names; `None` when it leads nowhere.
pub type Resolve<'a> = &'a dyn Fn(&str) -> Option<Value>;

/// Returns what is wrong with an instance, one sentence each; nothing when it fits.
///
/// `resolve` finds what a `$ref` names that is not of this document.
pub fn faults(schema: &Value, instance: &Value, resolve: Resolve<'_>) -> Vec<String> {
    let mut check = Check { resolve, steps: STEPS, faults: Vec::new() };
    check.schema(schema, schema, instance, 0);
    check.faults
}

/// Returns the references of a schema, in order.
pub fn references(schema: &Value) -> Vec<String> {
    let mut out = Vec::new();
    collect(schema, 0, &mut out);
    out
}

fn collect(value: &Value, depth: usize, out: &mut Vec<String>) {
    if depth > DEPTH {
        return;
    }
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                match value {
                    Value::String(reference) if name == "$ref" => out.push(reference.clone()),
                    value => collect(value, depth + 1, out),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, depth + 1, out)),
        _ => {}
    }
}

/// Returns what a reference of the form `#/definitions/x` names in a document.
pub fn local<'v>(root: &'v Value, reference: &str) -> Option<&'v Value> {
    let pointer = reference.strip_prefix('#')?;
    root.pointer(pointer)
}

/// Tells whether a document can be a schema: its keywords have the types that draft 4 gives them.
pub fn is_schema(schema: &Value) -> bool {
    well_formed(schema, 0)
}

fn well_formed(schema: &Value, depth: usize) -> bool {
    let Value::Object(members) = schema else { return false };
    let deeper = |value: &Value| well_formed(value, depth + 1);
    depth <= DEPTH
        && members.iter().all(|(name, value)| match name.as_str() {
            "type" => match value {
                Value::Array(types) => distinct(types) && types.iter().all(is_type),
                one => is_type(one),
            },
            "required" => are_names(value),
            "enum" => value.as_array().is_some_and(|values| distinct(values)),
            "properties" | "patternProperties" | "definitions" => {
                value.as_object().is_some_and(|schemas| schemas.values().all(deeper))
            }
            "dependencies" => {
                value.as_object().is_some_and(|needed| needed.values().all(|needed| is_dependency(needed, depth)))
            }
            "allOf" | "anyOf" | "oneOf" => {
                value.as_array().is_some_and(|schemas| !schemas.is_empty() && schemas.iter().all(deeper))
            }
            "items" => match value {
                Value::Array(schemas) => !schemas.is_empty() && schemas.iter().all(deeper),
                one => deeper(one),
            },
            "not" => deeper(value),
            "additionalProperties" | "additionalItems" => value.is_boolean() || deeper(value),
            "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" => value.is_u64(),
            "minimum" | "maximum" => value.is_number(),
            "multipleOf" => value.as_f64().is_some_and(|number| number > 0.0),
            "exclusiveMinimum" | "exclusiveMaximum" | "uniqueItems" => value.is_boolean(),
            "pattern" | "title" | "description" | "$schema" | "$ref" | "format" => value.is_string(),
            _ => true,
        })
}

/// Tells whether a value is a list of names, each once.
fn are_names(value: &Value) -> bool {
    value.as_array().is_some_and(|names| distinct(names) && names.iter().all(Value::is_string))
}

/// Tells whether a value can be what a member asks for: other members, or a schema.
fn is_dependency(needed: &Value, depth: usize) -> bool {
    are_names(needed) || well_formed(needed, depth + 1)
}

/// The keywords of draft 4, in the order of the alphabet, with `$ref` and `format`.
const KEYWORDS: [&str; 34] = [
    "$ref",
    "$schema",
    "additionalItems",
    "additionalProperties",
    "allOf",
    "anyOf",
    "default",
    "definitions",
    "dependencies",
    "description",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "id",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "oneOf",
    "pattern",
    "patternProperties",
    "properties",
    "required",
    "title",
    "type",
    "uniqueItems",
];

/// Returns the keywords of a schema, and of the schemas within it, that draft 4 does not have: each once, in the order of the
/// alphabet.
pub fn unknown_keywords(schema: &Value) -> Vec<String> {
    let mut out = Vec::new();
    find_unknown(schema, 0, &mut out);
    out.sort_unstable();
    out.dedup();
    out
}

fn find_unknown(schema: &Value, depth: usize, out: &mut Vec<String>) {
    // Beside a reference nothing counts.
    let Value::Object(members) = schema else { return };
    if depth > DEPTH || members.contains_key("$ref") {
        return;
    }
    for (name, value) in members {
        match (name.as_str(), value) {
            ("properties" | "patternProperties" | "definitions" | "dependencies", Value::Object(schemas)) => {
                schemas.values().for_each(|schema| find_unknown(schema, depth + 1, out));
            }
            ("allOf" | "anyOf" | "oneOf" | "items", Value::Array(schemas)) => {
                schemas.iter().for_each(|schema| find_unknown(schema, depth + 1, out));
            }
            ("items" | "additionalItems" | "additionalProperties" | "not", schema) => {
                find_unknown(schema, depth + 1, out);
            }
            (name, _) if KEYWORDS.binary_search(&name).is_err() => out.push(name.to_owned()),
            _ => {}
        }
    }
}

/// Tells whether a list has entries, each once.
fn distinct(values: &[Value]) -> bool {
    !values.is_empty() && values.iter().enumerate().all(|(at, value)| !values[..at].contains(value))
}

fn is_type(value: &Value) -> bool {
    value.as_str().is_some_and(|name| TYPES.contains(&name))
}

/// Returns the type of a value, as schemas name it.
fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

struct Check<'a> {
    resolve: Resolve<'a>,
    steps: usize,
    faults: Vec<String>,
}

impl Check<'_> {
    fn fault(&mut self, fault: impl Into<String>) {
        if self.faults.len() < FAULTS {
            self.faults.push(fault.into());
        }
    }

    fn schema(&mut self, root: &Value, schema: &Value, value: &Value, depth: usize) {
        let Value::Object(members) = schema else { return };
        if depth > DEPTH || self.steps == 0 {
            return self.fault("the schema is nested too deeply");
        }
        self.steps -= 1;
        // Beside a reference nothing else counts.
        if let Some(reference) = members.get("$ref").and_then(Value::as_str) {
            return match local(root, reference) {
                Some(found) => self.schema(root, found, value, depth + 1),
                None => match (self.resolve)(reference) {
                    Some(found) => self.schema(&found, &found, value, depth + 1),
                    None => self.fault(format!("the reference {reference:?} leads nowhere")),
                },
            };
        }
        keywords::every_type(self, members, value);
        match value {
            Value::Object(instance) => keywords::object(self, root, members, instance, depth),
            Value::Array(items) => keywords::array(self, root, members, items, depth),
            Value::String(text) => keywords::text(self, members, text),
            Value::Number(number) => keywords::number(self, members, number),
            Value::Null | Value::Bool(_) => {}
        }
        keywords::combined(self, root, members, value, depth);
    }

    /// Tells whether a value fits a schema; its faults are not told.
    fn fits(&mut self, root: &Value, schema: &Value, value: &Value, depth: usize) -> bool {
        let told = std::mem::take(&mut self.faults);
        self.schema(root, schema, value, depth);
        let fits = self.faults.is_empty();
        self.faults = told;
        fits
    }
}
