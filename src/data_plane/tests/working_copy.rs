//! A stage answers from its snapshot, whatever happens to the working copy; and what is said about the difference.

use crate::{
    data_plane::{
        Comparison,
        fixture::{World, request},
    },
    entities::HttpMethod,
    fixtures,
};
use std::rc::Rc;

fn compare(world: &mut World, line: &str) -> Option<Comparison> {
    world.compare_now(&request(line))
}

#[test]
fn editing_a_method_does_not_reach_a_deployed_stage() {
    let mut world = World::new(fixtures::USERS_API);
    let before = world.call("GET /dev/users").response.body;
    fixtures::edit_answer(world.config_mut(), "/users", HttpMethod::Get, "changed");
    assert_eq!(world.call("GET /dev/users").response.body, before);
    world.deploy("dev");
    assert_eq!(world.call("GET /dev/users").response.body, "changed");
    world.point("dev", 1);
    assert_eq!(world.call("GET /dev/users").response.body, before);
}

#[test]
fn two_stages_answer_from_two_snapshots_at_once() {
    let mut world = World::new(fixtures::USERS_API);
    world.point("prod", 1);
    fixtures::edit_answer(world.config_mut(), "/users", HttpMethod::Get, "second");
    world.deploy("dev");
    let dev = world.call("GET /dev/users");
    let prod = world.call("GET /prod/users");
    assert_eq!((dev.response.body.as_str(), dev.deployment_number), ("second", Some(2)));
    assert_eq!((prod.response.body.as_str(), prod.deployment_number), ("[]", Some(1)));
}

#[test]
fn it_is_told_whether_the_working_copy_would_answer_differently() {
    let mut world = World::new(fixtures::USERS_API);
    let same = compare(&mut world, "GET /dev/users").expect("BUG: a stage");
    assert!(!same.differs(), "{same:?}");
    fixtures::edit_answer(world.config_mut(), "/users", HttpMethod::Get, "changed");
    fixtures::add(world.config_mut(), "/orders GET");
    let body = compare(&mut world, "GET /dev/users").expect("BUG: a stage");
    assert_eq!((body.status_differs(), body.headers_differ(), body.body_differs()), (false, false, true));
    assert_eq!(body.working_copy.body, "changed");
    let status = compare(&mut world, "GET /dev/orders").expect("BUG: a stage");
    assert_eq!((status.stage.status, status.working_copy.status), (403, 200));
    assert!(!compare(&mut world, "GET /dev/users/42").expect("BUG: a stage").differs());
    assert_eq!(compare(&mut world, "GET /prod/users"), None);
}

#[test]
fn ids_and_times_are_no_difference_and_nothing_is_counted() {
    let mut world = World::of_templates(
        r#"{"statusCode": 200}"#,
        "$context.requestId $context.extendedRequestId $context.requestTimeEpoch",
    );
    let compared = compare(&mut world, "GET /dev/x").expect("BUG: a stage");
    assert!(!compared.differs(), "{compared:?}");
    assert_eq!(world.runtime.counters("a1b2c3d4e5", "dev").requests, 0);
}

#[test]
fn a_changed_header_is_a_difference() {
    let mut world = World::new(fixtures::USERS_API);
    fixtures::edit(world.config_mut(), "/users", HttpMethod::Get, |method| {
        let integration = Rc::make_mut(method.integration.as_mut().expect("BUG: an integration"));
        let entry = Rc::make_mut(integration.responses.get_mut(&fixtures::ok()).expect("BUG: a response"));
        entry.response_parameters.insert("method.response.header.X-New".into(), "'1'".into());
    });
    let compared = compare(&mut world, "GET /dev/users").expect("BUG: a stage");
    assert_eq!((compared.status_differs(), compared.headers_differ(), compared.body_differs()), (false, true, false));
}
