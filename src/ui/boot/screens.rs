//! The parts that the page fetches when it can be used already: the editor, the dialogs, and the tabs of the drawer but for requests.

use super::later::NotThere;
use crate::ui::markup::html;
use crate::ui::{
    core::{
        Store, console,
        later::{Screen, Screens},
    },
    panels::{self, Console, Dialogs, Editor, FirstSteps, History, Learn},
};
use wasm_bindgen_futures::spawn_local;
use yew::Html;

static SCREENS: Screens = Screens { draw, run_lines: console::run, download: panels::download };

#[cfg_attr(feature = "split", wasm_split_helpers::wasm_split(screens, fallible))]
fn table() -> Result<&'static Screens, NotThere> {
    Ok(&SCREENS)
}

/// Fetches the screens, and tells the store how that ended. Another try begins anew.
pub(super) fn fetch_for(store: &Store) {
    let store = store.clone();
    spawn_local(async move {
        #[cfg(feature = "split")]
        let fetched = table().await;
        #[cfg(not(feature = "split"))]
        let fetched = table();
        store.screens_arrived(fetched.ok());
    });
}

fn draw(screen: Screen) -> Html {
    match screen {
        Screen::Editor => html! { <Editor /> },
        Screen::Console => html! { <Console /> },
        Screen::History => html! { <History /> },
        Screen::Steps => html! { <FirstSteps /> },
        Screen::Learn => html! { <Learn /> },
        Screen::Dialogs => html! { <Dialogs /> },
    }
}
