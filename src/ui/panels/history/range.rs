//! A part of the history as a shell script: from one operation to another.

use super::same_as::command_at;
use crate::ui::markup::html;
use crate::{
    dialects::script,
    history::summary,
    ui::{
        State,
        parts::{Button, TextField, copy},
        past, use_selector, use_store,
    },
};
use yew::{Callback, Html, MouseEvent, Properties, component};

/// The first and the last operation, as they are typed.
pub(super) type Part = (String, String);

#[derive(Debug, PartialEq, Properties)]
pub(super) struct RangeProps {
    /// The part.
    pub(super) part: Part,
    /// Another part.
    pub(super) onchange: Callback<Part>,
}

/// From which operation to which, and the button that copies.
#[component]
pub(super) fn Range(props: &RangeProps) -> Html {
    let store = use_store();
    let length = use_selector(|state| state.session.entries().len());
    let (from, to) = &props.part;
    let checked = check(from, to, length);
    let what = store.read(|state| match checked {
        Ok((from, to)) => describe(state, from, to),
        Err(why) => Err(why),
    });
    let blocked = what.as_ref().err().map(|why| (*why).to_owned());
    let onclick = Callback::from(move |_: MouseEvent| {
        if let Ok((from, to)) = checked {
            let text = store.read(|state| script_of(state, from, to));
            copy(&store, &text, "Copied: the script does this part with the AWS CLI");
        }
    });
    let on = |change: fn(&Part, String) -> Part| {
        let (part, onchange) = (props.part.clone(), props.onchange.clone());
        Callback::from(move |text: String| onchange.emit(change(&part, text)))
    };
    html! {
        <section class="script-part" aria-label="A part as a shell script">
            <TextField id="part-from" label="From operation" value={from.clone()} mono=true oninput={on(|(_, to), from| (from, to.clone()))} />
            <TextField id="part-to" label="to operation" value={to.clone()} mono=true oninput={on(|(from, _), to| (from.clone(), to))} />
            <Button label="Copy this part" icon="copy" small=true {blocked} {onclick} />
            <p class="muted" role="status">{ what.unwrap_or_else(str::to_owned) }</p>
        </section>
    }
}

fn check(from: &str, to: &str, length: usize) -> Result<(usize, usize), &'static str> {
    let number = |text: &str| text.trim().parse().ok().filter(|number| (1..=length).contains(number));
    match (number(from), number(to)) {
        (Some(from), Some(to)) if from <= to => Ok((from, to)),
        (Some(_), Some(_)) => Err("The first operation must not come after the last."),
        _ => Err("Give the numbers of two operations; the list below has them."),
    }
}

/// Returns what the part does, or why there is nothing to copy.
fn describe(state: &State, from: usize, to: usize) -> Result<String, &'static str> {
    let (range, begin) = state.session.range(from, to);
    let requests = range.iter().filter(|at| command_at(state, **at).is_some()).count();
    let (Some(first), Some(last)) = (range.first(), range.last()) else {
        return Err("There is no request in this part: what was taken back is left out.");
    };
    let (first, last) = (past::sentence(&state.session, first + 1).0, past::sentence(&state.session, last + 1).0);
    let told = match requests {
        0 => return Err("There is no request in this part: only the workspace was moved."),
        1 => format!("1 request: {first}."),
        n => format!("{n} requests, from “{first}” to “{last}”."),
    };
    let needs = match begin {
        0 => " It needs nothing from before.",
        _ => " What it needs from before is looked up by name at its top, or asked for.",
    };
    Ok(told + &goes_on(from, begin) + needs)
}

/// Said when something was taken back or done again in between.
fn goes_on(from: usize, begin: usize) -> String {
    if begin + 1 == from { String::new() } else { format!(" It goes on from moment {begin}.") }
}

/// Returns the operations from one to another as a script for the AWS CLI.
pub(super) fn script_of(state: &State, from: usize, to: usize) -> String {
    let session = &state.session;
    let (range, begin) = session.range(from, to);
    let answers: Vec<_> = range.into_iter().map(|at| (at, session.answer(at))).collect();
    let lines = answers.iter().filter_map(|(at, outcome)| {
        let operation = session.entries().get(*at)?;
        Some(script::Line {
            command: command_at(state, *at)?,
            answer: outcome.as_ref().and_then(|outcome| outcome.body.as_ref()),
            note: summary(&operation.record.act, session.at(*at), &operation.after),
            after: &operation.after,
        })
    });
    let title =
        if begin == 0 { String::new() } else { format!("Operations {from} to {to} of {}", state.workspace.name) };
    script::print_from(lines, state.present().place.region.as_str(), session.at(begin), &title)
}
