//! What this is, and the first steps.

use yew::{Html, component, html};

/// What this is, and the first steps.
#[component]
pub fn Learn() -> Html {
    html! {}
}
