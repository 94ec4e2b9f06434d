//! The tab "Canary": a second deployment that takes a share of the stage's requests. Everything here acts at once.

use super::{
    super::resources::{Check, EditChoice, EditText, Save},
    StageFacts,
    details::{FactsProps, open},
    dialogs::option_text,
    variables::Overrides,
};
use crate::ui::markup::html;
use crate::ui::panels::words::count;
use crate::{
    control_plane::PatchOperation,
    entities::{Canary, Deployment},
    history::diff,
    ui::{
        Confirm, Dialog, Store, focus_soon,
        parts::{EditButton, FieldError, Look, SelectField, SnapChip, TextField, When, hue_style, use_read_only},
        use_selector, use_store,
    },
};
use std::rc::Rc;
use yew::{AttrValue, Callback, Html, SubmitEvent, component, use_state};

const PERCENT: &str = "/canarySettings/percentTraffic";
const DEPLOYMENT: &str = "/canarySettings/deploymentId";
const STAGE_CACHE: &str = "/canarySettings/useStageCache";

/// Draws the tab "Canary".
#[component]
pub(super) fn CanaryTab(props: &FactsProps) -> Html {
    let facts = props.facts.clone();
    match (&props.facts.stage.canary, &props.facts.canary) {
        (Some(_), Some(_)) => html! { <Existing {facts} /> },
        _ => html! { <Create {facts} /> },
    }
}

/// Per cent without noise of the arithmetic: `87.9`, not `87.89999`.
fn percent(number: f64) -> String {
    format!("{} %", (number * 1000.0).round() / 1000.0)
}

/// Draws what of a stage's requests its two deployments get: a bar of two colours, and the same in words.
#[component]
pub(super) fn Shares(props: &FactsProps) -> Html {
    let StageFacts { stage, deployment, canary: other, .. } = &props.facts;
    let (Some(canary), Some(other)) = (&stage.canary, other) else { return Html::default() };
    let share = canary.percent_traffic.get();
    html! {
        <div class="shares">
            <div class="share-bar snap" style={hue_style(deployment.number)} aria-hidden="true">
                <span class="snap" style={format!("{};--share:{share}", hue_style(other.number))}></span>
            </div>
            <p>
                <span class="nowrap"><SnapChip number={deployment.number} />{ " " }{ percent(100.0 - share) }</span>
                <span class="nowrap"><SnapChip number={other.number} before="canary " />{ " " }{ percent(share) }</span>
            </p>
        </div>
    }
}

/// Draws a stage without a canary, and the form for one.
#[component]
fn Create(props: &FactsProps) -> Html {
    let store = use_store();
    let facts = &props.facts;
    let own = facts.deployment.id.to_string();
    let (share, error) = (use_state(|| "10".to_owned()), use_state(|| None::<FieldError>));
    // Until somebody chooses: the stage's own, whichever that is by then. One that is gone is no choice.
    let picked = use_state(|| None::<String>);
    let options = use_deployments(facts);
    let known = |id: &String| options.iter().any(|(known, _)| known == id);
    let chosen = (*picked).clone().filter(known).unwrap_or_else(|| own.clone());
    let readonly = use_read_only().is_some();
    let onsubmit = {
        let (facts, share, chosen, error) = (facts.clone(), share.clone(), chosen.clone(), error.clone());
        Callback::from(move |e: SubmitEvent| {
            e.prevent_default();
            let mut patches = vec![PatchOperation::replace(PERCENT, share.trim())];
            // Without one, the canary gets the stage's own deployment.
            if chosen != own {
                patches.push(PatchOperation::replace(DEPLOYMENT, chosen.as_str()));
            }
            match facts.update(&store, patches) {
                Ok(()) => {
                    store.done(format!("Successfully created the canary of {}.", facts.stage.name));
                    focus_soon("canary-title");
                }
                Err(refused) => {
                    error.set(Some(FieldError::from(&refused)));
                    focus_soon("canary-percent");
                }
            }
        })
    };
    let typed = share.clone();
    html! {
        <form class="canary" {onsubmit} novalidate=true>
            <h3>{ "Create canary" }</h3>
            <p class="lead">
                { format!("A canary answers a share of the requests to {} from another deployment: a change is tried on few \
                   callers first. Which request it takes is chance.", facts.stage.name) }
            </p>
            <TextField
                id="canary-percent" label="Requests directed to the canary (%)" value={(*share).clone()} when={When::Now} mono=true {readonly} hint="0 to 100."
                error={FieldError::at(error.as_ref(), "percentTraffic")} oninput={Callback::from(move |text| typed.set(text))}
            />
            <SelectField
                id="canary-deployment" label="Canary deployment" value={chosen} {options} {readonly}
                when={When::Now} hint="Once there is a canary, Deploy API to this stage goes to the canary."
                error={FieldError::at(error.as_ref(), "deploymentId")} onchange={Callback::from(move |id| picked.set(Some(id)))}
            />
            { FieldError::view(FieldError::elsewhere(error.as_ref(), &["percentTraffic", "deploymentId"]).as_ref(), "canary-error") }
            <EditButton label="Create canary" look={Look::Primary} submit=true />
        </form>
    }
}

/// Returns the deployments as entries of a list.
#[yew::hook]
fn use_deployments(facts: &StageFacts) -> Vec<(AttrValue, AttrValue)> {
    let all: Vec<Rc<Deployment>> = use_selector(|state| {
        state.api().map(|api| api.deployments_newest_first().into_iter().cloned().collect()).unwrap_or_default()
    });
    let text = |d: &Rc<Deployment>| match d.id == facts.deployment.id {
        true => format!("{} (the stage's own)", option_text(d)).into(),
        false => option_text(d),
    };
    all.iter().map(|d| (d.id.to_string().into(), text(d))).collect()
}

/// Sends what stands in a field.
fn replace(store: &Store, facts: &StageFacts, path: &'static str) -> Save {
    let (store, facts) = (store.clone(), facts.clone());
    Callback::from(move |text: String| facts.update(&store, vec![PatchOperation::replace(path, text.trim())]))
}

/// Draws a canary: its settings, and what becomes of it.
#[component]
fn Existing(props: &FactsProps) -> Html {
    let store = use_store();
    let facts = &props.facts;
    let options = use_deployments(facts);
    let (Some(canary), Some(other)) = (&facts.stage.canary, &facts.canary) else { return Html::default() };
    let name = facts.stage.name.to_string();
    let cache = {
        let save = replace(&store, facts, STAGE_CACHE);
        let store = store.clone();
        Callback::from(move |on: bool| {
            if let Err(refused) = save.emit(on.to_string()) {
                store.refuse(&refused);
            }
        })
    };
    let promote = open(&store, Dialog::PromoteCanary { stage: name.clone() });
    let delete = open(&store, Dialog::Confirm(Confirm::DeleteCanary(name.clone())));
    html! {
        <div class="canary">
            <div class="screen-head">
                <h3 id="canary-title" tabindex="-1">{ "Request distribution" }</h3>
                <div class="actions">
                    <EditButton label="Promote canary" small=true onclick={promote} />
                    <EditButton label="Delete canary" icon="trash" icon_only=true small=true onclick={delete} />
                </div>
            </div>
            <Shares facts={facts.clone()} />
            <Doing facts={facts.clone()} />
            <EditText
                id={facts.dom_id("canary-percent")} label="Requests directed to the canary (%)" value={canary.percent_traffic.to_string()}
                when={When::Now} mono=true hint="0 to 100." save={replace(&store, facts, PERCENT)}
            />
            <EditChoice
                id={facts.dom_id("canary-deployment")} label="Canary deployment" value={other.id.to_string()}
                {options} when={When::Now} save={replace(&store, facts, DEPLOYMENT)}
            />
            <Check
                id="canary-cache" label="Stage cache" checked={canary.use_stage_cache} when={When::Now} onchange={cache}
            />
            if !facts.stage.cache_cluster_enabled {
                <p class="field-hint cache-hint">{ format!("{name} has no cache cluster, so nothing is cached for the canary either.") }</p>
            }
            <Overrides facts={facts.clone()} />
        </div>
    }
}

/// Draws what the canary does now, in a sentence, and what to do next.
#[component]
fn Doing(props: &FactsProps) -> Html {
    let store = use_store();
    let facts = &props.facts;
    let (api, stage) = (facts.api_id.clone(), facts.stage.name.to_string());
    let counters = use_selector(move |state| state.runtime().counters(&api, &stage));
    let (Some(canary), Some(other)) = (&facts.stage.canary, &facts.canary) else { return Html::default() };
    let name = &facts.stage.name;
    let behind = diff::count(&other.config, &facts.working) > 0;
    let deploy = open(&store, Dialog::Deploy { stage: Some(name.to_string()) });
    let label = "Deploy to the canary";
    html! {
        <>
            <p class="lead">
                { doing(facts, canary, other) }
                if counters.requests > 0 {
                    { format!(" Of {} so far the canary took {}.", count(usize::try_from(counters.requests).unwrap_or(usize::MAX), "request"), counters.canary_requests) }
                }
            </p>
            if behind { <p class="lead"><EditButton {label} small=true onclick={deploy} /></p> }
        </>
    }
}

fn doing(facts: &StageFacts, canary: &Canary, other: &Deployment) -> String {
    let (stage, base, own) = (&facts.stage.name, facts.deployment.short_name(), other.short_name());
    let share = canary.percent_traffic.get();
    if other.id == facts.deployment.id {
        return format!(
            "The canary has the stage's own deployment, {base}. Deploy API to {stage}: the new deployment goes to the canary."
        );
    }
    if share <= 0.0 {
        return format!("The canary takes no requests: {base} answers all of them. {own} waits.");
    }
    if share >= 100.0 {
        return format!(
            "The canary takes every request: {own} answers all of them. {base} stays the stage's deployment."
        );
    }
    format!("{own} answers {} of the requests to {stage}, by chance, and {base} the others.", percent(share))
}
