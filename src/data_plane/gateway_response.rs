//! Gateway responses: what API Gateway answers by itself when a request does not get as far as an integration response.
//!
//! Statuses are recorded from AWS; texts and error types are recorded or reported as the rows say.

use super::{Step, StepKind};
use std::{borrow::Cow, fmt};

/// The header that names the kind of a gateway response.
pub(crate) const ERROR_TYPE_HEADER: &str = "x-amzn-ErrorType";

struct Row {
    name: &'static str,
    /// `None`: the type only lends its settings to others.
    status: Option<u16>,
    /// `None` renders `null`.
    message: Option<&'static str>,
    error_type: &'static str,
}

macro_rules! gateway_responses {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $status:expr, $message:expr, $error_type:literal;)+) => {
        /// The kinds of gateway responses, all 21.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum GatewayResponseType { $($(#[$doc])* $variant),+ }

        impl GatewayResponseType {
            /// All kinds, by name.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            fn row(self) -> Row {
                match self {
                    $(Self::$variant => Row {
                        name: $name, status: $status, message: $message, error_type: $error_type,
                    }),+
                }
            }
        }
    };
}

gateway_responses! {
    /// A resource policy or an authorizer said no.
    AccessDenied = "ACCESS_DENIED", Some(403), Some("User is not authorized to access this resource"),
        "AccessDeniedException";
    /// The API is put together in a way that cannot answer.
    ApiConfigurationError = "API_CONFIGURATION_ERROR", Some(500), Some("Internal server error"),
        "InternalServerErrorException";
    /// The authorizer could not be called.
    AuthorizerConfigurationError = "AUTHORIZER_CONFIGURATION_ERROR", Some(500), None,
        "AuthorizerConfigurationException";
    /// The authorizer failed.
    AuthorizerFailure = "AUTHORIZER_FAILURE", Some(500), None, "AuthorizerFailureException";
    /// The body does not fit its model.
    BadRequestBody = "BAD_REQUEST_BODY", Some(400), Some("Invalid request body"), "BadRequestException";
    /// A required parameter is missing.
    BadRequestParameters = "BAD_REQUEST_PARAMETERS", Some(400), Some("Missing required request parameters: []"),
        "BadRequestException";
    /// Lends its settings to every 4xx that has none of its own.
    Default4xx = "DEFAULT_4XX", None, None, "";
    /// Lends its settings to every 5xx that has none of its own.
    Default5xx = "DEFAULT_5XX", None, None, "";
    /// The caller's temporary credentials have expired.
    ExpiredToken = "EXPIRED_TOKEN", Some(403), Some("The security token included in the request is expired"),
        "ExpiredTokenException";
    /// The backend could not be reached.
    IntegrationFailure = "INTEGRATION_FAILURE", Some(504), Some("Internal server error"),
        "InternalServerErrorException";
    /// The backend took too long.
    IntegrationTimeout = "INTEGRATION_TIMEOUT", Some(504), Some("Endpoint request timed out"),
        "InternalServerErrorException";
    /// The API key is missing or unknown.
    InvalidApiKey = "INVALID_API_KEY", Some(403), Some("Forbidden"), "ForbiddenException";
    /// The request's signature is wrong.
    InvalidSignature = "INVALID_SIGNATURE", Some(403),
        Some("The request signature we calculated does not match the signature you provided."),
        "InvalidSignatureException";
    /// No such resource or method; or a method that wants a signature got none (both recorded).
    MissingAuthenticationToken = "MISSING_AUTHENTICATION_TOKEN", Some(403), Some("Missing Authentication Token"),
        "MissingAuthenticationTokenException";
    /// The usage plan's quota is used up.
    QuotaExceeded = "QUOTA_EXCEEDED", Some(429), Some("Limit Exceeded"), "LimitExceededException";
    /// The request is too large.
    RequestTooLarge = "REQUEST_TOO_LARGE", Some(413), Some("Request Too Long"), "RequestTooLargeException";
    /// Documented for a resource that is gone after authorization; practically not seen.
    ResourceNotFound = "RESOURCE_NOT_FOUND", Some(404), Some("Not Found"), "ResourceNotFoundException";
    /// Too many requests.
    Throttled = "THROTTLED", Some(429), Some("Too Many Requests"), "TooManyRequestsException";
    /// The authorizer did not accept the caller.
    Unauthorized = "UNAUTHORIZED", Some(401), Some("Unauthorized"), "UnauthorizedException";
    /// No template for the request's content type, and no passing through.
    UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE", Some(415), Some("Unsupported Media Type"),
        "BadRequestException";
    /// The web ACL said no.
    WafFiltered = "WAF_FILTERED", Some(403), Some("Forbidden"), "ForbiddenException";
}

impl GatewayResponseType {
    /// The name on AWS's wire.
    pub fn as_str(self) -> &'static str {
        self.row().name
    }

    /// The status unless customised; `None` for the two defaults, which answer nothing by themselves.
    pub fn default_status(self) -> Option<u16> {
        self.row().status
    }
}

impl fmt::Display for GatewayResponseType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why a request gets no further, in API Gateway's own terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) kind: GatewayResponseType,
    /// What stands in for the kind's own text.
    pub(crate) message: Option<Cow<'static, str>>,
}

impl From<GatewayResponseType> for Refusal {
    fn from(kind: GatewayResponseType) -> Self {
        Self { kind, message: None }
    }
}

/// Status, error type and body of an answer that is not the integration's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rendered {
    pub(crate) status: u16,
    pub(crate) error_type: &'static str,
    pub(crate) body: String,
}

impl Refusal {
    /// The default: `{"message":$context.error.messageString}` (recorded).
    pub(crate) fn render(&self) -> Rendered {
        let row = self.kind.row();
        let message = self.message.as_deref().or(row.message);
        Rendered { status: row.status.unwrap_or(500), error_type: row.error_type, body: message_body(message) }
    }
}

/// What stands before any stage is known: 403 `Forbidden`, which no API can customise (reported).
pub(crate) fn forbidden() -> Rendered {
    Rendered { status: 403, error_type: "ForbiddenException", body: message_body(Some("Forbidden")) }
}

pub(crate) fn message_body(message: Option<&str>) -> String {
    match message {
        // Nothing to escape, so the general way is not needed.
        Some(text) if text.bytes().all(|b| b.is_ascii_graphic() && b != b'"' && b != b'\\' || b == b' ') => {
            ["{\"message\":\"", text, "\"}"].concat()
        }
        Some(text) => ["{\"message\":", &serde_json::Value::from(text).to_string(), "}"].concat(),
        None => "{\"message\":null}".to_owned(),
    }
}

/// The gateway response that answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatewayResponseStep {
    /// Its kind; `None` for AWS's front door, which answers before there is a snapshot to look in.
    pub kind: Option<GatewayResponseType>,
    /// The status.
    pub status: u16,
    /// The step that stopped the request.
    pub because: StepKind,
}

impl GatewayResponseStep {
    pub(crate) fn after(steps: &[Step], kind: Option<GatewayResponseType>, status: u16) -> Self {
        Self { kind, status, because: steps.last().map_or(StepKind::Hostname, Step::kind) }
    }
}

impl fmt::Display for GatewayResponseStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(kind) = self.kind else {
            return write!(f, "AWS's front door answers {} by itself: no API can shape this answer.", self.status);
        };
        write!(f, "The gateway response {kind} answers {}.", self.status)?;
        match (kind, self.because) {
            (GatewayResponseType::MissingAuthenticationToken, StepKind::Path | StepKind::Method) => f.write_str(
                " Despite its text it has nothing to do with tokens: it is what AWS says to any wrong path or method.",
            ),
            (GatewayResponseType::ApiConfigurationError, _) => {
                f.write_str(" Callers see no reason; on AWS it stands in the execution log only.")
            }
            _ => Ok(()),
        }
    }
}
