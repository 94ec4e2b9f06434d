//! The case that the work cannot be stored: it is said, offered as a file, and tried again. The page goes on.

use super::{Keeper, PATIENCE, Phase, attach, file_of, first};
use crate::ui::{
    core::{NoticeKind, Store, state::Saving},
    hosts::storage::{Db, StorageError},
};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// Tries again to store what is not stored. Without a keeper, what was done here becomes a workspace beside the others.
pub(in crate::ui) fn retry(store: &Store) {
    match super::current() {
        Some(keeper) => keeper.retry(),
        None => {
            let store = store.clone();
            spawn_local(async move {
                let changed = store.read(|state| state.session.undo_target().is_some());
                attach(&store, changed).await;
            });
        }
    }
}

/// Returns the files of all that is stored, in whatever version, for a page that cannot use it.
pub(in crate::ui) async fn stored_files() -> Result<Vec<(String, String)>, StorageError> {
    let db = Db::open_to_read().await?;
    let mut out = Vec::new();
    for row in db.list().await? {
        out.push(file_of(&db, &row.id).await?);
    }
    Ok(out)
}

/// Shows that the work is not stored; a message says it once.
pub(super) fn say_unsaved(store: &Store, error: &StorageError) {
    let known = store.read(|state| matches!(state.saving, Saving::Failed(_)));
    store.set_saving(Saving::Failed(error.to_string()));
    if !known {
        store.notify(NoticeKind::Unsaved, "Your work is not stored.", error.to_string());
    }
}

impl Keeper {
    /// Says that something could not be stored. It is tried again with the next operation, when the page is seen again,
    /// or when asked for.
    pub(super) fn failed(&self, error: &StorageError) {
        let tried = self.length();
        self.phase.set(if self.writer().is_some() { Phase::Failed(tried) } else { Phase::Refused(tried) });
        say_unsaved(&self.store, error);
    }

    /// Tries again to store what could not be stored.
    pub(super) fn retry(self: &Rc<Self>) {
        let tried = self.length();
        self.phase.set(match self.phase.get() {
            Phase::Refused(_) => Phase::Refused(tried),
            Phase::Failed(_) => Phase::Failed(tried),
            Phase::New | Phase::Beginning(_) | Phase::Kept | Phase::Behind => return,
        });
        let keeper = Rc::clone(self);
        spawn_local(async move {
            // The browser may have closed it, when somebody cleared its data.
            if let Some(Ok(db)) = first(Db::open(), PATIENCE).await {
                keeper.db.replace(db);
            }
            match (keeper.phase.get(), keeper.store.read(|state| state.workspace.id.clone()), keeper.writer()) {
                (Phase::Refused(_), None, _) => keeper.keep(),
                (Phase::Failed(_), Some(id), Some(writer)) => {
                    if let Some(stored) = writer.journal.failed_at() {
                        keeper.write_from(&id, stored, writer.refused_stored.get(), writer.refused.unsaved());
                    }
                }
                // It is being tried.
                _ => {}
            }
        });
    }

    /// Begins to store the workspace that is shown as a new one.
    pub(super) fn keep(self: &Rc<Self>) {
        let (keeper, name) = (Rc::clone(self), self.store.read(|state| state.workspace.name.clone()));
        keeper.set_out();
        // A failure has been said.
        spawn_local(async move { drop(keeper.keep_as(&name).await) });
    }
}
