//! The patch paths of a usage plan.

use super::{
    super::{
        World,
        error::ApiError,
        patch::{Op, PatchOperation, patch_error, unescape},
    },
    input::{self, QuotaInput, known_stage, unknown_stage},
};
use crate::entities::{Edition, PlanStage, Throttle, UsagePlan};

/// The paths of `remove`, in AWS's order and with its slip of the pen (reported).
const REMOVABLE: &str = "/apiStages, /quota, /throttle, /productCode, /apiStages/<apidId:stageName>/throttle/<resourcePath>/<httpMethod>, /apiStages/<apidId:stageName>/throttle";
/// The paths of `add` and `replace`, assumed after those of `remove`.
const SETTABLE: &str = "/name, /description, /productCode, /quota/limit, /quota/offset, /quota/period, /throttle/burstLimit, /throttle/rateLimit, /apiStages/<apidId:stageName>/throttle/<resourcePath>/<httpMethod>/burstLimit, /apiStages/<apidId:stageName>/throttle/<resourcePath>/<httpMethod>/rateLimit";

/// A plan while operations are applied: its quota may lack parts in between.
pub(super) struct Draft {
    plan: UsagePlan,
    quota: Option<QuotaInput>,
}

impl Draft {
    pub(super) fn new(plan: &UsagePlan) -> Self {
        let quota = plan.quota.map(|quota| QuotaInput {
            limit: Some(i64::from(quota.limit)),
            offset: Some(i64::from(quota.offset)),
            period: Some(quota.period.as_str().to_owned()),
        });
        Self { plan: plan.clone(), quota }
    }

    pub(super) fn finish(mut self) -> Result<UsagePlan, ApiError> {
        self.plan.quota = self.quota.as_ref().map(QuotaInput::parse).transpose()?;
        Ok(self.plan)
    }

    pub(super) fn apply(&mut self, world: &World<'_>, patch: &PatchOperation) -> Result<(), ApiError> {
        let path = patch.path_text();
        let of_stage = path.strip_prefix("/apiStages/").and_then(|rest| rest.split_once("/throttle"));
        if let Some((stage, rest)) =
            of_stage.filter(|(_, rest)| rest.is_empty() || rest.starts_with('/') || !world.obeys(Edition::Second))
        {
            return self.method_throttle(world, &unescape(stage), rest, patch);
        }
        let plan = &mut self.plan;
        let segments = patch.segments();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        match (patch.kind(), &segments[..]) {
            (Op::Replace, ["name"]) => {
                let empty = || ApiError::invalid("name", "Usage Plan name cannot be empty"); // assumed
                plan.name = patch.text_if_any().ok_or_else(empty)?;
            }
            (Op::Replace, ["description"]) => plan.description = patch.text_if_any(),
            (Op::Add | Op::Replace, ["productCode"]) => plan.product_code = patch.text_if_any(),
            (Op::Remove, ["productCode"]) => plan.product_code = None,
            (Op::Remove, ["throttle"]) => plan.throttle = None,
            (Op::Add | Op::Replace, ["throttle", member]) => {
                plan.throttle = Some(set_throttle(plan.throttle.unwrap_or_default(), member, patch)?);
            }
            (Op::Remove, ["quota"]) => self.quota = None,
            (Op::Add | Op::Replace, ["quota", member]) => set_quota(self.quota.get_or_insert_default(), member, patch)?,
            (Op::Add | Op::Remove, ["apiStages"]) => self.stage(world, patch)?,
            (Op::Remove, _) => return Err(patch.bad_path_of(REMOVABLE)),
            _ => return Err(patch.bad_path_of(SETTABLE)),
        }
        Ok(())
    }

    /// Patches `/apiStages` with the value `api:stage` (recorded, both refusals, too).
    fn stage(&mut self, world: &World<'_>, patch: &PatchOperation) -> Result<(), ApiError> {
        let invalid = || patch_error("Invalid API Stage specified");
        let (api, stage) = patch.text().split_once(':').ok_or_else(invalid)?;
        let unknown = || missing(api, stage, &self.plan.id);
        let held = self.plan.stages.iter().position(|held| &*held.api_id == api && &*held.stage == stage);
        match (patch.kind(), held) {
            (Op::Add, None) => self.plan.stages.push(known_stage(world, api, stage).ok_or_else(unknown)?),
            // Assumed: a stage that is there already stays as it is.
            (Op::Add, Some(_)) => {}
            (_, Some(at)) => {
                self.plan.stages.remove(at);
            }
            (_, None) => return Err(unknown()),
        }
        Ok(())
    }

    /// Patches `/apiStages/{api}:{stage}/throttle/{path}/{METHOD}/rateLimit`. The slashes of the path may be escaped or not;
    /// both are in use (documented, reported).
    fn method_throttle(
        &mut self,
        world: &World<'_>,
        named: &str,
        rest: &str,
        patch: &PatchOperation,
    ) -> Result<(), ApiError> {
        let (api, stage) = named.split_once(':').ok_or_else(|| patch_error("Invalid API Stage specified"))?;
        let found = self.plan.stages.iter_mut().find(|held| &*held.api_id == api && &*held.stage == stage);
        let held: &mut PlanStage = found.ok_or_else(|| missing(api, stage, &self.plan.id))?;
        match (patch.kind(), rest.rsplit_once('/')) {
            (Op::Remove, None) if rest.is_empty() => held.throttle.clear(),
            (Op::Remove, Some(_)) => {
                let method = method_key(rest);
                held.throttle.remove(&method).ok_or_else(|| patch.bad_path_of(REMOVABLE))?;
            }
            (Op::Add | Op::Replace, Some((method, member))) if method.len() > 1 => {
                let method = method_key(method);
                let throttle = held.throttle.get(&method).copied().unwrap_or_default();
                held.throttle.insert(method, set_throttle(throttle, member, patch)?);
            }
            (Op::Remove, _) => return Err(patch.bad_path_of(REMOVABLE)),
            _ => return Err(patch.bad_path_of(SETTABLE)),
        }
        input::check_methods(world, held)
    }
}

/// Turns `/~1pets/GET` and `//pets/GET` to `/pets/GET`; the root's is `//GET`.
fn method_key(raw: &str) -> String {
    let (path, verb) = raw.rsplit_once('/').unwrap_or(("", raw));
    let path = unescape(path);
    let path = path.trim_matches('/');
    if path.is_empty() { format!("//{verb}") } else { format!("/{path}/{verb}") }
}

fn missing(api: &str, stage: &str, plan: &str) -> ApiError {
    ApiError::Missing { field: "patchOperations", message: unknown_stage(api, stage, plan).into() }
}

fn set_throttle(mut throttle: Throttle, member: &str, patch: &PatchOperation) -> Result<Throttle, ApiError> {
    match member {
        "burstLimit" => throttle.burst = Some(input::burst(whole(patch)?)?),
        "rateLimit" => {
            let number = patch.text().trim().parse().map_err(|_| not_a_number(patch))?;
            throttle.rate = Some(input::rate(number)?);
        }
        _ => return Err(patch.bad_path_of(SETTABLE)),
    }
    Ok(throttle)
}

fn set_quota(quota: &mut QuotaInput, member: &str, patch: &PatchOperation) -> Result<(), ApiError> {
    match member {
        "limit" => quota.limit = Some(whole(patch)?),
        "offset" => quota.offset = Some(whole(patch)?),
        "period" => quota.period = Some(input::parse_period(patch.text())?.as_str().to_owned()),
        _ => return Err(patch.bad_path_of(SETTABLE)),
    }
    Ok(())
}

fn whole(patch: &PatchOperation) -> Result<i64, ApiError> {
    patch.text().trim().parse().map_err(|_| not_a_number(patch))
}

/// Returns the error of a value that is no number (assumed).
fn not_a_number(patch: &PatchOperation) -> ApiError {
    let (value, path) = (patch.text(), patch.path_text());
    patch_error(format!("Invalid value '{value}' specified for path '{path}'. Must be a number"))
}
