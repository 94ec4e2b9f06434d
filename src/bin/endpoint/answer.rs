//! What goes back over HTTP, before it is HTTP.

use serde_json::json;
use stagecraft::{control_plane::wire::WireResponse, data_plane::OWN_ANSWER_HEADER};
use std::fmt::Display;

/// Header names and values, in order.
pub(crate) type Headers = Vec<(String, String)>;

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Headers,
    pub(crate) body: String,
    /// What is sent in the body's place, when that is compressed or no text.
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

impl From<WireResponse> for Answer {
    fn from(response: WireResponse) -> Self {
        let WireResponse { status, headers, body, bytes } = response;
        Self { status, headers, body, bytes: bytes.map(|bytes| bytes.to_vec()) }
    }
}

#[cfg(test)]
mod tests {
    use super::Answer;
    use crate::http::written;
    use stagecraft::control_plane::{Outcome, Payload, wire};

    #[test]
    fn a_file_goes_over_http_byte_by_byte() {
        let bytes: &[u8] = b"PK\x03\x04\0\xff\r\n";
        let payload =
            Payload { bytes: bytes.into(), content_type: "application/zip".into(), file_name: Some("sdk.zip".into()) };
        let answer = wire::answer(&Ok(Outcome { status: 200, body: None, payload: Some(payload) }));
        let sent = written(Answer::from(answer), false, true, "Tue, 14 Nov 2023 22:13:20 GMT");
        let head = sent.strip_suffix(bytes).expect("the bytes as they are");
        let head = std::str::from_utf8(head).expect("a head");
        for line in [
            "Content-Type: application/zip",
            "Content-Disposition: attachment; filename=\"sdk.zip\"",
            "Content-Length: 8",
        ] {
            assert!(head.contains(&format!("{line}\r\n")), "{head}");
        }
        assert!(head.ends_with("\r\n\r\n"), "{head}");
    }
}
