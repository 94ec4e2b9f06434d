//! The page: Yew components over the engine. Exists only in the browser.
//!
//! Components take props and give `Html`; what may happen is decided in the engine, what is shown is held by the
//! `Store`, and what is selected stands in the URL.

mod after_paint;
mod app;
mod command;
pub mod files;
mod js_api;
mod keeper;
mod notice;
pub mod panels;
mod panic;
pub mod parts;
mod route;
mod select;
mod state;
pub mod storage;
mod store;
mod visit;

pub(crate) use after_paint::{Later, use_growing};
pub use app::{App, AppProps, start};
pub(crate) use app::{focus, is_mac};
pub use command::{Shortcut, UiCommand};
pub use keeper::Keeper;
pub use notice::{Notice, NoticeKind};
pub use route::{MethodTab, Place, Route, StageTab, parse_route};
pub use select::{Same, use_selector, use_store};
pub use state::{Confirm, Dialog, DrawerTab, Pane, State, Theme, Visit};
pub use store::Store;

/// Puts the page into the document's body.
///
/// The loading state stays on screen until the workspace is loaded, so that nothing is shown that is replaced at once.
pub fn mount() {
    panic::install();
    let store = start();
    // Before anything else that listens, so that a failure there finds the last step noted. It ends with the page.
    std::mem::forget(panic::remember(&store));
    wasm_bindgen_futures::spawn_local(async move {
        match store.read(|state| state.visit.clone()) {
            Visit::Own => keeper::attach(&store, panic::asks_for_new()).await,
            Visit::Shared { .. } => keeper::attach_when_own(&store),
            Visit::Embed { .. } | Visit::Broken { .. } => {}
        }
        yew::Renderer::<App>::with_props(AppProps { store }).render();
    });
}
