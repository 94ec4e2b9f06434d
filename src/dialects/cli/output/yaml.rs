//! `--output yaml`: values as YAML in blocks, names in order, as the AWS CLI writes them.
//!
//! Only version 2 of the AWS CLI knows this form, by the Python package ruamel.yaml: checked against that package (0.17.21),
//! *assumed* of the AWS CLI. Texts are folded at 80 columns; what YAML would read as something else is quoted.

use super::python_number;
use serde_json::{Map, Value};

/// The column after which a text is folded.
const WIDTH: usize = 80;
/// The longest name that stands on the line of its value.
const LONGEST_NAME: usize = 128;

/// Returns a value as a document, without a final line end.
pub(super) fn print(value: &Value) -> String {
    let mut writer = Writer::default();
    match value {
        Value::Array(items) if !items.is_empty() => writer.list(items, 0),
        Value::Object(members) if !members.is_empty() => writer.object(members, 0),
        other => {
            let plain = writer.scalar(other, 0);
            // A scalar without quotes has no end of its own.
            if plain {
                writer.out.push_str("\n...");
            }
        }
    }
    writer.out
}

/// Returns one value that is not nested, as it stands behind a name.
pub(super) fn print_scalar(value: &Value) -> String {
    let mut writer = Writer::default();
    writer.scalar(value, 0);
    writer.out
}

/// How a text is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Plain,
    Single,
    Double,
}

#[derive(Default)]
struct Writer {
    out: String,
    /// Characters since the last line end.
    column: usize,
}

impl Writer {
    fn put(&mut self, text: &str) {
        self.out.push_str(text);
        self.column += text.chars().count();
    }

    fn line(&mut self, indent: usize) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n(' ', indent));
        self.column = indent;
    }

    fn object(&mut self, members: &Map<String, Value>, indent: usize) {
        let mut sorted: Vec<(&String, &Value)> = members.iter().collect();
        crate::collections::sort_by(&mut sorted, |a, b| a.0.cmp(b.0));
        for (at, (name, value)) in sorted.into_iter().enumerate() {
            if at > 0 {
                self.line(indent);
            }
            if name.chars().count() < LONGEST_NAME && !name.contains('\n') {
                self.text(name, indent + 2, true);
            } else {
                self.put("? ");
                self.text(name, indent + 2, false);
                self.line(indent);
            }
            self.put(":");
            match value {
                // Lists are not indented below their name.
                Value::Array(items) if !items.is_empty() => {
                    self.line(indent);
                    self.list(items, indent);
                }
                Value::Object(inner) if !inner.is_empty() => {
                    self.line(indent + 2);
                    self.object(inner, indent + 2);
                }
                other => {
                    self.put(" ");
                    self.scalar(other, indent + 2);
                }
            }
        }
    }

    fn list(&mut self, items: &[Value], indent: usize) {
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                self.line(indent);
            }
            self.put("- ");
            match item {
                Value::Array(inner) if !inner.is_empty() => self.list(inner, indent + 2),
                Value::Object(inner) if !inner.is_empty() => self.object(inner, indent + 2),
                other => {
                    self.scalar(other, indent + 2);
                }
            }
        }
    }

    /// Writes what is not nested; answers whether it is plain.
    fn scalar(&mut self, value: &Value, indent: usize) -> bool {
        match value {
            Value::String(string) => return self.text(string, indent, false),
            Value::Number(number) => self.put(&python_number(number)),
            // An empty list ends by its own bracket.
            Value::Array(_) | Value::Object(_) => {
                self.put(&value.to_string());
                return false;
            }
            other => self.put(&other.to_string()),
        }
        true
    }

    fn text(&mut self, text: &str, indent: usize, name: bool) -> bool {
        let style = style(text);
        match style {
            Style::Plain if name => self.put(text),
            Style::Plain => self.plain(text, indent),
            Style::Single => self.single(text, indent, !name),
            Style::Double => self.double(text, indent, !name),
        }
        style == Style::Plain
    }

    /// Writes a text without quotes; a single blank beyond the width becomes a line end.
    fn plain(&mut self, text: &str, indent: usize) {
        for run in runs(text) {
            match run {
                " " if self.column > WIDTH => self.line(indent),
                run => self.put(run),
            }
        }
    }

    fn single(&mut self, text: &str, indent: usize, folds: bool) {
        self.put("'");
        let mut left = text.len();
        for run in runs(text) {
            let first = left == text.len();
            left -= run.len();
            match run {
                " " if folds && self.column > WIDTH && !first && left > 0 => self.line(indent),
                run => self.put(&run.replace('\'', "''")),
            }
        }
        self.put("'");
    }

    fn double(&mut self, text: &str, indent: usize, folds: bool) {
        self.put("\"");
        // What is not written yet counts for the width, too.
        let mut waiting = String::new();
        let count = text.chars().count();
        for (at, c) in text.chars().enumerate() {
            let escape = escape(c);
            if let Some(escape) = &escape {
                self.put(&std::mem::take(&mut waiting));
                self.put(escape);
            }
            let long = self.column + waiting.chars().count() > WIDTH;
            if folds && 0 < at && at + 1 < count && (c == ' ' || escape.is_some()) && long {
                self.put(&std::mem::take(&mut waiting));
                self.put("\\");
                self.line(indent);
                let next = if escape.is_some() { text.chars().nth(at + 1) } else { Some(c) };
                if next == Some(' ') {
                    self.put("\\");
                }
            }
            if escape.is_none() {
                waiting.push(c);
            }
        }
        self.put(&waiting);
        self.put("\"");
    }
}

/// Blanks and what stands between them, in turn.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let blank = rest.chars().next()? == ' ';
        let end = rest.find(|c| (c == ' ') != blank).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        Some(run)
    })
}

/// Returns how a text has to be written to be read back.
fn style(text: &str) -> Style {
    let Some(first) = text.chars().next() else { return Style::Single };
    if text.chars().any(|c| escape(c).is_some() && !"\"\\".contains(c)) {
        return Style::Double;
    }
    let after = text.chars().nth(1);
    let leading = "#,[]{}&*!|>'\"%@` ".contains(first) || "?:-".contains(first) && after.is_none_or(|c| c == ' ');
    let breaks = text.contains(": ") || text.contains(" #") || text.ends_with([':', ' ']);
    let document = text.starts_with("---") || text.starts_with("...");
    match leading || breaks || document || is_other(text) {
        false => Style::Plain,
        true if text.contains('\'') => Style::Double,
        true => Style::Single,
    }
}

/// Tells whether YAML 1.2 reads a text as a number, a date, a boolean or nothing.
fn is_other(text: &str) -> bool {
    let words = ["true", "True", "TRUE", "false", "False", "FALSE", "null", "Null", "NULL", "~", "<<", "="];
    let bare = text.strip_prefix(['+', '-']).unwrap_or(text);
    let number = words.contains(&text)
        || [".inf", ".Inf", ".INF"].contains(&bare)
        || [".nan", ".NaN", ".NAN"].contains(&text)
        || is_whole(bare) && !text.starts_with('_')
        || is_fraction(bare);
    number || is_date(text)
}

fn all(text: &str, allowed: impl Fn(u8) -> bool) -> bool {
    !text.is_empty() && text.bytes().all(|b| b == b'_' || allowed(b))
}

fn is_whole(text: &str) -> bool {
    let after = |prefix: &str| text.strip_prefix(prefix).unwrap_or_default();
    let octal = |b: u8| (b'0'..=b'7').contains(&b);
    all(text, |b| b.is_ascii_digit())
        || all(after("0b"), |b| b == b'0' || b == b'1')
        || all(after("0o"), octal)
        || all(after("0x"), |b| b.is_ascii_hexdigit())
}

fn is_fraction(text: &str) -> bool {
    let (number, exponent) = match text.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, Some(exponent)),
        None => (text, None),
    };
    let digits = exponent.map(|exponent| exponent.strip_prefix(['+', '-']).unwrap_or(exponent));
    let signed = exponent.is_none_or(|exponent| exponent.starts_with(['+', '-']));
    let exponent_fits = digits.is_none_or(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()));
    let starts = number.starts_with(|c: char| c.is_ascii_digit());
    exponent_fits
        && match number.split_once('.') {
            Some((whole, part)) if starts => {
                all(whole, |b| b.is_ascii_digit()) && (part.is_empty() || all(part, |b| b.is_ascii_digit()))
            }
            Some(("", part)) => all(part, |b| b.is_ascii_digit()) && signed,
            Some(_) => false,
            None => exponent.is_some() && starts && all(number, |b| b.is_ascii_digit()),
        }
}

/// Tells whether a text is a date such as `2023-11-14`, with or without a time after it.
fn is_date(text: &str) -> bool {
    let form = |(at, b): (usize, u8)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() };
    let date = text.len() >= 10 && text.bytes().take(10).enumerate().all(form);
    let time = text.get(11..19).unwrap_or_default();
    let clock = |(at, b): (usize, u8)| if at == 2 || at == 5 { b == b':' } else { b.is_ascii_digit() };
    date && (text.len() == 10
        || text.get(10..11).is_some_and(|c| "Tt ".contains(c))
            && time.len() == 8
            && time.bytes().enumerate().all(clock))
}

/// Returns a character as it stands in double quotes, when it can not stand for itself.
fn escape(c: char) -> Option<String> {
    let name = match c {
        '\0' => '0',
        '\u{7}' => 'a',
        '\u{8}' => 'b',
        '\t' => 't',
        '\n' => 'n',
        '\u{b}' => 'v',
        '\u{c}' => 'f',
        '\r' => 'r',
        '\u{1b}' => 'e',
        '"' | '\\' => c,
        '\u{85}' => 'N',
        '\u{2028}' => 'L',
        '\u{2029}' => 'P',
        '\u{feff}' | '\u{fffe}' | '\u{ffff}' => return Some(format!("\\u{:04X}", u32::from(c))),
        c if c < ' ' || ('\u{7f}'..'\u{a0}').contains(&c) => return Some(format!("\\x{:02X}", u32::from(c))),
        _ => return None,
    };
    Some(format!("\\{name}"))
}
