//! Who may ask: programs on this machine, and no page in a browser that comes from elsewhere.
//!
//! The endpoint listens on the loopback interface, but so does every browser's page reach it. Three things keep pages out:
//!
//! - The `Host` header must be a name of the loopback interface, one of AWS's, or a custom domain name that was made here
//!   (`target.rs`). A page whose own name was made to resolve to 127.0.0.1 ("DNS rebinding") sends its own name.
//! - The control plane and `/_stagecraft/` refuse whatever a page sends: a request with an `Origin`, or with a
//!   `Sec-Fetch-Site` other than `none`, which is an address typed by the user. AWS's clients send neither.
//! - Invoke URLs are made to be called by pages, so those of this machine (`http://localhost:3000`) may, and the user may
//!   follow a link to one. A page from elsewhere may not: it could count as traffic, and read what CORS lets it.

use super::answer::Answer;
use super::target::{host_name, is_loopback};

/// Whether the control plane may be asked by who sent these headers.
///
/// # Errors
/// The answer to a page in a browser.
pub(crate) fn control(headers: &[(String, String)]) -> Result<(), Answer> {
    if let Some(origin) = values(headers, "origin").next() {
        return Err(refusal(origin));
    }
    match values(headers, "sec-fetch-site").find(|site| *site != "none") {
        Some(site) => Err(refusal(site)),
        None => Ok(()),
    }
}

/// Whether an invoke URL of this host may be called by who sent these headers.
///
/// # Errors
/// The answer to a page that is not of this machine.
pub(crate) fn invoke(headers: &[(String, String)], host: &str) -> Result<(), Answer> {
    let mut origins = values(headers, "origin").peekable();
    if origins.peek().is_some() {
        return origins.find(|origin| !is_near(origin, host)).map_or(Ok(()), |origin| Err(refusal(origin)));
    }
    let from_elsewhere = values(headers, "sec-fetch-site").find(|site| matches!(*site, "cross-site" | "same-site"));
    let by_a_link = values(headers, "sec-fetch-mode").any(|mode| mode == "navigate");
    match from_elsewhere {
        Some(site) if !by_a_link => Err(refusal(site)),
        _ => Ok(()),
    }
}

/// Whether an origin is of this machine, or the very host that is asked.
fn is_near(origin: &str, host: &str) -> bool {
    let Some((_, address)) = origin.split_once("://") else { return false };
    let name = host_name(address);
    is_loopback(&name) || name.ends_with(".localhost") || name == host
}

/// Lists the values of a header, however its name is written.
pub(crate) fn values<'h>(headers: &'h [(String, String)], name: &'static str) -> impl Iterator<Item = &'h str> {
    headers.iter().filter(move |(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

fn refusal(from: &str) -> Answer {
    let from: String = from.chars().take(200).collect();
    Answer::own(
        403,
        "not-for-pages",
        format!("This endpoint does what programs on this machine ask, not what a page in a browser does ({from})."),
    )
}

#[cfg(test)]
mod tests {
    use super::{control, invoke};

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

    #[test]
    fn an_invoke_url_is_for_programs_and_for_pages_of_this_machine() {
        let check = |line: &str, open: bool| {
            assert_eq!(invoke(&headers(line), "api.example.com").is_ok(), open, "{line}");
        };
        for line in [
            "",
            "origin=http://localhost:3000",
            "origin=http://127.0.0.1:8080 sec-fetch-site=cross-site",
            "origin=http://[::1]:8080",
            "origin=http://app.localhost",
            "origin=https://api.example.com",
            "sec-fetch-site=none",
            "sec-fetch-site=same-origin",
            "sec-fetch-site=cross-site sec-fetch-mode=navigate",
        ] {
            check(line, true);
        }
        for line in [
            "origin=https://evil.example",
            "origin=null",
            "origin=http://localhost.evil.example",
            "origin=http://127.0.0.1.evil.example",
            "origin=http://localhost:3000 origin=https://evil.example",
            "origin=https://evil.example sec-fetch-mode=navigate",
            "sec-fetch-site=cross-site sec-fetch-mode=no-cors",
            "sec-fetch-site=same-site",
        ] {
            check(line, false);
        }
    }
}
