//! The patch paths of a custom domain name (documented: "Patch operations", and the guide on moving to another endpoint type).

use super::{
    super::{
        World,
        checks::{ACCESS_MODES, SECURITY_POLICIES, one_of},
        error::ApiError,
        patch::{Op, PatchOperation, patch_error},
    },
    checks,
};
use crate::entities::{DomainName, EndpointType, IpAddressType, MutualTls, RoutingMode};

/// Applies one operation; what the whole then has to satisfy is checked after the last one.
pub(super) fn apply(world: &World<'_>, domain: &mut DomainName, patch: &PatchOperation) -> Result<(), ApiError> {
    const SET: [Op; 1] = [Op::Replace];
    // A certificate is added while a domain name moves to another kind of endpoint, and the other one removed.
    const ANY: [Op; 3] = [Op::Add, Op::Replace, Op::Remove];
    let segments = patch.segments();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let value = || if patch.kind() == Op::Remove { None } else { patch.text_if_any() };
    match segments[..] {
        ["certificateArn"] => {
            patch.only(&ANY)?;
            domain.certificate.arn = value();
            domain.certificate.uploaded = false;
            domain.certificate_upload = world.env.now();
        }
        ["certificateName"] => {
            patch.only(&ANY)?;
            domain.certificate.name = value();
        }
        ["regionalCertificateArn"] => {
            patch.only(&ANY)?;
            domain.regional_certificate.arn = value();
        }
        ["regionalCertificateName"] => {
            patch.only(&ANY)?;
            domain.regional_certificate.name = value();
        }
        ["ownershipVerificationCertificateArn"] => {
            patch.only(&SET)?;
            domain.ownership_certificate_arn = value();
        }
        ["securityPolicy"] => domain.security_policy = one_of(patch, &SECURITY_POLICIES)?,
        ["endpointAccessMode"] => domain.endpoint_access_mode = Some(one_of(patch, &ACCESS_MODES)?),
        ["routingMode"] => {
            let mode = one_of(patch, &RoutingMode::ALL.map(RoutingMode::as_str))?;
            domain.routing_mode = RoutingMode::parse(&mode).unwrap_or_default();
        }
        ["policy"] => {
            patch.only(&SET)?;
            domain.policy = value().map(|text| checks::policy(world, domain, &text)).transpose()?;
        }
        ["managementPolicy"] => {
            patch.only(&SET)?;
            domain.management_policy = value().map(|text| checks::policy(world, domain, &text)).transpose()?;
        }
        ["mutualTlsAuthentication", ref member @ ..] => mutual_tls(domain, member, patch)?,
        ["endpointConfiguration", ref member @ ..] => endpoint(domain, member, patch)?,
        _ => return Err(patch.bad_path()),
    }
    Ok(())
}

/// Patches mutual TLS. An empty truststore switches it off (documented).
fn mutual_tls(domain: &mut DomainName, member: &[&str], patch: &PatchOperation) -> Result<(), ApiError> {
    let set = [Op::Add, Op::Replace];
    match (member, patch.text_if_any()) {
        ([], _) => {
            patch.only(&[Op::Remove])?;
            domain.mutual_tls = None;
        }
        (["truststoreUri"], uri) => {
            patch.only(&set)?;
            let version = domain.mutual_tls.take().and_then(|tls| tls.truststore_version);
            domain.mutual_tls = uri.map(|truststore_uri| MutualTls { truststore_uri, truststore_version: version });
        }
        (["truststoreVersion"], version) => {
            patch.only(&set)?;
            let without = || patch_error("Truststore URI must be specified before the truststore version"); // assumed
            domain.mutual_tls.as_mut().ok_or_else(without)?.truststore_version = version;
        }
        _ => return Err(patch.bad_path()),
    }
    Ok(())
}

/// Patches the endpoint. A domain name moves from EDGE to REGIONAL, or back, by having both for a while (documented).
fn endpoint(domain: &mut DomainName, member: &[&str], patch: &PatchOperation) -> Result<(), ApiError> {
    match member {
        ["types"] => {
            patch.only(&[Op::Add, Op::Remove])?;
            let kind = endpoint_type(patch)?;
            domain.types.retain(|known| *known != kind);
            if patch.kind() == Op::Add {
                domain.types.push(kind);
            }
        }
        ["types", _] => {
            patch.only(&[Op::Replace])?;
            domain.types = vec![endpoint_type(patch)?];
        }
        ["ipAddressType"] => {
            patch.only(&[Op::Replace])?;
            let message = "ipAddressType must be either ipv4 or dualstack."; // recorded for APIs
            let invalid = || ApiError::invalid("endpointConfiguration", message);
            domain.ip_address_type = IpAddressType::parse(patch.text()).ok_or_else(invalid)?;
        }
        ["vpcEndpointIds"] => {
            patch.only(&[Op::Add, Op::Remove])?;
            let id = patch.text().to_owned();
            domain.vpc_endpoint_ids.retain(|known| *known != id);
            if patch.kind() == Op::Add && !id.is_empty() {
                domain.vpc_endpoint_ids.push(id);
            }
        }
        _ => return Err(patch.bad_path()),
    }
    let private = domain.types.contains(&EndpointType::Private);
    if domain.types.is_empty() || private != domain.is_private() {
        // Public and private do not turn into each other (documented); the sentence is assumed.
        let message = "The endpoint type of a domain name can only be changed between EDGE and REGIONAL.";
        return Err(ApiError::invalid("endpointConfiguration", message));
    }
    Ok(())
}

fn endpoint_type(patch: &PatchOperation) -> Result<EndpointType, ApiError> {
    let message = "Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE"; // recorded for APIs
    EndpointType::parse(patch.text()).ok_or_else(|| ApiError::invalid("endpointConfiguration", message))
}
