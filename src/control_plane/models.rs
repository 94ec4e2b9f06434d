//! Model: a JSON schema with a name. Methods name it for their bodies, other models refer to it.

use super::{
    World,
    answer::Answer,
    error::{ApiError, Violation},
    mappings,
    members::{operation, unconstrained},
    model_template,
    page::page,
    patch::{PatchOperation, op_violations},
};
use crate::{
    entities::{ApiConfig, Method, Model, ModelId, Models, RestApi},
    env::IdShape,
    schema,
};
use serde_json::{Value, json};
use std::rc::Rc;

/// Bytes of the largest schema (documented).
const LARGEST: usize = 400 * 1024;

/// How a schema refers to a model of its API, up to the API's id (documented).
const CANONICAL: &str = "https://apigateway.amazonaws.com/restapis/";

operation! {
    /// Adds a model.
    CreateModel: "POST" "/restapis/{restApiId}/models" => 201 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The name: letters and digits. It cannot change later.
        name: String = Body "name";
        /// The description.
        description: Option<String> = Body "description";
        /// The schema, as JSON text.
        schema: Option<String> = Body "schema";
        /// The content type of what it describes.
        content_type: String = Body "contentType";
    }
}

operation! {
    /// Lists the models.
    GetModels: "GET" "/restapis/{restApiId}/models" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// Where to go on.
        position: Option<String> = Query "position";
        /// Entries on a page.
        limit: Option<i64> = Query "limit";
    }
}

operation! {
    /// Shows a model.
    GetModel: "GET" "/restapis/{restApiId}/models/{modelName}" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The model.
        model_name: String = Uri "modelName";
        /// Whether the models that it refers to are put into its schema.
        flatten: Option<bool> = Query "flatten";
    }
}

operation! {
    /// Writes a mapping template that makes what a model describes.
    GetModelTemplate: "GET" "/restapis/{restApiId}/models/{modelName}/default_template" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The model.
        model_name: String = Uri "modelName";
    }
}

operation! {
    /// Changes the schema or the description of a model.
    UpdateModel: "PATCH" "/restapis/{restApiId}/models/{modelName}" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The model.
        model_name: String = Uri "modelName";
        /// The operations.
        patch_operations: Vec<PatchOperation> = Body "patchOperations";
    }
}

operation! {
    /// Deletes a model that nothing refers to.
    DeleteModel: "DELETE" "/restapis/{restApiId}/models/{modelName}" => 202 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The model.
        model_name: String = Uri "modelName";
    }
}

unconstrained!(CreateModel, GetModels, GetModel, GetModelTemplate, DeleteModel);

impl CreateModel {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let api = world.api(&self.rest_api_id)?;
        check_name(&self.name)?;
        world.late(mappings::check_media_type(&self.content_type, "contentType"))?;
        let schema = self.schema.as_deref().unwrap_or_default();
        check_schema(api, &self.content_type, schema)?;
        world.late(check_keywords(&self.content_type, schema).and_then(|()| check_size(schema)))?;
        let mut models = api.config.models();
        if models.get(self.name.as_str()).is_some() {
            return Err(ApiError::conflict("name", "Model name already exists for this REST API"));
        }
        let taken = models.clone();
        let model = Model {
            id: ModelId::new(world.env.mint(IdShape::Short, |id| taken.values().any(|model| model.id.as_str() == id))),
            name: self.name.as_str().into(),
            description: self.description.clone().filter(|text| !text.is_empty()),
            content_type: self.content_type.clone(),
            schema: schema.to_owned(),
        };
        let body = describe(&model);
        models.insert(model.name.clone(), Rc::new(model));
        keep(world, &self.rest_api_id, models)?;
        Ok(body)
    }
}

impl GetModels {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let models = world.api(&self.rest_api_id)?.config.models();
        let all: Vec<_> = models.values().collect();
        page(&all, self.limit, self.position.as_deref(), |model| model.name.to_string(), |model| describe(model))
    }
}

impl GetModel {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let (api, model) = find(world, &self.rest_api_id, &self.model_name)?;
        if self.flatten != Some(true) {
            return Ok(describe(&model));
        }
        Ok(describe(&Model { schema: flattened(api, &model.schema), ..(*model).clone() }))
    }
}

impl GetModelTemplate {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let (api, model) = find(world, &self.rest_api_id, &self.model_name)?;
        let schema = serde_json::from_str(&model.schema).unwrap_or(Value::Null);
        let of_model = |reference: &str| schema_of(api, reference);
        Ok(json!({ "value": model_template::write(&schema, &of_model) }))
    }
}

impl UpdateModel {
    fn check(&self) -> Vec<Violation> {
        op_violations("UpdateModel", &self.patch_operations)
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let (api, model) = find(world, &self.rest_api_id, &self.model_name)?;
        let mut edited = (*model).clone();
        for patch in &self.patch_operations {
            match patch.replaces_one_of(&["/description", "/schema"])? {
                "/description" => edited.description = patch.text_if_any(),
                _ => {
                    check_schema(api, &edited.content_type, patch.text())?;
                    world.late(check_keywords(&edited.content_type, patch.text()))?;
                    world.late(check_size(patch.text()))?;
                    edited.schema = patch.text().to_owned();
                }
            }
        }
        let body = describe(&edited);
        let mut models = api.config.models();
        models.insert(edited.name.clone(), Rc::new(edited));
        keep(world, &self.rest_api_id, models)?;
        Ok(body)
    }
}

impl DeleteModel {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let (api, model) = find(world, &self.rest_api_id, &self.model_name)?;
        if let Some(place) = place_of(api, &model.name) {
            return Err(ApiError::InUse { what: "model", name: model.name.to_string(), place });
        }
        let mut models = api.config.models();
        models.remove(&model.name);
        keep(world, &self.rest_api_id, models)?;
        Ok(Value::Null)
    }
}

fn find<'w>(world: &'w World<'_>, api: &str, name: &str) -> Result<(&'w Rc<RestApi>, Rc<Model>), ApiError> {
    let found = world.workspace.api(api).and_then(|api| Some((api, api.config.model(name)?)));
    found.ok_or_else(|| ApiError::UnknownModel(name.to_owned()))
}

fn keep(world: &mut World<'_>, api: &str, models: Models) -> Result<(), ApiError> {
    let config = Rc::make_mut(&mut world.api_mut(api)?.config);
    Rc::make_mut(&mut config.parts).models = Some(models);
    Ok(())
}

fn check_name(name: &str) -> Result<(), ApiError> {
    if name.is_empty() {
        return Err(ApiError::invalid("name", "Model name must be non-empty"));
    }
    if !name.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Err(ApiError::invalid("name", format!("Model name must be alphanumeric: {name}"))); // rule documented, sentence reported
    }
    Ok(())
}

fn invalid_schema(problem: &str) -> ApiError {
    let message = format!("Invalid model specified: Validation Result: warnings : [], errors : [{problem}]"); // reported
    ApiError::invalid("schema", message)
}

/// Checks a schema: there must be one (recorded), it must be a draft 4 schema and its references must lead somewhere
/// (reported). Content that is not JSON has no such schema (assumed).
fn check_schema(api: &RestApi, content_type: &str, text: &str) -> Result<(), ApiError> {
    if text.trim().is_empty() {
        return Err(ApiError::invalid("schema", "Model schema must have at least 1 property or array items defined"));
    }
    if !content_type.contains("json") {
        return Ok(());
    }
    let parsed: Option<Value> = serde_json::from_str(text).ok();
    let parsed = parsed.filter(schema::is_schema).ok_or_else(|| invalid_schema("Invalid model schema specified"))?;
    for reference in schema::references(&parsed) {
        if reference.starts_with('#') {
            schema::local(&parsed, &reference).ok_or_else(|| invalid_schema("Invalid model schema specified"))?;
            continue;
        }
        let Some((id, name)) = canonical(&reference) else {
            return Err(invalid_schema("Invalid model schema specified, Model reference must be in canonical form"));
        };
        if id != api.id.as_str() || api.config.model(name).is_none() {
            return Err(invalid_schema(&format!("Invalid model reference specified: {reference}"))); // assumed
        }
    }
    Ok(())
}

/// Refuses a schema that is too large (the limit is documented, the sentence assumed).
fn check_size(text: &str) -> Result<(), ApiError> {
    if text.len() <= LARGEST {
        return Ok(());
    }
    Err(ApiError::invalid("schema", format!("Model schema exceeds the maximum size of {} KB", LARGEST / 1024)))
}

/// Refuses keywords that draft 4 lacks (reported for `$id`, `example`, `examples` and `dependentRequired`; that all are told,
/// in the order of the alphabet, is assumed).
fn check_keywords(content_type: &str, text: &str) -> Result<(), ApiError> {
    let schema: Option<Value> = serde_json::from_str(text).ok().filter(|_| content_type.contains("json"));
    let unknown = schema.as_ref().map(schema::unknown_keywords).unwrap_or_default();
    if unknown.is_empty() {
        return Ok(());
    }
    Err(invalid_schema(&format!("Invalid model schema specified. Unsupported keyword(s): {}", json!(unknown))))
}

/// Finds id and name in `https://apigateway.amazonaws.com/restapis/{id}/models/{name}`.
fn canonical(reference: &str) -> Option<(&str, &str)> {
    reference.strip_prefix(CANONICAL)?.split_once("/models/")
}

/// Turns a schema's references to models of one API to those of another API; for clones.
pub(super) fn turned(schema: &str, from: &str, to: &str) -> String {
    schema.replace(&format!("{CANONICAL}{from}/models/"), &format!("{CANONICAL}{to}/models/"))
}

/// Finds the schema that a reference to a model names.
fn schema_of(api: &RestApi, reference: &str) -> Option<Value> {
    let (id, name) = canonical(reference)?;
    let model = api.config.model(name).filter(|_| id == api.id.as_str())?;
    serde_json::from_str(&model.schema).ok()
}

/// Puts the models that a schema refers to under `definitions` (the form is assumed).
fn flattened(api: &RestApi, text: &str) -> String {
    let Ok(Value::Object(mut schema)) = serde_json::from_str(text) else { return text.to_owned() };
    let mut definitions = schema.get("definitions").and_then(Value::as_object).cloned().unwrap_or_default();
    let mut open = schema::references(&Value::Object(schema.clone()));
    let mut names = Vec::new();
    while let Some(reference) = open.pop() {
        let Some((_, name)) = canonical(&reference).filter(|(_, name)| !definitions.contains_key(*name)) else {
            continue;
        };
        let Some(found) = schema_of(api, &reference) else { continue };
        open.extend(schema::references(&found));
        definitions.insert(name.to_owned(), found);
        names.push((reference.clone(), format!("#/definitions/{name}")));
    }
    if names.is_empty() {
        return text.to_owned();
    }
    schema.insert("definitions".into(), Value::Object(definitions));
    let text = Value::Object(schema).to_string();
    names.iter().fold(text, |text, (from, to)| text.replace(&format!("\"{from}\""), &format!("\"{to}\"")))
}

/// Returns what refers to a model: a method's request or response (recorded and reported), or another model (assumed). Of several
/// methods it is the last one by its path: of the root and a resource below it, the resource (recorded).
fn place_of(api: &RestApi, name: &str) -> Option<String> {
    let config: &ApiConfig = &api.config;
    let named = |models: &crate::collections::SortedMap<String, String>| models.values().any(|model| model == name);
    let part = |method: &Method| {
        let response = || method.responses.values().any(|response| named(&response.response_models));
        if named(&method.request_models) { Some("request") } else { response().then_some("response") }
    };
    let places = config.methods().filter_map(|(resource, method)| {
        part(method).map(|part| (config.path_of(&resource.id), method.http_method, part))
    });
    if let Some((path, verb, part)) = places.max() {
        return Some(format!("method {part}: {path}/{verb}"));
    }
    let models = config.models();
    let refers = |model: &&Rc<Model>| {
        let schema = serde_json::from_str(&model.schema).unwrap_or(Value::Null);
        let references = schema::references(&schema);
        &*model.name != name && references.iter().any(|r| canonical(r).is_some_and(|(_, referred)| referred == name))
    };
    models.values().find(refers).map(|model| format!("model: {}", model.name))
}

/// Writes a model in the shape of AWS's answers.
fn describe(model: &Model) -> Value {
    Answer::new()
        .with("id", model.id.as_str())
        .with("name", &*model.name)
        .maybe("description", model.description.as_deref())
        .with("schema", model.schema.as_str())
        .with("contentType", model.content_type.as_str())
        .done()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_ends_at_four_hundred_kilobytes() {
        let refused = |length: usize| check_size(&"x".repeat(length)).err().map(|error| error.to_string());
        assert_eq!(refused(LARGEST), None);
        assert_eq!(refused(LARGEST + 1).as_deref(), Some("Model schema exceeds the maximum size of 400 KB"));
    }
}
