//! Small things that the screens of stages and deployments share: links to places, and times.

use crate::ui::markup::html;
use crate::{
    civil_time::CivilTime,
    entities::Timestamp,
    ui::{Place, Route, focus_soon, use_selector, use_store},
};
use yew::{AttrValue, Callback, Children, Classes, Html, MouseEvent, Properties, component};

/// The props of [`PlaceLink`].
#[derive(Debug, PartialEq, Properties)]
pub(super) struct PlaceLinkProps {
    /// Where it leads.
    pub(super) place: Place,
    /// Whether that place is shown already.
    #[prop_or_default]
    pub(super) current: bool,
    /// The words of a screen reader instead of the content.
    #[prop_or_default]
    pub(super) label: Option<AttrValue>,
    /// Whether it goes with the screen or the dialog that it stands in: the title of the place then takes the focus.
    #[prop_or_default]
    pub(super) leaves: bool,
    /// Classes.
    #[prop_or_default]
    pub(super) class: Classes,
    /// The content.
    pub(super) children: Children,
}

/// Draws a link to a place in the editor. It closes the dialog that it stands in.
#[component]
pub(super) fn PlaceLink(props: &PlaceLinkProps) -> Html {
    let store = use_store();
    let api = use_selector(|state| state.api().map(|api| api.id.to_string()));
    let href = Route::Workbench { api, place: props.place.clone() }.to_string();
    let (place, leaves) = (props.place.clone(), props.leaves);
    let onclick = Callback::from(move |e: MouseEvent| {
        if e.ctrl_key() || e.meta_key() || e.shift_key() {
            return;
        }
        e.prevent_default();
        store.leave_for(place.clone());
        if leaves {
            focus_soon(title(&place));
        }
    });
    let current = props.current.then_some("true");
    html! {
        <a {href} {onclick} class={props.class.clone()} aria-current={current} aria-label={props.label.clone()}>
            { props.children.clone() }
        </a>
    }
}

/// Returns the id of the title of a place.
pub(super) fn title(place: &Place) -> &'static str {
    match place {
        Place::Resources | Place::Settings => "editor-panel",
        Place::Resource(_) | Place::Method(..) => "detail-title",
        Place::Stages => "stages-title",
        Place::Stage(..) => "stage-title",
        Place::Deployments | Place::Deployment(_) => "deployments-title",
        Place::Compare(..) => "compare-title",
        Place::More => "more-title",
        Place::Page(_, None) => "page-title",
        Place::Page(_, Some(_)) => "item-title",
    }
}

/// Returns a time as the console shows it.
pub(super) fn time(at: Timestamp) -> String {
    CivilTime::from_epoch_ms(at.0).console()
}

/// Draws a time that programs can read, too.
pub(super) fn time_view(at: Timestamp) -> Html {
    let civil = CivilTime::from_epoch_ms(at.0);
    html! { <time datetime={civil.iso8601()}>{ civil.console() }</time> }
}
