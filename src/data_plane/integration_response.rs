//! Which integration response answers, and what it makes of the backend's answer.

use super::{Outcome, TemplateFault};
use crate::entities::StatusCode;
use std::fmt;

/// How an integration response fared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResponseVerdict {
    /// Its pattern fits, and it answers.
    Chosen,
    /// It is the default, and no pattern fits: it answers.
    ChosenAsDefault,
    /// It is the default, and was not needed.
    NotNeeded,
    /// Its pattern does not fit.
    DoesNotFit,
    /// Its pattern cannot be read as a regular expression here, so it never fits.
    Unreadable,
    /// Another answered before it was looked at.
    NotTried,
}

/// An integration response that could answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseCandidate {
    /// The status under which it is stored.
    pub status: StatusCode,
    /// Its pattern; `None` makes it the default.
    pub pattern: Option<String>,
    /// How it fared.
    pub verdict: ResponseVerdict,
}

/// How the answer was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntegrationResponseStep {
    /// The text that patterns are tried on; `None` when the backend gave none.
    pub matched: Option<String>,
    /// All entries of the integration, by status.
    pub candidates: Vec<ResponseCandidate>,
    /// The one that answers.
    pub chosen: Option<StatusCode>,
    /// The content type of the template that made the body; `None` when there is no template.
    pub template: Option<String>,
    /// The headers that mappings and templates set.
    pub headers: Vec<(String, String)>,
    /// What went wrong in the template.
    pub fault: Option<TemplateFault>,
}

impl IntegrationResponseStep {
    /// How it went.
    pub fn outcome(&self) -> Outcome {
        if self.chosen.is_none() || self.fault.is_some() { Outcome::Failed } else { Outcome::Passed }
    }
}

impl fmt::Display for IntegrationResponseStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(fault) = &self.fault {
            return fault.fmt(f);
        }
        let matched = self.matched.as_deref().unwrap_or("an empty answer");
        let Some(chosen) = self.chosen else {
            return write!(f, "No integration response fits {matched}, and there is no default one.");
        };
        let entry = self.candidates.iter().find(|candidate| candidate.status == chosen);
        match entry.and_then(|entry| entry.pattern.as_deref()) {
            Some(pattern) => {
                write!(f, "The pattern {pattern:?} fits {matched}, so the integration response {chosen} answers")?
            }
            None => write!(f, "No pattern fits {matched}, so the default integration response {chosen} answers")?,
        }
        match &self.template {
            Some(content_type) => write!(f, " with its template for {content_type}."),
            None => f.write_str(" without a template: an empty body."),
        }
    }
}
