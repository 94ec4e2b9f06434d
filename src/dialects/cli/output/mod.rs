//! Answers as the AWS CLI shows them: its member names and dates, as JSON, text, a table or YAML.

mod columns;
mod table;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
mod text;
mod yaml;

use super::{pages::Pages, query::Query, skeleton};
use crate::{
    civil_time::CivilTime,
    control_plane::{ApiError, OperationRow},
};
use serde::Serialize as _;
use serde_json::{Map, Number, Value, json, ser::PrettyFormatter};

/// `--output`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Indented by four blanks.
    #[default]
    Json,
    /// Values with tabs between them.
    Text,
    /// Boxes.
    Table,
    /// YAML.
    Yaml,
    /// YAML: each page of an answer is an item of a list of its own.
    YamlStream,
}

impl Format {
    pub(super) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "json" => Self::Json,
            "text" => Self::Text,
            "table" => Self::Table,
            "yaml" => Self::Yaml,
            "yaml-stream" => Self::YamlStream,
            _ => return None,
        })
    }
}

/// Returns a value that is not nested, in YAML.
pub(super) fn yaml_scalar(value: &Value) -> String {
    yaml::print_scalar(value)
}

/// Returns what the AWS CLI writes when the service refuses a request.
pub fn service_error(operation: &str, error: &ApiError) -> String {
    format!("An error occurred ({}) when calling the {operation} operation: {error}", error.code())
}

/// The reason why an answer cannot be shown.
pub(super) enum Unshown {
    /// The query can not be asked of it.
    Query(String),
    /// It has no such form.
    Form(String),
}

/// Writes an answer's body as the AWS CLI does.
///
/// The pages of a list are one answer, but as text: there each page is one, the token after them too, and the query is asked
/// of each (documented).
pub(super) fn show(row: &OperationRow, pages: Pages, query: Option<&Query>, format: Format) -> Result<String, Unshown> {
    let token = pages.next_token.map(|token| ("NextToken".to_owned(), Value::from(token)));
    let picked = |body: Value| {
        let body = sdk_shape(&row.id().stored(), body);
        query.map_or_else(|| Ok(body.clone()), |query| query.pick(&body)).map_err(Unshown::Query)
    };
    if format == Format::YamlStream {
        // No token here (recorded).
        let pages: Vec<Value> = pages.bodies.into_iter().map(picked).collect::<Result<_, _>>()?;
        return Ok(pages.into_iter().map(|page| yaml::print(&json!([page]))).collect::<Vec<_>>().join("\n"));
    }
    if format == Format::Text {
        let print = |page| text::print(&picked(page)?).map_err(Unshown::Form);
        let token = token.map(|token| Value::from_iter([token]));
        let texts: Vec<String> = pages.bodies.into_iter().chain(token).map(print).collect::<Result<_, _>>()?;
        return Ok(texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n"));
    }
    let Some(mut body) = merged(pages.bodies) else { return Ok(String::new()) };
    if let Some(body) = body.as_object_mut() {
        body.extend(token);
    }
    let body = picked(body)?;
    match format {
        // An empty object is written as nothing at all.
        Format::Json if body.as_object().is_some_and(Map::is_empty) => Ok(String::new()),
        Format::Json => Ok(indented(&body)),
        // One value that is not nested is written as JSON (recorded): as a document of its own it would end in `...`.
        Format::Yaml if scalar(&body).is_some() => Ok(indented(&body)),
        Format::Yaml | Format::YamlStream => Ok(yaml::print(&body)),
        Format::Table => table::print(row.name, &body).map_err(Unshown::Form),
        Format::Text => text::print(&body).map_err(Unshown::Form),
    }
}

/// Returns what an operation answers, with a placeholder for each value. A date is Python's own there, and no text (recorded).
pub(super) fn skeleton(row: &OperationRow, query: Option<&Query>, format: Format) -> Result<String, Unshown> {
    const DATE: &str = "1970-01-01 00:00:00";
    let date = if format == Format::Json { "1970-01-01T00:00:00" } else { DATE };
    let pages = Pages { bodies: vec![skeleton::output(row, date)], ..Pages::default() };
    let shown = show(row, pages, query, format)?;
    Ok(match format {
        Format::Yaml | Format::YamlStream => shown.replace(&format!("'{DATE}'"), DATE),
        Format::Json | Format::Text | Format::Table => shown,
    })
}

/// Returns all pages of a list as one.
fn merged(pages: Vec<Value>) -> Option<Value> {
    let mut pages = pages.into_iter();
    let mut body = pages.next()?;
    if let Some(items) = body.get_mut("item").and_then(Value::as_array_mut) {
        for mut page in pages {
            let more = page.get_mut("item").and_then(Value::as_array_mut).map(std::mem::take);
            items.extend(more.unwrap_or_default());
        }
    }
    Some(body)
}

/// Returns the SDK's names and dates. A list is `items` there, but in GetStages, where it is `item`; so is the map of
/// usage, which is `values` on the wire (service model).
fn sdk_shape(operation: &str, body: Value) -> Value {
    let Value::Object(members) = body else { return body };
    let usage = ["GetUsage", "UpdateUsage"].contains(&operation);
    let is_list = |name: &str| name == "item" && operation != "GetStages" || name == "values" && usage;
    let rename = |name: String| if is_list(&name) { "items".to_owned() } else { name };
    let members = members.into_iter().map(|(name, value)| (rename(name), value));
    Value::Object(members.map(|(name, value)| (name, with_dates(value))).map(date_member).collect())
}

/// Returns a value with the dates of the objects inside as the CLI prints them.
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

/// Writes a date, which is seconds on the wire, in ISO 8601, as version 2 of the AWS CLI does (documented).
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

/// Writes JSON indented as the AWS CLI does.
pub(super) fn indented(value: &Value) -> String {
    let mut out = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut out, PrettyFormatter::with_indent(b"    "));
    value.serialize(&mut serializer).expect("BUG: JSON is written to memory");
    String::from_utf8(out).expect("BUG: JSON is UTF-8")
}

/// Returns a scalar as Python writes it.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some("None".into()),
        Value::Bool(true) => Some("True".into()),
        Value::Bool(false) => Some("False".into()),
        Value::Number(number) => Some(python_number(number)),
        Value::String(text) => Some(text.clone()),
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// Writes any value as Python's `str` does: a list or an object with each text in quotes.
pub(super) fn python(value: &Value) -> String {
    scalar(value).unwrap_or_else(|| quoted(value))
}

fn quoted(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(quoted).collect::<Vec<_>>().join(", ")),
        Value::Object(members) => {
            let pair = |(name, value): (&String, &Value)| format!("{}: {}", quoted_text(name), quoted(value));
            format!("{{{}}}", members.iter().map(pair).collect::<Vec<_>>().join(", "))
        }
        Value::String(text) => quoted_text(text),
        other => scalar(other).unwrap_or_default(),
    }
}

/// Writes a text in single quotes, unless only double ones spare an escape.
pub(super) fn quoted_text(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::from(quote);
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote || c == '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\x{:02x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

/// Returns Python's name of a value's class.
pub(super) fn class(value: &Value) -> String {
    format!("<class {}>", text::class(value))
}

/// Returns Python's name of a value's type.
pub(super) fn type_name(value: &Value) -> &'static str {
    text::class(value).trim_matches('\'')
}

/// Returns a number as Python writes it: an exponent has a sign and two digits.
fn python_number(number: &Number) -> String {
    let text = match number.as_f64().filter(|_| number.is_f64()) {
        Some(number) => format!("{number:?}"),
        None => number.to_string(),
    };
    match text.split_once('e') {
        Some((digits, exponent)) => {
            let (sign, exponent) = exponent.strip_prefix('-').map_or(('+', exponent), |exponent| ('-', exponent));
            format!("{digits}e{sign}{exponent:0>2}")
        }
        None => text,
    }
}
