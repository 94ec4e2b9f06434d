//! All commands, and all that can be gone to, by name.

use super::{
    link::title,
    more::{Thing, screens, things},
};
use crate::ui::markup::html;
use crate::{
    ui::{
        Dialog, NoticeKind, Page, Place, Shortcut, State, Store, UiCommand, focus_soon, keys,
        parts::{Modal, icon},
        past::EARLIER,
        use_growing, use_selector, use_store,
    },
    view::find::{in_api, matches},
};
use web_sys::{HtmlInputElement, KeyboardEvent};
use yew::{Callback, Event, Html, InputEvent, MouseEvent, TargetCast, component, use_state};

/// Entries that are shown.
const SHOWN: usize = 12;

#[derive(Clone, PartialEq)]
enum Entry {
    Command(UiCommand, Option<Shortcut>, Option<&'static str>),
    Go(String, Place),
    /// A dialog that makes something, and the screen behind it; why not, in an earlier moment.
    Create(String, Page, Option<&'static str>),
}

impl Entry {
    fn label(&self) -> &str {
        match self {
            Self::Command(command, ..) => command.label(),
            Self::Go(label, _) | Self::Create(label, ..) => label,
        }
    }

    fn run(&self, store: &Store) {
        store.close();
        match self {
            Self::Command(command, ..) => command.run(store),
            Self::Go(_, place) => show(store, place.clone()),
            Self::Create(_, page, None) => {
                show(store, Place::Page(*page, None));
                store.open(Dialog::CreateItem(*page));
            }
            Self::Create(.., Some(reason)) => store.notify(NoticeKind::Problem, *reason, ""),
        }
    }
}

/// Shows a place, on a narrow screen, too, with the focus on its title.
fn show(store: &Store, place: Place) {
    focus_soon(title(&place));
    store.show(place);
}

/// Returns all that there is, what is looked for most often first.
fn entries(state: &State) -> impl Iterator<Item = Entry> {
    let commands = UiCommand::ALL.into_iter().filter(|command| *command != UiCommand::Palette);
    let commands = commands.map(|command| Entry::Command(command, command.keys(state), command.unavailable(state)));
    let earlier = state.past.is_some().then_some(EARLIER);
    let entry = move |(label, thing): (String, Thing)| match thing {
        Thing::Screen(page) => Entry::Go(label, Place::Page(page, None)),
        Thing::Item(page, item) => Entry::Go(label, Place::Page(page, Some(item))),
        Thing::Create(page) => Entry::Create(label, page, earlier),
    };
    let api = state.api().map(|api| in_api(api).map(|(label, place)| Entry::Go(label, place)));
    commands.chain(screens(state).map(entry)).chain(api.into_iter().flatten()).chain(things(state).map(entry))
}

/// Entries that are drawn at once; the others follow by themselves.
const AT_ONCE: usize = 5;

/// Draws the palette: type to find, arrow keys to choose, Enter to do it.
#[component]
pub(super) fn Palette() -> Html {
    let store = use_store();
    let query = use_state(String::new);
    let chosen = use_state(|| 0_usize);
    let wanted = query.to_lowercase();
    let found: Vec<Entry> =
        store.read(|state| entries(state).filter(|entry| matches(entry.label(), &wanted)).take(SHOWN).collect());
    let drawn = use_growing(AT_ONCE, found.len());
    let at = (*chosen).min(found.len().saturating_sub(1));
    let oninput = {
        let (query, chosen) = (query.clone(), chosen.clone());
        Callback::from(move |e: InputEvent| {
            query.set(e.target_unchecked_into::<HtmlInputElement>().value());
            chosen.set(0);
        })
    };
    let onkeydown = {
        let (store, chosen, found) = (store.clone(), chosen.clone(), found.clone());
        Callback::from(move |e: KeyboardEvent| {
            let count = found.len().max(1);
            match e.key().as_str() {
                "ArrowDown" => chosen.set((at + 1) % count),
                "ArrowUp" => chosen.set((at + count - 1) % count),
                "Enter" => {
                    if let Some(entry) = found.get(at) {
                        entry.run(&store);
                    }
                }
                _ => return,
            }
            e.prevent_default();
        })
    };
    let row = |(n, entry): (usize, &Entry)| {
        let (store, entry) = (store.clone(), entry.clone());
        let (keys, blocked, picture) = match &entry {
            Entry::Command(command, keys, blocked) => (*keys, *blocked, command.icon()),
            Entry::Go(..) => (None, None, "go"),
            Entry::Create(.., blocked) => (None, *blocked, "plus"),
        };
        let label = entry.label().to_owned();
        let onclick = Callback::from(move |_: MouseEvent| entry.run(&store));
        html! {
            <li key={n} id={format!("palette-{n}")} role="option" aria-selected={(n == at).to_string()} aria-disabled={blocked.is_some().then_some("true")} {onclick}>
                { icon(picture) }
                <span class="what">{ label } if let Some(reason) = blocked { <small>{ " " }{ reason }</small> }</span>
                if let Some(keys) = keys { <kbd>{ keys.text(crate::ui::is_mac()) }</kbd> }
            </li>
        }
    };
    html! {
        <Modal title="Find a command">
            <div class="body palette">
                <input
                    id="palette-query" class="input" autofocus=true role="combobox" aria-label="Command" aria-expanded="true" aria-controls="palette-list"
                    aria-activedescendant={(!found.is_empty()).then(|| format!("palette-{at}"))} autocomplete="off" spellcheck="false"
                    placeholder="Deploy, undo, a stage, a path, a key…" value={(*query).clone()} {oninput} {onkeydown}
                />
                <ul id="palette-list" role="listbox" aria-label="Commands">{ for found.iter().take(drawn.max(at + 1)).enumerate().map(row) }</ul>
                if found.is_empty() { <p class="muted" role="status">{ "Nothing has this name." }</p> }
            </div>
        </Modal>
    }
}

/// Draws the keys that do something.
#[component]
pub(super) fn Shortcuts() -> Html {
    let mac = crate::ui::is_mac();
    let store = use_store();
    let on = use_selector(|state| state.single_keys);
    let row = |command: UiCommand| {
        let keys = command.shortcut().filter(|keys| on || keys.command)?;
        Some(html! { <><dt><kbd>{ keys.text(mac) }</kbd></dt><dd>{ command.label() }</dd></> })
    };
    let onchange = Callback::from(move |e: Event| {
        keys::set_single_keys(&store, e.target_unchecked_into::<HtmlInputElement>().checked());
    });
    html! {
        <Modal title="Keyboard shortcuts">
            <div class="body">
                <label class="check" for="single-keys">
                    <input id="single-keys" type="checkbox" checked={on} aria-describedby="single-keys-hint" {onchange} />{ "Single keys run commands" }
                </label>
                <p id="single-keys-hint" class="field-hint">{ "Switch them off if your keys come from speech, or if you press some by accident." }</p>
                <dl class="facts">{ for UiCommand::ALL.into_iter().filter_map(row) }</dl>
                <p class="field-hint">
                    { "On the map, Tab enters and arrow keys follow the arrows. In the resource tree, arrow keys move, F2 renames and Delete deletes." }
                </p>
            </div>
        </Modal>
    }
}
