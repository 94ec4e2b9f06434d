//! Dragging an arrow: that of a stage or of its canary to another deployment, that of a custom domain name to another
//! stage; that of a canary onto its stage, which promotes it; any of them into the bin, which deletes what it belongs
//! to. A deployment has no arrow of its own: its card is dragged, onto a stage or into the bin.

use super::actions::point;
use crate::ui::markup::html;
use crate::{
    diagram::{Node, NodeRef, Rect, Scene},
    ui::{State, Store, core::Arrow},
};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};
use yew::{Callback, Html, UseStateHandle, hook, use_mut_ref, use_state};

/// How far a pointer moves, in pixels of the Scene, until a press on a card is a drag and not a click.
const SLACK: i32 = 6;

/// An arrow that is being dragged.
#[derive(Clone, Debug, PartialEq)]
struct Dragged {
    arrow: Arrow,
    from: (i32, i32),
    at: (i32, i32),
    over: Option<NodeRef>,
    /// Tells whether it has left the card where it began. A canary's arrow can be dropped there, and nobody means that by a
    /// click.
    away: bool,
    /// Whether it is over the bin.
    binned: bool,
}

/// The state of a drag, for the drawing.
pub(super) struct Drag {
    state: UseStateHandle<Option<Dragged>>,
    pub(super) ondown: Callback<PointerEvent>,
    pub(super) onmove: Callback<PointerEvent>,
    pub(super) onup: Callback<PointerEvent>,
    pub(super) oncancel: Callback<PointerEvent>,
}

impl Drag {
    /// Begins a drag from where an arrow leaves its node.
    pub(super) fn start(&self, arrow: Arrow, from: (i32, i32)) -> Callback<PointerEvent> {
        let state = self.state.clone();
        Callback::from(move |e: PointerEvent| {
            e.prevent_default();
            capture(&e);
            state.set(Some(Dragged { arrow: arrow.clone(), from, at: from, over: None, away: false, binned: false }));
        })
    }

    /// Tells whether the arrow would land on a node.
    pub(super) fn over(&self, node: &NodeRef) -> bool {
        self.state.as_ref().is_some_and(|dragged| dragged.over.as_ref() == Some(node))
    }

    /// Draws the arrow in the making.
    pub(super) fn line(&self) -> Html {
        let Some(Dragged { from, at, .. }) = self.state.as_ref() else { return Html::default() };
        let d = format!("M{} {}L{} {}", from.0, from.1, at.0, at.1);
        html! { <path class="m-dragged" {d} /> }
    }

    /// Draws where an arrow can be dropped to delete what it belongs to.
    pub(super) fn bin(&self) -> Html {
        let Some(Dragged { arrow, binned, .. }) = self.state.as_ref() else { return Html::default() };
        let class = if *binned { "map-bin over" } else { "map-bin" };
        html! { <div {class} aria-hidden="true">{ format!("Drop here to delete the {}", arrow.held()) }</div> }
    }
}

/// Follows a drag on the drawing; a drop on a node that the arrow can point at points it there.
#[hook]
pub(super) fn use_drag(store: &Store, scene: &Rc<Scene>, api: &str) -> Drag {
    let state = use_state(|| None::<Dragged>);
    // The card that is held, and where. A press draws nothing: most are clicks.
    let pressed = use_mut_ref(|| None::<(Arrow, (i32, i32))>);
    let ondown = {
        let (scene, store, pressed) = (Rc::clone(scene), store.clone(), Rc::clone(&pressed));
        Callback::from(move |e: PointerEvent| {
            // A finger on a card scrolls; what begins at the end of an arrow has been taken.
            let takes = e.button() == 0 && e.pointer_type() != "touch" && !e.default_prevented();
            let at = scene_point(&e, &scene).filter(|_| takes && !store.read(State::is_read_only));
            *pressed.borrow_mut() = at.and_then(|at| Some((Arrow::Deployment(deployment_at(&scene, at)?), at)));
        })
    };
    let onmove = {
        let (state, scene, pressed) = (state.clone(), Rc::clone(scene), Rc::clone(&pressed));
        Callback::from(move |e: PointerEvent| {
            let held = pressed.borrow().clone();
            if held.is_none() && state.is_none() {
                return;
            }
            let Some(at) = scene_point(&e, &scene) else { return };
            if let Some((arrow, from)) = held {
                let left = (at.0 - from.0).abs().max((at.1 - from.1).abs()) > SLACK;
                // Let go of where nothing heard of it.
                let gone = e.buttons() & 1 == 0;
                if left || gone {
                    *pressed.borrow_mut() = None;
                }
                if left && !gone {
                    capture(&e);
                    state.set(Some(Dragged { arrow, from, at, over: None, away: true, binned: false }));
                }
                return;
            }
            let Some(dragged) = state.as_ref() else { return };
            let binned = is_binned(&e);
            let at_home = |node: &Node| matches!(node.target, NodeRef::Stage(_)) && contains(node.hit, dragged.from);
            let away = dragged.away || !scene.nodes.iter().any(|node| at_home(node) && contains(node.hit, at));
            let now = Dragged { at, away, binned, ..dragged.clone() };
            let over = landing(&scene, &now).filter(|_| !binned);
            state.set(Some(Dragged { over, ..now }));
        })
    };
    let onup = {
        let (state, scene, store, api) = (state.clone(), Rc::clone(scene), store.clone(), api.to_owned());
        let pressed = Rc::clone(&pressed);
        Callback::from(move |e: PointerEvent| {
            *pressed.borrow_mut() = None;
            let Some(dragged) = state.as_ref() else { return };
            // Asked anew: a quick hand lets go before its last move is drawn.
            let over = scene_point(&e, &scene).and_then(|at| landing(&scene, &Dragged { at, ..dragged.clone() }));
            if is_binned(&e) {
                point(&store, &api, dragged.arrow.clone(), None);
            } else if let Some(over) = over {
                point(&store, &api, dragged.arrow.clone(), Some(&over));
            }
            state.set(None);
        })
    };
    let oncancel = {
        let state = state.clone();
        Callback::from(move |_: PointerEvent| {
            *pressed.borrow_mut() = None;
            state.set(None);
        })
    };
    Drag { state, ondown, onmove, onup, oncancel }
}

/// Gives a pointer's moves to the drawing, also those outside of it.
fn capture(e: &PointerEvent) {
    if let Some(svg) = svg_of(e) {
        let _ = svg.set_pointer_capture(e.pointer_id());
    }
}

/// Returns the deployment whose card is at a point.
fn deployment_at(scene: &Scene, at: (i32, i32)) -> Option<String> {
    scene.nodes.iter().filter(|node| contains(node.hit, at)).find_map(|node| match &node.target {
        NodeRef::Deployment(id) => Some(id.to_string()),
        _ => None,
    })
}

/// Tells whether a pointer is over the bin, whatever element hears of it or lies above.
fn is_binned(e: &PointerEvent) -> bool {
    let Ok(Some(bin)) = gloo::utils::document().query_selector(".map-bin") else { return false };
    let (at, x, y) = (bin.get_bounding_client_rect(), f64::from(e.client_x()), f64::from(e.client_y()));
    x >= at.left() && x <= at.right() && y >= at.top() && y <= at.bottom()
}

/// Returns the node that an arrow would point at when it is let go here.
fn landing(scene: &Scene, dragged: &Dragged) -> Option<NodeRef> {
    let fits = |node: &&Node| {
        let home = matches!((&dragged.arrow, &node.target), (Arrow::Canary(_), NodeRef::Stage(_)));
        dragged.arrow.fits(&node.target) && (dragged.away || !home)
    };
    scene.nodes.iter().filter(fits).find(|node| contains(node.hit, dragged.at)).map(|node| node.target.clone())
}

fn contains(rect: Rect, (x, y): (i32, i32)) -> bool {
    x >= rect.x && x <= rect.right() && y >= rect.y && y <= rect.bottom()
}

/// Returns the drawing that an event comes from.
fn svg_of(e: &PointerEvent) -> Option<Element> {
    e.target()?.dyn_into::<Element>().ok()?.closest("svg").ok()?
}

/// Returns where a pointer is in the Scene's own pixels.
fn scene_point(e: &PointerEvent, scene: &Scene) -> Option<(i32, i32)> {
    // Not the event's current target: that is the page's root, where Yew listens for all.
    let svg = svg_of(e)?;
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
