//! The backend. A MOCK integration answers with the status that its request names; the others are not called here, and
//! the answer says so.

use super::{GatewayResponseType, Halt, Outcome, OwnAnswer, Step, Trace, integration_request::BackendRequest};
use crate::{
    entities::IntegrationType,
    lenient_json::{self, MockInputError},
};
use std::fmt;

/// What the backend did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IntegrationResult {
    /// MOCK: the request names this status.
    MockStatus(u16),
    /// MOCK: the request is empty and names no status, so the default integration response answers (recorded).
    MockEmpty,
    /// MOCK: the request has no readable `statusCode`.
    MockUnreadable(MockInputError),
    /// Another kind: not called.
    NotCalled,
}

/// What the integration did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntegrationStep {
    /// The kind of backend.
    pub kind: IntegrationType,
    /// What it did.
    pub result: IntegrationResult,
}

impl IntegrationStep {
    /// How it went.
    pub fn outcome(&self) -> Outcome {
        match self.result {
            IntegrationResult::MockStatus(_) | IntegrationResult::MockEmpty => Outcome::Passed,
            IntegrationResult::MockUnreadable(_) | IntegrationResult::NotCalled => Outcome::Failed,
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
            IntegrationResult::NotCalled => OwnAnswer::Backend(self.kind).fmt(f),
        }
    }
}

/// What the backend answered, as far as the choice of the integration response needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BackendAnswer {
    /// The status that patterns are tried on; `None` only the default fits.
    pub(crate) status: Option<u16>,
}

/// Calls the backend with the request that was made for it.
pub(crate) fn call(kind: IntegrationType, request: &BackendRequest, trace: &mut Trace) -> Result<BackendAnswer, Halt> {
    let result = match kind {
        IntegrationType::Mock if !request.templated && request.payload.text().trim().is_empty() => {
            IntegrationResult::MockEmpty
        }
        IntegrationType::Mock => match lenient_json::mock_status_code(&request.payload.text()) {
            Ok(status) => IntegrationResult::MockStatus(status),
            Err(error) => IntegrationResult::MockUnreadable(error),
        },
        IntegrationType::Http | IntegrationType::HttpProxy | IntegrationType::Aws | IntegrationType::AwsProxy => {
            IntegrationResult::NotCalled
        }
    };
    let answer = match &result {
        IntegrationResult::MockStatus(status) => Ok(BackendAnswer { status: Some(*status) }),
        IntegrationResult::MockEmpty => Ok(BackendAnswer { status: None }),
        // 500 `Internal server error` (reported).
        IntegrationResult::MockUnreadable(_) => Err(GatewayResponseType::ApiConfigurationError.into()),
        IntegrationResult::NotCalled => Err(Halt::Own(OwnAnswer::Backend(kind))),
    };
    trace.push(Step::Integration(IntegrationStep { kind, result }));
    answer
}
