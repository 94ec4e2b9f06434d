//! The changes between two configurations, and how they are told.

use super::{Change, ChangeKind, Part, count, diff, touched};
use crate::{
    entities::{
        ApiConfig, ApiSettings, Authorizer, AuthorizerId, AuthorizerType, GatewayResponse, GatewayResponseType,
        HttpMethod, IntegrationResponse, PathPart, RequestValidator, RequestValidatorId, ResourceId, StatusCode,
    },
    fixtures::{USERS_API, add, config, edit, edit_answer, mock_method, ok},
};
use expect_test::{Expect, expect};
use proptest::prelude::*;
use std::{rc::Rc, time::Instant};

fn users() -> ApiConfig {
    config("UsersAPI", USERS_API)
}

/// Checks the changes that lead from the sample to the sample with an edit, and the count beside them.
#[track_caller]
fn check(change: impl FnOnce(&mut ApiConfig), want: &Expect) {
    let before = users();
    let mut after = before.clone();
    change(&mut after);
    let changes = diff(&before, &after);
    assert_eq!(count(&before, &after), changes.len(), "the count is the length of the list");
    assert_eq!(count(&after, &before), changes.len(), "the way back is as long");
    want.assert_eq(&listing(&changes));
}

fn listing(changes: &[Change]) -> String {
    changes.iter().map(|change| change.summary() + "\n").collect()
}

fn settings(config: &mut ApiConfig) -> &mut ApiSettings {
    Rc::make_mut(&mut config.settings)
}

#[test]
fn equal_versions_have_no_changes() {
    check(|_| {}, &expect![""]);
    check(|c| edit_answer(c, "/users", HttpMethod::Get, "[]"), &expect![""]);
}

/// Changes one model, which ends its being the default.
fn edit_model(config: &mut ApiConfig, name: &str, schema: &str) {
    let mut models = config.models();
    Rc::make_mut(models.get_mut(name).expect("a model")).schema = schema.into();
    Rc::make_mut(&mut config.parts).models = Some(models);
}

#[test]
fn the_parts_beside_the_resources_stand_before_them() {
    check(
        |c| {
            add(c, "/orders GET");
            edit_model(c, "Error", "{}");
            let parts = Rc::make_mut(&mut c.parts);
            let id = RequestValidatorId::new("v00001");
            let validator = RequestValidator {
                id: id.clone(),
                name: Some("body".into()),
                validate_request_body: true,
                validate_request_parameters: false,
            };
            parts.request_validators.insert(id, Rc::new(validator));
            let id = AuthorizerId::new("a00001");
            let authorizer = Authorizer {
                id: id.clone(),
                name: "gate".into(),
                kind: AuthorizerType::Token,
                provider_arns: Vec::new(),
                auth_type: None,
                uri: None,
                credentials: None,
                identity_source: None,
                identity_validation_expression: None,
                result_ttl_in_seconds: None,
            };
            parts.authorizers.insert(id, Rc::new(authorizer));
            parts.gateway_responses.insert(GatewayResponseType::Throttled, Rc::new(GatewayResponse::default()));
            Rc::make_mut(&mut c.settings).version = Some("2".into());
        },
        &expect![[r#"
            API settings: version set to 2
            Model Error: schema changed
            Request validator body added
            Authorizer gate added
            Gateway response THROTTLED added
            /orders added with GET
        "#]],
    );
    check(
        |c| {
            edit_model(c, "Error", "{}");
            edit_model(c, "Error", &users().model("Error").expect("a model").schema);
        },
        &expect![[""]],
    );
}

#[test]
fn the_story_of_the_workshop_is_two_changes() {
    check(
        |c| {
            edit_answer(c, "/users", HttpMethod::Get, "[1]");
            add(c, "/orders GET");
        },
        &expect![[r#"
            /orders added with GET
            GET /users: response template 200 application/json changed from [] to [1]
        "#]],
    );
}

#[test]
fn a_resource_is_one_change_whatever_methods_it_has() {
    check(
        |c| drop(add(c, "/a/b GET POST")),
        &expect![[r#"
        /a added without methods
        /a/b added with GET, POST
    "#]],
    );
    check(
        |c| {
            let _gone = c.remove_subtree(&c.resource_at("/users").expect("users").id.clone());
        },
        &expect![[r#"
        /users removed with GET, POST
        /users/{userId} removed with GET, DELETE
    "#]],
    );
}

#[test]
fn a_resource_that_moves_or_is_renamed_does_not_drag_its_children_along() {
    let relocate = |c: &mut ApiConfig, parent: &str, part: &str| {
        let id = c.resource_at("/users").expect("users").id.clone();
        let parent = c.resource_at(parent).expect("parent").id.clone();
        c.relocate(&id, parent, PathPart::parse(part).expect("part"));
    };
    check(
        |c| relocate(c, "/", "people"),
        &expect![[r#"
        /users renamed to /people
    "#]],
    );
    check(
        |c| {
            add(c, "/v2");
            relocate(c, "/v2", "users");
        },
        &expect![[r#"
            /v2 added without methods
            /users moved to /v2/users
        "#]],
    );
}

#[test]
fn methods_come_and_go_as_one_change() {
    check(
        |c| drop(add(c, "/users PUT")),
        &expect![[r#"
        PUT /users added
    "#]],
    );
    check(
        |c| {
            let id = c.resource_at("/users").expect("users").id.clone();
            c.edit_methods(&id, |methods| methods.remove(&HttpMethod::Post));
        },
        &expect![[r#"
            POST /users removed
        "#]],
    );
}

#[test]
fn members_of_a_method_are_named() {
    check(
        |c| edit(c, "/users", HttpMethod::Get, |m| m.api_key_required = true),
        &expect![[r#"
        GET /users: API key required changed from false to true
    "#]],
    );
    check(
        |c| {
            edit(c, "/users", HttpMethod::Get, |m| {
                m.request_parameters.insert("method.request.querystring.page".into(), false);
                m.request_models.insert("application/json".into(), "User".into());
                m.operation_name = Some("listUsers".into());
                m.authorization_scopes.push("a".into());
            });
        },
        &expect![[r#"
            GET /users: method changed (authorization scopes, operation name, request parameter method.request.querystring.page and 1 more)
        "#]],
    );
}

#[test]
fn responses_and_integrations_are_parts_of_their_own() {
    let created = || StatusCode::parse("201").expect("201");
    check(
        |c| edit(c, "/users", HttpMethod::Get, |m| drop(m.responses.insert(created(), Rc::default()))),
        &expect![[r#"
            GET /users: method response 201 added
        "#]],
    );
    check(
        |c| edit(c, "/users", HttpMethod::Get, |m| m.integration = None),
        &expect![[r#"
        GET /users: integration removed
    "#]],
    );
    check(
        |c| {
            edit(c, "/users", HttpMethod::Get, |m| {
                let integration = Rc::make_mut(m.integration.as_mut().expect("integration"));
                integration.timeout_in_millis = 1000;
                integration.responses.insert(created(), Rc::new(IntegrationResponse::default()));
                let response = Rc::make_mut(integration.responses.get_mut(&ok()).expect("200"));
                response.selection_pattern = Some("2..".into());
                response.response_templates.clear();
            });
        },
        &expect![[r#"
            GET /users: timeout in millis changed from 29000 to 1000
            GET /users: integration response 200 changed (selection pattern, response template application/json)
            GET /users: integration response 201 added
        "#]],
    );
}

#[test]
fn settings_are_one_change_and_the_name_is_none() {
    check(|c| settings(c).name = "Other".into(), &expect![""]);
    check(|c| settings(c).description = Some("text".into()), &expect![""]);
    check(
        |c| settings(c).binary_media_types.push("image/png".into()),
        &expect![[r#"
        API settings: binary media types set to image/png
    "#]],
    );
    check(
        |c| {
            settings(c).disable_execute_api_endpoint = true;
            settings(c).minimum_compression_size = Some(0);
        },
        &expect![[r#"
            API settings changed (minimum compression size, disable execute API endpoint)
        "#]],
    );
}

#[test]
fn a_change_carries_its_subject_and_both_texts() {
    let before = users();
    let mut after = before.clone();
    edit_answer(&mut after, "/users", HttpMethod::Get, "[1]");
    let [change] = &diff(&before, &after)[..] else { panic!("one change") };
    assert_eq!(change.kind, ChangeKind::Changed);
    assert_eq!(change.subject.part, Part::IntegrationResponse(ok()));
    assert_eq!((change.subject.path.as_str(), change.subject.method), ("/users", Some(HttpMethod::Get)));
    let [field] = &change.fields[..] else { panic!("one field") };
    assert_eq!((field.member, field.key.as_deref()), ("responseTemplates", Some("application/json")));
    assert_eq!((field.before.as_deref(), field.after.as_deref()), (Some("[]"), Some("[1]")));
    assert_eq!(touched(&before, &after), [(change.subject.resource.clone().expect("id"), Some(HttpMethod::Get))]);
}

#[test]
fn the_list_stands_in_the_order_of_the_tree() {
    let lines = ["/b GET", "/a-z GET", "/a GET", "/a/b GET", "/a/{x} GET"];
    let paths: Vec<_> = diff(&config("A", &[]), &config("A", &lines)).iter().map(|c| c.subject.path.clone()).collect();
    assert_eq!(paths, ["/a", "/a/b", "/a/{x}", "/a-z", "/b"]);
}

#[test]
fn one_edit_among_ten_thousand_resources_is_found_without_visiting_them() {
    let lines: Vec<String> = (0..10_000).map(|i| format!("/r{i} GET")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let before = config("Big", &lines);
    let mut after = before.clone();
    edit_answer(&mut after, "/r5000", HttpMethod::Get, "[1]");
    // The other has equal contents and shares nothing, so each of its resources has to be looked at.
    let mut apart = config("Big", &lines);
    edit_answer(&mut apart, "/r5000", HttpMethod::Get, "[1]");
    let best = |times: usize, after: &ApiConfig| {
        let runs = (0..times).map(|_| {
            let start = Instant::now();
            assert_eq!(count(&before, after), 1);
            start.elapsed()
        });
        runs.min().unwrap_or_default()
    };
    let (shared, visited) = (best(50, &after), best(5, &apart));
    assert!(shared * 20 < visited, "{shared:?} where the two share, {visited:?} where they do not");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_walk_finds_what_a_visit_to_every_resource_finds(edits in prop::collection::vec((0_u8..5, 0_usize..400), 0..40)) {
        let lines: Vec<String> = (0..300).map(|i| format!("/r{i} GET")).collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let before = config("Many", &lines);
        let mut after = before.clone();
        for (edit, n) in edits {
            let id = after.resource_at(&format!("/r{n}")).map_or(ResourceId::new("none"), |r| r.id.clone());
            match edit {
                0 => { after.remove_subtree(&id); }
                1 => drop(add(&mut after, &format!("/n{n} GET"))),
                2 => drop(after.edit_methods(&id, |methods| methods.remove(&HttpMethod::Get))),
                3 => drop(after.edit_methods(&id, |methods| {
                    methods.insert(HttpMethod::Put, Rc::new(mock_method(HttpMethod::Put, "[]")))
                })),
                _ => after = after.clone(),
            }
        }
        let mut naive = 0;
        for (id, old) in before.resources() {
            naive += match after.resource(id) {
                None => 1,
                Some(new) => HttpMethod::ALL.iter().filter(|v| old.methods.get(v) != new.methods.get(v)).count(),
            };
        }
        naive += after.resources().keys().filter(|id| before.resource(id).is_none()).count();
        prop_assert_eq!(count(&before, &after), naive);
        prop_assert_eq!(diff(&before, &after).len(), naive);
    }
}
