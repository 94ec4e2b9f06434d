//! The words that every screen uses: how many of a thing there are, what was typed, a choice and its text.

pub(in crate::ui::panels) use crate::text::{counted as count, given};
use yew::AttrValue;

/// Returns an entry of a choice: its value and its text.
pub(in crate::ui::panels) fn option(value: impl Into<AttrValue>, text: impl Into<AttrValue>) -> (AttrValue, AttrValue) {
    (value.into(), text.into())
}
