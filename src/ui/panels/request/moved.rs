//! An answer from before its stage moved on: that is said, with a way to ask again. It never calls by itself.

use crate::ui::markup::html;
use crate::{
    data_plane::{StageStep, Step},
    ui::{Same, State, focus_soon, parts::Button, state::Exchange, use_selector_soon, use_store},
};
use yew::{Callback, Html, MouseEvent, Properties, component, hook};

/// The id of the answer, which takes the focus when it is a new one.
pub(super) const ANSWER: &str = "answer";

/// What its stage has come to since an answer; nothing while it would still answer from the same deployment.
#[hook]
pub(super) fn use_moved(exchange: &Same<Exchange>) -> Option<String> {
    let exchange = exchange.clone();
    use_selector_soon(move |state| moved(state, &exchange))
}

fn moved(state: &State, exchange: &Exchange) -> Option<String> {
    let invocation = &exchange.invocation;
    if state.past.is_some() {
        return None;
    }
    let id = invocation.api_id.as_ref()?;
    if let Some(Step::Stage(StageStep::Unknown(name))) = invocation.trace.failed() {
        let is_there = state.present().api(id)?.stages.contains_key(name.as_str());
        return is_there.then(|| format!("There is a stage {name} now: this answer is from before."));
    }
    let (stage, number) = (invocation.stage.as_ref()?, invocation.deployment_number?);
    let deployment = invocation.deployment_id.as_ref()?;
    let found = state.present().api(id).and_then(|api| Some((api, api.stages.get(stage.as_str())?)));
    let Some((api, now)) = found else {
        return Some(format!("There is no stage {stage} any more: this answer is from before."));
    };
    if now.deployment_id == *deployment || now.canary_is(deployment) {
        return None;
    }
    let active = api.deployment_of(now)?.number;
    Some(format!("{stage} points at D{active} now: this answer is from before, when D{number} gave it."))
}

/// The props of [`Moved`].
#[derive(Debug, PartialEq, Properties)]
pub(super) struct MovedProps {
    /// What has changed.
    pub(super) what: String,
    /// The call.
    pub(super) exchange: Same<Exchange>,
}

/// The note that says so.
#[component]
pub(super) fn Moved(props: &MovedProps) -> Html {
    let store = use_store();
    let again = {
        let request = props.exchange.invocation.request.clone();
        Callback::from(move |_: MouseEvent| {
            store.invoke(request.clone());
            focus_soon(ANSWER);
        })
    };
    html! {
        <div class="note" role="status">
            <p>{ &props.what }</p>
            <div class="actions"><Button label="Send again" icon="send" small=true onclick={again} /></div>
        </div>
    }
}
