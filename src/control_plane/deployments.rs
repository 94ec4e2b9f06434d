//! Deployment: a snapshot of the working copy. Making one costs the same at any size, since the snapshot shares structure.

use super::{
    World,
    answer::Answer,
    canaries::{self, DeploymentCanarySettings},
    error::{ApiError, Noun, Violation},
    members::operation,
    page::page,
    patch::{Op, PatchOperation, op_violations},
    stages,
};
use crate::{
    collections::SortedMap,
    entities::{ApiConfig, Deployment, DeploymentId, RestApi},
    env::IdShape,
};
use serde_json::{Map, Value};
use std::rc::Rc;

operation! {
    /// Freezes the working copy and, when a stage is named, makes the stage point at it.
    CreateDeployment: "POST" "/restapis/{restApiId}/deployments" => 201 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The stage to create, or to move; none or empty makes a deployment that no stage points to.
        stage_name: Option<String> = Body "stageName";
        /// The description of the stage.
        stage_description: Option<String> = Body "stageDescription";
        /// The description of the deployment.
        description: Option<String> = Body "description";
        /// Whether the stage gets a cache cluster.
        cache_cluster_enabled: Option<bool> = Body "cacheClusterEnabled";
        /// The size of the cache cluster, in GB.
        cache_cluster_size: Option<String> = Body "cacheClusterSize";
        /// Variables of the stage.
        variables: Option<SortedMap<String, String>> = Body "variables";
        /// Makes this the deployment of the stage's canary, which gets these settings.
        canary_settings: Option<DeploymentCanarySettings> = Body "canarySettings";
        /// Whether X-Ray traces requests to the stage.
        tracing_enabled: Option<bool> = Body "tracingEnabled";
    }
}

operation! {
    /// Lists the deployments.
    GetDeployments: "GET" "/restapis/{restApiId}/deployments" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// Where to go on.
        position: Option<String> = Query "position";
        /// Entries on a page.
        limit: Option<i64> = Query "limit";
    }
}

operation! {
    /// Shows a deployment.
    GetDeployment: "GET" "/restapis/{restApiId}/deployments/{deploymentId}" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The deployment.
        deployment_id: String = Uri "deploymentId";
        /// `apisummary` to show which methods were frozen.
        embed: Option<Vec<String>> = Query "embed";
    }
}

operation! {
    /// Changes a deployment's description; nothing else of it can change.
    UpdateDeployment: "PATCH" "/restapis/{restApiId}/deployments/{deploymentId}" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The deployment.
        deployment_id: String = Uri "deploymentId";
        /// The operations.
        patch_operations: Vec<PatchOperation> = Body "patchOperations";
    }
}

operation! {
    /// Deletes a deployment that no stage points to.
    DeleteDeployment: "DELETE" "/restapis/{restApiId}/deployments/{deploymentId}" => 202 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The deployment.
        deployment_id: String = Uri "deploymentId";
    }
}

impl CreateDeployment {
    /// Makes the request for a deployment to a stage, or to none.
    pub fn new(rest_api_id: impl Into<String>, stage_name: Option<String>) -> Self {
        Self { rest_api_id: rest_api_id.into(), stage_name, ..Self::default() }
    }

    fn check(&self) -> Vec<Violation> {
        stages::size_violation("createDeploymentInput", self.cache_cluster_size.as_deref())
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let api = world.api(&self.rest_api_id)?;
        canaries::check_deployment(api, self.stage_name.as_deref(), self.canary_settings.as_ref())?;
        check_deployable(&api.config)?;
        let known = api.deployments.clone();
        let id = DeploymentId::new(world.env.mint(IdShape::Short, |id| known.contains_key(id)));
        let created = world.env.now();
        let api = world.api_mut(&self.rest_api_id)?;
        let deployment = Deployment {
            id: id.clone(),
            number: api.next_deployment_number,
            description: self.description.clone().filter(|text| !text.is_empty()),
            created,
            config: Rc::clone(&api.config),
        };
        let body = describe(&deployment, false);
        api.next_deployment_number += 1;
        api.deployments.insert(id.clone(), Rc::new(deployment));
        if let Some(stage) = self.stage_name.as_deref().filter(|name| !name.is_empty()) {
            stages::point_at(world, &self.rest_api_id, stage, id, self)?;
        }
        Ok(body)
    }
}

impl GetDeployments {
    fn check(&self) -> Vec<Violation> {
        Vec::new()
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        // The order is assumed: newest first, as the console's deployment history.
        let all = world.api(&self.rest_api_id)?.deployments_newest_first();
        page(&all, self.limit, self.position.as_deref(), |d| d.id.to_string(), |d| describe(d, false))
    }
}

impl GetDeployment {
    fn check(&self) -> Vec<Violation> {
        Vec::new()
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let summary = self.embed.iter().flatten().any(|name| name == "apisummary");
        let api = world.workspace.api(&self.rest_api_id);
        let found = api.and_then(|api| api.deployments.get(self.deployment_id.as_str()));
        found.map(|deployment| describe(deployment, summary)).ok_or(ApiError::Unknown(Noun::Deployment))
    }
}

impl UpdateDeployment {
    fn check(&self) -> Vec<Violation> {
        op_violations("UpdateDeployment", &self.patch_operations)
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let deployment = deployment_mut(world, &self.rest_api_id, &self.deployment_id)?;
        for patch in &self.patch_operations {
            match patch.path_text() {
                "/description" => {
                    patch.only(&[Op::Replace])?;
                    deployment.description = patch.text_if_any();
                }
                _ => return Err(patch.bad_path_of("/description")), // form recorded for other objects
            }
        }
        Ok(describe(deployment, false))
    }
}

impl DeleteDeployment {
    fn check(&self) -> Vec<Violation> {
        Vec::new()
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        deployment_mut(world, &self.rest_api_id, &self.deployment_id)?;
        let api = world.api_mut(&self.rest_api_id)?;
        let stages: Vec<String> = api.stages_of(&self.deployment_id).map(|stage| stage.name.to_string()).collect();
        // That a canary holds its deployment, too, is assumed; nobody has shown what AWS does.
        let canaries: Vec<String> = api.canaries_of(&self.deployment_id).map(|stage| stage.name.to_string()).collect();
        if !stages.is_empty() || !canaries.is_empty() {
            return Err(ApiError::DeploymentInUse { stages, canaries });
        }
        api.deployments.remove(self.deployment_id.as_str());
        Ok(Value::Null)
    }
}

fn deployment_mut<'a>(world: &'a mut World<'_>, api: &str, id: &str) -> Result<&'a mut Deployment, ApiError> {
    let api: Option<&mut RestApi> = world.workspace.rest_apis.get_mut(api).map(Rc::make_mut);
    let found = api.and_then(|api| api.deployments.get_mut(id)).map(Rc::make_mut);
    found.ok_or(ApiError::Unknown(Noun::Deployment))
}

/// Checks that a working copy can be frozen: it has methods, and each has an integration.
///
/// # Errors
/// What `CreateDeployment` would answer; also for screens, to say so before it is tried.
pub fn check_deployable(config: &ApiConfig) -> Result<(), ApiError> {
    if config.method_count() == 0 {
        return Err(ApiError::NoMethods);
    }
    if config.methods_without_integration() == 0 {
        return Ok(());
    }
    let bare = config.tree().into_iter().flat_map(|(_, resource)| {
        let path = config.path_of(&resource.id);
        let methods = resource.methods.values().filter(|method| method.integration.is_none());
        methods.map(move |method| format!("{} {path}", method.http_method)).collect::<Vec<_>>()
    });
    Err(ApiError::MethodsWithoutIntegration { methods: bare.take(5).collect() })
}

/// Writes a deployment in the shape of AWS's answers: no stage, and a summary only when asked for (recorded).
fn describe(deployment: &Deployment, summary: bool) -> Value {
    let out = Answer::new()
        .with("id", deployment.id.as_str())
        .maybe("description", deployment.description.as_deref())
        .with("createdDate", deployment.created.seconds());
    if !summary {
        return out.done();
    }
    let config = &deployment.config;
    let with_methods = config.tree().into_iter().filter(|(_, resource)| !resource.methods.is_empty());
    let paths: Map<String, Value> = with_methods
        .map(|(_, resource)| {
            let methods: Map<String, Value> = resource
                .methods
                .values()
                .map(|method| {
                    let snapshot = Answer::new()
                        .with("authorizationType", method.authorization_type.as_str())
                        .with("apiKeyRequired", method.api_key_required);
                    (method.http_method.to_string(), snapshot.done())
                })
                .collect();
            (config.path_of(&resource.id), Value::Object(methods))
        })
        .collect();
    out.with("apiSummary", paths).done()
}
