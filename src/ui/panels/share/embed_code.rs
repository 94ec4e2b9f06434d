//! The code that puts the map into somebody's page.

use super::{Payload, address};
use crate::ui::markup::html;
use crate::ui::{
    Route,
    parts::{CopyButton, SelectField},
    use_selector,
};
use web_sys::HtmlInputElement;
use yew::{AttrValue, Callback, Event, Html, Properties, TargetCast, UseStateHandle, component, use_state};

/// Widths: what the code says, and what the choice says.
const WIDTHS: [(&str, &str); 4] = [
    ("100%", "As wide as the page allows"),
    ("900", "900 pixels"),
    ("640", "640 pixels"),
    ("360", "360 pixels, as on a phone"),
];
const THEMES: [(&str, &str); 3] = [("", "As the reader's system is"), ("light", "Light"), ("dark", "Dark")];
const HEIGHTS: [(&str, &str); 4] =
    [("360", "360 pixels"), ("480", "480 pixels"), ("640", "640 pixels"), ("800", "800 pixels")];

#[derive(Debug, PartialEq, Properties)]
pub(super) struct EmbedCodeProps {
    pub(super) payload: Payload,
}

/// Draws the code, what it may show, how large it is, and how it looks.
#[component]
pub(super) fn EmbedCode(props: &EmbedCodeProps) -> Html {
    let name = use_selector(|state| state.api().map(|api| api.config.settings.name.clone()));
    let urls = use_state(|| true);
    let call = use_state(|| false);
    let edit = use_state(|| false);
    let width = use_state(|| AttrValue::from("100%"));
    let height = use_state(|| AttrValue::from("480"));
    let theme = use_state(|| AttrValue::from(""));
    let payload = match &props.payload {
        Ok(payload) => payload.to_string(),
        Err(why) => return html! { <p class="field-error" role="alert">{ why }</p> },
    };
    let asked = [("urls", *urls), ("call", *call), ("edit", *edit), (theme.as_str(), !theme.is_empty())];
    let options = asked.into_iter().filter(|(_, on)| *on).map(|(name, _)| name.to_owned()).collect();
    let source = address(&Route::Embed { payload, options });
    let title = format!("{} in Stagecraft", name.as_deref().unwrap_or("An API"));
    let code = iframe(&source, &title, &width, &height);
    html! {
        <>
            <fieldset class="choices">
                <legend>{ "Beside the map, show" }</legend>
                { check("embed-urls", "The list of invoke URLs", &urls) }
                { check("embed-call", "The request pane, to call them", &call) }
                { check("embed-edit", "Ways to change and deploy it (never saved)", &edit) }
            </fieldset>
            <div class="two three">
                { choice("embed-width", "Width", &WIDTHS, &width) }
                { choice("embed-height", "Height", &HEIGHTS, &height) }
                { choice("embed-theme", "Theme", &THEMES, &theme) }
            </div>
            <div class="field-head"><label for="embed-code">{ "Code for your page" }</label><CopyButton label="Copy code" text={code.clone()} done="Code copied" /></div>
            <textarea id="embed-code" class="input code" readonly=true rows="4" wrap="soft" spellcheck="false" value={code} />
            <h3>{ "Preview" }</h3>
            // Another key is another frame: a frame that only got another address would add to this page's history.
            <div class="preview">
                <iframe key={source.clone()} src={source.clone()} {title} width={width.to_string()} height={height.to_string()} />
            </div>
        </>
    }
}

fn check(id: &'static str, label: &'static str, on: &UseStateHandle<bool>) -> Html {
    let set = on.clone();
    let onchange = Callback::from(move |e: Event| set.set(e.target_unchecked_into::<HtmlInputElement>().checked()));
    html! { <label class="check" for={id}><input {id} type="checkbox" checked={**on} {onchange} />{ label }</label> }
}

fn choice(
    id: &'static str,
    label: &'static str,
    choices: &[(&'static str, &'static str)],
    chosen: &UseStateHandle<AttrValue>,
) -> Html {
    let set = chosen.clone();
    let onchange = Callback::from(move |value: String| set.set(value.into()));
    let options: Vec<(AttrValue, AttrValue)> =
        choices.iter().map(|(value, text)| (AttrValue::from(*value), AttrValue::from(*text))).collect();
    html! { <SelectField {id} {label} value={(**chosen).clone()} {options} {onchange} /> }
}

/// Returns the element, with its attributes escaped. A frame has no clipboard unless it is given one.
fn iframe(source: &str, title: &str, width: &str, height: &str) -> String {
    let (source, title) = (escaped(source), escaped(title));
    format!(
        "<iframe src=\"{source}\" title=\"{title}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\" allow=\"clipboard-write\" style=\"border: 1px solid #8886; border-radius: 8px\"></iframe>"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}
