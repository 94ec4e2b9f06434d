//! The open dialog.

use yew::{Html, component, html};

/// The open dialog.
#[component]
pub fn Dialogs() -> Html {
    html! {}
}
