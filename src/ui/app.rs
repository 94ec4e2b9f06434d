//! The whole page: where things stand, and what a screen reader is told.

use super::{
    NoticeKind, Pane, Route, Store, Theme, after_paint, focus, keys,
    later::{Part, Slot},
    panels::{Map, Notices, TopBar},
    parse_route, preferences,
    state::{Saving, Visit},
    use_selector, use_selector_soon, visit,
};
use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::{Callback, ContextProvider, Html, MouseEvent, Properties, component, html, use_effect_with};

/// The props of [`App`].
#[derive(Debug, PartialEq, Properties)]
pub struct AppProps {
    /// The page's state.
    pub store: Store,
}

/// The whole page.
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
            <Screen />
        </ContextProvider<Store>>
    }
}

/// What the page shows: the workbench, or the map on somebody's page, or why a link cannot be opened.
#[component]
fn Screen() -> Html {
    let visit = use_selector(|state| state.visit.clone());
    match visit {
        Visit::Own | Visit::Shared { .. } => html! { <Workbench /> },
        Visit::Embed { urls, call, .. } => html! { <Slot part={Part::Embed { urls, call }} /> },
        Visit::Broken { link, why } => html! { <Slot part={Part::Broken { link, why }} /> },
    }
}

/// Editor, map and drawer; on a narrow screen one of them with tabs at the thumb.
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
                <Slot part={Part::Editor} />
                <Map />
                <Slot part={Part::Drawer} />
                <Slot part={Part::Learn} />
            </main>
            <BottomBar />
            <Notices />
            <Slot part={Part::Dialogs} />
            <Announcer />
        </div>
    }
}

/// The four panes of a narrow screen.
#[component]
fn BottomBar() -> Html {
    let store = super::use_store();
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

/// What a screen reader is told about changes that it cannot see.
#[component]
pub(super) fn Announcer() -> Html {
    let (number, text) = use_selector_soon(|state| state.announcement.clone());
    // Two places in turn, so that the same words twice are read twice.
    let (a, b) = if number % 2 == 0 { (text.as_str(), "") } else { ("", text.as_str()) };
    html! {
        <>
            <div class="visually-hidden" aria-live="polite">{ a }</div>
            <div class="visually-hidden" aria-live="polite">{ b }</div>
        </>
    }
}

/// The URL was changed by the user or by the page itself. To follow a link, or to leave one, is to open the page anew:
/// two workspaces never share one page.
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

/// Whether this is a Mac, whose keys have other names.
pub(crate) fn is_mac() -> bool {
    window().navigator().platform().is_ok_and(|platform| platform.starts_with("Mac") || platform.starts_with("iP"))
}

/// The parts of the page that hold most of its elements.
const LARGE: &str = ".map, .drawer, .editor";

/// The large parts of the page keep the look that they have, and follow one in each frame: a theme changes every element,
/// too many for one frame.
fn hold_large_parts() {
    let theme = document().body().and_then(|body| body.get_attribute("data-theme"));
    let Ok(parts) = document().query_selector_all(LARGE) else { return };
    let parts: Vec<Element> = (0..parts.length()).filter_map(|at| parts.item(at)?.dyn_into().ok()).collect();
    for part in &parts {
        // A refusal only means that it is not held.
        let _ = part.set_attribute("data-theme", theme.as_deref().unwrap_or("system"));
    }
    release(parts);
}

/// Lets the last of these go after each frame.
fn release(mut held: Vec<Element>) {
    let Some(next) = held.pop() else { return };
    after_paint(move || {
        let _ = next.remove_attribute("data-theme");
        release(held);
    })
    .forget();
}

/// Gives the page a theme; the name of one that is not the system's.
pub(super) fn show_theme(theme: Theme) -> Option<&'static str> {
    let name = match theme {
        Theme::System => None,
        Theme::Light => Some("light"),
        Theme::Dark => Some("dark"),
    };
    // The body, not the root: a browser styles everything anew when the root's colour scheme changes, held parts included.
    let body = document().body()?;
    // A refusal leaves the page as it is.
    let _ = match name {
        Some(name) => body.set_attribute("data-theme", name),
        None => body.remove_attribute("data-theme"),
    };
    name
}

/// Applies a theme to the page and remembers it.
pub(super) fn apply_theme(theme: Theme) {
    hold_large_parts();
    let name = show_theme(theme);
    preferences::set("theme", name);
}

pub(super) fn stored_theme() -> Theme {
    match preferences::get("theme").as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    }
}

/// A seed from the browser's chance.
pub(super) fn seed() -> u64 {
    js_sys::Math::random().to_bits() ^ js_sys::Date::now().to_bits().rotate_left(32)
}

fn window() -> web_sys::Window {
    web_sys::window().expect("BUG: the page runs in a window")
}

fn document() -> web_sys::Document {
    window().document().expect("BUG: the window has a document")
}
