//! The open dialog: one arm per kind, each drawn by the screen that it belongs to.

use super::{
    deployments::{DeleteDeploymentDialog, DescribeDeploymentDialog},
    palette::{Palette, Shortcuts},
    stages::{ChangeDeploymentDialog, CreateStageDialog, DeleteStageDialog, DeployDialog, EditStageDialog},
};
use crate::ui::{Confirm, Dialog, use_selector};
use yew::{Html, component, html};

/// The open dialog.
#[component]
pub fn Dialogs() -> Html {
    let Some(dialog) = use_selector(|state| state.dialog.clone()) else { return Html::default() };
    match dialog {
        Dialog::Palette => html! { <Palette /> },
        Dialog::Shortcuts => html! { <Shortcuts /> },
        Dialog::Deploy { stage } => html! { <DeployDialog {stage} /> },
        Dialog::CreateStage { deployment } => html! { <CreateStageDialog {deployment} /> },
        Dialog::EditStage { stage } => html! { <EditStageDialog {stage} /> },
        Dialog::ChangeDeployment { stage, deployment } => html! { <ChangeDeploymentDialog {stage} {deployment} /> },
        Dialog::DescribeDeployment { deployment } => html! { <DescribeDeploymentDialog {deployment} /> },
        Dialog::Confirm(Confirm::DeleteStage(stage)) => html! { <DeleteStageDialog {stage} /> },
        Dialog::Confirm(Confirm::DeleteDeployment(deployment)) => html! { <DeleteDeploymentDialog {deployment} /> },
        _ => Html::default(),
    }
}
