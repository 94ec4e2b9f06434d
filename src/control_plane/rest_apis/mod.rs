//! RestApi: the API itself. Deleting one takes its stages and deployments along.

mod patch;

use super::{
    World,
    answer::Answer,
    checks::{ACCESS_MODES, EndpointConfigurationInput, SECURITY_POLICIES, check_tags, endpoint_violations, not_in},
    clones,
    error::{ApiError, Violation},
    members::operation,
    page::page,
    patch::{PatchOperation, op_violations},
    usage_plans,
};
use crate::{
    collections::{SharedMap, SortedMap},
    entities::{
        ApiConfig, ApiId, ApiSettings, DomainName, EndpointConfiguration, EndpointType, IpAddressType, ResourceId,
        RestApi,
    },
    env::IdShape,
};
use serde_json::{Value, json};
use std::rc::Rc;

const COMPRESSION: &str = "Invalid minimum compression size, must be between 0 and 10485760";
const PRIVATE_IPV4: &str = "Only dualstack ipAddressType is supported for Private APIs.";

operation! {
    /// Makes an API with nothing but a root resource, or with a copy of what another one has.
    CreateRestApi: "POST" "/restapis" => 201 {
        /// The name.
        name: String = Body "name";
        /// The description.
        description: Option<String> = Body "description";
        /// A version of the author's own.
        version: Option<String> = Body "version";
        /// An API whose working copy is copied.
        clone_from: Option<String> = Body "cloneFrom";
        /// Media types that are treated as bytes.
        binary_media_types: Option<Vec<String>> = Body "binaryMediaTypes";
        /// Bytes from which an answer is compressed.
        minimum_compression_size: Option<i64> = Body "minimumCompressionSize";
        /// `HEADER` or `AUTHORIZER`.
        api_key_source: Option<String> = Body "apiKeySource";
        /// Endpoint type and addresses.
        endpoint_configuration: Option<EndpointConfigurationInput> = Body "endpointConfiguration";
        /// The resource policy, as JSON text.
        policy: Option<String> = Body "policy";
        /// Tags.
        tags: Option<SortedMap<String, String>> = Body "tags";
        /// Whether the default hostname is switched off.
        disable_execute_api_endpoint: Option<bool> = Body "disableExecuteApiEndpoint";
        /// The TLS versions and ciphers of the default hostname.
        security_policy: Option<String> = Body "securityPolicy";
        /// `BASIC` or `STRICT`.
        endpoint_access_mode: Option<String> = Body "endpointAccessMode";
    }
}

operation! {
    /// Lists the APIs.
    GetRestApis: "GET" "/restapis" => 200 {
        /// Where to go on.
        position: Option<String> = Query "position";
        /// Entries on a page.
        limit: Option<i64> = Query "limit";
    }
}

operation! {
    /// Shows an API.
    GetRestApi: "GET" "/restapis/{restApiId}" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
    }
}

operation! {
    /// Changes members of an API.
    UpdateRestApi: "PATCH" "/restapis/{restApiId}" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The operations.
        patch_operations: Vec<PatchOperation> = Body "patchOperations";
    }
}

operation! {
    /// Deletes an API with everything below it.
    DeleteRestApi: "DELETE" "/restapis/{restApiId}" => 202 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
    }
}

impl CreateRestApi {
    fn check(&self) -> Vec<Violation> {
        let mut out = Vec::new();
        if let Some(source) = self.api_key_source.as_deref().filter(|s| !["HEADER", "AUTHORIZER"].contains(s)) {
            out.push(Violation {
                value: Some(source.to_owned()),
                place: "createRestApiInput.apiKeySource".into(),
                constraint: "satisfy enum value set: [HEADER, AUTHORIZER]".into(),
            });
        }
        out.extend(endpoint_violations("createRestApiInput", self.endpoint_configuration.as_ref()));
        let enumerations: [(&str, &Option<String>, &[&str]); 2] = [
            ("securityPolicy", &self.security_policy, &SECURITY_POLICIES),
            ("endpointAccessMode", &self.endpoint_access_mode, &ACCESS_MODES),
        ];
        for (member, value, allowed) in enumerations {
            let place = format!("createRestApiInput.{member}");
            out.extend(value.as_deref().and_then(|value| not_in(value, allowed, place)));
        }
        out
    }

    /// Finds the API to clone. That an unknown one is answered like any unknown API is assumed.
    fn source(&self, world: &World<'_>) -> Result<Option<Rc<RestApi>>, ApiError> {
        let given = self.clone_from.as_deref().filter(|id| !id.is_empty());
        given.map(|id| world.api(id).cloned()).transpose()
    }

    /// Makes the members: those given, else those of the API that is cloned, else the defaults.
    fn settings(&self, world: &World<'_>, id: &str, source: Option<&RestApi>) -> Result<ApiSettings, ApiError> {
        if self.name.is_empty() {
            return Err(ApiError::invalid("name", "Name cannot be empty")); // assumed, after the sentence recorded for VPC links
        }
        check_description(self.description.as_deref())?;
        let new = || ApiSettings::new(self.name.as_str());
        let mut settings = source.map_or_else(new, |source| (*source.config.settings).clone());
        settings.name.clone_from(&self.name);
        let text = |given: &Option<String>, cloned: Option<String>| given.clone().or(cloned);
        settings.description = text(&self.description, settings.description);
        settings.version = text(&self.version, settings.version);
        settings.security_policy = text(&self.security_policy, settings.security_policy);
        settings.endpoint_access_mode = text(&self.endpoint_access_mode, settings.endpoint_access_mode);
        if let Some(types) = &self.binary_media_types {
            settings.binary_media_types.clone_from(types);
        }
        if let Some(size) = self.minimum_compression_size {
            settings.minimum_compression_size = Some(compression(size)?);
        }
        if let Some(source) = &self.api_key_source {
            settings.api_key_source.clone_from(source);
        }
        if let Some(endpoint) = &self.endpoint_configuration {
            settings.endpoint = endpoint_configuration(endpoint)?;
        }
        if let Some(text) = self.policy.as_deref().filter(|text| !text.is_empty()) {
            settings.policy = Some(policy(world, id, text)?);
        } else if let Some(source) = source {
            let of = |id: &str| format!(":{id}/");
            settings.policy = settings.policy.map(|policy| policy.replace(&of(&source.id), &of(id)));
        }
        if let Some(disabled) = self.disable_execute_api_endpoint {
            settings.disable_execute_api_endpoint = disabled;
        }
        check_whole(&settings)?;
        Ok(settings)
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let existing = world.workspace.rest_apis.clone();
        let taken =
            |id: &str| existing.contains_key(id) || existing.values().any(|api| api.config.resource(id).is_some());
        let id = world.env.mint(IdShape::Long, taken);
        let source = self.source(world)?;
        let settings = self.settings(world, &id, source.as_deref())?;
        check_quota(world, settings.endpoint.endpoint_type)?;
        let root = world.env.mint(IdShape::Long, |candidate| taken(candidate) || *candidate == *id);
        let tags = self.tags.clone().unwrap_or_default();
        check_tags(world, &tags)?;
        let root = ResourceId::new(root);
        let config = match source {
            Some(source) => clones::config(world, &source, settings, (&id, root)),
            None => ApiConfig::new(settings, root),
        };
        let api = RestApi {
            id: ApiId::new(id),
            created: world.env.now(),
            config: Rc::new(config),
            deployments: SharedMap::new(),
            stages: SharedMap::new(),
            tags,
            documentation: Rc::default(),
            next_deployment_number: 1,
        };
        let body = describe(&api, false);
        world.workspace.rest_apis.insert(api.id.clone(), Rc::new(api));
        Ok(body)
    }
}

impl GetRestApis {
    fn check(&self) -> Vec<Violation> {
        Vec::new()
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let apis: Vec<_> = world.workspace.rest_apis.values().collect();
        page(&apis, self.limit, self.position.as_deref(), |api| api.id.to_string(), |api| describe(api, false))
    }
}

impl GetRestApi {
    fn check(&self) -> Vec<Violation> {
        Vec::new()
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        world.api(&self.rest_api_id).map(|api| describe(api, true))
    }
}

impl UpdateRestApi {
    fn check(&self) -> Vec<Violation> {
        op_violations("UpdateRestApi", &self.patch_operations)
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let api = world.api(&self.rest_api_id)?;
        let mut settings = (*api.config.settings).clone();
        let mut lists = patch::Lists::of(&mut settings);
        for patch in &self.patch_operations {
            patch::settings((&mut settings, &mut lists), world, &self.rest_api_id, patch)?;
        }
        lists.finish(&mut settings);
        check_whole(&settings)?;
        if settings.endpoint.endpoint_type != api.config.settings.endpoint.endpoint_type {
            check_quota(world, settings.endpoint.endpoint_type)?; // assumed
        }
        let api = world.api_mut(&self.rest_api_id)?;
        Rc::make_mut(&mut api.config).settings = Rc::new(settings);
        Ok(describe(api, true))
    }
}

impl DeleteRestApi {
    fn check(&self) -> Vec<Violation> {
        Vec::new()
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        world.api(&self.rest_api_id)?;
        let account = &world.workspace.account;
        let maps = |domain: &&Rc<DomainName>| {
            domain.mappings.values().any(|mapping| *mapping.rest_api_id == *self.rest_api_id)
        };
        let domains: Vec<String> =
            account.domain_names.values().filter(maps).map(|domain| domain.name.to_string()).collect();
        if !domains.is_empty() {
            return Err(ApiError::ApiMapped { api: self.rest_api_id.clone(), domains });
        }
        usage_plans::forget(world, &self.rest_api_id, None);
        world.workspace.rest_apis.remove(self.rest_api_id.as_str());
        Ok(Value::Null)
    }
}

/// Writes an API in the shape of AWS's answers. Answers to Get and Update hold `tags` even when there are none (recorded).
fn describe(api: &RestApi, always_tags: bool) -> Value {
    let s = &api.config.settings;
    let mut endpoint = Answer::new().with("types", json!([s.endpoint.endpoint_type.as_str()]));
    endpoint = endpoint.with("ipAddressType", s.endpoint.ip_address_type.as_str());
    if !s.endpoint.vpc_endpoint_ids.is_empty() {
        endpoint = endpoint.with("vpcEndpointIds", s.endpoint.vpc_endpoint_ids.clone());
    }
    let mut out = Answer::new()
        .with("id", api.id.as_str())
        .with("name", s.name.as_str())
        .maybe("description", s.description.as_deref())
        .with("createdDate", api.created.seconds())
        .maybe("version", s.version.as_deref());
    if !s.binary_media_types.is_empty() {
        out = out.with("binaryMediaTypes", s.binary_media_types.clone());
    }
    out = out
        .maybe("minimumCompressionSize", s.minimum_compression_size)
        .with("apiKeySource", s.api_key_source.as_str())
        .with("endpointConfiguration", endpoint.done())
        .maybe("policy", s.policy.as_ref().map(|policy| escaped(policy)));
    if always_tags && api.tags.is_empty() {
        out = out.with("tags", json!({}));
    }
    out.map("tags", &api.tags, false)
        .with("disableExecuteApiEndpoint", s.disable_execute_api_endpoint)
        .with("rootResourceId", api.config.root_id().as_str())
        .maybe("securityPolicy", s.security_policy.as_deref())
        .maybe("endpointAccessMode", s.endpoint_access_mode.as_deref())
        .done()
}

/// Writes a policy as AWS returns it: its quotes escaped once more (documented).
fn escaped(policy: &str) -> String {
    policy.replace('\\', "\\\\").replace('"', "\\\"")
}

/// Checks the members that depend on each other.
fn check_whole(settings: &ApiSettings) -> Result<(), ApiError> {
    let kind = settings.endpoint.endpoint_type;
    if kind != EndpointType::Private && !settings.endpoint.vpc_endpoint_ids.is_empty() {
        let message = "VPCEndpoints can only be specified with PRIVATE apis."; // reported
        return Err(ApiError::invalid("endpointConfiguration", message));
    }
    let policy = settings.security_policy.as_deref().unwrap_or_default();
    let enhanced = policy.starts_with("SecurityPolicy_");
    // Documented: the two belong together, and some policies are for edge-optimised APIs. The sentences are assumed.
    if enhanced && settings.endpoint_access_mode.is_none() {
        let message = "Endpoint access mode must be specified when the security policy starts with SecurityPolicy_.";
        return Err(ApiError::invalid("endpointAccessMode", message));
    }
    if !enhanced && settings.endpoint_access_mode.is_some() {
        let message = "Endpoint access mode is only supported when the security policy starts with SecurityPolicy_.";
        return Err(ApiError::invalid("endpointAccessMode", message));
    }
    if enhanced && policy.ends_with("_EDGE") != (kind == EndpointType::Edge) {
        let message = "The security policy is not supported for the endpoint type of the API.";
        return Err(ApiError::invalid("securityPolicy", message));
    }
    Ok(())
}

fn check_description(description: Option<&str>) -> Result<(), ApiError> {
    if description == Some("") {
        return Err(ApiError::invalid("description", "Description cannot be an empty string"));
    }
    Ok(())
}

fn invalid_compression() -> ApiError {
    ApiError::invalid("minimumCompressionSize", COMPRESSION)
}

fn compression(size: i64) -> Result<u32, ApiError> {
    let size = u32::try_from(size).map_err(|_| invalid_compression())?;
    if size > 10_485_760 { Err(invalid_compression()) } else { Ok(size) }
}

fn endpoint_configuration(input: &EndpointConfigurationInput) -> Result<EndpointConfiguration, ApiError> {
    let refuse = |message: &'static str| ApiError::invalid("endpointConfiguration", message);
    let endpoint_type = match input.types.as_deref() {
        None => EndpointType::Edge,
        Some([]) => return Err(refuse("REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.")),
        Some([only]) => EndpointType::parse(only).unwrap_or(EndpointType::Edge),
        Some(_) => return Err(refuse("Cannot create an api with multiple Endpoint Types.")),
    };
    let default = if endpoint_type == EndpointType::Private { IpAddressType::Dualstack } else { IpAddressType::Ipv4 };
    let ip_address_type = input.ip_address_type.as_deref().and_then(IpAddressType::parse).unwrap_or(default);
    check_ip(endpoint_type, ip_address_type)?;
    let vpc_endpoint_ids = input.vpc_endpoint_ids.clone().unwrap_or_default();
    Ok(EndpointConfiguration { endpoint_type, ip_address_type, vpc_endpoint_ids })
}

fn check_ip(endpoint_type: EndpointType, ip: IpAddressType) -> Result<(), ApiError> {
    if endpoint_type == EndpointType::Private && ip == IpAddressType::Ipv4 {
        return Err(ApiError::invalid("endpointConfiguration", PRIVATE_IPV4));
    }
    Ok(())
}

/// Checks a resource policy and completes the short form of its resources, `execute-api:/*` (documented).
fn policy(world: &World<'_>, id: &str, text: &str) -> Result<String, ApiError> {
    let message = "Invalid policy document. Please check the policy syntax and ensure that Principals are valid."; // reported
    let parsed: Value = serde_json::from_str(text).map_err(|_| ApiError::invalid("policy", message))?;
    if !parsed.is_object() || text.len() > 8192 {
        return Err(ApiError::invalid("policy", message));
    }
    let place = &world.workspace.place;
    let (partition, region) = (place.region.partition().as_str(), &place.region);
    let full = format!("\"arn:{partition}:execute-api:{region}:{}:{id}/", place.account_id);
    Ok(parsed.to_string().replace("\"execute-api:/", &full))
}

fn check_quota(world: &World<'_>, endpoint_type: EndpointType) -> Result<(), ApiError> {
    let limits = &world.workspace.limits;
    let limit = if endpoint_type == EndpointType::Edge { limits.edge_apis } else { limits.regional_apis };
    let of_type = |api: &&Rc<RestApi>| api.config.settings.endpoint.endpoint_type == endpoint_type;
    if world.workspace.rest_apis.values().filter(of_type).count() < limit {
        return Ok(());
    }
    let message =
        "Maximum number of APIs for this account has been reached. Please contact AWS if you need additional APIs."; // assumed
    Err(ApiError::Limit(message.into()))
}
