//! The open dialog: one arm per kind, each drawn by the screen that it belongs to.

use super::{
    deployments::{DeleteDeploymentDialog, DescribeDeploymentDialog},
    ledger::Ledger,
    more,
    palette::{Palette, Shortcuts},
    resources::dialogs::{
        ConfirmApi, ConfirmMethod, ConfirmResource, CreateApi, CreateMethod, CreateResource, EditResource,
    },
    share::Share,
    stages::{
        ChangeDeploymentDialog, CreateStageDialog, DeleteCanaryDialog, DeleteStageDialog, DeployDialog,
        EditStageDialog, PromoteCanaryDialog,
    },
    workspaces::Workspaces,
};
use crate::ui::markup::html;
use crate::ui::{Confirm, Dialog, use_selector_at_once};
use yew::{Html, component};

/// Draws the open dialog.
#[component]
pub fn Dialogs() -> Html {
    let Some(dialog) = use_selector_at_once(|state| state.dialog.clone()) else { return Html::default() };
    match dialog {
        Dialog::Palette => html! { <Palette /> },
        Dialog::Share => html! { <Share /> },
        Dialog::Workspaces => html! { <Workspaces /> },
        Dialog::Ledger => html! { <Ledger /> },
        Dialog::Shortcuts => html! { <Shortcuts /> },
        Dialog::Deploy { stage } => html! { <DeployDialog {stage} /> },
        Dialog::CreateStage { deployment } => html! { <CreateStageDialog {deployment} /> },
        Dialog::EditStage { stage } => html! { <EditStageDialog {stage} /> },
        Dialog::ChangeDeployment { stage, deployment } => html! { <ChangeDeploymentDialog {stage} {deployment} /> },
        Dialog::PromoteCanary { stage } => html! { <PromoteCanaryDialog {stage} /> },
        Dialog::DescribeDeployment { deployment } => html! { <DescribeDeploymentDialog {deployment} /> },
        Dialog::Confirm(Confirm::DeleteStage(stage)) => html! { <DeleteStageDialog {stage} /> },
        Dialog::Confirm(Confirm::DeleteCanary(stage)) => html! { <DeleteCanaryDialog {stage} /> },
        Dialog::Confirm(Confirm::DeleteDeployment(deployment)) => html! { <DeleteDeploymentDialog {deployment} /> },
        Dialog::CreateItem(page) => more::create(page),
        Dialog::Confirm(Confirm::DeleteItem(page, item)) => more::delete(page, item),
        Dialog::CreateApi => html! { <CreateApi /> },
        Dialog::CreateResource { parent } => html! { <CreateResource {parent} /> },
        Dialog::CreateMethod { resource } => html! { <CreateMethod {resource} /> },
        Dialog::EditResource { resource } => html! { <EditResource {resource} /> },
        Dialog::Confirm(Confirm::DeleteApi(id)) => html! { <ConfirmApi {id} /> },
        Dialog::Confirm(Confirm::DeleteResource(id)) => html! { <ConfirmResource {id} /> },
        Dialog::Confirm(Confirm::DeleteMethod(id, verb)) => html! { <ConfirmMethod {id} {verb} /> },
    }
}
