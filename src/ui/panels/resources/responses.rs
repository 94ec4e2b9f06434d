//! "Integration response" and "Method response", by status: what belongs together stands and changes together.

use super::{
    add::{Add, AddField},
    backend::{JSON, is_proxy, put_integration_response, put_method_response},
    fields::Part,
    response::ResponseCard,
    send::{MethodAt, send_all},
};
use crate::ui::markup::html;
use crate::{
    collections::SortedSet,
    entities::{HttpMethod, IntegrationResponse, IntegrationType, Method, StatusCode},
    ui::use_store,
};
use std::rc::Rc;
use yew::{Callback, Html, Properties, component};

/// The props of [`ResponsesPanel`].
#[derive(Debug, PartialEq, Properties)]
pub(crate) struct ResponsesPanelProps {
    /// Which method.
    pub at: MethodAt,
    /// The method.
    pub method: Rc<Method>,
}

/// Draws the tab "Responses".
#[component]
pub(crate) fn ResponsesPanel(props: &ResponsesPanelProps) -> Html {
    let store = use_store();
    let (at, method) = (&props.at, &props.method);
    let integration = method.integration.as_ref();
    let maps = integration.is_some_and(|integration| !is_proxy(integration.kind));
    let mapped = integration.into_iter().flat_map(|integration| integration.responses.keys());
    let statuses: SortedSet<StatusCode> = method.responses.keys().chain(mapped).copied().collect();
    let defaults = integration.map_or(0, |i| i.responses.values().filter(|response| response.is_default()).count());
    let mock = integration.is_some_and(|integration| integration.kind == IntegrationType::Mock);
    let card = |status: &StatusCode| {
        let response = integration.and_then(|integration| integration.responses.get(status)).cloned();
        html! {
            <ResponseCard
                key={status.to_string()} at={at.clone()} status={*status} declared={method.responses.get(status).cloned()}
                {response} {maps} {mock} alone={statuses.len() == 1}
            />
        }
    };
    let mut fields = vec![AddField::text("statusCode", "Status", "404")];
    if maps {
        let hint = if defaults == 0 {
            "Empty: this becomes the default, which answers when no pattern matches."
        } else {
            "A regular expression. Empty: the status itself."
        };
        fields.push(AddField::text("selectionPattern", "Selection pattern", "404").hint(hint));
    }
    let add = {
        let (store, at, method) = (store.clone(), at.clone(), method.clone());
        Callback::from(move |values: Vec<String>| {
            let status = values.first().map(|text| text.trim().to_owned()).unwrap_or_default();
            let pattern = values.get(1).cloned().unwrap_or_default();
            let commands = both(&at, &method, &status, pattern, maps);
            send_all(&store, commands)
        })
    };
    let hint = match (integration, maps) {
        (None, _) => "The method has no integration yet; choose one first.",
        (Some(_), false) => "A proxy integration passes the backend's answer on as it is; nothing is mapped.",
        (Some(_), true) if mock => {
            "The request template gives a status; the response whose pattern matches it answers."
        }
        (Some(_), true) => "The response whose pattern matches the backend's answer maps it.",
    };
    html! {
        <Part id="responses-title" title="Integration responses and method responses" {hint}>
            if maps && defaults == 0 {
                <p class="note">{ "No response is the default: an answer that no pattern matches becomes a 500." }</p>
            }
            if defaults > 1 {
                <p class="note">{ "More than one response has no selection pattern; only one of them can be the default." }</p>
            }
            <div>{ for statuses.iter().map(card) }</div>
            <Add id={at.dom_id("add-response")} label="Add response" {fields} {add} note="Makes the method response, and maps it." />
        </Part>
    }
}

/// Returns the requests that make a method response and its mapping; only one of them when the other is there.
fn both(
    at: &MethodAt,
    method: &Method,
    status: &str,
    pattern: String,
    maps: bool,
) -> Vec<crate::control_plane::Command> {
    let body = at.verb != HttpMethod::Head && !matches!(status, "204" | "304");
    let mut out = vec![put_method_response(at, status, body)];
    let Some(integration) = method.integration.as_ref().filter(|_| maps) else { return out };
    if StatusCode::parse(status).is_some_and(|status| integration.responses.contains_key(&status)) {
        return out;
    }
    let first = !integration.responses.values().any(|response| response.is_default());
    let pattern = if pattern.is_empty() && !first { status.to_owned() } else { pattern };
    let mut response = IntegrationResponse {
        selection_pattern: Some(pattern).filter(|pattern| !pattern.is_empty()),
        ..IntegrationResponse::default()
    };
    if body && integration.kind == IntegrationType::Mock {
        let text = format!("{{\n  \"message\": \"{}\"\n}}", phrase(status));
        response.response_templates.insert(JSON.into(), Some(text));
    }
    out.push(put_integration_response(at, status, &response));
    out
}

/// Returns a word for a status, to begin a template with.
fn phrase(status: &str) -> &str {
    match status {
        "200" => "OK",
        "201" => "Created",
        "202" => "Accepted",
        "400" => "Bad request",
        "401" => "Unauthorized",
        "403" => "Forbidden",
        "404" => "Not found",
        "409" => "Conflict",
        "429" => "Too many requests",
        "500" => "Internal server error",
        other => other,
    }
}
