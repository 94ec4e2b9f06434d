//! Dialogs. The focus stays inside, Escape closes, and the page behind is covered.
//!
//! They are the browser's `<dialog>`, but not its modal kind: that one makes every other element of the page inert, and
//! on a large page finding all their styles anew takes longer than anything else that opening or closing does.

use super::{Button, Look};
use crate::ui::markup::html;
use crate::ui::{
    core::{Store, use_store},
    frames::{focused, give_back},
};
use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlDialogElement, HtmlElement, KeyboardEvent, Node};
use yew::{Callback, Children, Html, MouseEvent, Properties, component, use_effect_with, use_node_ref};

/// The elements that the Tab key stops at.
const STOPS: &str = "a[href], button:not([disabled], [tabindex='-1']), input:not([disabled], [tabindex='-1']), \
                     select:not([disabled]), textarea:not([disabled]), summary, [tabindex='0']";

/// The props of [`Modal`].
#[derive(Debug, PartialEq, Properties)]
pub struct ModalProps {
    /// Its heading.
    pub title: String,
    /// A wider one.
    #[prop_or_default]
    pub wide: bool,
    /// The content: a form, as a rule.
    pub children: Children,
}

/// Draws a modal dialog. Closing it in any way tells the store.
#[component]
pub fn Modal(props: &ModalProps) -> Html {
    let store = use_store();
    let node = use_node_ref();
    {
        let (store, node) = (store.clone(), node.clone());
        use_effect_with((), move |()| {
            let opener = focused();
            let kept = node.cast::<HtmlDialogElement>().map(|dialog| {
                begin(&dialog);
                (keep_focus(&dialog), hear_keys(&dialog, store))
            });
            move || {
                drop(kept);
                give_back(opener);
            }
        });
    }
    let onclick = Callback::from(move |_: MouseEvent| store.close());
    // The focus stays where it is when somebody presses beside the dialog.
    let onmousedown = Callback::from(|e: MouseEvent| e.prevent_default());
    let class = if props.wide { "modal wide" } else { "modal" };
    html! {
        <>
            <div class="modal-back" {onmousedown}></div>
            <dialog ref={node} {class} open=true aria-modal="true" aria-labelledby="modal-title" tabindex="-1">
                // Not the page's banner, which is what a header outside of a section is taken for.
                <header role="none">
                    <h2 id="modal-title">{ &props.title }</h2>
                    <Button label="Close" icon="close" icon_only=true look={Look::Ghost} {onclick} />
                </header>
                { props.children.clone() }
            </dialog>
        </>
    }
}

/// Gives the focus to the field that asks for it, else to the first stop: what the browser's `show` does, which lays
/// the page out once more for it.
fn begin(dialog: &HtmlDialogElement) {
    let find = |what: &str| dialog.query_selector(what).ok().flatten()?.dyn_into::<HtmlElement>().ok();
    let first = find("[autofocus]").or_else(|| find(STOPS));
    // A browser that refuses leaves it where it is.
    let _ = first.as_ref().unwrap_or(dialog).focus();
}

/// Brings the focus back whenever it has left the dialog by a way that no key of ours sees.
fn keep_focus(dialog: &HtmlDialogElement) -> EventListener {
    let inside = dialog.clone();
    EventListener::new(&gloo::utils::document(), "focusin", move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
        if !inside.contains(target.as_ref()) {
            let inside = inside.clone();
            // Once this event is over: the one that follows comes here, too. A browser that refuses leaves it where it is.
            spawn_local(async move { drop(inside.focus()) });
        }
    })
}

/// Escape closes, and Tab stays inside. Heard on the whole page: when a button goes that has the focus, a key belongs to
/// nothing in the dialog.
fn hear_keys(dialog: &HtmlDialogElement, store: Store) -> EventListener {
    let dialog = dialog.clone();
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&gloo::utils::document(), "keydown", options, move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>().filter(|event| !event.default_prevented()) else { return };
        match event.key().as_str() {
            "Escape" => {
                event.prevent_default();
                store.close();
            }
            "Tab" => turn_round(event, &dialog),
            _ => {}
        }
    })
}

/// From the last stop of the Tab key to the first, and back.
fn turn_round(event: &KeyboardEvent, dialog: &HtmlDialogElement) {
    let Ok(stops) = dialog.query_selector_all(STOPS) else { return };
    let stop = |at: u32| stops.get(at).and_then(|stop| stop.dyn_into::<HtmlElement>().ok());
    // What is folded away is no stop.
    let mut shown = (0..stops.length()).filter_map(stop).filter(|stop| stop.offset_parent().is_some());
    let Some(first) = shown.next() else { return };
    let last = shown.next_back().unwrap_or_else(|| first.clone());
    let here = focused().filter(|here| dialog.contains(Some(here)));
    let to = match (&here, event.shift_key()) {
        (None, false) => first,
        (None, true) => last,
        (Some(here), true) if here.is_same_node(Some(&first)) || here.is_same_node(Some(dialog)) => last,
        (Some(here), false) if here.is_same_node(Some(&last)) => first,
        _ => return,
    };
    event.prevent_default();
    // A browser that refuses leaves it where it is.
    let _ = to.focus();
}
