//! A URL as a client would send it: what curl or a browser puts on the wire once it has read the text.
//!
//! Percent-escapes stay as they are (recorded: API Gateway does not decode them in paths). Nothing here knows AWS.

use crate::text::percent;
use std::{borrow::Cow, fmt};

/// The longest URL of all: 10,240 bytes for a regional API (documented). Edge APIs stop earlier.
pub(crate) const LONGEST_URL: usize = 10_240;

/// The signs that clients leave as they are in a path.
const KEPT_IN_PATH: &[u8] = b"!#$%&'()*+,-./:;=?@[\\]_|~";
/// The signs that clients leave as they are in a query.
const KEPT_IN_QUERY: &[u8] = b"!#$%&()*+,-./:;=?@[\\]^_`{|}~";

/// A URL taken apart. The fragment is gone: no client sends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Url<'a> {
    /// Whether the protocol is `https`; else it is `http`.
    pub(crate) secure: bool,
    /// In lower case, without a final dot.
    pub(crate) host: Cow<'a, str>,
    /// The port, when one is written.
    pub(crate) port: Option<u16>,
    /// Begins with `/`.
    pub(crate) path: Cow<'a, str>,
    /// The query: the part behind `?`; empty without one.
    pub(crate) query: Cow<'a, str>,
}

/// The reason why a text is not a URL that a client could send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UrlFault {
    /// Longer than any API accepts; holds its length in bytes.
    TooLong(usize),
    /// It does not begin with a protocol and `://`.
    NoProtocol,
    /// The protocol is neither `https` nor `http`.
    OtherProtocol(String),
    /// No hostname follows the protocol, or it has characters that no hostname has.
    BadHostname,
    /// The port is not a number up to 65535.
    BadPort,
}

impl fmt::Display for UrlFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong(bytes) => write!(f, "The URL has {bytes} bytes; API Gateway takes {LONGEST_URL} at most."),
            Self::NoProtocol => f.write_str("The URL has no protocol: begin it with https://."),
            Self::OtherProtocol(name) => write!(f, "An invoke URL begins with https://, not with {name}://."),
            Self::BadHostname => f.write_str("There is no hostname after https:// that a client could look up."),
            Self::BadPort => f.write_str("The port after the hostname is not a number up to 65535."),
        }
    }
}

impl<'a> Url<'a> {
    /// Takes a text apart.
    pub(crate) fn parse(text: &'a str) -> Result<Self, UrlFault> {
        if text.len() > LONGEST_URL {
            return Err(UrlFault::TooLong(text.len()));
        }
        let text = text.trim();
        let (protocol, rest) = text.split_once("://").ok_or(UrlFault::NoProtocol)?;
        let secure = protocol.eq_ignore_ascii_case("https");
        if !secure && !protocol.eq_ignore_ascii_case("http") {
            let is_name = !protocol.is_empty() && protocol.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'+');
            return Err(if is_name { UrlFault::OtherProtocol(protocol.to_owned()) } else { UrlFault::NoProtocol });
        }
        let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
        let (authority, target) = rest.split_at(end);
        let (host, port) = parse_authority(authority)?;
        let target = target.split_once('#').map_or(target, |(before, _)| before);
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Ok(Self { secure, host, port, path: clean_path(path), query: escape(query, KEPT_IN_QUERY) })
    }
}

fn parse_authority(authority: &str) -> Result<(Cow<'_, str>, Option<u16>), UrlFault> {
    let address = authority.rsplit_once('@').map_or(authority, |(_, address)| address);
    let (host, port) = match address.split_once(':') {
        // An address in brackets is no name.
        Some(_) if address.starts_with('[') => return Err(UrlFault::BadHostname),
        Some((host, "")) => (host, None),
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => {
            (host, Some(port.parse().map_err(|_| UrlFault::BadPort)?))
        }
        Some(_) => return Err(UrlFault::BadPort),
        None => (address, None),
    };
    let host = host.strip_suffix('.').unwrap_or(host);
    let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    if host.is_empty() || host.starts_with('.') || host.contains("..") || !host.bytes().all(fits) {
        return Err(UrlFault::BadHostname);
    }
    let lower = !host.bytes().any(|b| b.is_ascii_uppercase());
    Ok((if lower { Cow::Borrowed(host) } else { Cow::Owned(host.to_ascii_lowercase()) }, port))
}

/// Returns what clients do to a path: turn `\` to `/`, resolve `.` and `..`, escape what may not stand in a request line.
fn clean_path(path: &str) -> Cow<'_, str> {
    if path.is_empty() {
        return Cow::Borrowed("/");
    }
    if !path.contains('\\') && !path.contains("/.") {
        return escape(path, KEPT_IN_PATH);
    }
    let slashed = path.replace('\\', "/");
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = slashed.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        match segment {
            "." => {}
            ".." => {
                kept.pop();
            }
            other => {
                kept.push(other);
                continue;
            }
        }
        if last {
            kept.push("");
        }
    }
    let joined = kept.iter().fold(String::new(), |path, segment| path + "/" + segment);
    Cow::Owned(escape(if joined.is_empty() { "/" } else { &joined }, KEPT_IN_PATH).into_owned())
}

/// Escapes what a client would. Some characters it drops wherever they stand.
fn escape<'t>(text: &'t str, kept: &[u8]) -> Cow<'t, str> {
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric() || kept.contains(&byte)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(percent::encode_but(&text.replace(['\t', '\r', '\n'], ""), kept))
}

/// Returns the parameters of a query, decoded: `+` is a blank, and `&` and `;` both separate (recorded and documented).
pub(crate) fn query_parameters(query: &str) -> Vec<(String, String)> {
    query
        .split(['&', ';'])
        .filter(|piece| !piece.is_empty())
        .map(|piece| {
            // A name without a value has an empty one (assumed).
            let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
            (percent::decode_form(name), percent::decode_form(value))
        })
        .collect()
}
