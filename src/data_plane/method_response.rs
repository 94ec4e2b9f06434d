//! The answer that the method declares: a status that is not declared is an error of the API.

use super::{GatewayResponseType, Halt, Outcome, Step, Trace};
use crate::entities::{Method, StatusCode};
use std::fmt;

/// The declared answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MethodResponseStep {
    /// The status of the integration response.
    pub status: StatusCode,
    /// Whether the method declares it.
    pub declared: bool,
    /// The status that a template set with `$context.responseOverride.status`.
    pub override_status: Option<u16>,
}

impl MethodResponseStep {
    /// Returns how it went.
    pub fn outcome(self) -> Outcome {
        let sendable = self.override_status.is_none_or(|status| (100..=599).contains(&status));
        if self.declared && sendable { Outcome::Passed } else { Outcome::Failed }
    }

    /// Returns the status that the client sees.
    pub fn final_status(self) -> u16 {
        self.override_status.unwrap_or(self.status.get())
    }
}

impl fmt::Display for MethodResponseStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.declared {
            return write!(f, "The method declares no response {}; the integration response needs it.", self.status);
        }
        match self.override_status {
            Some(status) => {
                write!(f, "The method declares {}, and the template overrides it with {status}.", self.status)
            }
            None => write!(f, "The method declares {}: this is the status of the answer.", self.status),
        }
    }
}

/// Returns the final status. A response that the method does not declare is an error of the API: on AWS the execution log says
/// `Output mapping refers to an invalid method response` (reported). So is a status that HTTP cannot carry (assumed).
pub(crate) fn settle(
    method: &Method,
    status: StatusCode,
    override_status: Option<u16>,
    trace: &mut Trace,
) -> Result<u16, Halt> {
    let step = MethodResponseStep { status, declared: method.responses.contains_key(&status), override_status };
    trace.push(Step::MethodResponse(step));
    match step.outcome() {
        Outcome::Passed => Ok(step.final_status()),
        Outcome::Failed | Outcome::Skipped => Err(GatewayResponseType::ApiConfigurationError.into()),
    }
}
