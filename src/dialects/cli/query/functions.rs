//! The functions of the language.

use super::{Expr, evaluate::Evaluation};
use crate::{collections::sort_by, dialects::cli::output, json_order};
use serde_json::{Map, Number, Value};
use std::{cmp::Ordering, ops::RangeInclusive};

macro_rules! functions {
    ($($function:ident $name:literal $takes:expr;)+) => {
        /// A function, by its name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Function { $($function),+ }

        impl Function {
            const ALL: &[(&'static str, Self, RangeInclusive<usize>)] = &[$(($name, Self::$function, $takes)),+];
        }
    };
}

functions! {
    Abs "abs" 1..=1;
    Avg "avg" 1..=1;
    Ceil "ceil" 1..=1;
    Contains "contains" 2..=2;
    EndsWith "ends_with" 2..=2;
    Floor "floor" 1..=1;
    Join "join" 2..=2;
    Keys "keys" 1..=1;
    Length "length" 1..=1;
    Map "map" 2..=2;
    Max "max" 1..=1;
    MaxBy "max_by" 2..=2;
    Merge "merge" 1..=32;
    Min "min" 1..=1;
    MinBy "min_by" 2..=2;
    NotNull "not_null" 1..=32;
    Reverse "reverse" 1..=1;
    Sort "sort" 1..=1;
    SortBy "sort_by" 2..=2;
    StartsWith "starts_with" 2..=2;
    Sum "sum" 1..=1;
    ToArray "to_array" 1..=1;
    ToNumber "to_number" 1..=1;
    ToString "to_string" 1..=1;
    Type "type" 1..=1;
    Values "values" 1..=1;
}

impl Function {
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, ..)| *known == name).map(|(_, function, _)| *function)
    }

    pub(super) fn names() -> impl Iterator<Item = &'static str> {
        Self::ALL.iter().map(|(name, ..)| *name)
    }

    fn row(self) -> &'static (&'static str, Self, RangeInclusive<usize>) {
        Self::ALL.iter().find(|(_, function, _)| *function == self).unwrap_or(&Self::ALL[0])
    }

    /// Returns how many arguments it takes.
    pub(super) fn takes(self) -> &'static RangeInclusive<usize> {
        &self.row().2
    }

    /// Returns what is said of another number of arguments.
    pub(super) fn arity(self, given: usize) -> String {
        let (name, _, takes) = self.row();
        let (least, least_word) = match (takes.start(), takes.end() > takes.start()) {
            (start, true) => (start, "at least "),
            (start, false) => (start, ""),
        };
        let arguments = if *least == 1 { "argument" } else { "arguments" };
        format!("Expected {least_word}{least} {arguments} for function {name}(), received {given}")
    }

    /// Refuses a value; `wanted` holds the types that would do, with commas between them.
    fn refuse<T>(self, given: &Value, wanted: &str) -> Result<T, String> {
        self.refuse_as(given, wanted, kind(given))
    }

    fn refuse_as<T>(self, given: &Value, wanted: &str, received: &str) -> Result<T, String> {
        let wanted: Vec<String> = wanted.split(", ").map(|name| format!("'{name}'")).collect();
        Err(format!(
            "In function {}(), invalid type for value: {}, expected one of: [{}], received: \"{received}\"",
            self.row().0,
            output::python(given),
            wanted.join(", ")
        ))
    }

    /// Refuses an element of a list that may hold others only; its type is Python's there.
    fn refuse_element<T>(self, given: &Value, wanted: &str) -> Result<T, String> {
        self.refuse_as(given, wanted, output::type_name(given))
    }
}

/// Returns the language's name of a value's type.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Calls a function with the arguments as they are for a value.
pub(super) fn call(
    evaluation: &mut Evaluation,
    function: Function,
    args: &[Expr],
    value: &Value,
) -> Result<Value, String> {
    let (reference, plain): (Vec<&Expr>, Vec<&Expr>) = args.iter().partition(|arg| matches!(arg, Expr::Reference(_)));
    let given: Vec<Value> = plain.into_iter().map(|arg| evaluation.of(arg, value)).collect::<Result<_, _>>()?;
    evaluation.spend(1)?;
    match (&reference[..], &given[..]) {
        ([Expr::Reference(by)], [of]) => of_each(evaluation, function, by, of),
        ([], [one]) => unary(function, one),
        ([], [one, other]) => binary(function, one, other),
        ([], many) => several(function, many),
        _ => Err(format!("{}() takes no reference there", function.row().0)),
    }
}

/// Functions that ask something of every element.
fn of_each(evaluation: &mut Evaluation, function: Function, by: &Expr, of: &Value) -> Result<Value, String> {
    let Value::Array(items) = of else { return function.refuse(of, "array") };
    let keys: Vec<Value> = items.iter().map(|item| evaluation.of(by, item)).collect::<Result<_, _>>()?;
    if function == Function::Map {
        return Ok(Value::Array(keys));
    }
    check_keys(function, &keys, items)?;
    let mut pairs: Vec<(&Value, &Value)> = keys.iter().zip(items).collect();
    sort_by(&mut pairs, |a, b| order(a.0, b.0));
    let picked = match function {
        Function::SortBy => return Ok(pairs.into_iter().map(|(_, item)| item.clone()).collect()),
        Function::MaxBy => pairs.last(),
        Function::MinBy => pairs.first(),
        _ => return Err(format!("{}() takes no reference", function.row().0)),
    };
    Ok(picked.map_or(Value::Null, |(_, item)| (*item).clone()))
}

fn unary(function: Function, one: &Value) -> Result<Value, String> {
    Ok(match (function, one) {
        (Function::Abs, Value::Number(_)) => number(one.as_f64().unwrap_or_default().abs()),
        (Function::Ceil, Value::Number(_)) => number(one.as_f64().unwrap_or_default().ceil()),
        (Function::Floor, Value::Number(_)) => number(one.as_f64().unwrap_or_default().floor()),
        (Function::Abs | Function::Ceil | Function::Floor, _) => return function.refuse(one, "number"),
        (Function::Avg | Function::Sum, Value::Array(items)) => {
            let numbers: Option<Vec<f64>> = items.iter().map(Value::as_f64).collect();
            let Some(numbers) = numbers else {
                let other = items.iter().find(|item| !item.is_number()).unwrap_or(one);
                return function.refuse_element(other, "array-number");
            };
            let sum: f64 = numbers.iter().sum();
            match function {
                Function::Sum => number(sum),
                _ if numbers.is_empty() => Value::Null,
                #[expect(clippy::cast_precision_loss, reason = "no list has so many elements")]
                _ => number(sum / numbers.len() as f64),
            }
        }
        (Function::Length, Value::String(text)) => text.chars().count().into(),
        (Function::Length, Value::Array(items)) => items.len().into(),
        (Function::Length, Value::Object(members)) => members.len().into(),
        (Function::Length, _) => return function.refuse(one, "string, array, object"),
        (Function::Keys, Value::Object(members)) => members.keys().map(|key| Value::from(key.as_str())).collect(),
        (Function::Values, Value::Object(members)) => members.values().cloned().collect(),
        (Function::Keys | Function::Values, _) => return function.refuse(one, "object"),
        (Function::Reverse, Value::String(text)) => text.chars().rev().collect::<String>().into(),
        (Function::Reverse, Value::Array(items)) => items.iter().rev().cloned().collect(),
        (Function::Reverse, _) => return function.refuse(one, "array, string"),
        (Function::Sort | Function::Max | Function::Min, Value::Array(items)) => {
            check_elements(function, items)?;
            let mut sorted = items.clone();
            sort_by(&mut sorted, order);
            match function {
                Function::Sort => Value::Array(sorted),
                Function::Max => sorted.pop().unwrap_or_default(),
                _ => sorted.into_iter().next().unwrap_or_default(),
            }
        }
        (Function::Avg | Function::Sum, _) => return function.refuse(one, "array-number"),
        (Function::Sort | Function::Max | Function::Min, _) => return function.refuse(one, ordered(function)),
        (Function::ToArray, Value::Array(_)) => one.clone(),
        (Function::ToArray, _) => Value::Array(vec![one.clone()]),
        (Function::ToNumber, Value::Number(_)) => one.clone(),
        (Function::ToNumber, Value::String(text)) => {
            text.parse::<f64>().ok().filter(|parsed| parsed.is_finite()).map_or(Value::Null, number)
        }
        (Function::ToNumber, _) => Value::Null,
        (Function::ToString, Value::String(_)) => one.clone(),
        (Function::ToString, _) => one.to_string().into(),
        (Function::Type, _) => kind(one).into(),
        _ => return several(function, std::slice::from_ref(one)),
    })
}

fn binary(function: Function, one: &Value, other: &Value) -> Result<Value, String> {
    Ok(match (function, one, other) {
        (Function::Contains, Value::Array(items), wanted) => {
            items.iter().any(|item| json_order::equal(item, wanted)).into()
        }
        (Function::Contains, Value::String(text), Value::String(part)) => text.contains(part.as_str()).into(),
        (Function::Contains, Value::String(_), _) => {
            let given = output::type_name(other);
            return Err(format!("'in <string>' requires string as left operand, not {given}"));
        }
        (Function::Contains, ..) => return function.refuse(one, "array, string"),
        (Function::StartsWith, Value::String(text), Value::String(part)) => text.starts_with(part.as_str()).into(),
        (Function::EndsWith, Value::String(text), Value::String(part)) => text.ends_with(part.as_str()).into(),
        (Function::StartsWith | Function::EndsWith, Value::String(_), _) => return function.refuse(other, "string"),
        (Function::StartsWith | Function::EndsWith, ..) => return function.refuse(one, "string"),
        (Function::Join, Value::String(glue), Value::Array(items)) => {
            let texts: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
            let Some(texts) = texts else {
                let wrong = items.iter().find(|item| !item.is_string()).unwrap_or(other);
                return function.refuse_element(wrong, "array-string");
            };
            texts.join(glue).into()
        }
        (Function::Join, Value::String(_), _) => return function.refuse(other, "array-string"),
        (Function::Join, ..) => return function.refuse(one, "string"),
        (Function::Map | Function::MaxBy | Function::MinBy | Function::SortBy, ..) => {
            return function.refuse(if one.is_array() { other } else { one }, "expref");
        }
        _ => return several(function, &[one.clone(), other.clone()]),
    })
}

fn several(function: Function, many: &[Value]) -> Result<Value, String> {
    match function {
        Function::Merge => {
            let mut out = Map::new();
            for value in many {
                let Value::Object(members) = value else { return function.refuse(value, "object") };
                out.extend(members.clone());
            }
            Ok(Value::Object(out))
        }
        Function::NotNull => Ok(many.iter().find(|value| !value.is_null()).cloned().unwrap_or_default()),
        _ => Err(function.arity(many.len())),
    }
}

/// Returns a whole number without a point.
fn number(value: f64) -> Value {
    #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and small")]
    if value.fract() == 0.0 && value.abs() < 9e15 {
        return Value::from(value as i64);
    }
    Number::from_f64(value).map_or(Value::Null, Value::Number)
}

/// Lists that have an order, as a function names them.
fn ordered(function: Function) -> &'static str {
    if function == Function::Sort { "array-string, array-number" } else { "array-number, array-string" }
}

fn has_order(value: &Value) -> bool {
    value.is_number() || value.is_string()
}

/// Refuses elements that have no order: only all numbers or all texts have one.
fn check_elements(function: Function, items: &[Value]) -> Result<(), String> {
    let first = items.first().map(kind);
    match items.iter().find(|item| !has_order(item) || Some(kind(item)) != first) {
        Some(wrong) => function.refuse_element(wrong, ordered(function)),
        None => Ok(()),
    }
}

/// Only all numbers or all texts have an order, as keys of the elements, too. Of a list to be sorted the first one's type counts.
fn check_keys(function: Function, keys: &[Value], items: &[Value]) -> Result<(), String> {
    let sorts = function == Function::SortBy;
    if let (true, Some(first), Some(item)) = (sorts, keys.first().filter(|key| !has_order(key)), items.first()) {
        return function.refuse_as(item, "string, number", kind(first));
    }
    let first = keys.first().map(kind).unwrap_or_default();
    let wanted = if sorts { first } else { "number, string" };
    match keys.iter().find(|key| !has_order(key) || kind(key) != first) {
        Some(wrong) => function.refuse(wrong, wanted),
        None => Ok(()),
    }
}

fn order(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::String(a), Value::String(b)) => a.cmp(b),
        (Value::Number(a), Value::Number(b)) => json_order::numbers(a, b),
        _ => Ordering::Equal,
    }
}
