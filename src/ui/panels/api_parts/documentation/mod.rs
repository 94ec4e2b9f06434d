//! "Documentation": parts, each about one thing of the API, and versions, which freeze all parts for stages to name.

mod open;
mod parts;
mod versions;

pub(in crate::ui::panels) use parts::CreatePart;

use super::{
    super::items::{Delete, Import, Item, Items, Use, Wanted, use_focus_on},
    ItemProps, ScreenProps, use_api,
};
use crate::ui::markup::html;
use crate::ui::panels::words::option;
use crate::{
    control_plane::{
        Command, documentation_import::ImportDocumentationParts, documentation_parts::DeleteDocumentationPart,
        documentation_versions::DeleteDocumentationVersion,
    },
    entities::{DocumentationLocation, DocumentationPart, RestApi},
    ui::{NextFrame, Page, Place, Same, StageTab, use_selector},
};
use open::{OpenDetails, Undocumented};
use parts::PartDetails;
use std::rc::Rc;
use versions::{VersionDetails, Versions};
use yew::{AttrValue, Callback, Html, Properties, component};

/// The beginning of the place of a version; that of a part is its id.
const VERSION: &str = "version:";

/// The props of whatever is about an API's documentation.
#[derive(Debug, PartialEq, Properties)]
struct DocumentationProps {
    api: Same<RestApi>,
}

/// Returns what a location is about, in words: `GET /users 200`, `Model User`.
pub(in crate::ui::panels) fn about(location: &DocumentationLocation) -> String {
    let kind = location.kind;
    let mut words: Vec<&str> = Vec::new();
    if kind.has_method() {
        words.push(location.method.as_deref().unwrap_or("*"));
    }
    if kind.has_path() {
        words.push(location.path.as_deref().unwrap_or("/"));
    }
    if kind.has_status() {
        words.push(location.status_code.as_deref().unwrap_or("*"));
    }
    words.extend(location.name.as_deref());
    if words.is_empty() { "The API".to_owned() } else { words.join(" ") }
}

/// Draws a location, member by member.
fn facts(location: &DocumentationLocation) -> Html {
    let members = [
        ("Path", &location.path),
        ("Method", &location.method),
        ("Status code", &location.status_code),
        ("Name", &location.name),
    ];
    let fact = |(name, value): (&'static str, &Option<String>)| {
        let value = value.clone()?;
        Some(html! { <><dt>{ name }</dt><dd class="mono">{ value }</dd></> })
    };
    html! {
        <>
            <dt>{ "Type" }</dt><dd class="mono">{ location.kind.as_str() }</dd>
            { for members.into_iter().filter_map(fact) }
        </>
    }
}

/// Returns the row of a part.
fn row(part: &Rc<DocumentationPart>) -> Item {
    Item {
        item: part.id.to_string(),
        title: about(&part.location).into(),
        chips: vec![part.location.kind.as_str().into()],
        foot: first_words(&part.properties).into(),
    }
}

/// Returns what a part says first: its description or summary, when it has one.
fn first_words(properties: &str) -> String {
    let parsed: serde_json::Value = serde_json::from_str(properties).unwrap_or_default();
    let text = ["summary", "description"].iter().find_map(|member| parsed.get(member)?.as_str());
    text.map_or_else(|| properties.chars().take(120).collect(), str::to_owned)
}

/// Draws the screen.
#[component]
pub(in crate::ui::panels) fn Documentation(props: &ScreenProps) -> Html {
    use_focus_on(props.item.clone());
    let limit = use_selector(|state| state.present().limits.documentation_parts_per_api);
    let Some(api) = use_api() else { return Html::default() };
    let documentation = &api.documentation;
    let item = props.item.as_deref().unwrap_or_default();
    if let Some(part) = documentation.parts.get(item) {
        return html! { <PartDetails key={part.id.to_string()} api={api.clone()} part={part.clone()} /> };
    }
    if let Some(version) = item.strip_prefix(VERSION).and_then(|name| documentation.versions.get(name)) {
        return html! { <VersionDetails key={version.version.to_string()} api={api.clone()} version={version.clone()} /> };
    }
    if let Some(location) = open::named(item) {
        // It may have got its part meanwhile.
        let part = documentation.parts.values().find(|part| part.location.whole() == location.whole());
        return match part {
            Some(part) => html! { <PartDetails key={part.id.to_string()} api={api.clone()} part={part.clone()} /> },
            None => html! { <OpenDetails key={item.to_owned()} api={api.clone()} {location} /> },
        };
    }
    let modes = vec![option("merge", "Merge into what is there"), option("overwrite", "Overwrite all parts")];
    let command = {
        let rest_api_id = api.id.to_string();
        Callback::from(move |Wanted { body, mode, strict }: Wanted| -> Command {
            let (rest_api_id, mode, fail_on_warnings) = (rest_api_id.clone(), Some(mode), Some(strict));
            ImportDocumentationParts { rest_api_id, mode, fail_on_warnings, body }.into()
        })
    };
    html! {
        <>
            <Items
                page={Page::Documentation} label="Documentation parts" create="Create documentation part" {limit}
                rows={documentation.parts.values().map(row).collect::<Vec<_>>()}
                hint="What developers should know of the API, a part for each thing of it. Parts are not deployed: a version freezes \
                      them, and stages name a version."
                empty="Nothing is documented yet. Create a part for the API itself to begin with."
            />
            <Import
                id="documentation" title="Import documentation" thing="part" file="OpenAPI document" accept=".json,application/json"
                text="Document (JSON)" hint="Its x-amazon-apigateway-documentation holds the parts. It acts at once."
                {modes} {command}
            />
            <Versions api={api.clone()} />
            <NextFrame><Undocumented api={api.clone()} /></NextFrame>
        </>
    }
}

/// Returns the stages that name a version.
fn stages_with(api: &RestApi, version: &str) -> Vec<Use> {
    let named = api.stages.values().filter(|stage| stage.documentation_version.as_deref() == Some(version));
    named
        .map(|stage| Use {
            text: format!("Stage {}", stage.name).into(),
            how: AttrValue::default(),
            place: Place::Stage(stage.name.to_string(), StageTab::default()),
        })
        .collect()
}

/// Draws the question before a part or a version goes.
#[component]
pub(in crate::ui::panels) fn DeleteDocumentation(props: &ItemProps) -> Html {
    let Some(api) = use_api() else { return Html::default() };
    let rest_api_id = api.id.to_string();
    if let Some(version) = props.item.strip_prefix(VERSION) {
        let documentation_version = version.to_owned();
        let command: Command = DeleteDocumentationVersion { rest_api_id, documentation_version }.into();
        return html! {
            <Delete
                page={Page::Documentation} title={format!("Delete documentation version {version}?")} {command}
                label="Delete version" uses={stages_with(&api, version)} done={format!("Deleted documentation version {version}.")}
                text="No stage names it. The parts themselves stay as they are."
            />
        };
    }
    let Some(part) = api.documentation.parts.get(props.item.as_str()) else { return Html::default() };
    let command: Command = DeleteDocumentationPart { rest_api_id, documentation_part_id: props.item.clone() }.into();
    let about = about(&part.location);
    html! {
        <Delete
            page={Page::Documentation} title="Delete documentation part?" label="Delete part" {command}
            text={format!("What it says about {about} goes; versions keep it.")} done={format!("Deleted the documentation of {about}.")}
        />
    }
}
