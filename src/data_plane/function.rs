//! The Lambda function of an authorizer: the event that it gets, and the reading of what it says. Who answers in its place is the
//! host's business; `local` knows the APIs of a workspace that play functions.

use super::{
    BackendAnswer, BackendFault, Backends, Call, Halt, Reply, authorizer::sources, backend_call, mapping::of_request,
    resource_policy,
};
use crate::entities::{Authorizer, AuthorizerType};
use serde_json::{Map, Value, json};
use std::rc::Rc;

/// The beginning of the name of an API that plays a function; the function's name follows.
pub(super) const PREFIX: &str = "function:";

/// The rights that a function gives a caller.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Grant {
    pub(crate) principal: String,
    /// The policy document.
    pub(crate) policy: Value,
    /// For `$context.authorizer`: every value as text (documented).
    pub(crate) context: Vec<(String, String)>,
    /// The API key that counts, where the API takes keys from authorizers.
    pub(crate) usage_key: Option<String>,
}

/// The reason why a function says nothing about a caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FunctionFault {
    /// There is no such function.
    Missing {
        /// Its name.
        name: String,
    },
    /// It says that nobody is there: `Unauthorized`.
    Unauthorized,
    /// It failed.
    Failed(String),
    /// It answers, but not as an authorizer does.
    Unreadable(&'static str),
}

/// The answer of a function: the text that it gave, if any, and what that means.
pub(crate) type Said = (Option<String>, Result<Rc<Grant>, FunctionFault>);

/// Asks an authorizer's function.
///
/// # Errors
/// Its answer has to be waited for.
pub(super) fn ask(
    authorizer: &Authorizer,
    call: &Call<'_>,
    path: &[(&str, &str)],
    backends: &mut dyn Backends,
) -> Result<Said, Halt> {
    let (headers, event) = event(authorizer, call, path);
    let request = backend_call::of_authorizer(authorizer, call, headers, event);
    Ok(match backends.call(&request) {
        Reply::NotYet => return Err(Halt::Waiting(Box::new(request.into_owned()))),
        Reply::Answer(BackendAnswer { status, body, .. }) => {
            let body = body.text().to_string();
            let said = match status {
                Some(401) => Err(FunctionFault::Unauthorized),
                Some(status) if status >= 300 => Err(FunctionFault::Failed(format!("it answered {status}"))),
                _ => read(&body),
            };
            (Some(body), said)
        }
        Reply::Failed(fault) => (
            None,
            Err(match fault {
                BackendFault::NotCalled => FunctionFault::Missing { name: name_in(&request.url).to_owned() },
                BackendFault::TimedOut => FunctionFault::Failed("it takes too long".to_owned()),
                BackendFault::Failed(reason) => FunctionFault::Failed(reason),
                BackendFault::MockInput(error) => FunctionFault::Failed(error.to_string()),
            }),
        ),
    })
}

/// Returns the name in `arn:aws:apigateway:…:lambda:path/…/functions/arn:aws:lambda:…:function:NAME:QUALIFIER/invocations`.
pub(super) fn name_in(uri: &str) -> &str {
    let uri = uri.split_once('?').map_or(uri, |(uri, _)| uri);
    let after = uri.rsplit_once(":function:").map(|(_, name)| name);
    let after = after.or_else(|| uri.split_once("/functions/").map(|(_, name)| name)).unwrap_or_default();
    after.split([':', '/']).next().unwrap_or_default()
}

/// Makes the headers of the call, and the event that is its body.
fn event(authorizer: &Authorizer, call: &Call<'_>, path: &[(&str, &str)]) -> (Vec<(String, String)>, String) {
    let arn = resource_policy::arn(call, call.place.account_id.as_str());
    let kind = authorizer.kind.as_str();
    let mut event = json!({ "type": kind, "methodArn": arn });
    let mut headers: Vec<(String, String)> = call.request.headers.clone();
    headers.retain(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
    headers.push(("Content-Type".into(), "application/json".into()));
    headers.push(("type".into(), kind.into()));
    headers.push(("methodArn".into(), arn));
    if authorizer.kind == AuthorizerType::Token {
        let token = sources(authorizer).next().and_then(|source| of_request(source, call, path)).unwrap_or_default();
        event["authorizationToken"] = token.as_str().into();
        headers.push(("authorizationToken".into(), token));
    } else {
        add_request(&mut event, call, path);
    }
    (headers, event.to_string())
}

/// Adds what a REQUEST authorizer's event has more (documented).
fn add_request(event: &mut Value, call: &Call<'_>, path: &[(&str, &str)]) {
    let map = |pairs: &mut dyn Iterator<Item = (String, String)>| -> Value {
        pairs.map(|(name, value)| (name, Value::from(value))).collect::<Map<_, _>>().into()
    };
    event["resource"] = call.path.into();
    event["path"] = call.path.into();
    event["httpMethod"] = call.verb().0.into();
    event["headers"] = map(&mut call.request.headers.iter().cloned());
    event["queryStringParameters"] = map(&mut super::url::query_parameters(call.query).into_iter());
    event["pathParameters"] = map(&mut path.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let variables = call.variables.iter().map(|(name, value)| (name.as_str().to_owned(), value.as_str().to_owned()));
    event["stageVariables"] = map(&mut { variables });
    event["requestContext"] = json!({
        "accountId": call.place.account_id.as_str(), "apiId": call.api_id, "stage": call.stage, "path": call.whole_path,
        "httpMethod": call.verb().0, "requestId": call.request_id, "identity": { "sourceIp": super::SOURCE_IP },
    });
}

/// Reads what a function said. What must be in it is documented; that anything else is a 500 is inferred.
fn read(body: &str) -> Result<Rc<Grant>, FunctionFault> {
    let unreadable = |why: &'static str| FunctionFault::Unreadable(why);
    let said: Value = serde_json::from_str(body.trim()).map_err(|_| unreadable("it is no JSON"))?;
    let members = said.as_object().ok_or(unreadable("it is no object"))?;
    let principal = members.get("principalId").and_then(Value::as_str).filter(|id| !id.is_empty());
    let policy = members.get("policyDocument").filter(|policy| is_policy(policy));
    let mut context = Vec::new();
    match members.get("context") {
        None | Some(Value::Null) => {}
        Some(Value::Object(values)) => {
            for (name, value) in values {
                let text = match value {
                    Value::Array(_) | Value::Object(_) => {
                        return Err(unreadable("a value of its context is a list or an object"));
                    }
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                context.push((name.clone(), text));
            }
        }
        Some(_) => return Err(unreadable("its context is no object")),
    }
    Ok(Rc::new(Grant {
        principal: principal.ok_or(unreadable("it has no principalId"))?.to_owned(),
        policy: policy.ok_or(unreadable("it has no policyDocument with statements"))?.clone(),
        context,
        usage_key: members.get("usageIdentifierKey").and_then(Value::as_str).map(str::to_owned),
    }))
}

/// Tells whether each statement has an effect, an action and a resource.
fn is_policy(policy: &Value) -> bool {
    let has = |statement: &Value, names: [&str; 2]| names.iter().any(|name| statement.get(name).is_some());
    let whole = |statement: &Value| {
        let effect = statement["Effect"].as_str();
        matches!(effect, Some("Allow" | "Deny"))
            && has(statement, ["Action", "NotAction"])
            && has(statement, ["Resource", "NotResource"])
    };
    match &policy["Statement"] {
        Value::Array(statements) => !statements.is_empty() && statements.iter().all(whole),
        statement => whole(statement),
    }
}
