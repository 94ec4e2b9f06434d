//! One usage plan: its limits, its stages, its keys, and what they have used.

use super::{
    super::{
        super::{
            items::{Delete, ItemHead},
            resources::{EditChoice, EditText, Part, Save},
        },
        kit::{Tags, arn, choices, copyable},
    },
    PlanProps,
    keys::Keys,
    patch,
    stages::Stages,
    throttle_patches,
    usage::UsageTable,
};
use crate::ui::markup::html;
use crate::ui::panels::words::count;
use crate::{
    control_plane::{Command, PatchOperation, usage_plans::DeleteUsagePlan},
    entities::UsagePlan,
    ui::{NextFrame, Page, Same, Store, parts::When, use_selector, use_store},
};
use yew::{Callback, Html, Properties, component};

/// The props of [`Details`] and [`DeletePlan`].
#[derive(Debug, PartialEq, Properties)]
pub(in crate::ui::panels::account) struct IdProps {
    /// Its id.
    pub id: String,
}

#[yew::hook]
fn use_plan(id: &str) -> Option<Same<UsagePlan>> {
    let id = id.to_owned();
    use_selector(move |state| state.present().account.usage_plans.get(id.as_str()).map(Same::from))
}

/// Draws its screen.
#[component]
pub(super) fn Details(props: &IdProps) -> Html {
    let place = use_selector(|state| state.present().place.clone());
    let id = props.id.clone();
    let Some(plan) = use_plan(&id) else {
        return html! {
            <>
                <ItemHead page={Page::UsagePlans} item={id.clone()} title="Not found" all="All usage plans" />
                <p class="muted">{ format!("There is no usage plan {id}. It may have been deleted or undone.") }</p>
            </>
        };
    };
    html! {
        <div class="settings">
            <ItemHead page={Page::UsagePlans} item={id.clone()} title={plan.name.clone()} all="All usage plans" delete="Delete usage plan" />
            <Basics plan={plan.clone()} />
            <Stages plan={plan.clone()} />
            <Keys plan={plan.clone()} />
            <NextFrame>
                <UsageTable plan={plan.clone()} />
                <Tags arn={arn(&place, &format!("/usageplans/{id}"))} tags={plan.tags.clone()} />
            </NextFrame>
        </div>
    }
}

/// Sends what a field makes of its text.
fn save(store: &Store, plan: &Same<UsagePlan>, patches: impl Fn(&str) -> Vec<PatchOperation> + 'static) -> Save {
    let (store, id) = (store.clone(), plan.id.to_string());
    Callback::from(move |text: String| patch(&store, &id, patches(text.trim())))
}

/// Name, description, throttle and quota.
#[component]
fn Basics(props: &PlanProps) -> Html {
    let store = use_store();
    let plan = &props.plan;
    let id = |field: &str| format!("{}-{field}", plan.id);
    let replace = |path: &'static str| save(&store, plan, move |text| vec![PatchOperation::replace(path, text)]);
    let throttle = plan.throttle;
    let limit =
        |member: &'static str| save(&store, plan, move |text| throttle_patches("/throttle", throttle, member, text));
    let quota = plan.quota;
    let requests = save(&store, plan, move |text| match (text, quota) {
        ("", _) => vec![PatchOperation::remove("/quota")],
        (text, Some(_)) => vec![PatchOperation::replace("/quota/limit", text)],
        // A quota without a period is none.
        (text, None) => {
            vec![PatchOperation::replace("/quota/limit", text), PatchOperation::replace("/quota/period", "MONTH")]
        }
    });
    let rate = throttle.and_then(|throttle| throttle.rate).map(|rate| rate.get().to_string()).unwrap_or_default();
    let burst = throttle.and_then(|throttle| throttle.burst).map(|burst| burst.to_string()).unwrap_or_default();
    html! {
        <>
            <dl class="facts">{ copyable("Usage plan ID", &plan.id) }</dl>
            <EditText id={id("name")} label="Name" value={plan.name.clone()} when={When::Now} save={replace("/name")} />
            <EditText
                id={id("description")} label="Description" value={plan.description.clone().unwrap_or_default()} when={When::Now}
                save={replace("/description")}
            />
            <EditText
                id={id("product")} label="AWS Marketplace product code" value={plan.product_code.clone().unwrap_or_default()}
                when={When::Now} save={replace("/productCode")}
            />
            <Part id="plan-throttle-title" title="Throttling" hint="For each key. Empty: no limit but the stage's and the account's.">
                <EditText id={id("rate")} label="Rate (requests per second)" value={rate} mono=true when={When::Now} save={limit("rateLimit")} />
                <EditText id={id("burst")} label="Burst (requests)" value={burst} mono=true when={When::Now} save={limit("burstLimit")} />
            </Part>
            <Part id="plan-quota-title" title="Quota" hint="For each key in a period. Empty: none.">
                <EditText
                    id={id("quota")} label="Requests" value={quota.map(|quota| quota.limit.to_string()).unwrap_or_default()}
                    mono=true when={When::Now} save={requests}
                />
                if let Some(quota) = quota {
                    <EditChoice
                        id={id("period")} label="Period" value={quota.period.as_str()} when={When::Now} save={replace("/quota/period")}
                        options={choices(&[("DAY", "Per day"), ("WEEK", "Per week"), ("MONTH", "Per month")])}
                    />
                    <EditText
                        id={id("offset")} label="Offset" value={quota.offset.to_string()} mono=true when={When::Now}
                        save={replace("/quota/offset")} hint="Requests that are taken off in a key's first period."
                    />
                }
            </Part>
        </>
    }
}

/// Draws the question before it goes.
#[component]
pub(in crate::ui::panels::account) fn DeletePlan(props: &IdProps) -> Html {
    let Some(plan) = use_plan(&props.id) else { return Html::default() };
    let keys = count(plan.keys.len(), "API key");
    let text = match plan.keys.len() {
        0 => "It has no API keys.".to_owned(),
        1 => format!("Its {keys} stays, and opens nothing by this plan any more."),
        _ => format!("Its {keys} stay, and open nothing by this plan any more."),
    };
    html! {
        <Delete
            page={Page::UsagePlans} title={format!("Delete usage plan {}?", plan.name)} {text} label="Delete usage plan"
            command={Command::from(DeleteUsagePlan { usage_plan_id: props.id.clone() })} done={format!("Deleted usage plan {}.", plan.name)}
        />
    }
}
