//! Methods that need an API key: who is let in, who is not and why, and what is counted.

use crate::{
    collections::{SharedMap, SortedMap},
    data_plane::{
        Invocation, StepKind,
        fixture::{API_ID, NOW, World, answering, with_headers},
    },
    entities::{ApiId, ApiKey, Period, PlanKey, PlanStage, Quota, Rate, StageName, Throttle, Timestamp, UsagePlan},
    fixtures,
};
use std::rc::Rc;

/// `GET /x` of an API whose methods need a key, with the keys `good`, `off` and `alone`, of which the first two are in a plan.
fn world(change: impl FnOnce(&mut UsagePlan)) -> World {
    let mut world = World::of_mock(|method, integration| {
        method.api_key_required = true;
        let template = "$context.identity.apiKeyId $context.identity.apiKey";
        integration.responses = [(fixtures::ok(), Rc::new(answering(None, template)))].into();
    });
    let key = |name: &str, enabled| ApiKey {
        id: name.into(),
        value: format!("value-of-{name}").into(),
        name: Some(name.to_uppercase()),
        customer_id: None,
        description: None,
        enabled,
        stage_keys: vec![format!("{API_ID}/dev")],
        tags: SortedMap::new(),
        created: NOW,
        last_updated: NOW,
    };
    let stage = StageName::parse("dev").expect("BUG: a name");
    let mut plan = UsagePlan {
        id: "plan".into(),
        name: "Gold".into(),
        description: None,
        product_code: None,
        stages: vec![PlanStage { api_id: ApiId::new(API_ID), stage, throttle: SortedMap::new() }],
        throttle: None,
        quota: None,
        keys: SharedMap::new(),
        tags: SortedMap::new(),
    };
    for id in ["good", "off"] {
        plan.keys.insert(id.into(), PlanKey { since: NOW, granted: None });
    }
    change(&mut plan);
    let account = Rc::make_mut(&mut world.ws.account);
    for key in [key("good", true), key("off", false), key("alone", true)] {
        account.api_keys.insert(key.id.clone(), Rc::new(key));
    }
    account.usage_plans.insert(plan.id.clone(), Rc::new(plan));
    world
}

fn call(world: &mut World, key: &str) -> Invocation {
    let header = format!("X-API-Key: {key}");
    world.send(&with_headers("GET /dev/x", &[&header]))
}

fn reason(invocation: &Invocation) -> (u16, String) {
    let step = invocation.trace.step(StepKind::ApiKey).map(|step| step.reason()).unwrap_or_default();
    (invocation.response.status, step)
}

#[test]
fn a_key_must_exist_be_enabled_and_have_a_plan_with_the_stage() {
    let mut world = world(|_| {});
    for (key, status, expected) in [
        ("value-of-good", 200, "The usage plan Gold lets the API key GOOD call this stage."),
        ("value-of-off", 403, "The API key OFF is not enabled."),
        ("value-of-alone", 403, "No usage plan with this stage holds the API key ALONE."),
        ("good", 403, "The method needs an API key, and the one that is given is not one of this account."),
    ] {
        assert_eq!(reason(&call(&mut world, key)), (status, expected.to_owned()));
    }
    let none = world.call("GET /dev/x");
    let missing = "The method needs an API key, and the request has no X-API-Key header.";
    assert_eq!(reason(&none), (403, missing.to_owned()));
    assert_eq!(none.response.body, r#"{"message":"Forbidden"}"#);
    assert_eq!(call(&mut world, "value-of-good").response.body, "good value-of-good");
    let mut settings = (*world.api().config.settings).clone();
    settings.api_key_source = "AUTHORIZER".into();
    world.config_mut().settings = Rc::new(settings);
    world.deploy("dev");
    assert_eq!(call(&mut world, "value-of-good").response.status, 403);
}

#[test]
fn a_quota_counts_what_was_let_in_and_a_comparison_counts_nothing() {
    let mut world = world(|plan| plan.quota = Some(Quota { limit: 2, offset: 0, period: Period::Month }));
    let left = "The usage plan Gold lets the API key GOOD call this stage; 1 requests are left in this period.";
    assert_eq!(reason(&call(&mut world, "value-of-good")), (200, left.to_owned()));
    let request = with_headers("GET /dev/x", &["X-API-Key: value-of-good"]);
    let before = world.before();
    for _ in 0..3 {
        let compared = world.compare(&request, &before).expect("BUG: a stage");
        assert_eq!((compared.stage.status, compared.differs()), (200, false));
    }
    assert_eq!(call(&mut world, "value-of-good").response.status, 200);
    let compared = world.compare(&request, &before).expect("BUG: a stage");
    assert_eq!(compared.stage.status, 200, "it finds what the last call found");
    assert_eq!(world.compare_now(&request).map(|compared| compared.stage.status), Some(429), "the quota is used up");
    let over = call(&mut world, "value-of-good");
    let expected = "The quota of the usage plan Gold, 2 requests a month, is used up for this key.";
    assert_eq!(reason(&over), (429, expected.to_owned()));
    assert_eq!(over.response.body, r#"{"message":"Limit Exceeded"}"#);
    let used = world.env.usage().of("plan", "good");
    assert_eq!(used.days.values().copied().collect::<Vec<_>>(), [2]);
    world.env.set_now(Timestamp(NOW.0 + 40 * 86_400_000));
    assert_eq!(call(&mut world, "value-of-good").response.status, 200, "the next month");
}

#[test]
fn a_bucket_gives_a_burst_and_then_its_rate_and_a_method_may_have_its_own() {
    let limit = |burst, rate| Throttle { burst, rate: Rate::new(rate) };
    type Row = (&'static str, Option<Throttle>, Option<Throttle>, [u16; 4]);
    let rows: [Row; 6] = [
        ("a burst of two", Some(limit(Some(2), 1.0)), None, [200, 200, 429, 200]),
        ("nothing at all", Some(limit(Some(0), 1.0)), None, [429; 4]),
        ("a rate of nothing", Some(limit(Some(5), 0.0)), None, [429; 4]),
        ("a rate alone", Some(limit(None, 2.0)), None, [200, 200, 429, 200]),
        ("no limit", None, None, [200; 4]),
        ("the method's own", Some(limit(Some(0), 0.0)), Some(limit(Some(1), 1.0)), [200, 429, 429, 200]),
    ];
    for (what, plan_limit, method_limit, expected) in rows {
        let mut world = world(|plan| {
            plan.throttle = plan_limit;
            if let (Some(limit), Some(stage)) = (method_limit, plan.stages.first_mut()) {
                stage.throttle.insert("/x/ANY".into(), limit);
                stage.throttle.insert("/y/ANY".into(), Throttle::default());
            }
        });
        let mut statuses = [0; 4];
        for (at, status) in statuses.iter_mut().enumerate() {
            if at == 3 {
                world.env.set_now(Timestamp(world.env.now().0 + 1000));
            }
            *status = call(&mut world, "value-of-good").response.status;
        }
        assert_eq!(statuses, expected, "{what}");
    }
}
