//! The effects of the user's commands.

use crate::ui::{
    Dialog, DrawerTab, NoticeKind, Place, State, Store, Theme, UiCommand,
    core::{deletion, selected_stage},
    focus_soon,
    hosts::{keys, theme},
};

/// Does it, unless it makes no sense now; then the reason is shown.
pub(in crate::ui) fn run(command: UiCommand, store: &Store) {
    if let Some(reason) = store.read(|state| command.unavailable(state)) {
        store.notify(NoticeKind::Problem, reason, "");
        return;
    }
    match command {
        UiCommand::Deploy => {
            let stage = store.read(selected_stage);
            store.open(Dialog::Deploy { stage });
        }
        UiCommand::Undo => store.undo(),
        UiCommand::Redo => store.redo(),
        UiCommand::CreateResource => {
            if let Some(parent) = store.read(selected_resource) {
                store.open(Dialog::CreateResource { parent });
            }
        }
        UiCommand::CreateMethod => {
            if let Some(resource) = store.read(selected_resource) {
                store.open(Dialog::CreateMethod { resource });
            }
        }
        UiCommand::DeleteSelected => {
            if let Some(confirm) = store.read(deletion) {
                store.open(Dialog::Confirm(confirm));
            }
        }
        UiCommand::CreateStage => {
            let deployment = store.read(selected_deployment);
            store.open(Dialog::CreateStage { deployment });
        }
        UiCommand::CreateApi => store.open(Dialog::CreateApi),
        UiCommand::SendRequest => super::request::send(store),
        UiCommand::CopyInvokeUrl => {
            if let Some(url) = store.read(selected_invoke_url) {
                crate::ui::parts::copy(store, &url, "Invoke URL copied");
            }
        }
        UiCommand::ShowResources => store.show(Place::Resources),
        UiCommand::ShowStages => store.show(Place::Stages),
        UiCommand::ShowDeployments => store.show(Place::Deployments),
        UiCommand::ShowSettings => store.show(Place::Settings),
        UiCommand::ShowMore => store.show(Place::More),
        UiCommand::ShowRequest => show_drawer(store, DrawerTab::Request),
        UiCommand::ShowConsole => show_drawer(store, DrawerTab::Console),
        UiCommand::ShowHistory => show_drawer(store, DrawerTab::History),
        UiCommand::LookBack => {
            store.show_drawer(DrawerTab::History);
            focus_soon(super::time::SCRUBBER);
        }
        UiCommand::BackToNow => store.back_to_now(),
        UiCommand::Compare => {
            let place = store.read(super::compare::of_selected);
            store.show(place);
        }
        UiCommand::ToggleFold => store.toggle_fold(),
        UiCommand::NextTheme => next_theme(store),
        UiCommand::ToggleKeys => keys::set_single_keys(store, !store.read(|state| state.single_keys)),
        UiCommand::Share => store.open(Dialog::Share),
        UiCommand::Workspaces => store.open(Dialog::Workspaces),
        UiCommand::Download => store.with_screens(|screens, store| match screens {
            Some(screens) => (screens.download)(store),
            None => store.notify(
                NoticeKind::Problem,
                "A part of the program could not be loaded.",
                "Check your connection and try again.",
            ),
        }),
        UiCommand::Palette => store.open(Dialog::Palette),
        UiCommand::Ledger => store.open(Dialog::Ledger),
        UiCommand::Shortcuts => store.open(Dialog::Shortcuts),
    }
}

fn show_drawer(store: &Store, tab: DrawerTab) {
    store.show_drawer(tab);
    if let Some(field) = tab.field() {
        focus_soon(field);
    }
}

fn next_theme(store: &Store) {
    let theme = match store.read(|state| state.theme) {
        Theme::System => Theme::Light,
        Theme::Light => Theme::Dark,
        Theme::Dark => Theme::System,
    };
    store.set_theme(theme);
    theme::apply(theme);
}

fn selected_deployment(state: &State) -> Option<String> {
    match state.place() {
        Place::Deployment(id) => Some(id),
        _ => None,
    }
}

/// Returns the resource that is selected, or the root.
fn selected_resource(state: &State) -> Option<String> {
    let api = state.api()?;
    match state.place() {
        Place::Resource(id) | Place::Method(id, _, _) => Some(id),
        _ => Some(api.config.root_id().to_string()),
    }
}

fn selected_invoke_url(state: &State) -> Option<String> {
    let stage = selected_stage(state)?;
    Some(state.present().place.invoke_url(&state.api()?.id, &stage))
}
