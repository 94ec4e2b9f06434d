//! Follows other tabs of this browser that change the workspace that is shown here: their acts are repeated, or the two
//! part and both are kept. Nothing of either is ever overwritten.

use super::{Keeper, Phase};
use crate::{
    persist::journal,
    ui::core::{NoticeKind, State, state::Saving},
};
use gloo::events::EventListener;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

impl Keeper {
    /// Looks for news whenever the tab is seen again, or comes back out of the browser's cache: it has heard nothing
    /// meanwhile.
    pub(super) fn look_when_seen(self: &Rc<Self>) {
        let Some(window) = web_sys::window() else { return };
        let Some(document) = window.document() else { return };
        let on = |target: &web_sys::EventTarget, event: &'static str| {
            let (weak, document) = (Rc::downgrade(self), document.clone());
            let listener = EventListener::new(target, event, move |_| {
                if let Some(keeper) = weak.upgrade().filter(|_| !document.hidden()) {
                    keeper.retry();
                    keeper.look();
                }
            });
            // It ends with the page.
            listener.forget();
        };
        on(&document, "visibilitychange");
        on(&window, "pageshow");
    }

    /// Repeats what another tab has stored for the workspace that is shown here, too: up to so many operations.
    pub(super) fn follow(self: &Rc<Self>, workspace: String, length: usize) {
        let keeper = Rc::clone(self);
        spawn_local(async move { while keeper.catch_up(&workspace, length).await {} });
    }

    /// Looks whether another tab has stored something that was not heard of here.
    pub(super) fn look(self: &Rc<Self>) {
        if let Some(id) = self.store.read(|state| state.workspace.id.clone()) {
            self.recall_refused(&id);
            self.follow(id, usize::MAX);
        }
    }

    /// Tries once to follow. `true` when something was done here while the storage was read, so that it takes another
    /// one.
    async fn catch_up(self: &Rc<Self>, workspace: &str, length: usize) -> bool {
        let have = || {
            let here = |state: &State| state.workspace.id.as_deref() == Some(workspace);
            self.store.read(|state| here(state).then(|| state.session.entries().len()))
        };
        let Some(from) = have().filter(|have| *have < length) else { return false };
        let Ok(tail) = self.db().tail(workspace, from).await else { return false };
        if have() != Some(from) {
            return true;
        }
        // The journal must know first: else it would take what is repeated for news, and store it again. While it is
        // storing something itself it cannot: either that meets the conflict and resolves it, or it is looked again.
        let ready = self.writer().is_some_and(|writer| {
            let journal = &writer.journal;
            journal.caught_up(from + tail.len());
            journal.length() == from + tail.len()
        });
        if !ready || tail.is_empty() {
            self.phase.set(match self.phase.get() {
                Phase::Kept | Phase::Behind => {
                    if ready {
                        Phase::Kept
                    } else {
                        Phase::Behind
                    }
                }
                other => other,
            });
            return false;
        }
        let followed = self.store.follow(|session| journal::extend(session, tail.iter().map(String::as_str)));
        if let Err(fault) = followed {
            self.go_on_in_a_copy(&format!("Another tab did something that this page cannot follow ({fault})."));
        }
        false
    }

    /// Neither side is lost: what this tab did becomes a workspace of its own.
    pub(super) fn go_on_in_a_copy(self: &Rc<Self>, why: &str) {
        let (keeper, why) = (Rc::clone(self), why.to_owned());
        keeper.store.set_saving(Saving::Conflict);
        spawn_local(async move {
            let name = format!("{} (copy)", keeper.store.read(|state| state.workspace.name.clone()));
            if keeper.keep_as(&name).await.is_ok() {
                let text = format!("{why} What you did here goes on as “{name}”.");
                keeper.store.notify(NoticeKind::Problem, text, "The other one is in Workspaces.");
            }
        });
    }
}
