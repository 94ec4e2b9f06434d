//! Fifth step: may the caller. What cannot be checked here is not guessed.

use super::{
    Call, GatewayResponseType, Halt, Outcome, OwnAnswer, Runtime, Step, TokenFault, Trace, authorizer, router::Route,
};
use crate::entities::{ApiConfig, AuthorizationType};
use std::fmt;

/// What became of authorization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthorizationStep {
    /// The method is open to everybody.
    Open,
    /// The method wants a signed request, and this one has no signature.
    NotSigned,
    /// The method wants a token, and there is none.
    NoToken,
    /// The authorizer does not find the caller's identity, and nobody is asked.
    NoIdentity {
        /// The authorizer.
        authorizer: String,
        /// Where it looks.
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
        /// What is wrong with it.
        fault: TokenFault,
    },
    /// The authorizer's Lambda function cannot be called.
    FunctionNotCallable {
        /// The authorizer.
        authorizer: String,
    },
    /// The playground cannot check this.
    NotSimulated(AuthorizationType),
}

impl AuthorizationStep {
    /// How it went.
    pub fn outcome(&self) -> Outcome {
        if *self == Self::Open { Outcome::Skipped } else { Outcome::Failed }
    }
}

impl fmt::Display for AuthorizationStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open => f.write_str("The method is open to everybody."),
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
            Self::FunctionNotCallable { authorizer } => write!(
                f,
                "The authorizer {authorizer} asks a Lambda function, and this playground has none: AWS answers so when it \
                 cannot call the function."
            ),
            Self::NotSimulated(kind) => OwnAnswer::Authorization(*kind).fmt(f),
        }
    }
}

/// Authorization.
pub(crate) fn check(
    config: &ApiConfig,
    route: &Route<'_, '_>,
    call: &Call<'_>,
    runtime: &mut Runtime,
    trace: &mut Trace,
) -> Result<(), Halt> {
    let method = route.method;
    let kind = method.authorization_type;
    let (step, halt) = match kind {
        AuthorizationType::None => (AuthorizationStep::Open, None),
        AuthorizationType::AwsIam => {
            let is_signed = call.request.header("authorization").is_some() || call.query.contains("X-Amz-Signature=");
            match is_signed {
                true => (AuthorizationStep::NotSimulated(kind), Some(Halt::Own(OwnAnswer::Authorization(kind)))),
                false => (AuthorizationStep::NotSigned, Some(GatewayResponseType::MissingAuthenticationToken.into())),
            }
        }
        AuthorizationType::CognitoUserPools | AuthorizationType::Custom => {
            authorizer::decide(config, route, call, runtime)
        }
    };
    trace.push(Step::Authorization(step));
    halt.map_or(Ok(()), Err)
}
