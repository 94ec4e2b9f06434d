//! `[?( … )]`: which values a filter lets through.

use super::{Document, JsonPathError, Search, Segment, finish};
use serde_json::Value;
use std::cmp::Ordering;

/// A condition on a value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Filter {
    Any(Vec<Self>),
    All(Vec<Self>),
    Not(Box<Self>),
    Exists(Operand),
    Compare(Operand, Comparison, Operand),
}

/// One side of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Operand {
    FromHere(Vec<Segment>),
    FromRoot(Vec<Segment>),
    Literal(Value),
}

/// A comparison of two sides.
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
                Ok(match left.zip(right) {
                    Some((left, right)) => comparison.holds(&left, &right, search.visits),
                    None => *comparison == Comparison::NotEqual,
                })
            }
        }
    }
}

impl Operand {
    fn value<D: Document>(&self, here: &D, search: &mut Search<'_, D>) -> Result<Option<D>, JsonPathError> {
        let (start, segments) = match self {
            Self::Literal(value) => return Ok(Some(D::literal(value))),
            Self::FromHere(segments) => (here.clone(), segments),
            Self::FromRoot(segments) => (search.root.clone(), segments),
        };
        let (leaf, before) = match segments.split_last() {
            Some((leaf @ Segment::Length, before)) => (Some(leaf), before),
            _ => (None, &**segments),
        };
        let found = search.walk(start, before)?;
        Ok(found.into_iter().find_map(|value| finish(leaf, value)))
    }
}

impl Comparison {
    /// Tells whether two values are to each other as the comparison says. Null, truth values, lists and objects have no order:
    /// they are not even less than or equal to themselves, as in Jayway (its source).
    fn holds<D: Document>(self, left: &D, right: &D, visits: &mut usize) -> bool {
        let ordered = |test: fn(Ordering) -> bool| left.order(right).is_some_and(test);
        match self {
            Self::Equal => left.equals(right, visits),
            Self::NotEqual => !left.equals(right, visits),
            Self::Less => ordered(Ordering::is_lt),
            Self::LessOrEqual => ordered(Ordering::is_le),
            Self::Greater => ordered(Ordering::is_gt),
            Self::GreaterOrEqual => ordered(Ordering::is_ge),
        }
    }
}
