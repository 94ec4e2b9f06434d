//! Everything that a user can do from more than one place, once: its label, its keys, its icon, whether it makes sense
//! now, and what it does. Menus, palette, shortcuts and tooltips all read this.

use super::{Confirm, Place, State, Store, past::EARLIER};

/// A key with its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shortcut {
    /// Control, or Command on a Mac.
    pub command: bool,
    /// Shift.
    pub shift: bool,
    /// The key as browsers name it; letters in lower case.
    pub key: &'static str,
}

impl Shortcut {
    const fn plain(key: &'static str) -> Self {
        Self { command: false, shift: false, key }
    }

    const fn command(key: &'static str) -> Self {
        Self { command: true, shift: false, key }
    }

    /// Returns the keys as text, in the manner of the platform.
    pub fn text(self, mac: bool) -> String {
        let key = match self.key {
            "Enter" => if mac { "↩" } else { "Enter" }.to_owned(),
            key => key.to_ascii_uppercase(),
        };
        match (self.command, self.shift, mac) {
            (true, true, true) => format!("⇧⌘{key}"),
            (true, false, true) => format!("⌘{key}"),
            (true, true, false) => format!("Ctrl+Shift+{key}"),
            (true, false, false) => format!("Ctrl+{key}"),
            (false, true, _) => format!("Shift+{key}"),
            (false, false, _) => key,
        }
    }
}

/// The commands of a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UiCommand {
    /// Open "Deploy API".
    Deploy,
    /// Take the last step back.
    Undo,
    /// Do it again.
    Redo,
    /// Open "Create resource".
    CreateResource,
    /// Open "Create method".
    CreateMethod,
    /// Delete what is selected, after a question.
    DeleteSelected,
    /// Open "Create stage".
    CreateStage,
    /// Open "Create API".
    CreateApi,
    /// Send the request in the request pane.
    SendRequest,
    /// Copy the invoke URL of the selected stage.
    CopyInvokeUrl,
    /// Show the resources.
    ShowResources,
    /// Show the stages.
    ShowStages,
    /// Show the deployments.
    ShowDeployments,
    /// Show the settings.
    ShowSettings,
    /// Show the list of other screens.
    ShowMore,
    /// Show the request pane.
    ShowRequest,
    /// Show the console.
    ShowConsole,
    /// Show the history.
    ShowHistory,
    /// Show the workspace as it was.
    LookBack,
    /// Show the workspace as it is again.
    BackToNow,
    /// Show two versions side by side.
    Compare,
    /// Draw all deployments, or fold the older ones.
    ToggleFold,
    /// Light, dark, or as the system has it.
    NextTheme,
    /// Let single keys run commands, or not.
    ToggleKeys,
    /// Open "Share".
    Share,
    /// Open the workspaces.
    Workspaces,
    /// Download the workspace as a file.
    Download,
    /// Open the palette.
    Palette,
    /// Open the list of keys.
    Shortcuts,
    /// Open what is known of AWS, with its sources.
    Ledger,
}

impl UiCommand {
    /// All commands, in the order of the palette.
    pub const ALL: [Self; 30] = [
        Self::Deploy,
        Self::SendRequest,
        Self::Undo,
        Self::Redo,
        Self::CreateResource,
        Self::CreateMethod,
        Self::DeleteSelected,
        Self::CreateStage,
        Self::CreateApi,
        Self::CopyInvokeUrl,
        Self::ShowResources,
        Self::ShowStages,
        Self::ShowDeployments,
        Self::ShowSettings,
        Self::ShowMore,
        Self::ShowRequest,
        Self::ShowConsole,
        Self::ShowHistory,
        Self::LookBack,
        Self::BackToNow,
        Self::Compare,
        Self::ToggleFold,
        Self::NextTheme,
        Self::ToggleKeys,
        Self::Share,
        Self::Workspaces,
        Self::Download,
        Self::Palette,
        Self::Shortcuts,
        Self::Ledger,
    ];

    /// Returns the name on buttons, menus and in the palette.
    pub fn label(self) -> &'static str {
        match self {
            Self::Deploy => "Deploy API",
            Self::Undo => "Undo",
            Self::Redo => "Redo",
            Self::CreateResource => "Create resource",
            Self::CreateMethod => "Create method",
            Self::DeleteSelected => "Delete what is selected",
            Self::CreateStage => "Create stage",
            Self::CreateApi => "Create API",
            Self::SendRequest => "Send request",
            Self::CopyInvokeUrl => "Copy invoke URL",
            Self::ShowResources => "Go to Resources",
            Self::ShowStages => "Go to Stages",
            Self::ShowDeployments => "Go to Deployments",
            Self::ShowSettings => "Go to Settings",
            Self::ShowMore => "Go to More: models, authorizers, domains, keys …",
            Self::ShowRequest => "Go to Request",
            Self::ShowConsole => "Go to Console",
            Self::ShowHistory => "Go to History",
            Self::LookBack => "Look back in time",
            Self::BackToNow => "Back to now",
            Self::Compare => "Compare two versions",
            Self::ToggleFold => "Fold or unfold older deployments",
            Self::NextTheme => "Switch between light, dark and system theme",
            Self::ToggleKeys => "Switch single-key shortcuts off or on",
            Self::Share => "Share",
            Self::Workspaces => "Workspaces",
            Self::Download => "Download this workspace as a file",
            Self::Palette => "Find a command",
            Self::Shortcuts => "Keyboard shortcuts",
            Self::Ledger => "How faithful is this?",
        }
    }

    /// Returns its keys.
    pub fn shortcut(self) -> Option<Shortcut> {
        match self {
            Self::Deploy => Some(Shortcut::plain("d")),
            Self::Undo => Some(Shortcut::command("z")),
            Self::Redo => Some(Shortcut { command: true, shift: true, key: "z" }),
            Self::CreateResource => Some(Shortcut::plain("r")),
            Self::CreateMethod => Some(Shortcut::plain("m")),
            Self::CreateStage => Some(Shortcut::plain("s")),
            Self::SendRequest => Some(Shortcut::command("Enter")),
            Self::ShowResources => Some(Shortcut::plain("1")),
            Self::ShowStages => Some(Shortcut::plain("2")),
            Self::ShowDeployments => Some(Shortcut::plain("3")),
            Self::ShowSettings => Some(Shortcut::plain("4")),
            Self::ShowMore => Some(Shortcut::plain("5")),
            Self::ShowRequest => Some(Shortcut::plain("c")),
            Self::ShowConsole => Some(Shortcut::plain("`")),
            Self::ShowHistory => Some(Shortcut::plain("h")),
            Self::Palette => Some(Shortcut::command("k")),
            Self::Shortcuts => Some(Shortcut::plain("?")),
            _ => None,
        }
    }

    /// Returns the name of its icon; see `parts::icon`.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Deploy => "deploy",
            Self::Undo => "undo",
            Self::Redo => "redo",
            Self::CreateResource | Self::CreateMethod | Self::CreateStage | Self::CreateApi => "plus",
            Self::DeleteSelected => "trash",
            Self::SendRequest | Self::ShowRequest => "send",
            Self::CopyInvokeUrl => "copy",
            Self::NextTheme => "theme",
            Self::Share => "share",
            Self::Workspaces | Self::Download => "folder",
            Self::Palette => "search",
            Self::Shortcuts | Self::ToggleKeys => "keyboard",
            Self::Ledger => "check",
            Self::ShowConsole => "console",
            Self::ShowHistory | Self::LookBack | Self::BackToNow => "history",
            Self::ToggleFold | Self::Compare => "fold",
            Self::ShowResources | Self::ShowStages | Self::ShowDeployments | Self::ShowSettings | Self::ShowMore => {
                "go"
            }
        }
    }

    /// Returns the keys that run it now: a visitor may have switched single keys off.
    pub fn keys(self, state: &State) -> Option<Shortcut> {
        self.shortcut().filter(|keys| keys.command || state.single_keys)
    }

    /// Returns why it makes no sense now; `None` when it does.
    pub fn unavailable(self, state: &State) -> Option<&'static str> {
        let changes_something = matches!(
            self,
            Self::Deploy
                | Self::Undo
                | Self::Redo
                | Self::CreateResource
                | Self::CreateMethod
                | Self::DeleteSelected
                | Self::CreateStage
                | Self::CreateApi
        );
        if changes_something && state.is_read_only() {
            return Some(if state.past.is_some() { EARLIER } else { "This view is read-only" });
        }
        match self {
            Self::Undo if state.session.undo_target().is_none() => Some("There is nothing to undo"),
            Self::LookBack if state.session.entries().is_empty() => Some("Nothing was done yet"),
            Self::BackToNow if state.past.is_none() => Some("This is now"),
            Self::Redo if state.session.redo_target().is_none() => Some("There is nothing to redo"),
            Self::Deploy | Self::CreateResource | Self::CreateMethod | Self::CreateStage | Self::Compare
                if state.api().is_none() =>
            {
                Some("Create an API first")
            }
            Self::CreateStage if state.api().is_some_and(|api| api.deployments.is_empty()) => {
                Some("Deploy the API first: a stage points at a deployment")
            }
            Self::CopyInvokeUrl if selected_stage(state).is_none() => Some("Select a stage first"),
            Self::DeleteSelected if deletion(state).is_none() => Some("Select something that can be deleted first"),
            Self::SendRequest if state.draft.url.is_empty() => Some("Enter a URL first"),
            _ => None,
        }
    }

    /// Does it: now, or as soon as the program is there as a whole.
    pub fn run(self, store: &Store) {
        store.with_later(move |later, store| (later.run)(self, store));
    }
}

/// An arrow of the map that can be pointed elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui) enum Arrow {
    /// From a stage to its deployment.
    Stage(String),
    /// From a stage to the deployment of its canary.
    Canary(String),
    /// From a base path of a domain name to a stage.
    Mapping {
        /// The key of the domain name.
        domain: String,
        /// The base path.
        base_path: String,
    },
    /// None: a deployment itself, by its id, which a stage can be given.
    Deployment(String),
}

/// Returns the stage that is selected.
pub(in crate::ui) fn selected_stage(state: &State) -> Option<String> {
    match state.place() {
        Place::Stage(name, _) => Some(name),
        _ => None,
    }
}

/// Returns what "delete" would delete now.
pub(in crate::ui) fn deletion(state: &State) -> Option<Confirm> {
    let api = state.api()?;
    match state.place() {
        Place::Method(id, verb, _) => Some(Confirm::DeleteMethod(id, verb)),
        Place::Resource(id) if id != api.config.root_id().as_str() => Some(Confirm::DeleteResource(id)),
        Place::Stage(name, _) => Some(Confirm::DeleteStage(name)),
        Place::Deployment(id) => Some(Confirm::DeleteDeployment(id)),
        _ => None,
    }
}
