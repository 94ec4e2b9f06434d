//! The drawer under the map: call a URL, the console, what was done, and the first steps.

use super::request::Request;
use crate::ui::core::later::{Screen, ScreenSlot};
use crate::ui::markup::html;
use crate::ui::{DrawerTab, parts::Tabs, use_selector, use_store};
use yew::{AttrValue, Callback, Html, component};

const TABS: [(DrawerTab, &str); 4] = [
    (DrawerTab::Request, "Request"),
    (DrawerTab::Console, "Console"),
    (DrawerTab::History, "History"),
    (DrawerTab::Steps, "First steps"),
];

/// Draws the drawer.
#[component]
pub fn Drawer() -> Html {
    let store = use_store();
    let tab = use_selector(|state| state.drawer);
    let tabs: Vec<AttrValue> = TABS.into_iter().map(|(_, label)| label.into()).collect();
    let chosen = TABS.iter().position(|(which, _)| *which == tab).unwrap_or(0);
    let onchoose = Callback::from(move |at: usize| {
        if let Some((tab, _)) = TABS.get(at) {
            store.choose_drawer(*tab);
        }
    });
    let fields: Vec<&str> = TABS.into_iter().map(|(tab, _)| tab.field().unwrap_or_default()).collect();
    let body = match tab {
        DrawerTab::Request => html! { <Request /> },
        DrawerTab::Console => html! { <ScreenSlot screen={Screen::Console} /> },
        DrawerTab::History => html! { <ScreenSlot screen={Screen::History} /> },
        DrawerTab::Steps => html! { <ScreenSlot screen={Screen::Steps} /> },
    };
    html! {
        <section class="drawer" aria-label="Calls and history">
            <Tabs id="drawer" label="Drawer" {tabs} {fields} {chosen} {onchoose} />
            <div class="scroll" role="tabpanel" id="drawer-panel" aria-labelledby={format!("drawer-tab-{chosen}")} tabindex="-1">
                <h2 class="visually-hidden">{ TABS.get(chosen).map_or("", |(_, label)| *label) }</h2>
                { body }
            </div>
        </section>
    }
}
