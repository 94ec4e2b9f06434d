//! A selected deployment: who points at it, what it froze, and how it differs from others.

use super::super::{
    diff_view::DiffView,
    link::PlaceLink,
    stages::{ApiSummary, option_text},
};
use crate::ui::markup::html;
use crate::{
    control_plane::{ApiError, deployments::DeleteDeployment},
    entities::{Deployment, RestApi},
    ui::{
        Confirm, Dialog, NextFrame, Place, StageTab, Store, focus_soon,
        parts::{EditButton, FieldError, Look, SelectField},
        use_selector, use_store,
    },
};
use std::rc::Rc;
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, component, use_state};

/// The value of "working copy" in the list; no deployment has such an id.
const WORKING_COPY: &str = "*working";

/// The props of [`DeploymentView`].
#[derive(Debug, PartialEq, Properties)]
pub(super) struct DeploymentViewProps {
    /// The deployment's id.
    pub(super) id: String,
}

/// Draws the details of a deployment.
#[component]
pub(super) fn DeploymentView(props: &DeploymentViewProps) -> Html {
    let api = use_selector(|state| state.api().cloned());
    let Some(api) = api else { return Html::default() };
    let Some(deployment) = api.deployments.get(props.id.as_str()).cloned() else { return Html::default() };
    html! {
        <div class="deployment-details">
            <Pointing api={api.clone()} deployment={deployment.clone()} />
            <Doing api={api.clone()} deployment={deployment.clone()} />
            <NextFrame>
                <section aria-labelledby="frozen-title">
                    <h3 id="frozen-title">{ "Frozen in this snapshot" }</h3>
                    <ApiSummary config={deployment.config.clone()} />
                </section>
                <Comparing {api} {deployment} />
            </NextFrame>
        </div>
    }
}

#[derive(Debug, PartialEq, Properties)]
struct PartProps {
    api: Rc<RestApi>,
    deployment: Rc<Deployment>,
}

/// Draws the stages that point at it.
#[component]
fn Pointing(props: &PartProps) -> Html {
    let id = &props.deployment.id;
    let stages: Vec<String> = props.api.stages_of(id).map(|s| s.name.to_string()).collect();
    let canaries: Vec<String> = props.api.canaries_of(id).map(|s| s.name.to_string()).collect();
    if stages.is_empty() && canaries.is_empty() {
        return html! { <p class="lead">{ "No stage points at it: it cannot be called. It is kept until it is deleted." }</p> };
    }
    let link = |name: &String| {
        html! { <li><PlaceLink place={Place::Stage(name.clone(), StageTab::Urls)} leaves=true><span>{ name }</span></PlaceLink></li> }
    };
    html! {
        <div class="lead pointed">
            if !stages.is_empty() {
                <span>{ "Answers for " }</span><ul class="inline-list">{ for stages.iter().map(link) }</ul>
            }
            if !canaries.is_empty() {
                <span>{ "Canary of " }</span><ul class="inline-list">{ for canaries.iter().map(link) }</ul>
            }
        </div>
    }
}

/// Draws what can be done with it, with a refusal at the place.
#[component]
fn Doing(props: &PartProps) -> Html {
    let store = use_store();
    let refusal = use_state(|| None::<FieldError>);
    let id = props.deployment.id.to_string();
    let stages = props.api.holders_of(&id);
    // Another stage may have moved since; then the refusal says nothing true any more.
    let shown = refusal.as_ref().filter(|_| !stages.is_empty());
    let onclick = |dialog: Dialog| {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| store.open(dialog.clone()))
    };
    let delete = {
        let (store, api, id, in_use) = (store.clone(), props.api.id.to_string(), id.clone(), !stages.is_empty());
        let refusal = refusal.clone();
        Callback::from(move |_: MouseEvent| {
            if !in_use {
                store.open(Dialog::Confirm(Confirm::DeleteDeployment(id.clone())));
                return;
            }
            // It will be refused: the learner sees how AWS says so.
            if let Err(error) = delete(&store, &api, &id) {
                refusal.set(Some(FieldError::from(&error)));
            }
        })
    };
    let why = would_be_refused(&props.api, &id);
    html! {
        <>
            <div class="actions">
                <EditButton label="Create stage" icon="plus" small=true onclick={onclick(Dialog::CreateStage { deployment: Some(id.clone()) })} title="Create a stage that points at this deployment" />
                <EditButton label="Edit"
                    title="Edit the description" icon="edit" small=true onclick={onclick(Dialog::DescribeDeployment { deployment: id.clone() })} />
                <EditButton label="Delete" icon="trash" small=true look={Look::Plain} title={why.clone()} onclick={delete} />
            </div>
            if let Some(why) = why.filter(|_| shown.is_none()) { <p class="field-hint">{ why }{ "." }</p> }
            { FieldError::view(shown, "deployment-error") }
        </>
    }
}

/// Returns why a deployment cannot be deleted: which arrows hold it.
pub(super) fn would_be_refused(api: &RestApi, id: &str) -> Option<String> {
    let holders = api.holders_of(id);
    let (last, others) = holders.split_last()?;
    Some(match others {
        [] => format!("Deleting would be refused: {last} points at it"),
        others => format!("Deleting would be refused: {} and {last} point at it", others.join(", ")),
    })
}

/// Deletes a deployment and says so.
pub(super) fn delete(store: &Store, api: &str, id: &str) -> Result<(), ApiError> {
    let name = store.read(|state| {
        let found = state.present().api(api).and_then(|api| api.deployments.get(id));
        found.map(|d| d.short_name()).unwrap_or_default()
    });
    store.execute(DeleteDeployment { rest_api_id: api.to_owned(), deployment_id: id.to_owned() })?;
    store.close();
    store.done(format!("Deleted deployment {name}."));
    focus_soon("deployments-title");
    Ok(())
}

/// "Compare with": another deployment or the working copy.
#[component]
fn Comparing(props: &PartProps) -> Html {
    let PartProps { api, deployment } = props;
    let chosen = use_state(|| WORKING_COPY.to_owned());
    let others: Vec<_> = api.deployments_newest_first().into_iter().filter(|d| d.id != deployment.id).collect();
    let other = others.iter().find(|d| d.id.as_str() == *chosen);
    let first: (AttrValue, AttrValue) = (WORKING_COPY.into(), "Working copy".into());
    let options: Vec<_> =
        std::iter::once(first).chain(others.iter().map(|d| (d.id.to_string().into(), option_text(d)))).collect();
    // From the older to the newer, whichever way round they are chosen.
    let (name, before, after) = match other {
        Some(other) if other.number < deployment.number => (other.short_name(), &other.config, &deployment.config),
        Some(other) => (other.short_name(), &deployment.config, &other.config),
        None => ("the working copy".into(), &deployment.config, &api.config),
    };
    let same = format!("{} and {name} hold the same.", deployment.short_name());
    let value = other.map_or_else(|| WORKING_COPY.to_owned(), |d| d.id.to_string());
    let onchange = Callback::from(move |value: String| chosen.set(value));
    html! {
        <section class="comparing" aria-label="Comparison">
            <SelectField id="compare-with" label="Compare with" {value} {options} {onchange} />
            <DiffView before={before.clone()} after={after.clone()} {same} />
            <p class="lead">
                <PlaceLink place={Place::Compare(format!("deployment:{}", deployment.id), "working-copy".into())} leaves=true>
                    <span>{ format!("Compare {} with a stage or a moment", deployment.short_name()) }</span>
                </PlaceLink>
            </p>
        </section>
    }
}
