//! Checks what can be checked of a user pool's token without the pool: its form, who issued it, until when, and for what.
//!
//! Documented: a token that is expired, of another issuer or of the wrong kind is answered 401. The order of the checks is assumed.
//! Whether the signature is the pool's cannot be known here: a token that passes is not let through.

use super::Runtime;
use crate::entities::{Authorizer, Timestamp};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value};
use std::fmt;

/// The reason why a user pool's authorizer refuses a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenFault {
    /// Not a JSON web token.
    Malformed,
    /// Issued by somebody else.
    Issuer(String),
    /// Expired.
    Expired,
    /// An access token where an ID token is wanted, or the other way round.
    Kind {
        /// `id` or `access`.
        wanted: &'static str,
    },
    /// The audience does not fit the authorizer's validation expression.
    Audience,
    /// An access token with none of the method's scopes.
    Scope,
}

impl TokenFault {
    /// Returns what AWS says in place of `Unauthorized` (reported).
    pub(super) fn message(&self) -> Option<&'static str> {
        (*self == Self::Expired).then_some("The incoming token has expired")
    }
}

impl fmt::Display for TokenFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed => f.write_str("it is not a JSON web token"),
            Self::Issuer(issuer) if issuer.is_empty() => f.write_str("it does not say who issued it"),
            Self::Issuer(issuer) => write!(f, "{issuer} issued it, which is none of the authorizer's user pools"),
            Self::Expired => f.write_str("it has expired"),
            Self::Kind { wanted: "id" } => f.write_str("the method has no scopes, so it must be an ID token"),
            Self::Kind { .. } => f.write_str("the method has scopes, so it must be an access token"),
            Self::Audience => f.write_str("its audience does not fit the validation expression"),
            Self::Scope => f.write_str("it has none of the method's scopes"),
        }
    }
}

/// Returns what is wrong with a token, as far as it can be seen.
pub(super) fn fault(
    authorizer: &Authorizer,
    scopes: &[String],
    token: &str,
    now: Timestamp,
    runtime: &mut Runtime,
) -> Option<TokenFault> {
    let Some(claims) = claims(token.strip_prefix("Bearer ").unwrap_or(token).trim()) else {
        return Some(TokenFault::Malformed);
    };
    let text = |claim: &str| claims.get(claim).and_then(Value::as_str).unwrap_or_default();
    if !authorizer.provider_arns.iter().filter_map(|arn| issuer(arn)).any(|issuer| issuer == text("iss")) {
        return Some(TokenFault::Issuer(text("iss").to_owned()));
    }
    let until = claims.get("exp").and_then(Value::as_i64).unwrap_or_default();
    if until.saturating_mul(1000) <= now.0 {
        return Some(TokenFault::Expired);
    }
    let wanted = if scopes.is_empty() { "id" } else { "access" };
    if text("token_use") != wanted {
        return Some(TokenFault::Kind { wanted });
    }
    if scopes.is_empty()
        && let Some(pattern) = &authorizer.identity_validation_expression
        && runtime.fits(pattern, text("aud")) == Some(false)
    {
        return Some(TokenFault::Audience);
    }
    let has_scope = text("scope").split(' ').any(|given| scopes.iter().any(|scope| scope == given));
    (!scopes.is_empty() && !has_scope).then_some(TokenFault::Scope)
}

/// Returns the claims of a token that has the form of one.
fn claims(token: &str) -> Option<Map<String, Value>> {
    let mut parts = token.split('.');
    let object = |part: &str| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok();
    let (header, payload, signature) = (parts.next()?, parts.next()?, parts.next()?);
    let _: Map<String, Value> = object(header)?;
    let is_whole = !signature.is_empty() && parts.next().is_none();
    object(payload).filter(|_| is_whole)
}

/// Returns who issues the tokens of a pool: `arn:aws:cognito-idp:REGION:ACCOUNT:userpool/POOL`.
fn issuer(arn: &str) -> Option<String> {
    let mut parts = arn.splitn(6, ':').skip(3);
    let (region, pool) = (parts.next()?, parts.nth(1)?.strip_prefix("userpool/")?);
    Some(format!("https://cognito-idp.{region}.amazonaws.com/{pool}"))
}
