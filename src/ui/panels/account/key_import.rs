//! API keys from a CSV file, with a report of what came of it.

use crate::{
    control_plane::api_key_import::ImportApiKeys,
    ui::{
        NoticeKind, files,
        panels::resources::Check,
        parts::{CodeField, EditButton, FieldError, Look, use_read_only},
        use_store,
    },
};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::{Callback, Event, Html, MouseEvent, TargetCast, component, html, use_state};

/// The largest file, in bytes.
const LARGEST: usize = 4 * 1024 * 1024;
const EXAMPLE: &str = "Name,Key,Description,Enabled,UsagePlanIds";

/// What came of an import.
#[derive(Clone, Debug, PartialEq)]
struct Report {
    made: usize,
    warnings: Vec<String>,
}

/// "Import API keys".
#[component]
pub(super) fn Import() -> Html {
    let store = use_store();
    let text = use_state(String::new);
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
    let onclick = {
        let (text, strict, error, report) = (text.clone(), strict.clone(), error.clone(), report.clone());
        Callback::from(move |_: MouseEvent| {
            let command =
                ImportApiKeys { body: (*text).clone(), format: "csv".into(), fail_on_warnings: Some(*strict) };
            match store.execute(command) {
                Ok(outcome) => {
                    let list = |member: &str| {
                        let found = outcome.body.as_ref().and_then(|body| body.get(member)?.as_array().cloned());
                        found.unwrap_or_default()
                    };
                    let warnings =
                        list("warnings").iter().filter_map(|text| text.as_str().map(str::to_owned)).collect();
                    report.set(Some(Report { made: list("ids").len(), warnings }));
                    error.set(None);
                    text.set(String::new());
                }
                Err(refused) => {
                    report.set(None);
                    error.set(Some(FieldError::from(&refused)));
                }
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
    let check = {
        let strict = strict.clone();
        Callback::from(move |on: bool| strict.set(on))
    };
    if read_only {
        return Html::default();
    }
    html! {
        <details class="more">
            <summary>{ "Import API keys" }</summary>
            <div class="field-row">
                <div class="field-head"><label for="key-file">{ "CSV file" }</label></div>
                <input id="key-file" class="input" type="file" accept=".csv,text/csv" onchange={onfile} />
            </div>
            <CodeField
                id="key-csv" label="Rows" value={(*text).clone()} rows=5 error={(*error).clone()} oninput={edit}
                hint={format!("The first line names the columns: {EXAMPLE}. Name and Key must be there; a key that exists is overwritten.")}
            />
            <div class="field-row"><Check id="key-strict" label="Import nothing when there is a warning" checked={*strict} onchange={check} /></div>
            <p class="field-row"><EditButton label="Import" look={Look::Primary} small=true {onclick} /></p>
            if let Some(report) = &*report {
                <div class="note" role="status">
                    <p>{ if report.made == 1 { "1 API key imported.".to_owned() } else { format!("{} API keys imported.", report.made) } }</p>
                    if !report.warnings.is_empty() {
                        <ul>{ for report.warnings.iter().map(|warning| html! { <li>{ warning }</li> }) }</ul>
                    }
                </div>
            }
        </details>
    }
}
