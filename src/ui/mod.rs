//! The page: Yew components over the engine. Exists only in the browser.

use yew::{Html, component, html};

/// The whole page.
#[component]
pub fn App() -> Html {
    html! { <h1>{ "Stagecraft" }</h1> }
}

/// Puts the page into the document's body.
pub fn mount() {
    yew::Renderer::<App>::new().render();
}
