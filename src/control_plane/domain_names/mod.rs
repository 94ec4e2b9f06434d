//! DomainName: a hostname of the author's own. What a name has to satisfy is in `checks`, how a PATCH changes it in `patch`.

pub(super) mod checks;
pub(super) mod patch;

use super::{
    World,
    answer::Answer,
    checks::{ACCESS_MODES, EndpointConfigurationInput, SECURITY_POLICIES, check_tags, endpoint_violations, not_in},
    error::{ApiError, Noun, Violation},
    members::{Field, Member, MemberType, operation, structure, unconstrained},
    page::page,
    patch::{PatchOperation, op_violations},
};
use crate::{
    collections::{SharedMap, SortedMap},
    entities::{DomainCertificate, DomainName, EndpointType, IpAddressType, MutualTls, Place, RoutingMode},
    env::IdShape,
};
use serde_json::Value;
use std::rc::Rc;

/// `mutualTlsAuthentication` as a request gives it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MutualTlsInput {
    /// Where the truststore is.
    pub truststore_uri: Option<String>,
    /// Which version of that object.
    pub truststore_version: Option<String>,
}

impl Member for Option<MutualTlsInput> {
    const TYPE: MemberType =
        MemberType::Structure(&[("truststoreUri", MemberType::Text), ("truststoreVersion", MemberType::Text)]);

    fn read(value: Option<Value>, field: &Field<'_>) -> Result<Self, ApiError> {
        let Some(mut members) = structure(value, field)? else { return Ok(None) };
        Ok(Some(MutualTlsInput {
            truststore_uri: Member::read(members.remove("truststoreUri"), field)?,
            truststore_version: Member::read(members.remove("truststoreVersion"), field)?,
        }))
    }

    fn write(&self) -> Option<Value> {
        let input = self.as_ref()?;
        let out = Answer::new().maybe("truststoreUri", input.truststore_uri.write());
        Some(out.maybe("truststoreVersion", input.truststore_version.write()).done())
    }
}

/// A secret that a request holds. That it was given is kept, what it was is not: requests are stored and shared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Withheld;

impl Member for Option<Withheld> {
    const TYPE: MemberType = MemberType::Text;

    fn read(value: Option<Value>, field: &Field<'_>) -> Result<Self, ApiError> {
        let text: Option<String> = Member::read(value, field)?;
        Ok(text.filter(|text| !text.is_empty()).map(|_| Withheld))
    }

    fn write(&self) -> Option<Value> {
        self.map(|Withheld| "(withheld)".into())
    }
}

operation! {
    /// Makes a custom domain name.
    CreateDomainName: "POST" "/domainnames" => 201 {
        /// The hostname.
        domain_name: String = Body "domainName";
        /// A name for the certificate of an edge endpoint.
        certificate_name: Option<String> = Body "certificateName";
        /// A certificate itself, in the old way of edge endpoints.
        certificate_body: Option<String> = Body "certificateBody";
        /// Its private key.
        certificate_private_key: Option<Withheld> = Body "certificatePrivateKey";
        /// The certificates that vouch for it.
        certificate_chain: Option<String> = Body "certificateChain";
        /// The certificate of an edge or a private endpoint.
        certificate_arn: Option<String> = Body "certificateArn";
        /// A name for the certificate of a regional endpoint.
        regional_certificate_name: Option<String> = Body "regionalCertificateName";
        /// The certificate of a regional endpoint.
        regional_certificate_arn: Option<String> = Body "regionalCertificateArn";
        /// Endpoint type and addresses.
        endpoint_configuration: Option<EndpointConfigurationInput> = Body "endpointConfiguration";
        /// Tags.
        tags: Option<SortedMap<String, String>> = Body "tags";
        /// The security policy.
        security_policy: Option<String> = Body "securityPolicy";
        /// `BASIC` or `STRICT`.
        endpoint_access_mode: Option<String> = Body "endpointAccessMode";
        /// Mutual TLS.
        mutual_tls_authentication: Option<MutualTlsInput> = Body "mutualTlsAuthentication";
        /// A public certificate that proves the ownership.
        ownership_verification_certificate_arn: Option<String> = Body "ownershipVerificationCertificateArn";
        /// Who may call a private one.
        policy: Option<String> = Body "policy";
        /// Whether mappings or rules are asked.
        routing_mode: Option<String> = Body "routingMode";
    }
}

operation! {
    /// Lists the custom domain names.
    GetDomainNames: "GET" "/domainnames" => 200 {
        /// Where to go on.
        position: Option<String> = Query "position";
        /// Entries on a page.
        limit: Option<i64> = Query "limit";
        /// `SELF`, or `OTHER_ACCOUNTS`, whose domain names are not here.
        resource_owner: Option<String> = Query "resourceOwner";
    }
}

operation! {
    /// Shows a custom domain name.
    GetDomainName: "GET" "/domainnames/{domain_name}" => 200 {
        /// The hostname.
        domain_name: String = Uri "domainName" as "domain_name";
        /// Which of the private ones.
        domain_name_id: Option<String> = Query "domainNameId";
    }
}

operation! {
    /// Changes members of a custom domain name.
    UpdateDomainName: "PATCH" "/domainnames/{domain_name}" => 200 {
        /// The hostname.
        domain_name: String = Uri "domainName" as "domain_name";
        /// Which of the private ones.
        domain_name_id: Option<String> = Query "domainNameId";
        /// The operations.
        patch_operations: Vec<PatchOperation> = Body "patchOperations";
    }
}

operation! {
    /// Deletes a custom domain name with its mappings.
    DeleteDomainName: "DELETE" "/domainnames/{domain_name}" => 202 {
        /// The hostname.
        domain_name: String = Uri "domainName" as "domain_name";
        /// Which of the private ones.
        domain_name_id: Option<String> = Query "domainNameId";
    }
}

unconstrained!(GetDomainName, DeleteDomainName);

impl CreateDomainName {
    fn check(&self) -> Vec<Violation> {
        const INPUT: &str = "createDomainNameInput";
        let mut out = endpoint_violations(INPUT, self.endpoint_configuration.as_ref());
        let members: [(&str, &Option<String>, &[&str]); 3] = [
            ("securityPolicy", &self.security_policy, &SECURITY_POLICIES),
            ("endpointAccessMode", &self.endpoint_access_mode, &ACCESS_MODES),
            ("routingMode", &self.routing_mode, &RoutingMode::ALL.map(RoutingMode::as_str)),
        ];
        for (name, value, allowed) in members {
            out.extend(value.as_deref().and_then(|value| not_in(value, allowed, format!("{INPUT}.{name}"))));
        }
        out
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let mut domain = self.domain(world)?;
        checks::whole(&domain)?;
        world.late(checks::truststore_policy(&domain))?;
        checks::certificates(world, &domain)?;
        let taken = |ws: &World<'_>| {
            ws.account().domain_names.values().any(|other| other.name == domain.name && !other.is_private())
        };
        if !domain.types.contains(&EndpointType::Private) && taken(world) {
            // Reported, with this error type.
            return Err(ApiError::invalid("domainName", "The domain name you provided already exists."));
        }
        checks::quota(world, &domain)?;
        check_tags(world, &domain.tags)?;
        give_labels(world, &mut domain);
        domain.policy = self.policy.as_deref().map(|text| checks::policy(world, &domain, text)).transpose()?;
        insert(world, domain)
    }

    /// Tells whether the certificate itself is handed over, in all of its parts. Deprecated, and so the sentence is assumed.
    fn uploaded(&self) -> Result<bool, ApiError> {
        let parts =
            [given(&self.certificate_body), given(&self.certificate_chain), self.certificate_private_key.is_some()];
        match parts {
            [false, false, false] => Ok(false),
            [true, _, true] if given(&self.certificate_name) && !given(&self.certificate_arn) => Ok(true),
            _ => {
                let message =
                    "Certificate name, body and private key must be specified together, and without a certificate ARN";
                Err(ApiError::invalid("certificateBody", message))
            }
        }
    }

    /// Refuses a request without the certificate of its endpoint (reported). AWS's answer for a private endpoint is not
    /// known, nor whether an update is refused.
    fn check_certificates(&self, types: &[EndpointType]) -> Result<(), ApiError> {
        if types == [EndpointType::Edge] && given(&self.regional_certificate_arn) {
            let message = "Cannot import certificates for REGIONAL while EDGE is active.";
            return Err(ApiError::invalid("regionalCertificateArn", message));
        }
        if types == [EndpointType::Regional] && given(&self.certificate_arn) {
            let message = "Cannot import certificates for EDGE while REGIONAL is active.";
            return Err(ApiError::invalid("certificateArn", message));
        }
        Ok(())
    }

    /// Makes the domain name of the request, with all of AWS's defaults, before it has any hostname.
    fn domain(&self, world: &World<'_>) -> Result<DomainName, ApiError> {
        let endpoint = self.endpoint_configuration.clone().unwrap_or_default();
        let types = match endpoint.types.as_deref() {
            None => vec![EndpointType::Edge],
            Some([only]) => vec![EndpointType::parse(only).unwrap_or(EndpointType::Edge)],
            // Assumed, after the sentences recorded for APIs.
            Some([]) => {
                let message = "REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.";
                return Err(ApiError::invalid("endpointConfiguration", message));
            }
            Some(_) => {
                let message = "Cannot create a domain name with multiple Endpoint Types.";
                return Err(ApiError::invalid("endpointConfiguration", message));
            }
        };
        world.late(self.check_certificates(&types))?;
        let private = types.contains(&EndpointType::Private);
        let default = if private { IpAddressType::Dualstack } else { IpAddressType::Ipv4 };
        let tls = self.mutual_tls_authentication.as_ref();
        Ok(DomainName {
            name: self.domain_name.as_str().into(),
            id: None,
            types,
            ip_address_type: endpoint.ip_address_type.as_deref().and_then(IpAddressType::parse).unwrap_or(default),
            vpc_endpoint_ids: endpoint.vpc_endpoint_ids.unwrap_or_default(),
            certificate: DomainCertificate {
                uploaded: self.uploaded()?,
                ..certificate(&self.certificate_arn, &self.certificate_name)
            },
            certificate_upload: world.env.now(),
            regional_certificate: certificate(&self.regional_certificate_arn, &self.regional_certificate_name),
            distribution: None,
            regional: None,
            // The answer of the documentation's example; older accounts had TLS_1_0.
            security_policy: self.security_policy.clone().unwrap_or_else(|| "TLS_1_2".into()),
            endpoint_access_mode: self.endpoint_access_mode.clone(),
            mutual_tls: tls.and_then(|tls| {
                let truststore_uri = tls.truststore_uri.clone().filter(|uri| !uri.is_empty())?;
                Some(MutualTls { truststore_uri, truststore_version: tls.truststore_version.clone() })
            }),
            ownership_certificate_arn: self.ownership_verification_certificate_arn.clone(),
            management_policy: None,
            policy: None,
            routing_mode: self.routing_mode.as_deref().and_then(RoutingMode::parse).unwrap_or_default(),
            tags: self.tags.clone().unwrap_or_default(),
            mappings: SharedMap::new(),
        })
    }
}

impl GetDomainNames {
    fn check(&self) -> Vec<Violation> {
        let place = "resourceOwner".to_owned();
        let wrong = self.resource_owner.as_deref().and_then(|o| not_in(o, &["SELF", "OTHER_ACCOUNTS"], place));
        wrong.into_iter().collect()
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let others = self.resource_owner.as_deref() == Some("OTHER_ACCOUNTS");
        let place = &world.workspace.place;
        let domains: Vec<_> = world.account().domain_names.values().filter(|_| !others).collect();
        page(&domains, self.limit, self.position.as_deref(), |d| d.key().to_string(), |d| describe(place, d))
    }
}

impl GetDomainName {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let domain = find(world, &self.domain_name, self.domain_name_id.as_deref())?;
        Ok(describe(&world.workspace.place, domain))
    }
}

impl UpdateDomainName {
    fn check(&self) -> Vec<Violation> {
        op_violations("UpdateDomainName", &self.patch_operations)
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let old = find(world, &self.domain_name, self.domain_name_id.as_deref())?.clone();
        let mut domain = old.as_ref().clone();
        for patch in &self.patch_operations {
            patch::apply(world, &mut domain, patch)?;
        }
        checks::whole(&domain)?;
        world.late(checks::truststore_policy(&domain))?;
        let secured = |domain: &DomainName| {
            (domain.types.clone(), domain.certificate.clone(), domain.regional_certificate.clone())
        };
        if secured(&old) != secured(&domain) {
            checks::certificates(world, &domain)?;
        }
        give_labels(world, &mut domain);
        insert(world, domain)
    }
}

impl DeleteDomainName {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let key = find(world, &self.domain_name, self.domain_name_id.as_deref())?.key();
        world.account_mut().domain_names.remove(&*key);
        Ok(Value::Null)
    }
}

/// Finds a domain name: a private one by its id, a public one without.
pub(super) fn find<'w>(world: &'w World<'_>, name: &str, id: Option<&str>) -> Result<&'w Rc<DomainName>, ApiError> {
    let found = match id.filter(|id| !id.is_empty()) {
        Some(id) => world.account().domain_names.get([name, "+", id].concat().as_str()),
        None => world.account().domain_names.get(name),
    };
    found.ok_or(ApiError::Unknown(Noun::DomainName))
}

/// Puts a domain name in its place.
pub(super) fn insert(world: &mut World<'_>, domain: DomainName) -> Result<Value, ApiError> {
    let body = describe(&world.workspace.place, &domain);
    world.account_mut().domain_names.insert(domain.key(), Rc::new(domain));
    Ok(body)
}

fn certificate(arn: &Option<String>, name: &Option<String>) -> DomainCertificate {
    let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    DomainCertificate { arn: given(arn), name: given(name), uploaded: false }
}

/// Gives a domain name the hostnames that its kinds of endpoint need, and takes away what they do not.
fn give_labels(world: &mut World<'_>, domain: &mut DomainName) {
    let account = world.workspace.account.clone();
    let others = || account.domain_names.values();
    let (edge, regional) = (domain.is_edge(), domain.types.contains(&EndpointType::Regional));
    if domain.types.contains(&EndpointType::Private) && domain.id.is_none() {
        let taken = |id: &str| others().any(|other| other.id.as_deref() == Some(id));
        domain.id = Some(world.env.mint(IdShape::Long, taken));
    }
    domain.distribution = match domain.distribution.take().filter(|_| edge) {
        None if edge => {
            let taken = |label: &str| others().any(|other| other.distribution.as_deref() == Some(label));
            Some(world.env.mint(IdShape::Distribution, taken))
        }
        kept => kept,
    };
    domain.regional = match domain.regional.take().filter(|_| regional) {
        None if regional => {
            let taken = |label: &str| others().any(|other| other.regional.as_deref() == Some(label));
            Some(world.env.mint(IdShape::Long, taken))
        }
        kept => kept,
    };
}

/// Returns the places to which DNS has to lead a domain name: to this hostname, in this hosted zone as far as it is known,
/// for this kind of endpoint. A private one is reached through VPC endpoints instead.
pub fn targets(place: &Place, domain: &DomainName) -> Vec<(EndpointType, String, Option<&'static str>)> {
    let (cloudfront, zone) = checks::cloudfront(place);
    let edge =
        domain.distribution.as_ref().map(|label| (EndpointType::Edge, format!("d{label}.{cloudfront}"), Some(zone)));
    let regional = domain.regional.as_ref().map(|label| {
        let zone = checks::regional_zone(place.region.as_str());
        (EndpointType::Regional, place.execute_api_host(&format!("d-{label}")), zone)
    });
    edge.into_iter().chain(regional).collect()
}

/// Returns the ARN of a private domain name; public ones are named without an account in it.
pub fn arn(place: &Place, domain: &DomainName) -> String {
    let (partition, region, key) = (place.region.partition().as_str(), &place.region, domain.key());
    let account = if domain.is_private() { place.account_id.as_str() } else { "" };
    format!("arn:{partition}:apigateway:{region}:{account}:/domainnames/{key}")
}

/// Writes a domain name in the shape of AWS's answers (members documented).
fn describe(place: &Place, domain: &DomainName) -> Value {
    // Documented for private ones: they alone have an id, and an account in their ARN.
    let (id, arn) = domain.id.as_ref().map(|id| (id.to_string(), arn(place, domain))).unzip();
    let types: Vec<&str> = domain.types.iter().map(|t| t.as_str()).collect();
    let mut endpoint = Answer::new().with("types", types).with("ipAddressType", domain.ip_address_type.as_str());
    if !domain.vpc_endpoint_ids.is_empty() {
        endpoint = endpoint.with("vpcEndpointIds", domain.vpc_endpoint_ids.clone());
    }
    let targets = targets(place, domain);
    let target = |wanted: EndpointType| targets.iter().find(|(kind, ..)| *kind == wanted);
    let (edge, regional) = (target(EndpointType::Edge), target(EndpointType::Regional));
    let has_certificate = domain.certificate.arn.is_some() || domain.certificate.uploaded;
    let tls = domain.mutual_tls.as_ref().map(|tls| {
        let out = Answer::new().with("truststoreUri", tls.truststore_uri.as_str());
        out.maybe("truststoreVersion", tls.truststore_version.as_deref()).done()
    });
    Answer::new()
        .with("domainName", &*domain.name)
        .maybe("domainNameId", id)
        .maybe("domainNameArn", arn)
        .maybe("certificateName", domain.certificate.name.as_deref())
        .maybe("certificateArn", domain.certificate.arn.as_deref())
        .maybe("certificateUploadDate", has_certificate.then(|| domain.certificate_upload.seconds()))
        .maybe("regionalHostedZoneId", regional.and_then(|(.., zone)| *zone))
        .maybe("regionalDomainName", regional.map(|(_, host, _)| host.as_str()))
        .maybe("regionalCertificateName", domain.regional_certificate.name.as_deref())
        .maybe("regionalCertificateArn", domain.regional_certificate.arn.as_deref())
        .maybe("distributionHostedZoneId", edge.and_then(|(.., zone)| *zone))
        .maybe("distributionDomainName", edge.map(|(_, host, _)| host.as_str()))
        .with("endpointConfiguration", endpoint.done())
        .with("domainNameStatus", "AVAILABLE")
        .with("securityPolicy", domain.security_policy.as_str())
        .maybe("endpointAccessMode", domain.endpoint_access_mode.as_deref())
        .map("tags", &domain.tags, false)
        .maybe("mutualTlsAuthentication", tls)
        .maybe("ownershipVerificationCertificateArn", domain.ownership_certificate_arn.as_deref())
        .maybe("managementPolicy", domain.management_policy.as_deref())
        .maybe("policy", domain.policy.as_deref())
        .with("routingMode", domain.routing_mode.as_str())
        .done()
}

fn given(text: &Option<String>) -> bool {
    text.as_deref().is_some_and(|text| !text.is_empty())
}
