//! The request as the integration gets it: the template that the content type chooses, or the body as it came.

use super::Outcome;
use crate::entities::PassthroughBehavior;
use std::fmt;

/// Where the integration's request body comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestBody {
    /// From the template for this content type.
    Template(String),
    /// From the caller, unchanged, since there is no template for the content type.
    PassedThrough,
    /// From nowhere: there is no template for the content type, and this behavior refuses it.
    Refused(PassthroughBehavior),
}

/// A template that could not be read or did not render.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateFault {
    /// The content type under which it is stored.
    pub content_type: String,
    /// What is wrong, as a sentence.
    pub message: String,
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in characters.
    pub column: u32,
}

impl fmt::Display for TemplateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "The template for {} stopped at line {}, column {}: {}",
            self.content_type, self.line, self.column, self.message
        )
    }
}

/// How the integration's request was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntegrationRequestStep {
    /// The request's media type, `application/json` when it has none.
    pub media_type: String,
    /// Where the body comes from.
    pub body: RequestBody,
    /// The body as the integration gets it.
    pub text: String,
    /// What went wrong in the template.
    pub fault: Option<TemplateFault>,
}

impl IntegrationRequestStep {
    /// How it went.
    pub fn outcome(&self) -> Outcome {
        let refused = matches!(self.body, RequestBody::Refused(_));
        if refused || self.fault.is_some() { Outcome::Failed } else { Outcome::Passed }
    }
}

impl fmt::Display for IntegrationRequestStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(fault) = &self.fault {
            return fault.fmt(f);
        }
        match &self.body {
            RequestBody::Template(content_type) => write!(f, "The template for {content_type} makes the request."),
            RequestBody::PassedThrough => {
                write!(f, "No template is for {}, so the body passes as it is.", self.media_type)
            }
            RequestBody::Refused(behavior) => write!(
                f,
                "No template is for {}, and the passthrough behavior {} refuses the request.",
                self.media_type,
                behavior.as_str()
            ),
        }
    }
}
