//! The AWS CLI's shorthand: `key=value,other=value`, lists as `key=a,b` or `key=[a,b]`, maps as `key={a=b}`.
//!
//! It gives JSON; which strings stand for numbers, booleans or lists of one is for `value` to say, which knows the types. What
//! is taken for a value, and where it ends, is as in the AWS CLI's own reader, its oddities included (recorded).

use super::steps;
use serde_json::{Map, Value};
use std::ops::Range;

/// Levels of `{}` and `[]`.
const DEEPEST: usize = 16;

/// The fault of a text in shorthand, and its place, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) at: Range<usize>,
    pub(super) reason: String,
    /// A line more about it.
    pub(super) advice: &'static str,
}

impl Fault {
    /// Returns the AWS CLI's text: the reason, the input up to the end of its line, and a mark below the place.
    pub(super) fn text(&self, input: &str) -> String {
        let start = self.at.start.min(input.len());
        let (before, after) = input.split_at_checked(start).unwrap_or((input, ""));
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        let (rest, more) = after.split_at(after.find('\n').unwrap_or(after.len()));
        let column = before[line..].chars().count();
        format!("{} for input:\n{before}{rest}\n{:column$}^{more}{}", self.reason, "", self.advice)
    }
}

/// Reads `key=value,other=value`.
pub(super) fn parse(text: &str) -> Result<Map<String, Value>, Fault> {
    let mut parser = Parser { text, at: 0, depth: 0 };
    let mut out = Map::new();
    loop {
        let start = parser.at;
        let key = parser.key();
        parser.spaced('=')?;
        let value = parser.values()?;
        if out.contains_key(&key) {
            let reason = format!("Second instance of key \"{key}\" encountered");
            let advice = "\nThis is often because there is a preceding \",\" instead of a space.";
            return Err(Fault { at: start..start + key.len(), reason, advice });
        }
        out.insert(key, value);
        if parser.peek().is_none() {
            return Ok(out);
        }
        parser.spaced(',')?;
    }
}

/// The characters that may stand in a value without quotes: at its beginning, and then.
type Allowed = fn(char) -> bool;

fn begins(c: char) -> bool {
    is_shown(c) && !"\"',=[{".contains(c) && !c.is_whitespace()
}

/// Tells whether a value goes on that comes first after its `=` or in its brackets: it ends at a closing bracket, be
/// there an open one or not.
fn goes_on_first(c: char) -> bool {
    is_shown(c) && !"\"',]}".contains(c)
}

/// Tells whether one more value of a list goes on: it ends at `=`, where what seemed to be a value is the next key.
fn goes_on_second(c: char) -> bool {
    is_shown(c) && !"\"',=".contains(c)
}

/// Characters beyond the first plane need quotes there, too.
fn is_shown(c: char) -> bool {
    c.is_whitespace() || ('!'..='\u{ffff}').contains(&c)
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
        let rest = self.rest();
        let count = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r', '\u{b}', '\u{c}']).len();
        steps::spend(count);
        self.at += count;
    }

    fn fault(&self, length: usize, reason: String) -> Fault {
        Fault { at: self.at..self.at + length, reason, advice: "" }
    }

    /// Passes a character.
    fn expect(&mut self, wanted: char) -> Result<(), Fault> {
        let found = self.peek();
        if found == Some(wanted) {
            self.at += wanted.len_utf8();
            return Ok(());
        }
        let shown = found.map_or_else(|| "EOF".to_owned(), String::from);
        Err(self.fault(found.map_or(0, char::len_utf8), format!("Expected: '{wanted}', received: '{shown}'")))
    }

    /// Passes a character with the blanks around it.
    fn spaced(&mut self, wanted: char) -> Result<(), Fault> {
        self.blanks();
        self.expect(wanted)?;
        self.blanks();
        Ok(())
    }

    fn key(&mut self) -> String {
        let is_key = |b: &u8| b.is_ascii_alphanumeric() || b"-_.#/:".contains(b);
        let key = &self.rest()[..self.rest().bytes().take_while(|b| is_key(b)).count()];
        steps::spend(key.len());
        self.at += key.len();
        key.to_owned()
    }

    /// Reads what stands after `key=`: a value, or several with commas between them.
    fn values(&mut self) -> Result<Value, Fault> {
        match self.peek() {
            None => return Ok(Value::from("")),
            Some('[' | '{') => return self.nested(),
            Some(_) => {}
        }
        let mut all = vec![Value::from(self.first()?)];
        self.blanks();
        if self.peek() == Some(',') {
            self.spaced(',')?;
            self.more(&mut all)?;
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Value::Array(all) })
    }

    /// Reads the values of a list after its first one, up to the comma before what turns out to be a key.
    fn more(&mut self, all: &mut Vec<Value>) -> Result<(), Fault> {
        loop {
            let read = self.second().and_then(|value| {
                self.blanks();
                match self.peek() {
                    None => Ok((value, true)),
                    Some(_) => self.spaced(',').map(|()| (value, false)),
                }
            });
            match read {
                Ok((value, last)) => {
                    all.push(value.into());
                    if last {
                        return Ok(());
                    }
                }
                Err(fault) if self.peek().is_none() => return Err(fault),
                Err(_) => {
                    self.at = self.text[..self.at].rfind(',').unwrap_or(0);
                    return Ok(());
                }
            }
        }
    }

    /// Reads a list in brackets or a map in braces.
    fn nested(&mut self) -> Result<Value, Fault> {
        let list = self.peek() == Some('[');
        if self.depth == DEEPEST {
            return Err(self.fault(1, format!("more than {DEEPEST} levels deep")));
        }
        self.depth += 1;
        let (open, close) = if list { ('[', ']') } else { ('{', '}') };
        self.spaced(open)?;
        let (mut items, mut members) = (Vec::new(), Map::new());
        while self.peek() != Some(close) {
            let key = if list { String::new() } else { self.key() };
            if !list {
                self.spaced('=')?;
            }
            let value = match self.peek() {
                Some('[' | '{') => self.nested()?,
                _ => Value::from(self.first()?),
            };
            self.blanks();
            if self.peek() != Some(close) {
                self.expect(',')?;
                self.blanks();
            }
            if list {
                items.push(value);
            } else {
                members.insert(key, value);
            }
        }
        self.at += 1;
        self.depth -= 1;
        Ok(if list { Value::Array(items) } else { Value::Object(members) })
    }

    /// Reads a value, quoted or not; an empty one where none can begin.
    fn first(&mut self) -> Result<String, Fault> {
        match self.peek() {
            Some(quote @ ('"' | '\'')) => self.quoted(quote),
            _ => Ok(self.plain(goes_on_first).unwrap_or_default()),
        }
    }

    /// Reads one more value of a list.
    fn second(&mut self) -> Result<String, Fault> {
        match self.peek() {
            Some(quote @ ('"' | '\'')) => self.quoted(quote),
            _ => self
                .plain(goes_on_second)
                .ok_or_else(|| self.fault(0, "Expected: '<second>', received: '<none>'".to_owned())),
        }
    }

    /// Reads a value without quotes. A `\,` is a comma of the value.
    fn plain(&mut self, goes_on: Allowed) -> Option<String> {
        let rest = self.rest();
        let mut out = String::new();
        let mut length = 0;
        let mut allowed: Allowed = begins;
        while let Some(c) = rest[length..].chars().next() {
            if rest[length..].starts_with("\\,") {
                out.push(',');
                length += 2;
            } else if allowed(c) {
                out.push(c);
                length += c.len_utf8();
            } else {
                break;
            }
            allowed = goes_on;
        }
        steps::spend(length);
        self.at += length;
        (length > 0).then(|| out.trim_end().to_owned())
    }

    fn quoted(&mut self, quote: char) -> Result<String, Fault> {
        let rest = self.rest();
        let mut end = None;
        let mut last_escaped = None;
        let mut chars = rest.char_indices().skip(1).peekable();
        while let Some((at, c)) = chars.next() {
            if c == '\\' {
                match chars.peek().copied() {
                    Some((at, next)) if next == quote => {
                        last_escaped = Some(at);
                        chars.next();
                    }
                    Some((_, '\\')) => drop(chars.next()),
                    _ => {}
                }
            } else if c == quote {
                end = Some(at);
                break;
            }
        }
        steps::spend(end.unwrap_or(rest.len()));
        // A quote after a backslash ends the value when no other does.
        let Some(end) = end.or(last_escaped) else {
            let name = if quote == '"' { "double quoted" } else { "singled quoted" };
            return Err(self.fault(1, format!("Expected: '<{name}>', received: '<none>'")));
        };
        self.at += end + 1;
        let escaped = ['\\', quote].iter().collect::<String>();
        Ok(rest[1..end].replace(&escaped, &quote.to_string()).replace("\\\\", "\\"))
    }
}
