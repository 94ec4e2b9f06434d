//! "Integration request": what answers a method, and how a request is mapped to it.

use super::{
    add::{Add, AddField},
    backend::{Backend, BackendFields, is_proxy, keeps_templates, kind_hint, kind_name, kinds, replace_integration},
    connection::{CacheKeys, Connection, Transport},
    fields::{EditChoice, EditText, Part, Save},
    mappings::Mappings,
    request::PanelProps,
    send::{MethodAt, send},
    templates::{TemplateEdit, Templates},
};
use crate::ui::markup::html;
use crate::{
    control_plane::{PatchOperation, escape},
    entities::{ContentHandling, HttpMethod, Integration, IntegrationType, Method, PassthroughBehavior},
    ui::{
        MethodTab, NextFrame, Place, Store, focus_soon,
        parts::{Button, EditButton, FieldError, Look, SelectField, When, use_read_only},
        use_store,
    },
};
use std::rc::Rc;
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, SubmitEvent, component, use_state};

/// Draws the tab "Integration".
#[component]
pub(crate) fn IntegrationPanel(props: &PanelProps) -> Html {
    let (at, method) = (&props.at, &props.method);
    let fields = method.integration.as_ref().map(|integration| {
        let integration = integration.clone();
        let kind = integration.kind.as_str();
        html! { <Fields key={kind} at={at.clone()} {integration} declared={declared(method)} /> }
    });
    html! {
        <>
            <Part id="integration-title" title="Integration request">
                <TypeChoice at={at.clone()} method={method.clone()} />
            </Part>
            if let Some(fields) = fields { { fields } }
            if method.integration.as_ref().is_some_and(|integration| !is_proxy(integration.kind)) {
                <AnswerLink at={at.clone()} />
            }
        </>
    }
}

fn declared(method: &Method) -> Vec<AttrValue> {
    method.request_parameters.keys().map(|key| AttrValue::from(key.clone())).collect()
}

#[derive(Debug, PartialEq, Properties)]
struct AtProps {
    at: MethodAt,
}

/// Draws the way to where the answer is written, which people look for here.
#[component]
fn AnswerLink(props: &AtProps) -> Html {
    let store = use_store();
    let at = props.at.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        store.go_to(Place::Method(at.resource.clone(), at.verb, MethodTab::Responses));
    });
    html! {
        <p class="part-hint">{ "The answer itself is written in the response templates. " }
            <Button label="Go to Responses" small=true look={Look::Ghost} icon="go" {onclick} />
        </p>
    }
}

#[derive(Debug, PartialEq, Properties)]
struct TypeChoiceProps {
    at: MethodAt,
    method: Rc<Method>,
}

/// Draws the integration type. Another one replaces the integration, so it is asked for what it needs first.
#[component]
fn TypeChoice(props: &TypeChoiceProps) -> Html {
    let store = use_store();
    let draft = use_state(|| None::<Backend>);
    let error = use_state(|| None::<FieldError>);
    let readonly = use_read_only().is_some();
    let stored = props.method.integration.as_ref().map(|integration| integration.kind);
    let (at, verb) = (props.at.clone(), props.at.verb);
    let choose = {
        let (draft, error) = (draft.clone(), error.clone());
        Callback::from(move |text: String| {
            let kind = IntegrationType::parse(&text).filter(|kind| Some(*kind) != stored);
            draft.set(kind.map(|kind| Backend::new(kind, verb)));
            error.set(None);
        })
    };
    let onsubmit = {
        let (store, at, method, draft, error) =
            (store.clone(), at.clone(), props.method.clone(), draft.clone(), error.clone());
        Callback::from(move |e: SubmitEvent| {
            e.prevent_default();
            let Some(backend) = (*draft).clone() else { return };
            match store.transact(|transaction| replace_integration(transaction, &at, &method, &backend)) {
                Ok(()) => {
                    draft.set(None);
                    focus_soon(at.dom_id("type"));
                }
                Err(refusal) => error.set(Some(FieldError::from(&refusal))),
            }
        })
    };
    let onchange = {
        let (draft, error) = (draft.clone(), error.clone());
        Callback::from(move |backend: Backend| {
            draft.set(Some(backend));
            error.set(None);
        })
    };
    let cancel = {
        let (draft, error, at) = (draft.clone(), error.clone(), at.clone());
        Callback::from(move |_: MouseEvent| {
            draft.set(None);
            error.set(None);
            focus_soon(at.dom_id("type"));
        })
    };
    let shown = (*draft).clone().filter(|_| !readonly);
    let kind = shown.as_ref().map(|backend| backend.kind).or(stored);
    let mut options = kinds();
    if stored.is_none() {
        options.insert(0, ("".into(), "Choose…".into()));
    }
    let hint = kind.map_or("Without an integration the API cannot be deployed.", kind_hint);
    let button = if stored.is_some() { "Replace integration" } else { "Put integration" };
    let elsewhere = FieldError::elsewhere((*error).as_ref(), &["integrationHttpMethod", "uri", "credentials"]);
    html! {
        <>
            <SelectField
                id={at.dom_id("type")} label="Integration type" value={kind.map_or("", IntegrationType::as_str)} {options} {hint}
                when={Some(When::NextDeployment)} {readonly} onchange={choose}
            />
            if let Some(backend) = shown {
                <form class="add-form" {onsubmit} aria-label="Change of the integration type">
                    <p class="note">{ consequences(&props.method, backend.kind) }</p>
                    <BackendFields id={at.dom_id("new")} {backend} error={(*error).clone()} {onchange} />
                    { FieldError::view(elsewhere.as_ref(), &at.dom_id("new-error")) }
                    <div class="actions">
                        <EditButton label={button} submit=true small=true look={Look::Primary} />
                        <Button label="Cancel" small=true look={Look::Ghost} onclick={cancel} />
                    </div>
                </form>
            }
        </>
    }
}

/// Returns what becomes of the old integration.
fn consequences(method: &Method, to: IntegrationType) -> String {
    let Some(old) = &method.integration else {
        return format!("The method gets a {} integration.", kind_name(to));
    };
    let mut out = "This puts another integration in place of this one.".to_owned();
    if !keeps_templates(old.kind, to) && !old.request_templates.is_empty() {
        out.push_str(" Its request templates go.");
    }
    match (old.responses.is_empty(), is_proxy(to)) {
        (true, _) => {}
        (false, true) => out.push_str(" Its integration responses go: a proxy passes answers on as they are."),
        (false, false) => out.push_str(" Its integration responses are kept."),
    }
    out
}

#[derive(Debug, PartialEq, Properties)]
struct FieldsProps {
    at: MethodAt,
    integration: Rc<Integration>,
    /// The parameters that can be mapped.
    declared: Vec<AttrValue>,
}

/// Draws what can be patched in place.
#[component]
fn Fields(props: &FieldsProps) -> Html {
    let store = use_store();
    let (at, integration) = (&props.at, &props.integration);
    let kind = integration.kind;
    let save = |path: &'static str| save(&store, at, path);
    let passthrough = PassthroughBehavior::ALL.iter().map(|p| (p.as_str().into(), passthrough_name(*p).into()));
    let mut handling: Vec<(AttrValue, AttrValue)> = vec![("".into(), "Passthrough".into())];
    handling.extend(ContentHandling::ALL.iter().map(|h| (h.as_str().into(), handling_name(*h).into())));
    html! {
        <>
            if kind != IntegrationType::Mock { <Address at={at.clone()} integration={integration.clone()} declared={Vec::new()} /> }
            if !matches!(kind, IntegrationType::Mock | IntegrationType::AwsProxy) {
                <RequestMappings at={at.clone()} integration={integration.clone()} declared={props.declared.clone()} />
            }
            if !is_proxy(kind) {
                <RequestTemplates at={at.clone()} integration={integration.clone()} declared={Vec::new()} />
                <EditChoice
                    id={at.dom_id("passthrough")} label="Request body passthrough" value={integration.passthrough_behavior.as_str()}
                    options={passthrough.collect::<Vec<_>>()} save={save("/passthroughBehavior")}
                    hint="What happens to a body whose content type has no template."
                />
            }
            <NextFrame><CacheKeys at={at.clone()} integration={integration.clone()} declared={props.declared.clone()} /></NextFrame>
            <details class="more">
                <summary>{ "More settings" }</summary>
                <Transport at={at.clone()} integration={integration.clone()} />
                <EditChoice
                    id={at.dom_id("handling")} label="Content handling" options={handling} save={save("/contentHandling")}
                    value={integration.content_handling.map_or("", ContentHandling::as_str)}
                />
                <EditText
                    id={at.dom_id("timeout")} label="Integration timeout (milliseconds)" mono=true save={save("/timeoutInMillis")}
                    value={integration.timeout_in_millis.to_string()} hint="50 to 29000."
                />
            </details>
        </>
    }
}

fn save(store: &Store, at: &MethodAt, path: &'static str) -> Save {
    let (store, at) = (store.clone(), at.clone());
    Callback::from(move |text: String| send(&store, at.integration(vec![PatchOperation::replace(path, text)])))
}

fn passthrough_name(behavior: PassthroughBehavior) -> &'static str {
    match behavior {
        PassthroughBehavior::WhenNoMatch => "When no template matches the content type",
        PassthroughBehavior::WhenNoTemplates => "When there are no templates defined",
        PassthroughBehavior::Never => "Never (415 Unsupported Media Type)",
    }
}

/// Returns the name of a conversion on screen.
pub(crate) fn handling_name(handling: ContentHandling) -> &'static str {
    match handling {
        ContentHandling::ConvertToBinary => "Convert to binary",
        ContentHandling::ConvertToText => "Convert to text",
    }
}

/// Draws where the backend is.
#[component]
fn Address(props: &FieldsProps) -> Html {
    let store = use_store();
    let (at, integration) = (&props.at, &props.integration);
    let save = |path: &'static str| save(&store, at, path);
    let verbs: Vec<(AttrValue, AttrValue)> =
        HttpMethod::ALL.iter().map(|verb| (verb.as_str().into(), verb.as_str().into())).collect();
    let aws = matches!(integration.kind, IntegrationType::Aws | IntegrationType::AwsProxy);
    html! {
        <>
            <EditChoice
                id={at.dom_id("backend-verb")} label="HTTP method" options={verbs} save={save("/httpMethod")}
                value={integration.http_method.map_or("", HttpMethod::as_str)}
            />
            <EditText
                id={at.dom_id("uri")} label={if aws { "Integration URI" } else { "Endpoint URL" }} mono=true save={save("/uri")}
                value={integration.uri.clone().unwrap_or_default()} hint="May hold ${stageVariables.name}."
            />
            if !aws { <Connection at={at.clone()} integration={integration.clone()} /> }
            if aws {
                <EditText
                    id={at.dom_id("credentials")} label="Execution role" mono=true save={save("/credentials")}
                    value={integration.credentials.clone().unwrap_or_default()}
                />
            }
        </>
    }
}

/// Draws what the backend gets of the request's parameters.
#[component]
fn RequestMappings(props: &FieldsProps) -> Html {
    let store = use_store();
    let (at, integration) = (&props.at, &props.integration);
    let save = {
        let (store, at) = (store.clone(), at.clone());
        Callback::from(move |(key, value): (String, String)| {
            let path = format!("/requestParameters/{}", escape(&key));
            send(&store, at.integration(vec![PatchOperation::add(path, value)]))
        })
    };
    let remove = {
        let (store, at) = (store.clone(), at.clone());
        Callback::from(move |key: String| {
            let path = format!("/requestParameters/{}", escape(&key));
            send(&store, at.integration(vec![PatchOperation::remove(path)]))
        })
    };
    let add = {
        let save = save.clone();
        Callback::from(move |values: Vec<String>| {
            let [place, name, source] = &values[..] else { return Ok(()) };
            save.emit((format!("integration.request.{place}.{name}"), source.clone()))
        })
    };
    let places = [("header", "Header"), ("querystring", "Query string"), ("path", "Path")];
    let fields = vec![
        AddField::choice("place", "Where", &places),
        AddField::text("name", "Name", "X-Client"),
        AddField::text("requestParameters", "Mapped from", "method.request.header.X-Client")
            .hint("A declared request parameter, context.x, stageVariables.x or 'text'.")
            .suggestions(props.declared.clone()),
    ];
    html! {
        <Part id="mappings-title" title="Parameter mappings" hint="What the backend gets besides the body.">
            <Mappings
                id={at.dom_id("mapping")} entries={integration.request_parameters.clone()} cut="integration.request."
                home="mappings-title" suggestions={props.declared.clone()} {save} {remove}
            />
            <Add id={at.dom_id("add-mapping")} label="Add mapping" {fields} {add} />
        </Part>
    }
}

/// Draws the request templates.
#[component]
fn RequestTemplates(props: &FieldsProps) -> Html {
    let store = use_store();
    let (at, integration) = (&props.at, &props.integration);
    let mock = integration.kind == IntegrationType::Mock;
    let edit = {
        let (store, at) = (store.clone(), at.clone());
        Callback::from(move |edit: TemplateEdit| {
            send(&store, at.integration(vec![template_patch("requestTemplates", edit)]))
        })
    };
    let hint = if mock {
        "A mock integration reads the status from what this template gives: {\"statusCode\": 200} picks the response for 200."
    } else {
        "What the backend gets in place of the request's body, by content type."
    };
    html! {
        <Part id="request-templates-title" title="Mapping templates" {hint}>
            <Templates
                id={at.dom_id("request-template")} label="Request template" member="requestTemplates" templates={integration.request_templates.clone()}
                initial={if mock { "{\"statusCode\": 200}" } else { "$input.json('$')" }} home="request-templates-title" {edit}
            />
        </Part>
    }
}

/// Returns the patch that does what somebody wants done with a template of this member.
pub(crate) fn template_patch(member: &str, edit: TemplateEdit) -> PatchOperation {
    let path = |kind: &str| format!("/{member}/{}", escape(kind));
    match edit {
        TemplateEdit::Add(kind, text) => PatchOperation::add(path(&kind), text),
        TemplateEdit::Replace(kind, text) => PatchOperation::replace(path(&kind), text),
        TemplateEdit::Remove(kind) => PatchOperation::remove(path(&kind)),
    }
}
