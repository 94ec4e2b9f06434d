//! The drawer under the map: call a URL, and what was done.

use super::{history::History, request::Request};
use crate::ui::{DrawerTab, parts::Tabs, use_selector, use_store};
use yew::{AttrValue, Callback, Html, component, html};

/// The drawer.
#[component]
pub fn Drawer() -> Html {
    let store = use_store();
    let tab = use_selector(|state| state.drawer);
    let tabs: Vec<AttrValue> = vec!["Request".into(), "History".into()];
    let chosen = usize::from(tab == DrawerTab::History);
    let onchoose = Callback::from(move |at| {
        store.update(|state| state.drawer = if at == 1 { DrawerTab::History } else { DrawerTab::Request });
    });
    html! {
        <section class="drawer" aria-label="Calls and history">
            <Tabs id="drawer" label="Drawer" {tabs} {chosen} {onchoose} />
            <div class="scroll" role="tabpanel" id="drawer-panel" aria-labelledby={format!("drawer-tab-{chosen}")} tabindex="-1">
                if tab == DrawerTab::History { <History /> } else { <Request /> }
            </div>
        </section>
    }
}
