//! The faults of storage, in words for the page.

use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::DomException;

/// Why something could not be stored or read, and what to do. Nothing that was stored before is lost by it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// This browser, or this window, has no storage: a private window, a frame of another site, a setting.
    #[error(
        "This browser does not let the page store anything here (a private window, perhaps). Your work lives as long as this tab; export it as a file to keep it."
    )]
    Unavailable,
    /// Another tab holds the storage in an older form.
    #[error("Another tab with an older Stagecraft is in the way of the storage. Close that tab and reload this page.")]
    Blocked,
    /// A newer version of Stagecraft has stored something here.
    #[error(
        "The storage of this browser belongs to a newer version of Stagecraft. Reload the page to get that version; nothing was changed."
    )]
    Newer,
    /// There is no room.
    #[error(
        "The browser's storage is full: the last changes are not stored. Export the workspace as a file, then make room."
    )]
    Full,
    /// Another tab has added other operations to this workspace.
    #[error(
        "Another tab has changed this workspace in another way. The last changes of this tab are not stored; keep them as a copy."
    )]
    Conflict,
    /// The workspace is not there any more.
    #[error("This workspace was deleted in another tab. Keep what is here as a new workspace, or export it as a file.")]
    Gone,
    /// The browser has closed the storage.
    #[error(
        "The browser closed the storage of this page: its data was cleared, or a newer Stagecraft is open in another tab. Export the workspace as a file, or try again in Workspaces."
    )]
    Closed,
    /// Anything else, with what the browser says.
    #[error("The browser could not store or read the workspace: {0}. Export it as a file to be safe.")]
    Failed(String),
}

impl StorageError {
    /// Returns what an exception of IndexedDB means.
    pub(super) fn of(value: &JsValue) -> Self {
        let Some(exception) = value.dyn_ref::<DomException>() else {
            let text = value.as_string().or_else(|| value.dyn_ref::<js_sys::Error>().map(|e| e.message().into()));
            return Self::Failed(text.unwrap_or_else(|| "it does not say why".into()));
        };
        match exception.name().as_str() {
            "QuotaExceededError" => Self::Full,
            "ConstraintError" => Self::Conflict,
            "VersionError" => Self::Newer,
            "InvalidStateError" => Self::Closed,
            "SecurityError" => Self::Unavailable,
            name => Self::Failed(format!("{name}: {}", exception.message())),
        }
    }
}
