//! An answer as bytes. Names, order and values of headers are the answer's own; the length and the fate of the connection are
//! HTTP's, and stand where the answer named them.

use stagecraft::host::Answer;

/// Writes an answer out. `HEAD` tells the length of a body that does not come.
pub(crate) fn written(answer: Answer, is_head: bool, stays: bool, date: &str) -> Vec<u8> {
    let answer = match answer.status {
        // A method may ask for any status; these are no last word in HTTP.
        status @ (..200 | 1000..) => {
            Answer::own(502, "no-such-status", format!("No answer over HTTP has the status {status}."))
        }
        _ => answer,
    };
    let has_body = !matches!(answer.status, 204 | 304);
    let told = answer.headers.iter().find(|(name, _)| is_head && name.eq_ignore_ascii_case("content-length"));
    let body = answer.bytes.as_deref().unwrap_or(answer.body.as_bytes());
    let length = told.and_then(|(_, told)| told.parse().ok()).unwrap_or(body.len());
    let mut ours = [
        ("Content-Length", has_body.then(|| length.to_string())),
        ("Connection", Some(if stays { "keep-alive" } else { "close" }.to_owned())),
    ];
    let mut head = format!("HTTP/1.1 {} {}\r\n", answer.status, reason(answer.status));
    let mut line = |name: &str, value: &str| {
        for part in [name, ": ", value, "\r\n"] {
            head.push_str(part);
        }
    };
    for (name, value) in &answer.headers {
        if let Some((name, ours)) = ours.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
            if let Some(value) = ours.take() {
                line(name, &value);
            }
        } else if is_name(name) && is_value(value) && !name.eq_ignore_ascii_case("transfer-encoding") {
            // What a template put into a header and HTTP cannot carry is left out.
            line(name, value);
        }
    }
    for (name, value) in &ours {
        value.iter().for_each(|value| line(name, value));
    }
    if !answer.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("date")) {
        line("Date", date);
    }
    head.push_str("\r\n");
    let mut bytes = head.into_bytes();
    if has_body && !is_head {
        bytes.extend_from_slice(body);
    }
    bytes
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}

fn is_value(value: &str) -> bool {
    value.bytes().all(|b| b == b'\t' || (b >= b' ' && b != 0x7f))
}

/// Names a status as RFC 9110 and its kin do; a status of one's own has no name.
fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        203 => "Non-Authoritative Information",
        204 => "No Content",
        205 => "Reset Content",
        206 => "Partial Content",
        300 => "Multiple Choices",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "Length Required",
        412 => "Precondition Failed",
        413 => "Content Too Large",
        414 => "URI Too Long",
        415 => "Unsupported Media Type",
        417 => "Expectation Failed",
        418 => "I'm a teapot",
        421 => "Misdirected Request",
        422 => "Unprocessable Content",
        423 => "Locked",
        424 => "Failed Dependency",
        425 => "Too Early",
        426 => "Upgrade Required",
        428 => "Precondition Required",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        451 => "Unavailable For Legal Reasons",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        505 => "HTTP Version Not Supported",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::written;
    use stagecraft::{
        control_plane::{Outcome, Payload, wire},
        host::Answer,
    };

    fn answer(status: u16, headers: &[(&str, &str)]) -> Answer {
        let empty = Answer { status, body: "{}".to_owned(), ..Answer::empty() };
        headers.iter().fold(empty, |answer, (name, value)| answer.with(name, *value))
    }

    #[track_caller]
    fn check(answer: Answer, is_head: bool, stays: bool, expected: &str) {
        let bytes = written(answer, is_head, stays, "today");
        assert_eq!(String::from_utf8_lossy(&bytes), expected.replace('\n', "\r\n"));
    }

    #[test]
    fn names_keep_their_letters_and_their_order() {
        let given = answer(200, &[("x-Amz-b", "1"), ("connection", "x"), ("X-AMZ-B", "2"), ("content-length", "99")]);
        let head =
            "HTTP/1.1 200 OK\nx-Amz-b: 1\nConnection: keep-alive\nX-AMZ-B: 2\nContent-Length: 2\nDate: today\n\n{}";
        check(given, false, true, head);
    }

    #[test]
    fn what_http_cannot_carry_is_left_out() {
        let given =
            answer(299, &[("", "a"), ("a b", "c"), ("a:", "b"), ("A", "b\r\nc: d"), ("Transfer-Encoding", "x")]);
        check(given, false, false, "HTTP/1.1 299 \nContent-Length: 2\nConnection: close\nDate: today\n\n{}");
        let given = answer(200, &[("a", "\t\u{e9}"), ("Date", "then"), ("connection", "close"), ("Connection", "x")]);
        let head = "HTTP/1.1 200 OK\na: \t\u{e9}\nDate: then\nConnection: close\nContent-Length: 2\n\n{}";
        check(given, false, false, head);
    }

    #[test]
    fn some_answers_have_no_body() {
        check(answer(204, &[]), false, true, "HTTP/1.1 204 No Content\nConnection: keep-alive\nDate: today\n\n");
        let head = "HTTP/1.1 200 OK\nContent-Length: 12\nConnection: keep-alive\nDate: today\n\n";
        check(answer(200, &[("Content-Length", "12")]), true, true, head);
        for status in [0, 101, 199, 1000] {
            let bytes = written(answer(status, &[]), false, true, "today");
            assert!(bytes.starts_with(b"HTTP/1.1 502 Bad Gateway\r\n"), "{status}");
        }
    }

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
