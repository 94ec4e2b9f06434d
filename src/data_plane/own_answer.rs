//! Answers that Stagecraft gives in its own name. AWS never sends them, and they say so: a playground that pretends to have
//! reached a backend, or a hostname that leads nowhere, would teach what is not true.

use super::{Rendered, UrlFault};
use crate::entities::{AuthorizationType, IntegrationType};
use std::fmt;

/// The header that marks such an answer.
pub const OWN_ANSWER_HEADER: &str = "x-stagecraft";

/// The reason why Stagecraft answers by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnAnswer {
    /// No client could send this URL.
    BadUrl(UrlFault),
    /// No client could send this header.
    BadHeader(String),
    /// `http://`: API Gateway has no such endpoint (documented).
    NotEncrypted,
    /// Nothing listens at this port.
    OtherPort(u16),
    /// A hostname that is not API Gateway's.
    OtherHost(String),
    /// A hostname that leads into a VPC.
    VpcEndpoint,
    /// A kind of authorization that this playground cannot check yet.
    Authorization(AuthorizationType),
    /// A condition of a resource policy that this playground cannot check yet.
    PolicyCondition(String),
    /// A kind of backend that this playground does not call yet.
    Backend(IntegrationType),
}

impl OwnAnswer {
    /// Returns the status that stands for it: 400 for what no client would send, 502 for where AWS would not be reached, 501 for
    /// what is not simulated yet.
    pub fn status(&self) -> u16 {
        match self {
            Self::BadUrl(_) | Self::BadHeader(_) => 400,
            Self::NotEncrypted | Self::OtherPort(_) | Self::OtherHost(_) | Self::VpcEndpoint => 502,
            Self::Authorization(_) | Self::PolicyCondition(_) => 501,
            Self::Backend(_) => 504,
        }
    }

    /// Returns a word for it, the value of `x-stagecraft`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::BadUrl(_) => "bad-url",
            Self::BadHeader(_) => "bad-header",
            Self::NotEncrypted => "no-plain-http",
            Self::OtherPort(_) | Self::OtherHost(_) | Self::VpcEndpoint => "no-such-endpoint",
            Self::Authorization(_) | Self::PolicyCondition(_) => "authorization-not-simulated",
            Self::Backend(_) => "backend-not-called",
        }
    }

    pub(crate) fn render(&self) -> Rendered {
        let body = super::gateway_response::message_body(Some(&format!("Stagecraft: {self}")));
        Rendered { status: self.status(), error_type: "", body }
    }
}

impl fmt::Display for OwnAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadUrl(fault) => fault.fmt(f),
            Self::BadHeader(name) => write!(f, "No client can send the header {name:?} with this name and value."),
            Self::NotEncrypted => f.write_str("API Gateway answers https:// only; nothing listens for http://."),
            Self::OtherPort(port) => write!(f, "API Gateway answers at port 443 only, not at {port}."),
            Self::OtherHost(host) => {
                write!(f, "{host} is not an invoke URL's hostname, and this playground calls nothing outside itself.")
            }
            Self::VpcEndpoint => f.write_str("This hostname leads to a VPC endpoint, which only its VPC can reach."),
            Self::Authorization(kind) => {
                write!(f, "This playground cannot check {} authorization yet, so it does not guess.", kind.as_str())
            }
            Self::PolicyCondition(operator) => write!(
                f,
                "This playground cannot check the condition {operator} of the resource policy yet, so it does not guess."
            ),
            Self::Backend(kind) => {
                write!(
                    f,
                    "This playground does not call {} backends yet; on AWS the backend would answer here.",
                    kind.as_str()
                )
            }
        }
    }
}
