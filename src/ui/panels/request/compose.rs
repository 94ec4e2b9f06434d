//! The request in the making: verb, URL, headers and body.

use super::send;
use crate::ui::markup::html;
use crate::{
    data_plane::urls::invoke_urls,
    ui::{
        Same, Store,
        parts::{Button, CopyButton, Look},
        state::Draft,
        use_selector, use_selector_soon, use_store,
    },
};
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, SubmitEvent};
use yew::{Callback, Event, Html, InputEvent, TargetCast, component, use_memo};

const VERBS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
/// URLs that the field suggests.
const SUGGESTIONS: usize = 100;

fn edit(store: &Store, change: impl FnOnce(&mut Draft)) {
    store.edit_draft(change);
}

/// Verb, URL and Send; headers and body below, folded.
#[component]
pub(super) fn Compose() -> Html {
    let store = use_store();
    let draft = use_selector(|state| state.draft.clone());
    let of = use_selector_soon(|state| (state.present().place.clone(), state.api().map(Same::from)));
    // They are many, and the same until the API changes.
    let urls = {
        let store = store.clone();
        use_memo(of, move |(_, api)| {
            let Some(api) = api else { return Vec::new() };
            let urls = store.read(|state| -> Vec<String> {
                let urls = api.stages.values().flat_map(|stage| invoke_urls(state.present(), api, stage));
                urls.take(SUGGESTIONS).map(|url| url.url()).collect()
            });
            let mut urls = urls;
            urls.dedup();
            urls
        })
    };
    let onsubmit = {
        let store = store.clone();
        Callback::from(move |e: SubmitEvent| {
            e.prevent_default();
            send(&store);
        })
    };
    let onverb = {
        let store = store.clone();
        Callback::from(move |e: Event| {
            let verb = e.target_unchecked_into::<HtmlSelectElement>().value();
            edit(&store, |draft| draft.method = verb);
        })
    };
    let onurl = {
        let store = store.clone();
        Callback::from(move |e: InputEvent| {
            let url = e.target_unchecked_into::<HtmlInputElement>().value();
            edit(&store, |draft| draft.url = url);
        })
    };
    let text = |change: fn(&mut Draft, String)| {
        let store = store.clone();
        Callback::from(move |e: InputEvent| {
            let text = e.target_unchecked_into::<HtmlTextAreaElement>().value();
            edit(&store, |draft| change(draft, text));
        })
    };
    let blocked = draft.url.trim().is_empty().then(|| "Enter a URL first".to_owned());
    let placeholder =
        urls.first().cloned().unwrap_or_else(|| "https://{api-id}.execute-api.{region}.amazonaws.com/{stage}/…".into());
    html! {
        <form class="compose" {onsubmit} aria-label="Request">
            <div class="compose-line">
                <select class="verb-select" aria-label="HTTP method" onchange={onverb}>
                    { for VERBS.iter().map(|verb| html! { <option value={*verb} selected={*verb == draft.method}>{ *verb }</option> }) }
                </select>
                <input
                    id="request-url" aria-label="URL" type="text" inputmode="url" list="request-urls" autocomplete="off" autocapitalize="off" spellcheck="false"
                    value={draft.url.clone()} {placeholder} oninput={onurl}
                />
                <datalist id="request-urls">{ for urls.iter().map(|url| html! { <option value={url.clone()} /> }) }</datalist>
                <Button label="Send" look={Look::Primary} submit=true {blocked} />
            </div>
            <details class="compose-more" open={!draft.headers.is_empty() || !draft.body.is_empty()}>
                <summary>{ "Headers and body" }</summary>
                <div class="compose-fields">
                    <label for="request-headers">{ "Headers, one a line" }</label>
                    <textarea id="request-headers" class="input code" rows="2" spellcheck="false" placeholder="Accept: application/json" value={draft.headers.clone()} oninput={text(|draft, text| draft.headers = text)} />
                    <label for="request-body">{ "Body" }</label>
                    <textarea id="request-body" class="input code" rows="3" spellcheck="false" value={draft.body.clone()} oninput={text(|draft, text| draft.body = text)} />
                    <CopyButton label="Copy as curl" text={curl(&draft)} done="curl line copied" />
                </div>
            </details>
        </form>
    }
}

fn curl(draft: &Draft) -> String {
    let headers = draft.headers.lines().filter_map(|line| line.split_once(':'));
    crate::data_plane::urls::curl(&crate::data_plane::Request {
        method: draft.method.clone(),
        url: draft.url.clone(),
        headers: headers.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect(),
        body: draft.body.clone(),
    })
}
