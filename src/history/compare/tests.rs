//! Comparisons, as a person reads them.

use super::{Comparison, Content, Version};
use crate::{
    control_plane::{Command, Service},
    entities::Timestamp,
    env::Env,
    history::{Moment, Session},
    sample,
};
use expect_test::{Expect, expect};
use serde_json::{Value, json};

struct Story {
    session: Session,
    api: String,
    deployments: Vec<String>,
    begun: Moment,
}

fn run(session: &mut Session, operation: &str, input: Value) -> Value {
    let input = input.as_object().cloned().unwrap_or_default();
    let command = Command::parse(Service::API_GATEWAY, operation, input).expect("a request");
    session.execute(command).expect("it is carried out").body.unwrap_or_default()
}

/// D1 on dev, a change of GET /users, D2 on prod with settings, a key and a domain name.
fn story() -> Story {
    let mut session = sample::session(Env::new(7, Timestamp(1_700_000_000_000))).expect("the sample");
    let api = session.present().rest_apis.keys().next().map(ToString::to_string).unwrap_or_default();
    let begun = session.entries().len();
    let first = run(&mut session, "CreateDeployment", json!({ "restApiId": api, "stageName": "dev" }));
    let resources = run(&mut session, "GetResources", json!({ "restApiId": api }));
    let users =
        resources["item"].as_array().into_iter().flatten().find(|r| r["path"] == "/users").expect("it")["id"].clone();
    let answer = json!({
        "restApiId": api, "resourceId": users, "httpMethod": "GET", "statusCode": "200",
        "responseTemplates": { "application/json": "{}" },
    });
    run(&mut session, "PutIntegrationResponse", answer);
    let second = run(
        &mut session,
        "CreateDeployment",
        json!({ "restApiId": api, "stageName": "prod", "variables": { "color": "blue" } }),
    );
    let settings = json!([{ "op": "replace", "path": "/*/*/throttling/rateLimit", "value": "5" }]);
    run(&mut session, "UpdateStage", json!({ "restApiId": api, "stageName": "prod", "patchOperations": settings }));
    run(&mut session, "CreateApiKey", json!({ "name": "Ada", "enabled": true }));
    let id = |made: &Value| made["id"].as_str().unwrap_or_default().to_owned();
    let deployments = vec![id(&first), id(&second)];
    Story { session, api, deployments, begun }
}

impl Story {
    fn compare(&self, left: &str, right: &str) -> String {
        let side = |text: &str| {
            let text = text.replace("D1", &self.deployments[0]).replace("D2", &self.deployments[1]);
            let text = text.replace("begin", &self.begun.to_string());
            let text = text.replace("now", &self.session.entries().len().to_string());
            let version = Version::parse(&text).ok_or("what is that?")?;
            assert_eq!(version.to_string(), text);
            Content::of(&self.session, self.session.present(), &self.api, &version)
        };
        let (before, after) = match (side(left), side(right)) {
            (Ok(before), Ok(after)) => (before, after),
            (Err(why), _) | (_, Err(why)) => return why,
        };
        let comparison = Comparison::between(&before, &after);
        let mut out = comparison.headline(&before, &after);
        for change in &comparison.frozen {
            out.push_str(&format!("\n  {}", change.summary()));
        }
        for change in &comparison.outside {
            out.push_str(&format!("\n  {} {:?}", change.name, change.kind));
            for field in &change.fields {
                let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "-".into());
                out.push_str(&format!("\n    {}: {} | {}", field.member, side(&field.before), side(&field.after)));
            }
        }
        self.deployments.iter().enumerate().fold(out, |out, (at, id)| out.replace(id, &format!("<{}>", at + 1)))
    }
}

#[test]
fn any_two_versions_are_compared() {
    let story = story();
    let check = |left: &str, right: &str, expected: Expect| expected.assert_eq(&story.compare(left, right));
    check(
        "deployment:D1",
        "working-copy",
        expect![[r#"
        From D1 to the working copy: 1 change (changed).
          GET /users: response template 200 application/json changed"#]],
    );
    check(
        "working-copy",
        "deployment:D1",
        expect![[r#"
        From the working copy to D1: 1 change (changed).
          GET /users: response template 200 application/json changed"#]],
    );
    check("deployment:D2", "working-copy", expect!["D2 and the working copy hold the same."]);
    check(
        "stage:dev",
        "stage:prod",
        expect![[r#"
        From stage dev to stage prod: 2 changes (2 changed).
          GET /users: response template 200 application/json changed
          Settings of the stage Changed
            deploymentId: D1 (<1>) | D2 (<2>)
            methodSettings.*/*.cacheDataEncrypted: - | false
            methodSettings.*/*.cacheTtlInSeconds: - | 300
            methodSettings.*/*.cachingEnabled: - | false
            methodSettings.*/*.dataTraceEnabled: - | false
            methodSettings.*/*.metricsEnabled: - | false
            methodSettings.*/*.requireAuthorizationForCacheControl: - | true
            methodSettings.*/*.throttlingBurstLimit: - | 5000
            methodSettings.*/*.throttlingRateLimit: - | 5.0
            methodSettings.*/*.unauthorizedCacheControlHeaderStrategy: - | SUCCEED_WITH_RESPONSE_HEADER
            variables.color: - | blue"#]],
    );
    check("stage:dev", "deployment:D1", expect!["Stage dev and D1 hold the same."]);
    check(
        "moment:begin",
        "moment:now",
        expect![[r#"
            From moment 23 to moment 28: 6 changes (5 added, 1 changed).
              GET /users: response template 200 application/json changed
              API key Ada Added
                enabled: - | true
                name: - | Ada
              Deployment D1 Added
              Deployment D2 Added
              Stage dev Added
                cacheClusterEnabled: - | false
                cacheClusterStatus: - | NOT_AVAILABLE
                deploymentId: - | D1 (<1>)
                tracingEnabled: - | false
              Stage prod Added
                cacheClusterEnabled: - | false
                cacheClusterStatus: - | NOT_AVAILABLE
                deploymentId: - | D2 (<2>)
                methodSettings.*/*.cacheDataEncrypted: - | false
                methodSettings.*/*.cacheTtlInSeconds: - | 300
                methodSettings.*/*.cachingEnabled: - | false
                methodSettings.*/*.dataTraceEnabled: - | false
                methodSettings.*/*.metricsEnabled: - | false
                methodSettings.*/*.requireAuthorizationForCacheControl: - | true
                methodSettings.*/*.throttlingBurstLimit: - | 5000
                methodSettings.*/*.throttlingRateLimit: - | 5.0
                methodSettings.*/*.unauthorizedCacheControlHeaderStrategy: - | SUCCEED_WITH_RESPONSE_HEADER
                tracingEnabled: - | false
                variables.color: - | blue"#]],
    );
    check("moment:now", "moment:now", expect!["Moment 28 and moment 28 hold the same."]);
}

#[test]
fn a_version_that_is_not_there_says_so() {
    let story = story();
    let check = |version: &str, expected: Expect| expected.assert_eq(&story.compare(version, "working-copy"));
    check("moment:0", expect!["UsersAPI did not exist at moment 0."]);
    check("moment:100", expect!["There is no moment 100: the history has 28 operations."]);
    check("stage:nope", expect!["There is no stage nope: it was deleted, or is of another API."]);
    check("deployment:nope", expect!["There is no deployment nope: it was deleted, or is of another API."]);
    check("", expect!["what is that?"]);
    check("moment:-1", expect!["what is that?"]);
    check("moment:99999999999999999999999", expect!["what is that?"]);
}
