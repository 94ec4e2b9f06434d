//! Looking back: the page shows the workspace as it was at a moment of its log. Nothing is repeated for that, since the log
//! keeps every workspace; and nothing of the present is touched: calls have a runtime of their own, and nothing is stored.

use super::{Store, say, work::mend_route};
use crate::{
    control_plane::{ApiError, Command, Outcome},
    data_plane::Runtime,
    entities::Timestamp,
    env::Env,
    history::{Moment, Session, summary},
    ui::core::{
        Route, State, Visit,
        state::{Exchange, Saving},
    },
};
use std::rc::Rc;

/// Why something cannot be done now, and what to do.
pub(in crate::ui) const EARLIER: &str = "This is an earlier moment: go back to now first";

/// An earlier moment that is shown, with what belongs to it alone.
#[derive(Debug)]
pub struct Past {
    /// The moment.
    pub moment: Moment,
    /// The traces of calls of its URLs.
    pub runtime: Runtime,
    /// Their time and chance.
    pub env: Env,
    /// These calls, the newest last.
    pub exchanges: Vec<Rc<Exchange>>,
    /// The selection of before, and the part of it that is there at this moment.
    selected: (Route, Route),
}

/// Answers a request that only reads as it would have been answered then.
///
/// # Errors
/// Whatever the control plane refuses.
pub(in crate::ui) fn answer(state: &State, command: &Command) -> Result<Outcome, ApiError> {
    let mut env = state.past.as_ref().map_or(&state.session.env, |past| &past.env).clone();
    state.present().execute(command, &mut env).map(|(_, outcome)| outcome)
}

/// Returns what led to a moment, in a sentence, and when that was.
pub(in crate::ui) fn sentence(session: &Session, moment: Moment) -> (String, Option<Timestamp>) {
    let operation = moment.checked_sub(1).and_then(|at| session.entries().get(at));
    let Some(operation) = operation else { return ("Before anything was done".into(), None) };
    let text = summary(&operation.record.act, session.at(moment - 1), &operation.after);
    (text, Some(operation.record.time))
}

/// Returns why a moment cannot become a workspace of its own now.
pub(in crate::ui) fn fork_blocked(state: &State) -> Option<&'static str> {
    match (&state.visit, &state.saving) {
        (Visit::Own, Saving::Saved | Saving::Writing) => None,
        (Visit::Own, Saving::Starting) => Some("This workspace is not saved yet"),
        (Visit::Own, _) => Some("This workspace is not saved and would be lost: download it first"),
        _ => Some("Keep a copy of the shared workspace first"),
    }
}

impl Store {
    /// Tells whether an earlier moment is shown.
    pub fn is_past(&self) -> bool {
        self.read(|state| state.past.is_some())
    }

    /// Refuses what would change something while an earlier moment is shown.
    pub(in crate::ui) fn must_be_now(&self) -> Result<(), ApiError> {
        if self.is_past() { Err(ApiError::EarlierMoment) } else { Ok(()) }
    }

    /// Shows the workspace as it was at a moment; of the last one, as it is. What was selected is selected again as
    /// soon as it is there.
    pub(in crate::ui) fn look(&self, moment: Moment, aloud: bool) {
        self.update(|state| {
            let length = state.session.entries().len();
            let was_past = state.past.is_some();
            let wanted = match state.past.take() {
                Some(past) if past.selected.1 == state.route => past.selected.0,
                _ => state.route.clone(),
            };
            if moment < length {
                let mut env = state.session.env.clone();
                env.set_usage(Default::default());
                let (runtime, exchanges) = (Runtime::new(), Vec::new());
                let selected = (wanted.clone(), wanted.clone());
                state.past = Some(Box::new(Past { moment, runtime, env, exchanges, selected }));
            }
            state.route = wanted;
            mend_route(state);
            let shown = state.route.clone();
            match &mut state.past {
                Some(past) => past.selected.1 = shown,
                None => say(state, "Back to now.".into()),
            }
            if state.past.is_some() && (aloud || !was_past) {
                let text = sentence(&state.session, moment).0;
                let nothing = if was_past { "" } else { " Nothing can be changed here." };
                say(state, format!("Looking back to moment {moment} of {length}: {text}.{nothing}"));
            }
        });
        self.write_route();
    }

    /// Shows the workspace as it is again.
    pub(in crate::ui) fn back_to_now(&self) {
        if self.is_past() {
            self.look(usize::MAX, true);
        }
    }

    /// Makes the workspace of a moment the present one, as an operation of its own: nothing is lost.
    pub fn restore(&self, moment: Moment) {
        self.back_to_now();
        let restored = self.change(|state| state.session.restore(moment));
        match restored {
            true => self.done(format!("Restored moment {moment}. Undo takes it back.")),
            false => self.done("That is how it is now already."),
        }
    }
}
