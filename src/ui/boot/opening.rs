//! How the page opens.
//!
//! A first visit shows the sample's map before anything else is there: no control plane, no screen, no storage. A page that
//! has something to load, or that a link opened, waits for the whole program, since its log is repeated by that.

use super::{
    app::{App, AppProps},
    later,
};
use crate::{
    env::Env,
    history::Session,
    sample,
    ui::{
        core::{
            NoticeKind, Route, State, Store,
            browser::{now, seed},
            parse_route,
        },
        hosts::{js_api, keeper, keys, panic, theme},
    },
};
use wasm_bindgen_futures::spawn_local;
use web_sys::Document;

/// Puts the page into the document's body.
///
/// The loading state stays on screen until there is something to show, so that nothing is shown that is replaced at once.
pub fn mount() {
    panic::install();
    let begin_new = panic::asks_for_new();
    let (route, env) = (route(), Env::new(seed(), now()));
    if matches!(route, Route::Workbench { .. }) && !keeper::remembers() {
        let store = first_visit(route, env.clone());
        render(&store);
        spawn_local(async move {
            match later::fetch().await {
                Ok(later) => (later.begin)(&store, env, begin_new),
                Err(_) => {
                    js_api::reject_early(NOT_WHOLE);
                    let hint = "Check your connection and load the page again.";
                    store.notify(NoticeKind::Problem, NOT_WHOLE, hint);
                }
            }
        });
        return;
    }
    spawn_local(async move {
        match later::fetch().await {
            Ok(later) => render(&(later.open)(route, env, begin_new).await),
            Err(_) => fail(NOT_WHOLE),
        }
    });
}

const NOT_WHOLE: &str = "A part of the program could not be loaded.";

fn render(store: &Store) {
    yew::Renderer::<App>::with_props(AppProps { store: store.clone() }).render();
}

fn route() -> Route {
    parse_route(&web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default())
}

/// Returns the state of a first visit.
pub fn start() -> Store {
    first_visit(route(), Env::new(seed(), now()))
}

fn first_visit(route: Route, env: Env) -> Store {
    let mut ids = env.clone();
    let workspace = sample::workspace(&mut ids);
    let mut state = State::new(Session::preview(env, workspace), route);
    state.theme = theme::stored();
    state.single_keys = keys::stored_single_keys();
    theme::show(state.theme);
    Store::new(state)
}

/// Says on the loading page why there is no more than that.
fn fail(reason: &str) {
    js_api::reject_early(reason);
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let element = |id| Document::get_element_by_id(&document, id);
    if let Some(why) = element("boot-reason") {
        why.set_text_content(Some(reason));
    }
    // What is not there, or refuses, leaves the page as it was.
    let _ = element("boot-status").map(|status| status.set_attribute("hidden", ""));
    let _ = element("boot-failure").map(|failure| failure.remove_attribute("hidden"));
}
