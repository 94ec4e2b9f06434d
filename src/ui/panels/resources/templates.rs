//! Mapping templates by content type, with what they can refer to and what is wrong in them.

use super::{
    add::{Add, AddField},
    backend::JSON,
    fields::{EditTemplate, Save},
};
use crate::ui::markup::html;
use crate::{
    collections::SortedMap,
    control_plane::ApiError,
    ui::{
        focus_soon,
        parts::{EditButton, Look},
        use_store,
    },
};
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, component};

/// The hint about the values that a template can use.
const REFERENCES: &str = "Velocity, up to 300 KB. $input: the body and parameters; $context: the call; $stageVariables: the stage's values; $util: helpers.";

/// The change that somebody wants of one template.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TemplateEdit {
    /// A new content type with this template.
    Add(String, String),
    /// Another text.
    Replace(String, String),
    /// Away with it.
    Remove(String),
}

/// The props of [`Templates`].
#[derive(Debug, PartialEq, Properties)]
pub(crate) struct TemplatesProps {
    /// A prefix of ids; unique on the page.
    pub id: AttrValue,
    /// The beginning of labels: `Response template`.
    pub label: AttrValue,
    /// The member that an error names.
    pub member: &'static str,
    /// The templates.
    pub templates: SortedMap<String, Option<String>>,
    /// The first text of a template.
    pub initial: AttrValue,
    /// Where the focus goes when a template is removed.
    pub home: AttrValue,
    /// The hint about the values that they can use.
    #[prop_or(REFERENCES)]
    pub references: &'static str,
    /// Whether they are no Velocity.
    #[prop_or_default]
    pub plain: bool,
    /// Does it.
    pub edit: Callback<TemplateEdit, Result<(), ApiError>>,
}

/// Draws a code field per content type, and a way to add one.
#[component]
pub(crate) fn Templates(props: &TemplatesProps) -> Html {
    let store = use_store();
    let one = |(kind, template): (&String, &Option<String>)| {
        let save: Save = {
            let (edit, kind) = (props.edit.clone(), kind.clone());
            Callback::from(move |text: String| edit.emit(TemplateEdit::Replace(kind.clone(), text)))
        };
        let remove = {
            let (store, edit, kind, home) = (store.clone(), props.edit.clone(), kind.clone(), props.home.to_string());
            Callback::from(move |_: MouseEvent| match edit.emit(TemplateEdit::Remove(kind.clone())) {
                Ok(()) => focus_soon(home.clone()),
                Err(error) => store.refuse(&error),
            })
        };
        html! {
            <li key={kind.clone()} class="template">
                <EditTemplate
                    id={format!("{}-{kind}", props.id)} label={format!("{} · {kind}", props.label)}
                    value={template.clone().unwrap_or_default()} hint={props.references} plain={props.plain} {save}
                />
                <EditButton label={format!("Remove the template of {kind}")} icon="close" icon_only=true small=true look={Look::Ghost} class="corner" onclick={remove} />
            </li>
        }
    };
    let first = if props.templates.contains_key(JSON) { "" } else { JSON };
    let fields = vec![AddField::text(props.member, "Content type", JSON).initial(first).suggestions([
        JSON,
        "application/xml",
        "text/plain",
        "text/html",
    ])];
    let add = {
        let (edit, initial) = (props.edit.clone(), props.initial.to_string());
        let known: Vec<String> = props.templates.keys().cloned().collect();
        Callback::from(move |values: Vec<String>| {
            let kind = values.into_iter().next().unwrap_or_default().trim().to_owned();
            // One that is there already keeps its text.
            if known.contains(&kind) { Ok(()) } else { edit.emit(TemplateEdit::Add(kind, initial.clone())) }
        })
    };
    html! {
        <>
            if !props.templates.is_empty() { <ul class="templates">{ for props.templates.iter().map(one) }</ul> }
            <Add id={format!("{}-add", props.id)} label="Add template" {fields} {add} />
        </>
    }
}
