//! `$util`: escapes and encodings.

use super::super::methods::{excerpt, text_of};
use super::super::{Budget, Fault, Object, Value};
use crate::text::percent;
use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use std::fmt::Write as _;

/// Reads with or without the `=` at the end.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

pub(super) struct Util;

impl Object for Util {
    fn property(&self, _: &str) -> Value {
        Value::Null
    }

    fn call(&self, method: &str, args: &[Value], budget: &mut Budget) -> Result<Option<Value>, Fault> {
        let [arg] = args else { return Ok(None) };
        // Nothing in, nothing out (recorded from AWS for urlEncode; assumed for the others).
        if matches!(arg, Value::Null) {
            return Ok(Some(Value::Null));
        }
        let text = text_of(arg, budget)?;
        // The longest of the results, six bytes for one.
        budget.spend_text(text.len())?;
        let result = match method {
            "escapeJavaScript" => escape_java_script(&text),
            "urlEncode" => percent::encode_form(&text),
            "urlDecode" => percent::decode_strict_form(&text).ok_or_else(|| refused("urlDecode", &text))?,
            "base64Encode" => BASE64.encode(&text),
            "base64Decode" => base64_decode(&text).ok_or_else(|| refused("base64Decode", &text))?,
            "parseJson" => {
                let json = serde_json::from_str(&text).map_err(|_| refused("parseJson", &text))?;
                return Ok(Some(Value::from_json(&json)));
            }
            _ => return Ok(None),
        };
        budget.spend_text(result.len())?;
        Ok(Some(Value::Str(result.into())))
    }
}

fn refused(method: &str, text: &str) -> Fault {
    Fault::method(format!("$util.{method} can't read: {}", excerpt(text)))
}

/// Returns `$util.escapeJavaScript`: also `'` becomes `\'`, which is not valid JSON (documented).
///
/// The wording of AWS's documentation is that of Apache Commons Lang, whose rules these are: `/` and everything beyond
/// ASCII are escaped as well (assumed).
#[must_use]
pub fn escape_java_script(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for character in text.chars() {
        match character {
            '\'' | '"' | '\\' | '/' => {
                out.push('\\');
                out.push(character);
            }
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            ' '..='\u{7f}' => out.push(character),
            _ => {
                let mut units = [0; 2];
                for unit in character.encode_utf16(&mut units) {
                    // Writing to a String never fails.
                    let _ = write!(out, "\\u{unit:04X}");
                }
            }
        }
    }
    out
}

fn base64_decode(text: &str) -> Option<String> {
    let compact: String = text.chars().filter(|character| !character.is_ascii_whitespace()).collect();
    let bytes = BASE64.decode(compact).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
