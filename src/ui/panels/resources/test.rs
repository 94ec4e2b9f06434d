//! The tab "Test": runs the method of the working copy once, deployed or not, and shows the answer and the execution log.

use super::send::{MethodAt, variables};
use crate::ui::markup::html;
use crate::{
    collections::SortedMap,
    control_plane::{ApiError, Outcome, test_invoke::TestInvokeMethod},
    entities::HttpMethod,
    text::percent,
    ui::{
        Store, focus_soon,
        panels::api_parts::TestLog,
        parts::{Button, CodeField, FieldError, Look, SelectField, TextField},
        use_selector, use_store,
    },
};
use serde_json::Value;
use yew::{AttrValue, Callback, Html, Properties, SubmitEvent, UseStateHandle, component, use_state};

/// The call in the making, and its outcome. The method's editor keeps it while another tab is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct TestDraft {
    /// Values of path variables.
    path: SortedMap<String, String>,
    query: String,
    headers: String,
    body: String,
    variables: String,
    certificate: String,
    /// The path that was asked for, and the answer.
    answer: Option<(String, Value)>,
}

/// The props of [`TestPanel`].
#[derive(Debug, PartialEq, Properties)]
pub(crate) struct TestPanelProps {
    /// Which method.
    pub at: MethodAt,
    /// The path of its resource.
    pub path: String,
    /// The call in the making.
    pub draft: UseStateHandle<TestDraft>,
}

/// Lines of names and values.
fn pairs(text: &str, between: char) -> SortedMap<String, String> {
    let lines = text.lines().filter_map(|line| line.split_once(between));
    lines.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect()
}

/// Returns the path that is asked for: each variable with its value; a greedy one keeps its slashes.
fn filled(path: &str, values: &SortedMap<String, String>) -> String {
    let segment = |part: &str| {
        let Some(name) = part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) else { return part.to_owned() };
        let value = values.get(name.trim_end_matches('+')).map(String::as_str).unwrap_or_default();
        value.split('/').map(percent::encode).collect::<Vec<_>>().join(if name.ends_with('+') { "/" } else { "%2F" })
    };
    path.split('/').map(segment).collect::<Vec<_>>().join("/")
}

/// Runs the method.
fn run(store: &Store, at: &MethodAt, path: &str, draft: &TestDraft) -> Result<(String, Outcome), ApiError> {
    let (rest_api_id, resource_id, http_method) = at.key();
    let some = |map: SortedMap<String, String>| (!map.is_empty()).then_some(map);
    let mut asked = filled(path, &draft.path);
    let query = draft.query.trim().trim_start_matches('?');
    if !query.is_empty() {
        asked.push('?');
        asked.push_str(query);
    }
    let outcome = store.execute(TestInvokeMethod {
        rest_api_id,
        resource_id,
        http_method,
        path_with_query_string: Some(asked.clone()),
        body: Some(draft.body.clone()).filter(|body| !body.is_empty()),
        headers: some(pairs(&draft.headers, ':')),
        client_certificate_id: Some(draft.certificate.clone()).filter(|id| !id.is_empty()),
        stage_variables: some(pairs(&draft.variables, '=')),
        ..TestInvokeMethod::default()
    })?;
    Ok((asked, outcome))
}

/// Draws the form, and the answer.
#[component]
pub(crate) fn TestPanel(props: &TestPanelProps) -> Html {
    let store = use_store();
    let (at, draft) = (&props.at, &props.draft);
    let error = use_state(|| None::<FieldError>);
    let names = variables(&props.path);
    let onsubmit = {
        let (store, at, path, names) = (store, at.clone(), props.path.clone(), names.clone());
        let (draft, error) = (draft.clone(), error.clone());
        Callback::from(move |e: SubmitEvent| {
            e.prevent_default();
            if let Some(name) = names.iter().find(|name| draft.path.get(*name).is_none_or(String::is_empty)) {
                error.set(Some(FieldError::new(name, format!("Enter a value for {name}."))));
                focus_soon(at.dom_id(&format!("test-path-{name}")));
                return;
            }
            match run(&store, &at, &path, &draft) {
                Ok((asked, outcome)) => {
                    error.set(None);
                    draft.set(TestDraft { answer: outcome.body.map(|body| (asked, body)), ..(*draft).clone() });
                    focus_soon("test-answer");
                }
                Err(refused) => error.set(Some(FieldError::from(&refused))),
            }
        })
    };
    html! {
        <section class="part" aria-labelledby="test-title">
            <h3 id="test-title" tabindex="-1">{ "Test method" }</h3>
            <p class="part-hint">
                { "Runs the method as it stands in the working copy, deployed or not. Request validators count; authorizers, API keys \
                   and what a stage sets do not." }
            </p>
            <form {onsubmit} novalidate=true aria-labelledby="test-title">
                { for names.iter().map(|name| path_field(at, draft, &error, name)) }
                <Fields at={at.clone()} draft={draft.clone()} error={(*error).clone()} />
                { FieldError::view(unplaced(&error, &names).as_ref(), "test-error") }
                <p class="lead"><Button label="Test" submit=true look={Look::Primary} /></p>
            </form>
            if let Some((asked, answer)) = &draft.answer { <Answer asked={asked.clone()} answer={answer.clone()} /> }
        </section>
    }
}

/// Returns the refusal, when it is about none of the fields.
fn unplaced(error: &Option<FieldError>, names: &[String]) -> Option<FieldError> {
    let placed = |error: &&FieldError| {
        names.contains(&error.field) || ["variables", "clientCertificateId"].contains(&error.field.as_str())
    };
    error.as_ref().filter(|error| !placed(error)).cloned()
}

/// Draws the value of a path variable.
fn path_field(
    at: &MethodAt,
    draft: &UseStateHandle<TestDraft>,
    error: &UseStateHandle<Option<FieldError>>,
    name: &str,
) -> Html {
    let oninput = {
        let (draft, error, name) = (draft.clone(), error.clone(), name.to_owned());
        Callback::from(move |text: String| {
            let mut next = (*draft).clone();
            next.path.insert(name.clone(), text);
            draft.set(next);
            error.set(None);
        })
    };
    html! {
        <TextField
            id={at.dom_id(&format!("test-path-{name}"))} label={format!("Path: {name}")} mono=true {oninput}
            value={draft.path.get(name).cloned().unwrap_or_default()} error={FieldError::at(error.as_ref(), name)}
        />
    }
}

#[derive(Debug, PartialEq, Properties)]
struct FieldsProps {
    at: MethodAt,
    draft: UseStateHandle<TestDraft>,
    error: Option<FieldError>,
}

/// Draws everything but the path.
#[component]
fn Fields(props: &FieldsProps) -> Html {
    let (at, draft) = (&props.at, &props.draft);
    let certificates: Vec<AttrValue> = use_selector(|state| {
        state.present().account.client_certificates.keys().map(|id| id.as_str().to_owned().into()).collect()
    });
    let edit = |change: fn(&mut TestDraft, String)| {
        let draft = draft.clone();
        Callback::from(move |text: String| {
            let mut next = (*draft).clone();
            change(&mut next, text);
            draft.set(next);
        })
    };
    let none: (AttrValue, AttrValue) = (AttrValue::default(), "None".into());
    let options: Vec<_> = [none].into_iter().chain(certificates.into_iter().map(|id| (id.clone(), id))).collect();
    let has_body = !matches!(at.verb, HttpMethod::Get | HttpMethod::Head);
    html! {
        <>
            <TextField
                id={at.dom_id("test-query")} label="Query strings" placeholder="name=value&other=value" mono=true
                value={draft.query.clone()} oninput={edit(|draft, text| draft.query = text)}
            />
            <CodeField
                id={at.dom_id("test-headers")} label="Headers" hint="One in a line, such as Accept: application/json." rows=3
                value={draft.headers.clone()} oninput={edit(|draft, text| draft.headers = text)}
            />
            if has_body {
                <CodeField
                    id={at.dom_id("test-body")} label="Request body" rows=5 value={draft.body.clone()}
                    oninput={edit(|draft, text| draft.body = text)}
                />
            }
            <CodeField
                id={at.dom_id("test-variables")} label="Stage variables" hint="One in a line, such as env=test. Those of stages do not count here."
                rows=2 value={draft.variables.clone()} oninput={edit(|draft, text| draft.variables = text)}
                error={FieldError::at(props.error.as_ref(), "variables")}
            />
            if options.len() > 1 {
                <SelectField
                    id={at.dom_id("test-certificate")} label="Client certificate" {options} value={draft.certificate.clone()}
                    onchange={edit(|draft, text| draft.certificate = text)}
                    error={FieldError::at(props.error.as_ref(), "clientCertificateId")}
                />
            }
        </>
    }
}

#[derive(Debug, PartialEq, Properties)]
struct AnswerProps {
    asked: String,
    answer: Value,
}

/// Status, latency, body, headers, log.
#[component]
fn Answer(props: &AnswerProps) -> Html {
    let member = |name: &str| match props.answer.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let headers = props.answer.get("multiValueHeaders").and_then(Value::as_object);
    let header = |(name, values): (&String, &Value)| {
        let values = values.as_array().into_iter().flatten().filter_map(Value::as_str).collect::<Vec<_>>().join(", ");
        html! { <><dt>{ name }</dt><dd class="mono">{ values }</dd></> }
    };
    let body = member("body");
    html! {
        <section class="card response" aria-labelledby="test-answer">
            <header><h4 id="test-answer" tabindex="-1">{ format!("Status {}", member("status")) }</h4></header>
            <dl class="facts">
                <dt>{ "Request" }</dt><dd class="mono">{ &props.asked }</dd>
                <dt>{ "Latency" }</dt><dd>{ format!("{} ms", member("latency")) }</dd>
            </dl>
            <h5>{ "Response body" }</h5>
            if body.is_empty() {
                <p class="muted">{ "The answer has no body." }</p>
            } else {
                <pre class="code" tabindex="0" aria-label="Response body">{ body }</pre>
            }
            <h5>{ "Response headers" }</h5>
            <dl class="facts">{ for headers.into_iter().flatten().map(header) }</dl>
            <h5>{ "Log" }</h5>
            <TestLog text={member("log")} />
        </section>
    }
}
