//! All that the page knows, and the one way to read and to change it. It must never draw a screen, or reach for anything
//! outside of the page: hosts and screens come to it.

pub(super) mod browser;
mod command;
pub mod console;
pub(super) mod later;
mod notice;
mod select;
pub(super) mod state;
mod store;

pub use crate::view::route::{MethodTab, Page, Place, Route, StageTab, parse_route};
pub(super) use command::{Arrow, deletion, selected_stage};
pub use command::{Shortcut, UiCommand};
pub use notice::{Notice, NoticeKind};
pub use select::{Same, use_selector, use_selector_at_once, use_selector_soon, use_store};
pub use state::{Confirm, Dialog, DrawerTab, Pane, State, Theme, Visit};
pub(super) use store::Subscription;
pub use store::{Store, past};
