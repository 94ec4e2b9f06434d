//! What was done, newest first, with a way back to each moment. Going back is itself an entry: nothing is lost.

mod range;
mod same_as;

use super::time::Scrubber;
use crate::{
    civil_time::CivilTime,
    history::{Act, summary},
    ui::{
        UiCommand,
        parts::{Button, CommandButton, Look, copy},
        use_growing, use_selector, use_selector_soon, use_store,
    },
};
use range::{Part, Range, script_of};
use same_as::SameAs;
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
    let looked_at = use_selector(|state| state.past.as_ref().map(|past| past.moment));
    let pages = use_state(|| 1_usize);
    let open = use_state(|| None::<usize>);
    let part = use_state(|| None::<Part>);
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
    let as_script = {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| {
            let text = store.read(|state| {
                let shown = state.past.as_ref().map_or(state.session.operations().len(), |past| past.moment);
                script_of(state, 1, shown)
            });
            copy(&store, &text, "Copied: the script makes this workspace with the AWS CLI");
        })
    };
    let toggle_part = {
        let part = part.clone();
        Callback::from(move |_: MouseEvent| part.set(part.is_none().then(|| ("1".into(), length.to_string()))))
    };
    let row = |(moment, text, time, name, present): (usize, String, String, &'static str, bool)| {
        let now = moment == length;
        let onclick = {
            let store = store.clone();
            Callback::from(move |_: MouseEvent| store.restore(moment))
        };
        let look = {
            let store = store.clone();
            Callback::from(move |_: MouseEvent| store.look(moment, true))
        };
        let (label, look_label) = (format!("Go back to here: {text}"), format!("Show the page as it was then: {text}"));
        let class = match (looked_at, now) {
            (Some(at), _) if at == moment => "looked-at",
            (None, true) => "now",
            _ => "",
        };
        let is_open = *open == Some(moment);
        let toggle = {
            let open = open.clone();
            Callback::from(move |_: MouseEvent| open.set((!is_open).then_some(moment)))
        };
        html! {
            <li key={moment} {class}>
                <span class="mono op-at"><b>{ moment.to_string() }</b>{ " " }<time>{ time }</time></span>
                if name.is_empty() {
                    <span class="what">{ text }</span>
                } else {
                    <button type="button" class="what link" aria-expanded={is_open.to_string()} title="In other words" onclick={toggle}>{ text }</button>
                }
                <code class="muted">{ name }</code>
                <span class="actions">
                    if looked_at == Some(moment) {
                        <span class="chip">{ "shown" }</span>
                    } else if !now || looked_at.is_some() {
                        <Button label="Look" title={look_label} small=true look={Look::Ghost} onclick={look} />
                    }
                    if now {
                        <span class="chip">{ "now" }</span>
                    } else if present {
                        <span class="chip">{ "same as now" }</span>
                    } else if !read_only {
                        <Button label="Go back" title={label} small=true look={Look::Ghost} {onclick} />
                    }
                </span>
                if is_open && !name.is_empty() {
                    <SameAs {moment} />
                    <span class="actions same-as">{ for [(true, "Script from here"), (false, "Script up to here")].map(|(from, label)| {
                        let (part, number) = (part.clone(), moment.to_string());
                        let onclick = Callback::from(move |_: MouseEvent| {
                            let (first, last) = (*part).clone().unwrap_or_else(|| ("1".into(), length.to_string()));
                            part.set(Some(if from { (number.clone(), last) } else { (first, number.clone()) }));
                            crate::ui::focus_soon(if from { "part-from" } else { "part-to" });
                        });
                        html! { <Button {label} small=true {onclick} /> }
                    }) }</span>
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
                    <Button label="Copy as a shell script" icon="copy" small=true onclick={as_script} />
                    <button type="button" class="btn small" aria-expanded={part.is_some().to_string()} onclick={toggle_part}>{ "A part of it…" }</button>
                    <span class="muted">{ format!("{length} operations. Going back is an entry of its own; nothing is lost.") }</span>
                </div>
            }
            if let Some(chosen) = &*part { <Range part={chosen.clone()} onchange={{ let part = part.clone(); move |chosen: Part| part.set(Some(chosen)) }} /> }
            <Scrubber />
            <ol>{ for rows.into_iter().map(row) }</ol>
            if asked < length { <Button label="Show older" small=true onclick={more} /> }
        </div>
    }
}
