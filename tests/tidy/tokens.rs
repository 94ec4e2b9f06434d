//! Rust source as a list of words and signs, so that rules look at code and not at comments or texts. Knows just enough of
//! the language for that: must never be taken for a parser.

/// A word, a sign (`::` is one), or a literal text, which starts with its quote.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Token {
    /// The token as it stands in the source.
    pub(crate) text: String,
    /// The line it starts in, from 1.
    pub(crate) line: usize,
}

/// Cuts source into tokens; comments are left out.
pub(crate) fn tokens(source: &str) -> Vec<Token> {
    let mut lexer = Lexer { rest: source, line: 1, tokens: Vec::new() };
    while lexer.step() {}
    lexer.tokens
}

struct Lexer<'source> {
    rest: &'source str,
    line: usize,
    tokens: Vec<Token>,
}

impl Lexer<'_> {
    fn step(&mut self) -> bool {
        let Some(first) = self.rest.chars().next() else { return false };
        if first.is_whitespace() {
            self.skip(first.len_utf8());
        } else if self.rest.starts_with("//") {
            self.skip(self.rest.find('\n').unwrap_or(self.rest.len()));
        } else if self.rest.starts_with("/*") {
            self.skip(block_comment(self.rest));
        } else if let Some(length) = literal(self.rest) {
            self.take(length);
        } else if first.is_alphanumeric() || first == '_' {
            let end = self.rest.find(|sign: char| !sign.is_alphanumeric() && sign != '_');
            self.take(end.unwrap_or(self.rest.len()));
        } else {
            self.take(if self.rest.starts_with("::") { 2 } else { first.len_utf8() });
        }
        true
    }

    fn take(&mut self, length: usize) {
        self.tokens.push(Token { text: self.rest[..length].to_owned(), line: self.line });
        self.skip(length);
    }

    fn skip(&mut self, length: usize) {
        self.line += self.rest[..length].matches('\n').count();
        self.rest = &self.rest[length..];
    }
}

/// Returns the length of a block comment; they nest.
fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        let here = &rest[at..];
        if here.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if here.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += here.chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// Returns the length of the text or character that starts here.
fn literal(rest: &str) -> Option<usize> {
    let prefix = ["br", "b", "cr", "c", "r", ""].into_iter().find(|prefix| {
        let after = rest.strip_prefix(prefix).unwrap_or("?");
        after.starts_with('"') || (prefix.ends_with('r') && after.trim_start_matches('#').starts_with('"'))
    });
    if let Some(prefix) = prefix {
        let body = &rest[prefix.len()..];
        let hashes = body.len() - body.trim_start_matches('#').len();
        if prefix.ends_with('r') {
            let end = format!("\"{}", "#".repeat(hashes));
            let inner = &body[hashes + 1..];
            return Some(prefix.len() + hashes + 1 + inner.find(&end).map_or(inner.len(), |at| at + end.len()));
        }
        return Some(prefix.len() + 1 + until_quote(&body[1..], '"'));
    }
    let body = rest.strip_prefix("b'").or_else(|| rest.strip_prefix('\''))?;
    let mut signs = body.chars();
    // Anything else that starts like this is a lifetime.
    let is_character = signs.next()? == '\\' || signs.next()? == '\'';
    is_character.then(|| rest.len() - body.len() + until_quote(body, '\''))
}

/// Returns the length up to and with the closing quote.
fn until_quote(body: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, sign) in body.char_indices() {
        match sign {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if sign == quote => return at + sign.len_utf8(),
            _ => {}
        }
    }
    body.len()
}
