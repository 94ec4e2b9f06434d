//! "Create API".

use super::{
    super::super::vpc_endpoints::{LIST_HINT, parse_list},
    Foot,
};
use crate::ui::markup::html;
use crate::{
    control_plane::{checks::EndpointConfigurationInput, rest_apis::CreateRestApi},
    ui::{
        Pane, Place, Route,
        parts::{FieldError, Modal, SelectField, TextField},
        use_selector, use_store,
    },
};
use std::iter;
use yew::{AttrValue, Callback, Html, MouseEvent, SubmitEvent, component, use_state};

/// The endpoint type with VPC endpoints.
const PRIVATE: &str = "PRIVATE";
/// The fields that an error can be about.
const FIELDS: [&str; 4] = ["name", "description", "endpointConfiguration", "cloneFrom"];

/// "Create API".
#[component]
pub(crate) fn CreateApi() -> Html {
    let store = use_store();
    let name = use_state(String::new);
    let description = use_state(String::new);
    let endpoint = use_state(|| "REGIONAL".to_owned());
    let vpc = use_state(String::new);
    let source = use_state(String::new);
    let sources = use_selector(|state| {
        let apis = state.present().rest_apis.values();
        let apis =
            apis.map(|api| (AttrValue::from(api.id.to_string()), AttrValue::from(api.config.settings.name.clone())));
        iter::once((AttrValue::default(), "None: a new API".into())).chain(apis).collect::<Vec<_>>()
    });
    let error = use_state(|| None::<FieldError>);
    let onsubmit = {
        let (store, error) = (store.clone(), error.clone());
        let (name, description, endpoint, vpc) = (name.clone(), description.clone(), endpoint.clone(), vpc.clone());
        let source = source.clone();
        Callback::from(move |e: SubmitEvent| {
            e.prevent_default();
            let clone_from = Some(source.to_string()).filter(|id| !id.is_empty());
            let request = CreateRestApi { clone_from, ..request(name.trim(), description.trim(), &endpoint, &vpc) };
            match store.execute(request) {
                Ok(outcome) => {
                    let text = |member| outcome.text(member).unwrap_or_default().to_owned();
                    store.close();
                    store.show_pane(Pane::Edit);
                    store.go(Route::to(text("id"), Place::Resource(text("rootResourceId"))));
                }
                Err(refusal) => error.set(Some(FieldError::from(&refusal))),
            }
        })
    };
    let edit = |slot: &yew::UseStateHandle<String>| {
        let (slot, error) = (slot.clone(), error.clone());
        Callback::from(move |text: String| {
            slot.set(text);
            error.set(None);
        })
    };
    let at = |field: &str| FieldError::at((*error).as_ref(), field);
    html! {
        <Modal title="Create API">
            <form class="body" {onsubmit}>
                <TextField id="new-api-name" label="API name" value={(*name).clone()} autofocus=true error={at("name")} oninput={edit(&name)} />
                <TextField id="new-api-description" label="Description - optional" value={(*description).clone()} error={at("description")} oninput={edit(&description)} />
                <SelectField
                    id="new-api-endpoint" label="API endpoint type" value={(*endpoint).clone()} options={endpoint_types()}
                    error={at("endpointConfiguration")} onchange={edit(&endpoint)}
                />
                if *endpoint == PRIVATE {
                    <TextField id="new-api-vpc" label="VPC endpoint IDs - optional" value={(*vpc).clone()} hint={LIST_HINT} oninput={edit(&vpc)} />
                }
                if sources.len() > 1 {
                    <SelectField
                        id="new-api-source" label="API to clone - optional" value={(*source).clone()} options={sources}
                        error={at("cloneFrom")} onchange={edit(&source)}
                        hint="Its working copy is copied, with ids of its own; deployments, stages and tags stay behind."
                    />
                }
                <Foot
                    label="Create API" error={FieldError::elsewhere((*error).as_ref(), &FIELDS)}
                    onclose={Callback::from(move |_: MouseEvent| store.close())}
                />
            </form>
        </Modal>
    }
}

fn request(name: &str, description: &str, endpoint: &str, vpc: &str) -> CreateRestApi {
    CreateRestApi {
        name: name.to_owned(),
        description: Some(description.to_owned()).filter(|text| !text.is_empty()),
        endpoint_configuration: Some(EndpointConfigurationInput {
            types: Some(vec![endpoint.to_owned()]),
            vpc_endpoint_ids: parse_list(vpc).filter(|_| endpoint == PRIVATE),
            ..EndpointConfigurationInput::default()
        }),
        ..CreateRestApi::default()
    }
}

/// Returns the choice of endpoint types.
pub(crate) fn endpoint_types() -> Vec<(yew::AttrValue, yew::AttrValue)> {
    [("REGIONAL", "Regional"), ("EDGE", "Edge-optimized"), ("PRIVATE", "Private")]
        .into_iter()
        .map(|(value, text)| (value.into(), text.into()))
        .collect()
}
