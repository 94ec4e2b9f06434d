//! The history: what was done, newest first, with a way back to each moment, and what was refused. Going back is itself
//! an entry: nothing is lost.

mod list;
mod range;
mod row;
mod same_as;

use super::time::Scrubber;
use crate::ui::markup::html;
use crate::ui::panels::words::count;
use crate::{
    history::KEPT_REFUSALS,
    ui::{
        Same, Store, UiCommand,
        parts::{Button, CommandButton, copy},
        use_growing, use_selector, use_selector_soon, use_store,
    },
};
use list::{Entry, Row, rows};
use range::{Part, Range, script_of};
use row::RowView;
use web_sys::HtmlInputElement;
use yew::{
    Callback, Event, Html, MouseEvent, TargetCast, UseStateHandle, component, use_callback, use_memo, use_state,
};

/// Entries that are shown at first, and how many more each time.
const PAGE: usize = 100;
/// Entries that are drawn at once; the others follow by themselves.
const AT_ONCE: usize = 12;

/// Draws the history.
#[component]
pub fn History() -> Html {
    let store = use_store();
    // The newest of each change with all that is listed.
    let newest = use_selector_soon(|state| {
        let refused = state.session.refused();
        // Another tab's may come among those that are here.
        let refused = (refused.len(), refused.first().map(Same::from), refused.last().map(Same::from));
        (state.session.entries().last().map(Same::from), refused)
    });
    let (length, refused) = store.read(|state| (state.session.entries().len(), state.session.refused().len()));
    let read_only = use_selector(|state| state.read_only);
    let looked_at = use_selector(|state| state.past.as_ref().map(|past| past.moment));
    let with_refused = use_state(|| true);
    let pages = use_state(|| 1_usize);
    let open = use_state(|| None::<Entry>);
    let part = use_state(|| None::<Part>);
    let all = length + if *with_refused { refused } else { 0 };
    let asked = (*pages * PAGE).min(all);
    let shown = use_growing(AT_ONCE, asked);
    let rows = {
        let (store, key) = (store.clone(), (newest, shown, *with_refused));
        use_memo(key, move |(_, shown, with_refused)| store.read(|state| rows(state, *shown, *with_refused)))
    };
    let more = {
        let pages = pages.clone();
        Callback::from(move |_: MouseEvent| pages.set(*pages + 1))
    };
    // The same callbacks as long as they do the same, so that a row is drawn anew only when it changes.
    let ontoggle = use_callback(open.clone(), |entry: Entry, open| open.set((**open != Some(entry)).then_some(entry)));
    let onpart = use_callback(part.setter(), |chosen: Part, part| part.set(Some(chosen)));
    if length + refused == 0 {
        return html! {
            <div class="empty">
                <h3>{ "Nothing was done yet" }</h3>
                <p>{ "Every change is listed here, and you can go back to any moment." }</p>
            </div>
        };
    }
    let row = |row: &Row| {
        let key = match row.entry {
            Entry::Done(moment) => moment.to_string(),
            Entry::Refused(number) => format!("r{number}"),
        };
        let is_open = *open == Some(row.entry);
        let (now, shown) = (row.entry == Entry::Done(length), looked_at.map(Entry::Done) == Some(row.entry));
        let part = is_open.then(|| (*part).clone().unwrap_or_else(|| ("1".into(), length.to_string())));
        html! { <RowView {key} row={row.clone()} {now} {shown} past={now && looked_at.is_some()} {read_only} {is_open} ontoggle={ontoggle.clone()} {part} onpart={onpart.clone()} /> }
    };
    html! {
        <div class="history">
            if !read_only {
                <div class="actions">
                    { tools(&store, &part, length) }
                    <span class="muted">{ format!("{length} operations. Going back is an entry of its own; nothing is lost.") }</span>
                </div>
            }
            if refused > 0 { { refused_filter(&with_refused, refused) } }
            if let Some(chosen) = &*part { <Range part={chosen.clone()} onchange={onpart.clone()} /> }
            <Scrubber />
            <ol>{ for rows.iter().map(row) }</ol>
            if asked < all { <Button label="Show older" small=true onclick={more} /> }
        </div>
    }
}

/// Undo, redo, and the scripts.
fn tools(store: &Store, part: &UseStateHandle<Option<Part>>, length: usize) -> Html {
    let as_script = {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| {
            let text = store.read(|state| {
                let shown = state.past.as_ref().map_or(state.session.entries().len(), |past| past.moment);
                script_of(state, 1, shown)
            });
            copy(&store, &text, "Copied: the script makes this workspace with the AWS CLI");
        })
    };
    let toggle_part = {
        let part = part.clone();
        Callback::from(move |_: MouseEvent| part.set(part.is_none().then(|| ("1".into(), length.to_string()))))
    };
    html! {
        <>
            <CommandButton command={UiCommand::Undo} with_icon=true small=true />
            <CommandButton command={UiCommand::Redo} with_icon=true small=true />
            <Button label="Copy as a shell script" icon="copy" small=true onclick={as_script} />
            <button type="button" class="btn small" aria-expanded={part.is_some().to_string()} onclick={toggle_part}>{ "A part of it…" }</button>
        </>
    }
}

/// Tells whether refused requests are listed, and what they are.
fn refused_filter(with_refused: &UseStateHandle<bool>, refused: usize) -> Html {
    let onchange = {
        let with_refused = with_refused.clone();
        Callback::from(move |e: Event| with_refused.set(e.target_unchecked_into::<HtmlInputElement>().checked()))
    };
    let they = if refused == 1 { "It" } else { "They" };
    html! {
        <p class="refused-filter">
            <input type="checkbox" id="with-refused" checked={**with_refused} {onchange} />
            <label for="with-refused">{ format!("Show {}", count(refused, "refused request")) }</label>
            <span class="muted">{ format!(" {they} changed nothing. The last {KEPT_REFUSALS} are kept with the workspace.") }</span>
        </p>
    }
}
