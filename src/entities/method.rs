//! A method of a resource: what it asks of a request, which answers it declares, and its integration.

use super::{AuthorizerId, Integration, RequestValidatorId};
use crate::collections::SortedMap;
use std::{fmt, rc::Rc};

/// An HTTP method that a resource can own. `Any` stands for all seven others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HttpMethod {
    /// `GET`.
    Get,
    /// `POST`.
    Post,
    /// `PUT`.
    Put,
    /// `PATCH`.
    Patch,
    /// `DELETE`.
    Delete,
    /// `HEAD`.
    Head,
    /// `OPTIONS`.
    Options,
    /// `ANY`.
    Any,
}

impl HttpMethod {
    /// All methods, in the order in which screens list them.
    pub const ALL: [Self; 8] =
        [Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete, Self::Head, Self::Options, Self::Any];

    /// Parses an upper-case verb; API Gateway refuses lower case.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|m| m.as_str() == text)
    }

    /// Returns the verb.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Head => "HEAD",
            Self::Options => "OPTIONS",
            Self::Any => "ANY",
        }
    }
}

impl fmt::Display for HttpMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A status code from 100 to 599, the range that API Gateway accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatusCode(u16);

impl StatusCode {
    /// Parses three digits, the first from 1 to 5.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let valid = bytes.len() == 3 && (b'1'..=b'5').contains(&bytes[0]) && bytes.iter().all(u8::is_ascii_digit);
        if !valid {
            return None;
        }
        text.parse().ok().map(Self)
    }

    /// Returns the number.
    pub fn get(self) -> u16 {
        self.0
    }
}

impl fmt::Display for StatusCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Who may call a method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthorizationType {
    /// Open to everybody.
    None,
    /// A signed request.
    AwsIam,
    /// A Lambda authorizer.
    Custom,
    /// A Cognito user pool.
    CognitoUserPools,
}

impl AuthorizationType {
    /// All types, in the order in which screens list them.
    pub const ALL: [Self; 4] = [Self::None, Self::AwsIam, Self::Custom, Self::CognitoUserPools];

    /// Parses a type; upper and lower case make no difference (recorded for `none`).
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.as_str().eq_ignore_ascii_case(text))
    }

    /// Returns the name on AWS's wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "NONE",
            Self::AwsIam => "AWS_IAM",
            Self::Custom => "CUSTOM",
            Self::CognitoUserPools => "COGNITO_USER_POOLS",
        }
    }
}

/// One method of a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Method {
    /// The verb, or ANY.
    pub http_method: HttpMethod,
    /// Who may call it.
    pub authorization_type: AuthorizationType,
    /// The authorizer, when the type needs one.
    pub authorizer_id: Option<AuthorizerId>,
    /// Scopes that a Cognito access token must hold.
    pub authorization_scopes: Vec<String>,
    /// Whether a caller must send an API key.
    pub api_key_required: bool,
    /// A name for SDKs.
    pub operation_name: Option<String>,
    /// `method.request.{path|querystring|header}.{name}` → whether it is required.
    pub request_parameters: SortedMap<String, bool>,
    /// Content type → model name.
    pub request_models: SortedMap<String, String>,
    /// Which of its maps were given empty.
    pub given: GivenEmpty,
    /// The validator.
    pub request_validator_id: Option<RequestValidatorId>,
    /// The answers that it declares, by status.
    pub responses: SortedMap<StatusCode, Rc<MethodResponse>>,
    /// The integration that answers it.
    pub integration: Option<Rc<Integration>>,
}

impl Method {
    /// Makes a method that nobody has configured yet.
    pub fn new(http_method: HttpMethod, authorization_type: AuthorizationType) -> Self {
        Self {
            http_method,
            authorization_type,
            authorizer_id: None,
            authorization_scopes: Vec::new(),
            api_key_required: false,
            operation_name: None,
            request_parameters: SortedMap::new(),
            request_models: SortedMap::new(),
            given: GivenEmpty::default(),
            request_validator_id: None,
            responses: SortedMap::new(),
            integration: None,
        }
    }
}

/// Which maps of parameters and of contents (models, templates) a request gave empty: AWS's answers show those as `{}`
/// until they are edited (recorded for parameters of responses, assumed for the others). Nothing else depends on it, so two
/// configurations that differ in this alone are equal.
#[derive(Clone, Copy, Debug, Default, Eq)]
pub struct GivenEmpty {
    /// The map of parameters.
    pub parameters: bool,
    /// The map from content types.
    pub contents: bool,
}

impl GivenEmpty {
    /// Returns what a request gave.
    pub fn of<A, B>(parameters: Option<&SortedMap<String, A>>, contents: Option<&SortedMap<String, B>>) -> Self {
        Self {
            parameters: parameters.is_some_and(SortedMap::is_empty),
            contents: contents.is_some_and(SortedMap::is_empty),
        }
    }
}

impl PartialEq for GivenEmpty {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// An answer that a method declares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MethodResponse {
    /// `method.response.header.{name}` → whether it is required (API Gateway stores the flag and never looks at it).
    pub response_parameters: SortedMap<String, bool>,
    /// Content type → model name.
    pub response_models: SortedMap<String, String>,
    /// Which of its maps were given empty.
    pub given: GivenEmpty,
}
