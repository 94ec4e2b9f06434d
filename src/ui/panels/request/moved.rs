//! An answer from before its stage moved on: that is said, with a way to ask again. It never calls by itself.

use crate::ui::markup::html;
use crate::{
    ui::{Same, focus_soon, parts::Button, state::Exchange, use_selector_soon, use_store},
    view::moved::moved,
};
use yew::{Callback, Html, MouseEvent, Properties, component, hook};

/// The id of the answer, which takes the focus when it is a new one.
pub(super) const ANSWER: &str = "answer";

/// Returns what its stage has come to since an answer; nothing while it would still answer from the same deployment.
#[hook]
pub(super) fn use_moved(exchange: &Same<Exchange>) -> Option<String> {
    let exchange = exchange.clone();
    use_selector_soon(move |state| match &state.past {
        None => moved(state.present(), &exchange.invocation),
        Some(_) => None,
    })
}

/// The props of [`Moved`].
#[derive(Debug, PartialEq, Properties)]
pub(super) struct MovedProps {
    /// The change.
    pub(super) what: String,
    /// The call.
    pub(super) exchange: Same<Exchange>,
}

/// Draws the note that says so.
#[component]
pub(super) fn Moved(props: &MovedProps) -> Html {
    let store = use_store();
    let again = {
        let request = props.exchange.invocation.request.clone();
        Callback::from(move |_: MouseEvent| {
            store.invoke(request.clone());
            focus_soon(ANSWER);
        })
    };
    html! {
        <div class="note" role="status">
            <p>{ &props.what }</p>
            <div class="actions"><Button label="Send again" icon="send" small=true onclick={again} /></div>
        </div>
    }
}
