//! Sharing a workspace: as a link, in a page, as a picture, as a file. Nothing is sent anywhere: a link holds the
//! workspace itself.

mod embed_code;
mod file;
mod link;
mod picture;

pub(in crate::ui) use file::download;

use crate::ui::markup::html;
use crate::{
    persist::link::LinkError,
    ui::{
        Route, Store,
        parts::{Modal, Tabs},
        use_selector, use_store, visit,
    },
};
use embed_code::EmbedCode;
use file::WorkspaceFile;
use link::Link;
use picture::Picture;
use yew::{AttrValue, Callback, Html, component, use_memo, use_state};

const TABS: [&str; 4] = ["Link", "Embed", "Picture", "File"];

/// Draws the dialog.
#[component]
pub(super) fn Share() -> Html {
    let store = use_store();
    let chosen = use_state(|| 0_usize);
    let length = use_selector(|state| state.session.entries().len());
    let payload = use_memo(length, |_| payload(&store));
    let payload = (*payload).clone();
    let onchoose = {
        let chosen = chosen.clone();
        Callback::from(move |at| chosen.set(at))
    };
    let body = match *chosen {
        0 => html! { <Link {payload} /> },
        1 => html! { <EmbedCode {payload} /> },
        2 => html! { <Picture /> },
        _ => html! { <WorkspaceFile /> },
    };
    let tabs: Vec<AttrValue> = TABS.into_iter().map(AttrValue::from).collect();
    html! {
        <Modal title="Share" wide=true>
            <Tabs id="share" label="Ways to share" {tabs} chosen={*chosen} {onchoose} />
            <div class="body share" role="tabpanel" id="share-panel" aria-labelledby={format!("share-tab-{}", *chosen)}>
                { body }
            </div>
        </Modal>
    }
}

/// The workspace as a link's payload, or why it does not fit into one.
type Payload = Result<AttrValue, AttrValue>;

fn payload(store: &Store) -> Payload {
    let printed = store.read(|state| crate::persist::link::print(&state.workspace.name, &state.session));
    printed.map(AttrValue::from).map_err(|error: LinkError| error.to_string().into())
}

/// Returns the whole address of a link.
fn address(route: &Route) -> String {
    visit::page_address() + &route.to_string()
}

/// Returns a number with commas between its thousands.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
