//! Light and dark: how the page wears a theme, and remembers it.

use super::preferences;
use crate::ui::{core::Theme, frames::after_paint};
use wasm_bindgen::JsCast;
use web_sys::Element;

/// The parts of the page that hold most of its elements.
const LARGE: &str = ".map, .drawer, .editor";

/// Lets the large parts of the page keep the look that they have, and follow one in each frame: a theme changes every
/// element, too many for one frame.
fn hold_large_parts() {
    let theme = gloo::utils::document().body().and_then(|body| body.get_attribute("data-theme"));
    let Ok(parts) = gloo::utils::document().query_selector_all(LARGE) else { return };
    let parts: Vec<Element> = (0..parts.length()).filter_map(|at| parts.item(at)?.dyn_into().ok()).collect();
    for part in &parts {
        // A refusal only means that it is not held.
        let _ = part.set_attribute("data-theme", theme.as_deref().unwrap_or("system"));
    }
    release(parts);
}

/// Lets the last of these go after each frame.
fn release(mut held: Vec<Element>) {
    let Some(next) = held.pop() else { return };
    after_paint(move || {
        let _ = next.remove_attribute("data-theme");
        release(held);
    })
    .forget();
}

/// Gives the page a theme; the name of one that is not the system's.
pub(in crate::ui) fn show(theme: Theme) -> Option<&'static str> {
    let name = match theme {
        Theme::System => None,
        Theme::Light => Some("light"),
        Theme::Dark => Some("dark"),
    };
    // The body, not the root: a browser styles everything anew when the root's colour scheme changes, held parts included.
    let body = gloo::utils::document().body()?;
    // A refusal leaves the page as it is.
    let _ = match name {
        Some(name) => body.set_attribute("data-theme", name),
        None => body.remove_attribute("data-theme"),
    };
    name
}

/// Applies a theme to the page and remembers it.
pub(in crate::ui) fn apply(theme: Theme) {
    hold_large_parts();
    let name = show(theme);
    preferences::set("theme", name);
}

/// Reads which theme the visitor has chosen.
pub(in crate::ui) fn stored() -> Theme {
    match preferences::get("theme").as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    }
}
