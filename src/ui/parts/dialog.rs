//! Dialogs: the browser's own `<dialog>`, so that focus stays inside and Escape closes.

use super::{Button, Look};
use crate::ui::use_store;
use web_sys::HtmlDialogElement;
use yew::{Callback, Children, Event, Html, MouseEvent, Properties, component, html, use_effect_with, use_node_ref};

/// The props of [`Modal`].
#[derive(Debug, PartialEq, Properties)]
pub struct ModalProps {
    /// Its heading.
    pub title: String,
    /// A wider one.
    #[prop_or_default]
    pub wide: bool,
    /// What is in it: a form, as a rule.
    pub children: Children,
}

/// A modal dialog. Closing it in any way tells the store.
#[component]
pub fn Modal(props: &ModalProps) -> Html {
    let store = use_store();
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let dialog = node.cast::<HtmlDialogElement>();
            if let Some(dialog) = &dialog {
                // It can only fail when it is open already.
                let _ = dialog.show_modal();
            }
            move || {
                if let Some(dialog) = dialog {
                    dialog.close();
                }
            }
        });
    }
    let onclose = {
        let store = store.clone();
        Callback::from(move |_: Event| store.close())
    };
    let onclick = Callback::from(move |_: MouseEvent| store.close());
    let class = if props.wide { "modal wide" } else { "modal" };
    html! {
        <dialog ref={node} {class} aria-labelledby="modal-title" {onclose}>
            // Not the page's banner, which is what a header outside of a section is taken for.
            <header role="none">
                <h2 id="modal-title">{ &props.title }</h2>
                <Button label="Close" icon="close" icon_only=true look={Look::Ghost} {onclick} />
            </header>
            { props.children.clone() }
        </dialog>
    }
}
