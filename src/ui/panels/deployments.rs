//! The deployments of the API.

use yew::{Html, component, html};

/// The deployments of the API.
#[component]
pub fn Deployments() -> Html {
    html! {}
}
