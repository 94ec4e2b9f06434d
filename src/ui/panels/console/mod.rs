//! The console's pane: what was run and what it wrote, and the line in the making.

mod line;
mod transcript;

use crate::ui::markup::html;
use crate::ui::{
    Store,
    parts::{Button, Look},
    use_selector, use_store,
};
use line::Line;
use transcript::Transcript;
use yew::{Callback, Html, MouseEvent, component};

/// Draws the pane.
#[component]
pub fn Console() -> Html {
    let empty = use_selector(|state| state.console.entries.is_empty());
    html! {
        <div class="console">
            if empty { <Examples /> } else { <Transcript /> }
            <Line />
        </div>
    }
}

/// Draws what an empty console says: what it is, and lines to begin with.
#[component]
fn Examples() -> Html {
    let store = use_store();
    let lines = use_selector(|state| {
        let list = "aws apigateway get-rest-apis --query 'items[].[id,name]' --output text".to_owned();
        let Some(api) = state.api() else {
            return vec![
                ("Create an API", "aws apigateway create-rest-api --name MyAPI".to_owned()),
                ("List the APIs", list),
            ];
        };
        let id = &api.id;
        let mut out = vec![
            ("List the APIs", list),
            ("Show the resources", format!("aws apigateway get-resources --rest-api-id {id}")),
            ("Deploy to a stage", format!("aws apigateway create-deployment --rest-api-id {id} --stage-name dev")),
        ];
        if let Some(stage) = api.stages.values().next() {
            let url = state.present().place.invoke_url(id, &stage.name);
            out.push(("Call an invoke URL", format!("curl -i {url}/")));
        }
        out
    });
    let row = |(what, line): &(&'static str, String)| {
        let (store, text) = (store.clone(), line.clone());
        let onclick = Callback::from(move |_: MouseEvent| take(&store, &text));
        html! { <li><button type="button" class="offer" {onclick}><span>{ *what }</span><code>{ line }</code></button></li> }
    };
    html! {
        <div class="console-empty">
            <p>{ "The AWS CLI and curl, on this workspace: what a line does here it would do on AWS, and the page follows. Nothing leaves the browser." }</p>
            <ul>{ for lines.iter().map(row) }</ul>
        </div>
    }
}

/// Puts a text into the line, to be looked at before it is run.
fn take(store: &Store, text: &str) {
    store.edit_console(|console| text.clone_into(&mut console.draft));
    crate::ui::focus_soon(line::FIELD);
}

/// Clears what is shown; what was done stays done.
#[component]
fn Clear() -> Html {
    let store = use_store();
    let onclick = Callback::from(move |_: MouseEvent| {
        store.edit_console(|console| console.entries = std::rc::Rc::default());
        crate::ui::focus(line::FIELD);
    });
    html! { <Button label="Clear" small=true look={Look::Ghost} {onclick} /> }
}
