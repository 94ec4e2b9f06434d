//! Requests that were refused, as CloudTrail would keep them: beside the log, not in it. They changed nothing, are never stored
//! or repeated, and only so many are kept.

use super::Moment;
use crate::{
    control_plane::{ApiError, Command},
    entities::Timestamp,
};
use std::rc::Rc;

/// Refusals that are kept; the oldest go.
const KEPT: usize = 100;
/// Characters of a body that could not be read.
const BODY: usize = 10_000;

/// Who sent a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sender {
    /// A form, a menu, a key or the map.
    #[default]
    Page,
    /// A line of the console.
    Console,
    /// A script, in AWS's wire format.
    Script,
}

/// What was asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// A request that makes sense in itself.
    Command(Command),
    /// A message that could not be read as one.
    Message {
        /// The operation that its verb and path belong to.
        operation: Option<&'static str>,
        /// The verb.
        verb: String,
        /// Path and query.
        path: String,
        /// The body; of a long one its beginning.
        body: String,
    },
}

impl Asked {
    /// A message that could not be read.
    pub fn message(operation: Option<&'static str>, verb: &str, path: &str, body: &str) -> Self {
        let body = body.char_indices().nth(BODY).map_or(body, |(end, _)| &body[..end]).to_owned();
        Self::Message { operation, verb: verb.to_owned(), path: path.to_owned(), body }
    }
}

/// A request that was refused.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// Counts from 1, also over those that are not kept any more.
    pub number: u32,
    /// The moment of the log at which it was sent.
    pub moment: Moment,
    /// When.
    pub time: Timestamp,
    /// By whom.
    pub sender: Sender,
    /// What for.
    pub asked: Asked,
    /// Why it was refused.
    pub error: ApiError,
}

impl Refusal {
    /// AWS's name of the operation; empty when there is none.
    pub fn name(&self) -> &'static str {
        match &self.asked {
            Asked::Command(command) => command.name(),
            Asked::Message { operation, .. } => operation.unwrap_or_default(),
        }
    }
}

/// The refusals of a session.
#[derive(Clone, Debug, Default)]
pub(super) struct Refusals {
    kept: Vec<Rc<Refusal>>,
    count: u32,
    /// Who sends what comes next.
    pub(super) sender: Sender,
}

impl Refusals {
    pub(super) fn kept(&self) -> &[Rc<Refusal>] {
        &self.kept
    }

    pub(super) fn add(&mut self, moment: Moment, time: Timestamp, asked: Asked, error: ApiError) {
        self.count = self.count.wrapping_add(1);
        if self.kept.len() >= KEPT {
            self.kept.remove(0);
        }
        let (number, sender) = (self.count, self.sender);
        self.kept.push(Rc::new(Refusal { number, moment, time, sender, asked, error }));
    }
}
