//! The editor: resources, stages, deployments, settings and the other screens, one at a time.

use super::{
    compare::Compare,
    deployments::Deployments,
    more::{More, Screen},
    resources::Resources,
    settings::Settings,
    stages::Stages,
};
use crate::ui::markup::html;
use crate::ui::{
    Place,
    parts::{ReadOnly, Tabs},
    past::EARLIER,
    use_selector, use_selector_soon, use_soon, use_store,
};
use yew::{AttrValue, Callback, ContextProvider, Html, component, use_mut_ref};

const TABS: [&str; 5] = ["Resources", "Stages", "Deployments", "Settings", "More"];

/// Draws the editor.
#[component]
pub fn Editor() -> Html {
    let store = use_store();
    let chosen = use_selector(|state| match state.place() {
        Place::Resources | Place::Resource(_) | Place::Method(..) => 0_usize,
        Place::Stages | Place::Stage(..) => 1,
        Place::Deployments | Place::Deployment(_) | Place::Compare(..) => 2,
        Place::Settings => 3,
        Place::More | Place::Page(..) => 4,
    });
    let onchoose = Callback::from(move |at| {
        store.go_to(match at {
            1 => Place::Stages,
            2 => Place::Deployments,
            3 => Place::Settings,
            4 => Place::More,
            _ => Place::Resources,
        });
    });
    // The tab that was clicked is marked first; its screen follows.
    let shown = use_soon(chosen);
    let compares = use_selector(|state| matches!(state.place(), Place::Compare(..)));
    let compares = use_soon(compares);
    let body = match shown {
        2 if compares => html! { <Compare /> },
        1 => html! { <Stages /> },
        2 => html! { <Deployments /> },
        3 => html! { <Settings /> },
        4 => html! { <Others /> },
        _ => html! { <Resources /> },
    };
    // The words above the page say why; what an earlier moment looks like comes first, that nothing there can be changed next.
    let read_only = use_selector_soon(|state| ReadOnly(state.past.is_some().then_some(EARLIER)));
    let tabs: Vec<AttrValue> = TABS.into_iter().map(AttrValue::from).collect();
    html! {
        <section class="editor" aria-label="Editor">
            <Tabs id="editor" label="Editor" {tabs} {chosen} {onchoose} />
            <div class="scroll" role="tabpanel" id="editor-panel" aria-labelledby={format!("editor-tab-{shown}")} tabindex="-1">
                <ContextProvider<ReadOnly> context={read_only}>{ body }</ContextProvider<ReadOnly>>
            </div>
        </section>
    }
}

/// Draws the list of all other screens, or one of them. While another tab is on its way, what is shown stays.
#[component]
fn Others() -> Html {
    let place =
        use_selector(|state| Some(state.place()).filter(|place| matches!(place, Place::More | Place::Page(..))));
    let shown = use_mut_ref(Place::default);
    if let Some(place) = place {
        shown.replace(place);
    }
    let shown = shown.borrow();
    match &*shown {
        Place::Page(page, item) => html! { <Screen key={page.slug()} page={*page} item={item.clone()} /> },
        _ => html! { <More /> },
    }
}
