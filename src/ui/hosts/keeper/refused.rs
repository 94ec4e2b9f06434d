//! The requests that were refused: stored with the workspace, and there again when it is opened. Nothing waits for them,
//! and nothing is said when they cannot be stored: they changed nothing, and the log says it for both.

use super::Keeper;
use crate::{
    history::{KEPT_REFUSALS, Refusal},
    persist::refusal,
    ui::hosts::storage::Refused,
};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

impl Keeper {
    /// Returns the refusals of the workspace that is shown, as they are stored.
    pub(super) fn all_refused(&self) -> Vec<Refused> {
        self.store.read(|state| state.session.refused().iter().map(|refused| stored(refused)).collect())
    }

    /// Hands to the writer what is new.
    pub(super) fn write_refused(&self) {
        let Some(writer) = self.writer() else { return };
        let new: Vec<Refused> = self.store.read(|state| {
            let refused = state.session.refused();
            let from = refused.partition_point(|refused| refused.number <= writer.refused_stored.get());
            refused.get(from..).unwrap_or_default().iter().map(|refused| stored(refused)).collect()
        });
        self.hand_over(new);
    }

    pub(super) fn hand_over(&self, refused: Vec<Refused>) {
        let Some(last) = refused.iter().map(|(number, _)| *number).max() else { return };
        if let Some(writer) = self.writer() {
            let oldest = self.store.read(|state| match state.session.refused() {
                [oldest, ..] if state.session.refused().len() >= KEPT_REFUSALS => oldest.number,
                _ => 0,
            });
            writer.refused_stored.set(last.max(writer.refused_stored.get()));
            writer.refused.append(refused, oldest);
        }
    }

    /// Looks for refusals that an earlier visit or another tab has stored.
    pub(super) fn recall_refused(self: &Rc<Self>, id: &str) {
        let (keeper, id) = (Rc::clone(self), id.to_owned());
        spawn_local(async move {
            // What cannot be read is missed by nobody: the log is whole without it.
            let found = keeper.db().refused(&id).await.unwrap_or_default();
            let found = refusal::read(found.iter().map(|(_, text)| text.as_str()));
            if keeper.store.read(|state| state.workspace.id.as_deref() != Some(&*id)) {
                return;
            }
            keeper.write_refused();
            let known = |refused: &Refusal| {
                keeper.store.read(|state| state.session.refused().iter().any(|known| known.number == refused.number))
            };
            let new: Vec<Refusal> = found.into_iter().filter(|refused| !known(refused)).collect();
            let Some(last) = new.iter().map(|refused| refused.number).max() else { return };
            if let Some(writer) = keeper.writer() {
                writer.refused_stored.set(last.max(writer.refused_stored.get()));
            }
            keeper.store.recall_refused(new);
        });
    }
}

fn stored(refused: &Refusal) -> Refused {
    (refused.number, refusal::print(refused))
}
