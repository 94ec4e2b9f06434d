//! Shows a mapping template and a mapping expression what they may see of a call: `$context`, parameters, stage variables.

use super::{BackendAnswer, Call, function::Grant, router::Route, url::query_parameters};
use crate::{
    civil_time::CivilTime,
    entities::{ApiKey, Timestamp},
    vtl::{
        Map, Object, Value,
        apigateway::{Overrides, Parameters, TemplateInput, TextPairs},
    },
};
use std::rc::Rc;

/// The caller's address: of the range that RFC 5737 sets aside for documentation, since there is no network here.
pub const SOURCE_IP: &str = "203.0.113.10";

/// The members of `$context`, in the order in which documentation lists them. Those of calls that this playground does
/// not make yet (web ACLs) are unset.
const MEMBERS: [&str; 18] = [
    "accountId",
    "apiId",
    "authorizer",
    "deploymentId",
    "domainName",
    "domainPrefix",
    "extendedRequestId",
    "httpMethod",
    "identity",
    "isCanaryRequest",
    "path",
    "protocol",
    "requestId",
    "requestTime",
    "requestTimeEpoch",
    "resourceId",
    "resourcePath",
    "stage",
];

/// `$context` of one call. Texts are made a value only when a template asks for them.
struct Context {
    account_id: Box<str>,
    api_id: Box<str>,
    deployment_id: Box<str>,
    domain_name: Box<str>,
    extended_request_id: Box<str>,
    http_method: Box<str>,
    path: Box<str>,
    request_id: Box<str>,
    resource_id: Box<str>,
    resource_path: Box<str>,
    stage: Box<str>,
    user_agent: Option<Box<str>>,
    canary: Option<bool>,
    /// Id and value of the API key.
    api_key: Option<(Rc<str>, Rc<str>)>,
    /// The grant of the authorizer.
    authorized: Option<Rc<Grant>>,
    time: Timestamp,
    /// The place where a test is run, whose caller API Gateway makes up.
    tested: Option<&'static str>,
}

impl Object for Context {
    fn property(&self, name: &str) -> Value {
        Value::text(match name {
            "accountId" => &self.account_id,
            "apiId" => &self.api_id,
            "deploymentId" => &self.deployment_id,
            "domainName" => &self.domain_name,
            "domainPrefix" => self.domain_name.split('.').next().unwrap_or_default(),
            "extendedRequestId" => &self.extended_request_id,
            "httpMethod" => &self.http_method,
            "path" => &self.path,
            "protocol" => "HTTP/1.1",
            "requestId" => &self.request_id,
            // Unset where no resource matched (assumed).
            "resourceId" | "resourcePath" if self.resource_id.is_empty() => return Value::Null,
            "resourceId" => &self.resource_id,
            "resourcePath" => &self.resource_path,
            "stage" => &self.stage,
            "requestTime" => return Value::text(&CivilTime::from_epoch_ms(self.time.0).clf()),
            "requestTimeEpoch" => return Value::Int(self.time.0),
            "identity" => return self.identity(),
            "authorizer" => return self.authorizer(),
            // Unset on a stage without a canary (documented).
            "isCanaryRequest" => return self.canary.map_or(Value::Null, Value::Bool),
            _ => return Value::Null,
        })
    }

    fn as_value(&self) -> Value {
        let set = |(_, value): &(&str, Value)| !matches!(value, Value::Null);
        let map: Map = MEMBERS.iter().map(|name| (*name, self.property(name))).filter(set).collect();
        Value::Map(Rc::new(map))
    }
}

impl Context {
    /// Returns the principal and what else the authorizer said (documented); unset when none was asked.
    fn authorizer(&self) -> Value {
        let Some(grant) = &self.authorized else { return Value::Null };
        let map = Map::new();
        map.put("principalId".into(), Value::text(&grant.principal));
        for (name, value) in &grant.context {
            map.put(name.as_str().into(), Value::text(value));
        }
        Value::Map(Rc::new(map))
    }

    /// Returns what is known of the caller: nobody is signed in, so only these; the key when the method needs one (documented).
    fn identity(&self) -> Value {
        let map = Map::new();
        if let Some(partition) = self.tested {
            return self.tester(map, partition);
        }
        if let Some((id, value)) = &self.api_key {
            map.put("apiKey".into(), Value::text(value));
            map.put("apiKeyId".into(), Value::text(id));
        }
        map.put("sourceIp".into(), Value::text(SOURCE_IP));
        map.put("userAgent".into(), self.user_agent.as_deref().map_or(Value::Null, Value::text));
        Value::Map(Rc::new(map))
    }

    /// Returns who calls in a test: the account's owner, with what API Gateway makes up for the rest (reported in many events of
    /// tests).
    fn tester(&self, map: Map, partition: &str) -> Value {
        let owner = ["arn:", partition, ":iam::", &self.account_id, ":root"].concat();
        for (name, value) in [
            ("accountId", &*self.account_id),
            ("apiKey", "test-invoke-api-key"),
            ("apiKeyId", "test-invoke-api-key-id"),
            ("caller", &self.account_id),
            ("sourceIp", "test-invoke-source-ip"),
            ("user", &self.account_id),
            ("userAgent", self.user_agent.as_deref().unwrap_or("aws-internal/3")),
            ("userArn", &owner),
        ] {
            map.put(name.into(), Value::text(value));
        }
        Value::Map(Rc::new(map))
    }
}

/// The part of a call that templates and expressions see.
pub(crate) struct Visible<'a> {
    pub(crate) call: &'a Call<'a>,
    /// For templates; its body is the request's.
    pub(crate) input: TemplateInput,
    /// The backend's answer, once there is one.
    pub(crate) backend: Option<BackendAnswer>,
}

impl<'a> Visible<'a> {
    pub(crate) fn new(call: &'a Call<'a>, verb: &str, route: Option<&Route<'_, '_>>, key: Option<&ApiKey>) -> Self {
        let request = call.request;
        let context = Context {
            account_id: call.place.account_id.as_str().into(),
            api_id: call.api_id.into(),
            deployment_id: call.deployment_id.into(),
            domain_name: call.host.into(),
            extended_request_id: call.extended_request_id.into(),
            http_method: verb.into(),
            path: call.whole_path.into(),
            request_id: call.request_id.into(),
            resource_id: route.map_or("", |route| route.resource.id.as_str()).into(),
            resource_path: route.map_or("", |route| route.resource_path.as_str()).into(),
            stage: call.stage.into(),
            user_agent: request.header("user-agent").map(Into::into),
            canary: call.canary,
            api_key: key.map(|key| (key.id.clone(), key.value.clone())),
            authorized: call.learned.grant.get().cloned(),
            time: call.time,
            tested: call.is_test().then(|| call.place.region.partition().as_str()),
        };
        let parameters = route.into_iter().flat_map(|route| &route.parameters);
        let params = Parameters {
            // As they were sent: recorded for proxy events, assumed for templates.
            path: parameters.map(|(name, value)| (Rc::from(*name), Rc::from(*value))).collect(),
            querystring: last_of_each(query_parameters(call.query)),
            header: last_of_each(request.headers.iter().cloned()),
        };
        let variables: TextPairs =
            call.variables.iter().map(|(name, value)| (name.as_str().into(), value.as_str().into())).collect();
        let input = TemplateInput {
            body: request.body.as_str().into(),
            params: Rc::new(params),
            stage_variables: Rc::new(variables),
            context: Value::Object(Rc::new(context)),
            overrides: Overrides::default(),
        };
        Self { call, input, backend: None }
    }

    /// Returns the text of a member of `$context`, such as `identity.sourceIp`; `None` when it is unset.
    pub(crate) fn context_text(&self, path: &str) -> Option<String> {
        let value = path.split('.').fold(self.input.context.clone(), |value, name| match value {
            Value::Object(object) => object.property(name),
            Value::Map(map) => map.get(name).unwrap_or_default(),
            _ => Value::Null,
        });
        match value {
            Value::Null => None,
            other => Some(other.to_text()),
        }
    }
}

/// Returns each name once, with its last value (recorded for query strings), in the order of first use.
fn last_of_each(pairs: impl IntoIterator<Item = (String, String)>) -> TextPairs {
    let mut out = TextPairs::new();
    for (name, value) in pairs {
        match out.iter_mut().find(|(known, _)| **known == *name) {
            Some(slot) => slot.1 = value.into(),
            None => out.push((name.into(), value.into())),
        }
    }
    out
}
