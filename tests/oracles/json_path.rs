//! JSONPath beside RFC 9535. AWS's is Jayway's, which is older and differs in places.

use super::{name, scalar, value};
use proptest::prelude::*;
use serde_json::{Value, json};
use stagecraft::{
    jsonpath::{JsonPath, MAX_VISITS},
    vtl,
};

/// From here on an `f64` does not tell whole numbers apart.
const LARGE: f64 = 9_007_199_254_740_992.0;

/// Returns what our reader finds: the values, or the reason why it finds nothing.
fn ours(path: &str, document: &Value) -> Result<Vec<Value>, String> {
    let path = JsonPath::parse(path).map_err(|error| error.to_string())?;
    let found = path.find(&vtl::Value::from_json(document), &mut { MAX_VISITS }).map_err(|error| error.to_string())?;
    Ok(match found.map(|found| found.to_json()) {
        Some(Value::Array(values)) if !path.is_definite() => values,
        found => found.into_iter().collect(),
    })
}

/// Returns what the RFC's reader finds.
fn theirs(path: &str, document: &Value) -> Result<Vec<Value>, String> {
    let path = serde_json_path::JsonPath::parse(path).map_err(|error| error.to_string())?;
    Ok(path.query(document).all().into_iter().cloned().collect())
}

/// Puts values into an order that does not depend on who found them.
fn sorted(values: Result<Vec<Value>, String>) -> Result<Vec<String>, String> {
    values.map(|values| {
        let mut texts: Vec<String> = values.iter().map(Value::to_string).collect();
        texts.sort();
        texts
    })
}

/// Returns a step of a path, but for filters.
fn step() -> impl Strategy<Value = String> {
    let place = || -3_i64..4;
    let end = || prop::option::of(-3_i64..4).prop_map(|end| end.map(|end| end.to_string()).unwrap_or_default());
    prop_oneof![
        3 => name().prop_map(|name| format!(".{name}")),
        2 => name().prop_map(|name| format!("['{name}']")),
        2 => place().prop_map(|place| format!("[{place}]")),
        1 => (place(), place()).prop_map(|(one, two)| format!("[{one},{two}]")),
        1 => (end(), end()).prop_map(|(from, to)| format!("[{from}:{to}]")),
        1 => Just(".*".to_owned()),
        1 => Just("[*]".to_owned()),
        1 => name().prop_map(|name| format!("..{name}")),
        1 => Just("..*".to_owned()),
    ]
}

/// Returns a condition on an item.
fn condition() -> impl Strategy<Value = String> {
    let literal = || {
        // The other reader compares numbers as `f64`, ours and Jayway exactly.
        let small = |value: &Value| value.as_f64().is_none_or(|number| number < LARGE);
        scalar().prop_filter("a small number", small).prop_map(|value| match value {
            Value::String(text) => format!("'{text}'"),
            other => other.to_string(),
        })
    };
    let path = || {
        // Places from the end are for paths alone: the other reader finds nothing there in a filter.
        let ends = prop::sample::select(vec!["", "", ".a", "[0]", "[1]", "['b']"]);
        (name(), ends).prop_map(|(name, end)| format!("@.{name}{end}"))
    };
    let equality = || prop::sample::select(vec!["==", "!="]);
    let order = || prop::sample::select(vec!["<", "<=", ">", ">="]);
    // What has no order is in the table below.
    let unordered = |literal: &str| ["null", "true", "false"].contains(&literal);
    let ordered = move || literal().prop_filter("a value with an order", move |literal| !unordered(literal));
    let one = prop_oneof![
        2 => path(),
        1 => path().prop_map(|path| format!("!{path}")),
        1 => (path(), equality(), literal()).prop_map(|(path, sign, literal)| format!("{path} {sign} {literal}")),
        1 => (literal(), equality(), path()).prop_map(|(literal, sign, path)| format!("{literal} {sign} {path}")),
        2 => (path(), order(), ordered()).prop_map(|(path, sign, literal)| format!("{path} {sign} {literal}")),
        1 => (ordered(), order(), path()).prop_map(|(literal, sign, path)| format!("{literal} {sign} {path}")),
    ];
    one.prop_recursive(2, 6, 2, |inner| {
        (inner.clone(), prop::sample::select(vec!["&&", "||"]), inner)
            .prop_map(|(left, sign, right)| format!("({left} {sign} {right})"))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_000) })]

    #[test]
    fn steps_find_the_same(steps in prop::collection::vec(step(), 0..5), document in value()) {
        let path = format!("${}", steps.concat());
        let (one, other) = (ours(&path, &document), theirs(&path, &document));
        // Neither says in which order a descent goes.
        if path.contains("..") {
            prop_assert_eq!(sorted(one), sorted(other), "{} {}", path, document);
        } else {
            prop_assert_eq!(one, other, "{} {}", path, document);
        }
    }

    #[test]
    fn filters_of_lists_let_the_same_through(condition in condition(), items in prop::collection::vec(value(), 0..5)) {
        let (path, document) = (format!("$.items[?({condition})]"), json!({ "items": items }));
        prop_assert_eq!(ours(&path, &document), theirs(&path, &document), "{} {}", path, document);
    }
}

/// Jayway's ways, which are ours: the path, the document, what is found here, and what the RFC finds.
#[test]
fn where_jayway_differs_we_do() {
    let found = |values: &[Value]| Some(values.to_vec());
    let object = json!({"a": 1, "b": {"a": 1}, "text": "four", "c": [null, true]});
    for (path, here, rfc) in [
        // Several names make one object.
        ("$['a','text']", found(&[json!({"a": 1, "text": "four"})]), found(&[json!(1), json!("four")])),
        // An object is tested itself, not its members.
        ("$[?(@.a == 1)]", Some(vec![object.clone()]), found(&[json!({"a": 1})])),
        // Nothing does not equal nothing.
        ("$[?(@.x == @.y)]", found(&[]), found(&[json!(1), json!({"a": 1}), json!("four"), json!([null, true])])),
        // Null and truth values have no order.
        ("$.c[?(null <= @)]", found(&[]), found(&[json!(null)])),
        ("$.c[?(@ > false)]", found(&[]), found(&[json!(true)])),
        // A slice has no steps.
        ("$.c[0:2:2]", None, found(&[json!(null)])),
        // A function at the end of a path, and a path without its beginning.
        ("$.text.length()", found(&[json!(4)]), None),
        ("a", found(&[json!(1)]), None),
    ] {
        assert_eq!(ours(path, &object).ok(), here, "{path}");
        assert_eq!(theirs(path, &object).ok(), rfc, "{path}");
    }
}
