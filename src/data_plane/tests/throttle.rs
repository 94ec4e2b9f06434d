//! The rates at which a stage lets its methods be called.

use crate::{
    data_plane::{StepKind, fixture::World},
    entities::{ALL_METHODS, Double, MethodSettings, Timestamp},
};
use std::rc::Rc;

fn world(key: &str, burst: i32, rate: f64) -> World {
    let mut world = World::new(&["/x GET POST", "/y GET"]);
    let settings = MethodSettings {
        throttling_burst_limit: burst,
        throttling_rate_limit: Double::new(rate).expect("BUG: a number"),
        ..MethodSettings::default()
    };
    let stage = world.api_mut().stages.get_mut("dev").expect("BUG: dev");
    Rc::make_mut(stage).method_settings.insert(key.into(), Rc::new(settings));
    world
}

/// Returns how many of several calls are let through.
fn passed(world: &mut World, line: &str, calls: usize) -> usize {
    (0..calls).filter(|_| world.call(line).response.status == 200).count()
}

#[test]
fn a_bucket_is_full_at_first_and_fills_at_the_rate() {
    let mut world = world("~1x/GET", 3, 2.0);
    assert_eq!(passed(&mut world, "GET /dev/x", 5), 3);
    for (ms, expected) in [(499, 0), (1, 1), (1000, 2), (60_000, 3)] {
        world.env.set_now(Timestamp(world.env.now().0 + ms));
        assert_eq!(passed(&mut world, "GET /dev/x", 5), expected, "{ms} ms later");
    }
}

#[test]
fn settings_of_all_methods_limit_each_for_itself_and_its_own_count_instead() {
    let mut world = world(ALL_METHODS, 1, 0.1);
    for line in ["GET /dev/x", "POST /dev/x", "GET /dev/y"] {
        assert_eq!(passed(&mut world, line, 3), 1, "{line}");
    }
    let own = MethodSettings { throttling_burst_limit: 10, ..MethodSettings::default() };
    let stage = world.api_mut().stages.get_mut("dev").expect("BUG: dev");
    Rc::make_mut(stage).method_settings.insert("y/GET".into(), Rc::new(own));
    world.env.set_now(Timestamp(world.env.now().0 + 1000));
    assert_eq!(passed(&mut world, "GET /dev/y", 12), 10);
    assert_eq!(passed(&mut world, "GET /dev/x", 12), 0);
}

#[test]
fn nothing_passes_at_zero_and_everything_without_a_limit() {
    for (burst, rate, expected) in [(0, 10.0, 0), (10, 0.0, 0), (-1, -1.0, 10), (2, -1.0, 2), (-1, 0.5, 10)] {
        assert_eq!(passed(&mut world("x/GET", burst, rate), "GET /dev/x", 10), expected, "{burst} {rate}");
    }
}

#[test]
fn a_refusal_is_a_gateway_response_that_says_why() {
    let mut world = world("x/GET", 0, 0.5);
    let made = world.call("GET /dev/x");
    assert_eq!((made.response.status, made.response.body.as_str()), (429, "{\"message\":\"Too Many Requests\"}"));
    let step = made.trace.step(StepKind::Throttle).map(ToString::to_string);
    let expected = "The stage lets this method be called 0.5 times per second, and 0 times at once.";
    assert_eq!(step.as_deref(), Some(expected));
}

#[test]
fn a_clock_that_is_set_back_does_not_stop_the_bucket_from_filling() {
    let mut world = world("x/GET", 1, 1.0);
    assert_eq!(passed(&mut world, "GET /dev/x", 2), 1);
    world.env.set_now(Timestamp(world.env.now().0 - 3_600_000));
    assert_eq!(passed(&mut world, "GET /dev/x", 2), 0);
    world.env.set_now(Timestamp(world.env.now().0 + 1000));
    assert_eq!(passed(&mut world, "GET /dev/x", 2), 1);
}
