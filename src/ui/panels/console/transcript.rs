//! The transcript: the lines that were run, and their outputs.

use crate::ui::markup::html;
use crate::ui::{
    Same,
    console::{Entry, Outcomes, Refusal},
    use_selector,
};
use std::rc::Rc;
use web_sys::Element;
use yew::{Html, Properties, component, use_effect_with, use_node_ref};

/// Characters of one output that are shown.
const SHOWN: usize = 60_000;

/// Draws all entries, the newest last and in sight.
#[component]
pub(super) fn Transcript() -> Html {
    let entries = use_selector(|state| Same::from(&state.console.entries));
    let end = use_node_ref();
    {
        let end = end.clone();
        use_effect_with(entries.last().map(|entry| entry.id), move |_| {
            // The pane scrolls, not the list: the line stays below it.
            if let Some(pane) = end.cast::<Element>().and_then(|end| end.closest(".scroll").ok().flatten()) {
                pane.set_scroll_top(pane.scroll_height());
            }
        });
    }
    html! {
        <div class="console-log" role="log" aria-label="Console output">
            { for entries.iter().map(|entry| html! { <EntryView key={entry.id} entry={Rc::clone(entry)} /> }) }
            <span ref={end}></span>
        </div>
    }
}

#[derive(Debug, PartialEq, Properties)]
struct EntryProps {
    entry: Rc<Entry>,
}

#[component]
fn EntryView(props: &EntryProps) -> Html {
    let entry = &props.entry;
    html! {
        <div class="console-entry">
            <pre class="console-text"><span class="prompt" aria-hidden="true">{ "$ " }</span>{ &entry.text }</pre>
            { for entry.results.iter().map(|result| show(&entry.text, result)) }
        </div>
    }
}

fn show(text: &str, result: &Outcomes) -> Html {
    html! {
        <>
            if !result.aside.is_empty() { <pre class="console-out muted" tabindex="0">{ cut(&result.aside) }</pre> }
            if !result.output.is_empty() { <pre class="console-out" tabindex="0">{ cut(&result.output) }</pre> }
            if let Some(refusal) = &result.refusal { { refused(text, refusal, result.status) } }
        </>
    }
}

/// Returns an output up to what a person would read.
fn cut(output: &str) -> String {
    match output.char_indices().nth(SHOWN) {
        None => output.to_owned(),
        Some((end, _)) => {
            format!("{}\n… {} more bytes; pick what you need with --query", &output[..end], output.len() - end)
        }
    }
}

fn refused(text: &str, refusal: &Refusal, status: u8) -> Html {
    html! {
        <div class="console-error">
            <pre>{ &refusal.text }</pre>
            { refusal.at.as_ref().map(|at| place(text, at.clone())).unwrap_or_default() }
            <p>
                if let Some(hint) = &refusal.hint { <span>{ hint }</span>{ " " } }
                <span class="muted">{ format!("Exit status {status}") }</span>
            </p>
        </div>
    }
}

/// Draws the line of the text in which a part is wrong, with the part marked.
fn place(text: &str, at: std::ops::Range<usize>) -> Html {
    let (Some(before), Some(wrong)) = (text.get(..at.start), text.get(at.clone())) else { return Html::default() };
    if wrong.is_empty() || wrong.contains('\n') {
        return Html::default();
    }
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let end = text[at.end..].find('\n').map_or(text.len(), |length| at.end + length);
    html! { <pre class="excerpt">{ &text[start..at.start] }<mark>{ wrong }</mark>{ &text[at.end..end] }</pre> }
}
