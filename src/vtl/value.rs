//! Holds what a template computes with: Java's values, as far as a template can tell.
//!
//! Lists and maps have Java's reference semantics: a clone of a [`Value`] is the same list, and `put` is seen by all.

use super::{Budget, Fault, print};
use std::cell::{Ref, RefCell, RefMut};
use std::collections::HashMap;
use std::rc::Rc;

/// The most levels of a JSON text, which is cut off below them.
const MAX_JSON_DEPTH: u32 = 200;

/// A value of the template language.
#[derive(Clone, Default)]
pub enum Value {
    /// Nothing: what an unset reference yields.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a fraction.
    Float(f64),
    /// A text.
    Str(Rc<str>),
    /// A list, shared.
    List(Rc<List>),
    /// A map, shared.
    Map(Rc<Map>),
    /// Something that the host supplies.
    Object(Rc<dyn Object>),
    /// The block of a `#define`, rendered whenever it is used.
    Block(BlockRef),
}

/// A `#define`d block of the template that is being rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockRef(pub(super) u32);

/// Something the host lends to a template, such as `$input`.
pub trait Object {
    /// Returns the value of a property; `Null` for one that it lacks.
    fn property(&self, name: &str) -> Value;

    /// Sets a property, for `#set($object.name = value)`; does nothing unless the object says otherwise.
    fn set_property(&self, name: &str, value: Value) {
        let _ = (name, value);
    }

    /// Calls a method; `None` when no method has that name, so that those of [`Object::as_value`] are tried.
    ///
    /// # Errors
    /// The method refuses its arguments, or the budget is used up.
    fn call(&self, method: &str, args: &[Value], budget: &mut Budget) -> Result<Option<Value>, Fault> {
        let _ = (method, args, budget);
        Ok(None)
    }

    /// Returns the map or list that this object also is, for `keySet()`, `#foreach`, printing and the like.
    fn as_value(&self) -> Value {
        Value::Null
    }

    /// Returns the whole number that this object is.
    fn whole_number(&self) -> Option<u64> {
        None
    }

    /// Returns the key and the value that this object is a pair of; it prints as `key=value`.
    fn pair(&self) -> Option<(Rc<str>, Value)> {
        None
    }

    /// Hands over the values that it holds, as nobody else has the object any more: they are dropped one after the other, not
    /// one inside the other.
    fn hand_over(&mut self, values: &mut Vec<Value>) {
        let _ = values;
    }
}

/// The list behind a [`Value::List`].
pub struct List {
    items: RefCell<Vec<Value>>,
    json: bool,
}

impl List {
    /// Returns a list as a template makes it; it prints as Java's: `[a, b]`.
    #[must_use]
    pub fn new(items: Vec<Value>) -> Self {
        Self { items: RefCell::new(items), json: false }
    }

    /// Returns a list that came from JSON; it prints as JSON: `["a","b"]` (recorded from AWS).
    #[must_use]
    pub fn json(items: Vec<Value>) -> Self {
        Self { items: RefCell::new(items), json: true }
    }

    /// Tells whether the list prints as JSON.
    #[must_use]
    pub const fn is_json(&self) -> bool {
        self.json
    }

    /// Returns the items.
    #[must_use]
    pub fn items(&self) -> Ref<'_, Vec<Value>> {
        self.items.borrow()
    }

    /// Takes everything out.
    pub fn clear(&self) {
        let taken = std::mem::take(&mut *self.items.borrow_mut());
        drop(taken);
    }

    /// Returns the items, to change.
    #[must_use]
    pub fn items_mut(&self) -> RefMut<'_, Vec<Value>> {
        self.items.borrow_mut()
    }
}

/// The map behind a [`Value::Map`]: text keys, in the order they were first put.
#[derive(Default)]
pub struct Map {
    entries: RefCell<Entries>,
}

#[derive(Default)]
struct Entries {
    pairs: Vec<(Rc<str>, Value)>,
    /// Places by key, kept only once the map is too large to search.
    index: Option<HashMap<Rc<str>, usize>>,
}

/// Maps up to this size are searched from front to back.
const SEARCHED_SIZE: usize = 12;

impl Entries {
    fn place(&self, key: &str) -> Option<usize> {
        match &self.index {
            Some(index) => index.get(key).copied(),
            None => self.pairs.iter().position(|(name, _)| &**name == key),
        }
    }

    fn rebuild_index(&mut self) {
        self.index = (self.pairs.len() > SEARCHED_SIZE)
            .then(|| self.pairs.iter().enumerate().map(|(place, (key, _))| (Rc::clone(key), place)).collect());
    }
}

impl Map {
    /// Returns an empty map.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the value under a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Value> {
        let entries = self.entries.borrow();
        entries.place(key).and_then(|place| entries.pairs.get(place)).map(|(_, value)| value.clone())
    }

    /// Puts a value under a key and returns what was there.
    pub fn put(&self, key: Rc<str>, value: Value) -> Option<Value> {
        let mut entries = self.entries.borrow_mut();
        if let Some(place) = entries.place(&key) {
            return entries.pairs.get_mut(place).map(|pair| std::mem::replace(&mut pair.1, value));
        }
        let place = entries.pairs.len();
        entries.pairs.push((Rc::clone(&key), value));
        match &mut entries.index {
            Some(index) => {
                index.insert(key, place);
            }
            None if place >= SEARCHED_SIZE => entries.rebuild_index(),
            None => {}
        }
        None
    }

    /// Takes a key out and returns what was there. Takes time in proportion to the size.
    pub fn remove(&self, key: &str) -> Option<Value> {
        let mut entries = self.entries.borrow_mut();
        let place = entries.place(key)?;
        let (_, value) = entries.pairs.remove(place);
        entries.rebuild_index();
        Some(value)
    }

    /// Takes everything out.
    pub fn clear(&self) {
        let taken = std::mem::take(&mut *self.entries.borrow_mut());
        drop(taken);
    }

    /// Returns how many keys there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.borrow().pairs.len()
    }

    /// Tells whether there is no key.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the keys and values, in order, as they are now.
    #[must_use]
    pub fn pairs(&self) -> Vec<(Rc<str>, Value)> {
        self.entries.borrow().pairs.clone()
    }

    pub(super) fn pair_at(&self, place: usize) -> Option<(Rc<str>, Value)> {
        self.entries.borrow().pairs.get(place).cloned()
    }
}

impl<K: Into<Rc<str>>> FromIterator<(K, Value)> for Map {
    fn from_iter<I: IntoIterator<Item = (K, Value)>>(pairs: I) -> Self {
        let map = Self::new();
        for (key, value) in pairs {
            map.put(key.into(), value);
        }
        map
    }
}

// A template can nest lists, and what holds them, as deeply as it has fuel for. Dropping them one inside the other would use up the stack, so
// whoever is dropped first takes its descendants apart in a loop.
impl Drop for List {
    fn drop(&mut self) {
        take_apart(std::mem::take(self.items.get_mut()));
    }
}

impl Drop for Map {
    fn drop(&mut self) {
        let entries = std::mem::take(self.entries.get_mut());
        take_apart(entries.pairs.into_iter().map(|(_, value)| value).collect());
    }
}

pub(super) fn take_apart(mut pending: Vec<Value>) {
    while let Some(value) = pending.pop() {
        match value {
            Value::List(list) => {
                if let Some(mut list) = Rc::into_inner(list) {
                    pending.append(list.items.get_mut());
                }
            }
            Value::Map(map) => {
                if let Some(mut map) = Rc::into_inner(map) {
                    pending.extend(std::mem::take(map.entries.get_mut()).pairs.into_iter().map(|(_, value)| value));
                }
            }
            Value::Object(mut object) => {
                if let Some(object) = Rc::get_mut(&mut object) {
                    object.hand_over(&mut pending);
                }
            }
            Value::Null | Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Str(_) | Value::Block(_) => {}
        }
    }
}

impl Value {
    /// Returns a text.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Str(Rc::from(text))
    }

    /// Returns a new list that prints as Java's.
    #[must_use]
    pub fn list(items: Vec<Self>) -> Self {
        Self::List(Rc::new(List::new(items)))
    }

    /// Returns a new map of texts.
    #[must_use]
    pub fn text_map(pairs: &[(Rc<str>, Rc<str>)]) -> Self {
        let map: Map = pairs.iter().map(|(key, value)| (Rc::clone(key), Self::Str(Rc::clone(value)))).collect();
        Self::Map(Rc::new(map))
    }

    /// Tells whether Velocity 1.7 takes it for true: everything but `null` and `false`; `""`, `0` and `[]` are true.
    #[must_use]
    pub const fn is_true(&self) -> bool {
        !matches!(self, Self::Null | Self::Bool(false))
    }

    /// Returns the value that a JSON value is to a template.
    #[must_use]
    pub fn from_json(json: &serde_json::Value) -> Self {
        from_json(json, MAX_JSON_DEPTH)
    }

    /// Returns the JSON value of this value; what is not JSON becomes its text, and what nests too deeply becomes `null`.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        to_json(self, MAX_JSON_DEPTH, &mut 1_000_000)
    }

    /// Returns a copy that shares nothing with this value and holds no object: an object becomes the value that it is, and what
    /// holds itself ends there with `null`.
    #[must_use]
    pub fn copied(&self) -> Self {
        copy(self, &mut Vec::new(), &mut HashMap::new(), MAX_JSON_DEPTH)
    }

    /// Returns the text this value prints as, cut to 1 MB; a `#define`d block prints as nothing here.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        // A text too long is simply cut: this is for hosts that show or compare a value.
        let _ = print::value(self, &mut out, 1 << 20);
        out
    }
}

fn from_json(json: &serde_json::Value, depth: u32) -> Value {
    let Some(depth) = depth.checked_sub(1) else { return Value::Null };
    match json {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(bool) => Value::Bool(*bool),
        serde_json::Value::Number(number) => match number.as_i64() {
            Some(int) => Value::Int(int),
            None => match number.as_u64() {
                Some(large) => Value::Object(Rc::new(Large(large))),
                None => number.as_f64().map_or(Value::Null, Value::Float),
            },
        },
        serde_json::Value::String(text) => Value::text(text),
        serde_json::Value::Array(items) => {
            let items = items.iter().map(|item| from_json(item, depth)).collect();
            Value::List(Rc::new(List::json(items)))
        }
        serde_json::Value::Object(members) => {
            let map: Map = members.iter().map(|(key, value)| (key.as_str(), from_json(value, depth))).collect();
            Value::Map(Rc::new(map))
        }
    }
}

/// The address of a list or map.
type Address = *const ();

/// Copies each list and map once; `within` are those whose copy is under way.
fn copy(value: &Value, within: &mut Vec<Address>, known: &mut HashMap<Address, Value>, depth: u32) -> Value {
    let Some(depth) = depth.checked_sub(1) else { return Value::Null };
    let address = match value {
        Value::List(list) => Rc::as_ptr(list).cast::<()>(),
        Value::Map(map) => Rc::as_ptr(map).cast::<()>(),
        Value::Object(object) if object.whole_number().is_none() => {
            return match object.pair() {
                Some((key, value)) => Value::Str([&*key, "=", &value.to_text()].concat().into()),
                None => copy(&object.as_value(), within, known, depth),
            };
        }
        other => return other.clone(),
    };
    if within.contains(&address) {
        return Value::Null;
    }
    if let Some(copied) = known.get(&address) {
        return copied.clone();
    }
    within.push(address);
    let copied = match value {
        Value::List(list) => {
            let items = list.items().iter().map(|item| copy(item, within, known, depth)).collect();
            Value::List(Rc::new(List { items: RefCell::new(items), json: list.json }))
        }
        Value::Map(map) => {
            let pairs = map.pairs().into_iter();
            let copied: Map = pairs.map(|(key, value)| (key, copy(&value, within, known, depth))).collect();
            Value::Map(Rc::new(copied))
        }
        other => other.clone(),
    };
    within.pop();
    known.insert(address, copied.clone());
    copied
}

fn to_json(value: &Value, depth: u32, nodes: &mut u32) -> serde_json::Value {
    let (Some(depth), Some(left)) = (depth.checked_sub(1), nodes.checked_sub(1)) else {
        return serde_json::Value::Null;
    };
    *nodes = left;
    match value {
        Value::Null | Value::Block(_) => serde_json::Value::Null,
        Value::Bool(bool) => (*bool).into(),
        Value::Int(int) => (*int).into(),
        Value::Float(float) => serde_json::Number::from_f64(*float).map_or(serde_json::Value::Null, Into::into),
        Value::Str(text) => serde_json::Value::String(text.to_string()),
        Value::List(list) => {
            serde_json::Value::Array(list.items().iter().map(|item| to_json(item, depth, nodes)).collect())
        }
        Value::Map(map) => {
            let pairs = map.pairs();
            let members = pairs.iter().map(|(key, value)| (key.to_string(), to_json(value, depth, nodes)));
            serde_json::Value::Object(members.collect())
        }
        Value::Object(object) => match (object.whole_number(), object.pair()) {
            (Some(large), _) => large.into(),
            (None, Some((key, value))) => [&*key, "=", &value.to_text()].concat().into(),
            (None, None) => to_json(&object.as_value(), depth, nodes),
        },
    }
}

/// A whole number of JSON that no `i64` holds: it prints as it was written, and is a fraction to whoever calculates.
struct Large(u64);

impl Object for Large {
    fn property(&self, _: &str) -> Value {
        Value::Null
    }

    fn as_value(&self) -> Value {
        Value::Float(self.0 as f64)
    }

    fn whole_number(&self) -> Option<u64> {
        Some(self.0)
    }
}

impl std::fmt::Debug for Value {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Null => formatter.write_str("null"),
            Self::Str(text) => write!(formatter, "{text:?}"),
            Self::Object(_) => formatter.write_str("object"),
            Self::Block(block) => write!(formatter, "{block:?}"),
            Self::Bool(_) | Self::Int(_) | Self::Float(_) | Self::List(_) | Self::Map(_) => {
                formatter.write_str(&self.to_text())
            }
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<i64> for Value {
    fn from(int: i64) -> Self {
        Self::Int(int)
    }
}

impl From<bool> for Value {
    fn from(bool: bool) -> Self {
        Self::Bool(bool)
    }
}
