//! The AWS CLI's shorthand: `key=value,other=value`, lists as `key=a,b` or `key=[a,b]`, maps as `key={a=b}`.
//!
//! It gives JSON; which strings stand for numbers, booleans or lists of one is for `value` to say, which knows the types.

use super::steps;
use serde_json::{Map, Value};
use std::ops::Range;

/// Levels of `{}` and `[]`.
const DEEPEST: usize = 16;

/// What is wrong with a text in shorthand, and where, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) at: Range<usize>,
    pub(super) reason: String,
}

/// Reads `key=value,other=value`.
pub(super) fn parse(text: &str) -> Result<Map<String, Value>, Fault> {
    let mut parser = Parser { text, at: 0, depth: 0 };
    let mut out = Map::new();
    loop {
        let start = parser.at;
        let key = parser.key();
        parser.expect('=')?;
        let value = parser.values()?;
        if out.contains_key(&key) {
            let reason = format!("Second instance of key {key:?} encountered");
            return Err(Fault { at: start..start + key.len(), reason });
        }
        out.insert(key, value);
        parser.blanks();
        if parser.peek().is_none() {
            return Ok(out);
        }
        parser.expect(',')?;
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        steps::spend(1);
        self.rest().chars().next()
    }

    fn blanks(&mut self) {
        let count = self.rest().len() - self.rest().trim_start().len();
        steps::spend(count);
        self.at += count;
    }

    /// Passes a character with the blanks around it.
    fn expect(&mut self, wanted: char) -> Result<(), Fault> {
        self.blanks();
        if self.peek() == Some(wanted) {
            self.at += wanted.len_utf8();
            self.blanks();
            return Ok(());
        }
        let found = self.peek();
        let shown = found.map_or_else(|| "EOF".to_owned(), String::from);
        let at = self.at..self.at + found.map_or(0, char::len_utf8);
        Err(Fault { at, reason: format!("Expected: '{wanted}', received: '{shown}'") })
    }

    fn key(&mut self) -> String {
        let is_key = |b: &u8| b.is_ascii_alphanumeric() || b"-_.#/:".contains(b);
        let key = &self.rest()[..self.rest().bytes().take_while(|b| is_key(b)).count()];
        self.at += key.len();
        key.to_owned()
    }

    /// What stands after `key=`: a value, or several with commas between them.
    fn values(&mut self) -> Result<Value, Fault> {
        match self.peek() {
            None | Some(',') => return Ok(Value::from("")),
            Some('[' | '{') => return self.nested(),
            Some(_) => {}
        }
        let first = self.value(true)?;
        let mut all = vec![Value::from(first)];
        loop {
            let comma = self.at;
            self.blanks();
            if self.peek() != Some(',') {
                break;
            }
            self.at += 1;
            self.blanks();
            if self.next_is_key() {
                self.at = comma;
                break;
            }
            all.push(Value::from(self.value(false)?));
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Value::Array(all) })
    }

    /// Whether `key=` stands here rather than one more value of a list.
    fn next_is_key(&self) -> bool {
        let rest = self.rest().trim_start();
        let found = rest.find([',', '=', '"', '\'', '[', '{']);
        steps::spend(found.unwrap_or(rest.len()));
        match found {
            None => rest.is_empty(),
            Some(at) => rest.as_bytes().get(at) == Some(&b'='),
        }
    }

    /// A list in brackets or a map in braces.
    fn nested(&mut self) -> Result<Value, Fault> {
        let list = self.peek() == Some('[');
        if self.depth == DEEPEST {
            return Err(Fault { at: self.at..self.at + 1, reason: format!("more than {DEEPEST} levels deep") });
        }
        self.depth += 1;
        let (open, close) = if list { ('[', ']') } else { ('{', '}') };
        self.expect(open)?;
        let (mut items, mut members) = (Vec::new(), Map::new());
        while self.peek() != Some(close) {
            let key = if list { String::new() } else { self.key() };
            if !list {
                self.expect('=')?;
            }
            let value = match self.peek() {
                Some('[' | '{') => self.nested()?,
                Some(',') => Value::from(""),
                _ => Value::from(self.value(true)?),
            };
            if list {
                items.push(value);
            } else {
                members.insert(key, value);
            }
            self.blanks();
            if self.peek() != Some(close) {
                self.expect(',')?;
            }
        }
        self.at += 1;
        self.depth -= 1;
        Ok(if list { Value::Array(items) } else { Value::Object(members) })
    }

    /// One value, quoted or not. One that comes `first` after its `=` or in its brackets ends at a closing bracket, too, be
    /// there an open one or not; one more of a list does not. A `\,` is a comma of the value.
    fn value(&mut self, first: bool) -> Result<String, Fault> {
        if let Some(quote @ ('"' | '\'')) = self.peek() {
            return self.quoted(quote);
        }
        let mut out = String::new();
        let mut chars = self.rest().char_indices().peekable();
        let mut length = self.rest().len();
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' if chars.peek().is_some_and(|(_, next)| *next == ',') => {
                    chars.next();
                    out.push(',');
                }
                ',' => {
                    length = at;
                    break;
                }
                ']' | '}' if first => {
                    length = at;
                    break;
                }
                c => out.push(c),
            }
        }
        steps::spend(length);
        self.at += length;
        Ok(out.trim_end().to_owned())
    }

    fn quoted(&mut self, quote: char) -> Result<String, Fault> {
        let start = self.at;
        let mut out = String::new();
        let mut chars = self.rest().char_indices().skip(1).peekable();
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' if chars.peek().is_some_and(|(_, next)| *next == quote || *next == '\\') => {
                    out.extend(chars.next().map(|(_, next)| next));
                }
                c if c == quote => {
                    steps::spend(at);
                    self.at += at + 1;
                    return Ok(out);
                }
                c => out.push(c),
            }
        }
        Err(Fault { at: start..start + 1, reason: format!("Expected: '{quote}', received: 'EOF'") })
    }
}
