//! The page: Yew components over the engine. Exists only in the browser.
//!
//! Components take props and give `Html`; what may happen is decided in the engine, what is shown is held by the
//! `Store`, and what is selected stands in the URL.

mod app;
mod command;
pub mod files;
mod js_api;
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

pub use app::App;
pub(crate) use app::{focus, is_mac};
pub use command::{Shortcut, UiCommand};
pub use notice::{Notice, NoticeKind};
pub use route::{MethodTab, Place, Route, StageTab, parse_route};
pub use select::{Same, use_selector, use_store};
pub use state::{Confirm, Dialog, DrawerTab, Pane, State, Theme, Visit};
pub use store::Store;

/// Puts the page into the document's body.
pub fn mount() {
    panic::install();
    yew::Renderer::<App>::new().render();
}
