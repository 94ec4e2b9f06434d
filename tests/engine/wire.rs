//! AWS's REST form: verbs and statuses by the service model, names that differ on the wire, errors in header and body.

use serde_json::{Value, json};
use stagecraft::{
    control_plane::{OPERATIONS, wire},
    entities::Timestamp,
    env::{Env, IdShape},
    history::Session,
    sample,
    text::percent,
};

/// Sends a request as a client would; status, error type and body.
fn send(session: &mut Session, verb: &str, path: &str, body: Value) -> (u16, Option<String>, Value) {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let query: Vec<(String, String)> = pairs.map(|(name, value)| (name.into(), percent::decode(value))).collect();
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let result = wire::parse(verb, path, &query, &body).and_then(|command| session.execute(command));
    let answer = wire::answer(&result);
    let error = answer.headers.iter().find(|(name, _)| name == "x-amzn-ErrorType").map(|(_, value)| value.clone());
    (answer.status, error, serde_json::from_str(&answer.body).unwrap_or_default())
}

fn begin() -> (Session, String) {
    let session = sample::session(Env::new(5, Timestamp(1_700_000_000_500))).expect("BUG: the sample");
    let api = session.present().rest_apis.keys().next().map(ToString::to_string).unwrap_or_default();
    (session, api)
}

#[test]
fn a_success_has_the_status_of_the_service_model() {
    for row in OPERATIONS {
        let without_content = [
            "DeleteMethod",
            "DeleteMethodResponse",
            "DeleteIntegration",
            "DeleteIntegrationResponse",
            "TagResource",
            "UntagResource",
        ];
        let expected = match row.name {
            "UpdateMethodResponse" => 201,
            "CreateVpcLink" => 202,
            "ImportDocumentationParts" => 200,
            name if ["Create", "Put", "Generate", "Import"].iter().any(|verb| name.starts_with(verb)) => 201,
            name if without_content.contains(&name) => 204,
            name if name.starts_with("Delete") || name.starts_with("Flush") => 202,
            _ => 200,
        };
        assert_eq!(row.success, expected, "{}", row.name);
        let verb = match row.name.get(..3) {
            _ if row.name == "ImportDocumentationParts" => "PUT",
            Some("Cre" | "Gen" | "Imp" | "Tes") => "POST",
            Some("Put" | "Tag") => "PUT",
            Some("Upd") => "PATCH",
            Some("Del" | "Flu" | "Unt") => "DELETE",
            _ => "GET",
        };
        assert_eq!(row.verb, verb, "{}", row.name);
    }
}

#[test]
fn lists_are_item_and_dates_are_seconds_on_the_wire() {
    let (mut session, api) = begin();
    let (status, _, body) = send(&mut session, "GET", "/restapis", Value::Null);
    assert_eq!((status, &body["item"][0]["createdDate"]), (200, &json!(1_700_000_000)));
    let (_, _, page) =
        send(&mut session, "GET", &format!("/restapis/{api}/resources?limit=2&embed=methods"), Value::Null);
    assert_eq!(page["item"].as_array().map(Vec::len), Some(2));
    let next = format!("/restapis/{api}/resources?position={}", page["position"].as_str().unwrap_or_default());
    let (_, _, page) = send(&mut session, "GET", &next, Value::Null);
    assert_eq!(page["item"][0]["path"], "/users/{userId}");
    assert_eq!(page.get("position"), None);
}

#[test]
fn the_backends_verb_is_http_method_on_the_wire() {
    let (mut session, api) = begin();
    let root = session.present().api(&api).map(|api| api.config.root_id().to_string()).unwrap_or_default();
    let path = format!("/restapis/{api}/resources/{root}/methods/GET/integration");
    let body = json!({ "type": "HTTP", "httpMethod": "POST", "uri": "https://example.com", "surplus": 1 });
    let (status, _, body) = send(&mut session, "PUT", &path, body);
    assert_eq!((status, &body["httpMethod"]), (201, &json!("POST")));
}

#[test]
fn a_query_that_belongs_to_the_uri_tells_an_import_from_a_creation() {
    let (mut session, _) = begin();
    let file = "name,key\nfirst,apikey1234abcdefghij0123456789";
    let import = |query: &[(&str, &str)], body: &str| {
        let query: Vec<(String, String)> = query.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        wire::parse("POST", "/apikeys", &query, body)
    };
    let command = import(&[("mode", "import"), ("format", "csv")], file).expect("a file of keys");
    assert_eq!(command.name(), "ImportApiKeys");
    let expected = ("POST", "/apikeys?mode=import&format=csv".to_owned(), Some(file.to_owned()));
    assert_eq!(wire::print(&command), expected);
    let outcome = session.execute(command).expect("it is imported");
    assert_eq!((outcome.status, outcome.body.and_then(|body| body["ids"].as_array().map(Vec::len))), (201, Some(1)));
    assert_eq!(import(&[], "{}").map(|command| command.name()), Ok("CreateApiKey"));
    let (_, _, list) = send(&mut session, "GET", "/apikeys?name=fir&includeValues=true", Value::Null);
    assert_eq!(list["item"][0]["value"], "apikey1234abcdefghij0123456789");
}

#[test]
fn ids_have_the_forms_that_aws_gives_them() {
    let (session, api) = begin();
    assert!(IdShape::Long.fits(&api));
    let config = session.present().api(&api).map(|api| api.config.clone()).expect("BUG: the API");
    for id in config.resources().keys() {
        let shape = if id == config.root_id() { IdShape::Long } else { IdShape::Short };
        assert!(shape.fits(id), "{id}");
    }
}

#[test]
fn an_error_is_a_status_a_header_and_a_message() {
    let (mut session, api) = begin();
    let check = |session: &mut Session, verb: &str, path: &str, body: Value, expected: (u16, &str, &str)| {
        let (status, error, body) = send(session, verb, path, body);
        assert_eq!(
            (status, error.as_deref(), body["message"].as_str()),
            (expected.0, Some(expected.1), Some(expected.2))
        );
    };
    check(
        &mut session,
        "GET",
        "/restapis/nothing",
        Value::Null,
        (404, "NotFoundException", "Invalid API identifier specified 123456789012:nothing"),
    );
    check(
        &mut session,
        "POST",
        "/restapis",
        json!({ "name": true }),
        (400, "SerializationException", "class java.lang.Boolean can not be converted to an String"),
    );
    check(
        &mut session,
        "POST",
        "/restapis",
        json!({ "name": 1 }),
        (
            400,
            "SerializationException",
            "class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String",
        ),
    );
    check(
        &mut session,
        "POST",
        &format!("/restapis/{api}/stages"),
        json!({ "stageName": "dev", "deploymentId": "nothing" }),
        (400, "BadRequestException", "Deployment id does not exist"),
    );
    send(&mut session, "POST", &format!("/restapis/{api}/deployments"), json!({ "stageName": "dev" }));
    let stages = send(&mut session, "GET", &format!("/restapis/{api}/stages"), Value::Null).2;
    let again = json!({ "stageName": "dev", "deploymentId": stages["item"][0]["deploymentId"] });
    check(
        &mut session,
        "POST",
        &format!("/restapis/{api}/stages"),
        again,
        (409, "ConflictException", "Stage already exists"),
    );
    let (status, error, body) = send(&mut session, "DELETE", &format!("/restapis/{api}"), Value::Null);
    assert_eq!((status, error, body), (202, None, Value::Null));
}
