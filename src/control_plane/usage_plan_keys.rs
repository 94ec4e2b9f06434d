//! UsagePlanKey: an API key in a usage plan.

use super::{
    World,
    answer::Answer,
    api_keys,
    error::{ApiError, Noun},
    members::{operation, unconstrained},
    page::page,
    usage_plans,
};
use crate::entities::{ApiKey, PlanKey};
use serde_json::{Value, json};
use std::rc::Rc;

operation! {
    /// Adds an API key to a usage plan.
    CreateUsagePlanKey: "POST" "/usageplans/{usageplanId}/keys" => 201 {
        /// The plan.
        usage_plan_id: String = Uri "usagePlanId" as "usageplanId";
        /// The key.
        key_id: String = Body "keyId";
        /// `API_KEY`.
        key_type: String = Body "keyType";
    }
}

operation! {
    /// Lists the keys of a usage plan.
    GetUsagePlanKeys: "GET" "/usageplans/{usageplanId}/keys" => 200 {
        /// The plan.
        usage_plan_id: String = Uri "usagePlanId" as "usageplanId";
        /// Where to go on.
        position: Option<String> = Query "position";
        /// Entries on a page.
        limit: Option<i64> = Query "limit";
        /// How the names begin.
        name_query: Option<String> = Query "nameQuery" as "name";
    }
}

operation! {
    /// Shows a key of a usage plan.
    GetUsagePlanKey: "GET" "/usageplans/{usageplanId}/keys/{keyId}" => 200 {
        /// The plan.
        usage_plan_id: String = Uri "usagePlanId" as "usageplanId";
        /// The key.
        key_id: String = Uri "keyId";
    }
}

operation! {
    /// Takes a key out of a usage plan; the key stays.
    DeleteUsagePlanKey: "DELETE" "/usageplans/{usageplanId}/keys/{keyId}" => 202 {
        /// The plan.
        usage_plan_id: String = Uri "usagePlanId" as "usageplanId";
        /// The key.
        key_id: String = Uri "keyId";
    }
}

unconstrained!(CreateUsagePlanKey, GetUsagePlanKeys, GetUsagePlanKey, DeleteUsagePlanKey);

impl CreateUsagePlanKey {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        if self.key_type != "API_KEY" {
            let message = "Invalid key type specified. Valid options are API_KEY"; // assumed
            return Err(ApiError::invalid("keyType", message));
        }
        join(world, &self.usage_plan_id, &self.key_id)?;
        api_keys::find(world, &self.key_id).map(|key| describe(key))
    }
}

impl GetUsagePlanKeys {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let account = world.account();
        // An unknown plan has no keys (recorded).
        let Some(plan) = account.usage_plans.get(self.usage_plan_id.as_str()) else { return Ok(json!({ "item": [] })) };
        let keys = plan.keys.keys().filter_map(|id| account.api_keys.get(&**id));
        let keys: Vec<_> = keys.filter(|key| api_keys::name_begins(key, self.name_query.as_deref())).collect();
        page(&keys, self.limit, self.position.as_deref(), |key| key.id.to_string(), |key| describe(key))
    }
}

impl GetUsagePlanKey {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        member(world, &self.usage_plan_id, &self.key_id)?;
        api_keys::find(world, &self.key_id).map(|key| describe(key))
    }
}

impl DeleteUsagePlanKey {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        member(world, &self.usage_plan_id, &self.key_id)?;
        if let Some(plan) = world.account_mut().usage_plans.get_mut(self.usage_plan_id.as_str()) {
            Rc::make_mut(plan).keys.remove(self.key_id.as_str());
        }
        Ok(Value::Null)
    }
}

/// Finds a key as a member of a plan; the sentence about the key is assumed.
pub(super) fn member<'w>(world: &'w World<'_>, plan: &str, key: &str) -> Result<&'w PlanKey, ApiError> {
    usage_plans::find(world, plan)?.keys.get(key).ok_or(ApiError::Unknown(Noun::ApiKey))
}

/// Adds a key to a plan.
pub(super) fn join(world: &mut World<'_>, plan_id: &str, key_id: &str) -> Result<(), ApiError> {
    let plan = usage_plans::find(world, plan_id)?;
    let key = api_keys::find(world, key_id)?;
    if plan.keys.contains_key(key_id) {
        // Assumed.
        return Err(ApiError::Conflict { field: "keyId", message: "Usage Plan Key already exists".into() });
    }
    if let Some(stage) =
        plan.stages.iter().find(|stage| usage_plans::elsewhere(world, plan_id, key_id, stage).is_some())
    {
        return Err(usage_plans::second_plan(plan_id, key_id, stage));
    }
    let plans = world.account().usage_plans.values().filter(|plan| plan.keys.contains_key(key_id)).count();
    if plans >= world.workspace.limits.plans_per_key {
        let message = "Maximum number of Usage Plans for this API Key has been reached."; // assumed
        return Err(ApiError::Limit(message.into()));
    }
    let (id, since) = (key.id.clone(), world.env.now());
    if let Some(plan) = world.account_mut().usage_plans.get_mut(plan_id) {
        Rc::make_mut(plan).keys.insert(id, PlanKey { since, granted: None });
    }
    Ok(())
}

/// Writes a key of a plan in the shape of AWS's answers.
fn describe(key: &ApiKey) -> Value {
    let out = Answer::new().with("id", &*key.id).with("type", "API_KEY").with("value", &*key.value);
    out.maybe("name", key.name.as_deref()).done()
}
