//! JSON schema, draft 4, beside another reader of that draft.

use super::{name, number, value};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use stagecraft::schema;

/// Tells whether a value fits a schema by our reader.
fn ours(schema: &Value, instance: &Value) -> bool {
    let local = |reference: &str| schema::local(schema, reference).cloned();
    schema::faults(schema, instance, &local).is_empty()
}

/// Tells whether a value fits a schema by the other reader; `None` when that one does not take the schema.
fn theirs(schema: &Value, instance: &Value) -> Option<bool> {
    jsonschema::draft4::new(schema).ok().map(|validator| validator.is_valid(instance))
}

fn type_name() -> impl Strategy<Value = Value> {
    prop::sample::select(vec!["array", "boolean", "integer", "null", "number", "object", "string"])
        .prop_map(Value::from)
}

/// Returns a keyword without schemas in it.
fn plain() -> impl Strategy<Value = Map<String, Value>> {
    let one = |name: &'static str, value: Value| Map::from_iter([(name.to_owned(), value)]);
    let sized =
        prop::sample::select(vec!["minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties"]);
    prop_oneof![
        type_name().prop_map(move |name| one("type", name)),
        prop::collection::btree_set(prop::sample::select(vec!["array", "null", "number", "string"]), 1..3)
            .prop_map(move |names| one("type", names.into_iter().collect::<Vec<_>>().into())),
        prop::collection::btree_set(name(), 1..3)
            .prop_map(move |names| one("required", names.into_iter().collect::<Vec<_>>().into())),
        prop::collection::vec(value(), 1..3)
            .prop_filter("each value once", |values| values.len() == 1 || values[0] != values[1])
            .prop_map(move |values| one("enum", values.into())),
        (name(), prop::collection::btree_set(name(), 1..3))
            .prop_map(move |(name, needed)| one("dependencies", json!({ name: needed }))),
        (sized, 0_u8..4).prop_map(move |(name, size)| one(name, size.into())),
        (prop::sample::select(vec!["minimum", "maximum"]), number(), any::<bool>()).prop_map(
            |(name, bound, is_open)| {
                let exclusive = if name == "minimum" { "exclusiveMinimum" } else { "exclusiveMaximum" };
                Map::from_iter([(name.to_owned(), bound), (exclusive.to_owned(), is_open.into())])
            }
        ),
        prop::sample::select(vec![json!(1), json!(2), json!(3), json!(0.5), json!(0.1), json!(2.0)])
            .prop_map(move |number| one("multipleOf", number)),
        prop::sample::select(vec!["^a", "b$", "^$", "."]).prop_map(move |pattern| one("pattern", pattern.into())),
        any::<bool>().prop_map(move |unique| one("uniqueItems", unique.into())),
    ]
}

/// Returns a schema: some keywords, each at most once.
fn any_schema() -> impl Strategy<Value = Value> {
    let leaf = prop::collection::vec(plain(), 0..3)
        .prop_map(|keywords| Value::Object(keywords.into_iter().flatten().collect()));
    leaf.prop_recursive(3, 16, 3, |inner| {
        let one = |name: &'static str, value: Value| Map::from_iter([(name.to_owned(), value)]);
        let several = prop::sample::select(vec!["allOf", "anyOf", "oneOf"]);
        let part = prop_oneof![
            prop::collection::btree_map(name(), inner.clone(), 1..3)
                .prop_map(move |schemas| one("properties", json!(schemas))),
            (prop::sample::select(vec!["a", "b|c", "^c$"]), inner.clone())
                .prop_map(move |(pattern, schema)| one("patternProperties", json!({ pattern: schema }))),
            (name(), inner.clone()).prop_map(move |(name, schema)| one("dependencies", json!({ name: schema }))),
            inner.clone().prop_map(move |schema| one("items", schema)),
            prop::collection::vec(inner.clone(), 1..3).prop_map(move |schemas| one("items", schemas.into())),
            inner.clone().prop_map(move |schema| one("additionalProperties", schema)),
            any::<bool>().prop_map(move |open| one("additionalProperties", open.into())),
            any::<bool>().prop_map(move |open| one("additionalItems", open.into())),
            inner.clone().prop_map(move |schema| one("not", schema)),
            (several, prop::collection::vec(inner.clone(), 1..3))
                .prop_map(|(name, schemas)| { Map::from_iter([(name.to_owned(), schemas.into())]) }),
            inner.prop_map(|schema| Map::from_iter([
                ("definitions".to_owned(), json!({ "d": schema })),
                ("properties".to_owned(), json!({ "a": { "$ref": "#/definitions/d" } })),
            ])),
        ];
        (prop::collection::vec(part, 1..3), prop::collection::vec(plain(), 0..2))
            .prop_map(|(parts, plain)| Value::Object(parts.into_iter().chain(plain).flatten().collect()))
    })
}

/// Returns a schema whose references, if it has any, are at its root, where both look for them.
fn schema() -> impl Strategy<Value = Value> {
    any_schema().prop_filter("a reference of an inner schema", |schema| {
        let references = schema::references(schema);
        references.iter().all(|reference| schema::local(schema, reference).is_some())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_000) })]

    #[test]
    fn schemas_fit_the_same_values(schema in schema(), instances in prop::collection::vec(value(), 1..6)) {
        prop_assert!(schema::is_schema(&schema), "{}", schema);
        for instance in instances {
            prop_assert_eq!(Some(ours(&schema, &instance)), theirs(&schema, &instance), "{} {}", schema, instance);
        }
    }
}
