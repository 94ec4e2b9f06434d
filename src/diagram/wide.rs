//! The layout in four columns: working copy, deployments, stages, invoke URLs.

use super::{
    Growth, Look, cards,
    describe::of_canary,
    edges::{HEAD, Way, arrow, spread},
    facts::{CanaryFact, StageFact},
    outside::DomainFact,
    pen::Pen,
    scene::{Edge, EdgeKind, Emphasis, Node, NodeRef, Rect, Shape, Tone},
    text::{BODY, HEADING, NAME, STRONG, width, wrap},
    working_copy,
};
use crate::collections::SortedMap;

const MARGIN: i32 = 16;
const TOP: i32 = 48;
const COPY: (i32, i32) = (MARGIN, 208);
const DEPLOYMENTS: (i32, i32) = (264, 176);
const STAGES: (i32, i32) = (504, 168);
const URLS: (i32, i32) = (704, 264);
pub(super) const WIDTH: i32 = URLS.0 + URLS.1 + MARGIN;

const NEXT: i32 = 48;
const GAP: i32 = 16;
/// The height of a URL at a custom domain name.
pub(super) const DOMAIN: i32 = 24;
/// The distance of a canary's arrow from the one of its stage.
const APART: i32 = 12;
/// The working copy lists at least and at most so many rows.
const ROWS: (usize, usize) = (10, 24);
/// With more stages or deployments than this, all cards are lower and nearer to each other.
const ROOMY: usize = 5;

/// The room below the lowest card.
const BOTTOM: i32 = MARGIN + 8;

/// The heights of cards. A deployment and the stage next to it stand on one line, since both columns have one pitch.
struct Density {
    compact: bool,
    pitch: i32,
    deployment: i32,
    stage: i32,
}

impl Density {
    fn of(look: &Look<'_>, growth: Growth) -> Self {
        let most = look.facts.stages.len().max(look.facts.drawn().count());
        let (compact, pitch, deployment, stage) = if most > ROOMY { (true, 60, 48, 48) } else { (false, 80, 56, 64) };
        let [pitch, deployment, stage] = [pitch, deployment, stage].map(|length| growth.of(length));
        Self { compact, pitch, deployment, stage }
    }
}

/// The layout that is made of the facts.
pub(super) struct Layout {
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) decor: Vec<Shape>,
    pub(super) edges: Vec<Edge>,
    pub(super) nodes: Vec<Node>,
}

pub(super) fn layout(look: &Look<'_>, growth: Growth) -> Layout {
    let mut nodes = Vec::new();
    let mut decor = headings();
    let next = Rect { x: DEPLOYMENTS.0, y: TOP, w: DEPLOYMENTS.1, h: growth.of(NEXT) };
    let density = Density::of(look, growth);
    let (deployments, places, mut low) = deployments(look, &density, next.bottom() + GAP);
    let (stages, edges, stages_low) = stages(look, &density, &places);
    low = low.max(stages_low);
    if look.facts.stages.is_empty() {
        low = low.max(hint(look, &mut decor, next.h, low.max(next.bottom()) + GAP));
    }
    let rows = working_copy::rows_in(low.max(growth.height - BOTTOM) - TOP).clamp(ROWS.0, ROWS.1);
    // Rows that are taller take the place of rows that are not there.
    let few = look.api.config.resources().len() < ROWS.0;
    let h = working_copy::height(&look.api.config, rows, if few { growth } else { Growth::default() });
    let copy = Rect { x: COPY.0, y: TOP, w: COPY.1, h };
    nodes.push(cards::working_copy(look, copy, working_copy::tall(look, copy.lifted().1, rows)));
    nodes.push(cards::next(look, next, false));
    nodes.extend(deployments);
    nodes.extend(stages);
    let mut all = vec![snapshot_edge((copy.right(), next.middle()), (next.x - 4, next.middle()), Way::Right)];
    all.extend(edges);
    Layout { width: WIDTH, height: low.max(copy.bottom()) + BOTTOM, decor, edges: all, nodes }
}

fn headings() -> Vec<Shape> {
    let mut pen = Pen::default();
    let columns = [
        (COPY, "WORKING COPY"),
        (DEPLOYMENTS, "DEPLOYMENTS · snapshots"),
        (STAGES, "STAGES · names"),
        ((URLS.0 + 8, URLS.1), "INVOKE URLS"),
    ];
    for ((x, _), text) in columns {
        pen.text((x, 28), 240, HEADING, Tone::Quiet, text);
    }
    pen.0
}

fn deployments(look: &Look<'_>, density: &Density, top: i32) -> (Vec<Node>, SortedMap<String, i32>, i32) {
    let mut nodes = Vec::new();
    let mut places = SortedMap::new();
    let mut y = top;
    for fact in look.facts.drawn() {
        let Some(entity) = look.api.deployments.get(&fact.id) else { continue };
        let at = Rect { x: DEPLOYMENTS.0, y, w: DEPLOYMENTS.1, h: density.deployment };
        nodes.push(cards::deployment(look, fact, entity, at, false));
        places.insert(fact.id.to_string(), at.middle());
        y += density.pitch;
    }
    if look.facts.spare() > 0 {
        let h = if look.facts.unfolded { NEXT } else { density.deployment };
        let at = Rect { x: DEPLOYMENTS.0, y, w: DEPLOYMENTS.1, h };
        nodes.push(cards::fold(look, at));
        y += density.pitch;
    }
    (nodes, places, y - density.pitch + density.deployment)
}

fn stages(look: &Look<'_>, density: &Density, places: &SortedMap<String, i32>) -> (Vec<Node>, Vec<Edge>, i32) {
    let height = density.stage;
    let middle_of = |id: &str| places.get(id).copied().unwrap_or(TOP);
    let boxes: Vec<(i32, i32)> = look
        .facts
        .stages
        .iter()
        .map(|s| (middle_of(&s.deployment) - height / 2, density.pitch + rows(&s.domains)))
        .collect();
    let tops = spread(&boxes, TOP);
    let (mut stages, mut urls, mut edges) = (Vec::new(), Vec::new(), Vec::new());
    let mut low = TOP;
    for (fact, y) in look.facts.stages.iter().zip(tops) {
        let Some(entity) = look.api.stages.get(&fact.name) else { continue };
        let at = Rect { x: STAGES.0, y, w: STAGES.1, h: height };
        let url = Rect { x: URLS.0, y, w: URLS.1, h: height };
        stages.push(cards::stage(fact, entity, at, at, density.compact));
        urls.push(cards::url(look, fact, url, density.compact));
        low = url.bottom();
        for (domain, i) in fact.domains.iter().zip(0..) {
            let row = Rect { y: url.bottom() + i * DOMAIN, h: DOMAIN, ..url };
            // They lead to the lower part of the card: the first nearest to the URL's own arrow.
            let tip = (at.right() + 2, (at.middle() + 8 * (i + 1)).min(at.bottom() - 6));
            urls.push(cards::domain(fact, domain, row));
            let from = (row.x, row.middle());
            let line = serves(fact, NodeRef::of(fact, domain), arrow(from, tip, Way::Left));
            edges.push(Edge { port: domain.names_stage.then_some((row.x - 7, row.middle())), ..line });
            low = row.bottom();
        }
        let line = arrow((url.x + 2, url.middle()), (at.right() + 2, at.middle()), Way::Left);
        edges.push(serves(fact, NodeRef::Url { stage: fact.name.clone() }, line));
        let tip = DEPLOYMENTS.0 + DEPLOYMENTS.1 + 2;
        edges.extend(pointers(fact, at, (tip, middle_of(&fact.deployment)), |canary| middle_of(canary)));
    }
    stages.extend(urls);
    (stages, edges, low)
}

/// Returns the room that the URLs at custom domain names take below the invoke URL of their stage.
pub(super) fn rows(domains: &[DomainFact]) -> i32 {
    DOMAIN * i32::try_from(domains.len()).unwrap_or(0)
}

/// Returns the way from a URL to its stage, with its line and head.
pub(super) fn serves(fact: &StageFact, from: NodeRef, (d, head): (String, String)) -> Edge {
    Edge {
        kind: EdgeKind::Serves,
        from,
        to: NodeRef::Stage(fact.name.clone()),
        hue: Some(fact.hue),
        emphasis: Emphasis::None,
        title: format!("this URL leads to {}", fact.name),
        d,
        head,
        port: None,
        note: Vec::new(),
    }
}

/// Returns the arrows from a stage to its deployments: its own, and before it that of its canary. `middle_of` tells where a
/// deployment stands.
pub(super) fn pointers(fact: &StageFact, stage: Rect, tip: (i32, i32), middle_of: impl Fn(&str) -> i32) -> Vec<Edge> {
    let port = (stage.x, stage.middle());
    let canary = fact.canary.as_ref().map(|canary| {
        // It leaves and arrives on the side that it comes from, so that the two arrows never cross nor cover each other.
        let middle = middle_of(&canary.deployment);
        let up = middle < tip.1;
        let leaves = (port.0, port.1 + if up { -APART } else { APART });
        let arrives = (tip.0, middle + if up || middle == tip.1 { APART } else { -APART });
        canary_arrow(fact, canary, leaves, arrives)
    });
    canary.into_iter().chain([pointer(fact, port, tip)]).collect()
}

/// The largest distance between the share of a canary and its stage's arrow, above or below.
const BESIDE: i32 = 28;

/// Returns the arrow to a canary, with its share written on it.
fn canary_arrow(fact: &StageFact, canary: &CanaryFact, from: (i32, i32), tip: (i32, i32)) -> Edge {
    let (d, head) = arrow(from, tip, Way::Left);
    let text = canary.percent();
    // Between the narrow columns there may be room for the number only.
    let fits = width(&text, STRONG) <= from.0 - tip.0 - HEAD;
    let text = if fits { text.as_str() } else { text.trim_end_matches(" %") };
    let w = width(text, STRONG);
    let ((x, middle), far) = (((from.0 + tip.0 + HEAD - w) / 2, (from.1 + tip.1) / 2), tip.1 - from.1);
    // On a long arrow it stays beside its stage, where no other stage's arrow runs.
    let (x, y) =
        if far.abs() > 2 * BESIDE { (x.max(from.0 - w - 10), from.1 + far.signum() * BESIDE) } else { (x, middle) };
    let mut pen = Pen::default();
    pen.rect("m-share", Rect { x: x - 4, y: y - 8, w: w + 8, h: 16 }, 8);
    pen.text((x, y + 4), w, STRONG, Tone::Snapshot, text);
    Edge {
        kind: EdgeKind::Canary,
        from: NodeRef::Stage(fact.name.clone()),
        to: NodeRef::Deployment(canary.deployment.clone()),
        hue: Some(canary.hue),
        emphasis: Emphasis::None,
        title: format!("{}: its {}", fact.name, of_canary(canary)),
        d,
        head,
        port: Some(from),
        note: pen.0,
    }
}

/// Returns the arrow from a stage to its deployment.
fn pointer(fact: &StageFact, port: (i32, i32), tip: (i32, i32)) -> Edge {
    let (d, head) = arrow(port, tip, Way::Left);
    Edge {
        kind: EdgeKind::Pointer,
        from: NodeRef::Stage(fact.name.clone()),
        to: NodeRef::Deployment(fact.deployment.clone()),
        hue: Some(fact.hue),
        emphasis: Emphasis::None,
        title: format!("{} points at {}", fact.name, fact.deployment_name),
        d,
        head,
        port: Some(port),
        note: Vec::new(),
    }
}

/// Returns the arrow from the working copy to the place of the next deployment.
pub(super) fn snapshot_edge(from: (i32, i32), tip: (i32, i32), way: Way) -> Edge {
    let (d, head) = arrow(from, tip, way);
    Edge {
        kind: EdgeKind::Snapshot,
        from: NodeRef::WorkingCopy,
        to: NodeRef::Next,
        hue: None,
        emphasis: Emphasis::None,
        title: "Deploy API takes a snapshot of the working copy".into(),
        d,
        head,
        port: None,
        note: Vec::new(),
    }
}

/// Returns what to say when no URL answers: headline and sentences.
pub(super) fn nothing_callable(look: &Look<'_>) -> (&'static str, &'static str) {
    if look.options.look_only {
        return if look.facts.deployments.is_empty() {
            (
                "Never deployed",
                "A working copy answers no call. What it has gets a URL when a deployment of it is on a stage.",
            )
        } else {
            ("Nothing is callable: there is no stage", "A snapshot answers only through a stage.")
        };
    }
    if !look.facts.deployments.is_empty() {
        return (
            "Nothing is callable: there is no stage",
            "A snapshot answers only through a stage. Deploy to a new stage, or create a stage for one of these deployments.",
        );
    }
    if working_copy::obstacle(&look.api.config).is_some() {
        return (
            "Nothing is callable yet",
            "An API can be deployed when it has a method and every method has an integration. Complete it, then choose Deploy API.",
        );
    }
    (
        "Nothing is callable yet",
        "Choose Deploy API: it takes a snapshot of the working copy and points a stage, such as dev, at it. \
         The invoke URL of that stage then answers.",
    )
}

/// Draws empty places for stage and URL, and below them what to do. Answers where it ends.
fn hint(look: &Look<'_>, decor: &mut Vec<Shape>, tall: i32, below: i32) -> i32 {
    let mut pen = Pen::default();
    let stage = Rect { x: STAGES.0, y: TOP, w: STAGES.1, h: tall };
    let url = Rect { x: URLS.0 + 8, y: TOP, w: URLS.1 - 8, h: tall };
    for (at, text) in [(stage, "no stage yet"), (url, "no invoke URL yet")] {
        pen.rect("m-ghost", at, 8);
        pen.text((at.x + 16, at.middle() + 4), at.w - 32, BODY, Tone::Quiet, text);
    }
    let tip = DEPLOYMENTS.0 + DEPLOYMENTS.1 + 4;
    for (from, to) in [(url.x, stage.right() + 4), (stage.x, tip)] {
        let (d, head) = arrow((from, stage.middle()), (to, stage.middle()), Way::Left);
        pen.path("m-ghost-line", d);
        pen.path("m-ghost-head", head);
    }
    let (headline, text) = nothing_callable(look);
    let alone = look.facts.deployments.is_empty();
    let (x, y) = if alone { (DEPLOYMENTS.0, below) } else { (STAGES.0, stage.bottom() + GAP) };
    let room = url.right() - x - 48;
    let lines = wrap(text, BODY, room);
    let height = 60 + i32::try_from(lines.len()).unwrap_or(0) * 18;
    pen.rect("m-note", Rect { x, y, w: url.right() - x, h: height }, 8);
    pen.text((x + 24, y + 34), room, NAME, Tone::Ink, headline);
    for (line, i) in lines.iter().zip(0..) {
        pen.text((x + 24, y + 56 + i * 18), room, BODY, Tone::Soft, line);
    }
    decor.extend(pen.0);
    y + height
}
