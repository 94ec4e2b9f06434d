//! Gateway responses as an author shapes them: status, headers and a template of simple substitutions, not VTL (documented).

use super::{
    Call, GatewayResponseType, Refusal, Rendered, Trace,
    context::Visible,
    endpoint::is_header_name,
    mapping::{self, of_request},
    message::media_type_of,
    router::{self, Route},
};
use crate::entities::{ApiConfig, GatewayResponse};
use serde_json::Value;

/// The facts that a substitution can see.
struct Scene<'a> {
    refusal: &'a Refusal,
    call: &'a Call<'a>,
    visible: Visible<'a>,
    route: Option<&'a Route<'a, 'a>>,
}

/// Shapes an answer by the customisation of its type or of its class; answers which one it was, and the headers. `None`
/// leaves the answer as it is.
pub(super) fn shape(
    refusal: &Refusal,
    rendered: &mut Rendered,
    config: &ApiConfig,
    call: &Call<'_>,
) -> Option<(GatewayResponseType, Vec<(String, String)>)> {
    let (by, response) = config.parts.gateway_response(refusal.kind)?;
    let (verb, overridden) = call.verb();
    // Found once more: whoever refused the request has let go of it.
    let route = router::route(config, call.path, verb, overridden, &mut Trace::default()).ok();
    let scene = Scene { refusal, call, visible: Visible::new(call, verb, route.as_ref(), None), route: route.as_ref() };
    if let Some(status) = response.status_code {
        rendered.status = status.get();
    }
    let mut headers = scene.headers(response);
    if let Some((content_type, template)) = choose(response, call) {
        rendered.body = scene.substitute(template);
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
            headers.push(("Content-Type".to_owned(), content_type.to_owned()));
        }
    }
    Some((by, headers))
}

/// Returns the template for what the caller accepts; else the one for JSON, else the first (documented for JSON).
fn choose<'r>(response: &'r GatewayResponse, call: &Call<'_>) -> Option<(&'r str, &'r str)> {
    let templates = &response.response_templates;
    let named =
        |media_type: &str| templates.iter().find(|(key, _)| media_type_of(key).eq_ignore_ascii_case(media_type));
    let accept = call.request.header("accept").unwrap_or_default();
    let accepted = accept.split(',').map(media_type_of).find_map(named);
    let (key, template) = accepted.or_else(|| named("application/json")).or_else(|| templates.iter().next())?;
    Some((key, template))
}

impl Scene<'_> {
    fn headers(&self, response: &GatewayResponse) -> Vec<(String, String)> {
        let header = |(target, source): (&String, &String)| {
            let name = target.strip_prefix("gatewayresponse.header.").filter(|name| is_header_name(name))?;
            let value =
                if source.starts_with('\'') { mapping::evaluate(source, &self.visible) } else { self.value(source) };
            // A source without a value leaves the header out (assumed).
            Some((name.to_owned(), value?.replace(['\r', '\n', '\0'], " ")))
        };
        response.response_parameters.iter().filter_map(header).collect()
    }

    /// Returns the value of a name such as `context.error.message`, `stageVariables.a` or `method.request.header.Accept`.
    fn value(&self, name: &str) -> Option<String> {
        let message = self.refusal.text();
        match name {
            "context.error.message" => message.map(str::to_owned),
            "context.error.messageString" => Some(message.map_or(Value::Null, Value::from).to_string()),
            "context.error.responseType" => Some(self.refusal.kind.to_string()),
            "context.error.validationErrorString" => self.refusal.detail.clone(),
            _ if name.starts_with("method.request.") => {
                of_request(name, self.call, self.route.map(|route| &route.parameters[..]).unwrap_or_default())
            }
            _ => mapping::evaluate(name, &self.visible),
        }
    }

    /// Puts values in the place of `$name` and `${name}`; a name that is known and has no value leaves nothing (assumed).
    fn substitute(&self, template: &str) -> String {
        let mut out = String::with_capacity(template.len());
        let mut rest = template;
        while let Some(at) = rest.find('$') {
            out.push_str(&rest[..at]);
            let after = &rest[at + 1..];
            let braced = after.strip_prefix('{');
            let start = braced.unwrap_or(after);
            let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
            let length = start.find(|c| !is_name(c)).unwrap_or(start.len());
            let name = start[..length].trim_end_matches('.');
            let known = ["context.", "stageVariables.", "method.request."].iter().any(|known| name.starts_with(known));
            let tail = &start[name.len()..];
            match (known, braced) {
                (true, None) => rest = tail,
                (true, Some(_)) if tail.starts_with('}') => rest = &tail[1..],
                _ => {
                    out.push('$');
                    rest = after;
                    continue;
                }
            }
            out.push_str(&self.value(name).unwrap_or_default());
        }
        out.push_str(rest);
        out
    }
}
