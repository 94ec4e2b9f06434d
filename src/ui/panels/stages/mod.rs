//! The stages of the API: each a name that points at a deployment. The wording follows the console.

mod canary;
mod canary_dialogs;
mod changes;
mod create;
mod deploy;
mod details;
mod dialogs;
mod history;
mod list;
mod methods;
mod settings;
mod summary;
mod urls;
mod variables;

pub(crate) use canary_dialogs::{DeleteCanaryDialog, PromoteCanaryDialog};
pub(crate) use create::CreateStageDialog;
pub(crate) use deploy::DeployDialog;
pub(super) use dialogs::option_text;
pub(crate) use dialogs::{ChangeDeploymentDialog, DeleteStageDialog, EditStageDialog};
pub(crate) use summary::ApiSummary;

use crate::ui::markup::html;
use crate::{
    control_plane::{ApiError, PatchOperation, stages::UpdateStage},
    entities::{ApiConfig, Deployment, Stage},
    ui::{
        Place, State, Store, UiCommand,
        parts::{CommandButton, Look},
        use_selector, use_soon,
    },
};
use details::StageView;
use list::StageList;
use std::rc::Rc;
use yew::{Html, component};

/// The hint about a stage's name.
const NAME_HINT: &str =
    "The first part of the path of its URLs: up to 128 letters, digits, - and _. It cannot be changed later.";

/// A stage with what it points at, and the working copy beside it. All are shared, so that comparing two is free.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct StageFacts {
    pub(super) api_id: String,
    pub(super) host: String,
    pub(super) stage: Rc<Stage>,
    pub(super) deployment: Rc<Deployment>,
    /// The deployment of its canary, if it has one.
    pub(super) canary: Option<Rc<Deployment>>,
    pub(super) working: Rc<ApiConfig>,
}

impl StageFacts {
    /// Returns the facts about a stage, when it is there.
    pub(super) fn of(state: &State, name: &str) -> Option<Self> {
        let api = state.api()?;
        let stage = api.stages.get(name)?;
        Some(Self {
            api_id: api.id.to_string(),
            host: state.present().place.execute_api_host(&api.id),
            stage: stage.clone(),
            canary: stage.canary.as_ref().and_then(|canary| api.deployments.get(&canary.deployment_id)).cloned(),
            deployment: api.deployment_of(stage)?.clone(),
            working: api.config.clone(),
        })
    }

    /// Sends patches of the stage.
    pub(super) fn update(&self, store: &Store, patch_operations: Vec<PatchOperation>) -> Result<(), ApiError> {
        let (rest_api_id, stage_name) = (self.api_id.clone(), self.stage.name.to_string());
        store.execute(UpdateStage { rest_api_id, stage_name, patch_operations }).map(|_| ())
    }

    /// Returns an id for a field, unique among those of all stages.
    pub(super) fn dom_id(&self, field: &str) -> String {
        format!("{}-{}-{field}", self.api_id, self.stage.name)
    }
}

/// Draws the stages of the API.
#[component]
pub(crate) fn Stages() -> Html {
    let selected = use_selector(|state| match state.place() {
        Place::Stage(name, _) => Some(name),
        _ => None,
    });
    let shown = use_soon(selected.clone());
    let has_api = use_selector(|state| state.api().is_some());
    let count = use_selector(|state| state.api().map_or(0, |api| api.stages.len()));
    if !has_api {
        return html! {
            <div class="empty">
                <h3>{ "No API" }</h3>
                <p>{ "Stages belong to an API. Create one first." }</p>
                <CommandButton command={UiCommand::CreateApi} look={Look::Primary} />
            </div>
        };
    }
    html! {
        <div class="stages">
            <header class="screen-head">
                <h2 id="stages-title" tabindex="-1">{ "Stages" }</h2>
                if count > 0 { <CommandButton command={UiCommand::CreateStage} small=true with_icon=true /> }
            </header>
            if count == 0 { <NoStages /> } else { <StageList selected={selected.clone()} /> }
            if let Some(name) = shown { <StageView key={name.clone()} name={name.clone()} /> }
        </div>
    }
}

/// Draws what to do first.
#[component]
fn NoStages() -> Html {
    let deployed = use_selector(|state| state.api().is_some_and(|api| !api.deployments.is_empty()));
    html! {
        <div class="empty">
            <h3>{ "No stages yet" }</h3>
            <p>
                { "A stage is a name, such as dev or prod, that points at a deployment and gives it a URL. \
                   Until there is one, nothing of this API can be called." }
            </p>
            <div class="actions center">
                <CommandButton command={UiCommand::Deploy} look={Look::Primary} />
                if deployed { <CommandButton command={UiCommand::CreateStage} /> }
            </div>
        </div>
    }
}
