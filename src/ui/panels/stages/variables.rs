//! Stage variables: they belong to the stage, not to a deployment, so that a change acts at once.

use super::{StageFacts, details::FactsProps};
use crate::ui::markup::html;
use crate::{
    collections::SortedMap,
    control_plane::{ApiError, PatchOperation, escape, stages::UpdateStage},
    entities::{Stage, VariableName, VariableValue},
    ui::{
        Store, focus,
        parts::{EditButton, FieldError, Look, When, use_read_only},
        use_selector, use_store,
    },
};
use web_sys::HtmlInputElement;
use yew::{
    AttrValue, Callback, Event, Html, InputEvent, MouseEvent, Properties, SubmitEvent, TargetCast, component, use_state,
};

/// Draws the tab "Stage variables".
#[component]
pub(super) fn Variables(props: &FactsProps) -> Html {
    let limits = use_selector(|state| state.present().limits.clone());
    let stage = &props.facts.stage;
    let key = StageKey::of(&props.facts, Family::Own);
    html! {
        <div class="variables">
            <h3 class="visually-hidden">{ "Stage variables" }</h3>
            <p class="lead">
                { "Templates read them as " }<code>{ "$stageVariables.name" }</code>
                { ". They belong to the stage: a change acts at once, without a deployment, and a rollback does not bring \
                   old values back." }
            </p>
            if stage.variables.is_empty() {
                <p class="muted none">{ format!("{} has no stage variables.", stage.name) }</p>
            } else {
                { rows(&key, &stage.variables) }
            }
            <AddForm stage={key.clone()} />
            <p class="field-hint">
                { format!(
                    "{} of {} variables. A name has up to {} letters, digits and underscores; a value up to {} letters, \
                     digits and -._~:/?#&=,",
                    stage.variables.len(),
                    limits.variables_per_stage,
                    limits.variable_name_length,
                    limits.variable_value_length,
                ) }
            </p>
        </div>
    }
}

/// Draws the stage variables that are different for the canary, on its tab.
#[component]
pub(super) fn Overrides(props: &FactsProps) -> Html {
    let stage = &props.facts.stage;
    let Some(canary) = &stage.canary else { return Html::default() };
    let key = StageKey::of(&props.facts, Family::Overrides);
    html! {
        <div class="variables">
            <h3>{ "Canary stage variables" }</h3>
            <p class="lead">
                { "The canary sees the variables of the stage, and these in their place. Promoting it copies them to the stage." }
            </p>
            if canary.stage_variable_overrides.is_empty() {
                <p class="muted none">{ "The canary sees the same variables as the stage." }</p>
            } else {
                { rows(&key, &canary.stage_variable_overrides) }
            }
            <AddForm stage={key.clone()} />
        </div>
    }
}

fn rows(key: &StageKey, variables: &SortedMap<VariableName, VariableValue>) -> Html {
    let row = |(name, value): (&VariableName, &VariableValue)| {
        html! {
            <Row key={name.as_str()} stage={key.clone()} name={name.as_str().to_owned()} value={value.as_str().to_owned()} />
        }
    };
    html! { <ul class="variable-list">{ for variables.iter().map(row) }</ul> }
}

/// Which variables of a stage.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Family {
    /// Its own.
    Own,
    /// Those that are different for its canary.
    Overrides,
}

impl Family {
    /// Returns the start of the ids of fields.
    fn id(self) -> &'static str {
        match self {
            Self::Own => "variable",
            Self::Overrides => "override",
        }
    }

    fn path(self, name: &str) -> String {
        let family = match self {
            Self::Own => "/variables",
            Self::Overrides => "/canarySettings/stageVariableOverrides",
        };
        format!("{family}/{}", escape(name))
    }

    fn has(self, stage: &Stage, name: &str) -> bool {
        match self {
            Self::Own => stage.variables.contains_key(name),
            Self::Overrides => {
                stage.canary.as_ref().is_some_and(|canary| canary.stage_variable_overrides.contains_key(name))
            }
        }
    }
}

/// Which stage, and which of its variables.
#[derive(Clone, Debug, PartialEq)]
struct StageKey {
    api: String,
    stage: String,
    family: Family,
}

impl StageKey {
    fn of(facts: &StageFacts, family: Family) -> Self {
        Self { api: facts.api_id.clone(), stage: facts.stage.name.to_string(), family }
    }

    fn patch(&self, store: &Store, patch: PatchOperation) -> Result<(), ApiError> {
        let command = UpdateStage {
            rest_api_id: self.api.clone(),
            stage_name: self.stage.clone(),
            patch_operations: vec![patch],
        };
        store.execute(command).map(|_| ())
    }

    fn set(&self, store: &Store, name: &str, value: &str) -> Result<(), ApiError> {
        self.patch(store, PatchOperation::replace(self.family.path(name), value))
    }
}

#[derive(Debug, PartialEq, Properties)]
struct RowProps {
    stage: StageKey,
    name: String,
    value: String,
}

/// Draws a variable: its value can be changed in place.
#[component]
fn Row(props: &RowProps) -> Html {
    let store = use_store();
    // What was refused, over which value: it stays to be mended until the value is another.
    let refused = use_state(|| None::<(String, String, FieldError)>);
    let standing = refused.as_ref().filter(|(_, over, _)| *over == props.value);
    let (text, error) = match standing {
        Some((text, _, error)) => (text.clone(), Some(error.clone())),
        None => (props.value.clone(), None),
    };
    let readonly = use_read_only().is_some();
    let (stage, name) = (props.stage.clone(), props.name.clone());
    let onchange = {
        let (store, stage, name, over) = (store.clone(), stage.clone(), name.clone(), props.value.clone());
        Callback::from(move |e: Event| {
            let text = e.target_unchecked_into::<HtmlInputElement>().value();
            let taken = if text == over { Ok(()) } else { stage.set(&store, &name, &text) };
            refused.set(taken.err().map(|why| (text, over.clone(), FieldError::from(&why))));
        })
    };
    let remove = {
        let (store, stage, name) = (store.clone(), stage.clone(), name.clone());
        Callback::from(move |_: MouseEvent| {
            match stage.patch(&store, PatchOperation::remove(stage.family.path(&name))) {
                Ok(()) => focus(&format!("{}-name", stage.family.id())),
                Err(refused) => store.refuse(&refused),
            }
        })
    };
    let id = format!("{}-{name}", props.stage.family.id());
    let error_id = format!("{id}-error");
    html! {
        <li class={error.is_some().then_some("has-error")}>
            <label class="mono" for={id.clone()}>{ &name }</label>
            <input
                {id}
                class="input mono"
                value={text}
                {readonly}
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-invalid={error.is_some().then_some("true")}
                aria-describedby={error.is_some().then(|| error_id.clone())}
                {onchange}
            />
            <EditButton label={format!("Remove {name}")} icon="trash" icon_only=true look={Look::Ghost} onclick={remove} />
            { FieldError::view(error.as_ref(), &error_id) }
        </li>
    }
}

#[derive(Debug, PartialEq, Properties)]
struct AddFormProps {
    stage: StageKey,
}

/// Draws a new variable.
#[component]
fn AddForm(props: &AddFormProps) -> Html {
    let store = use_store();
    let (name, value) = (use_state(String::new), use_state(String::new));
    let error = use_state(|| None::<FieldError>);
    let onsubmit = {
        let (stage, name, value, error) = (props.stage.clone(), name.clone(), value.clone(), error.clone());
        Callback::from(move |e: SubmitEvent| {
            e.prevent_default();
            let problem = add(&store, &stage, &name, &value).err();
            let field = if FieldError::at(problem.as_ref(), "value").is_some() { "value" } else { "name" };
            if problem.is_none() {
                name.set(String::new());
                value.set(String::new());
            }
            error.set(problem);
            focus(&format!("{}-{field}", stage.family.id()));
        })
    };
    let id = props.stage.family.id();
    let heading = match props.stage.family {
        Family::Own => "Add a stage variable",
        Family::Overrides => "Override or add a variable for the canary",
    };
    let at = |field: &str| FieldError::at(error.as_ref(), field).is_some();
    html! {
        <form class="add-variable" {onsubmit} novalidate=true>
            <h3>{ heading }<span class="when">{ When::Now.text() }</span></h3>
            <AddInput {id} field="name" label="Name" text={(*name).clone()} wrong={at("name")} oninput={Callback::from(move |text| name.set(text))} />
            <AddInput {id} field="value" label="Value" text={(*value).clone()} wrong={at("value")} oninput={Callback::from(move |text| value.set(text))} />
            <EditButton label="Add" icon="plus" submit=true />
            { FieldError::view(error.as_ref(), &format!("{id}-error")) }
        </form>
    }
}

/// Adds a variable; the error names the field that it belongs to.
fn add(store: &Store, stage: &StageKey, name: &str, value: &str) -> Result<(), FieldError> {
    let taken = store.read(|state| {
        let api = state.present().api(&stage.api);
        api.and_then(|api| api.stages.get(stage.stage.as_str())).is_some_and(|s| stage.family.has(s, name))
    });
    if name.is_empty() {
        return Err(FieldError::new("name", "Enter a name."));
    }
    if taken {
        return Err(FieldError::new("name", format!("{name} is there already: change its value above.")));
    }
    let refused = match stage.set(store, name, value) {
        Ok(()) => return Ok(()),
        Err(refused) => refused,
    };
    let about_value = matches!(refused, ApiError::VariableValue { .. }) || refused.to_string().contains("value");
    Err(FieldError { field: if about_value { "value" } else { "name" }.into(), ..FieldError::from(&refused) })
}

#[derive(Debug, PartialEq, Properties)]
struct AddInputProps {
    /// The start of its id.
    id: &'static str,
    /// The end of its id.
    field: &'static str,
    label: AttrValue,
    text: String,
    wrong: bool,
    oninput: Callback<String>,
}

#[component]
fn AddInput(props: &AddInputProps) -> Html {
    let readonly = use_read_only().is_some();
    let oninput = props.oninput.reform(|e: InputEvent| e.target_unchecked_into::<HtmlInputElement>().value());
    let id = format!("{}-{}", props.id, props.field);
    html! {
        <div class={if props.wrong { "field-row has-error" } else { "field-row" }}>
            <div class="field-head"><label for={id.clone()}>{ &props.label }</label></div>
            <input
                {id}
                class="input mono"
                value={props.text.clone()}
                {readonly}
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-invalid={props.wrong.then_some("true")}
                aria-describedby={props.wrong.then(|| format!("{}-error", props.id))}
                {oninput}
            />
        </div>
    }
}
