//! "Deployment history": the snapshots that the stage can point at, and the way to another one.

use super::{
    super::link::{PlaceLink, time_view},
    StageFacts,
    details::{FactsProps, open},
};
use crate::ui::markup::html;
use crate::{
    entities::Deployment,
    ui::{
        Dialog, Place,
        parts::{EditButton, SnapChip},
        use_growing, use_selector, use_store,
    },
};
use std::rc::Rc;
use yew::{Callback, Event, Html, component, use_state};

/// Deployments that are drawn at once; the others follow by themselves.
const AT_ONCE: usize = 5;

/// Draws the tab "Deployment history". Choosing a row is only a choice; the button acts.
#[component]
pub(super) fn DeploymentHistory(props: &FactsProps) -> Html {
    let store = use_store();
    let StageFacts { stage, deployment: active, .. } = &props.facts;
    let all: Vec<Rc<Deployment>> = use_selector(|state| {
        state.api().map(|api| api.deployments_newest_first().into_iter().cloned().collect()).unwrap_or_default()
    });
    let chosen = use_state(|| None::<String>);
    let drawn = use_growing(AT_ONCE, all.len());
    // What was chosen may have gone meanwhile, or have become the active one.
    let target = chosen.as_deref().filter(|id| *id != active.id.as_str() && all.iter().any(|d| d.id.as_str() == *id));
    let blocked = match (target, all.len()) {
        (Some(_), _) => None,
        (None, 1) => Some("There is only one deployment".to_owned()),
        (None, _) => Some("Choose another deployment first".to_owned()),
    };
    let change = target.map(|id| Dialog::ChangeDeployment { stage: stage.name.to_string(), deployment: id.to_owned() });
    let onclick = change.map_or_else(Callback::noop, |dialog| open(&store, dialog));
    let checked_id = target.unwrap_or(active.id.as_str()).to_owned();
    let row = |deployment: &Rc<Deployment>| {
        let id = deployment.id.to_string();
        let is_active = deployment.id == active.id;
        let onchange = {
            let (chosen, id) = (chosen.clone(), id.clone());
            Callback::from(move |_: Event| chosen.set(Some(id.clone())))
        };
        let input = format!("history-{id}");
        html! {
            <div key={id.clone()} class="history-row">
                <input type="radio" name="deployment-history" id={input.clone()} checked={id == checked_id} {onchange} />
                <label for={input}>
                    <span class="row-head">
                        <SnapChip number={deployment.number} />
                        if is_active { <span class="chip active-mark">{ "Active" }</span> }
                        if let Some(text) = &deployment.description { <span class="ellipsis">{ text }</span> }
                    </span>
                    <span class="row-foot">{ time_view(deployment.created) }{ " · " }<code>{ &id }</code></span>
                </label>
                <PlaceLink
                    place={Place::Deployment(id.clone())}
                    label={format!("Details of {}", deployment.short_name())}
                    class="btn ghost small" leaves=true
                >{ "Details" }</PlaceLink>
            </div>
        }
    };
    html! {
        <>
            <div class="lead-row">
                <p class="lead">
                    { "Pointing the stage at an earlier deployment is a rollback. It acts at once and leaves the working copy \
                       and the stage variables as they are." }
                </p>
                <EditButton label="Change active deployment" small=true {blocked} {onclick} />
            </div>
            <div class="history-list" role="radiogroup" aria-label="Deployment history">{ for all.iter().take(drawn).map(row) }</div>
        </>
    }
}
