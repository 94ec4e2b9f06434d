//! The stages of the API.

use yew::{Html, component, html};

/// The stages of the API.
#[component]
pub fn Stages() -> Html {
    html! {}
}
