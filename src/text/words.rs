//! Words: how many of a thing there are, capitals, names in the forms that dialects give them.

/// Writes a number with its noun: `1 method`, `2 methods`.
pub fn counted(number: usize, noun: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{s}")
}

/// Returns the text without the blanks around it; `None` when nothing is left.
pub fn given(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Returns at most `length` characters of a text, with a `…` where more follow.
pub fn beginning(text: &str, length: usize) -> String {
    match text.char_indices().nth(length) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Returns the text with a capital at its beginning.
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Returns the text with a small letter at its beginning, when that is one of ASCII's capitals.
pub fn uncapitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect()
}

/// Writes a name of several words with hyphens: `restApiId` → `rest-api-id`, `CreateDeployment` → `create-deployment`,
/// `providerARNs` → `provider-arns`.
pub fn kebab(camel: &str) -> String {
    let mut out = String::new();
    let mut in_capitals = true;
    for c in camel.chars() {
        if c.is_ascii_uppercase() && !in_capitals {
            out.push('-');
        }
        in_capitals = c.is_ascii_uppercase();
        out.push(c.to_ascii_lowercase());
    }
    out
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{beginning, capitalized, counted, given, kebab, uncapitalized};

    #[test]
    fn words_take_the_form_that_is_asked_for() {
        assert_eq!(
            [counted(0, "method"), counted(1, "method"), counted(2, "method")],
            ["0 methods", "1 method", "2 methods"]
        );
        assert_eq!([given(" a b\n").as_deref(), given(" \n").as_deref()], [Some("a b"), None]);
        assert_eq!([beginning("äöü", 3), beginning("äöü", 2), beginning("", 0)], ["äöü", "äö…", ""]);
        assert_eq!([capitalized("älter"), capitalized("")], ["Älter", ""]);
        assert_eq!([uncapitalized("RestApi"), uncapitalized("")], ["restApi", ""]);
        assert_eq!(
            ["restApiId", "CreateDeployment", "providerARNs"].map(kebab),
            ["rest-api-id", "create-deployment", "provider-arns"]
        );
    }
}
