//! Dialogs about a stage that is there: edit, point at another deployment, delete.

use super::{
    super::{diff_view::DiffView, link::time},
    StageFacts,
};
use crate::ui::markup::html;
use crate::{
    collections::SortedSet,
    control_plane::{
        PatchOperation,
        stages::{DeleteStage, UpdateStage},
    },
    entities::{ApiConfig, Deployment, HttpMethod},
    ui::{
        focus_soon,
        parts::{Button, FieldError, Look, Modal, SnapChip, TextField, UrlText, When},
        use_selector, use_store,
    },
};
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, SubmitEvent, component, use_state};

/// URLs that are named one by one.
const NAMED: usize = 6;

/// Returns a deployment as an entry of a list: by name, date and time.
pub(in super::super) fn option_text(deployment: &Deployment) -> AttrValue {
    let about = deployment.description.as_ref().map(|text| format!(" · {text}")).unwrap_or_default();
    format!("{} · {}{about}", deployment.short_name(), time(deployment.created)).into()
}

/// The props of the dialogs about one stage.
#[derive(Debug, PartialEq, Properties)]
pub(crate) struct StageProps {
    /// The stage.
    pub(crate) stage: String,
}

/// Draws the dialog "Edit stage".
#[component]
pub(crate) fn EditStageDialog(props: &StageProps) -> Html {
    let store = use_store();
    let stage = props.stage.clone();
    let facts = use_selector(move |state| StageFacts::of(state, &stage));
    let text = use_state(|| facts.as_ref().and_then(|f| f.stage.description.clone()).unwrap_or_default());
    let error = use_state(|| None::<FieldError>);
    let onsubmit = {
        let (store, stage, text, error) = (store.clone(), props.stage.clone(), text.clone(), error.clone());
        let api = facts.as_ref().map(|f| f.api_id.clone()).unwrap_or_default();
        Callback::from(move |e: SubmitEvent| {
            e.prevent_default();
            let done = store.execute(UpdateStage {
                rest_api_id: api.clone(),
                stage_name: stage.clone(),
                patch_operations: vec![PatchOperation::replace("/description", (*text).clone())],
            });
            match done {
                Ok(_) => store.close(),
                Err(refused) => error.set(Some(FieldError::from(&refused))),
            }
        })
    };
    let cancel = Callback::from(move |_: MouseEvent| store.close());
    let typed = text.clone();
    html! {
        <Modal title={format!("Edit stage {}", props.stage)}>
            <form class="body" {onsubmit} novalidate=true>
                <TextField
                    id="stage-description" label="Stage description" value={(*text).clone()} when={When::Now} autofocus=true
                    oninput={Callback::from(move |text| typed.set(text))}
                />
                { FieldError::view(error.as_ref(), "stage-error") }
                <div class="foot">
                    <Button label="Cancel" onclick={cancel} />
                    <Button label="Save" look={Look::Primary} submit=true />
                </div>
            </form>
        </Modal>
    }
}

/// The props of [`ChangeDeploymentDialog`].
#[derive(Debug, PartialEq, Properties)]
pub(crate) struct ChangeDeploymentDialogProps {
    /// The stage.
    pub(crate) stage: String,
    /// The deployment that it is to point at.
    pub(crate) deployment: String,
}

/// Draws the question before a stage points at another deployment: what changes for its callers.
#[component]
pub(crate) fn ChangeDeploymentDialog(props: &ChangeDeploymentDialogProps) -> Html {
    let store = use_store();
    let (stage, id) = (props.stage.clone(), props.deployment.clone());
    let facts = use_selector(move |state| {
        let target = state.api()?.deployments.get(id.as_str())?.clone();
        Some((StageFacts::of(state, &stage)?, target))
    });
    let error = use_state(|| None::<FieldError>);
    let Some((facts, target)) = facts else { return Html::default() };
    let StageFacts { api_id, stage, deployment: active, .. } = &facts;
    let name = stage.name.to_string();
    let confirm = {
        let (store, api, name, error, target) =
            (store.clone(), api_id.clone(), name.clone(), error.clone(), target.clone());
        Callback::from(move |_: MouseEvent| {
            let done = store.execute(UpdateStage {
                rest_api_id: api.clone(),
                stage_name: name.clone(),
                patch_operations: vec![PatchOperation::replace("/deploymentId", target.id.as_str())],
            });
            match done {
                Ok(_) => {
                    store.close();
                    store.done(format!("{name} now points at {}.", target.short_name()));
                    focus_soon("stage-title");
                }
                Err(refused) => error.set(Some(FieldError::from(&refused))),
            }
        })
    };
    let cancel = Callback::from(move |_: MouseEvent| store.close());
    html! {
        <Modal title="Change active deployment" wide=true>
            <div class="body">
                <p class="swing">
                    <b>{ &name }</b>{ " points at " }<SnapChip number={active.number} />{ " now and will point at " }
                    <SnapChip number={target.number} />{ format!(", made {}.", time(target.created)) }
                </p>
                { reach(&active.config, &target.config) }
                <section class="preview" aria-labelledby="swing-title">
                    <h3 id="swing-title">{ "What changes for callers" }</h3>
                    <DiffView
                        before={active.config.clone()}
                        after={target.config.clone()}
                        same={format!("Nothing: {} and {} hold the same.", active.short_name(), target.short_name())}
                    />
                </section>
                <p class="muted">{ "It acts at once. Stage variables and the working copy stay as they are." }</p>
                { FieldError::view(error.as_ref(), "swing-error") }
                <div class="foot">
                    <Button label="Cancel" onclick={cancel} />
                    <Button label="Change active deployment" look={Look::Primary} onclick={confirm} />
                </div>
            </div>
        </Modal>
    }
}

/// Draws the methods that callers gain and lose.
fn reach(before: &ApiConfig, after: &ApiConfig) -> Html {
    let (before, after) = (exposed(before), exposed(after));
    let line = |found: Vec<String>, what: &str| {
        if found.is_empty() {
            return Html::default();
        }
        let more = found.len().saturating_sub(NAMED);
        let named = found.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        html! { <li>{ what.to_owned() }<code>{ named }</code>{ more }</li> }
    };
    let text = |(path, method): &(String, HttpMethod)| format!("{method} {path}");
    let gained: Vec<String> = after.difference(&before).map(text).collect();
    let lost: Vec<String> = before.difference(&after).map(text).collect();
    html! {
        <ul class="reach">
            { line(gained, "Callable again or for the first time: ") }
            { line(lost, "No longer callable, answers 403: ") }
        </ul>
    }
}

fn exposed(config: &ApiConfig) -> SortedSet<(String, HttpMethod)> {
    let tree = config.tree();
    let methods = tree.iter().flat_map(|(_, resource)| {
        let path = config.path_of(&resource.id);
        resource.methods.keys().map(move |method| (path.clone(), *method))
    });
    methods.collect()
}

/// Draws the question before a stage goes.
#[component]
pub(crate) fn DeleteStageDialog(props: &StageProps) -> Html {
    let store = use_store();
    let stage = props.stage.clone();
    let facts = use_selector(move |state| StageFacts::of(state, &stage));
    let error = use_state(|| None::<FieldError>);
    let Some(StageFacts { api_id, host, deployment, .. }) = facts else { return Html::default() };
    let name = props.stage.clone();
    let confirm = {
        let (store, name, error) = (store.clone(), name.clone(), error.clone());
        Callback::from(move |_: MouseEvent| {
            match store.execute(DeleteStage { rest_api_id: api_id.clone(), stage_name: name.clone() }) {
                Ok(_) => {
                    store.close();
                    store.done(format!("Deleted stage {name}."));
                    focus_soon("stages-title");
                }
                Err(refused) => error.set(Some(FieldError::from(&refused))),
            }
        })
    };
    let cancel = Callback::from(move |_: MouseEvent| store.close());
    let paths: Vec<String> = exposed_paths(&deployment.config);
    let more = paths.len().saturating_sub(NAMED);
    html! {
        <Modal title={format!("Delete stage {name}?")}>
            <div class="body">
                <p>{ "These URLs will answer 403 Forbidden:" }</p>
                <ul class="gone">
                    { for paths.iter().take(NAMED).map(|path| html! { <li><UrlText host={host.clone()} stage={name.clone()} path={path.clone()} number={deployment.number} /></li> }) }
                    if more > 0 { <li class="muted">{ format!("and {more} more") }</li> }
                </ul>
                <p>
                    { "Its stage variables go, too. The deployment " }<SnapChip number={deployment.number} />
                    { " stays, and another stage can point at it." }
                </p>
                { FieldError::view(error.as_ref(), "delete-error") }
                <div class="foot">
                    <Button label="Cancel" onclick={cancel} />
                    <Button label="Delete stage" look={Look::Danger} onclick={confirm} />
                </div>
            </div>
        </Modal>
    }
}

fn exposed_paths(config: &ApiConfig) -> Vec<String> {
    let tree = config.tree();
    tree.iter().filter(|(_, r)| !r.methods.is_empty()).map(|(_, r)| config.path_of(&r.id)).collect()
}
