//! Collects what a stage has from outside of its API, or beside its deployment, and that acts at once: the URLs at custom domain
//! names, and the settings that change how it behaves.

use crate::{
    entities::{Account, ApiId, LoggingLevel, MethodSettings, Stage, StageName},
    text::counted,
};
use std::rc::Rc;

/// A URL of a stage at a custom domain name, by one of that name's mappings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainFact {
    /// The key of the domain name.
    pub domain: Rc<str>,
    /// The key of the mapping: its base path, or `(none)`.
    pub base_path: Rc<str>,
    /// The hostname.
    pub host: Rc<str>,
    /// The path behind it: empty, `/v1`, or `/v1/prod` where the mapping leaves the stage to the caller.
    pub path: String,
    /// Whether the mapping names the stage, so that it can be pointed at another one.
    pub names_stage: bool,
}

impl DomainFact {
    /// Returns the URL.
    pub fn url(&self) -> String {
        ["https://", &self.host, &self.path].concat()
    }
}

/// Returns the URLs of a stage at custom domain names.
pub(super) fn domains(account: &Account, api: &ApiId, stage: &StageName) -> Vec<DomainFact> {
    let mut out = Vec::new();
    for (key, domain) in &account.domain_names {
        for mapping in domain.mappings.values().filter(|mapping| mapping.rest_api_id == *api) {
            let names_stage = match &mapping.stage {
                Some(named) if named != stage => continue,
                named => named.is_some(),
            };
            let mut path = String::new();
            for segment in [mapping.segment(), if names_stage { "" } else { stage.as_str() }] {
                if !segment.is_empty() {
                    path.push('/');
                    path.push_str(segment);
                }
            }
            let (domain, host, base_path) = (Rc::clone(key), Rc::clone(&domain.name), Rc::clone(&mapping.base_path));
            out.push(DomainFact { domain, base_path, host, path, names_stage });
        }
    }
    out
}

/// The sign of a setting that changes what a caller gets, or what is kept of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingSign {
    /// Its shape, in a box of 12 by 12 pixels: path data that begins at the box's upper left corner.
    pub shape: &'static str,
    /// A few words about it.
    pub text: String,
}

const CACHE: &str = "m1 3c0-3 10-3 10 0s-10 3-10 0v6c0 3 10 3 10 0v-6";
const THROTTLE: &str = "m1 10a5 5 0 1 1 10 0m-5 0l3-4";
const KEY: &str = "m5 7l6-6m-2 2l2 2m-6 2a2.5 2.5 0 1 1-3-1z";
const LOGS: &str = "m2 2h8m-8 4h8m-8 4h5";
const TRACE: &str = "m1 6h4l5-4m-5 4l5 4";
/// The sign in place of those that have no room.
pub(super) const DOTS: &str = "m2 6h1m3 0h1m3 0h1";
const CERTIFICATE: &str = "m6 1l5 2c0 4-1 6-5 8c-4-2-5-4-5-8z";

/// Returns signs for the settings of a stage that are worth a sign.
pub(super) fn signs(account: &Account, api: &ApiId, stage: &Stage) -> Vec<SettingSign> {
    let mut out = Vec::new();
    let mut sign = |shape, text: String| out.push(SettingSign { shape, text });
    let any = |is: fn(&MethodSettings) -> bool| stage.method_settings.values().any(|settings| is(settings));
    if stage.cache_cluster_enabled {
        let size = stage.cache_cluster_size.map(|size| format!(" of {} GB", size.as_str())).unwrap_or_default();
        let idle = if any(|settings| settings.caching_enabled) { "" } else { ", no method uses it" };
        sign(CACHE, format!("cache{size}{idle}"));
    }
    if any(|settings| settings.throttling_burst_limit >= 0 || settings.throttling_rate_limit.get() >= 0.0) {
        sign(THROTTLE, "throttled".into());
    }
    for plan in account.usage_plans.values().filter(|plan| plan.stage(api, &stage.name).is_some()) {
        sign(KEY, format!("usage plan {} with {}", plan.name, counted(plan.keys.len(), "API key")));
    }
    if any(|settings| !matches!(settings.logging_level, None | Some(LoggingLevel::Off)))
        || stage.access_log.destination_arn.is_some()
    {
        sign(LOGS, "logs".into());
    }
    if stage.tracing_enabled {
        sign(TRACE, "X-Ray tracing".into());
    }
    if let Some(id) = &stage.client_certificate_id {
        sign(CERTIFICATE, format!("client certificate {}", id.as_str()));
    }
    out
}
