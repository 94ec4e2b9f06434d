//! Holds an answer against what is expected of it. JSON is compared by structure, other text line by line, an HTTP answer by its
//! status, the headers that are written down, and its body.
//!
//! In texts `<id>`, `<date>`, `<uuid>`, `<number>` stand for anything of their form, `<text>` and `...` for anything. A line
//! `...` stands for any number of lines, a bare `...` in JSON for any value, any more members, or any more elements.

use super::{
    json_pattern::JsonPattern,
    text_pattern::{Patience, text_matches},
};

/// Tells why an answer is not the expected one; `None` when it is.
pub fn difference(expected: &str, actual: &str) -> Option<String> {
    let mut patience = Patience::default();
    let found = compare(expected, actual, &mut patience);
    if patience.is_over() { Some("it takes too long to compare".to_owned()) } else { found }
}

fn compare(expected: &str, actual: &str, patience: &mut Patience) -> Option<String> {
    if let (Some(expected), Some(actual)) = (expected.strip_prefix("HTTP/2 "), actual.strip_prefix("HTTP/2 ")) {
        return compare_http(expected, actual, patience);
    }
    compare_body(expected, actual, patience)
}

fn compare_body(expected: &str, actual: &str, patience: &mut Patience) -> Option<String> {
    if let (Some(pattern), Ok(value)) = (JsonPattern::parse(expected), serde_json::from_str(actual)) {
        return pattern.mismatch(&value, "$", patience);
    }
    let matches = lines_match(&lines(expected), &lines(actual), patience);
    (!matches).then(|| "the text differs".to_owned())
}

fn compare_http(expected: &str, actual: &str, patience: &mut Patience) -> Option<String> {
    let (head, body) = expected.split_once("\n\n").unwrap_or((expected, ""));
    let (actual_head, actual_body) = actual.split_once("\n\n").unwrap_or((actual, ""));
    let mut wanted = head.lines();
    let status = wanted.next().unwrap_or_default().trim();
    if !text_matches(status, actual_head.lines().next().unwrap_or_default().trim(), patience) {
        return Some("the status differs".to_owned());
    }
    if let Some(missing) = wanted.find(|line| !actual_head.lines().any(|found| text_matches(line, found, patience))) {
        return Some(format!("no header {missing}"));
    }
    compare_body(body, actual_body, patience).map(|why| format!("the body: {why}"))
}

fn lines(text: &str) -> Vec<&str> {
    text.trim_end().lines().map(str::trim_end).collect()
}

/// Tells whether lines fit, of which `...` stands for any number: after each expected line it knows all places in the answer
/// that may be reached.
fn lines_match(expected: &[&str], actual: &[&str], patience: &mut Patience) -> bool {
    let mut reached = vec![false; actual.len() + 1];
    reached[0] = true;
    for line in expected {
        let mut next = vec![false; reached.len()];
        if *line == "..." {
            let first = reached.iter().position(|reached| *reached).unwrap_or(reached.len());
            next[first..].fill(true);
        } else {
            for (at, found) in actual.iter().enumerate() {
                next[at + 1] = reached[at] && text_matches(line, found, patience);
            }
        }
        reached = next;
        if !patience.spend(reached.len()) {
            return false;
        }
    }
    reached.last() == Some(&true)
}
