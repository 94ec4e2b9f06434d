//! The workspace as a link.

use super::{Payload, address, grouped};
use crate::ui::markup::html;
use crate::{
    persist::link::COMFORTABLE_LENGTH,
    ui::{
        Route,
        parts::{CopyButton, icon},
    },
};
use web_sys::HtmlInputElement;
use yew::{FocusEvent, Html, Properties, TargetCast, component};

#[derive(Debug, PartialEq, Properties)]
pub(super) struct LinkProps {
    pub(super) payload: Payload,
}

/// Draws the link, how long it is, and a button that copies it.
#[component]
pub(super) fn Link(props: &LinkProps) -> Html {
    let payload = match &props.payload {
        Ok(payload) => payload,
        Err(why) => return html! { <p class="field-error" role="alert">{ why }</p> },
    };
    let link = address(&Route::Shared(payload.to_string()));
    let length = link.chars().count();
    let onfocus = |e: FocusEvent| e.target_unchecked_into::<HtmlInputElement>().select();
    html! {
        <>
            <p>{ "Whoever opens it gets a copy of this workspace as it is now. What you change later is not in it." }</p>
            <div class="copy-line">
                <input class="input mono" aria-label="Link" readonly=true value={link.clone()} {onfocus} />
                <CopyButton label="Copy link" text={link} done="Link copied" />
            </div>
            <p class="field-hint">
                { grouped(length) }{ " characters. The workspace is in the link itself: it is stored nowhere else, and everybody who has the link can read it." }
            </p>
            if length > COMFORTABLE_LENGTH {
                <p class="note">
                    { icon("warn") }{ " " }
                    <strong>{ format!("This link is longer than {} characters. ", grouped(COMFORTABLE_LENGTH)) }</strong>
                    { "Some chats and mail programs cut such links off. If it does not arrive whole, send the workspace as a file." }
                </p>
            }
        </>
    }
}
