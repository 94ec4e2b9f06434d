//! The traces of a link: the words above a copy, and the page for a link that cannot be opened.

use crate::ui::markup::html;
use crate::ui::{
    Visit,
    parts::{Button, Look},
    use_selector, use_store, visit,
};
use yew::{Callback, Html, MouseEvent, Properties, component};

/// Says that this is a copy of somebody's workspace, and what can be done with it.
#[component]
pub fn SharedBanner() -> Html {
    let store = use_store();
    let shared =
        use_selector(|state| matches!(state.visit, Visit::Shared { .. }).then(|| state.workspace.name.clone()));
    let changed = use_selector(|state| state.session.undo_target().is_some());
    let Some(name) = shared else { return Html::default() };
    let keep = Callback::from(move |_: MouseEvent| {
        store.keep_copy();
        // The button that had the focus is gone.
        crate::ui::focus("map");
    });
    let back = Callback::from(|_: MouseEvent| visit::leave());
    let what_now = if changed {
        "Your changes to it are not saved unless you keep it."
    } else {
        "Try anything: your own work is not touched."
    };
    html! {
        <section class="banner" aria-label="Shared workspace">
            <p><strong>{ "You are looking at a shared workspace: " }{ name }{ "." }</strong>{ " " }{ what_now }</p>
            <div class="actions">
                <Button label="Keep a copy" small=true look={Look::Primary} onclick={keep} />
                <Button label="Back to my work" small=true onclick={back} />
            </div>
        </section>
    }
}

/// The props of [`BrokenLink`].
#[derive(Debug, PartialEq, Properties)]
pub struct BrokenLinkProps {
    /// The fault in the link, and the way out.
    pub why: String,
    /// Whether the page is a part of somebody else's.
    pub embedded: bool,
}

/// Draws the page for a link that cannot be opened.
#[component]
pub fn BrokenLink(props: &BrokenLinkProps) -> Html {
    let back = Callback::from(|_: MouseEvent| visit::leave());
    html! {
        <main class="boot">
            <h1>{ "This link cannot be opened" }</h1>
            <p>{ &props.why }</p>
            if props.embedded {
                <p><a href={visit::page_address()} target="_blank" rel="noopener">{ "Open Stagecraft" }</a></p>
            } else {
                <p>{ "Nothing of yours has been touched." }</p>
                <p><Button label="Open my workspace" look={Look::Primary} onclick={back} /></p>
            }
        </main>
    }
}
