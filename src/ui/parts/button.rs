//! Buttons.

use super::{icon, read_only::use_read_only};
use crate::ui::core::{UiCommand, browser::is_mac, use_selector, use_store};
use crate::ui::markup::html;
use yew::{Callback, Classes, Html, MouseEvent, Properties, classes, component};

/// How much a button stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// With a border.
    #[default]
    Plain,
    /// The one thing to do here.
    Primary,
    /// Text only.
    Ghost,
    /// Something goes when it is pressed.
    Danger,
}

/// The props of [`Button`].
#[derive(Debug, PartialEq, Properties)]
pub struct ButtonProps {
    /// The words on it.
    pub label: String,
    /// An icon before it.
    #[prop_or_default]
    pub icon: &'static str,
    /// How much it stands out.
    #[prop_or_default]
    pub look: Look,
    /// A smaller one.
    #[prop_or_default]
    pub small: bool,
    /// Only the icon is shown; the label is its name.
    #[prop_or_default]
    pub icon_only: bool,
    /// Why it cannot be pressed now. It can still be focused, so that the reason can be read.
    #[prop_or_default]
    pub blocked: Option<String>,
    /// Whether it submits its form.
    #[prop_or_default]
    pub submit: bool,
    /// The tooltip, when it says more than the label.
    #[prop_or_default]
    pub title: Option<String>,
    /// More classes.
    #[prop_or_default]
    pub class: Classes,
    /// The act.
    #[prop_or_default]
    pub onclick: Callback<MouseEvent>,
}

/// Draws a button. One that is blocked stays focusable and says why.
#[component]
pub fn Button(props: &ButtonProps) -> Html {
    view(props, props.blocked.as_ref())
}

/// Draws a button that changes something: blocked where nothing can be changed.
#[component]
pub fn EditButton(props: &ButtonProps) -> Html {
    let read_only = use_read_only().map(str::to_owned);
    view(props, read_only.as_ref().or(props.blocked.as_ref()))
}

fn view(props: &ButtonProps, why: Option<&String>) -> Html {
    let look = match props.look {
        Look::Plain => "",
        Look::Primary => "primary",
        Look::Ghost => "ghost",
        Look::Danger => "danger",
    };
    let blocked = why.is_some();
    let onclick = if blocked { Callback::noop() } else { props.onclick.clone() };
    let title = why.cloned().or_else(|| props.title.clone());
    let title = title.or_else(|| props.icon_only.then(|| props.label.clone()));
    let small = props.small.then_some("small");
    let square = props.icon_only.then_some("square");
    html! {
        <button
            type={if props.submit && !blocked { "submit" } else { "button" }}
            class={classes!("btn", look, small, square, props.class.clone())}
            aria-disabled={blocked.then_some("true")}
            aria-label={props.icon_only.then(|| props.label.clone())}
            {title}
            {onclick}
        >
            { icon(props.icon) }
            if !props.icon_only { <span>{ &props.label }</span> }
        </button>
    }
}

/// The props of [`CommandButton`].
#[derive(Debug, PartialEq, Properties)]
pub struct CommandButtonProps {
    /// The command.
    pub command: UiCommand,
    /// Another label than the command's.
    #[prop_or_default]
    pub label: Option<String>,
    /// How much it stands out.
    #[prop_or_default]
    pub look: Look,
    /// A smaller one.
    #[prop_or_default]
    pub small: bool,
    /// Only the icon is shown.
    #[prop_or_default]
    pub icon_only: bool,
    /// With the command's icon.
    #[prop_or_default]
    pub with_icon: bool,
    /// More classes.
    #[prop_or_default]
    pub class: Classes,
}

/// Draws a button for a command: label, icon, keys and the reason why not all come from the command.
#[component]
pub fn CommandButton(props: &CommandButtonProps) -> Html {
    let store = use_store();
    let command = props.command;
    let blocked = use_selector(move |state| command.unavailable(state));
    let keys = use_selector(move |state| command.keys(state));
    let keys = keys.map(|keys| format!(" ({})", keys.text(is_mac())));
    let title = format!("{}{}", command.label(), keys.unwrap_or_default());
    let onclick = Callback::from(move |_: MouseEvent| command.run(&store));
    html! {
        <Button
            label={props.label.clone().unwrap_or_else(|| command.label().to_owned())}
            icon={if props.with_icon || props.icon_only { command.icon() } else { "" }}
            look={props.look}
            small={props.small}
            icon_only={props.icon_only}
            blocked={blocked.map(str::to_owned)}
            {title}
            class={props.class.clone()}
            {onclick}
        />
    }
}
