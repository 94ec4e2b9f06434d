//! A custom domain name: a hostname of the author's own, with mappings from base paths to APIs and stages.

use super::{ApiId, EndpointType, IpAddressType, StageName, Timestamp};
use crate::collections::{SharedMap, SortedMap};
use std::rc::Rc;

/// The base path that stands for the mapping of the empty one (documented).
pub const NO_BASE_PATH: &str = "(none)";

/// Which of routing rules and base path mappings a domain name asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RoutingMode {
    /// Mappings only.
    #[default]
    BasePathMappingOnly,
    /// Rules only.
    RoutingRuleOnly,
    /// Rules first.
    RoutingRuleThenBasePathMapping,
}

impl RoutingMode {
    /// All modes, in the order of the service model.
    pub const ALL: [Self; 3] = [Self::BasePathMappingOnly, Self::RoutingRuleOnly, Self::RoutingRuleThenBasePathMapping];

    /// Returns AWS's word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BasePathMappingOnly => "BASE_PATH_MAPPING_ONLY",
            Self::RoutingRuleOnly => "ROUTING_RULE_ONLY",
            Self::RoutingRuleThenBasePathMapping => "ROUTING_RULE_THEN_BASE_PATH_MAPPING",
        }
    }

    /// Parses AWS's word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.as_str() == text)
    }
}

/// Mutual TLS: callers have to show a certificate that the truststore knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MutualTls {
    /// Where the truststore is, `s3://bucket/key`.
    pub truststore_uri: String,
    /// Which version of that object.
    pub truststore_version: Option<String>,
}

/// The certificate of one kind of endpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DomainCertificate {
    /// Its ARN.
    pub arn: Option<String>,
    /// A name that the author gives it.
    pub name: Option<String>,
    /// Whether it was handed over itself, as before there was a certificate manager.
    pub uploaded: bool,
}

/// A custom domain name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainName {
    /// The hostname; may begin with `*.`.
    pub name: Rc<str>,
    /// The id that tells private domain names of one hostname apart; public ones have no id.
    pub id: Option<Rc<str>>,
    /// The kinds of endpoint: one, or EDGE and REGIONAL while the domain name moves from one to the other.
    pub types: Vec<EndpointType>,
    /// The kinds of addresses.
    pub ip_address_type: IpAddressType,
    /// VPC endpoints of a private one.
    pub vpc_endpoint_ids: Vec<String>,
    /// The certificate of an edge or a private endpoint.
    pub certificate: DomainCertificate,
    /// When the certificate was given.
    pub certificate_upload: Timestamp,
    /// The certificate of a regional endpoint.
    pub regional_certificate: DomainCertificate,
    /// The first label of its CloudFront hostname, when it has an edge endpoint.
    pub distribution: Option<Rc<str>>,
    /// The first label of its regional hostname, when it has a regional endpoint.
    pub regional: Option<Rc<str>>,
    /// The security policy.
    pub security_policy: String,
    /// `BASIC` or `STRICT`, when given.
    pub endpoint_access_mode: Option<String>,
    /// Mutual TLS, when switched on.
    pub mutual_tls: Option<MutualTls>,
    /// A public certificate that proves the ownership.
    pub ownership_certificate_arn: Option<String>,
    /// Who may manage a private one, as JSON text.
    pub management_policy: Option<String>,
    /// Who may call a private one, as JSON text.
    pub policy: Option<String>,
    /// Whether mappings are asked.
    pub routing_mode: RoutingMode,
    /// Tags.
    pub tags: SortedMap<String, String>,
    /// Mappings by base path; the empty one under [`NO_BASE_PATH`].
    pub mappings: SharedMap<Rc<str>, Rc<BasePathMapping>>,
}

impl DomainName {
    /// Returns what it is found by: its name, and the id of a private one after a `+`, as in its ARN.
    pub fn key(&self) -> Rc<str> {
        match &self.id {
            Some(id) => [&*self.name, "+", id].concat().into(),
            None => self.name.clone(),
        }
    }

    /// Tells whether only VPCs reach it.
    pub fn is_private(&self) -> bool {
        self.id.is_some()
    }

    /// Tells whether CloudFront stands before it.
    pub fn is_edge(&self) -> bool {
        self.types.contains(&EndpointType::Edge)
    }

    /// Tells whether a hostname, in lower case, is this one: a `*` stands for one label.
    pub fn covers(&self, host: &str) -> bool {
        match self.name.strip_prefix("*.") {
            Some(parent) => host.split_once('.').is_some_and(|(label, rest)| !label.is_empty() && rest == parent),
            None => &*self.name == host,
        }
    }
}

/// From a base path of a domain name to an API, and to a stage unless the caller names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BasePathMapping {
    /// The first segment of URLs; [`NO_BASE_PATH`] when the mapping takes what no other does.
    pub base_path: Rc<str>,
    /// The API.
    pub rest_api_id: ApiId,
    /// The stage. It is a name, not a link: a stage that is deleted and made again is found again (inferred).
    pub stage: Option<StageName>,
}

impl BasePathMapping {
    /// Returns the base path as it stands in URLs; empty for the empty one.
    pub fn segment(&self) -> &str {
        if &*self.base_path == NO_BASE_PATH { "" } else { &self.base_path }
    }
}
