//! Copying to the clipboard.

use super::{Button, Look};
use crate::ui::core::{NoticeKind, Store, use_store};
use crate::ui::markup::html;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::{Callback, Html, MouseEvent, Properties, component};

/// Copies a text and says so; when the browser refuses, the text is shown so that it can be copied by hand.
pub fn copy(store: &Store, text: &str, done: &str) {
    let Some(window) = web_sys::window() else { return };
    let (store, text, done) = (store.clone(), text.to_owned(), done.to_owned());
    // Outside of a secure context there is no clipboard at all.
    if !window.is_secure_context() {
        store.notify(NoticeKind::Problem, "The clipboard needs a secure page (https).", text);
        return;
    }
    let promise = window.navigator().clipboard().write_text(&text);
    spawn_local(async move {
        match JsFuture::from(promise).await {
            Ok(_) => store.done(done),
            Err(_) => store.notify(NoticeKind::Problem, "The browser did not allow copying. Copy this by hand:", text),
        }
    });
}

/// The props of [`CopyButton`].
#[derive(Debug, PartialEq, Properties)]
pub struct CopyButtonProps {
    /// The text that is copied.
    pub text: String,
    /// The words on the button.
    pub label: String,
    /// The message afterwards.
    #[prop_or_default]
    pub done: Option<String>,
    /// Only the icon is shown.
    #[prop_or_default]
    pub icon_only: bool,
}

/// Draws a button that copies a text.
#[component]
pub fn CopyButton(props: &CopyButtonProps) -> Html {
    let store = use_store();
    let text = props.text.clone();
    let done = props.done.clone().unwrap_or_else(|| "Copied".into());
    let onclick = Callback::from(move |_: MouseEvent| copy(&store, &text, &done));
    html! {
        <Button label={props.label.clone()} icon="copy" look={Look::Ghost} small=true icon_only={props.icon_only} {onclick} />
    }
}
