//! One status of a method: how a backend's answer becomes it, and what it declares.

use super::{
    add::{Add, AddField},
    backend::put_integration_response,
    body_models::{BodyModels, Which},
    fields::{EditChoice, EditText},
    integration::{handling_name, template_patch},
    mappings::Mappings,
    send::{MethodAt, send, send_all},
    templates::{TemplateEdit, Templates},
};
use crate::ui::markup::html;
use crate::{
    control_plane::{
        ApiError, Command, PatchOperation, escape, integration_responses::DeleteIntegrationResponse,
        method_responses::DeleteMethodResponse,
    },
    entities::{ContentHandling, IntegrationResponse, MethodResponse, StatusCode},
    ui::{
        Store, focus_soon,
        parts::{EditButton, Look},
        use_store,
    },
};
use std::rc::Rc;
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, component};

/// The beginning of every header of a method response.
const HEADER: &str = "method.response.header.";

/// The props of [`ResponseCard`].
#[derive(Debug, PartialEq, Properties)]
pub(crate) struct ResponseCardProps {
    /// Which method.
    pub at: MethodAt,
    /// The status.
    pub status: StatusCode,
    /// The method response.
    pub declared: Option<Rc<MethodResponse>>,
    /// The integration response.
    pub response: Option<Rc<IntegrationResponse>>,
    /// Whether the integration maps answers at all.
    pub maps: bool,
    /// Whether it is a mock.
    pub mock: bool,
    /// Whether there is no other status.
    pub alone: bool,
}

/// Draws a status with both of its sides.
#[component]
pub(crate) fn ResponseCard(props: &ResponseCardProps) -> Html {
    let store = use_store();
    let (at, status) = (&props.at, props.status);
    let remove = {
        let (store, at) = (store.clone(), at.clone());
        let (declared, mapped) = (props.declared.is_some(), props.response.is_some());
        Callback::from(move |_: MouseEvent| match send_all(&store, deletes(&at, status, declared, mapped)) {
            Ok(()) => focus_soon("responses-title"),
            Err(error) => store.refuse(&error),
        })
    };
    let map = {
        let (store, at) = (store.clone(), at.clone());
        Callback::from(move |_: MouseEvent| {
            let response =
                IntegrationResponse { selection_pattern: Some(status.to_string()), ..IntegrationResponse::default() };
            store.attempt(put_integration_response(&at, &status.to_string(), &response));
        })
    };
    let is_default = props.response.as_ref().is_some_and(|response| response.is_default());
    let title = at.dom_id(&format!("{status}-title"));
    html! {
        <section class="card response" aria-labelledby={title.clone()}>
            <header>
                <h4 id={title} tabindex="-1"><span class="mono">{ status.to_string() }</span>
                    if is_default { <span class="chip">{ "default" }</span> }
                </h4>
                <EditButton label={format!("Delete response {status}")} icon="trash" icon_only=true small=true look={Look::Ghost} onclick={remove} />
            </header>
            if let Some(response) = props.response.clone() {
                <Mapping at={at.clone()} {status} {response} mock={props.mock} />
            } else if props.maps {
                <p class="note">{ format!("No integration response leads to {status}, so the method never answers with it.") }
                    <span class="actions"><EditButton label="Add the integration response" small=true onclick={map} /></span>
                </p>
            }
            <Headers at={at.clone()} {status} declared={props.declared.clone()} response={props.response.clone()} />
            if let Some(declared) = props.declared.clone() {
                <BodyModels
                    at={at.clone()} which={Which::Response(status)} title="Method response body" models={declared.response_models.clone()}
                />
            } else {
                <p class="note">{ "The method response is missing: put it back by adding a response with this status." }</p>
            }
        </section>
    }
}

fn deletes(at: &MethodAt, status: StatusCode, declared: bool, mapped: bool) -> Vec<Command> {
    let mut out = Vec::new();
    if mapped {
        let (rest_api_id, resource_id, http_method) = at.key();
        let status_code = status.to_string();
        out.push(DeleteIntegrationResponse { rest_api_id, resource_id, http_method, status_code }.into());
    }
    if declared {
        let (rest_api_id, resource_id, http_method) = at.key();
        let status_code = status.to_string();
        out.push(DeleteMethodResponse { rest_api_id, resource_id, http_method, status_code }.into());
    }
    out
}

#[derive(Debug, PartialEq, Properties)]
struct MappingProps {
    at: MethodAt,
    status: StatusCode,
    response: Rc<IntegrationResponse>,
    mock: bool,
}

/// Draws the integration response: which answers it takes, and what becomes of them.
#[component]
fn Mapping(props: &MappingProps) -> Html {
    let store = use_store();
    let (at, status, response) = (&props.at, props.status, &props.response);
    let replace = |path: &'static str| {
        let (store, at) = (store.clone(), at.clone());
        Callback::from(move |text: String| {
            send(&store, at.integration_response(status, vec![PatchOperation::replace(path, text)]))
        })
    };
    let edit = {
        let (store, at) = (store.clone(), at.clone());
        Callback::from(move |edit: TemplateEdit| {
            send(&store, at.integration_response(status, vec![template_patch("responseTemplates", edit)]))
        })
    };
    let hint = if props.mock {
        "A regular expression for the status that the request template gives. Empty: the default."
    } else {
        "A regular expression for the backend's status, or a function's error message. Empty: the default."
    };
    let mut handling: Vec<(AttrValue, AttrValue)> = vec![("".into(), "Passthrough".into())];
    handling.extend(ContentHandling::ALL.iter().map(|h| (h.as_str().into(), handling_name(*h).into())));
    html! {
        <>
            <Templates
                id={at.dom_id(&format!("{status}-template"))} label="Response template" member="responseTemplates"
                templates={response.response_templates.clone()} initial={if props.mock { "{\n  \"message\": \"\"\n}" } else { "$input.json('$')" }}
                home={at.dom_id(&format!("{status}-title"))} {edit}
            />
            <EditText
                id={at.dom_id(&format!("{status}-pattern"))} label="Selection pattern" mono=true {hint}
                value={response.selection_pattern.clone().unwrap_or_default()} save={replace("/selectionPattern")}
            />
            <details class="more">
                <summary>{ "More settings" }</summary>
                <EditChoice
                    id={at.dom_id(&format!("{status}-handling"))} label="Content handling" options={handling}
                    value={response.content_handling.map_or("", ContentHandling::as_str)} save={replace("/contentHandling")}
                />
            </details>
        </>
    }
}

#[derive(Debug, PartialEq, Properties)]
struct HeadersProps {
    at: MethodAt,
    status: StatusCode,
    declared: Option<Rc<MethodResponse>>,
    response: Option<Rc<IntegrationResponse>>,
}

/// Headers: declared by the method response and filled by the integration response, in one step.
#[component]
fn Headers(props: &HeadersProps) -> Html {
    let store = use_store();
    let (at, status) = (&props.at, props.status);
    let mapped = props.response.as_ref().map(|response| response.response_parameters.clone()).unwrap_or_default();
    let declared = props.declared.as_ref().map(|declared| declared.response_parameters.clone()).unwrap_or_default();
    let bare: Vec<String> = declared.keys().filter(|key| !mapped.contains_key(*key)).cloned().collect();
    let save = {
        let (store, at) = (store.clone(), at.clone());
        Callback::from(move |(key, value): (String, String)| {
            let path = format!("/responseParameters/{}", escape(&key));
            send(&store, at.integration_response(status, vec![PatchOperation::replace(path, value)]))
        })
    };
    let remove = {
        let (store, at, mapped) = (store.clone(), at.clone(), mapped.clone());
        Callback::from(move |key: String| remove_header(&store, &at, status, &key, mapped.contains_key(&key)))
    };
    let add = {
        let (store, at, maps, known) = (store.clone(), at.clone(), props.response.is_some(), declared.clone());
        Callback::from(move |values: Vec<String>| {
            let name = values.first().map(|name| name.trim().to_owned()).unwrap_or_default();
            let key = format!("{HEADER}{name}");
            let path = format!("/responseParameters/{}", escape(&key));
            let mut commands = Vec::new();
            if !known.contains_key(&key) {
                commands.push(at.method_response(status, vec![PatchOperation::add(path.clone(), "false")]));
            }
            let value = values.get(1).filter(|value| maps && !value.trim().is_empty());
            if let Some(value) = value {
                commands.push(at.integration_response(status, vec![PatchOperation::add(path, value.trim())]));
            }
            send_all(&store, commands)
        })
    };
    let mut fields = vec![AddField::text("name", "Header", "X-Total-Count")];
    if props.response.is_some() {
        let field = AddField::text("responseParameters", "Mapped from", "'text'");
        fields.push(field.hint("'text' in quotes, integration.response.header.X, context.x or stageVariables.x."));
    }
    let title = at.dom_id(&format!("{status}-headers"));
    let bare_row = |key: &String| {
        let (store, remove, key) = (store.clone(), remove.clone(), key.clone());
        let name = key.strip_prefix(HEADER).unwrap_or(&key).to_owned();
        let home = title.clone();
        let label = format!("Remove {name}");
        let onclick = Callback::from(move |_: MouseEvent| match remove.emit(key.clone()) {
            Ok(()) => focus_soon(home.clone()),
            Err(error) => store.refuse(&error),
        });
        html! {
            <li key={name.clone()}><span class="name mono">{ name }</span><span class="chip">{ "declared, not mapped" }</span>
                <EditButton {label} icon="close" icon_only=true small=true look={Look::Ghost} {onclick} />
            </li>
        }
    };
    html! {
        <>
            <h5 id={title.clone()} tabindex="-1">{ "Headers" }</h5>
            <Mappings
                id={at.dom_id(&format!("{status}-header"))} entries={mapped.clone()} cut={HEADER} home={title.clone()} {save} remove={remove.clone()}
            />
            if !bare.is_empty() { <ul class="entries">{ for bare.iter().map(bare_row) }</ul> }
            <Add
                id={at.dom_id(&format!("{status}-add-header"))} label="Add header" {fields} {add}
                note="Declares the header in the method response, and maps it, in one step."
            />
        </>
    }
}

/// Takes a header away from both sides.
fn remove_header(store: &Store, at: &MethodAt, status: StatusCode, key: &str, mapped: bool) -> Result<(), ApiError> {
    let patch = || vec![PatchOperation::remove(format!("/responseParameters/{}", escape(key)))];
    let mut commands = Vec::new();
    if mapped {
        commands.push(at.integration_response(status, patch()));
    }
    commands.push(at.method_response(status, patch()));
    send_all(store, commands)
}
