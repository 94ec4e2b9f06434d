//! One entry of the history: a line and, when it is open, the request in other words.

use super::{
    list::{Entry, Row},
    range::Part,
    same_as::SameAs,
};
use crate::ui::{
    focus_soon,
    parts::{Button, Look, icon},
    use_store,
};
use yew::{Callback, Html, MouseEvent, Properties, component, html};

#[derive(Debug, PartialEq, Properties)]
pub(super) struct RowProps {
    /// The entry.
    pub(super) row: Row,
    /// How many operations there are.
    pub(super) length: usize,
    /// The moment that the page shows, when it is an earlier one.
    pub(super) looked_at: Option<usize>,
    /// Whether nothing can be restored.
    pub(super) read_only: bool,
    /// Whether it is told in other words.
    pub(super) is_open: bool,
    /// Opens it, or closes it.
    pub(super) ontoggle: Callback<Entry>,
    /// The part of which a script is made.
    pub(super) part: Option<Part>,
    /// Another part.
    pub(super) onpart: Callback<Part>,
}

/// An entry.
#[component]
pub(super) fn RowView(props: &RowProps) -> Html {
    let row = &props.row;
    let ontoggle = {
        let (entry, ontoggle) = (row.entry, props.ontoggle.clone());
        Callback::from(move |_: MouseEvent| ontoggle.emit(entry))
    };
    let text = match row.entry {
        Entry::Refused(_) => html! { <><b class="refused">{ icon("warn") }{ "Refused: " }</b>{ &row.text }</> },
        Entry::Done(_) => html! { { &row.text } },
    };
    let (number, class) = match row.entry {
        Entry::Done(moment) if props.looked_at == Some(moment) => (moment.to_string(), "looked-at"),
        Entry::Done(moment) if props.looked_at.is_none() && moment == props.length => (moment.to_string(), "now"),
        Entry::Done(moment) => (moment.to_string(), ""),
        Entry::Refused(_) => ("–".to_owned(), "refusal"),
    };
    html! {
        <li {class}>
            <span class="mono op-at"><b>{ number }</b>{ " " }<time>{ &row.time }</time></span>
            if row.name.is_empty() && row.code.is_empty() {
                <span class="what">{ text }</span>
            } else {
                <button type="button" class="what link" aria-expanded={props.is_open.to_string()} title="In other words" onclick={ontoggle}>{ text }</button>
            }
            <code class="muted">{ row.name }</code>
            if let Entry::Done(moment) = row.entry { <Ways {moment} length={props.length} looked_at={props.looked_at} read_only={props.read_only} row={row.clone()} /> }
            else { <span class="chip">{ row.code }</span> }
            if props.is_open {
                <SameAs entry={row.entry} />
                if let Entry::Done(moment) = row.entry { { parts(props, moment) } }
            }
        </li>
    }
}

#[derive(Debug, PartialEq, Properties)]
struct WaysProps {
    moment: usize,
    length: usize,
    looked_at: Option<usize>,
    read_only: bool,
    row: Row,
}

/// The ways to a moment: to look at it, and to go back to it.
#[component]
fn Ways(props: &WaysProps) -> Html {
    let store = use_store();
    let WaysProps { moment, length, looked_at, read_only, row } = props;
    let now = moment == length;
    let restore = {
        let (store, moment) = (store.clone(), *moment);
        Callback::from(move |_: MouseEvent| store.restore(moment))
    };
    let look = {
        let moment = *moment;
        Callback::from(move |_: MouseEvent| store.look(moment, true))
    };
    html! {
        <span class="actions">
            if *looked_at == Some(*moment) {
                <span class="chip">{ "shown" }</span>
            } else if !now || looked_at.is_some() {
                <Button label="Look" title={format!("Show the page as it was then: {}", row.text)} small=true look={Look::Ghost} onclick={look} />
            }
            if now {
                <span class="chip">{ "now" }</span>
            } else if row.present {
                <span class="chip">{ "same as now" }</span>
            } else if !read_only {
                <Button label="Go back" title={format!("Go back to here: {}", row.text)} small=true look={Look::Ghost} onclick={restore} />
            }
        </span>
    }
}

/// Makes the operation an end of the part of which a script is made.
fn parts(props: &RowProps, moment: usize) -> Html {
    let (first, last) = props.part.clone().unwrap_or_else(|| ("1".into(), props.length.to_string()));
    let button = |label: &'static str, part: Part, field: &'static str| {
        let onpart = props.onpart.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            onpart.emit(part.clone());
            focus_soon(field);
        });
        html! { <Button {label} small=true {onclick} /> }
    };
    html! {
        <span class="actions same-as">
            { button("Script from here", (moment.to_string(), last), "part-from") }
            { button("Script up to here", (first, moment.to_string()), "part-to") }
        </span>
    }
}
