//! Literals: numbers, texts in quotes, lists, ranges, maps.

use super::ast::{Expr, Node};
use super::parser::{Parsed, Parser};
use std::rc::Rc;

impl Parser<'_, '_> {
    pub(super) fn number(&mut self) -> Parsed<Expr> {
        let start = self.at;
        if self.byte(self.at) == Some(b'-') {
            self.at += 1;
        }
        self.digits();
        let mut whole = true;
        // `1..3` is a range of whole numbers, not a fraction and a dot.
        if self.byte(self.at) == Some(b'.') && self.byte(self.at + 1) != Some(b'.') {
            whole = false;
            self.at += 1;
            self.digits();
        }
        if matches!(self.byte(self.at), Some(b'e' | b'E')) {
            let exponent = self.at;
            self.at += 1;
            if matches!(self.byte(self.at), Some(b'+' | b'-')) {
                self.at += 1;
            }
            if self.digits() == 0 {
                self.at = exponent;
            } else {
                whole = false;
            }
        }
        let text = self.slice(start, self.at);
        if let (true, Ok(int)) = (whole, text.parse()) {
            return Ok(Expr::Int(int));
        }
        text.parse().map(Expr::Float).map_err(|_| self.wrong(start, "This is not a number."))
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.byte(self.at).is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        self.at - start
    }

    pub(super) fn list(&mut self) -> Parsed<Expr> {
        let start = self.at;
        self.at += 1;
        let mut items = Vec::new();
        if self.byte(self.at) == Some(b']') {
            self.at += 1;
            return Ok(Expr::List(items.into()));
        }
        loop {
            items.push(self.parameter()?);
            self.skip_blanks();
            if items.len() == 1 && self.looking_at("..") {
                self.at += 2;
                items.push(self.parameter()?);
                self.skip_blanks();
                return match (self.byte(self.at), items.pop(), items.pop()) {
                    (Some(b']'), Some(last), Some(first)) => {
                        self.at += 1;
                        Ok(Expr::Range(Box::new((first, last))))
                    }
                    _ => Err(self.wrong(start, "This range is not closed with ].")),
                };
            }
            match self.byte(self.at) {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(Expr::List(items.into()));
                }
                _ => return Err(self.wrong(start, "This list is not closed with ].")),
            }
        }
    }

    pub(super) fn map(&mut self) -> Parsed<Expr> {
        let start = self.at;
        self.at += 1;
        self.skip_blanks();
        let mut pairs = Vec::new();
        if self.byte(self.at) == Some(b'}') {
            self.at += 1;
            return Ok(Expr::Map(pairs.into()));
        }
        loop {
            let key = self.parameter()?;
            self.skip_blanks();
            if self.byte(self.at) != Some(b':') {
                return Err(self.wrong(self.at, "A map needs a : between a key and its value."));
            }
            self.at += 1;
            pairs.push((key, self.parameter()?));
            self.skip_blanks();
            match self.byte(self.at) {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Expr::Map(pairs.into()));
                }
                _ => return Err(self.wrong(start, "This map is not closed with }.")),
            }
        }
    }

    /// Reads a string: a quote within it is written twice; in double quotes, references and directives work.
    pub(super) fn string(&mut self, quote: u8) -> Parsed<Expr> {
        let start = self.at + 1;
        let mut doubled = false;
        self.at = start;
        let end = loop {
            match self.byte(self.at) {
                None => return Err(self.wrong(start - 1, "This text is not closed with a quote.")),
                Some(byte) if byte != quote => self.at += 1,
                Some(_) if self.byte(self.at + 1) == Some(quote) => {
                    doubled = true;
                    self.at += 2;
                }
                Some(_) => break self.at,
            }
        };
        self.at = end + 1;
        let raw = self.slice(start, end);
        let escaped = quote == b'"' && raw.contains("\\u");
        let rewritten = (doubled || escaped).then(|| unquote(raw, char::from(quote)));
        let text = rewritten.as_deref().unwrap_or(raw);
        if quote == b'\'' || !text.contains(['$', '#']) {
            return Ok(Expr::Text(text.into()));
        }
        let shifted = match self.shifted {
            Some((offset, true)) => (offset, true),
            _ => (self.place(start), rewritten.is_some()),
        };
        let nesting = self.nesting;
        let mut inner = Parser {
            source: text,
            at: 0,
            shifted: Some(shifted),
            nesting,
            ended_at: 0,
            blank_run: 0,
            shared: &mut *self.shared,
        };
        let block = inner.template()?;
        // `"$.name"` only looks like it holds a reference.
        match &*block {
            [] => Ok(Expr::Text(Rc::from(""))),
            [Node::Text(text)] => Ok(Expr::Text(Rc::from(&**text))),
            _ => Ok(Expr::Interpolated(block)),
        }
    }
}

/// Returns the text of a string literal with doubled quotes and, in double quotes, `\uXXXX` escapes resolved.
fn unquote(raw: &str, quote: char) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(character) = rest.chars().next() {
        let mut taken = character.len_utf8();
        if character == quote {
            // A quote inside a literal always comes twice.
            taken *= 2;
        }
        let escaped = if quote == '"' { rest.strip_prefix("\\u").and_then(|code| code.get(..4)) } else { None };
        let unescaped = escaped.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        if unescaped.is_some() {
            taken = 6;
        }
        text.push(unescaped.unwrap_or(character));
        rest = rest.get(taken..).unwrap_or("");
    }
    text
}
