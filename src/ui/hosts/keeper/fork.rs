//! An earlier moment as a workspace of its own.

use super::current;
use crate::{
    env::Env,
    history::Moment,
    ui::core::{
        NoticeKind, Store,
        browser::{now, seed},
        past::fork_blocked,
    },
};
use wasm_bindgen_futures::spawn_local;

/// Opens a moment as a workspace of its own, with the log up to there. The one that is shown stays as it is stored.
pub(in crate::ui) fn fork(store: &Store, moment: Moment) {
    let blocked = store.read(fork_blocked);
    let (Some(keeper), None) = (current(), blocked) else {
        store.notify(NoticeKind::Problem, blocked.unwrap_or("Nothing can be saved in this browser"), "");
        return;
    };
    let (session, of) = store.read(|state| {
        let session = state.session.fork(Env::new(seed(), now()), moment);
        (session, state.workspace.name.clone())
    });
    let name = format!("{of} (moment {moment})");
    let store = store.clone();
    spawn_local(async move {
        match keeper.start(session, &name).await {
            Ok(()) => store.done(format!("“{name}” is a workspace of its own now. “{of}” is in Workspaces.")),
            Err(error) => store.notify(NoticeKind::Problem, error.to_string(), ""),
        }
    });
}
