//! Documentation versions: all parts at one moment, and which stage names which.

use super::{
    super::super::{
        items::{ItemHead, Uses},
        link::{PlaceLink, time_view},
        resources::{Add, AddField, EditText, Part, Save, send},
    },
    DocumentationProps, VERSION, about, stages_with,
};
use crate::ui::markup::html;
use crate::ui::panels::words::{count, given, option};
use crate::{
    control_plane::{
        ApiError, PatchOperation,
        documentation_versions::{CreateDocumentationVersion, UpdateDocumentationVersion},
        stages::UpdateStage,
    },
    entities::{DocumentationVersion, RestApi, Stage},
    ui::{
        Page, Place, Same, focus_soon,
        parts::{EditButton, When},
        use_store,
    },
};
use std::rc::Rc;
use yew::{Callback, Html, MouseEvent, Properties, component};

/// Draws the versions, and the form that publishes one more.
#[component]
pub(super) fn Versions(props: &DocumentationProps) -> Html {
    let store = use_store();
    let api = &props.api;
    let row = |version: &Rc<DocumentationVersion>| {
        let stages = api.stages.values().filter(|stage| stage.documentation_version.as_ref() == Some(&version.version));
        let place = Place::Page(Page::Documentation, Some(format!("{VERSION}{}", version.version)));
        html! {
            <li key={version.version.to_string()}>
                <PlaceLink {place} class="name"><span>{ version.version.to_string() }</span></PlaceLink>
                { for stages.map(|stage| html! { <span class="chip">{ stage.name.to_string() }</span> }) }
                <span class="muted">{ count(version.parts.len(), "part") }</span>
            </li>
        }
    };
    let add = {
        let rest_api_id = api.id.to_string();
        Callback::from(move |values: Vec<String>| -> Result<(), ApiError> {
            let [version, stage, description] = &values[..] else { return Ok(()) };
            store.execute(CreateDocumentationVersion {
                rest_api_id: rest_api_id.clone(),
                documentation_version: version.trim().to_owned(),
                stage_name: given(stage),
                description: given(description),
            })?;
            store.done(format!("Published documentation version {}.", version.trim()));
            Ok(())
        })
    };
    let stages = api.stages.keys().map(|name| option(name.to_string(), name.to_string()));
    let fields = vec![
        AddField::text("documentationVersion", "Version", "1.0"),
        AddField::choice_of("stageName", "Stage", [option("", "No stage")].into_iter().chain(stages)),
        AddField::text("description", "Description - optional", ""),
    ];
    let versions = &api.documentation.versions;
    html! {
        <Part id="versions-title" title="Versions" hint="A version freezes all parts as they are now. It acts at once, without a deployment.">
            if !versions.is_empty() { <ul class="entries">{ for versions.values().map(row) }</ul> }
            <Add id={format!("{}-publish", api.id)} label="Publish documentation" {fields} {add} />
        </Part>
    }
}

#[derive(Debug, PartialEq, Properties)]
pub(super) struct VersionDetailsProps {
    pub(super) api: Same<RestApi>,
    pub(super) version: Rc<DocumentationVersion>,
}

/// Draws one version.
#[component]
pub(super) fn VersionDetails(props: &VersionDetailsProps) -> Html {
    let store = use_store();
    let (api, version) = (&props.api, &props.version);
    let name = version.version.to_string();
    let save: Save = {
        let (store, rest_api_id, documentation_version) = (store.clone(), api.id.to_string(), name.clone());
        Callback::from(move |text: String| {
            let patch_operations = vec![PatchOperation::replace("/description", text.trim())];
            let (rest_api_id, documentation_version) = (rest_api_id.clone(), documentation_version.clone());
            send(&store, UpdateDocumentationVersion { rest_api_id, documentation_version, patch_operations }.into())
        })
    };
    let others = api.stages.values().filter(|stage| stage.documentation_version.as_ref() != Some(&version.version));
    let publish = |stage: &Rc<Stage>| {
        let (store, stage_name) = (store.clone(), stage.name.to_string());
        let (rest_api_id, version) = (api.id.to_string(), name.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            let patch_operations = vec![PatchOperation::replace("/documentationVersion", version.as_str())];
            let (rest_api_id, stage_name) = (rest_api_id.clone(), stage_name.clone());
            if store.attempt(UpdateStage { rest_api_id, stage_name, patch_operations }).is_some() {
                focus_soon("uses-title");
            }
        });
        html! { <EditButton label={format!("Publish to {}", stage.name)} small=true {onclick} /> }
    };
    html! {
        <>
            <ItemHead
                page={Page::Documentation} item={format!("{VERSION}{name}")} title={format!("Version {name}")} all="All documentation"
                delete="Delete version"
            />
            <dl class="facts">
                <dt>{ "Created" }</dt><dd>{ time_view(version.created) }</dd>
                <dt>{ "Holds" }</dt><dd>{ count(version.parts.len(), "part") }</dd>
            </dl>
            <Part id="version-title" title="Version details">
                <EditText
                    id={format!("{}-version-{name}", api.id)} label="Description" when={When::Now} {save}
                    value={version.description.clone().unwrap_or_default()}
                />
            </Part>
            <Uses uses={stages_with(api, &name)} none="No stage names it." />
            <p class="actions lead">{ for others.map(publish) }</p>
            if !version.parts.is_empty() {
                <Part id="frozen-title" title="What it holds">
                    <ul class="entries">
                        { for version.parts.values().map(|part| html! {
                            <li key={part.id.to_string()}>
                                <span class="name mono">{ about(&part.location) }</span>
                                <span class="chip">{ part.location.kind.as_str() }</span>
                            </li>
                        }) }
                    </ul>
                </Part>
            }
        </>
    }
}
