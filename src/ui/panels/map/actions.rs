//! What can be done with what is selected on the map, as a menu: the twin of every drag.

use crate::{
    control_plane::{PatchOperation, stages::UpdateStage},
    entities::RestApi,
    ui::{
        Confirm, Dialog, Place, Same, StageTab, Store, UiCommand,
        parts::{Menu, MenuItem, copy},
        use_selector, use_store,
    },
};
use yew::{AttrValue, Callback, Html, component, html};

/// Points a stage at another deployment; a refusal becomes a message.
pub(super) fn point(store: &Store, api: &str, stage: &str, deployment: &str) {
    let (api, stage, deployment) = (api.to_owned(), stage.to_owned(), deployment.to_owned());
    store.with_later(move |later, store| (later.point)(store, api, stage, deployment));
}

/// Does it.
pub(in crate::ui) fn point_now(store: &Store, api: String, stage: String, deployment: String) {
    let name = store.read(|state| {
        let api = state.api()?;
        api.deployments.get(deployment.as_str()).map(|deployment| deployment.short_name())
    });
    let done = format!("{stage} now answers from {}", name.unwrap_or_default());
    let patch_operations = vec![PatchOperation::replace("/deploymentId", &deployment)];
    if store.attempt(UpdateStage { rest_api_id: api, stage_name: stage, patch_operations }).is_some() {
        store.done(done);
    }
}

fn item(label: impl Into<AttrValue>, act: impl Fn() + 'static) -> MenuItem {
    MenuItem { label: label.into(), blocked: None, onclick: Callback::from(move |()| act()) }
}

/// The menu of the selected node; nothing when none is selected.
#[component]
pub(super) fn Actions() -> Html {
    let store = use_store();
    let place = use_selector(|state| state.place());
    let api = use_selector(|state| state.api().map(Same::from));
    let read_only = use_selector(|state| state.is_read_only());
    let Some(api) = api.filter(|_| !read_only) else { return Html::default() };
    let (label, items) = match &place {
        Place::Stage(name, _) => (format!("Stage {name}"), of_stage(&store, &api, name)),
        Place::Deployment(id) => match api.deployments.get(id.as_str()) {
            Some(deployment) => (deployment.short_name(), of_deployment(&store, &api, id)),
            None => return Html::default(),
        },
        _ => return Html::default(),
    };
    html! { <Menu {label} {items} class="map-actions" /> }
}

fn of_stage(store: &Store, api: &RestApi, name: &str) -> Vec<MenuItem> {
    let Some(stage) = api.stages.get(name) else { return Vec::new() };
    let mut items = Vec::new();
    for deployment in api.deployments_newest_first().into_iter().take(8) {
        if deployment.id == stage.deployment_id {
            continue;
        }
        let (store, id) = (store.clone(), deployment.id.to_string());
        let (api, name) = (api.id.to_string(), name.to_owned());
        items.push(item(format!("Point at {}", deployment.short_name()), move || point(&store, &api, &name, &id)));
    }
    let (s, n) = (store.clone(), name.to_owned());
    items.push(item(format!("Deploy to {name}"), move || s.open(Dialog::Deploy { stage: Some(n.clone()) })));
    let s = store.clone();
    items.push(item("Copy invoke URL", move || UiCommand::CopyInvokeUrl.run(&s)));
    let (s, n) = (store.clone(), name.to_owned());
    items.push(item("Show deployment history", move || s.go_to(Place::Stage(n.clone(), StageTab::History))));
    if stage.canary.is_some() {
        let (s, n) = (store.clone(), name.to_owned());
        items.push(item("Promote canary", move || s.open(Dialog::PromoteCanary { stage: n.clone() })));
    }
    let (s, n) = (store.clone(), name.to_owned());
    items.push(item("Delete stage", move || s.open(Dialog::Confirm(Confirm::DeleteStage(n.clone())))));
    items
}

fn of_deployment(store: &Store, api: &RestApi, id: &str) -> Vec<MenuItem> {
    let mut items = Vec::new();
    for stage in api.stages.values().filter(|stage| stage.deployment_id.as_str() != id) {
        let (store, id, name) = (store.clone(), id.to_owned(), stage.name.to_string());
        let api = api.id.to_string();
        items.push(item(format!("Point {name} here"), move || point(&store, &api, &name, &id)));
    }
    let (s, d) = (store.clone(), id.to_owned());
    items.push(item("Create stage from it", move || s.open(Dialog::CreateStage { deployment: Some(d.clone()) })));
    let (s, d) = (store.clone(), id.to_owned());
    items.push(item("Copy deployment id", move || copy(&s, &d, "Deployment id copied")));
    let (s, d) = (store.clone(), id.to_owned());
    let holding = api.holders_of(id);
    let mut delete = item("Delete deployment", move || s.open(Dialog::Confirm(Confirm::DeleteDeployment(d.clone()))));
    if !holding.is_empty() {
        delete.blocked = Some(format!("held by {}", holding.join(", ")).into());
    }
    items.push(delete);
    items
}
