//! The resource tree as data: which rows are shown, how deep, and what differs from the newest deployment.
//! Nothing here draws and nothing here changes an API.

use crate::{
    collections::{SortedMap, SortedSet},
    entities::{ApiConfig, HttpMethod, Resource, ResourceId},
    history::diff,
    view::route::{MethodTab, Place},
};
use std::rc::Rc;

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

/// The thing that a row stands for: a resource, or one of its methods.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowKey {
    /// The resource.
    pub resource: ResourceId,
    /// The method; `None` for the resource itself.
    pub method: Option<HttpMethod>,
}

impl RowKey {
    /// Returns the row of a resource.
    pub fn of(resource: &ResourceId) -> Self {
        Self { resource: resource.clone(), method: None }
    }

    /// Returns the row's id in the document.
    pub fn dom_id(&self) -> String {
        match self.method {
            Some(verb) => format!("row-{}-{verb}", self.resource),
            None => format!("row-{}", self.resource),
        }
    }

    /// Returns the place that selecting the row shows; of a method, this tab.
    pub fn place(&self, tab: MethodTab) -> Place {
        match self.method {
            Some(verb) => Place::Method(self.resource.to_string(), verb, tab),
            None => Place::Resource(self.resource.to_string()),
        }
    }
}

/// How a row differs from the newest deployment; the later ones outrank the earlier ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Not at all, or nothing is deployed.
    #[default]
    Same,
    /// Something in the collapsed rows below it differs.
    Below,
    /// A method or a child of it was deleted.
    Lost,
    /// It was changed, renamed or moved.
    Changed,
    /// It was added.
    New,
}

impl Mark {
    /// Returns the mark in words, after the number of the deployment it is compared with.
    pub fn text(self, since: u32) -> Option<String> {
        match self {
            Self::Same => None,
            Self::Below => Some(format!("something below differs from D{since}")),
            Self::Lost => Some(format!("something was deleted here since D{since}")),
            Self::Changed => Some(format!("changed since D{since}")),
            Self::New => Some(format!("new since D{since}")),
        }
    }
}

/// One row that is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The thing that it stands for.
    pub key: RowKey,
    /// Its id in the document.
    pub dom_id: String,
    /// From 1.
    pub level: usize,
    /// `/users`, or `GET`.
    pub label: String,
    /// The full path of the resource.
    pub path: String,
    /// Whether rows below it are shown; `None` when there is nothing below.
    pub expanded: Option<bool>,
    /// How it differs from the newest deployment.
    pub mark: Mark,
    /// Its number among the rows of its branch, and how many they are.
    pub place: (usize, usize),
}

/// Returns the rows in the order in which they stand, methods before child resources.
pub fn rows(config: &ApiConfig, before: Option<&ApiConfig>, collapsed: &SortedSet<ResourceId>) -> Vec<Rc<Row>> {
    let marks = before.map(|before| marks(before, config)).unwrap_or_default();
    let mark = |resource: &ResourceId, method| marks.get(&(resource.clone(), method)).copied().unwrap_or_default();
    let mut out: Vec<Row> = Vec::new();
    let mut paths: Vec<String> = Vec::new();
    // The collapsed resource whose subtree is being passed over: its depth and its row.
    let mut over: Option<(usize, usize)> = None;
    for (depth, resource) in config.tree() {
        paths.truncate(depth);
        let path = path_below(paths.last().map_or("", String::as_str), resource);
        paths.push(path.clone());
        over = over.filter(|(of, _)| depth > *of);
        let methods = resource.methods.keys().map(|verb| (*verb, mark(&resource.id, Some(*verb))));
        if let Some((_, at)) = over {
            let differs = mark(&resource.id, None) > Mark::Same || methods.into_iter().any(|(_, m)| m > Mark::Same);
            raise(&mut out, at, differs);
            continue;
        }
        let inner = !resource.methods.is_empty() || config.children(&resource.id).next().is_some();
        let shut = inner && collapsed.contains(&resource.id);
        let key = RowKey::of(&resource.id);
        let label = resource.path_part().map_or_else(|| "/".to_owned(), |part| format!("/{part}"));
        let expanded = inner.then_some(!shut);
        let (dom_id, mark) = (key.dom_id(), mark(&resource.id, None));
        out.push(Row { key, dom_id, level: depth + 1, label, path: path.clone(), expanded, mark, place: (1, 1) });
        if shut {
            let at = out.len() - 1;
            raise(&mut out, at, methods.into_iter().any(|(_, m)| m > Mark::Same));
            over = Some((depth, at));
            continue;
        }
        out.extend(methods.map(|(verb, mark)| Row {
            key: RowKey { resource: resource.id.clone(), method: Some(verb) },
            dom_id: RowKey { resource: resource.id.clone(), method: Some(verb) }.dom_id(),
            level: depth + 2,
            label: verb.as_str().to_owned(),
            path: path.clone(),
            expanded: None,
            mark,
            place: (1, 1),
        }));
    }
    number(&mut out);
    out.into_iter().map(Rc::new).collect()
}

/// Numbers the rows of each branch.
fn number(rows: &mut [Row]) {
    // For each level, how many rows its branch has had up to here; then, from the end, how many it has.
    let mut counts: Vec<usize> = Vec::new();
    for row in rows.iter_mut() {
        counts.resize(row.level, 0);
        if let Some(count) = counts.last_mut() {
            *count += 1;
            row.place.0 = *count;
        }
    }
    let mut sizes: Vec<usize> = Vec::new();
    for row in rows.iter_mut().rev() {
        sizes.resize(row.level, 0);
        if let Some(size) = sizes.last_mut() {
            *size = row.place.0.max(*size);
            row.place.1 = *size;
        }
    }
}

fn raise(rows: &mut [Row], at: usize, differs: bool) {
    if let Some(row) = rows.get_mut(at).filter(|_| differs) {
        row.mark = row.mark.max(Mark::Below);
    }
}

fn path_below(parent: &str, resource: &Resource) -> String {
    match resource.path_part() {
        None => "/".to_owned(),
        Some(part) => format!("{}/{part}", parent.trim_end_matches('/')),
    }
}

/// Returns the marks of all rows that differ.
fn marks(before: &ApiConfig, after: &ApiConfig) -> SortedMap<(ResourceId, Option<HttpMethod>), Mark> {
    let mut out: SortedMap<_, Mark> = SortedMap::new();
    for (id, method) in diff::touched(before, after) {
        let (there, mark) = match method {
            Some(verb) if after.method(&id, verb).is_none() => ((id, None), Mark::Lost),
            Some(verb) => {
                let mark = if before.method(&id, verb).is_none() { Mark::New } else { Mark::Changed };
                ((id, method), mark)
            }
            None if after.resource(&id).is_none() => {
                // What is gone has no row; its parent, when it is still there, tells.
                let parent = before.resource(&id).and_then(|gone| gone.parent_id()).cloned();
                let Some(parent) = parent.filter(|parent| after.resource(parent).is_some()) else { continue };
                ((parent, None), Mark::Lost)
            }
            None if before.resource(&id).is_none() => ((id, None), Mark::New),
            None => ((id, None), Mark::Changed),
        };
        let slot = out.get_or_default(there);
        *slot = mark.max(*slot);
    }
    out
}

/// Returns the row nearest to one that is about to go, with everything below it: the next row beside it, else the one
/// before.
pub fn nearest(config: &ApiConfig, going: &RowKey) -> RowKey {
    let rows = rows(config, None, &SortedSet::new());
    let root = || RowKey::of(config.root_id());
    let Some(at) = rows.iter().position(|row| row.key == *going) else { return root() };
    let level = rows.get(at).map_or(1, |row| row.level);
    let next = rows.iter().skip(at + 1).find(|row| row.level <= level).filter(|row| row.level == level);
    // The next one beside it must belong to the same parent in the same role: methods stand before child resources.
    let next = next.filter(|row| row.key.method.is_some() == going.method.is_some());
    next.or_else(|| at.checked_sub(1).and_then(|at| rows.get(at))).map_or_else(root, |row| row.key.clone())
}

/// Counts the resources below one, and how many methods on it and on them, would go with it.
pub fn weight(config: &ApiConfig, resource: &ResourceId) -> (usize, usize) {
    let within = config.resources().values().filter(|other| config.is_within(&other.id, resource));
    within.fold((0, 0), |(resources, methods), other| {
        (resources + usize::from(other.id != *resource), methods + other.methods.len())
    })
}

/// Finds the row that typed text leads to: the next one after `from` whose label begins with it, round the end.
pub fn find(rows: &[Rc<Row>], from: usize, typed: &str) -> Option<usize> {
    let plain = |text: &str| text.trim_start_matches(['/', '{']).to_lowercase();
    let typed = plain(typed);
    let begins = |row: &Row| plain(&row.label).starts_with(&typed) && (!typed.is_empty() || row.key.method.is_none());
    (0..rows.len()).map(|step| (from + step) % rows.len()).find(|at| rows.get(*at).is_some_and(|row| begins(row)))
}
