//! Mapping expressions, the small language beside templates: `'static'`, `context.requestId`, `stageVariables.name`.

use super::{Call, context::Visible, url::query_parameters};

/// The value of `method.request.…` in a request: a header, a path variable, a parameter of the query or the whole body.
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

/// The value of an expression on the way back to the caller; `None` when its source has none, and then the target is left
/// out (assumed). `integration.response.…` has no value, since no backend that could give one is called yet: a MOCK
/// integration's answer has neither headers nor a body.
pub(crate) fn evaluate(expression: &str, visible: &Visible<'_>) -> Option<String> {
    if let Some(text) = expression.strip_prefix('\'') {
        return Some(text.strip_suffix('\'').unwrap_or(text).to_owned());
    }
    let (source, name) = expression.split_once('.')?;
    match source {
        "stageVariables" => visible.call.variables.get(name).map(|value| value.as_str().to_owned()),
        "context" => visible.context_text(name),
        _ => None,
    }
}
