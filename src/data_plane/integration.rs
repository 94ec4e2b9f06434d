//! The backend's part: the call is handed to whoever answers for backends, and its reply is told.

use super::{
    AnsweredBy, BackendAnswer, BackendCall, BackendFault, Backends, GatewayResponseType, Halt, Outcome, OwnAnswer,
    Purpose, Reply, Step, Trace, response::Answer,
};
use crate::{entities::IntegrationType, lenient_json::MockInputError};
use std::fmt;

/// The result of the call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IntegrationResult {
    /// MOCK: the request names this status.
    MockStatus(u16),
    /// MOCK: the request is empty and names no status, so the default integration response answers (recorded).
    MockEmpty,
    /// MOCK: the request has no readable `statusCode`.
    MockUnreadable(MockInputError),
    /// The backend answered.
    Answered {
        /// Its status.
        status: u16,
        /// Milliseconds.
        latency: u32,
    },
    /// The address is none: it names a stage variable that the stage does not have.
    NoAddress,
    /// The backend took too long.
    TimedOut,
    /// The backend failed.
    Failed(String),
    /// The backend is of a kind that is not called here.
    NotCalled,
}

/// The integration's part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntegrationStep {
    /// The kind of backend.
    pub kind: IntegrationType,
    /// The result of its call.
    pub result: IntegrationResult,
}

impl IntegrationStep {
    /// Returns how it went.
    pub fn outcome(&self) -> Outcome {
        match self.result {
            IntegrationResult::MockStatus(_) | IntegrationResult::MockEmpty | IntegrationResult::Answered { .. } => {
                Outcome::Passed
            }
            IntegrationResult::MockUnreadable(_)
            | IntegrationResult::NoAddress
            | IntegrationResult::TimedOut
            | IntegrationResult::Failed(_)
            | IntegrationResult::NotCalled => Outcome::Failed,
        }
    }
}

impl fmt::Display for IntegrationStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.result {
            IntegrationResult::MockStatus(status) => {
                write!(f, "MOCK calls no backend: its request says statusCode {status}.")
            }
            IntegrationResult::MockEmpty => {
                f.write_str("MOCK calls no backend; its request is empty, so the default integration response answers.")
            }
            IntegrationResult::MockUnreadable(error) => error.fmt(f),
            IntegrationResult::Answered { status, latency } => {
                write!(f, "The {} backend answers {status} after {latency} ms.", self.kind.as_str())
            }
            IntegrationResult::NoAddress => {
                f.write_str("The address names a stage variable that is not set, so there is no backend to call.")
            }
            IntegrationResult::TimedOut => {
                write!(f, "The {} backend takes longer than the integration's timeout allows.", self.kind.as_str())
            }
            IntegrationResult::Failed(reason) => write!(f, "The {} backend fails: {reason}.", self.kind.as_str()),
            IntegrationResult::NotCalled => OwnAnswer::Backend(self.kind).fmt(f),
        }
    }
}

/// Has the backend called with the request that was made for it.
pub(crate) fn call(
    kind: IntegrationType,
    request: BackendCall<'_>,
    backends: &mut dyn Backends,
    trace: &mut Trace,
) -> Result<BackendAnswer, Halt> {
    let mut told = |result| trace.push(Step::Integration(IntegrationStep { kind, result }));
    let over_http = matches!(kind, IntegrationType::Http | IntegrationType::HttpProxy);
    if over_http && request.url.contains("${stageVariables.") {
        // 500 `Internal server error` (recorded in a test of the method).
        told(IntegrationResult::NoAddress);
        return Err(GatewayResponseType::ApiConfigurationError.into());
    }
    match backends.call(&request) {
        Reply::NotYet => Err(Halt::Waiting(Box::new(request.into_owned()))),
        Reply::Answer(answer) => {
            told(match (answer.status, kind) {
                (Some(status), IntegrationType::Mock) => IntegrationResult::MockStatus(status),
                (Some(status), _) => IntegrationResult::Answered { status, latency: answer.latency },
                (None, _) => IntegrationResult::MockEmpty,
            });
            Ok(answer)
        }
        Reply::Failed(BackendFault::NotCalled) => {
            told(IntegrationResult::NotCalled);
            Err(Halt::Own(OwnAnswer::Backend(kind)))
        }
        Reply::Failed(BackendFault::MockInput(error)) => {
            // 500 `Internal server error` (reported).
            told(IntegrationResult::MockUnreadable(error));
            Err(GatewayResponseType::ApiConfigurationError.into())
        }
        Reply::Failed(BackendFault::TimedOut) => {
            told(IntegrationResult::TimedOut);
            Err(GatewayResponseType::IntegrationTimeout.into())
        }
        Reply::Failed(BackendFault::Failed(reason)) => {
            told(IntegrationResult::Failed(reason));
            Err(GatewayResponseType::IntegrationFailure.into())
        }
    }
}

/// Makes the answer of a method whose integration is a proxy: the backend's as it is.
pub(crate) fn proxied(answer: BackendAnswer) -> Answer {
    Answer {
        by: AnsweredBy::Method,
        status: answer.status.unwrap_or(200),
        error_type: "",
        body: answer.body.text().to_string(),
        headers: answer.headers,
        coded: None,
        method: None,
    }
}

impl Purpose {
    /// Returns the answer in Stagecraft's own name where a call for this purpose is not made.
    pub(crate) fn not_called(self) -> OwnAnswer {
        match self {
            Self::Integration(kind) => OwnAnswer::Backend(kind),
            Self::Authorizer => OwnAnswer::Authorization(crate::entities::AuthorizationType::Custom),
        }
    }
}
