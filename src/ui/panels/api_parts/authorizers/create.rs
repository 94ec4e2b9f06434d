//! "Create authorizer": one form for the three kinds; what a kind has not is not asked.

use super::{
    super::{
        super::{
            items::{Form, text_field},
            resources::lambda_uri,
        },
        use_api,
    },
    FUNCTION_HINT, TTL_HINT, kind_name, token_source,
};
use crate::ui::markup::html;
use crate::ui::panels::words::{given, option};
use crate::{
    control_plane::{ApiError, authorizers::CreateAuthorizer as Create},
    entities::AuthorizerType,
    ui::{Page, Place, parts::When, use_selector, use_store},
};
use yew::{Callback, Html, component};

/// The form of a user pool's ARN.
pub(super) const POOL: &str = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_AbCdEfGhI";

/// The field that says the kind.
const KIND: &str = "type";
const LAMBDA: &[&str] = &["TOKEN", "REQUEST"];
const TOKEN: &[&str] = &["TOKEN"];
const REQUEST: &[&str] = &["REQUEST"];
const COGNITO: &[&str] = &["COGNITO_USER_POOLS"];
const ONE_SOURCE: &[&str] = &["TOKEN", "COGNITO_USER_POOLS"];

/// Draws the dialog.
#[component]
pub(in crate::ui::panels) fn CreateAuthorizer() -> Html {
    let store = use_store();
    let place = use_selector(|state| state.present().place.clone());
    let Some(api) = use_api() else { return Html::default() };
    let onsubmit = {
        let rest_api_id = api.id.to_string();
        Callback::from(move |values: Vec<String>| -> Result<(), ApiError> {
            let [name, kind, uri, role, pools, source, sources, validation, ttl] = &values[..] else { return Ok(()) };
            let pools: Vec<String> = pools.split([',', ' ']).filter_map(given).collect();
            let source = if kind == "REQUEST" { sources.trim().to_owned() } else { token_source(source) };
            let made = store.execute(Create {
                rest_api_id: rest_api_id.clone(),
                name: name.trim().to_owned(),
                authorizer_type: kind.clone(),
                provider_arns: (!pools.is_empty()).then_some(pools),
                auth_type: None,
                authorizer_uri: given(&lambda_uri(&place, uri)),
                authorizer_credentials: given(role),
                identity_source: given(&source),
                identity_validation_expression: given(validation),
                authorizer_result_ttl_in_seconds: seconds(ttl)?,
            })?;
            store.close();
            store.done(format!("Successfully created authorizer {}.", name.trim()));
            store.go_to(Place::Page(Page::Authorizers, made.text("id").map(str::to_owned)));
            Ok(())
        })
    };
    let kinds = AuthorizerType::ALL.iter().map(|kind| option(kind.as_str(), kind_name(*kind))).collect();
    let fields = vec![
        text_field("name", "Authorizer name").example("my-authorizer"),
        text_field("type", "Authorizer type").choice(kinds),
        text_field("authorizerUri", "Lambda function")
            .example("my-function")
            .hint(FUNCTION_HINT)
            .only(KIND, LAMBDA),
        text_field("authorizerCredentials", "Lambda invoke role ARN - optional").only(KIND, LAMBDA),
        text_field("providerARNs", "Cognito user pool ARNs").example(POOL).hint("Separated by commas.").only(KIND, COGNITO),
        text_field("identitySource", "Token source")
            .initial("Authorization")
            .hint("The header that holds the token.")
            .only(KIND, ONE_SOURCE),
        text_field("identitySource", "Identity sources")
            .initial("method.request.header.Authorization")
            .hint("Separated by commas: method.request.header.X, method.request.querystring.x, context.x, stageVariables.x.")
            .only(KIND, REQUEST),
        text_field("identityValidationExpression", "Token validation - optional")
            .example("^Bearer [-0-9a-zA-Z._]*$")
            .hint("A regular expression that the whole token must fit; else the answer is 401.")
            .only(KIND, TOKEN),
        text_field("authorizerResultTtlInSeconds", "Authorization caching: TTL (seconds)").initial("300").hint(TTL_HINT),
    ];
    html! {
        <Form
            id="create-authorizer" title="Create authorizer" label="Create authorizer" {fields} when={When::NextDeployment}
            lead="It decides nothing before a method names it." {onsubmit}
        />
    }
}

/// Returns the seconds that are typed.
fn seconds(text: &str) -> Result<Option<i64>, ApiError> {
    let wrong =
        |_| ApiError::invalid("authorizerResultTtlInSeconds", "Enter a whole number of seconds from 0 to 3600.");
    given(text).map(|text| text.parse()).transpose().map_err(wrong)
}
