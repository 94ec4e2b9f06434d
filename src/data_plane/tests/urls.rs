//! The URLs of a stage, and `curl` lines.

use crate::{
    data_plane::{
        Request,
        fixture::{World, request, with_headers},
        urls,
    },
    fixtures,
};

#[test]
fn a_stage_lists_what_its_snapshot_exposes() {
    let mut world = World::new(fixtures::USERS_API);
    fixtures::add(world.config_mut(), "/orders GET");
    let api = world.api();
    let stage = api.stages.get("dev").expect("BUG: dev");
    let listed = urls::invoke_urls(&world.ws, api, stage);
    let shown: Vec<_> = listed.iter().map(|url| format!("{} {}", url.method, url.url())).collect();
    let base = "https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/dev";
    assert_eq!(
        shown,
        [
            format!("GET {base}/"),
            format!("GET {base}/users"),
            format!("POST {base}/users"),
            format!("GET {base}/users/{{userId}}"),
            format!("DELETE {base}/users/{{userId}}"),
        ]
    );
}

#[test]
fn variables_are_filled_in_escaped() {
    let world = World::new(&["/a/{id}/{rest+} GET"]);
    let api = world.api();
    let listed = urls::invoke_urls(&world.ws, api, api.stages.get("dev").expect("BUG: dev"));
    let url = listed.first().expect("BUG: a URL");
    assert_eq!(url.variables(), ["id", "rest"]);
    let filled = url.filled(|name| (name == "id").then(|| "x y/z é".to_owned()));
    assert!(filled.ends_with("/dev/a/x%20y%2Fz%20%C3%A9/{rest+}"), "{filled}");
    let filled = url.filled(|_| Some("1/2?".to_owned()));
    assert!(filled.ends_with("/dev/a/1%2F2%3F/1/2%3F"), "{filled}");
}

#[test]
fn a_request_becomes_a_line_for_the_shell() {
    let check = |request: &Request, expected: &str| assert_eq!(urls::curl(request), expected);
    check(&request("GET https://h/dev?a=1&b=2"), "curl 'https://h/dev?a=1&b=2'");
    check(&request("DELETE https://h/dev/users/{id}"), "curl -X DELETE --globoff 'https://h/dev/users/{id}'");
    check(&request("HEAD https://h/"), "curl --head 'https://h/'");
    let mut post = with_headers("POST https://h/it's", &["X-A: $(rm -rf /)"]);
    post.body = r#"{"name":"O'Neil"}"#.into();
    check(
        &post,
        r#"curl -X POST 'https://h/it'\''s' -H 'X-A: $(rm -rf /)' -H 'Content-Type: application/json' --data-raw '{"name":"O'\''Neil"}'"#,
    );
    post.headers = vec![("content-type".into(), "text/plain".into()), ("X-Empty".into(), String::new())];
    post.body = "@/etc/\0passwd".into();
    check(
        &post,
        r#"curl -X POST 'https://h/it'\''s' -H 'content-type: text/plain' -H 'X-Empty;' --data-raw '@/etc/passwd'"#,
    );
    check(&request("`id` https://h/"), "curl -X '`id`' 'https://h/'");
}
