//! TestInvokeMethod and TestInvokeAuthorizer: the working copy answers once, on request, and nothing changes.
//!
//! The only place where the control plane asks the data plane.

use super::{
    World,
    answer::Answer,
    error::{ApiError, Noun},
    members::{operation, unconstrained},
};
use crate::{
    collections::SortedMap,
    data_plane::{Local, TestPlace, TestRequest, TestResult, test_authorizer, test_method},
    entities::{HttpMethod, RestApi, VariableName, VariableValue, Workspace},
};
use serde_json::{Map, Value};
use std::rc::Rc;

operation! {
    /// Runs a method of the working copy.
    TestInvokeMethod: "POST" "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The resource.
        resource_id: String = Uri "resourceId";
        /// The verb, or ANY.
        http_method: String = Uri "httpMethod";
        /// The path with its query.
        path_with_query_string: Option<String> = Body "pathWithQueryString";
        /// The body.
        body: Option<String> = Body "body";
        /// Headers.
        headers: Option<SortedMap<String, String>> = Body "headers";
        /// Headers with several values.
        multi_value_headers: Option<SortedMap<String, Vec<String>>> = Body "multiValueHeaders";
        /// The certificate that the backend sees.
        client_certificate_id: Option<String> = Body "clientCertificateId";
        /// Stage variables: those of stages do not count.
        stage_variables: Option<SortedMap<String, String>> = Body "stageVariables";
    }
}

operation! {
    /// Asks an authorizer of the working copy.
    TestInvokeAuthorizer: "POST" "/restapis/{restApiId}/authorizers/{authorizerId}" => 200 {
        /// The API.
        rest_api_id: String = Uri "restApiId";
        /// The authorizer.
        authorizer_id: String = Uri "authorizerId";
        /// Headers.
        headers: Option<SortedMap<String, String>> = Body "headers";
        /// Headers with several values.
        multi_value_headers: Option<SortedMap<String, Vec<String>>> = Body "multiValueHeaders";
        /// The path with its query.
        path_with_query_string: Option<String> = Body "pathWithQueryString";
        /// The body.
        body: Option<String> = Body "body";
        /// Stage variables.
        stage_variables: Option<SortedMap<String, String>> = Body "stageVariables";
        /// More variables of the context.
        additional_context: Option<SortedMap<String, String>> = Body "additionalContext";
    }
}

unconstrained!(TestInvokeMethod, TestInvokeAuthorizer);

impl TestInvokeMethod {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let resource = world.resource(&self.rest_api_id, &self.resource_id)?.clone();
        // The verb is a caller's: where it has no method of its own, ANY is tested (recorded).
        let unknown = ApiError::Unknown(Noun::Method);
        let verb = HttpMethod::parse(&self.http_method).ok_or(unknown.clone())?;
        let method = resource.serving(verb).ok_or(unknown)?;
        let certificate = self.client_certificate_id.as_deref().filter(|id| !id.is_empty());
        if certificate.is_some_and(|id| !world.workspace.account.client_certificates.contains_key(id)) {
            return Err(ApiError::Unknown(Noun::ClientCertificate)); // assumed
        }
        let api = world.api(&self.rest_api_id)?.clone();
        let test = TestRequest {
            path_with_query: self.path_with_query_string.clone(),
            headers: headers(self.headers.as_ref(), self.multi_value_headers.as_ref()),
            body: self.body.clone().unwrap_or_default(),
            variables: variables(self.stage_variables.as_ref())?,
        };
        let mut backends = Local::of(&world.workspace);
        let at = place(&world.workspace, &api);
        let result = test_method(at, (&resource, verb, method), test, world.env, &mut backends);
        Ok(describe(result))
    }
}

impl TestInvokeAuthorizer {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let api = world.workspace.api(&self.rest_api_id).cloned();
        let api = api.ok_or(ApiError::Unknown(Noun::Authorizer))?;
        let authorizer = api.config.parts.authorizers.get(self.authorizer_id.as_str()).cloned();
        let authorizer = authorizer.ok_or(ApiError::Unknown(Noun::Authorizer))?;
        let test = TestRequest {
            path_with_query: self.path_with_query_string.clone(),
            headers: headers(self.headers.as_ref(), self.multi_value_headers.as_ref()),
            body: self.body.clone().unwrap_or_default(),
            variables: variables(self.stage_variables.as_ref())?,
        };
        let mut backends = Local::of(&world.workspace);
        let result = test_authorizer(place(&world.workspace, &api), &authorizer, test, world.env, &mut backends);
        let out = Answer::new().with("clientStatus", result.status).with("log", result.log);
        let out = out.with("latency", result.latency).maybe("principalId", result.principal.as_deref());
        Ok(out.maybe("policy", result.policy.as_deref()).done())
    }
}

fn place<'a>(workspace: &'a Workspace, api: &'a Rc<RestApi>) -> TestPlace<'a> {
    TestPlace { place: &workspace.place, account: &workspace.account, api_id: &api.id, config: &api.config }
}

/// Joins both kinds of headers, as pairs.
fn headers(
    single: Option<&SortedMap<String, String>>,
    multiple: Option<&SortedMap<String, Vec<String>>>,
) -> Vec<(String, String)> {
    let single = single.into_iter().flatten().map(|(name, value)| (name.clone(), value.clone()));
    let multiple = multiple.into_iter().flatten();
    single.chain(multiple.flat_map(|(name, values)| values.iter().map(|value| (name.clone(), value.clone())))).collect()
}

fn variables(given: Option<&SortedMap<String, String>>) -> Result<SortedMap<VariableName, VariableValue>, ApiError> {
    let parse = |(name, value): (&String, &String)| {
        let parsed = VariableName::parse(name).ok_or_else(|| ApiError::VariableName(name.clone()))?;
        let invalid = || ApiError::VariableValue { name: name.clone(), value: value.clone() };
        Ok((parsed, VariableValue::parse(value).ok_or_else(invalid)?))
    };
    given.into_iter().flatten().map(parse).collect()
}

/// Writes a result in the shape of AWS's answer: each header with its last value, and with all of them (recorded).
fn describe(result: TestResult) -> Value {
    let (mut last, mut all) = (Map::new(), Map::new());
    for (name, value) in &result.headers {
        last.insert(name.clone(), value.as_str().into());
        let values = all.entry(name.clone()).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(values) = values {
            values.push(value.as_str().into());
        }
    }
    Answer::new()
        .with("status", result.status)
        .with("body", result.body)
        .with("headers", last)
        .with("multiValueHeaders", all)
        .with("log", result.log)
        .with("latency", result.latency)
        .done()
}
