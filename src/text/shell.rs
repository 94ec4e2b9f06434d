//! Quoting for a POSIX shell.

/// Writes a text as one word of a shell: as it is when every shell reads it so, else in single quotes.
pub fn word(text: &str) -> String {
    let safe = |b: u8| b.is_ascii_alphanumeric() || b"@%+=:,./_-".contains(&b);
    if !text.is_empty() && text.bytes().all(safe) { text.to_owned() } else { quoted(text) }
}

/// Writes a text as one word of a shell, in single quotes.
pub fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{quoted, word};

    #[test]
    fn a_word_is_quoted_when_a_shell_would_read_it_in_another_way() {
        for plain in ["a", "dev/users", "op=replace,path=/a", "user@host:80", "100%"] {
            assert_eq!(word(plain), plain);
        }
        for (text, expected) in [
            ("", "''"),
            ("a b", "'a b'"),
            ("it's", r"'it'\''s'"),
            ("$(rm -rf /)", "'$(rm -rf /)'"),
            ("~", "'~'"),
            ("é", "'é'"),
        ] {
            assert_eq!(word(text), expected);
        }
        assert_eq!(quoted("a"), "'a'");
    }
}
