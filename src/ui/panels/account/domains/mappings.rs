//! The API mappings of a custom domain name: base path → API → stage, and the URLs that come of it.

use super::{
    super::{
        super::{
            request,
            resources::{Add, AddField, EditChoice, EditText, Part, Save, send},
        },
        kit::{ApiLink, Choice, api_stages, replace},
    },
    details::DomainProps,
};
use crate::ui::markup::html;
use crate::{
    control_plane::{
        ApiError, PatchOperation,
        base_path_mappings::{CreateBasePathMapping, DeleteBasePathMapping, UpdateBasePathMapping},
    },
    data_plane::urls::{PROTOCOL, invoke_urls},
    entities::{BasePathMapping, DomainName, EndpointType, HttpMethod, Workspace},
    ui::{
        Same, State, focus_soon,
        parts::{Button, CopyButton, EditButton, Look, UrlText, When},
        use_selector, use_store,
    },
};
use std::rc::Rc;
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, component, use_state};

/// Returns where mappings may lead: private domain names to private APIs, and public ones to public ones.
fn targets(state: &State, private: bool) -> Vec<Choice> {
    let ws = state.present();
    let fits = |(value, _): &Choice| {
        let api = value.split(':').next().and_then(|id| ws.api(id));
        api.is_some_and(|api| (api.config.settings.endpoint.endpoint_type == EndpointType::Private) == private)
    };
    api_stages(ws, true).into_iter().filter(fits).collect()
}

/// Returns what a mapping leads to, as a choice has it.
fn target_of(mapping: &BasePathMapping) -> String {
    format!("{}:{}", mapping.rest_api_id, mapping.stage.as_deref().unwrap_or_default())
}

fn split(target: &str) -> (&str, Option<&str>) {
    let (api, stage) = target.split_once(':').unwrap_or((target, ""));
    (api, Some(stage).filter(|stage| !stage.is_empty()))
}

/// Draws the mappings, and the form for one more.
#[component]
pub(super) fn Mappings(props: &DomainProps) -> Html {
    let store = use_store();
    let domain = props.domain.clone();
    let private = domain.is_private();
    let targets = use_selector(move |state| targets(state, private));
    let add = {
        let domain = domain.clone();
        Callback::from(move |values: Vec<String>| {
            let [path, target] = <[String; 2]>::try_from(values).unwrap_or_default();
            let (api, stage) = split(&target);
            if api.is_empty() {
                return Err(ApiError::invalid("restApiId", "There is no API to map to yet."));
            }
            let command = CreateBasePathMapping {
                domain_name: domain.name.to_string(),
                domain_name_id: domain.id.as_ref().map(ToString::to_string),
                base_path: Some(path.trim().trim_start_matches('/').to_owned()).filter(|path| !path.is_empty()),
                rest_api_id: api.to_owned(),
                stage: stage.map(str::to_owned),
            };
            send(&store, command.into())
        })
    };
    let fields = vec![
        AddField::text("basePath", "Path - optional", "v1").hint(
            "One segment of up to 300 letters, digits and $-_.+!*'(). Empty takes what no other mapping does: AWS calls it (none).",
        ),
        AddField::choice_of("restApiId", "API and stage", targets.clone()),
    ];
    let hint =
        format!("The first segment of a URL at {} decides which API and stage answer. It acts at once.", domain.name);
    let row = |mapping: &Rc<BasePathMapping>| {
        html! { <Row key={mapping.base_path.to_string()} domain={domain.clone()} mapping={mapping.clone()} targets={targets.clone()} /> }
    };
    html! {
        <Part id="mappings-title" title="API mappings" {hint}>
            if domain.mappings.is_empty() {
                <p class="note">{ format!("Nothing is mapped: every URL at {} answers 403 Forbidden.", domain.name) }</p>
            } else {
                <ul class="url-list">{ for domain.mappings.values().map(row) }</ul>
            }
            if targets.is_empty() {
                <p class="part-hint">{ if private { "A private domain name takes private APIs; there is none." } else { "There is no API to map to." } }</p>
            } else {
                <Add id={format!("{}-mapping", domain.key())} label="Add API mapping" {fields} {add} />
            }
        </Part>
    }
}

#[derive(Debug, PartialEq, Properties)]
struct RowProps {
    domain: Same<DomainName>,
    mapping: Rc<BasePathMapping>,
    targets: Vec<Choice>,
}

/// The facts about where a mapping leads.
#[derive(Clone, PartialEq)]
struct Aim {
    api: Option<String>,
    /// Whether its stage is there.
    found: bool,
    /// The deployment that answers.
    number: Option<u32>,
    /// A call to try: its verb, and what follows the mapping in its URL.
    call: Option<(&'static str, String)>,
}

fn aim(ws: &Workspace, mapping: &BasePathMapping) -> Aim {
    let api = ws.api(&mapping.rest_api_id);
    let named = mapping.stage.as_deref();
    let stage = api.and_then(|api| match named {
        Some(stage) => api.stages.get(stage),
        None => api.stages.values().next(),
    });
    let urls = api.zip(stage).map(|(api, stage)| invoke_urls(ws, api, stage)).unwrap_or_default();
    let best = urls.iter().find(|url| url.method == HttpMethod::Get).or(urls.first());
    let call = best.zip(stage).and_then(|(url, stage)| {
        let filled = url.filled(|_| Some("u1".into()));
        let path = filled.strip_prefix([PROTOCOL, &url.host, "/", &url.stage].concat().as_str())?;
        let verb = if url.method == HttpMethod::Any { "GET" } else { url.method.as_str() };
        let before = if named.is_some() { String::new() } else { format!("/{}", stage.name) };
        Some((verb, before + path))
    });
    Aim {
        api: api.map(|api| api.config.settings.name.clone()),
        found: named.is_none() || stage.is_some(),
        number: api
            .zip(stage.filter(|_| named.is_some()))
            .and_then(|(api, stage)| Some(api.deployment_of(stage)?.number)),
        call,
    }
}

/// Draws a mapping: its URL, a call, and its fields when they are asked for.
#[component]
fn Row(props: &RowProps) -> Html {
    let store = use_store();
    let edited = use_state(|| false);
    let (domain, mapping) = (&props.domain, &props.mapping);
    let aim = {
        let mapping = mapping.clone();
        use_selector(move |state| aim(state.present(), &mapping))
    };
    let segment = mapping.segment().to_owned();
    let shown = format!("/{segment}");
    let below = if segment.is_empty() { String::new() } else { shown.clone() };
    let base = format!("{PROTOCOL}{}{below}", domain.name);
    // Who leaves the stage to the caller has it in the URL.
    let (stage, path) = match (&mapping.stage, segment.is_empty()) {
        (None, true) => ("{stage}".to_owned(), String::new()),
        (None, false) => (segment.clone(), "/{stage}".to_owned()),
        _ => (segment.clone(), String::new()),
    };
    let remove = {
        let (store, domain, mapping, shown) = (store.clone(), domain.clone(), mapping.clone(), shown.clone());
        Callback::from(move |_: MouseEvent| {
            let command = DeleteBasePathMapping {
                domain_name: domain.name.to_string(),
                domain_name_id: domain.id.as_ref().map(ToString::to_string),
                base_path: mapping.base_path.to_string(),
            };
            if store.attempt(command).is_some() {
                store.done(format!("Removed the API mapping {shown}. Undo brings it back."));
                focus_soon("mappings-title");
            }
        })
    };
    let call = aim.call.clone().map(|(verb, rest)| {
        let (store, url) = (store.clone(), format!("{base}{rest}").replace("*.", "www."));
        let onclick = Callback::from(move |_: MouseEvent| request::call(&store, verb, &url));
        html! { <Button label="Call" icon="send" small=true title={format!("Send {verb} {rest} in the request pane")} {onclick} /> }
    });
    let onedit = {
        let edited = edited.clone();
        Callback::from(move |_: MouseEvent| edited.set(!*edited))
    };
    let stage_text = mapping.stage.as_deref().unwrap_or("the caller names the stage").to_owned();
    let url_text = if mapping.stage.is_some() { base.clone() } else { format!("{base}/{{stage}}") };
    html! {
        <li class="url-group">
            <p class="row-head">
                <code>{ if segment.is_empty() { "(none)".to_owned() } else { shown.clone() } }</code>{ " → " }
                <ApiLink
                    api={mapping.rest_api_id.to_string()} stage={mapping.stage.as_ref().filter(|_| aim.found).map(ToString::to_string)}
                    text={format!("{} → {stage_text}", aim.api.clone().unwrap_or_else(|| mapping.rest_api_id.to_string()))}
                />
            </p>
            <div class="with-button">
                <UrlText host={domain.name.to_string()} {stage} {path} number={aim.number} />
                <CopyButton text={url_text} label={format!("Copy URL of {shown}")} done="URL copied" icon_only=true />
            </div>
            if !aim.found { <p class="note">{ format!("{stage_text} is gone: this mapping answers 403 until there is a stage of that name.") }</p> }
            <div class="actions">
                { call }
                <Button label={if *edited { "Done" } else { "Edit" }} icon="edit" small=true title={format!("Edit API mapping {shown}")} onclick={onedit} />
                <EditButton label={format!("Remove API mapping {shown}")} icon="trash" icon_only=true small=true look={Look::Ghost} onclick={remove} />
            </div>
            if *edited { <Fields domain={domain.clone()} mapping={mapping.clone()} targets={props.targets.clone()} /> }
        </li>
    }
}

#[component]
fn Fields(props: &RowProps) -> Html {
    let store = use_store();
    let (domain, mapping) = (&props.domain, &props.mapping);
    let save = |patches: fn(&str) -> Vec<PatchOperation>| -> Save {
        let (store, domain, mapping) = (store.clone(), domain.clone(), mapping.clone());
        Callback::from(move |text: String| {
            let command = UpdateBasePathMapping {
                domain_name: domain.name.to_string(),
                domain_name_id: domain.id.as_ref().map(ToString::to_string),
                base_path: mapping.base_path.to_string(),
                patch_operations: patches(text.trim()),
            };
            // The row of another path is another one.
            send(&store, command.into()).map(|()| focus_soon("mappings-title"))
        })
    };
    let target = target_of(mapping);
    let mut options = props.targets.clone();
    // A stage that has gone stays named until another one is chosen.
    if options.iter().all(|(value, _)| *value != target) {
        options.insert(0, (target.clone().into(), AttrValue::from(target.clone())));
    }
    let id = format!("{}-{}", domain.key(), mapping.base_path);
    html! {
        <div>
            <EditText
                id={format!("{id}-path")} label="Path" value={mapping.segment().to_owned()} mono=true when={When::Now}
                hint="Empty: (none)." save={save(|text| replace("/basePath", text.trim_start_matches('/')))}
            />
            <EditChoice
                id={format!("{id}-target")} label="API and stage" value={target} {options} when={When::Now}
                save={save(|text| {
                    let (api, stage) = split(text);
                    vec![PatchOperation::replace("/restapiId", api), PatchOperation::replace("/stage", stage.unwrap_or_default())]
                })}
            />
        </div>
    }
}
