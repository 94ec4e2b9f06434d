//! Questions before something goes: they say what goes with it, and that undo brings it back.

use super::{Foot, select};
use crate::ui::markup::html;
use crate::ui::panels::words::count;
use crate::{
    control_plane::{Command, methods::DeleteMethod, resources::DeleteResource, rest_apis::DeleteRestApi},
    entities::{HttpMethod, ResourceId},
    ui::{
        MethodTab, Place, Route, Store,
        panels::{
            items::refusal,
            resources::rows::{RowKey, nearest, weight},
        },
        parts::{FieldError, Modal},
        use_selector, use_store,
    },
};
use yew::{Callback, Html, MouseEvent, Properties, SubmitEvent, component, use_state};

#[derive(Debug, PartialEq, Properties)]
struct QuestionProps {
    title: String,
    text: String,
    label: &'static str,
    error: Option<FieldError>,
    /// The refusal of AWS, when it would refuse.
    #[prop_or_default]
    refused: Option<FieldError>,
    onyes: Callback<()>,
}

/// Draws the question itself.
#[component]
fn Question(props: &QuestionProps) -> Html {
    let store = use_store();
    let blocked = props.refused.as_ref().map(|refused| refused.text.clone());
    let onsubmit = {
        let (onyes, held) = (props.onyes.clone(), blocked.is_some());
        Callback::from(move |e: SubmitEvent| {
            e.prevent_default();
            if !held {
                onyes.emit(());
            }
        })
    };
    html! {
        <Modal title={props.title.clone()}>
            <form class="body" {onsubmit}>
                if let Some(refused) = &props.refused {
                    <p class="note">{ &refused.text }</p>
                    <p class="question">{ &refused.hint }</p>
                } else {
                    <p class="question">{ &props.text }{ " Undo brings it back." }</p>
                }
                <Foot
                    label={props.label} danger=true error={props.error.clone()} {blocked}
                    onclose={Callback::from(move |_: MouseEvent| store.close())}
                />
            </form>
        </Modal>
    }
}

/// The props of [`ConfirmResource`].
#[derive(Debug, PartialEq, Properties)]
pub(crate) struct ConfirmResourceProps {
    /// The resource's id.
    pub id: String,
}

/// "Delete resource", with everything below it.
#[component]
pub(crate) fn ConfirmResource(props: &ConfirmResourceProps) -> Html {
    let store = use_store();
    let error = use_state(|| None::<FieldError>);
    let found = {
        let id = props.id.clone();
        use_selector(move |state| {
            let api = state.api()?;
            let resource = api.config.resource(&id)?;
            Some((api.id.to_string(), api.config.path_of(&id), weight(&api.config, &resource.id)))
        })
    };
    let Some((api, path, (resources, methods))) = found else { return Html::default() };
    let onyes = {
        let (store, error, id) = (store.clone(), error.clone(), props.id.clone());
        Callback::from(move |()| {
            let going = RowKey { resource: ResourceId::new(id.as_str()), method: None };
            let request = DeleteResource { rest_api_id: api.clone(), resource_id: id.clone() };
            let next = nearest_row(&store, &going);
            match store.execute(request) {
                Ok(_) => leave(&store, next),
                Err(refusal) => error.set(Some(FieldError::from(&refusal))),
            }
        })
    };
    let with = match (resources, methods) {
        (0, 0) => "It has no methods and nothing below it.".to_owned(),
        (0, methods) => format!("Its {} with their integrations go with it.", count(methods, "method")),
        (resources, methods) => {
            format!("{} below it and {} in all go with it.", count(resources, "resource"), count(methods, "method"))
        }
    };
    let text = format!("{with} Stages answer as before until the next deployment.");
    html! { <Question title={format!("Delete {path}?")} {text} label="Delete resource" error={(*error).clone()} {onyes} /> }
}

/// The props of [`ConfirmMethod`].
#[derive(Debug, PartialEq, Properties)]
pub(crate) struct ConfirmMethodProps {
    /// The resource's id.
    pub id: String,
    /// The verb.
    pub verb: HttpMethod,
}

/// "Delete method".
#[component]
pub(crate) fn ConfirmMethod(props: &ConfirmMethodProps) -> Html {
    let store = use_store();
    let error = use_state(|| None::<FieldError>);
    let found = {
        let (id, verb) = (props.id.clone(), props.verb);
        use_selector(move |state| {
            let api = state.api()?;
            api.config.method(&id, verb)?;
            Some((api.id.to_string(), api.config.path_of(&id)))
        })
    };
    let Some((api, path)) = found else { return Html::default() };
    let onyes = {
        let (store, error, id, verb) = (store.clone(), error.clone(), props.id.clone(), props.verb);
        Callback::from(move |()| {
            let going = RowKey { resource: ResourceId::new(id.as_str()), method: Some(verb) };
            let (rest_api_id, resource_id, http_method) = (api.clone(), id.clone(), verb.to_string());
            let next = nearest_row(&store, &going);
            match store.execute(DeleteMethod { rest_api_id, resource_id, http_method }) {
                Ok(_) => leave(&store, next),
                Err(refusal) => error.set(Some(FieldError::from(&refusal))),
            }
        })
    };
    let text = "Its integration and its responses go with it. Stages answer as before until the next deployment.";
    html! {
        <Question title={format!("Delete {} {path}?", props.verb)} {text} label="Delete method" error={(*error).clone()} {onyes} />
    }
}

/// The props of [`ConfirmApi`].
#[derive(Debug, PartialEq, Properties)]
pub(crate) struct ConfirmApiProps {
    /// The API's id.
    pub id: String,
}

/// "Delete API", with its stages and deployments.
#[component]
pub(crate) fn ConfirmApi(props: &ConfirmApiProps) -> Html {
    let store = use_store();
    let error = use_state(|| None::<FieldError>);
    let found = {
        let id = props.id.clone();
        use_selector(move |state| {
            let api = state.present().api(&id)?;
            let name = api.config.settings.name.clone();
            Some((name, api.config.resources().len(), api.deployments.len(), api.stages.len()))
        })
    };
    let refused = {
        let command: Command = DeleteRestApi { rest_api_id: props.id.clone() }.into();
        use_selector(move |state| refusal(state, &command))
    };
    let Some((name, resources, deployments, stages)) = found else { return Html::default() };
    let onyes = {
        let (store, error, id) = (store.clone(), error.clone(), props.id.clone());
        Callback::from(move |()| match store.execute(DeleteRestApi { rest_api_id: id.clone() }) {
            Ok(_) => {
                store.close();
                let next = store.read(|state| state.api().map(|api| api.id.to_string()));
                store.go(Route::Workbench { api: next, place: Place::Resources });
            }
            Err(refusal) => error.set(Some(FieldError::from(&refusal))),
        })
    };
    let text = format!(
        "{}, {} and {} go with it. Its invoke URLs stop answering at once.",
        count(resources, "resource"),
        count(deployments, "deployment"),
        count(stages, "stage"),
    );
    html! { <Question title={format!("Delete {name}?")} {text} label="Delete API" error={(*error).clone()} {refused} {onyes} /> }
}

fn nearest_row(store: &Store, going: &RowKey) -> Option<RowKey> {
    store.read(|state| state.api().map(|api| nearest(&api.config, going)))
}

fn leave(store: &Store, next: Option<RowKey>) {
    store.close();
    if let Some(next) = next {
        select(store, &next, MethodTab::default());
    }
}
