//! One row of the tree, and the menu of the one that is selected. A row knows nothing of the page's state: it is drawn
//! again only when what it shows changes.

use super::super::rows::{Mark, Row};
use crate::ui::markup::html;
use crate::ui::{
    Confirm, Dialog, UiCommand,
    parts::{Menu, MenuItem, use_read_only},
    use_store,
};
use std::rc::Rc;
use yew::{AttrValue, Callback, Html, Properties, component};

#[derive(Debug, PartialEq, Properties)]
pub(super) struct RowProps {
    pub(super) row: Rc<Row>,
    /// How many rows stand above it.
    pub(super) at: usize,
    pub(super) selected: bool,
    /// Whether it is the one in the order of the Tab key.
    pub(super) stop: bool,
    /// The number of the deployment that it is compared with.
    pub(super) since: Option<u32>,
}

/// Draws one row. It says itself where it stands in the tree, since its neighbours may be left undrawn.
#[component]
pub(super) fn RowView(props: &RowProps) -> Html {
    let RowProps { row, at, selected, stop, since } = props;
    let mark = since.and_then(|since| row.mark.text(since));
    let name = mark.as_ref().map_or_else(|| subject(row), |mark| format!("{}, {mark}", subject(row)));
    html! {
        <div
            id={row.dom_id.clone()} role="treeitem" class={if *selected { "row selected" } else { "row" }}
            style={format!("--at:{at};--d:{}", row.level.saturating_sub(1))}
            tabindex={if *stop { "0" } else { "-1" }}
            aria-level={row.level.to_string()} aria-posinset={row.place.0.to_string()} aria-setsize={row.place.1.to_string()}
            aria-selected={if *selected { "true" } else { "false" }}
            aria-expanded={row.expanded.map(|open| if open { "true" } else { "false" })} aria-label={name}
        >
            // Few elements: each of them costs time whenever a dialog makes the whole page inert.
            if row.expanded.is_some() { <span class="twist"></span> }
            if row.key.method.is_some() {
                <span class="verb">{ &row.label }</span>
            } else {
                <span class="part-name mono">{ &row.label }</span>
            }
            if row.mark == Mark::New {
                <span class="chip warn new end" title={mark}></span>
            } else if mark.is_some() {
                <span class="dot end" title={mark}></span>
            }
        </div>
    }
}

/// Returns what a row stands for, in full: `GET /users`.
fn subject(row: &Row) -> String {
    match row.key.method {
        Some(verb) => format!("{verb} {}", row.path),
        None => row.path.clone(),
    }
}

#[derive(Debug, PartialEq, Properties)]
pub(super) struct RowMenuProps {
    pub(super) row: Rc<Row>,
}

/// Draws what can be done with the selected row.
#[component]
pub(super) fn RowMenu(props: &RowMenuProps) -> Html {
    let store = use_store();
    let read_only = use_read_only().map(AttrValue::from);
    let key = &props.row.key;
    let root = props.row.level == 1;
    let command = |command: UiCommand| {
        let store = store.clone();
        MenuItem {
            label: command.label().into(),
            blocked: read_only.clone(),
            onclick: Callback::from(move |()| command.run(&store)),
        }
    };
    let item = |label: &'static str, dialog: Dialog, fixed: &'static str| {
        let store = store.clone();
        let blocked = read_only.clone().or_else(|| (root && !fixed.is_empty()).then(|| fixed.into()));
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
