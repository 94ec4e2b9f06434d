//! "Enable CORS": what the console's form of that name does, as requests (documented). API Gateway itself has no such
//! operation.

use super::fields::Check;
use crate::ui::markup::html;
use crate::{
    collections::SortedSet,
    entities::{HttpMethod, Resource},
    ui::{
        focus_soon,
        parts::{EditButton, FieldError, Look, TextField, When, use_read_only},
        use_store,
    },
    view::cors::{self, GATEWAY, USUAL_HEADERS, Wanted, has_200, proxied},
};
use std::rc::Rc;
use yew::{Callback, Html, Properties, SubmitEvent, component, use_state};

/// The props of [`Cors`].
#[derive(Debug, PartialEq, Properties)]
pub(super) struct CorsProps {
    /// The API's id.
    pub(super) api: String,
    /// The resource.
    pub(super) resource: Rc<Resource>,
    /// Its path.
    pub(super) path: String,
}

/// Draws the form, closed until it is wanted.
#[component]
pub(super) fn Cors(props: &CorsProps) -> Html {
    let store = use_store();
    let own = || props.resource.methods.keys().copied().filter(|verb| *verb != HttpMethod::Options);
    let wanted = use_state(|| Wanted {
        gateway: SortedSet::new(),
        methods: own().collect(),
        headers: USUAL_HEADERS.to_owned(),
        origin: "*".to_owned(),
    });
    let error = use_state(|| None::<FieldError>);
    let readonly = use_read_only().is_some();
    let onsubmit = {
        let (store, error, wanted) = (store.clone(), error.clone(), wanted.clone());
        let (api, resource, path) = (props.api.clone(), props.resource.clone(), props.path.clone());
        Callback::from(move |e: SubmitEvent| {
            e.prevent_default();
            match store.transact(|transaction| cors::enable(transaction, &api, &resource, &wanted)) {
                Ok(()) => {
                    error.set(None);
                    store.done(format!("CORS is enabled for {path}. Callers see it once the API is deployed."));
                    focus_soon("detail-title");
                }
                Err(refused) => error.set(Some(FieldError::from(&refused))),
            }
        })
    };
    let edit = |change: fn(&mut Wanted, String)| {
        let wanted = wanted.clone();
        Callback::from(move |text: String| {
            let mut next = (*wanted).clone();
            change(&mut next, text);
            wanted.set(next);
        })
    };
    let gateway = |(kind, title): &(&'static str, &'static str)| {
        let (wanted, kind) = (wanted.clone(), *kind);
        let checked = wanted.gateway.contains(kind);
        let onchange = Callback::from(move |on: bool| {
            let mut next = (*wanted).clone();
            let _ = if on { next.gateway.insert(kind) } else { next.gateway.remove(kind) };
            wanted.set(next);
        });
        html! { <Check id={format!("cors-{kind}")} label={*title} {checked} {onchange} /> }
    };
    let verb = |verb: HttpMethod| {
        let checked = wanted.methods.contains(&verb);
        let wanted = wanted.clone();
        let onchange = Callback::from(move |on: bool| {
            let mut next = (*wanted).clone();
            let _ = if on { next.methods.insert(verb) } else { next.methods.remove(&verb) };
            wanted.set(next);
        });
        html! { <Check id={format!("cors-{verb}")} label={verb.as_str()} {checked} {onchange} /> }
    };
    let there = props.resource.methods.contains_key(&HttpMethod::Options);
    let proxies: Vec<&str> =
        props.resource.methods.values().filter(|m| proxied(m)).map(|m| m.http_method.as_str()).collect();
    let bare: Vec<&str> = own()
        .filter_map(|verb| props.resource.methods.get(&verb))
        .filter(|method| !proxied(method) && !has_200(method))
        .map(|method| method.http_method.as_str())
        .collect();
    html! {
        <details class="more">
            <summary>{ "Enable CORS" }</summary>
            <form class="add-form" {onsubmit} aria-label="Enable CORS" novalidate=true>
                <p class="field-hint">
                    { "Lets pages of other origins call this resource: makes OPTIONS, which answers what a browser asks first, and \
                       adds Access-Control-Allow-Origin to the 200 of the methods." }
                    if there { { " The OPTIONS that is there is replaced." } }
                </p>
                if !proxies.is_empty() {
                    <p class="note">{ format!("A proxy integration has to send the header itself: {}.", proxies.join(", ")) }</p>
                }
                if !bare.is_empty() {
                    <p class="note">{ format!("Without a response 200 to add it to: {}. Map the header in the responses that there are.", bare.join(", ")) }</p>
                }
                <fieldset class="choices field-row">
                    <legend>{ "Gateway responses" }</legend>
                    { for GATEWAY.iter().map(gateway) }
                </fieldset>
                <fieldset class="choices field-row">
                    <legend>{ "Access-Control-Allow-Methods" }</legend>
                    { for own().map(verb) }
                    <p class="field-hint">{ "OPTIONS is always one of them." }</p>
                </fieldset>
                <TextField
                    id="cors-headers" label="Access-Control-Allow-Headers" value={wanted.headers.clone()} mono=true {readonly}
                    when={When::NextDeployment} oninput={edit(|wanted, text| wanted.headers = text)}
                />
                <TextField
                    id="cors-origin" label="Access-Control-Allow-Origin" value={wanted.origin.clone()} mono=true {readonly}
                    when={When::NextDeployment} oninput={edit(|wanted, text| wanted.origin = text)}
                    hint="* or one origin, such as https://www.example.com."
                />
                { FieldError::view((*error).as_ref(), "cors-error") }
                <div class="actions"><EditButton label="Save" look={Look::Primary} small=true submit=true /></div>
            </form>
        </details>
    }
}
