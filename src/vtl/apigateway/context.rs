//! `$context`: the host's members, and the two overrides that a template writes.

use super::super::{Budget, Fault, Object, Value};
use super::{Lazy, Overrides, map_of_maps};
use std::cell::RefCell;
use std::rc::Rc;

pub(super) struct Context {
    /// The host's value; a template that sets other members of `$context` sets them here, seen by nobody else.
    members: Value,
    request: Lazy,
    response: Lazy,
    own: RefCell<Vec<(Rc<str>, Value)>>,
}

impl Context {
    pub(super) fn new(members: &Value, overrides: &Overrides) -> Self {
        Self {
            members: members.clone(),
            request: Lazy { value: RefCell::new(overrides.request.clone()) },
            response: Lazy { value: RefCell::new(overrides.response.clone()) },
            own: RefCell::default(),
        }
    }

    /// Takes the overrides out, as plain values, and whatever else a template has put here: it might lead back to this object.
    pub(super) fn take_overrides(&self) -> Overrides {
        let overrides = Overrides {
            request: self.request.value.borrow().copied(),
            response: self.response.value.borrow().copied(),
        };
        let own = self.own.take();
        let lent = [&self.request, &self.response].map(|lazy| lazy.value.take());
        drop((own, lent));
        overrides
    }
}

impl Object for Context {
    fn property(&self, name: &str) -> Value {
        match name {
            "requestOverride" => self.request.get(|| map_of_maps(&["header", "path", "querystring"])),
            "responseOverride" => self.response.get(|| map_of_maps(&["header"])),
            _ => {
                let own = self.own.borrow();
                match own.iter().find(|(known, _)| &**known == name) {
                    Some((_, value)) => value.clone(),
                    None => super::super::methods::property(&self.members, name),
                }
            }
        }
    }

    fn set_property(&self, name: &str, value: Value) {
        match name {
            "requestOverride" => *self.request.value.borrow_mut() = value,
            "responseOverride" => *self.response.value.borrow_mut() = value,
            _ => {
                let mut own = self.own.borrow_mut();
                own.retain(|(known, _)| &**known != name);
                own.push((name.into(), value));
            }
        }
    }

    fn call(&self, method: &str, args: &[Value], _: &mut Budget) -> Result<Option<Value>, Fault> {
        Ok(match (method, args) {
            ("get", [Value::Str(name)]) => Some(self.property(name)),
            ("put", [Value::Str(name), value]) => {
                let before = self.property(name);
                self.set_property(name, value.clone());
                Some(before)
            }
            _ => None,
        })
    }

    fn as_value(&self) -> Value {
        match &self.members {
            Value::Object(object) => object.as_value(),
            other => other.clone(),
        }
    }
}
