//! The forgiving reading that a MOCK integration gives its rendered request template, in search of `statusCode`.
//!
//! Recorded from AWS: `{statusCode: 200}`, single quotes, commas too many and text before the object are fine. The
//! forms accepted and refused beyond that follow LocalStack's unit tests, which were written from observing AWS
//! (assumed). It reads nothing but the status code, and never panics.

/// Finds the status code that a MOCK integration answers with.
///
/// # Errors
/// The text holds no object, the object is not closed, or it has no whole number as `statusCode`.
pub fn mock_status_code(text: &str) -> Result<u16, MockInputError> {
    let start = text.find('{').ok_or(MockInputError::NoObject)?;
    let mut reader = Reader { text, at: start + 1 };
    let mut status = None;
    loop {
        match reader.entry(MAX_DEPTH)? {
            Entry::End => break,
            Entry::Comma => {}
            Entry::Pair { key, value } => {
                if key == "statusCode" {
                    status = Some(value);
                }
            }
        }
    }
    status_of(status)
}

/// The reason why a MOCK integration has no status code. All of them answer 500 `Internal server error`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MockInputError {
    /// There is no `{`.
    #[error("The request template of a mock integration must render to an object such as {{\"statusCode\": 200}}.")]
    NoObject,
    /// The object, or a text in it, has no end.
    #[error("The object that the request template rendered to is not closed.")]
    Unclosed,
    /// Something stands where it can't, such as a `{` in place of a key.
    #[error("The object that the request template rendered to can't be read at: {found}")]
    Unexpected {
        /// The text from there.
        found: String,
    },
    /// Objects or lists nest too deeply.
    #[error("The object that the request template rendered to nests too deeply.")]
    TooDeep,
    /// The object has no `statusCode`.
    #[error("The request template rendered to an object without a statusCode.")]
    NoStatusCode,
    /// The `statusCode` is no whole number, as `"200"` in quotes is none, or none that HTTP can carry.
    #[error("The statusCode must be a whole number without quotes, but it is {found}.")]
    NotAnInteger {
        /// The text that stands there.
        found: String,
    },
}

fn status_of(value: Option<&str>) -> Result<u16, MockInputError> {
    let value = value.ok_or(MockInputError::NoStatusCode)?;
    value.parse().map_err(|_| MockInputError::NotAnInteger { found: value.chars().take(40).collect() })
}

enum Entry<'t> {
    End,
    Comma,
    Pair { key: &'t str, value: &'t str },
}

/// The most levels of objects and lists.
const MAX_DEPTH: u32 = 64;

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    /// Reads the next `key: value` of an object, with what stands between entries.
    fn entry(&mut self, depth: u32) -> Result<Entry<'t>, MockInputError> {
        let key = match self.skip_blanks()? {
            b',' => {
                self.at += 1;
                return Ok(Entry::Comma);
            }
            b'}' => {
                self.at += 1;
                return Ok(Entry::End);
            }
            b':' | b'[' | b']' | b'{' => return Err(self.unexpected()),
            quote @ (b'"' | b'\'') => self.quoted(quote)?,
            // A bare key goes on to the colon, whatever it holds: `foo}` is one (assumed).
            _ => self.bare(b":")?,
        };
        if self.skip_blanks()? != b':' {
            return Err(self.unexpected());
        }
        self.at += 1;
        let value = self.value(b",}", depth)?;
        match self.skip_blanks()? {
            b',' | b'}' => Ok(Entry::Pair { key, value }),
            _ => Err(self.unexpected()),
        }
    }

    /// Reads the text of a value; a bare one ends at one of `stops`.
    fn value(&mut self, stops: &[u8], depth: u32) -> Result<&'t str, MockInputError> {
        let depth = depth.checked_sub(1).ok_or(MockInputError::TooDeep)?;
        let first = self.skip_blanks()?;
        let start = self.at;
        match first {
            b'{' => {
                self.at += 1;
                while !matches!(self.entry(depth)?, Entry::End) {}
            }
            b'[' => {
                self.at += 1;
                self.list(depth)?;
            }
            quote @ (b'"' | b'\'') => {
                self.quoted(quote)?;
            }
            _ => return self.bare(stops),
        }
        Ok(self.text.get(start..self.at).unwrap_or(""))
    }

    fn list(&mut self, depth: u32) -> Result<(), MockInputError> {
        loop {
            match self.skip_blanks()? {
                b']' => {
                    self.at += 1;
                    return Ok(());
                }
                b',' => self.at += 1,
                b'}' | b':' => return Err(self.unexpected()),
                _ => {
                    self.value(b",]", depth)?;
                }
            }
        }
    }

    /// Reads a text in quotes, without them; a backslash keeps a quote from ending it.
    fn quoted(&mut self, quote: u8) -> Result<&'t str, MockInputError> {
        self.at += 1;
        let start = self.at;
        loop {
            match self.byte() {
                None => return Err(MockInputError::Unclosed),
                Some(b'\\') => self.at += 2,
                Some(byte) if byte == quote => break,
                Some(_) => self.at += 1,
            }
        }
        self.at += 1;
        Ok(self.text.get(start..self.at - 1).unwrap_or(""))
    }

    /// Reads a text without quotes, up to one of `stops`.
    fn bare(&mut self, stops: &[u8]) -> Result<&'t str, MockInputError> {
        let start = self.at;
        while !stops.contains(&self.byte().ok_or(MockInputError::Unclosed)?) {
            self.at += 1;
        }
        Ok(self.text.get(start..self.at).unwrap_or("").trim())
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Returns the first byte that is no blank.
    fn skip_blanks(&mut self) -> Result<u8, MockInputError> {
        loop {
            match self.byte() {
                None => return Err(MockInputError::Unclosed),
                Some(b' ' | b'\t' | b'\r' | b'\n') => self.at += 1,
                Some(byte) => return Ok(byte),
            }
        }
    }

    fn unexpected(&self) -> MockInputError {
        let rest = self.text.get(self.at..).unwrap_or("");
        MockInputError::Unexpected { found: rest.chars().take(20).collect() }
    }
}

#[cfg(test)]
mod tests;
