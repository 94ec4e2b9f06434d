//! Holds what goes in and what comes out: requests, responses, and the record of one call.

use super::{Coded, GatewayResponseType, Trace};
use crate::entities::{ApiId, DeploymentId, HttpMethod, ResourceId, StageName, Timestamp};
use std::rc::Rc;

/// The largest body that API Gateway takes: 10 MB (documented).
pub const LARGEST_BODY: usize = 10 * 1024 * 1024;
/// The most bytes that request line and headers may have together: 10,240 (documented).
pub const LARGEST_HEADERS: usize = 10_240;

/// A request as a client sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The verb, in the case in which it was written.
    pub method: String,
    /// The whole URL.
    pub url: String,
    /// Names and values, in order; a name may come more than once.
    pub headers: Vec<(String, String)>,
    /// The body; empty without one.
    pub body: String,
}

impl Request {
    /// Returns a request without headers and body.
    pub fn new(method: impl Into<String>, url: impl Into<String>) -> Self {
        Self { method: method.into(), url: url.into(), headers: Vec::new(), body: String::new() }
    }

    /// Makes a `GET` of a URL.
    pub fn get(url: impl Into<String>) -> Self {
        Self::new("GET", url)
    }

    /// Returns the value of a header, whatever the case of its name; the last one when it comes more than once.
    pub fn header(&self, name: &str) -> Option<&str> {
        find_header(&self.headers, name)
    }

    /// Returns the media type of the body, without parameters; `application/json` when none is given (documented).
    pub fn media_type(&self) -> &str {
        let declared = self.header("content-type").map(media_type_of).unwrap_or_default();
        if declared.is_empty() { "application/json" } else { declared }
    }
}

/// Returns the part of a content type before its parameters.
pub(crate) fn media_type_of(content_type: &str) -> &str {
    content_type.split_once(';').map_or(content_type, |(media_type, _)| media_type).trim()
}

fn find_header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().rev().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

/// The answer that a client gets back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// Names and values, in order.
    pub headers: Vec<(String, String)>,
    /// The body; empty without one.
    pub body: String,
    /// The body as it goes over a wire, when the caller gets it compressed.
    pub coded: Option<Rc<Coded>>,
}

impl Response {
    /// Returns the value of a header, whatever the case of its name; the last one when it comes more than once.
    pub fn header(&self, name: &str) -> Option<&str> {
        find_header(&self.headers, name)
    }
}

/// The maker of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnsweredBy {
    /// The method's own integration and method response.
    Method,
    /// A gateway response of the snapshot that the stage points at.
    GatewayResponse(GatewayResponseType),
    /// AWS's front door, before any stage was known: nothing that an API's author can shape.
    FrontDoor,
    /// Stagecraft itself, because AWS would not be reached at all or because this playground cannot do what AWS would.
    Stagecraft,
}

/// One call of a URL and all that is known about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Invocation {
    /// The request.
    pub request: Request,
    /// The response.
    pub response: Response,
    /// The maker of the answer.
    pub answered_by: AnsweredBy,
    /// The steps that led to it.
    pub trace: Trace,
    /// The API that the hostname named.
    pub api_id: Option<ApiId>,
    /// The stage that the first path segment named.
    pub stage: Option<StageName>,
    /// The deployment whose snapshot answered.
    pub deployment_id: Option<DeploymentId>,
    /// Its number: `D1` is 1.
    pub deployment_number: Option<u32>,
    /// On a stage with a canary: whether it was the canary that answered.
    pub canary: Option<bool>,
    /// The resource that the path matched, when the method did, too.
    pub resource_id: Option<ResourceId>,
    /// The method of that resource, which may be ANY.
    pub method: Option<HttpMethod>,
    /// The request id, as `x-amzn-RequestId` carries it.
    pub request_id: String,
    /// The time at which the request came in.
    pub time: Timestamp,
}
