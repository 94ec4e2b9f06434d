//! A stage: a name that points at a deployment, with settings of its own that act at once.

use super::{
    AccessLogSettings, CacheClusterSize, Canary, ClientCertificateId, DeploymentId, MethodSettings, Timestamp,
    stage_settings::{ALL_METHODS, is_key_of},
};
use crate::collections::SortedMap;
use std::{borrow::Borrow, fmt, ops::Deref, rc::Rc};

/// The name of a stage: letters, digits, `_` and `-`, 1 to 128 characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StageName(Rc<str>);

impl StageName {
    /// Parses a name. `$default` is refused: it exists for HTTP APIs only.
    pub fn parse(text: &str) -> Option<Self> {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
        ((1..=128).contains(&text.len()) && text.bytes().all(allowed)).then(|| Self(text.into()))
    }

    /// Returns the name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for StageName {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl Deref for StageName {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StageName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name of a stage variable: word characters only, at most 64 (quota).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct VariableName(Rc<str>);

impl VariableName {
    /// Parses a name.
    pub fn parse(text: &str) -> Option<Self> {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
        (!text.is_empty() && text.bytes().all(allowed)).then(|| Self(text.into()))
    }

    /// Returns the name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for VariableName {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// The value of a stage variable: `[A-Za-z0-9-._~:/?#&=,]+`, at most 512 characters (quota).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariableValue(Rc<str>);

impl VariableValue {
    /// Parses a value; an empty one is refused.
    pub fn parse(text: &str) -> Option<Self> {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b"-._~:/?#&=,".contains(&b);
        (!text.is_empty() && text.bytes().all(allowed)).then(|| Self(text.into()))
    }

    /// Returns the value as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A stage. `deployment_id` is its only link to a snapshot, unless it has a canary, which has one of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Its name, the first segment of its URLs; it cannot change.
    pub name: StageName,
    /// The deployment that answers.
    pub deployment_id: DeploymentId,
    /// The author's words about it.
    pub description: Option<String>,
    /// Stage variables; never part of a deployment, so a change acts at once.
    pub variables: SortedMap<VariableName, VariableValue>,
    /// The canary.
    pub canary: Option<Rc<Canary>>,
    /// Settings by method: `*/*` for all, `~1users/GET` for one.
    pub method_settings: SortedMap<Rc<str>, Rc<MethodSettings>>,
    /// Whether there is a cache cluster.
    pub cache_cluster_enabled: bool,
    /// The size of the cache cluster; it may be said before there is one.
    pub cache_cluster_size: Option<CacheClusterSize>,
    /// How often the cache was emptied: what was kept before counts no more.
    pub cache_flushes: u32,
    /// How often what authorizers said was forgotten.
    pub authorizer_flushes: u32,
    /// The access log.
    pub access_log: AccessLogSettings,
    /// The certificate shown to backends.
    pub client_certificate_id: Option<ClientCertificateId>,
    /// The documentation that belongs to it.
    pub documentation_version: Option<Rc<str>>,
    /// Whether X-Ray traces requests.
    pub tracing_enabled: bool,
    /// Tags.
    pub tags: SortedMap<String, String>,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub last_updated: Timestamp,
}

impl Stage {
    /// Makes a stage with nothing but a deployment.
    pub fn new(name: StageName, deployment_id: DeploymentId, now: Timestamp) -> Self {
        Self {
            name,
            deployment_id,
            description: None,
            variables: SortedMap::new(),
            canary: None,
            method_settings: SortedMap::new(),
            cache_cluster_enabled: false,
            cache_cluster_size: None,
            cache_flushes: 0,
            authorizer_flushes: 0,
            access_log: AccessLogSettings::default(),
            client_certificate_id: None,
            documentation_version: None,
            tracing_enabled: false,
            tags: SortedMap::new(),
            created: now,
            last_updated: now,
        }
    }

    /// Returns the settings of one method.
    pub fn own_settings_of(&self, path: &str, verb: &str) -> Option<&Rc<MethodSettings>> {
        self.method_settings.iter().find(|(key, _)| is_key_of(key, path, verb)).map(|(_, settings)| settings)
    }

    /// Returns the settings for all methods that have none of their own.
    pub fn settings_of_all(&self) -> Option<&Rc<MethodSettings>> {
        self.method_settings.get(ALL_METHODS)
    }

    /// Tells whether its canary has a deployment.
    pub fn canary_is(&self, deployment: &str) -> bool {
        self.canary.as_ref().is_some_and(|canary| canary.deployment_id.as_str() == deployment)
    }
}
