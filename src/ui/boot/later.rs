//! The parts that the page fetches once the map stands: the control plane, calls and the pane that makes them, storage, links,
//! embeds, scripts.
//!
//! The published program is three files, and what they share. The first holds what a first visit's map needs; the second
//! all that is reached only through the table here; the third the screens (`screens`). So nothing that the map needs may
//! send a request, and nothing here may name a screen of `screens`: that would bring it into the file before.
//! `cargo xtask build` cuts the program at the two tables and fails when a file, or a way in, is over its budget.

use super::screens;
use crate::ui::markup::html;
use crate::{
    env::Env,
    ui::{
        core::{
            Route, State, Store, Visit,
            later::{Later, Opened, Part},
        },
        hosts::{js_api::JsApi, keeper, keys, panic, theme, visit},
        panels::{
            self, BrokenLink, Drawer, Embed, SharedBanner,
            map::actions::{Actions, point_now},
            time::PastBanner,
        },
    },
};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use yew::Html;

static LATER: Later =
    Later { begin, open, run: panels::run, point: point_now, draw, fetch_screens: screens::fetch_for };

/// The reason that a later file is not there: the network, as a rule. The browser's console has the details.
#[derive(Debug)]
pub(in crate::ui) struct NotThere;

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for NotThere {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

#[cfg_attr(feature = "split", wasm_split_helpers::wasm_split(engine, fallible))]
fn table() -> Result<&'static Later, NotThere> {
    Ok(&LATER)
}

/// Fetches the engine. Another try begins anew.
///
/// # Errors
/// It is not there.
#[cfg(feature = "split")]
pub(in crate::ui) async fn fetch() -> Result<&'static Later, NotThere> {
    table().await
}

/// Returns the table: the program is one file.
///
/// # Errors
/// None.
#[cfg(not(feature = "split"))]
#[expect(clippy::unused_async, reason = "of several files it has to be awaited")]
pub(in crate::ui) async fn fetch() -> Result<&'static Later, NotThere> {
    table()
}

fn begin(store: &Store, env: Env, begin_new: bool) {
    store.begin(keeper::sample_session_in(env));
    equip(store);
    let store = store.clone();
    spawn_local(async move { keeper::attach(&store, begin_new).await });
}

fn open(route: Route, env: Env, begin_new: bool) -> Opened {
    Box::pin(async move {
        let mut state =
            visit::open(&route, env.clone()).unwrap_or_else(|| State::new(keeper::sample_session_in(env), route));
        // An embed asks for nothing that the visitor has saved, not even the theme.
        if !matches!(state.visit, Visit::Embed { .. } | Visit::Broken { .. }) {
            state.theme = theme::stored();
            state.single_keys = keys::stored_single_keys();
        }
        theme::show(state.theme);
        let store = Store::new(state);
        equip(&store);
        match store.read(|state| state.visit.clone()) {
            Visit::Own => keeper::attach(&store, begin_new).await,
            Visit::Shared { .. } => keeper::attach_when_own(&store),
            Visit::Embed { .. } | Visit::Broken { .. } => {}
        }
        store.admit();
        store
    })
}

/// Puts the sheets to use that only the screens of this file need.
fn use_styles() {
    let Ok(sheets) = gloo::utils::document().query_selector_all("link[media='print']") else { return };
    for at in 0..sheets.length() {
        if let Some(sheet) = sheets.item(at).and_then(|sheet| sheet.dyn_into::<Element>().ok()) {
            // A refusal leaves the screens without their looks.
            let _ = sheet.remove_attribute("media");
        }
    }
}

/// Gives a page what it has besides its screens; it may be used once it shows the workspace of this visit. All of it
/// ends with the page.
#[expect(clippy::mem_forget, reason = "dropped, it would stop listening")]
fn equip(store: &Store) {
    use_styles();
    panic::remember(store);
    panic::watch_traps();
    std::mem::forget(JsApi::install(store));
    store.arrived(&LATER);
}

fn draw(part: &Part) -> Html {
    match part {
        Part::Drawer => html! { <Drawer /> },
        Part::Banner => html! { <><SharedBanner /><PastBanner /></> },
        Part::Actions => html! { <Actions /> },
        Part::Embed { urls, call } => html! { <Embed urls={*urls} call={*call} /> },
        Part::Broken { link, why } => {
            html! { <BrokenLink embedded={matches!(link, Route::Embed { .. })} why={why.clone()} /> }
        }
    }
}
