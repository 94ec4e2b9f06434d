//! Dialogs about a deployment: describe, delete.

use super::details::{delete, would_be_refused};
use crate::ui::markup::html;
use crate::{
    control_plane::{PatchOperation, deployments::UpdateDeployment},
    entities::Deployment,
    ui::{
        State,
        parts::{Button, FieldError, Look, Modal, TextField, When},
        use_selector, use_store,
    },
};
use std::rc::Rc;
use yew::{Callback, Html, MouseEvent, Properties, SubmitEvent, component, use_state};

/// The props of the dialogs about one deployment.
#[derive(Debug, PartialEq, Properties)]
pub(crate) struct DeploymentProps {
    /// The deployment's id.
    pub(crate) deployment: String,
}

fn find(state: &State, id: &str) -> Option<(String, Rc<Deployment>)> {
    let api = state.api()?;
    Some((api.id.to_string(), api.deployments.get(id)?.clone()))
}

/// Draws the dialog "Edit description".
#[component]
pub(crate) fn DescribeDeploymentDialog(props: &DeploymentProps) -> Html {
    let store = use_store();
    let id = props.deployment.clone();
    let found = use_selector(move |state| find(state, &id));
    let text = use_state(|| found.as_ref().and_then(|(_, d)| d.description.clone()).unwrap_or_default());
    let error = use_state(|| None::<FieldError>);
    let Some((api, deployment)) = found else { return Html::default() };
    let onsubmit = {
        let (store, text, error, id) = (store.clone(), text.clone(), error.clone(), deployment.id.to_string());
        Callback::from(move |e: SubmitEvent| {
            e.prevent_default();
            let done = store.execute(UpdateDeployment {
                rest_api_id: api.clone(),
                deployment_id: id.clone(),
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
        <Modal title={format!("Describe {}", deployment.short_name())}>
            <form class="body" {onsubmit} novalidate=true>
                <TextField
                    id="deployment-description" label="Deployment description" value={(*text).clone()} when={When::Now}
                    autofocus=true hint="The only thing about a deployment that can change."
                    oninput={Callback::from(move |text| typed.set(text))}
                />
                { FieldError::view(error.as_ref(), "describe-error") }
                <div class="foot">
                    <Button label="Cancel" onclick={cancel} />
                    <Button label="Save" look={Look::Primary} submit=true />
                </div>
            </form>
        </Modal>
    }
}

/// Draws the question before a deployment goes.
#[component]
pub(crate) fn DeleteDeploymentDialog(props: &DeploymentProps) -> Html {
    let store = use_store();
    let id = props.deployment.clone();
    let found = use_selector(move |state| find(state, &id));
    let id = props.deployment.clone();
    let why = use_selector(move |state| state.api().and_then(|api| would_be_refused(api, &id)));
    let error = use_state(|| None::<FieldError>);
    let Some((api, deployment)) = found else { return Html::default() };
    let name = deployment.short_name();
    let confirm = {
        let (store, error, id) = (store.clone(), error.clone(), deployment.id.to_string());
        Callback::from(move |_: MouseEvent| {
            if let Err(refused) = delete(&store, &api, &id) {
                error.set(Some(FieldError::from(&refused)));
            }
        })
    };
    let cancel = Callback::from(move |_: MouseEvent| store.close());
    html! {
        <Modal title={format!("Delete deployment {name}?")}>
            <div class="body">
                <p>{ format!("The snapshot goes, and no stage can be rolled back to it. The name {name} is not used again.") }</p>
                if let Some(why) = why.filter(|_| error.is_none()) { <p class="note">{ why }{ "." }</p> }
                { FieldError::view(error.as_ref(), "delete-error") }
                <div class="foot">
                    <Button label="Cancel" onclick={cancel} />
                    <Button label="Delete deployment" look={Look::Danger} onclick={confirm} />
                </div>
            </div>
        </Modal>
    }
}
