//! A template's values as documents that paths look into. What a path finds is the value itself, not a copy: a template that
//! changes it changes the document.

use super::value::{List, Map, Value};
use super::{Budget, operators};
use crate::jsonpath::Document;
use std::cmp::Ordering;
use std::rc::Rc;

/// Returns the list or map that an object stands for, and any other value as it is.
fn plain(value: &Value) -> Value {
    match value {
        Value::Object(object) => object.as_value(),
        other => other.clone(),
    }
}

fn int(number: usize) -> Value {
    Value::Int(i64::try_from(number).unwrap_or(i64::MAX))
}

impl Document for Value {
    fn items(&self) -> Option<usize> {
        match plain(self) {
            Self::List(list) => Some(list.items().len()),
            _ => None,
        }
    }

    fn item(&self, place: usize) -> Option<Self> {
        match plain(self) {
            Self::List(list) => list.items().get(place).cloned(),
            _ => None,
        }
    }

    fn member(&self, name: &str) -> Option<Self> {
        match plain(self) {
            Self::Map(map) => map.get(name),
            _ => None,
        }
    }

    fn children(&self) -> Vec<Self> {
        match plain(self) {
            Self::List(list) => list.items().clone(),
            Self::Map(map) => map.pairs().into_iter().map(|(_, value)| value).collect(),
            _ => Vec::new(),
        }
    }

    fn length(&self) -> Option<usize> {
        match plain(self) {
            Self::List(list) => Some(list.items().len()),
            Self::Map(map) => Some(map.len()),
            Self::Str(text) => Some(text.chars().count()),
            _ => None,
        }
    }

    fn list(items: Vec<Self>) -> Self {
        Self::List(Rc::new(List::json(items)))
    }

    fn number(number: usize) -> Self {
        int(number)
    }

    fn picked(&self, names: &[Box<str>]) -> Option<Self> {
        let Self::Map(map) = plain(self) else { return None };
        let picked: Map = names.iter().filter_map(|name| Some((&**name, map.get(name)?))).collect();
        Some(Self::Map(Rc::new(picked)))
    }

    fn order(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Str(one), Self::Str(two)) => Some(one.cmp(two)),
            _ => operators::order(self, other),
        }
    }

    fn equals(&self, other: &Self, visits: &mut usize) -> bool {
        if let Some(order) = self.order(other) {
            return order.is_eq();
        }
        // Paths, unlike templates, never take a text for a number.
        if std::mem::discriminant(self) != std::mem::discriminant(other) {
            return false;
        }
        let mut budget = Budget::new(*visits as u64, usize::MAX);
        let equal = operators::equal(self, other, &mut budget).unwrap_or(false);
        *visits = usize::try_from(budget.left()).unwrap_or(0);
        equal
    }

    fn literal(value: &serde_json::Value) -> Self {
        Self::from_json(value)
    }
}
