//! API keys: what identifies callers. Which stages a key opens is for its usage plans.

use super::{
    super::{
        items::{Delete, Entries, Form, Import, Item, ItemHead, Items, Wanted, text_field, use_focus_on},
        link::{PlaceLink, time_view},
        resources::{Add, AddField, EditChoice, EditText, Part, send},
    },
    kit::{Tags, api_stages, arn, choices, copyable, parse_tags, replace, saving, tags_field},
};
use crate::ui::markup::html;
use crate::ui::panels::words::given;
use crate::{
    control_plane::{
        ApiError, Command, PatchOperation,
        api_key_import::ImportApiKeys,
        api_keys::{CreateApiKey, DeleteApiKey, StageKeyInput, UpdateApiKey},
        usage_plan_keys::{CreateUsagePlanKey, DeleteUsagePlanKey},
    },
    entities::{ApiKey, UsagePlan},
    ui::{
        Page, Place, Same, Store, focus_soon,
        parts::{Button, CopyButton, EditButton, Look, When},
        use_selector, use_store,
    },
};
use web_sys::HtmlInputElement;
use yew::{AttrValue, Callback, Html, InputEvent, MouseEvent, Properties, TargetCast, component, use_state};

/// The props of [`Keys`].
#[derive(Debug, PartialEq, Properties)]
pub(in crate::ui::panels) struct KeysProps {
    /// The one that is selected.
    pub item: Option<String>,
}

/// Draws all of them, or one.
#[component]
pub(in crate::ui::panels) fn Keys(props: &KeysProps) -> Html {
    use_focus_on(props.item.clone());
    match props.item.clone() {
        Some(id) => html! { <Details key={id.clone()} id={id.clone()} /> },
        None => html! { <List /> },
    }
}

/// Returns what a key is called.
pub(in crate::ui::panels) fn name_of(key: &ApiKey) -> String {
    key.name.clone().filter(|name| !name.is_empty()).unwrap_or_else(|| key.id.to_string())
}

#[component]
fn List() -> Html {
    let account = use_selector(|state| Same::from(&state.present().account));
    let limit = use_selector(|state| state.present().limits.api_keys);
    let search = use_state(String::new);
    let wanted = search.trim().to_lowercase();
    let holds = |key: &ApiKey| {
        let texts = [key.name.as_deref(), Some(&*key.id), key.description.as_deref(), key.customer_id.as_deref()];
        texts.into_iter().flatten().any(|text| text.to_lowercase().contains(&wanted))
    };
    let row = |key: &ApiKey| {
        let plans = account.usage_plans.values().filter(|plan| plan.keys.contains_key(&*key.id));
        let plans: Vec<&str> = plans.map(|plan| plan.name.as_str()).collect();
        Item {
            item: key.id.to_string(),
            title: name_of(key).into(),
            chips: if key.enabled { Vec::new() } else { vec!["disabled".into()] },
            foot: if plans.is_empty() { "In no usage plan: it opens nothing".into() } else { plans.join(", ").into() },
        }
    };
    let rows: Vec<Item> = account.api_keys.values().filter(|key| holds(key)).map(|key| row(key)).collect();
    let oninput = {
        let search = search.clone();
        Callback::from(move |e: InputEvent| search.set(e.target_unchecked_into::<HtmlInputElement>().value()))
    };
    let empty = if account.api_keys.is_empty() {
        "No API key yet. Callers send one in the header x-api-key; a usage plan says what it opens."
    } else {
        "No API key is found by that."
    };
    html! {
        <>
            if !account.api_keys.is_empty() {
                <div class="field-row">
                    <input
                        class="input" type="search" placeholder="Search by name, ID, description or customer" aria-label="Search API keys"
                        value={(*search).clone()} {oninput}
                    />
                </div>
            }
            <Items
                page={Page::ApiKeys} label="API keys" {rows} create="Create API key" {empty}
                hint={format!("They identify callers, and act at once. At most {limit}.")}
            />
            <Import
                id="key" title="Import API keys" thing="API key" file="CSV file" accept=".csv,text/csv" text="Rows"
                hint={format!("The first line names the columns: {COLUMNS}. Name and Key must be there; a key that exists is overwritten.")}
                command={Callback::from(import)}
            />
        </>
    }
}

/// The columns that a file of keys can have.
const COLUMNS: &str = "Name,Key,Description,Enabled,UsagePlanIds";

fn import(Wanted { body, strict, .. }: Wanted) -> Command {
    ImportApiKeys { body, format: "csv".into(), fail_on_warnings: Some(strict) }.into()
}

fn create(store: &Store, values: Vec<String>) -> Result<(), ApiError> {
    let Ok([name, description, mode, value, enabled, customer, stage, tags]) = <[String; 8]>::try_from(values) else {
        return Ok(());
    };
    let value = given(&value);
    if mode == "custom" && value.is_none() {
        return Err(ApiError::invalid("value", "Enter a value of 20 to 128 characters, or let it be generated."));
    }
    let made = store.execute(CreateApiKey {
        name: given(&name),
        description: given(&description),
        enabled: Some(enabled == "true"),
        generate_distinct_id: Some(true),
        value,
        stage_keys: stage.split_once(':').map(stage_key).map(|key| vec![key]),
        customer_id: given(&customer),
        tags: parse_tags(&tags)?,
    })?;
    store.close();
    let id = made.text("id").unwrap_or_default();
    store.go_to(Place::Page(Page::ApiKeys, Some(id.to_owned())));
    // A key needs no name; then its id stands for it, as in the list.
    let called = Some(name.trim()).filter(|name| !name.is_empty()).unwrap_or(id);
    store.done(format!("Successfully created API key {called}."));
    Ok(())
}

/// The effect of naming stages.
const STAGES: &str = "From before usage plans. AWS still keeps them, but only usage plans say what a key opens.";

/// Returns a stage as a key names it.
fn stage_key((api, stage): (&str, &str)) -> StageKeyInput {
    StageKeyInput { rest_api_id: Some(api.to_owned()), stage_name: Some(stage.to_owned()) }
}

/// Draws the dialog "Create API key".
#[component]
pub(super) fn CreateKey() -> Html {
    let store = use_store();
    let stages = use_selector(|state| api_stages(state.present(), false));
    let no_stage = choices(&[("", "None")]).into_iter();
    let onsubmit = Callback::from(move |values: Vec<String>| create(&store, values));
    let fields = vec![
        text_field("name", "Name - optional").example("partner-a").hint("Up to 1024 characters."),
        text_field("description", "Description - optional"),
        text_field("generateDistinctId", "API key").choice(choices(&[("auto", "Auto generate"), ("custom", "Custom")])),
        text_field("value", "Value")
            .hint("20 to 128 characters; it cannot be changed later.")
            .only("generateDistinctId", &["custom"]),
        text_field("enabled", "Status").choice(choices(&[("true", "Active"), ("false", "Inactive")])),
        text_field("customerId", "AWS Marketplace customer ID - optional"),
        text_field("stageKeys", "Stage (deprecated) - optional").choice(no_stage.chain(stages).collect()).hint(STAGES),
        tags_field(),
    ];
    html! { <Form id="new-key" title="Create API key" label="Create API key" when={When::Now} {fields} {onsubmit} /> }
}

/// The props of what is about one key.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct KeyProps {
    /// Its id.
    pub id: String,
}

#[yew::hook]
fn use_key(id: &str) -> Option<Same<ApiKey>> {
    let id = id.to_owned();
    use_selector(move |state| state.present().account.api_keys.get(id.as_str()).map(Same::from))
}

fn update(id: &str, path: &'static str, text: &str) -> Command {
    UpdateApiKey { api_key: id.to_owned(), patch_operations: replace(path, text) }.into()
}

#[component]
fn Details(props: &KeyProps) -> Html {
    let store = use_store();
    let place = use_selector(|state| state.present().place.clone());
    let id = props.id.clone();
    let Some(key) = use_key(&id) else {
        return html! {
            <>
                <ItemHead page={Page::ApiKeys} item={id.clone()} title="Not found" all="All API keys" />
                <p class="muted">{ format!("There is no API key {id}. It may have been deleted or undone.") }</p>
            </>
        };
    };
    let set = |path: &'static str| {
        let id = id.clone();
        saving(&store, move |text| update(&id, path, text))
    };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    html! {
        <div class="settings">
            <ItemHead page={Page::ApiKeys} item={id.clone()} title={name_of(&key)} all="All API keys" delete="Delete API key" />
            <dl class="facts">
                { copyable("API key ID", &id) }
                <Value value={key.value.to_string()} />
                <dt>{ "Created" }</dt><dd>{ time_view(key.created) }</dd>
                <dt>{ "Last updated" }</dt><dd>{ time_view(key.last_updated) }</dd>
            </dl>
            <EditChoice
                id={format!("{id}-status")} label="Status" value={key.enabled.to_string()} when={When::Now} save={set("/enabled")}
                options={choices(&[("true", "Active"), ("false", "Inactive")])} hint="Callers with an inactive key get 403 Forbidden."
            />
            <EditText id={format!("{id}-name")} label="Name" value={text(&key.name)} when={When::Now} save={set("/name")} />
            <EditText id={format!("{id}-description")} label="Description" value={text(&key.description)} when={When::Now} save={set("/description")} />
            <EditText
                id={format!("{id}-customer")} label="AWS Marketplace customer ID" value={text(&key.customer_id)} when={When::Now} save={set("/customerId")}
            />
            <Plans id={id.clone()} />
            <Stages id={id.clone()} />
            <Tags arn={arn(&place, &format!("/apikeys/{id}"))} tags={key.tags.clone()} />
        </div>
    }
}

#[derive(Debug, PartialEq, Properties)]
struct ValueProps {
    value: String,
}

/// Draws the value: hidden until it is asked for, and to copy in either case.
#[component]
fn Value(props: &ValueProps) -> Html {
    let shown = use_state(|| false);
    let onclick = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(!*shown))
    };
    html! {
        <>
            <dt>{ "API key" }</dt>
            <dd class="mono with-copy">
                if *shown { <span>{ &props.value }</span> } else { <span aria-label="hidden" role="img">{ "••••••••••••" }</span> }
                <Button label={if *shown { "Hide" } else { "Show" }} small=true look={Look::Ghost} {onclick} />
                <CopyButton text={props.value.clone()} label="Copy API key" done="API key copied" icon_only=true />
            </dd>
        </>
    }
}

/// Draws the usage plans that hold the key.
#[component]
fn Plans(props: &KeyProps) -> Html {
    let store = use_store();
    let account = use_selector(|state| Same::from(&state.present().account));
    let id = &props.id;
    let held = |plan: &&std::rc::Rc<UsagePlan>| plan.keys.contains_key(id.as_str());
    let others = account.usage_plans.values().filter(|plan| !held(plan));
    let others: Vec<(AttrValue, AttrValue)> =
        others.map(|plan| (plan.id.to_string().into(), plan.name.clone().into())).collect();
    let add = {
        let (store, id) = (store.clone(), id.clone());
        Callback::from(move |values: Vec<String>| {
            let usage_plan_id = values.into_iter().next().unwrap_or_default();
            send(&store, CreateUsagePlanKey { usage_plan_id, key_id: id.clone(), key_type: "API_KEY".into() }.into())
        })
    };
    let row = |plan: &std::rc::Rc<UsagePlan>| {
        let (store, id, plan_id, said) = (store.clone(), id.clone(), plan.id.to_string(), plan.name.clone());
        let remove = Callback::from(move |_: MouseEvent| {
            if store.attempt(DeleteUsagePlanKey { usage_plan_id: plan_id.clone(), key_id: id.clone() }).is_some() {
                store.done(format!("Removed the key from {said}. Undo brings it back."));
                focus_soon("plans-title");
            }
        });
        html! {
            <li key={plan.id.to_string()}>
                <PlaceLink place={Place::Page(Page::UsagePlans, Some(plan.id.to_string()))} class="name"><span>{ &plan.name }</span></PlaceLink>
                <EditButton label={format!("Remove from {}", plan.name)} icon="close" icon_only=true small=true look={Look::Ghost} onclick={remove} />
            </li>
        }
    };
    let none = account.usage_plans.values().all(|plan| !held(&plan));
    html! {
        <Part id="plans-title" title="Usage plans" hint={if none { "None: the key opens nothing where a method requires one." } else { "What the key opens, how fast and how often." }}>
            if !none { <ul class="entries">{ for account.usage_plans.values().filter(held).map(row) }</ul> }
            if others.is_empty() {
                if none { <PlaceLink place={Place::Page(Page::UsagePlans, None)}>{ "Create a usage plan" }</PlaceLink> }
            } else {
                <Add id={format!("{id}-plan")} label="Add to usage plan" fields={vec![AddField::choice_of("usagePlanId", "Usage plan", others)]} {add} />
            }
        </Part>
    }
}

/// Draws the stages that the key itself names, as before there were usage plans.
#[component]
fn Stages(props: &KeyProps) -> Html {
    let store = use_store();
    let all = use_selector(|state| api_stages(state.present(), false));
    let Some(key) = use_key(&props.id) else { return Html::default() };
    let change = |patch_of: fn(String) -> PatchOperation| {
        let (store, id) = (store.clone(), props.id.clone());
        Callback::from(move |stage: String| {
            let patch_operations = vec![patch_of(stage)];
            send(&store, UpdateApiKey { api_key: id.clone(), patch_operations }.into())
        })
    };
    let named = |stage: &AttrValue| stage.replacen(':', "/", 1);
    let others = all.into_iter().map(|(stage, text)| (AttrValue::from(named(&stage)), text));
    let others: Vec<_> = others.filter(|(stage, _)| !key.stage_keys.iter().any(|known| *known == **stage)).collect();
    if key.stage_keys.is_empty() && others.is_empty() {
        return Html::default();
    }
    html! {
        <Part id="key-stages-title" title="Stages (deprecated)" hint={STAGES}>
            <Entries
                id={format!("{}-stage", props.id)} entries={key.stage_keys.clone()} home="key-stages-title" label="Add stage" full={others.is_empty()}
                field={AddField::choice_of("stageKeys", "Stage", others)} add={change(|stage| PatchOperation::add("/stages", stage))}
                remove={change(|stage| PatchOperation { value: Some(stage), ..PatchOperation::remove("/stages") })}
            />
        </Part>
    }
}

/// Draws the question before a key goes.
#[component]
pub(super) fn DeleteKey(props: &KeyProps) -> Html {
    let account = use_selector(|state| Same::from(&state.present().account));
    let Some(key) = use_key(&props.id) else { return Html::default() };
    let plans = account.usage_plans.values().filter(|plan| plan.keys.contains_key(props.id.as_str()));
    let plans: Vec<&str> = plans.map(|plan| plan.name.as_str()).collect();
    let text = match &plans[..] {
        [] => "It is in no usage plan.".to_owned(),
        [one] => format!("The usage plan {one} loses it: callers who send it get 403 Forbidden."),
        many => format!("These usage plans lose it: {}. Callers who send it get 403 Forbidden.", many.join(", ")),
    };
    html! {
        <Delete
            page={Page::ApiKeys} title={format!("Delete {}?", name_of(&key))} {text} label="Delete API key"
            command={Command::from(DeleteApiKey { api_key: props.id.clone() })} done={format!("Deleted API key {}.", name_of(&key))}
        />
    }
}
