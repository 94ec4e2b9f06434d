//! A button that opens a short list of things to do.

use super::{icon, pixels};
use crate::ui::markup::html;
use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, HtmlElement, Node};
use yew::{
    AttrValue, Callback, Classes, Html, KeyboardEvent, MouseEvent, Properties, classes, component, use_effect_with,
    use_node_ref, use_state,
};

/// One thing to do.
#[derive(Clone, Debug, PartialEq)]
pub struct MenuItem {
    /// The words on it.
    pub label: AttrValue,
    /// Why it cannot be done now.
    pub blocked: Option<AttrValue>,
    /// The act.
    pub onclick: Callback<()>,
}

/// The props of [`Menu`].
#[derive(Debug, PartialEq, Properties)]
pub struct MenuProps {
    /// The words on the button, or its name when only the icon is shown.
    pub label: AttrValue,
    /// Its icon.
    #[prop_or("more")]
    pub icon: &'static str,
    /// Only the icon is shown.
    #[prop_or_default]
    pub icon_only: bool,
    /// The acts to choose from.
    pub items: Vec<MenuItem>,
    /// More classes.
    #[prop_or_default]
    pub class: Classes,
}

/// Draws a menu, by the ARIA pattern: opens below its button, arrow keys move, Escape closes and gives the focus back.
#[component]
pub fn Menu(props: &MenuProps) -> Html {
    let open = use_state(|| false);
    let node = use_node_ref();
    {
        // The first entry takes the focus when the menu opens.
        let node = node.clone();
        use_effect_with(*open, move |open| {
            if *open {
                focus_item(&node, 0);
            }
        });
    }
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let onkeydown = {
        let (open, node, count) = (open.clone(), node.clone(), props.items.len());
        Callback::from(move |e: KeyboardEvent| on_key(&e, &node, count, || open.set(false)))
    };
    let onfocusout = {
        let (open, node) = (open.clone(), node.clone());
        Callback::from(move |e: FocusEvent| {
            let inside = e.related_target().and_then(|t| t.dyn_into::<Node>().ok());
            let root = node.cast::<Node>();
            if !root.is_some_and(|root| root.contains(inside.as_ref())) {
                open.set(false);
            }
        })
    };
    let item = |item: &MenuItem| {
        let (open, node, act, blocked) = (open.clone(), node.clone(), item.onclick.clone(), item.blocked.is_some());
        let onclick = Callback::from(move |_: MouseEvent| {
            if !blocked {
                // The entry goes; a dialog that it opens gives the focus back to the button.
                focus_button(&node);
                open.set(false);
                act.emit(());
            }
        });
        html! {
            <button type="button" role="menuitem" tabindex="-1" aria-disabled={blocked.then_some("true")} {onclick}>
                { &item.label }
                if let Some(reason) = &item.blocked { <small>{ reason }</small> }
            </button>
        }
    };
    let place = if *open { place(&node) } else { None };
    let square = props.icon_only.then_some("square");
    html! {
        <div ref={node.clone()} class={classes!("menu", props.class.clone())} {onkeydown} {onfocusout}>
            <button
                type="button"
                class={classes!("btn", "ghost", square)}
                aria-haspopup="menu"
                aria-expanded={open.to_string()}
                aria-label={props.icon_only.then(|| props.label.clone())}
                title={props.icon_only.then(|| props.label.clone())}
                onclick={toggle}
            >
                if !props.icon_only { <span>{ &props.label }</span> }
                { icon(props.icon) }
            </button>
            if *open {
                <div class="menu-list" role="menu" aria-label={&props.label} style={place}>{ for props.items.iter().map(item) }</div>
            }
        </div>
    }
}

/// Returns where the list would stand in the window, as custom properties: for a menu inside something that scrolls,
/// whose sheet takes the list out of it. It opens upwards where there is more room above.
fn place(node: &yew::NodeRef) -> Option<String> {
    let button = node.cast::<HtmlElement>()?.get_bounding_client_rect();
    let window = web_sys::window()?;
    let size = |value: Result<wasm_bindgen::JsValue, _>| value.ok().and_then(|value| value.as_f64());
    let (width, height) = (size(window.inner_width())?, size(window.inner_height())?);
    let right = pixels(width - button.right());
    Some(if button.bottom() > height * 0.6 {
        format!("--menu-right:{right}px;--menu-top:auto;--menu-bottom:{}px", pixels(height - button.top() + 4.0))
    } else {
        format!("--menu-right:{right}px;--menu-top:{}px;--menu-bottom:auto", pixels(button.bottom() + 4.0))
    })
}

fn items(node: &yew::NodeRef) -> Vec<HtmlElement> {
    let Some(root) = node.cast::<HtmlElement>() else { return Vec::new() };
    let Ok(list) = root.query_selector_all("[role=menuitem]") else { return Vec::new() };
    (0..list.length()).filter_map(|at| list.get(at)?.dyn_into().ok()).collect()
}

fn focus_button(node: &yew::NodeRef) {
    let button = node.cast::<HtmlElement>().and_then(|root| root.query_selector("button").ok().flatten());
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        let _ = button.focus();
    }
}

fn focus_item(node: &yew::NodeRef, at: usize) {
    if let Some(item) = items(node).get(at) {
        let _ = item.focus();
    }
}

fn on_key(e: &KeyboardEvent, node: &yew::NodeRef, count: usize, close: impl Fn()) {
    let all = items(node);
    if all.is_empty() {
        return;
    }
    let focused = web_sys::window().and_then(|w| w.document()).and_then(|d| d.active_element());
    let at = all.iter().position(|item| focused.as_ref() == Some(item.as_ref())).unwrap_or(0);
    let target = match e.key().as_str() {
        "ArrowDown" => (at + 1) % count,
        "ArrowUp" => (at + count - 1) % count,
        "Home" => 0,
        "End" => count - 1,
        "Escape" => {
            e.stop_propagation();
            close();
            focus_button(node);
            return;
        }
        _ => return,
    };
    e.prevent_default();
    focus_item(node, target);
}
