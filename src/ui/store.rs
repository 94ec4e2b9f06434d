//! The one handle to everything that the page knows. Whatever changes it goes through here, and who selected a value that
//! changed renders again.

use super::{
    Dialog, DrawerTab, Keeper, Notice, NoticeKind, Pane, Place, Route, State,
    after_paint::after_paint,
    focus,
    later::Later,
    past::{self, EARLIER},
    state::{Exchange, Saving, Visit},
};
use crate::{
    collections::SortedMap,
    control_plane::{ApiError, Command, Outcome},
    data_plane::{self, Local, Request},
    diagram,
    entities::{Place as AwsPlace, RestApi, Timestamp, Workspace},
    history::{Act, Sender, Session, Step, summary},
    persist::journal::Fault,
};
use std::{
    cell::{Cell, RefCell},
    fmt,
    rc::Rc,
};

/// Calls that are kept.
const EXCHANGES: usize = 50;
/// Notices that are shown at once.
const NOTICES: usize = 4;

type Listener = Rc<dyn Fn()>;
type Waiting = Box<dyn FnOnce(&'static Later, &Store)>;

struct Inner {
    state: RefCell<State>,
    keeper: RefCell<Option<Rc<Keeper>>>,
    listeners: RefCell<SortedMap<u32, Listener>>,
    next: Cell<u32>,
    /// The second part of the program, once it is there.
    later: Cell<Option<&'static Later>>,
    /// What is to be done once the page can be used.
    waiting: RefCell<Vec<Waiting>>,
    /// How many sessions have been shown in the place of another.
    replaced: Cell<u32>,
    /// Whether a dialog was open at some time since the last frame.
    behind_dialog: Cell<bool>,
}

/// A handle to the page's state; clones are the same. The state lives as long as the page: nothing ever frees it, so no
/// component carries the code that would.
#[derive(Clone)]
pub struct Store(&'static Inner);

impl PartialEq for Store {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Store")
    }
}

/// Ends a subscription when it is dropped.
#[derive(Debug)]
pub struct Subscription {
    store: Store,
    key: u32,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.store.0.listeners.borrow_mut().remove(&self.key);
    }
}

impl Store {
    /// A store of a state.
    pub fn new(state: State) -> Self {
        Self(Box::leak(Box::new(Inner {
            state: RefCell::new(state),
            keeper: RefCell::new(None),
            listeners: RefCell::new(SortedMap::new()),
            next: Cell::new(1),
            later: Cell::new(None),
            waiting: RefCell::new(Vec::new()),
            replaced: Cell::new(0),
            behind_dialog: Cell::new(false),
        })))
    }

    /// Reads the state. The closure must not change it.
    pub fn read<T>(&self, read: impl FnOnce(&State) -> T) -> T {
        read(&self.0.state.borrow())
    }

    /// Changes the state and tells who listens.
    pub fn update<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        if self.read(|state| state.dialog.is_some()) && !self.0.behind_dialog.replace(true) {
            let store = self.clone();
            after_paint(move || store.0.behind_dialog.set(false)).forget();
        }
        let out = change(&mut self.0.state.borrow_mut());
        let listeners: Vec<Listener> = self.0.listeners.borrow().values().cloned().collect();
        for listener in listeners {
            listener();
        }
        out
    }

    /// Whether a dialog covers the page, or did when the last frame was painted: what is behind it can follow later.
    pub(super) fn is_behind_dialog(&self) -> bool {
        self.0.behind_dialog.get()
    }

    /// Calls back after every change, until the subscription is dropped.
    pub fn subscribe(&self, listener: impl Fn() + 'static) -> Subscription {
        let key = self.fresh();
        self.0.listeners.borrow_mut().insert(key, Rc::new(listener));
        Subscription { store: self.clone(), key }
    }

    /// The second part of the program; `None` until it is there.
    pub(super) fn later(&self) -> Option<&'static Later> {
        self.0.later.get()
    }

    /// Does something to the workspace of this visit: now, or as soon as it is there with the second part of the program.
    pub(super) fn with_later(&self, act: impl FnOnce(&'static Later, &Self) + 'static) {
        match self.later().filter(|_| self.read(|state| state.whole)) {
            Some(later) => act(later, self),
            None => self.0.waiting.borrow_mut().push(Box::new(act)),
        }
    }

    /// Takes note that the second part of the program is there.
    pub(super) fn arrived(&self, later: &'static Later) {
        self.0.later.set(Some(later));
    }

    /// Opens the page for use, since it shows the workspace of this visit: what waited for that is shown and done.
    pub(super) fn admit(&self) {
        let Some(later) = self.later().filter(|_| !self.read(|state| state.whole)) else { return };
        self.update(|state| state.whole = true);
        for act in self.0.waiting.take() {
            act(later, self);
        }
    }

    pub(super) fn fresh(&self) -> u32 {
        let key = self.0.next.get();
        self.0.next.set(key.wrapping_add(1));
        key
    }

    /// Who keeps the workspace in this browser; `None` where nothing can be stored.
    pub fn keeper(&self) -> Option<Rc<Keeper>> {
        self.0.keeper.borrow().clone()
    }

    pub(super) fn set_keeper(&self, keeper: Rc<Keeper>) {
        *self.0.keeper.borrow_mut() = Some(keeper);
    }

    // ---- what a user does to the workspace ----

    /// Carries out a request as one undoable step.
    ///
    /// # Errors
    /// Whatever the control plane refuses; the caller shows it at its field.
    pub fn execute(&self, command: impl Into<Command>) -> Result<Outcome, ApiError> {
        let command = command.into();
        if command.is_read() && self.is_past() {
            return self.read(|state| past::answer(state, &command));
        }
        self.step(|step| step.execute(command))
    }

    /// The same for somebody else than the page's own forms.
    ///
    /// # Errors
    /// Whatever the control plane refuses.
    pub(super) fn execute_for(&self, sender: Sender, command: Command) -> Result<Outcome, ApiError> {
        self.0.state.borrow_mut().session.set_sender(sender);
        let done = self.execute(command);
        self.0.state.borrow_mut().session.set_sender(Sender::Page);
        done
    }

    /// Carries out several requests as one undoable step: all of them or none.
    ///
    /// # Errors
    /// The first refusal.
    pub fn step<T>(&self, act: impl FnOnce(&mut Step<'_>) -> Result<T, ApiError>) -> Result<T, ApiError> {
        self.must_be_now()?;
        self.change(|state| state.session.step(act))
    }

    /// The same for a place that has no field to show an error at: it becomes a notice.
    pub fn attempt(&self, command: impl Into<Command>) -> Option<Outcome> {
        match self.execute(command) {
            Ok(outcome) => Some(outcome),
            Err(error) => {
                self.refuse(&error);
                None
            }
        }
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

    /// Counts the sessions that were shown: who waited for something knows by it whether the page still shows the one of before.
    pub(super) fn sessions_shown(&self) -> u32 {
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
    pub fn change<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        let out = self.update(|state| {
            let before = (state.session.operations().len(), state.api().cloned());
            state.session.env.set_now(now());
            let out = act(state);
            if state.session.operations().len() > before.0 {
                announce_change(state, before.0, before.1.as_deref());
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

    // ---- what is shown ----

    /// Selects something; the URL follows.
    pub fn go(&self, route: Route) {
        self.update(|state| state.route = route);
        self.write_route();
    }

    /// Selects a place of the API that is shown.
    pub fn go_to(&self, place: Place) {
        let api = self.read(|state| state.api().map(|api| api.id.to_string()));
        self.go(Route::Workbench { api, place });
    }

    /// Writes the selection into the URL, at once: whoever goes back right after a click comes back to where the click was.
    /// What came out of a link leaves the link there.
    pub(super) fn write_route(&self) {
        let (route, own) = self.read(|state| (state.route.to_string(), state.visit == Visit::Own));
        if !own {
            return;
        }
        if let Some(window) = web_sys::window() {
            let location = window.location();
            if location.hash().ok().as_deref() == Some(route.as_str()) {
                return;
            }
            // Setting the hash also looks for what to scroll to, for which the whole page is laid out at once.
            let pushed = window
                .history()
                .and_then(|history| history.push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&route)));
            if pushed.is_err() {
                // The hash change comes back as the same route, which changes nothing.
                let _ = location.set_hash(&route);
            }
        }
    }

    /// Opens a dialog; of those that change something none in an earlier moment.
    pub fn open(&self, dialog: Dialog) {
        if self.is_past() && dialog.changes_something() {
            self.notify(NoticeKind::Problem, EARLIER, "");
            return;
        }
        self.update(|state| state.dialog = Some(dialog));
    }

    /// Closes the dialog.
    pub fn close(&self) {
        focus::release();
        self.update(|state| state.dialog = None);
    }

    /// Shows a tab of the drawer; on a narrow screen the drawer itself.
    pub fn show_drawer(&self, tab: DrawerTab) {
        self.update(|state| {
            state.drawer = tab;
            state.pane = Pane::Call;
        });
    }

    /// Lets single keys run commands, or not.
    pub(super) fn set_single_keys(&self, on: bool) {
        self.update(|state| {
            state.single_keys = on;
            say(state, format!("Single-key shortcuts are {}.", if on { "on" } else { "off" }));
        });
    }

    /// Shows a message.
    pub fn notify(&self, kind: NoticeKind, text: impl Into<String>, hint: impl Into<String>) {
        let notice = Notice { id: self.fresh(), kind, text: text.into(), hint: hint.into() };
        self.update(|state| {
            state.notices.push(notice);
            if state.notices.len() > NOTICES {
                state.notices.remove(0);
            }
        });
    }

    /// Shows that something went as it should.
    pub fn done(&self, text: impl Into<String>) {
        self.notify(NoticeKind::Done, text, "");
    }

    /// Shows a refusal, for places that have no field to show it at.
    pub fn refuse(&self, error: &ApiError) {
        self.notify(NoticeKind::Problem, error.to_string(), error.hint().unwrap_or_default());
    }

    /// Takes a message away.
    pub fn dismiss(&self, id: u32) {
        self.update(|state| state.notices.retain(|notice| notice.id != id));
    }

    /// How saving goes.
    pub fn set_saving(&self, saving: Saving) {
        if self.read(|state| state.saving != saving) {
            self.update(|state| state.saving = saving);
        }
    }
}

/// The browser's clock.
pub(super) fn now() -> Timestamp {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit")]
    Timestamp(js_sys::Date::now() as i64)
}

pub(super) fn say(state: &mut State, text: String) {
    let number = state.announcement.0.wrapping_add(1);
    state.announcement = (number, text);
}

/// Tells a screen reader what was done and what the map shows differently.
fn announce_change(state: &mut State, from: usize, before: Option<&RestApi>) {
    let Some(operation) = state.session.operations().last().cloned() else { return };
    let mut text = summary(&operation.record.act, state.session.at(from), &operation.after);
    if let Act::Restored { .. } = operation.record.act {
        text = format!("{text}.");
    }
    if let (Some(before), Some(after)) = (before, state.api()) {
        let facts = |api: &RestApi, of: &Workspace| diagram::facts(api, &of.place, &of.account);
        let changes = diagram::announce(&facts(before, state.session.at(from)), &facts(after, state.present()));
        if !changes.is_empty() {
            text = format!("{}. {}", text.trim_end_matches('.'), changes.join(" "));
        }
    }
    say(state, text);
}

/// Moves a selection whose object has gone to the nearest that is there.
pub(super) fn mend_route(state: &mut State) {
    let Route::Workbench { place, .. } = &state.route else { return };
    let Some(api) = state.api().cloned() else {
        // What belongs to the account, and the workspace's settings, need none.
        let place = match place {
            fine @ (Place::Settings | Place::More | Place::Page(..)) => fine.clone(),
            _ => Place::Resources,
        };
        state.route = Route::Workbench { api: None, place };
        return;
    };
    let mended = match place {
        Place::Method(id, verb, _) if api.config.method(id, *verb).is_none() => match api.config.resource(id) {
            Some(_) => Place::Resource(id.clone()),
            None => Place::Resources,
        },
        Place::Resource(id) if api.config.resource(id).is_none() => Place::Resources,
        Place::Stage(name, _) if !api.stages.contains_key(name.as_str()) => Place::Stages,
        Place::Deployment(id) if !api.deployments.contains_key(id.as_str()) => Place::Deployments,
        fine => fine.clone(),
    };
    state.route = Route::to(api.id.as_str(), mended);
}
