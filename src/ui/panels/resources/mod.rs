//! The resources of the API that is shown: the tree above, and below it what is selected, ready to be changed.
//!
//! Every change is one step of AWS's requests. Whether it is allowed is decided by the control plane; a refusal stands at
//! the field that it is about, and what was typed stays.

mod access;
mod add;
mod backend;
mod body_models;
mod connection;
mod cors;
pub(super) mod dialogs;
mod empty;
mod fields;
mod integration;
mod mappings;
mod method;
mod request;
mod resource;
mod response;
mod responses;
mod send;
mod templates;
mod test;
mod tree;

use crate::view::rows;
pub(super) use add::{Add, AddField};
pub(super) use backend::lambda_uri;
pub(super) use fields::{Check, EditChoice, EditJson, EditText, Part, Save, Shown, json_problem};
pub(super) use integration::template_patch;
pub(super) use mappings::Mappings;
pub(super) use send::send;
pub(super) use templates::{TemplateEdit, Templates};

use crate::ui::markup::html;
use crate::ui::{MethodTab, Place, use_selector, use_soon};
use empty::{NoApi, NothingSelected};
use method::MethodEditor;
use resource::ResourceView;
use send::MethodAt;
use tree::{Legend, Tree};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::{Callback, Event, Html, KeyboardEvent, component};

/// Draws the resource tree and the editors of resources and methods.
#[component]
pub(crate) fn Resources() -> Html {
    let api = use_selector(|state| state.api().map(|api| api.id.to_string()));
    let place = use_selector(|state| match state.place() {
        // The tab is the method editor's own business.
        Place::Method(id, verb, _) => Place::Method(id, verb, MethodTab::default()),
        place => place,
    });
    // The row that was clicked is marked first; what it stands for follows.
    let place = use_soon(place);
    let Some(api) = api else { return html! { <NoApi /> } };
    let shown = match place {
        Place::Method(resource, verb, _) => {
            let at = MethodAt { api: api.clone(), resource, verb };
            html! { <MethodEditor key={at.dom_id(&api)} at={at.clone()} /> }
        }
        Place::Resource(id) => html! { <ResourceView key={id.clone()} api={api.clone()} id={id.clone()} /> },
        _ => html! { <NothingSelected /> },
    };
    html! {
        <div class="resources" key={api}>
            <div class="tree-pane" onscroll={Callback::from(|_: Event| close_menu())}><Tree /><Legend /></div>
            <div class="detail" id="detail" onkeydown={Callback::from(|e: KeyboardEvent| commit_on_save(&e))}>{ shown }</div>
        </div>
    }
}

/// Closes the open menu of a row when its row moves, since it stands still in the window: the row takes the focus back.
fn close_menu() {
    let document = gloo::utils::document();
    let inside = document.active_element().and_then(|element| element.closest(".row-menu").ok().flatten());
    let row = inside.and_then(|_| document.query_selector("[role=treeitem][aria-selected=true]").ok().flatten());
    if let Some(row) = row.and_then(|row| row.dyn_into::<HtmlElement>().ok()) {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = row.focus_with_options(&options);
    }
}

/// Ctrl+S in a line of text takes what stands there, as it does in a template, and never saves the page.
fn commit_on_save(e: &KeyboardEvent) {
    if e.default_prevented() || e.key() != "s" || !(e.ctrl_key() || e.meta_key()) {
        return;
    }
    e.prevent_default();
    let field = e.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    if let Some(field) = field.filter(|field| field.tag_name() == "INPUT") {
        // Leaving a field is what commits it.
        let _ = field.blur();
        let _ = field.focus();
    }
}
