//! Everything that the page knows: the session, what is selected, and what is open.

use super::{Notice, Page, Place, Route, console::Console, later::Arrival, store::past::Past};
use crate::{
    collections::SortedSet,
    data_plane::{Comparison, Hint, Invocation, Runtime},
    entities::{ResourceId, RestApi, Workspace},
    history::Session,
};
use std::rc::Rc;

/// A tab of the drawer under the map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DrawerTab {
    /// Call a URL.
    #[default]
    Request,
    /// Lines of `aws` and `curl`.
    Console,
    /// The history.
    History,
    /// The first steps.
    Steps,
}

impl DrawerTab {
    /// Returns the id of the field that one types into there.
    pub(in crate::ui) fn field(self) -> Option<&'static str> {
        match self {
            Self::Request => Some("request-url"),
            Self::Console => Some("console-line"),
            Self::History | Self::Steps => None,
        }
    }
}

/// The pane that a narrow screen shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// The editor.
    Edit,
    /// The map.
    #[default]
    Map,
    /// The drawer.
    Call,
    /// The page's purpose, and the first steps.
    Learn,
}

/// Light, dark, or as the system has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// The dialog that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// "Deploy API"; the stage that is chosen at first, if any.
    Deploy {
        /// The stage.
        stage: Option<String>,
    },
    /// "Create resource" below a parent.
    CreateResource {
        /// The parent's id.
        parent: String,
    },
    /// "Create method" on a resource.
    CreateMethod {
        /// The resource's id.
        resource: String,
    },
    /// Rename or move a resource.
    EditResource {
        /// The resource's id.
        resource: String,
    },
    /// "Create stage"; the deployment that is chosen at first, if any.
    CreateStage {
        /// The deployment's id.
        deployment: Option<String>,
    },
    /// "Edit stage".
    EditStage {
        /// The stage.
        stage: String,
    },
    /// Point a stage at another deployment, after a look at what changes.
    ChangeDeployment {
        /// The stage.
        stage: String,
        /// The deployment.
        deployment: String,
    },
    /// "Promote canary": what it will do, and the question.
    PromoteCanary {
        /// The stage.
        stage: String,
    },
    /// Describe a deployment.
    DescribeDeployment {
        /// The deployment's id.
        deployment: String,
    },
    /// "Create API".
    CreateApi,
    /// Make one more of what a screen lists.
    CreateItem(Page),
    /// Ask before something goes.
    Confirm(Confirm),
    /// All commands, by name.
    Palette,
    /// Link, picture, embed and file of this workspace.
    Share,
    /// The workspaces of this browser.
    Workspaces,
    /// The keys that do something.
    Shortcuts,
    /// How faithful this is.
    Ledger,
}

impl Dialog {
    /// Tells whether its purpose is to change the workspace.
    pub fn changes_something(&self) -> bool {
        !matches!(self, Self::Palette | Self::Share | Self::Workspaces | Self::Shortcuts | Self::Ledger)
    }
}

/// The thing that is about to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Confirm {
    /// A resource with what is below it.
    DeleteResource(String),
    /// A method.
    DeleteMethod(String, crate::entities::HttpMethod),
    /// A stage.
    DeleteStage(String),
    /// The canary of a stage.
    DeleteCanary(String),
    /// A deployment.
    DeleteDeployment(String),
    /// The API.
    DeleteApi(String),
    /// One of what a screen lists, as its place names it.
    DeleteItem(Page, String),
}

/// How saving goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Saving {
    /// Not begun.
    #[default]
    Starting,
    /// Everything is stored.
    Saved,
    /// Something is on its way.
    Writing,
    /// Nothing can be stored here, or no more; why.
    Failed(String),
    /// Another tab has changed this workspace in another way.
    Conflict,
    /// Nothing is to be stored: an embed, or a link that is only looked at.
    Off,
}

/// Whose work the page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Visit {
    /// The visitor's own, which is saved and whose selection stands in the URL.
    #[default]
    Own,
    /// A copy out of a link, which is saved only when the visitor keeps it. The URL stays the link.
    Shared {
        /// The link.
        link: Route,
    },
    /// The map on somebody's page. Neither the URL nor anything that is saved is ever touched.
    Embed {
        /// The link.
        link: Route,
        /// Whether the URLs are listed.
        urls: bool,
        /// Whether they can be called.
        call: bool,
    },
    /// A link that cannot be opened.
    Broken {
        /// The link.
        link: Route,
        /// The fault in it, and the way out.
        why: String,
    },
}

impl Visit {
    /// Returns the link that was followed to get here.
    pub fn link(&self) -> Option<&Route> {
        match self {
            Self::Own => None,
            Self::Shared { link } | Self::Embed { link, .. } | Self::Broken { link, .. } => Some(link),
        }
    }
}

/// The workspace as this browser keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkspaceInfo {
    /// Its key in the store; `None` when it is not stored.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
}

/// One call of a URL with what can be said about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Exchange {
    /// Unique on this page.
    pub id: u32,
    /// The call.
    pub invocation: Invocation,
    /// Why it came out as it did and what to do, when that is worth a word.
    pub hint: Option<Hint>,
    /// The answer of the working copy, when it would differ.
    pub comparison: Option<Comparison>,
}

/// The contents of the request pane.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The verb.
    pub method: String,
    /// The URL.
    pub url: String,
    /// Headers, a line each.
    pub headers: String,
    /// The body.
    pub body: String,
}

/// Everything that the page knows.
#[derive(Debug)]
pub struct State {
    /// The workspace with its history.
    pub session: Session,
    /// Tells whether the page can be used: the whole program is there, and so is the workspace of this visit. Before, nothing
    /// reads the session but the map of a first visit, and nothing changes it.
    pub whole: bool,
    /// Tells whether the screens are there: they come after what the page can be used with.
    pub screens: Arrival,
    /// The traces of traffic.
    pub runtime: Runtime,
    /// How this browser keeps the workspace.
    pub workspace: WorkspaceInfo,
    /// Whose work it is.
    pub visit: Visit,
    /// How saving goes.
    pub saving: Saving,
    /// The earlier moment that is shown in the place of the present one.
    pub past: Option<Box<Past>>,
    /// The selection.
    pub route: Route,
    /// The open dialog.
    pub dialog: Option<Dialog>,
    /// Messages at the edge.
    pub notices: Vec<Notice>,
    /// Calls, the newest last; the oldest go.
    pub exchanges: Vec<Rc<Exchange>>,
    /// The request pane.
    pub draft: Draft,
    /// The console.
    pub console: Console,
    /// The drawer's tab.
    pub drawer: DrawerTab,
    /// The pane that a narrow screen shows.
    pub pane: Pane,
    /// Light or dark.
    pub theme: Theme,
    /// Tells whether single keys run commands.
    pub single_keys: bool,
    /// Whether the map draws all deployments.
    pub unfolded: bool,
    /// Resources whose rows below are hidden in the tree.
    pub collapsed: Rc<SortedSet<ResourceId>>,
    /// Whether nothing may be changed: an embed.
    pub read_only: bool,
    /// The announcement for a screen reader; a number makes equal texts differ.
    pub announcement: (u32, String),
}

impl State {
    /// Returns a page on a session.
    pub fn new(session: Session, route: Route) -> Self {
        Self {
            session,
            whole: false,
            screens: Arrival::default(),
            runtime: Runtime::new(),
            workspace: WorkspaceInfo { id: None, name: "My workspace".into() },
            visit: Visit::default(),
            saving: Saving::default(),
            past: None,
            route,
            dialog: None,
            notices: Vec::new(),
            exchanges: Vec::new(),
            draft: Draft { method: "GET".into(), ..Draft::default() },
            console: Console::default(),
            drawer: DrawerTab::default(),
            pane: Pane::default(),
            theme: Theme::default(),
            single_keys: true,
            unfolded: false,
            collapsed: Rc::default(),
            read_only: false,
            announcement: (0, String::new()),
        }
    }

    /// Returns the workspace that is shown: as it is, or as it was at the moment that the page looks back to.
    pub fn present(&self) -> &Workspace {
        self.session.at(self.past.as_ref().map_or(usize::MAX, |past| past.moment))
    }

    /// Tells whether nothing may be changed: an embed, or an earlier moment.
    pub fn is_read_only(&self) -> bool {
        self.read_only || self.past.is_some()
    }

    /// Returns what traffic left behind in the workspace that is shown.
    pub fn runtime(&self) -> &Runtime {
        self.past.as_ref().map_or(&self.runtime, |past| &past.runtime)
    }

    /// Returns the API that is shown: the one that the URL names, or the first.
    pub fn api(&self) -> Option<&Rc<RestApi>> {
        let ws = self.present();
        let named = match &self.route {
            Route::Workbench { api: Some(id), .. } => ws.api(id),
            _ => None,
        };
        named.or_else(|| ws.rest_apis.values().min_by_key(|api| (api.created, api.id.clone())))
    }

    /// Returns what the editor shows.
    pub fn place(&self) -> Place {
        match &self.route {
            Route::Workbench { place, .. } => place.clone(),
            Route::Shared(_) | Route::Embed { .. } => Place::default(),
        }
    }

    /// Returns the latest call of the workspace that is shown.
    pub fn latest(&self) -> Option<&Rc<Exchange>> {
        self.past.as_ref().map_or(&self.exchanges, |past| &past.exchanges).last()
    }
}
