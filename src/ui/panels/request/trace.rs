//! How an answer came about, step by step.

use super::moved::use_moved;
use crate::ui::markup::html;
use crate::{
    data_plane::{Outcome, Step},
    ui::{Same, state::Exchange},
};
use yew::{Html, Properties, component};

#[derive(Debug, PartialEq, Properties)]
pub(super) struct TraceProps {
    pub(super) exchange: Same<Exchange>,
}

/// Draws the steps of a call, and what to do when one failed.
#[component]
pub(super) fn TraceView(props: &TraceProps) -> Html {
    // What was to be done may be done.
    let moved = use_moved(&props.exchange).is_some();
    let steps = &props.exchange.invocation.trace.steps;
    html! {
        <section aria-label="How the answer came about">
            <ol class="steps">{ for steps.iter().map(step) }</ol>
            if let Some(hint) = props.exchange.hint.as_ref().filter(|_| !moved) {
                <p class="note"><strong>{ "What to do: " }</strong>{ hint.to_string() }</p>
            }
        </section>
    }
}

fn step(step: &Step) -> Html {
    let (class, word) = match step.outcome() {
        Outcome::Passed => ("passed", "passed"),
        Outcome::Failed => ("failed", "failed"),
        Outcome::Skipped => ("skipped", "not needed"),
    };
    html! {
        <li {class}>
            <b>{ step.kind().as_str() }</b>
            <span><span class="visually-hidden">{ word }{ ": " }</span>{ step.reason() }</span>
        </li>
    }
}
