//! "Create usage plan".

use super::super::{
    super::items::{Form, text_field},
    kit::{api_stages, choices, parse_tags, tags_field},
};
use crate::ui::markup::html;
use crate::ui::panels::words::given;
use crate::{
    control_plane::{
        ApiError,
        usage_plans::{ApiStageInput, CreateUsagePlan, QuotaInput, ThrottleInput},
    },
    ui::{Page, Place, Store, parts::When, use_selector, use_store},
};
use std::str::FromStr;
use yew::{AttrValue, Callback, Html, component};

fn number<T: FromStr>(text: &str, member: &'static str) -> Result<Option<T>, ApiError> {
    let wrong = |_| ApiError::invalid(member, format!("{} is no number that can stand here.", text.trim()));
    given(text).map(|text| text.parse().map_err(wrong)).transpose()
}

fn create(store: &Store, values: Vec<String>) -> Result<(), ApiError> {
    let Ok([name, description, rate, burst, limit, period, stage, tags]) = <[String; 8]>::try_from(values) else {
        return Ok(());
    };
    let (rate_limit, burst_limit) = (number(&rate, "throttle")?, number(&burst, "burstLimit")?);
    let limit: Option<i64> = number(&limit, "quota")?;
    let made = store.execute(CreateUsagePlan {
        name: name.trim().to_owned(),
        description: given(&description),
        api_stages: stage.split_once(':').map(|(api, stage)| {
            vec![ApiStageInput { api_id: Some(api.to_owned()), stage: Some(stage.to_owned()), throttle: None }]
        }),
        throttle: (rate_limit.is_some() || burst_limit.is_some()).then_some(ThrottleInput { burst_limit, rate_limit }),
        quota: limit.map(|limit| QuotaInput { limit: Some(limit), offset: None, period: Some(period) }),
        tags: parse_tags(&tags)?,
    })?;
    store.close();
    store.go_to(Place::Page(Page::UsagePlans, made.text("id").map(str::to_owned)));
    store.done(format!("Successfully created usage plan {}.", name.trim()));
    Ok(())
}

/// Draws the dialog "Create usage plan".
#[component]
pub(in crate::ui::panels::account) fn CreatePlan() -> Html {
    let store = use_store();
    let none: (AttrValue, AttrValue) = (AttrValue::default(), "None yet".into());
    let stages = use_selector(|state| api_stages(state.present(), false));
    let stages = [none].into_iter().chain(stages).collect();
    let onsubmit = Callback::from(move |values: Vec<String>| create(&store, values));
    let fields = vec![
        text_field("name", "Name").example("Gold"),
        text_field("description", "Description - optional"),
        text_field("throttle", "Rate (requests per second)")
            .example("10")
            .hint("For each key. Empty: no limit but the stage's and the account's."),
        text_field("burstLimit", "Burst (requests)").example("20").hint("Requests that may come at once."),
        text_field("quota", "Quota (requests)").example("1000").hint("For each key in a period. Empty: none."),
        text_field("period", "Quota period").choice(choices(&[
            ("MONTH", "Per month"),
            ("WEEK", "Per week"),
            ("DAY", "Per day"),
        ])),
        text_field("apiStages", "Associated stage")
            .choice(stages)
            .hint("More can be added later, and limits of single methods."),
        tags_field(),
    ];
    html! { <Form id="new-plan" title="Create usage plan" label="Create usage plan" when={When::Now} {fields} {onsubmit} /> }
}
