//! Keeps what was done and tells what differs: the session with its log, and the difference between two versions of an API.
//!
//! It never decides what is allowed and never changes an API; that is `control_plane`.

pub mod compare;
pub mod diff;
mod refusal;
mod session;
mod summary;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

pub use refusal::{Answered, Asked, KEPT as KEPT_REFUSALS, MAX_NUMBER as MAX_REFUSAL_NUMBER, Refusal, Sender};
pub use session::{Act, LogEntry, Moment, Record, ReplayError, RestoredBy, Session, Transaction};
pub use summary::summary;
