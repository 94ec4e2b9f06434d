//! The access log of a stage: a line for each request that reaches it, when the stage has a destination and a format.
//!
//! The format is a text with `$context` variables, no template; what has no value is a `-` (documented). The lines lie in
//! [`Runtime`], as there is no CloudWatch here; they are bounded, the oldest go first. That a MOCK integration takes no time and
//! has the status that its request names is assumed, and so are the milliseconds of an answer, which follow from its id.

use super::{
    Call, IntegrationResult, Runtime, Step, StepKind, Trace, context::Visible, response::Answer, router::Route,
};
use crate::entities::{ApiConfig, Stage, Timestamp};
use std::{collections::VecDeque, rc::Rc};

/// The most lines that are kept, and the most bytes of them.
const MOST: usize = 1_000;
const MOST_BYTES: usize = 1024 * 1024;
/// The longest line, in bytes; more of it is cut off.
const LONGEST: usize = 64 * 1024;

/// A line of an access log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessLogLine {
    /// The API.
    pub api_id: String,
    /// The stage.
    pub stage: String,
    /// The log group or delivery stream; a canary has a log group of its own (documented).
    pub destination: String,
    /// The time at which the request came in.
    pub time: Timestamp,
    /// The line itself.
    pub text: String,
}

/// The lines that are kept. A copy costs a pointer for each.
#[derive(Clone, Debug, Default)]
pub(crate) struct AccessLogs {
    lines: VecDeque<Rc<AccessLogLine>>,
    bytes: usize,
}

impl AccessLogs {
    pub(crate) fn lines(&self) -> impl DoubleEndedIterator<Item = &AccessLogLine> {
        self.lines.iter().map(|line| &**line)
    }

    fn push(&mut self, line: AccessLogLine) {
        self.bytes += line.text.len();
        self.lines.push_back(Rc::new(line));
        while self.lines.len() > MOST || self.bytes > MOST_BYTES {
            let Some(oldest) = self.lines.pop_front() else { return };
            self.bytes -= oldest.text.len();
        }
    }
}

/// Writes the line of a request, if its stage wants one.
pub(super) fn write(
    stage: &Stage,
    config: &ApiConfig,
    call: &Call<'_>,
    answer: &Answer,
    trace: &Trace,
    runtime: &mut Runtime,
) {
    let log = &stage.access_log;
    let (Some(destination), Some(format)) = (&log.destination_arn, &log.format) else { return };
    let route = answer.method.as_ref().and_then(|(id, verb)| {
        let resource = config.resource(id)?;
        let method = resource.methods.get(verb)?;
        Some(Route { resource, resource_path: config.path_of(id), method, parameters: Vec::new() })
    });
    let key = call.learned.key.get().and_then(|id| call.account.api_keys.get(id));
    let visible = Visible::new(call, call.verb().0, route.as_ref(), key.map(|key| &**key));
    let facts = Facts { call, answer, trace, visible };
    let canary = if call.canary == Some(true) { "/Canary" } else { "" };
    runtime.access_logs.push(AccessLogLine {
        api_id: call.api_id.to_owned(),
        stage: call.stage.to_owned(),
        destination: [destination, canary].concat(),
        time: call.time,
        text: filled(format.trim_end_matches(['\r', '\n']), |name| facts.value(name)),
    });
}

/// Returns the format with its variables put in.
fn filled(format: &str, value: impl Fn(&str) -> Option<String>) -> String {
    const START: &str = "$context.";
    let mut out = String::new();
    let mut rest = format;
    while let Some(at) = rest.find(START) {
        out.push_str(&rest[..at]);
        rest = &rest[at + START.len()..];
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.' || c == '-';
        let length = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        // A dot or a dash at the end belongs to the text.
        let name = rest[..length].trim_end_matches(['.', '-']);
        if name.is_empty() {
            out.push_str(START);
            continue;
        }
        out.push_str(&value(name).filter(|text| !text.is_empty()).unwrap_or_else(|| "-".to_owned()));
        rest = &rest[name.len()..];
        if out.len() > LONGEST {
            break;
        }
    }
    out.push_str(rest);
    let end = (0..=LONGEST.min(out.len())).rev().find(|at| out.is_char_boundary(*at)).unwrap_or(0);
    out.truncate(end);
    out
}

/// The facts that a line can tell.
struct Facts<'a> {
    call: &'a Call<'a>,
    answer: &'a Answer,
    trace: &'a Trace,
    visible: Visible<'a>,
}

impl Facts<'_> {
    fn value(&self, name: &str) -> Option<String> {
        let refusal = self.call.learned.refusal.get();
        match name {
            "status" => Some(self.answer.status.to_string()),
            "responseLength" => Some(self.length().to_string()),
            "responseLatency" => Some(latency(self.call.request_id).to_string()),
            "integrationLatency" | "integration.latency" => self.integration().map(|(_, latency)| latency.to_string()),
            "integrationStatus" | "integration.status" | "integration.integrationStatus" => {
                self.integration().and_then(|(status, _)| status).map(|status| status.to_string())
            }
            "error.message" => refusal.and_then(|refusal| refusal.text()).map(str::to_owned),
            "error.messageString" => {
                refusal.and_then(|refusal| refusal.text()).map(|text| serde_json::Value::from(text).to_string())
            }
            "error.responseType" => refusal.map(|refusal| refusal.kind.to_string()),
            "error.validationErrorString" => refusal.and_then(|refusal| refusal.detail.clone()),
            "customDomain.basePathMatched" => self.base_path(),
            name => self.visible.context_text(name),
        }
    }

    /// Bytes of the body that goes out.
    fn length(&self) -> usize {
        let bodiless = matches!(self.answer.status, 100..=199 | 204 | 304) || self.call.request.method == "HEAD";
        let length = || self.answer.coded.as_ref().map_or(self.answer.body.len(), |coded| coded.bytes.len());
        if bodiless { 0 } else { length() }
    }

    /// Returns the integration's status and its milliseconds, once one was asked.
    fn integration(&self) -> Option<(Option<u16>, u32)> {
        match self.trace.step(StepKind::Integration)? {
            Step::Integration(step) => Some(match step.result {
                IntegrationResult::MockStatus(status) => (Some(status), 0),
                IntegrationResult::Answered { status, latency } => (Some(status), latency),
                _ => (None, 0),
            }),
            _ => None,
        }
    }

    /// Returns what the path has before the stage's part, on a custom domain name.
    fn base_path(&self) -> Option<String> {
        let before = self.call.whole_path.strip_suffix(self.call.path).unwrap_or_default().trim_matches('/');
        let is_custom = self.trace.step(StepKind::BasePath).is_some();
        (is_custom && !before.is_empty()).then(|| before.to_owned())
    }
}

/// Returns a few milliseconds.
fn latency(request_id: &str) -> u32 {
    request_id.bytes().map(u32::from).sum::<u32>() % 12 + 3
}
