//! The workspaces of this browser: open, name, copy, download, delete, and new ones.

use crate::ui::markup::html;
use crate::{
    civil_time::CivilTime,
    ui::{
        NoticeKind, Store, files,
        keeper::{self, Keeper, sample_session},
        parts::{Button, Look, Menu, MenuItem, Modal, TextField},
        state::Saving,
        storage::{StorageError, WorkspaceRow},
        use_selector, use_store,
    },
};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, MouseEvent, Properties, UseStateHandle, component, use_effect_with, use_state};

/// Draws the dialog.
#[component]
pub(super) fn Workspaces() -> Html {
    let unsaved = use_selector(|state| match &state.saving {
        Saving::Failed(why) => Some(why.clone()),
        _ => None,
    });
    let list = keeper::current().map(|keeper| html! { <List keeper={Kept(keeper)} /> });
    html! {
        <Modal title="Workspaces">
            <div class="body workspaces">
                if let Some(why) = unsaved { <Unsaved {why} /> }
                { list }
            </div>
        </Modal>
    }
}

#[derive(Debug, PartialEq, Properties)]
struct UnsavedProps {
    why: String,
}

/// Draws why the work is not stored, and what to do; and what a newer version has stored, as files.
#[component]
fn Unsaved(props: &UnsavedProps) -> Html {
    let store = use_store();
    let name = use_selector(|state| state.workspace.name.clone());
    let others = use_state(Vec::new);
    {
        let (others, kept) = (others.clone(), keeper::current().is_some());
        use_effect_with((), move |()| {
            if !kept {
                // Where nothing can be read nothing is offered.
                spawn_local(async move { others.set(keeper::stored_files().await.unwrap_or_default()) });
            }
        });
    }
    let download = {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| super::share::download(&store))
    };
    let other = |(name, text): &(String, String)| {
        let (store, name, text) = (store.clone(), name.clone(), text.clone());
        let label = format!("Download “{name}”");
        let onclick = Callback::from(move |_: MouseEvent| offer(&store, &name, &text));
        html! { <li><Button {label} small=true {onclick} /></li> }
    };
    let retry = {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| keeper::retry(&store))
    };
    html! {
        <>
            <div class="note" role="status">
                <p><strong>{ format!("“{name}” lives as long as this page.") }</strong>{ " " }{ &props.why }</p>
            </div>
            <div class="actions">
                <Button label="Try again" onclick={retry} />
                <Button label="Download it as a file" look={Look::Primary} onclick={download} />
            </div>
            if !others.is_empty() {
                <p class="muted">{ "What is stored here is untouched:" }</p>
                <ul>{ for others.iter().map(other) }</ul>
            }
        </>
    }
}

/// Offers a file to download; a refusal of the browser becomes a message.
fn offer(store: &Store, name: &str, text: &str) {
    if let Err(problem) = files::download(&files::file_name(name, "json"), "application/json", text) {
        store.notify(NoticeKind::Problem, problem.to_string(), "");
    }
}

/// A keeper is only equal to itself.
#[derive(Clone, Debug)]
struct Kept(Rc<Keeper>);

impl PartialEq for Kept {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[derive(Debug, PartialEq, Properties)]
struct ListProps {
    keeper: Kept,
}

type Rows = UseStateHandle<Option<Result<Vec<WorkspaceRow>, String>>>;

/// Reads the list anew.
fn refresh(keeper: &Rc<Keeper>, rows: &Rows) {
    let (keeper, rows) = (Rc::clone(keeper), rows.clone());
    spawn_local(async move { rows.set(Some(keeper.list().await.map_err(|error| error.to_string()))) });
}

/// Does something to a workspace, then reads the list anew; a refusal becomes a message.
fn act<F>(store: &Store, keeper: &Rc<Keeper>, rows: &Rows, task: F)
where
    F: Future<Output = Result<(), StorageError>> + 'static,
{
    let (store, keeper, rows) = (store.clone(), Rc::clone(keeper), rows.clone());
    spawn_local(async move {
        if let Err(error) = task.await {
            store.notify(NoticeKind::Problem, error.to_string(), "");
        }
        refresh(&keeper, &rows);
    });
}

#[component]
fn List(props: &ListProps) -> Html {
    let store = use_store();
    let keeper = props.keeper.0.clone();
    let shown = use_selector(|state| state.workspace.id.clone());
    let rows: Rows = use_state(|| None);
    let renaming = use_state(|| None::<String>);
    let deleting = use_state(|| None::<String>);
    {
        let (keeper, rows) = (keeper.clone(), rows.clone());
        use_effect_with((), move |()| refresh(&keeper, &rows));
    }
    let begin = |empty: bool| {
        let (store, keeper) = (store.clone(), keeper.clone());
        Callback::from(move |_: MouseEvent| {
            let (store, keeper) = (store.clone(), Rc::clone(&keeper));
            spawn_local(async move {
                let (session, name) = if empty {
                    (
                        crate::history::Session::new(crate::env::Env::new(
                            crate::ui::core::browser::seed(),
                            crate::ui::core::browser::now(),
                        )),
                        "Empty workspace",
                    )
                } else {
                    (sample_session(), "UsersAPI sample")
                };
                // That it could not be stored has been said.
                if keeper.start(session, name).await.is_ok() {
                    store.done(format!("“{name}” is open"));
                }
            });
        })
    };
    let row = |row: &WorkspaceRow| {
        let here = shown.as_ref() == Some(&row.id);
        if deleting.as_ref() == Some(&row.id) {
            return confirm(&store, &keeper, &rows, &deleting, row);
        }
        if renaming.as_ref() == Some(&row.id) {
            let (store, keeper, rows, renaming, id) =
                (store.clone(), keeper.clone(), rows.clone(), renaming.clone(), row.id.clone());
            let oncommit = Callback::from(move |name: String| {
                renaming.set(None);
                let (keeper2, id) = (keeper.clone(), id.clone());
                act(&store, &keeper, &rows, async move { keeper2.rename(&id, &name).await });
            });
            return html! {
                <li key={row.id.clone()}><TextField id="workspace-name" label="Name" value={row.name.clone()} autofocus=true {oncommit} /></li>
            };
        }
        let open = {
            let (store, keeper, rows, id) = (store.clone(), keeper.clone(), rows.clone(), row.id.clone());
            Callback::from(move |_: MouseEvent| {
                let (keeper2, id) = (keeper.clone(), id.clone());
                act(&store, &keeper, &rows, async move { keeper2.open(&id).await });
            })
        };
        let items = menu(&store, &keeper, &rows, &renaming, &deleting, row);
        let when = CivilTime::from_epoch_ms(row.updated.0).console();
        html! {
            <li key={row.id.clone()} class={if here { "here" } else { "" }}>
                <div><strong>{ &row.name }</strong><small class="muted">{ format!("{} operations · {when}", row.length) }</small></div>
                if here { <span class="chip">{ "open" }</span> } else { <Button label="Open" small=true onclick={open} /> }
                <Menu label={format!("More about {}", row.name)} icon_only=true {items} />
            </li>
        }
    };
    let list = match rows.as_ref() {
        None => html! { <p class="muted" role="status">{ "Reading…" }</p> },
        Some(Err(error)) => html! { <p class="note">{ error }</p> },
        Some(Ok(all)) => html! { <ul>{ for all.iter().map(row) }</ul> },
    };
    html! {
        <>
            { list }
            <p class="field-hint">{ "Workspaces are stored in this browser only. To move one, download it; Share → File opens it elsewhere." }</p>
            <div class="foot">
                <Button label="New, empty" onclick={begin(true)} />
                <Button label="New from the sample" look={Look::Primary} onclick={begin(false)} />
            </div>
        </>
    }
}

/// Asks before a workspace goes.
fn confirm(
    store: &Store,
    keeper: &Rc<Keeper>,
    rows: &Rows,
    deleting: &UseStateHandle<Option<String>>,
    row: &WorkspaceRow,
) -> Html {
    let delete = {
        let (store, keeper, rows, deleting, id) =
            (store.clone(), keeper.clone(), rows.clone(), deleting.clone(), row.id.clone());
        Callback::from(move |_: MouseEvent| {
            deleting.set(None);
            let (keeper2, id) = (keeper.clone(), id.clone());
            act(&store, &keeper, &rows, async move { keeper2.delete(&id).await });
        })
    };
    let cancel = {
        let deleting = deleting.clone();
        Callback::from(move |_: MouseEvent| deleting.set(None))
    };
    html! {
        <li key={row.id.clone()} class="confirm" role="alert">
            <span>{ format!("Delete “{}” for good? This cannot be undone.", row.name) }</span>
            <Button label="Cancel" small=true onclick={cancel} />
            <Button label="Delete" look={Look::Danger} small=true onclick={delete} />
        </li>
    }
}

fn menu(
    store: &Store,
    keeper: &Rc<Keeper>,
    rows: &Rows,
    renaming: &UseStateHandle<Option<String>>,
    deleting: &UseStateHandle<Option<String>>,
    row: &WorkspaceRow,
) -> Vec<MenuItem> {
    let item = |label: &'static str, onclick: Callback<()>| MenuItem { label: label.into(), blocked: None, onclick };
    let set = |state: &UseStateHandle<Option<String>>| {
        let (state, id) = (state.clone(), row.id.clone());
        Callback::from(move |()| state.set(Some(id.clone())))
    };
    let duplicate = {
        let (store, keeper, rows, row) = (store.clone(), keeper.clone(), rows.clone(), row.clone());
        Callback::from(move |()| {
            let (keeper2, row) = (keeper.clone(), row.clone());
            act(&store, &keeper, &rows, async move {
                keeper2.duplicate(&row.id, &format!("{} (copy)", row.name)).await.map(|_| ())
            });
        })
    };
    let download = {
        let (store, keeper, id) = (store.clone(), keeper.clone(), row.id.clone());
        Callback::from(move |()| {
            let (store, keeper, id) = (store.clone(), keeper.clone(), id.clone());
            spawn_local(async move {
                match keeper.file_of(&id).await {
                    Ok((name, text)) => offer(&store, &name, &text),
                    Err(error) => store.notify(NoticeKind::Problem, error.to_string(), ""),
                }
            });
        })
    };
    vec![
        item("Rename", set(renaming)),
        item("Duplicate", duplicate),
        item("Download", download),
        item("Delete", set(deleting)),
    ]
}
