//! A stored history: one text per operation, appended as the operations happen, and what can be made of it later.

use super::record::{self, RecordError};
use crate::{
    env::Env,
    history::{ReplayError, Session},
};

/// The fault that keeps a stored history from being restored to its end.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Fault {
    /// An entry cannot be read.
    #[error("operation {number} of the stored history cannot be read: {error}")]
    Unreadable {
        /// Its number, from 1.
        number: usize,
        /// The reason.
        error: RecordError,
    },
    /// An entry can be read but not carried out.
    #[error("the stored history cannot be repeated to its end: {0}")]
    Replay(#[from] ReplayError),
}

impl Fault {
    /// Tells whether a newer version wrote the entry, which is not damaged then.
    pub fn is_newer(&self) -> bool {
        matches!(self, Self::Unreadable { error, .. } if error.is_newer())
    }
}

/// A session made of stored entries: all that could be restored, and why no more.
#[derive(Clone, Debug)]
pub struct Restored {
    /// The session up to the first entry that does not fit.
    pub session: Session,
    /// The fault that stopped it. The entries from `session.entries().len()` on are left as they are.
    pub fault: Option<Fault>,
}

/// Returns the stored forms of a session's operations from `first` (0 for all) on.
pub fn entries(session: &Session, first: usize) -> Vec<String> {
    let new = session.entries().get(first..).unwrap_or_default();
    new.iter().map(|operation| record::print(&operation.record)).collect()
}

/// Restores a session from stored entries, as far as they can be read and carried out.
pub fn restore<'a>(env: Env, entries: impl IntoIterator<Item = &'a str>) -> Restored {
    let mut session = Session::new(env);
    let fault = extend(&mut session, entries).err();
    Restored { session, fault }
}

/// Carries out entries that another tab has stored after those that the session has.
///
/// # Errors
/// The first entry that does not fit; those before it have been carried out.
pub fn extend<'a>(session: &mut Session, entries: impl IntoIterator<Item = &'a str>) -> Result<(), Fault> {
    for entry in entries {
        let number = session.entries().len() + 1;
        let record = record::parse(entry).map_err(|error| Fault::Unreadable { number, error })?;
        session.replay_one(record)?;
    }
    Ok(())
}
