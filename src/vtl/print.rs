//! Values as text: Java's `toString` for maps and numbers, JSON for lists that came from JSON.
//!
//! Recorded from AWS: a map prints `{foo=bar}`, a list of the payload prints `[{"foo":"bar"}]`, also inside a map.

use super::Fault;
use super::value::{Map, Value};
use std::fmt::Write as _;

/// The most levels of lists and maps that print; a list that holds itself ends here.
///
/// JSON that is read nests less deeply, so it can be printed again.
const MAX_DEPTH: u32 = 130;

struct Printer<'a> {
    out: &'a mut String,
    max_bytes: usize,
}

/// Appends the text of a value, as a template shows it; nothing for `Null` and for blocks.
///
/// # Errors
/// `out` would pass `max_bytes`, or the value nests too deeply.
pub(super) fn value(value: &Value, out: &mut String, max_bytes: usize) -> Result<(), Fault> {
    if matches!(value, Value::Null) {
        return Ok(());
    }
    Printer { out, max_bytes }.java(value, MAX_DEPTH)
}

/// Appends the JSON text of a value.
///
/// # Errors
/// `out` would pass `max_bytes`, or the value nests too deeply.
pub(super) fn json(value: &Value, out: &mut String, max_bytes: usize) -> Result<(), Fault> {
    Printer { out, max_bytes }.json(value, MAX_DEPTH)
}

/// Writes a number with a fraction as Java's `Double.toString` does.
pub(super) fn java_float(float: f64, out: &mut String) {
    // Writing to a String never fails.
    let magnitude = float.abs();
    if float.is_nan() {
        out.push_str("NaN");
    } else if float.is_infinite() {
        out.push_str(if float > 0.0 { "Infinity" } else { "-Infinity" });
    } else if float == 0.0 || (1e-3..1e7).contains(&magnitude) {
        let _ = write!(out, "{float:?}");
    } else {
        let text = format!("{float:E}");
        let (mantissa, exponent) = text.split_once('E').unwrap_or((&text, "0"));
        out.push_str(mantissa);
        if !mantissa.contains('.') {
            out.push_str(".0");
        }
        out.push('E');
        out.push_str(exponent);
    }
}

/// Appends a JSON string, quotes and all.
pub(super) fn json_string(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            control if control < ' ' => {
                let _ = write!(out, "\\u{:04x}", u32::from(control));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

impl Printer<'_> {
    fn room(&self, bytes: usize) -> Result<(), Fault> {
        if self.out.len().saturating_add(bytes) > self.max_bytes { Err(Fault::too_large()) } else { Ok(()) }
    }

    fn push(&mut self, text: &str) -> Result<(), Fault> {
        self.room(text.len())?;
        self.out.push_str(text);
        Ok(())
    }

    fn deeper(depth: u32) -> Result<u32, Fault> {
        depth.checked_sub(1).ok_or_else(|| Fault {
            kind: super::RenderErrorKind::TooDeep,
            message: "A list or map nests too deeply to be printed.".to_owned(),
        })
    }

    fn java(&mut self, value: &Value, depth: u32) -> Result<(), Fault> {
        let depth = Self::deeper(depth)?;
        match value {
            Value::Null => self.push("null"),
            Value::Block(_) => Ok(()),
            Value::Bool(true) => self.push("true"),
            Value::Bool(false) => self.push("false"),
            Value::Int(int) => self.int(*int),
            Value::Float(float) => self.float(*float),
            Value::Str(text) => self.push(text),
            Value::List(list) if list.is_json() => self.json_list(&list.items(), depth),
            Value::List(list) => self.java_list(&list.items(), depth),
            Value::Map(map) => self.java_map(map, depth),
            Value::Object(object) => match object.pair() {
                Some((key, value)) => self.pair(&key, &value, depth),
                None if object.whole_number().is_some() => self.large(object.whole_number()),
                None => match object.as_value() {
                    Value::Null => Ok(()),
                    other => self.java(&other, depth),
                },
            },
        }
    }

    fn int(&mut self, int: i64) -> Result<(), Fault> {
        self.room(20)?;
        let _ = write!(self.out, "{int}");
        Ok(())
    }

    fn large(&mut self, number: Option<u64>) -> Result<(), Fault> {
        self.push(&number.map(|number| number.to_string()).unwrap_or_default())
    }

    fn float(&mut self, float: f64) -> Result<(), Fault> {
        self.room(32)?;
        java_float(float, self.out);
        Ok(())
    }

    fn java_list(&mut self, items: &[Value], depth: u32) -> Result<(), Fault> {
        self.push("[")?;
        for (place, item) in items.iter().enumerate() {
            if place > 0 {
                self.push(", ")?;
            }
            self.java(item, depth)?;
        }
        self.push("]")
    }

    fn java_map(&mut self, map: &Map, depth: u32) -> Result<(), Fault> {
        self.push("{")?;
        let mut place = 0;
        while let Some((key, value)) = map.pair_at(place) {
            if place > 0 {
                self.push(", ")?;
            }
            self.pair(&key, &value, depth)?;
            place += 1;
        }
        self.push("}")
    }

    fn pair(&mut self, key: &str, value: &Value, depth: u32) -> Result<(), Fault> {
        self.push(key)?;
        self.push("=")?;
        self.java(value, depth)
    }

    fn json(&mut self, value: &Value, depth: u32) -> Result<(), Fault> {
        let depth = Self::deeper(depth)?;
        match value {
            Value::Null | Value::Block(_) => self.push("null"),
            Value::Bool(true) => self.push("true"),
            Value::Bool(false) => self.push("false"),
            Value::Int(int) => self.int(*int),
            Value::Float(float) if float.is_finite() => self.float(*float),
            Value::Float(_) => self.push("null"),
            Value::Str(text) => self.json_text(text),
            Value::List(list) => self.json_list(&list.items(), depth),
            Value::Map(map) => self.json_map(map, depth),
            Value::Object(object) => match object.pair() {
                Some((key, value)) => {
                    let mut text = String::new();
                    Printer { out: &mut text, max_bytes: self.max_bytes }.pair(&key, &value, depth)?;
                    self.json_text(&text)
                }
                None if object.whole_number().is_some() => self.large(object.whole_number()),
                None => self.json(&object.as_value(), depth),
            },
        }
    }

    fn json_text(&mut self, text: &str) -> Result<(), Fault> {
        self.room(text.len() + 2)?;
        json_string(text, self.out);
        self.room(0)
    }

    fn json_list(&mut self, items: &[Value], depth: u32) -> Result<(), Fault> {
        self.push("[")?;
        for (place, item) in items.iter().enumerate() {
            if place > 0 {
                self.push(",")?;
            }
            self.json(item, depth)?;
        }
        self.push("]")
    }

    fn json_map(&mut self, map: &Map, depth: u32) -> Result<(), Fault> {
        self.push("{")?;
        let mut place = 0;
        while let Some((key, value)) = map.pair_at(place) {
            if place > 0 {
                self.push(",")?;
            }
            self.json_text(&key)?;
            self.push(":")?;
            self.json(&value, depth)?;
            place += 1;
        }
        self.push("}")
    }
}
