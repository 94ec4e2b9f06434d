//! A stage with a canary: which of its two deployments answers, with which variables, and what is said about it.

use crate::{
    data_plane::{
        StepKind, explain,
        fixture::{API_ID, World, request},
    },
    entities::{Canary, DeploymentId, Double, HttpMethod, VariableName, VariableValue},
    fixtures,
};
use expect_test::{Expect, expect};
use std::rc::Rc;

/// `dev` points at D1, which says `one`; its canary is D2, which says `two`.
fn world(percent: f64) -> World {
    let template = "$stageVariables.a $stageVariables.b $context.isCanaryRequest";
    let mut world = World::of_templates("{\"statusCode\": 200}", &format!("one {template}"));
    fixtures::edit_answer(world.config_mut(), "/x", HttpMethod::Any, &format!("two {template}"));
    world.deploy("other");
    world.set_variable("a", "stage");
    let texts = [("a", "canary"), ("b", "more")];
    let overrides = texts.map(|(name, value)| {
        (VariableName::parse(name).expect("BUG: a name"), VariableValue::parse(value).expect("BUG: a value"))
    });
    let canary = Canary {
        percent_traffic: Double::new(percent).expect("BUG: a number"),
        stage_variable_overrides: overrides.into(),
        ..Canary::new(DeploymentId::new("dep002"))
    };
    let stage = world.api_mut().stages.get_mut("dev").expect("BUG: dev");
    Rc::make_mut(stage).canary = Some(Rc::new(canary));
    world
}

fn check(percent: f64, expected: Expect) {
    let mut world = world(percent);
    let made = world.call("GET /dev/x");
    let step = made.trace.step(StepKind::Stage).map(ToString::to_string).unwrap_or_default();
    let by = (made.deployment_number, made.deployment_id.as_deref(), made.canary);
    expected.assert_eq(&format!("{}\n{step}\n{by:?}", made.response.body));
}

#[test]
fn no_request_or_every_request_is_the_canarys() {
    check(
        0.0,
        expect![[r#"
            one stage  false
            The stage dev points at the deployment D1 (dep001). Its canary, D2 (dep002), takes 0 % of the requests, but not this one.
            (Some(1), Some("dep001"), Some(false))"#]],
    );
    check(
        100.0,
        expect![[r#"
            two canary more true
            The stage dev points at the deployment D1 (dep001). Its canary, D2 (dep002), takes 100 % of the requests, and took this one.
            (Some(2), Some("dep002"), Some(true))"#]],
    );
}

#[test]
fn a_stage_without_a_canary_says_nothing_about_one() {
    let mut world = World::of_templates("{\"statusCode\": 200}", "[$context.isCanaryRequest]");
    let made = world.call("GET /dev/x");
    assert_eq!((made.response.body.as_str(), made.canary), ("[]", None));
}

#[test]
fn chance_gives_the_canary_its_share_and_the_same_chance_the_same_requests() {
    let draws = |seed: u64| {
        let mut world = world(25.0);
        world.env = crate::env::Env::new(seed, world.env.now());
        let taken: Vec<bool> = (0..2000).map(|_| world.call("GET /dev/x").canary == Some(true)).collect();
        let counters = world.runtime.counters(API_ID, "dev");
        let count = taken.iter().filter(|taken| **taken).count();
        assert_eq!((counters.requests, counters.canary_requests), (2000, count as u64));
        (taken, count)
    };
    let (taken, count) = draws(7);
    assert!((400..600).contains(&count), "{count} of 2000");
    assert_eq!(taken, draws(7).0);
    assert_ne!(taken, draws(8).0);
}

#[test]
fn the_comparison_is_with_the_deployment_that_answered() {
    let mut world = world(50.0);
    for _ in 0..50 {
        let before = world.before();
        let made = world.call("GET /dev/x");
        let compared = world.compare(&request("GET /dev/x"), &before);
        let compared = compared.expect("BUG: it reaches the stage");
        assert_eq!(compared.stage, made.response);
        // The working copy is D2, with the variables of the half that answered.
        assert_eq!(compared.differs(), made.canary == Some(false));
    }
}

#[test]
fn what_only_one_half_has_is_explained() {
    let mut world = World::new(&["/old GET"]);
    world.config_mut().remove_subtree(&fixtures::config("x", &["/old"]).resource_at("/old").expect("BUG").id);
    fixtures::add(world.config_mut(), "/new GET");
    world.deploy("other");
    let mut hint = |percent: f64, line: &str| {
        let canary = Canary {
            percent_traffic: Double::new(percent).expect("BUG: a number"),
            ..Canary::new(DeploymentId::new("dep002"))
        };
        let stage = world.api_mut().stages.get_mut("dev").expect("BUG: dev");
        Rc::make_mut(stage).canary = Some(Rc::new(canary));
        let made = world.call(line);
        explain(&world.ws, &made).map(|hint| hint.to_string()).unwrap_or_default()
    };
    assert_eq!(
        hint(100.0, "GET /dev/old"),
        "D1, which dev points at, has /old; its canary D2, which took this request, has not."
    );
    assert_eq!(
        hint(0.0, "GET /dev/new"),
        "D2, the canary of dev, has /new; D1, which took this request, has not: promote the canary."
    );
}
