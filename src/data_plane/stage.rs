//! Second step: the first path segment names the stage, unless a base path mapping has named it; and the stage points at a
//! snapshot.
//!
//! From here on only the snapshot is looked at; the working copy is out of reach.

use super::{Outcome, Step, Trace};
use crate::entities::{BasePathMapping, Deployment, DeploymentId, EndpointType, RestApi, Stage, StageName};
use std::{fmt, rc::Rc};

/// What the first path segment led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StageStep {
    /// To a stage and to the deployment that it points at.
    Found {
        /// The stage.
        stage: StageName,
        /// The deployment.
        deployment: DeploymentId,
        /// Its number: `D1` is 1.
        number: u32,
    },
    /// The path has no first segment.
    Missing,
    /// No stage has this name.
    Unknown(String),
    /// The stage that a base path mapping names is gone.
    Unmapped(StageName),
    /// The snapshot says that the default hostname is switched off.
    EndpointDisabled {
        /// The stage.
        stage: StageName,
        /// The number of its deployment.
        number: u32,
    },
    /// The snapshot is of a private API, which only a VPC reaches.
    Private(StageName),
}

impl StageStep {
    /// How it went.
    pub fn outcome(&self) -> Outcome {
        if matches!(self, Self::Found { .. }) { Outcome::Passed } else { Outcome::Failed }
    }
}

impl fmt::Display for StageStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Found { stage, deployment, number } => {
                write!(f, "The stage {stage} points at the deployment D{number} ({deployment}).")
            }
            Self::Missing => f.write_str("The URL names no stage: the first segment of the path has to be one."),
            Self::Unknown(name) => {
                write!(f, "The first segment of the path names the stage, and there is no stage {name:?}.")
            }
            Self::Unmapped(name) => write!(f, "The mapping names the stage {name}, which does not exist any more."),
            Self::EndpointDisabled { stage, number } => {
                write!(f, "The default endpoint is disabled in D{number}, which the stage {stage} points at.")
            }
            Self::Private(stage) => write!(f, "The stage {stage} is of a private API, which only its VPC can reach."),
        }
    }
}

/// A path split at the stage. All parts borrow from the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StagePath<'p> {
    /// The first segment; empty when there is none.
    pub(crate) stage: &'p str,
    /// What the resources see; begins with `/`.
    pub(crate) resource_path: &'p str,
    /// What `$context.path` shows: with the stage.
    pub(crate) whole: &'p str,
}

impl<'p> StagePath<'p> {
    /// Splits a path. Any number of slashes may stand before the stage and after it (recorded: `//dev/x` and `/dev//x`
    /// both reach `/x`; the former shows as `/dev/x`, the latter as it was sent).
    pub(crate) fn split(path: &'p str) -> Self {
        let whole = one_slash(path);
        let after = whole.strip_prefix('/').unwrap_or(whole);
        let (stage, rest) = after.find('/').map_or((after, ""), |at| after.split_at(at));
        Self { stage, resource_path: if rest.is_empty() { "/" } else { one_slash(rest) }, whole }
    }
}

impl<'p> StagePath<'p> {
    /// Splits a path of a custom domain name: the base path is cut off, and the stage is the mapping's or the next segment.
    /// What `$context.path` shows is the path as it was sent, without the mapping's stage (reported).
    pub(crate) fn mapped(path: &'p str, mapping: &'p BasePathMapping) -> Self {
        let whole = one_slash(path);
        let rest = match mapping.segment() {
            "" => whole,
            segment => whole.get(1 + segment.len()..).unwrap_or_default(),
        };
        match &mapping.stage {
            Some(stage) => Self { stage, resource_path: if rest.is_empty() { "/" } else { one_slash(rest) }, whole },
            None => Self { whole, ..Self::split(rest) },
        }
    }

    /// Splits a path by a mapping, if there is one.
    pub(crate) fn of(path: &'p str, mapping: Option<&'p BasePathMapping>) -> Self {
        mapping.map_or_else(|| Self::split(path), |mapping| Self::mapped(path, mapping))
    }
}

/// The text with all its leading slashes but the last cut off.
fn one_slash(path: &str) -> &str {
    let bare = path.trim_start_matches('/');
    path.get((path.len() - bare.len()).saturating_sub(1)..).unwrap_or(path)
}

/// Finds the stage and the deployment that it points at, and sees whether the snapshot lets callers in.
///
/// A custom domain name stays open when the default endpoint is switched off (documented).
pub(crate) fn find<'w>(
    api: &'w RestApi,
    path: &StagePath<'_>,
    mapping: Option<&BasePathMapping>,
    trace: &mut Trace,
) -> Found<'w> {
    let (found, step) = match look_up(api, path.stage) {
        Ok((stage, deployment)) => (Some((stage, deployment)), admit(stage, deployment, mapping.is_some())),
        Err(StageStep::Unknown(name)) => {
            let named = mapping.and_then(|mapping| mapping.stage.clone());
            (None, named.map_or(StageStep::Unknown(name), StageStep::Unmapped))
        }
        Err(step) => (None, step),
    };
    let admitted = step.outcome() == Outcome::Passed;
    trace.push(Step::Stage(step));
    match found {
        Some(found) if admitted => Found::Stage(found.0, found.1),
        Some(found) => Found::Closed(found.0, found.1),
        None => Found::Nothing,
    }
}

/// What [`find`] found.
pub(crate) enum Found<'w> {
    /// A stage and its deployment.
    Stage(&'w Rc<Stage>, &'w Rc<Deployment>),
    /// A stage whose snapshot lets nobody in.
    Closed(&'w Rc<Stage>, &'w Rc<Deployment>),
    /// No stage.
    Nothing,
}

fn look_up<'w>(api: &'w RestApi, name: &str) -> Result<(&'w Rc<Stage>, &'w Rc<Deployment>), StageStep> {
    if name.is_empty() {
        return Err(StageStep::Missing);
    }
    let stage = api.stages.get(name).ok_or_else(|| StageStep::Unknown(name.to_owned()))?;
    // Always there: a deployment that a stage points at cannot be deleted.
    let deployment = api.deployment_of(stage).ok_or_else(|| StageStep::Unknown(name.to_owned()))?;
    Ok((stage, deployment))
}

fn admit(stage: &Stage, deployment: &Deployment, custom: bool) -> StageStep {
    let settings = &deployment.config.settings;
    if settings.disable_execute_api_endpoint && !custom {
        return StageStep::EndpointDisabled { stage: stage.name.clone(), number: deployment.number };
    }
    if settings.endpoint.endpoint_type == EndpointType::Private {
        return StageStep::Private(stage.name.clone());
    }
    StageStep::Found { stage: stage.name.clone(), deployment: deployment.id.clone(), number: deployment.number }
}
