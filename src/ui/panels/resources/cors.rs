//! "Enable CORS": what the console's form of that name does, as requests (documented). API Gateway itself has no such operation.

use super::{
    backend::{Backend, is_proxy},
    fields::Check,
    send::MethodAt,
};
use crate::ui::markup::html;
use crate::{
    collections::{SortedMap, SortedSet},
    control_plane::{
        ApiError, PatchOperation, gateway_responses::UpdateGatewayResponse,
        integration_responses::PutIntegrationResponse, method_responses::PutMethodResponse, methods::DeleteMethod,
    },
    entities::{HttpMethod, IntegrationType, Method, Resource, StatusCode},
    history::Transaction,
    ui::{
        focus_soon,
        parts::{EditButton, FieldError, Look, TextField, When, use_read_only},
        use_store,
    },
};
use std::rc::Rc;
use yew::{Callback, Html, Properties, SubmitEvent, component, use_state};

const HEADERS: &str = "method.response.header.Access-Control-Allow-Headers";
const METHODS: &str = "method.response.header.Access-Control-Allow-Methods";
const ORIGIN: &str = "method.response.header.Access-Control-Allow-Origin";
/// The header's place in a gateway response, as a patch names it.
const GATEWAY_ORIGIN: &str = "/responseParameters/gatewayresponse.header.Access-Control-Allow-Origin";
/// What the console's form allows at first (documented).
const USUAL_HEADERS: &str = "Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token";
/// The gateway responses that the form offers.
const GATEWAY: [(&str, &str); 2] = [("DEFAULT_4XX", "Default 4XX"), ("DEFAULT_5XX", "Default 5XX")];

/// What the form asks for.
#[derive(Clone, Debug, PartialEq)]
struct Wanted {
    gateway: SortedSet<&'static str>,
    methods: SortedSet<HttpMethod>,
    headers: String,
    origin: String,
}

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

/// The form, closed until it is wanted.
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
            match store.transact(|transaction| enable(transaction, &api, &resource, &wanted)) {
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

/// Whether a method's answers come as they are from its backend.
fn proxied(method: &Method) -> bool {
    method.integration.as_ref().is_some_and(|integration| is_proxy(integration.kind))
}

/// Whether a method declares the answer that gets the header.
fn has_200(method: &Method) -> bool {
    StatusCode::parse("200").is_some_and(|status| method.responses.contains_key(&status))
}

/// The requests.
fn enable(transaction: &mut Transaction<'_>, api: &str, resource: &Resource, wanted: &Wanted) -> Result<(), ApiError> {
    let at = |verb| MethodAt { api: api.to_owned(), resource: resource.id.to_string(), verb };
    let text = |text: &str| format!("'{}'", text.trim());
    let origin = text(&wanted.origin);
    let options = at(HttpMethod::Options);
    let (rest_api_id, resource_id, http_method) = options.key();
    if resource.methods.contains_key(&HttpMethod::Options) {
        transaction.execute(DeleteMethod {
            rest_api_id: rest_api_id.clone(),
            resource_id: resource_id.clone(),
            http_method: http_method.clone(),
        })?;
    }
    transaction.execute(options.put_method(&[]))?;
    let place = transaction.present().place.clone();
    transaction.execute(Backend::new(IntegrationType::Mock, HttpMethod::Options).request(&options, &place))?;
    let declared = [HEADERS, METHODS, ORIGIN].map(|header| (header.to_owned(), false));
    transaction.execute(PutMethodResponse {
        rest_api_id: rest_api_id.clone(),
        resource_id: resource_id.clone(),
        http_method: http_method.clone(),
        status_code: "200".into(),
        response_parameters: Some(declared.into_iter().collect()),
        response_models: Some(SortedMap::from([(super::backend::JSON.to_owned(), "Empty".to_owned())])),
    })?;
    let mut verbs: Vec<&str> =
        wanted.methods.iter().filter(|verb| resource.methods.contains_key(verb)).map(|verb| verb.as_str()).collect();
    verbs.push("OPTIONS");
    let mapped = [(HEADERS, text(&wanted.headers)), (METHODS, text(&verbs.join(","))), (ORIGIN, origin.clone())];
    transaction.execute(PutIntegrationResponse {
        rest_api_id,
        resource_id,
        http_method,
        status_code: "200".into(),
        response_parameters: Some(mapped.into_iter().map(|(header, value)| (header.to_owned(), value)).collect()),
        ..PutIntegrationResponse::default()
    })?;
    for verb in wanted.methods.iter() {
        if let Some(method) = resource.methods.get(verb) {
            allow(transaction, &at(*verb), method, &origin)?;
        }
    }
    for kind in wanted.gateway.iter() {
        let patch_operations = vec![PatchOperation::add(GATEWAY_ORIGIN, origin.as_str())];
        let (rest_api_id, response_type) = (api.to_owned(), (*kind).to_owned());
        transaction.execute(UpdateGatewayResponse { rest_api_id, response_type, patch_operations })?;
    }
    Ok(())
}

/// Adds the header to the 200 of a method that maps its answers.
fn allow(transaction: &mut Transaction<'_>, at: &MethodAt, method: &Method, origin: &str) -> Result<(), ApiError> {
    let Some(status) = StatusCode::parse("200") else { return Ok(()) };
    let Some(declared) = method.responses.get(&status) else { return Ok(()) };
    let path = format!("/responseParameters/{ORIGIN}");
    if !declared.response_parameters.contains_key(ORIGIN) {
        transaction.execute(at.method_response(status, vec![PatchOperation::add(path.clone(), "false")]))?;
    }
    let maps = method.integration.as_ref().filter(|integration| !is_proxy(integration.kind));
    if maps.is_some_and(|integration| integration.responses.contains_key(&status)) {
        transaction.execute(at.integration_response(status, vec![PatchOperation::add(path, origin)]))?;
    }
    Ok(())
}
