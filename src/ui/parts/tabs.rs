//! Tabs, by the ARIA pattern: one of them is in the tab order, arrow keys move between them.

use crate::ui::frames::focus_soon;
use crate::ui::markup::html;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::{AttrValue, Callback, Html, KeyboardEvent, MouseEvent, Properties, component};

/// The props of [`Tabs`].
#[derive(Debug, PartialEq, Properties)]
pub struct TabsProps {
    /// The purpose of the tabs.
    pub label: AttrValue,
    /// A prefix for ids: tab `{id}-tab-{n}` controls panel `{id}-panel`.
    pub id: AttrValue,
    /// The texts.
    pub tabs: Vec<AttrValue>,
    /// The ids of the fields that one types into behind the tabs, in their order; empty for a tab without one.
    #[prop_or_default]
    pub fields: Vec<&'static str>,
    /// Which one is chosen.
    pub chosen: usize,
    /// The choice.
    pub onchoose: Callback<usize>,
}

/// Draws a row of tabs. A click on one that leads to a field puts the focus there; the arrow keys leave it on the tabs.
/// The panel must have the id `{id}-panel`, `role="tabpanel"` and `aria-labelledby="{id}-tab-{chosen}"`.
#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    let count = props.tabs.len();
    let (choose, chosen, id) = (props.onchoose.clone(), props.chosen, props.id.clone());
    let onkeydown = Callback::from(move |e: KeyboardEvent| {
        let next = match e.key().as_str() {
            "ArrowRight" => (chosen + 1) % count.max(1),
            "ArrowLeft" => (chosen + count.max(1) - 1) % count.max(1),
            "Home" => 0,
            "End" => count.saturating_sub(1),
            _ => return,
        };
        e.prevent_default();
        choose.emit(next);
        let tab =
            web_sys::window().and_then(|w| w.document()).and_then(|d| d.get_element_by_id(&format!("{id}-tab-{next}")));
        if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok()) {
            let _ = tab.focus();
        }
    });
    let tab = |(at, text): (usize, &AttrValue)| {
        let choose = props.onchoose.clone();
        let selected = at == props.chosen;
        let field = props.fields.get(at).copied().filter(|field| !field.is_empty());
        let onclick = Callback::from(move |_: MouseEvent| {
            choose.emit(at);
            if let Some(field) = field {
                focus_soon(field);
            }
        });
        html! {
            <button
                type="button"
                role="tab"
                id={format!("{}-tab-{at}", props.id)}
                aria-selected={selected.to_string()}
                aria-controls={selected.then(|| format!("{}-panel", props.id))}
                tabindex={if selected { "0" } else { "-1" }}
                data-types={field}
                {onclick}
            >{ text }</button>
        }
    };
    html! {
        <div class="tabs" role="tablist" aria-label={&props.label} {onkeydown}>
            { for props.tabs.iter().enumerate().map(tab) }
        </div>
    }
}
