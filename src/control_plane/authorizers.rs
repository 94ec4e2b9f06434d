//! Authorizer: who decides whether a caller may. Methods name it.

use super::{
    World,
    answer::Answer,
    edits::NameList,
    error::{ApiError, Noun, Violation},
    mappings,
    members::{operation, unconstrained},
    page::page,
    patch::{Op, PatchOperation, op_violations},
};
use crate::{
    entities::{ApiConfig, Authorizer, AuthorizerId, AuthorizerType, Region},
    env::IdShape,
};
use serde_json::Value;
use std::rc::Rc;

/// The paths of UpdateAuthorizer (documented); that they are listed and in which order is assumed.
const PATHS: [&str; 9] = [
    "/name",
    "/type",
    "/providerARNs",
    "/authType",
    "/authorizerUri",
    "/authorizerCredentials",
    "/identitySource",
    "/identityValidationExpression",
    "/authorizerResultTtlInSeconds",
];

/// The type that is in the service model now, and not here.
const JWT: &str = "JWT";

fn no_tokens() -> ApiError {
    ApiError::NotModelled("authorizers of the type JWT".into())
}

operation! {
    /// Adds an authorizer.
    CreateAuthorizer: "POST" "/restapis/{restApiId}/authorizers" => 201 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The name; unique within the API.
        name: String = Body "name";
        /// `TOKEN`, `REQUEST` or `COGNITO_USER_POOLS`.
        authorizer_type: String = Body "type";
        /// The user pools.
        provider_arns: Option<Vec<String>> = Body "providerARNs";
        /// A note of the author's own.
        auth_type: Option<String> = Body "authType";
        /// The Lambda function.
        authorizer_uri: Option<String> = Body "authorizerUri";
        /// The role to call it with.
        authorizer_credentials: Option<String> = Body "authorizerCredentials";
        /// Where in a request the caller's identity stands.
        identity_source: Option<String> = Body "identitySource";
        /// A pattern that the identity must fit.
        identity_validation_expression: Option<String> = Body "identityValidationExpression";
        /// For how long a decision is remembered.
        authorizer_result_ttl_in_seconds: Option<i64> = Body "authorizerResultTtlInSeconds";
    }
    not modelled: ["jwtConfiguration"]
}

operation! {
    /// Lists the authorizers.
    GetAuthorizers: "GET" "/restapis/{restApiId}/authorizers" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// Where to go on.
        position: Option<String> = Query "position";
        /// Entries on a page.
        limit: Option<i64> = Query "limit";
    }
}

operation! {
    /// Shows an authorizer.
    GetAuthorizer: "GET" "/restapis/{restApiId}/authorizers/{authorizerId}" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The authorizer.
        authorizer_id: String = Uri "authorizerId";
    }
}

operation! {
    /// Changes an authorizer.
    UpdateAuthorizer: "PATCH" "/restapis/{restApiId}/authorizers/{authorizerId}" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The authorizer.
        authorizer_id: String = Uri "authorizerId";
        /// The operations.
        patch_operations: Vec<PatchOperation> = Body "patchOperations";
    }
}

operation! {
    /// Deletes an authorizer that no method uses.
    DeleteAuthorizer: "DELETE" "/restapis/{restApiId}/authorizers/{authorizerId}" => 202 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The authorizer.
        authorizer_id: String = Uri "authorizerId";
    }
}

unconstrained!(GetAuthorizers, GetAuthorizer, DeleteAuthorizer);

impl CreateAuthorizer {
    fn check(&self) -> Vec<Violation> {
        if AuthorizerType::parse(&self.authorizer_type).is_some() || self.authorizer_type == JWT {
            return Vec::new();
        }
        vec![Violation {
            value: Some(self.authorizer_type.clone()),
            place: "createAuthorizerInput.type".into(),
            constraint: "satisfy enum value set: [TOKEN, COGNITO_USER_POOLS, REQUEST]".into(), // the order is assumed
        }]
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        if self.authorizer_type == JWT {
            return Err(no_tokens());
        }
        // What AWS says to an unknown API here, and only here (recorded).
        let message = "Unable to complete operation due to concurrent modification. Please try again later.";
        let unknown = || ApiError::conflict("restApiId", message);
        let known = world.workspace.api(&self.rest_api_id).ok_or_else(unknown)?.config.parts.clone();
        let kind = AuthorizerType::parse(&self.authorizer_type).unwrap_or(AuthorizerType::Token);
        let limit = world.workspace.limits.authorizers_per_api;
        let is_full = known.authorizers.len() >= limit;
        let id = world.env.mint(IdShape::Short, |id| known.authorizers.contains_key(id));
        let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        let authorizer = Authorizer {
            id: AuthorizerId::new(id),
            name: self.name.clone(),
            kind,
            provider_arns: self.provider_arns.clone().unwrap_or_default(),
            auth_type: given(&self.auth_type),
            uri: given(&self.authorizer_uri),
            credentials: given(&self.authorizer_credentials),
            identity_source: given(&self.identity_source),
            identity_validation_expression: given(&self.identity_validation_expression),
            result_ttl_in_seconds: self.authorizer_result_ttl_in_seconds.map(ttl).transpose()?,
        };
        validate(world, &self.rest_api_id, &authorizer)?;
        if is_full {
            // Number documented, sentence assumed after the one for resources.
            let message = "Maximum number of Authorizers for this API has been reached. Please contact AWS if you need additional Authorizers.";
            return Err(ApiError::Limit(message.into()));
        }
        keep(world, &self.rest_api_id, authorizer)
    }
}

impl GetAuthorizers {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let all: Vec<_> = world.api(&self.rest_api_id)?.config.parts.authorizers.values().collect();
        page(&all, self.limit, self.position.as_deref(), |a| a.id.to_string(), |a| describe(a))
    }
}

impl GetAuthorizer {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        find(world, &self.rest_api_id, &self.authorizer_id).map(|authorizer| describe(authorizer))
    }
}

impl UpdateAuthorizer {
    fn check(&self) -> Vec<Violation> {
        op_violations("UpdateAuthorizer", &self.patch_operations)
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let found = find(world, &self.rest_api_id, &self.authorizer_id)?;
        let mut edited = found.as_ref().clone();
        let mut pools = NameList::of(&mut edited.provider_arns);
        for patch in &self.patch_operations {
            patch_authorizer(&mut edited, &mut pools, patch)?;
        }
        edited.provider_arns = pools.finish();
        if is_lambda(edited.kind) != is_lambda(found.kind)
            && let Some(place) = user(&world.api(&self.rest_api_id)?.config, &edited.id)
        {
            // Methods name the kind of their authorizer, so it cannot turn into the other one (assumed).
            let message = format!("Cannot change the type of authorizer '{}', is referenced in {place}", edited.name);
            return Err(ApiError::conflict("patchOperations", message));
        }
        validate(world, &self.rest_api_id, &edited)?;
        keep(world, &self.rest_api_id, edited)
    }
}

impl DeleteAuthorizer {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let authorizer = find(world, &self.rest_api_id, &self.authorizer_id)?.clone();
        if let Some(place) = user(world.config(&self.rest_api_id)?, &authorizer.id) {
            return Err(ApiError::InUse { what: "authorizer", name: authorizer.name.clone(), place });
        }
        let config = world.config_mut(&self.rest_api_id)?;
        Rc::make_mut(&mut config.parts).authorizers.remove(authorizer.id.as_str());
        Ok(Value::Null)
    }
}

/// Tells whether a Lambda function decides.
pub(super) fn is_lambda(kind: AuthorizerType) -> bool {
    kind != AuthorizerType::CognitoUserPools
}

fn find<'w>(world: &'w World<'_>, api: &str, id: &str) -> Result<&'w Rc<Authorizer>, ApiError> {
    let found = world.workspace.api(api).and_then(|api| api.config.parts.authorizers.get(id));
    found.ok_or(ApiError::Unknown(Noun::Authorizer)) // the sentence is inferred
}

fn keep(world: &mut World<'_>, api: &str, authorizer: Authorizer) -> Result<Value, ApiError> {
    let body = describe(&authorizer);
    let config = world.config_mut(api)?;
    Rc::make_mut(&mut config.parts).authorizers.insert(authorizer.id.clone(), Rc::new(authorizer));
    Ok(body)
}

/// Finds a method that uses an authorizer, as AWS writes it (reported: `method: GET//test`).
fn user(config: &ApiConfig, id: &AuthorizerId) -> Option<String> {
    let (resource, method) = config.methods().find(|(_, method)| method.authorizer_id.as_ref() == Some(id))?;
    Some(format!("method: {}/{}", method.http_method, config.path_of(&resource.id)))
}

fn ttl(seconds: i64) -> Result<u32, ApiError> {
    let seconds = u32::try_from(seconds).ok().filter(|seconds| *seconds <= 3600);
    let message = "Authorizer result TTL outside allowable range. TTL must be between 0 and 3600 seconds."; // reported
    seconds.ok_or_else(|| ApiError::invalid("authorizerResultTtlInSeconds", message))
}

fn patch_authorizer(authorizer: &mut Authorizer, pools: &mut NameList, patch: &PatchOperation) -> Result<(), ApiError> {
    if patch.path_text() == "/providerARNs" {
        if !matches!(patch.kind(), Op::Add | Op::Remove) {
            return Err(patch.bad_op());
        }
        match patch.kind() {
            Op::Add => pools.move_to_end(patch.text().to_owned()),
            _ => pools.remove(patch.text()),
        }
        return Ok(());
    }
    // The one other path with more than `replace` (documented for `add`; what they do, and `remove`, is assumed).
    if patch.path_text() == "/identitySource" && matches!(patch.kind(), Op::Add | Op::Remove) {
        authorizer.identity_source = patch.text_if_any().filter(|_| patch.kind() == Op::Add);
        return Ok(());
    }
    if patch.path_text().starts_with("/jwtConfiguration") || (patch.path_text() == "/type" && patch.text() == JWT) {
        return Err(no_tokens());
    }
    match patch.replaces_one_of(&PATHS)? {
        "/name" => authorizer.name = patch.text().to_owned(),
        "/type" => {
            let message = "Invalid authorizer type specified. Valid options are TOKEN,REQUEST,COGNITO_USER_POOLS"; // assumed
            let kind = AuthorizerType::parse(patch.text());
            authorizer.kind = kind.ok_or_else(|| ApiError::invalid("patchOperations", message))?;
        }
        "/authType" => authorizer.auth_type = patch.text_if_any(),
        "/authorizerUri" => authorizer.uri = patch.text_if_any(),
        "/authorizerCredentials" => authorizer.credentials = patch.text_if_any(),
        "/identitySource" => authorizer.identity_source = patch.text_if_any(),
        "/identityValidationExpression" => authorizer.identity_validation_expression = patch.text_if_any(),
        _ => {
            let seconds = patch.text_if_any().map(|text| text.parse().map_or(Err(ttl(-1)), |n| Ok(ttl(n))));
            authorizer.result_ttl_in_seconds = match seconds {
                None => None,
                Some(Ok(seconds) | Err(seconds)) => Some(seconds?),
            };
        }
    }
    Ok(())
}

/// Checks that an authorizer has the members that every authorizer must have, and those that its type asks for besides.
fn validate(world: &World<'_>, api: &str, authorizer: &Authorizer) -> Result<(), ApiError> {
    if authorizer.name.trim().is_empty() {
        return Err(ApiError::invalid("name", "Authorizer name cannot be empty")); // assumed
    }
    let others = &world.config(api)?.parts.authorizers;
    if others.values().any(|other| other.name == authorizer.name && other.id != authorizer.id) {
        let message =
            format!("Authorizer name must be unique. Authorizer {} already exists in this RestApi.", authorizer.name);
        return Err(ApiError::invalid("name", message)); // reported
    }
    match authorizer.kind {
        AuthorizerType::Token | AuthorizerType::Request => {
            let uri = authorizer.uri.as_deref();
            if !uri.is_some_and(is_lambda_uri) {
                let uri = uri.unwrap_or("null");
                let message = format!(
                    "Invalid Authorizer URI: {uri}. Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation."
                );
                return Err(ApiError::invalid("authorizerUri", message)); // reported
            }
        }
        AuthorizerType::CognitoUserPools => check_pools(&authorizer.provider_arns)?,
    }
    if authorizer.credentials.as_ref().is_some_and(|role| !role.starts_with("arn:")) {
        return Err(ApiError::invalid("authorizerCredentials", "Invalid ARN specified in the request")); // recorded for integrations
    }
    check_identity_source(authorizer)
}

/// Tells whether a URI is `arn:{partition}:apigateway:{region}:lambda:path/2015-03-31/functions/{function}/invocations`; the
/// region must be one (reported), the function may hold stage variables (documented).
fn is_lambda_uri(uri: &str) -> bool {
    let mut parts = uri.splitn(6, ':');
    let mut next = || parts.next().unwrap_or_default();
    let (arn, partition, service, region, target, path) = (next(), next(), next(), next(), next(), next());
    let function = path.strip_prefix("path/").and_then(|path| path.split_once("/functions/")).map(|(_, rest)| rest);
    let function = function.and_then(|rest| rest.strip_suffix("/invocations"));
    arn == "arn"
        && partition.starts_with("aws")
        && service == "apigateway"
        && Region::parse(region).is_some()
        && target == "lambda"
        && function.is_some_and(|function| !function.is_empty())
}

/// Checks the user pools: each is named by its ARN, and there is one at least (documented and reported, the second sentence
/// assumed).
fn check_pools(arns: &[String]) -> Result<(), ApiError> {
    if arns.is_empty() {
        return Err(ApiError::invalid("providerARNs", "ProviderARNs cannot be empty"));
    }
    let is_pool = |arn: &&String| arn.split(':').nth(2) == Some("cognito-idp") && arn.contains(":userpool/");
    match arns.iter().find(|arn| !is_pool(arn)) {
        Some(arn) => Err(ApiError::invalid("providerARNs", format!("Invalid Cognito User Pool ARN: {arn}"))),
        None => Ok(()),
    }
}

/// Checks the places where the identity stands: one header for TOKEN and user pools, a list of expressions for REQUEST, which
/// needs one as long as its decisions are remembered (documented).
fn check_identity_source(authorizer: &Authorizer) -> Result<(), ApiError> {
    let sources: Vec<&str> =
        authorizer.identity_source.iter().flat_map(|list| list.split(',')).map(str::trim).collect();
    let is_request = authorizer.kind == AuthorizerType::Request;
    if sources.is_empty() {
        let is_remembered = authorizer.result_ttl_in_seconds.unwrap_or(300) > 0;
        // Reported, both.
        if authorizer.kind == AuthorizerType::Token {
            return Err(ApiError::invalid("identitySource", "IdentitySource cannot be empty"));
        }
        if is_request && is_remembered {
            let message = "Identity source must be set if authorizer caching is enabled (TTL is greater than 0)";
            return Err(ApiError::invalid("identitySource", message));
        }
    }
    if sources.len() > 1 && !is_request {
        return Err(mappings::invalid_identity_source(authorizer.identity_source.as_deref().unwrap_or_default()));
    }
    sources.iter().try_for_each(|source| mappings::check_identity_source(source, is_request))
}

/// Writes an authorizer in the shape of AWS's answers. `authType` says what kind it is unless an author said something else.
fn describe(authorizer: &Authorizer) -> Value {
    let kind = if is_lambda(authorizer.kind) { "custom" } else { "cognito_user_pools" };
    let mut out = Answer::new()
        .with("id", authorizer.id.as_str())
        .with("name", authorizer.name.as_str())
        .with("type", authorizer.kind.as_str());
    if !authorizer.provider_arns.is_empty() {
        out = out.with("providerARNs", authorizer.provider_arns.clone());
    }
    out.with("authType", authorizer.auth_type.as_deref().unwrap_or(kind))
        .maybe("authorizerUri", authorizer.uri.as_deref())
        .maybe("authorizerCredentials", authorizer.credentials.as_deref())
        .maybe("identitySource", authorizer.identity_source.as_deref())
        .maybe("identityValidationExpression", authorizer.identity_validation_expression.as_deref())
        .maybe("authorizerResultTtlInSeconds", authorizer.result_ttl_in_seconds)
        .done()
}
