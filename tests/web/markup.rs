//! The page's `html!` against Yew's: out of the lines that stand here once for both, a browser gets equal elements. Yew puts
//! what is there or not behind the other attributes, and classes last; so do these lines.

use super::{Host, next_frame};
use js_sys::Reflect;
use stagecraft::ui::markup::html;
use std::cell::Cell;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;
use yew::{
    AttrValue, Callback, Children, Html, MouseEvent, NodeRef, Properties, classes, component, use_effect_with,
    use_state,
};

/// Puts one line of markup on the page twice.
macro_rules! equal {
    ($($markup:tt)*) => {{
        let (ours, yews): (Html, Html) = (html! { $($markup)* }, yew::html! { $($markup)* });
        assert_eq!(on_page(ours).await, on_page(yews).await, "{}", stringify!($($markup)*));
    }};
}

#[derive(PartialEq, Properties)]
struct GivenProps {
    markup: Html,
}

#[component]
fn Given(props: &GivenProps) -> Html {
    props.markup.clone()
}

/// Returns the markup as the browser has it, and what its fields hold.
async fn on_page(markup: Html) -> (String, Vec<(String, bool)>) {
    let host = Host::new();
    let app = yew::Renderer::<Given>::with_root_and_props(host.0.clone(), GivenProps { markup }).render();
    next_frame().await;
    let fields = host.0.query_selector_all("input, textarea").expect("a selector");
    let fields = (0..fields.length()).filter_map(|at| fields.item(at)).map(|field| {
        let member = |name: &str| Reflect::get(&field, &name.into()).expect("a field");
        (member("value").as_string().unwrap_or_default(), member("checked").is_truthy())
    });
    let found = (host.0.inner_html(), fields.collect());
    app.destroy();
    found
}

#[wasm_bindgen_test]
async fn elements_texts_and_attributes_are_as_yew_makes_them() {
    let name = AttrValue::from("a name");
    let (none, some): (Option<AttrValue>, _) = (None, Some(name.clone()));
    equal! {}
    equal! { <br /> }
    equal! { "text" }
    equal! { { name.clone() } }
    equal! { <p aria-label="x" class="one two">{ "text" }</p> }
    equal! { <p title={name.clone()} data-x={none.clone()} lang={some.clone()} class={classes!("one", true.then_some("two"))} /> }
    equal! { <p class={classes!(false.then_some("two"))}></p> }
    equal! { <button type="button" disabled={true} hidden={false} /> }
    equal! { <button disabled=true hidden=false /> }
    equal! { <select><option value={name.clone()} selected={true} /><option value="b" /></select> }
    equal! { <svg viewBox="0 0 1 1"><path d="M0 0" /></svg> }
}

#[wasm_bindgen_test]
async fn what_fields_hold_is_as_yew_makes_it() {
    let (value, field) = (AttrValue::from("v"), NodeRef::default());
    equal! { <input type="text" value={value.clone()} ref={field.clone()} /> }
    equal! { <input type="checkbox" checked={true} /> }
    equal! { <textarea value={value.clone()} rows="3" /> }
    equal! { <input value="fixed" key="k" /> }
}

#[wasm_bindgen_test]
async fn children_are_as_yew_makes_them() {
    let items = ["a", "b"];
    let several = || items.iter().map(|item| yew::html! { <li key={*item}>{ *item }</li> });
    let (list, one): (Vec<Html>, Vec<Html>) = (several().collect(), several().take(1).collect());
    let (there, missing) = (Some(yew::html! { <b /> }), None::<Html>);
    let on = !items.is_empty();
    equal! { <ul>{ for several() }</ul> }
    equal! { <ul><li />{ for several() }</ul> }
    equal! { <ul>{ list.clone() }</ul> }
    equal! { <ul>{ one.clone() }</ul> }
    equal! { <ul><li />{ list.clone() }<li /></ul> }
    equal! { <p>{ there.clone() }</p> }
    equal! { <p>{ "a" }{ missing.clone() }</p> }
    equal! { <p>{ 7_usize }{ String::from("b") }</p> }
    equal! { <><i /><b /></> }
    equal! { <p><><i /></></p> }
    equal! { <p>if on { <i /> } else { <b /> }</p> }
    equal! { <p>if !on { <i /> }<b /></p> }
    equal! { <p>if let Some(item) = items.first() { <i>{ *item }</i><b /> }</p> }
    equal! { if on { <i /> } else if items.len() > 5 { <b /> } }
}

#[wasm_bindgen_test]
async fn a_template_is_filled_anew_each_time() {
    let made: Html = (0..3_usize).map(|at| html! { <i title={at.to_string()}>{ at }</i> }).collect();
    let (text, _) = on_page(made).await;
    assert_eq!(text, r#"<i title="0">0</i><i title="1">1</i><i title="2">2</i>"#);
}

thread_local! {
    /// Counts the boxes that have come and gone.
    static BOXES: Cell<(u32, u32)> = const { Cell::new((0, 0)) };
}

#[derive(PartialEq, Properties)]
struct BoxProps {
    label: AttrValue,
    #[prop_or_default]
    children: Children,
}

#[component]
fn Box(props: &BoxProps) -> Html {
    use_effect_with((), |()| {
        BOXES.set((BOXES.get().0 + 1, BOXES.get().1));
        || BOXES.set((BOXES.get().0, BOXES.get().1 + 1))
    });
    html! { <div class="box" title={props.label.clone()}>{ props.children.clone() }</div> }
}

#[component]
fn Plain() -> Html {
    let count = use_state(|| 0_u32);
    html! { <output>{ *count }</output> }
}

#[component]
fn Switch() -> Html {
    let label = use_state(|| 0_u32);
    let next = Callback::from({
        let label = label.clone();
        move |_: MouseEvent| label.set(*label + 1)
    });
    html! {
        <>
            <button onclick={next}>{ "Next" }</button>
            if *label < 2 {
                <Box label={label.to_string()}><i>{ "inside" }</i></Box>
            } else {
                <Plain />
            }
        </>
    }
}

#[wasm_bindgen_test]
async fn a_component_is_updated_where_it_stands_and_gives_way_to_another() {
    let host = Host::new();
    let app = yew::Renderer::<Switch>::with_root(host.0.clone()).render();
    let button: HtmlElement = host.wait_for("button").await.unchecked_into();
    host.wait_for(".box[title='0'] i").await;
    button.click();
    host.wait_for(".box[title='1'] i").await;
    assert_eq!(BOXES.get(), (1, 0), "other props make no other component");
    button.click();
    host.wait_for("output").await;
    assert!(host.0.query_selector(".box").expect("a selector").is_none(), "{}", host.0.inner_html());
    assert_eq!(BOXES.get(), (1, 1), "what takes its place ends the effects of the one before");
    app.destroy();
}
