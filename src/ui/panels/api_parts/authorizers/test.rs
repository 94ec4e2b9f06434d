//! "Test authorizer": asks the working copy's authorizer, once, and shows what it says and its log.

use super::super::{super::resources::Part, test_log::TestLog};
use crate::ui::markup::html;
use crate::{
    collections::SortedMap,
    control_plane::test_invoke::TestInvokeAuthorizer,
    entities::{Authorizer, AuthorizerType},
    ui::{
        focus_soon,
        parts::{Button, FieldError, TextField},
        use_store,
    },
};
use serde_json::Value;
use std::rc::Rc;
use yew::{Callback, Html, Properties, SubmitEvent, component, use_state};

/// Members of the answer that have a place of their own.
const SHOWN: [&str; 3] = ["clientStatus", "latency", "log"];

#[derive(Debug, PartialEq, Properties)]
pub(super) struct TestAuthorizerProps {
    pub(super) api: String,
    pub(super) authorizer: Rc<Authorizer>,
}

/// Returns the expressions whose values a test asks for.
fn sources(authorizer: &Authorizer) -> Vec<String> {
    let given = authorizer.identity_source.iter().flat_map(|list| list.split(','));
    let mut out: Vec<String> = given.map(|source| source.trim().to_owned()).filter(|s| !s.is_empty()).collect();
    if out.is_empty() && authorizer.kind != AuthorizerType::Request {
        out.push("method.request.header.Authorization".into());
    }
    out
}

/// Returns `method.request.header.Authorization` → `Header`, `Authorization`.
fn place(source: &str) -> (&'static str, &str) {
    let places = [
        ("method.request.header.", "Header"),
        ("method.request.querystring.", "Query string"),
        ("stageVariables.", "Stage variable"),
        ("context.", "Context"),
    ];
    places.iter().find_map(|(prefix, name)| Some((*name, source.strip_prefix(prefix)?))).unwrap_or(("Value of", source))
}

/// Returns the request of a test.
fn request(api: &str, id: &str, sources: &[String], values: &[String]) -> TestInvokeAuthorizer {
    let (mut headers, mut variables, mut context) = (SortedMap::new(), SortedMap::new(), SortedMap::new());
    let mut query = Vec::new();
    for (source, value) in sources.iter().zip(values).filter(|(_, value)| !value.is_empty()) {
        let (place, name) = place(source);
        match place {
            "Header" => drop(headers.insert(name.to_owned(), value.clone())),
            "Stage variable" => drop(variables.insert(name.to_owned(), value.clone())),
            "Query string" => query.push(format!("{name}={}", crate::text::percent::encode(value))),
            _ => drop(context.insert(name.to_owned(), value.clone())),
        }
    }
    let some = |map: SortedMap<String, String>| (!map.is_empty()).then_some(map);
    TestInvokeAuthorizer {
        rest_api_id: api.to_owned(),
        authorizer_id: id.to_owned(),
        headers: some(headers),
        path_with_query_string: (!query.is_empty()).then(|| format!("/?{}", query.join("&"))),
        stage_variables: some(variables),
        additional_context: some(context),
        ..TestInvokeAuthorizer::default()
    }
}

/// Draws the form, and the answer.
#[component]
pub(super) fn TestAuthorizer(props: &TestAuthorizerProps) -> Html {
    let store = use_store();
    let authorizer = &props.authorizer;
    let sources = sources(authorizer);
    let typed = use_state(Vec::<String>::new);
    let answer = use_state(|| None::<Value>);
    let error = use_state(|| None::<FieldError>);
    let mut values = (*typed).clone();
    values.resize(sources.len(), String::new());
    let onsubmit = {
        let (store, answer, error) = (store, answer.clone(), error.clone());
        let (api, id, sources, values) =
            (props.api.clone(), authorizer.id.to_string(), sources.clone(), values.clone());
        Callback::from(move |e: SubmitEvent| {
            e.prevent_default();
            match store.execute(request(&api, &id, &sources, &values)) {
                Ok(outcome) => {
                    error.set(None);
                    answer.set(outcome.body);
                    focus_soon("authorizer-answer");
                }
                Err(refused) => error.set(Some(FieldError::from(&refused))),
            }
        })
    };
    let field = |(at, source): (usize, &String)| {
        let oninput = {
            let (typed, values) = (typed.clone(), values.clone());
            Callback::from(move |text: String| {
                let mut next = values.clone();
                if let Some(slot) = next.get_mut(at) {
                    *slot = text;
                }
                typed.set(next);
            })
        };
        let (place, name) = place(source);
        html! {
            <TextField
                id={format!("{}-test-{at}", authorizer.id)} label={format!("{place} {name}")} mono=true {oninput}
                value={values.get(at).cloned().unwrap_or_default()}
            />
        }
    };
    html! {
        <Part id="test-authorizer-title" title="Test authorizer" hint="Asks the authorizer of the working copy once. Nothing is remembered of it.">
            <form {onsubmit} novalidate=true aria-labelledby="test-authorizer-title">
                { for sources.iter().enumerate().map(field) }
                { FieldError::view((*error).as_ref(), "test-authorizer-error") }
                <p class="lead"><Button label="Test authorizer" submit=true /></p>
            </form>
            if let Some(answer) = &*answer { <Answer answer={answer.clone()} /> }
        </Part>
    }
}

#[derive(Debug, PartialEq, Properties)]
struct AnswerProps {
    answer: Value,
}

/// Whatever the command answers.
#[component]
fn Answer(props: &AnswerProps) -> Html {
    let answer = &props.answer;
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    // A policy is JSON in a text.
    let lines = |value: &Value| {
        let parsed = value.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
        let object = parsed.as_ref().or(Some(value)).filter(|value| value.is_object());
        object.and_then(|object| serde_json::to_string_pretty(object).ok())
    };
    let member = |(name, value): (&String, &Value)| match lines(value) {
        Some(lines) => html! {
            <><h5>{ name }</h5><pre class="code" tabindex="0" aria-label={name.clone()}>{ lines }</pre></>
        },
        None => html! { <dl class="facts"><dt>{ name }</dt><dd class="mono">{ text(value) }</dd></dl> },
    };
    let status = answer.get("clientStatus").and_then(Value::as_u64).unwrap_or_default();
    let says = if status == 0 || status == 200 { "The caller may pass." } else { "The caller is refused." };
    let more = answer.as_object().into_iter().flatten().filter(|(name, _)| !SHOWN.contains(&name.as_str()));
    html! {
        <section class="card response" aria-labelledby="authorizer-answer">
            <header><h4 id="authorizer-answer" tabindex="-1">{ format!("Client status {status}") }</h4></header>
            <p class="lead">{ says }</p>
            <dl class="facts">
                <dt>{ "Latency" }</dt><dd>{ format!("{} ms", answer.get("latency").map(text).unwrap_or_default()) }</dd>
            </dl>
            { for more.map(member) }
            <TestLog text={answer.get("log").map(text).unwrap_or_default()} />
        </section>
    }
}
