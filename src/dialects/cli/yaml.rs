//! Values as YAML in blocks, as the AWS CLI writes them.

use serde_json::Value;

/// A value as a document, without a final line end.
pub(super) fn print(value: &Value) -> String {
    let mut out = String::new();
    match value {
        Value::Array(items) if !items.is_empty() => list(items, 0, &mut out),
        Value::Object(members) if !members.is_empty() => object(members, 0, &mut out),
        other => out.push_str(&scalar(other)),
    }
    out.truncate(out.trim_end_matches('\n').len());
    out
}

fn object(members: &serde_json::Map<String, Value>, indent: usize, out: &mut String) {
    for (at, (name, value)) in members.iter().enumerate() {
        if at > 0 {
            blanks(indent, out);
        }
        out.push_str(&text(name));
        out.push(':');
        match value {
            // Lists are not indented below their name.
            Value::Array(items) if !items.is_empty() => {
                out.push('\n');
                blanks(indent, out);
                list(items, indent, out);
            }
            Value::Object(inner) if !inner.is_empty() => {
                out.push('\n');
                blanks(indent + 2, out);
                object(inner, indent + 2, out);
            }
            other => {
                out.push(' ');
                out.push_str(&scalar(other));
                out.push('\n');
            }
        }
    }
}

fn list(items: &[Value], indent: usize, out: &mut String) {
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            blanks(indent, out);
        }
        out.push_str("- ");
        match item {
            Value::Array(inner) if !inner.is_empty() => list(inner, indent + 2, out),
            Value::Object(inner) if !inner.is_empty() => object(inner, indent + 2, out),
            other => {
                out.push_str(&scalar(other));
                out.push('\n');
            }
        }
    }
}

fn blanks(indent: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', indent));
}

fn scalar(value: &Value) -> String {
    match value {
        Value::String(string) => text(string),
        other => other.to_string(),
    }
}

/// A text as it stands where YAML would read it as that text, else in quotes.
fn text(text: &str) -> String {
    if text.chars().any(|c| c.is_control()) {
        return Value::from(text).to_string();
    }
    let first = text.chars().next();
    let marks = |c: char| "-?:,[]{}#&*!|>'\"%@` ".contains(c);
    let looks_otherwise = text.parse::<f64>().is_ok()
        || ["true", "false", "null", "yes", "no", "on", "off", "~"].iter().any(|word| text.eq_ignore_ascii_case(word))
        || looks_like_a_date(text);
    let breaks = text.contains(": ") || text.contains(" #") || text.ends_with([':', ' ']);
    if first.is_none_or(marks) || looks_otherwise || breaks {
        return format!("'{}'", text.replace('\'', "''"));
    }
    text.to_owned()
}

fn looks_like_a_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 10
        && bytes[..10]
            .iter()
            .enumerate()
            .all(|(at, b)| if at == 4 || at == 7 { *b == b'-' } else { b.is_ascii_digit() })
}
