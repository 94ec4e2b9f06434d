//! The resource tree, by the ARIA tree pattern: one row is in the tab order, arrow keys move, letters find, Enter selects.

use super::rows::{Mark, Row, RowKey, find, rows};
use crate::{
    entities::{ApiConfig, ResourceId},
    history::diff,
    ui::{
        Confirm, Dialog, MethodTab, Place, Route, State, Store, UiCommand,
        app::focus,
        parts::{Menu, MenuItem, icon},
        use_selector, use_store,
    },
};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::{
    Callback, FocusEvent, Html, KeyboardEvent, MouseEvent, Properties, classes, component, html, use_effect_with,
    use_memo, use_mut_ref, use_node_ref,
};

/// Milliseconds after which typed letters begin a new search.
const PAUSE: f64 = 800.0;

/// The resource tree of the API that is shown.
#[component]
pub(crate) fn Tree() -> Html {
    let store = use_store();
    let config = use_selector(|state| state.api().map(|api| api.config.clone()));
    let before = use_selector(newest);
    let collapsed = use_selector(|state| state.collapsed.clone());
    let selected = use_selector(selected_row);
    let list = use_node_ref();
    let typed = use_mut_ref(|| (String::new(), 0.0_f64));
    let shown = use_memo((config, before.clone(), collapsed), |(config, before, collapsed)| {
        let before = before.as_ref().map(|(_, config)| &**config);
        config.as_ref().map(|config| rows(config, before, collapsed)).unwrap_or_default()
    });
    {
        // What is selected elsewhere, on the map for one, comes into sight.
        let store = store.clone();
        use_effect_with(selected.clone(), move |selected| {
            if let Some(key) = selected {
                reveal(&store, key);
            }
        });
    }
    let menu = selected.as_ref().and_then(|key| {
        let at = shown.iter().position(|row| row.key == *key)?;
        let row = shown.get(at)?;
        // It stands beside the tree and over its row: a tree may hold nothing but rows.
        Some(html! {
            <div class="row-menu-at" style={format!("--at:{at}")}><RowMenu key={row.dom_id.clone()} row={row.clone()} /></div>
        })
    });
    {
        let list = list.clone();
        use_effect_with((shown.clone(), selected), move |(_, selected)| {
            if let Some(list) = list.cast::<Element>() {
                let selected = selected.as_ref().map(RowKey::dom_id);
                settle_tab_stop(&list, selected.as_deref());
            }
        });
    }
    let since = before.as_ref().map(|(number, _)| *number);
    let handle = Handle { store, rows: shown.clone() };
    let onkeydown = {
        let handle = handle.clone();
        Callback::from(move |e: KeyboardEvent| handle.key(&e, &mut typed.borrow_mut()))
    };
    let onfocusin = {
        let list = list.clone();
        Callback::from(move |e: FocusEvent| {
            if let (Some(list), Some(row)) = (list.cast::<Element>(), row_of(e.target())) {
                move_tab_stop(&list, &row);
            }
        })
    };
    let onclick = Callback::from(move |e: MouseEvent| handle.click(&e));
    html! {
        <div class="tree-box">
            <ul ref={list} class="tree" role="tree" aria-label="Resources" aria-describedby="tree-keys" {onkeydown} {onfocusin} {onclick}>
                { branch(&shown, since) }
            </ul>
            if let Some(menu) = menu { { menu } }
            <p class="visually-hidden" id="tree-keys">
                { "Arrow keys move, Enter selects, F2 renames, Delete deletes. Type / and a name to find a resource." }
            </p>
        </div>
    }
}

/// What the marks mean.
#[component]
pub(crate) fn Legend() -> Html {
    let legend = use_selector(|state| {
        let api = state.api()?;
        let newest = newest(state);
        let differs = newest.as_ref().is_some_and(|(_, config)| diff::count(config, &api.config) > 0);
        Some((newest.map(|(number, _)| number), differs))
    });
    match legend {
        None => Html::default(),
        Some((None, _)) => html! { <p class="legend">{ "Nothing of this is deployed yet." }</p> },
        Some((Some(number), false)) => {
            html! { <p class="legend">{ format!("The same as D{number}, the newest deployment.") }</p> }
        }
        Some((Some(number), true)) => html! {
            <p class="legend"><span class="dot" aria-hidden="true"></span>
                { format!("differs from D{number}, the newest deployment") }
            </p>
        },
    }
}

/// The newest deployment's number and snapshot.
pub(crate) fn newest(state: &State) -> Option<(u32, Rc<ApiConfig>)> {
    let newest = state.api()?.deployments.values().max_by_key(|deployment| deployment.number)?;
    Some((newest.number, newest.config.clone()))
}

/// The row that is selected.
fn selected_row(state: &State) -> Option<RowKey> {
    let Route::Workbench { place, .. } = &state.route else { return None };
    let (id, method) = match place {
        Place::Resource(id) => (id, None),
        Place::Method(id, verb, _) => (id, Some(*verb)),
        _ => return None,
    };
    let resource = state.api()?.config.resource(id)?.id.clone();
    Some(RowKey { resource, method })
}

fn is_selected(state: &State, key: &RowKey) -> bool {
    match &state.route {
        Route::Workbench { place: Place::Resource(id), .. } => key.method.is_none() && *id == *key.resource,
        Route::Workbench { place: Place::Method(id, verb, _), .. } => key.method == Some(*verb) && *id == *key.resource,
        _ => false,
    }
}

/// Opens whatever hides a row, and scrolls to it.
fn reveal(store: &Store, key: &RowKey) {
    let hiding: Vec<ResourceId> = store.read(|state| {
        let Some(api) = state.api() else { return Vec::new() };
        let own = key.method.map(|_| &key.resource);
        let mut out: Vec<ResourceId> = own.into_iter().cloned().collect();
        let mut at = api.config.resource(&key.resource).and_then(|resource| resource.parent_id());
        while let Some(id) = at {
            out.push(id.clone());
            at = api.config.resource(id).and_then(|resource| resource.parent_id());
        }
        out.retain(|id| state.collapsed.contains(id));
        out
    });
    if !hiding.is_empty() {
        store.update(|state| {
            let collapsed = Rc::make_mut(&mut state.collapsed);
            hiding.iter().for_each(|id| {
                collapsed.remove(id);
            });
        });
    }
    let id = key.dom_id();
    gloo::timers::callback::Timeout::new(0, move || {
        let element = gloo::utils::document().get_element_by_id(&id);
        if let Some(element) = element {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    })
    .forget();
}

/// Makes a row the only one in the tab order. The page's program writes `tabindex` nowhere else after a row was made, so that
/// moving about draws no row again.
fn move_tab_stop(list: &Element, row: &Element) {
    while let Ok(Some(old)) = list.query_selector("[role=treeitem][tabindex='0']") {
        // It can only fail for a name that is none.
        let _ = old.set_attribute("tabindex", "-1");
    }
    let _ = row.set_attribute("tabindex", "0");
}

/// After the rows or the selection have changed: the selected row, else the one that was, else the first.
fn settle_tab_stop(list: &Element, selected: Option<&str>) {
    let query = |selector: &str| list.query_selector(selector).ok().flatten();
    let selected = selected.and_then(|id| query(&format!("[id='{id}']")));
    let row = selected.or_else(|| query("[role=treeitem][tabindex='0']")).or_else(|| query("[role=treeitem]"));
    if let Some(row) = row {
        move_tab_stop(list, &row);
    }
}

/// Draws rows of one level, each with what is below it in a group.
fn branch(rows: &[Rc<Row>], since: Option<u32>) -> Html {
    let Some(level) = rows.first().map(|row| row.level) else { return Html::default() };
    let mut items = Vec::new();
    let mut rest = rows;
    while let Some((row, after)) = rest.split_first() {
        let below = after.iter().position(|row| row.level <= level).unwrap_or(after.len());
        let (inner, next) = after.split_at(below);
        rest = next;
        let id = &row.dom_id;
        items.push(html! {
            <li role="none" key={id.clone()}>
                <RowView row={row.clone()} {since} />
                // A branch that is empty keeps its place here, so that the row above it stays the same element.
                if !inner.is_empty() {
                    <ul role="group" id={format!("{id}-group")}>{ branch(inner, since) }</ul>
                }
            </li>
        });
    }
    items.into_iter().collect()
}

#[derive(Debug, PartialEq, Properties)]
struct RowProps {
    row: Rc<Row>,
    /// The number of the deployment that it is compared with.
    since: Option<u32>,
}

/// One row. It renders again only when it changes itself.
#[component]
fn RowView(props: &RowProps) -> Html {
    let row = props.row.clone();
    let selected = {
        let key = row.key.clone();
        use_selector(move |state| is_selected(state, &key))
    };
    let mark = props.since.and_then(|since| row.mark.text(since));
    let name = mark.as_ref().map_or_else(|| subject(&row), |mark| format!("{}, {mark}", subject(&row)));
    let id = row.dom_id.clone();
    let owns = (row.expanded == Some(true)).then(|| format!("{id}-group"));
    html! {
        <div
            {id} role="treeitem" class={classes!("row", selected.then_some("selected"))}
            style={format!("--d:{}", row.level.saturating_sub(1))}
            tabindex="-1" aria-level={row.level.to_string()}
            aria-selected={selected.to_string()} aria-expanded={row.expanded.map(|open| open.to_string())}
            aria-owns={owns} aria-label={name}
        >
            <span class={classes!("twist", row.expanded.is_none().then_some("none"))}>{ icon("go") }</span>
            if row.key.method.is_some() {
                <span class="verb">{ &row.label }</span>
            } else {
                <span class="part-name mono">{ &row.label }</span>
            }
            <span class="end">
                if row.mark == Mark::New {
                    <span class="chip warn new" title={mark}></span>
                } else if mark.is_some() {
                    <span class="dot" title={mark}></span>
                }
            </span>
        </div>
    }
}

/// What a row stands for, in full: `GET /users`.
fn subject(row: &Row) -> String {
    match row.key.method {
        Some(verb) => format!("{verb} {}", row.path),
        None => row.path.clone(),
    }
}

#[derive(Debug, PartialEq, Properties)]
struct RowMenuProps {
    row: Rc<Row>,
}

/// What can be done with the selected row.
#[component]
fn RowMenu(props: &RowMenuProps) -> Html {
    let store = use_store();
    let key = &props.row.key;
    let root = props.row.level == 1;
    let command = |command: UiCommand| {
        let store = store.clone();
        MenuItem {
            label: command.label().into(),
            blocked: None,
            onclick: Callback::from(move |()| command.run(&store)),
        }
    };
    let item = |label: &'static str, dialog: Dialog, fixed: &'static str| {
        let store = store.clone();
        let blocked = (root && !fixed.is_empty()).then(|| fixed.into());
        MenuItem { label: label.into(), blocked, onclick: Callback::from(move |()| store.open(dialog.clone())) }
    };
    let resource = key.resource.to_string();
    let items = match key.method {
        Some(verb) => {
            vec![item("Delete method", Dialog::Confirm(Confirm::DeleteMethod(resource, verb)), "")]
        }
        None => vec![
            command(UiCommand::CreateResource),
            command(UiCommand::CreateMethod),
            item("Rename or move", Dialog::EditResource { resource: resource.clone() }, "The root has no name"),
            item("Delete resource", Dialog::Confirm(Confirm::DeleteResource(resource)), "The root stays"),
        ],
    };
    html! { <Menu label={format!("Actions for {}", subject(&props.row))} icon_only=true {items} class="row-menu" /> }
}

/// What the tree's events need.
#[derive(Clone)]
struct Handle {
    store: Store,
    rows: Rc<Vec<Rc<Row>>>,
}

impl Handle {
    fn row(&self, dom_id: &str) -> Option<&Rc<Row>> {
        self.rows.iter().find(|row| row.dom_id == dom_id)
    }

    fn click(&self, e: &MouseEvent) {
        let Some(element) = row_of(e.target()) else { return };
        let Some(row) = self.row(&element.id()) else { return };
        let on_twist = e.target().and_then(|target| target.dyn_into::<Element>().ok());
        let on_twist = on_twist.and_then(|target| target.closest(".twist").ok().flatten()).is_some();
        match row.expanded {
            Some(open) if on_twist => self.expand(row, !open),
            _ => self.select(row),
        }
    }

    fn select(&self, row: &Row) {
        let tab = self.store.read(|state| match state.place() {
            Place::Method(_, _, tab) => tab,
            _ => MethodTab::default(),
        });
        self.store.go_to(row.key.place(tab));
    }

    fn expand(&self, row: &Row, open: bool) {
        let id = row.key.resource.clone();
        self.store.update(|state| {
            let collapsed = Rc::make_mut(&mut state.collapsed);
            if open { collapsed.remove(&id) } else { collapsed.insert(id) }
        });
    }

    fn key(&self, e: &KeyboardEvent, typed: &mut (String, f64)) {
        let Some(element) = row_of(e.target()).filter(|_| !e.default_prevented()) else { return };
        let id = element.id();
        let Some(at) = self.rows.iter().position(|row| row.dom_id == id) else { return };
        let Some(row) = self.rows.get(at) else { return };
        if self.find(e, at, typed) || self.act(e, row) {
            e.prevent_default();
            return;
        }
        if e.ctrl_key() || e.meta_key() || e.alt_key() {
            return;
        }
        let target = match (e.key().as_str(), row.expanded) {
            ("ArrowDown", _) | ("ArrowRight", Some(true)) => at + 1,
            ("ArrowUp", _) => at.saturating_sub(1),
            ("Home", _) => 0,
            ("End", _) => self.rows.len().saturating_sub(1),
            ("ArrowLeft", expanded) if expanded != Some(true) => self.parent(at),
            _ => return,
        };
        e.prevent_default();
        if let Some(row) = self.rows.get(target) {
            focus(&row.dom_id);
        }
    }

    /// Keys that do something with the row.
    fn act(&self, e: &KeyboardEvent, row: &Row) -> bool {
        if e.ctrl_key() || e.meta_key() || e.alt_key() || e.shift_key() {
            return false;
        }
        let resource = row.key.resource.to_string();
        let root = self.rows.first().is_some_and(|first| first.key.resource == row.key.resource);
        match (e.key().as_str(), row.key.method) {
            ("Enter" | " ", _) => self.select(row),
            ("ArrowRight", _) if row.expanded == Some(false) => self.expand(row, true),
            ("ArrowLeft", _) if row.expanded == Some(true) => self.expand(row, false),
            ("F2", _) if !root => self.store.open(Dialog::EditResource { resource }),
            ("Delete", Some(verb)) => self.store.open(Dialog::Confirm(Confirm::DeleteMethod(resource, verb))),
            ("Delete", None) if !root => self.store.open(Dialog::Confirm(Confirm::DeleteResource(resource))),
            // The page's own keys act on what is selected: first select the row that has the focus.
            ("r" | "m", _) => {
                self.select(row);
                return false;
            }
            _ => return false,
        }
        true
    }

    /// Finds by letters. A letter that is a key of the page keeps its meaning unless a search has begun, with `/` or
    /// with another letter.
    fn find(&self, e: &KeyboardEvent, at: usize, typed: &mut (String, f64)) -> bool {
        let key = e.key();
        if key.chars().count() != 1 || key == " " || e.ctrl_key() || e.meta_key() || e.alt_key() {
            return false;
        }
        let fresh = typed.0.is_empty() || e.time_stamp() - typed.1 > PAUSE;
        let shortcut = |command: &UiCommand| command.shortcut().is_some_and(|keys| !keys.command && keys.key == key);
        if fresh && UiCommand::ALL.iter().any(shortcut) {
            typed.0.clear();
            return false;
        }
        if fresh {
            typed.0.clear();
        }
        typed.0.push_str(&key);
        typed.1 = e.time_stamp();
        // The first letter moves on from the row; further letters may keep it.
        let from = if typed.0.trim_start_matches('/').chars().count() == 1 { at + 1 } else { at };
        if let Some(row) = find(&self.rows, from, &typed.0).and_then(|at| self.rows.get(at)) {
            focus(&row.dom_id);
        }
        true
    }

    fn parent(&self, at: usize) -> usize {
        let level = self.rows.get(at).map_or(1, |row| row.level);
        (0..at).rev().find(|before| self.rows.get(*before).is_some_and(|row| row.level < level)).unwrap_or(at)
    }
}

/// The row that an event is about.
fn row_of(target: Option<web_sys::EventTarget>) -> Option<Element> {
    target?.dyn_into::<Element>().ok()?.closest("[role=treeitem]").ok().flatten()
}
