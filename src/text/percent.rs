//! Percent-escapes, as RFC 3986, forms and lenient URLs have them: one writer, which is told what stays, and one reader.
//!
//! Written here since the crate `percent-encoding` would add half a kilobyte to the compressed program, and these 60 lines
//! would become 20.

use std::borrow::Cow;

const DIGITS: &[u8; 16] = b"0123456789ABCDEF";

/// Escapes everything but letters, digits and the bytes in `kept`.
pub fn encode_but(text: &str, kept: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || kept.contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for digit in [byte >> 4, byte & 15] {
                out.push(char::from(DIGITS[usize::from(digit)]));
            }
        }
    }
    out
}

/// Escapes everything but the unreserved characters of RFC 3986.
pub fn encode(text: &str) -> String {
    encode_but(text, b"-._~")
}

/// Escapes a value of a form, as Java's `URLEncoder` does: a blank becomes `+`.
pub fn encode_form(text: &str) -> String {
    encode_but(text, b"-._* ").replace(' ', "+")
}

/// Decodes escapes. A `%` without two hexadecimal digits stays as it is; bytes that are no UTF-8 become replacement
/// characters.
pub fn decode(text: &str) -> String {
    read(text, false).0.into_owned()
}

/// Decodes a value of a form as [`decode`] does, and `+` to a blank.
pub fn decode_form(text: &str) -> String {
    read(text, true).0.into_owned()
}

/// Decodes a value of a form; `None` when a `%` is not followed by two hexadecimal digits.
pub fn decode_strict_form(text: &str) -> Option<String> {
    let (decoded, is_whole) = read(text, true);
    is_whole.then(|| decoded.into_owned())
}

/// Reads escapes, and tells whether each `%` began one.
fn read(text: &str, is_form: bool) -> (Cow<'_, str>, bool) {
    if !text.contains(['%', '+']) {
        return (Cow::Borrowed(text), true);
    }
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let mut out = Vec::with_capacity(bytes.len());
    let (mut at, mut is_whole) = (0, true);
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'+' if is_form => out.push(b' '),
            b'%' => match (digit(at), digit(at + 1)) {
                (Some(high), Some(low)) => {
                    out.extend(u8::try_from(high << 4 | low));
                    at += 2;
                }
                _ => {
                    is_whole = false;
                    out.push(byte);
                }
            },
            _ => out.push(byte),
        }
    }
    let decoded = String::from_utf8(out).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    (Cow::Owned(decoded), is_whole)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{decode, decode_form, decode_strict_form, encode, encode_but, encode_form};

    #[test]
    fn a_percent_sign_is_an_escape_only_before_two_hexadecimal_digits() {
        for (text, expected) in [
            ("%2Fa%2f", "/a/"),
            ("%", "%"),
            ("%2", "%2"),
            ("%zz", "%zz"),
            ("%+f", "%+f"),
            ("%-1", "%-1"),
            ("%é", "%é"),
            ("%25%32%46", "%2F"),
            ("%ff", "\u{fffd}"),
            ("a+b", "a+b"),
        ] {
            assert_eq!(decode(text), expected, "{text}");
            assert_eq!(decode_form(text), expected.replace('+', " "), "{text}");
        }
    }

    #[test]
    fn a_strict_reader_takes_no_percent_sign_that_begins_no_escape() {
        assert_eq!(decode_strict_form("x%3Da%2Bb+%C3%BC").as_deref(), Some("x=a+b ü"));
        assert_eq!(decode_strict_form("%ff").as_deref(), Some("\u{fffd}"));
        for broken in ["%", "%2", "a%zzb", "%+f", "%é", "100%"] {
            assert_eq!(decode_strict_form(broken), None, "{broken}");
        }
    }

    #[test]
    fn writers_differ_in_what_they_keep() {
        let text = "a b+/é~*'\0";
        assert_eq!(encode(text), "a%20b%2B%2F%C3%A9~%2A%27%00");
        assert_eq!(encode_form(text), "a+b%2B%2F%C3%A9%7E*%27%00");
        assert_eq!(encode_but(text, b"/ "), "a b%2B/%C3%A9%7E%2A%27%00");
        assert_eq!(decode(&encode(text)), text);
        assert_eq!(decode_form(&encode_form(text)), text);
    }
}
