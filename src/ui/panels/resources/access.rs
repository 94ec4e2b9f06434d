//! Who may call a method, and what is checked of a request before it goes on: authorizers and validators, chosen by name.

use super::{
    add::{Add, AddField},
    fields::{EditChoice, Save},
    send::{MethodAt, send, send_all},
};
use crate::ui::markup::html;
use crate::ui::panels::words::option;
use crate::{
    control_plane::{ApiError, PatchOperation, request_validators::CreateRequestValidator},
    entities::{ApiParts, AuthorizationType, AuthorizerType, Method, RequestValidator},
    ui::{
        Page, Place, Same, Store, focus_soon,
        panels::{api_parts, link::PlaceLink},
        parts::{EditButton, Look},
        use_selector, use_store,
    },
};
use std::rc::Rc;
use yew::{Callback, Html, MouseEvent, Properties, component, hook};

/// The props of a field about a method.
#[derive(Debug, PartialEq, Properties)]
pub(crate) struct AccessProps {
    /// Which method.
    pub at: MethodAt,
    /// The method.
    pub method: Rc<Method>,
}

/// Returns what the method's API has beside its resources.
#[hook]
fn use_parts(api: &str) -> Option<Same<ApiParts>> {
    let api = api.to_owned();
    use_selector(move |state| state.present().api(&api).map(|api| Same::from(&api.config.parts)))
}

/// "Authorization": nobody, AWS IAM, or one of the API's authorizers.
#[component]
pub(crate) fn Authorization(props: &AccessProps) -> Html {
    let store = use_store();
    let (at, method) = (props.at.clone(), &props.method);
    let Some(parts) = use_parts(&at.api) else { return Html::default() };
    let mut options = vec![option("NONE", "None"), option("AWS_IAM", "AWS IAM")];
    options.extend(parts.authorizers.values().map(|authorizer| {
        let kind = match authorizer.kind {
            AuthorizerType::CognitoUserPools => "Cognito",
            _ => "Lambda",
        };
        option(authorizer.id.to_string(), format!("{} ({kind} authorizer)", authorizer.name))
    }));
    let value = match &method.authorizer_id {
        Some(id) => id.to_string(),
        None => method.authorization_type.as_str().to_owned(),
    };
    let save: Save = {
        let (at, parts) = (at.clone(), parts.clone());
        Callback::from(move |chosen: String| {
            let replace = |path: &str, text: &str| PatchOperation::replace(path, text);
            let patches = match parts.authorizers.get(chosen.as_str()) {
                Some(authorizer) => {
                    let kind = match authorizer.kind {
                        AuthorizerType::CognitoUserPools => AuthorizationType::CognitoUserPools,
                        _ => AuthorizationType::Custom,
                    };
                    vec![replace("/authorizationType", kind.as_str()), replace("/authorizerId", chosen.as_str())]
                }
                None => vec![replace("/authorizationType", chosen.as_str())],
            };
            send(&store, at.method(patches))
        })
    };
    let authorizer = method.authorizer_id.clone();
    html! {
        <>
            <EditChoice id={at.dom_id("authorization")} label="Authorization" {value} {options} {save} />
            <p class="part-hint">
                if let Some(id) = authorizer {
                    <PlaceLink place={Place::Page(Page::Authorizers, Some(id.to_string()))}>{ "Open this authorizer" }</PlaceLink>
                } else {
                    <PlaceLink place={Place::Page(Page::Authorizers, None)}>{ "Authorizers of this API" }</PlaceLink>
                }
            </p>
        </>
    }
}

/// "Authorization scopes": what an access token must hold; only a user pool looks at them.
#[component]
pub(crate) fn Scopes(props: &AccessProps) -> Html {
    let store = use_store();
    let (at, method) = (props.at.clone(), &props.method);
    if method.authorization_type != AuthorizationType::CognitoUserPools && method.authorization_scopes.is_empty() {
        return Html::default();
    }
    let title = at.dom_id("scopes");
    // Which of them goes is said by the value.
    let gone =
        |scope: &str| PatchOperation { op: "remove".into(), ..PatchOperation::add("/authorizationScopes", scope) };
    let row = |scope: &String| {
        let (store, at, title) = (store.clone(), at.clone(), title.clone());
        let request = at.method(vec![gone(scope)]);
        let remove = Callback::from(move |_: MouseEvent| {
            if store.attempt(request.clone()).is_some() {
                focus_soon(title.clone());
            }
        });
        html! {
            <li key={scope.clone()}><span class="name mono">{ scope }</span>
                <EditButton label={format!("Remove {scope}")} icon="close" icon_only=true small=true look={Look::Ghost} onclick={remove} />
            </li>
        }
    };
    let add = {
        let (store, at) = (store.clone(), at.clone());
        Callback::from(move |values: Vec<String>| {
            let scope = values.first().map(|scope| scope.trim()).unwrap_or_default();
            if scope.is_empty() {
                return Err(ApiError::invalid(
                    "authorizationScopes",
                    "Enter a scope, such as https://example.com/read.",
                ));
            }
            send(&store, at.method(vec![PatchOperation::add("/authorizationScopes", scope)]))
        })
    };
    let field = AddField::text("authorizationScopes", "Scope", "openid");
    html! {
        <>
            <h4 id={title.clone()} tabindex="-1">{ "Authorization scopes" }</h4>
            <p class="part-hint">{ "With scopes, callers need an access token that has one of them; without, an ID token." }</p>
            if !method.authorization_scopes.is_empty() {
                <ul class="entries">{ for method.authorization_scopes.iter().map(row) }</ul>
            }
            <Add id={at.dom_id("add-scope")} label="Add scope" fields={vec![field]} {add} />
        </>
    }
}

/// The validators that the console offers: what stands for each in the choice, and what it checks of body and
/// parameters.
const PRESETS: [(&str, bool, bool); 3] = [("+body", true, false), ("+parameters", false, true), ("+both", true, true)];

/// "Request validator": one of the API's, or one of the console's, which is made when it is chosen first.
#[component]
pub(crate) fn Validator(props: &AccessProps) -> Html {
    let store = use_store();
    let (at, method) = (props.at.clone(), &props.method);
    let Some(parts) = use_parts(&at.api) else { return Html::default() };
    let validators = &parts.request_validators;
    let mut options = vec![option("", "None")];
    options.extend(validators.values().map(|v| option(v.id.to_string(), api_parts::validator_name(v))));
    for (value, body, parameters) in PRESETS {
        let text = api_parts::validator_checks(body, parameters);
        let is_there = |v: &Rc<RequestValidator>| v.name.as_deref() == Some(text);
        if !validators.values().any(is_there) {
            options.push(option(value, format!("{text} (new)")));
        }
    }
    let chosen = method.request_validator_id.as_ref().and_then(|id| validators.get(id));
    let hint = match chosen {
        Some(v) => api_parts::validator_checks(v.validate_request_body, v.validate_request_parameters),
        None => "Nothing is checked: missing parameters and bodies of any form go on to the integration.",
    };
    let save: Save = {
        let at = at.clone();
        Callback::from(move |chosen: String| choose(&store, &at, &chosen))
    };
    html! {
        <EditChoice
            id={at.dom_id("validator")} label="Request validator" {options} {save} {hint}
            value={method.request_validator_id.as_ref().map(ToString::to_string).unwrap_or_default()}
        />
    }
}

/// Gives a method a validator; one of the console's is made in the same step.
fn choose(store: &Store, at: &MethodAt, chosen: &str) -> Result<(), ApiError> {
    let name = |id: &str| at.method(vec![PatchOperation::replace("/requestValidatorId", id)]);
    let Some((_, body, parameters)) = PRESETS.into_iter().find(|(value, ..)| *value == chosen) else {
        return send_all(store, vec![name(chosen)]);
    };
    store.transact(|transaction| {
        let made = transaction.execute(CreateRequestValidator {
            rest_api_id: at.api.clone(),
            name: Some(api_parts::validator_checks(body, parameters).to_owned()),
            validate_request_body: Some(body),
            validate_request_parameters: Some(parameters),
        })?;
        transaction.execute(name(made.text("id").unwrap_or_default()))?;
        Ok(())
    })
}
