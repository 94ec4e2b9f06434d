//! The dialog "Deploy API": which stage is to answer from a new snapshot, and what that snapshot brings.

use super::{
    super::{diff_view::DiffView, link::PlaceLink},
    NAME_HINT,
    summary::{ApiSummary, methods},
};
use crate::ui::markup::html;
use crate::ui::panels::words::count;
use crate::{
    control_plane::{ApiError, deployments::check_deployable},
    entities::{ApiConfig, Deployment, RestApi},
    history::diff,
    ui::{
        MethodTab, NextFrame, Place, StageTab, Store, focus_soon,
        parts::{Button, FieldError, Look, Modal, SelectField, SnapChip, TextField},
        use_selector, use_store,
    },
    view::deploy::{self, DeployTo},
};
use std::rc::Rc;
use yew::{Callback, Html, MouseEvent, Properties, SubmitEvent, component, use_state};

/// Methods without integration that are named.
const NAMED: usize = 8;

/// The props of [`DeployDialog`].
#[derive(Debug, PartialEq, Properties)]
pub(crate) struct DeployDialogProps {
    /// The stage that is chosen at first.
    pub(crate) stage: Option<String>,
}

/// Draws the dialog "Deploy API".
#[component]
pub(crate) fn DeployDialog(props: &DeployDialogProps) -> Html {
    let api = use_selector(|state| state.api().cloned());
    match api {
        Some(api) => html! { <Form {api} stage={props.stage.clone()} /> },
        None => Html::default(),
    }
}

#[derive(Debug, PartialEq, Properties)]
struct FormProps {
    api: Rc<RestApi>,
    stage: Option<String>,
}

#[component]
fn Form(props: &FormProps) -> Html {
    let store = use_store();
    let api = &props.api;
    let target = use_state(|| DeployTo::at_first(api, props.stage.as_deref()));
    let name = use_state(String::new);
    let description = use_state(String::new);
    let about = use_state(String::new);
    let error = use_state(|| None::<FieldError>);
    let onsubmit = {
        let (store, api) = (store.clone(), api.clone());
        let (target, name, description, error) = (target.clone(), name.clone(), description.clone(), error.clone());
        let about = about.clone();
        Callback::from(move |e: SubmitEvent| {
            e.prevent_default();
            match target.stage_name(&api, &name) {
                Err(problem) => {
                    error.set(Some(unfit(problem)));
                    focus_soon("deploy-name");
                }
                Ok(stage) => {
                    if let Err(refused) = deploy(&store, &api, stage, (&description, &about)) {
                        error.set(Some(FieldError::from(&refused)));
                    }
                }
            }
        })
    };
    let onstage = {
        let (target, error) = (target.clone(), error.clone());
        Callback::from(move |value: String| {
            error.set(None);
            target.set(DeployTo::parse(value));
        })
    };
    let onname = {
        let (name, error) = (name.clone(), error.clone());
        Callback::from(move |text: String| {
            error.set(deploy::spelling(&text).map(unfit));
            name.set(text);
        })
    };
    let ondescription = {
        let description = description.clone();
        Callback::from(move |text| description.set(text))
    };
    let cancel = Callback::from(move |_: MouseEvent| store.close());
    let blocked = match check_deployable(&api.config) {
        Err(refusal) => Some(refusal.to_string()),
        Ok(()) if *target == DeployTo::Open => Some("Choose a stage first".to_owned()),
        Ok(()) => None,
    };
    html! {
        <Modal title="Deploy API" wide=true>
            <form class="body" {onsubmit} novalidate=true>
                <SelectField
                    id="deploy-stage"
                    label="Stage"
                    value={target.value().to_owned()}
                    options={target.options(api).into_iter().map(|(value, text)| (value.into(), text.into())).collect::<Vec<_>>()}
                    hint={target.hint(api)}
                    autofocus=true
                    onchange={onstage}
                />
                if *target == DeployTo::New {
                    <TextField
                        id="deploy-name"
                        label="Stage name"
                        value={(*name).clone()}
                        mono=true
                        placeholder="dev"
                        hint={NAME_HINT}
                        error={FieldError::at(error.as_ref(), "stageName")}
                        oninput={onname}
                    />
                    <TextField
                        id="deploy-about"
                        label="Stage description - optional"
                        value={(*about).clone()}
                        oninput={Callback::from(move |text| about.set(text))}
                    />
                }
                <TextField
                    id="deploy-description"
                    label="Deployment description - optional"
                    value={(*description).clone()}
                    oninput={ondescription}
                />
                <NextFrame><Preview api={api.clone()} target={(*target).clone()} /></NextFrame>
                { FieldError::view(FieldError::elsewhere(error.as_ref(), &["stageName"]).as_ref(), "deploy-error") }
                <div class="foot">
                    <Button label="Cancel" onclick={cancel} />
                    <Button label="Deploy" look={Look::Primary} submit=true {blocked} />
                </div>
            </form>
        </Modal>
    }
}

/// Returns what does not fit, at the field "Stage name".
fn unfit(problem: deploy::Unfit) -> FieldError {
    FieldError { field: "stageName".into(), text: problem.text, hint: problem.hint }
}

/// Deploys, closes the dialog and goes where the result is seen.
fn deploy(store: &Store, api: &RestApi, stage: Option<String>, texts: (&str, &str)) -> Result<(), ApiError> {
    let outcome = store.execute(deploy::request(api, stage.as_deref(), texts))?;
    store.close();
    let title = match &stage {
        Some(stage) => {
            store.show(Place::Stage(stage.clone(), StageTab::Urls));
            "stage-title"
        }
        None => {
            store.show(Place::Deployment(outcome.text("id").unwrap_or_default().to_owned()));
            "deployments-title"
        }
    };
    store.done(deploy::done(api, stage.as_deref()));
    focus_soon(title);
    Ok(())
}

#[derive(Debug, PartialEq, Properties)]
struct PreviewProps {
    api: Rc<RestApi>,
    target: DeployTo,
}

/// Draws what will be deployed, or why that would be refused.
#[component]
fn Preview(props: &PreviewProps) -> Html {
    let api = &props.api;
    if let Err(refusal) = check_deployable(&api.config) {
        return refused(&api.config, &refusal);
    }
    let base = match &props.target {
        DeployTo::Stage(name) => api.stages.get(name.as_str()).and_then(|stage| match &stage.canary {
            Some(canary) => api.deployments.get(&canary.deployment_id).cloned(),
            None => api.deployment_of(stage).cloned(),
        }),
        _ => api.deployments_newest_first().first().map(|d| Rc::clone(d)),
    };
    html! {
        <section class="preview" aria-labelledby="preview-title">
            <h3 id="preview-title">{ "What will be deployed" }</h3>
            { preview_line(api, &props.target, base.as_deref()) }
            if let Some(base) = &base {
                <DiffView
                    before={base.config.clone()}
                    after={api.config.clone()}
                    same="Deploying takes a new snapshot with the same content."
                />
            } else {
                <ApiSummary config={api.config.clone()} />
            }
        </section>
    }
}

/// Draws what the new snapshot will be, in a sentence.
fn preview_line(api: &RestApi, target: &DeployTo, base: Option<&Deployment>) -> Html {
    let next = html! { <SnapChip number={api.next_deployment_number} /> };
    let holds = methods(&api.config);
    let Some(base) = base else {
        return html! { <p>{ next }{ format!(" First deployment: {holds}.") }</p> };
    };
    let changes = diff::count(&base.config, &api.config);
    let old = html! { <SnapChip number={base.number} /> };
    let whose = |name: &str| match api.stages.get(name).is_some_and(|stage| stage.canary.is_some()) {
        true => format!("the canary of {name}"),
        false => name.to_owned(),
    };
    match (target, changes) {
        (DeployTo::Stage(name), 0) => {
            html! { <p>{ next }{ " will hold the same as " }{ old }{ format!(", which {} serves now.", whose(name)) }</p> }
        }
        (DeployTo::Stage(name), n) => {
            html! { <p>{ next }{ format!(" brings {} to {}, which serves ", count(n, "change"), whose(name)) }{ old }{ " now." }</p> }
        }
        (_, 0) => html! { <p>{ next }{ format!(" {holds}, the same as ") }{ old }{ ", the newest deployment." }</p> },
        (_, n) => {
            html! { <p>{ next }{ format!(" {holds}, with {} since ", count(n, "change")) }{ old }{ ", the newest deployment." }</p> }
        }
    }
}

/// AWS's refusal, before it is tried, with links to what is missing.
fn refused(config: &ApiConfig, refusal: &ApiError) -> Html {
    let tree = config.tree();
    let bare: Vec<_> = tree
        .iter()
        .flat_map(|(_, resource)| resource.methods.values().map(move |method| (resource, method)))
        .filter(|(_, method)| method.integration.is_none())
        .collect();
    let more = bare.len().saturating_sub(NAMED);
    let advice = match refusal {
        ApiError::MethodsWithoutIntegration { .. } => "Give each of these an integration, or delete it:".to_owned(),
        other => other.hint().unwrap_or_default(),
    };
    html! {
        <div class="note problem" role="status">
            <strong>{ refusal.to_string() }</strong>{ " " }{ advice }
            if bare.is_empty() {
                <p><PlaceLink place={Place::Resources} leaves=true>{ "Go to Resources" }</PlaceLink></p>
            } else {
                <ul class="bare-methods">
                    { for bare.iter().take(NAMED).map(|(resource, method)| {
                        let place = Place::Method(resource.id.to_string(), method.http_method, MethodTab::Integration);
                        html! {
                            <li><PlaceLink {place} leaves=true>
                                <span>{ format!("{} {}", method.http_method, config.path_of(&resource.id)) }</span>
                            </PlaceLink></li>
                        }
                    }) }
                    if more > 0 { <li>{ format!("and {more} more") }</li> }
                </ul>
            }
        </div>
    }
}
