//! `--query` beside the reference implementation of JMESPath in Rust.

use super::{name, value};
use proptest::prelude::*;
use serde_json::{Value, json};
use stagecraft::dialects::cli::Query;
use std::collections::BTreeMap;

/// Returns what our reader picks; `None` when it refuses the query or the value.
fn ours(query: &str, document: &Value) -> Option<Value> {
    Query::of(query).ok()?.pick(document).ok()
}

/// Returns what the other reader picks.
fn theirs(query: &str, document: &Value) -> Option<Value> {
    let document = jmespath::Variable::from_json(&document.to_string()).ok()?;
    let picked = jmespath::compile(query).ok()?.search(document).ok()?;
    serde_json::from_str(&picked.to_string()).ok()
}

/// Puts members into the order of their names, which is the only one that the other reader knows, and writes numbers alike: the AWS
/// CLI's `abs` and its like leave a whole number whole, as ours do.
fn in_order(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(in_order).collect(),
        Value::Object(members) => {
            let members: BTreeMap<_, _> = members.into_iter().map(|(name, value)| (name, in_order(value))).collect();
            Value::Object(members.into_iter().collect())
        }
        Value::Number(number) => number.as_f64().map_or(Value::Null, Value::from),
        other => other,
    }
}

/// Returns a step of a slice. One of zero is refused by either reader, but ours refuses it before there is a value.
fn step() -> impl Strategy<Value = i64> {
    prop::sample::select(vec![-2, -1, 1, 2, 3])
}

/// Returns an end of a slice.
fn end() -> impl Strategy<Value = String> {
    prop::option::of(-3_i64..4).prop_map(|end| end.map(|end| end.to_string()).unwrap_or_default())
}

/// Writes a comparison; one of order only of what is no text, since the order of texts is in the table below.
fn comparison(left: &str, sign: &str, right: &str) -> String {
    if ["==", "!="].contains(&sign) {
        return format!("{left} {sign} {right}");
    }
    format!("(type({left}) != 'string' && type({right}) != 'string' && ({left}) {sign} ({right}))")
}

/// Returns the sign of a comparison.
fn sign() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["==", "!=", "<", "<=", ">", ">="])
}

/// Returns what follows an expression on its right.
fn suffix() -> impl Strategy<Value = String> {
    let number = prop::sample::select(vec!["`1`", "`0.5`", "`9007199254740993`"]);
    prop_oneof![
        4 => name().prop_map(|name| format!(".{name}")),
        1 => name().prop_map(|name| format!(".\"{name}\"")),
        2 => (-3_i64..4).prop_map(|place| format!("[{place}]")),
        1 => (end(), end()).prop_map(|(from, to)| format!("[{from}:{to}]")),
        1 => (end(), end(), step()).prop_map(|(from, to, step)| format!("[{from}:{to}:{step}]")),
        2 => Just("[*]".to_owned()),
        1 => Just(".*".to_owned()),
        2 => Just("[]".to_owned()),
        1 => name().prop_map(|name| format!("[?{name}]")),
        2 => (name(), sign(), number).prop_map(|(name, sign, number)| format!("[?{}]", comparison(name, sign, number))),
    ]
}

/// Returns a call of a function with an argument, or with two.
fn call(inner: impl Strategy<Value = String> + Clone + 'static) -> impl Strategy<Value = String> {
    let unary = prop::sample::select(vec![
        "abs",
        "ceil",
        "floor",
        "keys",
        "length",
        "max",
        "min",
        "not_null",
        "reverse",
        "sort",
        "sum",
        "to_array",
        "to_number",
        "type",
        "values",
    ]);
    let binary = prop::sample::select(vec!["ends_with", "join", "merge", "not_null", "starts_with"]);
    let by = prop::sample::select(vec!["max_by", "min_by", "sort_by"]);
    prop_oneof![
        3 => (unary, inner.clone()).prop_map(|(function, of)| format!("{function}({of})")),
        // The average of nothing is null by the language's definition, and no number in the other reader.
        1 => inner.clone().prop_map(|of| format!("avg({of} || `[1]`)")),
        2 => (binary, inner.clone(), inner.clone()).prop_map(|(function, of, with)| format!("{function}({of}, {with})")),
        1 => (inner.clone(), inner.clone()).prop_map(|(of, with)| format!("contains(to_array({of}), {with})")),
        1 => inner.clone().prop_map(|of| format!("contains({of}, 'a')")),
        1 => (by, inner.clone(), name()).prop_map(|(function, of, by)| format!("{function}({of}, &{by})")),
        1 => (inner.clone(), inner).prop_map(|(by, of)| format!("map(&{by}, {of})")),
    ]
}

/// Returns an expression that picks something of a value.
fn expression() -> impl Strategy<Value = String> {
    let literals = ["`1`", "`1.0`", "`\"a\"`", "`true`", "`null`", "`[1, 2]`", "`{\"a\": [1, \"b\"]}`", "'a'", "''"];
    let leaf = prop_oneof![
        4 => name().prop_map(str::to_owned),
        1 => Just("@".to_owned()),
        1 => prop::sample::select(literals.to_vec()).prop_map(str::to_owned),
    ];
    leaf.prop_recursive(4, 14, 3, move |inner| {
        let join = prop::sample::select(vec!["||", "&&", "|"]);
        prop_oneof![
            5 => (inner.clone(), suffix()).prop_map(|(left, suffix)| format!("{left}{suffix}")),
            2 => (inner.clone(), join.clone(), inner.clone()).prop_map(|(left, join, right)| format!("({left} {join} {right})")),
            // Without parentheses, it is up to the reader what belongs together.
            2 => (inner.clone(), join, inner.clone()).prop_map(|(left, join, right)| format!("{left} {join} {right}")),
            1 => (inner.clone(), sign(), inner.clone()).prop_map(|(left, sign, right)| comparison(&left, sign, &right)),
            // Parentheses, since what follows is in the table below.
            1 => (inner.clone(), name(), name()).prop_map(|(left, one, other)| format!("({left}.[{one}, {other}])")),
            1 => (inner.clone(), name(), name()).prop_map(|(left, one, other)| format!("({left}.{{x: {one}, y: {other}}})")),
            1 => (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("[{left}, {right}]")),
            1 => (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("{{x: {left}, y: {right}}}")),
            1 => (inner.clone(), inner.clone()).prop_map(|(left, test)| format!("{left}[?{test}]")),
            1 => inner.clone().prop_map(|of| format!("!{of}")),
            3 => call(inner),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn queries_pick_the_same(query in expression(), document in value().prop_map(in_order)) {
        let (one, other) = (ours(&query, &document).map(in_order), theirs(&query, &document).map(in_order));
        prop_assert_eq!(one, other, "{} of {}", query, document);
    }
}

/// The ways of jmespath.py, by which the AWS CLI asks, are ours: the query, the document, what is picked here, and what the other
/// reader picks. Each was tried with jmespath.py 1.1.0.
#[test]
fn where_the_aws_cli_differs_we_do() {
    for (query, document, here, there) in [
        // Several members of each element end a projection: what follows is asked of the list.
        ("a[*].{n: b}.n", json!({"a": [{"b": 1}]}), Some(json!(null)), Some(json!([1]))),
        // There is an average of nothing.
        ("avg(@)", json!([]), Some(json!(null)), None),
        // Texts have an order, of which numbers are no part.
        ("a < 'b'", json!({"a": "a"}), Some(json!(true)), Some(json!(null))),
        ("a < `1`", json!({"a": "a"}), None, Some(json!(null))),
        // A text contains nothing but texts.
        ("contains(a, `1`)", json!({"a": "1"}), None, Some(json!(false))),
        // A step of zero is refused, though here before there is a value.
        ("a && a[::0]", json!(null), None, Some(json!(null))),
    ] {
        assert_eq!(ours(query, &document), here, "{query}");
        assert_eq!(theirs(query, &document), there, "{query}");
    }
}
