//! Makes by chance what an account has beside its APIs: domain names and mappings, API keys, usage plans, tags, and the APIs and
//! stages that they name, which come and go. A refused request changes nothing, what is named is there, every form of a request
//! reads back, no call upsets the data plane, and a replay gives an equal workspace.

use proptest::prelude::*;
use serde_json::{Value, json};
use stagecraft::{
    control_plane::{Command, Service, wire},
    data_plane::{Local, Request, Runtime, invoke_at_once},
    dialects::cli::{parse_command, print},
    entities::{Account, Limits, Timestamp, Workspace},
    env::Env,
    history::{Record, Session, summary},
    text::percent,
};

const CERTIFICATE: &str = "arn:aws:acm:us-east-1:123456789012:certificate/x";

/// Returns one of the texts there are, or now and then one that is not there.
fn pick(choices: &[String], number: u8) -> String {
    match choices.len() {
        0 => "absent".to_owned(),
        _ if number > 235 => "absent".to_owned(),
        length => choices.get(usize::from(number) % length).cloned().unwrap_or_default(),
    }
}

fn word(choices: &[&str], number: u8) -> String {
    choices.get(usize::from(number) % choices.len()).map_or_else(String::new, |word| (*word).to_owned())
}

fn ids(keys: impl Iterator<Item = impl ToString>) -> Vec<String> {
    keys.map(|key| key.to_string()).collect()
}

/// Returns a request that means something in most workspaces; the numbers choose.
fn request(session: &Session, kind: u8, [a, b, c, d]: [u8; 4]) -> Command {
    let workspace = session.present();
    let account: &Account = &workspace.account;
    let api_id = pick(&ids(workspace.rest_apis.keys()), a);
    let api = workspace.api(&api_id);
    let stages = ids(api.into_iter().flat_map(|api| api.stages.keys()));
    let (keys, plans) = (ids(account.api_keys.keys()), ids(account.usage_plans.keys()));
    let domains: Vec<_> = account.domain_names.values().collect();
    let domain = domains.get(usize::from(b) % domains.len().max(1));
    let (domain_name, domain_name_id) =
        domain.map_or(("absent".into(), None), |domain| (domain.name.to_string(), domain.id.clone()));
    let base_path = pick(&ids(domain.into_iter().flat_map(|domain| domain.mappings.keys())), c);
    let patch = |op: &str, path: String, value: String| json!([{ "op": op, "path": path, "value": value }]);
    let stage = pick(&stages, d);
    let place = json!({ "domainName": domain_name, "domainNameId": domain_name_id.as_deref() });
    let with = |more: Value| {
        let mut out = place.clone();
        for (name, value) in more.as_object().cloned().unwrap_or_default() {
            out[name] = value;
        }
        out
    };
    let (name, input) = match kind % 23 {
        0 if d > 170 => ("CreateRestApi", json!({ "name": "Another" })),
        1 if c > 128 => ("DeleteRestApi", json!({ "restApiId": api_id })),
        0..=2 => ("CreateDeployment", json!({ "restApiId": api_id, "stageName": word(&["dev", "prod"], d) })),
        3 if b > 170 => ("DeleteStage", json!({ "restApiId": api_id, "stageName": stage })),
        3 | 4 => {
            let kind = word(&["EDGE", "REGIONAL", "PRIVATE", "EDGE"], b);
            let name = word(&["a.example.com", "b.example.com", "*.example.com", "UPPER", "p.example.org"], a);
            let mut input = json!({ "domainName": name, "endpointConfiguration": { "types": [kind] } });
            input[if kind == "REGIONAL" { "regionalCertificateArn" } else { "certificateArn" }] = CERTIFICATE.into();
            if c > 200 {
                input["mutualTlsAuthentication"] = json!({ "truststoreUri": word(&["s3://b/k", "x"], d) });
            }
            ("CreateDomainName", input)
        }
        5 => {
            let path = word(
                &["/securityPolicy", "/routingMode", "/endpointConfiguration/types/EDGE", "/certificateArn", "/x"],
                c,
            );
            let value = word(&["TLS_1_0", "ROUTING_RULE_ONLY", "REGIONAL", "", CERTIFICATE], d);
            ("UpdateDomainName", with(json!({ "patchOperations": patch("replace", path, value) })))
        }
        6 if d > 170 => ("DeleteDomainName", place.clone()),
        6..=9 => {
            let path = word(&["", "v1", "v2", "v3", "v4", "v5", "a/b", "(none)"], c);
            let stage = if a > 128 { stage } else { String::new() };
            ("CreateBasePathMapping", with(json!({ "basePath": path, "restApiId": api_id, "stage": stage })))
        }
        10 => {
            let path = word(&["/basePath", "/stage", "/restapiId"], d);
            let value = word(&["v3", "dev", "", &api_id], a);
            (
                "UpdateBasePathMapping",
                with(json!({ "basePath": base_path, "patchOperations": patch("replace", path, value) })),
            )
        }
        11 => ("DeleteBasePathMapping", with(json!({ "basePath": base_path }))),
        12 | 13 => {
            let mut input = json!({ "name": word(&["k1", "k2"], a), "enabled": b > 50 });
            if c > 128 {
                input["value"] = word(&["value-of-twenty-chars", "another-of-twenty-chars", "short"], d).into();
            }
            ("CreateApiKey", input)
        }
        14 => {
            let value = word(&["true", "n3w"], c);
            let patches = patch(&word(&["replace", "add"], d), word(&["/enabled", "/name", "/id"], b), value);
            ("UpdateApiKey", json!({ "apiKey": pick(&keys, a), "patchOperations": patches }))
        }
        15 if d > 150 => ("DeleteApiKey", json!({ "apiKey": pick(&keys, a) })),
        15 | 16 => {
            let throttle = json!({ "/x/GET": { "rateLimit": f64::from(c) / 2.0, "burstLimit": d } });
            let stages =
                if a > 99 { json!([{ "apiId": api_id, "stage": stage, "throttle": throttle }]) } else { json!([]) };
            let quota = json!({ "limit": c, "period": word(&["DAY", "WEEK", "MONTH", "DAY", "WEEK", "YEAR"], d) });
            let rates = json!({ "burstLimit": i64::from(b) - 9, "rateLimit": f64::from(c) });
            ("CreateUsagePlan", json!({ "name": "plan", "apiStages": stages, "quota": quota, "throttle": rates }))
        }
        17 => {
            let path = word(&["/apiStages", "/quota/limit", "/throttle/rateLimit", "/quota", "/name"], c);
            let value = if path == "/apiStages" { format!("{api_id}:{stage}") } else { d.to_string() };
            let patches = patch(&word(&["add", "remove", "replace"], b), path, value);
            ("UpdateUsagePlan", json!({ "usagePlanId": pick(&plans, d), "patchOperations": patches }))
        }
        18 => ("DeleteUsagePlan", json!({ "usagePlanId": pick(&plans, a) })),
        19 | 20 => {
            let input = json!({ "usagePlanId": pick(&plans, a), "keyId": pick(&keys, b), "keyType": "API_KEY" });
            ("CreateUsagePlanKey", input)
        }
        21 => {
            let patches = patch("replace", word(&["/remaining", "/used"], c), word(&["7", "-1", "x"], d));
            let input = json!({ "usagePlanId": pick(&plans, a), "keyId": pick(&keys, b), "patchOperations": patches });
            if d > 200 {
                ("DeleteUsagePlanKey", json!({ "usagePlanId": pick(&plans, a), "keyId": pick(&keys, b) }))
            } else {
                ("UpdateUsage", input)
            }
        }
        _ => {
            let path = match b % 4 {
                0 => format!("restapis/{api_id}/stages/{stage}"),
                1 => format!("apikeys/{}", pick(&keys, c)),
                2 => format!("usageplans/{}", pick(&plans, c)),
                _ => format!("domainnames/{domain_name}"),
            };
            let arn = format!("arn:aws:apigateway:us-east-1::/{path}");
            match d {
                0..=99 => ("UntagResource", json!({ "resourceArn": arn, "tagKeys": ["k", "gone"] })),
                _ => ("TagResource", json!({ "resourceArn": arn, "tags": { word(&["k", "aws:k", ""], d): "v" } })),
            }
        }
    };
    let Value::Object(members) = input else { unreachable!("requests are objects") };
    Command::parse(Service::API_GATEWAY, name, members).expect("members of the right types")
}

/// Checks that everything that the account names is there; but for the stage of a mapping, which is a name that may be
/// taken again.
fn check_names(workspace: &Workspace) -> Result<(), TestCaseError> {
    let account = &workspace.account;
    for (key, domain) in &account.domain_names {
        prop_assert_eq!(&domain.key(), key);
        let kinds: Vec<&str> = domain.types.iter().map(|kind| kind.as_str()).collect();
        prop_assert_eq!(domain.distribution.is_some(), kinds.contains(&"EDGE"));
        prop_assert_eq!(domain.regional.is_some(), kinds.contains(&"REGIONAL"));
        prop_assert_eq!(domain.id.is_some(), kinds == ["PRIVATE"]);
        for (path, mapping) in &domain.mappings {
            prop_assert_eq!(path, &mapping.base_path);
            prop_assert!(workspace.api(&mapping.rest_api_id).is_some());
        }
    }
    for (id, key) in &account.api_keys {
        prop_assert_eq!(id, &key.id);
        let same = account.api_keys.values().filter(|other| other.value == key.value);
        prop_assert_eq!(same.count(), 1);
    }
    for plan in account.usage_plans.values() {
        prop_assert!(plan.keys.keys().all(|key| account.api_keys.contains_key(key)));
        for stage in &plan.stages {
            prop_assert!(workspace.api(&stage.api_id).is_some_and(|api| api.stages.contains_key(&stage.stage)));
            for key in plan.keys.keys() {
                let holds = |other: &&std::rc::Rc<stagecraft::entities::UsagePlan>| {
                    other.keys.contains_key(key) && other.stage(&stage.api_id, &stage.stage).is_some()
                };
                prop_assert_eq!(
                    account.usage_plans.values().filter(holds).count(),
                    1,
                    "one plan for a key and a stage"
                );
            }
        }
    }
    Ok(())
}

/// Checks that a command is what it was after each of its forms.
fn check_forms(command: &Command) -> Result<(), TestCaseError> {
    prop_assert_eq!(Command::parse(command.row().service, command.name(), command.input()), Ok(command.clone()));
    let line = print(command);
    let again = parse_command(&line);
    prop_assert_eq!(again.as_ref(), Ok(command), "{}", line);
    let (verb, path, body) = wire::print(command);
    let (path, query) = path.split_once('?').unwrap_or((&path, ""));
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let query: Vec<(String, String)> = pairs.map(|(name, value)| (name.into(), percent::decode(value))).collect();
    prop_assert_eq!(wire::parse(verb, path, &query, &body.unwrap_or_default()), Ok(command.clone()));
    Ok(())
}

/// Returns an API with one method that needs a key, deployed to `dev`.
fn begin() -> Session {
    let mut session = Session::new(Env::new(5, Timestamp(1_700_000_000_000)));
    let mut run = |name: &str, input: Value| {
        let members = input.as_object().cloned().unwrap_or_default();
        let outcome = session
            .execute(Command::parse(Service::API_GATEWAY, name, members).expect("a request"))
            .expect("it is carried out");
        outcome.body.unwrap_or_default()
    };
    let api = run("CreateRestApi", json!({ "name": "Account" }));
    let (id, root) = (api["id"].clone(), api["rootResourceId"].clone());
    let method = json!({ "restApiId": id, "resourceId": root, "httpMethod": "GET", "authorizationType": "NONE", "apiKeyRequired": true });
    run("PutMethod", method);
    run("PutIntegration", json!({ "restApiId": id, "resourceId": root, "httpMethod": "GET", "type": "MOCK" }));
    run("CreateDeployment", json!({ "restApiId": id, "stageName": "dev" }));
    session
}

/// Calls every domain name with the first key; any status is fine.
fn call(session: &mut Session, runtime: &mut Runtime) -> Result<(), TestCaseError> {
    let workspace = session.present().clone();
    let value = workspace.account.api_keys.values().next().map(|key| key.value.to_string()).unwrap_or_default();
    for domain in workspace.account.domain_names.values() {
        let url = format!("https://{}/v1", domain.name.replace('*', "any"));
        let request = Request { headers: vec![("X-API-Key".into(), value.clone())], ..Request::get(url) };
        let invocation = invoke_at_once(&workspace, runtime, &request, &mut session.env, &mut Local::of(&workspace));
        prop_assert!((200..600).contains(&invocation.response.status));
        prop_assert!(invocation.trace.steps.iter().all(|step| !step.reason().is_empty()));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn an_account_keeps_every_invariant(acts in prop::collection::vec((any::<u8>(), any::<[u8; 4]>()), 1..90)) {
        let (mut session, mut runtime) = (begin(), Runtime::new());
        for (kind, numbers) in acts {
            let command = request(&session, kind, numbers);
            check_forms(&command)?;
            let before = session.present().clone();
            let length = session.entries().len();
            if let Err(error) = session.execute(command.clone()) {
                prop_assert_eq!(session.present(), &before, "{:?}: {}", command, error);
                prop_assert_eq!(session.entries().len(), length);
                prop_assert!((400..500).contains(&error.http_status()), "{}", error);
            }
            check_names(session.present())?;
            call(&mut session, &mut runtime)?;
            if let Some(operation) = session.entries().get(length) {
                prop_assert!(!summary(&operation.record.act, &before, session.present()).contains(command.name()));
            }
        }
        let records: Vec<Record> = session.entries().iter().map(|entry| entry.record.clone()).collect();
        let replayed = Session::replay(Env::new(99, Timestamp(0)), records);
        let replayed = replayed.map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(replayed.present(), session.present());
    }
}

/// With quotas of one, the second of a kind is refused, with 429.
#[test]
fn quotas_are_kept() {
    let limits = Limits {
        public_domain_names: 1,
        private_domain_names: 1,
        api_keys: 1,
        usage_plans: 2,
        plans_per_key: 1,
        method_throttles: 1,
        tags: 1,
        ..Limits::default()
    };
    let mut env = Env::new(1, Timestamp(0));
    let mut workspace = Workspace { limits: limits.into(), ..begin().present().clone() };
    let api = workspace.rest_apis.keys().next().map(ToString::to_string).unwrap_or_default();
    let mut run = |name: &str, input: Value| -> Result<Value, (u16, String)> {
        let members = input.as_object().cloned().unwrap_or_default();
        let command = Command::parse(Service::API_GATEWAY, name, members).expect("a request");
        let done = workspace.execute(&command, &mut env).map_err(|error| (error.http_status(), error.to_string()));
        done.map(|(after, outcome)| {
            workspace = after;
            outcome.body.unwrap_or_default()
        })
    };
    let domain = |name: &str, kind: &str| json!({ "domainName": name, "certificateArn": CERTIFICATE, "endpointConfiguration": { "types": [kind] } });
    let beginning = |answer: Result<Value, (u16, String)>| {
        answer
            .map(|body| body.to_string())
            .map_err(|(status, text)| (status, text.chars().take(17).collect::<String>()))
    };
    let refused = Err((429, "Maximum number of".to_owned()));
    for kind in ["EDGE", "PRIVATE"] {
        run("CreateDomainName", domain("a.example.com", kind)).expect("the first");
        assert_eq!(beginning(run("CreateDomainName", domain("b.example.com", kind))), refused, "{kind}");
    }
    let key = run("CreateApiKey", json!({})).expect("the first")["id"].clone();
    assert_eq!(beginning(run("CreateApiKey", json!({}))), refused);
    let imported = run("ImportApiKeys", json!({ "format": "csv", "body": "name,key\nx,0123456789abcdefghij" }));
    assert_eq!(beginning(imported), refused);
    let throttle = json!({ "/a/GET": { "burstLimit": 1 }, "/b/GET": { "burstLimit": 1 } });
    let stages = json!([{ "apiId": api, "stage": "dev", "throttle": throttle }]);
    assert_eq!(beginning(run("CreateUsagePlan", json!({ "name": "p", "apiStages": stages }))), refused);
    let mut plans = Vec::new();
    for name in ["p", "q"] {
        plans.push(run("CreateUsagePlan", json!({ "name": name })).expect("one of two")["id"].clone());
    }
    assert_eq!(beginning(run("CreateUsagePlan", json!({ "name": "r" }))), refused);
    let join = |plan: &Value| json!({ "usagePlanId": plan, "keyId": key, "keyType": "API_KEY" });
    let joined: Vec<_> = plans.iter().map(|plan| beginning(run("CreateUsagePlanKey", join(plan)))).collect();
    assert!(matches!(&joined[..], [Ok(_), second] if *second == refused), "{joined:?}");
    let arn = format!("arn:aws:apigateway:us-east-1::/restapis/{api}");
    let tags = run("TagResource", json!({ "resourceArn": arn, "tags": { "a": "1", "b": "2" } }));
    assert_eq!(tags, Err((400, "The number of tags exceeds the limit of 1".to_owned())));
}

/// The quotas of APIs and of what is in one; and the numbers that AWS documents, of which scenarios reach the small ones.
#[test]
fn quotas_of_apis_are_kept_and_the_numbers_are_awss() {
    let limits = Limits {
        resources_per_api: 2,
        edge_apis: 1,
        regional_apis: 1,
        documentation_parts_per_api: 1,
        ..Limits::default()
    };
    let mut env = Env::new(1, Timestamp(0));
    let mut workspace = Workspace { limits: limits.into(), ..Workspace::default() };
    let mut run = |name: &str, input: Value| -> Result<Value, (u16, String)> {
        let command = Command::parse(Service::API_GATEWAY, name, input.as_object().cloned().unwrap_or_default())
            .expect("a request");
        let done = workspace.execute(&command, &mut env).map_err(|error| (error.http_status(), error.to_string()));
        done.map(|(after, outcome)| {
            workspace = after;
            outcome.body.unwrap_or_default()
        })
    };
    let too_many = |what: &str, of: &str| {
        let text = format!(
            "Maximum number of {what} for this {of} has been reached. Please contact AWS if you need additional {what}."
        );
        Err((429, text))
    };
    let mut ids = Vec::new();
    for kind in ["EDGE", "REGIONAL", "PRIVATE"] {
        let api = json!({ "name": "a", "endpointConfiguration": { "types": [kind] } });
        ids.push(run("CreateRestApi", api.clone()).expect("the first of its kind"));
        assert_eq!(run("CreateRestApi", api), too_many("APIs", "account"), "{kind}");
    }
    let (api, root) = (&ids[0]["id"], &ids[0]["rootResourceId"]);
    let become_regional =
        json!([{ "op": "replace", "path": "/endpointConfiguration/types/EDGE", "value": "REGIONAL" }]);
    let changed = run("UpdateRestApi", json!({ "restApiId": api, "patchOperations": become_regional }));
    assert_eq!(changed, too_many("APIs", "account"));
    let resource = |part: &str| json!({ "restApiId": api, "parentId": root, "pathPart": part });
    run("CreateResource", resource("a")).expect("the second, after the root");
    assert_eq!(run("CreateResource", resource("b")), too_many("resources", "API"));
    let part =
        |path: &str| json!({ "restApiId": api, "location": { "type": "RESOURCE", "path": path }, "properties": "{}" });
    run("CreateDocumentationPart", part("/")).expect("the first");
    assert_eq!(run("CreateDocumentationPart", part("/a")), too_many("documentation parts", "API"));
    let usual = Limits::default();
    let numbers = [usual.resources_per_api, usual.edge_apis, usual.regional_apis, usual.usage_plans, usual.api_keys];
    assert_eq!(numbers, [300, 120, 600, 300, 10_000]);
    let others = [usual.public_domain_names, usual.private_domain_names, usual.documentation_parts_per_api];
    assert_eq!(others, [120, 50, 2000]);
}
