//! The resource tree and the editors of resources and methods.

use yew::{Html, component, html};

/// The resource tree and the editors of resources and methods.
#[component]
pub fn Resources() -> Html {
    html! {}
}
