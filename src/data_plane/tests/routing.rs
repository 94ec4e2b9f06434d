//! Routing: the resource and the method that answer a path.

use crate::{
    data_plane::{
        Step, StepKind, Trace, Verdict,
        fixture::{World, request},
        router,
        stage::StagePath,
    },
    fixtures,
};

/// Checks the resource that answers `VERB /path` and the variables it gets; `-` when none does.
fn check(lines: &[&str], asked: &str, expected: &str) {
    let config = fixtures::config("api", lines);
    let (verb, path) = asked.split_once(' ').expect("BUG: a verb and a path");
    let mut trace = Trace::default();
    let shown = match router::route(&config, path, verb, false, &mut trace) {
        Ok(route) => {
            let head = format!("{} {}", route.method.http_method, route.resource_path);
            route.parameters.iter().fold(head, |out, (name, value)| format!("{out} {name}={value}"))
        }
        Err(_) => "-".to_owned(),
    };
    assert_eq!(shown, expected, "{asked} of {lines:?}");
}

#[test]
fn a_static_segment_comes_before_a_variable_before_a_greedy_one() {
    let api = &["/users/me GET", "/users/{id} GET", "/users/{id}/{rest+} GET", "/{proxy+} GET"];
    check(api, "GET /users/me", "GET /users/me");
    check(api, "GET /users/42", "GET /users/{id} id=42");
    check(api, "GET /users/42/a/b", "GET /users/{id}/{rest+} id=42 rest=a/b");
    check(api, "GET /users", "GET /{proxy+} proxy=users");
}

#[test]
fn a_variable_takes_one_segment_and_a_greedy_one_at_least_one() {
    check(&["/{id} GET"], "GET /a", "GET /{id} id=a");
    check(&["/{id} GET"], "GET /a/b", "-");
    check(&["/{id} GET"], "GET /", "-");
    check(&["/{proxy+} GET"], "GET /", "-");
    check(&["/a/{proxy+} GET"], "GET /a", "-");
    check(&["/a/{proxy+} GET"], "GET /a/", "-");
    check(&["/a/{id} GET"], "GET /a//", "-");
}

#[test]
fn when_the_static_branch_leads_nowhere_the_greedy_sibling_answers() {
    let api = &["/part1/hardcoded-value GET", "/{proxy+} ANY"];
    check(api, "GET /part1/hardcoded-value", "GET /part1/hardcoded-value");
    check(api, "GET /part1/random-value", "ANY /{proxy+} proxy=part1/random-value");
    check(api, "GET /part1", "ANY /{proxy+} proxy=part1");
    check(&["/a/b/c GET", "/a/{rest+} GET"], "GET /a/b/d", "GET /a/{rest+} rest=b/d");
    check(&["/a/b/c GET", "/{x}/b/d GET"], "GET /a/b/d", "GET /{x}/b/d x=a");
}

#[test]
fn when_the_path_fits_but_not_the_verb_the_greedy_resource_answers() {
    let api = &["/test POST", "/{proxy+} GET"];
    check(api, "POST /test", "POST /test");
    check(api, "GET /test", "GET /{proxy+} proxy=test");
    check(api, "PUT /test", "-");
}

#[test]
fn the_verb_comes_before_any_and_any_is_seven_verbs() {
    let api = &["/a GET ANY", "/b GET"];
    check(api, "GET /a", "GET /a");
    for verb in ["DELETE", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"] {
        check(api, &format!("{verb} /a"), "ANY /a");
    }
    for verb in ["TRACE", "FOO", "ANY", "get", ""] {
        check(api, &format!("{verb} /a"), "-");
    }
    check(api, "HEAD /b", "-");
}

#[test]
fn a_resource_without_methods_matches_nothing_and_stops_nothing() {
    check(&["/a", "/{proxy+} GET"], "GET /a", "GET /{proxy+} proxy=a");
    check(&["/a"], "GET /a", "-");
    check(&["/a/b GET"], "GET /a", "-");
}

#[test]
fn one_trailing_slash_is_ignored_and_inner_double_slashes_are_kept() {
    check(&["/pets GET"], "GET /pets/", "GET /pets");
    check(&["/pets GET"], "GET /pets//", "-");
    check(&["/{proxy+} GET"], "GET /proxy-value/", "GET /{proxy+} proxy=proxy-value");
    check(&["/{proxy+} GET"], "GET /proxy-value//double-slash", "GET /{proxy+} proxy=proxy-value//double-slash");
    check(&["/a/{id} GET"], "GET /a//b", "-");
}

#[test]
fn escapes_stay_and_case_counts() {
    check(&["/users/{id} GET"], "GET /users/test%2Balias@gmail.com+x", "GET /users/{id} id=test%2Balias@gmail.com+x");
    check(&["/users GET"], "GET /Users", "-");
    check(&["/a/{id} GET"], "GET /a/{id}", "GET /a/{id} id={id}");
}

#[test]
fn the_stage_is_split_off() {
    let check = |path: &str, stage: &str, resource_path: &str, whole: &str| {
        assert_eq!(StagePath::split(path), StagePath { stage, resource_path, whole }, "{path}");
    };
    check("/dev", "dev", "/", "/dev");
    check("/dev/", "dev", "/", "/dev/");
    check("/dev/users/", "dev", "/users/", "/dev/users/");
    check("//dev/x", "dev", "/x", "/dev/x");
    check("/dev//x", "dev", "/x", "/dev//x");
    check("/dev//x//y", "dev", "/x//y", "/dev//x//y");
    check("/", "", "/", "/");
    check("///", "", "/", "/");
}

#[test]
fn both_spellings_of_the_root_reach_it() {
    let mut world = World::new(fixtures::USERS_API);
    for url in ["GET /dev", "GET /dev/", "GET //dev", "GET /dev//"] {
        let invocation = world.call(url);
        let Some(Step::Path(step)) = invocation.trace.step(StepKind::Path) else { panic!("{url}: no path step") };
        assert_eq!(step.matched().map(|m| m.resource_path.as_str()), Some("/"), "{url}");
        assert_eq!(invocation.deployment_number, Some(1), "{url}");
    }
}

#[test]
fn the_router_says_why_each_other_candidate_lost() {
    let config = fixtures::config("api", &["/a/b POST", "/a/{x} GET", "/{rest+} ANY", "/a/b/c GET"]);
    let mut trace = Trace::default();
    assert!(router::route(&config, "/a/b", "GET", false, &mut trace).is_ok());
    let Some(Step::Path(step)) = trace.step(StepKind::Path) else { panic!("no path step") };
    let shown: Vec<_> = step.candidates.iter().map(|c| (c.resource_path.as_str(), &c.verdict)).collect();
    use crate::entities::HttpMethod;
    assert_eq!(
        shown,
        [
            ("/a/b", &Verdict::NoSuchMethod(vec![HttpMethod::Post])),
            ("/a/{x}", &Verdict::Chosen(HttpMethod::Get)),
            ("/{rest+}", &Verdict::LessSpecific),
        ]
    );
}

#[test]
fn the_override_header_replaces_the_verb() {
    let mut world = World::new(&["/users DELETE"]);
    let mut asked = request("POST /dev/users");
    asked.headers.push(("x-http-method-override".into(), "DELETE".into()));
    let invocation = world.send(&asked);
    assert_eq!(invocation.method.map(|m| m.as_str()), Some("DELETE"));
    let reason = invocation.trace.step(StepKind::Method).map(Step::reason);
    assert_eq!(reason.as_deref(), Some("X-HTTP-Method-Override replaces the verb. The resource has a method DELETE."));
}

#[test]
fn a_deep_tree_does_not_exhaust_the_stack() {
    let path = "/a".repeat(1_000);
    let config = fixtures::config("deep", &[&format!("{path} GET"), "/{proxy+} GET"]);
    let mut trace = Trace::default();
    assert!(router::route(&config, &path, "GET", false, &mut trace).is_ok());
}
