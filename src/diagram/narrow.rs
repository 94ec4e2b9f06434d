//! The layout for a phone: the working copy on top, below it snapshots at the left and stages with their URLs at the right.

use super::{
    Look, cards,
    edges::{Way, spread},
    facts::StageFact,
    pen::Pen,
    scene::{Edge, NodeRef, Rect, Shape, Tone},
    text::{BODY, HEADING, NAME, wrap},
    wide::{DOMAIN, Layout, nothing_callable, pointers, rows, serves, snapshot_edge},
    working_copy,
};
use crate::collections::SortedMap;

const WIDTH: i32 = 360;
const MARGIN: i32 = 12;
const DEPLOYMENTS: (i32, i32) = (MARGIN, 128);
const STAGES: (i32, i32) = (184, 164);
const COPY: i32 = 76;
const TOP: i32 = MARGIN + COPY + 56;
const NEXT: i32 = 44;
const CARD: i32 = 56;
const GAP: i32 = 12;
/// A stage's card: its own part, and the part of its URL.
const STAGE: i32 = 64;
const URL: i32 = 44;

pub(super) fn layout(look: &Look<'_>) -> Layout {
    let copy = Rect { x: MARGIN, y: MARGIN, w: WIDTH - 2 * MARGIN, h: COPY };
    let next = Rect { x: DEPLOYMENTS.0, y: TOP, w: DEPLOYMENTS.1, h: NEXT };
    let mut decor = headings();
    let mut nodes = vec![
        cards::working_copy(look, copy, working_copy::short(look, copy.lifted().1)),
        cards::next(look, next, true),
    ];
    let x = next.right() - 24;
    let mut edges = vec![snapshot_edge((x, copy.bottom()), (x, next.y - 4), Way::Down)];
    let mut places = SortedMap::new();
    let mut y = next.bottom() + GAP;
    for fact in look.facts.drawn() {
        let Some(entity) = look.api.deployments.get(&fact.id) else { continue };
        let at = Rect { x: DEPLOYMENTS.0, y, w: DEPLOYMENTS.1, h: CARD };
        nodes.push(cards::deployment(look, fact, entity, at, true));
        places.insert(fact.id.to_string(), at.middle());
        y = at.bottom() + GAP;
    }
    if look.facts.spare() > 0 {
        let at = Rect { x: DEPLOYMENTS.0, y, w: DEPLOYMENTS.1, h: CARD - 8 };
        nodes.push(cards::fold(look, at));
        y = at.bottom() + GAP;
    }
    let mut low = y;
    let boxes: Vec<(i32, i32)> = look
        .facts
        .stages
        .iter()
        .map(|s| {
            let wish = places.get(s.deployment.as_str()).unwrap_or(&TOP) - STAGE / 2;
            (wish, STAGE + URL + rows(&s.domains) + GAP)
        })
        .collect();
    let mut urls = Vec::new();
    for (fact, y) in look.facts.stages.iter().zip(spread(&boxes, TOP)) {
        let Some(entity) = look.api.stages.get(&fact.name) else { continue };
        let card = Rect { x: STAGES.0, y, w: STAGES.1, h: STAGE + URL + rows(&fact.domains) };
        let (own, url) = (Rect { h: STAGE, ..card }, Rect { y: y + STAGE, h: URL, ..card });
        nodes.push(cards::stage(fact, entity, card, own, false));
        urls.push(cards::short_url(fact, url));
        edges.push(inside(fact, NodeRef::Url { stage: fact.name.clone() }, own, url));
        for (domain, i) in fact.domains.iter().zip(0..) {
            let row = Rect { x: card.x + 16, y: url.bottom() + i * DOMAIN, w: card.w - 22, h: DOMAIN };
            urls.push(cards::domain(fact, domain, row));
            edges.push(inside(fact, NodeRef::of(fact, domain), own, row));
        }
        let middle_of = |id: &str| places.get(id).copied().unwrap_or(TOP);
        edges.extend(pointers(fact, own, (next.right() + 2, middle_of(&fact.deployment)), middle_of));
        low = low.max(card.bottom() + GAP);
    }
    nodes.extend(urls);
    if look.facts.stages.is_empty() {
        low = low.max(hint(look, &mut decor) + GAP);
    }
    Layout { width: WIDTH, height: low - GAP + MARGIN + 8, decor, edges, nodes }
}

fn headings() -> Vec<Shape> {
    let mut pen = Pen::default();
    pen.text((DEPLOYMENTS.0, TOP - 12), DEPLOYMENTS.1, HEADING, Tone::Quiet, "SNAPSHOTS");
    pen.text((STAGES.0, TOP - 12), STAGES.1, HEADING, Tone::Quiet, "STAGES AND URLS");
    pen.0
}

/// The way from the URL to its stage, inside the card: travelled by a request, not drawn.
fn inside(fact: &StageFact, from: NodeRef, own: Rect, url: Rect) -> Edge {
    let x = own.x + 10;
    let d = format!("M{} {}L{x} {}L{x} {}", url.x + 20, url.middle(), url.middle(), own.middle());
    serves(fact, from, (d, String::new()))
}

fn hint(look: &Look<'_>, decor: &mut Vec<Shape>) -> i32 {
    let mut pen = Pen::default();
    let (headline, text) = nothing_callable(look);
    let (x, room) = (STAGES.0, STAGES.1 - 24);
    let head = wrap(headline, NAME, room);
    let lines = wrap(text, BODY, room);
    let rows = |n: usize| i32::try_from(n).unwrap_or(0);
    let height = 28 + rows(head.len()) * 18 + rows(lines.len()) * 17;
    pen.rect("m-note", Rect { x, y: TOP, w: STAGES.1, h: height }, 8);
    let mut y = TOP + 26;
    for line in &head {
        pen.text((x + 12, y), room, NAME, Tone::Ink, line);
        y += 18;
    }
    y += 4;
    for line in &lines {
        pen.text((x + 12, y), room, BODY, Tone::Soft, line);
        y += 17;
    }
    decor.extend(pen.0);
    TOP + height
}
