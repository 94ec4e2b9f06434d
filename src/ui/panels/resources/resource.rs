//! A resource: its path, its methods, and what can be done with it.

use super::{
    super::{link::PlaceLink, words::count},
    backend::kind_name,
    cors::Cors,
};
use crate::ui::markup::html;
use crate::{
    entities::{PathPartKind, Resource},
    ui::{
        Confirm, Dialog, MethodTab, NextFrame, Place, UiCommand,
        parts::{CommandButton, CopyButton, EditButton, Look},
        use_selector, use_store,
    },
};
use std::rc::Rc;
use yew::{Callback, Html, MouseEvent, Properties, component};

/// The props of [`ResourceView`].
#[derive(Debug, PartialEq, Properties)]
pub(crate) struct ResourceViewProps {
    /// The API's id.
    pub api: String,
    /// The resource's id.
    pub id: String,
}

/// Draws a resource that is selected.
#[component]
pub(crate) fn ResourceView(props: &ResourceViewProps) -> Html {
    let store = use_store();
    let found = {
        let (api, id) = (props.api.clone(), props.id.clone());
        use_selector(move |state| {
            let config = &state.present().api(&api)?.config;
            let resource = config.resource(&id)?;
            Some((resource.clone(), config.path_of(&id), config.children(&resource.id).count()))
        })
    };
    let Some((resource, path, children)) = found else { return Html::default() };
    let root = resource.place.is_none();
    let open = |dialog: Dialog| {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| store.open(dialog.clone()))
    };
    let edit = open(Dialog::EditResource { resource: props.id.clone() });
    let delete = open(Dialog::Confirm(Confirm::DeleteResource(props.id.clone())));
    let fixed = |reason: &str| root.then(|| reason.to_owned());
    html! {
        <>
            <header class="detail-head">
                <h2 class="mono" id="detail-title" tabindex="-1">{ &path }</h2>
                <div class="actions">
                    <EditButton label="Rename or move" icon="edit" icon_only=true look={Look::Ghost} onclick={edit} blocked={fixed("The root has no name of its own")} />
                    <EditButton label="Delete resource" icon="trash" icon_only=true look={Look::Ghost} onclick={delete} blocked={fixed("The root cannot be deleted; delete the API instead")} />
                </div>
            </header>
            <div class="actions detail-actions">
                <CommandButton command={UiCommand::CreateResource} small=true />
                <CommandButton command={UiCommand::CreateMethod} small=true />
            </div>
            <dl class="facts">
                <dt>{ "Resource ID" }</dt>
                <dd class="mono with-copy">{ &props.id }<CopyButton text={props.id.clone()} label="Copy resource ID" done="Resource ID copied" icon_only=true /></dd>
                <dt>{ "Child resources" }</dt><dd>{ children }</dd>
                if let Some(meaning) = meaning(&resource) { <dt>{ "Matches" }</dt><dd>{ meaning }</dd> }
            </dl>
            <Methods resource={resource.clone()} />
            if !resource.methods.is_empty() { <NextFrame><Cors key={props.id.clone()} api={props.api.clone()} {resource} {path} /></NextFrame> }
        </>
    }
}

/// Returns what the path part of a resource matches, when it is a variable.
fn meaning(resource: &Resource) -> Option<String> {
    let part = resource.path_part()?;
    let name = part.variable()?;
    Some(match part.kind() {
        PathPartKind::Static => return None,
        PathPartKind::Variable => format!("any one segment; templates reach it as $input.params('{name}')"),
        PathPartKind::Greedy => format!("the whole rest of the path; templates reach it as $input.params('{name}')"),
    })
}

#[derive(Debug, PartialEq, Properties)]
struct MethodsProps {
    resource: Rc<Resource>,
}

/// Draws the methods of a resource, each a way to its editor.
#[component]
fn Methods(props: &MethodsProps) -> Html {
    let methods = &props.resource.methods;
    if methods.is_empty() {
        return html! {
            <p class="part-hint">{ "No methods: requests to this path are answered 403 Missing Authentication Token. Create a method." }</p>
        };
    }
    let row = |(verb, method): (&crate::entities::HttpMethod, &Rc<crate::entities::Method>)| {
        let place = Place::Method(props.resource.id.to_string(), *verb, MethodTab::default());
        let kind = method.integration.as_ref().map_or("no integration", |integration| kind_name(integration.kind));
        let answers = method.responses.keys().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        html! {
            <li><PlaceLink {place} class="method-link" leaves=true>
                <span class="verb">{ verb.as_str() }</span><span>{ kind }</span><span class="muted">{ answers }</span>
            </PlaceLink></li>
        }
    };
    html! {
        <section class="part" aria-labelledby="methods-title">
            <h3 id="methods-title">{ count(methods.len(), "method") }</h3>
            <ul class="method-list">{ for methods.iter().map(row) }</ul>
        </section>
    }
}
