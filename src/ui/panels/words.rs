//! What every screen does with words: how many of a thing there are, what was typed, a choice and its text.

use yew::AttrValue;

/// `1 method`, `2 methods`.
pub(in crate::ui::panels) fn count(number: usize, noun: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{s}")
}

/// What is typed, without the blanks around it; nothing when nothing is left.
pub(in crate::ui::panels) fn given(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// An entry of a choice: its value and its text.
pub(in crate::ui::panels) fn option(value: impl Into<AttrValue>, text: impl Into<AttrValue>) -> (AttrValue, AttrValue) {
    (value.into(), text.into())
}
