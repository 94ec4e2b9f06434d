//! Finds the members that differ between two versions of one thing. Every struct is taken apart by name, so that a member added
//! later cannot be forgotten here; nothing is copied until somebody wants to keep it.

use super::{FieldChange, Found, Pair};
use crate::{
    collections::SortedMap,
    entities::{
        ApiSettings, Authorizer, EndpointConfiguration, GatewayResponse, Integration, IntegrationResponse, Method,
        MethodResponse, Model, RequestValidator, Resource, TlsConfig,
    },
};
use std::borrow::Cow;

type Text<'a> = Option<Cow<'a, str>>;

/// A member that differs, borrowed from both sides.
pub(super) struct Field<'a> {
    member: &'static str,
    key: Option<&'a str>,
    before: Text<'a>,
    after: Text<'a>,
}

impl Field<'_> {
    pub(super) fn to_owned(&self) -> FieldChange {
        FieldChange {
            member: self.member,
            key: self.key.map(str::to_owned),
            before: self.before.as_deref().map(str::to_owned),
            after: self.after.as_deref().map(str::to_owned),
        }
    }
}

/// Calls `sink` for each member that differs; of something added or removed, for what tells most about it.
pub(super) fn of(found: &Found<'_>, sink: &mut dyn FnMut(Field<'_>)) {
    let mut compare = Compare(sink);
    match found {
        Found::Settings(a, b) => settings(a, b, &mut compare),
        Found::Model(Some(a), Some(b)) => model(a, b, &mut compare),
        Found::Model(a, b) => {
            let schema = |model: &Option<std::rc::Rc<Model>>| model.as_ref().map(|model| model.schema.clone().into());
            compare.text("schema", schema(a), schema(b));
        }
        Found::RequestValidator((Some(a), Some(b))) => validator(a, b, &mut compare),
        Found::Authorizer((Some(a), Some(b))) => authorizer(a, b, &mut compare),
        Found::Authorizer((a, b)) => compare.names("type", a.map(|a| a.kind.as_str()), b.map(|b| b.kind.as_str())),
        Found::RequestValidator(_) => {}
        Found::GatewayResponse(_, pair) => gateway_response(*pair, &mut compare),
        Found::Resource((Some(_), Some(_))) => {}
        Found::Resource((a, b)) => compare.text("methods", a.and_then(verbs), b.and_then(verbs)),
        Found::Method(.., (Some(a), Some(b))) => method(a, b, &mut compare),
        Found::Method(.., (a, b)) => compare.text("integration", a.and_then(kind), b.and_then(kind)),
        Found::MethodResponse(.., pair) => method_response(*pair, &mut compare),
        Found::Integration(.., (Some(a), Some(b))) => integration(a, b, &mut compare),
        Found::Integration(.., (a, b)) => {
            compare.names("type", a.map(|i| i.kind.as_str()), b.map(|i| i.kind.as_str()));
        }
        Found::IntegrationResponse(.., pair) => integration_response(*pair, &mut compare),
    }
}

fn verbs(resource: &Resource) -> Text<'_> {
    let verbs: Vec<_> = resource.methods.keys().map(|verb| verb.as_str()).collect();
    (!verbs.is_empty()).then(|| verbs.join(", ").into())
}

fn kind(method: &Method) -> Text<'_> {
    method.integration.as_ref().map(|i| i.kind.as_str().into())
}

fn settings(a: &ApiSettings, b: &ApiSettings, compare: &mut Compare<'_>) {
    // A deployment freezes neither name nor description: they show at once, and no caller sees them.
    let ApiSettings {
        name: _,
        description: _,
        version,
        binary_media_types,
        minimum_compression_size,
        api_key_source,
        endpoint: EndpointConfiguration { endpoint_type, ip_address_type, vpc_endpoint_ids },
        policy,
        disable_execute_api_endpoint,
        security_policy,
        endpoint_access_mode,
    } = a;
    compare.option("securityPolicy", security_policy, &b.security_policy);
    compare.option("endpointAccessMode", endpoint_access_mode, &b.endpoint_access_mode);
    compare.option("version", version, &b.version);
    compare.list("binaryMediaTypes", binary_media_types, &b.binary_media_types);
    let bytes = |size: &Option<u32>| -> Text<'static> { size.map(|n| n.to_string().into()) };
    compare.text("minimumCompressionSize", bytes(minimum_compression_size), bytes(&b.minimum_compression_size));
    compare.word("apiKeySource", api_key_source, &b.api_key_source);
    compare.word("endpointType", endpoint_type.as_str(), b.endpoint.endpoint_type.as_str());
    compare.word("ipAddressType", ip_address_type.as_str(), b.endpoint.ip_address_type.as_str());
    compare.list("vpcEndpointIds", vpc_endpoint_ids, &b.endpoint.vpc_endpoint_ids);
    compare.option("policy", policy, &b.policy);
    compare.flag("disableExecuteApiEndpoint", *disable_execute_api_endpoint, b.disable_execute_api_endpoint);
}

fn model(a: &Model, b: &Model, compare: &mut Compare<'_>) {
    let Model { id, name: _, description, content_type, schema } = a;
    compare.word("id", id, &b.id);
    compare.option("description", description, &b.description);
    compare.word("contentType", content_type, &b.content_type);
    compare.word("schema", schema, &b.schema);
}

fn validator(a: &RequestValidator, b: &RequestValidator, compare: &mut Compare<'_>) {
    let RequestValidator { id: _, name, validate_request_body, validate_request_parameters } = a;
    compare.option("name", name, &b.name);
    compare.flag("validateRequestBody", *validate_request_body, b.validate_request_body);
    compare.flag("validateRequestParameters", *validate_request_parameters, b.validate_request_parameters);
}

fn authorizer(a: &Authorizer, b: &Authorizer, compare: &mut Compare<'_>) {
    let Authorizer {
        id: _,
        name,
        kind,
        provider_arns,
        auth_type,
        uri,
        credentials,
        identity_source,
        identity_validation_expression,
        result_ttl_in_seconds,
    } = a;
    compare.word("name", name, &b.name);
    compare.word("type", kind.as_str(), b.kind.as_str());
    compare.list("providerARNs", provider_arns, &b.provider_arns);
    compare.option("authType", auth_type, &b.auth_type);
    compare.option("authorizerUri", uri, &b.uri);
    compare.option("authorizerCredentials", credentials, &b.credentials);
    compare.option("identitySource", identity_source, &b.identity_source);
    compare.option("identityValidationExpression", identity_validation_expression, &b.identity_validation_expression);
    let seconds = |ttl: &Option<u32>| -> Text<'static> { ttl.map(|n| n.to_string().into()) };
    compare.text("authorizerResultTtlInSeconds", seconds(result_ttl_in_seconds), seconds(&b.result_ttl_in_seconds));
}

fn gateway_response((a, b): Pair<'_, GatewayResponse>, compare: &mut Compare<'_>) {
    let none = GatewayResponse::default();
    let (a, b) = (a.unwrap_or(&none), b.unwrap_or(&none));
    let GatewayResponse { status_code, response_parameters, response_templates } = a;
    let status = |r: &Option<crate::entities::StatusCode>| -> Text<'static> { r.map(|s| s.to_string().into()) };
    compare.text("statusCode", status(status_code), status(&b.status_code));
    compare.map("responseParameters", response_parameters, &b.response_parameters, plain);
    compare.map("responseTemplates", response_templates, &b.response_templates, plain);
}

fn method(a: &Method, b: &Method, compare: &mut Compare<'_>) {
    let Method {
        http_method: _,
        authorization_type,
        authorizer_id,
        authorization_scopes,
        api_key_required,
        operation_name,
        request_parameters,
        request_models,
        given: _,
        request_validator_id,
        responses: _,
        integration: _,
    } = a;
    compare.word("authorizationType", authorization_type.as_str(), b.authorization_type.as_str());
    compare.text("authorizerId", borrowed(authorizer_id), borrowed(&b.authorizer_id));
    compare.list("authorizationScopes", authorization_scopes, &b.authorization_scopes);
    compare.flag("apiKeyRequired", *api_key_required, b.api_key_required);
    compare.option("operationName", operation_name, &b.operation_name);
    compare.map("requestParameters", request_parameters, &b.request_parameters, required);
    compare.map("requestModels", request_models, &b.request_models, plain);
    compare.text("requestValidatorId", borrowed(request_validator_id), borrowed(&b.request_validator_id));
}

fn method_response((a, b): Pair<'_, MethodResponse>, compare: &mut Compare<'_>) {
    let none = MethodResponse::default();
    let (a, b) = (a.unwrap_or(&none), b.unwrap_or(&none));
    let MethodResponse { response_parameters, response_models, given: _ } = a;
    compare.map("responseParameters", response_parameters, &b.response_parameters, required);
    compare.map("responseModels", response_models, &b.response_models, plain);
}

fn integration(a: &Integration, b: &Integration, compare: &mut Compare<'_>) {
    let Integration {
        kind,
        http_method,
        uri,
        connection_type,
        connection_id,
        credentials,
        request_parameters,
        request_templates,
        given: _,
        passthrough_behavior,
        cache_namespace,
        cache_key_parameters,
        content_handling,
        timeout_in_millis,
        tls_config,
        response_transfer_mode,
        integration_target,
        responses: _,
    } = a;
    compare.word("type", kind.as_str(), b.kind.as_str());
    compare.names("httpMethod", http_method.map(|v| v.as_str()), b.http_method.map(|v| v.as_str()));
    compare.option("uri", uri, &b.uri);
    compare.names("connectionType", connection_type.map(|v| v.as_str()), b.connection_type.map(|v| v.as_str()));
    compare.option("connectionId", connection_id, &b.connection_id);
    compare.option("credentials", credentials, &b.credentials);
    compare.map("requestParameters", request_parameters, &b.request_parameters, plain);
    compare.map("requestTemplates", request_templates, &b.request_templates, template);
    compare.word("passthroughBehavior", passthrough_behavior.as_str(), b.passthrough_behavior.as_str());
    compare.word("cacheNamespace", cache_namespace, &b.cache_namespace);
    compare.list("cacheKeyParameters", cache_key_parameters, &b.cache_key_parameters);
    compare.names("contentHandling", content_handling.map(|v| v.as_str()), b.content_handling.map(|v| v.as_str()));
    if *timeout_in_millis != b.timeout_in_millis {
        compare.word("timeoutInMillis", &timeout_in_millis.to_string(), &b.timeout_in_millis.to_string());
    }
    let skips =
        |tls: &Option<TlsConfig>| -> Text<'static> { tls.map(|t| t.insecure_skip_verification.to_string().into()) };
    compare.text("tlsConfig", skips(tls_config), skips(&b.tls_config));
    compare.option("responseTransferMode", response_transfer_mode, &b.response_transfer_mode);
    compare.option("integrationTarget", integration_target, &b.integration_target);
}

fn integration_response((a, b): Pair<'_, IntegrationResponse>, compare: &mut Compare<'_>) {
    let none = IntegrationResponse::default();
    let (a, b) = (a.unwrap_or(&none), b.unwrap_or(&none));
    let IntegrationResponse { selection_pattern, response_parameters, response_templates, given: _, content_handling } =
        a;
    compare.option("selectionPattern", selection_pattern, &b.selection_pattern);
    compare.map("responseParameters", response_parameters, &b.response_parameters, plain);
    compare.map("responseTemplates", response_templates, &b.response_templates, template);
    compare.names("contentHandling", content_handling.map(|v| v.as_str()), b.content_handling.map(|v| v.as_str()));
}

fn borrowed<I: std::ops::Deref<Target = str>>(text: &Option<I>) -> Text<'_> {
    text.as_deref().map(Cow::Borrowed)
}

#[expect(clippy::ptr_arg, reason = "it stands for the values of a map")]
fn plain(text: &String) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

fn required(flag: &bool) -> Cow<'_, str> {
    Cow::Borrowed(if *flag { "required" } else { "optional" })
}

fn template(text: &Option<String>) -> Cow<'_, str> {
    Cow::Borrowed(text.as_deref().unwrap_or_default())
}

struct Compare<'s>(&'s mut dyn FnMut(Field<'_>));

impl Compare<'_> {
    fn text(&mut self, member: &'static str, before: Text<'_>, after: Text<'_>) {
        if before != after {
            (self.0)(Field { member, key: None, before, after });
        }
    }

    fn word(&mut self, member: &'static str, before: &str, after: &str) {
        self.text(member, Some(before.into()), Some(after.into()));
    }

    fn names(&mut self, member: &'static str, before: Option<&str>, after: Option<&str>) {
        self.text(member, before.map(Cow::Borrowed), after.map(Cow::Borrowed));
    }

    fn option(&mut self, member: &'static str, before: &Option<String>, after: &Option<String>) {
        self.names(member, before.as_deref(), after.as_deref());
    }

    fn flag(&mut self, member: &'static str, before: bool, after: bool) {
        let text = |flag| if flag { "true" } else { "false" };
        self.word(member, text(before), text(after));
    }

    fn list(&mut self, member: &'static str, before: &[String], after: &[String]) {
        if before != after {
            let text = |items: &[String]| (!items.is_empty()).then(|| items.join(", ").into());
            (self.0)(Field { member, key: None, before: text(before), after: text(after) });
        }
    }

    fn map<V: PartialEq>(
        &mut self,
        member: &'static str,
        before: &SortedMap<String, V>,
        after: &SortedMap<String, V>,
        show: fn(&V) -> Cow<'_, str>,
    ) {
        for (key, old) in before {
            let new = after.get(key);
            if new != Some(old) {
                (self.0)(Field { member, key: Some(key), before: Some(show(old)), after: new.map(show) });
            }
        }
        for (key, new) in after.iter().filter(|(key, _)| !before.contains_key(*key)) {
            (self.0)(Field { member, key: Some(key), before: None, after: Some(show(new)) });
        }
    }
}
