//! Small builder for the bodies of answers, so that absent members stay absent.

use crate::collections::SortedMap;
use serde_json::{Map, Value};

/// A JSON object in the making.
#[derive(Default)]
pub(crate) struct Answer(Map<String, Value>);

impl Answer {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds a member that is always there.
    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    /// Adds a member that may be absent.
    pub(crate) fn maybe(self, name: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Adds a map that is left out when it is empty, unless it was given so.
    pub(crate) fn map<K: AsRef<str>, V: Clone + Into<Value>>(
        self,
        name: &str,
        map: &SortedMap<K, V>,
        given: bool,
    ) -> Self {
        if map.is_empty() && !given {
            return self;
        }
        let map: Map<String, Value> = map.iter().map(|(k, v)| (k.as_ref().to_owned(), v.clone().into())).collect();
        self.with(name, map)
    }

    /// Adds a map of templates, left out when it is empty, unless it was given so.
    pub(crate) fn templates(self, name: &str, map: &SortedMap<String, Option<String>>, given: bool) -> Self {
        if map.is_empty() && !given {
            return self;
        }
        let text = |v: &Option<String>| v.as_ref().map_or(Value::Null, |text| Value::from(text.as_str()));
        let map: Map<String, Value> = map.iter().map(|(k, v)| (k.clone(), text(v))).collect();
        self.with(name, map)
    }

    pub(crate) fn done(self) -> Value {
        Value::Object(self.0)
    }
}
