//! Second step: the first path segment names the stage, unless a base path mapping has named it; and the stage points at a
//! snapshot, or at two: then chance decides whether its canary takes the request.
//!
//! From here on only the snapshot is looked at; the working copy is out of reach.

use super::{Outcome, Step, Trace};
use crate::{
    entities::{BasePathMapping, Deployment, DeploymentId, Double, EndpointType, RestApi, Stage, StageName},
    env::Env,
};
use std::{fmt, rc::Rc};

/// The decision of chance on a stage with a canary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CanaryDraw {
    /// Whether the canary takes the request.
    pub taken: bool,
    /// The canary's share of the requests, in per cent.
    pub percent: Double,
    /// The canary's deployment.
    pub deployment: DeploymentId,
    /// Its number: `D1` is 1.
    pub number: u32,
}

/// The stage that the first path segment led to.
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
        /// The draw between it and its canary, if it has one.
        canary: Option<CanaryDraw>,
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
        /// The number of the deployment.
        number: u32,
        /// Whether it is the canary's.
        canary: bool,
    },
    /// The snapshot is of a private API, which only a VPC reaches.
    Private(StageName),
}

impl StageStep {
    /// Returns how it went.
    pub fn outcome(&self) -> Outcome {
        if matches!(self, Self::Found { .. }) { Outcome::Passed } else { Outcome::Failed }
    }
}

impl fmt::Display for StageStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Found { stage, deployment, number, canary } => {
                write!(f, "The stage {stage} points at the deployment D{number} ({deployment}).")?;
                let Some(CanaryDraw { taken, percent, deployment, number }) = canary else { return Ok(()) };
                let taken = if *taken { "and took this one" } else { "but not this one" };
                write!(f, " Its canary, D{number} ({deployment}), takes {percent} % of the requests, {taken}.")
            }
            Self::Missing => f.write_str("The URL names no stage: the first segment of the path has to be one."),
            Self::Unknown(name) => {
                write!(f, "The first segment of the path names the stage, and there is no stage {name:?}.")
            }
            Self::Unmapped(name) => write!(f, "The mapping names the stage {name}, which does not exist any more."),
            Self::EndpointDisabled { stage, number, canary } => {
                let (which, whose) = if *canary { ("canary of the stage", "has") } else { ("stage", "points at") };
                write!(f, "The default endpoint is disabled in D{number}, which the {which} {stage} {whose}.")
            }
            Self::Private(stage) => write!(f, "The stage {stage} is of a private API, which only its VPC can reach."),
        }
    }
}

/// A path split at the stage. All parts borrow from the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StagePath<'p> {
    /// The first segment; empty without one.
    pub(crate) stage: &'p str,
    /// The path that the resources see; begins with `/`.
    pub(crate) resource_path: &'p str,
    /// The path that `$context.path` shows: with the stage.
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

/// Returns the text with all its leading slashes but the last cut off.
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
    env: &mut Env,
    trace: &mut Trace,
) -> Found<'w> {
    let (found, step) = match look_up(api, path.stage) {
        Ok((stage, own)) => {
            let draw = draw(api, stage, env);
            let taken = draw.as_ref().filter(|(draw, _)| draw.taken).map(|(_, deployment)| *deployment);
            let (deployment, canary) = (taken.unwrap_or(own), draw.is_some().then_some(taken.is_some()));
            let refused = refuse(stage, deployment, mapping.is_some(), taken.is_some());
            let step = refused.unwrap_or_else(|| StageStep::Found {
                stage: stage.name.clone(),
                deployment: own.id.clone(),
                number: own.number,
                canary: draw.map(|(draw, _)| draw),
            });
            (Some(Answering { stage, deployment, canary }), step)
        }
        Err(StageStep::Unknown(name)) => {
            let named = mapping.and_then(|mapping| mapping.stage.clone());
            (None, named.map_or(StageStep::Unknown(name), StageStep::Unmapped))
        }
        Err(step) => (None, step),
    };
    let admitted = step.outcome() == Outcome::Passed;
    trace.push(Step::Stage(step));
    match found {
        Some(found) if admitted => Found::Stage(found),
        Some(found) => Found::Closed(found),
        None => Found::Nothing,
    }
}

/// A stage and the one of its deployments that answers.
#[derive(Clone, Copy)]
pub(crate) struct Answering<'w> {
    pub(crate) stage: &'w Rc<Stage>,
    pub(crate) deployment: &'w Rc<Deployment>,
    /// On a stage with a canary: whether the deployment is the canary's.
    pub(crate) canary: Option<bool>,
}

/// The find of [`find`].
pub(crate) enum Found<'w> {
    /// A stage and its deployment.
    Stage(Answering<'w>),
    /// A stage whose snapshot lets nobody in.
    Closed(Answering<'w>),
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

/// Draws between the stage and its canary, for each request anew: 0 % is never, 100 % is always (recorded).
fn draw<'w>(api: &'w RestApi, stage: &Stage, env: &mut Env) -> Option<(CanaryDraw, &'w Rc<Deployment>)> {
    let canary = stage.canary.as_ref()?;
    // Always there: a deployment that a canary has cannot be deleted.
    let deployment = api.deployments.get(&canary.deployment_id)?;
    let percent = canary.percent_traffic;
    let taken = env.chance() * 100.0 < percent.get();
    Some((CanaryDraw { taken, percent, deployment: deployment.id.clone(), number: deployment.number }, deployment))
}

/// Returns why a snapshot lets nobody in.
fn refuse(stage: &Stage, deployment: &Deployment, custom: bool, canary: bool) -> Option<StageStep> {
    let settings = &deployment.config.settings;
    if settings.disable_execute_api_endpoint && !custom {
        let (stage, number) = (stage.name.clone(), deployment.number);
        return Some(StageStep::EndpointDisabled { stage, number, canary });
    }
    let private = settings.endpoint.endpoint_type == EndpointType::Private;
    private.then(|| StageStep::Private(stage.name.clone()))
}
