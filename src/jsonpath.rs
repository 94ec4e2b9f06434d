//! The part of JSONPath that API Gateway's templates and mappings honour, over `serde_json` values.
//!
//! A definite path (`$.a[0]['b']`) finds one value or none; any other (`$..a`, `$.a[*]`, filters, slices) finds a list,
//! as in the Jayway library that AWS's documentation points to. Work is bounded; nothing here panics.

mod filter;
mod parser;

#[cfg(test)]
mod tests;

use serde_json::Value;
use std::borrow::Cow;

/// How many values one evaluation may look at.
const MAX_VISITS: usize = 200_000;

/// A parsed path.
#[derive(Clone, Debug, PartialEq)]
pub struct JsonPath {
    steps: Vec<Step>,
}

/// Why a text is no path, or why its evaluation was stopped.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message} (at character {})", offset + 1)]
pub struct JsonPathError {
    /// What is wrong, as a sentence.
    pub message: String,
    /// Where in the path, in bytes from its start.
    pub offset: usize,
}

#[derive(Clone, Debug, PartialEq)]
enum Step {
    Name(Box<str>),
    Names(Vec<Box<str>>),
    Index(i64),
    Indexes(Vec<i64>),
    Slice {
        from: Option<i64>,
        to: Option<i64>,
    },
    Everything,
    /// The value and all that is in it, for the step that follows.
    Descend,
    Filter(filter::Filter),
    Length,
}

impl JsonPath {
    /// Parses a path. Without a `$` in front, one is assumed, as Jayway does.
    ///
    /// # Errors
    /// The first thing that can't be read.
    pub fn parse(path: &str) -> Result<Self, JsonPathError> {
        parser::parse(path).map(|steps| Self { steps })
    }

    /// Whether the path can find one value only.
    #[must_use]
    pub fn is_definite(&self) -> bool {
        self.steps.iter().enumerate().all(|(place, step)| match step {
            Step::Name(_) | Step::Index(_) | Step::Length => true,
            // Several names at the end make one object of them.
            Step::Names(_) => place + 1 == self.steps.len(),
            Step::Indexes(_) | Step::Slice { .. } | Step::Everything | Step::Descend | Step::Filter(_) => false,
        })
    }

    /// What the path finds: the value of a definite path or `None`, the list of all values of any other.
    ///
    /// # Errors
    /// The path has too much to look at.
    pub fn find<'v>(&self, root: &'v Value) -> Result<Option<Cow<'v, Value>>, JsonPathError> {
        let mut search = Search { root, visits: MAX_VISITS };
        let (leaf, before) = match self.steps.split_last() {
            Some((leaf @ (Step::Length | Step::Names(_)), before)) => (Some(leaf), before),
            _ => (None, &*self.steps),
        };
        let found = search.walk(root, before)?;
        let mut results = found.into_iter().filter_map(|value| finish(leaf, value));
        if self.is_definite() {
            return Ok(results.next());
        }
        Ok(Some(Cow::Owned(Value::Array(results.map(Cow::into_owned).collect()))))
    }
}

/// Applies a last step that makes a new value.
fn finish<'v>(leaf: Option<&Step>, value: &'v Value) -> Option<Cow<'v, Value>> {
    match (leaf, value) {
        (Some(Step::Names(names)), Value::Object(members)) => {
            let picked = names.iter().filter_map(|name| Some((name.to_string(), members.get(&**name)?.clone())));
            Some(Cow::Owned(Value::Object(picked.collect())))
        }
        (Some(Step::Length), Value::Array(items)) => Some(Cow::Owned(items.len().into())),
        (Some(Step::Length), Value::Object(members)) => Some(Cow::Owned(members.len().into())),
        (Some(Step::Length), Value::String(text)) => Some(Cow::Owned(text.chars().count().into())),
        (Some(_), _) => None,
        (None, value) => Some(Cow::Borrowed(value)),
    }
}

struct Search<'v> {
    root: &'v Value,
    visits: usize,
}

impl<'v> Search<'v> {
    fn visit(&mut self, count: usize) -> Result<(), JsonPathError> {
        match self.visits.checked_sub(count) {
            Some(left) => {
                self.visits = left;
                Ok(())
            }
            None => Err(JsonPathError { message: "The path has too much to look at.".to_owned(), offset: 0 }),
        }
    }

    /// All that the steps find from a value on.
    fn walk(&mut self, start: &'v Value, steps: &[Step]) -> Result<Vec<&'v Value>, JsonPathError> {
        let mut found = vec![start];
        for step in steps {
            let mut next = Vec::new();
            for value in found {
                self.visit(1)?;
                self.step(value, step, &mut next)?;
            }
            found = next;
        }
        Ok(found)
    }

    fn step(&mut self, value: &'v Value, step: &Step, next: &mut Vec<&'v Value>) -> Result<(), JsonPathError> {
        match (step, value) {
            (Step::Name(name), Value::Object(members)) => next.extend(members.get(&**name)),
            (Step::Names(names), Value::Object(members)) => {
                next.extend(names.iter().filter_map(|name| members.get(&**name)));
            }
            (Step::Index(index), Value::Array(items)) => next.extend(at(items, *index)),
            (Step::Indexes(indexes), Value::Array(items)) => {
                next.extend(indexes.iter().filter_map(|index| at(items, *index)));
            }
            (Step::Slice { from, to }, Value::Array(items)) => next.extend(slice(items, *from, *to)),
            (Step::Everything, value) => {
                let inside = children(value);
                self.visit(inside.len())?;
                next.extend(inside);
            }
            (Step::Descend, value) => self.descend(value, next)?,
            (Step::Filter(filter), value) => {
                // An object is tested itself, a list by its items.
                let tested = if let Value::Array(items) = value { items.iter().collect() } else { vec![value] };
                for value in tested {
                    self.visit(1)?;
                    if filter.accepts(value, self)? {
                        next.push(value);
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The value and everything in it, outer before inner.
    fn descend(&mut self, value: &'v Value, next: &mut Vec<&'v Value>) -> Result<(), JsonPathError> {
        let mut pending = vec![value];
        while let Some(value) = pending.pop() {
            self.visit(1)?;
            next.push(value);
            pending.extend(children(value).into_iter().rev());
        }
        Ok(())
    }
}

fn children(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().collect(),
        Value::Object(members) => members.values().collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

/// A place counted from the front, or from the end when it is negative.
fn place(index: i64, size: usize) -> i64 {
    let size = i64::try_from(size).unwrap_or(i64::MAX);
    if index < 0 { index.saturating_add(size) } else { index }
}

fn at(items: &[Value], index: i64) -> Option<&Value> {
    usize::try_from(place(index, items.len())).ok().and_then(|place| items.get(place))
}

fn slice(items: &[Value], from: Option<i64>, to: Option<i64>) -> &[Value] {
    let bound = |end: i64| usize::try_from(place(end, items.len()).max(0)).unwrap_or(0).min(items.len());
    let (from, to) = (from.map_or(0, bound), to.map_or(items.len(), bound));
    items.get(from..to).unwrap_or(&[])
}
