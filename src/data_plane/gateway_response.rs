//! Gateway responses: what API Gateway answers by itself when a request does not get as far as an integration response.
//!
//! Statuses are recorded from AWS; texts and error types are recorded or reported as the rows say.

use super::{Step, StepKind};
use crate::entities::GatewayResponseType;
use std::{borrow::Cow, fmt};

/// The header that names the kind of a gateway response.
pub(crate) const ERROR_TYPE_HEADER: &str = "x-amzn-ErrorType";

/// Returns the text of a type and its error type; no text renders `null`.
fn texts(kind: GatewayResponseType) -> (Option<&'static str>, &'static str) {
    use GatewayResponseType as Kind;
    const SIGNATURE: &str = "The request signature we calculated does not match the signature you provided.";
    const CONFIGURATION: (Option<&str>, &str) = (Some("Internal server error"), "InternalServerErrorException");
    match kind {
        Kind::AccessDenied => (Some("User is not authorized to access this resource"), "AccessDeniedException"),
        Kind::ApiConfigurationError | Kind::IntegrationFailure => CONFIGURATION,
        Kind::AuthorizerConfigurationError => (None, "AuthorizerConfigurationException"),
        Kind::AuthorizerFailure => (None, "AuthorizerFailureException"),
        Kind::BadRequestBody => (Some("Invalid request body"), "BadRequestException"),
        Kind::BadRequestParameters => (Some("Missing required request parameters: []"), "BadRequestException"),
        Kind::Default4xx | Kind::Default5xx => (None, ""),
        Kind::ExpiredToken => (Some("The security token included in the request is expired"), "ExpiredTokenException"),
        Kind::IntegrationTimeout => (Some("Endpoint request timed out"), "InternalServerErrorException"),
        Kind::InvalidApiKey | Kind::WafFiltered => (Some("Forbidden"), "ForbiddenException"),
        Kind::InvalidSignature => (Some(SIGNATURE), "InvalidSignatureException"),
        Kind::MissingAuthenticationToken => {
            (Some("Missing Authentication Token"), "MissingAuthenticationTokenException")
        }
        Kind::QuotaExceeded => (Some("Limit Exceeded"), "LimitExceededException"),
        Kind::RequestTooLarge => (Some("Request Too Long"), "RequestTooLargeException"),
        Kind::ResourceNotFound => (Some("Not Found"), "ResourceNotFoundException"),
        Kind::Throttled => (Some("Too Many Requests"), "TooManyRequestsException"),
        Kind::Unauthorized => (Some("Unauthorized"), "UnauthorizedException"),
        Kind::UnsupportedMediaType => (Some("Unsupported Media Type"), "BadRequestException"),
    }
}

/// The reason why a request gets no further, in API Gateway's own terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) kind: GatewayResponseType,
    /// The text in place of the kind's own.
    pub(crate) message: Option<Cow<'static, str>>,
    /// The text that only `$context.error.validationErrorString` shows.
    pub(crate) detail: Option<String>,
}

impl From<GatewayResponseType> for Refusal {
    fn from(kind: GatewayResponseType) -> Self {
        Self { kind, message: None, detail: None }
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
    /// Returns the default: `{"message":$context.error.messageString}` (recorded).
    pub(crate) fn render(&self) -> Rendered {
        let (_, error_type) = texts(self.kind);
        let body = match (self.kind, &self.message) {
            // What a resource policy says comes with a capital (reported).
            (GatewayResponseType::AccessDenied, Some(text)) => serde_json::json!({ "Message": text }).to_string(),
            _ => message_body(self.text()),
        };
        Rendered { status: self.kind.default_status().unwrap_or(500), error_type, body }
    }

    /// Returns the text, `$context.error.message`.
    pub(crate) fn text(&self) -> Option<&str> {
        self.message.as_deref().or(texts(self.kind).0)
    }
}

/// Returns what stands before any stage is known: 403 `Forbidden`, which no API can customise (reported).
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
    /// The customised type that shapes the answer: the kind itself or the default of its class.
    pub shaped_by: Option<GatewayResponseType>,
}

impl GatewayResponseStep {
    pub(crate) fn after(steps: &[Step], kind: Option<GatewayResponseType>, status: u16) -> Self {
        Self { kind, status, because: steps.last().map_or(StepKind::Hostname, Step::kind), shaped_by: None }
    }
}

impl fmt::Display for GatewayResponseStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(kind) = self.kind else {
            return write!(f, "AWS's front door answers {} by itself: no API can shape this answer.", self.status);
        };
        write!(f, "The gateway response {kind} answers {}", self.status)?;
        match self.shaped_by {
            None => f.write_str(".")?,
            Some(own) if own == kind => f.write_str(", as the snapshot shapes it.")?,
            Some(default) => write!(f, ", as the snapshot shapes {default}.")?,
        }
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
