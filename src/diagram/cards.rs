//! The cards of deployments, stages and URLs: what each of them shows in the rectangle that a layout gives it.

use super::{
    Look,
    describe::of_canary,
    facts::{CanaryFact, DeploymentFact, StageFact},
    outside::{DOTS, DomainFact},
    pen::Pen,
    scene::{Emphasis, Near, Node, NodeRef, Rect, Shape, Tone},
    text::{BODY, CODE_B, CODE_S, NAME, SMALL, STRONG, Style, fit, one_line, width},
    working_copy::{first_resources, obstacle, status},
};
use crate::{
    civil_time::CivilTime,
    entities::{Deployment, Stage, Timestamp},
    text::counted,
};

/// Between the edge of a card and its text.
const PAD: i32 = 16;
/// The same where room is scarce.
const PAD_NARROW: i32 = 12;
/// The height of the lines of a stage, in their two forms; a card that is taller has them in its middle.
const STAGE: i32 = 64;
const COMPACT_STAGE: i32 = 48;
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Returns how far behind the working copy something is, in one phrase.
pub(super) fn behind(n: usize) -> (String, Tone) {
    if n == 0 { ("up to date".into(), Tone::Good) } else { (format!("{} behind", counted(n, "change")), Tone::Warn) }
}

/// Returns where text begins in a card, and its room.
fn inner(at: Rect) -> (i32, i32) {
    let pad = if at.w < 150 { PAD_NARROW } else { PAD };
    (at.x + pad, at.w - 2 * pad)
}

/// Returns a node that is drawn, and can be clicked, in the whole of `at`.
fn node(target: NodeRef, hue: Option<u16>, label: String, title: String, at: Rect, shapes: Vec<Shape>) -> Node {
    let (emphasis, near, origin) = (Emphasis::None, Near::default(), at.lifted().0);
    Node { target, hue, emphasis, label, title, hit: at, frame: at, origin, shapes, near }
}

/// Returns the working copy around its shapes.
pub(super) fn working_copy(look: &Look<'_>, hit: Rect, shapes: Vec<Shape>) -> Node {
    let config = &look.api.config;
    let (status, _) = status(look);
    let counts =
        format!("{}, {}", counted(config.resources().len(), "resource"), counted(config.method_count(), "method"));
    let label = format!("Working copy of {}: {counts}, {status}", look.facts.api);
    let title = match look.facts.deployments.first() {
        Some(newest) => {
            format!("What the next deployment would snapshot. Compared with {}, the newest one.", newest.name)
        }
        None => "What the next deployment would snapshot.".into(),
    };
    node(NodeRef::WorkingCopy, None, label, title, hit, shapes)
}

/// Returns the place of the next deployment.
pub(super) fn next(look: &Look<'_>, at: Rect, narrow: bool) -> Node {
    let name = &look.facts.next;
    let (place, at) = (at, at.lifted().1);
    let mut pen = Pen::default();
    pen.rect("m-ghost", at, 8);
    let (x, room) = inner(at);
    let what = if narrow { "  next" } else { "  next deployment" };
    let line = [(NAME, Tone::Quiet, name.as_str()), (BODY, Tone::Quiet, what)];
    let obstacle = obstacle(&look.api.config);
    match &obstacle {
        Some(why) => {
            pen.spans((x, at.middle() - 4), room, &line);
            let why = if width(why, SMALL) <= room { why } else { "incomplete" };
            pen.text((x, at.middle() + 13), room, SMALL, Tone::Warn, why);
        }
        None => pen.spans((x, at.middle() + 5), room, &line),
    }
    let why = obstacle.map(|why| format!(", not possible yet: {why}")).unwrap_or_default();
    let label = format!("Next deployment {name}: Deploy API takes a snapshot of the working copy{why}");
    let title = "Deploy API takes a snapshot of the working copy.".into();
    node(NodeRef::Next, None, label, title, place, pen.0)
}

/// Returns a snapshot.
pub(super) fn deployment(look: &Look<'_>, fact: &DeploymentFact, entity: &Deployment, at: Rect, narrow: bool) -> Node {
    let (place, at) = (at, at.lifted().1);
    let mut pen = Pen::default();
    let idle = fact.is_idle();
    pen.rect(if idle { "m-card m-idle" } else { "m-card" }, at, 8);
    let (x, room) = inner(at);
    let description = entity.description.as_deref().unwrap_or_default();
    let text = format!("  {description}");
    let line = [
        (NAME, Tone::Snapshot, fact.name.as_str()),
        (BODY, Tone::Ink, if description.is_empty() { "" } else { &text }),
    ];
    pen.spans((x, at.middle() - 4), room, &line);
    let when = day_and_time(entity.created, look.options.utc_offset_minutes);
    let second = if narrow { when.clone() } else { format!("{} · {when}", entity.id) };
    pen.text((x, at.middle() + 15), room, CODE_S, Tone::Quiet, &second);
    let stages: Vec<&str> = fact.stages.iter().map(|s| s.as_str()).collect();
    let pointed = match &stages[..] {
        [] => "no stage points at it".to_owned(),
        [one] => format!("stage {one} points at it"),
        many => format!("stages {} point at it", many.join(", ")),
    };
    let described = if description.is_empty() { String::new() } else { format!(", {}", one_line(description)) };
    let canaries: Vec<String> = fact.canaries.iter().map(|stage| format!("the canary of {stage}")).collect();
    let pointed = match (canaries.is_empty(), stages.is_empty()) {
        (true, _) => pointed,
        (false, true) => canaries.join(", "),
        (false, false) => format!("{pointed}, {}", canaries.join(", ")),
    };
    let label = format!("Deployment {}{described}, made {when}, {pointed}", fact.name);
    let title = format!("{} ({}): {pointed}", fact.name, entity.id);
    node(NodeRef::Deployment(fact.id.clone()), Some(fact.hue), label, title, place, pen.0)
}

/// Returns the deployments that are folded away, as a pile.
pub(super) fn fold(look: &Look<'_>, at: Rect) -> Node {
    let count = look.facts.spare();
    let (place, at) = (at, at.lifted().1);
    let mut pen = Pen::default();
    let (x, room) = inner(at);
    let label = if look.facts.unfolded {
        pen.rect("m-plain", at, 8);
        pen.text((x, at.middle() + 4), room, BODY, Tone::Soft, "Show fewer");
        "Show fewer deployments".to_owned()
    } else {
        let (left, right, low) = (at.x, at.right(), at.bottom());
        pen.path("m-pile", format!("M{} {}H{}M{} {}H{}", left + 6, low + 3, right - 6, left + 12, low + 6, right - 12));
        pen.rect("m-plain", at, 8);
        pen.text((x, at.middle() - 3), room, BODY, Tone::Soft, &format!("… {count} older"));
        let why = "no stage points at them";
        let why = if width(why, SMALL) <= room { why } else { "unused" };
        pen.text((x, at.middle() + 13), room, SMALL, Tone::Quiet, why);
        format!("{count} older deployments that no stage points at: show them")
    };
    node(NodeRef::Fold, None, label.clone(), label, place, pen.0)
}

/// Returns a stage. A compact one has two lines instead of three.
pub(super) fn stage(fact: &StageFact, entity: &Stage, at: Rect, hit: Rect, compact: bool) -> Node {
    let (place, sensitive) = (at, hit);
    let ((x, y), at) = at.lifted();
    let hit = hit.moved((-x, -y));
    let mut pen = Pen::default();
    pen.rect("m-card", at, 8);
    if let Some(canary) = &fact.canary {
        part(&mut pen, canary, at);
    }
    pen.rect("m-band", Rect { x: hit.x + 8, y: hit.y + 10, w: 4, h: hit.h - 20 }, 2);
    let (x, right) = (hit.x + 24, hit.right() - 12);
    let (room, top) = (right - x, hit.y + (hit.h - if compact { COMPACT_STAGE } else { STAGE }) / 2);
    let (state, _) = behind(fact.behind);
    let variables = entity.variables.len();
    let note = if variables == 0 { String::new() } else { counted(variables, "variable") };
    if compact {
        let names = match &fact.canary {
            None => fact.deployment_name.clone(),
            Some(canary) => format!("{} + {}", fact.deployment_name, canary.name),
        };
        let taken = width(&names, STRONG);
        pen.text((x, top + 20), room - taken - 8, NAME, Tone::Ink, &fact.name);
        pen.text_end((right, top + 20), taken, STRONG, Tone::Snapshot, &names);
        last_line(&mut pen, fact, (x, right, top + 37));
    } else {
        let taken = width(&note, SMALL);
        let noted = taken > 0 && width(&fact.name, NAME) + 8 + taken <= room;
        pen.text((x, top + 22), room, NAME, Tone::Ink, &fact.name);
        if noted {
            pen.text_end((right, top + 22), taken, SMALL, Tone::Quiet, &note);
        }
        let answers = [(SMALL, Tone::Quiet, "answers from "), (STRONG, Tone::Snapshot, fact.deployment_name.as_str())];
        match &fact.canary {
            None => pen.spans((x, top + 39), room, &answers),
            Some(canary) => shares(&mut pen, fact, canary, (x, top + 39), room),
        }
        last_line(&mut pen, fact, (x, right, top + 54));
    }
    pen.circle("m-port", hit.x, hit.middle(), 4);
    let noted = if note.is_empty() { String::new() } else { format!(", {note}") };
    let with = if fact.behind == 0 { "with " } else { "" };
    let points = format!("{} points at {}", fact.name, fact.deployment_name);
    let label = format!("Stage {points}, {state} {with}the working copy{noted}");
    let canary = fact.canary.as_ref().map(|canary| format!(", its {}", of_canary(canary))).unwrap_or_default();
    let settings: String = fact.signs.iter().map(|sign| [", ", &sign.text].concat()).collect();
    let (label, title) = (format!("{label}{canary}{settings}"), format!("{points}: {state}{canary}{settings}"));
    let node = node(NodeRef::Stage(fact.name.clone()), Some(fact.hue), label, title, place, pen.0);
    Node { hit: sensitive, ..node }
}

/// Draws the last line of a stage's card: how far behind it is, and the signs of its settings, which end at the right. Where both
/// have no room, the words are shorter and the last signs are dots; the label and the tooltip tell all.
fn last_line(pen: &mut Pen, fact: &StageFact, (x, right, y): (i32, i32, i32)) {
    const PITCH: i32 = 14;
    let (room, count) = (right - x, i32::try_from(fact.signs.len()).unwrap_or(0));
    let (state, tone) = behind(fact.behind);
    let short = if fact.behind == 0 { "in sync".into() } else { format!("{} behind", fact.behind) };
    let state = if width(&state, SMALL) + count * PITCH <= room { state } else { short };
    let most = (room - width(&state, SMALL)) / PITCH;
    let signs = fact.signs.iter().map(|sign| sign.shape);
    let signs: Vec<&str> = match usize::try_from(most - 1) {
        Ok(less) if count > most => signs.take(less).chain([DOTS]).collect(),
        _ => signs.collect(),
    };
    pen.text((x, y), room, SMALL, tone, &state);
    for (sign, i) in signs.iter().rev().zip(1..) {
        pen.path("m-mark", format!("M{} {}{sign}", right - PITCH * i + 2, y - 10));
    }
}

/// Draws the part of a stage's card that wears the colour of its canary: as wide, from the right, as its share of the requests.
fn part(pen: &mut Pen, canary: &CanaryFact, at: Rect) {
    const CORNER: i32 = 8;
    let share = i32::try_from(canary.share.min(10_000)).unwrap_or_default();
    if share == 0 {
        return;
    }
    let mut own = Pen::default();
    if share == 10_000 {
        own.rect("m-card", at, CORNER);
    } else {
        let w = (at.w * share / 10_000).clamp(CORNER + 2, at.w - CORNER - 2);
        let (x, y, h) = (at.right() - w, at.y, at.h - 2 * CORNER);
        let round = format!("a{CORNER} {CORNER} 0 0 1 ");
        let d =
            format!("M{x} {y}h{}{round}{CORNER} {CORNER}v{h}{round}-{CORNER} {CORNER}h-{}z", w - CORNER, w - CORNER);
        own.path("m-card", d);
    }
    pen.0.push(Shape::Group { title: String::new(), hue: Some(canary.hue), shapes: own.0 });
}

/// Draws `D1 90 %  D2 10 %`, each name in its colour.
fn shares(pen: &mut Pen, fact: &StageFact, canary: &CanaryFact, (x, y): (i32, i32), room: i32) {
    let (rest, share) = (format!(" {}", canary.rest()), format!(" {}", canary.percent()));
    let first = width(&fact.deployment_name, STRONG) + width(&rest, SMALL) + 10;
    let first_run = [(STRONG, Tone::Snapshot, fact.deployment_name.as_str()), (SMALL, Tone::Quiet, rest.as_str())];
    pen.spans((x, y), first, &first_run);
    let mut own = Pen::default();
    own.spans((x + first, y), room - first, &[(STRONG, Tone::Snapshot, &canary.name), (SMALL, Tone::Quiet, &share)]);
    pen.0.push(Shape::Group { title: String::new(), hue: Some(canary.hue), shapes: own.0 });
}

/// The lines of an invoke URL, its parts told apart.
type UrlLines = Vec<Vec<(Style, Tone, String)>>;

/// Returns the invoke URL of a stage, in as many lines as it needs.
pub(super) fn url(look: &Look<'_>, fact: &StageFact, at: Rect, compact: bool) -> Node {
    let (place, at) = (at, at.lifted().1);
    let mut lines = url_lines(look, fact, at.w - 16);
    if !compact {
        lines.push(vec![answers(look, fact)]);
    }
    let mut pen = Pen::default();
    let count = i32::try_from(lines.len()).unwrap_or(0);
    let mut y = at.middle() - count * 8 + 11;
    for line in &lines {
        let runs: Vec<_> = line.iter().map(|(style, tone, text)| (*style, *tone, text.as_str())).collect();
        pen.spans((at.x + 8, y), at.w - 16, &runs);
        y += 16;
    }
    node(NodeRef::Url { stage: fact.name.clone() }, Some(fact.hue), url_label(fact), fact.url.clone(), place, pen.0)
}

/// Returns the invoke URL in one short line, inside the card of its stage.
pub(super) fn short_url(fact: &StageFact, at: Rect) -> Node {
    let (place, at) = (at, at.lifted().1);
    let mut pen = Pen::default();
    pen.path("m-rule", format!("M{} {}H{}", at.x + 24, at.y, at.right() - 12));
    let (x, room) = (at.x + 24, at.w - 36);
    let path = format!("/{}", fact.name);
    let start = "https://…";
    let start = if width(start, CODE_S) + width(&path, CODE_B) <= room { start } else { "…" };
    pen.spans((x, at.middle() + 4), room, &[(CODE_S, Tone::Quiet, start), (CODE_B, Tone::Snapshot, &path)]);
    let node = node(
        NodeRef::Url { stage: fact.name.clone() },
        Some(fact.hue),
        url_label(fact),
        fact.url.clone(),
        place,
        pen.0,
    );
    Node { frame: Rect { x: place.x + 14, y: place.y + 7, w: at.w - 20, h: at.h - 14 }, ..node }
}

/// Returns a URL at a custom domain name, in one line.
pub(super) fn domain(fact: &StageFact, domain: &DomainFact, at: Rect) -> Node {
    let (place, at) = (at, at.lifted().1);
    let mut pen = Pen::default();
    let (x, room) = (at.x + 8, at.w - 16);
    let path = if domain.path.is_empty() { "/" } else { &domain.path };
    // The path tells two mappings of one domain name apart; the hostname gives way.
    let host = fit(&domain.host, CODE_S, (room - width(path, CODE_B)).max(0));
    let start = "https://";
    let start = if width(start, CODE_S) + width(&host, CODE_S) + width(path, CODE_B) <= room { start } else { "" };
    let line = [(CODE_S, Tone::Quiet, start), (CODE_S, Tone::Ink, host.as_str()), (CODE_B, Tone::Snapshot, path)];
    pen.spans((x, at.middle() + 4), room, &line);
    let (url, stage) = (domain.url(), &fact.name);
    let by = if domain.names_stage { "" } else { ", whose mapping leaves the stage to the caller" };
    let label = format!("URL of stage {stage} at a custom domain name: {url}{by}");
    node(NodeRef::of(fact, domain), Some(fact.hue), label, url, place, pen.0)
}

fn url_label(fact: &StageFact) -> String {
    format!("Invoke URL of stage {}: {}", fact.name, fact.url)
}

fn url_lines(look: &Look<'_>, fact: &StageFact, room: i32) -> UrlLines {
    const SERVICE: &str = ".execute-api";
    let suffix = look.place.execute_api_suffix();
    let suffix = suffix.strip_prefix(SERVICE).unwrap_or(&suffix);
    let host = format!("{}{SERVICE}", look.api.id);
    let stage = (CODE_B, Tone::Snapshot, format!("/{}", fact.name));
    let mut lines = vec![vec![(CODE_S, Tone::Quiet, "https://".to_owned()), (CODE_S, Tone::Soft, host)]];
    let rest = (CODE_S, Tone::Soft, suffix.to_owned());
    if width(suffix, CODE_S) + width(&stage.2, CODE_B) <= room {
        lines.push(vec![rest, stage]);
    } else {
        lines.push(vec![rest]);
        lines.push(vec![stage]);
    }
    lines
}

/// Returns what the URL answers, in one line: methods and the first paths of the snapshot.
fn answers(look: &Look<'_>, fact: &StageFact) -> (Style, Tone, String) {
    const PATHS: usize = 4;
    let Some(deployment) = look.api.deployments.get(&fact.deployment) else {
        return (SMALL, Tone::Quiet, String::new());
    };
    let config = &deployment.config;
    if config.settings.disable_execute_api_endpoint {
        return (SMALL, Tone::Warn, "the default endpoint is disabled".into());
    }
    let mut text = counted(config.method_count(), "method");
    for (_, resource) in
        first_resources(config, 4 * PATHS).into_iter().filter(|(_, r)| !r.methods.is_empty()).take(PATHS)
    {
        text += " · ";
        text += &config.path_of(&resource.id);
    }
    (SMALL, Tone::Quiet, text)
}

/// Writes a time as `24 Sep 12:04`, so many minutes east of UTC.
fn day_and_time(at: Timestamp, offset_minutes: i32) -> String {
    let there = CivilTime::from_epoch_ms(at.0.saturating_add(i64::from(offset_minutes) * 60_000));
    let ((_, month, day), (hour, minute, _)) = (there.date(), there.time());
    let month = MONTHS.get(usize::from(month).wrapping_sub(1)).unwrap_or(&"");
    format!("{day} {month} {hour:02}:{minute:02}")
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::day_and_time;
    use crate::entities::Timestamp;

    #[test]
    fn days_and_times_are_those_of_the_calendar() {
        for (seconds, offset, want) in [
            (0, 0, "1 Jan 00:00"),
            (951_782_400, 0, "29 Feb 00:00"),
            (951_868_800, 0, "1 Mar 00:00"),
            (1_704_067_199, 0, "31 Dec 23:59"),
            (1_704_067_199, 60, "1 Jan 00:59"),
            (-1, -30, "31 Dec 23:29"),
        ] {
            assert_eq!(day_and_time(Timestamp(seconds * 1000), offset), want);
        }
    }
}
