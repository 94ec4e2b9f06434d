//! Usage plans: which stages the keys of a plan may call, how fast, and how often in a period.

mod create;
mod details;
mod keys;
mod stages;
mod usage;

pub(super) use create::CreatePlan;
pub(super) use details::DeletePlan;

use super::super::items::{Item, Items, use_focus_on};
use crate::ui::markup::html;
use crate::ui::panels::words::count;
use crate::{
    control_plane::{ApiError, PatchOperation, usage_plans::UpdateUsagePlan},
    entities::{Throttle, UsagePlan},
    ui::{Page, Same, Store, use_selector},
};
use details::Details;
use yew::{AttrValue, Html, Properties, component};

/// The props of [`Plans`].
#[derive(Debug, PartialEq, Properties)]
pub(in crate::ui::panels) struct PlansProps {
    /// The one that is selected.
    pub item: Option<String>,
}

/// The props of what is about one plan.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct PlanProps {
    /// The plan.
    pub plan: Same<UsagePlan>,
}

/// Draws all of them, or one.
#[component]
pub(in crate::ui::panels) fn Plans(props: &PlansProps) -> Html {
    use_focus_on(props.item.clone());
    match props.item.clone() {
        Some(id) => html! { <Details key={id.clone()} id={id.clone()} /> },
        None => html! { <List /> },
    }
}

#[component]
fn List() -> Html {
    let account = use_selector(|state| Same::from(&state.present().account));
    let limit = use_selector(|state| state.present().limits.usage_plans);
    let row = |plan: &UsagePlan| {
        let (stages, keys) = (count(plan.stages.len(), "stage"), count(plan.keys.len(), "API key"));
        let quota = plan.quota.map(|quota| format!("{} per {}", quota.limit, quota.period.as_str().to_lowercase()));
        let chips: Vec<AttrValue> =
            [plan.throttle.and_then(rate_text), quota].into_iter().flatten().map(Into::into).collect();
        Item {
            item: plan.id.to_string(),
            title: plan.name.clone().into(),
            chips,
            foot: format!("{stages}, {keys}").into(),
        }
    };
    let rows: Vec<Item> = account.usage_plans.values().map(|plan| row(plan)).collect();
    html! {
        <Items
            page={Page::UsagePlans} label="Usage plans" {rows} limit={limit} create="Create usage plan"
            hint="Which stages API keys open, how fast and how often. They act at once."
            empty="No usage plan yet. A method that requires an API key answers 403 until a plan joins the key and the stage."
        />
    }
}

fn rate_text(throttle: Throttle) -> Option<String> {
    throttle.rate.map(|rate| format!("{} per second", rate.get()))
}

/// Sends patches of a plan.
fn patch(store: &Store, plan: &str, patch_operations: Vec<PatchOperation>) -> Result<(), ApiError> {
    store.execute(UpdateUsagePlan { usage_plan_id: plan.to_owned(), patch_operations }).map(|_| ())
}

/// Returns what makes one limit of a throttle another one. A limit cannot be removed alone: the throttle goes, and the
/// other limit comes back.
fn throttle_patches(path: &str, now: Option<Throttle>, member: &str, text: &str) -> Vec<PatchOperation> {
    if !text.is_empty() {
        return vec![PatchOperation::replace(format!("{path}/{member}"), text)];
    }
    let now = now.unwrap_or_default();
    let mut out = vec![PatchOperation::remove(path)];
    match (member, now.burst, now.rate) {
        ("rateLimit", Some(burst), _) => {
            out.push(PatchOperation::replace(format!("{path}/burstLimit"), burst.to_string()));
        }
        ("burstLimit", _, Some(rate)) => {
            out.push(PatchOperation::replace(format!("{path}/rateLimit"), rate.get().to_string()));
        }
        _ => {}
    }
    out
}
