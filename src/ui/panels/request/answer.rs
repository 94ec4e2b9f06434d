//! The answer, in the colour of the deployment that gave it, and whether the working copy would give another.

use super::moved::{ANSWER, Moved, use_moved};
use crate::ui::markup::html;
use crate::{
    data_plane::AnsweredBy,
    ui::{
        Dialog, Place, Same, StageTab,
        parts::{Button, CopyButton, SnapChip, hue_style},
        state::Exchange,
        use_selector, use_store,
    },
};
use yew::{Callback, Html, MouseEvent, Properties, component};

/// Characters of a body that are shown.
const SHOWN: usize = 100_000;

#[derive(Debug, PartialEq, Properties)]
pub(super) struct AnswerProps {
    pub(super) exchange: Same<Exchange>,
}

/// Draws the answer of a call.
#[component]
pub(super) fn Answer(props: &AnswerProps) -> Html {
    let moved = use_moved(&props.exchange);
    let invocation = &props.exchange.invocation;
    let response = &invocation.response;
    let number = invocation.deployment_number;
    let class = if number.is_some() { "answer snap" } else { "answer" };
    let by = match (number, invocation.answered_by) {
        (Some(number), _) => html! { <SnapChip {number} before="answered by " /> },
        (None, AnsweredBy::Stagecraft) => html! { <span class="chip">{ "said by Stagecraft, not by AWS" }</span> },
        (None, _) => html! { <span class="chip">{ "answered by API Gateway itself" }</span> },
    };
    let body: String = response.body.chars().take(SHOWN).collect();
    html! {
        <section id={ANSWER} class="call-right" aria-label="Answer" tabindex="-1">
            <div {class} style={number.map(hue_style)}>
                <header>
                    <strong class="status">{ response.status.to_string() }</strong>
                    <span>{ reason(response.status) }</span>
                    { by }
                    <span class="size">{ format!("{} B", response.body.len()) }</span>
                    <CopyButton label="Copy body" text={response.body.clone()} done="Body copied" icon_only=true />
                </header>
                if body.is_empty() { <p class="no-body">{ "The answer has no body." }</p> } else { <pre class="code" tabindex="0" aria-label="Body of the answer">{ body }</pre> }
                <details>
                    <summary>{ format!("{} headers", response.headers.len()) }</summary>
                    <dl class="facts headers">
                        { for response.headers.iter().map(|(name, value)| html! { <><dt>{ name }</dt><dd>{ value }</dd></> }) }
                    </dl>
                </details>
            </div>
            if let Some(what) = moved {
                <Moved {what} exchange={props.exchange.clone()} />
            } else {
                <Difference exchange={props.exchange.clone()} />
            }
        </section>
    }
}

/// Tells whether the working copy would answer differently, why, and what would change the answer.
#[component]
fn Difference(props: &AnswerProps) -> Html {
    let store = use_store();
    let read_only = use_selector(|state| state.is_read_only());
    let invocation = &props.exchange.invocation;
    let (Some(comparison), Some(stage)) = (&props.exchange.comparison, &invocation.stage) else {
        return Html::default();
    };
    let what = match (comparison.status_differs(), comparison.body_differs()) {
        (true, _) => format!("It would answer {}.", comparison.working_copy.status),
        (false, true) => "It would answer with another body.".into(),
        (false, false) => "It would answer with other headers.".into(),
    };
    let points = invocation
        .deployment_number
        .map(|n| format!(" {stage} still points at D{n}, a snapshot made before your changes."));
    let deploy = {
        let (store, stage) = (store.clone(), stage.to_string());
        Callback::from(move |_: MouseEvent| store.open(Dialog::Deploy { stage: Some(stage.clone()) }))
    };
    let compare = {
        let (store, stage) = (store.clone(), stage.to_string());
        Callback::from(move |_: MouseEvent| {
            store.show(Place::Stage(stage.clone(), StageTab::Changes));
        })
    };
    html! {
        <div class="note">
            <strong>{ "The working copy would answer differently. " }</strong>
            { what }{ points.unwrap_or_default() }
            <details>
                <summary>{ "What it would answer" }</summary>
                <pre class="code">{ format!("{} {}\n\n{}", comparison.working_copy.status, reason(comparison.working_copy.status), comparison.working_copy.body) }</pre>
            </details>
            if !read_only {
                <div class="actions">
                    <Button label={format!("Deploy to {stage}")} small=true onclick={deploy} />
                    <Button label="Compare" small=true onclick={compare} />
                </div>
            }
        </div>
    }
}

/// Returns the reason phrase of a status, as RFC 9110 names it.
fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        301 => "Moved Permanently",
        302 => "Found",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        410 => "Gone",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        418 => "I'm a teapot",
        422 => "Unprocessable Content",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "",
    }
}
