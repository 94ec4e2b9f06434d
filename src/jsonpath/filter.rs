//! `[?( … )]`: which values a filter lets through.

use super::{JsonPathError, Search, Step, finish};
use serde_json::Value;
use std::borrow::Cow;
use std::cmp::Ordering;

/// A condition on a value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Filter {
    Any(Vec<Filter>),
    All(Vec<Filter>),
    Not(Box<Filter>),
    Exists(Operand),
    Compare(Operand, Comparison, Operand),
}

/// One side of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Operand {
    FromHere(Vec<Step>),
    FromRoot(Vec<Step>),
    Literal(Value),
}

/// How two sides are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Filter {
    /// Whether a value passes.
    pub(super) fn accepts<'v>(&self, value: &'v Value, search: &mut Search<'v>) -> Result<bool, JsonPathError> {
        match self {
            Self::Any(filters) => {
                for filter in filters {
                    if filter.accepts(value, search)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Self::All(filters) => {
                for filter in filters {
                    if !filter.accepts(value, search)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Self::Not(filter) => Ok(!filter.accepts(value, search)?),
            Self::Exists(operand) => Ok(operand.value(value, search)?.is_some()),
            Self::Compare(left, comparison, right) => {
                let left = left.value(value, search)?;
                let right = right.value(value, search)?;
                Ok(compare(left.as_deref(), *comparison, right.as_deref()))
            }
        }
    }
}

impl Operand {
    fn value<'a, 'v: 'a>(
        &'a self,
        here: &'v Value,
        search: &mut Search<'v>,
    ) -> Result<Option<Cow<'a, Value>>, JsonPathError> {
        let (start, steps) = match self {
            Self::Literal(value) => return Ok(Some(Cow::Borrowed(value))),
            Self::FromHere(steps) => (here, steps),
            Self::FromRoot(steps) => (search.root, steps),
        };
        let (leaf, before) = match steps.split_last() {
            Some((leaf @ Step::Length, before)) => (Some(leaf), before),
            _ => (None, &**steps),
        };
        let found = search.walk(start, before)?;
        Ok(found.into_iter().find_map(|value| finish(leaf, value)))
    }
}

fn compare(left: Option<&Value>, comparison: Comparison, right: Option<&Value>) -> bool {
    let order = match (left, right) {
        (Some(Value::Number(left)), Some(Value::Number(right))) => {
            left.as_f64().zip(right.as_f64()).and_then(|(left, right)| left.partial_cmp(&right))
        }
        (Some(Value::String(left)), Some(Value::String(right))) => Some(left.cmp(right)),
        (Some(left), Some(right)) => (left == right).then_some(Ordering::Equal),
        (Some(_), None) | (None, Some(_) | None) => None,
    };
    match comparison {
        Comparison::Equal => order == Some(Ordering::Equal),
        Comparison::NotEqual => order != Some(Ordering::Equal),
        Comparison::Less => order == Some(Ordering::Less),
        Comparison::LessOrEqual => order.is_some_and(Ordering::is_le),
        Comparison::Greater => order == Some(Ordering::Greater),
        Comparison::GreaterOrEqual => order.is_some_and(Ordering::is_ge),
    }
}
