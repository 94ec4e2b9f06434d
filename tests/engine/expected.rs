//! Whether an answer is the expected one. JSON is compared by structure, other text line by line, an HTTP answer by its
//! status, the headers that are written down, and its body.
//!
//! In texts `<id>`, `<date>`, `<uuid>`, `<number>` stand for anything of their form, `<text>` and `...` for anything. A line
//! `...` stands for any number of lines, a bare `...` in JSON for any value, any more members, or any more elements.

use serde_json::Value;

/// Why an answer is not the expected one; `None` when it is.
pub(crate) fn difference(expected: &str, actual: &str) -> Option<String> {
    if let (Some(expected), true) = (expected.strip_prefix("HTTP/2 "), actual.starts_with("HTTP/2 ")) {
        return http(expected, &actual["HTTP/2 ".len()..]);
    }
    if let (Some(pattern), Ok(value)) = (Pattern::parse(expected), serde_json::from_str::<Value>(actual)) {
        return pattern.mismatch(&value, "$");
    }
    let (expected, actual): (Vec<&str>, Vec<&str>) = (lines(expected), lines(actual));
    match_lines(&expected, &actual).then_some(()).map_or(Some("the text differs".into()), |()| None)
}

fn lines(text: &str) -> Vec<&str> {
    text.trim_end().lines().map(str::trim_end).collect()
}

fn match_lines(expected: &[&str], actual: &[&str]) -> bool {
    match expected.split_first() {
        None => actual.is_empty(),
        Some((&"...", rest)) => (0..=actual.len()).any(|skip| match_lines(rest, &actual[skip..])),
        Some((line, rest)) => {
            actual.split_first().is_some_and(|(found, more)| text_matches(line, found) && match_lines(rest, more))
        }
    }
}

fn http(expected: &str, actual: &str) -> Option<String> {
    let (head, body) = expected.split_once("\n\n").unwrap_or((expected, ""));
    let (actual_head, actual_body) = actual.split_once("\n\n").unwrap_or((actual, ""));
    let mut wanted = head.lines();
    let status = wanted.next().unwrap_or_default().trim();
    if !text_matches(status, actual_head.lines().next().unwrap_or_default().trim()) {
        return Some("the status differs".into());
    }
    if let Some(missing) = wanted.find(|line| !actual_head.lines().any(|found| text_matches(line, found))) {
        return Some(format!("no header {missing}"));
    }
    difference(body, actual_body).map(|why| format!("the body: {why}"))
}

/// Whether a text has the form of a pattern.
pub(crate) fn text_matches(pattern: &str, text: &str) -> bool {
    type Hole = (&'static str, fn(&str) -> bool);
    const HOLES: [Hole; 7] = [
        ("<id>", |t| matches!(t.len(), 6 | 10) && t.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())),
        ("<date>", |t| t.len() == 25 && t.as_bytes()[10] == b'T' && t.ends_with("+00:00")),
        ("<uuid>", |t| t.len() == 36 && t.split('-').map(str::len).eq([8, 4, 4, 4, 12])),
        ("<requestId>", |t| t.len() == 16 && t.ends_with('=')),
        ("<number>", |t| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit())),
        ("<text>", |_| true),
        ("...", |_| true),
    ];
    let first =
        HOLES.iter().filter_map(|(name, fits)| pattern.find(name).map(|at| (at, *name, *fits))).min_by_key(|f| f.0);
    let Some((at, name, fits)) = first else { return pattern == text };
    let Some(rest) = text.strip_prefix(&pattern[..at]) else { return false };
    let ends = (0..=rest.len()).filter(|end| rest.is_char_boundary(*end));
    ends.into_iter().any(|end| fits(&rest[..end]) && text_matches(&pattern[at + name.len()..], &rest[end..]))
}

/// JSON with holes.
#[derive(Debug)]
enum Pattern {
    Any,
    Scalar(Value),
    Array(Vec<Self>, bool),
    Object(Vec<(String, Self)>, bool),
}

impl Pattern {
    /// `None` when the text is no JSON, holes apart.
    fn parse(text: &str) -> Option<Self> {
        let mut parser = Parser { text, at: 0 };
        let pattern = parser.pattern()?;
        parser.rest().is_empty().then_some(pattern)
    }

    fn mismatch(&self, value: &Value, path: &str) -> Option<String> {
        match (self, value) {
            (Self::Any, _) => None,
            (Self::Scalar(Value::String(pattern)), Value::String(text)) if text_matches(pattern, text) => None,
            (Self::Scalar(expected), actual) if expected == actual => None,
            (Self::Array(items, open), Value::Array(values)) => {
                if values.len() < items.len() || (!open && values.len() > items.len()) {
                    return Some(format!("{path} has {} elements", values.len()));
                }
                let mut pairs = items.iter().zip(values).enumerate();
                pairs.find_map(|(at, (item, value))| item.mismatch(value, &format!("{path}[{at}]")))
            }
            (Self::Object(members, open), Value::Object(values)) => {
                let unexpected = values.keys().find(|key| !members.iter().any(|(name, _)| name == *key));
                if let Some(key) = unexpected.filter(|_| !open) {
                    return Some(format!("{path} has a member {key}"));
                }
                members.iter().find_map(|(name, pattern)| match values.get(name) {
                    Some(value) => pattern.mismatch(value, &format!("{path}.{name}")),
                    None => Some(format!("{path} has no member {name}")),
                })
            }
            (_, actual) => Some(format!("{path} is {actual}")),
        }
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Parser<'a> {
    fn rest(&mut self) -> &'a str {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        &self.text[self.at..]
    }

    fn pass(&mut self, wanted: &str) -> bool {
        let found = self.rest().starts_with(wanted);
        self.at += if found { wanted.len() } else { 0 };
        found
    }

    fn pattern(&mut self) -> Option<Pattern> {
        if self.pass("...") {
            return Some(Pattern::Any);
        }
        if self.pass("[") {
            let (mut items, mut open) = (Vec::new(), false);
            while !self.pass("]") {
                if self.pass("...") {
                    open = true;
                } else {
                    items.push(self.pattern()?);
                }
                self.pass(",");
            }
            return Some(Pattern::Array(items, open));
        }
        if self.pass("{") {
            let (mut members, mut open) = (Vec::new(), false);
            while !self.pass("}") {
                if self.pass("...") {
                    open = true;
                } else {
                    let Value::String(name) = self.scalar()? else { return None };
                    if !self.pass(":") {
                        return None;
                    }
                    members.push((name, self.pattern()?));
                }
                self.pass(",");
            }
            return Some(Pattern::Object(members, open));
        }
        self.scalar().map(Pattern::Scalar)
    }

    fn scalar(&mut self) -> Option<Value> {
        let rest = self.rest();
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        let value = values.next()?.ok()?;
        self.at += values.byte_offset();
        Some(value)
    }
}

#[test]
fn an_expectation_that_is_wrong_in_any_part_is_noticed() {
    let check = |expected: &str, actual: &str, same: bool| {
        assert_eq!(difference(expected, actual).is_none(), same, "{expected} against {actual}");
    };
    check(r#"{"a": 1, ...}"#, r#"{"a":1,"b":2}"#, true);
    check(r#"{"a": 1}"#, r#"{"a":1,"b":2}"#, false);
    check(r#"{"a": 1, "c": ...}"#, r#"{"a":1,"b":2}"#, false);
    check(r#"{"id": "<id>", "at": "<date>"}"#, r#"{"id":"abc123","at":"2023-11-14T22:13:20+00:00"}"#, true);
    check(r#"{"id": "<id>"}"#, r#"{"id":"ABC123"}"#, false);
    check(r#"[1, ...]"#, "[1,2]", true);
    check(r#"[1]"#, "[1,2]", false);
    check(r#"[{"x": ...}, ...]"#, r#"[{"x":{"y":1}}]"#, true);
    check("a\n...\nd", "a\nb\nc\nd", true);
    check("a\n...\nd", "a\nb\nc", false);
    check("Bearer <text>!", "Bearer of news!", true);
    check("HTTP/2 200\na: <number>\n\n{\"x\": 1}", "HTTP/2 200\nb: c\na: 12\n\n{\"x\":1}", true);
    check("HTTP/2 200\na: x\n\n...", "HTTP/2 200\na: y\n\n", false);
    check("HTTP/2 200", "HTTP/2 403\n", false);
    check("", "anything", false);
}
