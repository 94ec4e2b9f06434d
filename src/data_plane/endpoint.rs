//! First step: the hostname names the API. Nothing of the API's content is looked at here.

use super::{Halt, Outcome, OwnAnswer, Request, Step, Trace, url::Url};
use crate::entities::{ApiId, Place, Region, RestApi, Workspace};
use std::{fmt, rc::Rc};

/// What the hostname led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostnameStep {
    /// To an API.
    Found(ApiId),
    /// To no API of this workspace.
    UnknownApi(String),
    /// To another region.
    OtherRegion {
        /// The region of the hostname.
        asked: Region,
        /// The region of this workspace.
        here: Region,
    },
    /// To nothing that AWS has.
    Nowhere(OwnAnswer),
}

impl HostnameStep {
    /// How it went.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Found(_) => Outcome::Passed,
            Self::UnknownApi(_) | Self::OtherRegion { .. } | Self::Nowhere(_) => Outcome::Failed,
        }
    }
}

impl fmt::Display for HostnameStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Found(id) => write!(f, "The hostname belongs to the API {id}."),
            Self::UnknownApi(id) => write!(
                f,
                "There is no API {id} here: it never existed, or it was deleted. On AWS a hostname that was never used is \
                 not even found by DNS."
            ),
            Self::OtherRegion { asked, here } => {
                write!(f, "The hostname is of region {asked}, and the APIs of this workspace are in {here}.")
            }
            Self::Nowhere(answer) => answer.fmt(f),
        }
    }
}

/// Reads the URL, and refuses what no client would send.
pub(crate) fn parse<'r>(request: &'r Request, trace: &mut Trace) -> Result<Url<'r>, Halt> {
    let bad_header = request.headers.iter().find(|(name, value)| !is_sendable(name, value));
    let fault = match (Url::parse(&request.url), bad_header) {
        (Ok(url), None) => return Ok(url),
        (Ok(_), Some((name, _))) => OwnAnswer::BadHeader(name.chars().take(100).collect()),
        (Err(fault), _) => OwnAnswer::BadUrl(fault),
    };
    trace.push(Step::Hostname(HostnameStep::Nowhere(fault.clone())));
    Err(Halt::Own(fault))
}

fn is_sendable(name: &str, value: &str) -> bool {
    is_header_name(name) && !value.bytes().any(|b| matches!(b, b'\r' | b'\n' | 0))
}

/// Whether HTTP can carry a header of this name.
pub(crate) fn is_header_name(name: &str) -> bool {
    let in_token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    !name.is_empty() && name.bytes().all(in_token)
}

/// Finds the API that a URL's hostname names.
pub(crate) fn find<'w>(ws: &'w Workspace, url: &Url<'_>, trace: &mut Trace) -> Result<&'w Rc<RestApi>, Halt> {
    let (step, found) = match look_up(ws, url) {
        Ok(api) => (HostnameStep::Found(api.id.clone()), Ok(api)),
        Err(step) => {
            let halt = match &step {
                HostnameStep::Nowhere(answer) => Halt::Own(answer.clone()),
                _ => Halt::FrontDoor,
            };
            (step, Err(halt))
        }
    };
    trace.push(Step::Hostname(step));
    found
}

fn look_up<'w>(ws: &'w Workspace, url: &Url<'_>) -> Result<&'w Rc<RestApi>, HostnameStep> {
    if !url.secure {
        return Err(HostnameStep::Nowhere(OwnAnswer::NotEncrypted));
    }
    if let Some(port) = url.port.filter(|port| *port != 443) {
        return Err(HostnameStep::Nowhere(OwnAnswer::OtherPort(port)));
    }
    let Some((label, region)) = split_host(&url.host, &ws.place) else {
        return Err(HostnameStep::Nowhere(OwnAnswer::OtherHost(url.host.to_string())));
    };
    if label.contains("-vpce-") {
        return Err(HostnameStep::Nowhere(OwnAnswer::VpcEndpoint));
    }
    if let Some(asked) = region {
        return Err(HostnameStep::OtherRegion { asked, here: ws.place.region.clone() });
    }
    ws.api(label).ok_or_else(|| HostnameStep::UnknownApi(label.to_owned()))
}

/// The first label of `{label}.execute-api.{region}.{suffix}`, and the region when it is not this place's.
fn split_host<'h>(host: &'h str, place: &Place) -> Option<(&'h str, Option<Region>)> {
    let (label, rest) = host.split_once('.')?;
    let rest = rest.strip_prefix("execute-api.")?;
    let (region, suffix) = rest.split_once('.')?;
    if region == place.region.as_str() {
        return (suffix == place.region.partition().dns_suffix()).then_some((label, None));
    }
    let region = Region::parse(region)?;
    (suffix == region.partition().dns_suffix()).then_some((label, Some(region)))
}
