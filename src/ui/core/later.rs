//! The later files of the program as the first sees them: the ways into them as tables of functions, and the places of
//! their screens. `boot/later` and `boot/screens` fill the tables.

use super::{Arrow, Route, Store, UiCommand, console::Entry, use_selector, use_store};
use crate::env::Env;
use crate::ui::markup::html;
use std::{future::Future, pin::Pin, rc::Rc};
use yew::{Callback, Html, MouseEvent, Properties, component};

/// A store, once it shows what this browser has saved, or what a link brings.
pub(in crate::ui) type Opened = Pin<Box<dyn Future<Output = Store>>>;

/// The ways into the engine.
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
    /// Draws what the engine brings.
    pub(in crate::ui) draw: fn(&Part) -> Html,
    /// Fetches the screens.
    pub(in crate::ui) fetch_screens: fn(&Store),
}

/// The ways into the screens.
pub(in crate::ui) struct Screens {
    /// Draws a screen.
    pub(in crate::ui) draw: fn(Screen) -> Html,
    /// Runs lines of `aws` and `curl` as the console does.
    pub(in crate::ui) run_lines: fn(&Store, &str) -> Rc<Entry>,
    /// Saves the workspace as a file.
    pub(in crate::ui) download: fn(&Store),
}

/// A file of the program that is fetched when the page can be used already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrival {
    /// Nobody has asked for it yet.
    #[default]
    Unasked,
    /// It is on its way.
    Awaited,
    /// It is there.
    There,
    /// It could not be fetched.
    Failed,
}

/// A place on the page whose screen comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Screen {
    /// The editor.
    Editor,
    /// The console, in the drawer.
    Console,
    /// The history, in the drawer.
    History,
    /// The first steps, in the drawer.
    Steps,
    /// The first steps, on a narrow screen.
    Learn,
    /// The open dialog.
    Dialogs,
}

/// A place on the page whose screen is in the engine.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui) enum Part {
    /// The drawer.
    Drawer,
    /// The words above a copy out of a link.
    Banner,
    /// The menu of the thing that is selected on the map.
    Actions,
    /// The map on somebody's page.
    Embed {
        /// Tells whether the URLs are listed.
        urls: bool,
        /// Tells whether they can be called.
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

/// Draws a place whose screen comes with the engine.
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
    match part {
        Part::Drawer => loading("drawer", "Drawer"),
        Part::Banner | Part::Actions | Part::Embed { .. } | Part::Broken { .. } => Html::default(),
    }
}

fn loading(class: &'static str, label: &'static str) -> Html {
    html! { <section {class} aria-label={label} aria-busy="true"><p class="waiting">{ "Loading…" }</p></section> }
}

/// The props of [`ScreenSlot`].
#[derive(Debug, PartialEq, Properties)]
pub(in crate::ui) struct ScreenSlotProps {
    /// The screen that stands here.
    pub(in crate::ui) screen: Screen,
}

/// Draws a place whose screen comes last, or says what it waits for, or why it is not there.
#[component]
pub(in crate::ui) fn ScreenSlot(props: &ScreenSlotProps) -> Html {
    let store = use_store();
    // No screen shows a workspace that is not the one of this visit.
    let arrival = use_selector(|state| if state.whole { state.screens } else { Arrival::Awaited });
    let wanted = use_selector(|state| state.dialog.is_some());
    match (arrival, store.screens()) {
        (Arrival::There, Some(screens)) => (screens.draw)(props.screen),
        (Arrival::Failed, _) => missing(&store, props.screen),
        (Arrival::Unasked | Arrival::Awaited | Arrival::There, _) => match props.screen {
            Screen::Editor => loading("editor", "Editor"),
            Screen::Console | Screen::History | Screen::Steps => {
                html! { <p class="waiting" aria-busy="true">{ "Loading…" }</p> }
            }
            Screen::Dialogs if wanted => {
                html! { <div class="arriving" role="status"><p class="waiting">{ "Loading…" }</p></div> }
            }
            Screen::Learn => loading("learn", "First steps"),
            Screen::Dialogs => Html::default(),
        },
    }
}

/// Draws the place of a screen that could not be fetched. A dialog has none: the store closes it and says so.
fn missing(store: &Store, screen: Screen) -> Html {
    let store = store.clone();
    let again = Callback::from(move |_: MouseEvent| store.fetch_screens());
    let why = html! {
        <div class="missing">
            <p role="alert">{ "This part of the page could not be loaded. Check your connection." }</p>
            <button type="button" class="btn" onclick={again}>{ "Try again" }</button>
        </div>
    };
    match screen {
        Screen::Editor => html! { <section class="editor" aria-label="Editor">{ why }</section> },
        Screen::Console | Screen::History | Screen::Steps => why,
        Screen::Learn => html! { <section class="learn" aria-label="First steps">{ why }</section> },
        Screen::Dialogs => Html::default(),
    }
}
