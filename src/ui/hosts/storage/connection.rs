//! IndexedDB's requests and transactions as futures, and nothing more. (The crate `idb` would do the same for 5 kB more of
//! compressed page: measured, each with the requests that are made here.)
//!
//! A promise's own resolving function serves as the event handler, so that no closure has to be kept alive. Handlers
//! are set at once, not at the first poll, and requests of one step are placed without waiting in between: a
//! transaction whose requests are all placed is finished by the browser even if the page goes away.

use super::StorageError;
use js_sys::{Array, Promise};
use std::{future::Future, rc::Rc};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction, IdbTransactionMode};

/// The version of the stores' form. A newer one is told apart by the browser itself.
pub(super) const VERSION: u32 = 1;
/// Milliseconds that opening may take: some browsers never answer when their storage is broken.
const PATIENCE: i32 = 8_000;

/// The store of the workspaces' rows, by id.
pub(super) const WORKSPACES: &str = "workspaces";
/// The store of the operations' entries, by `[workspace, number]`.
pub(super) const OPERATIONS: &str = "operations";

/// An open database; closed when dropped, or when a newer version of the page wants to change its form.
#[derive(Debug)]
pub(super) struct Connection {
    db: IdbDatabase,
    _on_version_change: Closure<dyn FnMut()>,
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.db.set_onversionchange(None);
        self.db.close();
    }
}

impl Connection {
    /// Opens the database of this name, and makes it when there is none. Without a version it is opened as it is.
    pub(super) async fn open(name: &str, version: Option<u32>) -> Result<Rc<Self>, StorageError> {
        let factory = web_sys::window().and_then(|window| window.indexed_db().ok().flatten());
        let factory = factory.ok_or(StorageError::Unavailable)?;
        let request = version.map_or_else(|| factory.open(name), |version| factory.open_with_u32(name, version));
        let request = request.map_err(|error| cannot_open(&error))?;
        let upgrade = {
            let request = request.clone();
            Closure::<dyn FnMut()>::new(move || {
                // A failure here aborts the upgrade, which the request then reports.
                if let Ok(db) = request.result().and_then(|db| db.dyn_into::<IdbDatabase>()) {
                    let _ = db.create_object_store(WORKSPACES);
                    let _ = db.create_object_store(OPERATIONS);
                }
            })
        };
        request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
        let event = first_event(&request).await;
        request.set_onupgradeneeded(None);
        match request.error() {
            Ok(Some(error)) => return Err(cannot_open(&error)),
            Ok(None) => {}
            // There is no answer yet.
            Err(_) if event.is_some_and(|event| event.type_() == "blocked") => return Err(StorageError::Blocked),
            Err(_) => return Err(StorageError::Unavailable),
        }
        let db: IdbDatabase = request.result().map_err(|error| StorageError::of(&error))?.unchecked_into();
        let close = {
            let db = db.clone();
            Closure::<dyn FnMut()>::new(move || db.close())
        };
        db.set_onversionchange(Some(close.as_ref().unchecked_ref()));
        Ok(Rc::new(Self { db, _on_version_change: close }))
    }

    /// Begins to read.
    pub(super) fn read(&self) -> Result<Transaction, StorageError> {
        self.begin(IdbTransactionMode::Readonly)
    }

    /// Begins to write; transactions that write happen one after the other, in the order of their beginnings.
    pub(super) fn write(&self) -> Result<Transaction, StorageError> {
        self.begin(IdbTransactionMode::Readwrite)
    }

    fn begin(&self, mode: IdbTransactionMode) -> Result<Transaction, StorageError> {
        let stores = Array::of2(&WORKSPACES.into(), &OPERATIONS.into());
        let begun = self.db.transaction_with_str_sequence_and_mode(&stores, mode);
        let transaction = begun.map_err(|error| StorageError::of(&error))?;
        let store = |name| transaction.object_store(name).map_err(|error| StorageError::of(&error));
        Ok(Transaction { workspaces: store(WORKSPACES)?, operations: store(OPERATIONS)?, transaction })
    }
}

/// Some browsers say why a private window has no storage in one of these ways.
fn cannot_open(error: &JsValue) -> StorageError {
    match StorageError::of(error) {
        StorageError::Closed | StorageError::Failed(_) => StorageError::Unavailable,
        other => other,
    }
}

/// Waits for the answer to opening, for being blocked, or for the end of patience (no event).
async fn first_event(request: &IdbOpenDbRequest) -> Option<Event> {
    let promise = Promise::new(&mut |resolve, _| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&resolve));
        request.set_onblocked(Some(&resolve));
        if let Some(window) = web_sys::window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, PATIENCE);
        }
    });
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

/// A transaction over both stores.
#[derive(Debug)]
pub(super) struct Transaction {
    transaction: IdbTransaction,
    pub(super) workspaces: IdbObjectStore,
    pub(super) operations: IdbObjectStore,
}

impl Transaction {
    /// Takes back what was placed.
    pub(super) fn abort(&self) {
        // Refused only when it has ended already.
        let _ = self.transaction.abort();
    }

    /// Says that nothing more is coming, and waits until everything is stored or nothing is.
    pub(super) fn commit(self) -> impl Future<Output = Result<(), StorageError>> {
        let promise = Promise::new(&mut |resolve, _| {
            self.transaction.set_oncomplete(Some(&resolve));
            self.transaction.set_onabort(Some(&resolve));
        });
        // Refused when it has ended already, which the events tell, and by browsers that always commit by themselves.
        #[expect(deprecated, reason = "the bindings follow an old draft; the standard has it")]
        let _ = self.transaction.commit();
        async move {
            let event = JsFuture::from(promise).await.map_err(|error| StorageError::of(&error))?;
            if event.dyn_ref::<Event>().is_some_and(|event| event.type_() == "complete") {
                return Ok(());
            }
            let error = self.transaction.error();
            Err(error
                .map_or_else(|| StorageError::Failed("it was interrupted".into()), |error| StorageError::of(&error)))
        }
    }
}

/// Returns the answer to a request that was placed.
pub(super) fn answer(
    request: Result<IdbRequest, JsValue>,
) -> impl Future<Output = Result<JsValue, StorageError>> + use<> {
    let placed = request.map(|request| {
        let promise = Promise::new(&mut |resolve, _| {
            request.set_onsuccess(Some(&resolve));
            request.set_onerror(Some(&resolve));
        });
        (request, promise)
    });
    async move {
        let (request, promise) = placed.map_err(|error| StorageError::of(&error))?;
        JsFuture::from(promise).await.map_err(|error| StorageError::of(&error))?;
        match request.error() {
            Ok(Some(error)) => Err(StorageError::of(&error)),
            _ => request.result().map_err(|error| StorageError::of(&error)),
        }
    }
}
