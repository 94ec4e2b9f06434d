//! "Request validators": what API Gateway checks of a request before it goes on.

use super::{
    super::{
        account::copyable,
        items::{Delete, Form, Item, ItemHead, Items, Use, Uses, methods_where, text_field, use_focus_on},
        resources::{Check, EditText, Part, Save, send},
    },
    ItemProps, ScreenProps, use_api,
};
use crate::ui::markup::html;
use crate::{
    control_plane::{
        ApiError, Command, PatchOperation,
        request_validators::{CreateRequestValidator, DeleteRequestValidator, UpdateRequestValidator},
    },
    entities::{RequestValidator, RestApi},
    ui::{MethodTab, Page, Place, Same, parts::When, use_selector, use_store},
};
use std::rc::Rc;
use yew::{Callback, Html, Properties, component};

/// The words at the switches.
const BODY: &str = "Validate body";
const PARAMETERS: &str = "Validate query string parameters and headers";

/// Returns the name of a validator, or its id when it has none.
pub(in crate::ui::panels) fn name(validator: &RequestValidator) -> String {
    validator.name.clone().unwrap_or_else(|| validator.id.to_string())
}

/// Returns what a validator checks, in the console's words.
pub(in crate::ui::panels) fn checks(body: bool, parameters: bool) -> &'static str {
    match (body, parameters) {
        (true, true) => "Validate body, query string parameters, and headers",
        (true, false) => BODY,
        (false, true) => PARAMETERS,
        (false, false) => "Validates nothing",
    }
}

/// Draws the screen.
#[component]
pub(in crate::ui::panels) fn Validators(props: &ScreenProps) -> Html {
    use_focus_on(props.item.clone());
    let limit = use_selector(|state| state.present().limits.request_validators_per_api);
    let Some(api) = use_api() else { return Html::default() };
    let validators = &api.config.parts.request_validators;
    if let Some(validator) = props.item.as_deref().and_then(|id| validators.get(id)) {
        return html! { <Details key={validator.id.to_string()} api={api.clone()} validator={validator.clone()} /> };
    }
    let row = |validator: &Rc<RequestValidator>| Item {
        item: validator.id.to_string(),
        title: name(validator).into(),
        chips: Vec::new(),
        foot: checks(validator.validate_request_body, validator.validate_request_parameters).into(),
    };
    html! {
        <Items
            page={Page::Validators} label="Request validators" create="Create request validator"
            rows={validators.values().map(row).collect::<Vec<_>>()} {limit}
            hint="A request that does not pass is answered 400 by API Gateway itself, and the integration is not called."
            empty="This API has no request validators. Create one here, or choose one at a method, which makes it."
        />
    }
}

fn uses(api: &RestApi, id: &str) -> Vec<Use> {
    methods_where(&api.config, |method| {
        let named = method.request_validator_id.as_ref().is_some_and(|named| named.as_str() == id);
        if named { vec![("", MethodTab::Method)] } else { Vec::new() }
    })
}

#[derive(Debug, PartialEq, Properties)]
struct DetailsProps {
    api: Same<RestApi>,
    validator: Rc<RequestValidator>,
}

/// Draws one validator.
#[component]
fn Details(props: &DetailsProps) -> Html {
    let store = use_store();
    let (api, validator) = (&props.api, &props.validator);
    let id = validator.id.to_string();
    let replace = |path: &'static str| -> Save {
        let (store, rest_api_id, request_validator_id) = (store.clone(), api.id.to_string(), id.clone());
        Callback::from(move |text: String| {
            let patch_operations = vec![PatchOperation::replace(path, text)];
            let (rest_api_id, request_validator_id) = (rest_api_id.clone(), request_validator_id.clone());
            send(&store, UpdateRequestValidator { rest_api_id, request_validator_id, patch_operations }.into())
        })
    };
    let switch = |path: &'static str| {
        let (store, save) = (store.clone(), replace(path));
        Callback::from(move |on: bool| {
            if let Err(error) = save.emit(on.to_string()) {
                store.refuse(&error);
            }
        })
    };
    let when = Some(When::NextDeployment);
    html! {
        <>
            <ItemHead
                page={Page::Validators} item={id.clone()} title={name(validator)} all="All request validators"
                delete="Delete request validator"
            />
            <dl class="facts">{ copyable("Validator ID", &id) }</dl>
            <Part id="validator-title" title="What it checks">
                <EditText
                    id={format!("{id}-validator-name")} label="Name" value={validator.name.clone().unwrap_or_default()} save={replace("/name")}
                />
                <Check
                    id={format!("{id}-validator-body")} label={BODY} checked={validator.validate_request_body} {when}
                    onchange={switch("/validateRequestBody")}
                />
                <Check
                    id={format!("{id}-validator-parameters")} label={PARAMETERS} checked={validator.validate_request_parameters} {when}
                    onchange={switch("/validateRequestParameters")}
                />
                <p class="field-hint">{ "A body is held against the method's model for its content type; of parameters, those that are required must be there." }</p>
            </Part>
            <Uses uses={uses(api, &id)} none="No method has it." />
        </>
    }
}

/// "Create request validator".
#[component]
pub(in crate::ui::panels) fn CreateValidator() -> Html {
    let store = use_store();
    let Some(api) = use_api() else { return Html::default() };
    let onsubmit = {
        let api = api.id.to_string();
        Callback::from(move |values: Vec<String>| -> Result<(), ApiError> {
            let [name, body, parameters] = &values[..] else { return Ok(()) };
            let made = store.execute(CreateRequestValidator {
                rest_api_id: api.clone(),
                name: Some(name.trim().to_owned()),
                validate_request_body: Some(body == "true"),
                validate_request_parameters: Some(parameters == "true"),
            })?;
            store.close();
            store.done(format!("Successfully created request validator {}.", name.trim()));
            store.go_to(Place::Page(Page::Validators, made.text("id").map(str::to_owned)));
            Ok(())
        })
    };
    let fields = vec![
        text_field("name", "Name").example("body-and-parameters"),
        text_field("validateRequestBody", BODY).check(),
        text_field("validateRequestParameters", PARAMETERS).check(),
    ];
    html! {
        <Form
            id="create-validator" title="Create request validator" label="Create" {fields} when={When::NextDeployment} {onsubmit}
        />
    }
}

/// Draws the question before a validator goes.
#[component]
pub(in crate::ui::panels) fn DeleteValidatorDialog(props: &ItemProps) -> Html {
    let Some(api) = use_api() else { return Html::default() };
    let id = props.item.clone();
    let name =
        api.config.parts.request_validators.get(id.as_str()).map(|validator| name(validator)).unwrap_or_default();
    let command: Command =
        DeleteRequestValidator { rest_api_id: api.id.to_string(), request_validator_id: id.clone() }.into();
    html! {
        <Delete
            page={Page::Validators} title={format!("Delete request validator {name}?")} label="Delete request validator"
            {command} uses={uses(&api, &id)} done={format!("Deleted request validator {name}.")}
            text="No method has it. Stages answer as before until the next deployment."
        />
    }
}
