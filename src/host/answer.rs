//! The answer to a request, before it is HTTP.

use crate::{control_plane::wire::WireResponse, data_plane::OWN_ANSWER_HEADER};
use serde_json::json;
use std::fmt::Display;

/// Names and values of headers, in order.
pub type Headers = Vec<(String, String)>;

/// An answer to a request over HTTP.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The headers, in order.
    pub headers: Headers,
    /// The body as a text.
    pub body: String,
    /// The bytes that are sent in place of the body, when that is compressed or no text.
    pub bytes: Option<Vec<u8>>,
}

impl Answer {
    /// Makes an answer that AWS would not give, which says so: in `x-stagecraft` as a word, in the body as a sentence.
    pub fn own(status: u16, code: &str, sentence: impl Display) -> Self {
        let body = json!({ "message": format!("Stagecraft: {sentence}") });
        Self { status, ..Self::json(&body) }.with(OWN_ANSWER_HEADER, code)
    }

    /// Makes a `200` with a JSON body.
    pub fn json(body: &serde_json::Value) -> Self {
        Self { status: 200, headers: Vec::new(), body: body.to_string(), bytes: None }
            .with("Content-Type", "application/json")
    }

    /// Makes a `204` without a body.
    pub fn empty() -> Self {
        Self { status: 204, headers: Vec::new(), body: String::new(), bytes: None }
    }

    /// Adds a header.
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }
}

impl From<WireResponse> for Answer {
    fn from(response: WireResponse) -> Self {
        let WireResponse { status, headers, body, bytes } = response;
        Self { status, headers, body, bytes: bytes.map(|bytes| bytes.to_vec()) }
    }
}
