//! Keeps the workspace in this browser: loads it before the page is drawn, stores what is done as it is done, and follows
//! what other tabs do to it. The page works without it where nothing can be stored, and says so.

mod failure;
mod fork;
mod refused;
mod tabs;

pub(in crate::ui) use failure::{retry, stored_files};
pub(in crate::ui) use fork::fork;

use super::{
    preferences,
    storage::{Channel, Db, Journal, Notice, Progress, Refused, RefusedWriter, StorageError, Stored, WorkspaceRow},
};
use crate::{
    env::Env,
    history::Session,
    persist::{clean_name, file, journal},
    sample,
    ui::core::{
        NoticeKind, Store, Subscription, Visit,
        browser::{now, seed},
    },
};
use failure::say_unsaved;
use gloo::timers::callback::Timeout;
use js_sys::Promise;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Milliseconds after which the page opens without storage. A database that another tab blocks may never answer.
const PATIENCE: u32 = 4000;
/// The name under which the workspace that was open last is remembered.
const LAST: &str = "workspace";
/// The name of a first workspace.
const FIRST: &str = "My workspace";

/// The keeper of one page.
pub struct Keeper {
    store: Store,
    db: RefCell<Db>,
    channel: Channel,
    phase: Cell<Phase>,
    writer: RefCell<Option<Rc<Writer>>>,
    subscription: RefCell<Option<Subscription>>,
}

/// Tells how far the workspace that is shown has come on its way into the browser's storage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Phase {
    /// It has no key, and nobody has begun to give it one.
    #[default]
    New,
    /// It is being looked for, or stored for the first time; the number tells one such attempt from another.
    Beginning(u32),
    /// Storing it for the first time has failed when it had so many operations.
    Refused(usize),
    /// Each operation is stored as it is done.
    Kept,
    /// Each operation is stored, and another tab has stored something that could not be repeated yet.
    Behind,
    /// Storing what was done has failed when there were so many operations.
    Failed(usize),
}

/// Writes what is done in one workspace, and what is refused there.
struct Writer {
    journal: Journal,
    refused: RefusedWriter,
    /// The number of the last refusal that is stored, or on its way.
    refused_stored: Cell<u64>,
}

impl std::fmt::Debug for Keeper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keeper")
    }
}

thread_local! {
    // A page has one.
    static KEEPER: RefCell<Option<Rc<Keeper>>> = const { RefCell::new(None) };
}

/// Returns who keeps the workspace in this browser; `None` where nothing can be stored.
pub(in crate::ui) fn current() -> Option<Rc<Keeper>> {
    KEEPER.with_borrow(Clone::clone)
}

/// Tells whether this browser has kept a workspace, as far as can be said without waiting. Only a hint: it may be gone.
/// Whether there is a database `static/boot.js` has asked, since that takes a moment.
pub(in crate::ui) fn remembers() -> bool {
    preferences::get(LAST).is_some()
        || gloo::utils::document().query_selector("meta[data-saved]").is_ok_and(|found| found.is_some())
}

/// Loads the workspace that was open last, or stores the one that the page has made. Where nothing can be stored the
/// page is told why. `fresh` asks for a new workspace beside those that are stored. The page can be used as soon as it
/// is known which workspace it shows.
pub(in crate::ui) async fn attach(store: &Store, fresh: bool) {
    match first(Db::open(), PATIENCE).await {
        Some(Ok(db)) => {
            let keeper = Keeper::new(store, db);
            KEEPER.set(Some(Rc::clone(&keeper)));
            if let Err(error) = keeper.begin(fresh).await {
                keeper.failed(&error);
            }
        }
        Some(Err(error)) => say_unsaved(store, &error),
        None => say_unsaved(store, &StorageError::Blocked),
    }
    store.admit();
}

async fn file_of(db: &Db, id: &str) -> Result<(String, String), StorageError> {
    let stored = db.load(id).await?;
    let entries = stored.entries.into_iter().chain(stored.stray);
    let refused = db.refused(id).await?.into_iter().map(|(_, text)| text);
    Ok((stored.name.clone(), file::print_stored(&stored.name, entries, refused)))
}

/// Attaches a keeper to a copy out of a link, once it becomes the visitor's own.
#[expect(clippy::mem_forget, reason = "dropped, it would stop watching")]
pub(in crate::ui) fn attach_when_own(store: &Store) {
    let (watched, begun) = (store.clone(), Cell::new(false));
    let subscription = store.subscribe(move || {
        if watched.read(|state| state.visit == Visit::Own) && !begun.replace(true) {
            let store = watched.clone();
            spawn_local(async move { attach(&store, true).await });
        }
    });
    // It ends with the page.
    std::mem::forget(subscription);
}

/// Returns what a future gives, unless it takes longer than this.
async fn first<T>(future: impl Future<Output = T>, millis: u32) -> Option<T> {
    let mut timer = None;
    let promise = Promise::new(&mut |resolve, _| {
        timer = Some(Timeout::new(millis, move || {
            let _ = resolve.call0(&JsValue::NULL);
        }));
    });
    let mut late = std::pin::pin!(JsFuture::from(promise));
    let mut future = std::pin::pin!(future);
    std::future::poll_fn(|context| {
        if let std::task::Poll::Ready(value) = future.as_mut().poll(context) {
            return std::task::Poll::Ready(Some(value));
        }
        late.as_mut().poll(context).map(|_| None)
    })
    .await
}

impl Keeper {
    fn new(store: &Store, db: Db) -> Rc<Self> {
        Rc::new_cyclic(|weak: &std::rc::Weak<Self>| {
            let heard = weak.clone();
            let channel = Channel::open(move |notice| match (heard.upgrade(), notice) {
                (Some(keeper), Notice::Appended { workspace, length }) => keeper.follow(workspace, length),
                (Some(keeper), Notice::Refused { workspace }) => keeper.recall_refused(&workspace),
                (None, _) | (_, Notice::Listed) => {}
            });
            let (phase, writer, subscription) = Default::default();
            let (store, db) = (store.clone(), RefCell::new(db));
            Self { store, db, channel, phase, writer, subscription }
        })
    }

    fn db(&self) -> Db {
        self.db.borrow().clone()
    }

    fn writer(&self) -> Option<Rc<Writer>> {
        self.writer.borrow().clone()
    }

    /// Begins with the workspace that is shown; answers the number of this attempt.
    fn set_out(&self) -> Phase {
        let phase = Phase::Beginning(self.store.fresh());
        self.phase.set(phase);
        phase
    }

    async fn begin(self: &Rc<Self>, fresh: bool) -> Result<(), StorageError> {
        // What is done on the page meanwhile is stored with the rest, not as a workspace of its own.
        self.set_out();
        let weak = Rc::downgrade(self);
        let subscription = self.store.subscribe(move || {
            if let Some(keeper) = weak.upgrade() {
                keeper.write();
            }
        });
        *self.subscription.borrow_mut() = Some(subscription);
        self.look_when_seen();
        if fresh {
            let name = self.store.read(|state| state.workspace.name.clone());
            self.store.admit();
            return self.keep_as(&name).await;
        }
        let rows = self.db().list().await?;
        let wanted = preferences::get(LAST);
        let row = rows.iter().find(|row| Some(&row.id) == wanted.as_ref()).or_else(|| rows.first());
        let Some(row) = row else {
            self.store.admit();
            return self.keep_as(FIRST).await;
        };
        let stored = self.db().load(&row.id).await;
        // A page that has been used without storage, until a retry, is not taken away for what was open last.
        if self.store.read(|state| state.session.undo_target().is_some()) {
            return self.keep_as(FIRST).await;
        }
        // The address names what was selected in this workspace when the page was left.
        let route = self.store.read(|state| state.route.clone());
        let opened = match stored {
            Ok(stored) => self.open_stored(&row.id, stored).await,
            Err(error) => Err(error),
        };
        if let Err(error) = opened {
            let text = format!("The workspace “{}” could not be opened. {error}", row.name);
            self.store.notify(NoticeKind::Problem, text, "It is untouched; download it in Workspaces.");
            return self.keep_as(FIRST).await;
        }
        self.store.return_to(route);
        Ok(())
    }

    /// Opens a stored workspace in place of the one that is shown, which is stored already.
    ///
    /// # Errors
    /// It cannot be read; the page stays as it is.
    pub async fn open(self: &Rc<Self>, id: &str) -> Result<(), StorageError> {
        let stored = self.db().load(id).await?;
        self.open_stored(id, stored).await
    }

    async fn open_stored(self: &Rc<Self>, id: &str, stored: Stored) -> Result<(), StorageError> {
        let Stored { name, entries, stray } = stored;
        let env = Env::new(seed(), now());
        let restored = journal::restore(env, entries.iter().map(String::as_str));
        let length = restored.session.entries().len();
        let whole = restored.fault.is_none() && stray.is_empty();
        self.show(restored.session, &name, whole.then_some(id));
        if whole {
            self.write_from(id, length, 0, Vec::new());
            self.recall_refused(id);
            return Ok(());
        }
        // What cannot be carried out stays as it is stored; work goes on in a copy of what can.
        let why = match &restored.fault {
            Some(fault) if fault.is_newer() => "A newer version of Stagecraft has written a part of it.".to_owned(),
            Some(fault) => format!("Its history stops making sense: {fault}."),
            None => "A part of its history is missing.".to_owned(),
        };
        self.keep_as(&format!("{name} (restored)")).await?;
        let text = format!("The workspace “{name}” could not be opened as a whole. {why}");
        let hint = "What could be read is open as a copy. The original is untouched; download it in Workspaces.";
        self.store.notify(NoticeKind::Problem, text, hint);
        Ok(())
    }

    /// Stores the workspace that is shown as a new one, and goes on with that.
    ///
    /// # Errors
    /// Nothing could be stored.
    pub async fn keep_as(self: &Rc<Self>, name: &str) -> Result<(), StorageError> {
        let entries = self.store.read(|state| journal::entries(&state.session, 0));
        let refused = self.all_refused();
        let (name, shown) = (clean_name(name, FIRST), self.store.sessions_shown());
        let attempt = self.set_out();
        let created = self.db().create(&name, &entries, &refused).await;
        if self.phase.get() != attempt || self.store.sessions_shown() != shown {
            // Another one has been put in its place meanwhile; what was stored stays among the workspaces.
            if self.phase.get() == attempt {
                self.phase.set(Phase::New);
                self.write();
            }
            self.channel.tell(&Notice::Listed);
            return created.map(drop);
        }
        if let Err(error) = &created {
            self.failed(error);
        }
        let id = created?;
        self.channel.tell(&Notice::Listed);
        self.store.kept_as(Some(&id), Some(name));
        self.write_from(&id, entries.len(), refused.last().map_or(0, |(number, _)| *number), Vec::new());
        Ok(())
    }

    /// Shows another workspace and stores it as a new one: the sample, an import, a shared one that is to be kept.
    ///
    /// # Errors
    /// It is shown, but could not be stored.
    pub async fn start(self: &Rc<Self>, session: Session, name: &str) -> Result<(), StorageError> {
        self.show(session, name, None);
        self.keep_as(name).await
    }

    /// Returns all workspaces, the one that was changed last first.
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn list(&self) -> Result<Vec<WorkspaceRow>, StorageError> {
        self.db().list().await
    }

    /// Gives a workspace another name.
    ///
    /// # Errors
    /// It is not there any more.
    pub async fn rename(&self, id: &str, name: &str) -> Result<(), StorageError> {
        let name = clean_name(name, FIRST);
        self.db().rename(id, &name).await?;
        self.channel.tell(&Notice::Listed);
        self.store.renamed(id, name);
        Ok(())
    }

    /// Copies a workspace.
    ///
    /// # Errors
    /// It is not there any more, or there is no room.
    pub async fn duplicate(&self, id: &str, name: &str) -> Result<String, StorageError> {
        let made = self.db().duplicate(id, &clean_name(name, FIRST)).await?;
        self.channel.tell(&Notice::Listed);
        Ok(made)
    }

    /// Deletes a workspace; the one that is shown gives way to another, or to the sample.
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn delete(self: &Rc<Self>, id: &str) -> Result<(), StorageError> {
        let shown = self.store.read(|state| state.workspace.id.as_deref() == Some(id));
        if shown {
            self.writer.take();
        }
        self.db().delete(id).await?;
        self.channel.tell(&Notice::Listed);
        if !shown {
            return Ok(());
        }
        match self.db().list().await?.first() {
            Some(row) => self.open(&row.id.clone()).await,
            None => self.start(sample_session(), FIRST).await,
        }
    }

    /// Returns the name of a stored workspace and the text of its file, whether it can be opened or not.
    ///
    /// # Errors
    /// It is not there any more.
    pub async fn file_of(&self, id: &str) -> Result<(String, String), StorageError> {
        file_of(&self.db(), id).await
    }

    /// Puts a session on the page.
    fn show(&self, session: Session, name: &str, id: Option<&str>) {
        self.writer.take();
        // Whoever calls this gives it a key before anybody else can think that it is new.
        self.phase.set(Phase::New);
        self.store.replace_session(session, name);
        self.store.kept_as(id, None);
    }

    /// Stores from now on what is done, after so many operations that are stored; and what is refused, after the
    /// refusal with this number and with those that are left over.
    fn write_from(self: &Rc<Self>, id: &str, length: usize, refused_stored: u64, left: Vec<Refused>) {
        preferences::set(LAST, Some(id));
        let (weak, own) = (Rc::downgrade(self), id.to_owned());
        let report = move |progress| {
            if let Some(keeper) = weak.upgrade() {
                keeper.progress(&own, progress);
            }
        };
        let journal = Journal::new(self.db(), self.channel.clone(), id, length, report);
        let refused = RefusedWriter::new(self.db(), self.channel.clone(), id);
        let writer = Writer { journal, refused, refused_stored: Cell::new(refused_stored) };
        *self.writer.borrow_mut() = Some(Rc::new(writer));
        self.phase.set(Phase::Kept);
        self.hand_over(left);
        if self.length() == length {
            self.store.saved();
        }
        self.write();
    }

    fn length(&self) -> usize {
        self.store.read(|state| state.session.entries().len())
    }

    /// Hands what is new to the journal. A workspace that another part of the page has begun is stored as a new one.
    fn write(self: &Rc<Self>) {
        let unkept = self.store.read(|state| state.visit == Visit::Own && state.workspace.id.is_none());
        if unkept {
            self.writer.take();
            match self.phase.get() {
                Phase::Beginning(_) => {}
                Phase::Refused(tried) if self.length() <= tried => {}
                Phase::New | Phase::Refused(_) | Phase::Kept | Phase::Behind | Phase::Failed(_) => self.keep(),
            }
            return;
        }
        if let Some(writer) = self.writer() {
            let first = writer.journal.length();
            let entries = self.store.read(|state| {
                let new = state.session.entries().len() > first;
                if new { journal::entries(&state.session, first) } else { Vec::new() }
            });
            writer.journal.append(entries);
        }
        self.write_refused();
        if matches!(self.phase.get(), Phase::Failed(tried) if self.length() > tried) {
            self.retry();
        }
    }

    fn progress(self: &Rc<Self>, id: &str, progress: Progress) {
        match progress {
            // It takes milliseconds; a word that comes and goes would only be noise.
            Progress::Writing => {}
            // Another workspace may be shown by now.
            Progress::Saved if self.store.read(|state| state.workspace.id.as_deref() != Some(id)) => {}
            Progress::Saved => {
                self.store.saved();
                if self.phase.get() == Phase::Behind {
                    self.phase.set(Phase::Kept);
                    self.look();
                }
            }
            Progress::Failed(StorageError::Conflict) => {
                self.go_on_in_a_copy("Another tab changed this workspace at the same moment.");
            }
            Progress::Failed(StorageError::Gone) => self.go_on_in_a_copy("This workspace was deleted in another tab."),
            Progress::Failed(error) => self.failed(&error),
        }
    }
}

/// Returns a session on the sample.
pub(in crate::ui) fn sample_session() -> Session {
    sample_session_in(Env::new(seed(), now()))
}

/// Returns a session on the sample in an environment that is there already.
pub(in crate::ui) fn sample_session_in(env: Env) -> Session {
    sample::session(env.clone()).unwrap_or_else(|_| Session::new(env))
}
