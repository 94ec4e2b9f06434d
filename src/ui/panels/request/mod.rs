//! Calling a URL: the request, the answer in the colour of the deployment that gave it, and how it came about.

mod answer;
mod compose;
mod moved;
mod trace;

use crate::ui::markup::html;
use crate::{
    data_plane,
    ui::{
        DrawerTab, Same, Store, UiCommand, focus_soon, parts::CommandButton, parts::Look, use_selector,
        use_selector_soon, use_store,
    },
};
use answer::Answer;
use compose::Compose;
use trace::TraceView;
use yew::{Callback, Html, MouseEvent, component};

/// URLs that an empty pane offers.
const OFFERED: usize = 6;

/// Sends what stands in the request pane, and shows the answer.
pub fn send(store: &Store) {
    let draft = store.read(|state| state.draft.clone());
    let headers = draft.headers.lines().filter_map(|line| line.split_once(':'));
    let headers = headers.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect();
    store.choose_drawer(DrawerTab::Request);
    store.invoke(data_plane::Request {
        method: draft.method,
        url: draft.url.trim().to_owned(),
        headers,
        body: draft.body,
    });
}

/// Fills the request pane with a call, and sends it.
pub fn call(store: &Store, method: &str, url: &str) {
    store.edit_draft(|draft| {
        draft.method = method.to_owned();
        draft.url = url.to_owned();
    });
    store.show_drawer(DrawerTab::Request);
    send(store);
}

/// Draws the request pane.
#[component]
pub fn Request() -> Html {
    let latest = use_selector(|state| state.latest().map(Same::from));
    html! {
        <>
            <Compose />
            if let Some(exchange) = latest {
                <div class="call">
                    <TraceView exchange={exchange.clone()} />
                    <Answer {exchange} />
                </div>
            } else {
                <Offers />
            }
        </>
    }
}

/// Draws what an empty pane says: what can be called, or why nothing can.
#[component]
fn Offers() -> Html {
    let store = use_store();
    let api = use_selector_soon(|state| state.api().map(Same::from));
    let look_only = use_selector(|state| state.read_only);
    let Some(api) = api else { return Html::default() };
    let urls = store.read(|state| {
        let ws = state.present();
        let urls = api.stages.values().flat_map(|stage| data_plane::urls::invoke_urls(ws, &api, stage));
        urls.take(OFFERED).collect::<Vec<_>>()
    });
    if urls.is_empty() {
        return html! {
            <div class="empty">
                <h3>{ "Nothing can be called yet" }</h3>
                <p>{ "The working copy has no URL. Deploy it to a stage: the deployment freezes it, and the stage's URL answers from that snapshot." }</p>
                if !look_only { <CommandButton command={UiCommand::Deploy} look={Look::Primary} /> }
            </div>
        };
    }
    let offer = |url: &data_plane::urls::InvokeUrl| {
        let (store, verb, filled) = (store.clone(), url.method, url.filled(|_| Some("u1".into())));
        let verb = if verb == crate::entities::HttpMethod::Any { "GET" } else { verb.as_str() };
        let shown = format!("/{}{}", url.stage, url.path);
        let onclick = Callback::from(move |_: MouseEvent| {
            call(&store, verb, &filled);
            // The list goes, and the focus would go with it.
            focus_soon("request-url");
        });
        html! { <li><button type="button" class="offer" {onclick}><span class="verb">{ verb }</span><code>{ shown }</code></button></li> }
    };
    html! {
        <div class="offers">
            <h3>{ "Call one of these" }</h3>
            <ul>{ for urls.iter().map(offer) }</ul>
        </div>
    }
}
