//! The hosts connect the page to what is around it: the browser's storage and its other tabs, files, links, scripts, keys,
//! and the page that is left after a failure. Hosts read and change the page through the store, and draw nothing.

pub mod files;
pub(super) mod js_api;
pub(super) mod keeper;
pub(super) mod keys;
pub(super) mod panic;
mod preferences;
pub mod storage;
pub(super) mod theme;
pub(super) mod visit;

pub use keeper::Keeper;
