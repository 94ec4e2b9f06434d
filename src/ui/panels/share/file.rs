//! The workspace as a file: out, and in again.

use crate::ui::markup::html;
use crate::{
    env::Env,
    history::Session,
    persist::file,
    ui::{
        NoticeKind, Store,
        core::browser::{now, seed},
        files,
        parts::{Button, Look},
        state::Saving,
        use_selector, use_store,
    },
};
use wasm_bindgen_futures::spawn_local;
use web_sys::{File, HtmlInputElement};
use yew::{Callback, Event, Html, MouseEvent, TargetCast, UseStateHandle, component, use_state};

/// Downloads the workspace that is shown; a refusal of the browser becomes a message.
pub(in crate::ui) fn download(store: &Store) {
    let (name, text) =
        store.read(|state| (state.workspace.name.clone(), file::print_session(&state.workspace.name, &state.session)));
    let name = files::file_name(&name, "json");
    match files::download(&name, "application/json", &text) {
        Ok(()) => store.done(format!("{name} is on its way to your downloads")),
        Err(problem) => store.notify(NoticeKind::Problem, problem.to_string(), ""),
    }
}

/// Draws both ways.
#[component]
pub(super) fn WorkspaceFile() -> Html {
    let store = use_store();
    let unsaved = use_selector(|state| matches!(state.saving, Saving::Failed(_)));
    let problem = use_state(|| None::<String>);
    let ondownload = {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| download(&store))
    };
    let onchange = {
        let (store, problem) = (store.clone(), problem.clone());
        Callback::from(move |e: Event| {
            let input: HtmlInputElement = e.target_unchecked_into();
            let chosen = input.files().and_then(|files| files.get(0));
            // The same file can be chosen again after it was repaired.
            input.set_value("");
            if let Some(chosen) = chosen {
                import(&store, chosen, problem.clone());
            }
        })
    };
    html! {
        <>
            <h3>{ "Download" }</h3>
            <p>{ "The whole workspace with its history, to keep, to send, or to put under version control: one operation a line." }</p>
            <p><Button label="Download workspace" look={Look::Primary} onclick={ondownload} /></p>
            <h3>{ "Import" }</h3>
            <p>{ "The file becomes a workspace of its own." }</p>
            if unsaved {
                <p class="note">{ "This browser does not save your work: download the present workspace before you open another." }</p>
            }
            <div class="field-row">
                <label class="visually-hidden" for="import-file">{ "Workspace file" }</label>
                <input
                    id="import-file" class="input" type="file" accept=".json,application/json" {onchange}
                    aria-invalid={problem.is_some().then_some("true")} aria-describedby={problem.is_some().then_some("import-problem")}
                />
                if let Some(problem) = &*problem { <p id="import-problem" class="field-error" role="alert">{ problem }</p> }
            </div>
        </>
    }
}

/// Reads, replays and shows a file; what is wrong with it is said at its field, and nothing has changed then.
fn import(store: &Store, chosen: File, problem: UseStateHandle<Option<String>>) {
    let store = store.clone();
    spawn_local(async move {
        match open(&chosen).await {
            Ok((name, session)) => {
                store.replace_session(session, name.clone());
                store.done(format!("{name} is open"));
            }
            Err(why) => problem.set(Some(why)),
        }
    });
}

async fn open(chosen: &File) -> Result<(String, Session), String> {
    let text = files::read(chosen, file::MAX_BYTES).await.map_err(|problem| problem.to_string())?;
    let read = file::parse(&text).map_err(|error| error.to_string())?;
    let session = Session::replay(Env::new(seed(), now()), read.records);
    let mut session = session.map_err(|error| format!("This file cannot be opened: {error}."))?;
    session.take_refused(read.refused);
    Ok((read.name, session))
}
