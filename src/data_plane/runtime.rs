//! Keeps what traffic leaves behind. Never part of a snapshot, and never an influence on one.

use super::{
    access_log::{AccessLogLine, AccessLogs},
    cache::Cache,
    grants::Grants,
    meters::Meters,
};
use crate::{
    collections::SortedMap,
    entities::{ApiId, StageName},
    vtl::{ParseError, Template, java_pattern},
};
use regex_lite::{Regex, RegexBuilder};
use std::rc::Rc;

/// The most parsed templates and patterns that are kept.
const CACHED: usize = 512;
/// The most bytes of template text that are kept parsed.
const CACHED_BYTES: usize = 4 * 1024 * 1024;
/// The largest compiled pattern, in bytes.
const LARGEST_PATTERN: usize = 1 << 18;

/// The use that was made of a stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StageCounters {
    /// Requests that reached the stage.
    pub requests: u64,
    /// Those of them that the canary took.
    pub canary_requests: u64,
    /// Answers from 400 to 499.
    pub client_errors: u64,
    /// Answers from 500 on.
    pub server_errors: u64,
}

/// The traces of traffic, for all stages.
#[derive(Clone, Debug, Default)]
pub struct Runtime {
    counters: SortedMap<ApiId, SortedMap<StageName, StageCounters>>,
    templates: SortedMap<Rc<str>, Result<Template, ParseError>>,
    template_bytes: usize,
    patterns: SortedMap<Rc<str>, Option<Regex>>,
    /// Answers that stages keep.
    pub(crate) cache: Cache,
    /// Lines of access logs.
    pub(crate) access_logs: AccessLogs,
    /// The answers of authorizers.
    pub(crate) grants: Grants,
    /// The use that was made of usage plans.
    pub(crate) meters: Meters,
}

impl Runtime {
    /// Returns a runtime that has seen no traffic.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns how a stage was used; zeros for one that never was.
    pub fn counters(&self, api: &str, stage: &str) -> StageCounters {
        self.counters.get(api).and_then(|stages| stages.get(stage)).copied().unwrap_or_default()
    }

    /// Returns the lines of all access logs, the oldest first.
    pub fn access_log(&self) -> impl DoubleEndedIterator<Item = &AccessLogLine> {
        self.access_logs.lines()
    }

    pub(crate) fn count(&mut self, api: &ApiId, stage: &StageName, status: u16, canary: bool) {
        if !self.counters.contains_key(api) {
            self.counters.insert(api.clone(), SortedMap::new());
        }
        let Some(stages) = self.counters.get_mut(api) else { return };
        if !stages.contains_key(stage) {
            stages.insert(stage.clone(), StageCounters::default());
        }
        let Some(counters) = stages.get_mut(stage) else { return };
        counters.requests += 1;
        counters.canary_requests += u64::from(canary);
        match status {
            400..=499 => counters.client_errors += 1,
            500.. => counters.server_errors += 1,
            _ => {}
        }
    }

    /// Returns a template, parsed the first time that its text is met.
    pub(crate) fn template(&mut self, text: &str) -> Result<Template, ParseError> {
        if let Some(known) = self.templates.get(text) {
            return known.clone();
        }
        // Simply begun anew when full: what is in use comes back with the next call.
        if self.templates.len() >= CACHED || self.template_bytes + text.len() > CACHED_BYTES {
            self.templates.clear();
            self.template_bytes = 0;
        }
        let parsed = Template::parse(text);
        self.template_bytes += text.len();
        self.templates.insert(text.into(), parsed.clone());
        parsed
    }

    /// Tells whether a pattern fits the whole text, as Java's `matches`; `None` when the pattern cannot be read here.
    pub(crate) fn fits(&mut self, pattern: &str, text: &str) -> Option<bool> {
        if pattern.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Some(pattern == text);
        }
        if !self.patterns.contains_key(pattern) {
            if self.patterns.len() >= CACHED {
                self.patterns.clear();
            }
            let read = java_pattern(pattern);
            let whole = [r"\A(?:", &read, r")\z"].concat();
            let compile = |text: &str| RegexBuilder::new(text).size_limit(LARGEST_PATTERN).build().ok();
            // `4..)|(5..` is none, although it would become one inside the group.
            let compiled = compile(&read).and_then(|_| compile(&whole));
            self.patterns.insert(pattern.into(), compiled);
        }
        self.patterns.get(pattern)?.as_ref().map(|regex| regex.is_match(text))
    }

    /// Returns how much is cached: templates, their bytes, patterns.
    #[cfg(all(test, not(target_arch = "wasm32")))]
    pub(crate) fn cached(&self) -> (usize, usize, usize) {
        (self.templates.len(), self.template_bytes, self.patterns.len())
    }
}
