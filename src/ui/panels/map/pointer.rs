//! Dragging a stage's arrow to another deployment.

use super::actions::point;
use crate::{
    diagram::{NodeRef, Rect, Scene},
    ui::Store,
};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};
use yew::{Callback, Html, UseStateHandle, hook, html, use_state};

/// An arrow that is being dragged.
#[derive(Clone, Debug, PartialEq)]
struct Dragged {
    stage: String,
    from: (i32, i32),
    at: (i32, i32),
    over: Option<NodeRef>,
}

/// What the drawing needs to know of a drag.
pub(super) struct Drag {
    state: UseStateHandle<Option<Dragged>>,
    pub(super) onmove: Callback<PointerEvent>,
    pub(super) onup: Callback<PointerEvent>,
    pub(super) oncancel: Callback<PointerEvent>,
}

impl Drag {
    /// Begins a drag from a stage's port.
    pub(super) fn start(&self, stage: String, from: (i32, i32)) -> Callback<PointerEvent> {
        let state = self.state.clone();
        Callback::from(move |e: PointerEvent| {
            e.prevent_default();
            // The drawing keeps getting the pointer's moves when it leaves the port.
            let svg =
                e.target().and_then(|t| t.dyn_into::<Element>().ok()).and_then(|t| t.closest("svg").ok().flatten());
            if let Some(svg) = svg {
                let _ = svg.set_pointer_capture(e.pointer_id());
            }
            state.set(Some(Dragged { stage: stage.clone(), from, at: from, over: None }));
        })
    }

    /// Whether the arrow would land on a node.
    pub(super) fn over(&self, node: &NodeRef) -> bool {
        self.state.as_ref().is_some_and(|dragged| dragged.over.as_ref() == Some(node))
    }

    /// The arrow in the making.
    pub(super) fn line(&self) -> Html {
        let Some(Dragged { from, at, .. }) = self.state.as_ref() else { return Html::default() };
        let d = format!("M{} {}L{} {}", from.0, from.1, at.0, at.1);
        html! { <path class="m-dragged" {d} /> }
    }
}

/// Follows a drag on the drawing; a drop on a deployment points the stage at it.
#[hook]
pub(super) fn use_drag(store: &Store, scene: &Rc<Scene>, api: &str) -> Drag {
    let state = use_state(|| None::<Dragged>);
    let onmove = {
        let (state, scene) = (state.clone(), Rc::clone(scene));
        Callback::from(move |e: PointerEvent| {
            let Some(dragged) = state.as_ref() else { return };
            let Some(at) = scene_point(&e, &scene) else { return };
            let over =
                scene.nodes.iter().find(|node| matches!(node.target, NodeRef::Deployment(_)) && contains(node.hit, at));
            let over = over.map(|node| node.target.clone());
            state.set(Some(Dragged { at, over, ..dragged.clone() }));
        })
    };
    let onup = {
        let (state, store, api) = (state.clone(), store.clone(), api.to_owned());
        Callback::from(move |_: PointerEvent| {
            let Some(dragged) = state.as_ref() else { return };
            if let Some(NodeRef::Deployment(id)) = &dragged.over {
                point(&store, &api, &dragged.stage, id);
            }
            state.set(None);
        })
    };
    let oncancel = {
        let state = state.clone();
        Callback::from(move |_: PointerEvent| state.set(None))
    };
    Drag { state, onmove, onup, oncancel }
}

fn contains(rect: Rect, (x, y): (i32, i32)) -> bool {
    x >= rect.x && x <= rect.right() && y >= rect.y && y <= rect.bottom()
}

/// Where a pointer is in the Scene's own pixels.
fn scene_point(e: &PointerEvent, scene: &Scene) -> Option<(i32, i32)> {
    let svg = e.current_target()?.dyn_into::<Element>().ok()?;
    let at = svg.get_bounding_client_rect();
    if at.width() <= 0.0 || at.height() <= 0.0 {
        return None;
    }
    let x = (f64::from(e.client_x()) - at.left()) / at.width() * f64::from(scene.width);
    let y = (f64::from(e.client_y()) - at.top()) / at.height() * f64::from(scene.height);
    #[expect(clippy::cast_possible_truncation, reason = "pixels of a screen")]
    let point = (x as i32, y as i32);
    Some(point)
}
