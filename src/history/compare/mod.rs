//! Any two versions of an API, compared: the working copy, a deployment, a stage, or a moment of the log.
//!
//! What a deployment freezes is compared by `diff`. What acts at once, without a deployment, belongs to stages and moments
//! only: it is compared when both sides have it. Nothing is changed here.

mod outside;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

pub use outside::{OutsideChange, OutsideField};

use super::{
    Moment, Session,
    diff::{self, Change, ChangeKind},
};
use crate::{
    entities::{ApiConfig, RestApi, Workspace},
    text::capitalized,
};
use outside::Outside;
use std::{fmt, rc::Rc};

/// One side of a comparison, as an address names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Version {
    /// The API as it stands in the editor.
    WorkingCopy,
    /// A deployment, by its id.
    Deployment(String),
    /// A stage: what it points at, and what it owns.
    Stage(String),
    /// The working copy as it was at a moment, and what stood beside it.
    Moment(Moment),
}

impl Version {
    /// Reads `working-copy`, `deployment:d1e2f3`, `stage:dev` or `moment:12`.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once(':') {
            None if text == "working-copy" => Some(Self::WorkingCopy),
            Some(("deployment", id)) if !id.is_empty() => Some(Self::Deployment(id.to_owned())),
            Some(("stage", name)) if !name.is_empty() => Some(Self::Stage(name.to_owned())),
            Some(("moment", number)) => number.parse().ok().map(Self::Moment),
            _ => None,
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WorkingCopy => f.write_str("working-copy"),
            Self::Deployment(id) => write!(f, "deployment:{id}"),
            Self::Stage(name) => write!(f, "stage:{name}"),
            Self::Moment(moment) => write!(f, "moment:{moment}"),
        }
    }
}

/// The content of a side.
#[derive(Clone, Debug)]
pub struct Content {
    /// Its name in a sentence: `D1`, `stage dev`, `the working copy`, `moment 12`.
    pub name: String,
    /// The configuration that a deployment of it froze, or would freeze.
    pub config: Rc<ApiConfig>,
    outside: Outside,
}

impl Content {
    /// Returns what a version of an API holds, in a workspace that is shown.
    ///
    /// # Errors
    /// There is no such version; why, in a sentence.
    pub fn of(session: &Session, shown: &Workspace, api_id: &str, version: &Version) -> Result<Self, String> {
        let api = shown.api(api_id);
        let there = || api.ok_or_else(|| format!("There is no API {api_id} here."));
        match version {
            Version::WorkingCopy => {
                let api = there()?;
                Ok(Self { name: "the working copy".into(), config: api.config.clone(), outside: Outside::None })
            }
            Version::Deployment(id) => {
                let deployment = there()?.deployments.get(id.as_str());
                let deployment = deployment
                    .ok_or_else(|| format!("There is no deployment {id}: it was deleted, or is of another API."))?;
                let (name, config) = (deployment.short_name(), deployment.config.clone());
                Ok(Self { name, config, outside: Outside::None })
            }
            Version::Stage(name) => {
                let api = there()?;
                let unknown = || format!("There is no stage {name}: it was deleted, or is of another API.");
                let stage = api.stages.get(name.as_str()).ok_or_else(unknown)?;
                let deployment = api.deployment_of(stage).ok_or_else(unknown)?;
                let outside = Outside::of_stage(shown, &session.env, api, name);
                Ok(Self { name: format!("stage {name}"), config: deployment.config.clone(), outside })
            }
            Version::Moment(moment) => Self::of_moment(session, api, api_id, *moment),
        }
    }

    fn of_moment(session: &Session, now: Option<&Rc<RestApi>>, api_id: &str, moment: Moment) -> Result<Self, String> {
        let length = session.entries().len();
        if moment > length {
            return Err(format!("There is no moment {moment}: the history has {length} operations."));
        }
        let ws = session.at(moment);
        let called = now.map_or(api_id, |api| api.config.settings.name.as_str());
        let api = ws.api(api_id).ok_or_else(|| format!("{called} did not exist at moment {moment}."))?;
        let outside = Outside::of_moment(ws, &session.env, api);
        Ok(Self { name: format!("moment {moment}"), config: api.config.clone(), outside })
    }
}

/// The differences between two sides.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The changes of what deployments freeze.
    pub frozen: Vec<Change>,
    /// The changes of what acts at once, when both sides have it.
    pub outside: Vec<OutsideChange>,
}

impl Comparison {
    /// Returns the changes that lead from one side to the other.
    pub fn between(before: &Content, after: &Content) -> Self {
        Self {
            frozen: diff::diff(&before.config, &after.config),
            outside: outside::diff(&before.outside, &after.outside),
        }
    }

    /// Returns how many there are.
    pub fn count(&self) -> usize {
        self.frozen.len() + self.outside.len()
    }

    /// Returns the comparison in one line.
    pub fn headline(&self, before: &Content, after: &Content) -> String {
        let (from, to) = (&before.name, &after.name);
        let kinds = self.frozen.iter().map(|change| change.kind).chain(self.outside.iter().map(|change| change.kind));
        let mut counts = [(0, "added"), (0, "removed"), (0, "changed")];
        for kind in kinds {
            let at = match kind {
                ChangeKind::Added => 0,
                ChangeKind::Removed => 1,
                ChangeKind::Changed | ChangeKind::Moved => 2,
            };
            counts[at].0 += 1;
        }
        let told: Vec<String> =
            counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
        match self.count() {
            0 => format!("{} and {to} hold the same.", capitalized(from)),
            1 => format!("From {from} to {to}: 1 change ({}).", told.join(", ").trim_start_matches("1 ")),
            n => format!("From {from} to {to}: {n} changes ({}).", told.join(", ")),
        }
    }
}
