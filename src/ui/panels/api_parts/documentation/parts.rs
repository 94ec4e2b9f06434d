//! A documentation part: what it is about, and what it says.

use super::{
    super::{
        super::{
            account::copyable,
            items::{Form, ItemHead, text_field},
            resources::{EditJson, Part, Save, send},
        },
        use_api,
    },
    about, facts,
};
use crate::ui::markup::html;
use crate::ui::panels::words::{given, option};
use crate::{
    control_plane::{
        ApiError, PatchOperation,
        documentation_parts::{CreateDocumentationPart, LocationInput, UpdateDocumentationPart},
    },
    entities::{DocumentationPart, DocumentationPartType, HttpMethod, RestApi},
    ui::{Page, Place, Same, parts::When, use_store},
};
use std::rc::Rc;
use yew::{AttrValue, Callback, Html, Properties, component};

/// Returns the types whose location has a member.
fn with(has: fn(DocumentationPartType) -> bool) -> Vec<&'static str> {
    DocumentationPartType::ALL.iter().filter(|kind| has(**kind)).map(|kind| kind.as_str()).collect()
}

#[derive(Debug, PartialEq, Properties)]
pub(super) struct PartDetailsProps {
    pub(super) api: Same<RestApi>,
    pub(super) part: Rc<DocumentationPart>,
}

/// Draws one part.
#[component]
pub(super) fn PartDetails(props: &PartDetailsProps) -> Html {
    let store = use_store();
    let (api, part) = (&props.api, &props.part);
    let save: Save = {
        let (rest_api_id, documentation_part_id) = (api.id.to_string(), part.id.to_string());
        Callback::from(move |text: String| {
            let patch_operations = vec![PatchOperation::replace("/properties", text)];
            let (rest_api_id, documentation_part_id) = (rest_api_id.clone(), documentation_part_id.clone());
            send(&store, UpdateDocumentationPart { rest_api_id, documentation_part_id, patch_operations }.into())
        })
    };
    let location = &part.location;
    html! {
        <>
            <ItemHead
                page={Page::Documentation} item={part.id.to_string()} title={about(location)} all="All documentation"
                delete="Delete documentation part"
            />
            <dl class="facts">
                { copyable("Part ID", &part.id) }
                { facts(location) }
            </dl>
            <Part id="properties-title" title="Properties">
                <EditJson
                    id={format!("{}-properties", part.id)} label="Properties (JSON)" value={part.properties.clone()} when={When::Now} {save}
                    hint="An object: summary, description, tags and whatever else tools should find."
                />
            </Part>
        </>
    }
}

/// "Create documentation part".
#[component]
pub(in crate::ui::panels) fn CreatePart() -> Html {
    let store = use_store();
    let Some(api) = use_api() else { return Html::default() };
    let onsubmit = {
        let rest_api_id = api.id.to_string();
        Callback::from(move |values: Vec<String>| -> Result<(), ApiError> {
            let [kind, path, method, status, name, properties] = &values[..] else { return Ok(()) };
            let location = LocationInput {
                location_type: kind.clone(),
                path: given(path),
                method: given(method),
                status_code: given(status),
                name: given(name),
            };
            let (rest_api_id, properties) = (rest_api_id.clone(), properties.clone());
            let made = store.execute(CreateDocumentationPart { rest_api_id, location, properties })?;
            store.close();
            store.done("Successfully created the documentation part.");
            store.go_to(Place::Page(Page::Documentation, made.text("id").map(str::to_owned)));
            Ok(())
        })
    };
    let kinds = DocumentationPartType::ALL.iter().map(|kind| option(kind.as_str(), kind.as_str())).collect();
    let paths: Vec<AttrValue> =
        api.config.tree().into_iter().map(|(_, resource)| api.config.path_of(&resource.id).into()).collect();
    let mut verbs = vec![option("", "Any")];
    verbs.extend(HttpMethod::ALL.iter().map(|verb| option(verb.as_str(), verb.as_str())));
    let fields = vec![
        text_field("type", "Type").choice(kinds),
        text_field("path", "Path")
            .example("/")
            .suggestions(paths)
            .hint("Empty: the root, and all below it.")
            .only("type", &with(DocumentationPartType::has_path)),
        text_field("method", "Method").choice(verbs).only("type", &with(DocumentationPartType::has_method)),
        text_field("statusCode", "Status code")
            .example("200")
            .hint("Empty: any.")
            .only("type", &with(DocumentationPartType::has_status)),
        text_field("name", "Name").only("type", &with(DocumentationPartType::has_name)),
        text_field("properties", "Properties (JSON)").json().initial("{\n  \"description\": \"\"\n}"),
    ];
    html! {
        <Form
            id="create-part" title="Create documentation part" label="Create" {fields} when={When::Now} {onsubmit}
            lead="It joins the parts; callers see it when a version with it is published."
        />
    }
}
