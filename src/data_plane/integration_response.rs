//! Chooses the integration response, which makes the method's answer of the backend's.

use super::{
    BackendAnswer, GatewayResponseType, Halt, Outcome, Runtime, Step, Trace,
    context::Visible,
    mapping,
    message::media_type_of,
    payload::{self, Payload, PayloadFault},
    template::{self, TemplateFault},
};
use crate::{
    collections::SortedMap,
    entities::{Integration, IntegrationResponse, StatusCode},
    vtl::Value,
};
use std::fmt;

/// The verdict on an integration response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResponseVerdict {
    /// Its pattern fits, and it answers.
    Chosen,
    /// It is the default, and no pattern fits: it answers.
    ChosenAsDefault,
    /// It is the default, and was not needed.
    NotNeeded,
    /// Its pattern does not fit.
    DoesNotFit,
    /// Its pattern cannot be read as a regular expression here, so it never fits.
    Unreadable,
    /// Another answered before it was looked at.
    NotTried,
}

/// An integration response that could answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseCandidate {
    /// The status under which it is stored.
    pub status: StatusCode,
    /// Its pattern; `None` makes it the default.
    pub pattern: Option<String>,
    /// The verdict on it.
    pub verdict: ResponseVerdict,
}

/// The making of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntegrationResponseStep {
    /// The text that patterns are tried on; `None` when the backend gave none.
    pub matched: Option<String>,
    /// All entries of the integration, by status.
    pub candidates: Vec<ResponseCandidate>,
    /// The one that answers.
    pub chosen: Option<StatusCode>,
    /// The content type of the template that made the body; `None` when there is no template.
    pub template: Option<String>,
    /// The headers that mappings and templates set.
    pub headers: Vec<(String, String)>,
    /// The fault of the template.
    pub fault: Option<TemplateFault>,
    /// The reason why the body did not become text, or bytes, as it should.
    pub payload_fault: Option<PayloadFault>,
}

impl IntegrationResponseStep {
    /// Returns how it went.
    pub fn outcome(&self) -> Outcome {
        let failed = self.chosen.is_none() || self.fault.is_some() || self.payload_fault.is_some();
        if failed { Outcome::Failed } else { Outcome::Passed }
    }
}

impl fmt::Display for IntegrationResponseStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(fault) = &self.fault {
            return fault.fmt(f);
        }
        if let Some(fault) = self.payload_fault {
            return fault.tell("response", f);
        }
        let matched = self.matched.as_deref().unwrap_or("an empty answer");
        let Some(chosen) = self.chosen else {
            return write!(f, "No integration response fits {matched}, and there is no default one.");
        };
        let entry = self.candidates.iter().find(|candidate| candidate.status == chosen);
        match entry.and_then(|entry| entry.pattern.as_deref()) {
            Some(pattern) => {
                write!(f, "The pattern {pattern:?} fits {matched}, so the integration response {chosen} answers")?;
            }
            None if self.candidates.len() == 1 => {
                write!(f, "The integration response {chosen} is the default and the only one: it answers")?;
            }
            None => write!(f, "No pattern fits {matched}, so the default integration response {chosen} answers")?,
        }
        match &self.template {
            Some(content_type) => write!(f, " with its template for {content_type}."),
            None => f.write_str(" without a template: an empty body."),
        }
    }
}

/// The body that an integration response made, with its status and headers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mapped {
    pub(crate) status: StatusCode,
    pub(crate) override_status: Option<u16>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

/// Chooses the integration response and makes the answer with it. `types` are the binary media types that count.
pub(crate) fn answer(
    integration: &Integration,
    types: &[String],
    backend: BackendAnswer,
    visible: &mut Visible<'_>,
    runtime: &mut Runtime,
    trace: &mut Trace,
) -> Result<Mapped, Halt> {
    let backend = visible.backend.insert(backend).clone();
    let matched = backend.status.map(|status| status.to_string());
    let (candidates, chosen) = choose(integration, matched.as_deref(), runtime);
    let mut step = IntegrationResponseStep {
        matched,
        candidates,
        chosen: chosen.map(|(status, _)| status),
        template: None,
        headers: Vec::new(),
        fault: None,
        payload_fault: None,
    };
    let Some((status, entry)) = chosen else {
        trace.push(Step::IntegrationResponse(step));
        // Documented: no match and no default is an error of the API.
        return Err(GatewayResponseType::ApiConfigurationError.into());
    };
    let media_type = backend.header("content-type");
    let payload =
        payload::of_response(visible.call.request, backend.body.clone(), media_type, types, entry.content_handling);
    let template = choose_template(&entry.response_templates, visible);
    step.template = template.map(|(content_type, _)| content_type.to_owned());
    let made = match (payload, template) {
        (Err(fault), _) => Err((None, Some(fault))),
        (Ok(payload), None) => Ok(payload.text().to_string()),
        (Ok(Payload::Bytes(_)), Some(_)) => Err((None, Some(PayloadFault::BytesForTemplate))),
        (Ok(Payload::Text(text)), Some((content_type, template))) => {
            visible.input.body = text;
            match template::run(content_type, template, &visible.input, runtime) {
                Ok(rendered) => {
                    visible.input.overrides = rendered.overrides;
                    Ok(rendered.output)
                }
                Err(fault) => Err((Some(fault), None)),
            }
        }
    };
    let body = match made {
        Ok(body) => body,
        Err(faults) => {
            (step.fault, step.payload_fault) = faults;
            trace.push(Step::IntegrationResponse(step));
            return Err(GatewayResponseType::ApiConfigurationError.into());
        }
    };
    step.headers = map_headers(entry, visible);
    let headers = step.headers.clone();
    trace.push(Step::IntegrationResponse(step));
    Ok(Mapped { status, override_status: visible.input.overrides.response_status(), headers, body })
}

type Choice<'i> = Option<(StatusCode, &'i IntegrationResponse)>;

/// Returns the first entry whose pattern fits, by status; else the default (documented; the order among several is not).
fn choose<'i>(
    integration: &'i Integration,
    matched: Option<&str>,
    runtime: &mut Runtime,
) -> (Vec<ResponseCandidate>, Choice<'i>) {
    let mut chosen = None;
    let mut candidates: Vec<ResponseCandidate> = Vec::with_capacity(integration.responses.len());
    for (status, entry) in &integration.responses {
        let pattern = entry.selection_pattern.as_deref().filter(|_| !entry.is_default());
        let verdict = match pattern {
            None => ResponseVerdict::NotNeeded,
            Some(_) if chosen.is_some() => ResponseVerdict::NotTried,
            Some(pattern) => match matched.map_or(Some(false), |text| runtime.fits(pattern, text)) {
                Some(true) => ResponseVerdict::Chosen,
                Some(false) => ResponseVerdict::DoesNotFit,
                None => ResponseVerdict::Unreadable,
            },
        };
        if verdict == ResponseVerdict::Chosen {
            chosen = Some((*status, &**entry));
        }
        candidates.push(ResponseCandidate { status: *status, pattern: pattern.map(str::to_owned), verdict });
    }
    if chosen.is_none()
        && let Some((status, entry)) = integration.responses.iter().find(|(_, entry)| entry.is_default())
    {
        chosen = Some((*status, &**entry));
        if let Some(candidate) = candidates.iter_mut().find(|candidate| candidate.status == *status) {
            candidate.verdict = ResponseVerdict::ChosenAsDefault;
        }
    }
    (candidates, chosen)
}

/// Returns the template for what the caller accepts; else the one for JSON, else the first (documented). `None` when there is
/// none, or when the one for that type is empty on purpose: the backend's body passes, and MOCK has none.
fn choose_template<'i>(
    templates: &'i SortedMap<String, Option<String>>,
    visible: &Visible<'_>,
) -> Option<(&'i str, &'i str)> {
    let named =
        |media_type: &str| templates.iter().find(|(key, _)| media_type_of(key).eq_ignore_ascii_case(media_type));
    let accept = visible.call.request.header("accept").unwrap_or_default();
    let accepted = accept.split(',').map(media_type_of).find_map(named);
    let (key, template) = accepted.or_else(|| named("application/json")).or_else(|| templates.iter().next())?;
    Some((key, template.as_deref()?))
}

/// Returns the headers that the entry maps, then those that a template overrides: an override wins (recorded).
fn map_headers(entry: &IntegrationResponse, visible: &Visible<'_>) -> Vec<(String, String)> {
    let mut headers: Vec<(String, String)> = Vec::new();
    for (target, expression) in &entry.response_parameters {
        let Some(name) = target.strip_prefix("method.response.header.") else { continue };
        if let Some(value) = mapping::evaluate(expression, visible) {
            headers.push((name.to_owned(), one_line(value)));
        }
    }
    for (name, value) in visible.input.overrides.response_headers() {
        headers.retain(|(known, _)| !known.eq_ignore_ascii_case(&name));
        match value {
            Value::Null => {}
            Value::List(values) => {
                headers.extend(values.items().iter().map(|value| (name.to_string(), one_line(value.to_text()))));
            }
            single => headers.push((name.to_string(), one_line(single.to_text()))),
        }
    }
    // A name that HTTP cannot carry is left out (assumed).
    headers.retain(|(name, _)| super::endpoint::is_header_name(name));
    headers
}

/// Returns a header's value in one line: no header value holds a line break.
fn one_line(value: String) -> String {
    if value.contains(['\r', '\n', '\0']) { value.replace(['\r', '\n', '\0'], " ") } else { value }
}
