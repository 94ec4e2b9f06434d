//! Writes what leaves the program and reads what comes back: stored entries, workspace files and share links, each versioned and
//! bounded.
//!
//! Everything read here is untrusted. It ends up as [`Record`](crate::history::Record)s, which a session replays and so
//! validates again. Nothing here decides what is allowed, and nothing here does I/O: the page and the tools do.

mod bounds;
pub mod file;
pub mod journal;
pub mod link;
pub mod record;
pub mod refusal;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

pub use bounds::clean_name;
