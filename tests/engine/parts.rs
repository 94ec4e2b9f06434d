//! Makes by chance what an API has beside its resources: models, validators, authorizers, gateway responses, the methods that name
//! them, documentation, and the account's VPC links. A refused request changes nothing, what is named is there, a deployment
//! stays what it was, and a replay gives an equal workspace.

use proptest::prelude::*;
use serde_json::{Value, json};
use stagecraft::{
    control_plane::{Command, Service},
    entities::{ApiConfig, Documentation, DocumentationVersion, Timestamp},
    env::Env,
    history::{
        Record, Session,
        diff::{count, diff},
    },
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

const FUNCTION: &str = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/f/invocations";
const POOL: &str = "arn:aws:cognito-idp:us-east-1:123412341234:userpool/us-east-1_a";

/// Returns a request that means something in most workspaces; the numbers choose.
fn request(session: &Session, kind: u8, [a, b, c]: [u8; 3]) -> Command {
    let pick = |choices: &[String], number: u8| match choices.len() {
        0 => "absent".to_owned(),
        length => choices.get(usize::from(number) % (length + 1)).cloned().unwrap_or_else(|| "absent".into()),
    };
    let words = |list: &[&str]| -> Vec<String> { list.iter().map(|word| (*word).to_owned()).collect() };
    let api = session.present().rest_apis.values().next().expect("the API");
    let parts = &api.config.parts;
    let validators: Vec<String> = parts.request_validators.keys().map(ToString::to_string).collect();
    let authorizers: Vec<String> = parts.authorizers.keys().map(ToString::to_string).collect();
    let models: Vec<String> = api.config.models().keys().map(ToString::to_string).collect();
    let types = words(&["DEFAULT_4XX", "DEFAULT_5XX", "UNAUTHORIZED", "THROTTLED", "NONE"]);
    let kinds = words(&["NONE", "AWS_IAM", "CUSTOM", "COGNITO_USER_POOLS"]);
    let reference = format!("https://apigateway.amazonaws.com/restapis/{}/models/{}", api.id, pick(&models, c));
    let schemas = [
        json!({ "type": "object" }).to_string(),
        json!({ "$ref": reference }).to_string(),
        json!({ "type": "plastic" }).to_string(),
        "<xml/>".to_owned(),
    ];
    let patch = |path: &str, value: String| json!([{ "op": "replace", "path": path, "value": value }]);
    let root = api.config.root_id().to_string();
    let (name, mut input) = match kind % 28 {
        0 => {
            let name = pick(&words(&["Pet", "Pets", "Cat", "no name"]), a);
            let schema = pick(&schemas, b);
            ("CreateModel", json!({ "name": name, "contentType": "application/json", "schema": schema }))
        }
        1 => {
            let path = pick(&words(&["/schema", "/schema", "/description", "/name"]), b);
            let patches = patch(&path, pick(&schemas, c));
            ("UpdateModel", json!({ "modelName": pick(&models, a), "patchOperations": patches }))
        }
        2 => ("DeleteModel", json!({ "modelName": pick(&models, a) })),
        3 => {
            let name = pick(&words(&["basic", "all", " "]), a);
            ("CreateRequestValidator", json!({ "name": name, "validateRequestBody": b > 128 }))
        }
        4 => {
            let path = pick(&words(&["/name", "/validateRequestBody", "/nothing"]), b);
            let id = pick(&validators, a);
            (
                "UpdateRequestValidator",
                json!({ "requestValidatorId": id, "patchOperations": patch(&path, "true".into()) }),
            )
        }
        5 => ("DeleteRequestValidator", json!({ "requestValidatorId": pick(&validators, a) })),
        6 => {
            let name = pick(&words(&["a1", "a2", "a3", ""]), a);
            let source = "method.request.header.Authorization";
            (
                "CreateAuthorizer",
                json!({ "name": name, "type": "TOKEN", "authorizerUri": FUNCTION, "identitySource": source }),
            )
        }
        7 => {
            let name = pick(&words(&["p1", "p2", "a1"]), a);
            ("CreateAuthorizer", json!({ "name": name, "type": "COGNITO_USER_POOLS", "providerARNs": [POOL] }))
        }
        8 => {
            let path = pick(&words(&["/name", "/identitySource", "/type", "/authorizerUri"]), b);
            let value = pick(&words(&["method.request.header.A", "REQUEST", "COGNITO_USER_POOLS", FUNCTION, ""]), c);
            (
                "UpdateAuthorizer",
                json!({ "authorizerId": pick(&authorizers, a), "patchOperations": patch(&path, value) }),
            )
        }
        9 => ("DeleteAuthorizer", json!({ "authorizerId": pick(&authorizers, a) })),
        10 | 11 => {
            let status = pick(&words(&["404", "599", "9"]), b);
            let value = pick(&words(&["'a'", "context.stage", "nothing"]), c);
            let parameters = json!({ "gatewayresponse.header.x": value });
            (
                "PutGatewayResponse",
                json!({ "responseType": pick(&types, a), "statusCode": status, "responseParameters": parameters }),
            )
        }
        12 => {
            let path = pick(&words(&["/statusCode", "/responseTemplates/application~1json", "/x"]), b);
            let patches = patch(&path, pick(&words(&["444", ""]), c));
            ("UpdateGatewayResponse", json!({ "responseType": pick(&types, a), "patchOperations": patches }))
        }
        13 => ("DeleteGatewayResponse", json!({ "responseType": pick(&types, a) })),
        14 | 15 => {
            let mut method = json!({
                "resourceId": root,
                "httpMethod": pick(&words(&["GET", "POST", "PUT"]), a),
                "authorizationType": pick(&kinds, b),
                "authorizerId": pick(&authorizers, c),
            });
            if c > 100 {
                method["requestValidatorId"] = pick(&validators, c).into();
            }
            if a > 100 {
                method["requestModels"] = json!({ "application/json": pick(&models, a) });
            }
            ("PutMethod", method)
        }
        16 => ("DeleteMethod", json!({ "resourceId": root, "httpMethod": pick(&words(&["GET", "POST", "PUT"]), a) })),
        17 => {
            let verb = pick(&words(&["GET", "POST", "PUT"]), a);
            ("PutIntegration", json!({ "resourceId": root, "httpMethod": verb, "type": "MOCK" }))
        }
        18 => ("CreateDeployment", json!({})),
        other => documentation_request(session, other, [a, b, c]),
    };
    if !name.contains("VpcLink") {
        input["restApiId"] = api.id.to_string().into();
    }
    let Value::Object(members) = input else { unreachable!("requests are objects") };
    Command::parse(Service::API_GATEWAY, name, members).expect("members of the right types")
}

/// Returns a request about documentation or a VPC link.
fn documentation_request(session: &Session, kind: u8, [a, b, c]: [u8; 3]) -> (&'static str, Value) {
    let pick = |choices: &[&str], number: u8| -> String {
        choices.get(usize::from(number) % (choices.len() + 1)).copied().unwrap_or("absent").to_owned()
    };
    let api = session.present().rest_apis.values().next().expect("the API");
    let parts: Vec<&str> = api.documentation.parts.keys().map(|id| &**id).collect();
    let links: Vec<&str> = session.present().account.vpc_links.keys().map(|id| &**id).collect();
    let versions = ["1", "2", "3"];
    let mut location = json!({ "type": pick(&["API", "METHOD", "RESOURCE", "MODEL"], a) });
    if b > 100 {
        location["path"] = pick(&["/", "/users"], b).into();
    }
    if b % 3 == 0 {
        location["name"] = "Empty".into();
    }
    let said = json!({ pick(&["description", "info"], c): c });
    let patch = |path: &str, value: String| json!([{ "op": "replace", "path": path, "value": value }]);
    match kind {
        19 | 20 => {
            let properties = if c > 240 { "[]".into() } else { said.to_string() };
            ("CreateDocumentationPart", json!({ "location": location, "properties": properties }))
        }
        21 => {
            let patches = patch(&pick(&["/properties", "/location"], b), said.to_string());
            ("UpdateDocumentationPart", json!({ "documentationPartId": pick(&parts, a), "patchOperations": patches }))
        }
        22 => ("DeleteDocumentationPart", json!({ "documentationPartId": pick(&parts, a) })),
        23 => {
            let entries = json!([{ "location": location, "properties": said }, { "location": { "type": "API" } }]);
            let body = json!({ "x-amazon-apigateway-documentation": { "documentationParts": entries } }).to_string();
            let mode = pick(&["merge", "overwrite"], b);
            ("ImportDocumentationParts", json!({ "mode": mode, "failOnWarnings": c > 128, "body": body }))
        }
        24 => ("CreateDocumentationVersion", json!({ "documentationVersion": pick(&versions, a) })),
        25 => ("DeleteDocumentationVersion", json!({ "documentationVersion": pick(&versions, a) })),
        26 => {
            let arn = "arn:aws:elasticloadbalancing:us-east-1:123412341234:loadbalancer/net/nlb/1234567890abcdef";
            ("CreateVpcLink", json!({ "name": pick(&["l1", "l2", ""], a), "targetArns": [pick(&[arn, arn, "x"], b)] }))
        }
        _ if b > 128 => ("DeleteVpcLink", json!({ "vpcLinkId": pick(&links, a) })),
        _ => {
            let patches = patch(&pick(&["/name", "/description", "/targetArns"], b), pick(&["x", ""], c));
            ("UpdateVpcLink", json!({ "vpcLinkId": pick(&links, a), "patchOperations": patches }))
        }
    }
}

/// Checks that no two parts are about one thing, and that a version stays what it was.
fn check_documentation(
    documentation: &Documentation,
    versions: &mut BTreeMap<(String, Timestamp), Rc<DocumentationVersion>>,
) -> Result<(), TestCaseError> {
    let places: BTreeSet<_> = documentation.parts.values().map(|part| part.location.whole()).collect();
    prop_assert_eq!(places.len(), documentation.parts.len());
    for version in documentation.versions.values() {
        let key = (version.version.to_string(), version.created);
        let known = versions.entry(key).or_insert_with(|| version.clone());
        prop_assert!(known.parts.iter().eq(version.parts.iter()), "version {} changed", version.version);
    }
    Ok(())
}

/// Checks that everything that a configuration names is in it.
fn check_names(config: &ApiConfig) -> Result<(), TestCaseError> {
    let models = config.models();
    for (_, method) in config.methods() {
        let authorizer = method.authorizer_id.as_ref();
        prop_assert!(authorizer.is_none_or(|id| config.parts.authorizers.contains_key(id)));
        let validator = method.request_validator_id.as_ref();
        prop_assert!(validator.is_none_or(|id| config.parts.request_validators.contains_key(id)));
        prop_assert!(method.request_models.values().all(|model| models.contains_key(model.as_str())));
    }
    for model in models.values() {
        let schema = serde_json::from_str(&model.schema).unwrap_or_default();
        for reference in stagecraft::schema::references(&schema) {
            let name = reference.rsplit('/').next().unwrap_or_default();
            prop_assert!(models.contains_key(name), "{} refers to {}", model.name, reference);
        }
    }
    Ok(())
}

fn begin() -> Session {
    let mut session = Session::new(Env::new(5, Timestamp(1_700_000_000_000)));
    let members = json!({ "name": "Parts" }).as_object().cloned().unwrap_or_default();
    session
        .execute(Command::parse(Service::API_GATEWAY, "CreateRestApi", members).expect("a request"))
        .expect("an API");
    session
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn parts_keep_every_invariant(acts in prop::collection::vec((any::<u8>(), any::<[u8; 3]>()), 1..80)) {
        let mut session = begin();
        let mut frozen: BTreeMap<String, Rc<ApiConfig>> = BTreeMap::new();
        let mut versions = BTreeMap::new();
        for (kind, numbers) in acts {
            let command = request(&session, kind, numbers);
            prop_assert_eq!(Command::parse(command.row().service, command.name(), command.input()), Ok(command.clone()));
            let before = session.present().clone();
            let length = session.entries().len();
            session.env.set_now(Timestamp(session.env.now().0 + 1000));
            if let Err(error) = session.execute(command.clone()) {
                prop_assert_eq!(session.present(), &before, "{:?}: {}", command, error);
                prop_assert_eq!(session.entries().len(), length);
                prop_assert!((400..500).contains(&error.http_status()), "{}", error);
            }
            let api = session.present().rest_apis.values().next().expect("the API");
            check_names(&api.config)?;
            check_documentation(&api.documentation, &mut versions)?;
            for deployment in api.deployments.values() {
                let known = frozen.entry(deployment.id.to_string()).or_insert_with(|| deployment.config.clone());
                prop_assert_eq!(&**known, &*deployment.config);
                let changes = diff(&deployment.config, &api.config);
                prop_assert_eq!(changes.len(), count(&deployment.config, &api.config));
                prop_assert!(changes.iter().all(|change| !change.summary().is_empty()));
            }
            if let Some(operation) = session.entries().get(length) {
                let sentence = stagecraft::history::summary(&operation.record.act, &before, session.present());
                prop_assert!(!sentence.contains(command.name()), "{}", sentence);
            }
        }
        let records: Vec<Record> = session.entries().iter().map(|entry| entry.record.clone()).collect();
        let replayed = Session::replay(Env::new(99, Timestamp(0)), records);
        let replayed = replayed.map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(replayed.present(), session.present());
    }
}
