//! A dialog with a form. A refusal stands at its field, or at the foot when it is about none of them, and closes nothing.

use crate::ui::markup::html;
use crate::{
    control_plane::ApiError,
    ui::{
        focus_soon,
        panels::resources::{Check, json_problem},
        parts::{Button, CodeField, FieldError, Look, Modal, SelectField, TextField, When},
        use_store,
    },
};
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, SubmitEvent, component, use_state};

/// The kind of text that a field takes.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui::panels) enum Kind {
    /// A line, with suggestions.
    Text(Vec<AttrValue>),
    /// One of these.
    Choice(Vec<(AttrValue, AttrValue)>),
    /// JSON.
    Json,
    /// Yes or no: `true`, `false`.
    Check,
}

/// A field of a form.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui::panels) struct FormField {
    /// The member of the request that it fills, to which an error belongs.
    pub member: &'static str,
    /// The label.
    pub label: AttrValue,
    /// The kind of text that it takes.
    pub kind: Kind,
    /// A hint under it.
    pub hint: AttrValue,
    /// An example inside it.
    pub placeholder: AttrValue,
    /// The first text in it.
    pub initial: AttrValue,
    /// Shown only while the field of this member has one of these values.
    pub only: Option<(&'static str, Vec<&'static str>)>,
}

/// Returns a line of text.
pub(in crate::ui::panels) fn text_field(member: &'static str, label: &'static str) -> FormField {
    FormField {
        member,
        label: label.into(),
        kind: Kind::Text(Vec::new()),
        hint: AttrValue::default(),
        placeholder: AttrValue::default(),
        initial: AttrValue::default(),
        only: None,
    }
}

impl FormField {
    /// With a hint.
    pub(in crate::ui::panels) fn hint(self, hint: impl Into<AttrValue>) -> Self {
        Self { hint: hint.into(), ..self }
    }

    /// With an example.
    pub(in crate::ui::panels) fn example(self, text: impl Into<AttrValue>) -> Self {
        Self { placeholder: text.into(), ..self }
    }

    /// With a text in it.
    pub(in crate::ui::panels) fn initial(self, text: impl Into<AttrValue>) -> Self {
        Self { initial: text.into(), ..self }
    }

    /// With suggestions.
    pub(in crate::ui::panels) fn suggestions(self, texts: impl IntoIterator<Item = impl Into<AttrValue>>) -> Self {
        Self { kind: Kind::Text(texts.into_iter().map(Into::into).collect()), ..self }
    }

    /// As a choice; the first is chosen unless a text stands in it.
    pub(in crate::ui::panels) fn choice(self, options: Vec<(AttrValue, AttrValue)>) -> Self {
        let first = options.first().map(|(value, _)| value.clone()).unwrap_or_default();
        let initial = if self.initial.is_empty() { first } else { self.initial.clone() };
        Self { kind: Kind::Choice(options), initial, ..self }
    }

    /// As JSON.
    pub(in crate::ui::panels) fn json(self) -> Self {
        Self { kind: Kind::Json, ..self }
    }

    /// As a box to tick.
    pub(in crate::ui::panels) fn check(self) -> Self {
        Self { kind: Kind::Check, initial: "false".into(), ..self }
    }

    /// Only while another field has one of these values.
    pub(in crate::ui::panels) fn only(self, member: &'static str, values: &[&'static str]) -> Self {
        Self { only: Some((member, values.to_vec())), ..self }
    }

    /// Tells whether it is shown, by what stands in the fields of its form.
    fn is_shown(&self, fields: &[Self], values: &[String]) -> bool {
        let Some((member, wanted)) = &self.only else { return true };
        fields.iter().zip(values).any(|(field, value)| field.member == *member && wanted.contains(&value.as_str()))
    }
}

/// The props of [`Form`].
#[derive(Debug, PartialEq, Properties)]
pub(in crate::ui::panels) struct FormProps {
    /// A prefix of ids; unique on the page.
    pub id: AttrValue,
    /// The title.
    pub title: &'static str,
    /// The words on the button that does it.
    pub label: &'static str,
    /// The fields.
    pub fields: Vec<FormField>,
    /// When what it makes acts.
    pub when: When,
    /// A sentence above the fields.
    #[prop_or_default]
    pub lead: AttrValue,
    /// Sends the values, in the order of the fields; a field that is not shown gives an empty text.
    pub onsubmit: Callback<Vec<String>, Result<(), ApiError>>,
}

/// Draws the dialog.
#[component]
pub(in crate::ui::panels) fn Form(props: &FormProps) -> Html {
    let store = use_store();
    let typed = use_state(Vec::<Option<String>>::new);
    let error = use_state(|| None::<FieldError>);
    // What is not touched follows its field, which may be another one tomorrow.
    let value = |(at, field): (usize, &FormField)| -> String {
        typed.get(at).cloned().flatten().unwrap_or_else(|| field.initial.to_string())
    };
    let values: Vec<String> = props.fields.iter().enumerate().map(value).collect();
    let onsubmit = {
        let (fields, values, error, id) = (props.fields.clone(), values.clone(), error.clone(), props.id.clone());
        let send = props.onsubmit.clone();
        Callback::from(move |e: SubmitEvent| {
            e.prevent_default();
            let shown = |(field, value): (&FormField, &String)| match field.is_shown(&fields, &values) {
                true => value.clone(),
                false => String::new(),
            };
            let Err(refused) = send.emit(fields.iter().zip(&values).map(shown).collect()) else { return };
            let refused = FieldError::from(&refused);
            if let Some(at) = fields.iter().position(|f| f.member == refused.field && f.is_shown(&fields, &values)) {
                focus_soon(format!("{id}-{at}"));
            }
            error.set(Some(refused));
        })
    };
    let members: Vec<&str> =
        props.fields.iter().filter(|f| f.is_shown(&props.fields, &values)).map(|f| f.member).collect();
    let field = |(at, field): (usize, &FormField)| {
        if !field.is_shown(&props.fields, &values) {
            return Html::default();
        }
        let edit = {
            let (typed, error, all) = (typed.clone(), error.clone(), props.fields.len());
            Callback::from(move |text: String| {
                let mut next = (*typed).clone();
                next.resize(all, None);
                if let Some(slot) = next.get_mut(at) {
                    *slot = Some(text);
                }
                typed.set(next);
                error.set(None);
            })
        };
        let value = values.get(at).cloned().unwrap_or_default();
        let wrong = FieldError::at((*error).as_ref(), field.member).filter(|_| !field.member.is_empty());
        view(field, format!("{}-{at}", props.id), at == 0, value, wrong, edit)
    };
    let cancel = Callback::from(move |_: MouseEvent| store.close());
    html! {
        <Modal title={props.title}>
            <form class="body" {onsubmit} novalidate=true>
                if !props.lead.is_empty() { <p class="question">{ &props.lead }</p> }
                { for props.fields.iter().enumerate().map(field) }
                <p class="field-hint">{ match props.when {
                    When::Now => "It acts at once.",
                    When::NextDeployment => "It acts at the next deployment.",
                } }</p>
                { FieldError::view(FieldError::elsewhere((*error).as_ref(), &members).as_ref(), "form-error") }
                <div class="foot">
                    <Button label="Cancel" onclick={cancel} />
                    <Button label={props.label} submit=true look={Look::Primary} />
                </div>
            </form>
        </Modal>
    }
}

/// Draws one field.
fn view(
    field: &FormField,
    id: String,
    autofocus: bool,
    value: String,
    error: Option<FieldError>,
    edit: Callback<String>,
) -> Html {
    let (label, hint) = (field.label.clone(), field.hint.clone());
    match &field.kind {
        Kind::Text(suggestions) => html! {
            <TextField
                {id} {label} {value} {hint} {error} {autofocus} placeholder={field.placeholder.clone()}
                suggestions={suggestions.clone()} oninput={edit}
            />
        },
        Kind::Choice(options) => html! {
            <SelectField {id} {label} {value} {hint} {error} {autofocus} options={options.clone()} onchange={edit} />
        },
        Kind::Json => {
            let rows = u32::try_from(value.lines().count()).unwrap_or(0).clamp(5, 14) + 1;
            html! { <CodeField {id} {label} {hint} {error} {rows} problem={json_problem(&value)} {value} oninput={edit} /> }
        }
        Kind::Check => html! {
            <Check {id} {label} checked={value == "true"} onchange={edit.reform(|on: bool| on.to_string())} />
        },
    }
}
