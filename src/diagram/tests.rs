use super::{Options, Width, render_svg, scene};
use crate::{
    entities::{HttpMethod, Place, RestApi},
    fixtures::{USERS_API, add, config, deploy, edit_answer, point, rest_api},
};
use std::{fs, path::Path, rc::Rc};

fn change(api: &mut RestApi) {
    let config = Rc::make_mut(&mut api.config);
    edit_answer(config, "/users", HttpMethod::Get, "[1]");
    add(config, "/orders GET");
}

fn sample() -> RestApi {
    rest_api(config("UsersAPI", USERS_API))
}

/// The end of the workshop: two stages on two deployments.
fn workshop() -> RestApi {
    let mut api = sample();
    let first = deploy(&mut api, "dev", "first");
    change(&mut api);
    deploy(&mut api, "prod", "user by id");
    point(&mut api, "dev", &first);
    api
}

fn crowd() -> RestApi {
    let mut api = sample();
    let ids: Vec<_> = (0..30)
        .map(|i| {
            add(Rc::make_mut(&mut api.config), &format!("/things{i} GET POST"));
            deploy(&mut api, "", &format!("release {i}"))
        })
        .collect();
    let stages =
        ["alpha", "beta", "canary", "dev", "eu-prod", "integration", "load-test", "prod", "staging", "us-prod"];
    for (i, stage) in stages.iter().enumerate() {
        point(&mut api, stage, &ids[(i * 7) % 30]);
    }
    api
}

fn gallery() -> Vec<(&'static str, RestApi)> {
    let mut one = sample();
    deploy(&mut one, "dev", "first");
    let mut changed = one.clone();
    change(&mut changed);
    let mut unstaged = sample();
    deploy(&mut unstaged, "", "");
    let lines: Vec<String> =
        (0..50).map(|i| format!("/resource{i}/{{id}} GET POST PUT PATCH DELETE HEAD OPTIONS")).collect();
    let mut methods = rest_api(config("Hundred", &lines.iter().map(String::as_str).collect::<Vec<_>>()));
    deploy(&mut methods, "dev", "all of them");
    add(Rc::make_mut(&mut methods.config), "/resource40 GET");
    let mut long = rest_api(config(
        "The API of the department of rather long names & <script>alert(1)</script>",
        &[
            "/a-resource-with-a-very-long-name/{and-its-variable}/deeper/{proxy+} ANY GET",
            "/ GET POST PUT PATCH DELETE HEAD OPTIONS ANY",
        ],
    ));
    deploy(
        &mut long,
        "a-stage-whose-name-goes-on-and-on-and-on-for-ever",
        "a description\nof \"two\" lines that does not fit",
    );
    let mut five = workshop();
    for i in 3..8 {
        deploy(&mut five, ["test", "", "qa", "demo", ""][i - 3], "more");
    }
    let mut fan = sample();
    let id = deploy(&mut fan, "dev", "one for all");
    for stage in ["test", "prod", "qa"] {
        point(&mut fan, stage, &id);
    }
    vec![
        ("empty", sample()),
        ("bare", rest_api(config("Bare", &[]))),
        ("unstaged", unstaged),
        ("one", one),
        ("changed", changed),
        ("workshop", workshop()),
        ("crowd", crowd()),
        ("methods", methods),
        ("long", long),
        ("five", five),
        ("fan", fan),
    ]
}

/// Every picture, for whoever wants to look at them: `target/map-gallery/*.svg`.
#[test]
fn every_picture_is_drawn_the_same_twice() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/map-gallery");
    fs::create_dir_all(&dir).expect("BUG: target is writable");
    for (name, api) in gallery() {
        for (suffix, width, unfolded) in
            [("", Width::Wide, false), ("-narrow", Width::Narrow, false), ("-unfolded", Width::Wide, true)]
        {
            let options = Options { width, unfolded, ..Options::default() };
            let svg = render_svg(&api, &Place::default(), &options);
            assert_eq!(svg, render_svg(&api, &Place::default(), &options));
            let _ = scene(&api, &Place::default(), &options);
            fs::write(dir.join(format!("{name}{suffix}.svg")), svg).expect("BUG: target is writable");
        }
    }
}
