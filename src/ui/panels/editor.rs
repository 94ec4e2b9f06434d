//! The editor: resources, stages, deployments and settings, one at a time.

use super::{compare::Compare, deployments::Deployments, resources::Resources, settings::Settings, stages::Stages};
use crate::ui::{Place, parts::Tabs, use_selector, use_soon, use_store};
use yew::{AttrValue, Callback, Html, component, html};

const TABS: [&str; 4] = ["Resources", "Stages", "Deployments", "Settings"];

/// The editor.
#[component]
pub fn Editor() -> Html {
    let store = use_store();
    let chosen = use_selector(|state| match state.place() {
        Place::Resources | Place::Resource(_) | Place::Method(..) => 0_usize,
        Place::Stages | Place::Stage(..) => 1,
        Place::Deployments | Place::Deployment(_) | Place::Compare(..) => 2,
        Place::Settings => 3,
    });
    let onchoose = Callback::from(move |at| {
        store.go_to(match at {
            1 => Place::Stages,
            2 => Place::Deployments,
            3 => Place::Settings,
            _ => Place::Resources,
        });
    });
    // The tab that was clicked is marked first; its screen follows.
    let shown = use_soon(chosen);
    let compares = use_selector(|state| matches!(state.place(), Place::Compare(..)));
    let body = match shown {
        2 if compares => html! { <Compare /> },
        1 => html! { <Stages /> },
        2 => html! { <Deployments /> },
        3 => html! { <Settings /> },
        _ => html! { <Resources /> },
    };
    let tabs: Vec<AttrValue> = TABS.into_iter().map(AttrValue::from).collect();
    html! {
        <section class="editor" aria-label="Editor">
            <Tabs id="editor" label="Editor" {tabs} {chosen} {onchoose} />
            <div class="scroll" role="tabpanel" id="editor-panel" aria-labelledby={format!("editor-tab-{shown}")} tabindex="-1">
                { body }
            </div>
        </section>
    }
}
