//! The backend. A MOCK integration answers with the status that its request names; the others are not called here, and
//! the answer says so.

use super::{Outcome, OwnAnswer};
use crate::entities::IntegrationType;
use std::fmt;

/// What the backend did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IntegrationResult {
    /// MOCK: the request names this status.
    MockStatus(i64),
    /// MOCK: the request is empty and names no status, so the default integration response answers (recorded).
    MockEmpty,
    /// MOCK: the request has no readable `statusCode`.
    MockUnreadable,
    /// Another kind: not called.
    NotCalled,
    /// The method has no integration.
    Missing,
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
            IntegrationResult::MockUnreadable | IntegrationResult::NotCalled | IntegrationResult::Missing => {
                Outcome::Failed
            }
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
            IntegrationResult::MockUnreadable => f.write_str(
                "MOCK needs a request with a whole number as statusCode, such as {\"statusCode\": 200}, and has none.",
            ),
            IntegrationResult::NotCalled => OwnAnswer::Backend(self.kind).fmt(f),
            IntegrationResult::Missing => f.write_str("The method has no integration."),
        }
    }
}
