//! "Create domain name". Which fields there are follows from the endpoint type.

use super::super::{
    super::{
        items::Form,
        items::FormField,
        items::text_field,
        resources::dialogs::endpoint_types,
        vpc_endpoints::{LIST_HINT, parse_list},
    },
    kit::{Choice, choices, parse_tags, tags_field},
};
use crate::ui::markup::html;
use crate::ui::panels::words::given;
use crate::{
    control_plane::{
        ApiError,
        checks::{EndpointConfigurationInput, SECURITY_POLICIES},
        domain_names::{CreateDomainName, MutualTlsInput},
    },
    entities::{EndpointType, RoutingMode},
    ui::{Page, Place, Store, parts::When, use_selector, use_store},
};
use yew::{Callback, Html, component};

/// The security policies that need an endpoint access mode.
const ENHANCED: [&str; SECURITY_POLICIES.len() - 2] = {
    let mut out = [""; SECURITY_POLICIES.len() - 2];
    let mut at = 0;
    while at < out.len() {
        out[at] = SECURITY_POLICIES[at + 2];
        at += 1;
    }
    out
};
const REGIONAL: &[&str] = &["REGIONAL"];
const OTHERS: &[&str] = &["EDGE", "PRIVATE"];
const PUBLIC: &[&str] = &["REGIONAL", "EDGE"];
const PRIVATE: &[&str] = &["PRIVATE"];

/// Returns a kind of endpoint in the console's word.
pub(super) fn endpoint_word(kind: EndpointType) -> &'static str {
    match kind {
        EndpointType::Regional => "Regional",
        EndpointType::Edge => "Edge-optimized",
        EndpointType::Private => "Private",
    }
}

/// Returns the security policies as a choice.
pub(in crate::ui::panels) fn security_policies() -> Vec<Choice> {
    let text = |policy: &'static str| match policy {
        "TLS_1_2" => "TLS 1.2",
        "TLS_1_0" => "TLS 1.0",
        other => other,
    };
    // The default first.
    let order = ["TLS_1_2", "TLS_1_0"].into_iter().chain(ENHANCED);
    order.map(|policy| (policy.into(), text(policy).into())).collect()
}

/// Tells whether an access mode must stand beside a security policy.
pub(in crate::ui::panels) fn is_enhanced(policy: &str) -> bool {
    ENHANCED.contains(&policy)
}

/// Returns the access modes as a choice.
pub(in crate::ui::panels) fn access_modes() -> Vec<Choice> {
    choices(&[("BASIC", "Basic"), ("STRICT", "Strict")])
}

/// Returns the kinds of addresses as a choice.
pub(super) fn ip_address_types() -> Vec<Choice> {
    choices(&[("ipv4", "IPv4"), ("dualstack", "Dualstack (IPv4 and IPv6)")])
}

/// Returns the routing modes as a choice.
pub(super) fn routing_modes() -> Vec<Choice> {
    let text = |mode: RoutingMode| match mode {
        RoutingMode::BasePathMappingOnly => "API mappings only",
        RoutingMode::RoutingRuleOnly => "Routing rules only",
        RoutingMode::RoutingRuleThenBasePathMapping => "Routing rules then API mappings",
    };
    RoutingMode::ALL.map(|mode| (mode.as_str().into(), text(mode).into())).to_vec()
}

fn fields(region: &str, account: &str) -> Vec<FormField> {
    let example = |region: &str| format!("arn:aws:acm:{region}:{account}:certificate/…");
    vec![
        text_field("domainName", "Domain name")
            .example("api.example.com")
            .hint("Up to 253 characters in lower case; *. before it takes any one label."),
        text_field("endpointConfiguration", "API endpoint type").choice(endpoint_types()),
        text_field("regionalCertificateArn", "ACM certificate ARN")
            .example(example(region))
            .hint(format!("Of this account, in {region}."))
            .only("endpointConfiguration", REGIONAL),
        text_field("certificateArn", "ACM certificate ARN")
            .example(example("us-east-1"))
            .hint("Of this account: in us-east-1 for an edge-optimized one, in this region for a private one.")
            .only("endpointConfiguration", OTHERS),
        text_field("securityPolicy", "Security policy")
            .choice(security_policies())
            .hint("The oldest TLS that callers may use."),
        text_field("endpointAccessMode", "Endpoint access mode")
            .choice(access_modes())
            .only("securityPolicy", &ENHANCED),
        text_field("ipAddressType", "IP address type").choice(ip_address_types()).only("endpointConfiguration", PUBLIC),
        text_field("mutualTlsAuthentication", "Mutual TLS: truststore URI - optional")
            .example("s3://bucket/truststore.pem")
            .hint("Callers then have to show a certificate that it knows.")
            .only("endpointConfiguration", REGIONAL),
        text_field("truststoreVersion", "Truststore version - optional").only("endpointConfiguration", REGIONAL),
        text_field("vpcEndpointIds", "VPC endpoint IDs - optional")
            .hint(LIST_HINT)
            .only("endpointConfiguration", PRIVATE),
        text_field("policy", "Resource policy (JSON)")
            .json()
            .hint("Who may call it. Empty: nobody yet.")
            .only("endpointConfiguration", PRIVATE),
        text_field("routingMode", "Routing mode").choice(routing_modes()),
        tags_field(),
    ]
}

fn create(store: &Store, values: Vec<String>) -> Result<(), ApiError> {
    let Ok(
        [
            name,
            kind,
            regional,
            certificate,
            policy,
            mode,
            ip,
            truststore,
            version,
            endpoints,
            resource_policy,
            routing,
            tags,
        ],
    ) = <[String; 13]>::try_from(values)
    else {
        return Ok(());
    };
    let name = name.trim().to_lowercase();
    if name.is_empty() {
        return Err(ApiError::invalid("domainName", "Enter a domain name, such as api.example.com."));
    }
    let made = store.execute(CreateDomainName {
        domain_name: name.clone(),
        certificate_arn: given(&certificate),
        regional_certificate_arn: given(&regional),
        endpoint_configuration: Some(EndpointConfigurationInput {
            types: Some(vec![kind]),
            ip_address_type: given(&ip),
            vpc_endpoint_ids: parse_list(&endpoints),
        }),
        tags: parse_tags(&tags)?,
        security_policy: given(&policy),
        endpoint_access_mode: given(&mode),
        mutual_tls_authentication: given(&truststore)
            .map(|uri| MutualTlsInput { truststore_uri: Some(uri), truststore_version: given(&version) }),
        policy: given(&resource_policy),
        routing_mode: given(&routing),
        ..CreateDomainName::default()
    })?;
    let key = made.text("domainNameId").map_or_else(|| name.clone(), |id| format!("{name}+{id}"));
    store.close();
    store.go_to(Place::Page(Page::DomainNames, Some(key)));
    store.done(format!("Successfully created domain name {name}."));
    Ok(())
}

/// Draws the dialog "Create domain name".
#[component]
pub(in crate::ui::panels::account) fn CreateDomain() -> Html {
    let store = use_store();
    let place = use_selector(|state| state.present().place.clone());
    let onsubmit = Callback::from(move |values: Vec<String>| create(&store, values));
    html! {
        <Form
            id="new-domain" title="Create domain name" label="Create domain name" when={When::Now} {onsubmit}
            fields={fields(place.region.as_str(), place.account_id.as_str())}
        />
    }
}
