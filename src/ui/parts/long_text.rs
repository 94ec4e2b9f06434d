//! A text of any length that takes little room until somebody wants to read it.

use crate::ui::markup::html;
use yew::{Html, Properties, component};

/// Characters that are shown of a text that is folded; one that is a little longer is not worth folding.
const SHOWN: usize = 160;

/// The props of [`LongText`].
#[derive(Debug, PartialEq, Properties)]
pub struct LongTextProps {
    /// The text.
    pub text: String,
    /// Its class.
    #[prop_or_default]
    pub class: &'static str,
}

/// Shows a text, and of a long one its beginning with the rest to unfold.
#[component]
pub fn LongText(props: &LongTextProps) -> Html {
    let text = &props.text;
    let end = text.char_indices().nth(SHOWN).filter(|_| text.chars().nth(SHOWN + SHOWN / 4).is_some());
    match end {
        None => html! { <p class={props.class}>{ text }</p> },
        Some((end, _)) => html! {
            <details class={yew::classes!("long-text", props.class)}>
                <summary>{ text[..end].trim_end() }<span aria-hidden="true">{ " …" }</span></summary>
                <p>{ text[end..].trim_start() }</p>
            </details>
        },
    }
}
