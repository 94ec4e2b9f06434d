//! `endpointConfiguration`, which APIs and custom domain names have alike: its form in a request, and its violations.

use super::super::{
    answer::Answer,
    error::{ApiError, Violation},
    members::{Field, Member, MemberType, structure},
};
use crate::entities::{EndpointType, IpAddressType};
use serde_json::Value;

/// `endpointConfiguration` as a request gives it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EndpointConfigurationInput {
    /// The types; exactly one is accepted.
    pub types: Option<Vec<String>>,
    /// `ipv4` or `dualstack`.
    pub ip_address_type: Option<String>,
    /// The VPC endpoints of a private API.
    pub vpc_endpoint_ids: Option<Vec<String>>,
}

impl Member for Option<EndpointConfigurationInput> {
    const TYPE: MemberType = MemberType::Structure(&[
        ("types", MemberType::TextList),
        ("ipAddressType", MemberType::Text),
        ("vpcEndpointIds", MemberType::TextList),
    ]);

    fn read(value: Option<Value>, field: &Field<'_>) -> Result<Self, ApiError> {
        let Some(mut members) = structure(value, field)? else { return Ok(None) };
        Ok(Some(EndpointConfigurationInput {
            types: Member::read(members.remove("types"), field)?,
            ip_address_type: Member::read(members.remove("ipAddressType"), field)?,
            vpc_endpoint_ids: Member::read(members.remove("vpcEndpointIds"), field)?,
        }))
    }

    fn write(&self) -> Option<Value> {
        let input = self.as_ref()?;
        let mut out = Answer::new().maybe("types", input.types.write());
        out = out.maybe("ipAddressType", input.ip_address_type.write());
        Some(out.maybe("vpcEndpointIds", input.vpc_endpoint_ids.write()).done())
    }
}

/// Returns the violations of unknown endpoint types and unknown kinds of addresses.
pub(in crate::control_plane) fn endpoint_violations(
    input: &str,
    endpoint: Option<&EndpointConfigurationInput>,
) -> Vec<Violation> {
    let mut out = Vec::new();
    let types = endpoint.and_then(|e| e.types.as_deref()).unwrap_or_default();
    if types.iter().any(|t| EndpointType::parse(t).is_none()) {
        out.push(Violation {
            value: Some(format!("[{}]", types.join(", "))),
            place: format!("{input}.endpointConfiguration.types"),
            constraint: "satisfy constraint: [Member must satisfy enum value set: [PRIVATE, EDGE, REGIONAL]]".into(),
        });
    }
    let ip = endpoint.and_then(|e| e.ip_address_type.as_deref());
    // An empty text is as none (recorded).
    if let Some(ip) = ip.filter(|ip| !ip.is_empty() && IpAddressType::parse(ip).is_none()) {
        out.push(Violation {
            value: Some(ip.to_owned()),
            place: format!("{input}.endpointConfiguration.ipAddressType"),
            constraint: "satisfy enum value set: [ipv4, dualstack]".into(),
        });
    }
    out
}
