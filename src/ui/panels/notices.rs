//! Messages at the edge of the page. They take no focus and cover no field.

use crate::ui::markup::html;
use crate::ui::{
    Notice, NoticeKind, UiCommand,
    parts::{Button, Look, icon},
    use_selector, use_store,
};
use gloo::timers::callback::Timeout;
use yew::{Callback, Html, MouseEvent, Properties, component, use_effect_with};

/// Milliseconds that a message about success stays; a problem stays until it is dismissed.
const STAYS: u32 = 5000;

/// Draws all messages.
#[component]
pub fn Notices() -> Html {
    let notices = use_selector(|state| state.notices.clone());
    html! {
        <div class="notices" role="region" aria-label="Messages">
            { for notices.iter().map(|notice| html! { <One key={notice.id} notice={notice.clone()} /> }) }
        </div>
    }
}

#[derive(Debug, PartialEq, Properties)]
struct OneProps {
    notice: Notice,
}

#[component]
fn One(props: &OneProps) -> Html {
    let store = use_store();
    let Notice { id, kind, text, hint } = props.notice.clone();
    {
        let store = store.clone();
        use_effect_with(id, move |id| {
            let id = *id;
            let timer = (kind == NoticeKind::Done).then(|| Timeout::new(STAYS, move || store.dismiss(id)));
            move || drop(timer)
        });
    }
    let problem = kind != NoticeKind::Done;
    let download = {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| UiCommand::Download.run(&store))
    };
    let onclick = Callback::from(move |_: MouseEvent| store.dismiss(id));
    html! {
        <div class={if problem { "notice problem" } else { "notice" }} role={if problem { "alert" } else { "status" }}>
            { icon(if problem { "warn" } else { "check" }) }
            <p><strong>{ text }</strong> if !hint.is_empty() { <span>{ " " }{ hint }</span> }</p>
            if kind == NoticeKind::Unsaved {
                <Button label="Download" small=true onclick={download} />
            }
            <Button label="Dismiss" icon="close" icon_only=true small=true look={Look::Ghost} {onclick} />
        </div>
    }
}
