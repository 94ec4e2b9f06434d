//! Many things at once, from a text or a file, with a report of what came of it.

use crate::ui::markup::html;
use crate::ui::panels::words::count;
use crate::{
    control_plane::{ApiError, Command},
    ui::{
        NoticeKind, files,
        panels::resources::Check,
        parts::{CodeField, EditButton, FieldError, Look, SelectField, use_read_only},
        use_store,
    },
};
use serde_json::Value;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::{AttrValue, Callback, Event, Html, MouseEvent, Properties, TargetCast, component, use_state};

/// The largest file, in bytes.
const LARGEST: usize = 4 * 1024 * 1024;

/// The import that somebody wants.
pub(in crate::ui::panels) struct Wanted {
    /// The text.
    pub body: String,
    /// The mode that is chosen; empty where there is none.
    pub mode: String,
    /// Whether nothing is imported when there is anything to warn about.
    pub strict: bool,
}

/// The props of [`Import`].
#[derive(Debug, PartialEq, Properties)]
pub(in crate::ui::panels) struct ImportProps {
    /// A prefix of ids; unique on the page.
    pub id: &'static str,
    /// The words on the button that opens it.
    pub title: &'static str,
    /// One of what is imported: `API key`.
    pub thing: &'static str,
    /// The kinds of files.
    pub accept: &'static str,
    /// The label of the file.
    pub file: &'static str,
    /// The label of the text.
    pub text: &'static str,
    /// A hint under the text.
    pub hint: AttrValue,
    /// The fates of the things that are there already, when there is a choice.
    #[prop_or_default]
    pub modes: Vec<(AttrValue, AttrValue)>,
    /// Makes the request.
    pub command: Callback<Wanted, Command>,
}

/// The outcome of an import.
#[derive(Clone, Debug, PartialEq)]
struct Report {
    made: usize,
    warnings: Vec<String>,
}

impl Report {
    fn of(body: Option<&Value>) -> Self {
        let list = |member: &str| body.and_then(|body| body.get(member)?.as_array().cloned()).unwrap_or_default();
        let warnings = list("warnings").iter().filter_map(|text| text.as_str().map(str::to_owned)).collect();
        Self { made: list("ids").len(), warnings }
    }

    fn view(&self, thing: &str) -> Html {
        let made = format!("{} imported.", count(self.made, thing));
        html! {
            <div class="note" role="status">
                <p>{ made }</p>
                if !self.warnings.is_empty() {
                    <ul>{ for self.warnings.iter().map(|warning| html! { <li>{ warning }</li> }) }</ul>
                }
            </div>
        }
    }
}

/// Closed until it is wanted; absent where nothing can be changed.
#[component]
pub(in crate::ui::panels) fn Import(props: &ImportProps) -> Html {
    let store = use_store();
    let text = use_state(String::new);
    let mode = use_state(|| None::<String>);
    let strict = use_state(|| false);
    let error = use_state(|| None::<FieldError>);
    let report = use_state(|| None::<Report>);
    let read_only = use_read_only().is_some();
    let onfile = {
        let (store, text, report) = (store.clone(), text.clone(), report.clone());
        Callback::from(move |e: Event| {
            let input: HtmlInputElement = e.target_unchecked_into();
            let chosen = input.files().and_then(|files| files.get(0));
            input.set_value("");
            let Some(file) = chosen else { return };
            let (store, text, report) = (store.clone(), text.clone(), report.clone());
            spawn_local(async move {
                match files::read(&file, LARGEST).await {
                    Ok(read) => {
                        text.set(read);
                        report.set(None);
                    }
                    Err(problem) => store.notify(NoticeKind::Problem, problem.to_string(), ""),
                }
            });
        })
    };
    let first = props.modes.first().map(|(value, _)| value.to_string()).unwrap_or_default();
    let chosen = (*mode).clone().unwrap_or(first);
    let onclick = {
        let (text, strict, error, report) = (text.clone(), strict.clone(), error.clone(), report.clone());
        let (command, mode) = (props.command.clone(), chosen.clone());
        Callback::from(move |_: MouseEvent| {
            let wanted = Wanted { body: (*text).clone(), mode: mode.clone(), strict: *strict };
            let done: Result<_, ApiError> = store.execute(command.emit(wanted));
            report.set(done.as_ref().ok().map(|outcome| Report::of(outcome.body.as_ref())));
            error.set(done.as_ref().err().map(FieldError::from));
            if done.is_ok() {
                text.set(String::new());
            }
        })
    };
    let edit = {
        let (text, error) = (text.clone(), error.clone());
        Callback::from(move |next: String| {
            text.set(next);
            error.set(None);
        })
    };
    let (pick, check) = (mode.clone(), strict.clone());
    if read_only {
        return Html::default();
    }
    let id = props.id;
    html! {
        <details class="more">
            <summary>{ props.title }</summary>
            <div class="field-row">
                <div class="field-head"><label for={format!("{id}-file")}>{ props.file }</label></div>
                <input id={format!("{id}-file")} class="input" type="file" accept={props.accept} onchange={onfile} />
            </div>
            <CodeField
                id={format!("{id}-text")} label={props.text} value={(*text).clone()} rows=5 error={(*error).clone()} oninput={edit} hint={&props.hint}
            />
            if !props.modes.is_empty() {
                <SelectField
                    id={format!("{id}-mode")} label="Mode" value={chosen} options={props.modes.clone()}
                    onchange={Callback::from(move |text: String| pick.set(Some(text)))}
                />
            }
            <div class="field-row">
                <Check
                    id={format!("{id}-strict")} label="Import nothing when there is a warning" checked={*strict}
                    onchange={Callback::from(move |on: bool| check.set(on))}
                />
            </div>
            <p class="field-row"><EditButton label="Import" look={Look::Primary} small=true {onclick} /></p>
            if let Some(report) = &*report { { report.view(props.thing) } }
        </details>
    }
}
