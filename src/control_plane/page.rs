//! Pages of list answers.

use super::error::ApiError;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value};

/// Entries on a page unless the request says otherwise (documented).
const DEFAULT: usize = 25;
/// Entries on a page at most (documented).
const MAXIMUM: i64 = 500;

/// One page of a list, in the shape of AWS's answers: `item`, and `position` when there is more.
///
/// `key` names an entry; the position holds the keys of the last entry shown and of the next one, so entries that come or go
/// between two pages do not shift the rest, and who deletes what a page showed can go on. Its form is assumed: on AWS it is
/// opaque.
pub(crate) fn page<T>(
    items: &[T],
    limit: Option<i64>,
    position: Option<&str>,
    key: impl Fn(&T) -> String,
    describe: impl Fn(&T) -> Value,
) -> Result<Value, ApiError> {
    page_of(items.len(), limit, position, &|at| key(&items[at]), &|at| describe(&items[at]))
}

/// The page of a list whose entries are known by their places: one function for all lists.
fn page_of(
    count: usize,
    limit: Option<i64>,
    position: Option<&str>,
    key: &dyn Fn(usize) -> String,
    describe: &dyn Fn(usize) -> Value,
) -> Result<Value, ApiError> {
    let start = match position {
        None => 0,
        Some(position) => {
            let keys = URL_SAFE_NO_PAD.decode(position).ok().and_then(|bytes| String::from_utf8(bytes).ok());
            let place = |wanted: &str| (0..count).find(|at| key(*at) == wanted);
            let found = keys
                .as_deref()
                .and_then(|keys| keys.split_once('\n'))
                .and_then(|(last, next)| place(next).or_else(|| place(last).map(|last| last + 1)));
            found.ok_or_else(|| ApiError::invalid("position", "Invalid position parameter specified"))?
        }
    };
    let size = match limit {
        None => DEFAULT,
        Some(limit) => usize::try_from(limit.min(MAXIMUM)).unwrap_or(0),
    };
    let shown = start.min(count)..(start + size).min(count);
    let mut out = Map::new();
    out.insert("item".into(), shown.clone().map(describe).collect());
    if let Some(last) = shown.clone().last().filter(|_| shown.end < count) {
        out.insert("position".into(), URL_SAFE_NO_PAD.encode([key(last), key(shown.end)].join("\n")).into());
    }
    Ok(Value::Object(out))
}
