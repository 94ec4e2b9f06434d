//! The page that is left when the program has failed: it says so, offers the work as a file, and a way on.
//!
//! After a panic nothing of the program can be relied on: a borrow may never end, so the store may not be asked. What is
//! offered comes from a list of its own, of operations that nobody changes any more, and the page's buttons are links
//! and functions of the browser, so that none of them runs this program again.

use super::{files, visit::page_address};
use crate::{
    history::LogEntry,
    persist::file,
    ui::core::{Route, State, Store, state::Saving},
};
use gloo::events::EventListener;
use js_sys::{Array, Function, Reflect};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, Document, Element, HtmlElement, Url};

/// The work as it was after the last change.
#[derive(Default)]
struct Work {
    name: String,
    entries: Vec<Rc<LogEntry>>,
    /// Writes the two as a file. Handed in with the first work, since only a whole program can.
    print: Option<fn(&Self) -> String>,
    saved: bool,
    embedded: bool,
}

thread_local! {
    static WORK: RefCell<Work> = RefCell::default();
    static STOPPED: Cell<bool> = const { Cell::new(false) };
}

/// From now on a panic leaves the page of this module.
pub(in crate::ui) fn install() {
    // Yew sets a hook of its own unless it is told of this one.
    yew::set_custom_panic_hook(Box::new(|info| {
        // What runs after the first failure may fail because of it.
        if STOPPED.replace(true) {
            return;
        }
        let message = info.to_string();
        // A document that refuses leaves the page as it was: there is nothing else to turn to.
        let _ = show(&message);
        report(&message);
    }));
}

/// Leaves the page of this module, too, after what stops the program without a panic: no memory left, no stack left, a
/// fault of the compiler's. The browser tells only the window.
pub(in crate::ui) fn watch_traps() {
    let heard = EventListener::new(&gloo::utils::window(), "error", |event| {
        let error = Reflect::get(event, &"error".into()).unwrap_or_default();
        let text = |member: &str| Reflect::get(&error, &member.into()).ok().and_then(|value| value.as_string());
        let stack = text("stack").unwrap_or_default();
        let of_the_program = match text("name").as_deref() {
            Some("RuntimeError") => true,
            Some("RangeError") => stack.contains("wasm"),
            _ => false,
        };
        // A panic ends in a trap, too, and has been told already.
        if of_the_program && !STOPPED.replace(true) {
            let _ = show(&format!("{}\n{stack}", text("message").unwrap_or_default()));
        }
    });
    // As long as the page lives.
    heard.forget();
}

/// Keeps the work of a store at hand.
pub(in crate::ui) fn remember(store: &Store) {
    store.note_with(note);
}

fn note(state: &State) {
    WORK.with_borrow_mut(|work| {
        let all = state.session.entries();
        let known = work.entries.len();
        let goes_on = match (work.entries.last(), known.checked_sub(1).and_then(|last| all.get(last))) {
            (Some(mine), Some(theirs)) => Rc::ptr_eq(mine, theirs),
            (mine, _) => mine.is_none(),
        };
        if !goes_on {
            work.entries.clear();
        }
        work.entries.extend(all.iter().skip(work.entries.len()).cloned());
        if work.name != state.workspace.name {
            work.name.clone_from(&state.workspace.name);
        }
        work.print = Some(print);
        work.saved = matches!(state.saving, Saving::Saved | Saving::Writing);
        work.embedded = matches!(state.visit.link(), Some(Route::Embed { .. }));
    });
}

fn print(work: &Work) -> String {
    file::print(&work.name, work.entries.iter().map(|entry| &entry.record))
}

/// Tells the console, for whoever looks there.
fn report(message: &str) {
    let console = Reflect::get(&js_sys::global(), &"console".into()).unwrap_or_default();
    if let Ok(error) = Reflect::get(&console, &"error".into()).and_then(JsCast::dyn_into::<Function>) {
        // A console that throws is nobody's loss.
        let _ = error.call1(&console, &message.into());
    }
}

fn show(message: &str) -> Result<(), JsValue> {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return Ok(()) };
    let page = Page(document);
    let main = page.element("main", "boot", "")?;
    let heading = page.add(&main, "h1", "", "Stagecraft has stopped")?;
    heading.set_attribute("tabindex", "-1")?;
    page.add(&main, "p", "", "Something went wrong inside it. It was nothing that you did.")?;
    let saved = page.add(&main, "p", "", "")?;
    let actions = page.add(&main, "p", "actions", "")?;
    // The page stands before anything is tried that may fail as the program did.
    let body: HtmlElement = page.0.create_element("body")?.unchecked_into();
    body.append_child(&main)?;
    page.0.set_body(Some(&body));
    let embedded = WORK.with(|work| work.try_borrow().is_ok_and(|work| work.embedded));
    let again = page.add(&actions, "button", "btn", "Load the page again")?;
    again.set_attribute("type", "button")?;
    again.unchecked_ref::<HtmlElement>().set_onclick(reload().as_ref());
    if !embedded {
        let fresh = page.add(&actions, "a", "btn", "Start fresh")?;
        fresh.set_attribute("href", &format!("{}?{NEW}#/", page_address()))?;
        page.add(&main, "p", "", "Starting fresh opens a new workspace. The one that you have stays as it is.")?;
    }
    let details = page.add(&main, "details", "", "")?;
    page.add(&details, "summary", "", "What went wrong")?;
    page.add(&details, "pre", "", &format!("Stagecraft {}\n{message}", env!("CARGO_PKG_VERSION")))?;
    heading.unchecked_ref::<HtmlElement>().focus()?;
    if !embedded {
        offer(&page, &actions, &saved)?;
    }
    Ok(())
}

/// Offers the work as a file, and says whether it is saved as well.
fn offer(page: &Page, actions: &Element, saved: &Element) -> Result<(), JsValue> {
    let Some((name, text, is_saved)) = WORK.with(|work| {
        let work = work.try_borrow().ok()?;
        Some((work.name.clone(), work.print?(&work), work.saved))
    }) else {
        return Ok(());
    };
    let options = BlobPropertyBag::new();
    options.set_type("application/json");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options)?;
    let link = page.element("a", "btn primary", "Download my work")?;
    link.set_attribute("href", &Url::create_object_url_with_blob(&blob)?)?;
    link.set_attribute("download", &files::file_name(&name, "json"))?;
    actions.prepend_with_node_1(&link)?;
    saved.set_text_content(Some(if is_saved {
        "Your work is saved in this browser, up to the last step that you took."
    } else {
        "Your work may not be saved in this browser. Download it before you go on; it can be imported again."
    }));
    Ok(())
}

/// Returns the browser's own function, so that the button works whatever has become of the program.
fn reload() -> Option<Function> {
    let location: JsValue = web_sys::window()?.location().into();
    let reload: Function = Reflect::get(&location, &"reload".into()).ok()?.dyn_into().ok()?;
    Some(reload.bind0(&location))
}

struct Page(Document);

impl Page {
    fn element(&self, tag: &str, class: &str, text: &str) -> Result<Element, JsValue> {
        let element = self.0.create_element(tag)?;
        if !class.is_empty() {
            element.set_class_name(class);
        }
        if !text.is_empty() {
            element.set_text_content(Some(text));
        }
        Ok(element)
    }

    fn add(&self, parent: &Element, tag: &str, class: &str, text: &str) -> Result<Element, JsValue> {
        let element = self.element(tag, class, text)?;
        parent.append_child(&element)?;
        Ok(element)
    }
}

/// The word in an address after `?` that begins a new workspace instead of opening the last.
const NEW: &str = "new";

/// Tells whether the address asks for a new workspace. It asks once: the address is as any other afterwards.
pub(in crate::ui) fn asks_for_new() -> bool {
    let Some(window) = web_sys::window() else { return false };
    let asked = window.location().search().is_ok_and(|search| search.trim_start_matches('?') == NEW);
    if asked && let Ok(history) = window.history() {
        let address = format!("{}#/", page_address());
        // A browser that refuses opens a new workspace once more when the page is loaded again.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
    asked
}
