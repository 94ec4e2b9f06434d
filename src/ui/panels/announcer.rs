//! The announcements of changes that a screen reader cannot see.

use crate::ui::markup::html;
use crate::ui::use_selector_soon;
use yew::{Html, component};

/// Draws what a screen reader is told about changes that it cannot see.
#[component]
pub fn Announcer() -> Html {
    let (number, text) = use_selector_soon(|state| state.announcement.clone());
    // Two places in turn, so that the same words twice are read twice.
    let (a, b) = if number % 2 == 0 { (text.as_str(), "") } else { ("", text.as_str()) };
    html! {
        <>
            <div class="visually-hidden" aria-live="polite">{ a }</div>
            <div class="visually-hidden" aria-live="polite">{ b }</div>
        </>
    }
}
