//! Arithmetic and comparison as Velocity 1.7 does them with Java's numbers.

use super::ast::Op;
use super::value::Value;
use super::{Budget, Fault, print};
use std::cmp::Ordering;
use std::rc::Rc;

/// The most levels to which two lists or maps are compared; deeper ones are taken for different.
const MAX_DEPTH: u32 = 100;

/// Applies an operator that needs both sides.
pub(super) fn apply(op: Op, left: &Value, right: &Value, budget: &mut Budget) -> Result<Value, Fault> {
    if is_large(left) || is_large(right) {
        let number = |value: &Value| match value {
            Value::Object(object) if is_large(value) => object.as_value(),
            other => other.clone(),
        };
        let is_text = op == Op::Add && (is_text(left) || is_text(right));
        if !is_text {
            return apply(op, &number(left), &number(right), budget);
        }
    }
    Ok(match op {
        Op::Equal => Value::Bool(equal(left, right, budget)?),
        Op::NotEqual => Value::Bool(!equal(left, right, budget)?),
        // Only numbers have an order; anything else compares as false.
        Op::Less => Value::Bool(order(left, right) == Some(Ordering::Less)),
        Op::Greater => Value::Bool(order(left, right) == Some(Ordering::Greater)),
        Op::LessOrEqual => Value::Bool(order(left, right).is_some_and(Ordering::is_le)),
        Op::GreaterOrEqual => Value::Bool(order(left, right).is_some_and(Ordering::is_ge)),
        Op::Add if is_text(left) || is_text(right) => concat(left, right, budget)?,
        Op::Add | Op::Subtract | Op::Multiply | Op::Divide | Op::Modulo => arithmetic(op, left, right),
        Op::Or => Value::Bool(left.is_true() || right.is_true()),
        Op::And => Value::Bool(left.is_true() && right.is_true()),
    })
}

fn is_large(value: &Value) -> bool {
    matches!(value, Value::Object(object) if object.whole_number().is_some())
}

const fn is_text(value: &Value) -> bool {
    matches!(value, Value::Str(_))
}

fn concat(left: &Value, right: &Value, budget: &mut Budget) -> Result<Value, Fault> {
    let mut text = String::new();
    print::value(left, &mut text, budget.max_bytes())?;
    print::value(right, &mut text, budget.max_bytes())?;
    budget.spend_text(text.len())?;
    Ok(Value::Str(text.into()))
}

fn arithmetic(op: Op, left: &Value, right: &Value) -> Value {
    match (left, right) {
        (Value::Int(left), Value::Int(right)) => whole(op, *left, *right),
        (Value::Int(_) | Value::Float(_), Value::Int(_) | Value::Float(_)) => fraction(op, float(left), float(right)),
        // Velocity logs the mistake and goes on with null.
        _ => Value::Null,
    }
}

fn whole(op: Op, left: i64, right: i64) -> Value {
    let result = match op {
        Op::Add => left.checked_add(right),
        Op::Subtract => left.checked_sub(right),
        Op::Multiply => left.checked_mul(right),
        // Dividing by zero is logged and yields null; otherwise as Java: towards zero.
        Op::Divide | Op::Modulo if right == 0 => return Value::Null,
        Op::Divide => left.checked_div(right),
        Op::Modulo => left.checked_rem(right),
        Op::Or | Op::And | Op::Equal | Op::NotEqual | Op::Less | Op::Greater | Op::LessOrEqual | Op::GreaterOrEqual => {
            return Value::Null;
        }
    };
    // Velocity goes on with BigInteger where a long overflows; a fraction keeps the magnitude.
    result.map_or_else(|| fraction(op, left as f64, right as f64), Value::Int)
}

fn fraction(op: Op, left: f64, right: f64) -> Value {
    match op {
        Op::Add => Value::Float(left + right),
        Op::Subtract => Value::Float(left - right),
        Op::Multiply => Value::Float(left * right),
        Op::Divide | Op::Modulo if right == 0.0 => Value::Null,
        Op::Divide => Value::Float(left / right),
        Op::Modulo => Value::Float(left % right),
        Op::Or | Op::And | Op::Equal | Op::NotEqual | Op::Less | Op::Greater | Op::LessOrEqual | Op::GreaterOrEqual => {
            Value::Null
        }
    }
}

fn float(value: &Value) -> f64 {
    match value {
        Value::Int(int) => *int as f64,
        Value::Float(float) => *float,
        _ => f64::NAN,
    }
}

/// Compares two numbers; `None` for anything else.
pub(super) fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Int(left), Value::Int(right)) => Some(left.cmp(right)),
        (Value::Int(_) | Value::Float(_), Value::Int(_) | Value::Float(_)) => float(left).partial_cmp(&float(right)),
        _ => None,
    }
}

/// Velocity's `==`: numbers by value, the same kinds by content, different kinds by their texts.
///
/// # Errors
/// The comparison used up the budget.
pub(super) fn equal(left: &Value, right: &Value, budget: &mut Budget) -> Result<bool, Fault> {
    equal_within(left, right, budget, MAX_DEPTH)
}

fn equal_within(left: &Value, right: &Value, budget: &mut Budget, depth: u32) -> Result<bool, Fault> {
    let Some(depth) = depth.checked_sub(1) else { return Ok(false) };
    budget.spend(1)?;
    match (left, right) {
        (Value::Null, Value::Null) => Ok(true),
        // What is missing equals "" as well as $null (recorded from AWS for a JSONPath that finds nothing).
        (Value::Null, Value::Str(text)) | (Value::Str(text), Value::Null) => Ok(text.is_empty()),
        (Value::Null, _) | (_, Value::Null) => Ok(false),
        (Value::Int(_) | Value::Float(_), Value::Int(_) | Value::Float(_)) => {
            Ok(order(left, right) == Some(Ordering::Equal))
        }
        (Value::Str(left), Value::Str(right)) => {
            budget.spend(left.len().min(right.len()) as u64 / 64)?;
            Ok(left == right)
        }
        (Value::Bool(left), Value::Bool(right)) => Ok(left == right),
        (Value::List(left), Value::List(right)) => {
            if Rc::ptr_eq(left, right) {
                return Ok(true);
            }
            let (left, right) = (left.items(), right.items());
            let mut same = left.len() == right.len();
            for (left, right) in left.iter().zip(right.iter()) {
                same = same && equal_within(left, right, budget, depth)?;
            }
            Ok(same)
        }
        (Value::Map(left), Value::Map(right)) => {
            if Rc::ptr_eq(left, right) {
                return Ok(true);
            }
            let mut same = left.len() == right.len();
            let mut place = 0;
            while let (true, Some((key, value))) = (same, left.pair_at(place)) {
                same = match right.get(&key) {
                    Some(other) => equal_within(&value, &other, budget, depth)?,
                    None => false,
                };
                place += 1;
            }
            Ok(same)
        }
        _ => equal_texts(left, right, budget),
    }
}

fn equal_texts(left: &Value, right: &Value, budget: &mut Budget) -> Result<bool, Fault> {
    let (mut one, mut other) = (String::new(), String::new());
    print::value(left, &mut one, budget.max_bytes())?;
    print::value(right, &mut other, budget.max_bytes())?;
    budget.spend_text(one.len())?;
    budget.spend_text(other.len())?;
    Ok(one == other)
}

/// Makes `[first..last]`, downwards when `last` is the smaller; null when an end is no whole number.
///
/// # Errors
/// The range is larger than the budget.
pub(super) fn range(first: &Value, last: &Value, budget: &mut Budget) -> Result<Value, Fault> {
    let (Value::Int(first), Value::Int(last)) = (first, last) else { return Ok(Value::Null) };
    budget.spend(first.abs_diff(*last).saturating_add(1))?;
    let items = if first <= last {
        (*first..=*last).map(Value::Int).collect()
    } else {
        (*last..=*first).rev().map(Value::Int).collect()
    };
    Ok(Value::list(items))
}
