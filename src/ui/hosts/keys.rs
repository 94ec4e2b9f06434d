//! The keys of the page: which command a key runs, and where a key is somebody's text instead.
//!
//! A single key is a letter that a person may just have meant to type, so it acts only where nobody types, and not at all
//! when the visitor has switched single keys off (WCAG 2.1.4).

use super::preferences;
use crate::ui::{
    core::{DrawerTab, State, Store, UiCommand, Visit},
    frames,
};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// Names in the browser's storage the setting that switches single keys off.
const SETTING: &str = "single-keys";

/// Runs the command of a key. Plain keys are left to fields, to forms and to dialogs; so is undo inside a field.
pub(in crate::ui) fn hear(store: &Store, event: &KeyboardEvent) {
    if event.default_prevented() || event.alt_key() {
        return;
    }
    let command = event.ctrl_key() || event.meta_key();
    let at = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    if !command && at.as_ref().is_some_and(|at| is_typed(at, event)) {
        return;
    }
    let key = event.key();
    let key = if key.chars().count() == 1 { key.to_ascii_lowercase() } else { key };
    let in_dialog = store.read(|state| state.dialog.is_some());
    let found = UiCommand::ALL.into_iter().find(|candidate| {
        store.read(|state| candidate.keys(state)).is_some_and(|keys| {
            let shift = if keys.key == "?" { event.shift_key() } else { keys.shift };
            keys.key == key && keys.command == command && shift == event.shift_key()
        })
    });
    let Some(found) = found.filter(|found| store.read(|state| has_keys(*found, state))) else { return };
    let own = matches!(found, UiCommand::SendRequest | UiCommand::Palette);
    if in_dialog || (!own && at.as_ref().is_some_and(is_field)) {
        return;
    }
    event.prevent_default();
    found.run(store);
}

/// Tells whether a plain key is text, or about to be: in a field and around one, and after the tab or button that leads
/// to a field, which then gets it.
fn is_typed(at: &HtmlElement, event: &KeyboardEvent) -> bool {
    let key = event.key();
    if let Some(leads) = within(at, "[data-types]").filter(|_| key.chars().count() == 1 && key != " ") {
        // The key itself arrives where the focus is then.
        frames::focus(&leads.get_attribute("data-types").unwrap_or_default());
        return true;
    }
    // A row or a title that is about to have the focus is no place to type.
    let fields = [DrawerTab::Request, DrawerTab::Console].map(|tab| tab.field().unwrap_or_default());
    is_field(at) || frames::is_wanted(&fields) || within(at, "form").is_some()
}

fn within(at: &HtmlElement, selector: &str) -> Option<web_sys::Element> {
    at.closest(selector).ok().flatten()
}

/// Tells whether the keys of a command do anything on this screen. Those of an embed would else be taken from its page.
fn has_keys(command: UiCommand, state: &State) -> bool {
    match &state.visit {
        Visit::Own | Visit::Shared { .. } => true,
        Visit::Broken { .. } => false,
        Visit::Embed { call, .. } => match command {
            UiCommand::SendRequest => *call,
            UiCommand::Undo | UiCommand::Redo | UiCommand::Deploy => !state.read_only,
            _ => false,
        },
    }
}

fn is_field(element: &HtmlElement) -> bool {
    matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT") || element.is_content_editable()
}

/// Reads whether the visitor has left single keys on.
pub(in crate::ui) fn stored_single_keys() -> bool {
    preferences::get(SETTING).as_deref() != Some("off")
}

/// Switches single keys on or off, and remembers it.
pub(in crate::ui) fn set_single_keys(store: &Store, on: bool) {
    store.set_single_keys(on);
    preferences::set(SETTING, (!on).then_some("off"));
}
