//! Finds the fault of a text that is no JSON, in the words that the AWS CLI takes over from Python, and at Python's place.
//!
//! It looks for the first fault only, and gives no value; it takes time in proportion to the text and nests no deeper than the
//! reader that refused the text before.

use super::steps;

/// Returns what is wrong, and where, in bytes; `None` for JSON.
pub(super) fn find(text: &str) -> Option<(String, usize)> {
    let mut scanner = Scanner { text, at: 0 };
    let (reason, at) = scanner.document().err()?;
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Some((format!("{reason}: line {line} column {column} (char {})", before.chars().count()), at))
}

type Fault = (&'static str, usize);

/// Something that is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    List,
    Object,
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl Scanner<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blanks(&mut self) {
        let rest = self.rest();
        let count = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
        steps::spend(count + 1);
        self.at += count;
    }

    fn pass(&mut self, wanted: u8) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    fn document(&mut self) -> Result<(), Fault> {
        let mut open: Vec<Open> = Vec::new();
        self.blanks();
        loop {
            // A value is due here.
            match self.peek() {
                Some(b'{') => {
                    self.at += 1;
                    self.blanks();
                    if !self.pass(b'}') {
                        self.name()?;
                        open.push(Open::Object);
                        continue;
                    }
                }
                Some(b'[') => {
                    self.at += 1;
                    self.blanks();
                    if !self.pass(b']') {
                        open.push(Open::List);
                        continue;
                    }
                }
                _ => self.scalar()?,
            }
            // What follows a value: more of what is open, or its end.
            loop {
                self.blanks();
                let Some(inner) = open.last().copied() else {
                    return if self.at < self.text.len() { Err(("Extra data", self.at)) } else { Ok(()) };
                };
                if self.pass(if inner == Open::List { b']' } else { b'}' }) {
                    open.pop();
                    continue;
                }
                if !self.pass(b',') {
                    return Err(("Expecting ',' delimiter", self.at));
                }
                self.blanks();
                if inner == Open::Object {
                    self.name()?;
                }
                break;
            }
        }
    }

    /// Returns a name with its colon.
    fn name(&mut self) -> Result<(), Fault> {
        if self.peek() != Some(b'"') {
            return Err(("Expecting property name enclosed in double quotes", self.at));
        }
        self.string()?;
        self.blanks();
        if !self.pass(b':') {
            return Err(("Expecting ':' delimiter", self.at));
        }
        self.blanks();
        Ok(())
    }

    fn scalar(&mut self) -> Result<(), Fault> {
        if self.peek() == Some(b'"') {
            return self.string();
        }
        for word in ["true", "false", "null"] {
            if self.rest().starts_with(word) {
                self.at += word.len();
                return Ok(());
            }
        }
        match number(self.rest().as_bytes()) {
            0 => Err(("Expecting value", self.at)),
            length => {
                steps::spend(length);
                self.at += length;
                Ok(())
            }
        }
    }

    fn string(&mut self) -> Result<(), Fault> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        self.at += 1;
        while let Some(byte) = bytes.get(self.at).copied() {
            steps::spend(1);
            match byte {
                b'"' => {
                    self.at += 1;
                    return Ok(());
                }
                b'\\' => match bytes.get(self.at + 1) {
                    Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 2,
                    Some(b'u') => {
                        let digits = bytes.get(self.at + 2..self.at + 6).unwrap_or_default();
                        if digits.len() < 4 || !digits.iter().all(u8::is_ascii_hexdigit) {
                            return Err(("Invalid \\uXXXX escape", self.at + 1));
                        }
                        self.at += 6;
                    }
                    Some(_) => return Err(("Invalid \\escape", self.at)),
                    None => break,
                },
                0..=0x1f => return Err(("Invalid control character at", self.at)),
                _ => self.at += 1,
            }
        }
        Err(("Unterminated string starting at", start))
    }
}

/// Returns how long the number is that a text begins with; 0 for none.
fn number(bytes: &[u8]) -> usize {
    let digits = |from: usize| bytes.get(from..).unwrap_or_default().iter().take_while(|b| b.is_ascii_digit()).count();
    let sign = usize::from(bytes.first() == Some(&b'-'));
    let whole = if bytes.get(sign) == Some(&b'0') { 1 } else { digits(sign) };
    if whole == 0 {
        return 0;
    }
    let mut end = sign + whole;
    if bytes.get(end) == Some(&b'.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let signed = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let exponent = digits(end + 1 + signed);
        end += if exponent > 0 { 1 + signed + exponent } else { 0 };
    }
    end
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::find;
    use expect_test::expect;
    use serde_json::Value;

    #[test]
    fn the_first_fault_is_told_as_python_tells_it() {
        // Each recorded from Python 3.11's json.
        let texts = [
            "",
            "{",
            "[",
            "{}",
            "{} x",
            "[1 2]",
            "[1,]",
            "[1,2",
            "{a:1}",
            "{'a':1}",
            "{\"a\" 1}",
            "{\"a\":1,}",
            "{\"a\":1",
            "{\"a\":1 \"b\":2}",
            "{\"a\":tru}",
            "[\"x]",
            "\"\\x\"",
            "\"\\u12\"",
            "[01]",
            "[1.]",
            "[-]",
            "\n{\n  \"ä\": x}",
            "\"a\u{1}\"",
            "1e",
            "[[1,{\"a\":[]}],]",
            "\"\\",
        ];
        let told: Vec<String> = texts
            .iter()
            .map(|text| {
                let fault = find(text);
                assert_eq!(fault.is_none(), serde_json::from_str::<Value>(text).is_ok(), "{text}");
                format!("{text:?} → {}", fault.map_or_else(|| "JSON".into(), |(told, _)| told))
            })
            .collect();
        expect![[r#"
            "" → Expecting value: line 1 column 1 (char 0)
            "{" → Expecting property name enclosed in double quotes: line 1 column 2 (char 1)
            "[" → Expecting value: line 1 column 2 (char 1)
            "{}" → JSON
            "{} x" → Extra data: line 1 column 4 (char 3)
            "[1 2]" → Expecting ',' delimiter: line 1 column 4 (char 3)
            "[1,]" → Expecting value: line 1 column 4 (char 3)
            "[1,2" → Expecting ',' delimiter: line 1 column 5 (char 4)
            "{a:1}" → Expecting property name enclosed in double quotes: line 1 column 2 (char 1)
            "{'a':1}" → Expecting property name enclosed in double quotes: line 1 column 2 (char 1)
            "{\"a\" 1}" → Expecting ':' delimiter: line 1 column 6 (char 5)
            "{\"a\":1,}" → Expecting property name enclosed in double quotes: line 1 column 8 (char 7)
            "{\"a\":1" → Expecting ',' delimiter: line 1 column 7 (char 6)
            "{\"a\":1 \"b\":2}" → Expecting ',' delimiter: line 1 column 8 (char 7)
            "{\"a\":tru}" → Expecting value: line 1 column 6 (char 5)
            "[\"x]" → Unterminated string starting at: line 1 column 2 (char 1)
            "\"\\x\"" → Invalid \escape: line 1 column 2 (char 1)
            "\"\\u12\"" → Invalid \uXXXX escape: line 1 column 3 (char 2)
            "[01]" → Expecting ',' delimiter: line 1 column 3 (char 2)
            "[1.]" → Expecting ',' delimiter: line 1 column 3 (char 2)
            "[-]" → Expecting value: line 1 column 2 (char 1)
            "\n{\n  \"ä\": x}" → Expecting value: line 3 column 8 (char 10)
            "\"a\u{1}\"" → Invalid control character at: line 1 column 3 (char 2)
            "1e" → Extra data: line 1 column 2 (char 1)
            "[[1,{\"a\":[]}],]" → Expecting value: line 1 column 15 (char 14)
            "\"\\" → Unterminated string starting at: line 1 column 1 (char 0)"#]]
        .assert_eq(&told.join("\n"));
    }
}
