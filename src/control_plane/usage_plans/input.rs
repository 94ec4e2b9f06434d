//! The structures that a request for a usage plan holds, and what they have to satisfy.

use super::super::{
    World,
    answer::Answer,
    error::ApiError,
    members::{Field, Member, MemberType, list, structure},
};
use crate::{
    collections::SortedMap,
    entities::{Period, PlanStage, Quota, Rate, Throttle, UsagePlan},
};
use serde_json::{Map, Value};

const THROTTLE: &[(&str, MemberType)] = &[("burstLimit", MemberType::Integer), ("rateLimit", MemberType::Double)];

/// `throttle` as a request gives it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ThrottleInput {
    /// Requests that may come at once.
    pub burst_limit: Option<i64>,
    /// Requests per second.
    pub rate_limit: Option<f64>,
}

impl ThrottleInput {
    /// Checks the numbers; the sentences are assumed. A burst may be larger than the rate (recorded).
    pub(super) fn parse(&self) -> Result<Throttle, ApiError> {
        Ok(Throttle { burst: self.burst_limit.map(burst).transpose()?, rate: self.rate_limit.map(rate).transpose()? })
    }

    fn read(value: Option<Value>, field: &Field<'_>) -> Result<Option<Self>, ApiError> {
        let Some(mut members) = structure(value, field)? else { return Ok(None) };
        Ok(Some(Self {
            burst_limit: Member::read(members.remove("burstLimit"), field)?,
            rate_limit: Member::read(members.remove("rateLimit"), field)?,
        }))
    }

    fn write(&self) -> Value {
        Answer::new().maybe("burstLimit", self.burst_limit).maybe("rateLimit", self.rate_limit).done()
    }
}

impl Member for Option<ThrottleInput> {
    const TYPE: MemberType = MemberType::Structure(THROTTLE);

    fn read(value: Option<Value>, field: &Field<'_>) -> Result<Self, ApiError> {
        ThrottleInput::read(value, field)
    }

    fn write(&self) -> Option<Value> {
        self.as_ref().map(ThrottleInput::write)
    }
}

/// `quota` as a request gives it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QuotaInput {
    /// Requests in a period.
    pub limit: Option<i64>,
    /// Requests taken off in the first period.
    pub offset: Option<i64>,
    /// `DAY`, `WEEK` or `MONTH`.
    pub period: Option<String>,
}

impl QuotaInput {
    /// Checks the whole: limit and period must be there, the offset is 0 by default (recorded).
    pub(super) fn parse(&self) -> Result<Quota, ApiError> {
        let number =
            |number: i64, message: &'static str| u32::try_from(number).map_err(|_| ApiError::invalid("quota", message));
        // Reported for a limit that is not given; AWS refuses 0 as well, which older workspaces may hold, so it is taken here.
        let limit = number(self.limit.unwrap_or(-1), "Usage Plan quota limit must be a non-negative numeric")?;
        let period = parse_period(self.period.as_deref().unwrap_or_default())?;
        // The sentence is assumed. AWS refuses more than 6 in a week, Terraform 0 and 27 in the other periods; not so here.
        let offset = number(self.offset.unwrap_or(0), "Usage Plan quota offset must be a non-negative numeric")?;
        Ok(Quota { limit, offset, period })
    }
}

impl Member for Option<QuotaInput> {
    const TYPE: MemberType = MemberType::Structure(&[
        ("limit", MemberType::Integer),
        ("offset", MemberType::Integer),
        ("period", MemberType::Text),
    ]);

    fn read(value: Option<Value>, field: &Field<'_>) -> Result<Self, ApiError> {
        let Some(mut members) = structure(value, field)? else { return Ok(None) };
        Ok(Some(QuotaInput {
            limit: Member::read(members.remove("limit"), field)?,
            offset: Member::read(members.remove("offset"), field)?,
            period: Member::read(members.remove("period"), field)?,
        }))
    }

    fn write(&self) -> Option<Value> {
        let quota = self.as_ref()?;
        let out = Answer::new().maybe("limit", quota.limit).maybe("offset", quota.offset);
        Some(out.maybe("period", quota.period.as_deref()).done())
    }
}

/// An entry of `apiStages` as a request gives it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ApiStageInput {
    /// The API.
    pub api_id: Option<String>,
    /// The stage.
    pub stage: Option<String>,
    /// Limits of single methods, by `/path/METHOD`.
    pub throttle: Option<SortedMap<String, ThrottleInput>>,
}

impl ApiStageInput {
    /// Reads the stage, which must exist.
    pub(super) fn parse(&self, world: &World<'_>, plan: &str) -> Result<PlanStage, ApiError> {
        let (api, stage) = (self.api_id.as_deref().unwrap_or_default(), self.stage.as_deref().unwrap_or_default());
        if api.is_empty() || stage.is_empty() {
            // Reported, with the places that nobody filled in.
            let message = "Invalid API Stage {api: %s, stage: %s} specified for usageplan %s";
            return Err(ApiError::invalid("apiStages", message));
        }
        let unknown = || ApiError::invalid("apiStages", unknown_stage(api, stage, plan));
        let mut found = known_stage(world, api, stage).ok_or_else(unknown)?;
        for (method, throttle) in self.throttle.iter().flatten() {
            found.throttle.insert(method.clone(), throttle.parse()?);
        }
        check_methods(world, &found)?;
        Ok(found)
    }
}

impl Member for Option<Vec<ApiStageInput>> {
    const TYPE: MemberType = MemberType::StructureList(&[
        ("apiId", MemberType::Text),
        ("stage", MemberType::Text),
        ("throttle", MemberType::StructureMap(THROTTLE)),
    ]);

    fn read(value: Option<Value>, field: &Field<'_>) -> Result<Self, ApiError> {
        list(value, field, |item| {
            let mut members = structure(Some(item), field)?.unwrap_or_default();
            let (api_id, stage) =
                (Member::read(members.remove("apiId"), field)?, Member::read(members.remove("stage"), field)?);
            let throttle = structure(members.remove("throttle"), field)?.map(|methods| {
                let method =
                    |(method, value)| Ok((method, ThrottleInput::read(Some(value), field)?.unwrap_or_default()));
                methods.into_iter().map(method).collect::<Result<_, ApiError>>()
            });
            Ok(ApiStageInput { api_id, stage, throttle: throttle.transpose()? })
        })
    }

    fn write(&self) -> Option<Value> {
        let item = |stage: &ApiStageInput| {
            let out = Answer::new().maybe("apiId", stage.api_id.as_deref()).maybe("stage", stage.stage.as_deref());
            let throttle = stage.throttle.as_ref().map(|methods| -> Map<String, Value> {
                methods.iter().map(|(method, throttle)| (method.clone(), throttle.write())).collect()
            });
            out.maybe("throttle", throttle).done()
        };
        self.as_ref().map(|stages| stages.iter().map(item).collect())
    }
}

/// Finds a stage for a plan, if it exists.
pub(super) fn known_stage(world: &World<'_>, api: &str, stage: &str) -> Option<PlanStage> {
    let api = world.workspace.api(api)?;
    let stage = api.stages.get(stage)?;
    Some(PlanStage { api_id: api.id.clone(), stage: stage.name.clone(), throttle: SortedMap::new() })
}

/// Writes AWS's sentence about an unknown stage (recorded for updates, reported for creation).
pub(super) fn unknown_stage(api: &str, stage: &str, plan: &str) -> String {
    format!("Invalid API Stage {{api: {api}, stage: {stage}}} specified for usageplan {plan}")
}

/// Checks the number of methods with a limit of their own.
pub(super) fn check_methods(world: &World<'_>, stage: &PlanStage) -> Result<(), ApiError> {
    let limit = world.workspace.limits.method_throttles;
    if stage.throttle.len() <= limit {
        return Ok(());
    }
    let message = format!("Maximum number of method throttles for an API stage of a Usage Plan is {limit}"); // assumed
    Err(ApiError::Limit(message.into()))
}

/// Refuses limits of single methods in a plan that has none of its own (reported for a new plan; for an update assumed).
pub(super) fn check_throttle(plan: &UsagePlan) -> Result<(), ApiError> {
    if plan.throttle.is_some() || plan.stages.iter().all(|stage| stage.throttle.is_empty()) {
        return Ok(());
    }
    let message = "Can not define fine grain throttling if usage plan throttle is not defined.";
    Err(ApiError::invalid("throttle", message))
}

pub(super) fn burst(number: i64) -> Result<u32, ApiError> {
    let invalid = || ApiError::invalid("throttle", "Usage Plan burst limit must be a whole number of 0 or more");
    u32::try_from(number).map_err(|_| invalid())
}

pub(super) fn rate(number: f64) -> Result<Rate, ApiError> {
    Rate::new(number)
        .ok_or_else(|| ApiError::invalid("throttle", "Usage Plan rate limit must be a number of 0 or more"))
}

pub(super) fn parse_period(text: &str) -> Result<Period, ApiError> {
    let message = "Invalid Usage Plan quota period specified. Must be one of [DAY, WEEK, MONTH]"; // reported
    Period::parse(text).ok_or_else(|| ApiError::invalid("quota", message))
}
