//! AWS's REST form of the operations: `POST /restapis/{id}/deployments` with a JSON body, and its answer.
//!
//! The table drives it; nothing here knows an operation by name.

use super::{
    ApiError, Command, LEFT_OUT, LEFT_OUT_SERVICES, Location, MemberType, Members, OPERATIONS, OperationName, Outcome,
    error::Violation, members::OperationRow, operations::LeftOut,
};
use crate::{entities::Workspace, env::Env, text::percent};
use serde_json::{Value, json};
use std::rc::Rc;

/// Bytes of a body that are looked at; API Gateway's own limit of a payload.
const BODY_LIMIT: usize = 10 * 1024 * 1024;

/// An answer on the wire.
#[derive(Clone, Debug, PartialEq)]
pub struct WireResponse {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The JSON body; empty where AWS sends none.
    pub body: String,
    /// The bytes that are sent in its place, when the body is no JSON.
    pub bytes: Option<Rc<[u8]>>,
}

/// Finds the operation that a verb and a path belong to, whether the rest of the message can be read or not.
pub fn operation_of(method: &str, path: &str, query: &[(String, String)]) -> Option<OperationName> {
    let left_out = || find_left_out(method, path, query).map(|left_out| left_out.id);
    find(method, path, query).map(|(row, _)| row.id()).or_else(left_out)
}

/// Reads a request in AWS's REST form. `query` holds decoded names and values, in order.
///
/// # Errors
/// No such operation, a body that is not JSON, or members of the wrong type.
pub fn parse(method: &str, path: &str, query: &[(String, String)], body: &str) -> Result<Command, ApiError> {
    refuse_left_out(method, path, query)?;
    let (row, uri) = find(method, path, query).ok_or(ApiError::UnknownOperation)?;
    let is_payload = row.members.iter().any(|member| member.location == Location::Payload);
    check_size(body)?;
    let payload = body;
    let mut body = if is_payload { Members::new() } else { parse_body(body)? };
    let mut input = Members::new();
    for member in row.members {
        let value = match member.location {
            Location::Uri => uri.iter().find(|(name, _)| *name == member.wire_name).map(|(_, v)| v.as_str().into()),
            Location::Query => query_value(member.wire_name, member.member_type, query),
            Location::Body => body.remove(member.wire_name),
            Location::Payload => Some(payload.into()),
        };
        if let Some(value) = value {
            input.insert(member.name.to_owned(), value);
        }
    }
    for later in row.not_modelled {
        if let Some(value) = body.remove(*later) {
            input.insert((*later).to_owned(), value);
        }
    }
    Command::parse(row.service, row.name, input)
}

/// Carries out a request as a client sends it. `uri` is the path with its query, both with their escapes, which are decoded
/// once. Answers with the workspace after it, when there is another one, and with what goes back over the wire.
pub fn handle(
    workspace: &Workspace,
    env: &mut Env,
    method: &str,
    uri: &str,
    body: &[u8],
) -> (Option<Workspace>, WireResponse) {
    let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
    let read = match std::str::from_utf8(body) {
        Ok(body) => parse(method, path, &query_pairs(query), body),
        Err(_) => Err(unreadable("Unable to parse the request body as JSON")),
    };
    let result = read.and_then(|command| Ok((command.is_read(), workspace.execute(&command, env)?)));
    match result {
        Ok((is_read, (after, outcome))) => ((!is_read).then_some(after), answer(&Ok(outcome))),
        Err(error) => (None, answer(&Err(error))),
    }
}

/// Reads the names and values of a query, decoded; a `+` stays one, as signed requests escape blanks as `%20` (assumed).
fn query_pairs(query: &str) -> Vec<(String, String)> {
    let pieces = query.split('&').filter(|piece| !piece.is_empty());
    pieces
        .map(|piece| {
            let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
            (percent::decode(name), percent::decode(value))
        })
        .collect()
}

/// Writes a request in AWS's REST form: verb, path with its query, and body.
pub fn print(command: &Command) -> (&'static str, String, Option<String>) {
    let row = command.row();
    let input = command.input();
    let mut path = row.uri.to_owned();
    let mut query = Vec::new();
    let mut payload = None;
    let mut body = Members::new();
    for member in row.members {
        let Some(value) = input.get(member.name) else { continue };
        match member.location {
            Location::Uri => {
                let text = percent::encode(value.as_str().unwrap_or_default());
                path = path.replace(&format!("{{{}}}", member.wire_name), &text);
            }
            Location::Query => query.extend(query_texts(value).map(|v| format!("{}={v}", member.wire_name))),
            Location::Body => {
                body.insert(member.wire_name.to_owned(), value.clone());
            }
            Location::Payload => payload = value.as_str().map(str::to_owned),
        }
    }
    if !query.is_empty() {
        let mark = if path.contains('?') { '&' } else { '?' };
        path = format!("{path}{mark}{}", query.join("&"));
    }
    if payload.is_some() {
        return (row.verb, path, payload);
    }
    let takes_body = row.members.iter().any(|member| member.location == Location::Body);
    (row.verb, path, takes_body.then(|| Value::Object(body).to_string()))
}

/// Writes an outcome as it goes over the wire.
pub fn answer(result: &Result<Outcome, ApiError>) -> WireResponse {
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let json_type = header("Content-Type", "application/json");
    match result {
        Ok(Outcome { status, payload: Some(payload), .. }) => {
            let disposition = payload.disposition().map(|value| header("Content-Disposition", &value));
            let headers = [header("Content-Type", &payload.content_type)].into_iter().chain(disposition).collect();
            WireResponse { status: *status, headers, body: String::new(), bytes: Some(payload.bytes.clone()) }
        }
        Ok(outcome) => WireResponse {
            status: outcome.status,
            headers: vec![json_type],
            body: outcome.body.as_ref().map(Value::to_string).unwrap_or_default(),
            bytes: None,
        },
        Err(error) => WireResponse {
            status: error.http_status(),
            headers: vec![json_type, header("x-amzn-ErrorType", error.code())],
            body: json!({ "message": error.to_string() }).to_string(),
            bytes: None,
        },
    }
}

fn check_size(body: &str) -> Result<(), ApiError> {
    if body.len() > BODY_LIMIT {
        return Err(ApiError::Validation(vec![Violation {
            value: None,
            place: "body".into(),
            constraint: format!("have length less than or equal to {BODY_LIMIT}"),
        }]));
    }
    Ok(())
}

fn parse_body(body: &str) -> Result<Members, ApiError> {
    if body.trim().is_empty() {
        return Ok(Members::new());
    }
    match serde_json::from_str(body) {
        Ok(Value::Object(members)) => Ok(members),
        Ok(_) => Err(unreadable("Unexpected value type in payload")),
        Err(_) => Err(unreadable("Unable to parse the request body as JSON")),
    }
}

/// Returns the error of a body that holds no members (the sentences are assumed).
fn unreadable(message: &str) -> ApiError {
    ApiError::Serialization { field: "body".into(), message: message.into() }
}

/// Finds the operation of a verb and a path, with the values of its URI members. Literal segments beat members, and so does a
/// query that is part of an operation's URI, such as `mode=import`.
fn find(
    method: &str,
    path: &str,
    query: &[(String, String)],
) -> Option<(&'static OperationRow, Vec<(&'static str, String)>)> {
    let mut rows = OPERATIONS.iter().filter(|row| row.verb == method);
    rows.find_map(|row| Some((*row, fit(row.uri, path, query)?)))
}

/// Finds the values in a path, when it fits a URI's template and its query has what the template's asks for.
fn fit(template: &'static str, path: &str, query: &[(String, String)]) -> Option<Vec<(&'static str, String)>> {
    let path = path.split('?').next().unwrap_or_default();
    let segments: Vec<&str> = path.trim_matches('/').split('/').collect();
    let (uri, marker) = template.split_once('?').unwrap_or((template, ""));
    let marked = |pair: (&str, &str)| query.iter().any(|(name, value)| (name.as_str(), value.as_str()) == pair);
    let template: Vec<&'static str> = uri.trim_matches('/').split('/').collect();
    if template.len() != segments.len() || !marker.split('&').filter_map(|m| m.split_once('=')).all(marked) {
        return None;
    }
    let mut values = Vec::new();
    for (part, segment) in template.iter().zip(&segments) {
        match part.strip_prefix('{').and_then(|p| p.strip_suffix('}')) {
            Some(name) => values.push((name, percent::decode(segment))),
            None if part == segment => {}
            None => return None,
        }
    }
    Some(values)
}

/// Refuses an operation that AWS has and Stagecraft has not, with a sentence that says so.
fn refuse_left_out(method: &str, path: &str, query: &[(String, String)]) -> Result<(), ApiError> {
    if let Some(left_out) = find_left_out(method, path, query) {
        return Err(ApiError::NotModelled(format!("the operation {}", left_out.id.name).into()));
    }
    let path = path.trim_start_matches('/');
    match LEFT_OUT_SERVICES.iter().find(|(_, begin)| path.starts_with(begin)) {
        Some((service, _)) => Err(ApiError::NotModelled(format!("the service {service}").into())),
        None => Ok(()),
    }
}

fn find_left_out(method: &str, path: &str, query: &[(String, String)]) -> Option<&'static LeftOut> {
    LEFT_OUT.iter().find(|left_out| left_out.verb == method && fit(left_out.uri, path, query).is_some())
}

fn query_value(name: &str, member_type: MemberType, query: &[(String, String)]) -> Option<Value> {
    let mut given = query.iter().filter(|(n, _)| n == name).map(|(_, value)| value.as_str());
    match member_type {
        MemberType::TextList => {
            let items: Vec<Value> = given.map(Value::from).collect();
            if items.is_empty() { None } else { Some(Value::Array(items)) }
        }
        MemberType::Integer => given.next_back().map(|v| v.parse::<i64>().map_or_else(|_| v.into(), Value::from)),
        MemberType::Double => given.next_back().map(|v| v.parse::<f64>().map_or_else(|_| v.into(), Value::from)),
        MemberType::Boolean => given.next_back().map(|v| Value::Bool(v.eq_ignore_ascii_case("true"))),
        _ => given.next_back().map(Value::from),
    }
}

fn query_texts(value: &Value) -> impl Iterator<Item = String> {
    let texts: Vec<String> = match value {
        Value::Array(items) => items.iter().filter_map(Value::as_str).map(percent::encode).collect(),
        Value::String(text) => vec![percent::encode(text)],
        other => vec![other.to_string()],
    };
    texts.into_iter()
}
