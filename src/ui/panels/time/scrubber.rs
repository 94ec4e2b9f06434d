//! A handle that is moved along the operations, and the page follows.

use super::super::link::time;
use crate::ui::markup::html;
use crate::ui::{AfterPaint, Store, after_paint, past, use_selector, use_store};
use std::{cell::RefCell, rc::Rc};
use web_sys::HtmlInputElement;
use yew::{Callback, Html, InputEvent, TargetCast, component, use_mut_ref, use_state};

/// The id of the handle.
pub(in crate::ui) const ID: &str = "moment";

/// Draws the handle with the sentence of the operation at which it stands.
#[component]
pub(in crate::ui) fn Scrubber() -> Html {
    let store = use_store();
    let (length, moment) = use_selector(|state| {
        let length = state.session.entries().len();
        (length, state.past.as_ref().map_or(length, |past| past.moment))
    });
    // The handle and its words follow at once; the page follows after the paint, to where the handle is by then.
    let asked = use_state(|| None::<usize>);
    let waiting: Rc<RefCell<Option<AfterPaint>>> = use_mut_ref(|| None);
    let moment = (*asked).unwrap_or(moment);
    let oninput = {
        let (store, asked) = (store.clone(), asked.clone());
        Callback::from(move |e: InputEvent| {
            let Ok(moment) = e.target_unchecked_into::<HtmlInputElement>().value().parse() else { return };
            asked.set(Some(moment));
            let (store, asked) = (store.clone(), asked.clone());
            let due = after_paint(move || {
                asked.set(None);
                store.look(moment, false);
            });
            waiting.replace(Some(due));
        })
    };
    let text = words(&store, moment, length);
    html! {
        <div class="scrubber">
            <label for={ID}>{ "Look back" }</label>
            <input
                id={ID} type="range" min="0" max={length.to_string()} step="1" value={moment.to_string()}
                aria-valuetext={text.clone()} {oninput}
            />
            <output for={ID} aria-live="off">{ text }</output>
        </div>
    }
}

fn words(store: &Store, moment: usize, length: usize) -> String {
    let (text, at) = store.read(|state| past::sentence(&state.session, moment));
    let at = at.map(|at| format!(", {}", time(at))).unwrap_or_default();
    let now = if moment >= length { ", now" } else { "" };
    format!("Moment {moment} of {length}{now}: {text}{at}")
}
