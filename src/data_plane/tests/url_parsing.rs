//! URLs as clients send them.

use crate::data_plane::url::{Url, query_parameters};
use expect_test::{Expect, expect};

fn check(text: &str, expected: Expect) {
    let shown = match Url::parse(text) {
        Ok(url) => {
            let port = url.port.map(|port| format!(":{port}")).unwrap_or_default();
            format!("{}{port} {} ?{}", url.host, url.path, url.query)
        }
        Err(fault) => fault.to_string(),
    };
    expected.assert_eq(&shown);
}

#[test]
fn a_url_is_taken_apart_as_clients_do() {
    check("https://h.example/dev/users?a=1&b=2#top", expect!["h.example /dev/users ?a=1&b=2"]);
    check("  HTTPS://H.Example:443  ", expect!["h.example:443 / ?"]);
    check("https://me:secret@h.example./x", expect!["h.example /x ?"]);
    check("https://h.example?q", expect!["h.example / ?q"]);
    check("https://h.example#x?y", expect!["h.example / ?"]);
}

#[test]
fn percent_escapes_stay_and_raw_characters_are_escaped() {
    check("https://h/a%2Bb%2f+c@d", expect!["h /a%2Bb%2f+c@d ?"]);
    check("https://h/users/{id}", expect!["h /users/%7Bid%7D ?"]);
    check("https://h/a b/é?q=é \"x\"", expect!["h /a%20b/%C3%A9 ?q=%C3%A9%20%22x%22"]);
    check("https://h/a\n\tb", expect!["h /ab ?"]);
}

#[test]
fn dots_and_backslashes_are_resolved_before_sending() {
    check("https://h/dev/../prod/./users/", expect!["h /prod/users/ ?"]);
    check("https://h/../..", expect!["h / ?"]);
    check("https://h/dev/users/..", expect!["h /dev/ ?"]);
    check("https://h/dev//users/.", expect!["h /dev//users/ ?"]);
    check("https://h\\dev\\users", expect!["h /dev/users ?"]);
    check("https://h/dev/.well-known/x", expect!["h /dev/.well-known/x ?"]);
}

#[test]
fn what_no_client_could_send_is_named() {
    check("", expect!["The URL has no protocol: begin it with https://."]);
    check("h.example/dev", expect!["The URL has no protocol: begin it with https://."]);
    check("a b://h", expect!["The URL has no protocol: begin it with https://."]);
    check("ftp://h.example/", expect!["An invoke URL begins with https://, not with ftp://."]);
    check("https:///dev", expect!["There is no hostname after https:// that a client could look up."]);
    check("https://exa mple/", expect!["There is no hostname after https:// that a client could look up."]);
    check("https://a..b/", expect!["There is no hostname after https:// that a client could look up."]);
    check("https://[::1]/", expect!["There is no hostname after https:// that a client could look up."]);
    check("https://h:99999/", expect!["The port after the hostname is not a number up to 65535."]);
    let long = format!("https://h/{}", "x".repeat(10_240));
    check(&long, expect!["The URL has 10250 bytes; API Gateway takes 10240 at most."]);
}

#[test]
fn a_query_is_decoded() {
    let check = |query: &str, expected: &[(&str, &str)]| {
        let expected: Vec<_> = expected.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        assert_eq!(query_parameters(query), expected, "{query}");
    };
    check("", &[]);
    check("a=1&a=2", &[("a", "1"), ("a", "2")]);
    check("a=x+y%2Bz", &[("a", "x y+z")]);
    check("a&b=", &[("a", ""), ("b", "")]);
    check("a=1;b=2", &[("a", "1"), ("b", "2")]);
    check("&&a=%C3%A9&b=%zz%4&c=%ff", &[("a", "é"), ("b", "%zz%4"), ("c", "\u{fffd}")]);
}
