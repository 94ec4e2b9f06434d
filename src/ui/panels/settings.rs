//! Settings of the API and of the workspace. Each says when it acts: what a deployment freezes waits for the next one.

use super::{
    account::{access_modes, is_enhanced, security_policies},
    api_parts::ApiTags,
    items::Entries,
    resources::{AddField, EditChoice, EditJson, EditText, Part, Save, Shown, dialogs::endpoint_types, send},
    vpc_endpoints::VpcEndpoints,
};
use crate::ui::markup::html;
use crate::{
    control_plane::{ApiError, PatchOperation, escape, rest_apis::UpdateRestApi},
    entities::{AccountId, ApiSettings, EndpointType, Place as AwsPlace, Region},
    ui::{
        Confirm, Dialog, Store, UiCommand,
        parts::{CommandButton, CopyButton, EditButton, Look, When},
        use_selector, use_store,
    },
};
use std::rc::Rc;
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, component};

/// Regions that are suggested.
const REGIONS: [&str; 12] = [
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "eu-central-1",
    "eu-west-1",
    "eu-north-1",
    "ap-northeast-1",
    "ap-southeast-2",
    "sa-east-1",
    "cn-north-1",
    "us-gov-west-1",
];

/// Settings of the API and of the workspace.
#[component]
pub fn Settings() -> Html {
    let api = use_selector(|state| {
        let api = state.api()?;
        Some((api.id.to_string(), api.config.root_id().to_string(), api.config.settings.clone()))
    });
    html! {
        <div class="settings">
            <h2 class="visually-hidden">{ "Settings" }</h2>
            if let Some((id, root, settings)) = api {
                <ApiDetails key={id.clone()} id={id.clone()} {root} settings={settings.clone()} />
                <Endpoint key={format!("{id}-endpoint")} id={id.clone()} root="" settings={settings.clone()} />
                <Payload key={format!("{id}-payload")} id={id.clone()} root="" settings={settings.clone()} />
                <Policy key={format!("{id}-policy")} id={id.clone()} root="" settings={settings.clone()} />
                <ApiTags key={format!("{id}-tags")} />
                <WorkspacePlace />
                <Deletion key={format!("{id}-deletion")} id={id.clone()} root="" {settings} />
            } else {
                <p class="part-hint">{ "This workspace has no API. " }<CommandButton command={UiCommand::CreateApi} small=true /></p>
                <WorkspacePlace />
            }
        </div>
    }
}

#[derive(Debug, PartialEq, Properties)]
struct ApiProps {
    id: String,
    root: AttrValue,
    settings: Rc<ApiSettings>,
}

/// Sends one patch of the API.
fn patch(store: &Store, id: &str, patch: PatchOperation) -> Result<(), ApiError> {
    send(store, UpdateRestApi { rest_api_id: id.to_owned(), patch_operations: vec![patch] }.into())
}

fn replace(store: &Store, id: &str, path: &'static str) -> Save {
    let (store, id) = (store.clone(), id.to_owned());
    Callback::from(move |text: String| patch(&store, &id, PatchOperation::replace(path, text.trim())))
}

/// Name, description and ids.
#[component]
fn ApiDetails(props: &ApiProps) -> Html {
    let store = use_store();
    let (id, settings) = (&props.id, &props.settings);
    let describe = {
        let (store, id) = (store.clone(), id.clone());
        Callback::from(move |text: String| {
            let empty = text.trim().is_empty();
            let operation = PatchOperation::replace("/description", text.trim());
            patch(&store, &id, if empty { PatchOperation::remove("/description") } else { operation })
        })
    };
    html! {
        <Part id="api-title" title="API details">
            <EditText id={format!("{id}-name")} label="API name" value={settings.name.clone()} when={When::Now} save={replace(&store, id, "/name")} />
            <EditText id={format!("{id}-description")} label="Description" value={settings.description.clone().unwrap_or_default()} when={When::Now} save={describe} />
            <dl class="facts">
                <dt>{ "API ID" }</dt>
                <dd class="mono with-copy">{ id }<CopyButton text={id.clone()} label="Copy API ID" done="API ID copied" icon_only=true /></dd>
                <dt>{ "Root resource ID" }</dt>
                <dd class="mono with-copy">{ &props.root }<CopyButton text={props.root.to_string()} label="Copy root resource ID" done="Root resource ID copied" icon_only=true /></dd>
            </dl>
        </Part>
    }
}

/// Draws where the API's hostname leads, and whether it answers.
#[component]
fn Endpoint(props: &ApiProps) -> Html {
    let store = use_store();
    let (id, settings) = (&props.id, &props.settings);
    let endpoint = &settings.endpoint;
    let active: Vec<(AttrValue, AttrValue)> =
        vec![("false".into(), "Active".into()), ("true".into(), "Inactive".into())];
    let families: Vec<(AttrValue, AttrValue)> =
        vec![("ipv4".into(), "IPv4".into()), ("dualstack".into(), "Dualstack (IPv4 and IPv6)".into())];
    let on_endpoints = {
        let (store, id) = (store.clone(), id.clone());
        Callback::from(move |operation: PatchOperation| patch(&store, &id, operation))
    };
    html! {
        <>
        <Part id="endpoint-title" title="Endpoint">
            <EditChoice
                id={format!("{id}-endpoint-type")} label="API endpoint type" value={endpoint.endpoint_type.as_str()}
                options={endpoint_types()} save={replace(&store, id, "/endpointConfiguration/types/0")}
            />
            <EditChoice
                id={format!("{id}-ip")} label="IP address type" value={endpoint.ip_address_type.as_str()} options={families}
                save={replace(&store, id, "/endpointConfiguration/ipAddressType")}
            />
            <EditChoice
                id={format!("{id}-default-endpoint")} label="Default endpoint" options={active}
                value={settings.disable_execute_api_endpoint.to_string()} save={replace(&store, id, "/disableExecuteApiEndpoint")}
                hint="Inactive: the execute-api hostname answers 403 Forbidden once deployed."
            />
            <SecurityPolicy id={id.clone()} root="" settings={settings.clone()} />
        </Part>
        if endpoint.endpoint_type == EndpointType::Private {
            <VpcEndpoints
                id={id.clone()} ids={endpoint.vpc_endpoint_ids.clone()} when={When::NextDeployment} patch={on_endpoints}
                hint="Each has a hostname of its own for this API. The resource policy says which of them may call it."
            />
        }
        </>
    }
}

/// Draws which TLS callers may use. Some policies need an access mode in the same request, and some are for one kind of
/// endpoint.
#[component]
fn SecurityPolicy(props: &ApiProps) -> Html {
    let store = use_store();
    let (id, settings) = (&props.id, &props.settings);
    let policy = settings.security_policy.clone().unwrap_or_default();
    let edge = settings.endpoint.endpoint_type == EndpointType::Edge;
    let fits = |value: &str| value == policy || !is_enhanced(value) || value.ends_with("_EDGE") == edge;
    let unset = (AttrValue::default(), AttrValue::from("AWS's default"));
    let known = security_policies().into_iter().filter(|(value, _)| fits(value));
    let options: Vec<_> = Some(unset).filter(|_| policy.is_empty()).into_iter().chain(known).collect();
    let has_mode = settings.endpoint_access_mode.is_some();
    let save: Save = {
        let (store, id) = (store.clone(), id.clone());
        Callback::from(move |text: String| {
            let mut patches = vec![PatchOperation::replace("/securityPolicy", text.as_str())];
            if is_enhanced(&text) && !has_mode {
                patches.push(PatchOperation::replace("/endpointAccessMode", "BASIC"));
            }
            send(&store, UpdateRestApi { rest_api_id: id.clone(), patch_operations: patches }.into())
        })
    };
    html! {
        <>
            <EditChoice
                id={format!("{id}-security-policy")} label="Security policy" value={policy.clone()} {options} {save}
                hint="The oldest TLS that callers of the default endpoint may use."
            />
            if is_enhanced(&policy) {
                <EditChoice
                    id={format!("{id}-access-mode")} label="Endpoint access mode" options={access_modes()}
                    value={settings.endpoint_access_mode.clone().unwrap_or_default()} save={replace(&store, id, "/endpointAccessMode")}
                />
            }
        </>
    }
}

/// Draws what happens to bodies and keys.
#[component]
fn Payload(props: &ApiProps) -> Html {
    let store = use_store();
    let (id, settings) = (&props.id, &props.settings);
    let sources: Vec<(AttrValue, AttrValue)> =
        vec![("HEADER".into(), "Header (x-api-key)".into()), ("AUTHORIZER".into(), "Authorizer".into())];
    let compression = settings.minimum_compression_size.map(|size| size.to_string()).unwrap_or_default();
    let types = {
        let (store, id) = (store.clone(), id.clone());
        move |patch_of: fn(String) -> PatchOperation| {
            let (store, id) = (store.clone(), id.clone());
            Callback::from(move |kind: String| {
                patch(&store, &id, patch_of(format!("/binaryMediaTypes/{}", escape(&kind))))
            })
        }
    };
    let field = AddField::text("binaryMediaTypes", "Media type", "image/png").suggestions([
        "*/*",
        "image/png",
        "application/octet-stream",
    ]);
    html! {
        <>
            <Part id="payload-title" title="Payloads and keys">
                <EditChoice
                    id={format!("{id}-key-source")} label="API key source" value={settings.api_key_source.clone()}
                    options={sources} save={replace(&store, id, "/apiKeySource")}
                />
                <EditText
                    id={format!("{id}-compression")} label="Content encoding (minimum bytes)" value={compression} mono=true
                    save={replace(&store, id, "/minimumCompressionSize")} hint="0 to 10485760. Answers from this size on are compressed. Empty: never."
                />
            </Part>
            <Part id="binary-title" title="Binary media types" hint="Bodies of these types are treated as bytes. Acts at the next deployment.">
                <Entries
                    id={format!("{id}-binary")} entries={settings.binary_media_types.clone()} {field}
                    home="binary-title" label="Add media type" add={types(|path| PatchOperation::add(path, ""))}
                    remove={types(PatchOperation::remove)}
                />
            </Part>
        </>
    }
}

/// Who may call the API, as an IAM policy.
#[component]
fn Policy(props: &ApiProps) -> Html {
    let store = use_store();
    let (id, policy) = (&props.id, props.settings.policy.clone().unwrap_or_default());
    html! {
        <Part id="policy-title" title="Resource policy" hint="Who may call the API. Once deployed, every call is held against it.">
            <EditJson
                id={format!("{id}-policy-text")} label="Policy (JSON)" value={policy} save={replace(&store, id, "/policy")}
                hint="“execute-api:/stage/METHOD/path” stands for this API's ARN. Up to 8192 bytes. Empty: no policy."
            />
        </Part>
    }
}

/// Draws the way to delete the API.
#[component]
fn Deletion(props: &ApiProps) -> Html {
    let store = use_store();
    let id = props.id.clone();
    let onclick = Callback::from(move |_: MouseEvent| store.open(Dialog::Confirm(Confirm::DeleteApi(id.clone()))));
    html! {
        <Part id="deletion-title" title="Delete this API" hint="Its resources, deployments and stages go with it. Acts at once.">
            <EditButton label={format!("Delete {}", props.settings.name)} look={Look::Danger} small=true {onclick} />
        </Part>
    }
}

/// Region and account of the workspace.
#[component]
fn WorkspacePlace() -> Html {
    let store = use_store();
    let place = use_selector(|state| state.present().place.clone());
    let move_to = |change: fn(&mut AwsPlace, &str) -> Result<(), ApiError>| {
        let store = store.clone();
        Callback::from(move |text: String| {
            let mut place = store.read(|state| state.present().place.clone());
            change(&mut place, text.trim())?;
            store.move_to(place)
        })
    };
    let region = move_to(|place, text| {
        place.region = Region::parse(text).ok_or_else(|| {
            ApiError::invalid(
                "region",
                "This is no region. A region looks like us-east-1: lower-case words and a number.",
            )
        })?;
        Ok(())
    });
    let account = move_to(|place, text| {
        place.account_id = AccountId::parse(text).ok_or_else(|| {
            ApiError::invalid("accountId", "An account ID has exactly 12 digits, such as 123456789012.")
        })?;
        Ok(())
    });
    let partition = place.region.partition();
    html! {
        <Part id="workspace-title" title="This workspace" hint="Region and account stand in URLs, ARNs and messages.">
            <EditText
                id="workspace-region" label="Region" value={place.region.to_string()} mono=true when={When::Now} save={region}
                suggestions={REGIONS.map(AttrValue::from).to_vec()}
            />
            <EditText
                id="workspace-account" label="Account ID" value={place.account_id.to_string()} mono=true when={When::Now} save={account}
            />
            <Shown
                id="workspace-partition" label="Partition" value={partition.as_str()}
                hint={format!("Follows from the region; hostnames end in {}.", partition.dns_suffix())}
            />
        </Part>
    }
}
