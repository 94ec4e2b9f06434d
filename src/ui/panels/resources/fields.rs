//! Fields that hold a draft until the control plane has taken it. A refused draft stays, with the refusal at the field,
//! even when the reader looks at another screen in between.

use crate::ui::markup::html;
use crate::{
    collections::SortedMap,
    control_plane::ApiError,
    ui::parts::{CodeField, Field, FieldError, SelectField, TextField, When, use_read_only},
    vtl::Template,
};
use std::cell::RefCell;
use wasm_bindgen::JsValue;
use web_sys::HtmlInputElement;
use yew::{
    AttrValue, Callback, Children, Event, Html, Properties, TargetCast, component, hook, use_effect_with, use_mut_ref,
    use_state,
};

thread_local! {
    /// Drafts that are not taken yet, by the id of their field.
    static DRAFTS: RefCell<SortedMap<String, Written>> = const { RefCell::new(SortedMap::new()) };
}

/// Sends what stands in a field.
pub(crate) type Save = Callback<String, Result<(), ApiError>>;

/// The text that somebody has written.
#[derive(Clone, Debug, PartialEq)]
struct Written {
    text: String,
    /// The stored text that it was to replace.
    over: AttrValue,
}

/// A draft, and what its field does with it.
struct Draft {
    text: AttrValue,
    readonly: bool,
    error: Option<FieldError>,
    oninput: Callback<String>,
    oncommit: Callback<String>,
}

/// Returns the draft of a field whose stored text is `value`. What is being written stays; what was left or refused
/// gives way when something else has changed the stored text: a line of the console, undo, another tab.
#[hook]
fn use_draft(id: &AttrValue, value: &AttrValue, save: &Save) -> Draft {
    let kept = id.to_string();
    let draft = use_state(|| DRAFTS.with_borrow(|drafts| drafts.get(&kept).cloned()));
    let error = use_state(|| None::<FieldError>);
    let writing = use_mut_ref(|| false);
    let readonly = use_read_only().is_some();
    let outdated = !readonly && !*writing.borrow() && draft.as_ref().is_some_and(|draft| draft.over != *value);
    {
        let (draft, error) = (draft.clone(), error.clone());
        use_effect_with((outdated, kept), move |(outdated, id)| {
            if *outdated {
                DRAFTS.with_borrow_mut(|drafts| drafts.remove(id));
                draft.set(None);
                error.set(None);
            }
        });
    }
    let oninput = {
        let (draft, error, id, over) = (draft.clone(), error.clone(), id.to_string(), value.clone());
        let writing = writing.clone();
        Callback::from(move |text: String| {
            // What is as it is stored is no draft.
            *writing.borrow_mut() = text != *over;
            let written = Some(Written { text, over: over.clone() }).filter(|written| written.text != *written.over);
            DRAFTS.with_borrow_mut(|drafts| match &written {
                Some(written) => drop(drafts.insert(id.clone(), written.clone())),
                None => drop(drafts.remove(&id)),
            });
            draft.set(written);
            error.set(None);
        })
    };
    let oncommit = {
        let (draft, error, id, over, save) =
            (draft.clone(), error.clone(), id.to_string(), value.clone(), save.clone());
        Callback::from(move |text: String| {
            *writing.borrow_mut() = false;
            let taken = if text == *over { Ok(()) } else { save.emit(text.clone()) };
            match taken {
                Ok(()) => {
                    DRAFTS.with_borrow_mut(|drafts| drafts.remove(&id));
                    draft.set(None);
                    error.set(None);
                }
                Err(refusal) => {
                    draft.set(Some(Written { text, over: over.clone() }));
                    error.set(Some(FieldError::from(&refusal)));
                }
            }
        })
    };
    if readonly {
        // What stands there is what was stored, and a draft waits until it can be sent.
        let (oninput, oncommit) = (Callback::noop(), Callback::noop());
        return Draft { text: value.clone(), readonly: true, error: None, oninput, oncommit };
    }
    let written = (*draft).clone().filter(|_| !outdated);
    let text = written.map_or_else(|| value.clone(), |written| AttrValue::from(written.text));
    Draft { text, readonly: false, error: (*error).clone().filter(|_| !outdated), oninput, oncommit }
}

/// The props of [`EditText`] and the fields of several lines.
#[derive(Debug, PartialEq, Properties)]
pub(crate) struct EditProps {
    /// Its id; unique among all fields of all screens.
    pub id: AttrValue,
    /// The label.
    pub label: AttrValue,
    /// The stored text.
    pub value: AttrValue,
    /// Sends a draft.
    pub save: Save,
    /// When a change acts.
    #[prop_or(When::NextDeployment)]
    pub when: When,
    /// A hint under it.
    #[prop_or_default]
    pub hint: AttrValue,
    /// An example inside it.
    #[prop_or_default]
    pub placeholder: AttrValue,
    /// Set in the monospaced face.
    #[prop_or_default]
    pub mono: bool,
    /// Whether a template is no Velocity.
    #[prop_or_default]
    pub plain: bool,
    /// Suggestions.
    #[prop_or_default]
    pub suggestions: Vec<AttrValue>,
}

/// Draws a line of text that is sent when the reader leaves it or presses Enter.
#[component]
pub(crate) fn EditText(props: &EditProps) -> Html {
    let draft = use_draft(&props.id, &props.value, &props.save);
    html! {
        <TextField
            id={&props.id} label={&props.label} value={draft.text} when={props.when} hint={&props.hint}
            placeholder={&props.placeholder} error={draft.error} mono={props.mono}
            suggestions={props.suggestions.clone()} readonly={draft.readonly} oninput={draft.oninput} oncommit={draft.oncommit}
        />
    }
}

/// Draws a mapping template that is sent when the reader leaves it or presses Ctrl+S; what is wrong in it is shown
/// while typing.
#[component]
pub(crate) fn EditTemplate(props: &EditProps) -> Html {
    let draft = use_draft(&props.id, &props.value, &props.save);
    let rows = u32::try_from(draft.text.lines().count()).unwrap_or(0).clamp(3, 14) + 1;
    html! {
        <CodeField
            id={&props.id} label={&props.label} when={props.when} hint={&props.hint} error={draft.error}
            problem={if props.plain { None } else { problem(&draft.text) }} {rows} readonly={draft.readonly} value={draft.text} oninput={draft.oninput} oncommit={draft.oncommit}
        />
    }
}

/// JSON that is sent when the reader leaves it or presses Ctrl+S, laid out in lines; where it is none is shown while
/// typing.
#[component]
pub(crate) fn EditJson(props: &EditProps) -> Html {
    let draft = use_draft(&props.id, &laid_out(&props.value), &props.save);
    let rows = u32::try_from(draft.text.lines().count()).unwrap_or(0).clamp(3, 14) + 1;
    let problem = json_problem(&draft.text);
    html! {
        <CodeField
            id={&props.id} label={&props.label} when={props.when} hint={&props.hint} error={draft.error}
            {problem} {rows} readonly={draft.readonly} value={draft.text} oninput={draft.oninput} oncommit={draft.oncommit}
        />
    }
}

/// Returns where a text is no JSON; nothing is fine.
pub(crate) fn json_problem(text: &str) -> Option<(usize, usize, String)> {
    if text.trim().is_empty() {
        return None;
    }
    let error = serde_json::from_str::<serde::de::IgnoredAny>(text).err()?;
    Some((error.line(), error.column().max(1), "This is not JSON.".to_owned()))
}

/// JSON in lines, by the browser; what is none stays as it is.
fn laid_out(text: &AttrValue) -> AttrValue {
    let parsed = js_sys::JSON::parse(text).ok();
    let lines = parsed
        .and_then(|value| js_sys::JSON::stringify_with_replacer_and_space(&value, &JsValue::NULL, &2.into()).ok());
    lines.map_or_else(|| text.clone(), |lines| String::from(lines).into())
}

/// Returns where a template cannot be read, and why.
pub(crate) fn problem(template: &str) -> Option<(usize, usize, String)> {
    let error = Template::parse(template).err()?;
    let place = |n: u32| usize::try_from(n).unwrap_or(1);
    Some((place(error.line), place(error.column), error.message))
}

/// The props of [`EditChoice`].
#[derive(Debug, PartialEq, Properties)]
pub(crate) struct EditChoiceProps {
    /// Its id; unique among all fields of all screens.
    pub id: AttrValue,
    /// The label.
    pub label: AttrValue,
    /// The stored value.
    pub value: AttrValue,
    /// Values and their texts.
    pub options: Vec<(AttrValue, AttrValue)>,
    /// Sends a choice.
    pub save: Save,
    /// When a change acts.
    #[prop_or(When::NextDeployment)]
    pub when: When,
    /// A hint under it.
    #[prop_or_default]
    pub hint: AttrValue,
}

/// Draws a choice that is sent when it is made.
#[component]
pub(crate) fn EditChoice(props: &EditChoiceProps) -> Html {
    let draft = use_draft(&props.id, &props.value, &props.save);
    html! {
        <SelectField
            id={&props.id} label={&props.label} value={draft.text} options={props.options.clone()} when={props.when}
            hint={&props.hint} error={draft.error} readonly={draft.readonly} onchange={draft.oncommit}
        />
    }
}

/// The props of [`Check`].
#[derive(Debug, PartialEq, Properties)]
pub(crate) struct CheckProps {
    /// Its id; unique on the page.
    pub id: AttrValue,
    /// The label.
    pub label: AttrValue,
    /// Whether it is on.
    pub checked: bool,
    /// The change.
    pub onchange: Callback<bool>,
    /// When a change acts; nothing where the field around it says so.
    #[prop_or_default]
    pub when: Option<When>,
    /// The words of a screen reader, when the label alone is too short.
    #[prop_or_default]
    pub name: Option<AttrValue>,
}

/// Draws a box to tick.
#[component]
pub(crate) fn Check(props: &CheckProps) -> Html {
    let onchange = props.onchange.reform(|e: Event| e.target_unchecked_into::<HtmlInputElement>().checked());
    let disabled = use_read_only().is_some();
    let input = html! {
        <label class="check">
            <input id={&props.id} type="checkbox" checked={props.checked} {disabled} aria-label={props.name.clone()} {onchange} />
            <span>{ &props.label }</span>
        </label>
    };
    match props.when {
        None => input,
        Some(when) => html! { <div class="check-row">{ input }<span class="when">{ when.text() }</span></div> },
    }
}

/// The props of [`Part`].
#[derive(Debug, PartialEq, Properties)]
pub(crate) struct PartProps {
    /// The id of the heading, which can take the focus when what had it is gone.
    pub id: AttrValue,
    /// The heading.
    pub title: AttrValue,
    /// One sentence under it.
    #[prop_or_default]
    pub hint: AttrValue,
    /// The content.
    pub children: Children,
}

/// Draws a part of a form with a heading.
#[component]
pub(crate) fn Part(props: &PartProps) -> Html {
    html! {
        <section class="part" aria-labelledby={&props.id}>
            <h3 id={&props.id} tabindex="-1">{ &props.title }</h3>
            if !props.hint.is_empty() { <p class="part-hint">{ &props.hint }</p> }
            { props.children.clone() }
        </section>
    }
}

/// The props of [`Shown`].
#[derive(Debug, PartialEq, Properties)]
pub(crate) struct ShownProps {
    /// Its id; unique on the page.
    pub id: AttrValue,
    /// The label.
    pub label: AttrValue,
    /// The text.
    pub value: AttrValue,
    /// A hint under it.
    #[prop_or_default]
    pub hint: AttrValue,
}

/// Draws a text that a form shows and that cannot be changed there.
#[component]
pub(crate) fn Shown(props: &ShownProps) -> Html {
    html! {
        <Field id={&props.id} label={&props.label} hint={&props.hint}>
            <output id={&props.id} class="shown mono">{ &props.value }</output>
        </Field>
    }
}
