//! The map on somebody's page, with the URLs and the request pane when the page asks for them.
//!
//! It reads and writes nothing that the visitor has saved, and it leaves the address of its page alone.

use super::{Announcer, Map, Notices, request};
use crate::ui::markup::html;
use crate::{
    data_plane::urls::{base_parts, custom_bases, invoke_urls},
    entities::{HttpMethod, RestApi, Stage},
    ui::{
        Place, Route, Same, Store, UiCommand,
        core::later::{Screen, ScreenSlot},
        parts::{CommandButton, CopyButton, Look, UrlText, icon},
        use_selector, use_store, visit,
    },
};
use web_sys::HtmlSelectElement;
use yew::{Callback, Event, Html, MouseEvent, Properties, TargetCast, component};

/// The props of [`Embed`].
#[derive(Debug, PartialEq, Properties)]
pub struct EmbedProps {
    /// Whether the URLs are listed.
    pub urls: bool,
    /// Whether they can be called.
    pub call: bool,
}

/// Draws the map on somebody's page.
#[component]
pub fn Embed(props: &EmbedProps) -> Html {
    let (there, callable) =
        use_selector(|state| state.api().map_or((false, false), |api| (true, !api.stages.is_empty())));
    let more = there && (props.urls || props.call);
    let class = if more { "embed with-more" } else { "embed" };
    html! {
        <div>
            // No landmarks of a page's own but one: it is a part of somebody else's page, as a rule.
            <main {class}>
                <EmbedBar />
                <Map />
                if more && !callable {
                    <div class="embed-more"><Contents /></div>
                } else if more {
                    <div class="embed-more">
                        if props.urls { <Urls call={props.call} /> }
                        if props.call {
                            <section class="embed-call" aria-label="Call a URL">
                                <h2 class="visually-hidden">{ "Call a URL" }</h2>
                                <request::Request />
                            </section>
                        }
                    </div>
                }
            </main>
            <Notices />
            <ScreenSlot screen={Screen::Dialogs} />
            <Announcer />
        </div>
    }
}

/// Draws which API it is, what can be done, and the way to the whole thing.
#[component]
fn EmbedBar() -> Html {
    let read_only = use_selector(|state| state.read_only);
    let link = use_selector(|state| match state.visit.link() {
        Some(Route::Embed { payload, .. }) => Some(Route::Shared(payload.clone())),
        _ => None,
    });
    let address = visit::page_address() + &link.map(|link| link.to_string()).unwrap_or_default();
    html! {
        <div class="embed-bar">
            <ApiChoice />
            <span class="spacer"></span>
            if !read_only {
                <CommandButton command={UiCommand::Undo} icon_only=true small=true look={Look::Ghost} />
                <CommandButton command={UiCommand::Redo} icon_only=true small=true look={Look::Ghost} />
                <CommandButton command={UiCommand::Deploy} small=true look={Look::Primary} />
            }
            <a class="btn small" href={address} target="_blank" rel="noopener" aria-label="Open in Stagecraft, in a new tab">
                <span>{ "Open" }<span class="where">{ " in Stagecraft" }</span></span>{ icon("go") }
            </a>
        </div>
    }
}

/// Draws the name of the API; a choice when there are several.
#[component]
fn ApiChoice() -> Html {
    let store = use_store();
    let shown = use_selector(|state| state.api().map(|api| api.id.to_string()));
    let apis = use_selector(|state| {
        let apis = state.present().rest_apis.values();
        apis.map(|api| (api.id.to_string(), api.config.settings.name.clone())).collect::<Vec<_>>()
    });
    match &apis[..] {
        [] => html! { <h1 class="muted">{ "No API" }</h1> },
        [(_, name)] => html! { <h1>{ name }</h1> },
        several => {
            let onchange = Callback::from(move |e: Event| {
                let id = e.target_unchecked_into::<HtmlSelectElement>().value();
                store.go(Route::to(id, Place::Resources));
            });
            let option = |(id, name): &(String, String)| {
                html! { <option value={id.clone()} selected={shown.as_ref() == Some(id)}>{ name }</option> }
            };
            html! {
                <>
                    <h1 class="visually-hidden">{ "APIs" }</h1>
                    <select class="input" aria-label="API" {onchange}>{ for several.iter().map(option) }</select>
                </>
            }
        }
    }
}

#[derive(Debug, PartialEq, Properties)]
struct UrlsProps {
    /// Whether a click calls one.
    call: bool,
}

/// Draws the URLs of every stage.
#[component]
fn Urls(props: &UrlsProps) -> Html {
    let store = use_store();
    let api = use_selector(|state| state.api().map(Same::from));
    let Some(api) = api else { return Html::default() };
    html! {
        <section class="embed-urls" aria-label="Invoke URLs">
            { for api.stages.values().map(|stage| urls_of(&store, &api, stage, props.call)) }
        </section>
    }
}

/// Methods that are listed of an API without a URL.
const LISTED: usize = 60;

/// Lists what an API has that no URL answers for, in the place of its URLs and of calls.
#[component]
fn Contents() -> Html {
    let api = use_selector(|state| state.api().map(Same::from));
    let look_only = use_selector(|state| state.read_only);
    let Some(api) = api else { return Html::default() };
    let (config, never) = (&api.config, api.deployments.is_empty());
    let methods = config.tree().into_iter().flat_map(|(_, resource)| {
        let path = config.path_of(&resource.id).clone();
        resource.methods.keys().map(move |verb| (verb.as_str(), path.clone()))
    });
    let row = |(verb, path): (&'static str, String)| {
        html! { <li><span class="verb">{ verb }</span><code>{ path }</code></li> }
    };
    let (has, left) = (config.method_count(), config.method_count().saturating_sub(LISTED));
    let why = match (never, has) {
        (_, 0) => "It has no method yet.",
        (true, _) => {
            "It was never deployed. This is what it has; each method gets a URL once a deployment is on a stage."
        }
        (false, _) => "It has deployments, and no stage that points at one. This is what its working copy has.",
    };
    html! {
        <section class="embed-contents" aria-label="Resources and methods">
            <h2>{ "Nothing can be called" }</h2>
            <p class="muted">{ why }</p>
            if !look_only { <p><CommandButton command={UiCommand::Deploy} small=true look={Look::Primary} /></p> }
            <ul>{ for methods.take(LISTED).map(row) }</ul>
            if left > 0 { <p class="muted">{ format!("… and {left} more methods") }</p> }
        </section>
    }
}

fn urls_of(store: &Store, api: &RestApi, stage: &Stage, call: bool) -> Html {
    let number = api.deployment_of(stage).map(|deployment| deployment.number);
    let urls = store.read(|state| invoke_urls(state.present(), api, stage));
    let bases = store.read(|state| custom_bases(state.present(), &api.id, &stage.name));
    let also = |base: &String| {
        let (host, rest) = base_parts(base);
        html! {
            <li>
                <span class="muted">{ "also at" }</span>
                <UrlText host={host.to_owned()} stage={rest.to_owned()} {number} />
                <CopyButton label="Copy URL" text={base.clone()} done="URL copied" icon_only=true />
            </li>
        }
    };
    let row = |url: &crate::data_plane::urls::InvokeUrl| {
        let verb = url.method.as_str();
        let text = html! { <UrlText host={url.host.to_string()} stage={url.stage.to_string()} path={url.path.to_string()} {number} /> };
        let filled = url.filled(|_| Some("u1".into()));
        let onclick = {
            let (store, filled) = (store.clone(), filled.clone());
            let verb = if url.method == HttpMethod::Any { "GET" } else { verb };
            Callback::from(move |_: MouseEvent| request::call(&store, verb, &filled))
        };
        html! {
            <li>
                <span class="verb">{ verb }</span>
                if call {
                    <button type="button" class="offer" title="Call it" {onclick}>{ text }</button>
                } else {
                    { text }
                }
                <CopyButton label="Copy URL" text={url.url()} done="URL copied" icon_only=true />
            </li>
        }
    };
    html! {
        <>
            <h2>{ "Stage " }{ stage.name.as_str() }</h2>
            <ul>{ for urls.iter().map(row) }{ for bases.iter().map(also) }</ul>
        </>
    }
}
