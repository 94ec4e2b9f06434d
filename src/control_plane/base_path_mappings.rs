//! BasePathMapping: which API and stage answer below a base path of a custom domain name. A mapping acts at once, and so
//! does a stage that a mapping names when it is pointed at another deployment.

use super::{
    World,
    answer::Answer,
    domain_names,
    error::{ApiError, Noun, Violation},
    members::{operation, unconstrained},
    page::page,
    patch::{Op, PatchOperation, op_violations},
};
use crate::entities::{ApiId, BasePathMapping, EndpointType, NO_BASE_PATH, StageName};
use serde_json::Value;
use std::rc::Rc;

operation! {
    /// Maps a base path to an API, and to a stage unless callers are to name it.
    CreateBasePathMapping: "POST" "/domainnames/{domain_name}/basepathmappings" => 201 {
        /// The domain name.
        domain_name: String = Uri "domainName" as "domain_name";
        /// Which of the private ones.
        domain_name_id: Option<String> = Query "domainNameId";
        /// The base path; none for what no other mapping takes.
        base_path: Option<String> = Body "basePath";
        /// The API.
        rest_api_id: String = Body "restApiId";
        /// The stage.
        stage: Option<String> = Body "stage";
    }
}

operation! {
    /// Lists the mappings of a domain name.
    GetBasePathMappings: "GET" "/domainnames/{domain_name}/basepathmappings" => 200 {
        /// The domain name.
        domain_name: String = Uri "domainName" as "domain_name";
        /// Which of the private ones.
        domain_name_id: Option<String> = Query "domainNameId";
        /// Where to go on.
        position: Option<String> = Query "position";
        /// Entries on a page.
        limit: Option<i64> = Query "limit";
    }
}

operation! {
    /// Shows a mapping.
    GetBasePathMapping: "GET" "/domainnames/{domain_name}/basepathmappings/{base_path}" => 200 {
        /// The domain name.
        domain_name: String = Uri "domainName" as "domain_name";
        /// Which of the private ones.
        domain_name_id: Option<String> = Query "domainNameId";
        /// The base path; `(none)` for the empty one.
        base_path: String = Uri "basePath" as "base_path";
    }
}

operation! {
    /// Changes a mapping.
    UpdateBasePathMapping: "PATCH" "/domainnames/{domain_name}/basepathmappings/{base_path}" => 200 {
        /// The domain name.
        domain_name: String = Uri "domainName" as "domain_name";
        /// Which of the private ones.
        domain_name_id: Option<String> = Query "domainNameId";
        /// The base path; `(none)` for the empty one.
        base_path: String = Uri "basePath" as "base_path";
        /// The operations.
        patch_operations: Vec<PatchOperation> = Body "patchOperations";
    }
}

operation! {
    /// Deletes a mapping.
    DeleteBasePathMapping: "DELETE" "/domainnames/{domain_name}/basepathmappings/{base_path}" => 202 {
        /// The domain name.
        domain_name: String = Uri "domainName" as "domain_name";
        /// Which of the private ones.
        domain_name_id: Option<String> = Query "domainNameId";
        /// The base path; `(none)` for the empty one.
        base_path: String = Uri "basePath" as "base_path";
    }
}

unconstrained!(CreateBasePathMapping, GetBasePathMappings, GetBasePathMapping, DeleteBasePathMapping);

impl CreateBasePathMapping {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let mut domain = domain_names::find(world, &self.domain_name, self.domain_name_id.as_deref())?.as_ref().clone();
        let base_path = parse_base_path(self.base_path.as_deref().unwrap_or_default())?;
        let mapping = BasePathMapping {
            base_path,
            rest_api_id: known_api(world, &self.rest_api_id)?,
            stage: known_stage(world, &self.rest_api_id, self.stage.as_deref())?,
        };
        check_endpoint(world, domain.is_private(), &mapping)?;
        if domain.mappings.contains_key(&*mapping.base_path) {
            return Err(taken());
        }
        let body = describe(&mapping);
        domain.mappings.insert(mapping.base_path.clone(), Rc::new(mapping));
        domain_names::insert(world, domain)?;
        Ok(body)
    }
}

impl GetBasePathMappings {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let domain = domain_names::find(world, &self.domain_name, self.domain_name_id.as_deref())?;
        let all: Vec<_> = domain.mappings.values().collect();
        page(&all, self.limit, self.position.as_deref(), |m| m.base_path.to_string(), |m| describe(m))
    }
}

impl GetBasePathMapping {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let domain = domain_names::find(world, &self.domain_name, self.domain_name_id.as_deref())?;
        let mapping = domain.mappings.get(named(&self.base_path));
        mapping.map(|mapping| describe(mapping)).ok_or(ApiError::Unknown(Noun::BasePathMapping))
    }
}

impl UpdateBasePathMapping {
    fn check(&self) -> Vec<Violation> {
        op_violations("UpdateBasePathMapping", &self.patch_operations)
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let mut domain = domain_names::find(world, &self.domain_name, self.domain_name_id.as_deref())?.as_ref().clone();
        let old = domain.mappings.remove(named(&self.base_path)).ok_or(ApiError::Unknown(Noun::BasePathMapping))?;
        let (mut mapping, mut stage) = (old.as_ref().clone(), old.stage.as_ref().map(ToString::to_string));
        let mut moved = false;
        for patch in &self.patch_operations {
            let segments = patch.segments();
            let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
            match segments[..] {
                // The documentation's table and its example disagree on the spelling; both are taken.
                ["basePath" | "basepath"] => {
                    patch.only(&[Op::Replace])?;
                    mapping.base_path = parse_base_path(patch.text())?;
                }
                ["restapiId" | "restApiId"] => {
                    patch.only(&[Op::Replace])?;
                    mapping.rest_api_id = known_api(world, patch.text())?;
                    moved = true;
                }
                ["stage"] => {
                    patch.only(&[Op::Replace])?;
                    stage = patch.text_if_any();
                    moved = true;
                }
                _ => return Err(patch.bad_path_of("/basePath, /restapiId, /stage")),
            }
        }
        // A stage that has gone since stays named until the mapping is pointed elsewhere (inferred).
        if moved {
            mapping.stage = known_stage(world, &mapping.rest_api_id, stage.as_deref())?;
            check_endpoint(world, domain.is_private(), &mapping)?;
        }
        if domain.mappings.contains_key(&*mapping.base_path) {
            return Err(taken());
        }
        let body = describe(&mapping);
        domain.mappings.insert(mapping.base_path.clone(), Rc::new(mapping));
        domain_names::insert(world, domain)?;
        Ok(body)
    }
}

impl DeleteBasePathMapping {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let mut domain = domain_names::find(world, &self.domain_name, self.domain_name_id.as_deref())?.as_ref().clone();
        domain.mappings.remove(named(&self.base_path)).ok_or(ApiError::Unknown(Noun::BasePathMapping))?;
        domain_names::insert(world, domain)?;
        Ok(Value::Null)
    }
}

/// Returns a request's base path as it is stored: an empty one as `(none)`.
fn named(base_path: &str) -> &str {
    if base_path.is_empty() { NO_BASE_PATH } else { base_path }
}

/// Checks a base path: one segment, of characters that need no escaping (characters documented, first sentence inferred).
fn parse_base_path(text: &str) -> Result<Rc<str>, ApiError> {
    if text.contains('/') {
        let message = "API Gateway V1 doesn't support the slash character (/) in base path mappings. To create a multi-level base path mapping, use API Gateway V2.";
        return Err(ApiError::invalid("basePath", message));
    }
    let fits = |b: u8| b.is_ascii_alphanumeric() || b"$-_.+!*'()".contains(&b);
    if text.len() > 300 || !text.bytes().all(fits) {
        let message = "Base path contains invalid characters. Valid characters are letters, numbers, and $-_.+!*'()"; // assumed
        return Err(ApiError::invalid("basePath", message));
    }
    Ok(named(text).into())
}

fn known_api(world: &World<'_>, id: &str) -> Result<ApiId, ApiError> {
    let unknown = || ApiError::invalid("restApiId", "Invalid REST API identifier specified");
    world.workspace.api(id).map(|api| api.id.clone()).ok_or_else(unknown)
}

/// Returns the stage, if one is named; `(none)` names no stage (documented).
fn known_stage(world: &World<'_>, api: &str, stage: Option<&str>) -> Result<Option<StageName>, ApiError> {
    let Some(stage) = stage.filter(|stage| !stage.is_empty() && *stage != NO_BASE_PATH) else { return Ok(None) };
    let found = world.workspace.api(api).and_then(|api| api.stages.get(stage));
    let unknown = || ApiError::invalid("stage", "Invalid stage identifier specified");
    found.map(|stage| Some(stage.name.clone())).ok_or_else(unknown)
}

/// Checks that a private API, and no other, is behind a private domain name (documented); the sentence is assumed.
fn check_endpoint(world: &World<'_>, private: bool, mapping: &BasePathMapping) -> Result<(), ApiError> {
    let api = world.workspace.api(&mapping.rest_api_id);
    let of_api = api.is_some_and(|api| api.config.settings.endpoint.endpoint_type == EndpointType::Private);
    if of_api == private {
        return Ok(());
    }
    let message = "Private APIs can only be mapped to private custom domain names, and public APIs to public ones.";
    Err(ApiError::invalid("restApiId", message))
}

/// Returns the error of a base path that is taken (inferred).
fn taken() -> ApiError {
    ApiError::Conflict { field: "basePath", message: "Base path already exists for this domain name".into() }
}

/// Writes a mapping in the shape of AWS's answers.
fn describe(mapping: &BasePathMapping) -> Value {
    let out = Answer::new().with("basePath", &*mapping.base_path).with("restApiId", mapping.rest_api_id.as_str());
    out.maybe("stage", mapping.stage.as_deref()).done()
}
