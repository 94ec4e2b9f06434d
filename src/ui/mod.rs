//! The page: Yew components over the engine. Exists only in the browser.
//!
//! Components take props and give `Html`; what may happen is decided in the engine, what is shown is held by the
//! `Store`, and what is selected stands in the URL. The page has floors, each of which names only those below it:
//! `boot`, `panels` (the screens), `hosts`, `core`, `parts` and `frames`.

mod boot;
mod core;
mod frames;
mod hosts;
pub mod markup;
pub mod panels;
pub mod parts;

pub use boot::{App, AppProps, mount, start};
pub use core::{
    Confirm, Dialog, DrawerTab, MethodTab, Notice, NoticeKind, Page, Pane, Place, Route, Same, Shortcut, StageTab,
    State, Store, Theme, UiCommand, Visit, console, parse_route, past, use_selector, use_selector_at_once,
    use_selector_soon, use_store,
};
use core::{browser::is_mac, later, state};
pub(crate) use frames::{
    AfterPaint, NextFrame, after_paint, focus, focus_soon, focused, try_focus, use_growing, use_soon,
};
pub use hosts::{Keeper, files, storage};
use hosts::{keeper, keys, visit};
