//! One entry of the history: a line and, when it is open, the request in other words.

use super::{
    list::{Entry, Row},
    range::Part,
    same_as::SameAs,
};
use crate::ui::markup::html;
use crate::ui::{
    Store, focus_soon,
    parts::{Button, Look, icon},
    use_store,
};
use yew::{Callback, Html, MouseEvent, Properties, component};

#[derive(Debug, PartialEq, Properties)]
pub(super) struct RowProps {
    /// The entry.
    pub(super) row: Row,
    /// Whether it is the last operation.
    pub(super) now: bool,
    /// Whether the page shows the moment after it, and not the present one.
    pub(super) shown: bool,
    /// Whether it is the last operation while the page shows an earlier moment.
    pub(super) past: bool,
    /// Whether nothing can be restored.
    pub(super) read_only: bool,
    /// Whether it is told in other words.
    pub(super) is_open: bool,
    /// Opens it, or closes it.
    pub(super) ontoggle: Callback<Entry>,
    /// The part of which a script is made; only of an open one.
    pub(super) part: Option<Part>,
    /// Another part.
    pub(super) onpart: Callback<Part>,
}

/// Draws an entry.
#[component]
pub(super) fn RowView(props: &RowProps) -> Html {
    let store = use_store();
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
        Entry::Done(moment) if props.shown => (moment.to_string(), "looked-at"),
        Entry::Done(moment) if props.now && !props.past => (moment.to_string(), "now"),
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
            if let Entry::Done(moment) = row.entry { { ways(&store, props, moment) } }
            else { <span class="chip">{ &*row.code }</span> }
            if props.is_open {
                <SameAs entry={row.entry} />
                if let Entry::Done(moment) = row.entry { { parts(props, moment) } }
            }
        </li>
    }
}

/// Draws the ways to a moment: to look at it, and to go back to it.
fn ways(store: &Store, props: &RowProps, moment: usize) -> Html {
    let RowProps { row, now, shown, past, read_only, .. } = props;
    let on = |act: fn(&Store, usize)| {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| act(&store, moment))
    };
    let (restore, look) = (on(Store::restore), on(|store, moment| store.look(moment, true)));
    html! {
        <span class="actions">
            if *shown {
                <span class="chip">{ "shown" }</span>
            } else if !now || *past {
                <Button label="Look" title={format!("Show the page as it was then: {}", row.text)} small=true look={Look::Ghost} onclick={look} />
            }
            if *now {
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
    let Some((first, last)) = props.part.clone() else { return Html::default() };
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
