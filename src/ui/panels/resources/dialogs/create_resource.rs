//! "Create resource".

use super::{Foot, paths, select};
use crate::ui::markup::html;
use crate::{
    control_plane::resources::CreateResource as Request,
    entities::ResourceId,
    ui::{
        MethodTab,
        panels::resources::rows::RowKey,
        parts::{FieldError, Modal, SelectField, TextField, When},
        use_selector, use_store,
    },
};
use yew::{Callback, Html, MouseEvent, Properties, SubmitEvent, component, use_memo, use_state};

/// The fields that an error can be about.
const FIELDS: [&str; 2] = ["parentId", "pathPart"];

/// The props of [`CreateResource`].
#[derive(Debug, PartialEq, Properties)]
pub(crate) struct CreateResourceProps {
    /// The parent that is chosen at first.
    pub parent: String,
}

/// "Create resource" below a parent.
#[component]
pub(crate) fn CreateResource(props: &CreateResourceProps) -> Html {
    let store = use_store();
    let parent = use_state(|| props.parent.clone());
    let part = use_state(String::new);
    let error = use_state(|| None::<FieldError>);
    let found = use_selector(|state| state.api().map(|api| (api.id.to_string(), api.config.clone())));
    let options = use_memo(found.as_ref().map(|(_, config)| config.clone()), |config| config.as_deref().map(paths));
    let Some(((api, _), options)) = found.zip((*options).clone()) else { return Html::default() };
    let onsubmit = {
        let (store, parent, part, error) = (store.clone(), parent.clone(), part.clone(), error.clone());
        Callback::from(move |e: SubmitEvent| {
            e.prevent_default();
            let path_part = part.trim().trim_start_matches('/').to_owned();
            let request = Request { rest_api_id: api.clone(), parent_id: (*parent).clone(), path_part };
            match store.execute(request) {
                Ok(outcome) => {
                    store.close();
                    let id = ResourceId::new(outcome.text("id").unwrap_or_default());
                    select(&store, &RowKey::of(&id), MethodTab::default());
                }
                Err(refusal) => error.set(Some(FieldError::from(&refusal))),
            }
        })
    };
    let onchange = {
        let (parent, error) = (parent.clone(), error.clone());
        Callback::from(move |id: String| {
            parent.set(id);
            error.set(None);
        })
    };
    let oninput = {
        let (part, error) = (part.clone(), error.clone());
        Callback::from(move |text: String| {
            part.set(text);
            error.set(None);
        })
    };
    let (made, limit) = use_selector(|state| {
        (state.api().map_or(0, |api| api.config.resources().len()), state.present().limits.resources_per_api)
    });
    let below = options.iter().find(|(id, _)| **id == **parent).map(|(_, path)| path.clone()).unwrap_or_default();
    let typed = part.trim().trim_start_matches('/');
    let preview = format!("{}/{}", below.trim_end_matches('/'), if typed.is_empty() { "…" } else { typed });
    let at = |field: &str| FieldError::at((*error).as_ref(), field);
    html! {
        <Modal title="Create resource">
            <form class="body" {onsubmit}>
                <SelectField
                    id="new-resource-parent" label="Resource path" value={(*parent).clone()} {options}
                    error={at("parentId")} {onchange} hint="The resource below which the new one stands."
                />
                <TextField
                    id="new-resource-part" label="Resource name" value={(*part).clone()} mono=true autofocus=true placeholder="orders"
                    when={When::NextDeployment} error={at("pathPart")} {oninput}
                    hint={format!(
                        "One segment: orders, {{orderId}} for a variable, {{proxy+}} for the whole rest of the path. {made} of {limit} resources are made."
                    )}
                />
                <p class="new-path">{ "New resource: " }<output class="mono" for="new-resource-part">{ preview }</output></p>
                <Foot
                    label="Create resource" error={FieldError::elsewhere((*error).as_ref(), &FIELDS)}
                    onclose={Callback::from(move |_: MouseEvent| store.close())}
                />
            </form>
        </Modal>
    }
}
