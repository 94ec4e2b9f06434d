//! The open dialog: one arm per kind, each drawn by the screen that it belongs to.

use super::palette::{Palette, Shortcuts};
use crate::ui::{Dialog, use_selector};
use yew::{Html, component, html};

/// The open dialog.
#[component]
pub fn Dialogs() -> Html {
    let Some(dialog) = use_selector(|state| state.dialog.clone()) else { return Html::default() };
    match dialog {
        Dialog::Palette => html! { <Palette /> },
        Dialog::Shortcuts => html! { <Shortcuts /> },
        _ => Html::default(),
    }
}
