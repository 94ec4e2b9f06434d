//! The card of the working copy: resources as a tree with their methods, marks beside what is not deployed, and the count of it.

use super::{
    Growth, Look,
    pen::Pen,
    scene::{Rect, Shape, Tone},
    text::{CODE, CODE_S, NAME, SMALL, STRONG, fit, width},
};
use crate::{
    collections::SortedSet,
    entities::{ApiConfig, HttpMethod, Resource, ResourceId},
    history::diff,
    text::counted,
};
use std::rc::Rc;

const ROW: i32 = 20;
const HEAD: i32 = 56;
const FOOT: i32 = 48;
const PAD: i32 = 16;
const INDENT: i32 = 12;
/// Deeper levels are not indented any further.
const LEVELS: usize = 4;

/// Returns how tall the card is with so many rows at most.
pub(super) fn height(config: &ApiConfig, rows: usize, growth: Growth) -> i32 {
    let shown = config.resources().len().min(rows);
    HEAD + i32::try_from(shown).unwrap_or(0) * growth.of(ROW) + FOOT
}

/// Returns how many rows fill a card of this height.
pub(super) fn rows_in(height: i32) -> usize {
    usize::try_from((height - HEAD - FOOT) / ROW).unwrap_or(0)
}

/// Returns the card with its list, of at most so many rows.
pub(super) fn tall(look: &Look<'_>, at: Rect, rows: usize) -> Vec<Shape> {
    let config = &look.api.config;
    let mut pen = Pen::default();
    pen.rect("m-dashed", at, 8);
    let (x, room) = (at.x + PAD, at.w - 2 * PAD);
    pen.text((x, at.y + 25), room, NAME, Tone::Ink, &look.facts.api);
    pen.text((x, at.y + 43), room, SMALL, Tone::Quiet, "no caller ever reaches it");
    let touched = touched(look);
    let all = config.resources().len();
    let shown = if all > rows { rows.saturating_sub(1) } else { all };
    let listed = first_resources(config, shown);
    let lines = i32::try_from(all.min(rows)).unwrap_or(1).max(1);
    let tall = ((at.h - HEAD - FOOT) / lines).max(ROW);
    let mut y = at.y + HEAD;
    for (depth, resource) in &listed {
        let changed = touched.contains(&resource.id);
        row(&mut pen, Rect { x: at.x, y, w: at.w, h: tall }, *depth, resource, changed);
        y += tall;
    }
    if all > shown {
        let listed: SortedSet<_> = listed.iter().map(|(_, r)| &r.id).collect();
        let changed = touched.iter().filter(|id| config.resource(id).is_some() && !listed.contains(id)).count();
        let more = format!("+ {} more", all - shown);
        let text = if changed > 0 { format!("{more}, {changed} changed") } else { more };
        if changed > 0 {
            pen.circle("m-dot", at.x + 8, y + tall / 2, 3);
        }
        pen.text((x, y + tall / 2 + 4), room, SMALL, Tone::Quiet, &text);
    }
    foot(&mut pen, look, x, at.bottom() - PAD - 22, room);
    pen.0
}

/// Returns the card in two lines, for a narrow screen.
pub(super) fn short(look: &Look<'_>, at: Rect) -> Vec<Shape> {
    let config = &look.api.config;
    let mut pen = Pen::default();
    pen.rect("m-dashed", at, 8);
    let (x, room) = (at.x + PAD, at.w - 2 * PAD);
    let suffix = "  working copy";
    let name = fit(&look.facts.api, NAME, room - width(suffix, SMALL));
    pen.spans((x, at.y + 26), room, &[(NAME, Tone::Ink, &name), (SMALL, Tone::Quiet, suffix)]);
    let used = foot(&mut pen, look, x, at.y + 38, room);
    let counts = counted(config.resources().len(), "resource");
    let (end, left) = (at.right() - PAD, room - used - 8);
    if width(&counts, SMALL) <= left {
        pen.text_end((end, at.y + 53), left, SMALL, Tone::Quiet, &counts);
    }
    pen.0
}

/// Returns what stands between the working copy and the next deployment, in one phrase.
pub(super) fn status(look: &Look<'_>) -> (String, Tone) {
    let newest = look.facts.deployments.first().map(|d| d.name.as_str());
    match (look.facts.undeployed(), newest) {
        (Some(0), Some(newest)) => (format!("same as {newest}"), Tone::Good),
        (Some(n), Some(_)) => (format!("{} not deployed", counted(n, "change")), Tone::Warn),
        _ => ("never deployed".into(), Tone::Warn),
    }
}

/// Returns why the API cannot be deployed as it stands (CreateDeployment refuses both), if so.
pub(super) fn obstacle(config: &ApiConfig) -> Option<String> {
    if config.method_count() == 0 {
        return Some("no methods yet".into());
    }
    match config.methods_without_integration() {
        0 => None,
        n => Some(format!("{} missing", counted(n, "integration"))),
    }
}

fn foot(pen: &mut Pen, look: &Look<'_>, x: i32, y: i32, room: i32) -> i32 {
    let (text, tone) = status(look);
    let class = if tone == Tone::Good { "m-pill" } else { "m-pill m-pill-warn" };
    let w = (width(&text, STRONG) + 20).min(room);
    pen.rect(class, Rect { x, y, w, h: 22 }, 11);
    pen.text((x + 10, y + 15), w - 20, STRONG, tone, &text);
    w
}

fn touched(look: &Look<'_>) -> SortedSet<ResourceId> {
    let newest = look.facts.deployments.first().and_then(|d| look.api.deployments.get(&d.id));
    let Some(newest) = newest else { return SortedSet::new() };
    diff::touched(&newest.config, &look.api.config).into_iter().map(|(id, _)| id).collect()
}

/// Returns the first resources of the tree, never visiting more of it than that.
pub(super) fn first_resources(config: &ApiConfig, limit: usize) -> Vec<(usize, &Rc<Resource>)> {
    let mut out = Vec::with_capacity(limit.min(config.resources().len()));
    let mut stack: Vec<(usize, &Rc<Resource>)> =
        config.resource(config.root_id()).map(|r| (0, r)).into_iter().collect();
    while let Some((depth, resource)) = stack.pop() {
        if out.len() == limit {
            break;
        }
        out.push((depth, resource));
        let below: Vec<_> = config.children(&resource.id).take(limit - out.len()).map(|r| (depth + 1, r)).collect();
        stack.extend(below.into_iter().rev());
    }
    out
}

fn row(pen: &mut Pen, at: Rect, depth: usize, resource: &Resource, changed: bool) {
    if changed {
        pen.circle("m-dot", at.x + 8, at.middle(), 3);
    }
    let indent = i32::try_from(depth.saturating_sub(1).min(LEVELS)).unwrap_or(0) * INDENT;
    let (x, room) = (at.x + PAD + indent, at.w - 2 * PAD - indent);
    let part = resource.path_part().map_or("/".to_owned(), |part| format!("/{part}"));
    let wanted = width(&part, CODE) + 8;
    let verbs: Vec<_> = resource.methods.keys().copied().collect();
    let list = (1..=verbs.len()).rev().map(|n| verb_list(&verbs, n)).find(|list| width(list, CODE_S) <= room - wanted);
    // Where even one verb leaves no room for the path, the verbs are only counted.
    let list = list.unwrap_or_else(|| if verbs.is_empty() { String::new() } else { format!("+{}", verbs.len()) });
    let taken = width(&list, CODE_S);
    let y = at.middle() + 4;
    pen.text((x, y), room - taken - 8, CODE, Tone::Ink, &part);
    if !list.is_empty() {
        pen.text_end((at.right() - PAD, y), taken, CODE_S, Tone::Quiet, &list);
    }
}

fn verb_list(verbs: &[HttpMethod], shown: usize) -> String {
    let mut parts: Vec<String> = verbs.iter().take(shown).map(|verb| short_verb(*verb).to_owned()).collect();
    if verbs.len() > shown {
        parts.push(format!("+{}", verbs.len() - shown));
    }
    parts.join(" ")
}

fn short_verb(verb: HttpMethod) -> &'static str {
    match verb {
        HttpMethod::Delete => "DEL",
        HttpMethod::Options => "OPT",
        other => other.as_str(),
    }
}
