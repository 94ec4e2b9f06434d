//! One request in other words: the steps in AWS's console, the AWS CLI, HTTP, and two SDKs; and as CloudTrail keeps it.

use super::list::Entry;
use crate::ui::markup::html;
use crate::{
    civil_time::CivilTime,
    control_plane::{Command, OperationName, Outcome},
    dialects::{boto3, cli, console_steps, http, sdk_js},
    entities::{Timestamp, Workspace},
    history::{Act, Answered, Asked, Sender},
    ui::{
        State,
        parts::{CopyButton, Tabs},
        use_selector, use_store,
    },
};
use serde_json::{Value, json};
use yew::{AttrValue, Callback, Html, Properties, component, use_state};

const DIALECTS: [&str; 5] = ["AWS CLI", "Console", "HTTP", "boto3", "JavaScript"];

#[derive(Debug, PartialEq, Properties)]
pub(super) struct SameAsProps {
    /// The entry.
    pub(super) entry: Entry,
}

/// The facts about an entry.
struct Told {
    /// In the dialect that is chosen; empty when a message could not be read as a request.
    text: String,
    /// The answer in one line.
    answer: String,
    /// The answer's body.
    body: String,
    /// The way out of a refusal.
    hint: String,
    /// The record.
    record: String,
}

/// Draws the words, one dialect at a time, with the answer that AWS gave.
#[component]
pub(super) fn SameAs(props: &SameAsProps) -> Html {
    let store = use_store();
    let chosen = use_state(|| 0_usize);
    let entry = props.entry;
    // An entry never changes; another workspace's may stand in its place, and a refusal may be forgotten.
    let here = use_selector(move |state| is_here(state, entry));
    let onchoose = {
        let chosen = chosen.clone();
        Callback::from(move |at| chosen.set(at))
    };
    let told = store.read(|state| here.then(|| tell(state, entry, *chosen)).flatten());
    let Some(Told { text, answer, body, hint, record }) = told else { return Html::default() };
    let tabs: Vec<AttrValue> = DIALECTS.into_iter().map(AttrValue::from).collect();
    html! {
        <div class="same-as">
            if text.is_empty() {
                <p class="muted">{ "The message could not be read as a request, or was too long to be kept, so there are no other words for it." }</p>
            } else {
                <Tabs id="same-as" label="The same as" {tabs} chosen={*chosen} {onchoose} />
                <div role="tabpanel" id="same-as-panel" aria-labelledby={format!("same-as-tab-{}", *chosen)}>
                    if *chosen == 1 {
                        <ol class="same-as-steps">{ for text.lines().map(|step| html! { <li>{ step.to_owned() }</li> }) }</ol>
                    } else {
                        <pre class="code" tabindex="0">{ &text }</pre>
                    }
                    <CopyButton {text} label="Copy" done="Copied" />
                </div>
            }
            <details open={!hint.is_empty()}>
                <summary>{ answer }</summary>
                if !body.is_empty() { <pre class="code" tabindex="0">{ body }</pre> }
                if !hint.is_empty() { <p>{ hint }</p> }
            </details>
            <details>
                <summary>{ "As CloudTrail keeps it" }</summary>
                <pre class="code" tabindex="0">{ &record }</pre>
            </details>
        </div>
    }
}

fn is_here(state: &State, entry: Entry) -> bool {
    match entry {
        Entry::Done(moment) => command_at(state, moment.saturating_sub(1)).is_some(),
        Entry::Refused(number) => state.session.refused().iter().any(|refusal| refusal.number == number),
    }
}

fn tell(state: &State, entry: Entry, dialect: usize) -> Option<Told> {
    match entry {
        Entry::Done(moment) => {
            let at = moment.checked_sub(1)?;
            let (command, before) = (command_at(state, at)?, state.session.at(at));
            let answer = state.session.answer(at)?;
            let time = state.session.entries().get(at)?.record.time;
            Some(Told {
                text: words(command, before, dialect),
                answer: format!("Answer: {}", answer.status),
                body: answer.body.as_ref().map(pretty).unwrap_or_default(),
                hint: String::new(),
                record: record(Some(command.row().id()), &parameters(command), time, before, Ok(&answer)),
            })
        }
        Entry::Refused(number) => {
            let refusal = state.session.refused().iter().find(|refusal| refusal.number == number)?;
            let before = state.session.at(refusal.moment);
            let (text, given) = match &refusal.asked {
                Asked::Command(command) => (words(command, before, dialect), parameters(command)),
                Asked::Message { verb, path, body, .. } => {
                    (String::new(), json!({ "method": verb, "path": path, "body": body }))
                }
            };
            let error = &refusal.error;
            let sender = match refusal.sender {
                Sender::Page => "this page",
                Sender::Console => "the console",
                Sender::Script => "a script",
            };
            Some(Told {
                text,
                answer: format!("Answer: {} {}, to {sender}", error.status, error.code),
                body: error.message.clone(),
                hint: error.hint.clone().unwrap_or_else(|| "It changed nothing.".into()),
                record: record(refusal.operation(), &given, refusal.time, before, Err(error)),
            })
        }
    }
}

fn words(command: &Command, before: &Workspace, dialect: usize) -> String {
    match dialect {
        0 => cli::print(command),
        1 => console_steps::print(command, before).join("\n"),
        2 => http::print(command, before.place.region.as_str()),
        3 => boto3::print(command),
        _ => sdk_js::print(command),
    }
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

fn parameters(command: &Command) -> Value {
    Value::Object(command.input())
}

/// Returns the entry with CloudTrail's names of its members (documented). How API Gateway itself nests its parameters
/// in there is not: they stand as its SDKs have them (assumed).
fn record(
    operation: Option<OperationName>,
    given: &Value,
    time: Timestamp,
    ws: &Workspace,
    answer: Result<&Outcome, &Answered>,
) -> String {
    let mut record = json!({
        "eventTime": CivilTime::from_epoch_ms(time.0).iso8601(),
        "eventSource": operation.map_or("", |operation| operation.service.event_source),
        "eventName": operation.map_or("", |operation| operation.name),
        "awsRegion": ws.place.region.to_string(),
        "recipientAccountId": ws.place.account_id.to_string(),
        "requestParameters": given,
    });
    match answer {
        Ok(answer) => record["responseElements"] = answer.body.clone().unwrap_or_default(),
        Err(error) => {
            record["errorCode"] = (&*error.code).into();
            record["errorMessage"] = error.message.as_str().into();
        }
    }
    pretty(&record)
}

/// Returns the request of an operation; `None` for one that is none, such as an undo.
pub(super) fn command_at(state: &State, at: usize) -> Option<&Command> {
    match &state.session.entries().get(at)?.record.act {
        Act::Command(command) => Some(command),
        Act::Moved(_) | Act::Restored { .. } => None,
    }
}
