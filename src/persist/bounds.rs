//! Limits that are checked before anything is parsed.

/// How deep JSON may nest; a record needs four levels, a file two more.
pub(super) const MAX_DEPTH: usize = 32;

/// Tells whether a JSON text nests no deeper than [`MAX_DEPTH`]. Says nothing about whether it is valid.
pub(super) fn is_shallow(text: &str) -> bool {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for byte in text.bytes() {
        if in_string {
            in_string = escaped || byte != b'"';
            escaped = byte == b'\\' && !escaped;
            continue;
        }
        match byte {
            b'"' => (in_string, escaped) = (true, false),
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return false;
        }
    }
    true
}

/// Returns a name as it is kept: one line, no control characters, of at most 100 characters; `fallback` when nothing
/// is left.
pub fn clean_name(name: &str, fallback: &str) -> String {
    let one_line: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let cut: String = one_line.trim().chars().take(100).collect();
    let cut = cut.trim_end();
    if cut.is_empty() { fallback.to_owned() } else { cut.to_owned() }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{MAX_DEPTH, clean_name, is_shallow};

    #[test]
    fn depth_counts_brackets_outside_of_texts_only() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(is_shallow(&nested(MAX_DEPTH)));
        assert!(!is_shallow(&nested(MAX_DEPTH + 1)));
        assert!(is_shallow(&format!(r#"["{}\"{}\\"]"#, "[".repeat(99), "{".repeat(99))));
        assert!(!is_shallow(&format!(r#"["\\"{}"#, "{".repeat(99))));
    }

    #[test]
    fn a_name_is_one_short_line() {
        let rows = [
            ("  My\n API ", "My  API"),
            ("\u{7}\t", "Workspace"),
            ("<b>\"x\"</b>", "<b>\"x\"</b>"),
            (&"é".repeat(300), &"é".repeat(100)),
        ];
        for (given, kept) in rows {
            assert_eq!(clean_name(given, "Workspace"), kept);
        }
    }
}
