//! Remembers what authorizers said, by stage, authorizer and identity, for as long as the authorizer says (documented). That memory
//! outlives deployments, and so it is one more way in which a change of an API seems to have no effect.

use super::{Call, Runtime, authorizer::sources, function::Grant, mapping::of_request};
use crate::{
    collections::SharedMap,
    entities::{Authorizer, Timestamp},
};
use std::rc::Rc;

/// Seconds, when the authorizer says nothing (documented).
const DEFAULT_TTL: u32 = 300;
/// The most answers that are remembered; they are let go when there are more.
const MOST: usize = 2_000;

#[derive(Clone, Debug)]
struct Kept {
    grant: Rc<Grant>,
    since: Timestamp,
    until: Timestamp,
    /// The number of times that the stage's memory had been emptied by then.
    flushes: u32,
}

/// The answers that are remembered. A copy costs a pointer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grants(SharedMap<Rc<str>, Kept>);

/// Returns the seconds that an authorizer's answers are remembered; 0 for not at all.
pub(super) fn ttl(authorizer: &Authorizer) -> u32 {
    authorizer.result_ttl_in_seconds.unwrap_or(DEFAULT_TTL)
}

/// Returns what is remembered for a request, with its age in seconds. Only a stage remembers.
pub(super) fn look(
    authorizer: &Authorizer,
    call: &Call<'_>,
    path: &[(&str, &str)],
    runtime: &Runtime,
) -> Option<(Rc<Grant>, u32)> {
    let flushes = call.rules?.authorizer_flushes;
    let kept = runtime.grants.0.get(&*key(authorizer, call, path)?)?;
    // A clock that was set back makes an answer of the future; it would be remembered for too long.
    let counts = kept.flushes == flushes && (kept.since..kept.until).contains(&call.time);
    let age = u32::try_from(call.time.0.saturating_sub(kept.since.0) / 1000).unwrap_or_default();
    counts.then(|| (kept.grant.clone(), age))
}

/// Remembers what an authorizer said about a request.
pub(super) fn keep(
    authorizer: &Authorizer,
    call: &Call<'_>,
    path: &[(&str, &str)],
    grant: &Rc<Grant>,
    runtime: &mut Runtime,
) {
    let (Some(stage), Some(key)) = (call.rules, key(authorizer, call, path)) else { return };
    if runtime.grants.0.len() >= MOST {
        runtime.grants = Grants::default();
    }
    let until = Timestamp(call.time.0.saturating_add(i64::from(ttl(authorizer)) * 1000));
    let kept = Kept { grant: grant.clone(), since: call.time, until, flushes: stage.authorizer_flushes };
    runtime.grants.0.insert(key.into(), kept);
}

/// Returns the key of an answer: stage, authorizer and the value of each identity source; `None` when nothing is remembered.
fn key(authorizer: &Authorizer, call: &Call<'_>, path: &[(&str, &str)]) -> Option<String> {
    if ttl(authorizer) == 0 {
        return None;
    }
    let mut out = [call.api_id, "/", call.stage, "/", &*authorizer.id].concat();
    for source in sources(authorizer) {
        let value = match source.split_once('.') {
            Some(("stageVariables", name)) => call.variables.get(name).map(|value| value.as_str().to_owned()),
            _ => of_request(source, call, path),
        };
        let value = value.unwrap_or_default();
        // Lengths keep two lists of values apart.
        out.push_str(&format!("\n{}:{value}", value.len()));
    }
    Some(out)
}
