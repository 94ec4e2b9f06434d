//! UsagePlan: which stages its API keys may call, how fast and how often. How a PATCH changes one is in `patch`.

mod input;
mod patch;

pub use input::{ApiStageInput, QuotaInput, ThrottleInput};

use super::{
    World,
    answer::Answer,
    checks::check_tags,
    checks::not_in,
    error::{ApiError, Violation},
    members::{operation, unconstrained},
    page::page,
    patch::{PatchOperation, op_violations},
};
use crate::{
    collections::{SharedMap, SortedMap},
    entities::{PlanStage, Throttle, UsagePlan},
    env::IdShape,
};
use serde_json::{Map, Value, json};
use std::rc::Rc;

operation! {
    /// Makes a usage plan.
    CreateUsagePlan: "POST" "/usageplans" => 201 {
        /// The name.
        name: String = Body "name";
        /// The description.
        description: Option<String> = Body "description";
        /// The stages that its keys may call.
        api_stages: Option<Vec<ApiStageInput>> = Body "apiStages";
        /// How fast each key may call.
        throttle: Option<ThrottleInput> = Body "throttle";
        /// How often each key may call.
        quota: Option<QuotaInput> = Body "quota";
        /// Tags.
        tags: Option<SortedMap<String, String>> = Body "tags";
    }
}

operation! {
    /// Lists the usage plans.
    GetUsagePlans: "GET" "/usageplans" => 200 {
        /// Where to go on.
        position: Option<String> = Query "position";
        /// Only the plans that hold this key.
        key_id: Option<String> = Query "keyId";
        /// Entries on a page.
        limit: Option<i64> = Query "limit";
    }
}

operation! {
    /// Shows a usage plan.
    GetUsagePlan: "GET" "/usageplans/{usageplanId}" => 200 {
        /// The plan.
        usage_plan_id: String = Uri "usagePlanId" as "usageplanId";
    }
}

operation! {
    /// Changes a usage plan.
    UpdateUsagePlan: "PATCH" "/usageplans/{usageplanId}" => 200 {
        /// The plan.
        usage_plan_id: String = Uri "usagePlanId" as "usageplanId";
        /// The operations.
        patch_operations: Vec<PatchOperation> = Body "patchOperations";
    }
}

operation! {
    /// Deletes a usage plan that has no stages any more.
    DeleteUsagePlan: "DELETE" "/usageplans/{usageplanId}" => 202 {
        /// The plan.
        usage_plan_id: String = Uri "usagePlanId" as "usageplanId";
    }
}

unconstrained!(GetUsagePlans, GetUsagePlan, DeleteUsagePlan);

impl CreateUsagePlan {
    fn check(&self) -> Vec<Violation> {
        let period = self.quota.as_ref().and_then(|quota| quota.period.as_deref());
        let place = "createUsagePlanInput.quota.period".to_owned();
        period.and_then(|period| not_in(period, &["DAY", "WEEK", "MONTH"], place)).into_iter().collect()
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        if self.name.is_empty() {
            return Err(ApiError::invalid("name", "Usage Plan name cannot be empty")); // assumed
        }
        if world.account().usage_plans.len() >= world.workspace.limits.usage_plans {
            let message = "Maximum number of Usage Plans for this account has been reached. Please contact AWS if you need additional Usage Plans."; // assumed
            return Err(ApiError::Limit(message.into()));
        }
        let mut stages: Vec<PlanStage> = Vec::new();
        for given in self.api_stages.iter().flatten() {
            let stage = given.parse(world, &self.name)?;
            stages.retain(|known| (&known.api_id, &known.stage) != (&stage.api_id, &stage.stage));
            stages.push(stage);
        }
        let tags = self.tags.clone().unwrap_or_default();
        check_tags(world, &tags)?;
        let throttle = self.throttle.as_ref().map(ThrottleInput::parse).transpose()?;
        let quota = self.quota.as_ref().map(QuotaInput::parse).transpose()?;
        let account = world.workspace.account.clone();
        let plan = UsagePlan {
            id: world.env.mint(IdShape::Short, |id| account.usage_plans.contains_key(id)),
            name: self.name.clone(),
            description: self.description.clone(),
            product_code: None,
            stages,
            throttle: throttle.filter(|throttle| *throttle != Throttle::default()),
            quota,
            keys: SharedMap::new(),
            tags,
        };
        world.late(input::check_throttle(&plan))?;
        Ok(insert(world, plan, false))
    }
}

impl GetUsagePlans {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let holds = |plan: &&Rc<UsagePlan>| self.key_id.as_deref().is_none_or(|key| plan.keys.contains_key(key));
        let plans: Vec<_> = world.account().usage_plans.values().filter(holds).collect();
        page(&plans, self.limit, self.position.as_deref(), |plan| plan.id.to_string(), |plan| describe(plan, false))
    }
}

impl GetUsagePlan {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        find(world, &self.usage_plan_id).map(|plan| describe(plan, true))
    }
}

impl UpdateUsagePlan {
    fn check(&self) -> Vec<Violation> {
        op_violations("UpdateUsagePlan", &self.patch_operations)
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let mut draft = patch::Draft::new(find(world, &self.usage_plan_id)?);
        for patch in &self.patch_operations {
            draft.apply(world, patch)?;
        }
        let plan = draft.finish()?;
        world.late(input::check_throttle(&plan))?;
        for stage in &plan.stages {
            if let Some(key) = plan.keys.keys().find(|key| elsewhere(world, &plan.id, key, stage).is_some()) {
                return Err(second_plan(&plan.id, key, stage));
            }
        }
        // That an update's answer has tags even when there are none is recorded.
        Ok(insert(world, plan, true))
    }
}

impl DeleteUsagePlan {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let plan = find(world, &self.usage_plan_id)?;
        if let Some(stage) = plan.stages.first() {
            // Reported.
            let message = format!(
                "Cannot delete Usage Plan {} because there are API Stages associated with it, including {}:{}",
                plan.id, stage.api_id, stage.stage
            );
            return Err(ApiError::invalid("usagePlanId", message));
        }
        world.account_mut().usage_plans.remove(self.usage_plan_id.as_str());
        Ok(Value::Null)
    }
}

/// Finds a plan by its id; the sentence is recorded.
pub(super) fn find<'w>(world: &'w World<'_>, id: &str) -> Result<&'w Rc<UsagePlan>, ApiError> {
    world.account().usage_plans.get(id).ok_or(ApiError::NotFound("Invalid Usage Plan ID specified"))
}

/// Finds another plan that already lets a key call a stage.
pub(super) fn elsewhere<'w>(
    world: &'w World<'_>,
    plan: &str,
    key: &str,
    stage: &PlanStage,
) -> Option<&'w Rc<UsagePlan>> {
    let others = world.account().usage_plans.values().filter(|other| &*other.id != plan);
    let mut holding = others.filter(|other| other.keys.contains_key(key));
    holding.find(|other| other.stage(&stage.api_id, &stage.stage).is_some())
}

/// Returns the error of a second plan of a key for one stage (reported).
pub(super) fn second_plan(plan: &str, key: &str, stage: &PlanStage) -> ApiError {
    let message = format!(
        "Usage Plan {plan} cannot be added because API Key {key} cannot reference multiple Usage Plans with the same API stage: {}:{}",
        stage.api_id, stage.stage
    );
    ApiError::Conflict { field: "keyId", message: message.into() }
}

/// Takes a stage, or all stages of an API, out of what names it. Whether AWS refuses to delete such a stage is not known;
/// that it does not is assumed.
pub(super) fn forget(world: &mut World<'_>, api: &str, stage: Option<&str>) {
    let gone = |held: &PlanStage| &*held.api_id == api && stage.is_none_or(|stage| &*held.stage == stage);
    let key_gone = |held: &String| match stage {
        Some(stage) => held.split_once('/') == Some((api, stage)),
        None => held.split_once('/').is_some_and(|(of, _)| of == api),
    };
    let account = world.workspace.account.clone();
    for plan in account.usage_plans.values().filter(|plan| plan.stages.iter().any(gone)) {
        if let Some(plan) = world.account_mut().usage_plans.get_mut(&*plan.id) {
            Rc::make_mut(plan).stages.retain(|held| !gone(held));
        }
    }
    for key in account.api_keys.values().filter(|key| key.stage_keys.iter().any(key_gone)) {
        if let Some(key) = world.account_mut().api_keys.get_mut(&*key.id) {
            Rc::make_mut(key).stage_keys.retain(|held| !key_gone(held));
        }
    }
}

fn insert(world: &mut World<'_>, plan: UsagePlan, always_tags: bool) -> Value {
    let body = describe(&plan, always_tags);
    world.account_mut().usage_plans.insert(plan.id.clone(), Rc::new(plan));
    body
}

/// Writes a plan in the shape of AWS's answers.
fn describe(plan: &UsagePlan, always_tags: bool) -> Value {
    let stages: Vec<Value> = plan.stages.iter().map(describe_stage).collect();
    let quota = plan
        .quota
        .map(|quota| json!({ "limit": quota.limit, "offset": quota.offset, "period": quota.period.as_str() }));
    Answer::new()
        .with("id", &*plan.id)
        .with("name", plan.name.as_str())
        .maybe("description", plan.description.as_deref())
        .with("apiStages", stages)
        .maybe("throttle", plan.throttle.map(describe_throttle))
        .maybe("quota", quota)
        .maybe("productCode", plan.product_code.as_deref())
        .map("tags", &plan.tags, always_tags)
        .done()
}

fn describe_stage(stage: &PlanStage) -> Value {
    let throttle: Map<String, Value> =
        stage.throttle.iter().map(|(method, throttle)| (method.clone(), describe_throttle(*throttle))).collect();
    let out = Answer::new().with("apiId", stage.api_id.as_str()).with("stage", stage.stage.as_str());
    out.maybe("throttle", (!throttle.is_empty()).then_some(throttle)).done()
}

fn describe_throttle(throttle: Throttle) -> Value {
    let out = Answer::new().maybe("burstLimit", throttle.burst);
    out.maybe("rateLimit", throttle.rate.map(|rate| rate.get())).done()
}
