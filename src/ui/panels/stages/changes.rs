//! The changes that a deployment to the stage would bring.

use super::{
    super::{diff_view::DiffView, link::PlaceLink},
    StageFacts,
    details::{FactsProps, open},
};
use crate::ui::markup::html;
use crate::ui::panels::words::count;
use crate::{
    history::diff,
    ui::{
        Dialog, Place,
        parts::{EditButton, Look, SnapChip},
        use_store,
    },
};
use yew::{Html, component};

/// Draws the tab "Changes".
#[component]
pub(super) fn Changes(props: &FactsProps) -> Html {
    let store = use_store();
    let StageFacts { stage, deployment, working, .. } = &props.facts;
    let behind = diff::count(&deployment.config, working);
    let deploy = open(&store, Dialog::Deploy { stage: Some(stage.name.to_string()) });
    html! {
        <>
            if behind > 0 {
                <div class="lead-row">
                    <p class="lead">
                        { format!("{} between what {} serves, ", count(behind, "change"), stage.name) }
                        <SnapChip number={deployment.number} />
                        { ", and the working copy. Callers do not see them yet." }
                    </p>
                    <EditButton label={format!("Deploy to {}", stage.name)} look={Look::Primary} small=true onclick={deploy} />
                </div>
            }
            <DiffView
                before={deployment.config.clone()}
                after={working.clone()}
                same={format!("{} serves exactly what the working copy says.", stage.name)}
            />
            <p class="lead">
                <PlaceLink place={Place::Compare(format!("stage:{}", stage.name), "working-copy".into())} leaves=true>
                    <span>{ format!("Compare {} with another stage, a deployment or a moment", stage.name) }</span>
                </PlaceLink>
            </p>
        </>
    }
}
