//! A small form behind a button, for one more entry of a list: closed until it is wanted, and closed again when done.

use crate::ui::markup::html;
use crate::{
    control_plane::ApiError,
    ui::{
        focus,
        parts::{Button, EditButton, FieldError, Look, SelectField, TextField, use_read_only},
    },
};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::{
    AttrValue, Callback, Html, MouseEvent, Properties, SubmitEvent, component, use_effect_with, use_mut_ref,
    use_node_ref, use_state,
};

/// One field of the form.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AddField {
    /// The member of the request that it fills, to which an error belongs.
    pub member: &'static str,
    /// The label.
    pub label: &'static str,
    /// An example inside it.
    pub placeholder: AttrValue,
    /// A hint under it.
    pub hint: AttrValue,
    /// The first text in it.
    pub initial: AttrValue,
    /// The choice, when it is one.
    pub options: Vec<(AttrValue, AttrValue)>,
    /// Suggestions, when it is a text.
    pub suggestions: Vec<AttrValue>,
}

impl AddField {
    /// Returns a text.
    pub(crate) fn text(member: &'static str, label: &'static str, placeholder: impl Into<AttrValue>) -> Self {
        Self {
            member,
            label,
            placeholder: placeholder.into(),
            hint: AttrValue::default(),
            initial: AttrValue::default(),
            options: Vec::new(),
            suggestions: Vec::new(),
        }
    }

    /// Returns a choice; the first is chosen.
    pub(crate) fn choice(member: &'static str, label: &'static str, options: &[(&'static str, &'static str)]) -> Self {
        Self::choice_of(member, label, options.iter().map(|(value, text)| ((*value).into(), (*text).into())))
    }

    /// Returns a choice among what there is now; the first is chosen.
    pub(crate) fn choice_of(
        member: &'static str,
        label: &'static str,
        options: impl IntoIterator<Item = (AttrValue, AttrValue)>,
    ) -> Self {
        let options: Vec<(AttrValue, AttrValue)> = options.into_iter().collect();
        let initial = options.first().map(|(value, _)| value.clone()).unwrap_or_default();
        Self { initial, options, ..Self::text(member, label, "") }
    }

    /// With a hint under it.
    pub(crate) fn hint(self, hint: impl Into<AttrValue>) -> Self {
        Self { hint: hint.into(), ..self }
    }

    /// With a text in it.
    pub(crate) fn initial(self, initial: impl Into<AttrValue>) -> Self {
        Self { initial: initial.into(), ..self }
    }

    /// With suggestions.
    pub(crate) fn suggestions(self, suggestions: impl IntoIterator<Item = impl Into<AttrValue>>) -> Self {
        Self { suggestions: suggestions.into_iter().map(Into::into).collect(), ..self }
    }
}

/// The props of [`Add`].
#[derive(Debug, PartialEq, Properties)]
pub(crate) struct AddProps {
    /// A prefix of ids; unique on the page.
    pub id: AttrValue,
    /// The words on the button.
    pub label: AttrValue,
    /// The fields.
    pub fields: Vec<AddField>,
    /// A sentence under the fields.
    #[prop_or_default]
    pub note: AttrValue,
    /// The words on the button that sends.
    #[prop_or("Add".into())]
    pub submit: AttrValue,
    /// Sends the values, in the order of the fields.
    pub add: Callback<Vec<String>, Result<(), ApiError>>,
}

/// Draws a button that opens a small form.
#[component]
pub(crate) fn Add(props: &AddProps) -> Html {
    let read_only = use_read_only();
    let values = use_state(|| None::<Vec<String>>);
    let error = use_state(|| None::<FieldError>);
    let was_open = use_mut_ref(|| false);
    let node = use_node_ref();
    {
        // The first field takes the focus when the form opens, and the button takes it back.
        let node = node.clone();
        use_effect_with(((*values).is_some(), props.id.clone()), move |(open, id)| {
            if *open {
                focus(&format!("{id}-0"));
            } else if *was_open.borrow() {
                let button = node.cast::<Element>().and_then(|node| node.query_selector("button").ok().flatten());
                if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
                    let _ = button.focus();
                }
            }
            *was_open.borrow_mut() = *open;
        });
    }
    let initial: Vec<String> = props.fields.iter().map(|field| field.initial.to_string()).collect();
    let Some(now) = (*values).clone() else {
        let onclick = Callback::from(move |_: MouseEvent| values.set(Some(initial.clone())));
        return html! {
            <div ref={node}>
                <EditButton label={props.label.to_string()} icon="plus" small=true look={Look::Ghost} class="add" {onclick} />
            </div>
        };
    };
    let close = {
        let (values, error) = (values.clone(), error.clone());
        move || {
            values.set(None);
            error.set(None);
        }
    };
    let onsubmit = {
        let (add, now, error, close) = (props.add.clone(), now.clone(), error.clone(), close.clone());
        Callback::from(move |e: SubmitEvent| {
            e.prevent_default();
            match add.emit(now.clone()) {
                Ok(()) => close(),
                Err(refusal) => error.set(Some(FieldError::from(&refusal))),
            }
        })
    };
    let readonly = read_only.is_some();
    let last = props.fields.len().saturating_sub(1);
    let named = error.as_ref().is_some_and(|error| props.fields.iter().any(|field| field.member == error.field));
    let field = |(at, field): (usize, &AddField)| {
        let id = format!("{}-{at}", props.id);
        // An error that names none of the fields stands at the last one.
        let here = error.as_ref().filter(|e| if named { e.field == field.member } else { at == last }).cloned();
        let edit = {
            let (values, now, error) = (values.clone(), now.clone(), error.clone());
            Callback::from(move |text: String| {
                let mut next = now.clone();
                if let Some(slot) = next.get_mut(at) {
                    *slot = text;
                }
                values.set(Some(next));
                error.set(None);
            })
        };
        let value = now.get(at).cloned().unwrap_or_default();
        if field.options.is_empty() {
            html! {
                <TextField
                    {id} label={field.label} {value} placeholder={field.placeholder.clone()} hint={field.hint.clone()}
                    mono=true error={here} suggestions={field.suggestions.clone()} {readonly} oninput={edit}
                />
            }
        } else {
            html! {
                <SelectField
                    {id} label={field.label} {value} options={field.options.clone()} hint={field.hint.clone()}
                    error={here} {readonly} onchange={edit}
                />
            }
        }
    };
    let cancel = Callback::from(move |_: MouseEvent| close());
    html! {
        <form class="add-form" {onsubmit} aria-label={&props.label}>
            <div class="add-fields">{ for props.fields.iter().enumerate().map(field) }</div>
            if !props.note.is_empty() { <p class="field-hint">{ &props.note }</p> }
            <div class="actions">
                <EditButton label={props.submit.to_string()} submit=true small=true look={Look::Primary} />
                <Button label="Cancel" small=true look={Look::Ghost} onclick={cancel} />
            </div>
        </form>
    }
}
