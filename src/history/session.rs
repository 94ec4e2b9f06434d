//! The append-only log of what was done, each entry with the workspace after it; undo, redo and restore add to it.
//!
//! The log holds commands, not events: replaying one validates everything again, so that a link or a file from
//! elsewhere can do no more than a user can. Nothing here decides what is allowed; `control_plane` does.

use super::refusal::{Asked, Refusal, Refusals, Sender};
use crate::{
    control_plane::{ApiError, Command, Outcome},
    entities::{Edition, Place, Timestamp, Workspace},
    env::{Env, ReplayFault},
};
use std::rc::Rc;

/// A moment of a session: 0 before anything was done, `n` after the n-th entry of the log.
pub type Moment = usize;

/// The deed of an entry.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// A control-plane request was carried out.
    Command(Command),
    /// The workspace was given another region or account.
    Moved(Place),
    /// An earlier workspace was made the present one again.
    Restored {
        /// The moment.
        to: Moment,
        /// By which way.
        by: RestoredBy,
    },
}

/// The ways to an earlier workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RestoredBy {
    /// Undo.
    Undo,
    /// Redo.
    Redo,
    /// A choice in the history.
    Choice,
}

/// One entry of the log, without the workspace that it led to: what is stored, shared and replayed.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The number of its transaction: entries of one are undone together. 0 is what the workspace began with.
    pub transaction: u32,
    /// The time at which it was done.
    pub time: Timestamp,
    /// The edition of the rules under which it was done.
    pub edition: Edition,
    /// The deed.
    pub act: Act,
    /// The ids that were minted for it.
    pub ids: Vec<Rc<str>>,
}

/// One entry of the log.
#[derive(Clone, Debug)]
pub struct LogEntry {
    /// The deed.
    pub record: Record,
    /// The workspace after it.
    pub after: Workspace,
}

/// The reason why a log could not be replayed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ReplayError {
    /// A command was refused.
    #[error("operation {number} ({operation}) was refused: {error}")]
    Refused {
        /// Its number, from 1.
        number: usize,
        /// AWS's name of it.
        operation: &'static str,
        /// The reason.
        error: ApiError,
    },
    /// The ids recorded with a command do not fit.
    #[error("operation {number}: {fault}")]
    Ids {
        /// Its number, from 1.
        number: usize,
        /// The fault that they have.
        fault: ReplayFault,
    },
    /// An entry goes back to a moment that does not exist, or undoes what cannot be undone.
    #[error("operation {number} goes back to a moment that does not exist")]
    Moment {
        /// Its number, from 1.
        number: usize,
    },
    /// Steps go backwards.
    #[error("operation {number} belongs to a step that is over")]
    Transaction {
        /// Its number, from 1.
        number: usize,
    },
}

/// A workspace with its whole history.
#[derive(Clone, Debug)]
pub struct Session {
    /// Time, chance and ids.
    pub env: Env,
    start: Workspace,
    entries: Vec<Rc<LogEntry>>,
    /// For each moment the earliest one with the same workspace: a restored moment is the one it went back to.
    origin: Vec<Moment>,
    undo: Vec<Moment>,
    redo: Vec<Moment>,
    transaction: u32,
    refusals: Refusals,
}

impl Session {
    /// Returns an empty workspace.
    pub fn new(env: Env) -> Self {
        Self {
            env,
            start: Workspace::default(),
            entries: Vec::new(),
            origin: vec![0],
            undo: Vec::new(),
            redo: Vec::new(),
            transaction: 0,
            refusals: Refusals::default(),
        }
    }

    /// Returns a workspace that nobody has made yet, to be looked at: there is no log that leads to it, so it can be neither stored
    /// nor shared.
    pub fn preview(env: Env, workspace: Workspace) -> Self {
        Self { start: workspace, ..Self::new(env) }
    }

    /// Returns a workspace with these commands done as its beginning, which undo does not take back.
    ///
    /// # Errors
    /// The first refusal.
    pub fn beginning_with<T>(
        env: Env,
        begin: impl FnOnce(&mut Transaction<'_>) -> Result<T, ApiError>,
    ) -> Result<Self, ApiError> {
        let mut session = Self::new(env);
        session.transact_numbered(0, begin)?;
        Ok(session)
    }

    /// Replays a log.
    ///
    /// # Errors
    /// The first entry that cannot be carried out as it was.
    pub fn replay(env: Env, records: impl IntoIterator<Item = Record>) -> Result<Self, ReplayError> {
        let mut session = Self::new(env);
        for record in records {
            session.replay_one(record)?;
        }
        Ok(session)
    }

    /// Replays one more entry, such as one that another tab has stored. The session is unchanged when it does not fit.
    ///
    /// # Errors
    /// The entry cannot be carried out as it was.
    pub fn replay_one(&mut self, record: Record) -> Result<(), ReplayError> {
        let number = self.entries.len() + 1;
        if record.transaction < self.transaction {
            return Err(ReplayError::Transaction { number });
        }
        let back = self.env.now();
        self.env.set_now(record.time);
        let result = self.replay_act(number, &record);
        self.env.set_now(back.max(record.time));
        let after = result?;
        self.append(Rc::new(LogEntry { record, after }));
        Ok(())
    }

    fn replay_act(&mut self, number: usize, record: &Record) -> Result<Workspace, ReplayError> {
        match &record.act {
            Act::Command(command) => {
                self.env.take_minted();
                self.env.begin_replay(record.edition, record.ids.iter().cloned());
                let present = self.present().clone();
                let done = present.execute(command, &mut self.env);
                let ids = self.env.end_replay();
                self.env.take_minted();
                let operation = command.name();
                let (after, _) = done.map_err(|error| ReplayError::Refused { number, operation, error })?;
                ids.map_err(|fault| ReplayError::Ids { number, fault })?;
                Ok(after)
            }
            Act::Moved(place) => Ok(self.present().moved_to(place.clone())),
            Act::Restored { to, by } => {
                let allowed = match by {
                    RestoredBy::Undo => self.undo.last() == Some(to),
                    RestoredBy::Redo => self.redo.last() == Some(to),
                    RestoredBy::Choice => *to < number,
                };
                if allowed { Ok(self.at(*to).clone()) } else { Err(ReplayError::Moment { number }) }
            }
        }
    }

    /// Returns a session of its own that goes on from a moment: with the log up to there, shared with this one, and what was
    /// refused up to there; nothing after it.
    pub fn fork(&self, env: Env, moment: Moment) -> Self {
        let mut fork = Self::preview(env, self.start.clone());
        fork.refusals = self.refusals.up_to(moment);
        for entry in self.entries.iter().take(moment) {
            fork.append(Rc::clone(entry));
        }
        fork
    }

    /// Returns the workspace as it is.
    pub fn present(&self) -> &Workspace {
        self.at(self.entries.len())
    }

    /// Returns the workspace as it was at a moment; the present one for a moment that has not come.
    pub fn at(&self, moment: Moment) -> &Workspace {
        match moment.min(self.entries.len()).checked_sub(1).and_then(|last| self.entries.get(last)) {
            Some(entry) => &entry.after,
            None => &self.start,
        }
    }

    /// Returns the log.
    pub fn entries(&self) -> &[Rc<LogEntry>] {
        &self.entries
    }

    /// Returns the answer that an entry of the log got, by its index; `None` for one that is no request.
    pub fn answer(&self, at: usize) -> Option<Outcome> {
        let record = &self.entries.get(at)?.record;
        let Act::Command(command) = &record.act else { return None };
        let mut env = Env::new(0, record.time);
        env.begin_replay(record.edition, record.ids.iter().cloned());
        self.at(at).execute(command, &mut env).ok().map(|(_, outcome)| outcome)
    }

    /// Returns the indexes of the entries that lead to a moment: without those that were taken back.
    pub fn leading_to(&self, moment: Moment) -> Vec<usize> {
        let mut out = Vec::new();
        let mut at = moment.min(self.entries.len());
        while let Some(last) = at.checked_sub(1) {
            at = match &self.entries[last].record.act {
                Act::Restored { to, .. } => *to,
                Act::Command(_) | Act::Moved(_) => {
                    out.push(last);
                    last
                }
            };
        }
        out.reverse();
        out
    }

    /// Returns the entries from one to another, by their numbers from 1, that lead to the moment after the last; and the moment
    /// that they go on from. What was taken back is not among them.
    pub fn range(&self, from: usize, to: usize) -> (Vec<usize>, Moment) {
        let all = self.leading_to(to).into_iter();
        let range: Vec<usize> = all.skip_while(|at| *at + 1 < from).collect();
        let begin = range.first().copied().unwrap_or(to);
        (range, begin)
    }

    /// Carries out one request as a transaction of its own. One that only reads leaves no entry.
    ///
    /// # Errors
    /// Whatever the control plane refuses; nothing has changed then.
    pub fn execute(&mut self, command: impl Into<Command>) -> Result<Outcome, ApiError> {
        let command = command.into();
        self.transact(|transaction| transaction.execute(command))
    }

    /// Carries out several requests that are undone together: all of them or none.
    ///
    /// # Errors
    /// The first refusal, or the closure's own; nothing has changed then.
    pub fn transact<T>(
        &mut self,
        act: impl FnOnce(&mut Transaction<'_>) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        self.transact_numbered(self.transaction + 1, act)
    }

    fn transact_numbered<T>(
        &mut self,
        number: u32,
        act: impl FnOnce(&mut Transaction<'_>) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let present = self.present().clone();
        let mut transaction =
            Transaction { env: &mut self.env, present, number, done: Vec::new(), refused: Vec::new() };
        let result = act(&mut transaction);
        let Transaction { done, refused, .. } = transaction;
        for (command, error) in refused {
            self.note_refused(command.into(), &error);
        }
        let result = result?;
        for entry in done {
            self.append(entry);
        }
        Ok(result)
    }

    /// Returns the requests that were refused lately, the oldest first. They are no part of the log.
    pub fn refused(&self) -> &[Rc<Refusal>] {
        self.refusals.kept()
    }

    /// Says who sends what comes next.
    pub fn set_sender(&mut self, sender: Sender) {
        self.refusals.sender = sender;
    }

    /// Keeps a refusal that something else than a transaction met.
    pub fn note_refused(&mut self, asked: Asked, error: &ApiError) {
        self.refusals.add(self.entries.len(), &self.env, asked, error);
    }

    /// Takes in refusals of this workspace that another page, or an earlier visit, has kept. One that is there already stays.
    pub fn take_refused(&mut self, others: Vec<Refusal>) {
        self.refusals.take(others);
    }

    /// Gives the workspace another region or account. Nothing happens when it is the one that it has.
    pub fn move_to(&mut self, place: Place) {
        if self.present().place == place {
            return;
        }
        let after = self.present().moved_to(place.clone());
        self.push(self.transaction + 1, Act::Moved(place), Vec::new(), after);
    }

    /// Tells whether a moment's workspace is the present one, because nothing was done since or because it was restored.
    pub fn is_present(&self, moment: Moment) -> bool {
        self.origin.get(moment) == Some(&self.head())
    }

    /// Returns where undo would go.
    pub fn undo_target(&self) -> Option<Moment> {
        self.undo.last().copied()
    }

    /// Returns where redo would go.
    pub fn redo_target(&self) -> Option<Moment> {
        self.redo.last().copied()
    }

    /// Takes the last transaction back. `false` when nothing can be taken back.
    pub fn undo(&mut self) -> bool {
        self.go_back(self.undo_target(), RestoredBy::Undo)
    }

    /// Does the last undone transaction again. `false` when nothing was undone.
    pub fn redo(&mut self) -> bool {
        self.go_back(self.redo_target(), RestoredBy::Redo)
    }

    /// Makes the workspace of a moment the present one. `false` when it is, or when there is no such moment.
    pub fn restore(&mut self, moment: Moment) -> bool {
        let target = self.origin.get(moment).copied().filter(|origin| *origin != self.head());
        self.go_back(target, RestoredBy::Choice)
    }

    fn go_back(&mut self, target: Option<Moment>, by: RestoredBy) -> bool {
        let Some(to) = target else { return false };
        let after = self.at(to).clone();
        self.push(self.transaction + 1, Act::Restored { to, by }, Vec::new(), after);
        true
    }

    /// Returns the earliest moment with the present workspace.
    fn head(&self) -> Moment {
        self.origin.last().copied().unwrap_or(0)
    }

    fn push(&mut self, transaction: u32, act: Act, ids: Vec<Rc<str>>, after: Workspace) {
        let record = Record { transaction, time: self.env.now(), edition: Edition::TODAY, act, ids };
        self.append(Rc::new(LogEntry { record, after }));
    }

    /// Adds an entry and keeps the stacks of undo and redo, which follow from the log alone.
    fn append(&mut self, entry: Rc<LogEntry>) {
        let head = self.head();
        let Record { transaction, act, .. } = &entry.record;
        let (is_first, transaction) = (*transaction > self.transaction, *transaction);
        let origin = match act {
            Act::Restored { to, by } => {
                match by {
                    RestoredBy::Undo => {
                        self.undo.pop();
                        self.redo.push(head);
                    }
                    RestoredBy::Redo => {
                        self.redo.pop();
                        self.undo.push(head);
                    }
                    RestoredBy::Choice => {
                        self.undo.push(head);
                        self.redo.clear();
                    }
                }
                self.origin.get(*to).copied().unwrap_or(0)
            }
            Act::Command(_) | Act::Moved(_) => {
                if is_first {
                    self.undo.push(head);
                }
                self.redo.clear();
                self.entries.len() + 1
            }
        };
        self.transaction = transaction;
        self.origin.push(origin);
        self.entries.push(entry);
    }
}

/// A transaction in the making; see [`Session::transact`].
#[derive(Debug)]
pub struct Transaction<'a> {
    env: &'a mut Env,
    present: Workspace,
    number: u32,
    done: Vec<Rc<LogEntry>>,
    refused: Vec<(Command, ApiError)>,
}

impl Transaction<'_> {
    /// Carries out a request as part of the transaction.
    ///
    /// # Errors
    /// Whatever the control plane refuses.
    pub fn execute(&mut self, command: impl Into<Command>) -> Result<Outcome, ApiError> {
        let command = command.into();
        self.env.take_minted();
        let (after, outcome) = match self.present.execute(&command, self.env) {
            Ok(done) => done,
            Err(error) => {
                self.refused.push((command, error.clone()));
                return Err(error);
            }
        };
        let ids = self.env.take_minted();
        if !command.is_read() {
            let (time, edition) = (self.env.now(), self.env.edition());
            let record = Record { transaction: self.number, time, edition, act: Act::Command(command), ids };
            self.present = after.clone();
            self.done.push(Rc::new(LogEntry { record, after }));
        }
        Ok(outcome)
    }

    /// Returns the workspace as the transaction has made it so far.
    pub fn present(&self) -> &Workspace {
        &self.present
    }
}
