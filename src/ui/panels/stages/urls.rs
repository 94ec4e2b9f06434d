//! Every URL that a stage exposes: to copy, as a `curl` line, and to call.

use super::{super::request, StageFacts, details::FactsProps, summary::methods};
use crate::ui::markup::html;
use crate::{
    collections::SortedMap,
    data_plane::{
        Request,
        urls::{InvokeUrl, PROTOCOL, base_parts, curl, custom_bases, invoke_urls},
    },
    entities::{HttpMethod, PathPart, PathPartKind},
    ui::{
        DrawerTab, Store,
        parts::{Button, CopyButton, Look, SelectField, UrlText},
        state::Draft,
        use_growing, use_selector, use_store,
    },
};
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::{AttrValue, Callback, Html, InputEvent, MouseEvent, Properties, TargetCast, component, use_memo, use_state};

/// From so many resources on, a field narrows the list.
const FILTER_FROM: usize = 10;
/// So many resources are drawn at once; the next follow by themselves …
const AT_ONCE: usize = 4;
/// … up to so many, and so many more each time somebody asks.
const LISTED: usize = 32;

/// The URLs of one resource: the same URL for each of its methods.
#[derive(Clone, Debug, PartialEq)]
struct Group {
    url: InvokeUrl,
    methods: Vec<HttpMethod>,
}

fn groups(urls: Vec<InvokeUrl>) -> Vec<Rc<Group>> {
    let same = |a: &InvokeUrl, b: &InvokeUrl| a.resource_id == b.resource_id;
    urls.chunk_by(same)
        .filter_map(|urls| {
            let url = urls.first()?.clone();
            Some(Rc::new(Group { url, methods: urls.iter().map(|u| u.method).collect() }))
        })
        .collect()
}

/// Draws the tab "URLs".
#[component]
pub(super) fn Urls(props: &FactsProps) -> Html {
    let filter = use_state(String::new);
    let listed = use_state(|| LISTED);
    let StageFacts { stage, deployment, api_id, .. } = &props.facts;
    let groups = {
        let (api_id, name) = (api_id.clone(), stage.name.clone());
        let urls = use_selector(move |state| {
            let api = state.present().api(&api_id)?;
            let stage = api.stages.get(&name)?;
            Some((state.present().place.clone(), api.deployment_of(stage)?.clone()))
        });
        let facts = (props.facts.api_id.clone(), props.facts.stage.clone(), urls);
        let store = use_store();
        use_memo(facts, move |(api, stage, _)| {
            store.read(|state| {
                let ws = state.present();
                groups(ws.api(api).map(|api| invoke_urls(ws, api, stage)).unwrap_or_default())
            })
        })
    };
    let bases: Vec<AttrValue> = {
        let (api_id, name) = (api_id.clone(), stage.name.clone());
        // Of all names that a wildcard stands for, one that can be called.
        let one = |base: String| AttrValue::from(base.replacen("//*.", "//www.", 1));
        use_selector(move |state| custom_bases(state.present(), &api_id, &name).into_iter().map(one).collect())
    };
    let chosen = use_state(AttrValue::default);
    // A mapping that is gone takes its choice with it.
    let base = bases.iter().find(|base| **base == *chosen).cloned();
    let onbase = {
        let chosen = chosen.clone();
        Callback::from(move |base: String| chosen.set(base.into()))
    };
    let own = AttrValue::from([PROTOCOL, &props.facts.host, "/", stage.name.as_str()].concat());
    let options: Vec<(AttrValue, AttrValue)> = [(AttrValue::default(), own)]
        .into_iter()
        .chain(bases.iter().map(|base| (base.clone(), base.clone())))
        .collect();
    let oninput = {
        let filter = filter.clone();
        Callback::from(move |e: InputEvent| filter.set(e.target_unchecked_into::<HtmlInputElement>().value()))
    };
    let wanted = filter.trim().to_lowercase();
    let found: Vec<_> = groups.iter().filter(|g| g.url.path.to_lowercase().contains(&wanted)).collect();
    let more = found.len().saturating_sub(*listed);
    let shown = found.get(..use_growing(AT_ONCE, found.len().min(*listed))).unwrap_or(&found);
    let show_more = {
        let listed = listed.clone();
        Callback::from(move |_: MouseEvent| listed.set(*listed + LISTED))
    };
    let number = deployment.number;
    html! {
        <div class="urls">
            <p class="lead">
                { format!("{}, as {} froze them.", methods(&deployment.config), deployment.short_name()) }
            </p>
            if !bases.is_empty() {
                <SelectField id="url-base" label="Base URL" {options} value={base.clone().unwrap_or_default()} onchange={onbase} />
            }
            if deployment.config.settings.disable_execute_api_endpoint && base.is_none() {
                <p class="note">
                    { format!("The default endpoint is switched off in {}: these URLs answer 403.", deployment.short_name()) }
                </p>
            }
            if groups.len() >= FILTER_FROM {
                <input class="input" type="search" placeholder="Filter by path" aria-label="Filter by path" value={(*filter).clone()} {oninput} />
            }
            <ul class="url-list">
                { for shown.iter().map(|group| html! {
                    <UrlGroup key={group.url.path.to_string()} group={Rc::clone(group)} {number} base={base.clone()} />
                }) }
            </ul>
            if found.is_empty() { <p class="muted">{ "No resource has this in its path." }</p> }
            if more > 0 { <Button label={format!("Show more of {} resources", found.len())} small=true onclick={show_more} /> }
        </div>
    }
}

#[derive(Debug, PartialEq, Properties)]
struct UrlGroupProps {
    group: Rc<Group>,
    number: u32,
    /// Where it is shown below: a custom domain name with its base path; the stage's own hostname without one.
    base: Option<AttrValue>,
}

/// Draws one resource: its URL, a field for each path variable, and its methods.
#[component]
fn UrlGroup(props: &UrlGroupProps) -> Html {
    let Group { url, methods } = &*props.group;
    let values = use_state(|| samples(url));
    let filled = url.filled(|name| values.get(name).filter(|value| !value.is_empty()).cloned());
    let path = filled.strip_prefix(&format!("https://{}/{}", url.host, url.stage)).unwrap_or_default().to_owned();
    let (host, stage) = match &props.base {
        Some(base) => base_parts(base),
        None => (&*url.host, url.stage.as_str()),
    };
    let filled = props.base.as_ref().map_or(filled, |base| format!("{base}{path}"));
    let missing: Vec<&String> = values.iter().filter(|(_, value)| value.is_empty()).map(|(name, _)| name).collect();
    let blocked = missing.first().map(|name| format!("Fill in {name} first"));
    let field = |name: String| {
        let values = values.clone();
        let id = format!("path-{}-{name}", url.resource_id);
        let value = values.get(&name).cloned().unwrap_or_default();
        let oninput = {
            let name = name.clone();
            Callback::from(move |e: InputEvent| {
                let mut next = (*values).clone();
                next.insert(name.clone(), e.target_unchecked_into::<HtmlInputElement>().value());
                values.set(next);
            })
        };
        html! {
            <span class="path-variable">
                <label for={id.clone()}>{ format!("{name} =") }</label>
                <input {id} class="input mono" {value} autocomplete="off" autocapitalize="off" spellcheck="false" {oninput} />
            </span>
        }
    };
    html! {
        <li class="url-group">
            <h3><code>{ &*url.path }</code></h3>
            <div class="with-button">
                <UrlText host={host.to_owned()} stage={stage.to_owned()} path={path} number={props.number} />
                <CopyButton
                    text={filled.clone()}
                    label={format!("Copy URL of {}", url.path)}
                    done="URL copied"
                    icon_only=true
                />
            </div>
            if !values.is_empty() { <div class="path-variables">{ for url.variables().into_iter().map(field) }</div> }
            <ul class="url-methods">
                { for methods.iter().map(|method| html! {
                    <MethodRow method={*method} path={url.path.to_string()} url={filled.clone()} blocked={blocked.clone()} />
                }) }
            </ul>
        </li>
    }
}

#[derive(Debug, PartialEq, Properties)]
struct MethodRowProps {
    method: HttpMethod,
    path: AttrValue,
    url: String,
    blocked: Option<String>,
}

#[component]
fn MethodRow(props: &MethodRowProps) -> Html {
    let store = use_store();
    let draft = draft(props.method, &props.url);
    let line = curl(&Request {
        method: draft.method.clone(),
        url: draft.url.clone(),
        headers: Vec::new(),
        body: draft.body.clone(),
    });
    let onclick = Callback::from(move |_: MouseEvent| call(&store, draft.clone()));
    let what = format!("{} {}", props.method, props.path);
    html! {
        <li>
            <span class="verb">{ props.method.as_str() }</span>
            <span class="actions">
                <span title={format!("Copy curl for {what}")}>
                    <CopyButton text={line} label="curl" done="curl line copied" />
                </span>
                <Button
                    label="Call"
                    icon="send"
                    small=true
                    look={Look::Plain}
                    blocked={props.blocked.clone()}
                    title={format!("Call {what}")}
                    {onclick}
                />
            </span>
        </li>
    }
}

/// Returns what the request pane gets: a verb that ANY answers, and a body where one is expected.
fn draft(method: HttpMethod, url: &str) -> Draft {
    let verb = if method == HttpMethod::Any { HttpMethod::Get } else { method };
    let body = matches!(verb, HttpMethod::Post | HttpMethod::Put | HttpMethod::Patch);
    Draft {
        method: verb.as_str().into(),
        url: url.to_owned(),
        headers: if body { "Content-Type: application/json".into() } else { String::new() },
        body: if body { "{}".into() } else { String::new() },
    }
}

/// Fills the request pane and sends. Headers and body that the user has written for this very call stay.
fn call(store: &Store, draft: Draft) {
    store.edit_draft(|now| {
        if now.method != draft.method || now.url != draft.url {
            *now = draft;
        }
    });
    store.show_drawer(DrawerTab::Request);
    request::send(store);
}

/// Returns a believable value for each variable of the path: `u1` for `userId`.
fn samples(url: &InvokeUrl) -> SortedMap<String, String> {
    let parts = url.path.split('/').filter_map(PathPart::parse);
    parts
        .filter_map(|part| {
            let name = part.variable()?.to_owned();
            let value = match (part.kind(), name.chars().next()) {
                (PathPartKind::Greedy, _) => "some/path".to_owned(),
                (_, Some(first)) if name.ends_with("Id") => format!("{}1", first.to_ascii_lowercase()),
                _ => "1".to_owned(),
            };
            Some((name, value))
        })
        .collect()
}
