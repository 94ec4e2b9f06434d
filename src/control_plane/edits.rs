//! Lists and maps while the operations of one PATCH edit them: each operation costs the same, however long they are.

use crate::collections::{SharedMap, SortedMap, sort_by};
use std::rc::Rc;

use super::{error::ApiError, patch::PatchOperation};

/// A list of names while it is edited. A name that is added stands at its end.
#[derive(Default)]
pub(crate) struct NameList {
    names: Vec<Option<String>>,
    /// The place where the name stands once more, further to the front.
    twins: Vec<Option<usize>>,
    places: SharedMap<Rc<str>, usize>,
}

impl NameList {
    /// Takes the names out of a list, to be edited.
    pub(crate) fn of(list: &mut Vec<String>) -> Self {
        let mut edited = Self::default();
        std::mem::take(list).into_iter().for_each(|name| edited.push(name));
        edited
    }

    /// Tells whether a name is there.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.places.contains_key(name)
    }

    /// Puts a name at the end.
    pub(crate) fn push(&mut self, name: String) {
        let key: Rc<str> = name.as_str().into();
        self.twins.push(self.places.get(&*key).copied());
        self.places.insert(key, self.names.len());
        self.names.push(Some(name));
    }

    /// Takes a name away, wherever it stands.
    pub(crate) fn remove(&mut self, name: &str) {
        let mut place = self.places.remove(name);
        while let Some(at) = place {
            self.names[at] = None;
            place = self.twins[at];
        }
    }

    /// Puts a name at the end, from wherever it stands.
    pub(crate) fn move_to_end(&mut self, name: String) {
        self.remove(&name);
        self.push(name);
    }

    /// Takes all names away.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Returns the names in their order.
    pub(crate) fn finish(self) -> Vec<String> {
        self.names.into_iter().flatten().collect()
    }
}

/// The entries of a map that operations set or took away so far.
pub(crate) struct Entries<V> {
    changes: Vec<(Rc<str>, Option<V>)>,
    places: SharedMap<Rc<str>, usize>,
}

impl<V: Clone> Entries<V> {
    /// Returns no changes.
    pub(crate) fn new() -> Self {
        Self { changes: Vec::new(), places: SharedMap::new() }
    }

    /// Returns the value that a key of a map has with the changes.
    pub(crate) fn get<'v>(&'v self, map: &'v SortedMap<Rc<str>, V>, key: &str) -> Option<&'v V> {
        match self.places.get(key) {
            Some(at) => self.changes[*at].1.as_ref(),
            None => map.get(key),
        }
    }

    /// Sets the value of a key, or takes it away.
    pub(crate) fn set(&mut self, key: &str, value: Option<V>) {
        if let Some(at) = self.places.get(key) {
            self.changes[*at].1 = value;
            return;
        }
        let key: Rc<str> = key.into();
        self.places.insert(key.clone(), self.changes.len());
        self.changes.push((key, value));
    }

    /// Makes the changes to a map.
    pub(crate) fn finish(self, map: &mut SortedMap<Rc<str>, V>) {
        if self.changes.is_empty() {
            return;
        }
        let untouched = std::mem::take(map).into_iter().filter(|(key, _)| !self.places.contains_key(&**key));
        let set = self.changes.iter().filter_map(|(key, value)| Some((key.clone(), value.clone()?)));
        *map = untouched.chain(set).collect();
    }
}

/// Applies operations of which each changes what its own path names and nothing else. They are taken in the order of their
/// paths, so that maps grow at their ends; the refusal is that of the first one that is refused.
pub(crate) fn by_path(
    operations: &[PatchOperation],
    mut apply: impl FnMut(&PatchOperation) -> Result<(), ApiError>,
) -> Result<(), ApiError> {
    let mut order: Vec<(Vec<String>, usize)> =
        operations.iter().enumerate().map(|(at, patch)| (patch.segments(), at)).collect();
    sort_by(&mut order, |(a, _), (b, _)| a.cmp(b));
    let mut refused: Option<(usize, ApiError)> = None;
    for (_, at) in order {
        if refused.as_ref().is_some_and(|(first, _)| *first < at) {
            continue;
        }
        if let Err(error) = apply(&operations[at]) {
            refused = Some((at, error));
        }
    }
    refused.map_or(Ok(()), |(_, error)| Err(error))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
