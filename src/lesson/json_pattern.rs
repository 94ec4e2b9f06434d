//! JSON with holes: a bare `...` stands for any value, any more members, or any more elements.

use super::text_pattern::{Patience, text_matches};
use crate::text::beginning;
use serde_json::Value;

/// Arrays and objects within each other, as many as JSON itself is read with.
const DEEPEST: usize = 100;
/// Characters of a value that are told.
const TOLD: usize = 200;

/// A value, or a hole for one.
#[derive(Debug)]
pub(super) enum JsonPattern {
    Any,
    Scalar(Value),
    Array { items: Vec<Self>, is_open: bool },
    Object { members: Vec<(String, Self)>, is_open: bool },
}

impl JsonPattern {
    /// Reads a pattern; `None` when the text is no JSON, holes apart.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut reader = PatternReader { text, at: 0 };
        let pattern = reader.pattern(0)?;
        reader.rest().is_empty().then_some(pattern)
    }

    /// Tells where a value differs; `None` when it fits.
    pub(super) fn mismatch(&self, value: &Value, path: &str, patience: &mut Patience) -> Option<String> {
        if !patience.spend(path.len()) {
            return Some("it takes too long to compare".to_owned());
        }
        match (self, value) {
            (Self::Any, _) => None,
            (Self::Scalar(Value::String(pattern)), Value::String(text)) if text_matches(pattern, text, patience) => {
                None
            }
            (Self::Scalar(expected), actual) if expected == actual => None,
            (Self::Array { items, is_open }, Value::Array(values)) => {
                if values.len() < items.len() || (!is_open && values.len() > items.len()) {
                    return Some(format!("{path} has {} elements", values.len()));
                }
                let mut pairs = items.iter().zip(values).enumerate();
                pairs.find_map(|(at, (item, value))| item.mismatch(value, &format!("{path}[{at}]"), patience))
            }
            (Self::Object { members, is_open }, Value::Object(values)) => {
                let mut names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
                names.sort_unstable();
                let unexpected = values.keys().find(|key| names.binary_search(&key.as_str()).is_err());
                if let Some(key) = unexpected.filter(|_| !is_open) {
                    return Some(format!("{path} has a member {}", beginning(key, TOLD)));
                }
                members.iter().find_map(|(name, pattern)| match values.get(name) {
                    Some(value) => pattern.mismatch(value, &format!("{path}.{name}"), patience),
                    None => Some(format!("{path} has no member {name}")),
                })
            }
            (_, actual) => Some(format!("{path} is {}", beginning(&actual.to_string(), TOLD))),
        }
    }
}

/// A pattern that is being read.
struct PatternReader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> PatternReader<'a> {
    fn rest(&mut self) -> &'a str {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        &self.text[self.at..]
    }

    fn pass(&mut self, wanted: &str) -> bool {
        let found = self.rest().starts_with(wanted);
        self.at += if found { wanted.len() } else { 0 };
        found
    }

    fn pattern(&mut self, depth: usize) -> Option<JsonPattern> {
        if depth > DEEPEST {
            return None;
        }
        if self.pass("...") {
            return Some(JsonPattern::Any);
        }
        if self.pass("[") {
            let (mut items, mut is_open) = (Vec::new(), false);
            while !self.pass("]") {
                if self.pass("...") {
                    is_open = true;
                } else {
                    items.push(self.pattern(depth + 1)?);
                }
                self.pass(",");
            }
            return Some(JsonPattern::Array { items, is_open });
        }
        if self.pass("{") {
            let (mut members, mut is_open) = (Vec::new(), false);
            while !self.pass("}") {
                if self.pass("...") {
                    is_open = true;
                } else {
                    let Value::String(name) = self.scalar()? else { return None };
                    if !self.pass(":") {
                        return None;
                    }
                    members.push((name, self.pattern(depth + 1)?));
                }
                self.pass(",");
            }
            return Some(JsonPattern::Object { members, is_open });
        }
        self.scalar().map(JsonPattern::Scalar)
    }

    fn scalar(&mut self) -> Option<Value> {
        let rest = self.rest();
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        let value = values.next()?.ok()?;
        self.at += values.byte_offset();
        Some(value)
    }
}
