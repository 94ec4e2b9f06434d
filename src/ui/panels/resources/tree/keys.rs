//! The keys and clicks of the tree. It reads rows, never what is drawn of them.

use super::super::rows::{Row, RowKey, find};
use crate::ui::{Confirm, Dialog, MethodTab, Place, Store, UiCommand};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::{Callback, KeyboardEvent, MouseEvent};

/// Milliseconds after which typed letters begin a new search.
const PAUSE: f64 = 800.0;

/// The values that the tree's events need.
#[derive(Clone)]
pub(super) struct Handle {
    pub(super) store: Store,
    pub(super) rows: Rc<Vec<Rc<Row>>>,
    /// Gives the focus to a row, which may have to be drawn for that.
    pub(super) focus: Callback<RowKey>,
}

/// The letters that were typed to find a row, and when.
pub(super) type Typed = (String, f64);

impl Handle {
    pub(super) fn row(&self, dom_id: &str) -> Option<&Rc<Row>> {
        self.rows.iter().find(|row| row.dom_id == dom_id)
    }

    pub(super) fn click(&self, e: &MouseEvent) {
        let Some(element) = row_of(e.target()) else { return };
        let Some(row) = self.row(&element.id()) else { return };
        let on_twist = e.target().and_then(|target| target.dyn_into::<Element>().ok());
        let on_twist = on_twist.and_then(|target| target.closest(".twist").ok().flatten()).is_some();
        match row.expanded {
            Some(open) if on_twist => self.expand(row, !open),
            _ => self.select(row),
        }
    }

    fn select(&self, row: &Row) {
        let tab = self.store.read(|state| match state.place() {
            Place::Method(_, _, tab) => tab,
            _ => MethodTab::default(),
        });
        self.store.go_to(row.key.place(tab));
    }

    fn expand(&self, row: &Row, open: bool) {
        self.store.collapse(std::slice::from_ref(&row.key.resource), !open);
    }

    pub(super) fn key(&self, e: &KeyboardEvent, typed: &mut Typed) {
        let Some(element) = row_of(e.target()).filter(|_| !e.default_prevented()) else { return };
        let id = element.id();
        let Some(at) = self.rows.iter().position(|row| row.dom_id == id) else { return };
        let Some(row) = self.rows.get(at) else { return };
        if self.find(e, at, typed) || self.act(e, row) {
            e.prevent_default();
            return;
        }
        if e.ctrl_key() || e.meta_key() || e.alt_key() {
            return;
        }
        let target = match (e.key().as_str(), row.expanded) {
            ("ArrowDown", _) | ("ArrowRight", Some(true)) => at + 1,
            ("ArrowUp", _) => at.saturating_sub(1),
            ("Home", _) => 0,
            ("End", _) => self.rows.len().saturating_sub(1),
            ("ArrowLeft", expanded) if expanded != Some(true) => self.parent(at),
            _ => return,
        };
        e.prevent_default();
        if let Some(row) = self.rows.get(target) {
            self.focus.emit(row.key.clone());
        }
    }

    /// Keys that do something with the row.
    fn act(&self, e: &KeyboardEvent, row: &Row) -> bool {
        if e.ctrl_key() || e.meta_key() || e.alt_key() || e.shift_key() {
            return false;
        }
        let resource = row.key.resource.to_string();
        let root = self.rows.first().is_some_and(|first| first.key.resource == row.key.resource);
        match (e.key().as_str(), row.key.method) {
            ("Enter" | " ", _) => self.select(row),
            ("ArrowRight", _) if row.expanded == Some(false) => self.expand(row, true),
            ("ArrowLeft", _) if row.expanded == Some(true) => self.expand(row, false),
            ("F2", _) if !root => self.store.open(Dialog::EditResource { resource }),
            ("Delete", Some(verb)) => self.store.open(Dialog::Confirm(Confirm::DeleteMethod(resource, verb))),
            ("Delete", None) if !root => self.store.open(Dialog::Confirm(Confirm::DeleteResource(resource))),
            // The page's own keys act on what is selected: first select the row that has the focus.
            ("r" | "m", _) if self.store.read(|state| state.single_keys) => {
                self.select(row);
                return false;
            }
            _ => return false,
        }
        true
    }

    /// Finds by letters. A letter that is a key of the page keeps its meaning unless a search has begun, with `/` or
    /// with another letter.
    fn find(&self, e: &KeyboardEvent, at: usize, typed: &mut Typed) -> bool {
        let key = e.key();
        if key.chars().count() != 1 || key == " " || e.ctrl_key() || e.meta_key() || e.alt_key() {
            return false;
        }
        let fresh = typed.0.is_empty() || e.time_stamp() - typed.1 > PAUSE;
        let shortcut = |command: &UiCommand| {
            self.store.read(|state| command.keys(state)).is_some_and(|keys| !keys.command && keys.key == key)
        };
        if fresh && UiCommand::ALL.iter().any(shortcut) {
            typed.0.clear();
            return false;
        }
        if fresh {
            typed.0.clear();
        }
        typed.0.push_str(&key);
        typed.1 = e.time_stamp();
        // The first letter moves on from the row; further letters may keep it.
        let from = if typed.0.trim_start_matches('/').chars().count() == 1 { at + 1 } else { at };
        if let Some(row) = find(&self.rows, from, &typed.0).and_then(|at| self.rows.get(at)) {
            self.focus.emit(row.key.clone());
        }
        true
    }

    fn parent(&self, at: usize) -> usize {
        let level = self.rows.get(at).map_or(1, |row| row.level);
        (0..at).rev().find(|before| self.rows.get(*before).is_some_and(|row| row.level < level)).unwrap_or(at)
    }
}

/// Returns the row that an event is about.
pub(super) fn row_of(target: Option<web_sys::EventTarget>) -> Option<Element> {
    target?.dyn_into::<Element>().ok()?.closest("[role=treeitem]").ok().flatten()
}
