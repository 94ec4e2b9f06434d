//! Workspaces in the browser's own database, IndexedDB: kept as the operations happen, never rewritten.
//!
//! A workspace is a row with its name, and one entry per operation under `[workspace, number]`, the number from 0. An
//! entry is only ever added: when two tabs write the same number, the second fails and nothing is overwritten. What the
//! entries say is `persist`'s to read; nothing here looks into them but for the time of the last. Requests that were
//! refused lie beside them (`refused`), and nothing waits for those.
//!
//! ```text
//! let db = Db::open().await?;                     // an error never stops the page: it runs without storage
//! let stored = db.load(id).await?;                // entries for persist::journal::restore; what is damaged is kept
//! let channel = Channel::open(|notice| …);        // what other tabs did: read the tail, persist::journal::extend
//! let journal = Journal::new(db, channel, id, stored.entries.len(), |progress| …);
//! journal.append(persist::journal::entries(&session, journal.length()));
//! ```

mod channel;
mod connection;
mod db;
mod error;
mod journal;
mod refused;

pub use channel::{Channel, Notice};
pub use db::{Db, Stored, WorkspaceRow};
pub use error::StorageError;
pub use journal::{Journal, Progress};
pub use refused::{Refused, RefusedWriter};
