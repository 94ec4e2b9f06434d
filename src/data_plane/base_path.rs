//! Between hostname and stage, for custom domain names only: the first path segment chooses a base path mapping, which names
//! the API and mostly the stage. Nothing of the API's content is looked at here.

use super::{Outcome, Step, Trace};
use crate::entities::{ApiId, BasePathMapping, DomainName, NO_BASE_PATH, RoutingMode, StageName};
use std::{fmt, rc::Rc};

/// The API that the first path segment of a custom domain name led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BasePathStep {
    /// To a mapping.
    Found {
        /// Its base path; `(none)` for the empty one.
        base_path: Rc<str>,
        /// Its API.
        api: ApiId,
        /// Its stage; without one the next segment names it.
        stage: Option<StageName>,
    },
    /// The domain name has no mapping at all.
    NoMappings,
    /// No mapping has this base path, and none takes the rest.
    Unknown {
        /// The segment; empty without one.
        segment: String,
        /// The base paths that there are, at most ten.
        known: Vec<Rc<str>>,
    },
    /// The domain name asks routing rules only, and none can be made here.
    RulesOnly,
    /// API Gateway's own health check, which no mapping is asked about.
    HealthCheck,
}

impl BasePathStep {
    /// Returns how it went.
    pub fn outcome(&self) -> Outcome {
        if matches!(self, Self::Found { .. } | Self::HealthCheck) { Outcome::Passed } else { Outcome::Failed }
    }
}

impl fmt::Display for BasePathStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Found { base_path, api, stage } => {
                match &**base_path {
                    NO_BASE_PATH => f.write_str("The mapping without base path takes it: ")?,
                    path => write!(f, "The base path {path} is mapped: ")?,
                }
                match stage {
                    Some(stage) => write!(f, "the API {api}, stage {stage}."),
                    None => write!(f, "the API {api}; the next segment names the stage."),
                }
            }
            Self::NoMappings => f.write_str("The domain name is mapped to no API yet."),
            Self::Unknown { segment, known } => {
                match segment.as_str() {
                    "" => f.write_str("The URL has no base path")?,
                    segment => write!(f, "No mapping has the base path {segment:?}")?,
                }
                write!(f, ", and no mapping takes what is left; there are {}.", known.join(", "))
            }
            Self::RulesOnly => f.write_str(
                "The routing mode of the domain name is ROUTING_RULE_ONLY: its base path mappings are not asked.",
            ),
            Self::HealthCheck => f.write_str(
                "API Gateway keeps /ping and /sping of every custom domain name for its own health checks: no mapping is asked.",
            ),
        }
    }
}

/// The answer of API Gateway to its own health checks (reported for `/ping`).
pub(crate) const HEALTHY: &str = "healthy";

/// Tells whether a path is one of those that API Gateway keeps for its own health checks (documented for the root of custom
/// domain names).
pub(crate) fn is_health_check(path: &str) -> bool {
    matches!(path, "/ping" | "/sping")
}

/// Chooses the mapping for a path. A base path is one whole segment, compared as it was sent; the mapping without one takes
/// what is left (documented).
pub(crate) fn find<'w>(domain: &'w DomainName, path: &str, trace: &mut Trace) -> Option<&'w BasePathMapping> {
    let found = look_up(domain, path);
    trace.push(Step::BasePath(match found {
        Ok(mapping) => BasePathStep::Found {
            base_path: mapping.base_path.clone(),
            api: mapping.rest_api_id.clone(),
            stage: mapping.stage.clone(),
        },
        Err(ref step) => step.clone(),
    }));
    found.ok()
}

/// Finds the mapping of a path, without a trace.
pub(crate) fn look_up<'w>(domain: &'w DomainName, path: &str) -> Result<&'w BasePathMapping, BasePathStep> {
    if domain.routing_mode == RoutingMode::RoutingRuleOnly {
        return Err(BasePathStep::RulesOnly);
    }
    let segment = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    let named = domain.mappings.get(segment).filter(|_| segment != NO_BASE_PATH);
    if let Some(mapping) = named.or_else(|| domain.mappings.get(NO_BASE_PATH)) {
        return Ok(mapping);
    }
    if domain.mappings.is_empty() {
        return Err(BasePathStep::NoMappings);
    }
    let known = domain.mappings.keys().take(10).cloned().collect();
    Err(BasePathStep::Unknown { segment: segment.chars().take(100).collect(), known })
}
