//! Leaves out of a history what the present workspace does not need, so that a link is short.
//!
//! Replaying what is left gives exactly the present workspace: ids, times and numbers of deployments included. Whether
//! an operation can be left out is never reasoned about here; it is tried.

use crate::{
    control_plane::Location,
    entities::{Timestamp, Workspace},
    env::Env,
    history::{Act, Operation, Record, Session},
};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// How many operations are replayed to see whether one before them was needed.
const LOOK_AHEAD: usize = 100;
/// How many operations are replayed in all.
const FUEL: usize = 10_000;

/// Characters of a text that can be an id or a name; longer ones are not looked at.
const NAME_LENGTH: usize = 128;

/// An operation that is kept, with the workspace after it.
#[derive(Clone)]
struct Kept {
    record: Record,
    after: Workspace,
    about: Rc<About>,
}

/// What a command is about.
struct About {
    /// AWS's name of it; empty for a change of region or account.
    name: &'static str,
    /// The members of its URI, the most particular one last.
    target: Vec<(&'static str, String)>,
    /// Those of its members that are short texts.
    texts: BTreeMap<String, String>,
}

impl About {
    fn new(record: &Record) -> Self {
        let Act::Command(command) = &record.act else {
            return Self { name: "", target: Vec::new(), texts: BTreeMap::new() };
        };
        let short = |value: Value| match value {
            Value::String(text) if text.len() <= NAME_LENGTH => Some(text),
            _ => None,
        };
        let texts: BTreeMap<String, String> =
            command.input().into_iter().filter_map(|(name, value)| Some((name, short(value)?))).collect();
        let of_uri = command.row().members.iter().filter(|member| member.location == Location::Uri);
        let target = of_uri.filter_map(|member| Some((member.name, texts.get(member.name)?.clone()))).collect();
        Self { name: command.name(), target, texts }
    }

    /// Whether it is about what the other is about, or about something below that.
    fn is_within(&self, other: &Self) -> bool {
        other.target.iter().all(|(name, value)| self.texts.get(*name) == Some(value))
    }
}

/// The commands that lead to the present workspace, all of them of step 0.
pub(super) fn prune(session: &Session) -> Vec<Record> {
    let kept = lineage(session);
    let mut pruner = Pruner { start: session.at(0).clone(), kept, fuel: FUEL };
    pruner.drop_what_was_deleted();
    pruner.drop_what_was_overwritten();
    pruner.level_times();
    pruner.kept.into_iter().map(|kept| Record { step: 0, ..kept.record }).collect()
}

/// The operations that the present workspace descends from: what was undone and not redone is no part of it.
fn lineage(session: &Session) -> Vec<Kept> {
    let operations = session.operations();
    let mut kept = Vec::new();
    let mut moment = operations.len();
    while let Some(operation) = moment.checked_sub(1).and_then(|at| operations.get(at)) {
        let Operation { record, after } = &**operation;
        match record.act {
            // Both go to an earlier moment, so this ends.
            Act::Restored { to, .. } => moment = to.min(moment - 1),
            Act::Command(_) | Act::Moved(_) => {
                let about = Rc::new(About::new(record));
                kept.push(Kept { record: record.clone(), after: after.clone(), about });
                moment -= 1;
            }
        }
    }
    kept.reverse();
    kept
}

struct Pruner {
    start: Workspace,
    kept: Vec<Kept>,
    fuel: usize,
}

impl Pruner {
    /// The workspace before a kept operation.
    fn before(&self, at: usize) -> &Workspace {
        at.checked_sub(1).and_then(|at| self.kept.get(at)).map_or(&self.start, |kept| &kept.after)
    }

    /// Leaves out the operations of `out`, when the workspace after one of `meetings` stays what it is.
    fn try_without(&mut self, out: &BTreeSet<usize>, meetings: &BTreeSet<usize>) -> bool {
        let (Some(first), Some(last)) = (out.first().copied(), meetings.last().copied()) else { return false };
        let mut workspace = self.before(first).clone();
        let mut replayed = Vec::new();
        for at in first..=last {
            let Some(kept) = self.kept.get(at).filter(|_| self.fuel > 0) else { return false };
            if !out.contains(&at) {
                self.fuel -= 1;
                let Some(after) = perform(&workspace, &kept.record, kept.record.time) else { return false };
                workspace = after;
                replayed.push(Kept { after: workspace.clone(), ..kept.clone() });
            }
            if meetings.contains(&at) && workspace == kept.after {
                self.kept.splice(first..=at, replayed);
                return true;
            }
        }
        false
    }

    /// A thing that was made and deleted again leaves nothing behind but, sometimes, a used-up number.
    fn drop_what_was_deleted(&mut self) {
        let mut at = 0;
        while at < self.kept.len() {
            let group = self.gone_with(at);
            let size = group.len();
            if size > 1 && self.try_without(&group, &BTreeSet::from([at])) {
                at -= size - 1;
            } else {
                at += 1;
            }
        }
    }

    /// A deletion with the operations before it that are about what it deletes, or about what goes with that.
    fn gone_with(&self, until: usize) -> BTreeSet<usize> {
        let mut group = BTreeSet::new();
        let delete = self.kept.get(until).map(|kept| &kept.about).filter(|about| about.name.starts_with("Delete"));
        let Some(delete) = delete else { return group };
        group.insert(until);
        let mut gone: BTreeSet<&str> = delete.target.last().map(|(_, value)| value.as_str()).into_iter().collect();
        for (at, Kept { record, about, .. }) in self.kept.iter().enumerate().take(until) {
            let made = record.ids.iter().any(|id| gone.contains(&**id));
            let below = !record.ids.is_empty() && about.texts.values().any(|text| gone.contains(text.as_str()));
            if made || below || about.is_within(delete) {
                group.insert(at);
                gone.extend(record.ids.iter().map(|id| &**id));
            }
        }
        group
    }

    /// A change that a later one overwrites before anything could see it.
    fn drop_what_was_overwritten(&mut self) {
        for at in (0..self.kept.len()).rev() {
            // A later change covers one wholly or in part: each is a point where the two ways may meet.
            let end = self.kept.len().min(at + LOOK_AHEAD);
            let meetings = (at..end).filter(|later| self.may_cover(*later, at)).collect();
            self.try_without(&BTreeSet::from([at]), &meetings);
        }
    }

    /// Whether one operation may make another superfluous: it sets or deletes the same thing or what holds it.
    fn may_cover(&self, later: usize, earlier: usize) -> bool {
        let (Some(later), Some(earlier)) = (self.kept.get(later), self.kept.get(earlier)) else { return false };
        match (later.about.name, earlier.about.name) {
            ("", earlier) => earlier.is_empty(),
            (later_name, _) => !later_name.starts_with("Create") && earlier.about.is_within(&later.about),
        }
    }

    /// Gives each operation whose time nobody can see in a workspace the time of the one before it.
    fn level_times(&mut self) {
        for at in 1..self.kept.len() {
            let Some(time) = at.checked_sub(1).and_then(|at| self.kept.get(at)).map(|kept| kept.record.time) else {
                continue;
            };
            let Some(kept) = self.kept.get(at).filter(|kept| kept.record.time != time) else { continue };
            if perform(self.before(at), &kept.record, time).is_some_and(|after| after == kept.after)
                && let Some(kept) = self.kept.get_mut(at)
            {
                kept.record.time = time;
            }
        }
    }
}

/// Carries out an operation on another workspace, with its own ids.
fn perform(workspace: &Workspace, record: &Record, time: Timestamp) -> Option<Workspace> {
    match &record.act {
        Act::Command(command) => {
            let mut env = Env::new(0, time);
            env.begin_replay(record.ids.iter().map(Rc::clone));
            let (after, _) = workspace.execute(command, &mut env).ok()?;
            env.end_replay().ok()?;
            Some(after)
        }
        Act::Moved(place) => Some(workspace.moved_to(place.clone())),
        Act::Restored { .. } => None,
    }
}
