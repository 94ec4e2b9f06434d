//! `[?( … )]`: which values a filter lets through.

use super::{Document, JsonPathError, Search, Step, finish};
use serde_json::Value;
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
    /// Tells whether a value passes.
    pub(super) fn accepts<D: Document>(&self, value: &D, search: &mut Search<'_, D>) -> Result<bool, JsonPathError> {
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
                let order = match (&left, &right) {
                    (Some(left), Some(right)) => left.compare(right, search.visits),
                    _ => None,
                };
                Ok(comparison.holds(order))
            }
        }
    }
}

impl Operand {
    fn value<D: Document>(&self, here: &D, search: &mut Search<'_, D>) -> Result<Option<D>, JsonPathError> {
        let (start, steps) = match self {
            Self::Literal(value) => return Ok(Some(D::literal(value))),
            Self::FromHere(steps) => (here.clone(), steps),
            Self::FromRoot(steps) => (search.root.clone(), steps),
        };
        let (leaf, before) = match steps.split_last() {
            Some((leaf @ Step::Length, before)) => (Some(leaf), before),
            _ => (None, &**steps),
        };
        let found = search.walk(start, before)?;
        Ok(found.into_iter().find_map(|value| finish(leaf, value)))
    }
}

impl Comparison {
    fn holds(self, order: Option<Ordering>) -> bool {
        match self {
            Self::Equal => order == Some(Ordering::Equal),
            Self::NotEqual => order != Some(Ordering::Equal),
            Self::Less => order == Some(Ordering::Less),
            Self::LessOrEqual => order.is_some_and(Ordering::is_le),
            Self::Greater => order == Some(Ordering::Greater),
            Self::GreaterOrEqual => order.is_some_and(Ordering::is_ge),
        }
    }
}
