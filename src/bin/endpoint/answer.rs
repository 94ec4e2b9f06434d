//! What goes back over HTTP, before it is HTTP.

use serde_json::json;
use stagecraft::data_plane::OWN_ANSWER_HEADER;
use std::fmt::Display;

/// Header names and values, in order.
pub(crate) type Headers = Vec<(String, String)>;

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Headers,
    pub(crate) body: String,
    /// What is sent instead of the body, when that is compressed.
    pub(crate) bytes: Option<Vec<u8>>,
}

impl Answer {
    /// An answer that AWS would not give, which says so: in `x-stagecraft` as a word, in the body as a sentence.
    pub(crate) fn own(status: u16, code: &str, sentence: impl Display) -> Self {
        let body = json!({ "message": format!("Stagecraft: {sentence}") });
        Self { status, ..Self::json(&body) }.with(OWN_ANSWER_HEADER, code)
    }

    /// `200` with a JSON body.
    pub(crate) fn json(body: &serde_json::Value) -> Self {
        Self { status: 200, headers: Vec::new(), body: body.to_string(), bytes: None }
            .with("Content-Type", "application/json")
    }

    /// `204`, nothing to say.
    pub(crate) fn empty() -> Self {
        Self { status: 204, headers: Vec::new(), body: String::new(), bytes: None }
    }

    /// The same answer with one more header.
    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }
}
