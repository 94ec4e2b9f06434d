//! The layout for a phone: the working copy on top, below it snapshots at the left and stages with their URLs at the right.

use super::{
    Growth, Look, cards,
    edges::{Way, spread},
    facts::StageFact,
    pen::Pen,
    scene::{Edge, NodeRef, Rect, Shape, Tone},
    text::{BODY, HEADING, NAME, wrap},
    wide::{DOMAIN, Layout, nothing_callable, pointers, rows, serves, snapshot_edge},
    working_copy,
};
use crate::collections::SortedMap;

pub(super) const WIDTH: i32 = 360;
const MARGIN: i32 = 12;
const DEPLOYMENTS: (i32, i32) = (MARGIN, 128);
const STAGES: (i32, i32) = (184, 164);
const COPY: i32 = 76;
/// Between the working copy and the columns below it.
const ABOVE: i32 = 56;
/// The list of resources in the working copy is shown with so many rows at least, unless there are fewer; and at most.
const FEWEST: usize = 3;
const ROWS: usize = 12;
const NEXT: i32 = 44;
const CARD: i32 = 56;
const GAP: i32 = 12;
/// A stage's card: its own part, and the part of its URL.
const STAGE: i32 = 64;
const URL: i32 = 44;

/// The heights of cards. A deployment and what is left of its stage grow alike.
struct Heights {
    copy: i32,
    /// The rows of the working copy; 0 for its short form.
    rows: usize,
    next: i32,
    deployment: i32,
    stage: i32,
    url: i32,
}

impl Heights {
    /// Shares out the room that is left: first to the list of resources, then to the other cards.
    fn of(look: &Look<'_>, growth: Growth, least: i32) -> Self {
        let config = &look.api.config;
        let rows = working_copy::rows_in(COPY + growth.height - least).min(config.resources().len()).min(ROWS);
        let (copy, rows) = match rows {
            0..FEWEST if rows < config.resources().len() => (COPY, 0),
            rows => (working_copy::height(config, rows, Growth::default()).max(COPY), rows),
        };
        let left = Growth::into(growth.height, least + copy - COPY);
        let [next, deployment, stage, url] = [NEXT, CARD, STAGE, URL].map(|length| left.of(length));
        Self { copy, rows, next, deployment, stage, url }
    }
}

pub(super) fn layout(look: &Look<'_>, growth: Growth) -> Layout {
    let least = Heights { copy: COPY, rows: 0, next: NEXT, deployment: CARD, stage: STAGE, url: URL };
    let lowest = lay_out(look, &least);
    if growth == Growth::default() { lowest } else { lay_out(look, &Heights::of(look, growth, lowest.height)) }
}

fn lay_out(look: &Look<'_>, heights: &Heights) -> Layout {
    let copy = Rect { x: MARGIN, y: MARGIN, w: WIDTH - 2 * MARGIN, h: heights.copy };
    let top = copy.bottom() + ABOVE;
    let next = Rect { x: DEPLOYMENTS.0, y: top, w: DEPLOYMENTS.1, h: heights.next };
    let mut decor = headings(top);
    let inside_copy = copy.lifted().1;
    let drawn = match heights.rows {
        0 => working_copy::short(look, inside_copy),
        rows => working_copy::tall(look, inside_copy, rows),
    };
    let mut nodes = vec![cards::working_copy(look, copy, drawn), cards::next(look, next, true)];
    let x = next.right() - 24;
    let mut edges = vec![snapshot_edge((x, copy.bottom()), (x, next.y - 4), Way::Down)];
    let mut places = SortedMap::new();
    let mut y = next.bottom() + GAP;
    for fact in look.facts.drawn() {
        let Some(entity) = look.api.deployments.get(&fact.id) else { continue };
        let at = Rect { x: DEPLOYMENTS.0, y, w: DEPLOYMENTS.1, h: heights.deployment };
        nodes.push(cards::deployment(look, fact, entity, at, true));
        places.insert(fact.id.to_string(), at.middle());
        y = at.bottom() + GAP;
    }
    if look.facts.spare() > 0 {
        let at = Rect { x: DEPLOYMENTS.0, y, w: DEPLOYMENTS.1, h: heights.deployment - 8 };
        nodes.push(cards::fold(look, at));
        y = at.bottom() + GAP;
    }
    let mut low = y;
    let boxes: Vec<(i32, i32)> = look
        .facts
        .stages
        .iter()
        .map(|s| {
            let wish = places.get(s.deployment.as_str()).unwrap_or(&top) - heights.stage / 2;
            (wish, heights.stage + heights.url + rows(&s.domains) + GAP)
        })
        .collect();
    let mut urls = Vec::new();
    for (fact, y) in look.facts.stages.iter().zip(spread(&boxes, top)) {
        let Some(entity) = look.api.stages.get(&fact.name) else { continue };
        let card = Rect { x: STAGES.0, y, w: STAGES.1, h: heights.stage + heights.url + rows(&fact.domains) };
        let (own, url) = (Rect { h: heights.stage, ..card }, Rect { y: y + heights.stage, h: heights.url, ..card });
        nodes.push(cards::stage(fact, entity, card, own, false));
        urls.push(cards::short_url(fact, url));
        edges.push(inside(fact, NodeRef::Url { stage: fact.name.clone() }, own, url));
        for (domain, i) in fact.domains.iter().zip(0..) {
            let row = Rect { x: card.x + 16, y: url.bottom() + i * DOMAIN, w: card.w - 22, h: DOMAIN };
            urls.push(cards::domain(fact, domain, row));
            edges.push(inside(fact, NodeRef::of(fact, domain), own, row));
        }
        let middle_of = |id: &str| places.get(id).copied().unwrap_or(top);
        edges.extend(pointers(fact, own, (next.right() + 2, middle_of(&fact.deployment)), middle_of));
        low = low.max(card.bottom() + GAP);
    }
    nodes.extend(urls);
    if look.facts.stages.is_empty() {
        low = low.max(hint(look, &mut decor, top) + GAP);
    }
    Layout { width: WIDTH, height: low - GAP + MARGIN + 8, decor, edges, nodes }
}

fn headings(top: i32) -> Vec<Shape> {
    let mut pen = Pen::default();
    pen.text((DEPLOYMENTS.0, top - 12), DEPLOYMENTS.1, HEADING, Tone::Quiet, "SNAPSHOTS");
    pen.text((STAGES.0, top - 12), STAGES.1, HEADING, Tone::Quiet, "STAGES AND URLS");
    pen.0
}

/// Returns the way from the URL to its stage, inside the card: travelled by a request, not drawn.
fn inside(fact: &StageFact, from: NodeRef, own: Rect, url: Rect) -> Edge {
    let x = own.x + 10;
    let d = format!("M{} {}L{x} {}L{x} {}", url.x + 20, url.middle(), url.middle(), own.middle());
    serves(fact, from, (d, String::new()))
}

fn hint(look: &Look<'_>, decor: &mut Vec<Shape>, top: i32) -> i32 {
    let mut pen = Pen::default();
    let (headline, text) = nothing_callable(look);
    let (x, room) = (STAGES.0, STAGES.1 - 24);
    let head = wrap(headline, NAME, room);
    let lines = wrap(text, BODY, room);
    let rows = |n: usize| i32::try_from(n).unwrap_or(0);
    let height = 28 + rows(head.len()) * 18 + rows(lines.len()) * 17;
    pen.rect("m-note", Rect { x, y: top, w: STAGES.1, h: height }, 8);
    let mut y = top + 26;
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
    top + height
}
