//! The words above a page that shows an earlier moment: which, what led to it, what that changed, and the ways on.

use super::super::link::{PlaceLink, time_view};
use crate::ui::markup::html;
use crate::ui::panels::words::count;
use crate::{
    diagram,
    entities::{RestApi, Workspace},
    history::diff,
    ui::{
        Place, Store, UiCommand, keeper,
        parts::{Button, CommandButton, Look},
        past, use_selector, use_selector_soon, use_soon, use_store,
    },
};
use std::rc::Rc;
use yew::{Callback, Html, MouseEvent, Properties, component, use_memo};

/// Changes that are listed; the comparison has all of them.
const LISTED: usize = 8;

/// Says that this is an earlier moment, and what can be done with it.
#[component]
pub(in crate::ui) fn PastBanner() -> Html {
    let store = use_store();
    // It moves the whole page when it comes or goes: that follows what is shown by a frame.
    let shown = use_selector_soon(|state| {
        let past = state.past.as_ref()?;
        Some((past.moment, state.session.entries().len()))
    });
    let fork_blocked = use_selector(past::fork_blocked);
    let Some((moment, length)) = shown else { return Html::default() };
    let (text, at) = store.read(|state| past::sentence(&state.session, moment));
    let look = |to: usize| {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| {
            store.look(to, true);
            leave_focus(&store);
        })
    };
    let on = |act: fn(&Store, usize)| {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| {
            act(&store, moment);
            leave_focus(&store);
        })
    };
    let first = (moment == 0).then(|| "Nothing was done before that".to_owned());
    html! {
        <section class="banner past" aria-label="Earlier moment">
            <div>
                <p>
                    <strong>{ format!("Looking back: moment {moment} of {length}. ") }</strong>
                    { text }{ "." }
                    if let Some(at) = at { { " " }{ time_view(at) }{ "." } }
                    <span class="muted">{ " Nothing can be changed here; calls and reads answer from this moment." }</span>
                </p>
                <Changed {moment} />
                <PlaceLink place={Place::Compare(format!("moment:{moment}"), format!("moment:{length}"))} leaves=true>{ "Compare with now" }</PlaceLink>
            </div>
            <div class="actions">
                <Button label="Earlier" small=true blocked={first} onclick={look(moment.saturating_sub(1))} />
                <Button label="Later" small=true onclick={look(moment + 1)} />
                <CommandButton command={UiCommand::BackToNow} small=true look={Look::Primary} />
                <Button label="Restore" small=true title="Make this the present workspace, as an operation of its own: nothing is lost" onclick={on(Store::restore)} />
                <Button label="Fork" small=true title="Open this moment as a workspace of its own; the present one stays" blocked={fork_blocked.map(str::to_owned)} onclick={on(keeper::fork)} />
            </div>
        </section>
    }
}

/// Moves the focus on when the button that had it is gone.
fn leave_focus(store: &Store) {
    if !store.is_past() {
        crate::ui::focus("map");
    }
}

#[derive(Debug, PartialEq, Properties)]
struct ChangedProps {
    moment: usize,
}

/// Draws what the operation before a moment changed. It follows a frame later: the handle is not held up by it.
#[component]
fn Changed(props: &ChangedProps) -> Html {
    let store = use_store();
    let moment = use_soon(props.moment);
    let changes = use_memo(moment, move |moment| {
        store.read(|state| changes(state.session.at(moment.saturating_sub(1)), state.session.at(*moment)))
    });
    if changes.is_empty() {
        return Html::default();
    }
    let more = changes.len().saturating_sub(LISTED);
    html! {
        <details>
            <summary>{ format!("What it changed: {}", count(changes.len(), "change")) }</summary>
            <ul>
                { for changes.iter().take(LISTED).map(|change| html! { <li>{ change }</li> }) }
                if more > 0 { <li class="muted">{ format!("and {more} more") }</li> }
            </ul>
        </details>
    }
}

/// Returns what differs between two moments: what callers notice, and the working copy of the API that is shown.
fn changes(before: &Workspace, after: &Workspace) -> Vec<String> {
    let mut out = Vec::new();
    for (id, api) in &after.rest_apis {
        match before.rest_apis.get(id) {
            None => out.push(format!("API {} added", api.config.settings.name)),
            Some(old) if Rc::ptr_eq(old, api) && Rc::ptr_eq(&before.account, &after.account) => {}
            Some(old) => out.extend(of_api(old, api, before, after)),
        }
    }
    let gone = before.rest_apis.iter().filter(|(id, _)| after.rest_apis.get(*id).is_none());
    out.extend(gone.map(|(_, api)| format!("API {} removed", api.config.settings.name)));
    out
}

fn of_api(old: &RestApi, new: &RestApi, before: &Workspace, after: &Workspace) -> Vec<String> {
    let facts = |api: &RestApi, of: &Workspace| diagram::facts(api, &of.place, &of.account);
    let (a, b) = (facts(old, before), facts(new, after));
    let mut out: Vec<String> = diff::diff(&old.config, &new.config)
        .iter()
        .map(|change| format!("Working copy: {}", change.summary()))
        .collect();
    out.extend(diagram::announce(&a, &b));
    out
}
