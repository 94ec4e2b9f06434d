//! Stage: a name that points at a deployment. What a stage owns acts at once, without a deployment.

use super::{
    World,
    answer::Answer,
    canaries::{self, CanarySettings},
    checks::check_tags,
    deployments::CreateDeployment,
    edits::Entries,
    error::{ApiError, Noun, Violation},
    members::{operation, unconstrained},
    method_settings,
    patch::{PatchOperation, op_violations},
    stage_patches,
    stage_variables::{check_variable_count, describe_variables, parse_variables},
    usage_plans,
};
use crate::{
    collections::SortedMap,
    entities::{CacheClusterSize, DeploymentId, RestApi, Stage, StageName},
};
use serde_json::{Value, json};
use std::rc::Rc;

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
        /// Whether it gets a cache cluster.
        cache_cluster_enabled: Option<bool> = Body "cacheClusterEnabled";
        /// The size of the cache cluster, in GB.
        cache_cluster_size: Option<String> = Body "cacheClusterSize";
        /// Stage variables.
        variables: Option<SortedMap<String, String>> = Body "variables";
        /// The documentation that belongs to it.
        documentation_version: Option<String> = Body "documentationVersion";
        /// The canary.
        canary_settings: Option<CanarySettings> = Body "canarySettings";
        /// Whether X-Ray traces requests.
        tracing_enabled: Option<bool> = Body "tracingEnabled";
        /// Tags.
        tags: Option<SortedMap<String, String>> = Body "tags";
    }
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
        /// The operations.
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

operation! {
    /// Empties the cache of a stage.
    FlushStageCache: "DELETE" "/restapis/{restApiId}/stages/{stageName}/cache/data" => 202 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The stage.
        stage_name: String = Uri "stageName";
    }
}

operation! {
    /// Makes a stage forget what its authorizers have answered.
    FlushStageAuthorizersCache: "DELETE" "/restapis/{restApiId}/stages/{stageName}/cache/authorizers" => 202 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The stage.
        stage_name: String = Uri "stageName";
    }
}

unconstrained!(GetStages, GetStage, DeleteStage, FlushStageCache, FlushStageAuthorizersCache);

impl CreateStage {
    /// Makes a request with the members that are required, and no others.
    pub fn new(rest_api_id: impl Into<String>, stage_name: impl Into<String>, deployment: impl Into<String>) -> Self {
        Self {
            rest_api_id: rest_api_id.into(),
            stage_name: stage_name.into(),
            deployment_id: deployment.into(),
            ..Self::default()
        }
    }

    fn check(&self) -> Vec<Violation> {
        size_violation("createStageInput", self.cache_cluster_size.as_deref())
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
        let canary = self.canary_settings.as_ref().map(|given| given.make(world, api, &deployment_id)).transpose()?;
        let documentation = self.documentation_version.as_deref().filter(|version| !version.is_empty());
        let documentation_version =
            documentation.map(|version| stage_patches::known_documentation(api, version)).transpose()?;
        let mut stage = Stage {
            description: self.description.clone().filter(|text| !text.is_empty()),
            variables,
            canary: canary.map(Rc::new),
            documentation_version,
            tracing_enabled: self.tracing_enabled.unwrap_or(false),
            tags,
            ..Stage::new(name, deployment_id, world.env.now())
        };
        set_cache(&mut stage, self.cache_cluster_enabled, self.cache_cluster_size.as_deref());
        insert(world, &self.rest_api_id, stage)
    }
}

impl GetStages {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let api = world.api(&self.rest_api_id)?;
        let wanted = |stage: &&Rc<Stage>| {
            self.deployment_id.as_deref().is_none_or(|deployment| stage.deployment_id.as_str() == deployment)
        };
        let item: Vec<Value> =
            api.stages.values().filter(wanted).map(|stage| describe(stage, cluster(stage))).collect();
        Ok(json!({ "item": item }))
    }
}

impl GetStage {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        stage(world, &self.rest_api_id, &self.stage_name).map(|stage| describe(stage, cluster(stage)))
    }
}

impl UpdateStage {
    fn check(&self) -> Vec<Violation> {
        op_violations("UpdateStage", &self.patch_operations)
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let mut edited = stage(world, &self.rest_api_id, &self.stage_name)?.as_ref().clone();
        let mut settings = Entries::new();
        for patch in &self.patch_operations {
            stage_patches::patch(world, &self.rest_api_id, (&mut edited, &mut settings), patch)?;
        }
        settings.finish(&mut edited.method_settings);
        check_variable_count(world, &edited.variables)?;
        if let Some(canary) = &edited.canary {
            check_variable_count(world, &canary.stage_variable_overrides)?;
        }
        edited.last_updated = world.env.now();
        insert(world, &self.rest_api_id, edited)
    }
}

impl DeleteStage {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        stage(world, &self.rest_api_id, &self.stage_name)?;
        usage_plans::forget(world, &self.rest_api_id, Some(&self.stage_name));
        world.api_mut(&self.rest_api_id)?.stages.remove(self.stage_name.as_str());
        Ok(Value::Null)
    }
}

impl FlushStageCache {
    /// Empties the cache. That a stage without a cache takes it, too, is assumed.
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        stage(world, &self.rest_api_id, &self.stage_name)?;
        let stages = &mut world.api_mut(&self.rest_api_id)?.stages;
        if let Some(stage) = stages.get_mut(self.stage_name.as_str()).filter(|stage| stage.cache_cluster_enabled) {
            let stage = Rc::make_mut(stage);
            stage.cache_flushes = stage.cache_flushes.wrapping_add(1);
        }
        Ok(Value::Null)
    }
}

impl FlushStageAuthorizersCache {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        stage(world, &self.rest_api_id, &self.stage_name)?;
        let stages = &mut world.api_mut(&self.rest_api_id)?.stages;
        if let Some(stage) = stages.get_mut(self.stage_name.as_str()).map(Rc::make_mut) {
            stage.authorizer_flushes = stage.authorizer_flushes.wrapping_add(1);
        }
        Ok(Value::Null)
    }
}

/// Does the second half of `CreateDeployment` with a stage name: creates the stage, or moves the one that is there or its
/// canary. Members that the request gives overwrite the stage's; the others stay (that `variables` replaces the whole map,
/// and that a canary deployment may set the stage's own members, is assumed).
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
        None => Stage::new(name, deployment.clone(), world.env.now()),
    };
    match &request.canary_settings {
        // The whole canary is new; what the one before it had is gone (recorded).
        Some(given) => stage.canary = Some(Rc::new(given.make(world, deployment)?)),
        None => stage.deployment_id = deployment,
    }
    stage.last_updated = world.env.now();
    if request.stage_description.is_some() {
        stage.description = request.stage_description.clone().filter(|text| !text.is_empty());
    }
    if request.variables.is_some() {
        stage.variables = variables;
    }
    stage.tracing_enabled = request.tracing_enabled.unwrap_or(stage.tracing_enabled);
    set_cache(&mut stage, request.cache_cluster_enabled, request.cache_cluster_size.as_deref());
    insert(world, api_id, stage).map(|_| ())
}

/// Switches the cache cluster on or off, or says its size; 0.5 GB unless one is said (inferred).
pub(super) fn set_cache(stage: &mut Stage, enabled: Option<bool>, size: Option<&str>) {
    stage.cache_cluster_size = size.and_then(CacheClusterSize::parse).or(stage.cache_cluster_size);
    stage.cache_cluster_enabled = enabled.unwrap_or(stage.cache_cluster_enabled);
    if stage.cache_cluster_enabled {
        stage.cache_cluster_size.get_or_insert(CacheClusterSize::SMALLEST);
    }
}

/// Returns the violation of a size that AWS does not have. The order of the sizes in the sentence is assumed.
pub(super) fn size_violation(input: &str, size: Option<&str>) -> Vec<Violation> {
    let wrong = size.filter(|size| CacheClusterSize::parse(size).is_none());
    let violation = |size: &str| Violation {
        value: Some(size.to_owned()),
        place: format!("{input}.cacheClusterSize"),
        constraint: format!("satisfy enum value set: [{}]", CacheClusterSize::ALL.join(", ")),
    };
    wrong.map(violation).into_iter().collect()
}

fn stage<'a>(world: &'a World<'_>, api: &str, name: &str) -> Result<&'a Rc<Stage>, ApiError> {
    world.workspace.api(api).and_then(|api| api.stages.get(name)).ok_or(ApiError::Unknown(Noun::Stage))
}

/// Puts a stage in its place; a new one is counted against the quota.
fn insert(world: &mut World<'_>, api: &str, mut stage: Stage) -> Result<Value, ApiError> {
    let limit = world.workspace.limits.stages_per_api;
    let api = world.api_mut(api)?;
    let before = api.stages.get(stage.name.as_str());
    if before.is_none() && api.stages.len() >= limit {
        // Limit documented; the sentence assumed after the one reported for resources.
        let message =
            "Maximum number of stages for this API has been reached. Please contact AWS if you need additional stages.";
        return Err(ApiError::Limit(message.into()));
    }
    let before = before.and_then(|stage| cluster(stage));
    if before != cluster(&stage) {
        // Another cluster is an empty one (documented for another size).
        stage.cache_flushes = stage.cache_flushes.wrapping_add(1);
    }
    let body = describe(&stage, before);
    api.stages.insert(stage.name.clone(), Rc::new(stage));
    Ok(body)
}

/// Returns the cache cluster that a stage has.
fn cluster(stage: &Stage) -> Option<CacheClusterSize> {
    stage.cache_cluster_size.filter(|_| stage.cache_cluster_enabled)
}

fn parse_name(text: &str) -> Result<StageName, ApiError> {
    StageName::parse(text).ok_or_else(|| ApiError::StageName { name: text.to_owned() })
}

pub(super) fn known_deployment(api: &RestApi, id: &str) -> Result<DeploymentId, ApiError> {
    let unknown = || ApiError::UnknownDeploymentForStage { deployment: id.to_owned() };
    api.deployments.get(id).map(|deployment| deployment.id.clone()).ok_or_else(unknown)
}

/// Writes a stage in the shape of AWS's answers; without settings these are exactly the members that AWS answers (recorded).
///
/// `before` is the cache cluster before the request. What AWS takes minutes for is done at once here: only the answer of the
/// request that begins it says `…_IN_PROGRESS` (the states are documented).
fn describe(stage: &Stage, before: Option<CacheClusterSize>) -> Value {
    let cache = match (before, cluster(stage)) {
        (None, None) => "NOT_AVAILABLE",
        (Some(_), None) => "DELETE_IN_PROGRESS",
        (Some(before), Some(now)) if before == now => "AVAILABLE",
        (_, Some(_)) => "CREATE_IN_PROGRESS",
    };
    let settings = stage.method_settings.iter();
    let log = &stage.access_log;
    let log_settings = Answer::new()
        .maybe("destinationArn", log.destination_arn.as_deref())
        .maybe("format", log.format.as_deref())
        .done();
    let logs = log.destination_arn.is_some() || log.format.is_some();
    Answer::new()
        .with("deploymentId", stage.deployment_id.as_str())
        .maybe("clientCertificateId", stage.client_certificate_id.as_deref())
        .with("stageName", stage.name.as_str())
        .maybe("description", stage.description.as_deref())
        .with("cacheClusterEnabled", stage.cache_cluster_enabled)
        .maybe("cacheClusterSize", stage.cache_cluster_size.map(CacheClusterSize::as_str))
        .with("cacheClusterStatus", cache)
        .with("methodSettings", settings.map(|(k, v)| (k.to_string(), method_settings::describe(v))).collect::<Value>())
        .maybe("variables", describe_variables(&stage.variables))
        .maybe("documentationVersion", stage.documentation_version.as_deref())
        .maybe("accessLogSettings", logs.then_some(log_settings))
        .maybe("canarySettings", stage.canary.as_deref().map(canaries::describe))
        .with("tracingEnabled", stage.tracing_enabled)
        .map("tags", &stage.tags, false)
        .with("createdDate", stage.created.seconds())
        .with("lastUpdatedDate", stage.last_updated.seconds())
        .done()
}
