//! The things of an API that have no documentation part yet, and the way to one for each thing.

use super::{
    super::super::{
        items::ItemHead,
        link::PlaceLink,
        resources::{Part, json_problem},
    },
    DocumentationProps, about, facts,
};
use crate::ui::markup::html;
use crate::ui::panels::words::option;
use crate::{
    control_plane::documentation_parts::{CreateDocumentationPart, LocationInput, undocumented},
    entities::{DocumentationLocation, DocumentationPartType, RestApi},
    ui::{
        Page, Place, Same, focus_soon,
        parts::{Button, CodeField, EditButton, FieldError, Look, SelectField, When, use_read_only},
        use_store,
    },
};
use yew::{Callback, Html, MouseEvent, Properties, SubmitEvent, component, use_memo, use_state};

/// The beginning of the place of a thing without a part.
const OPEN: &str = "undocumented:";
/// Things that are drawn at once, and how many more each time.
const AT_ONCE: usize = 30;
/// The first text of a part.
const EMPTY: &str = "{\n  \"description\": \"\"\n}";

/// Returns what a place names: the type, the method, the path and the status, of which none is empty or has a blank,
/// and the name.
fn item(location: &DocumentationLocation) -> String {
    let word = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    format!(
        "{OPEN}{} {} {} {} {}",
        location.kind.as_str(),
        word(&location.method),
        word(&location.path),
        word(&location.status_code),
        location.name.as_deref().unwrap_or_default(),
    )
}

/// Returns what a place names, when it names a thing without a part.
pub(super) fn named(item: &str) -> Option<DocumentationLocation> {
    let mut words = item.strip_prefix(OPEN)?.splitn(5, ' ');
    let kind = DocumentationPartType::parse(words.next()?)?;
    let mut word = || words.next().filter(|word| *word != "-" && !word.is_empty()).map(str::to_owned);
    let (method, path, status_code, name) = (word(), word(), word(), word());
    Some(DocumentationLocation { kind, path, method, status_code, name })
}

/// Draws the list of them.
#[component]
pub(super) fn Undocumented(props: &DocumentationProps) -> Html {
    let open = use_memo(props.api.clone(), |api| undocumented(api));
    let chosen = use_state(|| None::<DocumentationPartType>);
    let drawn = use_state(|| AT_ONCE);
    let kinds = DocumentationPartType::ALL.iter().filter_map(|kind| {
        let count = open.iter().filter(|location| location.kind == *kind).count();
        let listed = count > 0 || *chosen == Some(*kind);
        listed.then(|| option(kind.as_str(), format!("{} ({count})", kind.as_str())))
    });
    let options: Vec<_> = [option("", format!("All types ({})", open.len()))].into_iter().chain(kinds).collect();
    let onchange = {
        let (chosen, drawn) = (chosen.clone(), drawn.clone());
        Callback::from(move |kind: String| {
            chosen.set(DocumentationPartType::parse(&kind));
            drawn.set(AT_ONCE);
        })
    };
    let found: Vec<&DocumentationLocation> =
        open.iter().filter(|location| chosen.is_none_or(|kind| location.kind == kind)).collect();
    let more = found.len().saturating_sub(*drawn);
    let show_more = {
        let drawn = drawn.clone();
        Callback::from(move |_: MouseEvent| drawn.set(*drawn + AT_ONCE))
    };
    let row = |location: &&DocumentationLocation| {
        let item = item(location);
        html! {
            <li key={item.clone()}>
                <PlaceLink place={Place::Page(Page::Documentation, Some(item))} class="name mono"><span>{ about(location) }</span></PlaceLink>
                <span class="chip">{ location.kind.as_str() }</span>
            </li>
        }
    };
    let hint = match open.len() {
        0 => "Nothing: every thing of this API has a part of its own.",
        _ => "What has no part of its own yet. Choose one to write it.",
    };
    html! {
        <Part id="undocumented-title" title="Undocumented" {hint}>
            if !open.is_empty() {
                <SelectField
                    id="undocumented-type" label="Type" value={chosen.map_or("", DocumentationPartType::as_str)} {options} {onchange}
                />
                <ul class="entries">{ for found.iter().take(*drawn).map(row) }</ul>
                if more > 0 { <Button label={format!("Show more of {}", found.len())} small=true onclick={show_more} /> }
            }
        </Part>
    }
}

#[derive(Debug, PartialEq, Properties)]
pub(super) struct OpenProps {
    pub(super) api: Same<RestApi>,
    pub(super) location: DocumentationLocation,
}

/// Draws a thing without a part, and the form that gives it one.
#[component]
pub(super) fn OpenDetails(props: &OpenProps) -> Html {
    let store = use_store();
    let location = &props.location;
    let text = use_state(|| EMPTY.to_owned());
    let error = use_state(|| None::<FieldError>);
    let readonly = use_read_only().is_some();
    let onsubmit = {
        let (text, error, location) = (text.clone(), error.clone(), location.clone());
        let rest_api_id = props.api.id.to_string();
        Callback::from(move |e: SubmitEvent| {
            e.prevent_default();
            let made = create(&rest_api_id, &location, &text);
            match store.execute(made) {
                Ok(made) => {
                    store.done(format!("Documented {}.", about(&location)));
                    store.go_to(Place::Page(Page::Documentation, made.text("id").map(str::to_owned)));
                }
                Err(refused) => {
                    error.set(Some(FieldError::from(&refused)));
                    focus_soon("open-properties");
                }
            }
        })
    };
    let edit = {
        let (text, error) = (text.clone(), error.clone());
        Callback::from(move |next: String| {
            text.set(next);
            error.set(None);
        })
    };
    html! {
        <>
            <ItemHead page={Page::Documentation} item={item(location)} title={about(location)} all="All documentation" />
            <dl class="facts">{ facts(location) }</dl>
            <form {onsubmit} novalidate=true>
                <Part id="properties-title" title="Properties">
                    <CodeField
                        id="open-properties" label="Properties (JSON)" value={(*text).clone()} when={When::Now} rows=5 {readonly}
                        problem={json_problem(&text)} error={(*error).clone()} oninput={edit}
                        hint="An object: summary, description, tags and whatever else tools should find."
                    />
                    <EditButton label="Create documentation part" look={Look::Primary} submit=true />
                </Part>
            </form>
        </>
    }
}

fn create(rest_api_id: &str, location: &DocumentationLocation, properties: &str) -> CreateDocumentationPart {
    CreateDocumentationPart {
        rest_api_id: rest_api_id.to_owned(),
        location: LocationInput {
            location_type: location.kind.as_str().to_owned(),
            path: location.path.clone(),
            method: location.method.clone(),
            status_code: location.status_code.clone(),
            name: location.name.clone(),
        },
        properties: properties.to_owned(),
    }
}
