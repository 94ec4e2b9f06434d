//! The parts that the screens of the account have in common: tags, facts to copy, links into any API, and patches from
//! fields.

use super::super::{
    items::{FormField, text_field},
    resources::{Add, AddField, Mappings, Part, Save, send},
};
use crate::ui::markup::html;
use crate::{
    collections::SortedMap,
    control_plane::{
        ApiError, Command, PatchOperation,
        tags::{TagResource, UntagResource},
    },
    entities::{Place as AwsPlace, Workspace},
    ui::{
        Pane, Place, Route, StageTab, Store,
        parts::{CopyButton, When},
        use_selector, use_store,
    },
};
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, component};

/// A value and its text, for a choice.
pub(in crate::ui::panels) type Choice = (AttrValue, AttrValue);

/// Returns a choice of fixed texts.
pub(in crate::ui::panels) fn choices(options: &[(&'static str, &'static str)]) -> Vec<Choice> {
    options.iter().map(|(value, text)| ((*value).into(), (*text).into())).collect()
}

/// Sends what a field's text becomes.
pub(super) fn saving(store: &Store, command: impl Fn(&str) -> Command + 'static) -> Save {
    let store = store.clone();
    Callback::from(move |text: String| send(&store, command(text.trim())))
}

/// Returns one `replace`.
pub(super) fn replace(path: &'static str, value: &str) -> Vec<PatchOperation> {
    vec![PatchOperation::replace(path, value)]
}

/// Returns the ARN of something that belongs to the account or to an API: `path` begins with `/`.
pub(in crate::ui::panels) fn arn(place: &AwsPlace, path: &str) -> String {
    format!("arn:{}:apigateway:{}::{path}", place.region.partition().as_str(), place.region)
}

/// Draws a term and a text that can be copied.
pub(in crate::ui::panels) fn copyable(term: &'static str, text: &str) -> Html {
    let name = if term.contains("ID") || term.contains("ARN") { term.to_owned() } else { term.to_lowercase() };
    html! {
        <>
            <dt>{ term }</dt>
            <dd class="mono with-copy">
                <span>{ text }</span>
                <CopyButton text={text.to_owned()} label={format!("Copy {name}")} done={format!("{term} copied")} icon_only=true />
            </dd>
        </>
    }
}

/// Returns the field "Tags" of a form.
pub(super) fn tags_field() -> FormField {
    text_field("tags", "Tags - optional")
        .example("team=web, env=prod")
        .hint("key=value, separated by commas; up to 50.")
}

/// Returns what stands in [`tags_field`].
pub(in crate::ui::panels) fn parse_tags(text: &str) -> Result<Option<SortedMap<String, String>>, ApiError> {
    let mut tags = SortedMap::new();
    for entry in text.split(',').map(str::trim).filter(|entry| !entry.is_empty()) {
        let (key, value) = entry.split_once('=').unwrap_or((entry, ""));
        if tags.insert(key.trim().to_owned(), value.trim().to_owned()).is_some() {
            return Err(ApiError::invalid("tags", format!("The key {} stands there twice.", key.trim())));
        }
    }
    Ok(Some(tags).filter(|tags| !tags.is_empty()))
}

/// The props of [`Tags`].
#[derive(Debug, PartialEq, Properties)]
pub(in crate::ui::panels) struct TagsProps {
    /// The owner of the tags.
    pub arn: String,
    /// The tags.
    pub tags: SortedMap<String, String>,
}

/// Draws the tags of something.
#[component]
pub(in crate::ui::panels) fn Tags(props: &TagsProps) -> Html {
    html! {
        <Part id="tags-title" title="Tags" hint="Names that bills and policies go by; they change no answer.">
            <TagList arn={props.arn.clone()} tags={props.tags.clone()} home="tags-title" />
        </Part>
    }
}

/// The props of [`TagList`].
#[derive(Debug, PartialEq, Properties)]
pub(in crate::ui::panels) struct TagListProps {
    /// The owner of the tags.
    pub arn: String,
    /// The tags.
    pub tags: SortedMap<String, String>,
    /// The id of the element that takes the focus when one goes.
    pub home: &'static str,
}

/// Tags without a heading of their own.
#[component]
pub(in crate::ui::panels) fn TagList(props: &TagListProps) -> Html {
    let store = use_store();
    let limit = use_selector(|state| state.present().limits.tags);
    let set = {
        let (store, resource_arn) = (store.clone(), props.arn.clone());
        move |key: String, value: String| {
            send(&store, TagResource { resource_arn: resource_arn.clone(), tags: [(key, value)].into() }.into())
        }
    };
    let save = Callback::from({
        let set = set.clone();
        move |(key, value): (String, String)| set(key, value)
    });
    let remove = {
        let (store, resource_arn) = (store.clone(), props.arn.clone());
        Callback::from(move |key: String| {
            send(&store, UntagResource { resource_arn: resource_arn.clone(), tag_keys: vec![key] }.into())
        })
    };
    let add = {
        let known = props.tags.clone();
        Callback::from(move |values: Vec<String>| {
            let [key, value] = <[String; 2]>::try_from(values).unwrap_or_default();
            let key = key.trim().to_owned();
            if known.contains_key(&key) {
                return Err(ApiError::invalid("key", format!("{key} is there already: change its value above.")));
            }
            set(key, value.trim().to_owned())
        })
    };
    let fields = vec![AddField::text("key", "Key", "team"), AddField::text("value", "Value", "web")];
    html! {
        <>
            <Mappings
                id={format!("{}-tag", props.arn)} entries={props.tags.clone()} cut="" home={props.home} when={When::Now} {save} {remove}
            />
            <Add id={format!("{}-new-tag", props.arn)} label="Add tag" {fields} {add} />
            <p class="field-hint">{ format!("{} of {limit}. A key has up to 128 characters, a value up to 256.", props.tags.len()) }</p>
        </>
    }
}

/// The props of [`ApiLink`].
#[derive(Debug, PartialEq, Properties)]
pub(super) struct ApiLinkProps {
    /// The API, which need not be the one that is shown.
    pub api: String,
    /// Its stage; none leads to the API.
    pub stage: Option<String>,
    /// The words on it.
    pub text: AttrValue,
}

/// Draws a way into an API.
#[component]
pub(super) fn ApiLink(props: &ApiLinkProps) -> Html {
    let store = use_store();
    let place = props.stage.clone().map_or(Place::Resources, |stage| Place::Stage(stage, StageTab::default()));
    let route = Route::to(props.api.clone(), place);
    let href = route.to_string();
    let onclick = Callback::from(move |e: MouseEvent| {
        if !(e.ctrl_key() || e.meta_key() || e.shift_key()) {
            e.prevent_default();
            store.show_pane(Pane::Edit);
            store.go(route.clone());
        }
    });
    html! { <a {href} {onclick} class="name">{ &props.text }</a> }
}

/// Returns all stages of all APIs as a choice: `api:stage`, as usage plans write it. Where a stage may be left open,
/// `api:` stands for that.
pub(super) fn api_stages(ws: &Workspace, open: bool) -> Vec<Choice> {
    let mut out = Vec::new();
    for api in ws.rest_apis.values() {
        let name = &api.config.settings.name;
        let entry = |stage: &str, text: String| (AttrValue::from(format!("{}:{stage}", api.id)), AttrValue::from(text));
        out.extend(api.stages.keys().map(|stage| entry(stage, format!("{name} → {stage}"))));
        if open {
            out.push(entry("", format!("{name} → the caller names the stage")));
        }
    }
    out
}
