//! First step: the hostname names the API, or a custom domain name whose mappings do. Nothing of the API's content is looked
//! at here.

use super::{BasePathStep, Halt, Outcome, OwnAnswer, Request, Step, Trace, base_path, url::Url};
use crate::entities::{ApiId, BasePathMapping, DomainName, Place, Region, RestApi, Workspace};
use std::{fmt, rc::Rc};

/// The API that the hostname led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostnameStep {
    /// To an API.
    Found(ApiId),
    /// To a custom domain name, whose mappings go on from here.
    CustomDomain(Rc<str>),
    /// To a custom domain name that wants a certificate of its callers; no caller here has one.
    MutualTls(Rc<str>),
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
    /// Returns how it went.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Found(_) | Self::CustomDomain(_) => Outcome::Passed,
            Self::MutualTls(_) | Self::UnknownApi(_) | Self::OtherRegion { .. } | Self::Nowhere(_) => Outcome::Failed,
        }
    }
}

impl fmt::Display for HostnameStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Found(id) => write!(f, "The hostname belongs to the API {id}."),
            Self::CustomDomain(name) => write!(f, "The hostname is that of the custom domain name {name}."),
            Self::MutualTls(name) => write!(
                f,
                "The custom domain name {name} has mutual TLS, and callers in this playground have no certificate to show."
            ),
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

/// Tells whether HTTP can carry a header of this name.
pub(crate) fn is_header_name(name: &str) -> bool {
    let in_token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    !name.is_empty() && name.bytes().all(in_token)
}

/// The end of the way from a hostname: an API, mostly by way of nothing else.
#[derive(Clone, Copy)]
pub(crate) struct Endpoint<'w> {
    pub(crate) api: &'w Rc<RestApi>,
    /// The custom domain name, and its mapping that names the API.
    pub(crate) custom: Option<(&'w DomainName, &'w BasePathMapping)>,
}

impl<'w> Endpoint<'w> {
    /// Returns the base path mapping, when the hostname is a custom domain name.
    pub(crate) fn mapping(&self) -> Option<&'w BasePathMapping> {
        self.custom.map(|(_, mapping)| mapping)
    }
}

/// Finds the API that a URL's hostname names, or that a custom domain name maps its path to.
pub(crate) fn find<'w>(ws: &'w Workspace, url: &Url<'_>, trace: &mut Trace) -> Result<Endpoint<'w>, Halt> {
    if let Some(domain) = custom_domain(ws, url) {
        return find_mapped(ws, domain, url, trace);
    }
    let (step, found) = match look_up(ws, url) {
        Ok(api) => (HostnameStep::Found(api.id.clone()), Ok(Endpoint { api, custom: None })),
        Err(step) => (step.clone(), Err(halt(&step))),
    };
    trace.push(Step::Hostname(step));
    found
}

fn halt(step: &HostnameStep) -> Halt {
    match step {
        HostnameStep::Nowhere(answer) => Halt::Own(answer.clone()),
        _ => Halt::FrontDoor,
    }
}

/// Returns the custom domain name that a URL's hostname is; one that names it exactly beats a wildcard.
pub(crate) fn custom_domain<'w>(ws: &'w Workspace, url: &Url<'_>) -> Option<&'w Rc<DomainName>> {
    let domains = &ws.account.domain_names;
    if domains.is_empty() || !url.secure || url.port.is_some_and(|port| port != 443) {
        return None;
    }
    domains.get(&*url.host).or_else(|| domains.values().find(|domain| domain.covers(&url.host)))
}

fn find_mapped<'w>(
    ws: &'w Workspace,
    domain: &'w DomainName,
    url: &Url<'_>,
    trace: &mut Trace,
) -> Result<Endpoint<'w>, Halt> {
    let step = if domain.is_private() {
        HostnameStep::Nowhere(OwnAnswer::VpcEndpoint)
    } else if domain.mutual_tls.is_some() {
        // 403 without a certificate (documented).
        HostnameStep::MutualTls(domain.name.clone())
    } else {
        HostnameStep::CustomDomain(domain.name.clone())
    };
    let refused = (step.outcome() == Outcome::Failed).then(|| halt(&step));
    trace.push(Step::Hostname(step));
    if let Some(halt) = refused {
        return Err(halt);
    }
    if base_path::is_health_check(&url.path) {
        trace.push(Step::BasePath(BasePathStep::HealthCheck));
        return Err(Halt::HealthCheck);
    }
    // No mapping: Forbidden (documented). An API cannot be deleted while a mapping names it.
    let mapping = base_path::find(domain, &url.path, trace).ok_or(Halt::FrontDoor)?;
    let api = ws.api(&mapping.rest_api_id).ok_or(Halt::FrontDoor)?;
    Ok(Endpoint { api, custom: Some((domain, mapping)) })
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

/// Returns the first label of `{label}.execute-api.{region}.{suffix}`, and the region when it is not this place's.
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
