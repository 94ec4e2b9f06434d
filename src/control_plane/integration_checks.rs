//! Checks of an integration: its backend's address, its connection, its role, and what it maps.

use super::{error::ApiError, mappings};
use crate::entities::{ConnectionType, Integration, IntegrationType, Method};

/// Checks an integration as a whole.
pub(super) fn check(integration: &Integration, method: &Method, template_bytes: usize) -> Result<(), ApiError> {
    check_backend(integration)?;
    if integration.credentials.as_ref().is_some_and(|role| !role.starts_with("arn:")) {
        return Err(ApiError::invalid("credentials", "Invalid ARN specified in the request")); // reported
    }
    mappings::check_integration_request(&integration.request_parameters, method)?;
    mappings::check_cache_keys(integration, method)?;
    mappings::check_templates(&integration.request_templates, "requestTemplates", template_bytes)
}

const NO_ENDPOINT: &str = "Invalid HTTP endpoint specified for URI";
const NOT_PROXIED: &str =
    "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.";

/// Checks a backend's address.
fn check_backend(integration: &Integration) -> Result<(), ApiError> {
    let uri = integration.uri.as_deref().unwrap_or_default();
    let refuse = |message: &'static str| Err(ApiError::invalid("uri", message));
    match integration.kind {
        IntegrationType::Mock => Ok(()),
        IntegrationType::Http | IntegrationType::HttpProxy => {
            let known =
                uri.starts_with("http://") || uri.starts_with("https://") || uri.starts_with("${stageVariables.");
            if known { Ok(()) } else { refuse(NO_ENDPOINT) }
        }
        IntegrationType::Aws | IntegrationType::AwsProxy => {
            if !uri.starts_with("arn:") {
                return refuse("Invalid ARN specified in the request");
            }
            if !uri.contains(":path/") && !uri.contains(":action/") {
                return refuse("AWS ARN for integration must contain path or action");
            }
            let service = uri.split(':').nth(4).unwrap_or_default();
            if integration.kind == IntegrationType::AwsProxy && !matches!(service, "lambda" | "firehose") {
                return refuse(NOT_PROXIED);
            }
            if service == "s3" && integration.credentials.is_none() {
                let message = "Role ARN must be specified for AWS integrations"; // inferred from an emulator
                return Err(ApiError::invalid("credentials", message));
            }
            Ok(())
        }
    }
}

/// Checks the rules of the second edition that hold for new integrations and for changed ones.
pub(super) fn check_late(integration: &Integration) -> Result<(), ApiError> {
    check_address(integration)?;
    check_proxied(integration)?;
    check_transfer(integration)
}

/// Refuses an address of an HTTP backend that is not whole: it must name a host, and hold no blanks (documented; the sentence is
/// recorded for other addresses).
fn check_address(integration: &Integration) -> Result<(), ApiError> {
    let uri = integration.uri.as_deref().unwrap_or_default();
    let rest = uri.strip_prefix("https://").or_else(|| uri.strip_prefix("http://")).unwrap_or(uri);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let over_http = matches!(integration.kind, IntegrationType::Http | IntegrationType::HttpProxy);
    if over_http && (host.is_empty() || uri.contains(|c: char| c.is_whitespace() || c.is_control())) {
        return Err(ApiError::invalid("uri", NO_ENDPOINT));
    }
    Ok(())
}

/// Refuses an `AWS_PROXY` integration with anything but an invocation of a Lambda function or an action of Firehose (recorded for
/// other paths of either; that actions of Firehose are taken is assumed).
fn check_proxied(integration: &Integration) -> Result<(), ApiError> {
    if integration.kind != IntegrationType::AwsProxy {
        return Ok(());
    }
    let uri = integration.uri.as_deref().unwrap_or_default();
    let target = uri.splitn(5, ':').nth(4).unwrap_or_default();
    let is_proxied =
        target.starts_with("firehose:action/") || target.strip_prefix("lambda:path/").is_some_and(is_invoked);
    if is_proxied { Ok(()) } else { Err(ApiError::invalid("uri", NOT_PROXIED)) }
}

/// Refuses to stream the answer of a backend that is no proxy (the rule is documented, the sentence assumed).
fn check_transfer(integration: &Integration) -> Result<(), ApiError> {
    let is_proxy = matches!(integration.kind, IntegrationType::HttpProxy | IntegrationType::AwsProxy);
    if is_proxy || integration.response_transfer_mode.as_deref() != Some("STREAM") {
        return Ok(());
    }
    let message = "Response transfer mode STREAM is only supported for HTTP_PROXY and AWS_PROXY integrations";
    Err(ApiError::invalid("responseTransferMode", message))
}

/// Tells whether a path of Lambda's API invokes a function: at once, or with its answer streamed (both documented). The
/// function's ARN may hold stage variables, or be one.
fn is_invoked(path: &str) -> bool {
    let at_once = path.strip_prefix("2015-03-31/functions/").and_then(|rest| rest.strip_suffix("/invocations"));
    let streamed = || {
        path.strip_prefix("2021-11-15/functions/").and_then(|rest| rest.strip_suffix("/response-streaming-invocations"))
    };
    let function = at_once.or_else(streamed);
    function.is_some_and(|arn| arn.starts_with("arn:") || arn.starts_with("${stageVariables."))
}

/// Refuses a connection by VPC link that names none (reported; whether an update is refused, too, is not known).
pub(super) fn check_link(integration: &Integration) -> Result<(), ApiError> {
    if integration.connection_type == Some(ConnectionType::VpcLink) && integration.connection_id.is_none() {
        let message = "ConnectionId should be set to the vpcLinkId or stage variable on connection type VPC_LINK";
        return Err(ApiError::invalid("connectionId", message));
    }
    Ok(())
}
