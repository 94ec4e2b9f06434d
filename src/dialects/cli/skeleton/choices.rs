//! The few words that a member's text can be, in the service model's order: the first one stands in a skeleton.

use crate::{control_plane::checks::SECURITY_POLICIES, entities::CacheClusterSize};

const OPERATORS: &[&str] = &["add", "remove", "replace", "move", "copy", "test"];
const DOCUMENTED: &[&str] = &[
    "API",
    "AUTHORIZER",
    "MODEL",
    "RESOURCE",
    "METHOD",
    "PATH_PARAMETER",
    "QUERY_PARAMETER",
    "REQUEST_HEADER",
    "REQUEST_BODY",
    "RESPONSE",
    "RESPONSE_HEADER",
    "RESPONSE_BODY",
];
/// Not in the order of their names, as the entity has them.
const RESPONSES: &[&str] = &[
    "DEFAULT_4XX",
    "DEFAULT_5XX",
    "RESOURCE_NOT_FOUND",
    "UNAUTHORIZED",
    "INVALID_API_KEY",
    "ACCESS_DENIED",
    "AUTHORIZER_FAILURE",
    "AUTHORIZER_CONFIGURATION_ERROR",
    "INVALID_SIGNATURE",
    "EXPIRED_TOKEN",
    "MISSING_AUTHENTICATION_TOKEN",
    "INTEGRATION_FAILURE",
    "INTEGRATION_TIMEOUT",
    "API_CONFIGURATION_ERROR",
    "UNSUPPORTED_MEDIA_TYPE",
    "BAD_REQUEST_PARAMETERS",
    "BAD_REQUEST_BODY",
    "REQUEST_TOO_LARGE",
    "THROTTLED",
    "QUOTA_EXCEEDED",
    "WAF_FILTERED",
];

/// Returns the words; none when any text will do. JWT authorizers, which are refused here, are left out.
pub(in crate::dialects::cli) fn choices(operation: &str, member: &str) -> &'static [&'static str] {
    match (member, operation) {
        ("op", _) => OPERATORS,
        ("type", "CreateAuthorizer") => &["TOKEN", "REQUEST", "COGNITO_USER_POOLS"],
        ("type", "PutIntegration") => &["HTTP", "AWS", "MOCK", "HTTP_PROXY", "AWS_PROXY"],
        ("type", _) => DOCUMENTED,
        ("types", _) => &["REGIONAL", "EDGE", "PRIVATE"],
        ("ipAddressType", _) => &["ipv4", "dualstack"],
        ("apiKeySource", _) => &["HEADER", "AUTHORIZER"],
        ("securityPolicy", _) => &SECURITY_POLICIES,
        ("endpointAccessMode", _) => &["BASIC", "STRICT"],
        ("routingMode", _) => &["BASE_PATH_MAPPING_ONLY", "ROUTING_RULE_ONLY", "ROUTING_RULE_THEN_BASE_PATH_MAPPING"],
        ("cacheClusterSize", _) => &CacheClusterSize::ALL,
        ("period", _) => &["DAY", "WEEK", "MONTH"],
        ("responseType", _) => RESPONSES,
        ("locationStatus", _) => &["DOCUMENTED", "UNDOCUMENTED"],
        ("resourceOwner", _) => &["SELF", "OTHER_ACCOUNTS"],
        ("format", "ImportApiKeys") => &["csv"],
        ("mode", _) => &["merge", "overwrite"],
        ("connectionType", _) => &["INTERNET", "VPC_LINK"],
        ("contentHandling", _) => &["CONVERT_TO_BINARY", "CONVERT_TO_TEXT"],
        ("responseTransferMode", _) => &["BUFFERED", "STREAM"],
        _ => &[],
    }
}
