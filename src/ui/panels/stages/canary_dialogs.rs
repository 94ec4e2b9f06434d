//! The questions before a canary is promoted, and before it goes.

use super::{super::diff_view::DiffView, StageFacts, dialogs::StageProps};
use crate::ui::markup::html;
use crate::{
    control_plane::{PatchOperation, canaries},
    entities::Canary,
    ui::{
        focus_soon,
        parts::{Button, FieldError, Look, Modal, SnapChip},
        use_selector, use_store,
    },
};
use yew::{Callback, Html, MouseEvent, component, use_state};

/// Draws the dialog "Promote canary": the three operations, and what they change for callers.
#[component]
pub(crate) fn PromoteCanaryDialog(props: &StageProps) -> Html {
    let store = use_store();
    let stage = props.stage.clone();
    let facts = use_selector(move |state| StageFacts::of(state, &stage));
    let error = use_state(|| None::<FieldError>);
    let Some(facts) = facts else { return Html::default() };
    let (Some(canary), Some(other)) = (&facts.stage.canary, &facts.canary) else { return Html::default() };
    let (name, base) = (facts.stage.name.to_string(), &facts.deployment);
    let confirm = {
        let (store, facts, error, other) = (store.clone(), facts.clone(), error.clone(), other.clone());
        Callback::from(move |_: MouseEvent| match facts.update(&store, canaries::promotion()) {
            Ok(()) => {
                store.close();
                store.done(format!("Promoted the canary: {} answers from {}.", facts.stage.name, other.short_name()));
                focus_soon("canary-title");
            }
            Err(refused) => error.set(Some(FieldError::from(&refused))),
        })
    };
    let cancel = Callback::from(move |_: MouseEvent| store.close());
    html! {
        <Modal title="Promote canary" wide=true>
            <div class="body">
                <p>{ format!("The canary release replaces what {name} is now. One request does three things, at once:") }</p>
                <ol class="promotion">
                    <li>{ "The canary's share becomes 0 %. The canary itself stays, with its settings, until it is deleted." }</li>
                    <li>{ variables(&facts, canary) }</li>
                    <li>
                        if other.id == base.id {
                            { format!("{name} keeps ") }<SnapChip number={base.number} />{ ", which is the canary's deployment, too." }
                        } else {
                            { format!("{name} points at ") }<SnapChip number={other.number} />{ " instead of " }<SnapChip number={base.number} />{ "." }
                        }
                    </li>
                </ol>
                <section class="preview" aria-labelledby="promote-title">
                    <h3 id="promote-title">{ "What changes for callers that the canary did not answer" }</h3>
                    <DiffView
                        before={base.config.clone()}
                        after={other.config.clone()}
                        same={format!("Nothing: {} and {} hold the same.", base.short_name(), other.short_name())}
                    />
                </section>
                { FieldError::view(error.as_ref(), "promote-error") }
                <div class="foot">
                    <Button label="Cancel" onclick={cancel} />
                    <Button label="Promote canary" look={Look::Primary} onclick={confirm} />
                </div>
            </div>
        </Modal>
    }
}

/// Draws which stage variables get another value.
fn variables(facts: &StageFacts, canary: &Canary) -> Html {
    if canary.stage_variable_overrides.is_empty() {
        return html! { { "The stage variables stay: the canary has none of its own." } };
    }
    let row = |(name, value): (&crate::entities::VariableName, &crate::entities::VariableValue)| {
        let before = facts.stage.variables.get(name.as_str()).map(|value| format!(" instead of {}", value.as_str()));
        html! { <li><code>{ format!("{} = {}", name.as_str(), value.as_str()) }</code>{ before.unwrap_or_default() }</li> }
    };
    html! {
        <>
            { "The canary's variables are copied to the stage's; the others stay." }
            <ul>{ for canary.stage_variable_overrides.iter().map(row) }</ul>
        </>
    }
}

/// Draws the question before a canary goes.
#[component]
pub(crate) fn DeleteCanaryDialog(props: &StageProps) -> Html {
    let store = use_store();
    let stage = props.stage.clone();
    let facts = use_selector(move |state| StageFacts::of(state, &stage));
    let error = use_state(|| None::<FieldError>);
    let Some(facts) = facts else { return Html::default() };
    let Some(other) = &facts.canary else { return Html::default() };
    let confirm = {
        let (store, facts, error) = (store.clone(), facts.clone(), error.clone());
        Callback::from(move |_: MouseEvent| {
            match facts.update(&store, vec![PatchOperation::remove("/canarySettings")]) {
                Ok(()) => {
                    store.close();
                    store.done(format!("Deleted the canary of {}.", facts.stage.name));
                    focus_soon("stage-title");
                }
                Err(refused) => error.set(Some(FieldError::from(&refused))),
            }
        })
    };
    let cancel = Callback::from(move |_: MouseEvent| store.close());
    html! {
        <Modal title={format!("Delete the canary of {}?", props.stage)}>
            <div class="body">
                <p>
                    { "From now on " }<SnapChip number={facts.deployment.number} />{ " answers every request. The canary's share and its \
                       stage variables go; its deployment " }<SnapChip number={other.number} />{ " stays." }
                </p>
                { FieldError::view(error.as_ref(), "canary-delete-error") }
                <div class="foot">
                    <Button label="Cancel" onclick={cancel} />
                    <Button label="Delete canary" look={Look::Danger} onclick={confirm} />
                </div>
            </div>
        </Modal>
    }
}
