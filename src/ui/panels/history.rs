//! What was done, newest first.

use yew::{Html, component, html};

/// What was done, newest first.
#[component]
pub fn History() -> Html {
    html! {}
}
