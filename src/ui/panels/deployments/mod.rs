//! The deployments of the API: snapshots, newest first. A selected one opens right in the list.

mod details;
mod dialogs;

pub(crate) use dialogs::{DeleteDeploymentDialog, DescribeDeploymentDialog};

use super::link::{PlaceLink, time_view};
use crate::ui::markup::html;
use crate::{
    entities::{Deployment, StageName},
    ui::{
        Place, UiCommand,
        parts::{CommandButton, Look, SnapChip, hue_style},
        use_growing, use_selector, use_soon,
    },
};
use details::DeploymentView;
use std::rc::Rc;
use yew::{Html, component};

/// Deployments that are drawn at once; the others follow by themselves.
const AT_ONCE: usize = 8;

/// Draws the deployments of the API.
#[component]
pub(crate) fn Deployments() -> Html {
    let selected = use_selector(|state| match state.place() {
        Place::Deployment(id) => Some(id),
        _ => None,
    });
    let shown = use_soon(selected.clone());
    let rows: Vec<(Rc<Deployment>, Vec<StageName>)> = use_selector(|state| {
        let Some(api) = state.api() else { return Vec::new() };
        let all = api.deployments_newest_first();
        all.into_iter().map(|d| (d.clone(), api.stages_of(&d.id).map(|s| s.name.clone()).collect())).collect()
    });
    let drawn = use_growing(AT_ONCE, rows.len());
    let gone = selected.as_ref().filter(|id| !rows.iter().any(|(d, _)| d.id.as_str() == id.as_str()));
    html! {
        <div class="deployments">
            <header class="screen-head">
                <h2 id="deployments-title" tabindex="-1">{ "Deployments" }</h2>
            </header>
            if rows.is_empty() {
                <div class="empty">
                    <h3>{ "No deployments yet" }</h3>
                    <p>{ "A deployment is a snapshot of the API. It never changes; a stage points at it and gives it a URL." }</p>
                    <CommandButton command={UiCommand::Deploy} look={Look::Primary} />
                </div>
            } else {
                if let Some(id) = gone { <p class="note">{ format!("There is no deployment {id}.") }</p> }
                <ol class="picks" aria-label="Deployments, newest first">
                    { for rows.iter().enumerate().filter(|(at, (d, _))| *at < drawn || selected.as_deref() == Some(d.id.as_str())).map(|(_, (d, stages))| {
                        row(d, stages, selected.as_deref(), shown.as_deref())
                    }) }
                </ol>
            }
        </div>
    }
}

fn row(deployment: &Rc<Deployment>, stages: &[StageName], selected: Option<&str>, shown: Option<&str>) -> Html {
    let id = deployment.id.to_string();
    let current = selected == Some(id.as_str());
    // Once more on the selected one folds it.
    let place = if current { Place::Deployments } else { Place::Deployment(id.clone()) };
    html! {
        <li key={id.clone()} class="snap" style={hue_style(deployment.number)}>
            <PlaceLink {place} {current} class="pick tall">
                <span class="row-head">
                    <SnapChip number={deployment.number} />
                    <span class="ellipsis">{ deployment.description.as_deref().unwrap_or_default() }</span>
                    <span class="pointing">
                        { for stages.iter().map(|name| html! { <span class="chip snap">{ name.as_str() }</span> }) }
                    </span>
                </span>
                <span class="row-foot">{ time_view(deployment.created) }{ " · " }<code>{ id.clone() }</code></span>
            </PlaceLink>
            if shown == Some(id.as_str()) { <DeploymentView key={id.clone()} id={id.clone()} /> }
        </li>
    }
}
