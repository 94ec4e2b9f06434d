//! The requests that forms send: AWS's requests about one method, filled in. Nothing here decides what is allowed.

use crate::{
    collections::SortedMap,
    control_plane::{
        Command, PatchOperation,
        integration_responses::UpdateIntegrationResponse,
        integrations::{PutIntegration, UpdateIntegration},
        method_responses::UpdateMethodResponse,
        methods::{PutMethod, UpdateMethod},
    },
    entities::{HttpMethod, IntegrationType, Place as AwsPlace, StatusCode},
};

/// The method that a form is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodAt {
    /// The API's id.
    pub api: String,
    /// The resource's id.
    pub resource: String,
    /// The verb.
    pub verb: HttpMethod,
}

impl MethodAt {
    /// Returns an id for the document, unique on the page.
    pub fn dom_id(&self, field: &str) -> String {
        format!("{}-{}-{field}", self.resource, self.verb)
    }

    /// `UpdateMethod`.
    pub fn method(&self, patch: Vec<PatchOperation>) -> Command {
        let (rest_api_id, resource_id, http_method) = self.key();
        UpdateMethod { rest_api_id, resource_id, http_method, patch_operations: patch }.into()
    }

    /// `UpdateIntegration`.
    pub fn integration(&self, patch: Vec<PatchOperation>) -> Command {
        let (rest_api_id, resource_id, http_method) = self.key();
        UpdateIntegration { rest_api_id, resource_id, http_method, patch_operations: patch }.into()
    }

    /// `UpdateMethodResponse`.
    pub fn method_response(&self, status: StatusCode, patch: Vec<PatchOperation>) -> Command {
        let (rest_api_id, resource_id, http_method) = self.key();
        let status_code = status.to_string();
        UpdateMethodResponse { rest_api_id, resource_id, http_method, status_code, patch_operations: patch }.into()
    }

    /// `UpdateIntegrationResponse`.
    pub fn integration_response(&self, status: StatusCode, patch: Vec<PatchOperation>) -> Command {
        let (rest_api_id, resource_id, http_method) = self.key();
        let status_code = status.to_string();
        UpdateIntegrationResponse { rest_api_id, resource_id, http_method, status_code, patch_operations: patch }.into()
    }

    /// `PutMethod`, open to everybody, declaring these path variables.
    pub fn put_method(&self, variables: &[String]) -> Command {
        let (rest_api_id, resource_id, http_method) = self.key();
        let declared: SortedMap<String, bool> =
            variables.iter().map(|name| (format!("method.request.path.{name}"), true)).collect();
        PutMethod {
            rest_api_id,
            resource_id,
            http_method,
            authorization_type: "NONE".into(),
            request_parameters: (!declared.is_empty()).then_some(declared),
            ..PutMethod::default()
        }
        .into()
    }

    /// Returns the members that every request about the method names.
    pub fn key(&self) -> (String, String, String) {
        (self.api.clone(), self.resource.clone(), self.verb.to_string())
    }
}

/// The content type of templates that nobody chose one for.
pub const JSON: &str = "application/json";

/// An integration in the making.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backend {
    /// The type.
    pub kind: IntegrationType,
    /// The verb sent to the backend.
    pub http_method: String,
    /// The address; of a Lambda function its name or ARN.
    pub uri: String,
    /// The role that the gateway assumes.
    pub credentials: String,
}

impl Backend {
    /// Returns a type with nothing filled in yet but what most people want.
    pub fn new(kind: IntegrationType, verb: HttpMethod) -> Self {
        let http_method = match kind {
            IntegrationType::Aws | IntegrationType::AwsProxy => "POST",
            _ => verb.as_str(),
        };
        Self { kind, http_method: http_method.into(), uri: String::new(), credentials: String::new() }
    }

    /// Returns the request that puts it in place of whatever the method has.
    pub fn request(&self, at: &MethodAt, place: &AwsPlace) -> PutIntegration {
        let (api, resource, verb) = at.key();
        let base = PutIntegration::mock(api, resource, verb);
        if self.kind == IntegrationType::Mock {
            let template = SortedMap::from([(JSON.to_owned(), Some("{\"statusCode\": 200}".to_owned()))]);
            return PutIntegration { request_templates: Some(template), ..base };
        }
        let lambda = self.kind == IntegrationType::AwsProxy;
        PutIntegration {
            integration_type: self.kind.as_str().into(),
            // A Lambda function is always invoked with POST (documented).
            integration_http_method: Some(if lambda { "POST".into() } else { self.http_method.clone() }),
            uri: Some(if lambda { lambda_uri(place, &self.uri) } else { self.uri.trim().to_owned() }),
            credentials: Some(self.credentials.trim().to_owned()).filter(|role| !role.is_empty()),
            ..base
        }
    }
}

/// Tells whether a backend's answer passes as it is, without integration responses.
pub fn is_proxy(kind: IntegrationType) -> bool {
    matches!(kind, IntegrationType::HttpProxy | IntegrationType::AwsProxy)
}

/// Returns the address by which the gateway invokes a Lambda function, from its name, its ARN or that address itself
/// (documented).
pub fn lambda_uri(place: &AwsPlace, text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.contains(":apigateway:") {
        return text.to_owned();
    }
    let (partition, region) = (place.region.partition().as_str(), &place.region);
    let function = if text.starts_with("arn:") {
        text.to_owned()
    } else {
        format!("arn:{partition}:lambda:{region}:{}:function:{text}", place.account_id)
    };
    format!("arn:{partition}:apigateway:{region}:lambda:path/2015-03-31/functions/{function}/invocations")
}

/// Returns the variables of a path, in order: `/users/{userId}` has `userId`.
pub fn variables(path: &str) -> Vec<String> {
    let parts = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    parts.map(|name| name.trim_end_matches('+').to_owned()).collect()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{lambda_uri, variables};
    use crate::entities::Place;

    #[test]
    fn a_function_is_found_by_its_name_its_arn_or_its_address() {
        let place = Place::default();
        let arn = format!("arn:aws:lambda:{}:{}:function:orders", place.region, place.account_id);
        let address = format!("arn:aws:apigateway:{}:lambda:path/2015-03-31/functions/{arn}/invocations", place.region);
        for text in ["orders", " orders ", &arn, &address] {
            assert_eq!(lambda_uri(&place, text), address, "{text}");
        }
        assert_eq!(lambda_uri(&place, " "), "");
    }

    #[test]
    fn the_variables_of_a_path_stand_in_its_order() {
        assert_eq!(variables("/users/{userId}/files/{proxy+}"), ["userId", "proxy"]);
        assert_eq!(variables("/users"), Vec::<String>::new());
    }
}
