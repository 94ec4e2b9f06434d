//! DocumentationVersion: all documentation parts at one moment, for stages to name.

use super::{
    World,
    answer::Answer,
    error::{ApiError, Noun, Violation},
    members::{operation, unconstrained},
    page::page,
    patch::{PatchOperation, op_violations},
};
use crate::entities::{DocumentationVersion, RestApi};
use serde_json::Value;
use std::rc::Rc;

/// No such version (reported).
const UNKNOWN: ApiError = ApiError::NotFound("Invalid Documentation version specified");

operation! {
    /// Freezes the documentation parts, and attaches them to a stage when one is named.
    CreateDocumentationVersion: "POST" "/restapis/{restApiId}/documentation/versions" => 201 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The name.
        documentation_version: String = Body "documentationVersion";
        /// The stage.
        stage_name: Option<String> = Body "stageName";
        /// The description.
        description: Option<String> = Body "description";
    }
}

operation! {
    /// Lists the versions.
    GetDocumentationVersions: "GET" "/restapis/{restApiId}/documentation/versions" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// Where to go on.
        position: Option<String> = Query "position";
        /// Entries on a page.
        limit: Option<i64> = Query "limit";
    }
}

operation! {
    /// Shows a version.
    GetDocumentationVersion: "GET" "/restapis/{restApiId}/documentation/versions/{documentationVersion}" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The version.
        documentation_version: String = Uri "documentationVersion";
    }
}

operation! {
    /// Changes the description of a version.
    UpdateDocumentationVersion: "PATCH" "/restapis/{restApiId}/documentation/versions/{documentationVersion}" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The version.
        documentation_version: String = Uri "documentationVersion";
        /// The operations.
        patch_operations: Vec<PatchOperation> = Body "patchOperations";
    }
}

operation! {
    /// Deletes a version that no stage names.
    DeleteDocumentationVersion: "DELETE" "/restapis/{restApiId}/documentation/versions/{documentationVersion}" => 202 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The version.
        documentation_version: String = Uri "documentationVersion";
    }
}

unconstrained!(
    CreateDocumentationVersion,
    GetDocumentationVersions,
    GetDocumentationVersion,
    DeleteDocumentationVersion
);

impl CreateDocumentationVersion {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let api = world.api(&self.rest_api_id)?;
        let stage = self.stage_name.as_deref().filter(|name| !name.is_empty());
        if self.documentation_version.trim().is_empty() {
            return Err(ApiError::invalid("documentationVersion", "Documentation version cannot be blank")); // assumed
        }
        if api.documentation.versions.contains_key(self.documentation_version.as_str()) {
            let message = "Documentation version already exists for this API"; // assumed
            return Err(ApiError::conflict("documentationVersion", message));
        }
        if stage.is_some_and(|name| !api.stages.contains_key(name)) {
            return Err(ApiError::Unknown(Noun::Stage)); // assumed
        }
        let version = DocumentationVersion {
            version: self.documentation_version.as_str().into(),
            description: self.description.clone().filter(|text| !text.is_empty()),
            created: world.env.now(),
            parts: api.documentation.parts.clone(),
        };
        let body = describe(&version);
        let now = world.env.now();
        let api = world.api_mut(&self.rest_api_id)?;
        if let Some(stage) = stage.and_then(|name| api.stages.get_mut(name)).map(Rc::make_mut) {
            stage.documentation_version = Some(version.version.clone());
            stage.last_updated = now;
        }
        keep(api, version);
        Ok(body)
    }
}

impl GetDocumentationVersions {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let all: Vec<_> = world.api(&self.rest_api_id)?.documentation.versions.values().collect();
        page(&all, self.limit, self.position.as_deref(), |v| v.version.to_string(), |v| describe(v))
    }
}

impl GetDocumentationVersion {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        find(world, &self.rest_api_id, &self.documentation_version).map(|version| describe(version))
    }
}

impl UpdateDocumentationVersion {
    fn check(&self) -> Vec<Violation> {
        op_violations("UpdateDocumentationVersion", &self.patch_operations)
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let mut edited = find(world, &self.rest_api_id, &self.documentation_version)?.as_ref().clone();
        for patch in &self.patch_operations {
            patch.replaces_one_of(&["/description"])?; // documented; the form of the refusal is assumed
            edited.description = patch.text_if_any();
        }
        let body = describe(&edited);
        keep(world.api_mut(&self.rest_api_id)?, edited);
        Ok(body)
    }
}

impl DeleteDocumentationVersion {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let version = find(world, &self.rest_api_id, &self.documentation_version)?.version.clone();
        let api = world.api_mut(&self.rest_api_id)?;
        let named = api.stages.values().find(|stage| stage.documentation_version.as_ref() == Some(&version));
        if let Some(stage) = named {
            // That it is refused and how is assumed: nothing here names what is not there.
            let place = format!("stage: {}", stage.name);
            return Err(ApiError::InUse { what: "documentation version", name: version.to_string(), place });
        }
        Rc::make_mut(&mut api.documentation).versions.remove(&version);
        Ok(Value::Null)
    }
}

/// Finds a version by its name. An unknown API is an unknown version (assumed, after documentation parts).
fn find<'w>(world: &'w World<'_>, api: &str, name: &str) -> Result<&'w Rc<DocumentationVersion>, ApiError> {
    world.workspace.api(api).and_then(|api| api.documentation.versions.get(name)).ok_or(UNKNOWN)
}

fn keep(api: &mut RestApi, version: DocumentationVersion) {
    Rc::make_mut(&mut api.documentation).versions.insert(version.version.clone(), Rc::new(version));
}

/// Writes a version in the shape of AWS's answers.
fn describe(version: &DocumentationVersion) -> Value {
    Answer::new()
        .with("version", &*version.version)
        .with("createdDate", version.created.seconds())
        .maybe("description", version.description.as_deref())
        .done()
}
