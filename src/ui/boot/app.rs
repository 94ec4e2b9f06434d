//! The whole page: where things stand, and what a screen reader is told.

use crate::ui::markup::html;
use crate::ui::{
    core::{
        NoticeKind, Pane, Route, Store, Visit,
        later::{Part, Screen, ScreenSlot, Slot},
        parse_route,
        state::Saving,
        use_selector, use_store,
    },
    frames::focus,
    hosts::{keys, visit},
    panels::{Announcer, Map, Notices, TopBar},
};
use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;
use yew::{Callback, ContextProvider, Html, MouseEvent, Properties, component, use_effect_with};

/// The props of [`App`].
#[derive(Debug, PartialEq, Properties)]
pub struct AppProps {
    /// The page's state.
    pub store: Store,
}

/// Draws the whole page.
#[component]
pub fn App(props: &AppProps) -> Html {
    let store = props.store.clone();
    use_effect_with(store.clone(), |store| {
        let keys = {
            let store = store.clone();
            EventListener::new_with_options(
                &document(),
                "keydown",
                EventListenerOptions::enable_prevent_default(),
                move |event| {
                    if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                        keys::hear(&store, event);
                    }
                },
            )
        };
        let hash = {
            let store = store.clone();
            EventListener::new(&window(), "hashchange", move |_| follow_hash(&store))
        };
        let leaving = {
            let store = store.clone();
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&window(), "beforeunload", options, move |event| {
                if visit::would_lose_something(&store) {
                    event.prevent_default();
                }
            })
        };
        move || drop((keys, hash, leaving))
    });
    html! {
        <ContextProvider<Store> context={store}>
            <Shown />
        </ContextProvider<Store>>
    }
}

/// Draws what the page shows: the workbench, or the map on somebody's page, or why a link cannot be opened.
#[component]
fn Shown() -> Html {
    let visit = use_selector(|state| state.visit.clone());
    match visit {
        Visit::Own | Visit::Shared { .. } => html! { <Workbench /> },
        Visit::Embed { urls, call, .. } => html! { <Slot part={Part::Embed { urls, call }} /> },
        Visit::Broken { link, why } => html! { <Slot part={Part::Broken { link, why }} /> },
    }
}

/// Draws editor, map and drawer; on a narrow screen one of them with tabs at the thumb.
#[component]
fn Workbench() -> Html {
    let pane = use_selector(|state| state.pane);
    let class = match pane {
        Pane::Edit => "work show-edit",
        Pane::Map => "work show-map",
        Pane::Call => "work show-call",
        Pane::Learn => "work show-learn",
    };
    html! {
        <div class="app">
            <a class="skip" href="#map" onclick={Callback::from(|e: MouseEvent| { e.prevent_default(); focus("map"); })}>
                { "Skip to the map" }
            </a>
            <div>
                <TopBar />
                <Slot part={Part::Banner} />
            </div>
            <main {class}>
                <ScreenSlot screen={Screen::Editor} />
                <Map />
                <Slot part={Part::Drawer} />
                <ScreenSlot screen={Screen::Learn} />
            </main>
            <BottomBar />
            <Notices />
            <ScreenSlot screen={Screen::Dialogs} />
            <Announcer />
        </div>
    }
}

/// Draws the four panes of a narrow screen.
#[component]
fn BottomBar() -> Html {
    let store = use_store();
    let pane = use_selector(|state| state.pane);
    let field = use_selector(|state| state.drawer.field());
    let tab = |(which, label): (Pane, &'static str)| {
        let store = store.clone();
        let onclick = Callback::from(move |_: MouseEvent| store.show_pane(which));
        let current = (which == pane).then_some("page");
        let types = field.filter(|_| which == Pane::Call && which == pane);
        html! { <button type="button" aria-current={current} data-types={types} {onclick}>{ label }</button> }
    };
    let panes = [(Pane::Edit, "Edit"), (Pane::Map, "Map"), (Pane::Call, "Call"), (Pane::Learn, "Learn")];
    html! { <nav class="bottom" aria-label="Panes">{ for panes.into_iter().map(tab) }</nav> }
}

/// Follows the URL, which was changed by the user or by the page itself. To follow a link, or to leave one, is to open
/// the page anew: two workspaces never share one page.
fn follow_hash(store: &Store) {
    let route = parse_route(&window().location().hash().unwrap_or_default());
    match (store.read(|state| state.visit.link().cloned()), &route) {
        (Some(link), _) if link == route => {}
        (None, Route::Workbench { api: None, .. }) => {}
        (None, Route::Workbench { .. }) => {
            store.follow_address(route);
        }
        (None, _) if store.read(|state| matches!(state.saving, Saving::Failed(_) | Saving::Conflict)) => {
            store.go(store.read(|state| state.route.clone()));
            let hint = "Open the link in a new tab, or download your work as a file first.";
            store.notify(NoticeKind::Problem, "Your work on this page is not saved.", hint);
        }
        _ => {
            // A browser that refuses leaves everything as it is.
            let _ = window().location().reload();
        }
    }
}

fn window() -> web_sys::Window {
    web_sys::window().expect("BUG: the page runs in a window")
}

fn document() -> web_sys::Document {
    window().document().expect("BUG: the window has a document")
}
