//! What was done, newest first, with a way back to each moment. Going back is itself an entry: nothing is lost.

use crate::{
    civil_time::CivilTime,
    history::{Act, summary},
    ui::{
        UiCommand,
        parts::{Button, CommandButton, Look},
        use_growing, use_selector, use_selector_soon, use_store,
    },
};
use yew::{Callback, Html, MouseEvent, component, html, use_state};

/// Entries that are shown at first, and how many more each time.
const PAGE: usize = 100;
/// Entries that are drawn at once; the others follow by themselves.
const AT_ONCE: usize = 12;

/// The history.
#[component]
pub fn History() -> Html {
    let store = use_store();
    let length = use_selector_soon(|state| state.session.operations().len());
    let read_only = use_selector(|state| state.read_only);
    let pages = use_state(|| 1_usize);
    let asked = (*pages * PAGE).min(length);
    let shown = use_growing(AT_ONCE, asked);
    let rows: Vec<(usize, String, String, &'static str, bool)> = store.read(|state| {
        let operations = state.session.operations();
        let newest = operations.iter().enumerate().rev().take(shown);
        newest
            .map(|(at, operation)| {
                let text = summary(&operation.record.act, state.session.at(at), &operation.after);
                let name = match &operation.record.act {
                    Act::Command(command) => command.name(),
                    Act::Moved(_) | Act::Restored { .. } => "",
                };
                let time = CivilTime::from_epoch_ms(operation.record.time.0).short_time();
                (at + 1, text, time, name, state.session.is_present(at + 1))
            })
            .collect()
    });
    if rows.is_empty() {
        return html! {
            <div class="empty">
                <h3>{ "Nothing was done yet" }</h3>
                <p>{ "Every change is listed here, and you can go back to any moment." }</p>
            </div>
        };
    }
    let more = {
        let pages = pages.clone();
        Callback::from(move |_: MouseEvent| pages.set(*pages + 1))
    };
    let row = |(moment, text, time, name, present): (usize, String, String, &'static str, bool)| {
        let (store, now) = (store.clone(), moment == length);
        let onclick = Callback::from(move |_: MouseEvent| store.restore(moment));
        let label = format!("Go back to here: {text}");
        html! {
            <li key={moment} class={if now { "now" } else { "" }}>
                <time class="mono">{ time }</time>
                <span class="what">{ text }</span>
                <code class="muted">{ name }</code>
                if now {
                    <span class="chip">{ "now" }</span>
                } else if present {
                    <span class="chip">{ "same as now" }</span>
                } else if !read_only {
                    <Button label="Go back" title={label} small=true look={Look::Ghost} {onclick} />
                }
            </li>
        }
    };
    html! {
        <div class="history">
            if !read_only {
                <div class="actions">
                    <CommandButton command={UiCommand::Undo} with_icon=true small=true />
                    <CommandButton command={UiCommand::Redo} with_icon=true small=true />
                    <span class="muted">{ format!("{length} operations. Going back is an entry of its own; nothing is lost.") }</span>
                </div>
            }
            <ol>{ for rows.into_iter().map(row) }</ol>
            if asked < length { <Button label="Show older" small=true onclick={more} /> }
        </div>
    }
}
