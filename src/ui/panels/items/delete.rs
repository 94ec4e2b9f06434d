//! The question before a thing goes. What AWS would refuse is said before it is tried, with what stands in the way.

use super::{Use, Uses};
use crate::ui::markup::html;
use crate::{
    control_plane::{ApiError, Command},
    ui::{
        Page, Place, State, focus_soon,
        parts::{Button, FieldError, Look, Modal},
        use_selector, use_store,
    },
};
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, component, use_state};

/// The props of [`Delete`].
#[derive(Debug, PartialEq, Properties)]
pub(in crate::ui::panels) struct DeleteProps {
    /// The screen that lists it.
    pub page: Page,
    /// The question.
    pub title: String,
    /// The things that go and those that stay.
    pub text: AttrValue,
    /// The words on the button that does it.
    pub label: &'static str,
    /// The request.
    pub command: Command,
    /// The message when it is done.
    pub done: String,
    /// Whether it is shown afterwards, too: what went is only what was made of it.
    #[prop_or_default]
    pub stays: bool,
    /// The things that name it.
    #[prop_or_default]
    pub uses: Vec<Use>,
}

/// Returns what the control plane would say to a request; nothing is done.
pub(in crate::ui::panels) fn refusal(state: &State, command: &Command) -> Option<FieldError> {
    let error = state.present().execute(command, &mut state.session.env.clone()).err()?;
    Some(FieldError::from(&error))
}

/// Draws the question.
#[component]
pub(in crate::ui::panels) fn Delete(props: &DeleteProps) -> Html {
    let store = use_store();
    let error = use_state(|| None::<FieldError>);
    let command = props.command.clone();
    let refused = use_selector(move |state| refusal(state, &command));
    let confirm = {
        let (store, command, error) = (store.clone(), props.command.clone(), error.clone());
        let (page, stays, done) = (props.page, props.stays, props.done.clone());
        Callback::from(move |_: MouseEvent| match store.execute(command.clone()) {
            Ok(_) => {
                store.close();
                store.done(done.clone());
                if stays {
                    focus_soon("item-title");
                } else {
                    store.go_to(Place::Page(page, None));
                }
            }
            Err(refused) => error.set(Some(FieldError::from(&refused as &ApiError))),
        })
    };
    let cancel = Callback::from(move |_: MouseEvent| store.close());
    let blocked = refused.as_ref().map(|error| error.text.clone());
    html! {
        <Modal title={props.title.clone()}>
            <div class="body">
                if let Some(refused) = &refused {
                    <p class="note">{ &refused.text }</p>
                    if !props.uses.is_empty() {
                        <p class="question">{ "Change these first:" }</p>
                        <Uses uses={props.uses.clone()} bare=true />
                    } else if !refused.hint.is_empty() {
                        <p class="question">{ &refused.hint }</p>
                    }
                } else {
                    <p class="question">{ &props.text }{ " Undo brings it back." }</p>
                }
                { FieldError::view((*error).as_ref(), "delete-item-error") }
                <div class="foot">
                    <Button label="Cancel" onclick={cancel} />
                    <Button label={props.label} look={Look::Danger} onclick={confirm} {blocked} />
                </div>
            </div>
        </Modal>
    }
}
