//! The steps, in the console's words, and that every operation has some that make sense.

use super::{
    print,
    table::{CANARY, DEPLOY, DEPLOYED, STEPS},
};
use crate::{
    control_plane::{Command, MemberType, OPERATIONS, Service},
    dialects::cli::parse_command,
    entities::{Timestamp, Workspace},
    env::Env,
    history::Session,
    sample,
};
use expect_test::{Expect, expect};
use serde_json::{Value, json};

/// Returns the sample, deployed to `prod`, which has a canary; with a key in a plan.
fn world() -> Session {
    let mut session = sample::session(Env::new(7, Timestamp(0))).expect("the sample");
    let api = session.present().rest_apis.keys().next().expect("an API").to_string();
    let lines = [
        format!("create-deployment --rest-api-id {api} --stage-name prod"),
        format!(
            "update-stage --rest-api-id {api} --stage-name prod --patch-operations op=replace,path=/canarySettings/percentTraffic,value=10"
        ),
        "create-api-key --name partner".into(),
        "create-usage-plan --name Gold".into(),
    ];
    for line in lines {
        let command =
            parse_command(&format!("aws apigateway {line}")).unwrap_or_else(|failure| panic!("{}", failure.text()));
        session.execute(command).unwrap_or_else(|error| panic!("{line}: {error}"));
    }
    session
}

fn named(ws: &Workspace, line: &str) -> String {
    let api = ws.rest_apis.values().next().expect("an API");
    let users = api.config.tree().into_iter().find(|(_, r)| api.config.path_of(&r.id) == "/users").expect("/users").1;
    let key = ws.account.api_keys.keys().next().expect("a key");
    let plan = ws.account.usage_plans.keys().next().expect("a plan");
    let line = line.replace("API", api.id.as_str()).replace("USERS", users.id.as_str());
    line.replace("KEY", key).replace("PLAN", plan)
}

fn check(lines: &[&str], expected: Expect) {
    let session = world();
    let ws = session.present();
    let told = |line: &&str| {
        let command = parse_command(&format!("aws apigateway {}", named(ws, line)));
        let command = command.unwrap_or_else(|failure| panic!("{}", failure.text()));
        let steps = print(&command, ws);
        // All are of the same API, or of the account.
        assert!(steps[0].starts_with("Open the API Gateway console"), "{line}");
        format!("{}:\n  {}\n", command.name(), steps[1..].join("\n  "))
    };
    expected.assert_eq(&lines.iter().map(told).collect::<String>());
}

#[test]
fn an_api_is_edited_in_its_pages() {
    check(
        &[
            "create-rest-api --name Pets --endpoint-configuration types=REGIONAL",
            "create-rest-api --name Pets --api-key-source AUTHORIZER --disable-execute-api-endpoint",
            "update-rest-api --rest-api-id API --patch-operations op=add,path=/binaryMediaTypes/image~1png op=remove,path=/description",
            "create-resource --rest-api-id API --parent-id USERS --path-part x",
            "put-method --rest-api-id API --resource-id USERS --http-method DELETE --authorization-type NONE --api-key-required",
            "put-integration --rest-api-id API --resource-id USERS --http-method GET --type MOCK --request-templates '{\"application/json\": \"{}\"}'",
            "delete-method --rest-api-id API --resource-id USERS --http-method GET",
            "delete-integration-response --rest-api-id API --resource-id USERS --http-method GET --status-code 200",
            "create-request-validator --rest-api-id API --validate-request-body",
            "test-invoke-method --rest-api-id API --resource-id USERS --http-method GET --headers a=b",
        ],
        expect![[r#"
            CreateRestApi:
              Choose Create API, and Build under REST API.
              Choose New API. API name: Pets. API endpoint type: REGIONAL. Choose Create API.
            CreateRestApi:
              Choose Create API, and Build under REST API.
              Choose New API. API name: Pets. Choose Create API. Then go to API settings, and choose Edit. API key source: AUTHORIZER. Default endpoint: Inactive. Choose Save changes.
            UpdateRestApi:
              Go to API settings, and choose Edit. Add image/png to Binary media types. Remove Description. Choose Save changes.
            CreateResource:
              In Resources, choose Create resource. Resource path: /users. Resource name: x. Choose Create resource.
            PutMethod:
              In Resources, select /users and choose Create method. Method type: DELETE. Choose an integration type; the console makes method and integration in one.
              Under Method request settings: Authorization: NONE. API key required: on. Choose Create method.
            PutIntegration:
              In Resources, select GET below /users. On the tab Integration request choose Edit. Integration type: Mock. Mapping templates: application/json = {}. Choose Save.
            DeleteMethod:
              In Resources, select GET below /users, choose Delete, and confirm.
            DeleteIntegrationResponse:
              In Resources, select GET below /users. On the tab Integration response choose Delete beside 200, and confirm.
            CreateRequestValidator:
              The console makes a validator when a method asks for one: in Resources, on the tab Method request of the method, choose Edit. Request validator: Validate body. Choose Save.
            TestInvokeMethod:
              In Resources, select GET below /users. On the tab Test: Headers: a = b. Choose Test.
        "#]],
    );
}

#[test]
fn a_stage_is_edited_card_by_card() {
    check(
        &[
            "create-deployment --rest-api-id API --stage-name dev --description first",
            "create-deployment --rest-api-id API --stage-name prod",
            "create-deployment --rest-api-id API --stage-name prod --canary-settings percentTraffic=5",
            "update-stage --rest-api-id API --stage-name prod --patch-operations op=replace,path=/variables/a,value=b op=remove,path=/variables/c op=replace,path=/description,value=d",
            "update-stage --rest-api-id API --stage-name prod --patch-operations op=replace,path=/canarySettings/percentTraffic,value=12.5 op=replace,path=/canarySettings/stageVariableOverrides/a,value=b",
            "update-stage --rest-api-id API --stage-name prod --patch-operations op=replace,path=/canarySettings/percentTraffic,value=0.0 op=copy,from=/canarySettings/stageVariableOverrides,path=/variables op=copy,from=/canarySettings/deploymentId,path=/deploymentId",
            "update-stage --rest-api-id API --stage-name prod --patch-operations op=remove,path=/canarySettings op=replace,path=/*/*/throttling/rateLimit,value=5 op=replace,path=/~1users/GET/caching/enabled,value=true op=replace,path=/*/*/logging/loglevel,value=INFO",
            "flush-stage-cache --rest-api-id API --stage-name prod",
            "get-stage --rest-api-id API --stage-name nope",
        ],
        expect![[r#"
            CreateDeployment:
              In Resources, choose Deploy API.
              Stage: *New stage*. Stage name: dev. Deployment description: first. Choose Deploy.
            CreateDeployment:
              In Resources, choose Deploy API.
              Stage: prod; the deployment goes to its canary. Choose Deploy.
            CreateDeployment:
              In Stages, select prod. On the tab Canary choose Edit. Requests directed to canary (%): 5.0. Choose Save.
              In Resources, choose Deploy API.
              Stage: prod; the deployment goes to its canary. Choose Deploy.
            UpdateStage:
              In Stages, select prod. On the tab Stage variables choose Manage variables. Name: a, value: b. Remove c. Choose Save.
              In Stages, select prod. Under Stage details choose Edit. Stage description: d. Choose Save changes.
            UpdateStage:
              In Stages, select prod. On the tab Canary choose Edit. Requests directed to canary: 12.5 %. Canary stage variables: a = b. Choose Save.
            UpdateStage:
              In Stages, select prod. On the tab Canary choose Promote canary, and confirm.
            UpdateStage:
              In Stages, select prod. On the tab Canary choose Delete, and confirm.
              In Stages, select prod. Under Stage details choose Edit, and Additional settings. Rate: 5. Choose Save changes.
              In Stages, select prod. In its tree select GET below /users, and under Method overrides choose Edit. Default method-level caching: on. Choose Save.
              In Stages, select prod. Under Logs and tracing choose Edit. CloudWatch logs: INFO. Choose Save changes.
            FlushStageCache:
              In Stages, select prod, choose Stage actions, and Flush stage cache.
            GetStage:
              Go to Stages: it is shown there.
        "#]],
    );
}

#[test]
fn what_belongs_to_the_account_has_pages_of_its_own() {
    check(
        &[
            "create-usage-plan-key --usage-plan-id PLAN --key-id KEY --key-type API_KEY",
            "update-usage --usage-plan-id PLAN --key-id KEY --patch-operations op=replace,path=/remaining,value=5",
            "update-api-key --api-key KEY --patch-operations op=replace,path=/enabled,value=false",
            "create-base-path-mapping --domain-name api.example.com --rest-api-id API --stage prod",
            "tag-resource --resource-arn arn:aws:apigateway:us-east-1::/restapis/API/stages/prod --tags team=web",
            "import-api-keys --format csv --body 'name,key'",
        ],
        expect![[r#"
            CreateUsagePlanKey:
              Go to Usage plans, and choose Gold. On the tab Associated API keys choose Add API key, Add existing key: partner. Choose Add API key.
            UpdateUsage:
              Go to Usage plans, and choose Gold. On the tab Associated API keys select partner, and choose Grant usage extension. Remaining requests: 5. Choose Save.
            UpdateApiKey:
              Go to API keys, choose partner, and choose Edit. Active: off. Choose Save.
            CreateBasePathMapping:
              Go to Custom domain names, choose api.example.com, and on the tab API mappings choose Configure API mappings. Choose Add new mapping. API: UsersAPI. Stage: prod. Path: (none). Choose Save.
            TagResource:
              Choose the API UsersAPI. In Stages, select prod, and the tab Tags. Choose Manage tags, and Add new tag. Tags: team = web. Choose Save.
            ImportApiKeys:
              Go to API keys, choose Actions, and Import API keys. Choose the file, and Import.
        "#]],
    );
}

/// Returns a value of a type.
fn some(member_type: MemberType) -> Value {
    let of = |members: &[(&'static str, MemberType)]| {
        Value::Object(members.iter().map(|(name, inner)| ((*name).to_owned(), some(*inner))).collect())
    };
    match member_type {
        MemberType::Text => json!("some text"),
        MemberType::Boolean => json!(true),
        MemberType::Integer => json!(5),
        MemberType::Double => json!(2.5),
        MemberType::TextList => json!(["a", "b"]),
        MemberType::TextMap => json!({ "a": "b" }),
        MemberType::TextListMap => json!({ "a": ["b"] }),
        MemberType::BooleanMap => json!({ "a": true }),
        MemberType::PatchList => json!([{ "op": "replace", "path": "/description", "value": "x" }]),
        MemberType::Structure(members) => of(members),
        MemberType::StructureList(_) => json!([]),
        MemberType::StructureMap(_) => json!({}),
    }
}

/// Returns a request with something for every member.
fn full(name: &str) -> Command {
    let row = OPERATIONS.iter().find(|row| row.name == name).expect("an operation");
    let input = row.members.iter().map(|member| (member.name.to_owned(), some(member.member_type))).collect();
    Command::parse(Service::API_GATEWAY, name, input).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn every_operation_has_steps_that_read_well() {
    let session = world();
    for row in OPERATIONS {
        let steps = print(&full(row.name), session.present());
        assert!(steps.len() > 1, "{}", row.name);
        for step in &steps {
            let odd = ["  ", "..", ": .", ": ,", " :", "its page", "{", "}", "[", "]"]
                .iter()
                .find(|odd| step.contains(**odd));
            assert!(
                odd.is_none() && step.ends_with('.') && step.starts_with(char::is_uppercase),
                "{}: {step}",
                row.name
            );
        }
        let creates = row.verb == "POST" || row.verb == "PUT";
        let looks = steps.iter().any(|step| step.ends_with("it is shown there."));
        assert!(row.is_read() || !looks, "{} changes something", row.name);
        assert!(!creates || !steps.concat().contains("choose Delete"), "{} deletes nothing", row.name);
        assert!(row.verb != "DELETE" || !steps.concat().contains("choose Create"), "{} makes nothing", row.name);
    }
}

#[test]
fn every_placeholder_of_the_table_names_a_member() {
    let words = ["integrationType", "validates", "keyOrigin", "planCard", "tagged", "canaryButton", "target"];
    let deployed = [CANARY, DEPLOY, DEPLOYED].map(|lines| ("CreateDeployment", lines));
    for (operation, lines) in STEPS.iter().copied().chain(deployed) {
        let row = OPERATIONS.iter().find(|row| row.name == operation).unwrap_or_else(|| panic!("{operation}"));
        for placeholder in lines.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
            let name = placeholder.rsplit('=').next().unwrap_or_default();
            let name = name.split('.').next().unwrap_or_default();
            let known = row.members.iter().any(|member| member.name == name) || words.contains(&name);
            assert!(known || placeholder.starts_with('*'), "{operation}: {placeholder}");
            let patches = row.members.iter().any(|member| member.name == "patchOperations");
            assert!(patches || !placeholder.starts_with('*'), "{operation} has no patch operations");
        }
        assert_eq!(lines.matches('[').count(), lines.matches(']').count(), "{operation}");
    }
}
