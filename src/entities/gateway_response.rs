//! Gateway responses: the kinds there are, and what a customisation of one holds.

use super::StatusCode;
use crate::collections::SortedMap;
use std::fmt;

macro_rules! gateway_responses {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $status:expr;)+) => {
        /// The kinds of gateway responses, all 21.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum GatewayResponseType { $($(#[$doc])* $variant),+ }

        impl GatewayResponseType {
            /// All kinds, by name.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Returns the name on AWS's wire.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// Returns the status unless customised (recorded); `None` for the two defaults, which answer nothing by
            /// themselves.
            pub fn default_status(self) -> Option<u16> {
                match self { $(Self::$variant => $status),+ }
            }
        }
    };
}

gateway_responses! {
    /// A resource policy or an authorizer said no.
    AccessDenied = "ACCESS_DENIED", Some(403);
    /// The API is put together in a way that cannot answer.
    ApiConfigurationError = "API_CONFIGURATION_ERROR", Some(500);
    /// The authorizer could not be called.
    AuthorizerConfigurationError = "AUTHORIZER_CONFIGURATION_ERROR", Some(500);
    /// The authorizer failed.
    AuthorizerFailure = "AUTHORIZER_FAILURE", Some(500);
    /// The body does not fit its model.
    BadRequestBody = "BAD_REQUEST_BODY", Some(400);
    /// A required parameter is missing.
    BadRequestParameters = "BAD_REQUEST_PARAMETERS", Some(400);
    /// Lends its settings to every 4xx that has none of its own.
    Default4xx = "DEFAULT_4XX", None;
    /// Lends its settings to every 5xx that has none of its own.
    Default5xx = "DEFAULT_5XX", None;
    /// The caller's temporary credentials have expired.
    ExpiredToken = "EXPIRED_TOKEN", Some(403);
    /// The backend could not be reached.
    IntegrationFailure = "INTEGRATION_FAILURE", Some(504);
    /// The backend took too long.
    IntegrationTimeout = "INTEGRATION_TIMEOUT", Some(504);
    /// The API key is missing or unknown.
    InvalidApiKey = "INVALID_API_KEY", Some(403);
    /// The request's signature is wrong.
    InvalidSignature = "INVALID_SIGNATURE", Some(403);
    /// No such resource or method; or a method that wants a signature got none (both recorded).
    MissingAuthenticationToken = "MISSING_AUTHENTICATION_TOKEN", Some(403);
    /// The usage plan's quota is used up.
    QuotaExceeded = "QUOTA_EXCEEDED", Some(429);
    /// The request is too large.
    RequestTooLarge = "REQUEST_TOO_LARGE", Some(413);
    /// Documented for a resource that is gone after authorization; practically not seen.
    ResourceNotFound = "RESOURCE_NOT_FOUND", Some(404);
    /// Too many requests.
    Throttled = "THROTTLED", Some(429);
    /// The authorizer did not accept the caller.
    Unauthorized = "UNAUTHORIZED", Some(401);
    /// No template for the request's content type, and no passing through.
    UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE", Some(415);
    /// The web ACL said no.
    WafFiltered = "WAF_FILTERED", Some(403);
}

impl GatewayResponseType {
    /// Parses the name on AWS's wire.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == text)
    }

    /// Returns the type that lends its settings to this one; `None` for those two themselves.
    pub fn class(self) -> Option<Self> {
        let client_error = self.default_status()? < 500;
        Some(if client_error { Self::Default4xx } else { Self::Default5xx })
    }
}

impl fmt::Display for GatewayResponseType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A gateway response that an author has shaped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GatewayResponse {
    /// The status; `None` leaves each type its own.
    pub status_code: Option<StatusCode>,
    /// `gatewayresponse.header.{name}` → mapping expression.
    pub response_parameters: SortedMap<String, String>,
    /// Content type → template. Simple substitution, no VTL (documented).
    pub response_templates: SortedMap<String, String>,
}

impl GatewayResponse {
    /// The template of every type that is not customised, for JSON (recorded).
    pub const DEFAULT_TEMPLATE: &'static str = "{\"message\":$context.error.messageString}";
}
