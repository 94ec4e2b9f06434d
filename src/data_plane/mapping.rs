//! Mapping expressions, the small language beside templates: `'static'`, `context.requestId`, `stageVariables.name`.

use super::{BackendAnswer, Call, context::Visible, url::query_parameters};
use crate::vtl::apigateway;

/// Returns the value of `method.request.…` in a request: a header, a path variable, a parameter of the query or the whole body.
pub(crate) fn of_request(expression: &str, call: &Call<'_>, path: &[(&str, &str)]) -> Option<String> {
    let rest = expression.strip_prefix("method.request.")?;
    if rest == "body" {
        return Some(call.request.body.clone());
    }
    let (place, name) = rest.split_once('.')?;
    match place.strip_prefix("multivalue").unwrap_or(place) {
        "header" => call.request.header(name).map(str::to_owned),
        "path" => path.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()),
        "querystring" => {
            let mut pairs = query_parameters(call.query).into_iter();
            // The last value of a name that comes more than once (recorded).
            pairs.rfind(|(known, _)| known == name).map(|(_, value)| value)
        }
        _ => None,
    }
}

/// Returns the value of an expression on the way back to the caller; `None` when its source has none, and then the target is left
/// out (assumed).
pub(crate) fn evaluate(expression: &str, visible: &Visible<'_>) -> Option<String> {
    if let Some(text) = expression.strip_prefix('\'') {
        return Some(text.strip_suffix('\'').unwrap_or(text).to_owned());
    }
    let (source, name) = expression.split_once('.')?;
    match source {
        "stageVariables" => visible.call.variables.get(name).map(|value| value.as_str().to_owned()),
        "context" => visible.context_text(name),
        "integration" => of_answer(name.strip_prefix("response.")?, visible.backend.as_ref()?),
        _ => None,
    }
}

/// Returns a header or a part of the body of a backend's answer: `header.NAME`, `multivalueheader.NAME`, `body`, `body.PATH`.
fn of_answer(name: &str, answer: &BackendAnswer) -> Option<String> {
    match name.split_once('.') {
        None if name == "body" => Some(answer.body.text().to_string()),
        Some(("header", name)) => answer.header(name).map(str::to_owned),
        Some(("multivalueheader", name)) => {
            let values = answer.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
            let values: Vec<&str> = values.map(|(_, value)| value.as_str()).collect();
            (!values.is_empty()).then(|| values.join(","))
        }
        Some(("body", path)) => apigateway::text_at(&answer.body.text(), path),
        _ => None,
    }
}
