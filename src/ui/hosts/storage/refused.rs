//! The refused requests of a workspace: beside its entries, under `[workspace, "refused", number]`, which comes after every
//! key of an entry, so that a page that does not know of them never meets them. Each is put there by itself as it
//! happens, and what is too old goes with that; nothing else depends on them.

use super::{
    Channel, Db, Notice, StorageError,
    connection::{Transaction, answer},
    db::texts,
};
use crate::history::KEPT_REFUSALS;
use gloo::events::EventListener;
use js_sys::Array;
use std::{
    cell::{Cell, RefCell},
    fmt,
    rc::{Rc, Weak},
};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::IdbKeyRange;

/// The part between a workspace's key and the number.
const PART: &str = "refused";

/// A refusal as it is stored: its number and its text.
pub type Refused = (u64, String);

impl Db {
    /// Returns the refusals of a workspace, the oldest first.
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn refused(&self, id: &str) -> Result<Vec<Refused>, StorageError> {
        let transaction = self.0.read()?;
        let range = range(id, u64::MAX).map_err(|error| StorageError::of(&error))?;
        let keys = answer(transaction.operations.get_all_keys_with_key(&range));
        let values = answer(transaction.operations.get_all_with_key(&range));
        let (keys, values) = (keys.await?.unchecked_into::<Array>(), texts(&values.await?));
        Ok(keys.iter().map(|key| number_of(&key)).zip(values).collect())
    }

    /// Adds refusals to a workspace, and drops those with a number below `oldest`. Everything is on its way when this
    /// returns.
    ///
    /// # Errors
    /// Nothing is stored; `Gone` when the workspace is not there.
    pub fn keep_refused(
        &self,
        id: &str,
        refused: &[Refused],
        oldest: u64,
    ) -> impl Future<Output = Result<(), StorageError>> + use<> {
        self.put_beside(id, &|transaction| {
            put_refused(transaction, id, refused)?;
            forget_refused(transaction, id, oldest)
        })
    }
}

/// Places the storing of refusals.
pub(super) fn put_refused(transaction: &Transaction, id: &str, refused: &[Refused]) -> Result<(), StorageError> {
    for (number, text) in refused {
        let placed = transaction.operations.put_with_key(&text.as_str().into(), &key(id, *number));
        if let Err(error) = placed {
            transaction.abort();
            return Err(StorageError::of(&error));
        }
    }
    Ok(())
}

/// Places the deletion of those with a number below this.
pub(super) fn forget_refused(transaction: &Transaction, id: &str, below: u64) -> Result<(), StorageError> {
    let placed = range(id, below).and_then(|range| transaction.operations.delete(&range));
    placed.map(drop).map_err(|error| StorageError::of(&error))
}

/// Returns a number has room in a double: `history` sees to that.
fn key(id: &str, number: u64) -> JsValue {
    #[expect(clippy::cast_precision_loss, reason = "numbers of refusals end at 2^52; what is above stands for the end")]
    Array::of3(&id.into(), &PART.into(), &(number as f64).into()).into()
}

/// Returns the keys below a number.
fn range(id: &str, below: u64) -> Result<IdbKeyRange, JsValue> {
    let first = Array::of2(&id.into(), &PART.into());
    IdbKeyRange::bound_with_lower_open_and_upper_open(&first, &key(id, below), false, true)
}

fn number_of(key: &JsValue) -> u64 {
    let number = key.dyn_ref::<Array>().and_then(|key| key.get(2).as_f64()).unwrap_or_default();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number that `key` made")]
    {
        number as u64
    }
}

struct Inner {
    db: Db,
    channel: Channel,
    workspace: String,
    /// The refusals that are not on their way yet, or could not be stored.
    waiting: RefCell<Vec<Refused>>,
    oldest: Cell<u64>,
    writing: Cell<bool>,
}

/// The writer of one workspace's refusals. Dropping it writes what waits.
pub struct RefusedWriter {
    inner: Rc<Inner>,
    _on_hide: Option<EventListener>,
}

impl fmt::Debug for RefusedWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefusedWriter").field("workspace", &self.inner.workspace).finish()
    }
}

impl Drop for RefusedWriter {
    fn drop(&mut self) {
        self.inner.begin();
    }
}

impl RefusedWriter {
    /// Returns a writer for a workspace that is stored.
    pub fn new(db: Db, channel: Channel, workspace: impl Into<String>) -> Self {
        let (waiting, oldest, writing) = Default::default();
        let inner = Rc::new(Inner { db, channel, workspace: workspace.into(), waiting, oldest, writing });
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

    /// Stores refusals; of those in the store the ones below `oldest` go. What cannot be stored is tried again with the
    /// next.
    pub fn append(&self, refused: Vec<Refused>, oldest: u64) {
        let inner = &self.inner;
        inner.wait(refused);
        inner.oldest.set(inner.oldest.get().max(oldest));
        if !inner.writing.get() {
            inner.begin();
        }
    }

    /// Returns what is not stored, for another writer to go on with.
    pub fn unsaved(&self) -> Vec<Refused> {
        self.inner.waiting.take()
    }
}

impl Inner {
    fn wait(&self, refused: Vec<Refused>) {
        let mut waiting = self.waiting.borrow_mut();
        waiting.extend(refused);
        let over = waiting.len().saturating_sub(KEPT_REFUSALS);
        waiting.drain(..over);
    }

    /// Begins to write everything that waits.
    fn begin(self: &Rc<Self>) {
        let refused = self.waiting.take();
        if refused.is_empty() {
            return;
        }
        self.writing.set(true);
        let stored = self.db.keep_refused(&self.workspace, &refused, self.oldest.get());
        let this = Rc::clone(self);
        spawn_local(async move { this.ended(stored.await, refused) });
    }

    fn ended(self: Rc<Self>, result: Result<(), StorageError>, refused: Vec<Refused>) {
        self.writing.set(false);
        match result {
            Ok(()) => {
                self.channel.tell(&Notice::Refused { workspace: self.workspace.clone() });
                self.begin();
            }
            // The journal meets that, too, and says it.
            Err(StorageError::Gone) => {}
            Err(_) => self.wait(refused),
        }
    }
}
