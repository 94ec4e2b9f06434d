//! The entries of the history: what was done and, among it, what was refused, the newest first.

use crate::{
    civil_time::CivilTime,
    history::{Act, Moment, Refusal, summary},
    ui::State,
};
use std::rc::Rc;

/// Which entry it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// An operation of the log, by the moment after it.
    Done(Moment),
    /// A refusal, by its number.
    Refused(u64),
}

/// One entry, as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) entry: Entry,
    /// The act in a sentence, or why it was refused.
    pub(super) text: String,
    /// Hours and minutes.
    pub(super) time: String,
    /// AWS's name of the operation; empty for what is no request.
    pub(super) name: &'static str,
    /// Whether the workspace is as it was then.
    pub(super) present: bool,
    /// AWS's error code; empty when it was not refused.
    pub(super) code: Rc<str>,
}

/// Returns the newest entries, so many of them.
pub(super) fn rows(state: &State, count: usize, with_refused: bool) -> Vec<Row> {
    let mut refused = state.session.refused().iter().rev().filter(|_| with_refused).peekable();
    let mut out = Vec::new();
    for moment in (0..=state.session.entries().len()).rev() {
        while let Some(refusal) = refused.next_if(|refusal| refusal.moment >= moment) {
            out.push(of_refusal(refusal));
        }
        if out.len() >= count {
            break;
        }
        out.extend(of_operation(state, moment));
    }
    out.truncate(count);
    out
}

fn of_operation(state: &State, moment: Moment) -> Option<Row> {
    let at = moment.checked_sub(1)?;
    let operation = state.session.entries().get(at)?;
    let name = match &operation.record.act {
        Act::Command(command) => command.name(),
        Act::Moved(_) | Act::Restored { .. } => "",
    };
    Some(Row {
        entry: Entry::Done(moment),
        text: summary(&operation.record.act, state.session.at(at), &operation.after),
        time: CivilTime::from_epoch_ms(operation.record.time.0).short_time(),
        name,
        present: state.session.is_present(moment),
        code: "".into(),
    })
}

fn of_refusal(refusal: &Refusal) -> Row {
    Row {
        entry: Entry::Refused(refusal.number),
        text: refusal.error.message.clone(),
        time: CivilTime::from_epoch_ms(refusal.time.0).short_time(),
        name: refusal.name(),
        present: false,
        code: refusal.error.code.clone(),
    }
}
