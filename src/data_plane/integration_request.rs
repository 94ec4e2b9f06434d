//! The request as the integration gets it: the template that the content type chooses, or the body as it came.

use super::{
    GatewayResponseType, Halt, Outcome, Runtime, Step, Trace,
    context::Visible,
    message::media_type_of,
    payload::{self, Payload, PayloadFault},
    template::{self, TemplateFault},
};
use crate::entities::{Integration, IntegrationType, PassthroughBehavior};
use std::{fmt, rc::Rc};

/// The source of the integration's request body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestBody {
    /// From the template for this content type.
    Template(String),
    /// From the caller, unchanged, since there is no template for the content type.
    PassedThrough,
    /// From the caller, with everything else, since the integration is a proxy.
    Proxied,
    /// From nowhere: there is no template for the content type, and this behavior refuses it.
    Refused(PassthroughBehavior),
}

/// The making of the integration's request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntegrationRequestStep {
    /// The request's media type, `application/json` when it has none.
    pub media_type: String,
    /// The source of the body.
    pub body: RequestBody,
    /// The body as the integration gets it.
    pub text: Rc<str>,
    /// The fault of the template.
    pub fault: Option<TemplateFault>,
    /// The reason why the body did not become text, or bytes, as it should.
    pub payload_fault: Option<PayloadFault>,
}

impl IntegrationRequestStep {
    /// Returns how it went.
    pub fn outcome(&self) -> Outcome {
        let refused = matches!(self.body, RequestBody::Refused(_));
        if refused || self.fault.is_some() || self.payload_fault.is_some() { Outcome::Failed } else { Outcome::Passed }
    }
}

impl fmt::Display for IntegrationRequestStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(fault) = &self.fault {
            return fault.fmt(f);
        }
        if let Some(fault) = self.payload_fault {
            return fault.tell("request", f);
        }
        match &self.body {
            RequestBody::Template(content_type) => write!(f, "The template for {content_type} makes the request."),
            RequestBody::PassedThrough => {
                write!(f, "No template is for {}, so the body passes as it is.", self.media_type)
            }
            RequestBody::Proxied => f.write_str("A proxy integration gets the request as it is."),
            RequestBody::Refused(behavior) => write!(
                f,
                "No template is for {}, and the passthrough behavior {} refuses the request.",
                self.media_type,
                behavior.as_str()
            ),
        }
    }
}

/// The integration's request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BackendRequest {
    /// The body; `None` when nobody sent or made one.
    pub(crate) body: Option<Payload>,
}

/// Makes the integration's request, and leaves the template's overrides with what the response template will see. `types` are the
/// binary media types that count.
pub(crate) fn make(
    integration: &Integration,
    types: &[String],
    visible: &mut Visible<'_>,
    runtime: &mut Runtime,
    trace: &mut Trace,
) -> Result<BackendRequest, Halt> {
    let media_type = visible.call.request.media_type().to_owned();
    let (body, template) = choose(integration, &media_type);
    let mut step = IntegrationRequestStep { media_type, body, text: Rc::from(""), fault: None, payload_fault: None };
    if let RequestBody::Refused(_) = step.body {
        trace.push(Step::IntegrationRequest(step));
        return Err(GatewayResponseType::UnsupportedMediaType.into());
    }
    let as_sent = visible.input.body.clone();
    let converted = payload::of_request(visible.call.request, as_sent, types, integration.content_handling);
    let made = match (&step.body, template, converted) {
        (_, _, Err(fault)) => Err((None, Some(fault))),
        (RequestBody::Template(_), Some(_), Ok(Payload::Bytes(_))) => Err((None, Some(PayloadFault::BytesForTemplate))),
        (RequestBody::Template(content_type), Some(template), Ok(Payload::Text(text))) => {
            visible.input.body = text;
            match template::run(content_type, template, &visible.input, runtime) {
                Ok(rendered) => {
                    visible.input.overrides = rendered.overrides;
                    Ok(Payload::Text(rendered.output.into()))
                }
                Err(fault) => Err((Some(fault), None)),
            }
        }
        (_, _, Ok(payload)) => Ok(payload),
    };
    let templated = matches!(step.body, RequestBody::Template(_));
    // A template that stops is answered with 500 (assumed), and so is a payload that does not become what it should (recorded).
    let made = made.map_err(|faults| (step.fault, step.payload_fault) = faults);
    if let Ok(payload) = &made {
        step.text = payload.text();
    }
    trace.push(Step::IntegrationRequest(step));
    match made {
        Ok(payload) => {
            // To a MOCK integration white space is nothing (assumed).
            let is_mock = integration.kind == IntegrationType::Mock;
            let is_nothing = if is_mock { payload.text().trim().is_empty() } else { payload.bytes().is_empty() };
            Ok(BackendRequest { body: (templated || !is_nothing).then_some(payload) })
        }
        Err(()) => Err(GatewayResponseType::ApiConfigurationError.into()),
    }
}

/// Returns the template for a media type, or what the passthrough behavior makes of there being none (documented as a table).
fn choose<'i>(integration: &'i Integration, media_type: &str) -> (RequestBody, Option<&'i str>) {
    if matches!(integration.kind, IntegrationType::HttpProxy | IntegrationType::AwsProxy) {
        return (RequestBody::Proxied, None);
    }
    let templates = &integration.request_templates;
    let found = templates.iter().find(|(key, _)| media_type_of(key).eq_ignore_ascii_case(media_type));
    let behavior = integration.passthrough_behavior;
    match (found, behavior) {
        (Some((key, Some(template))), _) => (RequestBody::Template(key.clone()), Some(template)),
        // A type that is listed without a template passes as it is (assumed).
        (Some((_, None)), _) | (None, PassthroughBehavior::WhenNoMatch) => (RequestBody::PassedThrough, None),
        (None, PassthroughBehavior::WhenNoTemplates) if templates.is_empty() => (RequestBody::PassedThrough, None),
        (None, PassthroughBehavior::WhenNoTemplates | PassthroughBehavior::Never) => {
            (RequestBody::Refused(behavior), None)
        }
    }
}
