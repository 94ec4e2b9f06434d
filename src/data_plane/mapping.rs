//! Mapping expressions, the small language beside templates: `'static'`, `context.requestId`, `stageVariables.name`.

use super::context::Visible;

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
