//! The canary of a stage: how requests give it, how patches change it, how it is promoted.

use super::{
    World,
    answer::Answer,
    error::ApiError,
    members::{Field, Member, MemberType, Members, structure},
    patch::{Op, PatchOperation, patch_error},
    stage_variables::{check_variable_count, describe_variables, parse_variable, parse_variables},
    stages::known_deployment,
};
use crate::{
    collections::SortedMap,
    entities::{Canary, DeploymentId, Double, RestApi, Stage},
};
use serde_json::Value;
use std::rc::Rc;

/// `canarySettings` as `CreateDeployment` takes it: the new deployment is the canary's.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeploymentCanarySettings {
    /// The share of the requests, from 0 to 100.
    pub percent_traffic: Option<f64>,
    /// Stage variables that are different for the canary.
    pub stage_variable_overrides: Option<SortedMap<String, String>>,
    /// Whether the canary uses the stage's cache.
    pub use_stage_cache: Option<bool>,
}

/// `canarySettings` as `CreateStage` takes it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CanarySettings {
    /// The canary's deployment.
    pub deployment_id: Option<String>,
    /// The rest.
    pub settings: DeploymentCanarySettings,
}

impl DeploymentCanarySettings {
    /// Returns the settings that a canary has, for the next deployment to it.
    pub fn of(canary: &Canary) -> Self {
        let overrides = canary.stage_variable_overrides.iter();
        let overrides: SortedMap<String, String> =
            overrides.map(|(name, value)| (name.as_str().to_owned(), value.as_str().to_owned())).collect();
        Self {
            percent_traffic: Some(canary.percent_traffic.get()),
            stage_variable_overrides: Some(overrides).filter(|overrides| !overrides.is_empty()),
            use_stage_cache: Some(canary.use_stage_cache),
        }
    }

    fn read(members: &mut Members, field: &Field<'_>) -> Result<Self, ApiError> {
        Ok(Self {
            percent_traffic: Member::read(members.remove("percentTraffic"), field)?,
            stage_variable_overrides: Member::read(members.remove("stageVariableOverrides"), field)?,
            use_stage_cache: Member::read(members.remove("useStageCache"), field)?,
        })
    }

    fn answer(&self) -> Answer {
        Answer::new()
            .maybe("percentTraffic", self.percent_traffic.write())
            .maybe("stageVariableOverrides", self.stage_variable_overrides.write())
            .maybe("useStageCache", self.use_stage_cache.write())
    }

    /// Makes the canary; a member that is not given has its default (recorded for `useStageCache`).
    pub(super) fn make(&self, world: &World<'_>, deployment: DeploymentId) -> Result<Canary, ApiError> {
        Ok(Canary {
            percent_traffic: percentage(self.percent_traffic.unwrap_or_default())?,
            stage_variable_overrides: parse_variables(world, self.stage_variable_overrides.as_ref())?,
            use_stage_cache: self.use_stage_cache.unwrap_or(false),
            ..Canary::new(deployment)
        })
    }
}

impl CanarySettings {
    /// Makes the canary. Without an id it gets the stage's own deployment (assumed after what a patch does).
    pub(super) fn make(&self, world: &World<'_>, api: &RestApi, own: &DeploymentId) -> Result<Canary, ApiError> {
        let id = self.deployment_id.as_deref().map(|id| known_deployment(api, id)).transpose()?;
        self.settings.make(world, id.unwrap_or_else(|| own.clone()))
    }
}

impl Member for Option<DeploymentCanarySettings> {
    const TYPE: MemberType = MemberType::Structure(&[
        ("percentTraffic", MemberType::Double),
        ("stageVariableOverrides", MemberType::TextMap),
        ("useStageCache", MemberType::Boolean),
    ]);

    fn read(value: Option<Value>, field: &Field<'_>) -> Result<Self, ApiError> {
        let members = structure(value, field)?;
        members.map(|mut members| DeploymentCanarySettings::read(&mut members, field)).transpose()
    }

    fn write(&self) -> Option<Value> {
        self.as_ref().map(|settings| settings.answer().done())
    }
}

impl Member for Option<CanarySettings> {
    const TYPE: MemberType = MemberType::Structure(&[
        ("percentTraffic", MemberType::Double),
        ("deploymentId", MemberType::Text),
        ("stageVariableOverrides", MemberType::TextMap),
        ("useStageCache", MemberType::Boolean),
    ]);

    fn read(value: Option<Value>, field: &Field<'_>) -> Result<Self, ApiError> {
        let Some(mut members) = structure(value, field)? else { return Ok(None) };
        let deployment_id = Member::read(members.remove("deploymentId"), field)?;
        let settings = DeploymentCanarySettings::read(&mut members, field)?;
        Ok(Some(CanarySettings { deployment_id, settings }))
    }

    fn write(&self) -> Option<Value> {
        let canary = self.as_ref()?;
        Some(canary.settings.answer().maybe("deploymentId", canary.deployment_id.write()).done())
    }
}

/// Checks that a deployment fits its stage: one with a canary takes canaries only, and only a stage that is there can have
/// one (recorded, but for the refusal of a plain deployment, which is reported).
pub(super) fn check_deployment(
    api: &RestApi,
    stage: Option<&str>,
    given: Option<&DeploymentCanarySettings>,
) -> Result<(), ApiError> {
    let existing = stage.and_then(|name| api.stages.get(name));
    let refuse = |reason: String| {
        Err(ApiError::invalid("canarySettings", format!("Invalid deployment content specified.{reason}")))
    };
    match (given, stage, existing) {
        (Some(_), None | Some(""), _) => refuse(format!(
            "Non null and non empty stageName must be provided for canary deployment. Provided value is {}",
            stage.unwrap_or("null")
        )),
        (Some(_), Some(name), None) => {
            refuse(format!("Stage {name} must already be created before making a canary release deployment"))
        }
        (None, _, Some(stage)) if stage.canary.is_some() => {
            Err(ApiError::CanaryEnabled { stage: stage.name.to_string() })
        }
        _ => Ok(()),
    }
}

/// Applies `replace` to a leaf of `/canarySettings`. A stage without a canary gets one: the stage's own deployment, 0 %
/// (recorded). `None` when there is no such leaf.
pub(super) fn patch(
    world: &World<'_>,
    api: &RestApi,
    stage: &mut Stage,
    leaf: &[&str],
    patch: &PatchOperation,
) -> Option<Result<(), ApiError>> {
    let own = || Rc::new(Canary::new(stage.deployment_id.clone()));
    // Taken out, so that what it holds is changed in its place. An error leaves a stage that is thrown away.
    let mut canary = stage.canary.take().unwrap_or_else(own);
    let edited = Rc::make_mut(&mut canary);
    let done = match leaf {
        ["deploymentId"] => known_deployment(api, patch.text()).map(|id| edited.deployment_id = id),
        ["percentTraffic"] => {
            let percent = patch.text().trim().parse().map_err(|_| wrong_percentage()).and_then(percentage);
            percent.map(|percent| edited.percent_traffic = percent)
        }
        ["useStageCache"] => {
            edited.use_stage_cache = patch.is_true();
            Ok(())
        }
        ["stageVariableOverrides", name] => parse_variable(world, name, patch.text()).and_then(|(name, value)| {
            edited.stage_variable_overrides.insert(name, value);
            check_variable_count(world, &edited.stage_variable_overrides)
        }),
        _ => return None,
    };
    stage.canary = Some(canary);
    Some(done)
}

/// Removes one overriding variable (documented), and tells whether there was one. All of them at once cannot go (recorded).
pub(super) fn remove_override(stage: &mut Stage, name: &str) -> bool {
    let canary = stage.canary.as_mut().map(Rc::make_mut);
    canary.is_some_and(|canary| canary.stage_variable_overrides.remove(name).is_some())
}

/// Applies one of the two copies that promote a canary. The variables are merged into the stage's, and the canary stays as it
/// is (recorded).
pub(super) fn promote(stage: &mut Stage, patch: &PatchOperation) -> Result<(), ApiError> {
    let (path, from) = (patch.path_text(), patch.from.as_deref().unwrap_or("null"));
    let deployment = (path, from) == ("/deploymentId", "/canarySettings/deploymentId");
    if !deployment && (path, from) != ("/variables", "/canarySettings/stageVariableOverrides") {
        return Err(patch_error(format!(
            "Invalid copy operation with path: {path} and from {from}. Valid copy:path are [/deploymentId, /variables] and valid copy:from are [/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]"
        )));
    }
    let Some(canary) = stage.canary.clone() else {
        return Err(patch_error("Promotion not available. Canary does not exist."));
    };
    if deployment {
        stage.deployment_id = canary.deployment_id.clone();
    } else {
        stage.variables.extend(canary.stage_variable_overrides.iter().map(|(n, v)| (n.clone(), v.clone())));
    }
    Ok(())
}

/// Returns the patches with which AWS's console and documentation promote a canary, and `remove`, which ends it.
pub fn promotion() -> Vec<PatchOperation> {
    let copy = |from: &str, path: &str| PatchOperation {
        op: Op::Copy.as_str().into(),
        path: Some(path.into()),
        value: None,
        from: Some(from.into()),
    };
    vec![
        PatchOperation::replace("/canarySettings/percentTraffic", "0.0"),
        copy("/canarySettings/stageVariableOverrides", "/variables"),
        copy("/canarySettings/deploymentId", "/deploymentId"),
    ]
}

/// Writes a canary in the shape of AWS's answers.
pub(super) fn describe(canary: &Canary) -> Value {
    Answer::new()
        .with("percentTraffic", canary.percent_traffic.get())
        .with("deploymentId", canary.deployment_id.as_str())
        .maybe("stageVariableOverrides", describe_variables(&canary.stage_variable_overrides))
        .with("useStageCache", canary.use_stage_cache)
        .done()
}

/// Checks a percentage: from 0 to 100 (documented); the sentence is assumed.
fn percentage(number: f64) -> Result<Double, ApiError> {
    Double::new(number).filter(|_| (0.0..=100.0).contains(&number)).ok_or_else(wrong_percentage)
}

fn wrong_percentage() -> ApiError {
    ApiError::invalid("percentTraffic", "Invalid canary percentTraffic specified. Must be between 0.0 and 100.0")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        entities::{VariableName, VariableValue, Workspace},
        env::Env,
    };

    #[test]
    fn the_next_deployment_to_a_canary_can_keep_its_settings() {
        let variable = (VariableName::parse("a").expect("a name"), VariableValue::parse("1").expect("a value"));
        let plain = Canary::new(DeploymentId::new("a1b2c3"));
        let full = Canary {
            percent_traffic: Double::new(12.5).expect("a number"),
            stage_variable_overrides: [variable].into(),
            use_stage_cache: true,
            ..plain.clone()
        };
        let mut env = Env::new(1, crate::entities::Timestamp(0));
        let world = World { workspace: Workspace::default(), env: &mut env, payload: None };
        for canary in [plain, full] {
            let again = DeploymentCanarySettings::of(&canary).make(&world, canary.deployment_id.clone());
            assert_eq!(again, Ok(canary));
        }
    }
}
