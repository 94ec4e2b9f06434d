//! One custom domain name: where DNS has to lead it, what secures it, and its API mappings.

use super::{
    super::{
        super::{
            items::{Delete, ItemHead},
            resources::{EditChoice, EditJson, EditText, Part, Save, Shown, send},
            vpc_endpoints::VpcEndpoints,
        },
        kit::{Tags, choices, copyable, replace, saving},
    },
    create::{access_modes, endpoint_word, ip_address_types, is_enhanced, routing_modes, security_policies},
    mappings::Mappings,
};
use crate::ui::markup::html;
use crate::{
    control_plane::{
        ApiError, Command, PatchOperation,
        domain_names::{DeleteDomainName, UpdateDomainName, arn, targets},
    },
    entities::{DomainName, EndpointType, IpAddressType},
    ui::{Page, Same, Store, parts::When, use_selector, use_store},
};
use yew::{AttrValue, Callback, Html, Properties, component};

/// The props of what is about one domain name.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct DomainProps {
    /// The domain name.
    pub domain: Same<DomainName>,
}

/// The props of [`Details`] and [`DeleteDomain`].
#[derive(Debug, PartialEq, Properties)]
pub(in crate::ui::panels::account) struct NamedProps {
    /// Its key.
    pub name: String,
}

#[yew::hook]
fn use_domain(key: &str) -> Option<Same<DomainName>> {
    let key = key.to_owned();
    use_selector(move |state| state.present().account.domain_names.get(key.as_str()).map(Same::from))
}

/// Draws its screen.
#[component]
pub(super) fn Details(props: &NamedProps) -> Html {
    let Some(domain) = use_domain(&props.name) else {
        return html! {
            <>
                <ItemHead page={Page::DomainNames} item={props.name.clone()} title="Not found" all="All custom domain names" />
                <p class="muted">{ format!("There is no custom domain name {}. It may have been deleted or undone.", props.name) }</p>
            </>
        };
    };
    html! {
        <div class="settings">
            <ItemHead
                page={Page::DomainNames} item={props.name.clone()} title={domain.name.to_string()} all="All custom domain names"
                delete="Delete domain name"
            />
            <Dns domain={domain.clone()} />
            <Mappings domain={domain.clone()} />
            <Endpoint domain={domain.clone()} />
            <Vpc domain={domain.clone()} />
            <Security domain={domain.clone()} />
            <TagsOf {domain} />
        </div>
    }
}

/// Draws what a DNS record needs.
#[component]
fn Dns(props: &DomainProps) -> Html {
    let domain = &props.domain;
    let place = use_selector(|state| state.present().place.clone());
    let targets = targets(&place, domain);
    let target = |(kind, host, zone): &(EndpointType, String, Option<&'static str>)| {
        html! {
            <>
                { copyable(if *kind == EndpointType::Edge { "CloudFront domain name" } else { "API Gateway domain name" }, host) }
                if let Some(zone) = zone { { copyable("Hosted zone ID", zone) } }
            </>
        }
    };
    let kinds: Vec<&str> = domain.types.iter().map(|kind| endpoint_word(*kind)).collect();
    let hint = match &targets[..] {
        [] => "A private domain name is reached through VPC endpoints; no public DNS record leads to it.".to_owned(),
        _ => format!(
            "On AWS, a DNS record (alias or CNAME) leads {} to the name below. Calls made here find it without one.",
            domain.name
        ),
    };
    html! {
        <Part id="dns-title" title="Domain name" {hint}>
            <dl class="facts">
                <dt>{ "Status" }</dt><dd>{ "Available" }</dd>
                <dt>{ "Endpoint type" }</dt><dd>{ kinds.join(", ") }</dd>
                { for targets.iter().map(target) }
                if domain.is_private() { { copyable("Domain name ARN", &arn(&place, domain)) } }
            </dl>
        </Part>
    }
}

fn update(domain: &DomainName, patch_operations: Vec<PatchOperation>) -> UpdateDomainName {
    UpdateDomainName {
        domain_name: domain.name.to_string(),
        domain_name_id: domain.id.as_ref().map(ToString::to_string),
        patch_operations,
    }
}

fn save(store: &Store, domain: &Same<DomainName>, patches: impl Fn(&str) -> Vec<PatchOperation> + 'static) -> Save {
    let domain = domain.clone();
    saving(store, move |text| update(&domain, patches(text)).into())
}

/// Kind of endpoint, its certificates, addresses, and what decides where a request goes.
#[component]
fn Endpoint(props: &DomainProps) -> Html {
    let store = use_store();
    let domain = &props.domain;
    let id = |field: &str| format!("{}-{field}", domain.key());
    let set = |path: &'static str| save(&store, domain, move |text| replace(path, text));
    let private = domain.is_private();
    let own = domain.certificate.arn.clone().unwrap_or_default();
    let named = domain.certificate.name.clone().filter(|_| domain.certificate.uploaded);
    let moving = domain.types.len() > 1;
    let kind = if moving { "" } else { domain.types.first().map_or("", |kind| kind.as_str()) };
    let mut kinds = choices(&[("REGIONAL", "Regional"), ("EDGE", "Edge-optimized")]);
    if moving {
        kinds.insert(0, ("".into(), "Both, while it moves".into()));
    }
    html! {
        <Part id="endpoint-title" title="Endpoint configuration">
            if private {
                <EditText id={id("certificate")} label="ACM certificate ARN" value={own} mono=true when={When::Now} save={set("/certificateArn")} />
            } else {
                <EditChoice
                    id={id("kind")} label="API endpoint type" value={kind} when={When::Now} save={set("/endpointConfiguration/types/0")}
                    options={kinds}
                    hint="Give it the other one's certificate first. The name that DNS has to lead to changes with it."
                />
                <EditText
                    id={id("regional-certificate")} label="ACM certificate ARN (regional)" mono=true when={When::Now}
                    value={domain.regional_certificate.arn.clone().unwrap_or_default()} save={set("/regionalCertificateArn")}
                />
                <EditText
                    id={id("certificate")} label="ACM certificate ARN (edge-optimized, in us-east-1)" value={own} mono=true
                    when={When::Now} save={set("/certificateArn")}
                />
                <EditChoice
                    id={id("ip")} label="IP address type" value={domain.ip_address_type.as_str()} options={ip_address_types()}
                    when={When::Now} save={set("/endpointConfiguration/ipAddressType")}
                />
            }
            if let Some(name) = named {
                <Shown id={id("uploaded")} label="Certificate name" value={name} hint="Handed over itself, as before there was ACM. The console takes ARNs only; so does this screen." />
            }
            if private && domain.ip_address_type == IpAddressType::Dualstack {
                <Shown id={id("ip")} label="IP address type" value="Dualstack (IPv4 and IPv6)" hint="Private domain names have no other." />
            }
            <EditChoice
                id={id("routing")} label="Routing mode" value={domain.routing_mode.as_str()} options={routing_modes()}
                when={When::Now} save={set("/routingMode")}
                hint="There are no routing rules here: with “Routing rules only” nothing answers."
            />
        </Part>
    }
}

/// Draws the VPC endpoints of a private one.
#[component]
fn Vpc(props: &DomainProps) -> Html {
    let store = use_store();
    let domain = props.domain.clone();
    if !domain.is_private() {
        return Html::default();
    }
    let (id, ids) = (domain.key().to_string(), domain.vpc_endpoint_ids.clone());
    let patch = Callback::from(move |operation: PatchOperation| send(&store, update(&domain, vec![operation]).into()));
    html! {
        <VpcEndpoints {id} {ids} when={When::Now} {patch} hint="The resource policy below says which of them may call it." />
    }
}

/// TLS, mutual TLS, and the policy of a private one.
#[component]
fn Security(props: &DomainProps) -> Html {
    let store = use_store();
    let domain = &props.domain;
    let id = |field: &str| format!("{}-{field}", domain.key());
    let has_mode = domain.endpoint_access_mode.is_some();
    // An enhanced policy needs an access mode in the same request.
    let policy = save(&store, domain, move |text| {
        let mut patches = replace("/securityPolicy", text);
        if is_enhanced(text) && !has_mode {
            patches.push(PatchOperation::replace("/endpointAccessMode", "BASIC"));
        }
        patches
    });
    let set = |path: &'static str| save(&store, domain, move |text| replace(path, text));
    let tls = domain.mutual_tls.clone();
    let regional = domain.types == [EndpointType::Regional];
    let version: Save = {
        let (store, domain, on) = (store.clone(), domain.clone(), tls.is_some());
        Callback::from(move |text: String| {
            if !on {
                return Err(ApiError::invalid("truststoreVersion", "Give the truststore URI first."));
            }
            send(&store, update(&domain, replace("/mutualTlsAuthentication/truststoreVersion", text.trim())).into())
        })
    };
    let uri: AttrValue = tls.as_ref().map(|tls| tls.truststore_uri.clone()).unwrap_or_default().into();
    html! {
        <Part id="security-title" title="Security">
            <EditChoice
                id={id("policy")} label="Security policy" value={domain.security_policy.clone()} options={security_policies()}
                when={When::Now} save={policy} hint="The oldest TLS that callers may use."
            />
            if is_enhanced(&domain.security_policy) {
                <EditChoice
                    id={id("mode")} label="Endpoint access mode" value={domain.endpoint_access_mode.clone().unwrap_or_default()}
                    options={access_modes()} when={When::Now} save={set("/endpointAccessMode")}
                />
            }
            if regional || tls.is_some() {
                <EditText
                    id={id("truststore")} label="Mutual TLS: truststore URI" value={uri} mono=true when={When::Now}
                    placeholder="s3://bucket/truststore.pem" hint="Empty: callers show no certificate. Switch the default endpoint of the API off, or it stays a way round."
                    save={set("/mutualTlsAuthentication/truststoreUri")}
                />
                <EditText
                    id={id("truststore-version")} label="Truststore version" mono=true when={When::Now} save={version}
                    value={tls.and_then(|tls| tls.truststore_version).unwrap_or_default()}
                />
                <EditText
                    id={id("ownership")} label="Ownership verification certificate ARN" mono=true when={When::Now}
                    value={domain.ownership_certificate_arn.clone().unwrap_or_default()} save={set("/ownershipVerificationCertificateArn")}
                    hint="Asked for when mutual TLS is on and the certificate is imported or of a private CA."
                />
            }
            if domain.is_private() {
                <EditJson
                    id={id("resource-policy")} label="Resource policy (JSON)" value={domain.policy.clone().unwrap_or_default()}
                    when={When::Now} save={set("/policy")} hint="Who may call it."
                />
                <EditJson
                    id={id("management-policy")} label="Management policy (JSON)" when={When::Now} save={set("/managementPolicy")}
                    value={domain.management_policy.clone().unwrap_or_default()} hint="Who may manage it."
                />
            }
        </Part>
    }
}

#[component]
fn TagsOf(props: &DomainProps) -> Html {
    let place = use_selector(|state| state.present().place.clone());
    html! { <Tags arn={arn(&place, &props.domain)} tags={props.domain.tags.clone()} /> }
}

/// Draws the question before it goes.
#[component]
pub(in crate::ui::panels::account) fn DeleteDomain(props: &NamedProps) -> Html {
    let Some(domain) = use_domain(&props.name) else { return Html::default() };
    let paths: Vec<String> = domain.mappings.values().map(|mapping| format!("/{}", mapping.segment())).collect();
    let text = match &paths[..] {
        [] => format!("{} has no API mappings.", domain.name),
        [one] => format!("Its API mapping {one} goes with it: https://{}{one} answers no more.", domain.name),
        many => format!("Its {} API mappings go with it: {}. Its URLs answer no more.", many.len(), many.join(", ")),
    };
    let text = format!("{text} The APIs and their stages stay.");
    let command = DeleteDomainName {
        domain_name: domain.name.to_string(),
        domain_name_id: domain.id.as_ref().map(ToString::to_string),
    };
    html! {
        <Delete
            page={Page::DomainNames} title={format!("Delete {}?", domain.name)} {text} label="Delete domain name"
            command={Command::from(command)} done={format!("Deleted domain name {}.", domain.name)}
        />
    }
}
