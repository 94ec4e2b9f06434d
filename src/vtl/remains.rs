//! Frees what a rendering leaves behind. Lists and maps are counted, so one that holds itself would never be freed: it has to be
//! taken apart.
//!
//! A circle closes only where a template puts a list, a map or an object into one that is there already. Those are remembered
//! here, and emptied once nobody needs them any more.

use super::value::{List, Map, Value};
use std::rc::{Rc, Weak};

/// A list or a map into which something was put.
enum Filled {
    List(Weak<List>),
    Map(Weak<Map>),
}

impl Filled {
    fn is(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::List(known), Value::List(list)) => std::ptr::eq(known.as_ptr(), Rc::as_ptr(list)),
            (Self::Map(known), Value::Map(map)) => std::ptr::eq(known.as_ptr(), Rc::as_ptr(map)),
            _ => false,
        }
    }
}

/// The lists and maps that may hold themselves; they are emptied when this is dropped.
#[derive(Default)]
pub(super) struct Remains(Vec<Filled>);

impl Remains {
    /// Remembers a list or map that was handed a value.
    pub(super) fn note(&mut self, owner: &Value, given: &[Value]) {
        let holds = |value: &Value| matches!(value, Value::List(_) | Value::Map(_) | Value::Object(_));
        if !given.iter().any(holds) || self.0.last().is_some_and(|last| last.is(owner)) {
            return;
        }
        match owner {
            Value::List(list) => self.0.push(Filled::List(Rc::downgrade(list))),
            Value::Map(map) => self.0.push(Filled::Map(Rc::downgrade(map))),
            // Such as `$stageVariables`, which is a map beside.
            Value::Object(object) => match object.as_value() {
                Value::Object(_) => {}
                other => self.note(&other, given),
            },
            _ => {}
        }
    }
}

impl Drop for Remains {
    fn drop(&mut self) {
        for filled in self.0.drain(..) {
            match filled {
                Filled::List(list) => list.upgrade().into_iter().for_each(|list| list.clear()),
                Filled::Map(map) => map.upgrade().into_iter().for_each(|map| map.clear()),
            }
        }
    }
}
