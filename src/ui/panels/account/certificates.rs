//! Client certificates: what stages show to backends that ask who is calling.

use super::{
    super::{
        items::{Delete, Form, Item, ItemHead, Items, text_field, use_focus_on},
        link::time_view,
        resources::{EditText, Part},
    },
    kit::{ApiLink, Tags, arn, copyable, parse_tags, replace, saving, tags_field},
};
use crate::ui::markup::html;
use crate::ui::panels::words::given;
use crate::{
    control_plane::{
        ApiError, Command,
        client_certificates::{DeleteClientCertificate, GenerateClientCertificate, UpdateClientCertificate, pem},
    },
    entities::{ClientCertificate, Workspace},
    ui::{
        Page, Place, Same, Store,
        parts::{CopyButton, When},
        use_selector, use_store,
    },
};
use yew::{Callback, Html, Properties, component};

/// The props of [`Certificates`].
#[derive(Debug, PartialEq, Properties)]
pub(in crate::ui::panels) struct CertificatesProps {
    /// The one that is selected.
    pub item: Option<String>,
}

/// Draws all of them, or one.
#[component]
pub(in crate::ui::panels) fn Certificates(props: &CertificatesProps) -> Html {
    use_focus_on(props.item.clone());
    match props.item.clone() {
        Some(id) => html! { <Details key={id.clone()} id={id.clone()} /> },
        None => html! { <List /> },
    }
}

/// A stage: its API's id and name, and its own name.
type StageOf = (String, String, String);

/// Returns the stages that show a certificate.
fn stages_of(ws: &Workspace, id: &str) -> Vec<StageOf> {
    let mut out = Vec::new();
    for api in ws.rest_apis.values() {
        let shown = api.stages.values().filter(|stage| stage.client_certificate_id.as_deref() == Some(id));
        out.extend(shown.map(|stage| (api.id.to_string(), api.config.settings.name.clone(), stage.name.to_string())));
    }
    out
}

#[component]
fn List() -> Html {
    let account = use_selector(|state| Same::from(&state.present().account));
    let used = use_selector(|state| {
        let ws = state.present();
        ws.account.client_certificates.keys().map(|id| stages_of(ws, id).len()).collect::<Vec<_>>()
    });
    let limit = use_selector(|state| state.present().limits.client_certificates);
    let row = |(certificate, used): (&std::rc::Rc<ClientCertificate>, usize)| Item {
        item: certificate.id.to_string(),
        title: certificate.id.to_string().into(),
        chips: if used == 0 { Vec::new() } else { vec![format!("{used} in use").into()] },
        foot: certificate.description.clone().unwrap_or_default().into(),
    };
    let uses = used.iter().copied().chain(std::iter::repeat(0));
    let rows: Vec<Item> = account.client_certificates.values().zip(uses).map(row).collect();
    html! {
        <Items
            page={Page::ClientCertificates} label="Client certificates" {rows} limit={limit} create="Generate certificate"
            hint="A stage shows one to its HTTP backends, which then know that API Gateway is calling. It is chosen in the stage's settings."
            empty="No client certificate yet."
        />
    }
}

fn generate(store: &Store, values: Vec<String>) -> Result<(), ApiError> {
    let [description, tags] = <[String; 2]>::try_from(values).unwrap_or_default();
    let command = GenerateClientCertificate { description: given(&description), tags: parse_tags(&tags)? };
    let made = store.execute(command)?;
    let id = made.text("clientCertificateId").map(str::to_owned);
    store.close();
    store.done(format!("Successfully generated client certificate {}.", id.as_deref().unwrap_or_default()));
    store.go_to(Place::Page(Page::ClientCertificates, id));
    Ok(())
}

/// Draws the dialog "Generate client certificate".
#[component]
pub(super) fn GenerateCertificate() -> Html {
    let store = use_store();
    let onsubmit = Callback::from(move |values: Vec<String>| generate(&store, values));
    let fields =
        vec![text_field("description", "Description - optional").example("For the backend of orders"), tags_field()];
    html! {
        <Form id="new-certificate" title="Generate client certificate" label="Generate certificate" when={When::Now} {fields} {onsubmit} />
    }
}

/// The props of what is about one certificate.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct CertificateProps {
    /// Its id.
    pub id: String,
}

#[yew::hook]
fn use_certificate(id: &str) -> Option<Same<ClientCertificate>> {
    let id = id.to_owned();
    use_selector(move |state| state.present().account.client_certificates.get(id.as_str()).map(Same::from))
}

#[component]
fn Details(props: &CertificateProps) -> Html {
    let store = use_store();
    let place = use_selector(|state| state.present().place.clone());
    let id = props.id.clone();
    let stages = {
        let id = id.clone();
        use_selector(move |state| stages_of(state.present(), &id))
    };
    let Some(certificate) = use_certificate(&id) else {
        return html! {
            <>
                <ItemHead page={Page::ClientCertificates} item={id.clone()} title="Not found" all="All client certificates" />
                <p class="muted">{ format!("There is no client certificate {id}. It may have been deleted or undone.") }</p>
            </>
        };
    };
    let describe = {
        let id = id.clone();
        saving(&store, move |text| {
            let patch_operations = replace("/description", text);
            UpdateClientCertificate { client_certificate_id: id.clone(), patch_operations }.into()
        })
    };
    let text = pem(&certificate);
    let hint = if stages.is_empty() {
        "No stage shows it. It is chosen in a stage's additional settings."
    } else {
        "It cannot be deleted while a stage shows it."
    };
    html! {
        <div class="settings">
            <ItemHead
                page={Page::ClientCertificates} item={id.clone()} title={id.clone()} all="All client certificates" delete="Delete client certificate"
            />
            <dl class="facts">
                { copyable("Client certificate ID", &id) }
                <dt>{ "Created" }</dt><dd>{ time_view(certificate.created) }</dd>
                <dt>{ "Expires" }</dt><dd>{ time_view(certificate.expires()) }</dd>
            </dl>
            <EditText
                id={format!("{id}-description")} label="Description" value={certificate.description.clone().unwrap_or_default()}
                when={When::Now} save={describe}
            />
            <Part id="used-title" title="Stages that show it" {hint}>
                if !stages.is_empty() {
                    <ul class="entries">
                        { for stages.iter().map(|(api, name, stage)| html! {
                            <li key={format!("{api}:{stage}")}><ApiLink api={api.clone()} stage={stage.clone()} text={format!("{name} → {stage}")} /></li>
                        }) }
                    </ul>
                }
            </Part>
            <Part id="pem-title" title="Certificate (PEM)" hint="The backend trusts this. Its form is real, its key is not: nothing can be proven with it outside.">
                <p><CopyButton text={text.clone()} label="Copy certificate" done="Certificate copied" /></p>
                <details class="more">
                    <summary>{ "Show the text" }</summary>
                    <pre class="code" tabindex="0" aria-label="Certificate">{ text }</pre>
                </details>
            </Part>
            <Tags arn={arn(&place, &format!("/clientcertificates/{id}"))} tags={certificate.tags.clone()} />
        </div>
    }
}

/// Draws the question before one goes.
#[component]
pub(super) fn DeleteCertificate(props: &CertificateProps) -> Html {
    let Some(certificate) = use_certificate(&props.id) else { return Html::default() };
    let id = certificate.id.to_string();
    html! {
        <Delete
            page={Page::ClientCertificates} title={format!("Delete client certificate {id}?")} text="No stage shows it."
            label="Delete client certificate" done={format!("Deleted client certificate {id}.")}
            command={Command::from(DeleteClientCertificate { client_certificate_id: id.clone() })}
        />
    }
}
