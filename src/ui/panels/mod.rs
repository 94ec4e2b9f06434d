//! The screens: each reads the store by selectors and sends commands. What is allowed is decided in the engine.

mod account;
pub(in crate::ui) mod compare;
mod console;
mod deployments;
mod dialogs;
mod diff_view;
mod drawer;
mod editor;
mod embed;
mod history;
mod learn;
mod ledger;
mod link;
pub(in crate::ui) mod map;
mod more;
mod notices;
mod palette;
pub mod request;
pub mod resources;
mod settings;
pub(in crate::ui) mod share;
mod shared;
mod stages;
pub(in crate::ui) mod time;
mod top_bar;
mod workspaces;

pub use dialogs::Dialogs;
pub use drawer::Drawer;
pub use editor::Editor;
pub use embed::Embed;
pub use learn::Learn;
pub use map::Map;
pub use notices::Notices;
pub use shared::{BrokenLink, SharedBanner};
pub use top_bar::TopBar;
