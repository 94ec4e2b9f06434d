//! The call that an integration makes, as a value: parameters mapped, and variables put into the URI.

use super::{
    BackendCall, Call, Purpose, backends::Origin, context::Visible, integration_request::BackendRequest, mapping,
    router::Route, url::query_parameters,
};
use crate::{
    entities::{Authorizer, HttpMethod, Integration, IntegrationType},
    text::percent,
    vtl::Value,
};
use std::borrow::Cow;

/// Milliseconds that an authorizer's function has, as any integration has by default (assumed).
const AUTHORIZER_TIMEOUT: u32 = 29_000;

/// Names and values, in order.
type Pairs = Vec<(String, String)>;

/// Makes the call of an integration.
pub(super) fn of_integration<'a>(
    integration: &Integration,
    route: &Route<'_, '_>,
    visible: &Visible<'a>,
    request: BackendRequest,
) -> BackendCall<'a> {
    let call = visible.call;
    let mut out = BackendCall {
        purpose: Purpose::Integration(integration.kind),
        method: String::new(),
        url: String::new(),
        headers: Vec::new(),
        body: request.body,
        credentials: None,
        timeout_in_millis: integration.timeout_in_millis,
        origin: origin(call),
    };
    if integration.kind == IntegrationType::Mock {
        return out;
    }
    let own = integration.http_method.filter(|method| *method != HttpMethod::Any);
    out.method = own.map_or_else(|| call.verb().0.to_owned(), |method| method.as_str().to_owned());
    out.headers = headers(integration, route, visible);
    out.url = url(integration, route, visible);
    out.credentials = integration.credentials.as_deref().map(|role| with_variables(role, call));
    out
}

/// Makes the call of an authorizer, with an event as its body.
pub(super) fn of_authorizer<'a>(
    authorizer: &Authorizer,
    call: &Call<'a>,
    headers: Pairs,
    event: String,
) -> BackendCall<'a> {
    let uri = with_variables(authorizer.uri.as_deref().unwrap_or_default(), call);
    BackendCall {
        purpose: Purpose::Authorizer,
        method: "POST".into(),
        // The query is the caller's.
        url: if call.query.is_empty() { uri } else { [&uri, "?", call.query].concat() },
        headers,
        body: Some(super::Payload::Text(event.into())),
        credentials: authorizer.credentials.as_deref().map(|role| with_variables(role, call)),
        timeout_in_millis: AUTHORIZER_TIMEOUT,
        origin: origin(call),
    }
}

fn origin<'a>(call: &Call<'a>) -> Origin<'a> {
    Origin {
        api_id: call.api_id.into(),
        stage: call.stage.into(),
        deployment_id: call.deployment_id.into(),
        request_id: call.request_id.into(),
        extended_request_id: call.extended_request_id.into(),
        time: call.time,
        variables: Cow::Borrowed(call.variables),
    }
}

/// Puts stage variables in the place of `${stageVariables.NAME}` (documented); one that is not set stays (recorded).
pub(super) fn with_variables(text: &str, call: &Call<'_>) -> String {
    let mut out = text.to_owned();
    for (name, value) in call.variables {
        let written = format!("${{stageVariables.{}}}", name.as_str());
        if out.contains(&written) {
            out = out.replace(&written, value.as_str());
        }
    }
    out
}

/// Returns what an integration maps to a place, `header`, `querystring` or `path`, and over that what templates set there.
fn mapped(place: &str, integration: &Integration, route: &Route<'_, '_>, visible: &Visible<'_>) -> Pairs {
    let mut out = Pairs::new();
    for (target, source) in &integration.request_parameters {
        let name = target.strip_prefix("integration.request.").and_then(|rest| rest.strip_prefix(place));
        let Some(name) = name.and_then(|rest| rest.strip_prefix('.')) else { continue };
        let value = match source.starts_with("method.request.") {
            true => mapping::of_request(source, visible.call, &route.parameters),
            false => mapping::evaluate(source, visible),
        };
        // A source without a value leaves the target out (assumed).
        out.extend(value.map(|value| (name.to_owned(), value)));
    }
    for (name, value) in visible.input.overrides.request_members(place) {
        out.retain(|(known, _)| *known != *name);
        match value {
            Value::Null => {}
            Value::List(values) => out.extend(values.items().iter().map(|value| (name.to_string(), value.to_text()))),
            single => out.push((name.to_string(), single.to_text())),
        }
    }
    out
}

fn is_proxy(integration: &Integration) -> bool {
    matches!(integration.kind, IntegrationType::HttpProxy | IntegrationType::AwsProxy)
}

/// Returns the headers: a proxy's are the caller's, but for its host, under those that are mapped (recorded).
fn headers(integration: &Integration, route: &Route<'_, '_>, visible: &Visible<'_>) -> Pairs {
    let mapped = mapped("header", integration, route, visible);
    let mut out = Pairs::new();
    if is_proxy(integration) {
        let is_mapped = |name: &str| mapped.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
        let kept = |(name, _): &&(String, String)| !name.eq_ignore_ascii_case("host") && !is_mapped(name);
        out.extend(visible.call.request.headers.iter().filter(kept).cloned());
    }
    out.extend(mapped.into_iter().filter(|(name, _)| super::endpoint::is_header_name(name)));
    for (_, value) in &mut out {
        *value = value.replace(['\r', '\n', '\0'], " ");
    }
    out
}

/// Returns the URI with `{name}` filled in and the query behind it: a proxy's begins with the caller's (recorded).
fn url(integration: &Integration, route: &Route<'_, '_>, visible: &Visible<'_>) -> String {
    let mut url = with_variables(integration.uri.as_deref().unwrap_or_default(), visible.call);
    for (name, value) in mapped("path", integration, route, visible) {
        url = url.replace(&["{", &name, "}"].concat(), &value);
    }
    let mut query = if is_proxy(integration) { query_parameters(visible.call.query) } else { Vec::new() };
    query.extend(mapped("querystring", integration, route, visible));
    for (name, value) in query {
        url.push(if url.contains('?') { '&' } else { '?' });
        url.push_str(&[&*percent::encode_form(&name), "=", &percent::encode_form(&value)].concat());
    }
    url
}
