//! The bar at the top: which API, undo and redo, share, and the one thing to do: Deploy API.

use crate::ui::markup::html;
use crate::{
    collections::sort_by,
    entities::RestApi,
    ui::{
        Dialog, Place, Route, UiCommand,
        parts::{CommandButton, Look, Menu, MenuItem},
        state::Saving,
        use_selector, use_store,
    },
};
use std::rc::Rc;
use yew::{Callback, Html, MouseEvent, component};

/// Draws the bar at the top.
#[component]
pub fn TopBar() -> Html {
    html! {
        <header class="top">
            <h1><a class="brand" href="#/" aria-label="Stagecraft">{ mark() }<span>{ "Stagecraft" }</span></a></h1>
            <ApiMenu />
            <span class="spacer"></span>
            <SavingState />
            <span class="group">
                <CommandButton command={UiCommand::Undo} icon_only=true look={Look::Ghost} />
                <CommandButton command={UiCommand::Redo} icon_only=true look={Look::Ghost} />
            </span>
            <span class="group wide-only">
                <CommandButton command={UiCommand::Palette} icon_only=true look={Look::Ghost} />
                <CommandButton command={UiCommand::NextTheme} icon_only=true look={Look::Ghost} />
                <CommandButton command={UiCommand::Share} with_icon=true />
            </span>
            <MoreMenu />
            <CommandButton command={UiCommand::Deploy} look={Look::Primary} />
        </header>
    }
}

/// Draws the mark: a stack of snapshots and an arrow to one of them.
fn mark() -> Html {
    html! {
        <svg class="mark" viewBox="0 0 22 22" width="22" height="22" aria-hidden="true">
            <rect class="snap-line" style="--h:195" x="1.5" y="2.5" width="9" height="5" rx="1.5" />
            <rect class="snap-line" style="--h:300" x="1.5" y="9" width="9" height="5" rx="1.5" />
            <rect class="snap-line" style="--h:75" x="1.5" y="15.5" width="9" height="5" rx="1.5" />
            <path d="M20 11.5c-4 0-3.5-6.5-8-6.5" />
            <circle cx="19.5" cy="11.5" r="1.8" />
        </svg>
    }
}

/// Draws the APIs of the workspace, and the workspaces.
#[component]
fn ApiMenu() -> Html {
    let store = use_store();
    let name = use_selector(|state| state.api().map(|api| api.config.settings.name.clone()));
    let apis = use_selector(|state| {
        let apis = state.present().rest_apis.values();
        let mut apis: Vec<(String, String)> =
            apis.map(|api: &Rc<RestApi>| (api.id.to_string(), api.config.settings.name.clone())).collect();
        sort_by(&mut apis, |a, b| a.1.cmp(&b.1));
        apis
    });
    let item = |(id, name): (String, String)| {
        let store = store.clone();
        let label = format!("{name} ({id})").into();
        let onclick = Callback::from(move |()| store.go(Route::to(id.clone(), Place::Resources)));
        MenuItem { label, blocked: None, onclick }
    };
    let mut items: Vec<MenuItem> = apis.into_iter().map(item).collect();
    items.push(command_item(&store, UiCommand::CreateApi));
    items.push(command_item(&store, UiCommand::Workspaces));
    html! { <Menu label={name.unwrap_or_else(|| "No API".into())} icon="fold" {items} class="api-menu" /> }
}

/// Draws what has no button in the bar, or none in that of a narrow screen.
#[component]
fn MoreMenu() -> Html {
    let store = use_store();
    let commands = [
        UiCommand::Share,
        UiCommand::NextTheme,
        UiCommand::Palette,
        UiCommand::Workspaces,
        UiCommand::Shortcuts,
        UiCommand::Ledger,
    ];
    let items = commands.into_iter().map(|command| command_item(&store, command)).collect::<Vec<_>>();
    html! { <Menu label="More" icon_only=true {items} /> }
}

fn command_item(store: &crate::ui::Store, command: UiCommand) -> MenuItem {
    let store = store.clone();
    MenuItem { label: command.label().into(), blocked: None, onclick: Callback::from(move |()| command.run(&store)) }
}

/// Tells whether everything is stored.
#[component]
fn SavingState() -> Html {
    let store = use_store();
    let saving = use_selector(|state| state.saving.clone());
    let (text, class) = match &saving {
        Saving::Starting | Saving::Off => return Html::default(),
        Saving::Saved => ("Saved", "saving"),
        Saving::Writing => ("Saving…", "saving"),
        Saving::Failed(_) => {
            let onclick = Callback::from(move |_: MouseEvent| store.open(Dialog::Workspaces));
            let why = "Why, and what to do about it";
            return html! {
                <span class="saving problem" role="status"><button type="button" title={why} {onclick}>{ "Not saved" }</button></span>
            };
        }
        Saving::Conflict => ("Changed in another tab", "saving problem"),
    };
    html! { <span {class} role="status">{ text }</span> }
}
