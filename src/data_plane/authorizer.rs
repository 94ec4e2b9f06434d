//! Decides about a caller: the part of authorization that asks the snapshot's authorizer.
//!
//! A Lambda function is played by an API of the workspace (`function`). What AWS answers when it cannot call the one that an
//! authorizer names is reported (500, `{"message":null}`); that it is the answer where nobody plays it is assumed.

use super::{
    AuthorizationStep, Backends, Call, GatewayResponseType, Halt, OwnAnswer, Runtime,
    function::{self, FunctionFault, Grant},
    gateway_response::Refusal,
    grants,
    mapping::of_request,
    resource_policy::{self, Verdict},
    router::Route,
    user_pool,
};
use crate::entities::{ApiConfig, AuthorizationType, Authorizer, AuthorizerType};
use std::rc::Rc;

type Decision = (AuthorizationStep, Option<Halt>);

/// The verdict of an authorizer on a request.
pub(super) struct Asked {
    pub(super) decision: Decision,
    /// The grant that its function gave the caller.
    pub(super) grant: Option<Rc<Grant>>,
    /// The function's answer as it came.
    pub(super) body: Option<String>,
}

impl From<Decision> for Asked {
    fn from(decision: Decision) -> Self {
        Self { decision, grant: None, body: None }
    }
}

/// Returns what the method's authorizer makes of a request; `by_policy` is what the API's own policy says.
pub(super) fn decide(
    config: &ApiConfig,
    route: &Route<'_, '_>,
    call: &Call<'_>,
    by_policy: Option<&AuthorizationStep>,
    runtime: &mut Runtime,
    backends: &mut dyn Backends,
) -> Result<Decision, Halt> {
    let kind = route.method.authorization_type;
    let found = route.method.authorizer_id.as_ref().and_then(|id| config.parts.authorizers.get(id));
    let Some(authorizer) = found else { return Ok(without_authorizer(kind, call)) };
    let asked = ask(authorizer, &route.method.authorization_scopes, call, &route.parameters, runtime, backends)?;
    let Some(grant) = asked.grant else { return Ok(asked.decision) };
    let allowed_by_policy = by_policy == Some(&AuthorizationStep::PolicyAllowed);
    let decision = match resource_policy::judge_own(&grant.policy, call) {
        Verdict::Allowed => asked.decision,
        // One of both that allows is enough (documented: evaluated in conjunction).
        Verdict::Silent if allowed_by_policy => asked.decision,
        Verdict::Silent => denied(authorizer, &grant, false),
        Verdict::Denied => denied(authorizer, &grant, true),
        Verdict::Unknown(operator) => {
            let halt = Halt::Own(OwnAnswer::PolicyCondition(operator.clone()));
            (AuthorizationStep::PolicyUnknown(operator), Some(halt))
        }
    };
    // It is there for what follows, be it a gateway response.
    let _ = call.learned.grant.set(grant);
    Ok(decision)
}

fn denied(authorizer: &Authorizer, grant: &Grant, is_explicit: bool) -> Decision {
    let end = if is_explicit { " with an explicit deny" } else { "" };
    let message = format!("User is not authorized to access this resource{end}");
    let refusal = Refusal { kind: GatewayResponseType::AccessDenied, message: Some(message.into()), detail: None };
    let (authorizer, principal) = (authorizer.name.clone(), grant.principal.clone());
    (AuthorizationStep::FunctionDenied { authorizer, principal, is_explicit }, Some(Halt::Refused(refusal)))
}

/// Asks an authorizer what it makes of a request.
///
/// # Errors
/// Its function's answer has to be waited for.
pub(super) fn ask(
    authorizer: &Authorizer,
    scopes: &[String],
    call: &Call<'_>,
    path: &[(&str, &str)],
    runtime: &mut Runtime,
    backends: &mut dyn Backends,
) -> Result<Asked, Halt> {
    let name = || authorizer.name.clone();
    if let Some(source) = missing_identity(authorizer, path, call) {
        let step = AuthorizationStep::NoIdentity { authorizer: name(), source };
        return Ok((step, Some(GatewayResponseType::Unauthorized.into())).into());
    }
    if authorizer.kind == AuthorizerType::Token
        && let Some(pattern) = &authorizer.identity_validation_expression
        && let Some(identity) = sources(authorizer).next().and_then(|source| of_request(source, call, path))
        && runtime.fits(pattern, &identity) == Some(false)
    {
        let step = AuthorizationStep::IdentityRefused { authorizer: name() };
        return Ok((step, Some(GatewayResponseType::Unauthorized.into())).into());
    }
    Ok(match authorizer.kind {
        AuthorizerType::CognitoUserPools => {
            let token = sources(authorizer).find_map(|source| of_request(source, call, path)).unwrap_or_default();
            let Some(fault) = user_pool::fault(authorizer, scopes, &token, call.time, runtime) else {
                return Ok(not_simulated(AuthorizationType::CognitoUserPools).into());
            };
            let message = fault.message().map(Into::into);
            let refusal = Refusal { kind: GatewayResponseType::Unauthorized, message, detail: None };
            (AuthorizationStep::TokenRefused { authorizer: name(), fault }, Some(Halt::Refused(refusal))).into()
        }
        AuthorizerType::Token | AuthorizerType::Request => by_function(authorizer, call, path, runtime, backends)?,
    })
}

/// Returns what an authorizer's function says, or said not long ago.
fn by_function(
    authorizer: &Authorizer,
    call: &Call<'_>,
    path: &[(&str, &str)],
    runtime: &mut Runtime,
    backends: &mut dyn Backends,
) -> Result<Asked, Halt> {
    let passed = |grant: &Grant, age| {
        let (authorizer, principal) = (authorizer.name.clone(), grant.principal.clone());
        (AuthorizationStep::Granted { authorizer, principal, age }, None)
    };
    if let Some((grant, age)) = grants::look(authorizer, call, path, runtime) {
        return Ok(Asked { decision: passed(&grant, Some(age)), grant: Some(grant), body: None });
    }
    let (body, said) = function::ask(authorizer, call, path, backends)?;
    let name = authorizer.name.clone();
    Ok(match said {
        Ok(grant) => {
            grants::keep(authorizer, call, path, &grant, runtime);
            Asked { decision: passed(&grant, None), grant: Some(grant), body }
        }
        Err(fault) => {
            let (step, kind) = match fault {
                FunctionFault::Missing { name: function } => (
                    AuthorizationStep::FunctionNotCallable { authorizer: name, function },
                    GatewayResponseType::AuthorizerConfigurationError,
                ),
                FunctionFault::Unauthorized => {
                    (AuthorizationStep::FunctionKnowsNobody { authorizer: name }, GatewayResponseType::Unauthorized)
                }
                FunctionFault::Failed(reason) => (
                    AuthorizationStep::FunctionFailed { authorizer: name, reason },
                    GatewayResponseType::AuthorizerFailure,
                ),
                FunctionFault::Unreadable(reason) => (
                    AuthorizationStep::FunctionFailed { authorizer: name, reason: reason.into() },
                    GatewayResponseType::AuthorizerConfigurationError,
                ),
            };
            Asked { decision: (step, Some(kind.into())), grant: None, body }
        }
    })
}

fn not_simulated(kind: AuthorizationType) -> Decision {
    (AuthorizationStep::NotSimulated(kind), Some(Halt::Own(OwnAnswer::Authorization(kind))))
}

/// Returns a method whose authorizer is not there, which the control plane never lets happen.
fn without_authorizer(kind: AuthorizationType, call: &Call<'_>) -> Decision {
    match kind {
        AuthorizationType::CognitoUserPools if call.request.header("authorization").is_none() => {
            (AuthorizationStep::NoToken, Some(GatewayResponseType::Unauthorized.into()))
        }
        _ => not_simulated(kind),
    }
}

/// Returns the expressions of an identity source; a user pool's is the Authorization header unless it says otherwise (documented).
pub(super) fn sources(authorizer: &Authorizer) -> impl Iterator<Item = &str> {
    let given = authorizer.identity_source.as_deref();
    let default =
        (authorizer.kind == AuthorizerType::CognitoUserPools).then_some("method.request.header.Authorization");
    given.or(default).into_iter().flat_map(|list| list.split(',')).map(str::trim)
}

/// Returns the identity that a request lacks. A REQUEST authorizer whose decisions are not remembered is asked without, too
/// (documented).
fn missing_identity(authorizer: &Authorizer, path: &[(&str, &str)], call: &Call<'_>) -> Option<String> {
    let is_remembered = grants::ttl(authorizer) > 0;
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
