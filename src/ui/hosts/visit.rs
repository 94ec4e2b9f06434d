//! The visits that a link opens: a copy to look at, or the map alone on somebody's page. Neither ever touches what the visitor has
//! saved; a link that cannot be opened says why.

use crate::{
    env::Env,
    history::Session,
    persist::link,
    ui::core::{Route, State, Store, Theme, Visit, state::Saving},
};

/// Returns the state of a page that was opened by a link; `None` for a page that was not.
pub(in crate::ui) fn open(route: &Route, env: Env) -> Option<State> {
    let (payload, options) = match route {
        Route::Workbench { .. } => return None,
        Route::Shared(payload) => (payload, None),
        Route::Embed { payload, options } => (payload, Some(options)),
    };
    let spare = env.clone();
    let opened = link::open(payload, env);
    let link = route.clone();
    let asks = |option: &str| options.is_some_and(|options| options.iter().any(|given| given == option));
    let (session, name, visit) = match (opened, options) {
        (Err(error), _) => (Session::new(spare), String::new(), Visit::Broken { link, why: error.to_string() }),
        (Ok(shared), None) => (shared.session, shared.name, Visit::Shared { link }),
        (Ok(shared), Some(_)) => {
            (shared.session, shared.name, Visit::Embed { link, urls: asks("urls"), call: asks("call") })
        }
    };
    let mut state = State::new(session, Route::default());
    state.theme = match (asks("light"), asks("dark")) {
        (true, _) => Theme::Light,
        (false, true) => Theme::Dark,
        (false, false) => Theme::System,
    };
    state.read_only = match &visit {
        Visit::Embed { .. } => !asks("edit"),
        // There is nothing to change, and nobody would see it.
        Visit::Broken { .. } => true,
        Visit::Own | Visit::Shared { .. } => false,
    };
    state.visit = visit;
    state.saving = Saving::Off;
    state.workspace.name = name;
    Some(state)
}

/// Tells whether the page shows something that was changed and that nothing has saved.
pub(in crate::ui) fn would_lose_something(store: &Store) -> bool {
    store.read(|state| {
        let unsaved = matches!(state.visit, Visit::Shared { .. }) || matches!(state.saving, Saving::Failed(_));
        unsaved && state.session.undo_target().is_some()
    })
}

/// Goes from a link back to the visitor's own work.
pub(in crate::ui) fn leave() {
    let Some(window) = web_sys::window() else { return };
    let location = window.location();
    // The change of the hash loads the page anew; without a change that has to be asked for.
    let _ = match location.hash().as_deref() {
        Ok("#/") => location.reload(),
        _ => location.set_hash("#/"),
    };
}

/// This page's address without anything that belongs to a visit.
pub(in crate::ui) fn page_address() -> String {
    let location = web_sys::window().map(|window| window.location());
    let part = |get: fn(&web_sys::Location) -> Result<String, wasm_bindgen::JsValue>| {
        location.as_ref().and_then(|location| get(location).ok()).unwrap_or_default()
    };
    part(web_sys::Location::origin) + &part(web_sys::Location::pathname)
}
