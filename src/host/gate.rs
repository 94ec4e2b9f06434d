//! Who may ask: programs on this machine, and no page in a browser that comes from elsewhere.
//!
//! The endpoint listens on the loopback interface, but so does every browser's page reach it. Three things keep pages out:
//!
//! - The `Host` header must be a name of the loopback interface, one of AWS's, or a custom domain name that was made here
//!   (`target.rs`). A page whose own name was made to resolve to 127.0.0.1 ("DNS rebinding") sends its own name.
//! - The control plane and `/_stagecraft/` refuse whatever a page sends: a request with an `Origin`, or with a
//!   `Sec-Fetch-Site` other than `none`, which is an address typed by the user. AWS's clients send neither.
//! - Invoke URLs are there for pages, too: for those of this machine (`http://localhost:3000`) and of the origins that were
//!   allowed, and the user may follow a link to one. A page from elsewhere may not: it could count as traffic, and read what CORS
//!   lets it.
//!
//! A tool may name any `Origin` at an invoke URL: that is how people try CORS. A browser is told by what no page can take away:
//! `Sec-Fetch-Site`, which each current one sends to 127.0.0.1 and to localhost; and since it is not sent to other hosts over plain
//! HTTP, nor by older browsers, a `User-Agent` that begins with `Mozilla/`. A page can set another one in some browsers, but
//! then the browser asks first, as itself, in a preflight.

use super::answer::Answer;
use super::target::{host_name, is_loopback};

/// An origin other than those of this machine whose pages may call invoke URLs, such as `http://app.test:3000`.
#[derive(Clone, Debug, PartialEq)]
pub struct AllowedOrigin(String);

impl AllowedOrigin {
    /// Reads an origin: a scheme, a host and perhaps a port.
    pub fn parse(text: &str) -> Option<Self> {
        let (scheme, address) = text.split_once("://")?;
        let well = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
            && !host_name(address).is_empty()
            && address.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._:[]".contains(&b));
        well.then(|| Self(text.to_ascii_lowercase()))
    }
}

/// Lets programs ask the control plane.
///
/// # Errors
/// The answer to a page in a browser.
pub(super) fn control(headers: &[(String, String)]) -> Result<(), Answer> {
    if let Some(origin) = values(headers, "origin").next() {
        return Err(refusal(origin));
    }
    match values(headers, "sec-fetch-site").find(|site| *site != "none") {
        Some(site) => Err(refusal(site)),
        None => Ok(()),
    }
}

/// Lets programs call an invoke URL of this host, and pages of this machine and of these origins.
///
/// # Errors
/// The answer to a page from elsewhere.
pub(super) fn invoke(headers: &[(String, String)], host: &str, allowed: &[AllowedOrigin]) -> Result<(), Answer> {
    if !is_browser(headers) {
        return Ok(());
    }
    let welcome =
        |origin: &str| is_near(origin, host) || allowed.iter().any(|known| known.0.eq_ignore_ascii_case(origin));
    let mut origins = values(headers, "origin").peekable();
    if origins.peek().is_some() {
        return origins.find(|origin| !welcome(origin)).map_or(Ok(()), |origin| Err(refusal(origin)));
    }
    let from_elsewhere = values(headers, "sec-fetch-site").find(|site| matches!(*site, "cross-site" | "same-site"));
    let by_a_link = values(headers, "sec-fetch-mode").any(|mode| mode == "navigate");
    // What a page shows, such as a picture, comes without an origin; no page can name another's as its referrer.
    let referrer = values(headers, "referer").next().and_then(origin_of);
    match from_elsewhere {
        Some(site) if !by_a_link && !referrer.is_some_and(welcome) => Err(refusal(site)),
        _ => Ok(()),
    }
}

/// Tells a browser from a tool.
fn is_browser(headers: &[(String, String)]) -> bool {
    values(headers, "sec-fetch-site").next().is_some()
        || values(headers, "user-agent").any(|agent| agent.starts_with("Mozilla/"))
}

/// Returns the origin that a URL begins with.
fn origin_of(url: &str) -> Option<&str> {
    let start = url.find("://")? + "://".len();
    let end = url.get(start..)?.find(['/', '?', '#']).map_or(url.len(), |end| start + end);
    url.get(..end)
}

/// Tells that an origin is of this machine, or the very host that is asked.
fn is_near(origin: &str, host: &str) -> bool {
    let Some((_, address)) = origin.split_once("://") else { return false };
    let name = host_name(address);
    !address.contains('@') && (is_loopback(&name) || name.ends_with(".localhost") || name == host)
}

/// Lists the values of a header, however its name is written.
pub(super) fn values<'h>(headers: &'h [(String, String)], name: &'static str) -> impl Iterator<Item = &'h str> {
    headers.iter().filter(move |(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

fn refusal(from: &str) -> Answer {
    let from: String = from.chars().take(200).collect();
    Answer::own(
        403,
        "not-for-pages",
        format!(
            "This endpoint does what programs on this machine ask, not what a page in a browser does ({from}). Invoke URLs answer to \
             pages of this machine, and of the origins that --allow-origin names."
        ),
    )
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{AllowedOrigin, control, invoke};

    fn headers(line: &str) -> Vec<(String, String)> {
        let pairs = line.split_whitespace().filter_map(|pair| pair.split_once('='));
        pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    #[test]
    fn the_control_plane_is_for_programs_only() {
        let check = |line: &str, open: bool| assert_eq!(control(&headers(line)).is_ok(), open, "{line}");
        check("", true);
        check("user-agent=aws-cli", true);
        check("Sec-Fetch-Site=none sec-fetch-mode=navigate", true);
        for line in [
            "Origin=https://evil.example",
            "origin=https://evil.example user-agent=curl/8.5.0",
            "origin=http://app.test:3000",
            "origin=null",
            "origin=http://127.0.0.1:4566",
            "origin=http://localhost:3000",
            "sec-fetch-site=cross-site",
            "sec-fetch-site=same-site",
            "sec-fetch-site=same-origin",
            "sec-fetch-site=none sec-fetch-site=cross-site",
        ] {
            check(line, false);
        }
    }

    /// Tells whether a call with these headers is let in, beside pages of `http://app.test:3000`.
    fn is_let_in(line: &str) -> bool {
        let allowed = [AllowedOrigin::parse("http://App.test:3000").expect("an origin")];
        invoke(&headers(line), "api.example.com", &allowed).is_ok()
    }

    #[test]
    fn an_invoke_url_is_for_tools_whatever_origin_they_name() {
        for line in [
            "",
            "origin=https://app.example.com",
            "origin=null user-agent=curl/8.5.0",
            "origin=https://app.example.com access-control-request-method=GET user-agent=python-requests/2.32",
            "origin=https://evil.example sec-fetch-mode=cors",
        ] {
            assert!(is_let_in(line), "{line}");
        }
    }

    #[test]
    fn an_invoke_url_is_for_pages_of_this_machine_and_of_allowed_origins() {
        for line in [
            "user-agent=Mozilla/5.0",
            "origin=http://localhost:3000",
            "origin=http://127.0.0.1:8080 sec-fetch-site=cross-site",
            "origin=http://[::1]:8080",
            "origin=http://app.localhost",
            "origin=https://api.example.com",
            "origin=http://app.test:3000",
            "sec-fetch-site=none",
            "sec-fetch-site=same-origin",
            "sec-fetch-site=cross-site sec-fetch-mode=navigate",
            "sec-fetch-site=same-site sec-fetch-mode=no-cors referer=http://localhost:3000/a?b",
            "sec-fetch-site=cross-site sec-fetch-mode=no-cors referer=http://app.test:3000",
        ] {
            assert!(is_let_in(&format!("{line} user-agent=Mozilla/5.0")), "{line}");
        }
    }

    #[test]
    fn an_invoke_url_is_closed_to_pages_from_elsewhere() {
        for line in [
            "origin=https://evil.example",
            "origin=null",
            "origin=http://localhost.evil.example",
            "origin=http://127.0.0.1.evil.example",
            "origin=http://app.test",
            "origin=https://app.test:3000",
            "origin=http://localhost:3000 origin=https://evil.example",
            "origin=https://evil.example sec-fetch-mode=navigate",
            "origin=https://evil.example sec-fetch-site=same-origin",
        ] {
            // An older browser, or a host to which `Sec-Fetch-Site` is not sent.
            assert!(!is_let_in(&format!("{line} user-agent=Mozilla/5.0")), "{line}");
            // A current one, whatever it calls itself.
            assert!(!is_let_in(&format!("{line} sec-fetch-site=cross-site user-agent=curl/8")), "{line}");
        }
        for line in [
            "sec-fetch-site=cross-site sec-fetch-mode=no-cors",
            "sec-fetch-site=same-site",
            "sec-fetch-site=cross-site referer=https://evil.example/http://localhost:3000/",
            "sec-fetch-site=cross-site referer=http://localhost:3000@evil.example/",
        ] {
            assert!(!is_let_in(line), "{line}");
        }
    }

    #[test]
    fn an_origin_is_a_scheme_a_host_and_perhaps_a_port() {
        for text in ["http://app.test", "https://App.Test:3000", "http://[fe80::1]:80"] {
            assert!(AllowedOrigin::parse(text).is_some(), "{text}");
        }
        for text in ["", "null", "*", "app.test", "http://", "http://:80", "http://a/", "http://a b", "file://a"] {
            assert!(AllowedOrigin::parse(text).is_none(), "{text}");
        }
    }
}
