//! Fifth step: may the caller. What cannot be checked here is not guessed.

use super::{
    Backends, Call, GatewayResponseType, Halt, Outcome, OwnAnswer, Runtime, Step, TokenFault, Trace, authorizer,
    resource_policy::{self, Verdict},
    router::Route,
};
use crate::entities::{ApiConfig, AuthorizationType};
use std::fmt;

/// The outcome of authorization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthorizationStep {
    /// The method is open to everybody.
    Open,
    /// The resource policy lets the caller in, and the method asks nobody.
    PolicyAllowed,
    /// The resource policy does not let the caller in.
    PolicyDenied {
        /// Whether a statement denies it; otherwise none allows it.
        is_explicit: bool,
    },
    /// The resource policy has a condition that the playground cannot check.
    PolicyUnknown(String),
    /// The method wants a signed request, and this one has no signature.
    NotSigned,
    /// The method wants a token, and the request has no such token.
    NoToken,
    /// The authorizer does not find the caller's identity, and nobody is asked.
    NoIdentity {
        /// The authorizer.
        authorizer: String,
        /// The place where it looks.
        source: String,
    },
    /// The identity does not fit the authorizer's pattern, and nobody is asked.
    IdentityRefused {
        /// The authorizer.
        authorizer: String,
    },
    /// The authorizer's user pool does not take the token.
    TokenRefused {
        /// The authorizer.
        authorizer: String,
        /// The fault that it has.
        fault: TokenFault,
    },
    /// The authorizer's Lambda function cannot be called.
    FunctionNotCallable {
        /// The authorizer.
        authorizer: String,
        /// The function's name.
        function: String,
    },
    /// The authorizer's function lets the caller in.
    Granted {
        /// The authorizer.
        authorizer: String,
        /// The caller.
        principal: String,
        /// The seconds since the function was asked, when that was for an earlier request.
        age: Option<u32>,
    },
    /// The policy of the authorizer's function does not let the caller call this.
    FunctionDenied {
        /// The authorizer.
        authorizer: String,
        /// The caller.
        principal: String,
        /// Whether a statement denies it; otherwise none allows it.
        is_explicit: bool,
    },
    /// The authorizer's function says `Unauthorized`.
    FunctionKnowsNobody {
        /// The authorizer.
        authorizer: String,
    },
    /// The authorizer's function fails, or says what no authorizer says.
    FunctionFailed {
        /// The authorizer.
        authorizer: String,
        /// The fault.
        reason: String,
    },
    /// The playground cannot check this.
    NotSimulated(AuthorizationType),
}

impl AuthorizationStep {
    /// Returns how it went.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Open => Outcome::Skipped,
            Self::PolicyAllowed | Self::Granted { .. } => Outcome::Passed,
            _ => Outcome::Failed,
        }
    }
}

impl fmt::Display for AuthorizationStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open => f.write_str("The method is open to everybody."),
            Self::PolicyAllowed => f.write_str("The resource policy allows the request, and the method asks nobody else."),
            Self::PolicyDenied { is_explicit: true } => {
                f.write_str("A statement of the resource policy denies the request.")
            }
            Self::PolicyDenied { is_explicit: false } => f.write_str(
                "No statement of the resource policy allows the request, and the method asks nobody else: what a policy \
                 does not allow is denied.",
            ),
            Self::PolicyUnknown(operator) => OwnAnswer::PolicyCondition(operator.clone()).fmt(f),
            Self::NotSigned => {
                f.write_str("The method has AWS_IAM authorization, and the request carries no signature.")
            }
            Self::NoToken => {
                f.write_str("The method asks a Cognito user pool, and the request has no Authorization header.")
            }
            Self::NoIdentity { authorizer, source } => write!(
                f,
                "The authorizer {authorizer} looks for the caller's identity in {source}, and the request has none: nobody \
                 is asked."
            ),
            Self::IdentityRefused { authorizer } => write!(
                f,
                "The identity does not fit the validation expression of the authorizer {authorizer}: nobody is asked."
            ),
            Self::TokenRefused { authorizer, fault } => {
                write!(f, "The authorizer {authorizer} refuses the token: {fault}.")
            }
            Self::FunctionNotCallable { authorizer, function } => write!(
                f,
                "The authorizer {authorizer} asks the Lambda function {function}, and no API of this workspace plays it: one that is \
                 called function:{function} and has a method POST /. AWS answers so when it cannot call the function."
            ),
            Self::Granted { authorizer, principal, age: None } => {
                write!(f, "The function of the authorizer {authorizer} lets {principal} in.")
            }
            Self::Granted { authorizer, principal, age: Some(age) } => write!(
                f,
                "The authorizer {authorizer} remembers what its function said {age} s ago: it lets {principal} in."
            ),
            Self::FunctionDenied { authorizer, principal, is_explicit: true } => {
                write!(f, "The policy that the authorizer {authorizer} has for {principal} denies this request.")
            }
            Self::FunctionDenied { authorizer, principal, is_explicit: false } => write!(
                f,
                "The policy that the authorizer {authorizer} has for {principal} does not allow this request. A policy that is \
                 remembered counts for all methods: let it allow them all."
            ),
            Self::FunctionKnowsNobody { authorizer } => {
                write!(f, "The function of the authorizer {authorizer} says Unauthorized.")
            }
            Self::FunctionFailed { authorizer, reason } => {
                write!(f, "The function of the authorizer {authorizer} gives no decision: {reason}.")
            }
            Self::NotSimulated(kind) => OwnAnswer::Authorization(*kind).fmt(f),
        }
    }
}

/// Checks whether the caller may call the method.
pub(crate) fn check(
    config: &ApiConfig,
    route: &Route<'_, '_>,
    call: &Call<'_>,
    runtime: &mut Runtime,
    backends: &mut dyn Backends,
    trace: &mut Trace,
) -> Result<(), Halt> {
    let method = route.method;
    let kind = method.authorization_type;
    let (step, halt) = match kind {
        AuthorizationType::None => by_policy(config, call).unwrap_or((AuthorizationStep::Open, None)),
        AuthorizationType::AwsIam => {
            let is_signed = call.request.header("authorization").is_some() || call.query.contains("X-Amz-Signature=");
            match is_signed {
                true => (AuthorizationStep::NotSimulated(kind), Some(Halt::Own(OwnAnswer::Authorization(kind)))),
                false => (AuthorizationStep::NotSigned, Some(GatewayResponseType::MissingAuthenticationToken.into())),
            }
        }
        // Only what is denied explicitly never gets to the authorizer (documented).
        AuthorizationType::Custom => match by_policy(config, call) {
            Some(
                decided @ (
                    AuthorizationStep::PolicyDenied { is_explicit: true } | AuthorizationStep::PolicyUnknown(_),
                    _,
                ),
            ) => decided,
            decided => {
                let by_policy = decided.map(|(step, _)| step);
                authorizer::decide(config, route, call, by_policy.as_ref(), runtime, backends)?
            }
        },
        // A user pool is asked before the policy (documented), and here it never lets a caller through.
        AuthorizationType::CognitoUserPools => authorizer::decide(config, route, call, None, runtime, backends)?,
    };
    trace.push(Step::Authorization(step));
    halt.map_or(Ok(()), Err)
}

/// Returns what the resource policy says; without one nothing.
fn by_policy(config: &ApiConfig, call: &Call<'_>) -> Option<(AuthorizationStep, Option<Halt>)> {
    let denied = |is_explicit| {
        let halt = Halt::Refused(resource_policy::refusal(call, is_explicit));
        (AuthorizationStep::PolicyDenied { is_explicit }, Some(halt))
    };
    Some(match resource_policy::judge(config.settings.policy.as_deref()?, call) {
        Verdict::Allowed => (AuthorizationStep::PolicyAllowed, None),
        Verdict::Silent => denied(false),
        Verdict::Denied => denied(true),
        Verdict::Unknown(operator) => {
            let halt = Halt::Own(OwnAnswer::PolicyCondition(operator.clone()));
            (AuthorizationStep::PolicyUnknown(operator), Some(halt))
        }
    })
}
