//! The difference between two versions of an API, as typed changes that a person can read.
//!
//! One walk serves the list, the count and the marks in the tree, so that "2 changes not deployed" can never stand beside a
//! list of three. It visits only what the two versions do not share, and never compares names or descriptions of the API, which
//! no deployment freezes. A resource that was added or removed is one change, whatever methods it has; a method, likewise.

mod excerpt;
mod members;
mod summary;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

pub use excerpt::{Line, Side, excerpt};

use crate::{
    collections::{Difference, SortedMap, sort_by},
    entities::{
        ApiConfig, ApiParts, ApiSettings, Authorizer, GatewayResponse, GatewayResponseType, HttpMethod, Integration,
        IntegrationResponse, Method, MethodResponse, Model, RequestValidator, Resource, ResourceId, StatusCode,
    },
};
use std::rc::Rc;

/// The kind of a change of its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// A resource has another parent or path part.
    Moved,
    /// Some of its own members differ.
    Changed,
}

/// The part of an API that a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The API's own settings.
    Settings,
    /// A model.
    Model,
    /// A request validator.
    RequestValidator,
    /// An authorizer.
    Authorizer,
    /// A gateway response.
    GatewayResponse,
    /// A resource.
    Resource,
    /// A method, without its responses and its integration.
    Method,
    /// A method response.
    MethodResponse(StatusCode),
    /// An integration, without its responses.
    Integration,
    /// An integration response.
    IntegrationResponse(StatusCode),
}

/// The subject of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The resource; `None` for the API's settings and for its parts beside the resources.
    pub resource: Option<ResourceId>,
    /// The resource's path after the change, or before it when the resource is gone. Empty for settings; for the other
    /// parts what they are and their name, such as `Model User`.
    pub path: String,
    /// The method; `None` for what is not below a method.
    pub method: Option<HttpMethod>,
    /// The part of it.
    pub part: Part,
}

/// One member that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// The member's name on AWS's wire, such as `responseTemplates`.
    pub member: &'static str,
    /// The entry of a map, such as `application/json`.
    pub key: Option<String>,
    /// The text before; `None` when there was none.
    pub before: Option<String>,
    /// The text after; `None` for what is gone.
    pub after: Option<String>,
}

/// One change: one entry of the list, one in the count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The kind of the change.
    pub kind: ChangeKind,
    /// To what.
    pub subject: Subject,
    /// The members that differ.
    pub fields: Vec<FieldChange>,
}

/// Returns the changes that lead from one version to another: settings first, then models and the like, then by path and method.
pub fn diff(before: &ApiConfig, after: &ApiConfig) -> Vec<Change> {
    let mut changes = Vec::new();
    walk(before, after, &mut |found| changes.push(describe(before, after, &found)));
    sort_by(&mut changes, |a, b| rank(a).cmp(&rank(b)).then_with(|| order(a).cmp(order(b))));
    changes
}

/// Returns how many entries `diff` would list, without writing any of them.
pub fn count(before: &ApiConfig, after: &ApiConfig) -> usize {
    let mut count = 0;
    walk(before, after, &mut |_| count += 1);
    count
}

/// Returns the resources and methods that `diff` would name, for marks in a tree; what is gone is named, too.
pub fn touched(before: &ApiConfig, after: &ApiConfig) -> Vec<(ResourceId, Option<HttpMethod>)> {
    let mut out = Vec::new();
    walk(before, after, &mut |found| {
        let (resource, method, _) = found.place();
        out.extend(resource.map(|id| (id.clone(), method)));
    });
    sort_by(&mut out, Ord::cmp);
    out.dedup();
    out
}

/// Puts what has no resource first, by its kind.
fn rank(change: &Change) -> Option<Part> {
    let subject = &change.subject;
    Some(if subject.resource.is_none() { subject.part } else { Part::Resource })
}

fn order(change: &Change) -> impl Iterator<Item = (&str, Option<HttpMethod>, Option<Part>)> {
    // Segment by segment, so that `/a/b` stands before `/a-z`, as in the tree.
    let subject = &change.subject;
    let segments = subject.path.split('/').map(|segment| (segment, None, None));
    segments.chain([("", subject.method, Some(subject.part))])
}

/// Something before and something after; at least one of them exists.
type Pair<'a, T> = (Option<&'a T>, Option<&'a T>);

/// A difference as the walk meets it: references only.
enum Found<'a> {
    Settings(&'a ApiSettings, &'a ApiSettings),
    /// Owned, since the models that every API begins with stand nowhere.
    Model(Option<Rc<Model>>, Option<Rc<Model>>),
    RequestValidator(Pair<'a, RequestValidator>),
    Authorizer(Pair<'a, Authorizer>),
    GatewayResponse(GatewayResponseType, Pair<'a, GatewayResponse>),
    Resource(Pair<'a, Resource>),
    Method(&'a ResourceId, HttpMethod, Pair<'a, Method>),
    MethodResponse(&'a ResourceId, HttpMethod, StatusCode, Pair<'a, MethodResponse>),
    Integration(&'a ResourceId, HttpMethod, Pair<'a, Integration>),
    IntegrationResponse(&'a ResourceId, HttpMethod, StatusCode, Pair<'a, IntegrationResponse>),
}

impl<'a> Found<'a> {
    fn place(&self) -> (Option<&'a ResourceId>, Option<HttpMethod>, Part) {
        match *self {
            Self::Settings(..) => (None, None, Part::Settings),
            Self::Model(..) => (None, None, Part::Model),
            Self::RequestValidator(_) => (None, None, Part::RequestValidator),
            Self::Authorizer(_) => (None, None, Part::Authorizer),
            Self::GatewayResponse(..) => (None, None, Part::GatewayResponse),
            Self::Resource((a, b)) => (b.or(a).map(|r| &r.id), None, Part::Resource),
            Self::Method(id, verb, _) => (Some(id), Some(verb), Part::Method),
            Self::MethodResponse(id, verb, status, _) => (Some(id), Some(verb), Part::MethodResponse(status)),
            Self::Integration(id, verb, _) => (Some(id), Some(verb), Part::Integration),
            Self::IntegrationResponse(id, verb, status, _) => (Some(id), Some(verb), Part::IntegrationResponse(status)),
        }
    }

    fn kind(&self) -> ChangeKind {
        let (before, after) = match self {
            Self::Settings(..) => (true, true),
            Self::Model(before, after) => (before.is_some(), after.is_some()),
            Self::RequestValidator(pair) => sides(pair),
            Self::Authorizer(pair) => sides(pair),
            Self::GatewayResponse(_, pair) => sides(pair),
            Self::Resource((Some(_), Some(_))) => return ChangeKind::Moved,
            Self::Resource(pair) => sides(pair),
            Self::Method(.., pair) => sides(pair),
            Self::MethodResponse(.., pair) => sides(pair),
            Self::Integration(.., pair) => sides(pair),
            Self::IntegrationResponse(.., pair) => sides(pair),
        };
        match (before, after) {
            (false, _) => ChangeKind::Added,
            (_, false) => ChangeKind::Removed,
            _ => ChangeKind::Changed,
        }
    }
}

/// Returns what a part beside the resources is, and its name.
fn name_of(found: &Found<'_>) -> String {
    match found {
        Found::Model(a, b) => format!("Model {}", b.as_ref().or(a.as_ref()).map_or("", |model| &model.name)),
        Found::RequestValidator((a, b)) => {
            let validator = b.or(*a);
            let name = validator.and_then(|v| v.name.as_deref()).or(validator.map(|v| v.id.as_str()));
            format!("Request validator {}", name.unwrap_or_default())
        }
        Found::Authorizer((a, b)) => format!("Authorizer {}", b.or(*a).map_or("", |authorizer| &authorizer.name)),
        Found::GatewayResponse(kind, _) => format!("Gateway response {kind}"),
        Found::Settings(..)
        | Found::Resource(_)
        | Found::Method(..)
        | Found::MethodResponse(..)
        | Found::Integration(..)
        | Found::IntegrationResponse(..) => String::new(),
    }
}

fn sides<T>(pair: &Pair<'_, T>) -> (bool, bool) {
    (pair.0.is_some(), pair.1.is_some())
}

fn describe(before: &ApiConfig, after: &ApiConfig, found: &Found<'_>) -> Change {
    let (resource, method, part) = found.place();
    let kind = found.kind();
    let of = if kind == ChangeKind::Removed && part == Part::Resource { before } else { after };
    let path = resource.map_or_else(|| name_of(found), |id| of.path_of(id));
    let mut fields = Vec::new();
    if kind == ChangeKind::Moved {
        let old = resource.map(|id| before.path_of(id));
        fields.push(FieldChange { member: "path", key: None, before: old, after: Some(path.clone()) });
    }
    members::of(found, &mut |field| fields.push(field.to_owned()));
    Change { kind, subject: Subject { resource: resource.cloned(), path, method, part }, fields }
}

fn walk<'a>(before: &'a ApiConfig, after: &'a ApiConfig, emit: &mut dyn FnMut(Found<'a>)) {
    if !Rc::ptr_eq(&before.settings, &after.settings) {
        emit_changed(Found::Settings(&before.settings, &after.settings), emit);
    }
    if !Rc::ptr_eq(&before.parts, &after.parts) {
        walk_models(before, after, emit);
        walk_parts(&before.parts, &after.parts, emit);
    }
    for item in before.resources().diff(after.resources()) {
        match item {
            Difference::Added(_, new) => emit(Found::Resource((None, Some(new)))),
            Difference::Removed(_, old) => emit(Found::Resource((Some(old), None))),
            Difference::Changed(_, old, new) => walk_resource(old, new, emit),
        }
    }
}

fn walk_models<'a>(before: &ApiConfig, after: &ApiConfig, emit: &mut dyn FnMut(Found<'a>)) {
    if before.parts.models.is_none() && after.parts.models.is_none() {
        return;
    }
    let (old, new) = (before.models(), after.models());
    for_unshared(&old, &new, |name, _| {
        emit_changed(Found::Model(old.get(name).cloned(), new.get(name).cloned()), emit);
    });
}

fn walk_parts<'a>(before: &'a ApiParts, after: &'a ApiParts, emit: &mut dyn FnMut(Found<'a>)) {
    for_unshared(&before.request_validators, &after.request_validators, |_, pair| {
        emit_changed(Found::RequestValidator(pair), emit);
    });
    for_unshared(&before.authorizers, &after.authorizers, |_, pair| emit_changed(Found::Authorizer(pair), emit));
    for_unshared(&before.gateway_responses, &after.gateway_responses, |kind, pair| {
        emit_changed(Found::GatewayResponse(*kind, pair), emit);
    });
}

fn walk_resource<'a>(old: &'a Resource, new: &'a Resource, emit: &mut dyn FnMut(Found<'a>)) {
    if old.place != new.place {
        emit(Found::Resource((Some(old), Some(new))));
    }
    let id = &new.id;
    for_unshared(&old.methods, &new.methods, |verb, pair| match pair {
        (Some(old), Some(new)) => walk_method(id, old, new, emit),
        _ => emit(Found::Method(id, *verb, pair)),
    });
}

fn walk_method<'a>(id: &'a ResourceId, old: &'a Method, new: &'a Method, emit: &mut dyn FnMut(Found<'a>)) {
    let verb = new.http_method;
    emit_changed(Found::Method(id, verb, (Some(old), Some(new))), emit);
    for_unshared(&old.responses, &new.responses, |status, pair| {
        emit_changed(Found::MethodResponse(id, verb, *status, pair), emit);
    });
    match (&old.integration, &new.integration) {
        (None, None) => {}
        (Some(a), Some(b)) if Rc::ptr_eq(a, b) => {}
        (Some(a), Some(b)) => {
            emit_changed(Found::Integration(id, verb, (Some(a), Some(b))), emit);
            for_unshared(&a.responses, &b.responses, |status, pair| {
                emit_changed(Found::IntegrationResponse(id, verb, *status, pair), emit);
            });
        }
        (a, b) => emit(Found::Integration(id, verb, (a.as_deref(), b.as_deref()))),
    }
}

/// Emits what was added, what was removed, and what has members that differ.
fn emit_changed<'a>(found: Found<'a>, emit: &mut dyn FnMut(Found<'a>)) {
    let mut differs = found.kind() != ChangeKind::Changed;
    members::of(&found, &mut |_| differs = true);
    if differs {
        emit(found);
    }
}

fn for_unshared<'a, K: Ord, V>(
    a: &'a SortedMap<K, Rc<V>>,
    b: &'a SortedMap<K, Rc<V>>,
    mut each: impl FnMut(&'a K, Pair<'a, V>),
) {
    for (key, old) in a {
        match b.get(key) {
            Some(new) if Rc::ptr_eq(old, new) => {}
            new => each(key, (Some(old), new.map(|v| &**v))),
        }
    }
    for (key, new) in b.iter().filter(|(key, _)| !a.contains_key(key)) {
        each(key, (None, Some(new)));
    }
}
