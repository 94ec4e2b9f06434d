//! The dialog "Create stage".

use super::{
    super::{account::parse_tags, resources::Check},
    NAME_HINT,
    dialogs::option_text,
};
use crate::ui::markup::html;
use crate::{
    collections::SortedMap,
    control_plane::{ApiError, stages::CreateStage},
    entities::{CacheClusterSize, Deployment, StageName},
    ui::{
        Place, StageTab, State, focus_soon,
        parts::{Button, CodeField, FieldError, Look, Modal, SelectField, TextField},
        use_selector, use_store,
    },
};
use std::rc::Rc;
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, SubmitEvent, component, use_state};

/// The members that "Additional settings" fills.
const MEMBERS: [&str; 4] = ["cacheClusterSize", "documentationVersion", "variables", "tags"];

/// The members of a stage beside its name and its deployment; all of them can be changed later.
#[derive(Clone, Debug, Default, PartialEq)]
struct Extras {
    cache: String,
    tracing: bool,
    documentation: String,
    variables: String,
    tags: String,
}

impl Extras {
    /// Returns the request with these members.
    fn added_to(&self, plain: CreateStage) -> Result<CreateStage, ApiError> {
        let given = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        Ok(CreateStage {
            cache_cluster_enabled: given(&self.cache).map(|_| true),
            cache_cluster_size: given(&self.cache),
            tracing_enabled: self.tracing.then_some(true),
            documentation_version: given(&self.documentation),
            variables: variables(&self.variables)?,
            tags: parse_tags(&self.tags)?,
            ..plain
        })
    }
}

/// Lines of `name=value`.
fn variables(text: &str) -> Result<Option<SortedMap<String, String>>, ApiError> {
    let mut out = SortedMap::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once('=').ok_or_else(|| {
            ApiError::invalid("variables", format!("“{line}” is no variable. Write name=value, one a line."))
        })?;
        out.insert(name.trim().to_owned(), value.trim().to_owned());
    }
    Ok(Some(out).filter(|out| !out.is_empty()))
}

#[derive(Debug, PartialEq, Properties)]
struct ExtraProps {
    extras: Extras,
    error: Option<FieldError>,
    onchange: Callback<Extras>,
}

/// "Additional settings", folded.
#[component]
fn ExtraFields(props: &ExtraProps) -> Html {
    let versions: Vec<String> = use_selector(|state| {
        let known = state.api().map(|api| api.documentation.versions.keys().map(ToString::to_string).collect());
        known.unwrap_or_default()
    });
    let edit = |set: fn(&mut Extras, String)| {
        let (extras, onchange) = (props.extras.clone(), props.onchange.clone());
        Callback::from(move |text: String| {
            let mut next = extras.clone();
            set(&mut next, text);
            onchange.emit(next);
        })
    };
    let at = |member: &str| FieldError::at(props.error.as_ref(), member);
    let listed = |first: &'static str, texts: Vec<(AttrValue, AttrValue)>| -> Vec<(AttrValue, AttrValue)> {
        [(AttrValue::default(), first.into())].into_iter().chain(texts).collect()
    };
    let sizes = CacheClusterSize::ALL.map(|size| (size.into(), format!("{size} GB").into())).to_vec();
    let versions = versions.into_iter().map(|version| (version.clone().into(), version.into())).collect();
    let extras = &props.extras;
    let wrong = props.error.as_ref().is_some_and(|error| MEMBERS.contains(&error.field.as_str()));
    html! {
        <details class="more" open={wrong || *extras != Extras::default()}>
            <summary id="stage-extras">{ "Additional settings" }</summary>
            <SelectField
                id="new-stage-cache" label="Provision API cache" value={extras.cache.clone()} options={listed("Inactive", sizes)}
                error={at("cacheClusterSize")} onchange={edit(|extras, size| extras.cache = size)}
            />
            <div class="field-row">
            <Check
                id="new-stage-tracing" label="X-Ray tracing" checked={extras.tracing}
                onchange={edit(|extras, on| extras.tracing = on == "true").reform(|on: bool| on.to_string())}
            />
            </div>
            <SelectField
                id="new-stage-documentation" label="Documentation version" value={extras.documentation.clone()}
                options={listed("None", versions)} error={at("documentationVersion")}
                onchange={edit(|extras, version| extras.documentation = version)}
            />
            <CodeField
                id="new-stage-variables" label="Stage variables" value={extras.variables.clone()} rows=3 hint="name=value, one a line."
                error={at("variables")} oninput={edit(|extras, text| extras.variables = text)}
            />
            <TextField
                id="new-stage-tags" label="Tags" value={extras.tags.clone()} hint="key=value, separated by commas." error={at("tags")}
                oninput={edit(|extras, text| extras.tags = text)}
            />
        </details>
    }
}

/// The props of [`CreateStageDialog`].
#[derive(Debug, PartialEq, Properties)]
pub(crate) struct CreateStageDialogProps {
    /// The deployment that is chosen at first; else the one of the selected stage, else the newest.
    pub(crate) deployment: Option<String>,
}

/// Draws the dialog "Create stage".
#[component]
pub(crate) fn CreateStageDialog(props: &CreateStageDialogProps) -> Html {
    let store = use_store();
    let api = use_selector(|state| state.api().map(|api| api.id.to_string()));
    let all: Vec<Rc<Deployment>> = use_selector(|state| {
        state.api().map(|api| api.deployments_newest_first().into_iter().cloned().collect()).unwrap_or_default()
    });
    let name = use_state(String::new);
    let description = use_state(String::new);
    let extras = use_state(Extras::default);
    let selected = use_selector(deployment_of_selected);
    let asked = props.deployment.clone().or(selected);
    let deployment = use_state(|| asked.or_else(|| all.first().map(|d| d.id.to_string())).unwrap_or_default());
    let error = use_state(|| None::<FieldError>);
    let onsubmit = {
        let (store, name, description) = (store.clone(), name.clone(), description.clone());
        let (deployment, error, extras) = (deployment.clone(), error.clone(), extras.clone());
        Callback::from(move |e: SubmitEvent| {
            e.prevent_default();
            if name.is_empty() {
                error.set(Some(FieldError::new("stageName", "Enter a stage name.")));
                focus_soon("stage-name");
                return;
            }
            let plain = CreateStage {
                description: Some((*description).clone()).filter(|text| !text.is_empty()),
                ..CreateStage::new(api.clone().unwrap_or_default(), (*name).clone(), (*deployment).clone())
            };
            if let Err(refused) = extras.added_to(plain).and_then(|command| store.execute(command)) {
                let refused = FieldError::from(&refused);
                focus_soon(if MEMBERS.contains(&refused.field.as_str()) { "stage-extras" } else { "stage-name" });
                error.set(Some(refused));
                return;
            }
            store.close();
            store.show(Place::Stage((*name).clone(), StageTab::Urls));
            store.done(format!("Successfully created stage {}.", *name));
            focus_soon("stage-title");
        })
    };
    let onname = {
        let (name, error) = (name.clone(), error.clone());
        Callback::from(move |text: String| {
            let wrong = !text.is_empty() && StageName::parse(&text).is_none();
            error.set(wrong.then(|| FieldError::from(&ApiError::StageName { name: text.clone() })));
            name.set(text);
        })
    };
    let (made, limit) =
        use_selector(|state| (state.api().map_or(0, |api| api.stages.len()), state.present().limits.stages_per_api));
    let options = all.iter().map(|d| (d.id.to_string().into(), option_text(d))).collect::<Vec<_>>();
    let cancel = Callback::from(move |_: MouseEvent| store.close());
    let chosen = deployment.clone();
    let described = description.clone();
    html! {
        <Modal title="Create stage">
            <form class="body" {onsubmit} novalidate=true>
                <TextField
                    id="stage-name" label="Stage name" value={(*name).clone()} mono=true autofocus=true placeholder="prod"
                    hint={format!("{NAME_HINT} {made} of {limit} stages are made.")}
                    error={FieldError::at(error.as_ref(), "stageName")} oninput={onname}
                />
                <TextField
                    id="stage-description" label="Description - optional" value={(*description).clone()}
                    oninput={Callback::from(move |text| described.set(text))}
                />
                <SelectField
                    id="stage-deployment" label="Deployment" value={(*deployment).clone()} {options}
                    hint="Two stages may point at the same deployment: that is a promotion."
                    error={FieldError::at(error.as_ref(), "deploymentId")}
                    onchange={Callback::from(move |id| chosen.set(id))}
                />
                <ExtraFields extras={(*extras).clone()} error={(*error).clone()} onchange={Callback::from(move |next| extras.set(next))} />
                { FieldError::view(FieldError::elsewhere(error.as_ref(), &[&MEMBERS[..], &["stageName", "deploymentId"]].concat()).as_ref(), "stage-error") }
                <div class="foot">
                    <Button label="Cancel" onclick={cancel} />
                    <Button label="Create stage" look={Look::Primary} submit=true />
                </div>
            </form>
        </Modal>
    }
}

/// Returns the deployment of the stage that is selected: creating a stage beside it is a promotion, as a rule.
fn deployment_of_selected(state: &State) -> Option<String> {
    let Place::Stage(stage, _) = state.place() else { return None };
    Some(state.api()?.stages.get(stage.as_str())?.deployment_id.to_string())
}
