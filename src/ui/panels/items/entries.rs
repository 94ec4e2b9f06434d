//! A list of short texts that come and go one by one.

use crate::ui::markup::html;
use crate::{
    control_plane::ApiError,
    ui::{
        focus_soon,
        panels::resources::{Add, AddField},
        parts::{EditButton, Look},
        use_store,
    },
};
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, component};

/// The props of [`Entries`].
#[derive(Debug, PartialEq, Properties)]
pub(in crate::ui::panels) struct EntriesProps {
    /// A prefix of ids; unique on the page.
    pub id: AttrValue,
    /// The texts.
    pub entries: Vec<String>,
    /// The id of the element that takes the focus when one goes.
    pub home: &'static str,
    /// The words on the button that asks for one more.
    pub label: &'static str,
    /// The field of one more.
    pub field: AddField,
    /// Whether there is nothing that could be added.
    #[prop_or_default]
    pub full: bool,
    /// Adds one.
    pub add: Callback<String, Result<(), ApiError>>,
    /// Removes one.
    pub remove: Callback<String, Result<(), ApiError>>,
}

/// Draws the texts, each with a way out, and the form for one more.
#[component]
pub(in crate::ui::panels) fn Entries(props: &EntriesProps) -> Html {
    let store = use_store();
    let row = |text: &String| {
        let (store, remove, home, entry) = (store.clone(), props.remove.clone(), props.home, text.clone());
        let onclick = Callback::from(move |_: MouseEvent| match remove.emit(entry.clone()) {
            Ok(()) => focus_soon(home),
            Err(error) => store.refuse(&error),
        });
        html! {
            <li key={text.clone()}>
                <span class="name mono">{ text }</span>
                <EditButton label={format!("Remove {text}")} icon="close" icon_only=true small=true look={Look::Ghost} {onclick} />
            </li>
        }
    };
    let add = {
        let (add, known, field) = (props.add.clone(), props.entries.clone(), props.field.clone());
        Callback::from(move |values: Vec<String>| {
            let text = values.first().map(|text| text.trim()).unwrap_or_default();
            if text.is_empty() {
                return Err(ApiError::invalid(field.member, format!("Enter a value, such as {}.", field.placeholder)));
            }
            if known.iter().any(|entry| entry == text) {
                return Err(ApiError::invalid(field.member, format!("{text} is there already.")));
            }
            add.emit(text.to_owned())
        })
    };
    html! {
        <>
            if !props.entries.is_empty() { <ul class="entries">{ for props.entries.iter().map(row) }</ul> }
            if !props.full { <Add id={props.id.clone()} label={props.label} fields={vec![props.field.clone()]} {add} /> }
        </>
    }
}
