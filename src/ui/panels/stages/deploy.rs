//! The dialog "Deploy API": which stage is to answer from a new snapshot, and what that snapshot brings.

use super::{
    super::{diff_view::DiffView, link::PlaceLink},
    NAME_HINT,
    summary::{ApiSummary, methods},
};
use crate::ui::markup::html;
use crate::ui::panels::words::count;
use crate::{
    control_plane::{
        ApiError,
        canaries::DeploymentCanarySettings,
        deployments::{CreateDeployment, check_deployable},
    },
    entities::{ApiConfig, Deployment, RestApi, StageName},
    history::diff,
    ui::{
        MethodTab, NextFrame, Place, StageTab, Store, focus_soon,
        parts::{Button, FieldError, Look, Modal, SelectField, SnapChip, TextField},
        use_selector, use_store,
    },
};
use std::rc::Rc;
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, SubmitEvent, component, use_state};

/// Methods without integration that are named.
const NAMED: usize = 8;

/// What the new snapshot is for.
#[derive(Clone, Debug, PartialEq)]
enum Target {
    /// Nothing is chosen yet: with several stages none is more likely than another.
    Open,
    New,
    Stage(String),
    NoStage,
}

impl Target {
    /// The value in the list. A stage's name has no such characters.
    fn value(&self) -> AttrValue {
        match self {
            Self::Open => "".into(),
            Self::New => "*new".into(),
            Self::NoStage => "*none".into(),
            Self::Stage(name) => name.clone().into(),
        }
    }

    fn parse(value: String) -> Self {
        match value.as_str() {
            "" => Self::Open,
            "*new" => Self::New,
            "*none" => Self::NoStage,
            _ => Self::Stage(value),
        }
    }

    fn at_first(api: &RestApi, asked: Option<&String>) -> Self {
        let mut names = api.stages.keys();
        match (asked.filter(|name| api.stages.contains_key(name.as_str())), names.next(), names.next()) {
            (Some(name), ..) => Self::Stage(name.clone()),
            (None, None, _) => Self::New,
            (None, Some(only), None) => Self::Stage(only.to_string()),
            (None, Some(_), Some(_)) => Self::Open,
        }
    }
}

/// The props of [`DeployDialog`].
#[derive(Debug, PartialEq, Properties)]
pub(crate) struct DeployDialogProps {
    /// The stage that is chosen at first.
    pub(crate) stage: Option<String>,
}

/// The dialog "Deploy API".
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
    let target = use_state(|| Target::at_first(api, props.stage.as_ref()));
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
            match stage_name(&api, &target, &name) {
                Err(problem) => {
                    error.set(Some(problem));
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
            target.set(Target::parse(value));
        })
    };
    let onname = {
        let (name, error) = (name.clone(), error.clone());
        Callback::from(move |text: String| {
            error.set(spelling(&text));
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
        Ok(()) if *target == Target::Open => Some("Choose a stage first".to_owned()),
        Ok(()) => None,
    };
    html! {
        <Modal title="Deploy API" wide=true>
            <form class="body" {onsubmit} novalidate=true>
                <SelectField
                    id="deploy-stage"
                    label="Stage"
                    value={target.value()}
                    options={options(api, &target)}
                    hint={stage_hint(api, &target)}
                    autofocus=true
                    onchange={onstage}
                />
                if *target == Target::New {
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

fn options(api: &RestApi, target: &Target) -> Vec<(AttrValue, AttrValue)> {
    let open = (*target == Target::Open).then(|| (Target::Open.value(), "Choose a stage".into()));
    let known = api.stages.values().map(|stage| {
        let now = api.deployment_of(stage).map(|d| d.short_name()).unwrap_or_default();
        (stage.name.to_string().into(), format!("{} (now {now})", stage.name).into())
    });
    open.into_iter()
        .chain([(Target::New.value(), "New stage".into())])
        .chain(known)
        .chain([(Target::NoStage.value(), "No stage".into())])
        .collect()
}

fn stage_hint(api: &RestApi, target: &Target) -> AttrValue {
    match target {
        Target::Stage(name) => match api.stages.get(name.as_str()).and_then(|stage| stage.canary.as_ref()) {
            Some(canary) => format!(
                "{name} has a canary: the deployment goes to the canary, which takes {} % of the requests.",
                canary.percent_traffic
            )
            .into(),
            None => AttrValue::default(),
        },
        Target::NoStage => "The snapshot is kept, and cannot be called until a stage points to it.".into(),
        _ => AttrValue::default(),
    }
}

/// What is wrong with a stage name while it is typed. An empty one is not scolded before "Deploy".
fn spelling(text: &str) -> Option<FieldError> {
    let wrong = !text.is_empty() && StageName::parse(text).is_none();
    wrong.then(|| FieldError::from(&ApiError::StageName { name: text.to_owned() }))
}

/// The `stageName` of the request; an error is about the field "Stage name".
fn stage_name(api: &RestApi, target: &Target, typed: &str) -> Result<Option<String>, FieldError> {
    match target {
        Target::Stage(name) => Ok(Some(name.clone())),
        Target::NoStage => Ok(None),
        Target::Open => Err(FieldError::new("stageName", "Choose a stage first.")),
        Target::New if typed.is_empty() => Err(FieldError {
            field: "stageName".into(),
            text: "Enter a stage name.".into(),
            hint: "Or choose “No stage” to only take the snapshot.".into(),
        }),
        // The request would move the stage; whoever chose "New stage" did not mean that.
        Target::New if api.stages.contains_key(typed) => {
            Err(FieldError::from(&ApiError::StageExists { name: typed.to_owned() }))
        }
        Target::New => spelling(typed).map_or_else(|| Ok(Some(typed.to_owned())), Err),
    }
}

/// Deploys, closes the dialog and goes where the result is seen.
fn deploy(
    store: &Store,
    api: &RestApi,
    stage: Option<String>,
    (description, about_stage): (&str, &str),
) -> Result<(), ApiError> {
    let is_new = stage.as_deref().is_some_and(|name| !api.stages.contains_key(name));
    // As in AWS's console: to a stage with a canary the deployment goes to the canary, which keeps its settings.
    let canary = stage.as_deref().and_then(|name| api.stages.get(name)?.canary.as_deref());
    let whose = if canary.is_some() { "the canary of " } else { "" };
    let outcome = store.execute(CreateDeployment {
        canary_settings: canary.map(DeploymentCanarySettings::of),
        description: Some(description.to_owned()).filter(|text| !text.is_empty()),
        stage_description: Some(about_stage.to_owned()).filter(|text| is_new && !text.is_empty()),
        ..CreateDeployment::new(api.id.as_str(), stage.clone())
    })?;
    let api_name = &api.config.settings.name;
    let id = outcome.text("id").unwrap_or_default().to_owned();
    store.close();
    match stage {
        Some(stage) => {
            let text = format!(
                "Successfully created deployment for {api_name}. This deployment is active for {whose}{stage}."
            );
            store.show(Place::Stage(stage, StageTab::Urls));
            store.done(text);
            focus_soon("stage-title");
        }
        None => {
            store.show(Place::Deployment(id));
            store.done(format!(
                "Successfully created deployment for {api_name}. It cannot be called until a stage points to it."
            ));
            focus_soon("deployments-title");
        }
    }
    Ok(())
}

#[derive(Debug, PartialEq, Properties)]
struct PreviewProps {
    api: Rc<RestApi>,
    target: Target,
}

/// What will be deployed, or why that would be refused.
#[component]
fn Preview(props: &PreviewProps) -> Html {
    let api = &props.api;
    if let Err(refusal) = check_deployable(&api.config) {
        return refused(&api.config, &refusal);
    }
    let base = match &props.target {
        Target::Stage(name) => api.stages.get(name.as_str()).and_then(|stage| match &stage.canary {
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

/// What the new snapshot will be, in a sentence.
fn preview_line(api: &RestApi, target: &Target, base: Option<&Deployment>) -> Html {
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
        (Target::Stage(name), 0) => {
            html! { <p>{ next }{ " will hold the same as " }{ old }{ format!(", which {} serves now.", whose(name)) }</p> }
        }
        (Target::Stage(name), n) => {
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
