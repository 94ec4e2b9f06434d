//! The patch paths of UpdateRestApi, each with its ops (documented; errors recorded).

use super::{
    super::{
        World,
        checks::{ACCESS_MODES, SECURITY_POLICIES, one_of},
        edits::NameList,
        error::ApiError,
        patch::{Op, PatchOperation},
    },
    check_description, check_ip, compression, invalid_compression, policy,
};
use crate::entities::{ApiSettings, EndpointConfiguration, EndpointType, IpAddressType};

/// The lists of an API while operations edit them.
pub(super) struct Lists {
    media_types: NameList,
    vpc_endpoints: NameList,
}

impl Lists {
    /// Takes the lists out of an API's members.
    pub(super) fn of(settings: &mut ApiSettings) -> Self {
        let vpc_endpoints = NameList::of(&mut settings.endpoint.vpc_endpoint_ids);
        Self { media_types: NameList::of(&mut settings.binary_media_types), vpc_endpoints }
    }

    /// Puts the lists back.
    pub(super) fn finish(self, settings: &mut ApiSettings) {
        settings.binary_media_types = self.media_types.finish();
        settings.endpoint.vpc_endpoint_ids = self.vpc_endpoints.finish();
    }
}

/// Applies one operation to an API's own members.
pub(super) fn settings(
    (settings, lists): (&mut ApiSettings, &mut Lists),
    world: &World<'_>,
    id: &str,
    patch: &PatchOperation,
) -> Result<(), ApiError> {
    let segments = patch.segments();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    match segments[..] {
        ["name"] => {
            patch.only(&[Op::Replace])?;
            let name = patch.text_if_any();
            settings.name = name.ok_or_else(|| ApiError::invalid("name", "Name cannot be empty"))?; // assumed
        }
        ["description"] => {
            patch.only(&[Op::Add, Op::Replace, Op::Remove])?;
            let description = if patch.kind() == Op::Remove { None } else { Some(patch.text().to_owned()) };
            check_description(description.as_deref())?;
            settings.description = description;
        }
        ["apiKeySource"] => {
            patch.only(&[Op::Replace])?;
            let source = patch.text();
            if !["HEADER", "AUTHORIZER"].contains(&source) {
                let message = "Invalid API key source specified. Valid options are HEADER,AUTHORIZER"; // assumed
                return Err(ApiError::invalid("apiKeySource", message));
            }
            settings.api_key_source = source.to_owned();
        }
        ["policy"] => {
            patch.only(&[Op::Replace])?;
            settings.policy = patch.text_if_any().map(|text| policy(world, id, &text)).transpose()?;
        }
        ["disableExecuteApiEndpoint"] => {
            patch.only(&[Op::Replace])?;
            settings.disable_execute_api_endpoint = patch.is_true();
        }
        ["minimumCompressionSize"] => {
            patch.only(&[Op::Replace])?;
            let size = patch.text_if_any();
            let parse = |text: String| text.parse().ok().map_or(Err(invalid_compression()), compression);
            settings.minimum_compression_size = size.map(parse).transpose()?;
        }
        ["securityPolicy"] => settings.security_policy = Some(one_of(patch, &SECURITY_POLICIES)?),
        ["endpointAccessMode"] => settings.endpoint_access_mode = Some(one_of(patch, &ACCESS_MODES)?),
        ["binaryMediaTypes", media_type] => patch_media_types(&mut lists.media_types, media_type, patch)?,
        ["endpointConfiguration", ref rest @ ..] => {
            patch_endpoint((&mut settings.endpoint, &mut lists.vpc_endpoints), rest, patch)?;
        }
        _ => return Err(patch.bad_path()),
    }
    Ok(())
}

/// Patches the binary media types. The type stands in the path: `add` appends it, `replace` takes it away and appends the
/// value (recorded).
fn patch_media_types(types: &mut NameList, named: &str, patch: &PatchOperation) -> Result<(), ApiError> {
    patch.only(&[Op::Add, Op::Replace, Op::Remove])?;
    if patch.kind() != Op::Add {
        types.remove(named);
    }
    let added = match patch.kind() {
        Op::Add => Some(named.to_owned()),
        Op::Replace => patch.text_if_any(),
        _ => None,
    };
    if let Some(added) = added.filter(|added| !types.has(added)) {
        types.push(added);
    }
    Ok(())
}

fn patch_endpoint(
    (endpoint, vpc_endpoints): (&mut EndpointConfiguration, &mut NameList),
    path: &[&str],
    patch: &PatchOperation,
) -> Result<(), ApiError> {
    match path {
        ["types", _] => {
            if patch.kind() != Op::Replace {
                let message = "Invalid patch operation specified. Must be 'add'|'remove'|'replace'";
                return Err(ApiError::invalid("endpointConfiguration", message));
            }
            let message = "Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE";
            let invalid = || ApiError::invalid("endpointConfiguration", message);
            endpoint.endpoint_type = EndpointType::parse(patch.text()).ok_or_else(invalid)?;
            if endpoint.endpoint_type == EndpointType::Private {
                endpoint.ip_address_type = IpAddressType::Dualstack; // assumed: the default that creation takes
            } else {
                vpc_endpoints.clear(); // assumed: only private APIs have any
            }
        }
        ["ipAddressType"] => {
            patch.only(&[Op::Replace])?;
            let message = "ipAddressType must be either ipv4 or dualstack.";
            let invalid = || ApiError::invalid("endpointConfiguration", message);
            let ip = IpAddressType::parse(patch.text()).ok_or_else(invalid)?;
            check_ip(endpoint.endpoint_type, ip)?;
            endpoint.ip_address_type = ip;
        }
        ["vpcEndpointIds"] => {
            patch.only(&[Op::Add, Op::Remove])?;
            let id = patch.text().to_owned();
            vpc_endpoints.remove(&id);
            if patch.kind() == Op::Add && !id.is_empty() {
                vpc_endpoints.push(id);
            }
        }
        _ => return Err(patch.bad_path()),
    }
    Ok(())
}
