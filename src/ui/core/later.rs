//! What the second file of the program does for the first: the ways into it as a table of functions, and the places of
//! its screens. `boot/later` fills the table.

use super::{Arrow, Route, Store, UiCommand, use_selector, use_store};
use crate::env::Env;
use crate::ui::markup::html;
use std::{future::Future, pin::Pin};
use yew::{Html, Properties, component};

/// A store, once it shows what this browser has saved, or what a link brings.
pub(in crate::ui) type Opened = Pin<Box<dyn Future<Output = Store>>>;

/// The ways into the second file.
pub(in crate::ui) struct Later {
    /// A first visit's page becomes a whole one: with the environment that its map was made in, and whether the address
    /// asks for a new workspace.
    pub(in crate::ui) begin: fn(&Store, Env, bool),
    /// Opens what this browser has saved, or a link.
    pub(in crate::ui) open: fn(Route, Env, bool) -> Opened,
    /// Does what a user asked for.
    pub(in crate::ui) run: fn(UiCommand, &Store),
    /// Points an arrow of the map of an API elsewhere.
    pub(in crate::ui) point: fn(&Store, String, Arrow, Option<String>),
    /// Draws a screen.
    pub(in crate::ui) draw: fn(&Part) -> Html,
}

/// A place on the page whose screen is in the second file.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui) enum Part {
    /// The editor.
    Editor,
    /// The drawer.
    Drawer,
    /// The first steps.
    Learn,
    /// The words above a copy out of a link.
    Banner,
    /// The open dialog.
    Dialogs,
    /// The menu of the thing that is selected on the map.
    Actions,
    /// The map on somebody's page.
    Embed {
        /// Whether the URLs are listed.
        urls: bool,
        /// Whether they can be called.
        call: bool,
    },
    /// A link that cannot be opened.
    Broken {
        /// The link.
        link: Route,
        /// The fault in it.
        why: String,
    },
}

/// The props of [`Slot`].
#[derive(Debug, PartialEq, Properties)]
pub(in crate::ui) struct SlotProps {
    /// The screen that stands here.
    pub(in crate::ui) part: Part,
}

/// Draws a place whose screen comes with the second file.
#[component]
pub(in crate::ui) fn Slot(props: &SlotProps) -> Html {
    let store = use_store();
    // Read for the sake of rendering again when it is there.
    let whole = use_selector(|state| state.whole);
    match store.later().filter(|_| whole) {
        Some(later) => (later.draw)(&props.part),
        None => waiting(&props.part),
    }
}

/// Draws the place of a screen that is on its way, with its frame, so that nothing moves when it comes.
fn waiting(part: &Part) -> Html {
    let (class, label) = match part {
        Part::Editor => ("editor", "Editor"),
        Part::Drawer => ("drawer", "Drawer"),
        _ => return Html::default(),
    };
    html! { <section {class} aria-label={label} aria-busy="true"><p class="waiting">{ "Loading…" }</p></section> }
}
