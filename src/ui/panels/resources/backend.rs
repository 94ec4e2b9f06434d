//! The backend of a method: the fields that each integration type asks for, and the requests that put it in place.

use super::send::MethodAt;
use crate::ui::markup::html;
pub(crate) use crate::view::requests::{Backend, JSON, is_proxy, lambda_uri};
use crate::{
    collections::SortedMap,
    control_plane::{
        ApiError, Command, integration_responses::PutIntegrationResponse, method_responses::PutMethodResponse,
    },
    entities::{HttpMethod, IntegrationResponse, IntegrationType, Method, StatusCode},
    history::Transaction,
    ui::parts::{FieldError, SelectField, TextField, When},
};
use yew::{AttrValue, Callback, Html, Properties, component};

/// Returns the name of an integration type on screen.
pub(crate) fn kind_name(kind: IntegrationType) -> &'static str {
    match kind {
        IntegrationType::Mock => "Mock",
        IntegrationType::Http => "HTTP",
        IntegrationType::HttpProxy => "HTTP proxy",
        IntegrationType::Aws => "AWS service",
        IntegrationType::AwsProxy => "Lambda function (proxy)",
    }
}

/// Returns what an integration type does, in a sentence.
pub(crate) fn kind_hint(kind: IntegrationType) -> &'static str {
    match kind {
        IntegrationType::Mock => "No backend: the templates make the answer.",
        IntegrationType::Http => "Maps requests to an HTTP endpoint, and its answers back. Stored; not called here.",
        IntegrationType::HttpProxy => "Passes everything to an HTTP endpoint as it is. Stored; not called here.",
        IntegrationType::Aws => "Maps requests to an action of an AWS service. Stored; not called here.",
        IntegrationType::AwsProxy => "Hands the whole request to a Lambda function. Stored; not called here.",
    }
}

/// Returns the choice of integration types.
pub(crate) fn kinds() -> Vec<(AttrValue, AttrValue)> {
    IntegrationType::ALL.iter().map(|kind| (kind.as_str().into(), kind_name(*kind).into())).collect()
}

/// The props of [`BackendFields`].
#[derive(Debug, PartialEq, Properties)]
pub(crate) struct BackendFieldsProps {
    /// A prefix of ids.
    pub id: AttrValue,
    /// The contents of the fields.
    pub backend: Backend,
    /// The fault in a field.
    pub error: Option<FieldError>,
    /// Every change.
    pub onchange: Callback<Backend>,
}

/// Draws the fields that an integration type asks for, below the choice of the type.
#[component]
pub(crate) fn BackendFields(props: &BackendFieldsProps) -> Html {
    let backend = props.backend.clone();
    let error = props.error.as_ref();
    let edit = |change: fn(&mut Backend, String)| {
        let (backend, onchange) = (backend.clone(), props.onchange.clone());
        Callback::from(move |text: String| {
            let mut backend = backend.clone();
            change(&mut backend, text);
            onchange.emit(backend);
        })
    };
    let when = Some(When::NextDeployment);
    let (label, placeholder, hint) = match backend.kind {
        IntegrationType::Mock => return Html::default(),
        IntegrationType::Http | IntegrationType::HttpProxy => {
            ("Endpoint URL", "https://api.example.com/users", "May hold ${stageVariables.name}.")
        }
        IntegrationType::Aws => {
            ("Integration URI", "arn:aws:apigateway:us-east-1:sqs:path/…", "An ARN that names a path or an action.")
        }
        IntegrationType::AwsProxy => ("Lambda function", "my-function", "Its name or its ARN."),
    };
    let verbs: Vec<(AttrValue, AttrValue)> =
        HttpMethod::ALL.iter().map(|verb| (verb.as_str().into(), verb.as_str().into())).collect();
    let aws = backend.kind == IntegrationType::Aws;
    html! {
        <>
            if backend.kind != IntegrationType::AwsProxy {
                <SelectField
                    id={format!("{}-verb", props.id)} label="HTTP method" value={backend.http_method.clone()} options={verbs} {when}
                    error={FieldError::at(error, "integrationHttpMethod")} onchange={edit(|b, text| b.http_method = text)}
                />
            }
            <TextField
                id={format!("{}-uri", props.id)} {label} value={backend.uri.clone()} {placeholder} {hint} mono=true {when}
                error={FieldError::at(error, "uri")} oninput={edit(|b, text| b.uri = text)}
            />
            if aws {
                <TextField
                    id={format!("{}-role", props.id)} label="Execution role" value={backend.credentials.clone()}
                    placeholder="arn:aws:iam::123456789012:role/apigateway" mono=true {when}
                    error={FieldError::at(error, "credentials")} oninput={edit(|b, text| b.credentials = text)}
                />
            }
        </>
    }
}

/// Makes a method with its integration, and with an answer 200, as the console does.
///
/// # Errors
/// Whatever the control plane refuses.
pub(crate) fn create_method(
    transaction: &mut Transaction<'_>,
    at: &MethodAt,
    backend: &Backend,
    path: &str,
) -> Result<(), ApiError> {
    let variables = super::send::variables(path);
    transaction.execute(at.put_method(&variables))?;
    let place = transaction.present().place.clone();
    transaction.execute(put_method_response(at, "200", at.verb != HttpMethod::Head))?;
    transaction.execute(backend.request(at, &place))?;
    if is_proxy(backend.kind) {
        return Ok(());
    }
    let mut answer = IntegrationResponse::default();
    if backend.kind == IntegrationType::Mock && at.verb != HttpMethod::Head {
        answer.response_templates.insert(JSON.into(), Some(default_template(at.verb, path, &variables)));
    }
    transaction.execute(put_integration_response(at, "200", &answer))?;
    Ok(())
}

/// Returns an answer to begin with: it says what answered, and shows how a template reaches the request.
fn default_template(verb: HttpMethod, path: &str, variables: &[String]) -> String {
    let mut out = format!("{{\n  \"message\": \"{verb} {path}\",\n  \"stage\": \"$context.stage\"");
    for name in variables {
        out.push_str(&format!(",\n  \"{name}\": \"$input.params('{name}')\""));
    }
    out.push_str("\n}");
    out
}

/// Returns `PutMethodResponse` for a status, with a JSON body or with none.
pub(crate) fn put_method_response(at: &MethodAt, status: &str, json: bool) -> Command {
    let (rest_api_id, resource_id, http_method) = at.key();
    let models = json.then(|| SortedMap::from([(JSON.to_owned(), "Empty".to_owned())]));
    PutMethodResponse {
        rest_api_id,
        resource_id,
        http_method,
        status_code: status.into(),
        response_models: models,
        ..PutMethodResponse::default()
    }
    .into()
}

/// Returns `PutIntegrationResponse` for a status.
pub(crate) fn put_integration_response(at: &MethodAt, status: &str, response: &IntegrationResponse) -> Command {
    let (rest_api_id, resource_id, http_method) = at.key();
    let mapping = &response.response_parameters;
    let templates = &response.response_templates;
    PutIntegrationResponse {
        rest_api_id,
        resource_id,
        http_method,
        status_code: status.into(),
        selection_pattern: response.selection_pattern.clone(),
        response_parameters: (!mapping.is_empty()).then(|| mapping.clone()),
        response_templates: (!templates.is_empty()).then(|| templates.clone()),
        content_handling: response.content_handling.map(|handling| handling.as_str().to_owned()),
    }
    .into()
}

/// Gives a method another integration. `PutIntegration` takes the integration responses along; those that still make
/// sense are put back in the same step.
///
/// # Errors
/// Whatever the control plane refuses.
pub(crate) fn replace_integration(
    transaction: &mut Transaction<'_>,
    at: &MethodAt,
    method: &Method,
    backend: &Backend,
) -> Result<(), ApiError> {
    let place = transaction.present().place.clone();
    let mut request = backend.request(at, &place);
    let old = method.integration.as_ref();
    if let Some(old) = old.filter(|old| keeps_templates(old.kind, backend.kind)) {
        request.request_templates = Some(old.request_templates.clone());
        request.request_parameters = Some(old.request_parameters.clone());
        request.passthrough_behavior = Some(old.passthrough_behavior.as_str().to_owned());
    }
    transaction.execute(request)?;
    if is_proxy(backend.kind) {
        return Ok(());
    }
    let kept: Vec<(StatusCode, &IntegrationResponse)> =
        old.into_iter().flat_map(|old| &old.responses).map(|(status, response)| (*status, &**response)).collect();
    let nothing = IntegrationResponse::default();
    if kept.is_empty() {
        // Without any, every answer would be a 500; the first declared status becomes the default.
        for status in method.responses.keys().take(1) {
            transaction.execute(put_integration_response(at, &status.to_string(), &nothing))?;
        }
    }
    for (status, response) in kept.into_iter().filter(|(status, _)| method.responses.contains_key(status)) {
        transaction.execute(put_integration_response(at, &status.to_string(), response))?;
    }
    Ok(())
}

/// Tells whether request templates and mappings written for one type fit another: a MOCK template only picks a status.
pub(crate) fn keeps_templates(from: IntegrationType, to: IntegrationType) -> bool {
    let maps = |kind| matches!(kind, IntegrationType::Http | IntegrationType::Aws);
    maps(from) && maps(to)
}
