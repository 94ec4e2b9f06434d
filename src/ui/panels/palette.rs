//! All commands, and all that can be gone to, by name.

use crate::ui::{
    Place, StageTab, State, Store, UiCommand,
    parts::{Modal, icon},
    use_growing, use_store,
};
use web_sys::{HtmlInputElement, KeyboardEvent};
use yew::{Callback, Html, InputEvent, MouseEvent, TargetCast, component, html, use_effect_with, use_state};

/// Entries that are shown.
const SHOWN: usize = 12;

#[derive(Clone, PartialEq)]
enum Entry {
    Command(UiCommand, Option<&'static str>),
    Go(String, Place),
}

impl Entry {
    fn label(&self) -> String {
        match self {
            Self::Command(command, _) => command.label().to_owned(),
            Self::Go(label, _) => label.clone(),
        }
    }

    fn run(&self, store: &Store) {
        store.close();
        match self {
            Self::Command(command, _) => command.run(store),
            Self::Go(_, place) => store.go_to(place.clone()),
        }
    }
}

fn entries(state: &State) -> Vec<Entry> {
    let commands = UiCommand::ALL.into_iter().filter(|command| *command != UiCommand::Palette);
    let mut out: Vec<Entry> = commands.map(|command| Entry::Command(command, command.unavailable(state))).collect();
    let Some(api) = state.api() else { return out };
    let stages = api
        .stages
        .keys()
        .map(|name| Entry::Go(format!("Stage {name}"), Place::Stage(name.to_string(), StageTab::default())));
    out.extend(stages);
    let deployments = api.deployments_newest_first().into_iter().map(|deployment| {
        let about = deployment.description.as_deref().map(|text| format!(": {text}")).unwrap_or_default();
        Entry::Go(
            format!("Deployment {}{about}", deployment.short_name()),
            Place::Deployment(deployment.id.to_string()),
        )
    });
    out.extend(deployments);
    for (_, resource) in api.config.tree() {
        let path = api.config.path_of(&resource.id);
        out.push(Entry::Go(format!("Resource {path}"), Place::Resource(resource.id.to_string())));
        out.extend(resource.methods.keys().map(|verb| {
            let place = Place::Method(resource.id.to_string(), *verb, Default::default());
            Entry::Go(format!("Method {verb} {path}"), place)
        }));
    }
    out
}

/// Entries that are drawn at once; the others follow by themselves.
const AT_ONCE: usize = 5;

/// Whether all words of the query stand in a label, whatever their case.
fn matches(label: &str, query: &str) -> bool {
    let label = label.to_lowercase();
    query.split_whitespace().all(|word| label.contains(word))
}

/// The palette: type to find, arrow keys to choose, Enter to do it.
#[component]
pub(super) fn Palette() -> Html {
    let store = use_store();
    let query = use_state(String::new);
    let chosen = use_state(|| 0_usize);
    let wanted = query.to_lowercase();
    let found: Vec<Entry> =
        store.read(entries).into_iter().filter(|entry| matches(&entry.label(), &wanted)).take(SHOWN).collect();
    let drawn = use_growing(AT_ONCE, found.len());
    let at = (*chosen).min(found.len().saturating_sub(1));
    use_effect_with((), |()| crate::ui::focus("palette-query"));
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
            Entry::Command(command, blocked) => (command.shortcut(), *blocked, command.icon()),
            Entry::Go(..) => (None, None, "go"),
        };
        let label = entry.label();
        let onclick = Callback::from(move |_: MouseEvent| entry.run(&store));
        html! {
            <li id={format!("palette-{n}")} role="option" aria-selected={(n == at).to_string()} aria-disabled={blocked.is_some().then_some("true")} {onclick}>
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
                    id="palette-query" class="input" role="combobox" aria-label="Command" aria-expanded="true" aria-controls="palette-list"
                    aria-activedescendant={(!found.is_empty()).then(|| format!("palette-{at}"))} autocomplete="off" spellcheck="false"
                    placeholder="Deploy, undo, a stage, a path…" value={(*query).clone()} {oninput} {onkeydown}
                />
                <ul id="palette-list" role="listbox" aria-label="Commands">{ for found.iter().take(drawn.max(at + 1)).enumerate().map(row) }</ul>
                if found.is_empty() { <p class="muted" role="status">{ "Nothing has this name." }</p> }
            </div>
        </Modal>
    }
}

/// The keys that do something.
#[component]
pub(super) fn Shortcuts() -> Html {
    let mac = crate::ui::is_mac();
    let row = |command: UiCommand| {
        let keys = command.shortcut()?;
        Some(html! { <><dt><kbd>{ keys.text(mac) }</kbd></dt><dd>{ command.label() }</dd></> })
    };
    html! {
        <Modal title="Keyboard shortcuts">
            <div class="body">
                <dl class="facts">{ for UiCommand::ALL.into_iter().filter_map(row) }</dl>
                <p class="field-hint">
                    { "On the map, Tab enters and arrow keys follow the arrows. In the resource tree, arrow keys move, F2 renames and Delete deletes." }
                </p>
            </div>
        </Modal>
    }
}
