//! Schemas and values, as tables.

use super::{KEYWORDS, faults, is_schema, references, unknown_keywords};
use proptest::prelude::{Strategy, any, prop_assert, proptest};
use serde_json::{Value, json};

fn check(schema: &Value, good: &[Value], bad: &[(Value, &str)]) {
    let none = |_: &str| None;
    assert!(is_schema(schema), "{schema}");
    for value in good {
        assert_eq!(faults(schema, value, &none), [""; 0], "{schema} on {value}");
    }
    for (value, fault) in bad {
        assert_eq!(faults(schema, value, &none), [*fault], "{schema} on {value}");
    }
}

#[test]
fn types_and_enumerations() {
    let wrong = "instance type (string) does not match any allowed primitive type (allowed: [\"integer\"])";
    check(&json!({ "type": "integer" }), &[json!(1), json!(-7)], &[(json!("1"), wrong)]);
    check(&json!({ "type": "number" }), &[json!(1), json!(1.5)], &[]);
    check(&json!({ "type": ["string", "null"] }), &[json!("a"), json!(null)], &[]);
    check(
        &json!({ "enum": ["a", 1] }),
        &[json!("a"), json!(1), json!(1.0)],
        &[(json!("b"), "instance value (\"b\") not found in enum (possible values: [\"a\",1])")],
    );
    check(&json!({}), &[json!(null), json!([1, "a"])], &[]);
}

#[test]
fn objects() {
    check(
        &json!({ "required": ["a", "b"], "properties": { "a": { "type": "string" } } }),
        &[json!({ "a": "x", "b": 1, "c": 2 }), json!("not an object")],
        &[(json!({ "a": "x" }), "object has missing required properties ([\"b\"])")],
    );
    check(
        &json!({ "properties": { "a": {} }, "patternProperties": { "^x-": {} }, "additionalProperties": false }),
        &[json!({ "a": 1, "x-b": 2 })],
        &[(json!({ "c": 1 }), "object instance has properties which are not allowed by the schema: [\"c\"]")],
    );
    check(
        &json!({ "additionalProperties": { "type": "boolean" }, "minProperties": 1, "maxProperties": 2 }),
        &[json!({ "a": true })],
        &[
            (json!({}), "object has too few properties (found 0)"),
            (json!({ "a": true, "b": true, "c": true }), "object has too many properties (found 3)"),
        ],
    );
}

#[test]
fn members_that_need_others() {
    check(
        &json!({ "dependencies": { "card": ["street", "city"], "tip": { "required": ["sum"] } } }),
        &[
            json!({ "card": 1, "street": 2, "city": 3 }),
            json!({ "tip": 1, "sum": 2 }),
            json!({ "street": 1 }),
            json!(1),
        ],
        &[
            (
                json!({ "card": 1, "city": 1 }),
                "property \"card\" of object has missing property dependencies (schema requires [\"street\",\"city\"]; \
                 missing: [\"street\"])",
            ),
            (json!({ "tip": 1 }), "object has missing required properties ([\"sum\"])"),
        ],
    );
}

#[test]
fn numbers_beyond_those_that_a_float_tells_apart() {
    let most = 9_007_199_254_740_993_i64;
    let refusal = "numeric instance is not strictly lower than the required maximum 9007199254740993";
    check(&json!({ "maximum": most, "exclusiveMaximum": true }), &[json!(most - 1)], &[(json!(most), refusal)]);
    let rest = "remainder of division is not zero (9007199254740993 / 2)";
    check(&json!({ "multipleOf": 2 }), &[json!(most - 1)], &[(json!(most), rest)]);
    let wanted = json!({ "enum": [most, [1]] });
    check(&wanted, &[json!(most), json!([1.0])], &[]);
    assert_eq!(faults(&wanted, &json!(most - 1), &|_| None).len(), 1);
}

#[test]
fn lists_texts_and_numbers() {
    check(
        &json!({ "items": { "type": "string" }, "minItems": 1, "maxItems": 2, "uniqueItems": true }),
        &[json!(["a"]), json!(["a", "b"])],
        &[
            (json!([]), "array is too short: must have at least 1 elements"),
            (json!(["a", "b", "c"]), "array is too long: must have at most 2 elements"),
            (json!(["a", "a"]), "array must not contain duplicate elements"),
        ],
    );
    check(
        &json!({ "items": [{ "type": "string" }], "additionalItems": false }),
        &[json!(["a"])],
        &[(json!(["a", 1]), "array has more elements than the schema allows")],
    );
    check(
        &json!({ "minLength": 2, "maxLength": 3, "pattern": "^[a-zü]+$" }),
        &[json!("ab"), json!("üüü")],
        &[
            (json!("a"), "string \"a\" is too short (length: 1, required minimum: 2)"),
            (json!("abcd"), "string \"abcd\" is too long (length: 4, maximum allowed: 3)"),
            (json!("AB"), "ECMA 262 regex \"^[a-zü]+$\" does not match input string \"AB\""),
        ],
    );
    check(
        &json!({ "minimum": 1, "maximum": 10, "exclusiveMaximum": true, "multipleOf": 0.5 }),
        &[json!(1), json!(9.5)],
        &[
            (json!(0), "numeric instance is lower than the required minimum (minimum: 1, found: 0)"),
            (json!(11), "numeric instance is greater than the required maximum (maximum: 10, found: 11)"),
            (json!(10), "numeric instance is not strictly lower than the required maximum 10"),
            (json!(1.25), "remainder of division is not zero (1.25 / 0.5)"),
        ],
    );
}

#[test]
fn combinations_and_references() {
    let text_or_number = json!({ "oneOf": [{ "type": "string" }, { "type": "number" }, { "enum": [1] }] });
    let bad = "instance failed to match exactly one schema (matched 2 out of 3)";
    check(&text_or_number, &[json!("a"), json!(2)], &[(json!(1), bad)]);
    let any_of = json!({ "anyOf": [{ "type": "string" }, { "type": "null" }], "not": { "enum": ["no"] } });
    let never = "instance matched a schema which it should not have";
    check(&any_of, &[json!("yes"), json!(null)], &[(json!("no"), never)]);
    let missing = "object has missing required properties ([\"b\"])";
    let both = json!({ "allOf": [{ "required": ["a"] }, { "required": ["b"] }] });
    check(&both, &[json!({ "a": 1, "b": 1 })], &[(json!({ "a": 1 }), missing)]);
    let tree = json!({ "$ref": "#/definitions/node", "definitions": {
        "node": { "required": ["b"], "properties": { "next": { "$ref": "#/definitions/node" } } }
    } });
    check(&tree, &[json!({ "b": 1, "next": { "b": 2 } })], &[(json!({ "b": 1, "next": {} }), missing)]);
    let pets = json!({ "items": { "$ref": "other" } });
    let other = |name: &str| (name == "other").then(|| json!({ "type": "string" }));
    assert_eq!(faults(&pets, &json!(["a"]), &other).len(), 0);
    assert_eq!(faults(&pets, &json!([1]), &other).len(), 1);
    assert_eq!(faults(&pets, &json!([1]), &|_| None), ["the reference \"other\" leads nowhere"]);
    assert_eq!(references(&pets), ["other"]);
}

#[test]
fn a_document_that_is_no_schema_is_told_from_one_that_is() {
    let bad = [
        json!([]),
        json!({ "type": "text" }),
        json!({ "required": [] }),
        json!({ "required": ["a", "a"] }),
        json!({ "enum": ["A", "A"] }),
        json!({ "properties": { "a": true } }),
        json!({ "oneOf": [] }),
        json!({ "dependencies": { "a": [] } }),
        json!({ "dependencies": { "a": "b" } }),
        json!({ "minLength": -1 }),
        json!({ "exclusiveMinimum": 3 }),
        json!({ "items": { "type": 1 } }),
    ];
    for schema in bad {
        assert!(!is_schema(&schema), "{schema}");
    }
}

#[test]
fn a_schema_that_never_ends_is_given_up() {
    let endless = json!({ "$ref": "#" });
    assert_eq!(faults(&endless, &json!(1), &|_| None), ["the schema is nested too deeply"]);
    let wide = json!({ "definitions": { "a": { "anyOf": [{ "$ref": "#/definitions/a" }, { "$ref": "#/definitions/a" }] } },
        "$ref": "#/definitions/a" });
    assert!(!faults(&wide, &json!(1), &|_| None).is_empty());
}

fn value() -> impl Strategy<Value = Value> {
    let names = proptest::sample::select(vec![
        "type",
        "properties",
        "items",
        "required",
        "enum",
        "oneOf",
        "not",
        "$ref",
        "pattern",
        "a",
        "minimum",
        "additionalProperties",
        "multipleOf",
        "uniqueItems",
    ]);
    let leaf = proptest::prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        proptest::sample::select(vec!["string", "object", "#", "#/a", "[", "a"]).prop_map(Value::from),
        proptest::prelude::Just(Value::Null),
    ];
    leaf.prop_recursive(5, 40, 5, move |inner| {
        proptest::prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            proptest::collection::vec((names.clone(), inner), 0..5)
                .prop_map(|pairs| Value::Object(pairs.into_iter().map(|(k, v)| (k.to_owned(), v)).collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_schema_ends_on_any_value(schema in value(), instance in value()) {
        let _ = is_schema(&schema);
        prop_assert!(faults(&schema, &instance, &|_| None).len() <= 20);
        let _ = references(&schema);
    }
}

#[test]
fn keywords_that_draft_4_lacks_are_found_wherever_schemas_stand() {
    assert!(KEYWORDS.is_sorted());
    let rows = [
        (json!({ "type": "object", "properties": { "$id": { "type": "string" } }, "default": { "x": 1 } }), ""),
        (json!({ "enum": [{ "const": 1 }], "id": "a", "format": "date", "dependencies": { "a": ["b"] } }), ""),
        (json!({ "$ref": "#/definitions/a", "nullable": true, "definitions": { "a": { "const": 1 } } }), ""),
        (json!({ "$id": "a", "examples": [], "dependentRequired": {} }), "$id dependentRequired examples"),
        (json!({ "properties": { "a": { "example": 1 } }, "items": [{ "const": 1 }] }), "const example"),
        (json!({ "not": { "anyOf": [{ "if": {} }, { "if": {} }] }, "items": { "contains": {} } }), "contains if"),
        (
            json!({ "definitions": { "a": { "x-y": 1 } }, "dependencies": { "a": { "nullable": true } } }),
            "nullable x-y",
        ),
        (json!({ "additionalProperties": { "then": {} }, "additionalItems": false }), "then"),
    ];
    for (schema, expected) in rows {
        assert_eq!(unknown_keywords(&schema).join(" "), expected, "{schema}");
    }
}
