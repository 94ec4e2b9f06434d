//! The line in the making: it is run with Enter, goes on with Shift and Enter, is completed with Tab, and the arrows bring
//! earlier ones back.

use super::Clear;
use crate::ui::markup::html;
use crate::{
    dialects::cli::{self, Completion},
    ui::{
        Store, console, focus,
        parts::{Button, Look},
        use_selector, use_store,
    },
};
use web_sys::{HtmlTextAreaElement, KeyboardEvent, SubmitEvent};
use yew::{
    Callback, Html, InputEvent, MouseEvent, NodeRef, TargetCast, UseStateHandle, component, use_effect_with,
    use_mut_ref, use_node_ref, use_state,
};

/// The field's id.
pub(super) const FIELD: &str = "console-line";
/// Lines of text that the field shows at most.
const TALLEST: usize = 8;
/// Ways to go on that are shown at once.
const OFFERED: usize = 8;

/// The ways to go on that are offered, and the one that is chosen.
#[derive(Clone, Debug, Default, PartialEq)]
struct Offer {
    completion: Completion,
    chosen: usize,
}

/// Draws the field with its prompt, and what it could go on with.
#[component]
pub(super) fn Line() -> Html {
    let store = use_store();
    let draft = use_selector(|state| state.console.draft.clone());
    let offer = use_state(|| None::<Offer>);
    let cursor = use_mut_ref(|| None::<u32>);
    let earlier = use_mut_ref(Earlier::default);
    let node = use_node_ref();
    {
        // A text that was put in has its end, or where it was completed, under the cursor.
        let (node, cursor) = (node.clone(), cursor.clone());
        use_effect_with(draft.clone(), move |_| {
            if let (Some(at), Some(field)) = (cursor.take(), node.cast::<HtmlTextAreaElement>()) {
                let _ = field.set_selection_range(at, at);
            }
        });
    }
    let oninput = {
        let (store, offer, earlier) = (store.clone(), offer.clone(), earlier.clone());
        Callback::from(move |e: InputEvent| {
            let text = e.target_unchecked_into::<HtmlTextAreaElement>().value();
            *earlier.borrow_mut() = Earlier::default();
            offer.set(None);
            store.edit_console(|console| console.draft = text);
        })
    };
    let keys = Keys { store: store.clone(), offer: offer.clone(), cursor, earlier, node: node.clone() };
    let onkeydown = {
        let keys = keys.clone();
        Callback::from(move |e: KeyboardEvent| keys.hear(&e))
    };
    let onsubmit = {
        let keys = keys.clone();
        Callback::from(move |e: SubmitEvent| {
            e.prevent_default();
            keys.run();
            // After a click, too, what is typed next is the next line.
            focus(FIELD);
        })
    };
    let rows = draft.split('\n').count().clamp(1, TALLEST);
    let open = (*offer).clone();
    let active = open.as_ref().map(|offer| format!("console-offer-{}", offer.chosen));
    html! {
        <form class="console-form" {onsubmit}>
            if let Some(offer) = &open { { offers(offer, &keys) } }
            <div class="compose-line">
                <label class="prompt" for={FIELD}>{ "$" }<span class="visually-hidden">{ "Console" }</span></label>
                <textarea
                    ref={node} id={FIELD} rows={rows.to_string()} value={draft} spellcheck="false" autocomplete="off" autocapitalize="off"
                    placeholder="aws apigateway …   or   curl …" aria-haspopup="listbox"
                    aria-controls={open.is_some().then_some("console-offers")} aria-activedescendant={active} aria-autocomplete="list"
                    aria-describedby="console-keys" {oninput} {onkeydown}
                />
                <Button label="Run" look={Look::Primary} submit=true />
            </div>
            <p id="console-keys" class="console-keys">
                <span><kbd>{ "Enter" }</kbd>{ " runs" }</span>
                <span><kbd>{ "Tab" }</kbd>{ " completes; after " }<kbd>{ "Esc" }</kbd>{ " it leaves" }</span>
                <span><kbd>{ "↑" }</kbd>{ " brings lines back" }</span>
                <Clear />
            </p>
        </form>
    }
}

fn offers(offer: &Offer, keys: &Keys) -> Html {
    let all = &offer.completion.candidates;
    let first = offer.chosen.saturating_sub(OFFERED - 1).min(all.len().saturating_sub(OFFERED));
    let row = |(at, candidate): (usize, &cli::Candidate)| {
        let keys = keys.clone();
        // The field keeps the focus.
        let onmousedown = Callback::from(|e: MouseEvent| e.prevent_default());
        let onclick = Callback::from(move |_: MouseEvent| keys.accept(at));
        html! {
            <li id={format!("console-offer-{at}")} role="option" aria-selected={(at == offer.chosen).to_string()} {onmousedown} {onclick}>
                <code>{ &candidate.text }</code><span class="muted">{ &candidate.hint }</span>
            </li>
        }
    };
    html! {
        <ul id="console-offers" class="console-offers" role="listbox" aria-label="Ways to go on">
            { for all.iter().enumerate().skip(first).take(OFFERED).map(row) }
        </ul>
    }
}

/// Where the arrows are among the earlier lines.
#[derive(Debug, Default)]
struct Earlier {
    /// How far back; 0 is the line in the making.
    back: usize,
    /// The line of before.
    own: String,
    /// Whether the next Tab leaves the field.
    leaves: bool,
}

#[derive(Clone)]
struct Keys {
    store: Store,
    offer: UseStateHandle<Option<Offer>>,
    /// Where the cursor is to be once the text that was put in is shown, in UTF-16 units.
    cursor: std::rc::Rc<std::cell::RefCell<Option<u32>>>,
    earlier: std::rc::Rc<std::cell::RefCell<Earlier>>,
    node: NodeRef,
}

impl Keys {
    fn hear(&self, event: &KeyboardEvent) {
        let plain = !(event.shift_key() || event.ctrl_key() || event.alt_key() || event.meta_key());
        let leaves = std::mem::take(&mut self.earlier.borrow_mut().leaves);
        // A key of an input method belongs to it.
        let done = match event.key().as_str() {
            _ if event.is_composing() => false,
            "Enter" if plain || event.ctrl_key() => {
                match &*self.offer {
                    Some(offer) => self.accept(offer.chosen),
                    None if plain && cli::is_open(&self.text()) => return,
                    None => self.run(),
                }
                true
            }
            "Tab" if plain && !leaves => self.complete(1),
            "Tab" if event.shift_key() && self.offer.is_some() => self.complete(-1),
            "Escape" => {
                self.earlier.borrow_mut().leaves = true;
                self.offer.set(None);
                true
            }
            "ArrowDown" | "ArrowUp" if plain && self.offer.is_some() => {
                self.choose(if event.key() == "ArrowDown" { 1 } else { -1 });
                true
            }
            "ArrowUp" if plain => self.go_back(1),
            "ArrowDown" if plain => self.go_back(-1),
            _ => false,
        };
        if done {
            event.prevent_default();
        }
    }

    fn text(&self) -> String {
        self.store.read(|state| state.console.draft.clone())
    }

    /// Puts a text in, with the cursor at a byte of it.
    fn put(&self, text: String, at: usize) {
        let units = text.get(..at).unwrap_or(&text).encode_utf16().count();
        *self.cursor.borrow_mut() = u32::try_from(units).ok();
        self.store.edit_console(|console| console.draft = text);
    }

    fn run(&self) {
        let text = self.text();
        if text.trim().is_empty() {
            return;
        }
        *self.earlier.borrow_mut() = Earlier::default();
        self.offer.set(None);
        self.store.edit_console(|console| console.draft = String::new());
        console::run(&self.store, text.trim_end());
    }

    /// Returns the byte at which the cursor stands.
    fn at(&self, text: &str) -> usize {
        let units = self.node.cast::<HtmlTextAreaElement>().and_then(|field| field.selection_start().ok().flatten());
        let Some(units) = units.and_then(|units| usize::try_from(units).ok()) else { return text.len() };
        let mut seen = 0;
        let end = text.char_indices().find(|(_, c)| {
            let here = seen >= units;
            seen += c.len_utf16();
            here
        });
        end.map_or(text.len(), |(at, _)| at)
    }

    /// Completes the word before the cursor; with several ways to go on, as far as they agree, and then one after the
    /// other.
    fn complete(&self, step: isize) -> bool {
        if self.offer.is_some() {
            self.choose(step);
            return true;
        }
        let text = self.text();
        if text.trim().is_empty() {
            return false;
        }
        let at = self.at(&text);
        let completion =
            self.store.read(|state| cli::complete_with(&text, at, state.present(), state.console.variables()));
        match &completion.candidates[..] {
            [] => false,
            [only] => {
                self.write(&text, &completion, &only.text);
                true
            }
            several => {
                let common = common(several);
                if common.len() > completion.at.len() {
                    self.replace(&text, &completion, common, "");
                } else {
                    self.offer.set(Some(Offer { completion, chosen: 0 }));
                }
                true
            }
        }
    }

    fn choose(&self, step: isize) {
        if let Some(offer) = &*self.offer {
            let count = offer.completion.candidates.len().max(1);
            let chosen = (offer.chosen + count).saturating_add_signed(step) % count;
            self.offer.set(Some(Offer { chosen, ..offer.clone() }));
        }
    }

    fn accept(&self, at: usize) {
        if let Some(offer) = &*self.offer
            && let Some(candidate) = offer.completion.candidates.get(at)
        {
            self.write(&self.text(), &offer.completion, &candidate.text);
        }
        self.offer.set(None);
    }

    /// Puts a whole candidate in, with a blank behind it unless it is only a beginning.
    fn write(&self, text: &str, completion: &Completion, candidate: &str) {
        self.replace(text, completion, candidate, if candidate.ends_with('/') { "" } else { " " });
    }

    fn replace(&self, text: &str, completion: &Completion, by: &str, behind: &str) {
        let (Some(before), Some(after)) = (text.get(..completion.at.start), text.get(completion.at.end..)) else {
            return;
        };
        let behind = if after.starts_with(' ') { "" } else { behind };
        self.put(format!("{before}{by}{behind}{after}"), before.len() + by.len() + behind.len());
    }

    /// To an earlier line, or back to a later one; only from the text's first line, or its last.
    fn go_back(&self, step: isize) -> bool {
        let text = self.text();
        let at = self.at(&text);
        let edge = if step > 0 { !text[..at].contains('\n') } else { !text[at..].contains('\n') };
        let all = self.store.read(console::earlier);
        let mut earlier = self.earlier.borrow_mut();
        let back = earlier.back.saturating_add_signed(step);
        if !edge || back == earlier.back || back > all.len() {
            return false;
        }
        if earlier.back == 0 {
            earlier.own = text;
        }
        earlier.back = back;
        let text = back.checked_sub(1).and_then(|at| all.get(at)).unwrap_or(&earlier.own).clone();
        drop(earlier);
        let end = text.len();
        self.put(text, end);
        true
    }
}

/// Returns what all candidates begin with.
fn common(candidates: &[cli::Candidate]) -> &str {
    let Some((first, rest)) = candidates.split_first() else { return "" };
    let agrees = |end: usize| rest.iter().all(|other| other.text.get(..end) == first.text.get(..end));
    let end = first.text.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| agrees(*end)).last();
    &first.text[..end.unwrap_or(0)]
}
