//! The menu of the thing that is selected on the map: the twin of every drag.

use crate::ui::markup::html;
use crate::{
    collections::SharedMap,
    control_plane::{
        Command, PatchOperation,
        base_path_mappings::{DeleteBasePathMapping, UpdateBasePathMapping},
        stages::UpdateStage,
    },
    diagram::{Edge, EdgeKind, NodeRef},
    entities::{Canary, DeploymentId, RestApi},
    ui::{
        Confirm, Dialog, Page, Place, Same, StageTab, State, Store, UiCommand,
        core::Arrow,
        parts::{Menu, MenuItem, copy},
        use_selector, use_store,
    },
};
use std::rc::Rc;
use yew::{AttrValue, Callback, Html, component};

impl Arrow {
    /// Returns the one that an edge is.
    pub(super) fn of(edge: &Edge) -> Option<Self> {
        match (&edge.from, edge.kind) {
            (NodeRef::Stage(name), EdgeKind::Canary) => Some(Self::Canary(name.to_string())),
            (NodeRef::Stage(name), _) => Some(Self::Stage(name.to_string())),
            (NodeRef::Domain { domain, base_path, .. }, _) => {
                Some(Self::Mapping { domain: domain.to_string(), base_path: base_path.to_string() })
            }
            _ => None,
        }
    }

    /// Tells whether it can point at a node.
    pub(super) fn fits(&self, target: &NodeRef) -> bool {
        match self {
            Self::Canary(name) if matches!(target, NodeRef::Stage(stage) if **stage == **name) => true,
            Self::Stage(_) | Self::Canary(_) => matches!(target, NodeRef::Deployment(_)),
            Self::Mapping { .. } | Self::Deployment(_) => matches!(target, NodeRef::Stage(_)),
        }
    }

    /// Returns what a pointer over its end is told.
    pub(super) fn invitation(&self) -> &'static str {
        match self {
            Self::Stage(_) => "Drag to another deployment to point the stage at it",
            Self::Canary(_) => "Drag to another deployment to make it the canary, or onto its stage to promote it",
            Self::Mapping { .. } => "Drag to another stage to map the URL to it",
            Self::Deployment(_) => "Drag to a stage to point it here",
        }
    }

    /// Returns what goes when it is let go of.
    pub(super) fn held(&self) -> &'static str {
        match self {
            Self::Stage(_) => "stage",
            Self::Canary(_) => "canary",
            Self::Mapping { .. } => "mapping",
            Self::Deployment(_) => "deployment",
        }
    }
}

/// Points an arrow at a node, or at nothing, which deletes what it belongs to; a refusal becomes a message.
pub(super) fn point(store: &Store, api: &str, arrow: Arrow, at: Option<&NodeRef>) {
    let at = match at {
        Some(NodeRef::Deployment(id)) => Some(id.to_string()),
        Some(NodeRef::Stage(name)) => Some(name.to_string()),
        Some(_) => return,
        None => None,
    };
    let api = api.to_owned();
    store.with_later(move |later, store| (later.point)(store, api, arrow, at));
}

/// Does it: `at` is the id of a deployment, or the name of a stage for a mapping and for a canary that is promoted.
pub(in crate::ui) fn point_now(store: &Store, api: String, arrow: Arrow, at: Option<String>) {
    let Some(at) = at else {
        match arrow {
            Arrow::Stage(name) => store.open(Dialog::Confirm(Confirm::DeleteStage(name))),
            Arrow::Canary(name) => store.open(Dialog::Confirm(Confirm::DeleteCanary(name))),
            Arrow::Mapping { domain, base_path } => unmap(store, &domain, &base_path),
            Arrow::Deployment(id) => store.open(Dialog::Confirm(Confirm::DeleteDeployment(id))),
        }
        return;
    };
    let short = store.read(|state| Some(state.api()?.deployments.get(at.as_str())?.short_name())).unwrap_or_default();
    let replace = |path| vec![PatchOperation::replace(path, &at)];
    let (command, done): (Command, String) = match arrow {
        Arrow::Stage(stage_name) => {
            let done = format!("{stage_name} now answers from {short}");
            let patch_operations = replace("/deploymentId");
            (UpdateStage { rest_api_id: api, stage_name, patch_operations }.into(), done)
        }
        Arrow::Canary(stage) if stage == at => {
            store.open(Dialog::PromoteCanary { stage });
            return;
        }
        Arrow::Canary(stage_name) => {
            let done = format!("{short} is now the canary of {stage_name}");
            let patch_operations = replace("/canarySettings/deploymentId");
            (UpdateStage { rest_api_id: api, stage_name, patch_operations }.into(), done)
        }
        Arrow::Mapping { domain, base_path } => {
            let Some((domain_name, domain_name_id)) = store.read(|state| named(state, &domain)) else { return };
            let done = format!("{domain_name} now leads to {at}");
            let patch_operations = replace("/stage");
            (UpdateBasePathMapping { domain_name, domain_name_id, base_path, patch_operations }.into(), done)
        }
        // To give it to a stage is to point the stage's arrow at it.
        Arrow::Deployment(id) => return point_now(store, api, Arrow::Stage(at), Some(id)),
    };
    if store.attempt(command).is_some() {
        store.done(done);
    }
}

/// Deletes a mapping; undo brings it back.
fn unmap(store: &Store, domain: &str, base_path: &str) {
    let Some((domain_name, domain_name_id)) = store.read(|state| named(state, domain)) else { return };
    let done = format!("Deleted the mapping {base_path} of {domain_name}.");
    let base_path = base_path.to_owned();
    if store.attempt(DeleteBasePathMapping { domain_name, domain_name_id, base_path }).is_some() {
        store.done(done);
    }
}

/// Returns a domain name's name, and the id of a private one.
fn named(state: &State, domain: &str) -> Option<(String, Option<String>)> {
    let domain = state.present().account.domain_names.get(domain)?;
    Some((domain.name.to_string(), domain.id.as_ref().map(ToString::to_string)))
}

fn item(label: impl Into<AttrValue>, act: impl Fn() + 'static) -> MenuItem {
    MenuItem { label: label.into(), blocked: None, onclick: Callback::from(move |()| act()) }
}

/// Draws the menu of the selected node; nothing when none is selected.
#[component]
pub(in crate::ui) fn Actions() -> Html {
    let store = use_store();
    let place = use_selector(|state| state.place());
    let api = use_selector(|state| state.api().map(Same::from));
    let read_only = use_selector(|state| state.is_read_only());
    // Read for the sake of rendering again: the menu of a domain name tells its mappings.
    let _ = use_selector(|state| Same::from(&state.present().account));
    let Some(api) = api.filter(|_| !read_only) else { return Html::default() };
    let (label, items) = match &place {
        Place::Stage(name, _) => (format!("Stage {name}"), of_stage(&store, &api, name)),
        Place::Page(Page::DomainNames, Some(domain)) => {
            let name = store.read(|state| named(state, domain)).map_or_else(|| domain.clone(), |(name, _)| name);
            (name, of_domain(&store, &api, domain))
        }
        Place::Deployment(id) => match api.deployments.get(id.as_str()) {
            Some(deployment) => (deployment.short_name(), of_deployment(&store, &api, id)),
            None => return Html::default(),
        },
        _ => return Html::default(),
    };
    if items.is_empty() {
        return Html::default();
    }
    html! { <Menu {label} {items} class="map-actions" /> }
}

fn of_stage(store: &Store, api: &RestApi, name: &str) -> Vec<MenuItem> {
    let Some(stage) = api.stages.get(name) else { return Vec::new() };
    let mut items = Vec::new();
    for deployment in api.deployments_newest_first().into_iter().take(8) {
        if deployment.id == stage.deployment_id {
            continue;
        }
        let (store, id) = (store.clone(), deployment.id.clone());
        let (api, name) = (api.id.to_string(), name.to_owned());
        items.push(item(format!("Point at {}", deployment.short_name()), move || {
            point(&store, &api, Arrow::Stage(name.clone()), Some(&NodeRef::Deployment(id.clone())));
        }));
    }
    let (s, n) = (store.clone(), name.to_owned());
    items.push(item(format!("Deploy to {name}"), move || s.open(Dialog::Deploy { stage: Some(n.clone()) })));
    let s = store.clone();
    items.push(item("Copy invoke URL", move || UiCommand::CopyInvokeUrl.run(&s)));
    let (s, n) = (store.clone(), name.to_owned());
    items.push(item("Show deployment history", move || s.go_to(Place::Stage(n.clone(), StageTab::History))));
    let (s, n) = (store.clone(), name.to_owned());
    let label = if stage.canary.is_some() { "Edit canary" } else { "Create canary" };
    items.push(item(label, move || s.go_to(Place::Stage(n.clone(), StageTab::Canary))));
    if stage.canary.is_some() {
        let (s, n) = (store.clone(), name.to_owned());
        items.push(item("Promote canary", move || s.open(Dialog::PromoteCanary { stage: n.clone() })));
        let (s, n) = (store.clone(), name.to_owned());
        items.push(item("Delete canary", move || s.open(Dialog::Confirm(Confirm::DeleteCanary(n.clone())))));
    }
    let s = store.clone();
    items.push(item("Map a custom domain name", move || s.go_to(Place::Page(Page::DomainNames, None))));
    let (s, n) = (store.clone(), name.to_owned());
    items.push(item("Delete stage", move || s.open(Dialog::Confirm(Confirm::DeleteStage(n.clone())))));
    items
}

fn of_deployment(store: &Store, api: &RestApi, id: &str) -> Vec<MenuItem> {
    let mut items = Vec::new();
    for stage in api.stages.values().filter(|stage| stage.deployment_id.as_str() != id) {
        let (store, id, name) = (store.clone(), NodeRef::Deployment(DeploymentId::new(id)), stage.name.to_string());
        let api = api.id.to_string();
        let label = format!("Point {name} here");
        items.push(item(label, move || point(&store, &api, Arrow::Stage(name.clone()), Some(&id))));
    }
    let has_other_canary = |canary: &Rc<Canary>| canary.deployment_id.as_str() != id;
    for stage in api.stages.values().filter(|stage| stage.canary.as_ref().is_some_and(has_other_canary)) {
        let (store, id, name) = (store.clone(), NodeRef::Deployment(DeploymentId::new(id)), stage.name.to_string());
        let api = api.id.to_string();
        let label = format!("Make it the canary of {name}");
        items.push(item(label, move || point(&store, &api, Arrow::Canary(name.clone()), Some(&id))));
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

/// Returns what can be done with the mappings of a domain name to this API.
fn of_domain(store: &Store, api: &RestApi, domain: &str) -> Vec<MenuItem> {
    let mut items = Vec::new();
    let mappings = store.read(|state| state.present().account.domain_names.get(domain).map(|d| d.mappings.clone()));
    for mapping in mappings.iter().flat_map(SharedMap::values).filter(|mapping| mapping.rest_api_id == api.id) {
        for stage in api.stages.keys().filter(|stage| mapping.stage.as_ref() != Some(stage)) {
            let arrow = Arrow::Mapping { domain: domain.to_owned(), base_path: mapping.base_path.to_string() };
            let (store, api, at) = (store.clone(), api.id.to_string(), NodeRef::Stage(stage.clone()));
            let label = format!("Map /{} to {stage}", mapping.segment());
            items.push(item(label, move || point(&store, &api, arrow.clone(), Some(&at))));
        }
        let (store, domain, base_path) = (store.clone(), domain.to_owned(), mapping.base_path.to_string());
        let label = format!("Delete mapping /{}", mapping.segment());
        items.push(item(label, move || unmap(&store, &domain, &base_path)));
    }
    items
}
