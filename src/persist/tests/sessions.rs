//! Sessions made by arbitrary numbers: whatever the numbers, something that a user could have done.

use crate::{
    control_plane::{Command, Service},
    entities::{AccountId, Place, Region, RestApi, Timestamp},
    env::Env,
    history::Session,
    sample,
};
use serde_json::{Value, json};
use std::rc::Rc;

/// An act, by numbers: the deed, the thing that it is done to, and the way.
pub(in crate::persist) type Action = (u8, u8, u8);

const STAGES: [&str; 4] = ["dev", "prod", "test", "v1"];
const PARTS: [&str; 8] = ["orders", "{id}", "{proxy+}", "users", "a.b_c-d", "items", "{userId}", "x:y"];
const VERBS: [&str; 4] = ["GET", "POST", "ANY", "DELETE"];
const TEXTS: [&str; 6] =
    ["[]", "", "{\"a\": \"$input.params('id')\"}", "ünïcödé ☃ \u{10348}\n\t\"\\", "@0", "<script>"];

/// Returns the sample with these actions done to it; those that are refused are left out.
pub(in crate::persist) fn random(actions: &[Action]) -> Session {
    let mut session = sample::session(Env::new(7, Timestamp(1_700_000_000_000))).expect("BUG: the sample");
    for action in actions {
        act(&mut session, *action);
    }
    session
}

/// Does one action, if it can be done.
pub(in crate::persist) fn act(session: &mut Session, (what, which, how): Action) {
    match what % 17 {
        13 => drop(session.undo()),
        14 => drop(session.redo()),
        15 => drop(session.restore(usize::from(which) * session.entries().len() / 256)),
        16 => session.env.set_now(Timestamp(session.env.now().0 + i64::from(which) * 977)),
        12 if how % 4 == 0 => {
            let region = Region::parse(["eu-west-1", "us-east-1", "cn-north-1"][usize::from(which) % 3]);
            let account_id = AccountId::parse(&format!("{:012}", u32::from(which) % 2)).expect("BUG: an account");
            session.move_to(Place { region: region.expect("BUG: a region"), account_id });
        }
        _ => commands(session, (what % 17, which, how)),
    }
}

fn pick<T>(items: &[T], number: u8) -> Option<&T> {
    items.get(usize::from(number).checked_rem(items.len())?)
}

fn text(number: u8) -> &'static str {
    pick(&TEXTS, number).copied().unwrap_or_default()
}

fn commands(session: &mut Session, (what, which, how): Action) {
    let apis: Vec<Rc<RestApi>> = session.present().rest_apis.values().cloned().collect();
    let Some(api) = pick(&apis, which) else {
        return run(session, &[("CreateRestApi", json!({ "name": "again" }))]);
    };
    let id = api.id.as_str();
    let resources: Vec<String> = api.config.tree().iter().map(|(_, r)| r.id.to_string()).collect();
    let deployments: Vec<String> = api.deployments.keys().map(ToString::to_string).collect();
    let resource = pick(&resources, how).cloned().unwrap_or_default();
    let deployment = pick(&deployments, how).cloned().unwrap_or_default();
    let stage = pick(&STAGES, which).copied().unwrap_or_default();
    let verb = pick(&VERBS, which).copied().unwrap_or_default();
    let of_method = json!({ "restApiId": id, "resourceId": resource, "httpMethod": verb });
    let patch = |base: &Value, path: &str, value: &str| {
        with(base, json!({ "patchOperations": [{ "op": "replace", "path": path, "value": value }] }))
    };
    let of_stage = json!({ "restApiId": id, "stageName": stage });
    match what {
        0 | 1 => {
            let part = pick(&PARTS, which).copied();
            run(session, &[("CreateResource", json!({ "restApiId": id, "parentId": resource, "pathPart": part }))]);
        }
        2 => method(session, &of_method, text(which)),
        3 => {
            let of_answer = with(&of_method, json!({ "statusCode": "200" }));
            let change = patch(&of_answer, "/responseTemplates/application~1json", text(how));
            run(session, &[("UpdateIntegrationResponse", change)]);
        }
        4 | 5 => {
            let mut input = of_stage;
            if how > 127 {
                input = with(&input, json!({ "description": text(how), "variables": { "color": "blue" } }));
            }
            run(session, &[("CreateDeployment", input)]);
        }
        6 => run(session, &[("CreateStage", with(&of_stage, json!({ "deploymentId": deployment })))]),
        7 => {
            let (path, value) = match how % 3 {
                0 => ("/deploymentId", deployment.as_str()),
                1 => ("/variables/backend", "example.com"),
                _ => ("/description", text(how)),
            };
            run(session, &[("UpdateStage", patch(&of_stage, path, value))]);
        }
        8 => run(session, &[("DeleteStage", of_stage)]),
        9 => run(session, &[("DeleteDeployment", json!({ "restApiId": id, "deploymentId": deployment }))]),
        10 if how % 2 == 0 => run(session, &[("DeleteMethod", of_method)]),
        10 => run(session, &[("DeleteResource", json!({ "restApiId": id, "resourceId": resource }))]),
        11 => {
            let base = json!({ "restApiId": id, "resourceId": resource });
            run(session, &[("UpdateResource", patch(&base, "/pathPart", pick(&PARTS, which).copied().unwrap_or("")))]);
        }
        _ if how % 8 == 1 => run(session, &[("DeleteRestApi", json!({ "restApiId": id }))]),
        _ if how % 8 == 2 => run(session, &[("CreateRestApi", json!({ "name": text(which) }))]),
        _ => run(session, &[("UpdateRestApi", patch(&json!({ "restApiId": id }), "/description", text(how)))]),
    }
}

fn method(session: &mut Session, of_method: &Value, template: &str) {
    let of_answer = with(of_method, json!({ "statusCode": "200" }));
    let mock = json!({ "type": "MOCK", "requestTemplates": { "application/json": "{\"statusCode\": 200}" } });
    run(
        session,
        &[
            ("PutMethod", with(of_method, json!({ "authorizationType": "NONE" }))),
            ("PutMethodResponse", of_answer.clone()),
            ("PutIntegration", with(of_method, mock)),
            (
                "PutIntegrationResponse",
                with(&of_answer, json!({ "responseTemplates": { "application/json": template } })),
            ),
        ],
    );
}

fn with(base: &Value, more: Value) -> Value {
    let mut out = base.as_object().cloned().unwrap_or_default();
    out.extend(more.as_object().cloned().unwrap_or_default());
    Value::Object(out)
}

/// Carries out several requests as one; nothing when one is refused.
fn run(session: &mut Session, commands: &[(&str, Value)]) {
    let parse = |(name, input): &(&str, Value)| {
        Command::parse(Service::API_GATEWAY, name, input.as_object().cloned().unwrap_or_default())
            .expect("BUG: a request")
    };
    drop(session.transact(|transaction| commands.iter().try_for_each(|row| transaction.execute(parse(row)).map(drop))));
}
