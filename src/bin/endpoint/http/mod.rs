//! HTTP/1.1 as bytes: a request's head and body out of what came in, an answer into what goes out. Header names stay as they
//! are written, in both directions. Nothing here waits, and what cannot be read in one way only is refused.

mod body;
mod head;
mod write;

pub(crate) use body::Body;
pub(crate) use head::{Head, Length, read_head};
pub(crate) use write::written;

use stagecraft::host::Answer;

/// Bytes of request line and headers that are read. Beyond the 10,240 that API Gateway takes, so that the engine can say so.
pub(crate) const HEAD_BYTES: usize = 64 * 1024;

/// Bytes that are no request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fault {
    /// They break the rules of HTTP/1.1.
    Malformed,
    /// The request line does not end.
    UriTooLong,
    /// There are too many headers, or they are too long.
    HeadTooLong,
    /// The body is in a transfer coding other than `chunked`.
    UnknownCoding,
}

impl Fault {
    /// Returns the answer to such bytes; the connection ends with it, since nobody knows where the next request begins.
    pub(crate) fn answer(self) -> Answer {
        let (status, code, sentence) = match self {
            Self::Malformed => (400, "bad-request", "This is no request of HTTP/1.1."),
            Self::UriTooLong => (414, "uri-too-long", "The request line is too long."),
            Self::HeadTooLong => (431, "head-too-long", "The headers are too many, or too long."),
            Self::UnknownCoding => (501, "unknown-coding", "Of transfer codings there is only chunked."),
        };
        Answer::own(status, code, sentence).with("Connection", "close")
    }
}
