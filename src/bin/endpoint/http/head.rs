//! The head of a request. The grammar is httparse's; where two readers could differ about where a body ends, it is refused.

use super::{Fault, HEAD_BYTES};
use httparse::{EMPTY_HEADER, Error, Request, Status};
use stagecraft::host::Headers;

/// Header lines.
const HEADER_LINES: usize = 200;

/// A request without its body.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Head {
    /// The verb.
    pub(crate) verb: String,
    /// The host of a URL that was sent whole, as to a proxy.
    pub(crate) authority: Option<String>,
    /// The path with its query, with escapes.
    pub(crate) uri: String,
    /// The headers in their order, their names as they were written.
    pub(crate) headers: Headers,
    /// The length of the body.
    pub(crate) length: Length,
    /// The client waits for a word before it sends the body.
    pub(crate) asks: bool,
    /// The client means to send another request on this connection.
    pub(crate) stays: bool,
}

/// The way in which a body says where it ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Length {
    /// After this many bytes.
    Bytes(u64),
    /// After a chunk of no bytes.
    Chunked,
}

/// Reads the head that the bytes begin with, and its length in bytes; `None` while it is not complete.
///
/// # Errors
/// The bytes are no head, or no reader has to take one of this size.
pub(crate) fn read_head(bytes: &[u8]) -> Result<Option<(Head, usize)>, Fault> {
    let mut lines = [EMPTY_HEADER; HEADER_LINES];
    let mut request = Request::new(&mut lines);
    match request.parse(bytes) {
        Ok(Status::Complete(used)) if used <= HEAD_BYTES => Ok(Some((head(&request)?, used))),
        Ok(Status::Partial) if bytes.len() < HEAD_BYTES => Ok(None),
        Ok(_) if bytes.get(..HEAD_BYTES).is_some_and(|start| start.contains(&b'\n')) => Err(Fault::HeadTooLong),
        Ok(_) => Err(Fault::UriTooLong),
        Err(Error::TooManyHeaders) => Err(Fault::HeadTooLong),
        Err(_) => Err(Fault::Malformed),
    }
}

fn head(request: &Request) -> Result<Head, Fault> {
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    let headers: Headers = request.headers.iter().map(|line| (line.name.to_owned(), text(line.value))).collect();
    let is_late = request.version == Some(1);
    let (authority, uri) = request.path.and_then(target).ok_or(Fault::Malformed)?;
    let says = |name, word: &str| words(&headers, name).any(|found| found.eq_ignore_ascii_case(word));
    let stays = if is_late { !says("connection", "close") } else { says("connection", "keep-alive") };
    Ok(Head {
        verb: request.method.unwrap_or_default().to_owned(),
        authority,
        uri,
        length: length(&headers, is_late)?,
        asks: is_late && says("expect", "100-continue"),
        stays,
        headers,
    })
}

/// Splits what a request line names into a host, when it is a whole URL, and a path.
fn target(written: &str) -> Option<(Option<String>, String)> {
    let written = written.split('#').next().unwrap_or_default();
    if written.starts_with('/') || written == "*" {
        return Some((None, written.to_owned()));
    }
    let (scheme, rest) = written.split_once("://")?;
    if !["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return None;
    }
    let (authority, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
    (!authority.is_empty()).then(|| (Some(authority.to_owned()), path))
}

/// Tells how the body ends. More than one word on it is one too many.
fn length(headers: &Headers, is_late: bool) -> Result<Length, Fault> {
    let of = |name| headers.iter().filter(move |(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value);
    let (codings, lengths): (Vec<_>, Vec<_>) = (of("transfer-encoding").collect(), of("content-length").collect());
    match (&codings[..], &lengths[..]) {
        ([], []) => Ok(Length::Bytes(0)),
        ([], [length]) if length.bytes().all(|byte| byte.is_ascii_digit()) => {
            length.parse().map(Length::Bytes).map_err(|_| Fault::Malformed)
        }
        ([coding], []) if is_late && coding.eq_ignore_ascii_case("chunked") => Ok(Length::Chunked),
        ([_], []) if is_late => Err(Fault::UnknownCoding),
        _ => Err(Fault::Malformed),
    }
}

/// Lists the words of all headers of a name that hold lists.
fn words<'h>(headers: &'h Headers, name: &'static str) -> impl Iterator<Item = &'h str> {
    let lines = headers.iter().filter(move |(known, _)| known.eq_ignore_ascii_case(name));
    lines.flat_map(|(_, value)| value.split(',')).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::{Fault, HEAD_BYTES, Head, Length, read_head};

    fn read(text: &str) -> Result<Head, Fault> {
        let (head, used) = read_head(text.as_bytes())?.expect("a whole head");
        assert_eq!(used, text.len(), "{text}");
        Ok(head)
    }

    #[test]
    fn names_keep_their_letters_and_their_order() {
        let head = read("GET /a?b HTTP/1.1\r\nhOST: a\r\nX-B: 1\r\nuser-Agent: c\r\nx-b:  2 \r\nX-\u{e9}: 3\r\n\r\n");
        assert_eq!(head, Err(Fault::Malformed), "a name is ASCII");
        let head =
            read("GET /a?b HTTP/1.1\r\nhOST: a\r\nX-B: 1\r\nuser-Agent: \u{e9}\r\nx-b:  2 \r\n\r\n").expect("a head");
        let lines: Vec<String> = head.headers.iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(lines, ["hOST=a", "X-B=1", "user-Agent=\u{e9}", "x-b=2"]);
        assert_eq!((&*head.verb, &*head.uri, head.authority), ("GET", "/a?b", None));
    }

    #[test]
    fn a_whole_url_says_its_host() {
        for (written, expected) in [
            ("/a#b", Some((None, "/a"))),
            ("*", Some((None, "*"))),
            ("http://h:1/a?b", Some((Some("h:1"), "/a?b"))),
            ("HTTPS://h", Some((Some("h"), "/"))),
            ("http://h?b", Some((Some("h"), "/?b"))),
            ("http:///a", None),
            ("ftp://h/a", None),
            ("h:443", None),
            ("a", None),
        ] {
            let found = super::target(written);
            let found = found.as_ref().map(|(host, path)| (host.as_deref(), path.as_str()));
            assert_eq!(found, expected, "{written}");
        }
    }

    #[test]
    fn where_a_body_ends_is_said_once() {
        for (lines, expected) in [
            ("", Ok(Length::Bytes(0))),
            ("Content-Length: 12\r\n", Ok(Length::Bytes(12))),
            ("content-length: 18446744073709551615\r\n", Ok(Length::Bytes(u64::MAX))),
            ("transfer-encoding: Chunked\r\n", Ok(Length::Chunked)),
            ("Content-Length: 18446744073709551616\r\n", Err(Fault::Malformed)),
            ("Content-Length: +1\r\n", Err(Fault::Malformed)),
            ("Content-Length: \r\n", Err(Fault::Malformed)),
            ("Content-Length: 1\r\ncontent-length: 1\r\n", Err(Fault::Malformed)),
            ("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", Err(Fault::Malformed)),
            ("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", Err(Fault::Malformed)),
            ("Transfer-Encoding: gzip, chunked\r\n", Err(Fault::UnknownCoding)),
            ("Transfer-Encoding : chunked\r\n", Err(Fault::Malformed)),
            ("A: 1\r\n Content-Length: 1\r\n", Err(Fault::Malformed)),
        ] {
            let found = read(&format!("POST / HTTP/1.1\r\n{lines}\r\n")).map(|head| head.length);
            assert_eq!(found, expected, "{lines}");
        }
        let early = read("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n");
        assert_eq!(early, Err(Fault::Malformed));
    }

    #[test]
    fn a_connection_stays_unless_it_is_said_or_old() {
        for (version, lines, stays) in [
            ("1.1", "", true),
            ("1.1", "connection: TE, Close\r\n", false),
            ("1.0", "", false),
            ("1.0", "Connection: Keep-Alive\r\n", true),
        ] {
            let head = read(&format!("GET / HTTP/{version}\r\n{lines}\r\n")).expect("a head");
            assert_eq!(head.stays, stays, "{version} {lines}");
        }
    }

    #[test]
    fn a_head_is_waited_for_up_to_a_bound() {
        assert_eq!(read_head(b"GET / HTTP/1.1\r\nHost: a"), Ok(None));
        assert_eq!(read_head(&[b'A'; HEAD_BYTES]), Err(Fault::UriTooLong));
        let long = format!("GET / HTTP/1.1\r\nA: {}", "a".repeat(HEAD_BYTES));
        assert_eq!(read_head(long.as_bytes()), Err(Fault::HeadTooLong));
        assert_eq!(read_head(format!("{long}\r\n\r\n").as_bytes()), Err(Fault::HeadTooLong));
        let many = format!("GET / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(201));
        assert_eq!(read_head(many.as_bytes()), Err(Fault::HeadTooLong));
    }
}
