//! Stage: a name that points at a deployment. What a stage owns acts at once, without a deployment.

use super::{
    World,
    answer::Answer,
    deployments::CreateDeployment,
    error::{ApiError, Noun, Violation},
    members::operation,
    patch::{Op, PatchOperation, op_violations, patch_error},
    rest_apis::check_tags,
};
use crate::{
    collections::SortedMap,
    entities::{DeploymentId, RestApi, Stage, StageName, VariableName, VariableValue},
};
use serde_json::{Map, Value, json};
use std::rc::Rc;

/// The tail of AWS's sentence about an unknown path of UpdateStage, its missing commas included (recorded).
const KNOWN_PATHS: &str = "[/deploymentId, /description, /cacheClusterEnabled, /cacheClusterSize, /clientCertificateId, /accessLogSettings, /accessLogSettings/destinationArn, /accessLogSettings/format, /{resourcePath}/{httpMethod}/metrics/enabled, /{resourcePath}/{httpMethod}/logging/dataTrace, /{resourcePath}/{httpMethod}/logging/loglevel, /{resourcePath}/{httpMethod}/throttling/burstLimit/{resourcePath}/{httpMethod}/throttling/rateLimit/{resourcePath}/{httpMethod}/caching/ttlInSeconds, /{resourcePath}/{httpMethod}/caching/enabled, /{resourcePath}/{httpMethod}/caching/dataEncrypted, /{resourcePath}/{httpMethod}/caching/requireAuthorizationForCacheControl, /{resourcePath}/{httpMethod}/caching/unauthorizedCacheControlHeaderStrategy, /*/*/metrics/enabled, /*/*/logging/dataTrace, /*/*/logging/loglevel, /*/*/throttling/burstLimit /*/*/throttling/rateLimit /*/*/caching/ttlInSeconds, /*/*/caching/enabled, /*/*/caching/dataEncrypted, /*/*/caching/requireAuthorizationForCacheControl, /*/*/caching/unauthorizedCacheControlHeaderStrategy, /variables/{variable_name}, /tracingEnabled]";

operation! {
    /// Makes a stage that points at a deployment.
    CreateStage: "POST" "/restapis/{restApiId}/stages" => 201 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The name; it cannot change later.
        stage_name: String = Body "stageName";
        /// The deployment that answers.
        deployment_id: String = Body "deploymentId";
        /// The description.
        description: Option<String> = Body "description";
        /// Stage variables.
        variables: Option<SortedMap<String, String>> = Body "variables";
        /// Tags.
        tags: Option<SortedMap<String, String>> = Body "tags";
    }
    not modelled: [
        "cacheClusterEnabled", "cacheClusterSize", "documentationVersion", "canarySettings", "tracingEnabled"
    ]
}

operation! {
    /// Lists the stages.
    GetStages: "GET" "/restapis/{restApiId}/stages" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// Only the stages that point at this deployment.
        deployment_id: Option<String> = Query "deploymentId";
    }
}

operation! {
    /// Shows a stage.
    GetStage: "GET" "/restapis/{restApiId}/stages/{stageName}" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The stage.
        stage_name: String = Uri "stageName";
    }
}

operation! {
    /// Changes a stage: another deployment (a rollback or a promotion), another description, other variables.
    UpdateStage: "PATCH" "/restapis/{restApiId}/stages/{stageName}" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The stage.
        stage_name: String = Uri "stageName";
        /// What to change.
        patch_operations: Vec<PatchOperation> = Body "patchOperations";
    }
}

operation! {
    /// Deletes a stage; its deployment stays.
    DeleteStage: "DELETE" "/restapis/{restApiId}/stages/{stageName}" => 202 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The stage.
        stage_name: String = Uri "stageName";
    }
}

impl CreateStage {
    fn check(&self) -> Vec<Violation> {
        Vec::new()
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        world.api(&self.rest_api_id)?;
        let name = parse_name(&self.stage_name)?;
        let variables = parse_variables(world, self.variables.as_ref())?;
        let tags = self.tags.clone().unwrap_or_default();
        check_tags(world, &tags)?;
        let api = world.api(&self.rest_api_id)?;
        if api.stages.contains_key(name.as_str()) {
            return Err(ApiError::StageExists { name: name.to_string() });
        }
        let deployment_id = known_deployment(api, &self.deployment_id)?;
        let mut stage = new_stage(world, name, deployment_id);
        stage.description = self.description.clone().filter(|text| !text.is_empty());
        stage.variables = variables;
        stage.tags = tags;
        insert(world, &self.rest_api_id, stage)
    }
}

impl GetStages {
    fn check(&self) -> Vec<Violation> {
        Vec::new()
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let api = world.api(&self.rest_api_id)?;
        let wanted = |stage: &&Rc<Stage>| {
            self.deployment_id.as_deref().is_none_or(|deployment| stage.deployment_id.as_str() == deployment)
        };
        let item: Vec<Value> = api.stages.values().filter(wanted).map(|stage| describe(stage)).collect();
        Ok(json!({ "item": item }))
    }
}

impl GetStage {
    fn check(&self) -> Vec<Violation> {
        Vec::new()
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        stage(world, &self.rest_api_id, &self.stage_name).map(|stage| describe(stage))
    }
}

impl UpdateStage {
    fn check(&self) -> Vec<Violation> {
        op_violations("UpdateStage", &self.patch_operations)
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let mut edited = stage(world, &self.rest_api_id, &self.stage_name)?.as_ref().clone();
        for patch in &self.patch_operations {
            patch_stage(world, &self.rest_api_id, &mut edited, patch)?;
        }
        check_variable_count(world, &edited.variables)?;
        edited.last_updated = world.env.now();
        insert(world, &self.rest_api_id, edited)
    }
}

impl DeleteStage {
    fn check(&self) -> Vec<Violation> {
        Vec::new()
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        stage(world, &self.rest_api_id, &self.stage_name)?;
        world.api_mut(&self.rest_api_id)?.stages.remove(self.stage_name.as_str());
        Ok(Value::Null)
    }
}

/// The second half of `CreateDeployment` with a stage name: creates the stage, or moves the one that is there. Members
/// that the request gives overwrite the stage's; the others stay (that `variables` replaces the whole map is assumed).
pub(super) fn point_at(
    world: &mut World<'_>,
    api_id: &str,
    name: &str,
    deployment: DeploymentId,
    request: &CreateDeployment,
) -> Result<(), ApiError> {
    let name = parse_name(name)?;
    let variables = parse_variables(world, request.variables.as_ref())?;
    let existing = world.api(api_id)?.stages.get(name.as_str()).cloned();
    let mut stage = match existing {
        Some(stage) => stage.as_ref().clone(),
        None => new_stage(world, name, deployment.clone()),
    };
    stage.deployment_id = deployment;
    stage.last_updated = world.env.now();
    if request.stage_description.is_some() {
        stage.description = request.stage_description.clone().filter(|text| !text.is_empty());
    }
    if request.variables.is_some() {
        stage.variables = variables;
    }
    insert(world, api_id, stage).map(|_| ())
}

fn stage<'a>(world: &'a World<'_>, api: &str, name: &str) -> Result<&'a Rc<Stage>, ApiError> {
    world.workspace.api(api).and_then(|api| api.stages.get(name)).ok_or(ApiError::Unknown(Noun::Stage))
}

fn new_stage(world: &World<'_>, name: StageName, deployment_id: DeploymentId) -> Stage {
    let now = world.env.now();
    let (variables, tags) = (SortedMap::new(), SortedMap::new());
    Stage { name, deployment_id, description: None, variables, tags, created: now, last_updated: now }
}

/// Puts a stage in its place; a new one is counted against the quota.
fn insert(world: &mut World<'_>, api: &str, stage: Stage) -> Result<Value, ApiError> {
    let limit = world.workspace.limits.stages_per_api;
    let api = world.api_mut(api)?;
    if !api.stages.contains_key(stage.name.as_str()) && api.stages.len() >= limit {
        // Limit documented; the sentence assumed after the one reported for resources.
        let message =
            "Maximum number of stages for this API has been reached. Please contact AWS if you need additional stages.";
        return Err(ApiError::Limit(message.into()));
    }
    let body = describe(&stage);
    api.stages.insert(stage.name.clone(), Rc::new(stage));
    Ok(body)
}

fn parse_name(text: &str) -> Result<StageName, ApiError> {
    StageName::parse(text).ok_or_else(|| ApiError::StageName { name: text.to_owned() })
}

fn known_deployment(api: &RestApi, id: &str) -> Result<DeploymentId, ApiError> {
    let unknown = || ApiError::UnknownDeploymentForStage { deployment: id.to_owned() };
    api.deployments.get(id).map(|deployment| deployment.id.clone()).ok_or_else(unknown)
}

fn parse_variable(world: &World<'_>, name: &str, value: &str) -> Result<(VariableName, VariableValue), ApiError> {
    let limits = &world.workspace.limits;
    let parsed_name = VariableName::parse(name).ok_or_else(|| ApiError::VariableName(name.to_owned()))?;
    let invalid = || ApiError::VariableValue { name: name.to_owned(), value: value.to_owned() };
    let parsed_value = VariableValue::parse(value).ok_or_else(invalid)?;
    // Limits documented, sentences assumed.
    if name.len() > limits.variable_name_length {
        let message = format!("Stage variable name cannot exceed {} characters", limits.variable_name_length);
        return Err(ApiError::invalid("variables", message));
    }
    if value.len() > limits.variable_value_length {
        let message = format!("Stage variable value cannot exceed {} characters", limits.variable_value_length);
        return Err(ApiError::invalid("variables", message));
    }
    Ok((parsed_name, parsed_value))
}

type Variables = SortedMap<VariableName, VariableValue>;

fn parse_variables(world: &World<'_>, given: Option<&SortedMap<String, String>>) -> Result<Variables, ApiError> {
    let variables: Variables = given
        .into_iter()
        .flatten()
        .map(|(name, value)| parse_variable(world, name, value))
        .collect::<Result<_, _>>()?;
    check_variable_count(world, &variables)?;
    Ok(variables)
}

fn check_variable_count(world: &World<'_>, variables: &Variables) -> Result<(), ApiError> {
    let limit = world.workspace.limits.variables_per_stage;
    if variables.len() <= limit {
        return Ok(());
    }
    Err(ApiError::invalid("variables", format!("Stage cannot have more than {limit} variables"))) // assumed
}

fn patch_stage(world: &World<'_>, api: &str, stage: &mut Stage, patch: &PatchOperation) -> Result<(), ApiError> {
    if patch.kind() == Op::Copy {
        return Err(refused_copy(patch));
    }
    let segments = patch.segments();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    match (patch.kind(), &segments[..]) {
        (Op::Replace, ["deploymentId"]) => {
            stage.deployment_id = known_deployment(world.api(api)?, patch.text())?;
        }
        (Op::Replace, ["description"]) => stage.description = patch.text_if_any(),
        (Op::Replace | Op::Add, ["variables", name]) => {
            let (name, value) = parse_variable(world, name, patch.text())?;
            stage.variables.insert(name, value);
        }
        (Op::Remove, ["variables", name]) => {
            // Assumed: removing a variable that is not there changes nothing.
            stage.variables.remove(*name);
        }
        (Op::Remove, ["variables"]) => stage.variables.clear(),
        (Op::Replace | Op::Add, path) if is_settings_path(path) => {
            return Err(ApiError::NotModelled(format!("the stage setting {}", patch.path_text()).into()));
        }
        (Op::Remove, _) => {
            let path = patch.path_text().trim_start_matches('/');
            return Err(patch_error(format!(
                "Cannot remove method setting {path} because there is no method setting for this method "
            )));
        }
        _ => {
            let path = patch.path_text();
            return Err(patch_error(format!("Invalid method setting path: {path}. Must be one of: {KNOWN_PATHS}")));
        }
    }
    Ok(())
}

/// The paths of settings that a stage has on AWS and not here.
fn is_settings_path(path: &[&str]) -> bool {
    const MEMBERS: [&str; 5] =
        ["documentationVersion", "clientCertificateId", "tracingEnabled", "cacheClusterEnabled", "cacheClusterSize"];
    match path {
        [member] => MEMBERS.contains(member),
        ["accessLogSettings", member] => ["destinationArn", "format"].contains(member),
        ["canarySettings", member] => ["deploymentId", "percentTraffic", "useStageCache"].contains(member),
        ["canarySettings", "stageVariableOverrides", _] => true,
        [_, _, group, member] => {
            let setting = format!("{group}/{member}");
            *group == "caching"
                || [
                    "metrics/enabled",
                    "logging/loglevel",
                    "logging/dataTrace",
                    "throttling/burstLimit",
                    "throttling/rateLimit",
                ]
                .contains(&setting.as_str())
        }
        _ => false,
    }
}

/// Promotion copies from the canary; no stage here has one, and AWS says so (recorded).
fn refused_copy(patch: &PatchOperation) -> ApiError {
    let (path, from) = (patch.path_text(), patch.from.as_deref().unwrap_or("null"));
    let pairs =
        [("/deploymentId", "/canarySettings/deploymentId"), ("/variables", "/canarySettings/stageVariableOverrides")];
    if pairs.contains(&(path, from)) {
        return patch_error("Promotion not available. Canary does not exist.");
    }
    patch_error(format!(
        "Invalid copy operation with path: {path} and from {from}. Valid copy:path are [/deploymentId, /variables] and valid copy:from are [/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]"
    ))
}

/// A stage in the shape of AWS's answers; these are exactly the members of a new plain stage (recorded).
fn describe(stage: &Stage) -> Value {
    let mut out = Answer::new()
        .with("deploymentId", stage.deployment_id.as_str())
        .with("stageName", stage.name.as_str())
        .maybe("description", stage.description.as_deref())
        .with("cacheClusterEnabled", false)
        .with("cacheClusterStatus", "NOT_AVAILABLE")
        .with("methodSettings", json!({}));
    if !stage.variables.is_empty() {
        let variables: Map<String, Value> =
            stage.variables.iter().map(|(n, v)| (n.as_str().to_owned(), v.as_str().into())).collect();
        out = out.with("variables", variables);
    }
    out.with("tracingEnabled", false)
        .map("tags", &stage.tags, false)
        .with("createdDate", stage.created.seconds())
        .with("lastUpdatedDate", stage.last_updated.seconds())
        .done()
}
