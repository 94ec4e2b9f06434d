//! One operation in other words: the steps in AWS's console, the AWS CLI, HTTP, and two SDKs.

use crate::{
    control_plane::Command,
    dialects::{boto3, cli, console_steps, http, sdk_js},
    history::{Act, Moment},
    ui::{
        State,
        parts::{CopyButton, Tabs},
        use_selector, use_store,
    },
};
use yew::{AttrValue, Callback, Html, Properties, component, html, use_state};

const DIALECTS: [&str; 5] = ["AWS CLI", "Console", "HTTP", "boto3", "JavaScript"];

#[derive(Debug, PartialEq, Properties)]
pub(super) struct SameAsProps {
    /// The operation.
    pub(super) moment: Moment,
}

/// The words, one dialect at a time, with the answer that AWS gave.
#[component]
pub(super) fn SameAs(props: &SameAsProps) -> Html {
    let store = use_store();
    let at = props.moment.saturating_sub(1);
    let chosen = use_state(|| 0_usize);
    // An operation of the log never changes; another workspace's may stand in its place.
    let here = use_selector(move |state| command_at(state, at).is_some());
    let onchoose = {
        let chosen = chosen.clone();
        Callback::from(move |at| chosen.set(at))
    };
    let found = store.read(|state| {
        let command = command_at(state, at).filter(|_| here)?;
        let before = state.session.at(at);
        let text = match *chosen {
            0 => cli::print(command),
            1 => console_steps::print(command, before).join("\n"),
            2 => http::print(command, before.place.region.as_str()),
            3 => boto3::print(command),
            _ => sdk_js::print(command),
        };
        let answer = state.session.answer(at)?;
        let body = answer.body.as_ref().and_then(|body| serde_json::to_string_pretty(body).ok()).unwrap_or_default();
        Some((text, answer.status, body))
    });
    let Some((text, status, body)) = found else { return Html::default() };
    let tabs: Vec<AttrValue> = DIALECTS.into_iter().map(AttrValue::from).collect();
    html! {
        <div class="same-as">
            <Tabs id="same-as" label="The same as" {tabs} chosen={*chosen} {onchoose} />
            <div role="tabpanel" id="same-as-panel" aria-labelledby={format!("same-as-tab-{}", *chosen)}>
                if *chosen == 1 {
                    <ol class="same-as-steps">{ for text.lines().map(|step| html! { <li>{ step.to_owned() }</li> }) }</ol>
                } else {
                    <pre class="code" tabindex="0">{ &text }</pre>
                }
                <CopyButton {text} label="Copy" done="Copied" />
            </div>
            <details>
                <summary>{ format!("Answer: {status}") }</summary>
                if !body.is_empty() { <pre class="code" tabindex="0">{ body }</pre> }
            </details>
        </div>
    }
}

/// The request of an operation; `None` for one that is none, such as an undo.
pub(super) fn command_at(state: &State, at: usize) -> Option<&Command> {
    match &state.session.operations().get(at)?.record.act {
        Act::Command(command) => Some(command),
        Act::Moved(_) | Act::Restored { .. } => None,
    }
}
