//! "Create method": the method, its integration and an answer, in one step.

use super::{Foot, select};
use crate::ui::markup::html;
use crate::{
    entities::{HttpMethod, IntegrationType, ResourceId},
    ui::{
        MethodTab,
        panels::resources::{
            backend::{Backend, BackendFields, create_method, kind_hint, kinds},
            fields::Shown,
            rows::RowKey,
            send::MethodAt,
        },
        parts::{FieldError, Modal, SelectField, When},
        use_selector, use_store,
    },
};
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, SubmitEvent, component, use_state};

/// The fields that an error can be about.
const FIELDS: [&str; 4] = ["httpMethod", "integrationHttpMethod", "uri", "credentials"];

/// The props of [`CreateMethod`].
#[derive(Debug, PartialEq, Properties)]
pub(crate) struct CreateMethodProps {
    /// The resource's id.
    pub resource: String,
}

/// "Create method" on a resource.
#[component]
pub(crate) fn CreateMethod(props: &CreateMethodProps) -> Html {
    let store = use_store();
    let found = {
        let id = props.resource.clone();
        use_selector(move |state| {
            let api = state.api()?;
            let resource = api.config.resource(&id)?;
            let free = HttpMethod::ALL.into_iter().filter(|verb| !resource.methods.contains_key(verb));
            Some((api.id.to_string(), api.config.path_of(&id), free.collect::<Vec<_>>()))
        })
    };
    let chosen = use_state(|| None::<HttpMethod>);
    let draft = use_state(|| None::<Backend>);
    let error = use_state(|| None::<FieldError>);
    let Some((api, path, free)) = found else { return Html::default() };
    // The first verb that is free; with none left the control plane says so.
    let verb = chosen.or_else(|| free.first().copied()).unwrap_or(HttpMethod::Get);
    let backend = (*draft).clone().unwrap_or_else(|| Backend::new(IntegrationType::Mock, verb));
    let onsubmit = {
        let (store, backend, error, path) = (store.clone(), backend.clone(), error.clone(), path.clone());
        let at = MethodAt { api, resource: props.resource.clone(), verb };
        Callback::from(move |e: SubmitEvent| {
            e.prevent_default();
            match store.transact(|transaction| create_method(transaction, &at, &backend, &path)) {
                Ok(()) => {
                    store.close();
                    let key = RowKey { resource: ResourceId::new(at.resource.as_str()), method: Some(at.verb) };
                    let mock = backend.kind == IntegrationType::Mock;
                    select(&store, &key, if mock { MethodTab::Responses } else { MethodTab::Integration });
                }
                Err(refusal) => error.set(Some(FieldError::from(&refusal))),
            }
        })
    };
    let onverb = {
        let (chosen, error) = (chosen.clone(), error.clone());
        Callback::from(move |text: String| {
            chosen.set(HttpMethod::parse(&text));
            error.set(None);
        })
    };
    let onchange = {
        let (draft, error) = (draft.clone(), error.clone());
        Callback::from(move |backend: Backend| {
            draft.set(Some(backend));
            error.set(None);
        })
    };
    let onkind = {
        let onchange = onchange.clone();
        Callback::from(move |text: String| {
            let kind = IntegrationType::parse(&text).unwrap_or(IntegrationType::Mock);
            onchange.emit(Backend::new(kind, verb));
        })
    };
    let verbs: Vec<(AttrValue, AttrValue)> =
        free.iter().map(|verb| (verb.as_str().into(), verb.as_str().into())).collect();
    let when = Some(When::NextDeployment);
    html! {
        <Modal title="Create method">
            <form class="body" {onsubmit}>
                <Shown id="new-method-path" label="Resource path" value={path} />
                if free.is_empty() { <p class="note">{ "This resource has every method already." }</p> }
                <SelectField
                    id="new-method-verb" label="Method type" value={verb.as_str()} options={verbs} autofocus=true {when}
                    error={FieldError::at((*error).as_ref(), "httpMethod")} onchange={onverb}
                    hint={if verb == HttpMethod::Any { "ANY answers every verb that has no method of its own." } else { "" }}
                />
                <SelectField
                    id="new-method-type" label="Integration type" value={backend.kind.as_str()} options={kinds()} {when}
                    hint={kind_hint(backend.kind)} onchange={onkind}
                />
                <BackendFields id="new-method" {backend} error={(*error).clone()} {onchange} />
                <Foot
                    label="Create method" error={FieldError::elsewhere((*error).as_ref(), &FIELDS)}
                    onclose={Callback::from(move |_: MouseEvent| store.close())}
                />
            </form>
        </Modal>
    }
}
