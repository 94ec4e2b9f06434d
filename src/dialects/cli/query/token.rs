//! The text of a query → its tokens with their places.

use super::{Comparison, Fault};
use crate::dialects::cli::steps;
use serde_json::Value;
use std::ops::Range;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Name(String),
    Quoted(String),
    Literal(Value),
    Number(i64),
    Compare(Comparison),
    Dot,
    Star,
    /// `[]`.
    Flatten,
    /// `[?`.
    Filter,
    OpenBracket,
    CloseBracket,
    OpenBrace,
    CloseBrace,
    OpenParen,
    CloseParen,
    Comma,
    Colon,
    Pipe,
    Or,
    And,
    Not,
    Current,
    Reference,
}

/// Two characters that belong together come before those that stand alone.
pub(super) const SIGNS: [(&str, Token); 24] = [
    ("[]", Token::Flatten),
    ("[?", Token::Filter),
    ("||", Token::Or),
    ("&&", Token::And),
    ("==", Token::Compare(Comparison::Equal)),
    ("!=", Token::Compare(Comparison::NotEqual)),
    ("<=", Token::Compare(Comparison::LessOrEqual)),
    (">=", Token::Compare(Comparison::GreaterOrEqual)),
    ("<", Token::Compare(Comparison::Less)),
    (">", Token::Compare(Comparison::Greater)),
    (".", Token::Dot),
    ("*", Token::Star),
    ("[", Token::OpenBracket),
    ("]", Token::CloseBracket),
    ("{", Token::OpenBrace),
    ("}", Token::CloseBrace),
    ("(", Token::OpenParen),
    (")", Token::CloseParen),
    (",", Token::Comma),
    (":", Token::Colon),
    ("|", Token::Pipe),
    ("!", Token::Not),
    ("@", Token::Current),
    ("&", Token::Reference),
];

/// Returns all tokens of a text.
pub(super) fn tokens(text: &str) -> Result<Vec<(Range<usize>, Token)>, Fault> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let (length, token) = token(&text[at..], first).map_err(|reason| Fault {
            at: at..at + first.len_utf8(),
            reason: reason.into(),
            when_asked: false,
            nearest: None,
        })?;
        out.push((at..at + length, token));
        steps::spend(length);
        at += length;
    }
    Ok(out)
}

/// Returns the token that a text begins with, and how long it is.
fn token(rest: &str, first: char) -> Result<(usize, Token), &'static str> {
    if let Some((sign, token)) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign)) {
        return Ok((sign.len(), token.clone()));
    }
    match first {
        '\'' => {
            let (length, inner) = quoted(rest, '\'').ok_or("the quote has no end")?;
            Ok((length, Token::Literal(inner.replace("\\'", "'").into())))
        }
        '`' => {
            let (length, inner) = quoted(rest, '`').ok_or("the backquote has no end")?;
            let json = inner.replace("\\`", "`");
            // A text without quotes is what older pages write, and jmespath.py takes it still.
            let value = serde_json::from_str(json.trim())
                .or_else(|_| serde_json::from_str(&format!("\"{}\"", json.trim_start())))
                .map_err(|_| "this is not JSON; a text stands in 'quotes'")?;
            Ok((length, Token::Literal(value)))
        }
        '"' => {
            let (length, _) = quoted(rest, '"').ok_or("the double quote has no end")?;
            let name = serde_json::from_str(&rest[..length]).map_err(|_| "this is not a name in double quotes")?;
            Ok((length, Token::Quoted(name)))
        }
        '-' | '0'..='9' => {
            let digits = rest[1..].bytes().take_while(u8::is_ascii_digit).count();
            let number = rest[..=digits].parse().map_err(|_| "a number is due here")?;
            Ok((digits + 1, Token::Number(number)))
        }
        'a'..='z' | 'A'..='Z' | '_' => {
            let length = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
            Ok((length, Token::Name(rest[..length].to_owned())))
        }
        _ => Err("a name with such a character stands in double quotes"),
    }
}

/// Returns how long a quoted text is, its quotes included, and what is in it. A backslash keeps a quote from ending it.
fn quoted(rest: &str, quote: char) -> Option<(usize, &str)> {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            c if c == quote && !escaped => return Some((at + 1, &rest[1..at])),
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    None
}
