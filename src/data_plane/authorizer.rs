//! Who decides about a caller: the part of authorization that asks the snapshot's authorizer.
//!
//! No Lambda function exists in this playground. What AWS answers when it cannot call the one that an authorizer names is
//! reported (500, `{"message":null}`); that it is the answer here is assumed.

use super::{
    AuthorizationStep, Call, GatewayResponseType, Halt, OwnAnswer, Runtime, gateway_response::Refusal,
    mapping::of_request, router::Route, user_pool,
};
use crate::entities::{ApiConfig, AuthorizationType, Authorizer, AuthorizerType};

type Decision = (AuthorizationStep, Option<Halt>);

/// What the method's authorizer makes of a request.
pub(super) fn decide(config: &ApiConfig, route: &Route<'_, '_>, call: &Call<'_>, runtime: &mut Runtime) -> Decision {
    let kind = route.method.authorization_type;
    let found = route.method.authorizer_id.as_ref().and_then(|id| config.parts.authorizers.get(id));
    match found {
        Some(authorizer) => ask(authorizer, &route.method.authorization_scopes, call, &route.parameters, runtime),
        None => without_authorizer(kind, call),
    }
}

/// What an authorizer makes of a request.
pub(super) fn ask(
    authorizer: &Authorizer,
    scopes: &[String],
    call: &Call<'_>,
    path: &[(&str, &str)],
    runtime: &mut Runtime,
) -> Decision {
    let name = || authorizer.name.clone();
    if let Some(source) = missing_identity(authorizer, path, call) {
        let step = AuthorizationStep::NoIdentity { authorizer: name(), source };
        return (step, Some(GatewayResponseType::Unauthorized.into()));
    }
    if authorizer.kind == AuthorizerType::Token
        && let Some(pattern) = &authorizer.identity_validation_expression
        && let Some(identity) = sources(authorizer).next().and_then(|source| of_request(source, call, path))
        && runtime.fits(pattern, &identity) == Some(false)
    {
        let step = AuthorizationStep::IdentityRefused { authorizer: name() };
        return (step, Some(GatewayResponseType::Unauthorized.into()));
    }
    match authorizer.kind {
        AuthorizerType::CognitoUserPools => {
            let token = sources(authorizer).find_map(|source| of_request(source, call, path)).unwrap_or_default();
            let Some(fault) = user_pool::fault(authorizer, scopes, &token, call.time, runtime) else {
                return not_simulated(AuthorizationType::CognitoUserPools);
            };
            let message = fault.message().map(Into::into);
            let refusal = Refusal { kind: GatewayResponseType::Unauthorized, message, detail: None };
            (AuthorizationStep::TokenRefused { authorizer: name(), fault }, Some(Halt::Refused(refusal)))
        }
        AuthorizerType::Token | AuthorizerType::Request => {
            let step = AuthorizationStep::FunctionNotCallable { authorizer: name() };
            (step, Some(GatewayResponseType::AuthorizerConfigurationError.into()))
        }
    }
}

fn not_simulated(kind: AuthorizationType) -> Decision {
    (AuthorizationStep::NotSimulated(kind), Some(Halt::Own(OwnAnswer::Authorization(kind))))
}

/// A method whose authorizer is not there, which the control plane never lets happen.
fn without_authorizer(kind: AuthorizationType, call: &Call<'_>) -> Decision {
    match kind {
        AuthorizationType::CognitoUserPools if call.request.header("authorization").is_none() => {
            (AuthorizationStep::NoToken, Some(GatewayResponseType::Unauthorized.into()))
        }
        _ => not_simulated(kind),
    }
}

/// The expressions of an identity source; a user pool's is the Authorization header unless it says otherwise (documented).
pub(super) fn sources(authorizer: &Authorizer) -> impl Iterator<Item = &str> {
    let given = authorizer.identity_source.as_deref();
    let default =
        (authorizer.kind == AuthorizerType::CognitoUserPools).then_some("method.request.header.Authorization");
    given.or(default).into_iter().flat_map(|list| list.split(',')).map(str::trim)
}

/// The identity that a request lacks. A REQUEST authorizer whose decisions are not remembered is asked without, too
/// (documented).
fn missing_identity(authorizer: &Authorizer, path: &[(&str, &str)], call: &Call<'_>) -> Option<String> {
    let is_remembered = authorizer.result_ttl_in_seconds.unwrap_or(300) > 0;
    if authorizer.kind == AuthorizerType::Request && !is_remembered {
        return None;
    }
    let lacks = |source: &&str| match source.strip_prefix("stageVariables.") {
        Some(name) => !call.variables.contains_key(name),
        // What `context` holds is always there, as far as it can be an identity.
        None if source.starts_with("context.") => false,
        None => of_request(source, call, path).is_none_or(|value| value.is_empty()),
    };
    sources(authorizer).find(lacks).map(str::to_owned)
}
