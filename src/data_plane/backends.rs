//! The port to whatever answers behind an integration or an authorizer. The data plane calls nobody itself: it makes a
//! [`BackendCall`], a value, and the host hands in who answers it.
//!
//! A host that must wait for an answer says [`Reply::NotYet`]. [`invoke()`](super::invoke()) then gives the call back and leaves
//! `Runtime` and `Env` as they were, so the host obtains the answer and invokes again, with the same request, `Runtime` and `Env`:
//! the same call comes again, and nothing is counted or drawn twice. [`Local`](super::Local) answers at once what needs no network.

use super::payload::Payload;
use crate::{
    collections::SortedMap,
    entities::{IntegrationType, Timestamp, VariableName, VariableValue},
    lenient_json::MockInputError,
};
use std::borrow::Cow;

/// The purpose of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The answer of a method. An `AWS_PROXY` integration's answer is the HTTP answer for which the function's result stands.
    Integration(IntegrationType),
    /// The decision of a Lambda authorizer's function: the body of the call is its event, the answer's body its result.
    Authorizer,
}

/// The request for whose sake a call is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin<'a> {
    /// The API.
    pub api_id: Cow<'a, str>,
    /// The stage.
    pub stage: Cow<'a, str>,
    /// The deployment; empty in a test of the working copy.
    pub deployment_id: Cow<'a, str>,
    /// The request id.
    pub request_id: Cow<'a, str>,
    /// The extended request id.
    pub extended_request_id: Cow<'a, str>,
    /// The time at which the request came in.
    pub time: Timestamp,
    /// The variables that the stage has for it.
    pub variables: Cow<'a, SortedMap<VariableName, VariableValue>>,
}

/// A call to a backend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackendCall<'a> {
    /// The purpose.
    pub purpose: Purpose,
    /// The verb; empty for MOCK.
    pub method: String,
    /// The integration's or the authorizer's URI, with its variables filled in; empty for MOCK.
    pub url: String,
    /// Names and values, in order.
    pub headers: Vec<(String, String)>,
    /// The body; `None` when nobody sent or made one.
    pub body: Option<Payload>,
    /// The role that the gateway assumes.
    pub credentials: Option<String>,
    /// Milliseconds until the gateway gives up.
    pub timeout_in_millis: u32,
    /// The request for whose sake the call is made.
    pub origin: Origin<'a>,
}

impl BackendCall<'_> {
    /// Returns the call as a value that outlives the request.
    pub fn into_owned(self) -> BackendCall<'static> {
        let owned = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        let Origin { api_id, stage, deployment_id, request_id, extended_request_id, time, variables } = self.origin;
        let origin = Origin {
            api_id: owned(api_id),
            stage: owned(stage),
            deployment_id: owned(deployment_id),
            request_id: owned(request_id),
            extended_request_id: owned(extended_request_id),
            time,
            variables: Cow::Owned(variables.into_owned()),
        };
        let Self { purpose, method, url, headers, body, credentials, timeout_in_millis, .. } = self;
        BackendCall { purpose, method, url, headers, body, credentials, timeout_in_millis, origin }
    }
}

/// An answer of a backend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackendAnswer {
    /// The status; `None` for a MOCK integration whose request names none.
    pub status: Option<u16>,
    /// Names and values, in order.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Payload,
    /// Milliseconds from the call to the answer.
    pub latency: u32,
}

impl BackendAnswer {
    /// Returns the value of a header, whatever the case of its name; the last one when it comes more than once.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().rev().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        values.next().map(|(_, value)| value.as_str())
    }
}

/// The reason why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BackendFault {
    /// The host calls no such backend.
    NotCalled,
    /// The request of a MOCK integration has no readable `statusCode`.
    MockInput(MockInputError),
    /// The backend took longer than the call allows.
    TimedOut,
    /// The backend failed, or could not be reached; the text says how.
    Failed(String),
}

/// The reply to a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// The backend answered.
    Answer(BackendAnswer),
    /// The backend gives no answer.
    Failed(BackendFault),
    /// The backend has been asked, or has yet to be, and must be waited for.
    NotYet,
}

/// Answers calls. The host hands it to [`invoke()`](super::invoke()).
pub trait Backends {
    /// Answers a call. The same call may come again, after a request that had to wait.
    fn call(&mut self, call: &BackendCall<'_>) -> Reply;
}

/// Answers no call at all.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nobody;

impl Backends for Nobody {
    fn call(&mut self, _: &BackendCall<'_>) -> Reply {
        Reply::Failed(BackendFault::NotCalled)
    }
}
