//! The API keys of a usage plan.

use super::{
    super::{
        super::{
            link::PlaceLink,
            resources::{Add, AddField, Part, send},
        },
        keys::name_of,
    },
    PlanProps,
};
use crate::ui::markup::html;
use crate::{
    control_plane::usage_plan_keys::{CreateUsagePlanKey, DeleteUsagePlanKey},
    entities::ApiKey,
    ui::{
        Page, Place, Same, focus_soon,
        parts::{EditButton, Look},
        use_growing, use_selector, use_store,
    },
};
use yew::{AttrValue, Callback, Html, MouseEvent, component};

/// Rows that are drawn at once; the others follow.
const AT_ONCE: usize = 30;

/// Draws the keys, and the form for one more.
#[component]
pub(super) fn Keys(props: &PlanProps) -> Html {
    let store = use_store();
    let plan = props.plan.clone();
    let account = use_selector(|state| Same::from(&state.present().account));
    let held: Vec<&std::rc::Rc<ApiKey>> = plan.keys.keys().filter_map(|id| account.api_keys.get(&**id)).collect();
    let drawn = use_growing(AT_ONCE, held.len());
    let free: Vec<(AttrValue, AttrValue)> = account
        .api_keys
        .values()
        .filter(|key| !plan.keys.contains_key(&*key.id))
        .map(|key| (key.id.to_string().into(), name_of(key).into()))
        .collect();
    let add = {
        let (store, plan) = (store.clone(), plan.clone());
        Callback::from(move |values: Vec<String>| {
            let key_id = values.into_iter().next().unwrap_or_default();
            let usage_plan_id = plan.id.to_string();
            send(&store, CreateUsagePlanKey { usage_plan_id, key_id, key_type: "API_KEY".into() }.into())
        })
    };
    let row = |key: &&std::rc::Rc<ApiKey>| {
        let (store, plan_id, id) = (store.clone(), plan.id.to_string(), key.id.to_string());
        let name = name_of(key);
        let said = name.clone();
        let remove = Callback::from(move |_: MouseEvent| {
            if store.attempt(DeleteUsagePlanKey { usage_plan_id: plan_id.clone(), key_id: id.clone() }).is_some() {
                store.done(format!("Removed {said} from the usage plan. Undo brings it back."));
                focus_soon("plan-keys-title");
            }
        });
        html! {
            <li key={key.id.to_string()}>
                <PlaceLink place={Place::Page(Page::ApiKeys, Some(key.id.to_string()))} class="name"><span>{ &name }</span></PlaceLink>
                if !key.enabled { <span class="chip">{ "disabled" }</span> }
                <EditButton label={format!("Remove {name}")} icon="close" icon_only=true small=true look={Look::Ghost} onclick={remove} />
            </li>
        }
    };
    let hint =
        if held.is_empty() { "None yet: nobody can use this plan." } else { "A key can be in one plan for a stage." };
    html! {
        <Part id="plan-keys-title" title="Associated API keys" {hint}>
            if !held.is_empty() { <ul class="entries">{ for held.iter().take(drawn).map(row) }</ul> }
            if !free.is_empty() {
                <Add id={format!("{}-key", plan.id)} label="Add API key" fields={vec![AddField::choice_of("keyId", "API key", free)]} {add} />
            } else if held.is_empty() {
                <PlaceLink place={Place::Page(Page::ApiKeys, None)}>{ "Create an API key" }</PlaceLink>
            }
        </Part>
    }
}
