//! Leaves out of a history what the present workspace does not need, so that a link is short.
//!
//! Replaying what is left gives exactly the present workspace: ids, times and numbers of deployments included. Whether
//! an operation can be left out is never reasoned about here; it is tried.

use crate::{
    collections::SortedSet,
    control_plane::{Command, Location},
    entities::{Edition, Workspace},
    env::Env,
    history::{Act, LogEntry, Record, Session},
};
use serde_json::Value;
use std::rc::Rc;

/// How many operations are replayed to see whether one before them was needed.
const LOOK_AHEAD: usize = 100;
/// How many operations are replayed in all.
const FUEL: usize = 20_000;

/// An operation that is kept, with the workspace after it.
#[derive(Clone)]
struct Kept {
    record: Record,
    after: Workspace,
}

/// Returns the commands that lead to the present workspace, all of them of step 0.
pub(super) fn prune(session: &Session) -> Vec<Record> {
    let kept = lineage(session);
    let mut pruner = Pruner { start: session.at(0).clone(), kept, fuel: FUEL };
    pruner.drop_what_was_deleted();
    pruner.drop_what_was_overwritten();
    pruner.level_times();
    pruner.raise_editions();
    pruner.kept.into_iter().map(|kept| Record { transaction: 0, ..kept.record }).collect()
}

/// Returns the operations that the present workspace descends from: what was undone and not redone is no part of it.
fn lineage(session: &Session) -> Vec<Kept> {
    let operations = session.entries();
    let mut kept = Vec::new();
    let mut moment = operations.len();
    while let Some(operation) = moment.checked_sub(1).and_then(|at| operations.get(at)) {
        let LogEntry { record, after } = &**operation;
        match record.act {
            // Both go to an earlier moment, so this ends.
            Act::Restored { to, .. } => moment = to.min(moment - 1),
            Act::Command(_) | Act::Moved(_) => {
                kept.push(Kept { record: record.clone(), after: after.clone() });
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
    /// Returns the workspace before a kept operation.
    fn before(&self, at: usize) -> &Workspace {
        at.checked_sub(1).and_then(|at| self.kept.get(at)).map_or(&self.start, |kept| &kept.after)
    }

    /// Leaves out the operations of `out`, when the workspace after the operation `until` stays what it is.
    fn try_without(&mut self, out: &SortedSet<usize>, until: usize) -> bool {
        let (Some(first), Some(goal)) = (out.iter().next().copied(), self.kept.get(until)) else { return false };
        let mut workspace = self.before(first).clone();
        let mut replayed = Vec::new();
        for at in (first..=until).filter(|at| !out.contains(at)) {
            let Some(kept) = self.kept.get(at).filter(|_| self.fuel > 0) else { return false };
            self.fuel -= 1;
            let Some(after) = perform(&workspace, &kept.record) else { return false };
            workspace = after;
            replayed.push(Kept { record: kept.record.clone(), after: workspace.clone() });
        }
        if workspace != goal.after {
            return false;
        }
        self.kept.splice(first..=until, replayed);
        true
    }

    /// Drops what was made and deleted again, which leaves nothing behind but, sometimes, a used-up number.
    fn drop_what_was_deleted(&mut self) {
        let mut at = 0;
        while at < self.kept.len() {
            let group =
                self.kept.get(at).and_then(|kept| command(&kept.record)).filter(|c| c.name().starts_with("Delete"));
            let group = group.map(|delete| self.about(delete, at)).unwrap_or_default();
            let size = group.len();
            if size > 1 && self.try_without(&group, at) {
                at -= size - 1;
            } else {
                at += 1;
            }
        }
    }

    /// Returns the operations up to `until` that are about what a command deletes, or about what went with it.
    fn about(&self, delete: &Command, until: usize) -> SortedSet<usize> {
        let target = target(delete);
        let mut gone: SortedSet<String> = target.last().map(|(_, value)| value.clone()).into_iter().collect();
        let mut group = SortedSet::from([until]);
        for (at, kept) in self.kept.iter().enumerate().take(until) {
            let Some(command) = command(&kept.record) else { continue };
            let input = command.input();
            let same = target.iter().all(|(name, value)| input.get(*name).and_then(Value::as_str) == Some(value));
            let below = input.values().any(|value| value.as_str().is_some_and(|text| gone.contains(text)));
            let made = kept.record.ids.iter().any(|id| gone.contains(&**id));
            if same || made || (below && !kept.record.ids.is_empty()) {
                group.insert(at);
                gone.extend(kept.record.ids.iter().map(ToString::to_string));
            }
        }
        group
    }

    /// Drops changes that a later one overwrites before anything could see them.
    fn drop_what_was_overwritten(&mut self) {
        for at in (0..self.kept.len()).rev() {
            let until = (at..self.kept.len()).take(LOOK_AHEAD).find(|later| self.covers(*later, at));
            let Some(mut until) = until else { continue };
            // A later change covers one wholly or in part; each is a candidate for the point where the two ways meet.
            loop {
                if self.try_without(&SortedSet::from([at]), until) {
                    break;
                }
                let next = (until + 1..self.kept.len()).take(LOOK_AHEAD).find(|later| self.covers(*later, at));
                match next.filter(|next| next - at < LOOK_AHEAD) {
                    Some(next) => until = next,
                    None => break,
                }
            }
        }
    }

    /// Tells whether one operation may make another superfluous: it sets or deletes the same thing or what holds it.
    fn covers(&self, later: usize, earlier: usize) -> bool {
        let (Some(later), Some(earlier)) = (self.kept.get(later), self.kept.get(earlier)) else { return false };
        match (command(&later.record), command(&earlier.record)) {
            (Some(later), Some(earlier)) if !later.name().starts_with("Create") => {
                let input = earlier.input();
                target(later).iter().all(|(name, value)| input.get(*name).and_then(Value::as_str) == Some(value))
            }
            (None, None) => true,
            _ => false,
        }
    }

    /// Gives each operation whose time nobody can see in a workspace the time of the one before it.
    fn level_times(&mut self) {
        for at in 1..self.kept.len() {
            let Some(time) = at.checked_sub(1).and_then(|at| self.kept.get(at)).map(|kept| kept.record.time) else {
                continue;
            };
            let Some(kept) = self.kept.get(at).filter(|kept| kept.record.time != time) else { continue };
            self.put_if_same(at, Record { time, ..kept.record.clone() });
        }
    }

    /// Gives each operation today's edition where today's rules let it do what it did.
    fn raise_editions(&mut self) {
        for at in 0..self.kept.len() {
            let old = self.kept.get(at).filter(|kept| kept.record.edition < Edition::TODAY);
            let Some(kept) = old else { continue };
            self.put_if_same(at, Record { edition: Edition::TODAY, ..kept.record.clone() });
        }
    }

    /// Puts a record in the place of another one if it leads to the same workspace.
    fn put_if_same(&mut self, at: usize, record: Record) {
        let after = perform(self.before(at), &record);
        if let Some(kept) = self.kept.get_mut(at).filter(|kept| after.as_ref() == Some(&kept.after)) {
            kept.record = record;
        }
    }
}

fn command(record: &Record) -> Option<&Command> {
    match &record.act {
        Act::Command(command) => Some(command),
        Act::Moved(_) | Act::Restored { .. } => None,
    }
}

/// Returns what a command is about: the members of its URI, the most particular one last.
fn target(command: &Command) -> Vec<(&'static str, String)> {
    let input = command.input();
    let of_uri = command.row().members.iter().filter(|member| member.location == Location::Uri);
    of_uri.filter_map(|member| Some((member.name, input.get(member.name)?.as_str()?.to_owned()))).collect()
}

/// Carries out an operation on another workspace, with its own ids and under its own rules.
fn perform(workspace: &Workspace, record: &Record) -> Option<Workspace> {
    match &record.act {
        Act::Command(command) => {
            let mut env = Env::new(0, record.time);
            env.begin_replay(record.edition, record.ids.iter().map(Rc::clone));
            let (after, _) = workspace.execute(command, &mut env).ok()?;
            env.end_replay().ok()?;
            Some(after)
        }
        Act::Moved(place) => Some(workspace.moved_to(place.clone())),
        Act::Restored { .. } => None,
    }
}
