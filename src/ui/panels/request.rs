//! Calling a URL.

use yew::{Html, component, html};

/// Calling a URL.
#[component]
pub fn Request() -> Html {
    html! {}
}

/// Sends what stands in the request pane.
pub fn send(store: &crate::ui::Store) {
    let draft = store.read(|state| state.draft.clone());
    store.invoke(crate::data_plane::Request::new(draft.method, draft.url));
}
