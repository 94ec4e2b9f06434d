//! Bounds the size of a request. Pushed to the trace only when one is too large.

use super::{GatewayResponseType, Halt, LARGEST_BODY, LARGEST_HEADERS, Outcome, Request, Step, Trace};
use crate::entities::EndpointType;
use std::fmt;

/// The longest URL that an edge-optimised API takes, in bytes (documented); a regional one takes 10,240.
const LONGEST_EDGE_URL: usize = 8_192;

/// The part of a request that is too large. Holds bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SizeStep {
    /// The body.
    Body(usize),
    /// Verb, URL and headers together.
    Headers(usize),
    /// The URL of an edge-optimised API.
    Url(usize),
}

impl SizeStep {
    /// Returns how it went.
    pub fn outcome(self) -> Outcome {
        Outcome::Failed
    }
}

impl fmt::Display for SizeStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Body(bytes) => write!(f, "The body has {bytes} bytes; API Gateway takes {LARGEST_BODY}."),
            Self::Headers(bytes) => {
                write!(f, "Request line and headers have {bytes} bytes; API Gateway takes {LARGEST_HEADERS}.")
            }
            Self::Url(bytes) => {
                write!(f, "The URL has {bytes} bytes; an edge-optimised API takes {LONGEST_EDGE_URL}.")
            }
        }
    }
}

/// Refuses what is too large. The quotas are documented; that all three answer 413 is assumed.
pub(crate) fn check(request: &Request, endpoint: EndpointType, trace: &mut Trace) -> Result<(), Halt> {
    let Some(step) = excess(request, endpoint) else { return Ok(()) };
    trace.push(Step::Size(step));
    Err(GatewayResponseType::RequestTooLarge.into())
}

fn excess(request: &Request, endpoint: EndpointType) -> Option<SizeStep> {
    let headers: usize = request.headers.iter().map(|(name, value)| name.len() + value.len()).sum();
    let headers = headers + request.method.len() + request.url.len();
    if endpoint == EndpointType::Edge && request.url.len() > LONGEST_EDGE_URL {
        return Some(SizeStep::Url(request.url.len()));
    }
    if headers > LARGEST_HEADERS {
        return Some(SizeStep::Headers(headers));
    }
    (request.body.len() > LARGEST_BODY).then_some(SizeStep::Body(request.body.len()))
}
