//! Many operations in one PATCH: they cost in proportion to their number, and do what they would do one by one.

use super::{Entries, NameList, by_path};
use crate::{
    collections::{SortedMap, counted},
    control_plane::{ApiError, Command, PatchOperation, Service},
    entities::{Timestamp, Workspace},
    env::Env,
    history::Session,
    sample,
};
use proptest::prelude::{any, prop, prop_assert_eq, proptest};
use serde_json::{Value, json};
use std::rc::Rc;

/// Updates that a map or a list can grow by: the operation, the op, and the path around a name.
const GROWING: [(&str, &str, &str, &str); 15] = [
    ("UpdateStage", "replace", "/", "/GET/metrics/enabled"),
    ("UpdateStage", "replace", "/variables/", ""),
    ("UpdateStage", "replace", "/canarySettings/stageVariableOverrides/", ""),
    ("UpdateRestApi", "add", "/binaryMediaTypes/a~1", ""),
    ("UpdateRestApi", "remove", "/binaryMediaTypes/a~1", ""),
    ("UpdateMethod", "add", "/requestParameters/method.request.header.", ""),
    ("UpdateMethod", "add", "/requestModels/a~1", ""),
    ("UpdateMethod", "add", "/authorizationScopes", ""),
    ("UpdateMethodResponse", "add", "/responseParameters/method.response.header.", ""),
    ("UpdateMethodResponse", "add", "/responseModels/a~1", ""),
    ("UpdateIntegration", "add", "/requestTemplates/a~1", ""),
    ("UpdateIntegration", "add", "/cacheKeyParameters/method.request.header.", ""),
    ("UpdateIntegrationResponse", "add", "/responseTemplates/a~1", ""),
    ("UpdateGatewayResponse", "add", "/responseParameters/gatewayresponse.header.", ""),
    ("UpdateGatewayResponse", "add", "/responseTemplates/a~1", ""),
];

/// Makes a workspace with a stage, and the members by which the requests above address it.
fn workspace() -> (Workspace, Value) {
    let mut session: Session = sample::session(Env::new(7, Timestamp(1_700_000_000_000))).expect("the sample");
    let api = session.present().rest_apis.keys().next().expect("an API").to_string();
    let root = session.present().rest_apis.get(api.as_str()).expect("the API").config.root_id().to_string();
    let deploy = json!({ "restApiId": api, "stageName": "dev" });
    session.execute(command("CreateDeployment", deploy)).expect("a deployment");
    let target = json!({
        "restApiId": api, "resourceId": root, "httpMethod": "GET", "statusCode": "200", "stageName": "dev",
        "responseType": "UNAUTHORIZED",
    });
    (session.present().clone(), target)
}

fn command(operation: &str, input: Value) -> Command {
    Command::parse(Service::API_GATEWAY, operation, input.as_object().cloned().unwrap_or_default()).expect("a request")
}

/// Makes names in no order, each once.
fn name(number: usize) -> String {
    format!("n{}", number * 7_919 % 99_991)
}

#[test]
fn operations_cost_in_proportion_to_their_number() {
    let (workspace, target) = workspace();
    for (operation, op, before, after) in GROWING {
        let cost = |times: usize| {
            let patch = |number| {
                let named = before.ends_with(['/', '1', '.']);
                let path = if named { [before, &name(number), after].concat() } else { before.to_owned() };
                let value = match (before, named) {
                    ("/requestModels/a~1" | "/responseModels/a~1", _) => "Empty".to_owned(),
                    ("/responseParameters/gatewayresponse.header.", _) => "'x'".to_owned(),
                    (_, true) => "true".to_owned(),
                    (_, false) => name(number),
                };
                json!({ "op": op, "path": path, "value": value })
            };
            let mut input = target.clone();
            input["patchOperations"] = (0..times).map(patch).collect();
            let request = command(operation, input);
            let mut env = Env::new(1, Timestamp(1_700_000_000_000));
            counted::of(|| {
                let done = workspace.execute(&request, &mut env);
                let refused = done.err().map(|error| error.to_string()).unwrap_or_default();
                // Too many variables are refused as soon as they are, undeclared cache keys after all operations.
                let is_taken = refused.is_empty() || refused.contains("100 variables") || refused.contains("cache key");
                assert!(is_taken, "{operation} {before}: {refused}");
            })
        };
        let base = cost(500);
        for doublings in 1..=4 {
            let (times, most) = (500 << doublings, (base << doublings) + (base << doublings) / 10 + 2_000);
            let spent = cost(times);
            assert!(spent <= most, "{operation} {op} {before}: {base} steps for 500, {spent} for {times}");
        }
    }
}

#[test]
fn the_first_operation_that_is_refused_is_told() {
    let operations: Vec<_> = ["/b", "/d", "/a", "/c", "/a"].map(|path| PatchOperation::replace(path, "")).into();
    for (bad, told, applied) in
        [(["/d", "/a"], Some("/d"), "/b"), (["/c", "/a"], Some("/a"), "/b /d"), (["", ""], None, "/a /a /b /c /d")]
    {
        let mut done = Vec::new();
        let result = by_path(&operations, |patch| match patch.path_text() {
            path if bad.contains(&path) => Err(ApiError::invalid("patchOperations", path)),
            path => {
                done.push(path.to_owned());
                Ok(())
            }
        });
        assert_eq!(result.err().map(|error| error.to_string()).as_deref(), told);
        assert_eq!(done.join(" "), applied, "{bad:?}");
    }
}

proptest! {
    #[test]
    fn a_list_of_names_is_a_list(
        begin in prop::collection::vec(0..6_u8, 0..8),
        acts in prop::collection::vec((0..4_u8, 0..6_u8), 0..30),
    ) {
        let mut naive: Vec<String> = begin.iter().map(u8::to_string).collect();
        let mut list = naive.clone();
        let mut edited = NameList::of(&mut list);
        prop_assert_eq!(list.len(), 0);
        for (act, name) in acts {
            let name = name.to_string();
            prop_assert_eq!(edited.has(&name), naive.contains(&name));
            if act > 0 {
                naive.retain(|known| *known != name);
            }
            if act != 1 {
                naive.push(name.clone());
            }
            match act {
                0 => edited.push(name),
                1 => edited.remove(&name),
                _ => edited.move_to_end(name),
            }
        }
        prop_assert_eq!(edited.finish(), naive);
    }

    #[test]
    fn changes_to_a_map_are_what_they_would_be_in_it(
        begin in prop::collection::vec((0..6_u8, any::<u8>()), 0..8),
        acts in prop::collection::vec((0..6_u8, any::<Option<u8>>()), 0..30),
    ) {
        let mut map: SortedMap<Rc<str>, u8> =
            begin.into_iter().map(|(key, value)| (key.to_string().into(), value)).collect();
        let (mut naive, mut changes) = (map.clone(), Entries::new());
        for (key, value) in acts {
            let key: Rc<str> = key.to_string().into();
            prop_assert_eq!(changes.get(&map, &key), naive.get(&key));
            changes.set(&key, value);
            match value {
                Some(value) => drop(naive.insert(key, value)),
                None => drop(naive.remove(&key)),
            }
        }
        changes.finish(&mut map);
        prop_assert_eq!(map, naive);
    }
}
