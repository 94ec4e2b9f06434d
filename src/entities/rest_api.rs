//! A REST API: its working copy, its deployments and its stages.

use super::{ApiConfig, ApiId, Deployment, DeploymentId, Documentation, Stage, StageName, Timestamp};
use crate::collections::{SharedMap, SortedMap, sort_by};
use std::rc::Rc;

/// A REST API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestApi {
    /// Its id.
    pub id: ApiId,
    /// When it was made.
    pub created: Timestamp,
    /// The working copy: what the next deployment would freeze. No caller ever reaches it.
    pub config: Rc<ApiConfig>,
    /// The snapshots.
    pub deployments: SharedMap<DeploymentId, Rc<Deployment>>,
    /// The stages.
    pub stages: SharedMap<StageName, Rc<Stage>>,
    /// The documentation about it.
    pub documentation: Rc<Documentation>,
    /// Tags.
    pub tags: SortedMap<String, String>,
    /// The number of the next deployment; deleting one does not free its number.
    pub next_deployment_number: u32,
}

impl RestApi {
    /// Returns the deployment that a stage points at.
    pub fn deployment_of(&self, stage: &Stage) -> Option<&Rc<Deployment>> {
        self.deployments.get(&stage.deployment_id)
    }

    /// Returns the deployments, newest first.
    pub fn deployments_newest_first(&self) -> Vec<&Rc<Deployment>> {
        let mut all: Vec<_> = self.deployments.values().collect();
        sort_by(&mut all, |a, b| b.number.cmp(&a.number));
        all
    }

    /// Returns the stages whose canary has a deployment, by name.
    pub fn canaries_of<'a>(&'a self, deployment: &'a str) -> impl Iterator<Item = &'a Rc<Stage>> {
        self.stages.values().filter(move |stage| stage.canary_is(deployment))
    }

    /// Returns what holds a deployment, in words: `prod`, `the canary of prod`.
    pub fn holders_of(&self, deployment: &str) -> Vec<String> {
        let stages = self.stages_of(deployment).map(|stage| stage.name.to_string());
        stages.chain(self.canaries_of(deployment).map(|stage| format!("the canary of {}", stage.name))).collect()
    }

    /// Returns the stages that point at a deployment, by name.
    pub fn stages_of<'a>(&'a self, deployment: &'a str) -> impl Iterator<Item = &'a Rc<Stage>> {
        self.stages.values().filter(move |stage| stage.deployment_id.as_str() == deployment)
    }
}
