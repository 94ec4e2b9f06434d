//! Integration: what answers a method. All five types are stored with AWS's checks.

use super::{
    World,
    answer::Answer,
    edits::{NameList, by_path},
    error::{ApiError, Violation},
    integration_checks::{check, check_late, check_link},
    integration_responses,
    members::{Field, Member, MemberType, operation, structure},
    patch::{Op, PatchOperation, op_violations, patch_entry},
};
use crate::{
    collections::SortedMap,
    entities::{
        ConnectionType, ContentHandling, GivenEmpty, HttpMethod, Integration, IntegrationType, PassthroughBehavior,
        TlsConfig,
    },
};
use serde_json::{Map, Value};
use std::rc::Rc;

/// The longest time that an integration may take, and the default (documented).
const MAXIMUM_TIMEOUT: i64 = 29_000;

/// The members that a patch can only replace (documented; `credentials` inferred).
const REPLACED: [&str; 11] = [
    "cacheNamespace",
    "connectionId",
    "connectionType",
    "contentHandling",
    "credentials",
    "httpMethod",
    "integrationTarget",
    "passthroughBehavior",
    "responseTransferMode",
    "timeoutInMillis",
    "uri",
];

/// `tlsConfig` as a request gives it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TlsConfigInput {
    /// Skip the check that a trusted authority issued the certificate.
    pub insecure_skip_verification: Option<bool>,
}

impl Member for Option<TlsConfigInput> {
    const TYPE: MemberType = MemberType::Structure(&[("insecureSkipVerification", MemberType::Boolean)]);

    fn read(value: Option<Value>, field: &Field<'_>) -> Result<Self, ApiError> {
        let Some(mut members) = structure(value, field)? else { return Ok(None) };
        let insecure_skip_verification = Member::read(members.remove("insecureSkipVerification"), field)?;
        Ok(Some(TlsConfigInput { insecure_skip_verification }))
    }

    fn write(&self) -> Option<Value> {
        let input = self.as_ref()?;
        Some(Answer::new().maybe("insecureSkipVerification", input.insecure_skip_verification).done())
    }
}

operation! {
    /// Gives a method its integration, in place of the one that it has; responses of the old one go (inferred).
    PutIntegration: "PUT" "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/integration" => 201 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The resource.
        resource_id: String = Uri "resourceId";
        /// The verb, or ANY.
        http_method: String = Uri "httpMethod";
        /// `MOCK`, `HTTP`, `HTTP_PROXY`, `AWS` or `AWS_PROXY`.
        integration_type: String = Body "type";
        /// The verb sent to the backend.
        integration_http_method: Option<String> = Body "integrationHttpMethod" as "httpMethod";
        /// The backend's address.
        uri: Option<String> = Body "uri";
        /// `INTERNET` or `VPC_LINK`.
        connection_type: Option<String> = Body "connectionType";
        /// The VPC link.
        connection_id: Option<String> = Body "connectionId";
        /// The role that the gateway assumes.
        credentials: Option<String> = Body "credentials";
        /// `integration.request.{header|querystring|path}.{name}` → mapping expression.
        request_parameters: Option<SortedMap<String, String>> = Body "requestParameters";
        /// Content type → template.
        request_templates: Option<SortedMap<String, Option<String>>> = Body "requestTemplates";
        /// `WHEN_NO_MATCH`, `WHEN_NO_TEMPLATES` or `NEVER`.
        passthrough_behavior: Option<String> = Body "passthroughBehavior";
        /// The cache's namespace.
        cache_namespace: Option<String> = Body "cacheNamespace";
        /// Parameters that are part of the cache key.
        cache_key_parameters: Option<Vec<String>> = Body "cacheKeyParameters";
        /// `CONVERT_TO_BINARY` or `CONVERT_TO_TEXT`.
        content_handling: Option<String> = Body "contentHandling";
        /// Milliseconds until the gateway gives up.
        timeout_in_millis: Option<i64> = Body "timeoutInMillis";
        /// TLS towards the backend.
        tls_config: Option<TlsConfigInput> = Body "tlsConfig";
        /// `BUFFERED` or `STREAM`.
        response_transfer_mode: Option<String> = Body "responseTransferMode";
        /// The load balancer behind a VPC link.
        integration_target: Option<String> = Body "integrationTarget";
    }
}

operation! {
    /// Shows an integration.
    GetIntegration: "GET" "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/integration" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The resource.
        resource_id: String = Uri "resourceId";
        /// The verb, or ANY.
        http_method: String = Uri "httpMethod";
    }
}

operation! {
    /// Changes members of an integration; its type stays.
    UpdateIntegration: "PATCH" "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/integration" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The resource.
        resource_id: String = Uri "resourceId";
        /// The verb, or ANY.
        http_method: String = Uri "httpMethod";
        /// The operations.
        patch_operations: Vec<PatchOperation> = Body "patchOperations";
    }
}

operation! {
    /// Takes a method's integration away; such an API cannot be deployed.
    DeleteIntegration: "DELETE" "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/integration" => 204 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The resource.
        resource_id: String = Uri "resourceId";
        /// The verb, or ANY.
        http_method: String = Uri "httpMethod";
    }
}

impl PutIntegration {
    /// Makes the request for a MOCK integration, with nothing else set.
    pub fn mock(rest_api_id: String, resource_id: String, http_method: String) -> Self {
        Self {
            rest_api_id,
            resource_id,
            http_method,
            integration_type: IntegrationType::Mock.as_str().to_owned(),
            ..Self::default()
        }
    }

    fn check(&self) -> Vec<Violation> {
        let enums: [(&str, Option<&str>, bool, &str); 4] = [
            // The order of the first set is recorded, the others follow the service model.
            (
                "type",
                Some(&self.integration_type),
                IntegrationType::parse(&self.integration_type).is_some(),
                "HTTP, MOCK, AWS_PROXY, HTTP_PROXY, AWS",
            ),
            valid("connectionType", self.connection_type.as_deref(), ConnectionType::parse, "INTERNET, VPC_LINK"),
            valid(
                "contentHandling",
                self.content_handling.as_deref(),
                ContentHandling::parse,
                "CONVERT_TO_BINARY, CONVERT_TO_TEXT",
            ),
            valid("responseTransferMode", self.response_transfer_mode.as_deref(), transfer_mode, "BUFFERED, STREAM"),
        ];
        let violation = |(name, value, valid, set): (&str, Option<&str>, bool, &str)| {
            (!valid).then(|| Violation {
                value: value.map(str::to_owned),
                place: format!("putIntegrationInput.{name}"),
                constraint: format!("satisfy enum value set: [{set}]"),
            })
        };
        enums.into_iter().filter_map(violation).collect()
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let method = world.method(&self.rest_api_id, &self.resource_id, &self.http_method)?;
        let integration = self.integration()?;
        world.late(check_link(&integration))?;
        check(&integration, method, world.workspace.limits.template_bytes)?;
        world.late(check_late(&integration))?;
        let body = describe(&integration);
        world.edit_method(&self.rest_api_id, &self.resource_id, &self.http_method, |method| {
            method.integration = Some(Rc::new(integration));
            Ok(())
        })?;
        Ok(body)
    }

    fn integration(&self) -> Result<Integration, ApiError> {
        let kind = IntegrationType::parse(&self.integration_type).unwrap_or(IntegrationType::Mock);
        let mock = kind == IntegrationType::Mock;
        let http = matches!(kind, IntegrationType::Http | IntegrationType::HttpProxy);
        let connection = self.connection_type.as_deref().and_then(ConnectionType::parse);
        Ok(Integration {
            kind,
            http_method: if mock { None } else { Some(backend_method(self.integration_http_method.as_deref())?) },
            uri: if mock { None } else { self.uri.clone() },
            connection_type: http.then(|| connection.unwrap_or(ConnectionType::Internet)),
            connection_id: self.connection_id.clone(),
            // An empty role is none (recorded).
            credentials: self.credentials.clone().filter(|role| !role.is_empty()),
            request_parameters: self.request_parameters.clone().unwrap_or_default(),
            request_templates: self.request_templates.iter().flatten().map(kept_template).collect(),
            given: GivenEmpty::of(self.request_parameters.as_ref(), self.request_templates.as_ref()),
            passthrough_behavior: passthrough(self.passthrough_behavior.as_deref())?,
            cache_namespace: self.cache_namespace.clone().unwrap_or_else(|| self.resource_id.clone()),
            cache_key_parameters: self.cache_key_parameters.clone().unwrap_or_default(),
            content_handling: self.content_handling.as_deref().and_then(ContentHandling::parse),
            timeout_in_millis: timeout(self.timeout_in_millis.unwrap_or(MAXIMUM_TIMEOUT))?,
            tls_config: self
                .tls_config
                .map(|tls| TlsConfig { insecure_skip_verification: tls.insecure_skip_verification.unwrap_or(false) }),
            response_transfer_mode: self.response_transfer_mode.clone(),
            integration_target: self.integration_target.clone(),
            responses: SortedMap::new(),
        })
    }
}

impl GetIntegration {
    fn check(&self) -> Vec<Violation> {
        Vec::new()
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let method = world.method(&self.rest_api_id, &self.resource_id, &self.http_method)?;
        method.integration.as_ref().map(|i| describe(i)).ok_or(ApiError::Unknown(super::Noun::Integration))
    }
}

impl UpdateIntegration {
    fn check(&self) -> Vec<Violation> {
        op_violations("UpdateIntegration", &self.patch_operations)
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let limit = world.workspace.limits.template_bytes;
        let integration = world.edit_method(&self.rest_api_id, &self.resource_id, &self.http_method, |method| {
            let missing = ApiError::Unknown(super::Noun::Integration);
            let mut integration = method.integration.clone().ok_or(missing)?;
            let edited = Rc::make_mut(&mut integration);
            let mut keys = NameList::of(&mut edited.cache_key_parameters);
            by_path(&self.patch_operations, |patch| patch_integration(edited, &mut keys, patch))?;
            edited.cache_key_parameters = keys.finish();
            check(edited, method, limit)?;
            method.integration = Some(integration.clone());
            Ok(integration)
        })?;
        world.late(check_late(&integration))?;
        Ok(describe(&integration))
    }
}

impl DeleteIntegration {
    fn check(&self) -> Vec<Violation> {
        Vec::new()
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        world.edit_method(&self.rest_api_id, &self.resource_id, &self.http_method, |method| {
            let gone = method.integration.take();
            gone.map(|_| Value::Null).ok_or(ApiError::Unknown(super::Noun::Integration))
        })
    }
}

fn valid<'a, T>(
    name: &'a str,
    value: Option<&'a str>,
    parse: impl Fn(&str) -> Option<T>,
    set: &'a str,
) -> (&'a str, Option<&'a str>, bool, &'a str) {
    (name, value, value.is_none_or(|value| parse(value).is_some()), set)
}

/// Keeps an empty template as `null` (recorded for responses; for requests reported by tools that make up for it).
fn kept_template((media_type, template): (&String, &Option<String>)) -> (String, Option<String>) {
    (media_type.clone(), template.clone().filter(|template| !template.is_empty()))
}

fn transfer_mode(text: &str) -> Option<()> {
    matches!(text, "BUFFERED" | "STREAM").then_some(())
}

fn backend_method(text: Option<&str>) -> Result<HttpMethod, ApiError> {
    let message = "Enumeration value for HttpMethod must be non-empty";
    let text = text.filter(|t| !t.is_empty()).ok_or_else(|| ApiError::invalid("integrationHttpMethod", message))?;
    HttpMethod::parse(text).ok_or(ApiError::HttpMethod)
}

fn passthrough(text: Option<&str>) -> Result<PassthroughBehavior, ApiError> {
    // The model has no enumeration for it; the sentence is assumed.
    let message = "Invalid passthrough behavior specified. Valid options are WHEN_NO_MATCH,WHEN_NO_TEMPLATES,NEVER";
    let parse =
        |text| PassthroughBehavior::parse(text).ok_or_else(|| ApiError::invalid("passthroughBehavior", message));
    text.map_or(Ok(PassthroughBehavior::WhenNoMatch), parse)
}

fn timeout(millis: i64) -> Result<u32, ApiError> {
    let message = "Timeout should be between 50 ms and 29000 ms";
    let valid = u32::try_from(millis).ok().filter(|m| (50..=29_000).contains(m));
    valid.ok_or_else(|| ApiError::invalid("timeoutInMillis", message))
}

fn patch_integration(
    integration: &mut Integration,
    cache_keys: &mut NameList,
    patch: &PatchOperation,
) -> Result<(), ApiError> {
    let segments = patch.segments();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    if let ["cacheKeyParameters", name] = segments[..] {
        patch.only(&[Op::Add, Op::Replace, Op::Remove])?;
        match patch.kind() {
            Op::Remove => cache_keys.remove(name),
            _ => cache_keys.move_to_end(name.to_owned()),
        }
        return Ok(());
    }
    if let ["requestParameters" | "requestTemplates", name] = segments[..] {
        return patch_collections(integration, segments[0], name, patch);
    }
    let is_mock = integration.kind == IntegrationType::Mock;
    if let ["httpMethod" | "uri"] = segments[..]
        && is_mock
    {
        return Err(patch.bad_path());
    }
    let field = match segments[..] {
        [field] if field != "tlsConfig" => field,
        ["tlsConfig", "insecureSkipVerification"] => "tlsConfig",
        _ => return Err(patch.bad_path()),
    };
    if REPLACED.contains(&field) {
        patch.only(&[Op::Replace])?;
    }
    match field {
        "cacheNamespace" => integration.cache_namespace = patch.text().to_owned(),
        "connectionId" => integration.connection_id = patch.text_if_any(),
        "connectionType" => {
            let message = "Invalid connection type specified. Valid options are INTERNET,VPC_LINK"; // assumed
            let parsed = ConnectionType::parse(patch.text());
            integration.connection_type = Some(parsed.ok_or_else(|| ApiError::invalid("connectionType", message))?);
        }
        "contentHandling" => {
            let message = "Invalid content handling specified. Valid options are CONVERT_TO_BINARY,CONVERT_TO_TEXT"; // assumed
            let parse =
                |t: String| ContentHandling::parse(&t).ok_or_else(|| ApiError::invalid("contentHandling", message));
            integration.content_handling = patch.text_if_any().map(parse).transpose()?;
        }
        "passthroughBehavior" => integration.passthrough_behavior = passthrough(Some(patch.text()))?,
        "timeoutInMillis" => integration.timeout_in_millis = timeout(patch.text().parse().unwrap_or(-1))?,
        "responseTransferMode" => {
            let message = "Invalid response transfer mode specified. Valid options are BUFFERED,STREAM"; // assumed
            let mode = patch.text_if_any();
            if mode.as_deref().is_some_and(|mode| transfer_mode(mode).is_none()) {
                return Err(ApiError::invalid("responseTransferMode", message));
            }
            integration.response_transfer_mode = mode;
        }
        "integrationTarget" => integration.integration_target = patch.text_if_any(),
        "credentials" => integration.credentials = patch.text_if_any(),
        "tlsConfig" => {
            patch.only(&[Op::Replace])?;
            integration.tls_config = Some(TlsConfig { insecure_skip_verification: patch.is_true() });
        }
        "httpMethod" => integration.http_method = Some(backend_method(Some(patch.text()))?),
        "uri" => integration.uri = patch.text_if_any(),
        _ => return Err(patch.bad_path()),
    }
    Ok(())
}

fn patch_collections(
    integration: &mut Integration,
    collection: &str,
    name: &str,
    patch: &PatchOperation,
) -> Result<(), ApiError> {
    match collection {
        "requestParameters" => {
            let missing = ApiError::NotFound("Invalid parameter name specified");
            let value = |p: &PatchOperation| Ok(p.text().to_owned());
            integration.given.parameters = false;
            patch_entry(&mut integration.request_parameters, name.to_owned(), patch, value, missing)
        }
        _ => {
            let missing = ApiError::NotFound("Content-Type specified was not found");
            let value = |p: &PatchOperation| Ok(p.text_if_any());
            integration.given.contents = false;
            patch_entry(&mut integration.request_templates, name.to_owned(), patch, value, missing)
        }
    }
}

/// Writes an integration in the shape of AWS's answers, its responses included.
pub(super) fn describe(integration: &Integration) -> Value {
    let tls = |tls: &TlsConfig| Answer::new().with("insecureSkipVerification", tls.insecure_skip_verification).done();
    let mut out = Answer::new()
        .with("type", integration.kind.as_str())
        .maybe("httpMethod", integration.http_method.map(HttpMethod::as_str))
        .maybe("uri", integration.uri.as_deref())
        .maybe("connectionType", integration.connection_type.map(ConnectionType::as_str))
        .maybe("connectionId", integration.connection_id.as_deref())
        .maybe("credentials", integration.credentials.as_deref())
        .map("requestParameters", &integration.request_parameters, integration.given.parameters)
        .templates("requestTemplates", &integration.request_templates, integration.given.contents)
        .with("passthroughBehavior", integration.passthrough_behavior.as_str())
        .maybe("contentHandling", integration.content_handling.map(ContentHandling::as_str))
        .with("timeoutInMillis", integration.timeout_in_millis)
        .with("cacheNamespace", integration.cache_namespace.as_str())
        .with("cacheKeyParameters", integration.cache_key_parameters.clone());
    if !integration.responses.is_empty() {
        let describe = integration_responses::describe;
        let responses: Map<String, Value> =
            integration.responses.iter().map(|(status, r)| (status.to_string(), describe(*status, r))).collect();
        out = out.with("integrationResponses", responses);
    }
    out.maybe("tlsConfig", integration.tls_config.as_ref().map(tls))
        .maybe("responseTransferMode", integration.response_transfer_mode.as_deref())
        .maybe("integrationTarget", integration.integration_target.as_deref())
        .done()
}
