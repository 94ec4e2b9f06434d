//! Shows how an integration reaches its backend beside the address: through a VPC link, with which TLS, how its answer comes
//! back, and what its cached answers are told apart by.

use super::{
    add::AddField,
    fields::{EditChoice, EditText, Part, Save},
    send::{MethodAt, send},
};
use crate::ui::markup::html;
use crate::{
    control_plane::{PatchOperation, escape},
    entities::{ConnectionType, Integration, IntegrationType},
    ui::{
        Page, Place, Same, Store,
        panels::{items::Entries, link::PlaceLink},
        use_selector, use_store,
    },
};
use std::rc::Rc;
use yew::{AttrValue, Callback, Html, Properties, component};

/// The props of all that is about an integration's way to its backend.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct ConnectionProps {
    pub(super) at: MethodAt,
    pub(super) integration: Rc<Integration>,
    /// The parameters that the method declares.
    #[prop_or_default]
    pub(super) declared: Vec<AttrValue>,
}

/// Sends what a field's text becomes.
fn save(store: &Store, at: &MethodAt, patches: impl Fn(&str) -> Vec<PatchOperation> + 'static) -> Save {
    let (store, at) = (store.clone(), at.clone());
    Callback::from(move |text: String| send(&store, at.integration(patches(text.trim()))))
}

fn replace(path: &'static str, text: &str) -> PatchOperation {
    PatchOperation::replace(path, text)
}

/// Over the internet, or through a VPC link. Only HTTP backends have the choice.
#[component]
pub(super) fn Connection(props: &ConnectionProps) -> Html {
    let store = use_store();
    let account = use_selector(|state| Same::from(&state.present().account));
    let (at, integration) = (&props.at, &props.integration);
    let private = integration.connection_type == Some(ConnectionType::VpcLink);
    let id = integration.connection_id.clone().unwrap_or_default();
    let links = account.vpc_links.values();
    let mut options: Vec<(AttrValue, AttrValue)> = vec![("".into(), "Internet".into())];
    options.extend(links.map(|link| (link.id.to_string().into(), format!("VPC link {}", link.name).into())));
    if private && options.iter().all(|(known, _)| *known != id) {
        let text = if id.is_empty() { "VPC link, none named".to_owned() } else { format!("VPC link {id}") };
        options.push((if id.is_empty() { "-".into() } else { id.clone().into() }, text.into()));
    }
    let value = match (private, id.is_empty()) {
        (false, _) => String::new(),
        (true, true) => "-".to_owned(),
        (true, false) => id.clone(),
    };
    let choose = save(&store, at, |id| {
        let kind = if id.is_empty() { ConnectionType::Internet } else { ConnectionType::VpcLink };
        vec![replace("/connectionType", kind.as_str()), replace("/connectionId", id)]
    });
    html! {
        <>
            <EditChoice id={at.dom_id("connection")} label="Connection" {value} {options} save={choose} />
            if private {
                <EditText
                    id={at.dom_id("connection-id")} label="VPC link ID" mono=true value={id} hint="May hold ${stageVariables.name}."
                    save={save(&store, at, |text| vec![replace("/connectionId", text)])}
                />
                <EditText
                    id={at.dom_id("target")} label="Load balancer ARN - optional" mono=true
                    value={integration.integration_target.clone().unwrap_or_default()}
                    save={save(&store, at, |text| vec![replace("/integrationTarget", text)])}
                />
            } else if account.vpc_links.is_empty() {
                <p class="field-hint">
                    { "A backend inside a VPC is reached through a " }
                    <PlaceLink place={Place::Page(Page::VpcLinks, None)} leaves=true>{ "VPC link" }</PlaceLink>{ "." }
                </p>
            }
        </>
    }
}

/// Draws what is rarely touched: TLS, and how the answer comes back.
#[component]
pub(super) fn Transport(props: &ConnectionProps) -> Html {
    let store = use_store();
    let (at, integration) = (&props.at, &props.integration);
    let http = matches!(integration.kind, IntegrationType::Http | IntegrationType::HttpProxy);
    let proxy = matches!(integration.kind, IntegrationType::AwsProxy | IntegrationType::HttpProxy);
    let skips = integration.tls_config.is_some_and(|tls| tls.insecure_skip_verification);
    let checks: Vec<(AttrValue, AttrValue)> =
        vec![("false".into(), "Verified".into()), ("true".into(), "Not verified (insecure)".into())];
    let modes: Vec<(AttrValue, AttrValue)> =
        vec![("BUFFERED".into(), "Buffered".into()), ("STREAM".into(), "Stream".into())];
    html! {
        <>
            if http {
                <EditChoice
                    id={at.dom_id("tls")} label="Certificate of the backend" value={skips.to_string()} options={checks}
                    save={save(&store, at, |text| vec![replace("/tlsConfig/insecureSkipVerification", text)])}
                    hint="Verified: it must be of a certificate authority that API Gateway knows."
                />
            }
            if proxy {
                <EditChoice
                    id={at.dom_id("transfer")} label="Response transfer mode" options={modes}
                    value={integration.response_transfer_mode.clone().unwrap_or_else(|| "BUFFERED".to_owned())}
                    save={save(&store, at, |text| vec![replace("/responseTransferMode", text)])}
                />
            }
        </>
    }
}

/// Draws what cached answers are told apart by.
#[component]
pub(super) fn CacheKeys(props: &ConnectionProps) -> Html {
    let store = use_store();
    let (at, integration) = (&props.at, &props.integration);
    let keys = &integration.cache_key_parameters;
    let made = integration.request_parameters.keys().map(|key| AttrValue::from(key.clone()));
    let all = props.declared.iter().cloned().chain(made);
    let free: Vec<_> = all.filter(|key| !keys.iter().any(|k| *k == **key)).map(|key| (key.clone(), key)).collect();
    let change = |patch_of: fn(String) -> PatchOperation| {
        let (store, at) = (store.clone(), at.clone());
        Callback::from(move |key: String| {
            let path = format!("/cacheKeyParameters/{}", escape(&key));
            send(&store, at.integration(vec![patch_of(path)]))
        })
    };
    let hint = match (keys.is_empty(), free.is_empty()) {
        (true, true) => "Cached answers are told apart by parameters. Declare one on the tab Method first.",
        (true, false) => {
            "Cached answers are told apart by these. Without any, every caller gets the same cached answer."
        }
        _ => "Cached answers are told apart by these parameters. Acts at the next deployment.",
    };
    html! {
        <Part id="cache-keys-title" title="Cache key parameters" {hint}>
            <Entries
                id={at.dom_id("cache-key")} entries={keys.clone()} home="cache-keys-title" label="Add cache key" full={free.is_empty()}
                field={AddField::choice_of("cacheKeyParameters", "Parameter", free)}
                add={change(|path| PatchOperation::add(path, ""))} remove={change(PatchOperation::remove)}
            />
            if !keys.is_empty() {
                <EditText
                    id={at.dom_id("cache-namespace")} label="Cache namespace" mono=true value={integration.cache_namespace.clone()}
                    save={save(&store, at, |text| vec![replace("/cacheNamespace", text)])}
                    hint="Methods with the same one share their cached answers. At first it is the resource's ID."
                />
            }
        </Part>
    }
}
