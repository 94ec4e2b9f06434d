//! "Authorizers": Lambda functions and user pools that decide whether a caller may.

mod create;
mod test;

pub(in crate::ui::panels) use create::CreateAuthorizer;

use super::{
    super::{
        account::copyable,
        items::{Delete, Item, ItemHead, Items, Use, Uses, methods_where, use_focus_on},
        resources::{Add, AddField, EditChoice, EditText, Part, Save, Shown, lambda_uri, send},
    },
    ItemProps, ScreenProps, use_api,
};
use crate::ui::markup::html;
use crate::ui::panels::words::option;
use crate::{
    control_plane::{
        ApiError, Command, PatchOperation,
        authorizers::{DeleteAuthorizer, UpdateAuthorizer},
    },
    entities::{Authorizer, AuthorizerType, RestApi},
    ui::{
        MethodTab, Page, Same, focus_soon,
        parts::{EditButton, Look},
        use_selector, use_store,
    },
};
use std::rc::Rc;
use test::TestAuthorizer;
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, component};

/// Where the identity of a TOKEN authorizer stands, and as a rule that of a user pool.
const HEADER: &str = "method.request.header.";

/// The hint about the seconds that a decision is remembered.
const TTL_HINT: &str = "0 to 3600; 0: nothing is remembered. Empty: 300.";

/// The hint about Lambda functions.
const FUNCTION_HINT: &str =
    "A function's name or ARN. Here an API named function:NAME plays it: its POST / answers what the function would.";

/// Returns the kinds in the console's words.
fn kind_name(kind: AuthorizerType) -> &'static str {
    match kind {
        AuthorizerType::Token => "Lambda (token)",
        AuthorizerType::Request => "Lambda (request)",
        AuthorizerType::CognitoUserPools => "Cognito",
    }
}

/// Returns a header's name as an identity source; whole expressions stay as they are.
fn token_source(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.starts_with("method.request.") { text.to_owned() } else { format!("{HEADER}{text}") }
}

/// Draws the screen.
#[component]
pub(in crate::ui::panels) fn Authorizers(props: &ScreenProps) -> Html {
    use_focus_on(props.item.clone());
    let limit = use_selector(|state| state.present().limits.authorizers_per_api);
    let Some(api) = use_api() else { return Html::default() };
    let authorizers = &api.config.parts.authorizers;
    if let Some(authorizer) = props.item.as_deref().and_then(|id| authorizers.get(id)) {
        return html! { <Details key={authorizer.id.to_string()} api={api.clone()} authorizer={authorizer.clone()} /> };
    }
    let row = |authorizer: &Rc<Authorizer>| Item {
        item: authorizer.id.to_string(),
        title: authorizer.name.clone().into(),
        chips: vec![kind_name(authorizer.kind).into()],
        foot: authorizer.identity_source.clone().unwrap_or_default().into(),
    };
    html! {
        <Items
            page={Page::Authorizers} label="Authorizers" create="Create authorizer" {limit}
            rows={authorizers.values().map(row).collect::<Vec<_>>()}
            hint="An authorizer decides whether a caller may, before the integration is called. Methods name it."
            empty="This API has no authorizers: its methods are open, or ask for AWS IAM. Create one, then choose it at a method."
        />
    }
}

/// Returns the methods that name an authorizer.
fn uses(api: &RestApi, id: &str) -> Vec<Use> {
    methods_where(&api.config, |method| {
        let named = method.authorizer_id.as_ref().is_some_and(|named| named.as_str() == id);
        if named { vec![("", MethodTab::Method)] } else { Vec::new() }
    })
}

/// The props of whatever is about one authorizer.
#[derive(Debug, PartialEq, Properties)]
struct DetailsProps {
    api: Same<RestApi>,
    authorizer: Rc<Authorizer>,
}

/// Draws one authorizer.
#[component]
fn Details(props: &DetailsProps) -> Html {
    let (api, authorizer) = (&props.api, &props.authorizer);
    let id = authorizer.id.to_string();
    let cognito = authorizer.kind == AuthorizerType::CognitoUserPools;
    html! {
        <>
            <ItemHead
                page={Page::Authorizers} item={id.clone()} title={authorizer.name.clone()} all="All authorizers"
                delete="Delete authorizer"
            />
            <dl class="facts">{ copyable("Authorizer ID", &id) }</dl>
            <Settings api={api.clone()} authorizer={authorizer.clone()} />
            if cognito { <Pools api={api.clone()} authorizer={authorizer.clone()} /> }
            <TestAuthorizer key={format!("{id}-test")} api={api.id.to_string()} authorizer={authorizer.clone()} />
            <Uses uses={uses(api, &id)} none="No method has it. Choose it under “Authorization” at a method." />
        </>
    }
}

/// Sends patches of an authorizer.
fn patch(api: &RestApi, id: &str, patch_operations: Vec<PatchOperation>) -> Command {
    UpdateAuthorizer { rest_api_id: api.id.to_string(), authorizer_id: id.to_owned(), patch_operations }.into()
}

/// Draws its settings, those that its kind has.
#[component]
fn Settings(props: &DetailsProps) -> Html {
    let store = use_store();
    let place = use_selector(|state| state.present().place.clone());
    let (api, authorizer) = (&props.api, &props.authorizer);
    let saves = |path: &'static str, text: Rc<dyn Fn(&str) -> String>| -> Save {
        let (store, api, id) = (store.clone(), api.clone(), authorizer.id.to_string());
        Callback::from(move |typed: String| {
            send(&store, patch(&api, &id, vec![PatchOperation::replace(path, text(&typed))]))
        })
    };
    let replace = |path: &'static str| saves(path, Rc::new(|text| text.trim().to_owned()));
    let id = |field: &str| format!("{}-{field}", authorizer.id);
    let text = |text: &Option<String>| AttrValue::from(text.clone().unwrap_or_default());
    let source = authorizer.identity_source.clone().unwrap_or_default();
    let kind = authorizer.kind;
    let lambda = kind != AuthorizerType::CognitoUserPools;
    let kinds = [AuthorizerType::Token, AuthorizerType::Request];
    html! {
        <Part id="authorizer-title" title="Settings">
            <EditText id={id("name")} label="Authorizer name" value={authorizer.name.clone()} save={replace("/name")} />
            if lambda {
                <EditChoice
                    id={id("type")} label="Authorizer type" value={kind.as_str()} save={replace("/type")}
                    options={kinds.map(|kind| option(kind.as_str(), kind_name(kind))).to_vec()}
                    hint="Token: the function gets one header. Request: it gets the whole request."
                />
                <EditText
                    id={id("uri")} label="Lambda function" mono=true value={text(&authorizer.uri)} hint={FUNCTION_HINT}
                    save={saves("/authorizerUri", Rc::new(move |text| lambda_uri(&place, text)))}
                />
                <EditText
                    id={id("credentials")} label="Lambda invoke role ARN - optional" mono=true value={text(&authorizer.credentials)}
                    save={replace("/authorizerCredentials")} hint="Empty: the function's own policy lets API Gateway call it."
                />
            } else {
                <Shown id={id("type")} label="Authorizer type" value={kind_name(kind)} />
            }
            if kind == AuthorizerType::Request {
                <EditText
                    id={id("sources")} label="Identity sources" mono=true value={source} save={replace("/identitySource")}
                    hint="Separated by commas: method.request.header.X, method.request.querystring.x, context.x, stageVariables.x. A \
                          request without one of them is answered 401, and the function is not called."
                />
            } else {
                <EditText
                    id={id("source")} label="Token source" mono=true hint="The header that holds the token."
                    value={source.strip_prefix(HEADER).unwrap_or(&source).to_owned()}
                    save={saves("/identitySource", Rc::new(token_source))}
                />
            }
            if kind == AuthorizerType::Token {
                <EditText
                    id={id("validation")} label="Token validation - optional" mono=true
                    value={text(&authorizer.identity_validation_expression)} save={replace("/identityValidationExpression")}
                    hint="A regular expression that the whole token must fit; else the answer is 401, and the function is not called."
                />
            }
            <EditText
                id={id("ttl")} label="Authorization caching: TTL (seconds)" mono=true hint={TTL_HINT}
                value={authorizer.result_ttl_in_seconds.map(|seconds| seconds.to_string()).unwrap_or_default()}
                save={replace("/authorizerResultTtlInSeconds")}
            />
        </Part>
    }
}

/// Draws the user pools.
#[component]
fn Pools(props: &DetailsProps) -> Html {
    let store = use_store();
    let (api, authorizer) = (&props.api, &props.authorizer);
    let row = |arn: &String| {
        // Which of them goes is said by the value.
        let gone = PatchOperation { op: "remove".into(), ..PatchOperation::add("/providerARNs", arn.as_str()) };
        let (store, command) = (store.clone(), patch(api, &authorizer.id, vec![gone]));
        let remove = Callback::from(move |_: MouseEvent| {
            if store.attempt(command.clone()).is_some() {
                focus_soon("pools-title");
            }
        });
        html! {
            <li key={arn.clone()}><span class="name mono">{ arn }</span>
                <EditButton label={format!("Remove {arn}")} icon="close" icon_only=true small=true look={Look::Ghost} onclick={remove} />
            </li>
        }
    };
    let add = {
        let (store, api, id) = (store.clone(), api.clone(), authorizer.id.to_string());
        Callback::from(move |values: Vec<String>| -> Result<(), ApiError> {
            let arn = values.first().map(|arn| arn.trim()).unwrap_or_default();
            send(&store, patch(&api, &id, vec![PatchOperation::add("/providerARNs", arn)]))
        })
    };
    let field = AddField::text("providerARNs", "User pool ARN", create::POOL);
    html! {
        <Part id="pools-title" title="Cognito user pools" hint="A token of any of them is accepted.">
            <ul class="entries">{ for authorizer.provider_arns.iter().map(row) }</ul>
            <Add id={format!("{}-pool", authorizer.id)} label="Add user pool" fields={vec![field]} {add} />
        </Part>
    }
}

/// Draws the question before an authorizer goes.
#[component]
pub(in crate::ui::panels) fn DeleteAuthorizerDialog(props: &ItemProps) -> Html {
    let Some(api) = use_api() else { return Html::default() };
    let id = props.item.clone();
    let name = api.config.parts.authorizers.get(id.as_str()).map(|found| found.name.clone()).unwrap_or_default();
    let command: Command = DeleteAuthorizer { rest_api_id: api.id.to_string(), authorizer_id: id.clone() }.into();
    html! {
        <Delete
            page={Page::Authorizers} title={format!("Delete authorizer {name}?")} label="Delete authorizer" {command}
            text="No method has it. Stages answer as before until the next deployment." uses={uses(&api, &id)}
            done={format!("Deleted authorizer {name}.")}
        />
    }
}
