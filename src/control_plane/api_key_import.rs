//! ImportApiKeys: many keys at once, from a CSV file with the columns Name, Key, Description, Enabled and UsagePlanIds. Name and
//! Key must be there; case and order of the columns do not count, and others are ignored (documented).

use super::{
    World,
    answer::Answer,
    api_keys,
    checks::not_in,
    error::{ApiError, Violation},
    members::operation,
    usage_plan_keys,
};
use crate::entities::ApiKey;
use serde_json::Value;
use std::rc::Rc;

/// Rows that one file may have: as many as there can be keys.
const MOST_ROWS: usize = 10_000;

operation! {
    /// Makes or overwrites API keys from a CSV file.
    ImportApiKeys: "POST" "/apikeys?mode=import" => 201 {
        /// The file.
        body: String = Payload "body";
        /// `csv`.
        format: String = Query "format";
        /// Whether nothing is imported when there is anything to warn about.
        fail_on_warnings: Option<bool> = Query "failOnWarnings" as "failonwarnings";
    }
}

/// A row of the file.
struct Row {
    name: String,
    value: String,
    description: Option<String>,
    enabled: bool,
    plans: Vec<String>,
}

impl ImportApiKeys {
    fn check(&self) -> Vec<Violation> {
        not_in(&self.format, &["csv"], "format".into()).into_iter().collect()
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let (mut ids, mut warnings) = (Vec::new(), Vec::new());
        for (number, row) in rows(&self.body)?.into_iter().enumerate() {
            // The header is line 1. How AWS words its warnings is assumed.
            let warn = |error: ApiError| format!("Row {}: {error}", number + 2);
            match row.and_then(|row| import(world, &row).map(|id| (id, row))) {
                Ok((id, row)) => {
                    for plan in &row.plans {
                        warnings.extend(usage_plan_keys::join(world, plan, &id).err().map(warn));
                    }
                    ids.push(id.to_string());
                }
                Err(error @ ApiError::Limit(_)) => return Err(error),
                Err(error) => warnings.push(warn(error)),
            }
        }
        match warnings.first() {
            Some(warning) if self.fail_on_warnings == Some(true) => Err(ApiError::invalid("body", warning.as_str())),
            _ => {
                Ok(Answer::new().with("ids", ids).maybe("warnings", (!warnings.is_empty()).then_some(warnings)).done())
            }
        }
    }
}

/// Makes the key of a row, or overwrites the one that has its value (documented).
fn import(world: &mut World<'_>, row: &Row) -> Result<Rc<str>, ApiError> {
    api_keys::check_name(Some(&row.name))?;
    api_keys::check_description(row.description.as_deref())?;
    api_keys::check_value(&row.value)?;
    let now = world.env.now();
    let known = world.account().api_keys.values().find(|key| *key.value == *row.value).cloned();
    let mut key = match known {
        Some(known) => known.as_ref().clone(),
        None => {
            let (id, value) = api_keys::identify(world, Some(&row.value), None)?;
            let key = ApiKey {
                id,
                value,
                name: None,
                customer_id: None,
                description: None,
                enabled: false,
                stage_keys: Vec::new(),
                tags: crate::collections::SortedMap::new(),
                created: now,
                last_updated: now,
            };
            api_keys::insert(world, key.clone())?;
            key
        }
    };
    key.name = Some(row.name.clone()).filter(|name| !name.is_empty());
    key.description = row.description.clone();
    key.enabled = row.enabled;
    key.last_updated = now;
    let id = key.id.clone();
    world.account_mut().api_keys.insert(id.clone(), Rc::new(key));
    Ok(id)
}

fn refuse(message: &'static str) -> ApiError {
    ApiError::invalid("body", message)
}

fn rows(text: &str) -> Result<Vec<Result<Row, ApiError>>, ApiError> {
    let mut lines = text.trim_start_matches('\u{feff}').lines().filter(|line| !line.trim().is_empty());
    let missing = || refuse("The API key file must contain the Name and Key columns."); // assumed
    let header = cells(lines.next().ok_or_else(missing)?);
    let column = |name: &str| header.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name));
    let (name, value) = (column("name").ok_or_else(missing)?, column("key").ok_or_else(missing)?);
    let (description, enabled, plans) = (column("description"), column("enabled"), column("usageplanids"));
    let lines: Vec<&str> = lines.take(MOST_ROWS + 1).collect();
    if lines.len() > MOST_ROWS {
        return Err(refuse("The API key file has too many rows.")); // assumed
    }
    let row = |line: &str| {
        let cells = cells(line);
        let cell = |column: Option<usize>| column.and_then(|at| cells.get(at)).map(|cell| cell.trim().to_owned());
        let value = cell(Some(value)).ok_or_else(|| refuse("The Key column is empty."))?; // assumed
        let given = |column| cell(column).filter(|text| !text.is_empty());
        Ok(Row {
            name: cell(Some(name)).unwrap_or_default(),
            value,
            description: given(description),
            // Documented: true unless the column says otherwise.
            enabled: given(enabled).is_none_or(|text| text.eq_ignore_ascii_case("true")),
            plans: given(plans).map(|ids| ids.split(',').map(|id| id.trim().to_owned()).collect()).unwrap_or_default(),
        })
    };
    Ok(lines.into_iter().map(row).collect())
}

/// Splits a line into its cells. A cell in double or single quotes may hold commas; a doubled quote in it is one (the former
/// documented, the latter assumed).
fn cells(line: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut quote = None;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let Some(cell) = out.last_mut() else { break };
        match (quote, c) {
            (Some(open), c) if c == open => {
                if chars.next_if_eq(&open).is_some() {
                    cell.push(open);
                } else {
                    quote = None;
                }
            }
            (Some(_), c) => cell.push(c),
            (None, ',') => out.push(String::new()),
            (None, '"' | '\'') if cell.trim().is_empty() => quote = Some(c),
            (None, c) => cell.push(c),
        }
    }
    out
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::cells;

    #[test]
    fn cells_may_stand_in_quotes() {
        for (line, expected) in [
            ("a,b", vec!["a", "b"]),
            ("", vec![""]),
            ("a,\"b,c\",'d,e'", vec!["a", "b,c", "d,e"]),
            ("\"say \"\"hi\"\"\",it's", vec!["say \"hi\"", "it's"]),
            ("\"open,end", vec!["open,end"]),
            (",,", vec!["", "", ""]),
        ] {
            assert_eq!(cells(line), expected, "{line}");
        }
    }
}
