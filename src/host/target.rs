//! Finds out what a request is for: the control plane, an invoke URL, or the endpoint itself. Said by its host, then by its path.

use super::{answer::Answer, worlds::Worlds};
use crate::entities::Region;
use core::net::IpAddr;

/// The part of the endpoint that a request is for.
#[derive(Debug, PartialEq)]
pub(super) enum RequestTarget<'r> {
    /// AWS's control plane; in this region, when the host says one.
    Control(Option<Region>),
    /// An invoke URL of this region.
    Invoke {
        /// The region whose APIs are meant.
        region: Region,
        /// The URL's hostname on AWS.
        host: String,
        /// The path and what follows it; begins with `/` or `?`, or is empty.
        rest: &'r str,
    },
    /// `/_stagecraft/…`: what follows.
    Own(&'r str),
}

/// Finds out what a request is for. `host` is as it was sent, with its port; `uri` is the path with its query.
///
/// # Errors
/// The answer to a host that nobody has here.
pub(super) fn find<'r>(host: &str, uri: &'r str, worlds: &Worlds) -> Result<RequestTarget<'r>, Answer> {
    let host = host_name(host);
    if is_loopback(&host) {
        return Ok(by_path(uri, worlds));
    }
    if let Some(region) = control_plane(&host) {
        return Ok(RequestTarget::Control(Some(region)));
    }
    if let Some(api) = host.strip_suffix(".execute-api.localhost") {
        return Ok(invoke_api(api, uri, worlds));
    }
    if let Some(region) = default_endpoint(&host) {
        return Ok(RequestTarget::Invoke { region, host, rest: uri });
    }
    if let Some(region) = worlds.region_of_domain(&host) {
        return Ok(RequestTarget::Invoke { region, host, rest: uri });
    }
    // Misdirected Request: what HTTP has for a server that is not the one.
    Err(Answer::own(
        421,
        "no-such-host",
        format!(
            "No API and no custom domain name here has the host {:?}. The control plane is at 127.0.0.1, [::1], localhost and \
             apigateway.{{region}}.amazonaws.com.",
            host.chars().take(300).collect::<String>()
        ),
    ))
}

/// Finds the target by the path, which decides on the loopback interface's own names.
fn by_path<'r>(uri: &'r str, worlds: &Worlds) -> RequestTarget<'r> {
    if let Some(rest) = uri.strip_prefix("/_invoke/") {
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (api, rest) = rest.split_at(end);
        return invoke_api(api, rest, worlds);
    }
    match uri.strip_prefix("/_stagecraft/") {
        Some(rest) => RequestTarget::Own(rest),
        None if uri == "/" || uri == "/_stagecraft" => RequestTarget::Own(""),
        None => RequestTarget::Control(None),
    }
}

/// Returns an API's default endpoint, without its region said: where there is such an API, and else where nobody said
/// otherwise.
fn invoke_api<'r>(api: &str, rest: &'r str, worlds: &Worlds) -> RequestTarget<'r> {
    let region = worlds.region_of_api(api).unwrap_or_else(|| worlds.default_region().clone());
    let host = worlds.place(&region).execute_api_host(api);
    RequestTarget::Invoke { region, host, rest }
}

/// Returns the region of `apigateway.{region}.amazonaws.com`.
fn control_plane(host: &str) -> Option<Region> {
    let (region, suffix) = host.strip_prefix("apigateway.")?.split_once('.')?;
    let region = Region::parse(region)?;
    (suffix == region.partition().dns_suffix()).then_some(region)
}

/// Returns the region of `{api}.execute-api.{region}.amazonaws.com`.
fn default_endpoint(host: &str) -> Option<Region> {
    let (_, rest) = host.split_once('.')?;
    let (region, suffix) = rest.strip_prefix("execute-api.")?.split_once('.')?;
    let region = Region::parse(region)?;
    (suffix == region.partition().dns_suffix()).then_some(region)
}

/// Returns the name in `host:port`, in lower case, without brackets and final dot.
pub(super) fn host_name(address: &str) -> String {
    let name = match address.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((name, _)) => name,
        None => address.split_once(':').map_or(address, |(name, _)| name),
    };
    name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase()
}

/// Tells whether a name always means this machine.
pub(super) fn is_loopback(name: &str) -> bool {
    name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{RequestTarget, find, host_name};
    use crate::entities::Region;
    use crate::host::worlds::Worlds;

    fn told(host: &str, uri: &str) -> String {
        let mut worlds = Worlds::new(1, Region::default());
        let body =
            br#"{"domainName":"api.example.com","certificateArn":"arn:aws:acm:us-east-1:123456789012:certificate/x"}"#;
        let west = Region::parse("eu-west-1").expect("a region");
        assert_eq!(worlds.control(&west, "POST", "/domainnames", body).status, 201);
        match find(host, uri, &worlds) {
            Ok(RequestTarget::Control(region)) => format!("control {}", region.as_ref().map_or("", Region::as_str)),
            Ok(RequestTarget::Invoke { region, host, rest }) => format!("invoke {region} {host} {rest}"),
            Ok(RequestTarget::Own(rest)) => format!("own {rest}"),
            Err(answer) => answer.status.to_string(),
        }
    }

    #[test]
    fn the_host_says_what_a_request_is_for_and_then_the_path() {
        let rows = [
            ("127.0.0.1:4566", "/restapis", "control "),
            ("localhost", "/restapis?limit=1", "control "),
            ("LOCALHOST.:4566", "/restapis", "control "),
            ("[::1]:4566", "/restapis", "control "),
            ("apigateway.eu-west-1.amazonaws.com", "/restapis", "control eu-west-1"),
            ("apigateway.cn-north-1.amazonaws.com.cn", "/restapis", "control cn-north-1"),
            ("apigateway.eu-west-1.amazonaws.com", "/_stagecraft/reset", "control eu-west-1"),
            ("127.0.0.1", "/", "own "),
            ("127.0.0.1", "/_stagecraft/clock", "own clock"),
            ("127.0.0.1", "/_invoke/abc/dev/a?b", "invoke us-east-1 abc.execute-api.us-east-1.amazonaws.com /dev/a?b"),
            ("127.0.0.1", "/_invoke/abc", "invoke us-east-1 abc.execute-api.us-east-1.amazonaws.com "),
            ("abc.execute-api.localhost:4566", "/d", "invoke us-east-1 abc.execute-api.us-east-1.amazonaws.com /d"),
            (
                "abc.execute-api.eu-west-1.amazonaws.com",
                "/_stagecraft/reset",
                "invoke eu-west-1 abc.execute-api.eu-west-1.amazonaws.com /_stagecraft/reset",
            ),
            ("API.example.com:4566", "/v1", "invoke eu-west-1 api.example.com /v1"),
            ("evil.example", "/restapis", "421"),
            ("127.0.0.1.evil.example", "/restapis", "421"),
            ("localhost.evil.example", "/restapis", "421"),
            ("apigateway.eu-west-1.amazonaws.com.evil.example", "/restapis", "421"),
            ("10.0.0.1", "/restapis", "421"),
            ("", "/restapis", "421"),
        ];
        for (host, uri, expected) in rows {
            assert_eq!(told(host, uri), expected, "{host} {uri}");
        }
    }

    #[test]
    fn a_port_brackets_a_final_dot_and_case_are_not_part_of_a_name() {
        for (address, name) in [("[::1]:80", "::1"), ("[::1]", "::1"), ("A.b.:9", "a.b"), ("a", "a"), (":1", "")] {
            assert_eq!(host_name(address), name);
        }
    }
}
