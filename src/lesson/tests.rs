//! Holds the reader to `tests/lesson/grammar.json`, as the Python reader is held to it, and to its bounds.

use super::{
    Scenario, difference,
    text_pattern::{Patience, text_matches},
};
use serde_json::{Value, json};

fn grammar() -> Value {
    serde_json::from_str(include_str!("../../tests/lesson/grammar.json")).expect("JSON")
}

fn told(text: &str) -> Value {
    let scenario = match Scenario::read(text) {
        Ok(scenario) => scenario,
        Err(fault) => return json!({ "fault": fault.line() }),
    };
    let sittings = scenario.sittings.iter().map(|sitting| {
        let prompts = sitting.prompts.iter().map(|prompt| {
            json!({ "line": prompt.line, "input": prompt.input, "http": prompt.is_http, "answer": prompt.answer })
        });
        json!({
            "line": sitting.line, "title": sitting.title, "sample": sitting.is_sample,
            "region": sitting.place.region.as_str(), "account": sitting.place.account_id.to_string(),
            "prompts": prompts.collect::<Vec<_>>(),
        })
    });
    let sections = scenario.sections.iter().map(|section| {
        let (line, title, source) = (section.line, &section.title, &section.source);
        json!({ "line": line, "title": title, "source": source, "hasPrompts": section.has_prompts })
    });
    json!({ "sittings": sittings.collect::<Vec<_>>(), "sections": sections.collect::<Vec<_>>() })
}

#[test]
fn scenarios_are_read_as_the_grammar_says() {
    let grammar = grammar();
    let cases = grammar["scenarios"].as_array().expect("a list");
    assert!(!cases.is_empty());
    for case in cases {
        let lines: Vec<&str> = case["text"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
        let mut expected = case.clone();
        expected.as_object_mut().expect("an object").retain(|name, _| name != "about" && name != "text");
        assert_eq!(told(&lines.join("\n")), expected, "{}", case["about"]);
    }
}

#[test]
fn answers_are_compared_as_the_grammar_says() {
    let grammar = grammar();
    let cases = grammar["answers"].as_array().expect("a list");
    assert!(!cases.is_empty());
    for case in cases {
        let (expected, actual) = (case[0].as_str().expect("a text"), case[1].as_str().expect("a text"));
        assert_eq!(difference(expected, actual).is_none(), case[2] == true, "{expected} against {actual}");
    }
}

#[test]
fn a_difference_says_where_it_is() {
    for (expected, actual, why) in [
        (r#"{"a": [{"b": 1}]}"#, r#"{"a":[{"b":2}]}"#, "$.a[0].b is 2"),
        (r#"{"a": [1]}"#, r#"{"a":[]}"#, "$.a has 0 elements"),
        (r#"{"a": 1}"#, r#"{"b":1}"#, "$ has a member b"),
        (r#"{"a": 1, ...}"#, r#"{"b":1}"#, "$ has no member a"),
        ("HTTP/2 200\n\n{}", "HTTP/2 200\n\n[]", "the body: $ is []"),
        ("HTTP/2 200\na: b\n\n{}", "HTTP/2 200\n\n{}", "no header a: b"),
        ("HTTP/2 200", "HTTP/2 404", "the status differs"),
        ("a", "b", "the text differs"),
    ] {
        assert_eq!(difference(expected, actual).as_deref(), Some(why), "{expected} against {actual}");
    }
}

#[test]
fn what_is_read_and_compared_is_bounded() {
    assert!(Scenario::read(&"a\n".repeat(600_000)).is_err());
    let deep = "[".repeat(100_000);
    assert_eq!(difference(&deep, "[]").as_deref(), Some("the text differs"));
    let (many, text) = ("...\n".repeat(50_000), "a\n".repeat(50_000));
    assert_eq!(difference(&format!("{many}b"), &text).as_deref(), Some("it takes too long to compare"));
    let holes = "a...".repeat(50_000);
    assert_eq!(difference(&holes, &"a".repeat(50_000)).as_deref(), Some("it takes too long to compare"));
    let mut patience = Patience::default();
    assert!(text_matches(&"...".repeat(20), &"a".repeat(10_000), &mut patience));
    assert!(!patience.is_over());
}
