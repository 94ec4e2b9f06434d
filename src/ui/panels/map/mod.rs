//! The map: the Scene of the API, to look at, to walk through by keyboard, to select on, and to drag arrows on.

pub(in crate::ui) mod actions;
mod draw;
mod pointer;

use crate::ui::markup::html;
use crate::{
    diagram::{self, Edge, Emphasis, Node, NodeRef, Options, Path, Scene, Width},
    entities,
    ui::{
        Confirm, Dialog, Page, Place, Same, StageTab, State, Store, UiCommand, Visit, after_paint,
        core::Arrow,
        later::{Part, Slot},
        parts::{Button, CommandButton, Look, pixels},
        use_selector, use_selector_soon, use_soon, use_store,
    },
};
use pointer::{Drag, use_drag};
use std::rc::Rc;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{HtmlElement, ResizeObserver, SvgElement};
use yew::{
    AttrValue, Callback, Html, KeyboardEvent, MouseEvent, Properties, WheelEvent, component, hook, use_effect_with,
    use_force_update, use_memo, use_mut_ref, use_node_ref, use_state,
};

/// Below this width of its pane the map takes its narrow form: the wide one would not fit at its smallest.
const NARROW: i32 = 700;
/// It is never drawn smaller than this to make it fit; beyond that it scrolls.
const SMALLEST_FIT: f64 = 0.72;
/// Each form grows with its pane up to this.
const LARGEST_FIT: f64 = 1.5;
const LARGEST_NARROW_FIT: f64 = 1.1;
/// The height of the tools at the lower edge of the pane.
const TOOLS: i32 = 40;

/// So many more deployments are drawn in a frame that has nothing else to do; in the one that answers a click it is one.
const AT_ONCE: usize = 4;

/// Draws the map.
#[component]
pub fn Map() -> Html {
    let node = use_node_ref();
    let (pane_width, pane_height) = use_size(&node);
    let api = use_selector_soon(|state| state.api().map(Same::from));
    let zoom = use_state(|| None::<f64>);
    let width = if pane_width < NARROW { Width::Narrow } else { Width::Wide };
    let Some(api) = api else {
        return html! { <section class="map" id="map" tabindex="-1" aria-label="Map" ref={node}><NoApi /></section> };
    };
    let onwheel = {
        let zoom = zoom.clone();
        Callback::from(move |e: WheelEvent| {
            // Control and wheel is also what a pinch on a trackpad sends.
            if e.ctrl_key() {
                e.prevent_default();
                let now = zoom.unwrap_or(1.0);
                zoom.set(Some((now * (1.0 - e.delta_y() / 400.0)).clamp(0.4, 2.5)));
            }
        })
    };
    let onzoom = {
        let zoom = zoom.clone();
        Callback::from(move |next: Option<f64>| zoom.set(next))
    };
    html! {
        <section class="map" id="map" tabindex="-1" aria-label="Map">
            <div class="map-scroll" tabindex="-1" ref={node} {onwheel}>
                <Drawing {api} {width} {pane_width} {pane_height} zoom={*zoom} />
            </div>
            <div class="map-tools">
                <Slot part={Part::Actions} />
                <Zoom zoom={*zoom} {onzoom} />
            </div>
        </section>
    }
}

/// Returns the size of an element's inside, followed as it changes.
#[hook]
fn use_size(node: &yew::NodeRef) -> (i32, i32) {
    let size = use_state(|| (1000, 500));
    {
        let (node, size) = (node.clone(), size.clone());
        use_effect_with((), move |()| {
            let element = node.cast::<HtmlElement>();
            let measured = element.clone();
            let measure = Closure::<dyn FnMut()>::new(move || {
                if let Some(element) = &measured {
                    let now = (element.client_width(), element.client_height());
                    // A pane that is not shown has no size; its last one is the better guess.
                    if now.0 > 0 && now != *size {
                        size.set(now);
                    }
                }
            });
            let observer = ResizeObserver::new(measure.as_ref().unchecked_ref()).ok();
            if let (Some(observer), Some(element)) = (&observer, &element) {
                observer.observe(element);
            }
            move || {
                if let Some(observer) = observer {
                    observer.disconnect();
                }
                drop(measure);
            }
        });
    }
    *size
}

/// Draws what the map says when there is no API.
#[component]
fn NoApi() -> Html {
    let look_only = use_selector(|state| state.read_only);
    html! {
        <div class="empty">
            <h2>{ "This workspace has no API" }</h2>
            <p>{ "An API has resources with methods. A deployment freezes them, a stage points at a deployment, and the stage's URLs answer from it." }</p>
            if !look_only { <CommandButton command={UiCommand::CreateApi} look={Look::Primary} /> }
        </div>
    }
}

#[derive(Debug, PartialEq, Properties)]
struct ZoomProps {
    zoom: Option<f64>,
    onzoom: Callback<Option<f64>>,
}

/// Zoom in, out, and back to fit.
#[component]
fn Zoom(props: &ZoomProps) -> Html {
    let step = |factor: f64| {
        let (now, zoom) = (props.zoom.unwrap_or(1.0), props.onzoom.clone());
        Callback::from(move |_: MouseEvent| zoom.emit(Some((now * factor).clamp(0.4, 2.5))))
    };
    let fit = props.onzoom.reform(|_: MouseEvent| None);
    html! {
        <span class="zoom" role="group" aria-label="Zoom">
            <Button label="Zoom out" icon="minus" icon_only=true small=true onclick={step(0.8)} />
            <Button label="Zoom in" icon="plus" icon_only=true small=true onclick={step(1.25)} />
            if props.zoom.is_some() { <Button label="Fit" small=true onclick={fit} /> }
        </span>
    }
}

#[derive(Debug, PartialEq, Properties)]
struct DrawingProps {
    api: Same<entities::RestApi>,
    width: Width,
    pane_width: i32,
    pane_height: i32,
    zoom: Option<f64>,
}

/// Draws the Scene as it stands, with the dot of the latest request.
#[component]
fn Drawing(props: &DrawingProps) -> Html {
    let store = use_store();
    let place = use_selector_soon(|state| state.present().place.clone());
    let account = use_selector_soon(|state| Same::from(&state.present().account));
    let unfolded = use_selector(|state| state.unfolded);
    let selected = use_selector(selected_node);
    let read_only = use_selector_soon(State::is_read_only);
    // The pane of such an embed is as tall as the map, so the map must not be as tall as the pane.
    let (look_only, own_height) = use_selector(|state| {
        let below = matches!(&state.visit, Visit::Embed { urls, call, .. } if *urls || *call);
        (state.read_only, !below)
    });
    let room = if own_height { f64::from(props.pane_height - TOOLS) } else { 0.0 };
    let largest = fit(props.pane_width, props.width);
    let options = Options {
        width: props.width,
        // In steps, so that a pane that is drawn larger lays out the map a few times only.
        height: pixels(room / largest) / 16 * 16,
        look_only,
        selected: None,
        unfolded,
        utc_offset_minutes: utc_offset(),
    };
    let scene = use_scene((props.api.clone(), place, account, options), selected.as_ref());
    let nodes: Rc<Vec<Rc<Node>>> =
        use_memo(Same(Rc::clone(&scene)), |scene| scene.nodes.iter().cloned().map(Rc::new).collect());
    // Those of a fold that opens are many; the ones that were there stay.
    let late = use_late(&nodes, selected.as_ref());
    let arrows = use_arrows(&scene, unfolded);
    let nodes: Vec<Rc<Node>> = nodes.iter().map(|node| in_scene(node, &scene, &arrows)).collect();
    let path = selected.clone().map(|selected| Path::of(&scene, &selected)).unwrap_or_default();
    let drag = use_drag(&store, &scene, &props.api.id);
    // Larger than drawn only as far as all of it stays in sight.
    let tallest = (room / f64::from(arrows.height.max(1))).max(1.0);
    let scale = props.zoom.unwrap_or(largest.min(tallest));
    let size = |length: i32| pixels(f64::from(length) * scale).to_string();
    let first = scene.nodes.iter().position(|n| path.node(&n.target) == Emphasis::Selected).unwrap_or(0);
    html! {
        <>
            <svg
                class="map-scene"
                viewBox={arrows.view_box()}
                width={size(arrows.width)}
                height={size(arrows.height)}
                role="group"
                aria-label={scene.title.clone()}
                aria-describedby="map-sentences"
                onpointerdown={drag.ondown.clone()}
                onpointermove={drag.onmove.clone()}
                onpointerup={drag.onup.clone()}
                onpointercancel={drag.oncancel.clone()}
            >
                { draw::shapes(&scene.decor) }
                // Each a list of its own: among others Yew goes by places instead of keys, and would draw all anew.
                <>{ for arrows.edges.iter().filter(|edge| edge.is_drawn()).map(|edge| {
                    draw_edge(edge, path.edge(edge))
                }) }</>
                <>{ for nodes.iter().enumerate().filter(|(_, node)| !late.contains(&node.target)).map(|(at, node)| {
                    let (tab, target, emphasis) = (at == first, drag.over(&node.target), path.node(&node.target));
                    let pressed = !(look_only && node.target == NodeRef::Next);
                    html! { <MapNode key={node.target.dom_id()} node={Rc::clone(node)} {emphasis} {tab} {target} {pressed} /> }
                }) }</>
                if !read_only { { for arrows.edges.iter().filter_map(|edge| draw_port(edge, &drag)) } }
                { drag.line() }
                <Dot scene={Same(Rc::clone(&scene))} />
            </svg>
            { drag.bin() }
            <p id="map-sentences" class="visually-hidden">{ &scene.description }</p>
        </>
    }
}

/// Returns the scale at which a form of the map is as wide as its pane, within bounds.
fn fit(pane_width: i32, width: Width) -> f64 {
    let fit = f64::from(pane_width) / f64::from(width.pixels());
    match width {
        Width::Narrow => fit.min(LARGEST_NARROW_FIT),
        Width::Wide => fit.clamp(SMALLEST_FIT, LARGEST_FIT),
    }
}

/// Returns the deployments that are drawn in a later frame: of those that were not there before, all but some.
#[hook]
fn use_late(nodes: &[Rc<Node>], selected: Option<&NodeRef>) -> Vec<NodeRef> {
    let before = use_mut_ref(|| (Vec::<NodeRef>::new(), false));
    let update = use_force_update();
    let (there, more) = &mut *before.borrow_mut();
    let deployments = || nodes.iter().map(|n| &n.target).filter(|target| matches!(target, NodeRef::Deployment(_)));
    let new: Vec<&NodeRef> = deployments().filter(|target| !there.contains(target)).collect();
    let late: Vec<NodeRef> = new
        .into_iter()
        .filter(|target| Some(*target) != selected)
        .skip(if *more { AT_ONCE } else { 1 })
        .cloned()
        .collect();
    *more = !late.is_empty();
    *there = deployments().filter(|target| !late.contains(target)).cloned().collect();
    use_effect_with(late.len(), move |left| {
        let waiting = (*left > 0).then(|| after_paint(move || update.force_update()));
        move || drop(waiting)
    });
    late
}

/// Returns the Scene whose arrows and size are drawn: where deployments fold or unfold, those and what the arrows begin
/// at follow by a frame.
#[hook]
fn use_arrows(scene: &Rc<Scene>, unfolded: bool) -> Rc<Scene> {
    let before = use_mut_ref(|| Rc::clone(scene));
    if use_soon(unfolded) == unfolded {
        *before.borrow_mut() = Rc::clone(scene);
    }
    before.borrow().clone()
}

/// Returns a node where it stands in the Scene whose arrows are drawn, unless it is one of those that fold.
fn in_scene(node: &Rc<Node>, scene: &Rc<Scene>, arrows: &Rc<Scene>) -> Rc<Node> {
    let follows = matches!(node.target, NodeRef::Stage(_) | NodeRef::Url { .. } | NodeRef::Domain { .. });
    match arrows.node(&node.target).filter(|_| follows && !Rc::ptr_eq(scene, arrows)) {
        Some(there) => Rc::new(there.clone()),
        None => Rc::clone(node),
    }
}

/// The values that a Scene is made of.
type Shown = (Same<entities::RestApi>, entities::Place, Same<entities::Account>, Options);

/// Returns the Scene for these, without a selection. Only a deployment that would be folded away is drawn because it is
/// selected.
#[hook]
fn use_scene(of: Shown, selected: Option<&NodeRef>) -> Rc<Scene> {
    let plain = use_memo(of.clone(), |(api, place, account, options)| diagram::scene(api, place, account, options));
    let hidden =
        selected.filter(|target| matches!(target, NodeRef::Deployment(_)) && plain.node(target).is_none()).cloned();
    let of = hidden.map(|hidden| (of.0, of.1, of.2, Options { selected: Some(hidden), ..of.3 }));
    let unhidden = use_memo(of, |of| {
        of.as_ref().map(|(api, place, account, options)| Rc::new(diagram::scene(api, place, account, options)))
    });
    (*unhidden).clone().unwrap_or(plain)
}

fn draw_edge(edge: &Edge, emphasis: Emphasis) -> Html {
    html! {
        <g key={edge.dom_id()} id={edge.dom_id()} class={edge.classes_with(emphasis)} style={edge.hue.map(|hue| format!("--h:{hue}"))}>
            <title>{ &edge.title }</title>
            <path class="m-line" d={edge.d.clone()} style={format!("d:path('{}')", edge.d)} />
            <path class="m-head" d={edge.head.clone()} style={format!("d:path('{}')", edge.head)} />
            { draw::shapes(&edge.note) }
        </g>
    }
}

/// Draws where an arrow can be grabbed. It lies over the nodes: half of it is on the card that the arrow leaves.
fn draw_port(edge: &Edge, drag: &Drag) -> Option<Html> {
    let ((x, y), arrow) = edge.port.zip(Arrow::of(edge))?;
    let (title, id) = (arrow.invitation(), format!("{}-port", edge.dom_id()));
    Some(html! {
        <g key={id.clone()} {id} class="m-snap" style={edge.hue.map(|hue| format!("--h:{hue}"))}>
            <circle class="m-port m-grab" cx={x.to_string()} cy={y.to_string()} r="7" onpointerdown={drag.start(arrow, (x, y))}>
                <title>{ title }</title>
            </circle>
        </g>
    })
}

#[derive(Debug, PartialEq, Properties)]
struct MapNodeProps {
    node: Rc<Node>,
    /// How much attention it gets.
    emphasis: Emphasis,
    /// Whether it is the one in the order of the Tab key.
    tab: bool,
    /// Whether an arrow that is dragged would land here.
    target: bool,
    /// Tells whether it can be pressed.
    pressed: bool,
}

/// Draws one node: a button that selects what it stands for.
#[component]
fn MapNode(props: &MapNodeProps) -> Html {
    let store = use_store();
    let node = &props.node;
    let onclick = {
        let (store, target) = (store.clone(), node.target.clone());
        Callback::from(move |_: MouseEvent| activate(&store, &target))
    };
    let onkeydown = {
        let (store, target, near) = (store.clone(), node.target.clone(), node.near.clone());
        Callback::from(move |e: KeyboardEvent| {
            let next = match e.key().as_str() {
                "Enter" | " " => {
                    e.prevent_default();
                    activate(&store, &target);
                    return;
                }
                "Delete" => {
                    e.prevent_default();
                    remove(&store, &target);
                    return;
                }
                "ArrowLeft" => near.left.as_ref(),
                "ArrowRight" => near.right.as_ref(),
                "ArrowUp" => near.up.as_ref(),
                "ArrowDown" => near.down.as_ref(),
                _ => return,
            };
            e.prevent_default();
            if let Some(next) = next {
                focus(&next.dom_id());
            }
        })
    };
    let at = AttrValue::from(format!("translate({} {})", node.origin.0, node.origin.1));
    let home = (-node.origin.0, -node.origin.1);
    let (hit, ring) = (node.hit.moved(home), node.ring().moved(home));
    let class = node.classes_with(props.emphasis);
    let class = if props.target { format!("{class} m-target") } else { class };
    html! {
        <g {class} style={node.hue.map(|hue| format!("--h:{hue}"))}>
            // The drawing lies beside the button, not in it: the label says in sentences what is drawn in pieces.
            <g aria-hidden="true" transform={at.clone()}><Shapes node={Rc::clone(node)} /></g>
            if props.pressed { <g
                transform={at}
                id={node.target.dom_id()}
                role="button"
                tabindex={if props.tab { "0" } else { "-1" }}
                aria-label={node.label.clone()}
                aria-keyshortcuts={can_go(&node.target).then_some("Delete")}
                aria-pressed={(props.emphasis == Emphasis::Selected).to_string()}
                {onclick}
                {onkeydown}
            >
                <title>{ &node.title }</title>
                <rect class="m-hit" x={hit.x.to_string()} y={hit.y.to_string()} width={hit.w.to_string()} height={hit.h.to_string()} />
                <rect class="m-ring" x={ring.x.to_string()} y={ring.y.to_string()} width={ring.w.to_string()} height={ring.h.to_string()} rx="10" />
            </g> }
        </g>
    }
}

#[derive(Clone, Debug, Properties)]
struct ShapesProps {
    node: Rc<Node>,
}

impl PartialEq for ShapesProps {
    fn eq(&self, other: &Self) -> bool {
        self.node.shapes == other.node.shapes
    }
}

/// Draws how a node looks. Where it is makes no difference: one that has only moved is not drawn again.
#[component]
fn Shapes(props: &ShapesProps) -> Html {
    // The working copy lists more resources on a taller map: many small pieces, which can wait for a frame.
    let late = use_soon(props.clone());
    let shown = if matches!(props.node.target, NodeRef::WorkingCopy) { &late } else { props };
    draw::shapes(&shown.node.shapes)
}

#[derive(Debug, PartialEq, Properties)]
struct DotProps {
    scene: Same<Scene>,
}

/// Draws the latest request: a dot that runs along the arrows that it took.
#[component]
fn Dot(props: &DotProps) -> Html {
    let latest = use_selector(|state| {
        let exchange = state.latest()?;
        let by_canary = exchange.invocation.canary == Some(true);
        let invocation = &exchange.invocation;
        Some((
            exchange.id,
            invocation.stage.clone()?,
            invocation.request.url.clone(),
            by_canary,
            invocation.response.status,
        ))
    });
    // A page that has just been opened shows no request of before.
    let Some((id, stage, url, by_canary, status)) = latest else { return Html::default() };
    let route = props.scene.route(&stage, &url, by_canary);
    let hue = route.last().and_then(|edge| edge.hue).map(|hue| format!("--h:{hue};")).unwrap_or_default();
    let path: String = route.iter().map(|edge| edge.d.as_str()).collect::<Vec<_>>().join(" ");
    if path.is_empty() {
        return Html::default();
    }
    let class = if status < 400 { "m-pulse m-snap" } else { "m-pulse m-refused m-snap" };
    html! { <circle key={id} {class} r="6" style={format!("{hue}offset-path:path('{path}')")} /> }
}

/// Selects what a node stands for, or does what it offers. On a narrow screen the editor comes to the front.
fn activate(store: &Store, target: &NodeRef) {
    let place = match target {
        NodeRef::WorkingCopy => Place::Resources,
        NodeRef::Deployment(id) => Place::Deployment(id.to_string()),
        NodeRef::Stage(name) | NodeRef::Url { stage: name } => Place::Stage(name.to_string(), StageTab::Urls),
        NodeRef::Domain { domain, .. } => Place::Page(Page::DomainNames, Some(domain.to_string())),
        NodeRef::Next => {
            UiCommand::Deploy.run(store);
            return;
        }
        NodeRef::Fold => {
            UiCommand::ToggleFold.run(store);
            return;
        }
    };
    store.leave_for(place);
}

/// Tells whether what a node stands for can be deleted there.
fn can_go(target: &NodeRef) -> bool {
    !matches!(target, NodeRef::WorkingCopy | NodeRef::Next | NodeRef::Fold)
}

/// Deletes what a node stands for, once the user has confirmed it; a mapping at once, as undo brings it back.
fn remove(store: &Store, target: &NodeRef) {
    if store.read(State::is_read_only) {
        return;
    }
    let confirm = match target {
        NodeRef::Stage(name) | NodeRef::Url { stage: name } => Confirm::DeleteStage(name.to_string()),
        NodeRef::Deployment(id) => Confirm::DeleteDeployment(id.to_string()),
        NodeRef::Domain { domain, base_path, .. } => {
            let arrow = Arrow::Mapping { domain: domain.to_string(), base_path: base_path.to_string() };
            actions::point(store, "", arrow, None);
            return;
        }
        NodeRef::WorkingCopy | NodeRef::Next | NodeRef::Fold => return,
    };
    store.open(Dialog::Confirm(confirm));
}

/// Returns the node of what is selected in the editor.
fn selected_node(state: &State) -> Option<NodeRef> {
    let api = state.api()?;
    match state.place() {
        Place::Deployment(id) => api.deployments.get(id.as_str()).map(|d| NodeRef::Deployment(d.id.clone())),
        Place::Stage(name, _) => api.stages.get(name.as_str()).map(|stage| NodeRef::Stage(stage.name.clone())),
        Place::Resource(_) | Place::Method(..) => Some(NodeRef::WorkingCopy),
        Place::Page(Page::DomainNames, Some(domain)) => of_domain(state, &domain),
        _ => None,
    }
}

/// Returns the node of a domain name: that of its first mapping to the API that is shown.
fn of_domain(state: &State, domain: &str) -> Option<NodeRef> {
    let (api, domains) = (state.api()?, &state.present().account.domain_names);
    let mapping = domains.get(domain)?.mappings.values().find(|mapping| mapping.rest_api_id == api.id)?;
    let stage = mapping.stage.clone().or_else(|| api.stages.keys().next().cloned())?;
    Some(NodeRef::Domain { stage, domain: domain.into(), base_path: Rc::clone(&mapping.base_path) })
}

fn focus(id: &str) {
    let element = web_sys::window().and_then(|w| w.document()).and_then(|d| d.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<SvgElement>().ok()) {
        let _ = element.focus();
    }
}

/// Returns minutes east of UTC where the reader is.
fn utc_offset() -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "at most a day")]
    let west = js_sys::Date::new_0().get_timezone_offset() as i32;
    -west
}
