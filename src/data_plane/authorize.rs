//! Fifth step: may the caller, and has the caller a key. What cannot be checked here is not guessed.

use super::{Call, GatewayResponseType, Halt, Outcome, OwnAnswer, Step, Trace};
use crate::entities::{AuthorizationType, Method};
use std::fmt;

/// What became of authorization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthorizationStep {
    /// The method is open to everybody.
    Open,
    /// The method wants a signed request, and this one has no signature.
    NotSigned,
    /// The method wants a token, and there is none.
    NoToken,
    /// The playground cannot check this.
    NotSimulated(AuthorizationType),
}

impl AuthorizationStep {
    /// How it went.
    pub fn outcome(self) -> Outcome {
        match self {
            Self::Open => Outcome::Skipped,
            Self::NotSigned | Self::NoToken | Self::NotSimulated(_) => Outcome::Failed,
        }
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
            Self::NotSimulated(kind) => OwnAnswer::Authorization(*kind).fmt(f),
        }
    }
}

/// What became of the API key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiKeyStep {
    /// The method needs none.
    NotNeeded,
    /// The method needs one, and the request has none.
    Missing,
    /// The method needs one, and no such key exists.
    Unknown,
}

impl ApiKeyStep {
    /// How it went.
    pub fn outcome(self) -> Outcome {
        if self == Self::NotNeeded { Outcome::Skipped } else { Outcome::Failed }
    }
}

impl fmt::Display for ApiKeyStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotNeeded => "The method needs no API key.",
            Self::Missing => "The method needs an API key, and the request has no X-API-Key header.",
            Self::Unknown => "The method needs an API key, and the one in X-API-Key is not one of this account.",
        })
    }
}

/// Authorization, then the API key.
pub(crate) fn check(method: &Method, call: &Call<'_>, trace: &mut Trace) -> Result<(), Halt> {
    let kind = method.authorization_type;
    let has_token = call.request.header("authorization").is_some();
    let (step, halt) = match kind {
        AuthorizationType::None => (AuthorizationStep::Open, None),
        AuthorizationType::AwsIam if !has_token && !call.query.contains("X-Amz-Signature=") => {
            (AuthorizationStep::NotSigned, Some(GatewayResponseType::MissingAuthenticationToken.into()))
        }
        // Without a token a user pool is not even asked (documented).
        AuthorizationType::CognitoUserPools if !has_token => {
            (AuthorizationStep::NoToken, Some(GatewayResponseType::Unauthorized.into()))
        }
        AuthorizationType::AwsIam | AuthorizationType::CognitoUserPools | AuthorizationType::Custom => {
            (AuthorizationStep::NotSimulated(kind), Some(Halt::Own(OwnAnswer::Authorization(kind))))
        }
    };
    trace.push(Step::Authorization(step));
    halt.map_or(Ok(()), Err)?;
    let step = match (method.api_key_required, call.request.header("x-api-key")) {
        (false, _) => ApiKeyStep::NotNeeded,
        (true, None) => ApiKeyStep::Missing,
        (true, Some(_)) => ApiKeyStep::Unknown,
    };
    trace.push(Step::ApiKey(step));
    match step {
        ApiKeyStep::NotNeeded => Ok(()),
        ApiKeyStep::Missing | ApiKeyStep::Unknown => Err(GatewayResponseType::InvalidApiKey.into()),
    }
}
