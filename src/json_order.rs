//! Compares JSON values: whether two are equal, and which of two numbers is the larger, by value, not by how they are written.

use serde_json::{Number, Value};
use std::cmp::Ordering;

/// The largest `f64` below which each whole number has one of its own.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Compares two numbers. Whole ones are compared as such, since an `f64` does not tell all of them apart.
#[must_use]
pub fn numbers(one: &Number, other: &Number) -> Ordering {
    match (whole(one), whole(other)) {
        (Some(one), Some(other)) => one.cmp(&other),
        _ => {
            one.as_f64().zip(other.as_f64()).and_then(|(one, other)| one.partial_cmp(&other)).unwrap_or(Ordering::Equal)
        }
    }
}

/// Returns a whole number, which may be written with a fraction of zero.
#[must_use]
pub fn whole(number: &Number) -> Option<i128> {
    let written = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and small")]
    written.or_else(|| number.as_f64().filter(|it| it.fract() == 0.0 && it.abs() <= EXACT).map(|it| it as i128))
}

/// Tells whether two values are equal: `1` and `1.0` are, wherever they stand.
#[must_use]
pub fn equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => numbers(one, other).is_eq(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| equal(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(name, value)| other.get(name).is_some_and(|other| equal(value, other)))
        }
        _ => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::{equal, numbers};
    use serde_json::{Value, json};

    #[test]
    fn numbers_are_compared_by_value() {
        let order = |one: Value, other: Value| numbers(one.as_number().unwrap(), other.as_number().unwrap());
        assert!(order(json!(1), json!(1.0)).is_eq());
        assert!(order(json!(-1), json!(0.5)).is_lt());
        assert!(order(json!(9_007_199_254_740_993_i64), json!(9_007_199_254_740_992_i64)).is_gt());
        assert!(order(json!(9_007_199_254_740_993_i64), json!(9_007_199_254_740_992.0)).is_gt());
        assert!(order(json!(u64::MAX), json!(i64::MAX)).is_gt());
    }

    #[test]
    fn values_are_equal_by_what_is_in_them() {
        let number = json!({ "a": [1, { "b": 2.0 }], "c": null });
        assert!(equal(&number, &json!({ "c": null, "a": [1.0, { "b": 2 }] })));
        for other in [json!({ "a": [1, { "b": 2 }] }), json!({ "a": [1, { "b": "2" }], "c": null }), json!([number])] {
            assert!(!equal(&number, &other), "{other}");
        }
    }
}
