//! Checks of a custom domain name as a whole: its name, its certificates, its policies, and the quota.

use super::super::{World, error::ApiError};
use crate::entities::{DomainCertificate, DomainName, Edition, EndpointType, IpAddressType, Place, Region};
use serde_json::Value;

/// The hosted zones of regional endpoints (documented, "Amazon API Gateway endpoints and quotas").
const REGIONAL_ZONES: [(&str, &str); 23] = [
    ("us-east-2", "ZOJJZC49E0EPZ"),
    ("us-east-1", "Z1UJRXOUMOOFQ8"),
    ("us-west-1", "Z2MUQ32089INYE"),
    ("us-west-2", "Z2OJLYMUO9EFXC"),
    ("af-south-1", "Z2DHW2332DAMTN"),
    ("ap-east-1", "Z3FD1VL90ND7K5"),
    ("ap-south-1", "Z3VO1THU9YC4UR"),
    ("ap-northeast-3", "Z22ILHG95FLSZ2"),
    ("ap-northeast-2", "Z20JF4UZKIW1U8"),
    ("ap-southeast-1", "ZL327KTPIQFUL"),
    ("ap-southeast-2", "Z2RPCDW04V8134"),
    ("ap-northeast-1", "Z1YSHQZHG15GKL"),
    ("ca-central-1", "Z19DQILCV0OWEC"),
    ("eu-central-1", "Z1U9ULNL0V5AJ3"),
    ("eu-west-1", "ZLY8HYME6SFDD"),
    ("eu-west-2", "ZJ5UAJN8Y3Z2Q"),
    ("eu-south-1", "Z3BT4WSQ9TDYZV"),
    ("eu-west-3", "Z3KY65QIEKYHQQ"),
    ("eu-north-1", "Z3UWIKFBOOGXPP"),
    ("me-south-1", "Z20ZBPC0SS8806"),
    ("sa-east-1", "ZCMLWB8V5SYIT"),
    ("us-gov-east-1", "Z3SE9ATJYCRCZJ"),
    ("us-gov-west-1", "Z1K6XKP9SAGWDV"),
];

/// Returns the hosted zone of a region's regional endpoints; `None` where it is not known here.
pub(super) fn regional_zone(region: &str) -> Option<&'static str> {
    REGIONAL_ZONES.iter().find(|(name, _)| *name == region).map(|(_, zone)| *zone)
}

/// Returns the end of CloudFront's hostnames, and its hosted zone (documented).
pub(super) fn cloudfront(place: &Place) -> (&'static str, &'static str) {
    match place.region.partition().as_str() {
        "aws-cn" => ("cloudfront.cn", "Z3RFFRIM2A3IF5"),
        _ => ("cloudfront.net", "Z2FDTNDATAQYW2"),
    }
}

/// Checks what a domain name says of itself.
pub(super) fn whole(domain: &DomainName) -> Result<(), ApiError> {
    let has = |kind: EndpointType| domain.types.contains(&kind);
    hostname(&domain.name)?;
    if has(EndpointType::Private) && domain.ip_address_type == IpAddressType::Ipv4 {
        // Assumed, after the sentence recorded for APIs.
        let message = "Only dualstack ipAddressType is supported for Private domain names.";
        return Err(ApiError::invalid("endpointConfiguration", message));
    }
    if !has(EndpointType::Private) && !domain.vpc_endpoint_ids.is_empty() {
        let message = "VPC endpoint IDs are only supported for PRIVATE endpoint configurations."; // assumed
        return Err(ApiError::invalid("endpointConfiguration", message));
    }
    let enhanced = domain.security_policy.starts_with("SecurityPolicy_");
    if enhanced && domain.endpoint_access_mode.is_none() {
        // That it must be given is documented; the sentence is assumed.
        let message = "Endpoint access mode must be specified when the security policy starts with SecurityPolicy_.";
        return Err(ApiError::invalid("endpointAccessMode", message));
    }
    if enhanced && domain.security_policy.ends_with("_EDGE") != has(EndpointType::Edge) {
        let message = "The security policy is not supported for the endpoint type of the domain name."; // assumed
        return Err(ApiError::invalid("securityPolicy", message));
    }
    mutual_tls(domain)
}

fn hostname(name: &str) -> Result<(), ApiError> {
    let labels = name.strip_prefix("*.").unwrap_or(name);
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let label = |label: &str| {
        (1..=63).contains(&label.len()) && label.bytes().all(fits) && !label.starts_with('-') && !label.ends_with('-')
    };
    if name.len() <= 253 && labels.contains('.') && labels.split('.').all(label) {
        return Ok(());
    }
    Err(ApiError::invalid("domainName", format!("Invalid domain name specified: {name}"))) // assumed
}

/// Checks that each kind of endpoint has a certificate that it can use.
pub(super) fn certificates(world: &World<'_>, domain: &DomainName) -> Result<(), ApiError> {
    let has = |kind: EndpointType| domain.types.contains(&kind);
    let here = world.workspace.place.region.as_str();
    if has(EndpointType::Edge) {
        // CloudFront takes certificates of this region only (documented).
        let region = if here.starts_with("cn-") { here } else { "us-east-1" };
        certificate(world, "certificateArn", &domain.certificate, "EDGE", region)?;
    }
    if has(EndpointType::Private) {
        certificate(world, "certificateArn", &domain.certificate, "PRIVATE", here)?;
    }
    if has(EndpointType::Regional) {
        certificate(world, "regionalCertificateArn", &domain.regional_certificate, "REGIONAL", here)?;
    }
    Ok(())
}

/// Checks that the certificate of an endpoint is there and can be used.
fn certificate(
    world: &World<'_>,
    field: &'static str,
    certificate: &DomainCertificate,
    kind: &str,
    region: &str,
) -> Result<(), ApiError> {
    if certificate.uploaded && certificate.arn.is_none() {
        return Ok(());
    }
    let Some(arn) = certificate.arn.as_deref() else {
        // Reported.
        let message = format!("A certificate was not provided for the endpoint type {kind}.");
        return Err(ApiError::invalid(field, message));
    };
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let of_region = Region::parse(region).map(|region| region.partition().as_str());
    let of_partition = |partition| Some(partition) == of_region || !world.obeys(Edition::Second);
    let id = match parts[..] {
        ["arn", partition, "acm", at, account, resource] if at == region && of_partition(partition) => {
            if account != world.workspace.place.account_id.as_str() {
                // Reported.
                let message = "The certificate provided must be owned by the account creating the domain.";
                return Err(ApiError::invalid(field, message));
            }
            resource.strip_prefix("certificate/")
        }
        // Reported.
        ["arn", _, "acm", ..] => {
            let message = format!("Invalid certificate ARN: {arn}. Certificate must be in '{region}'.");
            return Err(ApiError::invalid(field, message));
        }
        _ => None,
    };
    if id.is_some_and(|id| !id.is_empty()) {
        return Ok(());
    }
    Err(ApiError::invalid(field, format!("Invalid certificate ARN: {arn}."))) // assumed
}

/// Refuses mutual TLS under the oldest policy (reported).
pub(super) fn truststore_policy(domain: &DomainName) -> Result<(), ApiError> {
    if domain.mutual_tls.is_some() && domain.security_policy == "TLS_1_0" {
        let message = "Mutual TLS authentication is only supported with TLS 1.2.";
        return Err(ApiError::invalid("mutualTlsAuthentication", message));
    }
    Ok(())
}

fn mutual_tls(domain: &DomainName) -> Result<(), ApiError> {
    let Some(tls) = &domain.mutual_tls else { return Ok(()) };
    let refuse = |message: &'static str| Err(ApiError::invalid("mutualTlsAuthentication", message));
    // That only regional domain names have it, and where truststores are, is documented; the sentences are assumed.
    if domain.types != [EndpointType::Regional] {
        return refuse("Mutual TLS is only supported for domain names with a REGIONAL endpoint type.");
    }
    let object = tls.truststore_uri.strip_prefix("s3://").and_then(|rest| rest.split_once('/'));
    if object.is_some_and(|(bucket, key)| !bucket.is_empty() && !key.is_empty()) {
        return Ok(());
    }
    refuse("Invalid truststore URI. The truststore URI must be in the format s3://bucket-name/key-name.")
}

/// Checks the number of domain names.
pub(super) fn quota(world: &World<'_>, domain: &DomainName) -> Result<(), ApiError> {
    let limits = &world.workspace.limits;
    let private = domain.types.contains(&EndpointType::Private);
    let limit = if private { limits.private_domain_names } else { limits.public_domain_names };
    let alike = world.account().domain_names.values().filter(|other| other.is_private() == private).count();
    if alike < limit {
        return Ok(());
    }
    let message = "Maximum number of Domain Names for this account has been reached. Please contact AWS if you need additional Domain Names."; // assumed
    Err(ApiError::Limit(message.into()))
}

/// Checks the policy of a private domain name and completes its resources (documented).
pub(super) fn policy(world: &World<'_>, domain: &DomainName, text: &str) -> Result<String, ApiError> {
    let message = "Invalid policy document. Please check the policy syntax and ensure that Principals are valid."; // assumed, after APIs
    let parsed: Value = serde_json::from_str(text).map_err(|_| ApiError::invalid("policy", message))?;
    if !parsed.is_object() || text.len() > 8192 {
        return Err(ApiError::invalid("policy", message));
    }
    if !domain.types.contains(&EndpointType::Private) {
        let message = "Resource policies are only supported for PRIVATE domain names."; // assumed
        return Err(ApiError::invalid("policy", message));
    }
    let place = &world.workspace.place;
    let (partition, region, account) = (place.region.partition().as_str(), &place.region, &place.account_id);
    let full = format!("\"arn:{partition}:execute-api:{region}:{account}:/domainnames/{}\"", domain.key());
    Ok(parsed.to_string().replace("\"execute-api:/*\"", &full))
}
