//! Usage: how much of their quotas the keys of a plan have used, and a temporary extension for one of them. What was used is
//! read from the environment, where traffic leaves it.

use super::{
    World,
    error::{ApiError, Violation},
    members::{operation, unconstrained},
    patch::{Op, PatchOperation, op_violations, patch_error},
    usage_plan_keys, usage_plans,
};
use crate::entities::{Day, Usage, UsagePlan};
use serde_json::{Map, Value, json};
use std::rc::Rc;

/// Days that one request may ask about (documented).
const MOST_DAYS: i64 = 90;

operation! {
    /// Shows what the keys of a plan have used, day by day.
    GetUsage: "GET" "/usageplans/{usageplanId}/usage" => 200 {
        /// The plan.
        usage_plan_id: String = Uri "usagePlanId" as "usageplanId";
        /// Only this key.
        key_id: Option<String> = Query "keyId";
        /// The first day, `YYYY-MM-DD`.
        start_date: String = Query "startDate";
        /// The last day.
        end_date: String = Query "endDate";
        /// Where to go on.
        position: Option<String> = Query "position";
        /// Keys on a page.
        limit: Option<i64> = Query "limit";
    }
}

operation! {
    /// Gives a key so many more requests until the period ends.
    UpdateUsage: "PATCH" "/usageplans/{usageplanId}/keys/{keyId}/usage" => 200 {
        /// The plan.
        usage_plan_id: String = Uri "usagePlanId" as "usageplanId";
        /// The key.
        key_id: String = Uri "keyId";
        /// The operations, on `/remaining`.
        patch_operations: Vec<PatchOperation> = Body "patchOperations";
    }
}

unconstrained!(GetUsage);

impl GetUsage {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let plan = usage_plans::find(world, &self.usage_plan_id)?;
        let (from, to) = range(&self.start_date, &self.end_date)?;
        let wanted = |key: &str| self.key_id.as_deref().is_none_or(|id| id == key);
        let after = |key: &str| self.position.as_deref().is_none_or(|position| key > position);
        let size = self.limit.map_or(25, |limit| usize::try_from(limit.min(500)).unwrap_or(0));
        let mut keys = plan.keys.keys().filter(|id| wanted(id) && after(id));
        let shown: Vec<_> = keys.by_ref().take(size).collect();
        let mut body = describe(world, plan, &shown, from, to);
        if let (Some(last), Some(_), Some(body)) = (shown.last(), keys.next(), body.as_object_mut()) {
            body.insert("position".into(), (***last).into());
        }
        Ok(body)
    }
}

impl UpdateUsage {
    fn check(&self) -> Vec<Violation> {
        op_violations("UpdateUsage", &self.patch_operations)
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let mut key = usage_plan_keys::member(world, &self.usage_plan_id, &self.key_id)?.clone();
        let mut plan = usage_plans::find(world, &self.usage_plan_id)?.as_ref().clone();
        let now = world.env.now();
        for patch in &self.patch_operations {
            if patch.kind() != Op::Replace || patch.path.as_deref() != Some("/remaining") {
                return Err(patch.bad_path_of("/remaining"));
            }
            if plan.quota.is_none() {
                return Err(patch_error("Usage Plan has no quota to be extended")); // assumed
            }
            let number = patch.text().trim().parse();
            let invalid = |_| patch_error("Invalid remaining quota specified. Must be a whole number of 0 or more"); // assumed
            key.granted = Some((now, number.map_err(invalid)?));
        }
        plan.keys.insert(self.key_id.as_str().into(), key);
        let today = Day::of(now);
        let id: Rc<str> = self.key_id.as_str().into();
        let body = describe(world, &plan, &[&id], today, today);
        world.account_mut().usage_plans.insert(plan.id.clone(), Rc::new(plan));
        Ok(body)
    }
}

/// Reads a range of days from two dates, each `YYYY-MM-DD`; the sentences are assumed.
///
/// # Errors
/// A text is no date, or the range is empty or too long.
pub fn range(start: &str, end: &str) -> Result<(Day, Day), ApiError> {
    let day = |field: &'static str, text: &str| {
        Day::parse(text).ok_or_else(|| ApiError::invalid(field, "Invalid date format. Expected format is YYYY-MM-DD"))
    };
    let (from, to) = (day("startDate", start)?, day("endDate", end)?);
    if from > to {
        return Err(ApiError::invalid("endDate", "Usage start date must not be after its end date"));
    }
    if to.0 - from.0 >= MOST_DAYS {
        return Err(ApiError::invalid("startDate", format!("Usage can be requested for up to {MOST_DAYS} days")));
    }
    Ok((from, to))
}

/// Returns, for each day of a range, how much a key of a plan has used and had left; 0 where the plan has no quota (assumed).
pub fn days(usage: &Usage, plan: &UsagePlan, key: &str, (from, to): (Day, Day)) -> Vec<(Day, u32, u32)> {
    let Some(held) = plan.keys.get(key) else { return Vec::new() };
    let used = usage.of(&plan.id, key);
    let on = |day: Day| {
        let requests = used.days.get(&day).copied().unwrap_or_default();
        (day, requests, used.remaining(plan, held, day).unwrap_or_default())
    };
    (from.0..=to.0).map(|day| on(Day(day))).collect()
}

/// Writes how much was used and left, for each key and day.
fn describe(world: &World<'_>, plan: &UsagePlan, keys: &[&Rc<str>], from: Day, to: Day) -> Value {
    let rows = |id: &str| -> Value {
        let days = days(world.env.usage(), plan, id, (from, to));
        days.into_iter().map(|(_, used, left)| json!([used, left])).collect()
    };
    let values: Map<String, Value> = keys.iter().map(|id| (id.to_string(), rows(id))).collect();
    json!({ "usagePlanId": &*plan.id, "startDate": from.text(), "endDate": to.text(), "values": values })
}
