//! "Gateway responses": what API Gateway answers by itself, all 21 types, and what an author makes of them.

use super::{
    super::{
        items::{Delete, Item, ItemHead, Items, use_focus_on},
        link::PlaceLink,
        resources::{Add, AddField, EditText, Mappings, Part, Save, TemplateEdit, Templates, send, template_patch},
    },
    ItemProps, ScreenProps, use_api,
};
use crate::ui::markup::html;
use crate::ui::panels::words::count;
use crate::{
    collections::SortedMap,
    control_plane::{
        ApiError, Command, PatchOperation, escape,
        gateway_responses::{DeleteGatewayResponse, UpdateGatewayResponse},
    },
    entities::{ApiParts, GatewayResponse, GatewayResponseType, RestApi},
    ui::{
        Confirm, Dialog, Page, Place, Same,
        parts::{EditButton, Look},
        use_store,
    },
};
use std::rc::Rc;
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, component};

/// The beginning of the name of every header.
const HEADER: &str = "gatewayresponse.header.";

/// The hint about the values that a template can use.
const REFERENCES: &str = "No Velocity here: only $context, $stageVariables and method.request variables are put in, such as \
                          $context.error.messageString.";

/// Returns what an untouched response answers with.
fn default_templates() -> SortedMap<String, String> {
    [("application/json".to_owned(), GatewayResponse::DEFAULT_TEMPLATE.to_owned())].into()
}

/// Returns the name as the console has it: `Bad Request Body`.
pub(in crate::ui::panels) fn title(kind: GatewayResponseType) -> String {
    let word = |word: &str| match word {
        "4XX" | "5XX" | "API" | "WAF" => word.to_owned(),
        _ => {
            let mut letters = word.chars();
            letters.next().map(|first| format!("{first}{}", letters.as_str().to_lowercase())).unwrap_or_default()
        }
    };
    kind.as_str().split('_').map(word).collect::<Vec<_>>().join(" ")
}

/// Returns when API Gateway answers so.
fn when(kind: GatewayResponseType) -> &'static str {
    use GatewayResponseType as Type;
    match kind {
        Type::AccessDenied => "An authorizer or a resource policy says no.",
        Type::ApiConfigurationError => "The API is put together in a way that cannot answer.",
        Type::AuthorizerConfigurationError => "The authorizer cannot be called.",
        Type::AuthorizerFailure => "The authorizer fails.",
        Type::BadRequestBody => "A request validator finds that the body does not fit its model.",
        Type::BadRequestParameters => "A request validator misses a required parameter.",
        Type::Default4xx => "Lends its status, headers and templates to every 4XX type that has none of its own.",
        Type::Default5xx => "Lends its status, headers and templates to every 5XX type that has none of its own.",
        Type::ExpiredToken => "The caller's temporary credentials have expired.",
        Type::IntegrationFailure => "The integration cannot be reached, or fails.",
        Type::IntegrationTimeout => "The integration takes too long.",
        Type::InvalidApiKey => "The API key is missing or unknown.",
        Type::InvalidSignature => "The signature of the request is wrong.",
        Type::MissingAuthenticationToken => "The stage's deployment has no such resource or method.",
        Type::QuotaExceeded => "The quota of the usage plan is used up.",
        Type::RequestTooLarge => "The request is larger than 10 MB.",
        Type::ResourceNotFound => "The resource is not found after the caller was let in.",
        Type::Throttled => "There are more requests than the throttle allows.",
        Type::Unauthorized => "The authorizer does not accept the caller.",
        Type::UnsupportedMediaType => "No template fits the content type, and nothing is passed through.",
        Type::WafFiltered => "The web ACL says no.",
    }
}

/// Returns what shapes the answers of a type: itself, its class, or nobody.
fn shaped_by(parts: &ApiParts, kind: GatewayResponseType) -> Option<GatewayResponseType> {
    parts.gateway_response(kind).map(|(by, _)| by)
}

/// Returns the status that callers see; the two defaults may have none.
fn status(parts: &ApiParts, kind: GatewayResponseType) -> Option<String> {
    let shaped = parts.gateway_response(kind).and_then(|(_, response)| response.status_code);
    shaped.map(|status| status.to_string()).or_else(|| kind.default_status().map(|status| status.to_string()))
}

/// Draws the screen.
#[component]
pub(in crate::ui::panels) fn GatewayResponses(props: &ScreenProps) -> Html {
    use_focus_on(props.item.clone());
    let Some(api) = use_api() else { return Html::default() };
    let parts = &api.config.parts;
    if let Some(kind) = props.item.as_deref().and_then(GatewayResponseType::parse) {
        return html! { <Details key={kind.as_str()} {api} {kind} /> };
    }
    let row = |kind: GatewayResponseType| {
        let by = shaped_by(parts, kind);
        let state = match by {
            Some(by) if by == kind => Some("customised".into()),
            Some(by) => Some(format!("as {}", title(by)).into()),
            None => None,
        };
        let chips: Vec<AttrValue> = state.into_iter().chain(status(parts, kind).map(AttrValue::from)).collect();
        Item { item: kind.as_str().to_owned(), title: title(kind).into(), chips, foot: when(kind).into() }
    };
    // The two that lend to the others come first.
    let (defaults, others): (Vec<_>, Vec<_>) =
        GatewayResponseType::ALL.iter().copied().partition(|kind| kind.class().is_none());
    html! {
        <Items
            page={Page::GatewayResponses} label="Gateway responses"
            rows={defaults.into_iter().chain(others).map(row).collect::<Vec<_>>()}
            hint="What API Gateway answers by itself, when a request does not reach its integration or the integration fails. Each has \
                  a status, headers and templates that you can change."
        />
    }
}

#[derive(Debug, PartialEq, Properties)]
struct DetailsProps {
    api: Same<RestApi>,
    kind: GatewayResponseType,
}

/// Draws one type.
#[component]
fn Details(props: &DetailsProps) -> Html {
    let store = use_store();
    let (api, kind) = (&props.api, props.kind);
    let own = api.config.parts.gateway_responses.contains_key(&kind);
    let reset = Callback::from(move |_: MouseEvent| {
        store.open(Dialog::Confirm(Confirm::DeleteItem(Page::GatewayResponses, kind.as_str().to_owned())));
    });
    let blocked = (!own).then(|| "It has its default form".to_owned());
    html! {
        <>
            <ItemHead page={Page::GatewayResponses} item={kind.as_str().to_owned()} title={title(kind)} all="All gateway responses">
                <EditButton label="Reset to default" small=true look={Look::Ghost} onclick={reset} {blocked} />
            </ItemHead>
            <p class="lead">{ when(kind) }</p>
            <dl class="facts"><dt>{ "Response type" }</dt><dd class="mono">{ kind.as_str() }</dd></dl>
            <Origin api={api.clone()} {kind} />
            <Shape api={api.clone()} {kind} />
        </>
    }
}

/// Draws where its form comes from.
#[component]
fn Origin(props: &DetailsProps) -> Html {
    let kind = props.kind;
    let parts = &props.api.config.parts;
    match shaped_by(parts, kind) {
        Some(by) if by == kind => match kind.class() {
            Some(_) => {
                html! { <p class="part-hint">{ "Customised: it has its own form, whatever the default for its class is." }</p> }
            }
            None => {
                let lent = GatewayResponseType::ALL.iter().filter(|other| other.class() == Some(kind));
                let lent = lent.filter(|other| shaped_by(parts, **other) == Some(kind)).count();
                let types = count(lent, "type");
                html! { <p class="part-hint">{ format!("Customised: {types} without a form of their own answer so, too.") }</p> }
            }
        },
        Some(by) => html! {
            <p class="note">
                { "It has no form of its own and answers as " }
                <PlaceLink place={Place::Page(Page::GatewayResponses, Some(by.as_str().to_owned()))}><span>{ title(by) }</span></PlaceLink>
                { ", which is what you see here. The first change gives it one, and that begins with API Gateway's default." }
            </p>
        },
        None => html! { <p class="part-hint">{ "Not customised: this is API Gateway's default." }</p> },
    }
}

/// Status, headers and templates.
#[component]
fn Shape(props: &DetailsProps) -> Html {
    let store = use_store();
    let (api, kind) = (&props.api, props.kind);
    let found: Option<&Rc<GatewayResponse>> = api.config.parts.gateway_response(kind).map(|(_, response)| response);
    let headers = found.map(|response| response.response_parameters.clone()).unwrap_or_default();
    let templates = found.map_or_else(default_templates, |response| response.response_templates.clone());
    let patch = {
        let (store, rest_api_id) = (store, api.id.to_string());
        Callback::from(move |patch: PatchOperation| -> Result<(), ApiError> {
            let (rest_api_id, response_type) = (rest_api_id.clone(), kind.as_str().to_owned());
            send(&store, UpdateGatewayResponse { rest_api_id, response_type, patch_operations: vec![patch] }.into())
        })
    };
    let path = |key: &str| format!("/responseParameters/{}", escape(key));
    let save_status: Save = patch.reform(|text: String| PatchOperation::replace("/statusCode", text.trim()));
    let save = patch.reform(move |(key, value): (String, String)| PatchOperation::replace(path(&key), value));
    let remove = patch.reform(move |key: String| PatchOperation::remove(path(&key)));
    let add = patch.reform(move |values: Vec<String>| {
        let name = values.first().map(|name| name.trim()).unwrap_or_default();
        PatchOperation::add(
            path(&format!("{HEADER}{name}")),
            values.get(1).map(|value| value.trim()).unwrap_or_default(),
        )
    });
    let edit = patch.reform(|edit: TemplateEdit| template_patch("responseTemplates", edit));
    let fields = vec![
        AddField::text("name", "Header", "Access-Control-Allow-Origin"),
        AddField::text("responseParameters", "Mapped from", "'*'")
            .hint("'text' in quotes, method.request.header.X, context.x or stageVariables.x."),
    ];
    let id = |field: &str| format!("{}-{}-{field}", api.id, kind.as_str());
    let none = match (kind.class(), status(&api.config.parts, kind)) {
        (Some(_), _) => "",
        (None, None) => "Empty: each type keeps its own.",
        (None, Some(_)) => "Every type without a form of its own answers with it, until this one is reset.",
    };
    html! {
        <>
            <Part id="status-title" title="Status">
                <EditText
                    id={id("status")} label="Status code" mono=true save={save_status} hint={none}
                    value={status(&api.config.parts, kind).unwrap_or_default()}
                />
            </Part>
            <Part id="headers-title" title="Response headers" hint="Browsers show a page only answers with Access-Control-Allow-Origin, these included.">
                <Mappings id={id("header")} entries={headers} cut={HEADER} home="headers-title" {save} {remove} />
                <Add id={id("add-header")} label="Add response header" {fields} {add} />
            </Part>
            <Part id="templates-title" title="Response templates">
                <Templates
                    id={id("template")} label="Response template" member="responseTemplates" home="templates-title" {edit}
                    templates={templates.into_iter().map(|(kind, text)| (kind, Some(text))).collect::<SortedMap<_, _>>()}
                    initial={GatewayResponse::DEFAULT_TEMPLATE} references={REFERENCES} plain=true
                />
            </Part>
        </>
    }
}

/// Draws the question before a response gets its default form back.
#[component]
pub(in crate::ui::panels) fn ResetGatewayResponse(props: &ItemProps) -> Html {
    let Some(api) = use_api() else { return Html::default() };
    let Some(kind) = GatewayResponseType::parse(&props.item) else { return Html::default() };
    let (rest_api_id, response_type) = (api.id.to_string(), kind.as_str().to_owned());
    let command: Command = DeleteGatewayResponse { rest_api_id, response_type }.into();
    let class = kind.class().filter(|class| api.config.parts.gateway_responses.contains_key(class));
    let then = class.map_or("API Gateway's default".to_owned(), title);
    html! {
        <Delete
            page={Page::GatewayResponses} title={format!("Reset {} to default?", title(kind))} label="Reset to default" {command} stays=true
            text={format!("Its status, headers and templates go; it answers as {then}, from the next deployment on.")}
            done={format!("Reset {} to default.", title(kind))}
        />
    }
}
