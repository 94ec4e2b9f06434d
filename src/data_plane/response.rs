//! Last step: the answer as it goes over the wire, with the headers that API Gateway adds.

use super::{AnsweredBy, Coded, OWN_ANSWER_HEADER, OwnAnswer, Rendered, Response, gateway_response::ERROR_TYPE_HEADER};
use crate::{
    civil_time::CivilTime,
    entities::{HttpMethod, ResourceId},
    env::Env,
};
use std::rc::Rc;

/// An answer before the headers are added that every answer gets.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Answer {
    pub(crate) by: AnsweredBy,
    pub(crate) status: u16,
    /// The headers that the method's mappings set; names are as declared.
    pub(crate) headers: Vec<(String, String)>,
    /// `x-amzn-ErrorType`; empty for none.
    pub(crate) error_type: &'static str,
    pub(crate) body: String,
    /// The body as the caller gets it, when that is compressed.
    pub(crate) coded: Option<Rc<Coded>>,
    /// The method that answered, when routing came so far.
    pub(crate) method: Option<(ResourceId, HttpMethod)>,
}

impl Answer {
    pub(crate) fn rendered(by: AnsweredBy, rendered: Rendered) -> Self {
        let Rendered { status, error_type, body } = rendered;
        Self { by, status, headers: Vec::new(), error_type, body, coded: None, method: None }
    }

    pub(crate) fn own(answer: &OwnAnswer) -> Self {
        let mut out = Self::rendered(AnsweredBy::Stagecraft, answer.render());
        out.headers.push((OWN_ANSWER_HEADER.to_owned(), answer.code().to_owned()));
        out
    }
}

/// The ids of one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RequestIds {
    pub(crate) request_id: String,
    pub(crate) extended: String,
}

impl RequestIds {
    pub(crate) fn draw(env: &mut Env) -> Self {
        Self { request_id: env.uuid(), extended: env.extended_request_id() }
    }
}

/// Headers that API Gateway or HTTP own; a backend's go out as `x-amzn-Remapped-{name}` (recorded).
const REMAPPED: [&str; 14] = [
    "authorization",
    "connection",
    "content-length",
    "content-md5",
    "date",
    "expect",
    "host",
    "max-forwards",
    "proxy-authenticate",
    "server",
    "trailer",
    "upgrade",
    "user-agent",
    "www-authenticate",
];

/// Headers that tell where an answer ends.
const FRAMING: [&str; 3] = ["connection", "content-length", "transfer-encoding"];

/// Puts the answer on the wire.
pub(crate) fn finish(answer: Answer, verb: &str, through_edge: bool, ids: &RequestIds, env: &mut Env) -> Response {
    let Answer { by, status, headers: mapped, error_type, mut body, mut coded, .. } = answer;
    let bodiless = matches!(status, 100..=199 | 204 | 304);
    let mut headers = Vec::with_capacity(12);
    let mut add = |name: &str, value: String| headers.push((name.to_owned(), value));
    let own_type = mapped.iter().rev().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    add("Content-Type", own_type.map_or_else(|| "application/json".to_owned(), |(_, value)| value.clone()));
    if !bodiless {
        add("Content-Length", coded.as_ref().map_or(body.len(), |coded| coded.bytes.len()).to_string());
    }
    if let Some(coded) = &coded {
        add("Content-Encoding", coded.coding.to_owned());
    }
    if bodiless || verb == "HEAD" {
        body = String::new();
        coded = None;
    }
    add("Connection", "keep-alive".to_owned());
    add("Date", CivilTime::from_epoch_ms(env.now().0).http_date());
    if by != AnsweredBy::Stagecraft {
        add("x-amzn-RequestId", ids.request_id.clone());
        if !error_type.is_empty() {
            add(ERROR_TYPE_HEADER, error_type.to_owned());
        }
        add("x-amz-apigw-id", ids.extended.clone());
    }
    for (name, value) in &mapped {
        // An answer says once how long it is and how it comes (assumed for what a gateway response sets).
        let framing = by != AnsweredBy::Method && FRAMING.iter().any(|own| name.eq_ignore_ascii_case(own));
        if framing || name.eq_ignore_ascii_case("content-type") {
            continue;
        }
        // An author's own gateway response may set what a backend's answer may not (reported for WWW-Authenticate).
        let remapped = by == AnsweredBy::Method && REMAPPED.iter().any(|owned| name.eq_ignore_ascii_case(owned));
        add(&if remapped { ["x-amzn-Remapped-", name].concat() } else { name.clone() }, value.clone());
    }
    if through_edge && by != AnsweredBy::Stagecraft {
        // Names recorded; forms of the values as CloudFront documents them.
        let cache = if status >= 400 { "Error from cloudfront" } else { "Miss from cloudfront" };
        add("x-cache", cache.to_owned());
        add("via", ["1.1 ", &env.hex(32), ".cloudfront.net (CloudFront)"].concat());
        add("x-amz-cf-pop", "IAD89-C1".to_owned());
        add("x-amz-cf-id", [&env.alphanumeric(54), "=="].concat());
    }
    Response { status, headers, body, coded }
}
