//! Nothing that a caller sends makes the data plane panic, and every answer is a whole one.

use crate::{
    data_plane::{
        Request, explain,
        fixture::{HOST, World},
        urls,
    },
    fixtures,
};
use proptest::prelude::*;

fn any_url() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,60}",
        "https?://.{0,40}",
        "[a-zA-Z0-9%/?#&=+.{}\\\\:@-]{0,60}".prop_map(|rest| format!("https://{HOST}/{rest}")),
        "(/?(dev|users|prod|\\.\\.|\\.|42|%2F|\\{x\\}|a b|)){0,6}/?".prop_map(|path| format!("https://{HOST}/{path}")),
    ]
}

fn any_request() -> impl Strategy<Value = Request> {
    let header = ("([A-Za-z-]{1,12}|Content-Type|Accept|X-HTTP-Method-Override|.{0,5})", ".{0,20}");
    ("(GET|POST|PUT|HEAD|ANY|.{0,4})", any_url(), prop::collection::vec(header, 0..4), ".{0,40}")
        .prop_map(|(method, url, headers, body)| Request { method, url, headers, body })
}

proptest! {
    #[test]
    fn no_request_makes_it_panic(request in any_request()) {
        let mut world = World::new(&["/ GET", "/users GET POST", "/users/{userId} ANY", "/a/{proxy+} ANY"]);
        fixtures::add(world.config_mut(), "/orders GET");
        let invocation = world.send(&request);
        prop_assert!((100..=599).contains(&invocation.response.status));
        prop_assert!(invocation.response.header("content-type").is_some());
        prop_assert!(!invocation.trace.steps.is_empty());
        for step in &invocation.trace.steps {
            prop_assert!(!step.reason().is_empty());
        }
        if let Some(hint) = explain(&world.ws, &invocation) {
            prop_assert!(!hint.to_string().is_empty());
        }
        let compared = world.compare_now(&request);
        prop_assert_eq!(compared.is_some(), invocation.stage.is_some());
        prop_assert!(urls::curl(&request).starts_with("curl "));
    }
}
