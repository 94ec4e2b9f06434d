//! "Method request": who may call a method, and what it expects of a request.

use super::{
    access::{Authorization, Scopes, Validator},
    add::{Add, AddField},
    body_models::{BodyModels, Which},
    fields::{Check, EditText, Part, Save},
    send::{MethodAt, send, variables},
};
use crate::ui::markup::html;
use crate::{
    control_plane::{PatchOperation, escape},
    entities::Method,
    ui::{
        Store, focus_soon,
        parts::{EditButton, Look, When},
        use_store,
    },
};
use std::rc::Rc;
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, component};

/// The places of a request where a parameter can stand, with their names in the console.
const PLACES: [(&str, &str); 3] = [("querystring", "Query string"), ("header", "Header"), ("path", "Path")];

/// The props of a panel about a method and its path.
#[derive(Debug, PartialEq, Properties)]
pub(crate) struct PanelProps {
    /// Which method.
    pub at: MethodAt,
    /// The method.
    pub method: Rc<Method>,
    /// The path of its resource.
    pub path: String,
}

/// Draws the tab "Method".
#[component]
pub(crate) fn RequestPanel(props: &PanelProps) -> Html {
    let store = use_store();
    let (at, method) = (&props.at, &props.method);
    let replace = |path: &'static str| replace(&store, at, path);
    let onchange = {
        let (store, at) = (store.clone(), at.clone());
        Callback::from(move |on: bool| {
            store.attempt(at.method(vec![PatchOperation::replace("/apiKeyRequired", on.to_string())]));
        })
    };
    html! {
        <>
            <Part id="request-title" title="Method request">
                <Authorization at={at.clone()} method={method.clone()} />
                <Scopes at={at.clone()} method={method.clone()} />
                <Validator at={at.clone()} method={method.clone()} />
                <Check
                    id={at.dom_id("api-key")} label="API key required" checked={method.api_key_required}
                    when={Some(When::NextDeployment)} {onchange}
                />
                <EditText
                    id={at.dom_id("operation")} label="Operation name" value={method.operation_name.clone().unwrap_or_default()}
                    hint="A name for generated SDKs; optional." save={replace("/operationName")}
                />
            </Part>
            <Parameters at={at.clone()} method={method.clone()} path={props.path.clone()} />
            <BodyModels
                at={at.clone()} which={Which::Request} title="Request body" models={method.request_models.clone()}
                hint="A model per content type. Acts at the next deployment."
            />
        </>
    }
}

fn replace(store: &Store, at: &MethodAt, path: &'static str) -> Save {
    let (store, at) = (store.clone(), at.clone());
    Callback::from(move |text: String| send(&store, at.method(vec![PatchOperation::replace(path, text)])))
}

/// Draws the parameters that the method declares.
#[component]
fn Parameters(props: &PanelProps) -> Html {
    let store = use_store();
    let (at, method) = (props.at.clone(), &props.method);
    let row = |(key, required): (&String, &bool)| {
        let rest = key.trim_start_matches("method.request.");
        let (place, name) = rest.split_once('.').unwrap_or(("", rest));
        let label = PLACES.iter().find(|(known, _)| *known == place).map_or(place, |(_, label)| label);
        let path = format!("/requestParameters/{}", escape(key));
        let require = {
            let (store, at, path) = (store.clone(), at.clone(), path.clone());
            Callback::from(move |on: bool| {
                store.attempt(at.method(vec![PatchOperation::replace(path.clone(), on.to_string())]));
            })
        };
        let remove = {
            let (store, at) = (store.clone(), at.clone());
            Callback::from(move |_: MouseEvent| {
                if store.attempt(at.method(vec![PatchOperation::remove(path.clone())])).is_some() {
                    focus_soon("parameters-title");
                }
            })
        };
        html! {
            <li key={key.clone()}>
                <span class="chip">{ label }</span><span class="name mono">{ name }</span>
                <Check id={at.dom_id(rest)} label="Required" checked={*required} name={format!("{name} is required")} onchange={require} />
                <EditButton label={format!("Remove {name}")} icon="close" icon_only=true small=true look={Look::Ghost} onclick={remove} />
            </li>
        }
    };
    let declared = |name: &String| method.request_parameters.contains_key(&format!("method.request.path.{name}"));
    let missing: Vec<AttrValue> =
        variables(&props.path).into_iter().filter(|name| !declared(name)).map(AttrValue::from).collect();
    let fields = vec![
        AddField::choice("place", "Where", &PLACES),
        AddField::text("requestParameters", "Name", "limit").suggestions(missing),
    ];
    let add = {
        let (store, at) = (store.clone(), at.clone());
        Callback::from(move |values: Vec<String>| {
            let key = format!("method.request.{}", values.join("."));
            let required = key.starts_with("method.request.path.");
            let path = format!("/requestParameters/{}", escape(&key));
            send(&store, at.method(vec![PatchOperation::add(path, required.to_string())]))
        })
    };
    html! {
        <Part id="parameters-title" title="Request parameters" hint="Declared here, a parameter can be mapped to the integration. Acts at the next deployment.">
            if !method.request_parameters.is_empty() {
                <ul class="entries">{ for method.request_parameters.iter().map(row) }</ul>
            }
            <Add id={at.dom_id("add-parameter")} label="Add parameter" {fields} {add} />
        </Part>
    }
}
