//! The dialogs about APIs, resources and methods. Each sends one step; a refusal stands at its field and closes nothing.

mod confirm;
mod create_api;
mod create_method;
mod create_resource;
mod edit_resource;

pub(in crate::ui::panels) use confirm::{ConfirmApi, ConfirmMethod, ConfirmResource};
pub(in crate::ui::panels) use create_api::{CreateApi, endpoint_types};
pub(in crate::ui::panels) use create_method::CreateMethod;
pub(in crate::ui::panels) use create_resource::CreateResource;
pub(in crate::ui::panels) use edit_resource::EditResource;

use super::rows::RowKey;
use crate::ui::markup::html;
use crate::{
    entities::ApiConfig,
    ui::{
        MethodTab, Store, focus_soon,
        parts::{Button, FieldError, Look},
    },
};
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, component};

/// Selects a row that was made or that is nearest to what went, brings it into sight and gives it the focus.
fn select(store: &Store, key: &RowKey, tab: MethodTab) {
    store.show(key.place(tab));
    focus_soon(key.dom_id());
}

/// Returns all resources as a choice: path by id.
fn paths(config: &ApiConfig) -> Vec<(AttrValue, AttrValue)> {
    let tree = config.tree();
    let path = |id: &str| AttrValue::from(config.path_of(id));
    tree.into_iter().map(|(_, resource)| (resource.id.to_string().into(), path(&resource.id))).collect()
}

#[derive(Debug, PartialEq, Properties)]
struct FootProps {
    /// The words on the button that does it.
    label: &'static str,
    /// Whether something goes.
    #[prop_or_default]
    danger: bool,
    /// An error that belongs to no field.
    #[prop_or_default]
    error: Option<FieldError>,
    /// Why it cannot be done.
    #[prop_or_default]
    blocked: Option<String>,
    /// Closes the dialog.
    onclose: Callback<MouseEvent>,
}

/// Draws the end of a dialog: an error without a field, Cancel, and the button that does it.
#[component]
fn Foot(props: &FootProps) -> Html {
    let look = if props.danger { Look::Danger } else { Look::Primary };
    html! {
        <>
            { FieldError::view(props.error.as_ref(), "dialog-error") }
            <div class="foot">
                <Button label="Cancel" onclick={props.onclose.clone()} />
                <Button label={props.label} submit=true {look} blocked={props.blocked.clone()} />
            </div>
        </>
    }
}
