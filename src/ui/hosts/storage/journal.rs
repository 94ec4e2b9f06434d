//! Writes a session's operations as they happen: in order, each step at once, and a failure is told once.

use super::{Channel, Db, Notice, StorageError};
use gloo::events::EventListener;
use std::{
    cell::{Cell, RefCell},
    fmt,
    rc::{Rc, Weak},
};
use wasm_bindgen_futures::spawn_local;

/// How writing goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Something is on its way.
    Writing,
    /// Everything is stored.
    Saved,
    /// Nothing more is written; what is not stored is in `Journal::unsaved`.
    Failed(StorageError),
}

struct Inner {
    db: Db,
    channel: Channel,
    workspace: String,
    /// The number of operations that are stored, or on their way.
    begun: Cell<usize>,
    /// Operations that wait for those on their way.
    waiting: RefCell<Vec<String>>,
    /// The entries on their way, in case they fail.
    under_way: RefCell<Vec<String>>,
    writing: Cell<u32>,
    failed: Cell<bool>,
    report: Box<dyn Fn(Progress)>,
}

/// The writer of one workspace. Dropping it writes what waits.
pub struct Journal {
    inner: Rc<Inner>,
    _on_hide: Option<EventListener>,
}

impl fmt::Debug for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Journal").field("workspace", &self.inner.workspace).field("length", &self.length()).finish()
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        self.flush();
    }
}

impl Journal {
    /// Returns a writer that continues a workspace with so many operations stored.
    pub fn new(
        db: Db,
        channel: Channel,
        workspace: impl Into<String>,
        length: usize,
        report: impl Fn(Progress) + 'static,
    ) -> Self {
        let inner = Rc::new(Inner {
            db,
            channel,
            workspace: workspace.into(),
            begun: Cell::new(length),
            waiting: RefCell::default(),
            under_way: RefCell::default(),
            writing: Cell::new(0),
            failed: Cell::new(false),
            report: Box::new(report),
        });
        let weak: Weak<Inner> = Rc::downgrade(&inner);
        let on_hide = web_sys::window().map(|window| {
            EventListener::new(&window, "pagehide", move |_| {
                if let Some(inner) = weak.upgrade() {
                    inner.begin();
                }
            })
        });
        Self { inner, _on_hide: on_hide }
    }

    /// Returns the workspace's key.
    pub fn workspace(&self) -> &str {
        &self.inner.workspace
    }

    /// Returns how many operations are stored, under way or waiting: those of the session from here on are new.
    pub fn length(&self) -> usize {
        self.inner.begun.get() + self.inner.waiting.borrow().len()
    }

    /// Stores operations after those that it has.
    pub fn append(&self, entries: Vec<String>) {
        if entries.is_empty() {
            return;
        }
        self.inner.waiting.borrow_mut().extend(entries);
        if self.inner.writing.get() == 0 {
            self.inner.begin();
        }
    }

    /// Writes what waits without waiting itself; the page may be about to go away.
    pub fn flush(&self) {
        self.inner.begin();
    }

    /// Returns what could not be stored, after a failure.
    pub fn unsaved(&self) -> Vec<String> {
        let under_way = self.inner.under_way.borrow();
        under_way.iter().chain(self.inner.waiting.borrow().iter()).cloned().collect()
    }

    /// After a failure, how many operations are stored for sure: where another journal is to continue.
    pub fn failed_at(&self) -> Option<usize> {
        let inner = &self.inner;
        inner.failed.get().then(|| inner.begun.get() - inner.under_way.borrow().len())
    }

    /// Takes note that another tab has stored operations and the session has repeated them: there are so many now.
    /// Only when nothing of its own is waiting.
    pub fn caught_up(&self, length: usize) {
        let idle = self.inner.writing.get() == 0 && self.inner.waiting.borrow().is_empty();
        if idle && !self.inner.failed.get() {
            self.inner.begun.set(length);
        }
    }
}

impl Inner {
    /// Begins to write everything that waits.
    fn begin(self: &Rc<Self>) {
        let entries = std::mem::take(&mut *self.waiting.borrow_mut());
        if entries.is_empty() {
            return;
        }
        if self.failed.get() {
            // Kept for `unsaved`; an entry after a gap would be of no use in the store.
            self.waiting.borrow_mut().extend(entries);
            return;
        }
        let first = self.begun.get();
        self.begun.set(first + entries.len());
        self.writing.set(self.writing.get() + 1);
        let stored = self.db.append(&self.workspace, first, &entries);
        self.under_way.borrow_mut().extend(entries.iter().cloned());
        (self.report)(Progress::Writing);
        let this = Rc::clone(self);
        spawn_local(async move { this.ended(stored.await, entries.len()) });
    }

    fn ended(self: Rc<Self>, result: Result<(), StorageError>, count: usize) {
        self.writing.set(self.writing.get() - 1);
        if self.failed.get() {
            return;
        }
        if let Err(error) = result {
            self.failed.set(true);
            (self.report)(Progress::Failed(error));
            return;
        }
        self.under_way.borrow_mut().drain(..count);
        if self.writing.get() > 0 {
            return;
        }
        let length = self.begun.get();
        self.channel.tell(&Notice::Appended { workspace: self.workspace.clone(), length });
        if self.waiting.borrow().is_empty() {
            (self.report)(Progress::Saved);
        }
        self.begin();
    }
}
