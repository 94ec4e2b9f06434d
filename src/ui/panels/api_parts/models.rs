//! "Models": JSON schemas with names, which methods give to the bodies that they expect and send.

use super::{
    super::{
        account::copyable,
        items::{Delete, Form, Item, ItemHead, Items, Use, Uses, methods_where, text_field, use_focus_on},
        resources::{EditJson, EditText, Part, Save, send},
    },
    ItemProps, ScreenProps, use_api,
};
use crate::ui::markup::html;
use crate::ui::panels::words::given;
use crate::{
    control_plane::{
        ApiError, Command, PatchOperation,
        models::{CreateModel as Create, DeleteModel, GetModelTemplate, UpdateModel},
    },
    entities::{Method, Model, RestApi},
    ui::{
        MethodTab, Page, Place, Same, focus_soon,
        parts::{Button, CopyButton, When},
        use_store,
    },
};
use std::rc::Rc;
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, component, use_state};

/// The first text of a schema.
const SCHEMA: &str = "{\n  \"$schema\": \"http://json-schema.org/draft-04/schema#\",\n  \"type\": \"object\",\n  \"properties\": {\n    \"id\": { \"type\": \"string\" }\n  },\n  \"required\": [\"id\"]\n}";

/// Draws the screen.
#[component]
pub(in crate::ui::panels) fn Models(props: &ScreenProps) -> Html {
    use_focus_on(props.item.clone());
    let Some(api) = use_api() else { return Html::default() };
    let models = api.config.models();
    if let Some(model) = props.item.as_deref().and_then(|name| models.get(name)) {
        return html! { <Details key={model.name.to_string()} api={api.clone()} model={model.clone()} /> };
    }
    let row = |model: &Rc<Model>| Item {
        item: model.name.to_string(),
        title: model.name.to_string().into(),
        chips: Vec::new(),
        foot: match &model.description {
            Some(text) => format!("{} · {text}", model.content_type).into(),
            None => model.content_type.clone().into(),
        },
    };
    html! {
        <Items
            page={Page::Models} label="Models" create="Create model" rows={models.values().map(row).collect::<Vec<_>>()}
            hint="A model describes a body as a JSON schema (draft 4). A request validator holds requests against it; templates can be \
                  made from it."
            empty="This API has no models. Create one to describe a body."
        />
    }
}

/// Returns what names a model: methods, and other models.
fn uses(api: &RestApi, name: &str) -> Vec<Use> {
    let how = |method: &Method| {
        let mut out = Vec::new();
        if method.request_models.values().any(|model| model == name) {
            out.push(("request", MethodTab::Method));
        }
        if method.responses.values().any(|response| response.response_models.values().any(|model| model == name)) {
            out.push(("response", MethodTab::Responses));
        }
        out
    };
    let mut out = methods_where(&api.config, how);
    let reference = format!("{}\"", reference(api, name));
    let models = api.config.models();
    let refer = models.values().filter(|model| &*model.name != name && model.schema.contains(&reference));
    out.extend(refer.map(|model| Use {
        text: model.name.to_string().into(),
        how: "model".into(),
        place: Place::Page(Page::Models, Some(model.name.to_string())),
    }));
    out
}

/// Returns how a schema refers to a model of its API.
fn reference(api: &RestApi, name: &str) -> String {
    format!("https://apigateway.amazonaws.com/restapis/{}/models/{name}", api.id)
}

#[derive(Debug, PartialEq, Properties)]
struct DetailsProps {
    api: Same<RestApi>,
    model: Rc<Model>,
}

/// Draws one model.
#[component]
fn Details(props: &DetailsProps) -> Html {
    let store = use_store();
    let (api, model) = (&props.api, &props.model);
    let name = model.name.to_string();
    let replace = |path: &'static str| -> Save {
        let (store, rest_api_id, model_name) = (store.clone(), api.id.to_string(), name.clone());
        Callback::from(move |text: String| {
            let patch = PatchOperation::replace(path, text);
            let (rest_api_id, model_name) = (rest_api_id.clone(), model_name.clone());
            send(&store, UpdateModel { rest_api_id, model_name, patch_operations: vec![patch] }.into())
        })
    };
    let id = |field: &str| format!("{}-model-{name}-{field}", api.id);
    let example = reference(api, "Name");
    html! {
        <>
            <ItemHead page={Page::Models} item={name.clone()} title={name.clone()} all="All models" delete="Delete model" />
            <dl class="facts">
                { copyable("Model ID", &model.id) }
                <dt>{ "Content type" }</dt><dd class="mono">{ &model.content_type }</dd>
            </dl>
            <Part id="model-title" title="Model schema">
                <EditText
                    id={id("description")} label="Description" value={model.description.clone().unwrap_or_default()}
                    save={replace("/description")}
                />
                <EditJson
                    id={id("schema")} label="Schema (JSON)" value={model.schema.clone()} save={replace("/schema")}
                    hint={format!("Another model of this API is referred to as {{\"$ref\": \"{example}\"}}.")}
                />
            </Part>
            <Template key={model.schema.clone()} api={api.id.to_string()} name={name.clone()} />
            <Uses uses={uses(api, &name)} none="No method and no other model names it." />
        </>
    }
}

#[derive(Debug, PartialEq, Properties)]
struct TemplateProps {
    api: String,
    name: String,
}

/// Draws a mapping template that is made from the model, on demand.
#[component]
fn Template(props: &TemplateProps) -> Html {
    let store = use_store();
    let made = use_state(|| None::<String>);
    let generate = {
        let (store, made) = (store, made.clone());
        let (rest_api_id, model_name) = (props.api.clone(), props.name.clone());
        Callback::from(move |_: MouseEvent| {
            let (rest_api_id, model_name) = (rest_api_id.clone(), model_name.clone());
            let answer = store.attempt(GetModelTemplate { rest_api_id, model_name });
            if let Some(text) = answer.as_ref().and_then(|answer| answer.text("value")) {
                made.set(Some(text.to_owned()));
                focus_soon("template-text");
            }
        })
    };
    html! {
        <Part id="template-title" title="Mapping template" hint="A template that makes what this model describes; copy it to an integration.">
            if let Some(text) = &*made {
                <pre id="template-text" class="code" tabindex="0" aria-label="Generated template">{ text }</pre>
                <p class="actions"><CopyButton text={text.clone()} label="Copy template" done="Template copied" /></p>
            } else {
                <Button label="Generate template" small=true onclick={generate} />
            }
        </Part>
    }
}

/// "Create model".
#[component]
pub(in crate::ui::panels) fn CreateModel() -> Html {
    let store = use_store();
    let Some(api) = use_api() else { return Html::default() };
    let onsubmit = {
        let rest_api_id = api.id.to_string();
        Callback::from(move |values: Vec<String>| -> Result<(), ApiError> {
            let [name, content_type, description, schema] = &values[..] else { return Ok(()) };
            let name = name.trim().to_owned();
            store.execute(Create {
                rest_api_id: rest_api_id.clone(),
                name: name.clone(),
                description: given(description),
                schema: given(schema),
                content_type: content_type.trim().to_owned(),
            })?;
            store.close();
            store.done(format!("Successfully created model {name}."));
            store.go_to(Place::Page(Page::Models, Some(name)));
            Ok(())
        })
    };
    let kinds: [AttrValue; 3] = ["application/json".into(), "application/xml".into(), "text/plain".into()];
    let fields = vec![
        text_field("name", "Name").example("User").hint("Letters and digits. It cannot change later."),
        text_field("contentType", "Content type").initial("application/json").suggestions(kinds),
        text_field("description", "Description - optional"),
        text_field("schema", "Model schema").json().initial(SCHEMA),
    ];
    html! { <Form id="create-model" title="Create model" label="Create" {fields} when={When::NextDeployment} {onsubmit} /> }
}

/// Draws the question before a model goes.
#[component]
pub(in crate::ui::panels) fn DeleteModelDialog(props: &ItemProps) -> Html {
    let Some(api) = use_api() else { return Html::default() };
    let name = props.item.clone();
    let command: Command = DeleteModel { rest_api_id: api.id.to_string(), model_name: name.clone() }.into();
    html! {
        <Delete
            page={Page::Models} title={format!("Delete model {name}?")} label="Delete model" {command}
            text="Nothing names it. Stages answer as before until the next deployment." uses={uses(&api, &name)}
            done={format!("Deleted model {name}.")}
        />
    }
}
