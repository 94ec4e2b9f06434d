//! `--output text`: values with tabs between them, as the AWS CLI writes them.

use super::{python, scalar};
use crate::collections::SortedSet;
use serde_json::{Map, Value};

/// Returns the lines of a value, without a final line end.
///
/// # Errors
/// Objects stand in one list with something else, and the AWS CLI's sentence says so.
pub(super) fn print(value: &Value) -> Result<String, String> {
    let mut lines = Vec::new();
    any(value, None, None, &mut lines)?;
    Ok(lines.join("\n"))
}

fn is_scalar(value: &Value) -> bool {
    !matches!(value, Value::Array(_) | Value::Object(_))
}

type Done = Result<(), String>;

/// Writes a value that stands below a name; one of several objects has a place for every scalar that any of them has.
fn any(value: &Value, name: Option<&str>, columns: Option<&SortedSet<&str>>, lines: &mut Vec<String>) -> Done {
    match value {
        Value::Array(items) => list(items, name, lines)?,
        Value::Object(members) => object(members, name, columns, lines)?,
        other => lines.extend(scalar(other)),
    }
    Ok(())
}

/// Returns a line of the scalars, by name, and lines for what is nested, each after its name in capitals.
fn object(
    members: &Map<String, Value>,
    name: Option<&str>,
    columns: Option<&SortedSet<&str>>,
    lines: &mut Vec<String>,
) -> Done {
    let own: SortedSet<&str> = members.iter().filter(|(_, v)| is_scalar(v)).map(|(n, _)| n.as_str()).collect();
    let columns = columns.unwrap_or(&own);
    let cells: Vec<String> = columns.iter().map(|name| members.get(*name).map_or_else(String::new, python)).collect();
    if !cells.is_empty() {
        lines.push(name.map(str::to_uppercase).into_iter().chain(cells).collect::<Vec<_>>().join("\t"));
    }
    let nested: SortedSet<&str> = members.keys().map(String::as_str).filter(|name| !columns.contains(name)).collect();
    nested.iter().try_for_each(|name| any(&members[*name], Some(name), None, lines))
}

fn list(items: &[Value], name: Option<&str>, lines: &mut Vec<String>) -> Done {
    if items.iter().any(Value::is_object) {
        let mut columns = SortedSet::new();
        for item in items {
            let members = item.as_object().ok_or_else(|| format!("{} object has no attribute 'items'", class(item)))?;
            columns.extend(members.iter().filter(|(_, v)| is_scalar(v)).map(|(n, _)| n.as_str()));
        }
        return items.iter().try_for_each(|item| any(item, name, Some(&columns), lines));
    }
    let scalars: Vec<String> = items.iter().filter_map(scalar).collect();
    match name {
        Some(name) => lines.extend(scalars.iter().map(|text| format!("{}\t{text}", name.to_uppercase()))),
        None if scalars.is_empty() => {}
        None => lines.push(scalars.join("\t")),
    }
    items.iter().filter(|item| item.is_array()).try_for_each(|item| any(item, name, None, lines))
}

/// Returns Python's name of a value's type, in quotes.
pub(super) fn class(value: &Value) -> &'static str {
    match value {
        Value::Null => "'NoneType'",
        Value::Bool(_) => "'bool'",
        Value::Number(number) if number.is_f64() => "'float'",
        Value::Number(_) => "'int'",
        Value::String(_) => "'str'",
        Value::Array(_) => "'list'",
        Value::Object(_) => "'dict'",
    }
}
