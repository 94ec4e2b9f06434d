//! Paths and filters from text.

use super::filter::{Comparison, Filter, Operand};
use super::{JsonPathError, Segment};
use serde_json::Value;

/// The longest path, in bytes.
const MAX_PATH_BYTES: usize = 4_096;

/// The most levels of filters.
const MAX_NESTING: u32 = 16;

/// Parses a whole path.
pub(super) fn parse(path: &str) -> Result<Vec<Segment>, JsonPathError> {
    let mut parser = Parser { path, at: 0, nesting: 0 };
    if path.len() > MAX_PATH_BYTES {
        return Err(parser.wrong("The path is too long."));
    }
    parser.skip_blanks();
    let mut segments = Vec::new();
    if !parser.take("$") && parser.byte().is_some_and(|byte| byte != b'.' && byte != b'[') {
        segments.push(parser.name()?);
    }
    parser.segments(&mut segments)?;
    parser.skip_blanks();
    if parser.at < path.len() {
        return Err(parser.wrong("The path can't be read from here on."));
    }
    Ok(segments)
}

type Parsed<T> = Result<T, JsonPathError>;

struct Parser<'p> {
    path: &'p str,
    at: usize,
    nesting: u32,
}

impl<'p> Parser<'p> {
    fn byte(&self) -> Option<u8> {
        self.path.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, text: &str) -> bool {
        let found = self.path.get(self.at..).is_some_and(|rest| rest.starts_with(text));
        if found {
            self.at += text.len();
        }
        found
    }

    fn skip_blanks(&mut self) {
        while matches!(self.byte(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn wrong(&self, message: &str) -> JsonPathError {
        JsonPathError { message: message.to_owned(), offset: self.at }
    }

    fn expect(&mut self, text: &str, message: &str) -> Parsed<()> {
        self.skip_blanks();
        if self.take(text) { Ok(()) } else { Err(self.wrong(message)) }
    }

    /// Reads the segments from here on, as far as there are any.
    fn segments(&mut self, segments: &mut Vec<Segment>) -> Parsed<()> {
        loop {
            if self.take("..") {
                segments.push(Segment::Descend);
                if self.byte() != Some(b'[') {
                    let segment = self.name_or_star()?;
                    segments.push(segment);
                }
            } else if self.take(".") {
                let segment = self.name_or_star()?;
                let is_length = segment == Segment::Length;
                segments.push(segment);
                if is_length {
                    return Ok(());
                }
            } else if self.take("[") {
                let segment = self.bracket()?;
                segments.push(segment);
            } else {
                return Ok(());
            }
        }
    }

    fn name_or_star(&mut self) -> Parsed<Segment> {
        if self.take("*") { Ok(Segment::Everything) } else { self.name() }
    }

    /// Reads a bare name, or `length()`.
    fn name(&mut self) -> Parsed<Segment> {
        let rest = self.path.get(self.at..).unwrap_or("");
        let length = rest
            .find(|character: char| !(character.is_alphanumeric() || matches!(character, '_' | '-' | '$' | '@' | ':')))
            .unwrap_or(rest.len());
        let name = rest.get(..length).unwrap_or("");
        if name.is_empty() {
            return Err(self.wrong("A name is expected here."));
        }
        self.at += length;
        if !self.take("()") {
            return Ok(Segment::Name(name.into()));
        }
        match name {
            "length" | "size" => Ok(Segment::Length),
            _ => Err(self.wrong("length() is the only function of paths here.")),
        }
    }

    /// Returns what stands in brackets, after the `[`.
    fn bracket(&mut self) -> Parsed<Segment> {
        self.skip_blanks();
        let segment = match self.byte() {
            Some(b'*') => {
                self.at += 1;
                Segment::Everything
            }
            Some(b'?') => {
                self.at += 1;
                self.expect("(", "A filter is written [?( … )].")?;
                let filter = self.filter()?;
                self.expect(")", "This filter is not closed with ).")?;
                Segment::Filter(filter)
            }
            Some(b'\'' | b'"') => self.names()?,
            Some(b'0'..=b'9' | b'-' | b':') => self.numbers()?,
            _ => return Err(self.wrong("Brackets hold a name in quotes, a number, * or a filter.")),
        };
        self.expect("]", "This [ is not closed with ].")?;
        Ok(segment)
    }

    fn names(&mut self) -> Parsed<Segment> {
        let first = self.quoted()?;
        let mut names: Vec<Box<str>> = Vec::new();
        loop {
            self.skip_blanks();
            if !self.take(",") {
                break;
            }
            self.skip_blanks();
            names.push(self.quoted()?.into());
        }
        if names.is_empty() {
            return Ok(Segment::Name(first.into()));
        }
        names.insert(0, first.into());
        Ok(Segment::Names(names))
    }

    fn numbers(&mut self) -> Parsed<Segment> {
        let first = self.integer()?;
        self.skip_blanks();
        if self.take(":") {
            self.skip_blanks();
            let to = self.integer()?;
            return Ok(Segment::Slice { from: first, to });
        }
        let Some(first) = first else { return Err(self.wrong("A number is expected here.")) };
        let mut indexes = vec![first];
        while self.take(",") {
            self.skip_blanks();
            let Some(index) = self.integer()? else { return Err(self.wrong("A number is expected here.")) };
            indexes.push(index);
            self.skip_blanks();
        }
        Ok(if indexes.len() == 1 { Segment::Index(first) } else { Segment::Indexes(indexes) })
    }

    fn integer(&mut self) -> Parsed<Option<i64>> {
        let start = self.at;
        let _ = self.take("-");
        while self.byte().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        match self.path.get(start..self.at).unwrap_or("") {
            "" => Ok(None),
            digits => digits.parse().map(Some).map_err(|_| self.wrong("This is not a whole number.")),
        }
    }

    /// Reads a text in quotes; a backslash takes the next character as it is.
    fn quoted(&mut self) -> Parsed<String> {
        let quote = match self.byte() {
            Some(b'\'') => '\'',
            Some(b'"') => '"',
            _ => return Err(self.wrong("A name in quotes is expected here.")),
        };
        let mut text = String::new();
        let mut characters = self.path.get(self.at + 1..).unwrap_or("").char_indices();
        while let Some((place, character)) = characters.next() {
            if character == quote {
                self.at += place + 2;
                return Ok(text);
            }
            let escaped = (character == '\\').then(|| characters.next()).flatten();
            text.push(escaped.map_or(character, |(_, escaped)| escaped));
        }
        Err(self.wrong("This text is not closed with a quote."))
    }

    // Filters.

    fn filter(&mut self) -> Parsed<Filter> {
        self.nesting += 1;
        if self.nesting > MAX_NESTING {
            return Err(self.wrong("The filter nests too deeply."));
        }
        let mut any = vec![self.conjunction()?];
        self.skip_blanks();
        while self.take("||") {
            any.push(self.conjunction()?);
            self.skip_blanks();
        }
        self.nesting -= 1;
        Ok(Filter::Any(any))
    }

    fn conjunction(&mut self) -> Parsed<Filter> {
        let mut all = vec![self.test()?];
        self.skip_blanks();
        while self.take("&&") {
            all.push(self.test()?);
            self.skip_blanks();
        }
        Ok(Filter::All(all))
    }

    fn test(&mut self) -> Parsed<Filter> {
        self.skip_blanks();
        if self.take("!") {
            self.nesting += 1;
            if self.nesting > MAX_NESTING {
                return Err(self.wrong("The filter nests too deeply."));
            }
            let inner = self.test()?;
            self.nesting -= 1;
            return Ok(Filter::Not(Box::new(inner)));
        }
        if self.take("(") {
            let inner = self.filter()?;
            self.expect(")", "This ( is not closed with ).")?;
            return Ok(inner);
        }
        let left = self.operand()?;
        self.skip_blanks();
        let comparisons = [
            ("==", Comparison::Equal),
            ("!=", Comparison::NotEqual),
            ("<=", Comparison::LessOrEqual),
            (">=", Comparison::GreaterOrEqual),
            ("<", Comparison::Less),
            (">", Comparison::Greater),
        ];
        for (sign, comparison) in comparisons {
            if self.take(sign) {
                let right = self.operand()?;
                return Ok(Filter::Compare(left, comparison, right));
            }
        }
        Ok(Filter::Exists(left))
    }

    fn operand(&mut self) -> Parsed<Operand> {
        self.skip_blanks();
        match self.byte() {
            Some(b'@' | b'$') => {
                let from_root = self.byte() == Some(b'$');
                self.at += 1;
                self.nesting += 1;
                if self.nesting > MAX_NESTING {
                    return Err(self.wrong("The filter nests too deeply."));
                }
                let mut segments = Vec::new();
                self.segments(&mut segments)?;
                self.nesting -= 1;
                Ok(if from_root { Operand::FromRoot(segments) } else { Operand::FromHere(segments) })
            }
            Some(b'\'' | b'"') => Ok(Operand::Literal(Value::String(self.quoted()?))),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ if self.take("true") => Ok(Operand::Literal(Value::Bool(true))),
            _ if self.take("false") => Ok(Operand::Literal(Value::Bool(false))),
            _ if self.take("null") => Ok(Operand::Literal(Value::Null)),
            _ => Err(self.wrong("A filter compares @ paths, numbers, and texts in quotes.")),
        }
    }

    fn number(&mut self) -> Parsed<Operand> {
        let start = self.at;
        while self.byte().is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E'))
        {
            self.at += 1;
        }
        let digits = self.path.get(start..self.at).unwrap_or("");
        serde_json::from_str(digits).map(Operand::Literal).map_err(|_| self.wrong("This is not a number."))
    }
}
