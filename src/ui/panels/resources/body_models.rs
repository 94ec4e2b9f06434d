//! The models of bodies, by content type: of a method's request, and of each of its responses.

use super::{
    add::{Add, AddField},
    backend::JSON,
    send::{MethodAt, send},
};
use crate::ui::markup::html;
use crate::{
    collections::SortedMap,
    control_plane::{Command, PatchOperation, escape},
    entities::StatusCode,
    ui::{
        Page, Place, focus_soon,
        panels::link::PlaceLink,
        parts::{EditButton, Look},
        use_selector, use_store,
    },
};
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, component};

/// Whose bodies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Which {
    /// The method's requests.
    Request,
    /// Its responses with a status.
    Response(StatusCode),
}

impl Which {
    fn member(self) -> &'static str {
        match self {
            Self::Request => "requestModels",
            Self::Response(_) => "responseModels",
        }
    }

    fn patch(self, at: &MethodAt, patch: PatchOperation) -> Command {
        match self {
            Self::Request => at.method(vec![patch]),
            Self::Response(status) => at.method_response(status, vec![patch]),
        }
    }
}

/// The props of [`BodyModels`].
#[derive(Debug, PartialEq, Properties)]
pub(crate) struct BodyModelsProps {
    /// Which method.
    pub at: MethodAt,
    /// Whose bodies.
    pub which: Which,
    /// The heading.
    pub title: AttrValue,
    /// A sentence under it.
    #[prop_or_default]
    pub hint: AttrValue,
    /// Content type → model.
    pub models: SortedMap<String, String>,
}

/// Draws the models, and the way to one more: chosen by name among those of the API.
#[component]
pub(crate) fn BodyModels(props: &BodyModelsProps) -> Html {
    let store = use_store();
    let (at, which) = (props.at.clone(), props.which);
    let api = at.api.clone();
    let known: Vec<AttrValue> = use_selector(move |state| {
        let config = state.present().api(&api).map(|api| &api.config);
        config.map(|config| config.models().keys().map(|name| name.to_string().into()).collect()).unwrap_or_default()
    });
    let home = match which {
        Which::Request => "models-title".to_owned(),
        Which::Response(status) => at.dom_id(&format!("{status}-models")),
    };
    let row = |(kind, model): (&String, &String)| {
        let remove = {
            let (store, at, home) = (store.clone(), at.clone(), home.clone());
            let path = format!("/{}/{}", which.member(), escape(kind));
            Callback::from(move |_: MouseEvent| {
                if store.attempt(which.patch(&at, PatchOperation::remove(path.clone()))).is_some() {
                    focus_soon(home.clone());
                }
            })
        };
        html! {
            <li key={kind.clone()}>
                <span class="name mono">{ kind }</span>
                <PlaceLink place={Place::Page(Page::Models, Some(model.clone()))} class="chip" label={format!("Model {model}")}><span>{ model }</span></PlaceLink>
                <EditButton label={format!("Remove the model of {kind}")} icon="close" icon_only=true small=true look={Look::Ghost} onclick={remove} />
            </li>
        }
    };
    let add = {
        let (store, at) = (store.clone(), at.clone());
        Callback::from(move |values: Vec<String>| {
            let [kind, model] = &values[..] else { return Ok(()) };
            let path = format!("/{}/{}", which.member(), escape(kind.trim()));
            send(&store, which.patch(&at, PatchOperation::add(path, model.clone())))
        })
    };
    let fields = vec![
        AddField::text("contentType", "Content type", JSON).initial(JSON),
        AddField::choice_of(which.member(), "Model", known.into_iter().map(|name| (name.clone(), name))),
    ];
    let add_id = match which {
        Which::Request => at.dom_id("add-model"),
        Which::Response(status) => at.dom_id(&format!("{status}-add-model")),
    };
    let inner = html! {
        <>
            if !props.hint.is_empty() { <p class="part-hint">{ &props.hint }</p> }
            if !props.models.is_empty() { <ul class="entries">{ for props.models.iter().map(row) }</ul> }
            <Add id={add_id} label="Add model" {fields} {add} />
        </>
    };
    match which {
        Which::Request => html! {
            <section class="part" aria-labelledby={home.clone()}>
                <h3 id={home.clone()} tabindex="-1">{ &props.title }</h3>
                { inner }
            </section>
        },
        Which::Response(_) => html! { <><h5 id={home.clone()} tabindex="-1">{ &props.title }</h5>{ inner }</> },
    }
}
