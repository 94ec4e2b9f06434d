//! Advice about wrong URLs.

use crate::{
    collections::SharedMap,
    data_plane::{explain, fixture::World},
    entities::{EndpointType, HttpMethod},
    fixtures,
};
use expect_test::{Expect, expect};
use std::rc::Rc;

fn check(world: &mut World, line: &str, expected: Expect) {
    let invocation = world.call(line);
    expected.assert_eq(&explain(&world.ws, &invocation).map(|hint| hint.to_string()).unwrap_or_default());
}

#[test]
fn a_resource_that_is_only_in_the_working_copy_is_to_be_deployed() {
    let mut world = World::new(fixtures::USERS_API);
    fixtures::add(world.config_mut(), "/orders GET");
    fixtures::add(world.config_mut(), "/users PUT");
    check(
        &mut world,
        "GET /dev/orders",
        expect!["The working copy has /orders, but dev points at D1, made before it: deploy to dev."],
    );
    check(
        &mut world,
        "PUT /dev/users",
        expect!["The working copy has PUT /users, but dev points at D1, made before it: deploy to dev."],
    );
    check(&mut world, "PUT /dev/orders", expect![""]);
}

#[test]
fn a_resource_of_another_deployment_is_one_change_of_the_stage_away() {
    let mut world = World::new(&["/orders GET"]);
    world.config_mut().remove_subtree(&fixtures::config("x", &["/orders"]).resource_at("/orders").expect("BUG").id);
    world.deploy("dev");
    check(&mut world, "GET /dev/orders", expect!["D1 has /orders, but dev points at D2: point dev at D1."]);
}

#[test]
fn a_missing_stage_is_put_in_front() {
    let mut world = World::new(fixtures::USERS_API);
    check(
        &mut world,
        "GET /users",
        expect!["Put the stage before the path: https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/dev/users"],
    );
    check(
        &mut world,
        "GET /users/42?x=1",
        expect![
            "Put the stage before the path: https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/dev/users/42?x=1"
        ],
    );
    check(
        &mut world,
        "GET /prod/users",
        expect!["The stages of this API: dev. Deploying to a new stage makes another."],
    );
    check(
        &mut world,
        "GET /",
        expect!["Put the stage before the path: https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/dev/"],
    );
    check(
        &mut World::undeployed(fixtures::USERS_API),
        "GET /dev/users",
        expect!["The API has no stage yet. Deploy it to a new stage, and the stage has a URL."],
    );
}

#[test]
fn a_doubled_stage_and_a_wrong_case_are_seen() {
    let mut world = World::new(fixtures::USERS_API);
    check(
        &mut world,
        "GET /dev/dev/users",
        expect!["The stage is in the URL twice: https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/dev/users"],
    );
    check(&mut world, "GET /dev/Users/42", expect!["Upper and lower case count: the path is /users/42."]);
    check(&mut world, "GET /dev/nothing", expect![""]);
}

#[test]
fn a_wrong_hostname_lists_the_right_ones() {
    let mut world = World::new(fixtures::USERS_API);
    check(
        &mut world,
        "GET https://zzzzzzzzzz.execute-api.us-east-1.amazonaws.com/dev",
        expect!["The hostnames of this workspace: a1b2c3d4e5.execute-api.us-east-1.amazonaws.com."],
    );
    world.ws.rest_apis = SharedMap::new();
    check(&mut world, "GET /dev", expect!["Create an API first."]);
}

#[test]
fn an_endpoint_that_is_enabled_again_is_to_be_deployed() {
    let mut world = World::undeployed(fixtures::USERS_API);
    Rc::make_mut(&mut world.config_mut().settings).disable_execute_api_endpoint = true;
    world.deploy("dev");
    check(&mut world, "GET /dev", expect![""]);
    Rc::make_mut(&mut world.config_mut().settings).disable_execute_api_endpoint = false;
    check(
        &mut world,
        "GET /dev",
        expect!["The working copy's endpoint is open to callers, but that is not deployed: deploy to dev."],
    );
}

#[test]
fn a_private_api_is_not_told_to_deploy() {
    let mut world = World::undeployed(fixtures::USERS_API);
    Rc::make_mut(&mut world.config_mut().settings).endpoint.endpoint_type = EndpointType::Private;
    world.deploy("dev");
    check(&mut world, "GET /dev", expect![""]);
}

#[test]
fn an_answer_of_the_method_needs_no_hint() {
    let mut world = World::new(fixtures::USERS_API);
    fixtures::edit(world.config_mut(), "/users", HttpMethod::Get, |method| method.api_key_required = true);
    world.deploy("dev");
    check(&mut world, "GET /dev/users", expect![""]);
}
