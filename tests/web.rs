//! Tests that need a browser but no journey: the page mounted into an element of a test's own.
//! `cargo xtask test web` builds them for wasm32 and runs them in Chromium.

#![cfg(target_arch = "wasm32")]

#[path = "web/acts.rs"]
mod acts;
#[path = "web/markup.rs"]
mod markup;
#[path = "web/storage.rs"]
mod storage;

/// The path on which `html!` of the page looks for its templates.
mod ui {
    pub(crate) use stagecraft::ui::markup;
}

use js_sys::Promise;
use stagecraft::ui::{App, AppProps, start};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element, Window};

wasm_bindgen_test_configure!(run_in_browser);

/// How many frames the page may take to show what a test waits for.
const PATIENCE: u32 = 120;

#[wasm_bindgen_test]
async fn the_page_mounts_into_an_element_with_the_sample_and_leaves_again() {
    let host = Host::new();
    let app = yew::Renderer::<App>::with_root_and_props(host.0.clone(), AppProps { store: start() }).render();

    let map = host.wait_for("svg.map-scene").await;
    let text = map.text_content().unwrap_or_default();
    assert!(text.contains("UsersAPI"), "a first visit shows the sample on the map: {text}");

    app.destroy();
    next_frame().await;
    assert_eq!(host.0.child_element_count(), 0, "an unmounted page leaves nothing behind");
}

/// An element at the end of the document, for one test.
struct Host(Element);

impl Host {
    fn new() -> Self {
        let element = document().create_element("div").expect("an element");
        document().body().expect("a body").append_child(&element).expect("the element goes into the body");
        Self(element)
    }

    /// Returns the first element that the selector finds, as soon as there is one.
    async fn wait_for(&self, selector: &str) -> Element {
        for _ in 0..PATIENCE {
            if let Some(found) = self.0.query_selector(selector).expect("a valid selector") {
                return found;
            }
            next_frame().await;
        }
        panic!("no {selector} within {PATIENCE} frames: {}", self.0.inner_html());
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.0.remove();
    }
}

async fn next_frame() {
    let frame = Promise::new(&mut |resolve, _| {
        window().request_animation_frame(&resolve).expect("a frame");
    });
    JsFuture::from(frame).await.expect("the frame comes");
}

fn window() -> Window {
    web_sys::window().expect("a window")
}

fn document() -> Document {
    window().document().expect("a document")
}
