//! Answers as the AWS CLI shows them: its member names and dates, as JSON or as text.

use super::{query::Query, yaml};
use crate::{civil_time::CivilTime, collections::sort_by, control_plane::ApiError};
use serde::Serialize as _;
use serde_json::{Map, Value, ser::PrettyFormatter};

/// `--output`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Indented by four blanks.
    #[default]
    Json,
    /// Values with tabs between them.
    Text,
    /// YAML.
    Yaml,
}

impl Format {
    const ALL: [(&str, Self); 3] = [("json", Self::Json), ("text", Self::Text), ("yaml", Self::Yaml)];

    pub(super) fn names() -> String {
        Self::ALL.map(|(name, _)| name).join(", ")
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(name, _)| *name == text).map(|(_, format)| format)
    }
}

/// What the AWS CLI writes when the service refuses a request.
pub fn service_error(operation: &str, error: &ApiError) -> String {
    format!("An error occurred ({}) when calling the {operation} operation: {error}", error.code())
}

/// An answer's body as the AWS CLI writes it.
pub(super) fn show(operation: &str, body: Value, query: Option<&Query>, format: Format) -> Result<String, String> {
    let mut body = sdk_shape(operation, body);
    if let Some(query) = query {
        body = query.pick(&body)?;
    }
    Ok(match format {
        // An empty object is written as nothing at all.
        Format::Json if body.as_object().is_some_and(Map::is_empty) => String::new(),
        Format::Json => json(&body),
        Format::Yaml => yaml::print(&body),
        Format::Text => {
            let mut lines = Vec::new();
            text(&body, None, &mut lines);
            lines.join("\n")
        }
    })
}

/// The SDK's names and dates. A list is `items` there, but in GetStages, where it is `item`; so is the map of usage, which is
/// `values` on the wire (service model).
fn sdk_shape(operation: &str, body: Value) -> Value {
    let Value::Object(members) = body else { return body };
    let usage = ["GetUsage", "UpdateUsage"].contains(&operation);
    let is_list = |name: &str| name == "item" && operation != "GetStages" || name == "values" && usage;
    let rename = |name: String| if is_list(&name) { "items".to_owned() } else { name };
    let members = members.into_iter().map(|(name, value)| (rename(name), value));
    Value::Object(members.map(|(name, value)| (name, with_dates(value))).map(date_member).collect())
}

/// The same with the dates of the objects inside.
fn with_dates(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(with_dates).collect(),
        Value::Object(members) => {
            let members = members.into_iter().map(|(name, value)| (name, with_dates(value)));
            Value::Object(members.map(date_member).collect::<Map<_, _>>())
        }
        other => other,
    }
}

/// A date is seconds on the wire and ISO 8601 in version 2 of the AWS CLI (documented).
fn date_member((name, value): (String, Value)) -> (String, Value) {
    match value.as_i64() {
        Some(seconds) if name.ends_with("Date") => (name, Value::from(iso_date(seconds))),
        _ => (name, value),
    }
}

/// Seconds since 1970 as `2023-11-14T22:13:20+00:00`.
fn iso_date(seconds: i64) -> String {
    CivilTime::from_epoch_ms(seconds.saturating_mul(1000)).iso8601().replace('Z', "+00:00")
}

fn json(value: &Value) -> String {
    let mut out = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut out, PrettyFormatter::with_indent(b"    "));
    value.serialize(&mut serializer).expect("BUG: JSON is written to memory");
    String::from_utf8(out).expect("BUG: JSON is UTF-8")
}

/// A scalar in text output.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some("None".into()),
        Value::Bool(true) => Some("True".into()),
        Value::Bool(false) => Some("False".into()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.clone()),
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// The AWS CLI's text form: a line for the scalars of an object, by name, and a line for what is nested, after its name in
/// capitals; a list of scalars is one line.
fn text(value: &Value, name: Option<&str>, lines: &mut Vec<String>) {
    let label = name.map(str::to_ascii_uppercase);
    match value {
        Value::Object(members) => {
            let mut sorted: Vec<(&String, &Value)> = members.iter().collect();
            sort_by(&mut sorted, |a, b| a.0.cmp(b.0));
            let scalars: Vec<String> = sorted.iter().filter_map(|(_, value)| scalar(value)).collect();
            if !scalars.is_empty() {
                lines.push(label.into_iter().chain(scalars).collect::<Vec<_>>().join("\t"));
            }
            for (name, value) in sorted.into_iter().filter(|(_, value)| scalar(value).is_none()) {
                text(value, Some(name), lines);
            }
        }
        Value::Array(items) => {
            let scalars: Vec<String> = items.iter().filter_map(scalar).collect();
            match label {
                Some(label) => lines.extend(scalars.iter().map(|scalar| format!("{label}\t{scalar}"))),
                None if scalars.is_empty() => {}
                None => lines.push(scalars.join("\t")),
            }
            items.iter().filter(|item| scalar(item).is_none()).for_each(|item| text(item, name, lines));
        }
        other => lines.extend(scalar(other)),
    }
}
