//! The page's view of the workspace: what is selected, open, typed, said.

use super::{Store, past::EARLIER, say};
use crate::{
    control_plane::ApiError,
    entities::ResourceId,
    ui::{
        core::{
            Dialog, DrawerTab, Notice, NoticeKind, Pane, Place, Route, Theme, Visit,
            console::Console,
            state::{Draft, Saving},
        },
        frames,
    },
};
use std::rc::Rc;

/// Notices that are shown at once.
const NOTICES: usize = 4;

impl Store {
    /// Selects something; the URL follows.
    pub fn go(&self, route: Route) {
        self.update(|state| state.route = route);
        self.write_route();
    }

    /// Selects what the address names, if it is there.
    pub(in crate::ui) fn follow_address(&self, route: Route) {
        if self.read(|state| state.route != route) {
            self.update(|state| state.route = route);
        }
    }

    /// Selects what the address has named before the workspace was there, or what is nearest to it.
    pub(in crate::ui) fn return_to(&self, route: Route) {
        self.change(|state| state.route = route);
    }

    /// Shows a place of the API that is shown, on a narrow screen, too.
    pub(in crate::ui) fn show(&self, place: Place) {
        self.show_pane(Pane::Edit);
        self.go_to(place);
    }

    /// Closes the dialog, and shows a place.
    pub(in crate::ui) fn leave_for(&self, place: Place) {
        self.update(|state| state.dialog = None);
        self.show(place);
    }

    /// Shows one of the panes of a narrow screen.
    pub(in crate::ui) fn show_pane(&self, pane: Pane) {
        self.update(|state| state.pane = pane);
    }

    /// Selects a place of the API that is shown.
    pub fn go_to(&self, place: Place) {
        let api = self.read(|state| state.api().map(|api| api.id.to_string()));
        self.go(Route::Workbench { api, place });
    }

    /// Writes the selection into the URL, at once: whoever goes back right after a click comes back to where the click
    /// was. What came out of a link leaves the link there.
    pub(super) fn write_route(&self) {
        let (route, own) = self.read(|state| (state.route.to_string(), state.visit == Visit::Own));
        if !own {
            return;
        }
        if let Some(window) = web_sys::window() {
            let location = window.location();
            if location.hash().ok().as_deref() == Some(route.as_str()) {
                return;
            }
            // Setting the hash also looks for what to scroll to, for which the whole page is laid out at once.
            let pushed = window
                .history()
                .and_then(|history| history.push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&route)));
            if pushed.is_err() {
                // The hash change comes back as the same route, which changes nothing.
                let _ = location.set_hash(&route);
            }
        }
    }

    /// Opens a dialog; of those that change something none in an earlier moment.
    pub fn open(&self, dialog: Dialog) {
        if self.is_past() && dialog.changes_something() {
            self.notify(NoticeKind::Problem, EARLIER, "");
            return;
        }
        self.update(|state| state.dialog = Some(dialog));
        // Dialogs are screens; an embed has none of them until it needs one.
        self.with_screens(|_, _| {});
    }

    /// Closes the dialog.
    pub fn close(&self) {
        frames::release();
        self.update(|state| state.dialog = None);
    }

    /// Shows a tab of the drawer; on a narrow screen the drawer itself.
    pub fn show_drawer(&self, tab: DrawerTab) {
        self.update(|state| {
            state.drawer = tab;
            state.pane = Pane::Call;
        });
    }

    /// Chooses a tab of the drawer.
    pub(in crate::ui) fn choose_drawer(&self, tab: DrawerTab) {
        self.update(|state| state.drawer = tab);
    }

    /// Changes what stands in the request pane.
    pub(in crate::ui) fn edit_draft(&self, change: impl FnOnce(&mut Draft)) {
        self.update(|state| change(&mut state.draft));
    }

    /// Changes what the console shows.
    pub(in crate::ui) fn edit_console(&self, change: impl FnOnce(&mut Console)) {
        self.update(|state| change(&mut state.console));
    }

    /// Hides the resources below these, or shows them again.
    pub(in crate::ui) fn collapse(&self, resources: &[ResourceId], hide: bool) {
        self.update(|state| {
            let collapsed = Rc::make_mut(&mut state.collapsed);
            for id in resources {
                if hide {
                    collapsed.insert(id.clone())
                } else {
                    collapsed.remove(id)
                };
            }
        });
    }

    /// Draws all deployments on the map, or folds the older ones.
    pub(in crate::ui) fn toggle_fold(&self) {
        self.update(|state| state.unfolded = !state.unfolded);
    }

    /// Takes note of the theme that the page wears.
    pub(in crate::ui) fn set_theme(&self, theme: Theme) {
        self.update(|state| state.theme = theme);
    }

    /// Lets single keys run commands, or not.
    pub(in crate::ui) fn set_single_keys(&self, on: bool) {
        self.update(|state| {
            state.single_keys = on;
            say(state, format!("Single-key shortcuts are {}.", if on { "on" } else { "off" }));
        });
    }

    /// Shows a message.
    pub fn notify(&self, kind: NoticeKind, text: impl Into<String>, hint: impl Into<String>) {
        let notice = Notice { id: self.fresh(), kind, text: text.into(), hint: hint.into() };
        self.update(|state| {
            state.notices.push(notice);
            if state.notices.len() > NOTICES {
                state.notices.remove(0);
            }
        });
    }

    /// Shows that something went as it should.
    pub fn done(&self, text: impl Into<String>) {
        self.notify(NoticeKind::Done, text, "");
    }

    /// Shows a refusal, for places that have no field to show it at.
    pub fn refuse(&self, error: &ApiError) {
        self.notify(NoticeKind::Problem, error.to_string(), error.hint().unwrap_or_default());
    }

    /// Takes a message away.
    pub fn dismiss(&self, id: u32) {
        self.update(|state| state.notices.retain(|notice| notice.id != id));
    }

    /// Shows how saving goes.
    pub fn set_saving(&self, saving: Saving) {
        if self.read(|state| state.saving != saving) {
            self.update(|state| state.saving = saving);
        }
    }
}
