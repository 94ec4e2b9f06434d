//! Fields of forms: label, when a change acts, the input, a hint, and the error at the field.

use crate::ui::frames::use_growing;
use crate::ui::markup::html;
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::{
    AttrValue, Callback, Children, Event, FocusEvent, Html, InputEvent, KeyboardEvent, Properties, TargetCast, classes,
    component,
};

/// When a change in a field acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// At once: it belongs to the stage or to the workspace.
    Now,
    /// At the next deployment: it belongs to the working copy.
    NextDeployment,
}

impl When {
    /// Returns what is said of it.
    pub fn text(self) -> &'static str {
        match self {
            Self::Now => "acts at once",
            Self::NextDeployment => "at the next deployment",
        }
    }
}

/// A refusal as a field shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The member that it is about, in the SDK's spelling; empty when it is about the whole.
    pub field: String,
    /// The event.
    pub text: String,
    /// The way out; may be empty.
    pub hint: String,
}

impl FieldError {
    /// Returns an error of a form's own.
    pub fn new(field: &str, text: impl Into<String>) -> Self {
        Self { field: field.into(), text: text.into(), hint: String::new() }
    }

    /// This error, when it is about this field.
    pub fn at(error: Option<&Self>, field: &str) -> Option<Self> {
        error.filter(|error| error.field == field).cloned()
    }

    /// This error, when it is about none of these fields, so that it stands at the form's foot.
    pub fn elsewhere(error: Option<&Self>, fields: &[&str]) -> Option<Self> {
        error.filter(|error| !fields.contains(&error.field.as_str())).cloned()
    }

    /// Draws the error as a paragraph that is read out when it appears.
    pub fn view(error: Option<&Self>, id: &str) -> Html {
        let Some(error) = error else { return Html::default() };
        html! {
            <p class="field-error" id={id.to_owned()} role="alert">
                { &error.text }
                if !error.hint.is_empty() { <span class="hint">{ " " }{ &error.hint }</span> }
            </p>
        }
    }
}

/// The props of [`Field`].
#[derive(Debug, PartialEq, Properties)]
pub struct FieldProps {
    /// The id of the input, to which label, hint and error belong.
    pub id: AttrValue,
    /// The label.
    pub label: AttrValue,
    /// When a change acts.
    #[prop_or_default]
    pub when: Option<When>,
    /// A hint under the label.
    #[prop_or_default]
    pub hint: AttrValue,
    /// The error.
    #[prop_or_default]
    pub error: Option<FieldError>,
    /// The input.
    pub children: Children,
}

/// Label, hint and error around any input.
#[component]
pub fn Field(props: &FieldProps) -> Html {
    let error_id = format!("{}-error", props.id);
    html! {
        <div class={classes!("field-row", props.error.is_some().then_some("has-error"))}>
            <div class="field-head">
                <label for={props.id.clone()}>{ &props.label }</label>
                if let Some(when) = props.when { <span class="when">{ when.text() }</span> }
            </div>
            { props.children.clone() }
            if !props.hint.is_empty() { <p class="field-hint" id={format!("{}-hint", props.id)}>{ &props.hint }</p> }
            { FieldError::view(props.error.as_ref(), &error_id) }
        </div>
    }
}

/// Returns the ids that describe an input.
fn described_by(id: &str, hint: bool, error: bool) -> Option<String> {
    let ids: Vec<String> = [(hint, "hint"), (error, "error")]
        .into_iter()
        .filter(|(there, _)| *there)
        .map(|(_, what)| format!("{id}-{what}"))
        .collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// The props of [`TextField`].
#[derive(Debug, PartialEq, Properties)]
pub struct TextFieldProps {
    /// Its id; unique on the page.
    pub id: AttrValue,
    /// The label.
    pub label: AttrValue,
    /// The text.
    pub value: AttrValue,
    /// When a change acts.
    #[prop_or_default]
    pub when: Option<When>,
    /// A hint under it.
    #[prop_or_default]
    pub hint: AttrValue,
    /// An example inside it.
    #[prop_or_default]
    pub placeholder: AttrValue,
    /// The error.
    #[prop_or_default]
    pub error: Option<FieldError>,
    /// Set in the monospaced face.
    #[prop_or_default]
    pub mono: bool,
    /// Takes the focus when it appears.
    #[prop_or_default]
    pub autofocus: bool,
    /// Cannot be changed.
    #[prop_or_default]
    pub readonly: bool,
    /// Every keystroke.
    #[prop_or_default]
    pub oninput: Callback<String>,
    /// When the user is done: leaves the field, or presses Enter.
    #[prop_or_default]
    pub oncommit: Callback<String>,
    /// Suggestions.
    #[prop_or_default]
    pub suggestions: Vec<AttrValue>,
}

/// Draws a one-line text.
#[component]
pub fn TextField(props: &TextFieldProps) -> Html {
    let oninput = props.oninput.reform(|e: InputEvent| e.target_unchecked_into::<HtmlInputElement>().value());
    let onchange = props.oncommit.reform(|e: Event| e.target_unchecked_into::<HtmlInputElement>().value());
    let list = (!props.suggestions.is_empty()).then(|| format!("{}-list", props.id));
    html! {
        <Field id={&props.id} label={&props.label} when={props.when} hint={&props.hint} error={props.error.clone()}>
            <input
                id={&props.id}
                class={classes!("input", props.mono.then_some("mono"))}
                value={&props.value}
                placeholder={&props.placeholder}
                readonly={props.readonly}
                autofocus={props.autofocus}
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                list={list.clone()}
                aria-invalid={props.error.is_some().then_some("true")}
                aria-describedby={described_by(&props.id, !props.hint.is_empty(), props.error.is_some())}
                {oninput}
                {onchange}
            />
            if let Some(id) = list {
                <datalist {id}>{ for props.suggestions.iter().map(|s| html! { <option value={s} /> }) }</datalist>
            }
        </Field>
    }
}

/// The props of [`SelectField`].
#[derive(Debug, PartialEq, Properties)]
pub struct SelectFieldProps {
    /// Its id; unique on the page.
    pub id: AttrValue,
    /// The label.
    pub label: AttrValue,
    /// The value that is chosen.
    pub value: AttrValue,
    /// Values and their texts.
    pub options: Vec<(AttrValue, AttrValue)>,
    /// When a change acts.
    #[prop_or_default]
    pub when: Option<When>,
    /// A hint under it.
    #[prop_or_default]
    pub hint: AttrValue,
    /// The error.
    #[prop_or_default]
    pub error: Option<FieldError>,
    /// Takes the focus when it appears.
    #[prop_or_default]
    pub autofocus: bool,
    /// Cannot be changed.
    #[prop_or_default]
    pub readonly: bool,
    /// The choice.
    pub onchange: Callback<String>,
}

/// Options that are there at once; the others follow by themselves, before anybody has opened the list.
const AT_ONCE: usize = 20;

/// Draws a choice among a few.
#[component]
pub fn SelectField(props: &SelectFieldProps) -> Html {
    let onchange = props.onchange.reform(|e: Event| e.target_unchecked_into::<HtmlSelectElement>().value());
    let drawn = use_growing(AT_ONCE, props.options.len());
    let options = props.options.iter().enumerate().filter(|(at, (value, _))| *at < drawn || *value == props.value);
    html! {
        <Field id={&props.id} label={&props.label} when={props.when} hint={&props.hint} error={props.error.clone()}>
            <select
                id={&props.id}
                class="input"
                autofocus={props.autofocus}
                disabled={props.readonly}
                aria-invalid={props.error.is_some().then_some("true")}
                aria-describedby={described_by(&props.id, !props.hint.is_empty(), props.error.is_some())}
                {onchange}
            >
                { for options.map(|(_, (value, text))| html! {
                    <option key={value.to_string()} {value} selected={*value == props.value}>{ text }</option>
                }) }
            </select>
        </Field>
    }
}

/// The props of [`CodeField`].
#[derive(Debug, PartialEq, Properties)]
pub struct CodeFieldProps {
    /// Its id; unique on the page.
    pub id: AttrValue,
    /// The label.
    pub label: AttrValue,
    /// The text.
    pub value: AttrValue,
    /// When a change acts.
    #[prop_or_default]
    pub when: Option<When>,
    /// A hint under it.
    #[prop_or_default]
    pub hint: AttrValue,
    /// The error of the last commit.
    #[prop_or_default]
    pub error: Option<FieldError>,
    /// A problem at a place in the text: line, column (both from 1) and what is wrong. Shown while typing.
    #[prop_or_default]
    pub problem: Option<(usize, usize, String)>,
    /// How many lines it shows.
    #[prop_or(6)]
    pub rows: u32,
    /// Cannot be changed.
    #[prop_or_default]
    pub readonly: bool,
    /// Every keystroke.
    #[prop_or_default]
    pub oninput: Callback<String>,
    /// When the user is done: leaves the field, or presses Ctrl+S.
    #[prop_or_default]
    pub oncommit: Callback<String>,
}

/// Draws a text of several lines in the monospaced face. A tab moves on, as everywhere, so that nobody is caught in it.
#[component]
pub fn CodeField(props: &CodeFieldProps) -> Html {
    let oninput = props.oninput.reform(|e: InputEvent| e.target_unchecked_into::<HtmlTextAreaElement>().value());
    let onblur = props.oncommit.reform(|e: FocusEvent| e.target_unchecked_into::<HtmlTextAreaElement>().value());
    let commit = props.oncommit.clone();
    let onkeydown = Callback::from(move |e: KeyboardEvent| {
        if e.key() == "s" && (e.ctrl_key() || e.meta_key()) {
            e.prevent_default();
            commit.emit(e.target_unchecked_into::<HtmlTextAreaElement>().value());
        }
    });
    let problem_id = format!("{}-problem", props.id);
    let described = described_by(&props.id, !props.hint.is_empty(), props.error.is_some());
    let described = match (&props.problem, described) {
        (Some(_), Some(ids)) => Some(format!("{ids} {problem_id}")),
        (Some(_), None) => Some(problem_id.clone()),
        (None, ids) => ids,
    };
    html! {
        <Field id={&props.id} label={&props.label} when={props.when} hint={&props.hint} error={props.error.clone()}>
            <textarea
                id={&props.id}
                class="input code"
                rows={props.rows.to_string()}
                value={&props.value}
                readonly={props.readonly}
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                wrap="off"
                aria-invalid={(props.error.is_some() || props.problem.is_some()).then_some("true")}
                aria-describedby={described}
                {oninput}
                {onblur}
                {onkeydown}
            />
            if let Some((line, column, text)) = &props.problem {
                <p class="field-error" id={problem_id}>
                    <span class="at">{ format!("Line {line}, column {column}") }</span>{ ": " }{ text }
                    <code class="excerpt">{ excerpt(&props.value, *line, *column) }</code>
                </p>
            }
        </Field>
    }
}

/// Returns the line of a problem with a caret under its column.
fn excerpt(text: &str, line: usize, column: usize) -> String {
    let line: String = text.lines().nth(line.saturating_sub(1)).unwrap_or_default().chars().take(200).collect();
    let indent: String =
        line.chars().take(column.saturating_sub(1)).map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
    format!("{line}\n{indent}^")
}
