//! Text or bytes: which of both a payload is, and how `contentHandling` turns one into the other.
//!
//! A request's payload is bytes when its media type is among the API's `binaryMediaTypes`; an answer's is asked for as bytes when
//! the first media type that the caller accepts is. The two tables below are documented
//! (D:api-gateway-payload-encodings-workflow), and recorded row by row for an integration with Amazon S3. Templates read text only
//! (recorded).

use super::{Request, message::media_type_of};
use crate::entities::ContentHandling;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use std::{fmt, rc::Rc};

/// A payload on its way to a backend or back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Payload {
    /// Text, which templates can read.
    Text(Rc<str>),
    /// Bytes.
    Bytes(Rc<[u8]>),
}

impl Payload {
    /// Returns the bytes that go over a wire.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }

    /// Returns the payload as a text: what is not UTF-8 is replaced.
    pub fn text(&self) -> Rc<str> {
        match self {
            Self::Text(text) => text.clone(),
            Self::Bytes(bytes) => String::from_utf8_lossy(bytes).into(),
        }
    }

    fn into_bytes(self) -> Self {
        match self {
            Self::Text(text) => Self::Bytes(text.as_bytes().into()),
            bytes @ Self::Bytes(_) => bytes,
        }
    }

    fn encoded(&self) -> Self {
        Self::Text(STANDARD.encode(self.bytes()).into())
    }

    fn decoded(&self) -> Result<Self, PayloadFault> {
        STANDARD.decode(self.bytes()).map(|bytes| Self::Bytes(bytes.into())).map_err(|_| PayloadFault::NoBase64)
    }
}

/// The reason why a payload does not become text, or bytes, as it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayloadFault {
    /// It is bytes, and a template is to read it.
    BytesForTemplate,
    /// It is no base64, and is to be bytes.
    NoBase64,
}

impl PayloadFault {
    /// Returns the sentence of the execution log, for a `request` or a `response`: that of a request's bytes is reported, the
    /// others are assumed after it.
    pub(crate) fn logged(self, what: &str) -> String {
        match self {
            Self::BytesForTemplate => ["Unable to transform ", what].concat(),
            Self::NoBase64 => "Unable to base64 decode the body".to_owned(),
        }
    }

    /// Writes the reason, for a `request` or a `response`.
    pub(crate) fn tell(self, what: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BytesForTemplate => {
                write!(f, "The body of the {what} is bytes here, and a template reads text only")?;
            }
            Self::NoBase64 => {
                write!(f, "The body of the {what} is to be converted to bytes, and is not base64")?;
            }
        }
        write!(f, ": \"Execution failed due to configuration error: {}\".", self.logged(what))
    }
}

/// Tells whether a media type is one of an API's binary media types. `image/*` stands for all images, `*/*` for everything, even
/// for no type at all (both documented; no type is reported); nothing else has wildcards (recorded).
pub(crate) fn is_binary(types: &[String], media_type: Option<&str>) -> bool {
    let media_type = media_type.map(media_type_of);
    types.iter().map(|known| media_type_of(known)).any(|known| match (known, media_type) {
        ("*/*", _) => true,
        (_, None) => false,
        (known, Some(media_type)) => match known.strip_suffix("/*").filter(|family| *family != "*") {
            Some(family) => media_type.split_once('/').is_some_and(|(is, _)| is.eq_ignore_ascii_case(family)),
            None => !known.starts_with("*/") && known.eq_ignore_ascii_case(media_type),
        },
    })
}

/// Converts the payload of a request. What has no media type counts as JSON (assumed).
pub(crate) fn of_request(
    request: &Request,
    body: Rc<str>,
    types: &[String],
    handling: Option<ContentHandling>,
) -> Result<Payload, PayloadFault> {
    let body = Payload::Text(body);
    match (is_binary(types, Some(request.media_type())), handling) {
        (false, None | Some(ContentHandling::ConvertToText)) => Ok(body),
        (false, Some(ContentHandling::ConvertToBinary)) => body.decoded(),
        (true, None | Some(ContentHandling::ConvertToBinary)) => Ok(body.into_bytes()),
        (true, Some(ContentHandling::ConvertToText)) => Ok(body.encoded()),
    }
}

/// Converts the payload of a backend's answer; `media_type` is the backend's, which a MOCK integration does not have.
pub(crate) fn of_response(
    request: &Request,
    body: Payload,
    media_type: Option<&str>,
    types: &[String],
    handling: Option<ContentHandling>,
) -> Result<Payload, PayloadFault> {
    let accepted = request.header("accept").and_then(|accepted| accepted.split(',').next());
    let (is_bytes, is_wanted) = (is_binary(types, media_type), is_binary(types, accepted));
    let to_text = match handling {
        Some(ContentHandling::ConvertToText) => true,
        Some(ContentHandling::ConvertToBinary) => false,
        None => !is_wanted,
    };
    match (is_bytes, to_text) {
        (true, true) => Ok(body.encoded()),
        (true, false) => Ok(body.into_bytes()),
        (false, true) => Ok(Payload::Text(body.text())),
        (false, false) => body.decoded(),
    }
}
