//! Renaming and moving a resource: ids stay, the paths of everything below follow.

use super::{Foot, paths, select};
use crate::ui::markup::html;
use crate::{
    control_plane::{PatchOperation, resources::UpdateResource},
    entities::ResourceId,
    ui::{
        MethodTab,
        panels::{
            resources::{rows::RowKey, rows::weight},
            words::count,
        },
        parts::{FieldError, Modal, SelectField, TextField, When},
        use_selector, use_store,
    },
};
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, SubmitEvent, component, use_state};

/// The fields that an error can be about.
const FIELDS: [&str; 2] = ["parentId", "pathPart"];

/// The props of [`EditResource`].
#[derive(Debug, PartialEq, Properties)]
pub(crate) struct EditResourceProps {
    /// The resource's id.
    pub resource: String,
}

/// The resource as the form shows it.
#[derive(Clone, Debug, PartialEq)]
struct Stored {
    api: String,
    path: String,
    part: String,
    parent: String,
    below: usize,
    options: Vec<(AttrValue, AttrValue)>,
}

/// Rename or move a resource.
#[component]
pub(crate) fn EditResource(props: &EditResourceProps) -> Html {
    let store = use_store();
    let stored = {
        let id = props.resource.clone();
        use_selector(move |state| {
            let api = state.api()?;
            let resource = api.config.resource(&id)?;
            let (parent, part) = resource.place.as_ref()?;
            let mut options = paths(&api.config);
            // Below itself it cannot go.
            options.retain(|(other, _)| !api.config.is_within(&ResourceId::new(other.as_str()), &resource.id));
            Some(Stored {
                api: api.id.to_string(),
                path: api.config.path_of(&id),
                part: part.to_string(),
                parent: parent.to_string(),
                below: weight(&api.config, &resource.id).0,
                options,
            })
        })
    };
    let part = use_state(|| None::<String>);
    let parent = use_state(|| None::<String>);
    let error = use_state(|| None::<FieldError>);
    let Some(stored) = stored else { return Html::default() };
    let new_part = (*part).clone().unwrap_or_else(|| stored.part.clone());
    let new_parent = (*parent).clone().unwrap_or_else(|| stored.parent.clone());
    let onsubmit = {
        let (store, stored, error, id) = (store.clone(), stored.clone(), error.clone(), props.resource.clone());
        let (new_part, new_parent) = (new_part.trim().trim_start_matches('/').to_owned(), new_parent.clone());
        Callback::from(move |e: SubmitEvent| {
            e.prevent_default();
            let patch = patches(&stored, &new_part, &new_parent);
            let done = if patch.is_empty() {
                Ok(())
            } else {
                let (rest_api_id, resource_id) = (stored.api.clone(), id.clone());
                store.execute(UpdateResource { rest_api_id, resource_id, patch_operations: patch }).map(|_| ())
            };
            match done {
                Ok(()) => {
                    store.close();
                    select(&store, &RowKey::of(&ResourceId::new(id.as_str())), MethodTab::default());
                }
                Err(refusal) => error.set(Some(FieldError::from(&refusal))),
            }
        })
    };
    let edit = |slot: &yew::UseStateHandle<Option<String>>| {
        let (slot, error) = (slot.clone(), error.clone());
        Callback::from(move |text: String| {
            slot.set(Some(text));
            error.set(None);
        })
    };
    let below = match stored.below {
        0 => String::new(),
        n => format!("The paths of {} below change with it.", count(n, "resource")),
    };
    let at = |field: &str| FieldError::at((*error).as_ref(), field);
    let when = Some(When::NextDeployment);
    html! {
        <Modal title={format!("Rename or move {}", stored.path)}>
            <form class="body" {onsubmit}>
                <TextField
                    id="edit-resource-part" label="Resource name" value={new_part} mono=true autofocus=true {when}
                    error={at("pathPart")} oninput={edit(&part)}
                />
                <SelectField
                    id="edit-resource-parent" label="Below" value={new_parent} options={stored.options} {when}
                    error={at("parentId")} onchange={edit(&parent)} hint={below}
                />
                <Foot
                    label="Save" error={FieldError::elsewhere((*error).as_ref(), &FIELDS)}
                    onclose={Callback::from(move |_: MouseEvent| store.close())}
                />
            </form>
        </Modal>
    }
}

fn patches(stored: &Stored, part: &str, parent: &str) -> Vec<PatchOperation> {
    let mut out = Vec::new();
    if stored.parent != parent {
        out.push(PatchOperation::replace("/parentId", parent));
    }
    if stored.part != part {
        // After the move: the name must be free where the resource lands.
        out.push(PatchOperation::replace("/pathPart", part));
    }
    out
}
