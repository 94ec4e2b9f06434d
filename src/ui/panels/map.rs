//! The map.

use yew::{Html, component, html};

/// The map.
#[component]
pub fn Map() -> Html {
    html! {}
}
