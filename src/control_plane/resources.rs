//! Resource: the tree of paths.

use super::{
    World,
    answer::Answer,
    error::{ApiError, Noun, Violation},
    members::operation,
    methods,
    page::page,
    patch::{Op, PatchOperation, op_violations},
};
use crate::{
    collections::SortedMap,
    entities::{ApiConfig, PathPart, PathPartKind, Resource, ResourceId},
    env::IdShape,
};
use serde_json::{Map, Value};
use std::rc::Rc;

operation! {
    /// Makes a child of a resource.
    CreateResource: "POST" "/restapis/{restApiId}/resources/{parentId}" => 201 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The parent.
        parent_id: String = Uri "parentId";
        /// The last segment of the path.
        path_part: String = Body "pathPart";
    }
}

operation! {
    /// Lists the resources.
    GetResources: "GET" "/restapis/{restApiId}/resources" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// Where to go on.
        position: Option<String> = Query "position";
        /// Entries on a page.
        limit: Option<i64> = Query "limit";
        /// `methods` to show the methods in full.
        embed: Option<Vec<String>> = Query "embed";
    }
}

operation! {
    /// Shows a resource.
    GetResource: "GET" "/restapis/{restApiId}/resources/{resourceId}" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The resource.
        resource_id: String = Uri "resourceId";
        /// `methods` to show the methods in full.
        embed: Option<Vec<String>> = Query "embed";
    }
}

operation! {
    /// Renames or moves a resource; ids below it stay.
    UpdateResource: "PATCH" "/restapis/{restApiId}/resources/{resourceId}" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The resource.
        resource_id: String = Uri "resourceId";
        /// The operations.
        patch_operations: Vec<PatchOperation> = Body "patchOperations";
    }
}

operation! {
    /// Deletes a resource and everything below it.
    DeleteResource: "DELETE" "/restapis/{restApiId}/resources/{resourceId}" => 202 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The resource.
        resource_id: String = Uri "resourceId";
    }
}

impl CreateResource {
    fn check(&self) -> Vec<Violation> {
        Vec::new()
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let parent = world.resource_id(&self.rest_api_id, &self.parent_id)?;
        let part = parse_part(&self.path_part)?;
        let config = world.config(&self.rest_api_id)?;
        check_place(config, &parent, &part, None)?;
        if config.resources().len() >= world.workspace.limits.resources_per_api {
            let message = "Maximum number of resources for this API has been reached. Please contact AWS if you need additional resources.";
            return Err(ApiError::Limit(message.into()));
        }
        let resources = config.resources().clone();
        let id = ResourceId::new(world.env.mint(IdShape::Short, |id| resources.contains_key(id)));
        let config = world.config_mut(&self.rest_api_id)?;
        config.insert(Resource { id: id.clone(), place: Some((parent, part)), methods: SortedMap::new() });
        describe(config, &id, false)
    }
}

impl GetResources {
    fn check(&self) -> Vec<Violation> {
        Vec::new()
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let config = &world.api(&self.rest_api_id)?.config;
        let all: Vec<&Rc<Resource>> = config.tree().into_iter().map(|(_, resource)| resource).collect();
        let full = embeds_methods(self.embed.as_deref());
        let describe = |resource: &&Rc<Resource>| describe(config, &resource.id, full).unwrap_or_default();
        page(&all, self.limit, self.position.as_deref(), |resource| resource.id.to_string(), describe)
    }
}

impl GetResource {
    fn check(&self) -> Vec<Violation> {
        Vec::new()
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let id = world.resource_id(&self.rest_api_id, &self.resource_id)?;
        describe(world.config(&self.rest_api_id)?, &id, embeds_methods(self.embed.as_deref()))
    }
}

impl UpdateResource {
    fn check(&self) -> Vec<Violation> {
        op_violations("UpdateResource", &self.patch_operations)
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let id = world.resource_id(&self.rest_api_id, &self.resource_id)?;
        for patch in &self.patch_operations {
            let config = world.config_mut(&self.rest_api_id)?;
            let (parent, part) = target(config, &id, patch)?;
            check_place(config, &parent, &part, Some(&id))?;
            config.relocate(&id, parent, part);
        }
        describe(world.config(&self.rest_api_id)?, &id, false)
    }
}

impl DeleteResource {
    fn check(&self) -> Vec<Violation> {
        Vec::new()
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let id = world.resource_id(&self.rest_api_id, &self.resource_id)?;
        let config = world.config_mut(&self.rest_api_id)?;
        if *config.root_id() == id {
            return Err(ApiError::RootUndeletable);
        }
        config.remove_subtree(&id);
        Ok(Value::Null)
    }
}

fn embeds_methods(embed: Option<&[String]>) -> bool {
    embed.unwrap_or_default().iter().any(|name| name == "methods")
}

fn parse_part(text: &str) -> Result<PathPart, ApiError> {
    PathPart::parse(text).ok_or_else(|| ApiError::PathPart { part: text.to_owned() })
}

/// Checks that a resource may stand below `parent` with this path part; `moved` is the resource itself when it is there
/// already.
fn check_place(
    config: &ApiConfig,
    parent: &ResourceId,
    part: &PathPart,
    moved: Option<&ResourceId>,
) -> Result<(), ApiError> {
    if moved.is_some_and(|id| config.is_within(parent, id)) {
        return Err(ApiError::Cyclical);
    }
    let parent_part = config.resource(parent).and_then(|resource| resource.path_part());
    if let Some(greedy) = parent_part.filter(|part| part.kind() == PathPartKind::Greedy) {
        return Err(ApiError::ChildOfGreedy(greedy.to_string()));
    }
    // A greedy path variable with children below it would swallow them (assumed to be refused in the same words).
    if let Some(id) = moved.filter(|_| part.kind() == PathPartKind::Greedy)
        && config.children(id).next().is_some()
    {
        return Err(ApiError::ChildOfGreedy(part.to_string()));
    }
    if config.child(parent, part.as_str()).is_some_and(|other| Some(&other.id) != moved) {
        return Err(ApiError::PathPartTaken(part.to_string()));
    }
    if part.kind() != PathPartKind::Static
        && let Some(sibling) = config.has_variable_sibling(parent, moved)
    {
        return Err(ApiError::VariableSibling(sibling.to_string()));
    }
    Ok(())
}

/// Returns the place to which a patch moves a resource.
fn target(config: &ApiConfig, id: &ResourceId, patch: &PatchOperation) -> Result<(ResourceId, PathPart), ApiError> {
    let path = patch.path_text();
    // The op is looked at before the path (recorded for models).
    if patch.kind() != Op::Replace {
        return Err(patch.bad_op());
    }
    let member = match path {
        "/pathPart" => "pathPart",
        "/parentId" => "parentId",
        _ => return Err(patch.bad_path_of("/parentId, /pathPart")),
    };
    let resource = config.resource(id).ok_or(ApiError::Unknown(Noun::Resource))?;
    let (parent, part) = resource.place.clone().ok_or(ApiError::RootFixed(member))?;
    if member == "pathPart" {
        return Ok((parent, parse_part(patch.text())?));
    }
    let parent = config.resource(patch.text()).map(|resource| resource.id.clone());
    Ok((parent.ok_or(ApiError::Unknown(Noun::Resource))?, part)) // recorded
}

/// Writes a resource in the shape of AWS's answers.
fn describe(config: &ApiConfig, id: &ResourceId, full: bool) -> Result<Value, ApiError> {
    let resource = config.resource(id).ok_or(ApiError::Unknown(Noun::Resource))?;
    let mut out = Answer::new()
        .with("id", id.as_str())
        .maybe("parentId", resource.parent_id().map(|parent| parent.as_str()))
        .maybe("pathPart", resource.path_part().map(PathPart::as_str))
        .with("path", config.path_of(id));
    if !resource.methods.is_empty() {
        let body = |method| if full { methods::describe(method) } else { Value::Object(Map::new()) };
        let methods: Map<String, Value> =
            resource.methods.iter().map(|(verb, method)| (verb.as_str().to_owned(), body(method))).collect();
        out = out.with("resourceMethods", methods);
    }
    Ok(out.done())
}
