//! Requests that were refused, as CloudTrail would keep them: beside the log, not in it. They changed nothing and are never
//! repeated; only so many are kept, and of a long one only its beginning.

use super::Moment;
use crate::{
    control_plane::{ApiError, Command, OperationName, wire},
    entities::Timestamp,
    env::Env,
};
use std::rc::Rc;

/// Refusals that are kept; the oldest go.
pub const KEPT: usize = 100;
/// Characters of a text that are kept.
const TEXT: usize = 10_000;
/// Bytes of a request that is kept as such.
const REQUEST: usize = 64 * 1024;
/// The last millisecond that has room in a number; numbers stay exact where a number is a double.
const LAST: i64 = 1 << 42;
/// Numbers of one millisecond.
const EACH: u64 = 1024;
/// The largest number that is read.
pub const MAX_NUMBER: u64 = 1 << 52;

/// The sender of a request.
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

/// The request, as far as it could be read.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// A request that makes sense in itself.
    Command(Command),
    /// A message that could not be read as one, or is too long to be kept as one.
    Message {
        /// The operation that its verb and path belong to.
        operation: Option<OperationName>,
        /// The verb.
        verb: String,
        /// Path and query; of a long one the beginning.
        path: String,
        /// The body; of a long one its beginning.
        body: String,
    },
}

impl Asked {
    /// Keeps a message that could not be read.
    pub fn message(operation: Option<OperationName>, verb: &str, path: &str, body: &str) -> Self {
        Self::Message { operation, verb: begin(verb), path: begin(path), body: begin(body) }
    }
}

impl From<Command> for Asked {
    fn from(command: Command) -> Self {
        let (verb, path, body) = wire::print(&command);
        let body = body.unwrap_or_default();
        if path.len() + body.len() > REQUEST {
            return Self::message(Some(command.row().id()), verb, &path, &body);
        }
        Self::Command(command)
    }
}

/// The answer that a refused request got.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// The HTTP status.
    pub status: u16,
    /// AWS's error code.
    pub code: Rc<str>,
    /// AWS's sentence; of a long one its beginning.
    pub message: String,
    /// The advice about it.
    pub hint: Option<String>,
}

impl From<&ApiError> for Answered {
    fn from(error: &ApiError) -> Self {
        Self::new(error.http_status(), error.code(), &error.to_string(), error.hint().as_deref())
    }
}

impl Answered {
    /// Returns an answer of these parts.
    pub fn new(status: u16, code: &str, message: &str, hint: Option<&str>) -> Self {
        Self { status, code: begin(code).into(), message: begin(message), hint: hint.map(begin) }
    }
}

/// Returns the first characters of a text.
fn begin(text: &str) -> String {
    text.char_indices().nth(TEXT).map_or(text, |(end, _)| &text[..end]).to_owned()
}

/// A request that was refused.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// Its own among the refusals of a workspace; a later one has a greater one.
    pub number: u64,
    /// The moment of the log at which it was sent.
    pub moment: Moment,
    /// The time.
    pub time: Timestamp,
    /// By whom.
    pub sender: Sender,
    /// The request.
    pub asked: Asked,
    /// The error.
    pub error: Answered,
}

impl Refusal {
    /// Returns the operation, when the request belongs to one.
    pub fn operation(&self) -> Option<OperationName> {
        match &self.asked {
            Asked::Command(command) => Some(command.row().id()),
            Asked::Message { operation, .. } => *operation,
        }
    }

    /// Returns AWS's name of the operation; an empty one when the request belongs to none.
    pub fn name(&self) -> &'static str {
        self.operation().map_or("", |operation| operation.name)
    }
}

/// The refusals of a session, by their numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Refusals {
    kept: Vec<Rc<Refusal>>,
    /// The salt that tells the numbers of two pages apart that are used in the same millisecond.
    salt: Option<u64>,
    /// The sender of what comes next.
    pub(super) sender: Sender,
}

impl Refusals {
    pub(super) fn kept(&self) -> &[Rc<Refusal>] {
        &self.kept
    }

    pub(super) fn add(&mut self, moment: Moment, env: &Env, asked: Asked, error: &ApiError) {
        let (time, salt) = (env.now(), *self.salt.get_or_insert_with(|| env.glance() % EACH));
        let stamp = u64::try_from(time.0.clamp(0, LAST)).unwrap_or_default() * EACH + salt;
        let number = self.kept.last().map_or(stamp, |last| stamp.max(last.number.saturating_add(1)));
        let sender = self.sender;
        self.kept.push(Rc::new(Refusal { number, moment, time, sender, asked, error: error.into() }));
        self.forget();
    }

    /// Takes in what another page, or an earlier visit, has kept.
    pub(super) fn take(&mut self, others: Vec<Refusal>) {
        for other in others {
            if let Err(place) = self.kept.binary_search_by_key(&other.number, |kept| kept.number) {
                self.kept.insert(place, Rc::new(other));
            }
        }
        self.forget();
    }

    /// Returns those that were sent up to a moment.
    pub(super) fn up_to(&self, moment: Moment) -> Self {
        let kept = self.kept.iter().filter(|refusal| refusal.moment <= moment).cloned().collect();
        Self { kept, ..Self::default() }
    }

    fn forget(&mut self) {
        let over = self.kept.len().saturating_sub(KEPT);
        self.kept.drain(..over);
    }
}
