//! The resource tree, by the ARIA tree pattern: one row is in the tab order, arrow keys move, letters find, Enter selects.

mod keys;
mod row;
mod window;

use super::rows::{Row, RowKey, rows};
use crate::ui::markup::html;
use crate::{
    entities::{ApiConfig, ResourceId},
    history::diff,
    ui::{Place, Route, State, Store, focus, try_focus, use_selector, use_selector_soon, use_store},
};
use keys::{Handle, row_of};
use row::{RowMenu, RowView};
use std::{ops::Range, rc::Rc};
use window::use_window;
use yew::{
    Callback, FocusEvent, Html, KeyboardEvent, MouseEvent, component, hook, use_effect, use_effect_with, use_memo,
    use_mut_ref, use_node_ref, use_state_eq,
};

/// Draws the resource tree of the API that is shown.
#[component]
pub(crate) fn Tree() -> Html {
    let store = use_store();
    let config = use_selector(|state| state.api().map(|api| api.config.clone()));
    let before = use_selector_soon(newest);
    let collapsed = use_selector(|state| state.collapsed.clone());
    let selected = use_selector(selected_row);
    let list = use_node_ref();
    let typed = use_mut_ref(keys::Typed::default);
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
    let place = |key: &RowKey| shown.iter().position(|row| row.key == *key);
    let selected_at = selected.as_ref().and_then(place);
    let TabStop { at: stop, onfocus, give } = use_tab_stop(&shown, selected.as_ref(), selected_at);
    let window = use_window(&list, shown.len());
    let since = before.as_ref().map(|(number, _)| *number);
    let row = |at: usize| {
        let row = shown.get(at)?.clone();
        let (key, selected, stop) = (row.dom_id.clone(), selected_at == Some(at), stop == Some(at));
        Some(html! { <RowView {key} {row} {at} {selected} {stop} {since} /> })
    };
    // It stands beside the tree and over its row: a tree may hold nothing but rows.
    let menu = selected_at.and_then(|at| Some((at, shown.get(at)?))).map(|(at, row)| {
        html! {
            <div class="row-menu-at" style={format!("--at:{at}")}><RowMenu key={row.dom_id.clone()} row={row.clone()} /></div>
        }
    });
    let handle = Handle { store, rows: shown.clone(), focus: give };
    let onkeydown = {
        let handle = handle.clone();
        Callback::from(move |e: KeyboardEvent| handle.key(&e, &mut typed.borrow_mut()))
    };
    let onfocusin = {
        let handle = handle.clone();
        Callback::from(move |e: FocusEvent| {
            if let Some(row) = row_of(e.target()).and_then(|row| handle.row(&row.id()).cloned()) {
                onfocus.emit(row.key.clone());
            }
        })
    };
    let onclick = Callback::from(move |e: MouseEvent| handle.click(&e));
    html! {
        <div class="tree-box">
            <div
                ref={list} class="tree" style={format!("--rows:{}", shown.len())} role="tree" aria-label="Resources"
                aria-describedby="tree-keys" {onkeydown} {onfocusin} {onclick}
            >
                { for drawn(window, [stop, selected_at]).filter_map(row) }
            </div>
            if let Some(menu) = menu { { menu } }
            <p class="visually-hidden" id="tree-keys">
                { "Arrow keys move, Enter selects, F2 renames, Delete deletes. Type / and a name to find a resource." }
            </p>
        </div>
    }
}

/// Returns the rows of a window, and those that have to be there in any case, in order.
fn drawn(window: Range<usize>, always: [Option<usize>; 2]) -> impl Iterator<Item = usize> {
    let mut out: Vec<usize> =
        always.into_iter().flatten().filter(|at| !window.contains(at)).chain(window.clone()).collect();
    crate::collections::sort_by(&mut out, Ord::cmp);
    out.dedup();
    out.into_iter()
}

/// Which row is in the order of the Tab key.
struct TabStop {
    at: Option<usize>,
    /// A row has got the focus.
    onfocus: Callback<RowKey>,
    /// Gives the focus to a row, which is drawn for that if need be.
    give: Callback<RowKey>,
}

/// It is the row that had the focus last; after something else was selected, the selected one.
#[hook]
fn use_tab_stop(rows: &[Rc<Row>], selected: Option<&RowKey>, selected_at: Option<usize>) -> TabStop {
    let last = use_state_eq(|| None::<(RowKey, Option<RowKey>)>);
    let wanted = use_mut_ref(|| None::<RowKey>);
    let place = |(key, _): &(RowKey, Option<RowKey>)| rows.iter().position(|row| row.key == *key);
    let fresh = last.as_ref().filter(|(_, then)| selected_at.is_none() || then.as_ref() == selected);
    let first = (!rows.is_empty()).then_some(0);
    let at = fresh.and_then(place).or(selected_at).or_else(|| last.as_ref().and_then(place)).or(first);
    {
        // A row that was out of sight is there only now.
        let wanted = wanted.clone();
        use_effect(move || {
            if let Some(key) = wanted.take() {
                focus(&key.dom_id());
            }
        });
    }
    let selected = selected.cloned();
    let onfocus = Callback::from(move |key: RowKey| last.set(Some((key, selected.clone()))));
    let give = {
        let onfocus = onfocus.clone();
        Callback::from(move |key: RowKey| {
            if !try_focus(&key.dom_id()) {
                *wanted.borrow_mut() = Some(key.clone());
                onfocus.emit(key);
            }
        })
    };
    TabStop { at, onfocus, give }
}

/// Draws what the marks mean.
#[component]
pub(crate) fn Legend() -> Html {
    let legend = use_selector_soon(|state| {
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

/// Returns the newest deployment's number and snapshot.
pub(crate) fn newest(state: &State) -> Option<(u32, Rc<ApiConfig>)> {
    let newest = state.api()?.deployments.values().max_by_key(|deployment| deployment.number)?;
    Some((newest.number, newest.config.clone()))
}

/// Returns the row that is selected.
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
        store.collapse(&hiding, false);
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
