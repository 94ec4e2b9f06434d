//! The acts that change the workspace, or put another in its place. Whoever does it, it goes through here.

use super::{Store, now, past, say};
use crate::{
    control_plane::{ApiError, Command, Outcome},
    data_plane::{self, Local, Request},
    entities::Place as AwsPlace,
    history::{Asked, Refusal, Sender, Session, Transaction},
    persist::journal::Fault,
    ui::core::{
        NoticeKind, Route, State,
        state::{Exchange, Saving, Visit},
    },
    view::{announce, route::mended},
};
use std::rc::Rc;

/// Calls that are kept.
const EXCHANGES: usize = 50;

impl Store {
    /// Carries out a request as one transaction.
    ///
    /// # Errors
    /// Whatever the control plane refuses; the caller shows it at its field.
    pub fn execute(&self, command: impl Into<Command>) -> Result<Outcome, ApiError> {
        let command = command.into();
        if command.is_read() && self.is_past() {
            return self.read(|state| past::answer(state, &command));
        }
        self.transact(|transaction| transaction.execute(command))
    }

    /// Carries out a request of somebody else than the page's own forms.
    ///
    /// # Errors
    /// Whatever the control plane refuses.
    pub(in crate::ui) fn execute_for(&self, sender: Sender, command: Command) -> Result<Outcome, ApiError> {
        self.0.state.borrow_mut().session.set_sender(sender);
        let done = self.execute(command);
        self.0.state.borrow_mut().session.set_sender(Sender::Page);
        done
    }

    /// Carries out several requests as one transaction: all of them or none.
    ///
    /// # Errors
    /// The first refusal.
    pub fn transact<T>(&self, act: impl FnOnce(&mut Transaction<'_>) -> Result<T, ApiError>) -> Result<T, ApiError> {
        self.must_be_now()?;
        self.change(|state| state.session.transact(act))
    }

    /// Carries out a request for a place that has no field to show an error at: a refusal becomes a notice.
    pub fn attempt(&self, command: impl Into<Command>) -> Option<Outcome> {
        match self.execute(command) {
            Ok(outcome) => Some(outcome),
            Err(error) => {
                self.refuse(&error);
                None
            }
        }
    }

    /// Keeps a refusal of what was no command, so that nothing could carry it out.
    pub(in crate::ui) fn note_refused(&self, sender: Sender, asked: Asked, error: &ApiError) {
        self.change(|state| {
            state.session.set_sender(sender);
            state.session.note_refused(asked, error);
            state.session.set_sender(Sender::Page);
        });
    }

    /// Puts refusals of an earlier visit, or of another tab, among those of this page.
    pub(in crate::ui) fn recall_refused(&self, refused: Vec<Refusal>) {
        self.update(|state| state.session.take_refused(refused));
    }

    /// Takes the last step back.
    pub fn undo(&self) {
        self.change(|state| state.past.is_none() && state.session.undo());
    }

    /// Does the last undone step again.
    pub fn redo(&self) {
        self.change(|state| state.past.is_none() && state.session.redo());
    }

    /// Gives the workspace another region or account.
    ///
    /// # Errors
    /// An earlier moment is shown.
    pub fn move_to(&self, place: AwsPlace) -> Result<(), ApiError> {
        self.must_be_now()?;
        self.change(|state| state.session.move_to(place));
        Ok(())
    }

    /// Turns the map of a first visit into a workspace that can be worked on.
    pub(in crate::ui) fn begin(&self, session: Session) {
        self.update(|state| state.session = session);
    }

    /// Takes note of how this browser keeps the workspace that is shown: under which key, and under which name.
    pub(in crate::ui) fn kept_as(&self, id: Option<&str>, name: Option<String>) {
        self.update(|state| {
            state.workspace.id = id.map(str::to_owned);
            if let Some(name) = name {
                state.workspace.name = name;
            }
        });
    }

    /// Takes note of the new name of a workspace, if it is the one that is shown.
    pub(in crate::ui) fn renamed(&self, id: &str, name: String) {
        if self.read(|state| state.workspace.id.as_deref() == Some(id)) {
            self.kept_as(Some(id), Some(name));
        }
    }

    /// Takes note that everything is stored, also what could not be stored for some time.
    pub(in crate::ui) fn saved(&self) {
        let again = self.read(|state| matches!(state.saving, Saving::Failed(_)));
        self.set_saving(Saving::Saved);
        if again {
            self.update(|state| state.notices.retain(|notice| notice.kind != NoticeKind::Unsaved));
            self.done("Everything is stored again");
        }
    }

    /// Begins another workspace in the place of the one that is shown. What was selected, called and opened there goes;
    /// what this browser has saved of it stays. `workspace.id` is `None` until the new one is saved, too.
    pub fn replace_session(&self, session: Session, name: impl Into<String>) {
        self.0.replaced.set(self.sessions_shown().wrapping_add(1));
        self.update(|state| {
            let mut fresh = State::new(session, Route::default());
            fresh.workspace.name = name.into();
            fresh.theme = state.theme;
            fresh.single_keys = state.single_keys;
            fresh.whole = state.whole;
            fresh.screens = state.screens;
            fresh.drawer = state.drawer;
            fresh.pane = state.pane;
            fresh.notices = std::mem::take(&mut state.notices);
            fresh.announcement = state.announcement.clone();
            fresh.read_only = state.read_only;
            if let Visit::Embed { .. } = state.visit {
                fresh.visit = state.visit.clone();
                fresh.saving = Saving::Off;
            }
            *state = fresh;
            mend_route(state);
        });
        self.write_route();
    }

    /// Counts the sessions that were shown: who waited for something knows by it whether the page still shows the one
    /// of before.
    pub(in crate::ui) fn sessions_shown(&self) -> u32 {
        self.0.replaced.get()
    }

    /// Makes the copy that a link brought a workspace of the visitor's own.
    pub fn keep_copy(&self) {
        self.update(|state| {
            state.visit = Visit::Own;
            state.workspace.id = None;
            state.saving = Saving::default();
            mend_route(state);
        });
        self.write_route();
        self.done("This copy is yours now");
    }

    /// Repeats what another tab did.
    ///
    /// # Errors
    /// The first entry that cannot be repeated.
    pub fn follow(&self, repeat: impl FnOnce(&mut Session) -> Result<(), Fault>) -> Result<(), Fault> {
        self.change(|state| repeat(&mut state.session))
    }

    /// Changes the session: sets the clock first; afterwards says what has changed, and leaves no selection dangling.
    pub(super) fn change<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        let out = self.update(|state| {
            let before = (state.session.entries().len(), state.api().cloned());
            state.session.env.set_now(now());
            let out = act(state);
            if state.session.entries().len() > before.0 {
                let text =
                    announce::change(&state.session, before.0, before.1.as_deref(), state.api().map(|api| &**api));
                if let Some(text) = text {
                    say(state, text);
                }
            }
            mend_route(state);
            out
        });
        self.write_route();
        out
    }

    /// Calls a URL, keeps the call, and shows it.
    pub fn invoke(&self, request: Request) -> Rc<Exchange> {
        let id = self.fresh();
        self.update(|state| {
            let ws = state.present().clone();
            // A call in an earlier moment leaves nothing behind in the present one.
            let (runtime, env, exchanges) = match &mut state.past {
                Some(past) => (&mut past.runtime, &mut past.env, &mut past.exchanges),
                None => (&mut state.runtime, &mut state.session.env, &mut state.exchanges),
            };
            env.set_now(now());
            let (before, mut backends) = (data_plane::Before::of(runtime, env), Local::of(&ws));
            let invocation = data_plane::invoke_at_once(&ws, runtime, &request, env, &mut backends);
            let hint = data_plane::explain(&ws, &invocation);
            let would = data_plane::would_answer(&ws, runtime, &request, &before, &mut backends);
            let comparison = would.filter(data_plane::Comparison::differs);
            let exchange = Rc::new(Exchange { id, invocation, hint, comparison });
            if exchanges.len() >= EXCHANGES {
                exchanges.remove(0);
            }
            exchanges.push(exchange.clone());
            let status = exchange.invocation.response.status;
            let by = exchange.invocation.deployment_number.map_or(String::new(), |n| format!(", answered by D{n}"));
            say(state, format!("{} {}: {status}{by}", request.method, request.url));
            exchange
        })
    }
}

/// Moves a selection whose object has gone to the nearest that is there.
pub(in crate::ui) fn mend_route(state: &mut State) {
    state.route = mended(&state.route, state.api().map(|api| &**api));
}
