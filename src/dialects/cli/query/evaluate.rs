//! Evaluates an expression on a value.

use super::{Comparison, Expr, functions};
use crate::{dialects::cli::output, json_order};
use serde_json::{Map, Value};
use std::cmp::Ordering;

/// Values that a query may make before it is given up: a short text can ask for far more than it was asked of.
const FUEL: usize = 2_000_000;

/// Returns what an expression gives, or why it gives nothing.
pub(super) fn evaluate(expr: &Expr, value: &Value) -> Result<Value, String> {
    Evaluation { fuel: FUEL }.of(expr, value)
}

pub(super) struct Evaluation {
    fuel: usize,
}

impl Evaluation {
    pub(super) fn of(&mut self, expr: &Expr, value: &Value) -> Result<Value, String> {
        Ok(match expr {
            Expr::Current => self.copy(value)?,
            Expr::Literal(literal) => self.copy(literal)?,
            // The parser takes one wherever an expression stands; only functions know what to do with it.
            Expr::Reference(_) => return Err("a reference such as &name stands only in a function's arguments".into()),
            Expr::Field(name) => match value.get(name) {
                Some(found) => self.copy(found)?,
                None => Value::Null,
            },
            Expr::Index(index) => match value.as_array().and_then(|items| items.get(position(*index, items.len())?)) {
                Some(found) => self.copy(found)?,
                None => Value::Null,
            },
            Expr::Slice(parts) => match value.as_array() {
                Some(items) => {
                    let picked: Value = slice(items, *parts).into_iter().cloned().collect();
                    self.spend(size(&picked))?;
                    picked
                }
                None => Value::Null,
            },
            Expr::Then(left, right) | Expr::Pipe(left, right) => {
                let left = self.of(left, value)?;
                self.of(right, &left)?
            }
            Expr::Or(left, right) => match self.of(left, value)? {
                left if holds(&left) => left,
                _ => self.of(right, value)?,
            },
            Expr::And(left, right) => match self.of(left, value)? {
                left if holds(&left) => self.of(right, value)?,
                left => left,
            },
            Expr::Not(inner) => Value::Bool(!holds(&self.of(inner, value)?)),
            Expr::Compare(how, left, right) => compare(*how, &self.of(left, value)?, &self.of(right, value)?)?,
            Expr::List(_) | Expr::Hash(_) if value.is_null() => Value::Null,
            Expr::List(items) => items.iter().map(|item| self.of(item, value)).collect::<Result<Value, _>>()?,
            Expr::Hash(members) => {
                let members = members.iter().map(|(name, member)| Ok((name.clone(), self.of(member, value)?)));
                Value::Object(members.collect::<Result<Map<_, _>, String>>()?)
            }
            Expr::Project(of, each) => match self.of(of, value)? {
                Value::Array(items) => self.each(each, items.iter())?,
                _ => Value::Null,
            },
            Expr::ProjectValues(of, each) => match self.of(of, value)? {
                Value::Object(members) => self.each(each, members.values())?,
                _ => Value::Null,
            },
            Expr::Filter { of, holds: test, each } => match self.of(of, value)? {
                Value::Array(items) => {
                    let mut kept = Vec::new();
                    for item in &items {
                        if holds(&self.of(test, item)?) {
                            kept.push(item);
                        }
                    }
                    self.each(each, kept.into_iter())?
                }
                _ => Value::Null,
            },
            Expr::Flatten(of) => match self.of(of, value)? {
                Value::Array(items) => items
                    .into_iter()
                    .flat_map(|item| match item {
                        Value::Array(inner) => inner,
                        other => vec![other],
                    })
                    .collect(),
                _ => Value::Null,
            },
            Expr::Call(function, args) => functions::call(self, *function, args, value)?,
        })
    }

    /// Asks an expression of every element; what gives nothing is left out.
    fn each<'a>(&mut self, each: &Expr, items: impl Iterator<Item = &'a Value>) -> Result<Value, String> {
        let mut out = Vec::new();
        for item in items {
            let found = self.of(each, item)?;
            if !found.is_null() {
                out.push(found);
            }
        }
        Ok(Value::Array(out))
    }

    fn copy(&mut self, value: &Value) -> Result<Value, String> {
        self.spend(size(value))?;
        Ok(value.clone())
    }

    pub(super) fn spend(&mut self, values: usize) -> Result<(), String> {
        let left = self.fuel.checked_sub(values.max(1));
        self.fuel = left.ok_or("the result would be too large")?;
        Ok(())
    }
}

/// Returns how many values there are in one.
fn size(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(size).sum::<usize>(),
        _ => 1,
    }
}

/// Tells whether a value counts as true: neither null nor false nor empty.
pub(super) fn holds(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(_) => true,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
    }
}

/// Compares two values. The language orders numbers alone; jmespath.py, by which the AWS CLI asks, orders texts, too (its
/// source), since many ask for what is newer than a date.
fn compare(how: Comparison, left: &Value, right: &Value) -> Result<Value, String> {
    let test = match how {
        Comparison::Equal => return Ok(json_order::equal(left, right).into()),
        Comparison::NotEqual => return Ok((!json_order::equal(left, right)).into()),
        Comparison::Less => Ordering::is_lt,
        Comparison::LessOrEqual => Ordering::is_le,
        Comparison::Greater => Ordering::is_gt,
        Comparison::GreaterOrEqual => Ordering::is_ge,
    };
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => Ok(test(json_order::numbers(left, right)).into()),
        (Value::String(left), Value::String(right)) => Ok(test(left.cmp(right)).into()),
        (Value::Number(_), Value::String(_)) | (Value::String(_), Value::Number(_)) => {
            let (left, right) = (output::type_name(left), output::type_name(right));
            Err(format!("'{}' not supported between instances of '{left}' and '{right}'", how.sign()))
        }
        _ => Ok(Value::Null),
    }
}

/// Returns the place that an index names; a negative one counts from the end.
fn position(index: i64, length: usize) -> Option<usize> {
    let length = i64::try_from(length).ok()?;
    usize::try_from(if index < 0 { length.checked_add(index)? } else { index }).ok()
}

/// Returns the elements of a slice, as Python would take them.
fn slice(items: &[Value], [start, stop, step]: [Option<i64>; 3]) -> Vec<&Value> {
    let step = step.unwrap_or(1);
    let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
    let (low, high) = if step < 0 { (-1, length - 1) } else { (0, length) };
    let bound = |given: Option<i64>, default: i64| {
        given.map_or(default, |at| if at < 0 { at.saturating_add(length) } else { at }.clamp(low, high))
    };
    let (mut at, stop) = match step < 0 {
        true => (bound(start, high), bound(stop, low)),
        false => (bound(start, low), bound(stop, high)),
    };
    let mut out = Vec::new();
    while if step < 0 { at > stop } else { at < stop } {
        out.extend(usize::try_from(at).ok().and_then(|at| items.get(at)));
        at = at.saturating_add(step);
    }
    out
}
