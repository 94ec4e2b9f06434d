//! Settings of the API and of the workspace.

use yew::{Html, component, html};

/// Settings of the API and of the workspace.
#[component]
pub fn Settings() -> Html {
    html! {}
}
