//! Holds what an API has beside its resources, and a deployment freezes with them: models, request validators, authorizers and
//! gateway responses.

use super::{AuthorizerId, GatewayResponse, GatewayResponseType, ModelId, RequestValidatorId, integration::wire_enum};
use crate::collections::SortedMap;
use std::rc::Rc;

/// Models by name.
pub type Models = SortedMap<Rc<str>, Rc<Model>>;

/// The parts of an API beside its resources. Cloning copies pointers only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiParts {
    /// The models; `None` while they are the two that every API begins with, so that those cost nothing.
    pub models: Option<Models>,
    /// The request validators.
    pub request_validators: SortedMap<RequestValidatorId, Rc<RequestValidator>>,
    /// The authorizers.
    pub authorizers: SortedMap<AuthorizerId, Rc<Authorizer>>,
    /// The gateway responses that are customised.
    pub gateway_responses: SortedMap<GatewayResponseType, Rc<GatewayResponse>>,
}

impl ApiParts {
    /// Returns the models of an API with this root resource.
    pub fn models(&self, root: &str) -> Models {
        match &self.models {
            Some(models) => models.clone(),
            None => default_models(root),
        }
    }

    /// Returns the customisation that shapes the answers of a type: its own, or that of its class (recorded).
    pub fn gateway_response(&self, of: GatewayResponseType) -> Option<(GatewayResponseType, &Rc<GatewayResponse>)> {
        let found = |kind: GatewayResponseType| self.gateway_responses.get(&kind).map(|response| (kind, response));
        found(of).or_else(|| found(of.class()?))
    }
}

/// A JSON schema with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// Its id.
    pub id: ModelId,
    /// Its name, which cannot change.
    pub name: Rc<str>,
    /// The description.
    pub description: Option<String>,
    /// The content type of what it describes.
    pub content_type: String,
    /// The schema, as text.
    pub schema: String,
}

/// Returns the models that every new API owns (recorded). Their ids follow from the root resource's: nothing has to
/// be drawn for them, and nothing recorded.
fn default_models(root: &str) -> Models {
    let model = |name: &str, purpose: &str, schema: &str| {
        let name: Rc<str> = name.into();
        let model = Model {
            id: default_id(root, &name),
            name: name.clone(),
            description: Some(format!("This is a default {purpose} schema model")),
            content_type: "application/json".into(),
            schema: schema.into(),
        };
        (name, Rc::new(model))
    };
    [
        model(
            "Empty",
            "empty",
            "{\n  \"$schema\": \"http://json-schema.org/draft-04/schema#\",\n  \"title\" : \"Empty Schema\",\n  \"type\" : \"object\"\n}",
        ),
        model(
            "Error",
            "error",
            "{\n  \"$schema\" : \"http://json-schema.org/draft-04/schema#\",\n  \"title\" : \"Error Schema\",\n  \"type\" : \"object\",\n  \"properties\" : {\n    \"message\" : { \"type\" : \"string\" }\n  }\n}",
        ),
    ]
    .into()
}

/// Returns six letters and digits that follow from two texts.
fn default_id(root: &str, name: &str) -> ModelId {
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    for byte in root.bytes().chain(name.bytes()) {
        state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    let mut id = String::with_capacity(6);
    for _ in 0..6 {
        let digit = (state % 36) as u8;
        id.push(char::from(if digit < 10 { b'0' + digit } else { b'a' + digit - 10 }));
        state /= 36;
    }
    ModelId::new(id)
}

/// The parts of a request that API Gateway checks before it goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestValidator {
    /// Its id.
    pub id: RequestValidatorId,
    /// The name; `None` when none was given.
    pub name: Option<String>,
    /// Whether the body must fit its model.
    pub validate_request_body: bool,
    /// Whether required parameters must be there.
    pub validate_request_parameters: bool,
}

wire_enum! {
    /// Who decides whether a caller may.
    AuthorizerType {
        /// A Lambda function that gets one header.
        Token = "TOKEN",
        /// A Lambda function that gets the request.
        Request = "REQUEST",
        /// Cognito user pools.
        CognitoUserPools = "COGNITO_USER_POOLS",
    }
}

/// Decides whether a caller may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorizer {
    /// Its id.
    pub id: AuthorizerId,
    /// The name; unique within the API.
    pub name: String,
    /// Who decides.
    pub kind: AuthorizerType,
    /// The user pools.
    pub provider_arns: Vec<String>,
    /// An author's own note, which API Gateway keeps and does not look at.
    pub auth_type: Option<String>,
    /// The Lambda function.
    pub uri: Option<String>,
    /// The role to call it with.
    pub credentials: Option<String>,
    /// Where in a request the caller's identity stands: mapping expressions, separated by commas.
    pub identity_source: Option<String>,
    /// A pattern that the identity of a TOKEN authorizer must fit.
    pub identity_validation_expression: Option<String>,
    /// For how long a decision is remembered.
    pub result_ttl_in_seconds: Option<u32>,
}
