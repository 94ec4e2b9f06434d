//! Finds what the map says, as data: which deployments and stages there are, which are drawn, and how far each is from the
//! working copy.

use super::{
    Options,
    outside::{self, DomainFact, SettingSign},
    scene::NodeRef,
    text::one_line,
};
use crate::{
    collections::SortedMap,
    entities::{Account, Deployment, DeploymentId, Place, RestApi, Stage, StageName},
    history::diff,
};

/// Hues of snapshots: neighbours in time lie at least a quarter of the circle apart.
const HUES: [u16; 8] = [195, 290, 65, 240, 335, 150, 20, 105];

/// Up to so many deployments, all are drawn.
const FOLD_ABOVE: usize = 8;
/// So many of the newest are always drawn.
const ALWAYS: usize = 3;

/// Returns the hue of a deployment, by its number.
pub fn hue(number: u32) -> u16 {
    HUES[(number.wrapping_sub(1) % 8) as usize]
}

/// A deployment, as the map tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeploymentFact {
    /// Its id.
    pub id: DeploymentId,
    /// Its short name: `D1`.
    pub name: String,
    /// Its hue.
    pub hue: u16,
    /// Whether it is old and no stage points at it, so that it may be folded away.
    pub spare: bool,
    /// The stages that point at it, by name.
    pub stages: Vec<StageName>,
    /// The stages whose canary it is, by name.
    pub canaries: Vec<StageName>,
    /// The number of changes between it and the working copy; only told of the newest and of those that stages point at.
    pub behind: Option<usize>,
}

impl DeploymentFact {
    /// Tells whether neither a stage nor a canary leads to it.
    pub fn is_idle(&self) -> bool {
        self.stages.is_empty() && self.canaries.is_empty()
    }
}

/// A canary, as the map tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CanaryFact {
    /// Its deployment.
    pub deployment: DeploymentId,
    /// That deployment's short name.
    pub name: String,
    /// That deployment's hue.
    pub hue: u16,
    /// Its share of the requests, in hundredths of a per cent.
    pub share: u32,
}

impl CanaryFact {
    /// Returns its share as text: `12.5 %`.
    pub fn percent(&self) -> String {
        percent(self.share)
    }

    /// Returns what is left to the stage's own deployment.
    pub fn rest(&self) -> String {
        percent(10_000 - self.share.min(10_000))
    }
}

/// Hundredths of a per cent as text. Of its own making: nothing else that the map needs formats a fraction.
fn percent(hundredths: u32) -> String {
    let (whole, part) = (hundredths / 100, hundredths % 100);
    match (part, part % 10) {
        (0, _) => format!("{whole} %"),
        (_, 0) => format!("{whole}.{} %", part / 10),
        _ => format!("{whole}.{part:02} %"),
    }
}

/// A stage, as the map tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageFact {
    /// Its name.
    pub name: StageName,
    /// The deployment that answers.
    pub deployment: DeploymentId,
    /// That deployment's short name.
    pub deployment_name: String,
    /// That deployment's hue.
    pub hue: u16,
    /// The number of changes between that deployment and the working copy.
    pub behind: usize,
    /// Its invoke URL.
    pub url: String,
    /// Its canary.
    pub canary: Option<CanaryFact>,
    /// Its URLs at custom domain names.
    pub domains: Vec<DomainFact>,
    /// The settings that change what it does.
    pub signs: Vec<SettingSign>,
}

/// The facts that the map tells of one API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The API's name.
    pub api: String,
    /// The short name that the next deployment will get.
    pub next: String,
    /// The deployments, newest first.
    pub deployments: Vec<DeploymentFact>,
    /// The stages, in the order of their deployments and then by name, which leaves no two arrows crossing.
    pub stages: Vec<StageFact>,
    /// Whether the spare deployments are drawn, too.
    pub unfolded: bool,
}

impl Facts {
    /// Returns how many changes the next deployment would bring beyond the newest one; `None` before the first deployment.
    pub fn undeployed(&self) -> Option<usize> {
        self.deployments.first().and_then(|newest| newest.behind)
    }

    /// Returns how many deployments are, or could be, folded away.
    pub fn spare(&self) -> usize {
        self.deployments.iter().filter(|d| d.spare).count()
    }

    /// Returns the deployments that are drawn one by one, newest first.
    pub fn drawn(&self) -> impl Iterator<Item = &DeploymentFact> {
        self.deployments.iter().filter(|d| self.unfolded || !d.spare)
    }

    pub(super) fn new(api: &RestApi, place: &Place, account: &Account, options: &Options) -> Self {
        let newest_first = api.deployments_newest_first();
        let mut stages_of: SortedMap<&DeploymentId, Vec<StageName>> = SortedMap::new();
        let mut canaries_of: SortedMap<&DeploymentId, Vec<StageName>> = SortedMap::new();
        for stage in api.stages.values() {
            stages_of.get_or_default(&stage.deployment_id).push(stage.name.clone());
            if let Some(canary) = &stage.canary {
                canaries_of.get_or_default(&canary.deployment_id).push(stage.name.clone());
            }
        }
        let mut deployments: Vec<DeploymentFact> = newest_first
            .iter()
            .enumerate()
            .map(|(i, d)| {
                let stages = stages_of.remove(&d.id).unwrap_or_default();
                deployment_fact(api, d, stages, canaries_of.remove(&d.id).unwrap_or_default(), i == 0)
            })
            .collect();
        mark_spare(&mut deployments, options);
        let mut stages = Vec::new();
        for deployment in &deployments {
            stages.extend(deployment.stages.iter().map(|name| StageFact {
                name: name.clone(),
                deployment: deployment.id.clone(),
                deployment_name: deployment.name.clone(),
                hue: deployment.hue,
                behind: deployment.behind.unwrap_or_default(),
                url: place.invoke_url(&api.id, name),
                canary: api.stages.get(name).and_then(|stage| canary_fact(api, stage)),
                domains: outside::domains(account, &api.id, name),
                signs: api.stages.get(name).map(|stage| outside::signs(account, &api.id, stage)).unwrap_or_default(),
            }));
        }
        let next = format!("D{}", api.next_deployment_number);
        Self { api: one_line(&api.config.settings.name), next, deployments, stages, unfolded: options.unfolded }
    }
}

fn canary_fact(api: &RestApi, stage: &Stage) -> Option<CanaryFact> {
    let canary = stage.canary.as_ref()?;
    let deployment = api.deployments.get(&canary.deployment_id)?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share is from 0 to 100")]
    let share = (canary.percent_traffic.get() * 100.0 + 0.5) as u32;
    Some(CanaryFact {
        deployment: deployment.id.clone(),
        name: deployment.short_name(),
        hue: hue(deployment.number),
        share,
    })
}

fn deployment_fact(
    api: &RestApi,
    deployment: &Deployment,
    stages: Vec<StageName>,
    canaries: Vec<StageName>,
    newest: bool,
) -> DeploymentFact {
    let told = newest || !stages.is_empty();
    DeploymentFact {
        id: deployment.id.clone(),
        name: deployment.short_name(),
        hue: hue(deployment.number),
        spare: false,
        behind: told.then(|| diff::count(&deployment.config, &api.config)),
        stages,
        canaries,
    }
}

fn mark_spare(deployments: &mut [DeploymentFact], options: &Options) {
    if deployments.len() <= FOLD_ABOVE {
        return;
    }
    for deployment in deployments.iter_mut().skip(ALWAYS) {
        let selected = matches!(&options.selected, Some(NodeRef::Deployment(id)) if *id == deployment.id);
        deployment.spare = !selected && deployment.is_idle();
    }
    // A fold that hides a single one would take the room of that one.
    if deployments.iter().filter(|d| d.spare).count() == 1 {
        deployments.iter_mut().for_each(|d| d.spare = false);
    }
}
