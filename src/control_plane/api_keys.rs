//! ApiKey: what identifies a caller. A key opens nothing by itself; a usage plan that holds it does.

use super::{
    World,
    answer::Answer,
    checks::check_tags,
    error::{ApiError, Noun, Violation},
    members::{Field, Member, MemberType, list, operation, structure, unconstrained},
    page::page,
    patch::{Op, PatchOperation, op_violations},
};
use crate::{collections::SortedMap, entities::ApiKey, env::IdShape};
use serde_json::{Value, json};
use std::rc::Rc;

/// A stage that a key is given, as a request writes it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StageKeyInput {
    /// The API.
    pub rest_api_id: Option<String>,
    /// The stage.
    pub stage_name: Option<String>,
}

impl Member for Option<Vec<StageKeyInput>> {
    const TYPE: MemberType =
        MemberType::StructureList(&[("restApiId", MemberType::Text), ("stageName", MemberType::Text)]);

    fn read(value: Option<Value>, field: &Field<'_>) -> Result<Self, ApiError> {
        list(value, field, |item| {
            let mut members = structure(Some(item), field)?.unwrap_or_default();
            Ok(StageKeyInput {
                rest_api_id: Member::read(members.remove("restApiId"), field)?,
                stage_name: Member::read(members.remove("stageName"), field)?,
            })
        })
    }

    fn write(&self) -> Option<Value> {
        let item = |key: &StageKeyInput| {
            let out = Answer::new().maybe("restApiId", key.rest_api_id.as_deref());
            out.maybe("stageName", key.stage_name.as_deref()).done()
        };
        self.as_ref().map(|keys| keys.iter().map(item).collect())
    }
}

operation! {
    /// Makes an API key.
    CreateApiKey: "POST" "/apikeys" => 201 {
        /// The name.
        name: Option<String> = Body "name";
        /// The description.
        description: Option<String> = Body "description";
        /// Whether callers may use it; not unless this says so.
        enabled: Option<bool> = Body "enabled";
        /// Whether its id is another text than its value. Deprecated.
        generate_distinct_id: Option<bool> = Body "generateDistinctId";
        /// The text that callers send; made up when it is not given.
        value: Option<String> = Body "value";
        /// Stages of the time before usage plans.
        stage_keys: Option<Vec<StageKeyInput>> = Body "stageKeys";
        /// A customer of the AWS Marketplace.
        customer_id: Option<String> = Body "customerId";
        /// Tags.
        tags: Option<SortedMap<String, String>> = Body "tags";
    }
}

operation! {
    /// Lists the API keys.
    GetApiKeys: "GET" "/apikeys" => 200 {
        /// Where to go on.
        position: Option<String> = Query "position";
        /// Entries on a page.
        limit: Option<i64> = Query "limit";
        /// How the names begin.
        name_query: Option<String> = Query "nameQuery" as "name";
        /// Of which customer.
        customer_id: Option<String> = Query "customerId";
        /// Whether the values are shown.
        include_values: Option<bool> = Query "includeValues";
    }
}

operation! {
    /// Shows an API key.
    GetApiKey: "GET" "/apikeys/{api_Key}" => 200 {
        /// The key's id.
        api_key: String = Uri "apiKey" as "api_Key";
        /// Whether the value is shown.
        include_value: Option<bool> = Query "includeValue";
    }
}

operation! {
    /// Changes an API key; its value cannot change.
    UpdateApiKey: "PATCH" "/apikeys/{api_Key}" => 200 {
        /// The key's id.
        api_key: String = Uri "apiKey" as "api_Key";
        /// The operations.
        patch_operations: Vec<PatchOperation> = Body "patchOperations";
    }
}

operation! {
    /// Deletes an API key, and takes it out of all usage plans.
    DeleteApiKey: "DELETE" "/apikeys/{api_Key}" => 202 {
        /// The key's id.
        api_key: String = Uri "apiKey" as "api_Key";
    }
}

unconstrained!(CreateApiKey, GetApiKeys, GetApiKey, DeleteApiKey);

impl CreateApiKey {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        check_name(self.name.as_deref())?;
        check_description(self.description.as_deref())?;
        let tags = self.tags.clone().unwrap_or_default();
        check_tags(world, &tags)?;
        let mut stage_keys = Vec::new();
        for key in self.stage_keys.iter().flatten() {
            let (api, stage) = (key.rest_api_id.as_deref(), key.stage_name.as_deref());
            stage_keys.push(stage_key(world, api.unwrap_or_default(), stage.unwrap_or_default())?);
        }
        let (id, value) = identify(world, self.value.as_deref(), self.generate_distinct_id)?;
        let now = world.env.now();
        let key = ApiKey {
            id,
            value,
            // An empty name is no name (recorded).
            name: self.name.clone().filter(|name| !name.is_empty()),
            customer_id: self.customer_id.clone(),
            description: self.description.clone(),
            enabled: self.enabled.unwrap_or(false),
            stage_keys,
            tags,
            created: now,
            last_updated: now,
        };
        insert(world, key.clone())?;
        Ok(describe(&key, true, false))
    }
}

impl GetApiKeys {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let shown = |key: &&Rc<ApiKey>| {
            let customer = self.customer_id.as_deref().is_none_or(|id| key.customer_id.as_deref() == Some(id));
            customer && name_begins(key, self.name_query.as_deref())
        };
        let keys: Vec<_> = world.account().api_keys.values().filter(shown).collect();
        let values = self.include_values == Some(true);
        page(&keys, self.limit, self.position.as_deref(), |key| key.id.to_string(), |key| describe(key, values, false))
    }
}

impl GetApiKey {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        find(world, &self.api_key).map(|key| describe(key, self.include_value == Some(true), true))
    }
}

impl UpdateApiKey {
    fn check(&self) -> Vec<Violation> {
        op_violations("UpdateApiKey", &self.patch_operations)
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let mut key = find(world, &self.api_key)?.as_ref().clone();
        for patch in &self.patch_operations {
            apply(world, &mut key, patch)?;
        }
        key.last_updated = world.env.now();
        let body = describe(&key, false, true);
        world.account_mut().api_keys.insert(key.id.clone(), Rc::new(key));
        Ok(body)
    }
}

impl DeleteApiKey {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let id = find(world, &self.api_key)?.id.clone();
        let account = world.account_mut();
        account.api_keys.remove(&*id);
        // Assumed: nothing holds a key back, and its plans forget it.
        let holding: Vec<Rc<str>> = account
            .usage_plans
            .values()
            .filter(|plan| plan.keys.contains_key(&*id))
            .map(|plan| plan.id.clone())
            .collect();
        for plan in holding {
            if let Some(plan) = account.usage_plans.get_mut(&*plan) {
                Rc::make_mut(plan).keys.remove(&*id);
            }
        }
        Ok(Value::Null)
    }
}

/// Finds a key by its id.
pub(super) fn find<'w>(world: &'w World<'_>, id: &str) -> Result<&'w Rc<ApiKey>, ApiError> {
    world.account().api_keys.get(id).ok_or(ApiError::Unknown(Noun::ApiKey))
}

/// Tells whether a key's name begins so; upper and lower case count (recorded).
pub(super) fn name_begins(key: &ApiKey, query: Option<&str>) -> bool {
    query.is_none_or(|query| key.name.as_deref().unwrap_or_default().starts_with(query))
}

/// Adds a key; counted against the quota.
pub(super) fn insert(world: &mut World<'_>, key: ApiKey) -> Result<(), ApiError> {
    if world.account().api_keys.len() >= world.workspace.limits.api_keys {
        let message = "Maximum number of API Keys for this account has been reached. Please contact AWS if you need additional API Keys."; // assumed
        return Err(ApiError::Limit(message.into()));
    }
    world.account_mut().api_keys.insert(key.id.clone(), Rc::new(key));
    Ok(())
}

/// Makes the id and the value of a new key: the value given, or forty letters and digits.
pub(super) fn identify(
    world: &mut World<'_>,
    value: Option<&str>,
    distinct: Option<bool>,
) -> Result<(Rc<str>, Rc<str>), ApiError> {
    let account = world.workspace.account.clone();
    let has_value = |value: &str| account.api_keys.values().any(|key| &*key.value == value);
    let value: Rc<str> = match value.filter(|value| !value.is_empty()) {
        Some(value) => {
            check_value(value)?;
            if has_value(value) {
                return Err(ApiError::Conflict { field: "value", message: "API Key already exists".into() }); // inferred
            }
            value.into()
        }
        None => world.env.mint(IdShape::KeyValue, has_value),
    };
    // The old way, in which the value is the id, is documented and deprecated.
    let id = match distinct {
        Some(false) if !account.api_keys.contains_key(&*value) => value.clone(),
        _ => world.env.mint(IdShape::Long, |id| account.api_keys.contains_key(id)),
    };
    Ok((id, value))
}

/// Checks the value of a key (recorded).
pub(super) fn check_value(value: &str) -> Result<(), ApiError> {
    let refuse = |message: &'static str| Err(ApiError::invalid("value", message));
    match value.chars().count() {
        0..20 => refuse("API Key value should be at least 20 characters"),
        20..=128 => Ok(()),
        _ => refuse("API Key value exceeds maximum size of 128 characters"),
    }
}

/// Checks the name of a key (recorded).
pub(super) fn check_name(name: Option<&str>) -> Result<(), ApiError> {
    if name.is_some_and(|name| name.chars().count() > 1024) {
        return Err(ApiError::invalid("name", "Invalid API Key name, can be at most 1024 characters."));
    }
    Ok(())
}

/// Checks the description of a key (recorded).
pub(super) fn check_description(description: Option<&str>) -> Result<(), ApiError> {
    if description.is_some_and(|description| description.chars().count() > 125_000) {
        return Err(ApiError::invalid("description", "Invalid API Key description specified."));
    }
    Ok(())
}

/// Returns `api/stage` of a stage that exists; the sentences are assumed, after those of base path mappings.
fn stage_key(world: &World<'_>, api: &str, stage: &str) -> Result<String, ApiError> {
    let known = world.workspace.api(api);
    let known = known.ok_or_else(|| ApiError::invalid("stageKeys", "Invalid REST API identifier specified"))?;
    if !known.stages.contains_key(stage) {
        return Err(ApiError::invalid("stageKeys", "Invalid stage identifier specified"));
    }
    Ok(format!("{api}/{stage}"))
}

fn apply(world: &World<'_>, key: &mut ApiKey, patch: &PatchOperation) -> Result<(), ApiError> {
    let segments = patch.segments();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    match (patch.kind(), &segments[..]) {
        (Op::Replace, ["name"]) => {
            key.name = patch.text_if_any();
            check_name(key.name.as_deref())?;
        }
        (Op::Replace, ["description"]) => {
            key.description = patch.text_if_any();
            check_description(key.description.as_deref())?;
        }
        // Whatever is not true is false (recorded).
        (Op::Replace, ["enabled"]) => key.enabled = patch.is_true(),
        (Op::Replace, ["customerId"]) => key.customer_id = patch.text_if_any(),
        (Op::Add | Op::Remove, ["stages"]) => {
            let (api, stage) = patch.text().split_once('/').unwrap_or((patch.text(), ""));
            let named = match patch.kind() {
                Op::Add => stage_key(world, api, stage)?,
                _ => patch.text().to_owned(),
            };
            key.stage_keys.retain(|known| *known != named);
            if patch.kind() == Op::Add {
                key.stage_keys.push(named);
            }
        }
        // In the documentation's table, and in no answer.
        (Op::Add | Op::Remove, ["labels"]) => {}
        (Op::Add | Op::Remove, _) => return Err(patch.bad_path_of("/stages, /labels")),
        _ => return Err(patch.bad_path_of("/description, /enabled, /name, /customerId")),
    }
    Ok(())
}

/// Writes a key in the shape of AWS's answers. The value is in them when it is made, and otherwise on demand; an update shows
/// tags when there are none (recorded), and so does GetApiKey (assumed).
fn describe(key: &ApiKey, with_value: bool, with_tags: bool) -> Value {
    Answer::new()
        .with("id", &*key.id)
        .maybe("value", with_value.then_some(&*key.value))
        .maybe("name", key.name.as_deref())
        .maybe("customerId", key.customer_id.as_deref())
        .maybe("description", key.description.as_deref())
        .with("enabled", key.enabled)
        .with("createdDate", key.created.seconds())
        .with("lastUpdatedDate", key.last_updated.seconds())
        .with("stageKeys", json!(key.stage_keys))
        .map("tags", &key.tags, with_tags)
        .done()
}
