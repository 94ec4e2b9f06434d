//! The page: Yew components over the engine. Exists only in the browser.
//!
//! Components take props and give `Html`; what may happen is decided in the engine, what is shown is held by the
//! `Store`, and what is selected stands in the URL.

mod after_paint;
mod app;
mod command;
pub mod console;
pub mod files;
mod focus;
mod js_api;
mod keeper;
mod keys;
mod later;
mod notice;
mod opening;
pub mod panels;
mod panic;
pub mod parts;
mod preferences;
mod route;
mod select;
mod state;
pub mod storage;
mod store;
mod visit;

pub(crate) use after_paint::{AfterPaint, NextFrame, after_paint, use_growing, use_soon};
pub(crate) use app::is_mac;
pub use app::{App, AppProps};
pub use command::{Shortcut, UiCommand};
pub(crate) use focus::{focus, focus_soon, focused, try_focus};
pub use keeper::Keeper;
pub use notice::{Notice, NoticeKind};
pub use opening::{mount, start};
pub use route::{MethodTab, Page, Place, Route, StageTab, parse_route};
pub use select::{Same, use_selector, use_selector_at_once, use_selector_soon, use_store};
pub use state::{Confirm, Dialog, DrawerTab, Pane, State, Theme, Visit};
pub use store::{Store, past};
