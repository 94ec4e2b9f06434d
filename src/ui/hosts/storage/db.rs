//! The workspaces of this browser.

use super::{
    StorageError,
    connection::{Connection, Transaction, VERSION, answer},
    refused::{Refused, forget_refused, put_refused},
};
use crate::{
    collections::sort_by,
    entities::Timestamp,
    persist::{clean_name, record},
    ui::core::browser::now,
};
use js_sys::Array;
use serde_json::{Value, json};
use std::{future::Future, rc::Rc};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{IdbCursorDirection, IdbCursorWithValue, IdbKeyRange};

/// The name of the database.
const NAME: &str = "stagecraft";
/// The name of a workspace whose own cannot be read.
const NAMELESS: &str = "Workspace";

/// A workspace in the list of all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkspaceRow {
    /// Its key.
    pub id: String,
    /// Its name.
    pub name: String,
    /// When it was made.
    pub created: Timestamp,
    /// When its last operation was done.
    pub updated: Timestamp,
    /// How many operations are stored.
    pub length: usize,
}

/// A workspace as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its name.
    pub name: String,
    /// Its entries, in their order and without a gap.
    pub entries: Vec<String>,
    /// Entries after a gap: they cannot be carried out, and are kept.
    pub stray: Vec<String>,
}

/// The database; clones are the same.
#[derive(Clone, Debug)]
pub struct Db(pub(super) Rc<Connection>);

impl Db {
    /// Opens the browser's database of workspaces.
    ///
    /// # Errors
    /// There is no storage here, it belongs to a newer version, or another tab is in the way.
    pub async fn open() -> Result<Self, StorageError> {
        Self::open_named(NAME).await
    }

    /// Opens another database of the same form; for tests.
    ///
    /// # Errors
    /// As `open`.
    pub async fn open_named(name: &str) -> Result<Self, StorageError> {
        Connection::open(name, Some(VERSION)).await.map(Self)
    }

    /// Opens the database in the form that it has, which may be a newer one: to look for what can be read in it.
    ///
    /// # Errors
    /// There is no storage here.
    pub async fn open_to_read() -> Result<Self, StorageError> {
        Connection::open(NAME, None).await.map(Self)
    }

    /// Returns all workspaces, the one that was changed last first.
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn list(&self) -> Result<Vec<WorkspaceRow>, StorageError> {
        let transaction = self.0.read()?;
        let keys = answer(transaction.workspaces.get_all_keys());
        let rows = answer(transaction.workspaces.get_all());
        let (keys, rows) = (texts(&keys.await?), texts(&rows.await?));
        let lasts: Vec<_> = keys.iter().map(|id| last(&transaction, id)).collect();
        let mut out = Vec::with_capacity(keys.len());
        for ((id, row), last) in keys.into_iter().zip(rows).zip(lasts) {
            let (name, created) = read_row(&row);
            let last = last.await?;
            let updated = last.as_ref().and_then(|(_, entry)| record::parse(entry).ok()).map_or(created, |r| r.time);
            out.push(WorkspaceRow { id, name, created, updated, length: last.map_or(0, |(number, _)| number + 1) });
        }
        sort_by(&mut out, |a, b| b.updated.cmp(&a.updated).then_with(|| a.id.cmp(&b.id)));
        Ok(out)
    }

    /// Stores a new workspace with its entries and its refusals; answers its key.
    ///
    /// # Errors
    /// Nothing is stored then.
    pub async fn create(&self, name: &str, entries: &[String], refused: &[Refused]) -> Result<String, StorageError> {
        let id = fresh_id();
        let transaction = self.0.write()?;
        let row = print_row(name, now());
        let placed = transaction.workspaces.add_with_key(&row.into(), &id.as_str().into());
        placed.map_err(|error| StorageError::of(&error))?;
        add(&transaction, &id, 0, entries)?;
        put_refused(&transaction, &id, refused)?;
        transaction.commit().await?;
        Ok(id)
    }

    /// Adds entries to a workspace, the first of them with this number. Everything is on its way when this returns;
    /// the future tells how it went.
    ///
    /// # Errors
    /// `Conflict` when another tab has stored such a number, `Gone` when the workspace is not there; nothing is stored
    /// then.
    pub fn append(
        &self,
        id: &str,
        first: usize,
        entries: &[String],
    ) -> impl Future<Output = Result<(), StorageError>> + use<> {
        self.put_beside(id, &|transaction| add(transaction, id, first, entries))
    }

    /// Puts something beside the row of a workspace, in a transaction that begins at once. When there is no such row,
    /// what was put goes again.
    pub(super) fn put_beside(
        &self,
        id: &str,
        put: &dyn Fn(&Transaction) -> Result<(), StorageError>,
    ) -> impl Future<Output = Result<(), StorageError>> + use<> {
        let begun = self.0.write().and_then(|transaction| {
            let row = answer(transaction.workspaces.get(&id.into()));
            put(&transaction)?;
            Ok((row, transaction.commit()))
        });
        let (db, id) = (self.clone(), id.to_owned());
        async move {
            let (row, committed) = begun?;
            let row = row.await;
            committed.await?;
            if row?.is_undefined() {
                db.delete(&id).await?;
                return Err(StorageError::Gone);
            }
            Ok(())
        }
    }

    /// Returns a workspace with its entries.
    ///
    /// # Errors
    /// `Gone` when there is no such workspace.
    pub async fn load(&self, id: &str) -> Result<Stored, StorageError> {
        let transaction = self.0.read()?;
        let row = answer(transaction.workspaces.get(&id.into()));
        let entries = numbered(&transaction, id, 0)?;
        let row = row.await?;
        if row.is_undefined() {
            return Err(StorageError::Gone);
        }
        let (name, _) = read_row(&text(&row));
        let (mut kept, mut stray) = (Vec::new(), Vec::new());
        for (number, entry) in entries.await? {
            if stray.is_empty() && number == kept.len() { kept.push(entry) } else { stray.push(entry) }
        }
        Ok(Stored { name, entries: kept, stray })
    }

    /// Returns the entries of a workspace from a number on: what another tab has added.
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn tail(&self, id: &str, first: usize) -> Result<Vec<String>, StorageError> {
        let found = numbered(&self.0.read()?, id, first)?.await?;
        let in_order = found.into_iter().enumerate().take_while(|(at, (number, _))| *number == first + at);
        Ok(in_order.map(|(_, (_, entry))| entry).collect())
    }

    /// Gives a workspace another name.
    ///
    /// # Errors
    /// `Gone` when there is no such workspace.
    pub async fn rename(&self, id: &str, name: &str) -> Result<(), StorageError> {
        let transaction = self.0.write()?;
        let row = answer(transaction.workspaces.get(&id.into())).await?;
        if row.is_undefined() {
            return Err(StorageError::Gone);
        }
        let (_, created) = read_row(&text(&row));
        let placed = transaction.workspaces.put_with_key(&print_row(name, created).into(), &id.into());
        placed.map_err(|error| StorageError::of(&error))?;
        transaction.commit().await
    }

    /// Copies a workspace under another name; answers the copy's key.
    ///
    /// # Errors
    /// `Gone` when there is no such workspace.
    pub async fn duplicate(&self, id: &str, name: &str) -> Result<String, StorageError> {
        let stored = self.load(id).await?;
        let refused = self.refused(id).await?;
        self.create(name, &stored.entries, &refused).await
    }

    /// Deletes a workspace; one that is not there is as good as deleted.
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn delete(&self, id: &str) -> Result<(), StorageError> {
        let transaction = self.0.write()?;
        let placed = transaction.workspaces.delete(&id.into());
        let placed = placed.and_then(|_| range(id, 0).map(JsValue::from));
        let placed = placed.and_then(|range| transaction.operations.delete(&range));
        placed.map_err(|error| StorageError::of(&error))?;
        forget_refused(&transaction, id, u64::MAX)?;
        transaction.commit().await
    }
}

/// Places the adding of entries.
fn add(transaction: &Transaction, id: &str, first: usize, entries: &[String]) -> Result<(), StorageError> {
    for (at, entry) in entries.iter().enumerate() {
        let placed = transaction.operations.add_with_key(&entry.as_str().into(), &key(id, first + at));
        if let Err(error) = placed {
            transaction.abort();
            return Err(StorageError::of(&error));
        }
    }
    Ok(())
}

/// Returns the entries from a number on, each with its number.
fn numbered(
    transaction: &Transaction,
    id: &str,
    first: usize,
) -> Result<impl Future<Output = Result<Vec<(usize, String)>, StorageError>> + use<>, StorageError> {
    let range = range(id, first).map_err(|error| StorageError::of(&error))?;
    let keys = answer(transaction.operations.get_all_keys_with_key(&range));
    let values = answer(transaction.operations.get_all_with_key(&range));
    Ok(async move {
        let (keys, values) = (keys.await?, values.await?);
        let keys = keys.unchecked_into::<Array>();
        Ok(keys.iter().map(|key| number_of(&key)).zip(texts(&values)).collect())
    })
}

/// Returns the number and the text of a workspace's last entry.
fn last(
    transaction: &Transaction,
    id: &str,
) -> impl Future<Output = Result<Option<(usize, String)>, StorageError>> + use<> {
    let backwards = IdbCursorDirection::Prev;
    let cursor =
        range(id, 0).and_then(|range| transaction.operations.open_cursor_with_range_and_direction(&range, backwards));
    let cursor = answer(cursor);
    async move {
        let found = cursor.await?.dyn_into::<IdbCursorWithValue>().ok();
        Ok(found.and_then(|cursor| Some((number_of(&cursor.key().ok()?), text(&cursor.value().ok()?)))))
    }
}

fn key(id: &str, number: usize) -> JsValue {
    #[expect(clippy::cast_precision_loss, reason = "no history has so many operations")]
    Array::of2(&id.into(), &(number as f64).into()).into()
}

fn range(id: &str, first: usize) -> Result<IdbKeyRange, JsValue> {
    let end = Array::of2(&id.into(), &f64::INFINITY.into());
    IdbKeyRange::bound(&key(id, first), &end)
}

fn number_of(key: &JsValue) -> usize {
    let number = key.dyn_ref::<Array>().and_then(|key| key.get(1).as_f64()).unwrap_or_default();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number that `key` made")]
    {
        number as usize
    }
}

/// Returns every entry is a text; anything else, which only another program can have put there, becomes one.
fn text(value: &JsValue) -> String {
    let json = || js_sys::JSON::stringify(value).ok().map(String::from);
    value.as_string().or_else(json).unwrap_or_default()
}

pub(super) fn texts(values: &JsValue) -> Vec<String> {
    values.dyn_ref::<Array>().map(|values| values.iter().map(|value| text(&value)).collect()).unwrap_or_default()
}

fn print_row(name: &str, created: Timestamp) -> String {
    json!({ "name": clean_name(name, NAMELESS), "created": created.0 }).to_string()
}

fn read_row(row: &str) -> (String, Timestamp) {
    let row: Value = serde_json::from_str(row).unwrap_or_default();
    let name = row.get("name").and_then(Value::as_str).unwrap_or_default();
    (clean_name(name, NAMELESS), Timestamp(row.get("created").and_then(Value::as_i64).unwrap_or_default()))
}

/// Returns a key that no other tab makes.
fn fresh_id() -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number below 2^53")]
    let random = (js_sys::Math::random() * 9_007_199_254_740_992.0) as u64;
    format!("w{:x}-{random:x}", now().0)
}
