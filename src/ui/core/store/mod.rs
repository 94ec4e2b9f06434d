//! The one handle to everything that the page knows. Whatever changes it goes through here, and who selected a value that
//! changed renders again.

pub mod past;
mod shown;
mod work;

use super::{
    NoticeKind, State, Visit,
    browser::now,
    later::{Arrival, Later, Screens},
};
use crate::{collections::SortedMap, ui::frames::after_paint};
use std::{
    cell::{Cell, RefCell},
    fmt,
    rc::Rc,
};
use wasm_bindgen_futures::spawn_local;

type Listener = Rc<dyn Fn()>;
type Waiting = Box<dyn FnOnce(&'static Later, &Store)>;
type WaitingForScreens = Box<dyn FnOnce(Option<&'static Screens>, &Store)>;

struct Inner {
    state: RefCell<State>,
    listeners: RefCell<SortedMap<u32, Listener>>,
    next: Cell<u32>,
    /// The engine, once it is there.
    later: Cell<Option<&'static Later>>,
    /// The screens, once they are there.
    screens: Cell<Option<&'static Screens>>,
    /// The acts that wait for the screens, or for the news that they do not come.
    waiting_for_screens: RefCell<Vec<WaitingForScreens>>,
    /// The acts that wait until the page can be used.
    waiting: RefCell<Vec<Waiting>>,
    /// Counts the sessions that have been shown in the place of another.
    replaced: Cell<u32>,
    /// Takes note of each change.
    note: Cell<Option<fn(&State)>>,
    /// Tells whether those who listen are about to be told.
    telling: Cell<bool>,
    /// Tells whether a dialog was open at some time since the last frame.
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
    /// Returns a store of a state.
    pub fn new(state: State) -> Self {
        Self(Box::leak(Box::new(Inner {
            state: RefCell::new(state),
            listeners: RefCell::new(SortedMap::new()),
            next: Cell::new(1),
            later: Cell::new(None),
            screens: Cell::new(None),
            waiting_for_screens: RefCell::new(Vec::new()),
            waiting: RefCell::new(Vec::new()),
            replaced: Cell::new(0),
            note: Cell::new(None),
            telling: Cell::new(false),
            behind_dialog: Cell::new(false),
        })))
    }

    /// Reads the state. The closure must not change it.
    pub fn read<T>(&self, read: impl FnOnce(&State) -> T) -> T {
        read(&self.0.state.borrow())
    }

    /// Changes the state, and tells who listens once for all that is changed in one go: by a click, a key, a line of a
    /// script.
    fn update<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        if self.read(|state| state.dialog.is_some()) && !self.0.behind_dialog.replace(true) {
            let store = self.clone();
            after_paint(move || store.0.behind_dialog.set(false)).forget();
        }
        let out = change(&mut self.0.state.borrow_mut());
        if let Some(note) = self.0.note.get() {
            self.read(note);
        }
        if !self.0.telling.replace(true) {
            let store = self.clone();
            // The browser gets to it before it paints and before it hands on the next event.
            spawn_local(async move { store.tell() });
        }
        out
    }

    fn tell(&self) {
        self.0.telling.set(false);
        let listeners: Vec<Listener> = self.0.listeners.borrow().values().cloned().collect();
        for listener in listeners {
            listener();
        }
    }

    /// Has every change noted at once, before anything else can fail because of it.
    pub(in crate::ui) fn note_with(&self, note: fn(&State)) {
        self.read(note);
        self.0.note.set(Some(note));
    }

    /// Tells whether a dialog covers the page, or did when the last frame was painted: what is behind it can follow
    /// later.
    pub(in crate::ui) fn is_behind_dialog(&self) -> bool {
        self.0.behind_dialog.get()
    }

    /// Calls back after every user's act, script's call or answer of the browser that changed something, until the
    /// subscription is dropped.
    pub fn subscribe(&self, listener: impl Fn() + 'static) -> Subscription {
        let key = self.fresh();
        self.0.listeners.borrow_mut().insert(key, Rc::new(listener));
        Subscription { store: self.clone(), key }
    }

    /// The engine; `None` until it is there.
    pub(in crate::ui) fn later(&self) -> Option<&'static Later> {
        self.0.later.get()
    }

    /// Does something to the workspace of this visit: now, or as soon as it is there with the engine.
    pub(in crate::ui) fn with_later(&self, act: impl FnOnce(&'static Later, &Self) + 'static) {
        match self.later().filter(|_| self.read(|state| state.whole)) {
            Some(later) => act(later, self),
            None => self.0.waiting.borrow_mut().push(Box::new(act)),
        }
    }

    /// Takes note that the engine is there.
    pub(in crate::ui) fn arrived(&self, later: &'static Later) {
        self.0.later.set(Some(later));
    }

    /// Opens the page for use, since it shows the workspace of this visit: what waited for that is shown and done.
    pub(in crate::ui) fn admit(&self) {
        let Some(later) = self.later().filter(|_| !self.read(|state| state.whole)) else { return };
        self.update(|state| state.whole = true);
        for act in self.0.waiting.take() {
            act(later, self);
        }
        // An embed has no screen.
        if self.read(|state| matches!(state.visit, Visit::Own | Visit::Shared { .. })) {
            self.fetch_screens();
        }
    }

    /// The screens; `None` until they are there.
    pub(in crate::ui) fn screens(&self) -> Option<&'static Screens> {
        self.0.screens.get()
    }

    /// Does something with the screens: now, or as soon as they are there. If they cannot be fetched, it is
    /// handed `None`.
    pub(in crate::ui) fn with_screens(&self, act: impl FnOnce(Option<&'static Screens>, &Self) + 'static) {
        if let Some(screens) = self.screens() {
            act(Some(screens), self);
            return;
        }
        self.0.waiting_for_screens.borrow_mut().push(Box::new(act));
        if self.read(|state| matches!(state.screens, Arrival::Unasked | Arrival::Failed)) {
            self.fetch_screens();
        }
    }

    /// Fetches the screens.
    pub(in crate::ui) fn fetch_screens(&self) {
        if self.screens().is_some() {
            return;
        }
        self.with_later(|later, store| {
            store.update(|state| state.screens = Arrival::Awaited);
            (later.fetch_screens)(store);
        });
    }

    /// Takes note that the screens are there, or that they could not be fetched.
    pub(in crate::ui) fn screens_arrived(&self, screens: Option<&'static Screens>) {
        self.0.screens.set(screens);
        let arrival = if screens.is_some() { Arrival::There } else { Arrival::Failed };
        let wanted = self.update(|state| {
            state.screens = arrival;
            if screens.is_none() { state.dialog.take() } else { None }
        });
        if wanted.is_some() {
            self.notify(
                NoticeKind::Problem,
                "A part of the program could not be loaded.",
                "Check your connection and try again.",
            );
        }
        for act in self.0.waiting_for_screens.take() {
            act(screens, self);
        }
    }

    pub(in crate::ui) fn fresh(&self) -> u32 {
        let key = self.0.next.get();
        self.0.next.set(key.wrapping_add(1));
        key
    }
}

fn say(state: &mut State, text: String) {
    let number = state.announcement.0.wrapping_add(1);
    state.announcement = (number, text);
}
