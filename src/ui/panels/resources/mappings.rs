//! Lists of named values: parameter mappings and header mappings, a line each.

use super::fields::{EditText, Save};
use crate::ui::markup::html;
use crate::{
    collections::SortedMap,
    control_plane::ApiError,
    ui::{
        focus_soon,
        parts::{EditButton, Look, When},
        use_store,
    },
};
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, component};

/// The props of [`Mappings`].
#[derive(Debug, PartialEq, Properties)]
pub(crate) struct MappingsProps {
    /// A prefix of ids; unique on the page.
    pub id: AttrValue,
    /// The entries.
    pub entries: SortedMap<String, String>,
    /// The part that is cut from the front of every key for its label.
    pub cut: &'static str,
    /// Where the focus goes when an entry is removed.
    pub home: AttrValue,
    /// Suggestions for values.
    #[prop_or_default]
    pub suggestions: Vec<AttrValue>,
    /// When a change acts.
    #[prop_or(When::NextDeployment)]
    pub when: When,
    /// Sends a changed value, after its key.
    pub save: Callback<(String, String), Result<(), ApiError>>,
    /// Removes an entry.
    pub remove: Callback<String, Result<(), ApiError>>,
}

/// Draws a line per entry: its name, its value, and a way to remove it.
#[component]
pub(crate) fn Mappings(props: &MappingsProps) -> Html {
    let store = use_store();
    let row = |(key, value): (&String, &String)| {
        let save: Save = {
            let (save, key) = (props.save.clone(), key.clone());
            Callback::from(move |text: String| save.emit((key.clone(), text)))
        };
        let remove = {
            let (store, remove, key, home) = (store.clone(), props.remove.clone(), key.clone(), props.home.to_string());
            Callback::from(move |_: MouseEvent| match remove.emit(key.clone()) {
                Ok(()) => focus_soon(home.clone()),
                Err(error) => store.refuse(&error),
            })
        };
        let name = key.strip_prefix(props.cut).unwrap_or(key).to_owned();
        html! {
            <li key={key.clone()} class="mapping">
                <EditText
                    id={format!("{}-{name}", props.id)} label={name.clone()} value={value.clone()} mono=true {save}
                    when={props.when} suggestions={props.suggestions.clone()}
                />
                <EditButton label={format!("Remove {name}")} icon="close" icon_only=true small=true look={Look::Ghost} onclick={remove} />
            </li>
        }
    };
    if props.entries.is_empty() {
        return Html::default();
    }
    html! { <ul class="mappings">{ for props.entries.iter().map(row) }</ul> }
}
