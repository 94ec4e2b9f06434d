//! The stages of a usage plan, and the limits of single methods there.

use super::{
    super::{
        super::resources::{Add, AddField, EditText, Part, Save},
        kit::{ApiLink, Choice, api_stages},
    },
    PlanProps, patch, throttle_patches,
};
use crate::ui::markup::html;
use crate::{
    control_plane::{ApiError, PatchOperation, escape},
    entities::{PlanStage, Throttle, UsagePlan, Workspace},
    ui::{
        Same, focus_soon,
        parts::{EditButton, Look, When},
        use_selector, use_store,
    },
};
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, component};

/// Draws the stages, and the form for one more.
#[component]
pub(super) fn Stages(props: &PlanProps) -> Html {
    let store = use_store();
    let plan = props.plan.clone();
    let free: Vec<Choice> = {
        let plan = plan.clone();
        use_selector(move |state| {
            let held = |(value, _): &Choice| {
                value.split_once(':').is_some_and(|(api, stage)| plan.stage(api, stage).is_some())
            };
            api_stages(state.present(), false).into_iter().filter(|choice| !held(choice)).collect()
        })
    };
    let add = {
        let (store, id) = (store.clone(), plan.id.to_string());
        Callback::from(move |values: Vec<String>| {
            patch(&store, &id, vec![PatchOperation::add("/apiStages", values.into_iter().next().unwrap_or_default())])
        })
    };
    let hint = match plan.stages.len() {
        0 => "None yet: the keys of this plan open nothing.",
        _ => "Before the plan can be deleted, its stages have to be removed.",
    };
    html! {
        <Part id="plan-stages-title" title="Associated stages" {hint}>
            if !plan.stages.is_empty() {
                <ul class="url-list">
                    { for plan.stages.iter().map(|stage| html! {
                        <Row key={format!("{}:{}", stage.api_id, stage.stage)} plan={plan.clone()} stage={stage.clone()} />
                    }) }
                </ul>
            }
            if free.is_empty() {
                if plan.stages.is_empty() { <p class="part-hint">{ "There is no stage to associate: deploy an API first." }</p> }
            } else {
                <Add
                    id={format!("{}-stage", plan.id)} label="Add stage" {add}
                    fields={vec![AddField::choice_of("apiStages", "API and stage", free)]}
                />
            }
        </Part>
    }
}

#[derive(Debug, PartialEq, Properties)]
struct RowProps {
    plan: Same<UsagePlan>,
    stage: PlanStage,
}

/// Returns the methods that a stage exposes and that have no limit of their own yet.
fn methods(ws: &Workspace, held: &PlanStage) -> Vec<Choice> {
    let deployment = ws.api(&held.api_id).and_then(|api| api.deployment_of(api.stages.get(&*held.stage)?));
    let Some(deployment) = deployment else { return Vec::new() };
    let mut out = Vec::new();
    for (_, resource) in deployment.config.tree() {
        let path = deployment.config.path_of(&resource.id);
        let free = resource.methods.keys().filter(|verb| !held.throttle.contains_key(&format!("{path}/{verb}")));
        out.extend(
            free.map(|verb| (AttrValue::from(format!("{path}/{verb}")), AttrValue::from(format!("{verb} {path}")))),
        );
    }
    out
}

/// Draws a stage of the plan.
#[component]
fn Row(props: &RowProps) -> Html {
    let store = use_store();
    let (plan, held) = (&props.plan, &props.stage);
    let name = {
        let id = held.api_id.clone();
        use_selector(move |state| {
            state.present().api(&id).map_or_else(|| id.to_string(), |api| api.config.settings.name.clone())
        })
    };
    let free = {
        let held = held.clone();
        use_selector(move |state| methods(state.present(), &held))
    };
    let limit = use_selector(|state| state.present().limits.method_throttles);
    let named = format!("{}:{}", held.api_id, held.stage);
    let remove = {
        let (store, id, named) = (store.clone(), plan.id.to_string(), named.clone());
        let said = format!("{name} → {}", held.stage);
        Callback::from(move |_: MouseEvent| {
            let gone = PatchOperation { value: Some(named.clone()), ..PatchOperation::remove("/apiStages") };
            match patch(&store, &id, vec![gone]) {
                Ok(()) => {
                    store.done(format!("Removed {said} from the usage plan. Undo brings it back."));
                    focus_soon("plan-stages-title");
                }
                Err(refused) => store.refuse(&refused),
            }
        })
    };
    let base = format!("/apiStages/{named}/throttle");
    let add = {
        let (store, id, base) = (store.clone(), plan.id.to_string(), base.clone());
        Callback::from(move |values: Vec<String>| {
            let [method, rate, burst] = <[String; 3]>::try_from(values).unwrap_or_default();
            let limits = [("rateLimit", rate), ("burstLimit", burst)];
            let given: Vec<PatchOperation> = limits
                .iter()
                .filter(|(_, text)| !text.trim().is_empty())
                .map(|(member, text)| {
                    PatchOperation::replace(format!("{}/{member}", method_path(&base, &method)), text.trim())
                })
                .collect();
            if given.is_empty() {
                return Err(ApiError::invalid("rateLimit", "Enter a rate, a burst, or both."));
            }
            patch(&store, &id, given)
        })
    };
    let stage = held.stage.to_string();
    let fields = vec![
        AddField::choice_of("method", "Method", free.clone()),
        AddField::text("rateLimit", "Rate (requests per second)", "5"),
        AddField::text("burstLimit", "Burst (requests)", "10"),
    ];
    let throttle = |(method, throttle): (&String, &Throttle)| {
        html! { <Method key={method.clone()} plan={plan.clone()} base={base.clone()} method={method.clone()} throttle={*throttle} /> }
    };
    html! {
        <li class="url-group">
            <div class="with-button">
                <ApiLink api={held.api_id.to_string()} stage={stage.clone()} text={format!("{name} → {stage}")} />
                <EditButton label={format!("Remove {name} → {stage}")} icon="trash" icon_only=true small=true look={Look::Ghost} onclick={remove} />
            </div>
            { for held.throttle.iter().map(throttle) }
            if !free.is_empty() && held.throttle.len() < limit {
                <Add
                    id={format!("{}-{named}-method", plan.id)} label="Add method throttling" {fields} {add}
                    note={format!("Each key may call the method this fast. {} of {limit} methods.", held.throttle.len())}
                />
            }
        </li>
    }
}

/// Returns where the limits of a method are: its path is one segment.
fn method_path(base: &str, method: &str) -> String {
    let (path, verb) = method.rsplit_once('/').unwrap_or(("", method));
    let path = if path.is_empty() { "/" } else { path };
    format!("{base}/{}/{verb}", escape(path))
}

#[derive(Debug, PartialEq, Properties)]
struct MethodProps {
    plan: Same<UsagePlan>,
    base: String,
    method: String,
    throttle: Throttle,
}

/// Draws the limits of one method.
#[component]
fn Method(props: &MethodProps) -> Html {
    let store = use_store();
    let (path, id) = (method_path(&props.base, &props.method), props.plan.id.to_string());
    let save = |member: &'static str| -> Save {
        let (store, path, id, throttle) = (store.clone(), path.clone(), id.clone(), props.throttle);
        Callback::from(move |text: String| {
            patch(&store, &id, throttle_patches(&path, Some(throttle), member, text.trim()))
        })
    };
    let (resource, verb) = props.method.rsplit_once('/').unwrap_or(("", &props.method));
    let shown = format!("{verb} {}", if resource.is_empty() { "/" } else { resource });
    let remove = {
        let (store, path, id) = (store.clone(), path.clone(), id.clone());
        Callback::from(move |_: MouseEvent| match patch(&store, &id, vec![PatchOperation::remove(path.clone())]) {
            Ok(()) => focus_soon("plan-stages-title"),
            Err(refused) => store.refuse(&refused),
        })
    };
    let rate = props.throttle.rate.map(|rate| rate.get().to_string()).unwrap_or_default();
    let burst = props.throttle.burst.map(|burst| burst.to_string()).unwrap_or_default();
    html! {
        <div class="add-form" role="group" aria-label={shown.clone()}>
            <div class="with-button">
                <code>{ &shown }</code>
                <EditButton label={format!("Remove throttling of {shown}")} icon="close" icon_only=true small=true look={Look::Ghost} onclick={remove} />
            </div>
            <EditText id={format!("{id}-{path}-rate")} label="Rate (requests per second)" value={rate} mono=true when={When::Now} save={save("rateLimit")} />
            <EditText id={format!("{id}-{path}-burst")} label="Burst (requests)" value={burst} mono=true when={When::Now} save={save("burstLimit")} />
        </div>
    }
}
