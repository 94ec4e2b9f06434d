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
        ApiConfig, ApiSettings, HttpMethod, Integration, IntegrationResponse, Method, MethodResponse, Resource,
        ResourceId, StatusCode,
    },
};
use std::rc::Rc;

/// What happened to the subject.
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

/// Which part of an API a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The API's own settings.
    Settings,
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

/// What a change is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The resource; `None` for the API's settings.
    pub resource: Option<ResourceId>,
    /// The resource's path after the change, or before it when the resource is gone. Empty for settings.
    pub path: String,
    /// The method; `None` for settings and resources.
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
    /// The text after; `None` when there is none.
    pub after: Option<String>,
}

/// One change: one entry of the list, one in the count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What happened.
    pub kind: ChangeKind,
    /// To what.
    pub subject: Subject,
    /// The members that differ.
    pub fields: Vec<FieldChange>,
}

/// The changes that lead from one version to another, settings first, then by path and method.
pub fn diff(before: &ApiConfig, after: &ApiConfig) -> Vec<Change> {
    let mut changes = Vec::new();
    walk(before, after, &mut |found| changes.push(describe(before, after, &found)));
    sort_by(&mut changes, |a, b| order(a).cmp(order(b)));
    changes
}

/// How many entries `diff` would list, without writing any of them.
pub fn count(before: &ApiConfig, after: &ApiConfig) -> usize {
    let mut count = 0;
    walk(before, after, &mut |_| count += 1);
    count
}

/// The resources and methods that `diff` would name, for marks in a tree; what is gone is named, too.
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

fn order(change: &Change) -> impl Iterator<Item = (&str, Option<HttpMethod>, Option<Part>)> {
    // Segment by segment, so that `/a/b` stands before `/a-z`, as in the tree.
    let subject = &change.subject;
    let segments = subject.path.split('/').map(|segment| (segment, None, None));
    let settings = subject.resource.is_none().then_some(("", None, None));
    settings.into_iter().chain(segments).chain([("", subject.method, Some(subject.part))])
}

/// Something before and something after; at least one of them exists.
type Pair<'a, T> = (Option<&'a T>, Option<&'a T>);

/// A difference as the walk meets it: references only.
enum Found<'a> {
    Settings(&'a ApiSettings, &'a ApiSettings),
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

fn sides<T>(pair: &Pair<'_, T>) -> (bool, bool) {
    (pair.0.is_some(), pair.1.is_some())
}

fn describe(before: &ApiConfig, after: &ApiConfig, found: &Found<'_>) -> Change {
    let (resource, method, part) = found.place();
    let kind = found.kind();
    let of = if kind == ChangeKind::Removed && part == Part::Resource { before } else { after };
    let path = resource.map(|id| of.path_of(id)).unwrap_or_default();
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
    for item in before.resources().diff(after.resources()) {
        match item {
            Difference::Added(_, new) => emit(Found::Resource((None, Some(new)))),
            Difference::Removed(_, old) => emit(Found::Resource((Some(old), None))),
            Difference::Changed(_, old, new) => walk_resource(old, new, emit),
        }
    }
}

fn walk_resource<'a>(old: &'a Resource, new: &'a Resource, emit: &mut dyn FnMut(Found<'a>)) {
    if old.place != new.place {
        emit(Found::Resource((Some(old), Some(new))));
    }
    let id = &new.id;
    for_unshared(&old.methods, &new.methods, |verb, pair| match pair {
        (Some(old), Some(new)) => walk_method(id, old, new, emit),
        _ => emit(Found::Method(id, verb, pair)),
    });
}

fn walk_method<'a>(id: &'a ResourceId, old: &'a Method, new: &'a Method, emit: &mut dyn FnMut(Found<'a>)) {
    let verb = new.http_method;
    emit_changed(Found::Method(id, verb, (Some(old), Some(new))), emit);
    for_unshared(&old.responses, &new.responses, |status, pair| {
        emit_changed(Found::MethodResponse(id, verb, status, pair), emit);
    });
    match (&old.integration, &new.integration) {
        (None, None) => {}
        (Some(a), Some(b)) if Rc::ptr_eq(a, b) => {}
        (Some(a), Some(b)) => {
            emit_changed(Found::Integration(id, verb, (Some(a), Some(b))), emit);
            for_unshared(&a.responses, &b.responses, |status, pair| {
                emit_changed(Found::IntegrationResponse(id, verb, status, pair), emit);
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

fn for_unshared<'a, K: Ord + Copy, V>(
    a: &'a SortedMap<K, Rc<V>>,
    b: &'a SortedMap<K, Rc<V>>,
    mut each: impl FnMut(K, Pair<'a, V>),
) {
    for (key, old) in a {
        match b.get(key) {
            Some(new) if Rc::ptr_eq(old, new) => {}
            new => each(*key, (Some(old), new.map(|v| &**v))),
        }
    }
    for (key, new) in b.iter().filter(|(key, _)| !a.contains_key(key)) {
        each(*key, (None, Some(new)));
    }
}
