//! Holds what a stage has beside its pointer: cache cluster, settings per method, access log, canary. All of it acts at once.

use super::{DeploymentId, VariableName, VariableValue};
use crate::collections::SortedMap;
use std::fmt;

/// A finite number with a fraction.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Double(f64);

/// It is never NaN.
impl Eq for Double {}

impl Double {
    /// 10,000: the requests per second of an account.
    pub const ACCOUNT_RATE: Self = Self(10_000.0);

    /// Wraps a number; `None` for what is not finite.
    pub fn new(number: f64) -> Option<Self> {
        number.is_finite().then_some(Self(number))
    }

    /// Returns the number.
    pub fn get(self) -> f64 {
        self.0
    }
}

impl fmt::Display for Double {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The size of a cache cluster in GB, one of eight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CacheClusterSize(&'static str);

impl CacheClusterSize {
    /// The sizes on AWS's wire.
    pub const ALL: [&'static str; 8] = ["0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237"];
    /// The smallest.
    pub const SMALLEST: Self = Self(Self::ALL[0]);

    /// Parses a size.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|size| *size == text).map(Self)
    }

    /// Returns the size on AWS's wire.
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

/// How much execution logging writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoggingLevel {
    /// Nothing.
    Off,
    /// Errors only.
    Error,
    /// Errors and what happens.
    Info,
}

impl LoggingLevel {
    /// All levels.
    pub const ALL: [Self; 3] = [Self::Off, Self::Error, Self::Info];

    /// Parses a level.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == text)
    }

    /// Returns the name on AWS's wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "OFF",
            Self::Error => "ERROR",
            Self::Info => "INFO",
        }
    }
}

/// The treatment of a caller who may not invalidate a cache entry and tries to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CacheControlStrategy {
    /// 403.
    FailWith403,
    /// The answer, with a `Warning` header.
    SucceedWithResponseHeader,
    /// The answer.
    SucceedWithoutResponseHeader,
}

impl CacheControlStrategy {
    /// All strategies.
    pub const ALL: [Self; 3] = [Self::FailWith403, Self::SucceedWithResponseHeader, Self::SucceedWithoutResponseHeader];

    /// Parses a strategy.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|strategy| strategy.as_str() == text)
    }

    /// Returns the name on AWS's wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FailWith403 => "FAIL_WITH_403",
            Self::SucceedWithResponseHeader => "SUCCEED_WITH_RESPONSE_HEADER",
            Self::SucceedWithoutResponseHeader => "SUCCEED_WITHOUT_RESPONSE_HEADER",
        }
    }
}

/// The settings of one method of a stage, or of all methods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodSettings {
    /// Whether CloudWatch gets detailed metrics.
    pub metrics_enabled: bool,
    /// How much is logged; none until it is set.
    pub logging_level: Option<LoggingLevel>,
    /// Whether requests and responses are logged in full.
    pub data_trace_enabled: bool,
    /// How many requests may come at once; negative for no limit but the account's.
    pub throttling_burst_limit: i32,
    /// How many requests per second may come in the long run; negative for no limit but the account's.
    pub throttling_rate_limit: Double,
    /// Whether answers are cached, if the stage has a cache cluster.
    pub caching_enabled: bool,
    /// How long an answer is kept.
    pub cache_ttl_in_seconds: u32,
    /// Whether what is kept is encrypted.
    pub cache_data_encrypted: bool,
    /// Whether a caller needs a permission to invalidate an entry.
    pub require_authorization_for_cache_control: bool,
    /// The treatment of a caller without that permission.
    pub unauthorized_cache_control_header_strategy: CacheControlStrategy,
}

/// The settings that the first patch of a method writes down, whichever of them it is about (recorded).
impl Default for MethodSettings {
    fn default() -> Self {
        Self {
            metrics_enabled: false,
            logging_level: None,
            data_trace_enabled: false,
            throttling_burst_limit: 5000,
            throttling_rate_limit: Double::ACCOUNT_RATE,
            caching_enabled: false,
            cache_ttl_in_seconds: 300,
            cache_data_encrypted: false,
            require_authorization_for_cache_control: true,
            unauthorized_cache_control_header_strategy: CacheControlStrategy::SucceedWithResponseHeader,
        }
    }
}

/// Where a line is written for each request, and how it looks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccessLogSettings {
    /// The log group or delivery stream.
    pub destination_arn: Option<String>,
    /// The line, with `$context` variables.
    pub format: Option<String>,
}

/// A second deployment behind a stage, which takes a share of the requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Canary {
    /// The deployment.
    pub deployment_id: DeploymentId,
    /// Its share of the requests, from 0 to 100.
    pub percent_traffic: Double,
    /// Stage variables that are different for it.
    pub stage_variable_overrides: SortedMap<VariableName, VariableValue>,
    /// Whether it uses the stage's cache.
    pub use_stage_cache: bool,
}

impl Canary {
    /// Makes a canary that takes no requests yet.
    pub fn new(deployment_id: DeploymentId) -> Self {
        Self {
            deployment_id,
            percent_traffic: Double::default(),
            stage_variable_overrides: SortedMap::new(),
            use_stage_cache: false,
        }
    }
}

/// The key of the settings of all methods.
pub const ALL_METHODS: &str = "*/*";

/// Tells whether a key of a stage's method settings means a method of a resource. AWS keeps the key as it was written, so
/// `~1users/GET` and `users/GET` both mean `GET /users`.
pub(super) fn is_key_of(key: &str, path: &str, verb: &str) -> bool {
    let Some((resource, method)) = key.rsplit_once('/') else { return false };
    method == verb
        && resource.replace("~1", "/").replace("~0", "~").trim_start_matches('/') == path.trim_start_matches('/')
}
