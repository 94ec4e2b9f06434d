//! The usage of a plan by its keys, day by day, and a temporary extension for one of them.

use super::{
    super::{
        super::resources::{EditText, Part, Save, send},
        keys::name_of,
    },
    PlanProps,
};
use crate::ui::markup::html;
use crate::{
    control_plane::{
        PatchOperation,
        usage::{UpdateUsage, days, range},
    },
    entities::Day,
    ui::{
        Same, State,
        parts::{FieldError, SelectField, TextField, When},
        use_selector, use_store,
    },
};
use yew::{AttrValue, Callback, Html, component, use_state};

/// Days that are shown until others are asked for.
const SHOWN: i64 = 6;

/// Returns the day as the page's clock has it.
fn today(state: &State) -> Day {
    Day::of(state.session.env.now())
}

/// Draws the table.
#[component]
pub(super) fn UsageTable(props: &PlanProps) -> Html {
    let store = use_store();
    let plan = props.plan.clone();
    let account = use_selector(|state| Same::from(&state.present().account));
    let now = use_selector(today);
    let chosen = use_state(|| None::<String>);
    let (from, to) = (use_state(|| Day(now.0 - SHOWN).text()), use_state(|| now.text()));
    let keys: Vec<(AttrValue, AttrValue)> = plan
        .keys
        .keys()
        .filter_map(|id| account.api_keys.get(&**id))
        .map(|key| (key.id.to_string().into(), name_of(key).into()))
        .collect();
    let held = |id: &String| plan.keys.contains_key(id.as_str());
    let key = (*chosen).clone().filter(held).or_else(|| keys.first().map(|(id, _)| id.to_string())).unwrap_or_default();
    let asked = range(&from, &to);
    let rows = {
        let (plan, key, asked) = (plan.clone(), key.clone(), asked.clone().ok());
        use_selector(move |state| {
            let env = state.past.as_ref().map_or(&state.session.env, |past| &past.env);
            asked.map(|asked| days(env.usage(), &plan, &key, asked)).unwrap_or_default()
        })
    };
    let left = {
        let (plan, key) = (plan.clone(), key.clone());
        use_selector(move |state| {
            let env = state.past.as_ref().map_or(&state.session.env, |past| &past.env);
            days(env.usage(), &plan, &key, (now, now)).first().map_or(0, |(.., left)| *left)
        })
    };
    if keys.is_empty() {
        return html! {
            <Part id="plan-usage-title" title="Usage" hint="It shows here what each key of the plan has used, day by day.">{ Html::default() }</Part>
        };
    }
    let error = asked.err().map(|refused| FieldError::from(&refused));
    let extend: Save = {
        let (store, usage_plan_id, key_id) = (store.clone(), plan.id.to_string(), key.clone());
        Callback::from(move |text: String| {
            let patch_operations = vec![PatchOperation::replace("/remaining", text.trim())];
            let (usage_plan_id, key_id) = (usage_plan_id.clone(), key_id.clone());
            send(&store, UpdateUsage { usage_plan_id, key_id, patch_operations }.into())
        })
    };
    let quota = plan.quota.is_some();
    let row = |(day, used, left): &(Day, u32, u32)| {
        html! { <tr><th scope="row">{ day.text() }</th><td>{ *used }</td>if quota { <td>{ *left }</td> }</tr> }
    };
    let used: u64 = rows.iter().map(|(_, used, _)| u64::from(*used)).sum();
    let pick = {
        let chosen = chosen.clone();
        Callback::from(move |id: String| chosen.set(Some(id)))
    };
    let edit = |slot: &yew::UseStateHandle<String>| {
        let slot = slot.clone();
        Callback::from(move |text: String| slot.set(text))
    };
    html! {
        <Part id="plan-usage-title" title="Usage" hint="Calls made here are counted for as long as this page is open.">
            <SelectField id={format!("{}-usage-key", plan.id)} label="API key" value={key.clone()} options={keys} onchange={pick} />
                <TextField
                    id={format!("{}-from", plan.id)} label="Start date" value={(*from).clone()} mono=true
                    error={FieldError::at(error.as_ref(), "startDate")} oninput={edit(&from)}
                />
                <TextField
                    id={format!("{}-to", plan.id)} label="End date" value={(*to).clone()} mono=true
                    error={FieldError::at(error.as_ref(), "endDate")} oninput={edit(&to)}
                />
            if !rows.is_empty() {
                <table class="table">
                    <caption class="visually-hidden">{ "Usage by day" }</caption>
                    <thead><tr><th scope="col">{ "Day" }</th><th scope="col">{ "Requests" }</th>if quota { <th scope="col">{ "Remaining" }</th> }</tr></thead>
                    <tbody>{ for rows.iter().map(row) }</tbody>
                    <tfoot><tr><th scope="row">{ "Sum" }</th><td>{ used }</td>if quota { <td></td> }</tr></tfoot>
                </table>
            }
            if quota {
                <EditText
                    id={format!("{}-{key}-remaining", plan.id)} key={key.clone()} label="Extend: requests that remain" value={left.to_string()} mono=true
                    when={When::Now} save={extend} hint="Until the period ends; the next one begins with the quota."
                />
            } else {
                <p class="field-hint">{ "The plan has no quota, so nothing runs out and nothing can be extended." }</p>
            }
        </Part>
    }
}
