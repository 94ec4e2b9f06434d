//! Our subsets of JSONPath, JSON schema and JMESPath beside other people's readers, over random inputs. Where both differ by
//! intent, a table says so; else they have to agree.

#![cfg(not(target_arch = "wasm32"))]

mod json_path;
mod json_schema;
mod query;

use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Returns a name that values have members of.
fn name() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["a", "b", "c"])
}

/// Returns a number: whole, with a fraction, whole but written with one, or next to others that no `f64` tells apart.
fn number() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => (-3_i64..4).prop_map(Value::from),
        2 => (-6_i32..7).prop_map(|halves| json!(f64::from(halves) / 2.0)),
        1 => (0_i64..3).prop_map(|more| json!((1_i64 << 53) + more)),
    ]
}

/// Returns a value without parts.
fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
        2 => number(),
        1 => prop::sample::select(vec!["", "a", "b", "ab", "é"]).prop_map(Value::from),
    ]
}

/// Returns a small value of any kind.
fn value() -> impl Strategy<Value = Value> {
    scalar().prop_recursive(4, 40, 4, |inner| {
        let members = prop::collection::vec((name(), inner.clone()), 0..4);
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(Value::Array),
            members.prop_map(|members| {
                Value::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>())
            }),
        ]
    })
}
