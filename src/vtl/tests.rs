//! The language, table by table.

mod bounds;
mod language;
mod methods;
mod remains;
mod velocity;

use super::{Limits, Map, Scope, Template, Value};
use std::rc::Rc;

/// Variables that the tables use.
fn scope() -> Scope {
    let mut scope = Scope::new();
    scope.set("name", Value::text("World"));
    scope.set("empty", Value::text(""));
    scope.set("one", Value::Int(1));
    scope.set("list", Value::list(vec![Value::text("a"), Value::text("b"), Value::text("c")]));
    let map: Map = [("foo", Value::text("bar")), ("n", Value::Int(2))].into_iter().collect();
    scope.set("map", Value::Map(Rc::new(map)));
    let json = serde_json::json!({"a": {"b": [1, 2.5, "x", null, true]}, "s": "text"});
    scope.set("json", Value::from_json(&json));
    scope
}

/// Returns what a template renders to, or why it doesn't.
fn rendered(template: &str, limits: &Limits) -> String {
    match Template::parse(template) {
        Err(error) => format!("refused: {error}"),
        Ok(template) => match template.render(&scope(), limits) {
            Ok(text) => text,
            Err(error) => format!("stopped: {error}"),
        },
    }
}

#[track_caller]
fn check(template: &str, expected: &str) {
    assert_eq!(rendered(template, &Limits::default()), expected, "{template}");
}
