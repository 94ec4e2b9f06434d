//! The cache of a stage: when it answers, what its answers depend on, and what empties it.

use crate::{
    data_plane::{
        Step, StepKind, explain,
        fixture::{World, request, with_headers},
    },
    entities::{
        ALL_METHODS, CacheClusterSize, CacheControlStrategy, Canary, DeploymentId, Double, HttpMethod, MethodSettings,
        Stage, StatusCode, Timestamp,
    },
    fixtures,
};
use expect_test::{Expect, expect};
use std::rc::Rc;

/// `/x` with one method, whose answers are all different, on a stage that caches.
fn world(key: &str, settings: MethodSettings) -> World {
    let mut world = World::of_templates("{\"statusCode\": 200}", "$context.requestId");
    edit(&mut world, |stage| {
        stage.cache_cluster_enabled = true;
        stage.cache_cluster_size = Some(CacheClusterSize::SMALLEST);
        stage.method_settings.insert(key.into(), Rc::new(settings));
    });
    world
}

fn caching() -> MethodSettings {
    MethodSettings { caching_enabled: true, ..MethodSettings::default() }
}

fn edit(world: &mut World, change: impl FnOnce(&mut Stage)) {
    change(Rc::make_mut(world.api_mut().stages.get_mut("dev").expect("BUG: dev")));
}

/// Tells whether two calls are answered alike.
fn same(world: &mut World, first: &str, second: &str) -> bool {
    let first = world.call(first).response.body;
    first == world.call(second).response.body
}

fn later(world: &mut World, ms: i64) {
    world.env.set_now(Timestamp(world.env.now().0 + ms));
}

fn step(world: &mut World, line: &str) -> String {
    world.call(line).trace.step(StepKind::Cache).map(Step::to_string).unwrap_or_default()
}

#[test]
fn a_cluster_a_setting_and_a_time_to_live_are_needed() {
    for (settings, cluster, expected) in [
        (caching(), true, true),
        (caching(), false, false),
        (MethodSettings::default(), true, false),
        (MethodSettings { cache_ttl_in_seconds: 0, ..caching() }, true, false),
    ] {
        let mut world = world("~1x/ANY", settings.clone());
        edit(&mut world, |stage| stage.cache_cluster_enabled = cluster);
        assert_eq!(same(&mut world, "GET /dev/x", "GET /dev/x"), expected, "{settings:?} {cluster}");
    }
}

#[test]
fn settings_of_all_methods_cache_get_only() {
    let mut world = World::new(&["/x GET POST"]);
    for verb in [HttpMethod::Get, HttpMethod::Post] {
        fixtures::edit_answer(world.config_mut(), "/x", verb, "$context.requestId");
    }
    world.deploy("dev");
    let set = |key: &'static str| {
        move |stage: &mut Stage| {
            stage.cache_cluster_enabled = true;
            stage.method_settings.insert(key.into(), Rc::new(caching()));
        }
    };
    edit(&mut world, set(ALL_METHODS));
    assert!(same(&mut world, "GET /dev/x", "GET /dev/x"));
    assert!(!same(&mut world, "POST /dev/x", "POST /dev/x"));
    edit(&mut world, set("x/POST"));
    assert!(same(&mut world, "POST /dev/x", "POST /dev/x"));
    assert!(!same(&mut world, "GET /dev/x", "POST /dev/x"));
}

#[test]
fn an_answer_is_kept_for_its_time_and_says_how_old_it_is() {
    let mut world = world("~1x/ANY", caching());
    let check = |world: &mut World, expected: Expect| expected.assert_eq(&step(world, "GET /dev/x"));
    check(&mut world, expect!["The stage's cache has no answer; a successful one is kept for 300 s."]);
    later(&mut world, 299_999);
    check(
        &mut world,
        expect!["The stage's cache has an answer of the deployment dep001, 299 s old: the integration is not asked."],
    );
    later(&mut world, 1);
    check(&mut world, expect!["The stage's cache has no answer; a successful one is kept for 300 s."]);
}

#[test]
fn a_deployment_does_not_empty_it_but_a_flush_does() {
    let mut world = world("~1x/ANY", caching());
    let before = world.call("GET /dev/x").response.body;
    fixtures::edit_answer(world.config_mut(), "/x", HttpMethod::Any, "changed");
    let stage = world.api().stages.get("dev").cloned().expect("BUG: dev");
    world.deploy("dev");
    let deployment = world.api().stages.get("dev").map(|stage| stage.deployment_id.clone()).expect("BUG: dev");
    edit(&mut world, |dev| *dev = Stage { deployment_id: deployment, ..(*stage).clone() });
    let made = world.call("GET /dev/x");
    assert_eq!((made.response.body.as_str(), made.deployment_number), (before.as_str(), Some(2)));
    let hint = explain(&world.ws, &made).map(|hint| hint.to_string()).unwrap_or_default();
    assert_eq!(hint, "The cache kept this answer of D1: empty the cache of dev to have D2 answer.");
    edit(&mut world, |dev| dev.cache_flushes += 1);
    assert_eq!(world.call("GET /dev/x").response.body, "changed");
}

#[test]
fn only_the_parameters_that_the_integration_names_keep_answers_apart() {
    let mut world = World::of_mock(|_, integration| {
        integration.cache_key_parameters =
            vec!["method.request.querystring.a".into(), "method.request.header.B".into()];
        let answer = crate::data_plane::fixture::answering(None, "$context.requestId");
        integration.responses = [(fixtures::ok(), Rc::new(answer))].into();
    });
    edit(&mut world, |stage| {
        stage.cache_cluster_enabled = true;
        stage.method_settings.insert("x/ANY".into(), Rc::new(caching()));
    });
    assert!(same(&mut world, "GET /dev/x?a=1&c=1", "GET /dev/x?a=1&c=2"));
    assert!(!same(&mut world, "GET /dev/x?a=1", "GET /dev/x?a=2"));
    let mut with = |header: &str| world.send(&with_headers("GET /dev/x?a=1", &[header])).response.body;
    let first = with("B: 1");
    assert_eq!(first, with("b: 1"));
    assert_ne!(first, with("B: 2"));
}

#[test]
fn a_parameter_of_the_backend_keeps_answers_apart_by_its_source() {
    let check = |source: &str, (one, other): (&str, &str), apart: bool| {
        let mut world = World::of_mock(|_, integration| {
            let name = "integration.request.header.tenant";
            integration.cache_key_parameters = vec![name.into()];
            integration.request_parameters = [(name.into(), source.into())].into();
            let answer = crate::data_plane::fixture::answering(None, "$context.requestId");
            integration.responses = [(fixtures::ok(), Rc::new(answer))].into();
        });
        edit(&mut world, |stage| {
            stage.cache_cluster_enabled = true;
            stage.method_settings.insert("x/ANY".into(), Rc::new(caching()));
        });
        assert_eq!(!same(&mut world, one, other), apart, "{source}");
    };
    let queries = ("GET /dev/x?a=1", "GET /dev/x?a=2");
    check("method.request.querystring.a", queries, true);
    check("method.request.querystring.b", queries, false);
    check("'a'", queries, false);
    check("context.requestId", queries, true);
    check("context.stage", queries, false);
}

#[test]
fn a_caller_may_ask_for_a_fresh_answer_if_the_stage_lets_everybody() {
    let asking = with_headers("GET /dev/x", &["Cache-Control: max-age=0"]);
    let check = |settings: MethodSettings, expected: Expect| {
        let mut world = world("~1x/ANY", settings);
        let first = world.call("GET /dev/x").response.body;
        let fresh = world.send(&asking).response;
        let then = world.call("GET /dev/x").response.body;
        let warning = fresh.header("warning").unwrap_or_default();
        let (new, kept) = (fresh.body != first, fresh.body == then);
        expected.assert_eq(&format!("{} new {new} kept {kept} {warning}", fresh.status));
    };
    let strategy = |unauthorized_cache_control_header_strategy| MethodSettings {
        unauthorized_cache_control_header_strategy,
        ..caching()
    };
    let open = MethodSettings { require_authorization_for_cache_control: false, ..caching() };
    check(open, expect!["200 new true kept true "]);
    check(
        caching(),
        expect!["200 new false kept true 199 Cache-control headers were ignored because the caller was unauthorized."],
    );
    check(strategy(CacheControlStrategy::SucceedWithoutResponseHeader), expect!["200 new false kept true "]);
    check(strategy(CacheControlStrategy::FailWith403), expect!["403 new true kept false "]);
}

#[test]
fn errors_are_not_kept() {
    let mut world = World::of_mock(|method, integration| {
        let not_found = StatusCode::parse("404").expect("BUG: a status");
        let answer = crate::data_plane::fixture::answering(None, "$context.requestId");
        integration.responses = [(not_found, Rc::new(answer))].into();
        method.responses = [(not_found, Rc::default())].into();
    });
    assert_eq!(world.call("GET /dev/x").response.status, 404);
    edit(&mut world, |stage| {
        stage.cache_cluster_enabled = true;
        stage.method_settings.insert("x/ANY".into(), Rc::new(caching()));
    });
    assert!(!same(&mut world, "GET /dev/x", "GET /dev/x"));
}

#[test]
fn a_canary_has_its_own_half_until_it_is_promoted_and_only_if_it_is_let() {
    let mut world = world("~1x/ANY", caching());
    world.deploy("other");
    let own = world.call("GET /dev/x").response.body;
    let canary = |use_stage_cache: bool, deployment: &str| {
        let percent_traffic = Double::new(100.0).expect("BUG: a number");
        Some(Rc::new(Canary { percent_traffic, use_stage_cache, ..Canary::new(DeploymentId::new(deployment)) }))
    };
    edit(&mut world, |stage| stage.canary = canary(false, "dep002"));
    assert!(!same(&mut world, "GET /dev/x", "GET /dev/x"));
    edit(&mut world, |stage| stage.canary = canary(true, "dep002"));
    assert!(same(&mut world, "GET /dev/x", "GET /dev/x"));
    assert_ne!(world.call("GET /dev/x").response.body, own);
    edit(&mut world, |stage| stage.canary = canary(true, "dep001"));
    assert_eq!(world.call("GET /dev/x").response.body, own);
}

#[test]
fn what_the_working_copy_would_answer_does_not_come_from_the_cache() {
    let mut world = world("~1x/ANY", caching());
    fixtures::edit_answer(world.config_mut(), "/x", HttpMethod::Any, "changed");
    world.call("GET /dev/x");
    let asked = request("GET /dev/x");
    let would = world.compare_now(&asked);
    assert_eq!(would.map(|would| would.working_copy.body).as_deref(), Some("changed"));
    assert!(world.call("GET /dev/x").trace.step(StepKind::Cache).is_some());
}

#[test]
fn a_clock_that_is_set_back_makes_no_answer_live_longer() {
    let mut world = world("~1x/ANY", caching());
    let kept = world.call("GET /dev/x").response.body;
    later(&mut world, -3_600_000);
    let fresh = world.call("GET /dev/x").response.body;
    assert_ne!(fresh, kept);
    later(&mut world, 299_999);
    assert_eq!(world.call("GET /dev/x").response.body, fresh);
    later(&mut world, 1);
    assert_ne!(world.call("GET /dev/x").response.body, fresh);
}
