//! The screens where nothing is: no API yet, or nothing selected.

use crate::ui::markup::html;
use crate::ui::panels::words::count;
use crate::{
    sample,
    ui::{
        Place, Route, UiCommand,
        parts::{CommandButton, EditButton, Look},
        use_selector, use_store,
    },
};
use yew::{Callback, Html, MouseEvent, component};

/// Draws the workspace has no API: what to do.
#[component]
pub(crate) fn NoApi() -> Html {
    let store = use_store();
    let onclick = Callback::from(move |_: MouseEvent| match store.transact(sample::build) {
        Ok(api) => store.go(Route::to(api, Place::Resources)),
        Err(error) => store.refuse(&error),
    });
    html! {
        <div class="empty">
            <h2>{ "No API yet" }</h2>
            <p>{ "An API is a tree of resources with methods. You edit it here, deploy it to a stage, and call the stage's URL." }</p>
            <div class="actions">
                <CommandButton command={UiCommand::CreateApi} look={Look::Primary} />
                <EditButton label="Start with the sample UsersAPI" {onclick} />
            </div>
        </div>
    }
}

/// Draws nothing is selected: what there is, and what to do.
#[component]
pub(crate) fn NothingSelected() -> Html {
    let counts = use_selector(|state| {
        let config = &state.api()?.config;
        Some((config.resources().len(), config.method_count(), config.methods_without_integration()))
    });
    let Some((resources, methods, bare)) = counts else { return Html::default() };
    html! {
        <div class="empty">
            <h2>{ format!("{}, {}", count(resources, "resource"), count(methods, "method")) }</h2>
            <p>
                { "Select a resource or a method in the tree to change it. " }
                { "Changes stay in the working copy until the next deployment." }
            </p>
            if bare > 0 {
                <p class="note">{ format!("{} without integration: the API cannot be deployed until each has one.", count(bare, "method")) }</p>
            }
            <div class="actions">
                <CommandButton command={UiCommand::CreateResource} />
                <CommandButton command={UiCommand::CreateMethod} />
            </div>
        </div>
    }
}
