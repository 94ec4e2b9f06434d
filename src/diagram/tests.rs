//! Pictures as data: what they show, and what must hold for every one of them.

mod gallery;

use super::{
    DomainFact, Edge, EdgeKind, Emphasis, NodeRef, Options, Rect, Scene, Shape, Width, announce, facts, render_svg,
    scene,
};
use crate::{
    entities::{Account, HttpMethod, Place, RestApi, StageName},
    fixtures::{add, deploy, edit_answer, point},
};
use expect_test::{Expect, expect, expect_file};
use gallery::{account, canary, changed, crowd, gallery, give_canary, sample, settings, workshop};
use std::{fs, path::Path, rc::Rc};

fn draw(api: &RestApi, options: &Options) -> Scene {
    scene(api, &Place::default(), &Account::default(), options)
}

fn wide(api: &RestApi) -> Scene {
    draw(api, &Options::default())
}

fn stage(name: &str) -> NodeRef {
    NodeRef::Stage(StageName::parse(name).expect("BUG: a stage name"))
}

/// Heights of panes: as low as can be, a laptop's, a phone's, a large screen's.
const HEIGHTS: [i32; 4] = [0, 400, 640, 1000];

#[test]
fn a_drawing_makes_use_of_its_room_and_never_takes_more() {
    for (name, api, account) in gallery() {
        for width in [Width::Wide, Width::Narrow] {
            let [least, laptop, phone, large] = HEIGHTS.map(|height| {
                let options = Options { width, height, ..Options::default() };
                let drawn = scene(&api, &Place::default(), &account, &options);
                let low = drawn.nodes.iter().map(|node| node.frame.bottom()).max().unwrap_or(0);
                assert!(low <= drawn.height, "{name} {width:?} at {height}: {low} of {}", drawn.height);
                drawn.height
            });
            for (height, drawn) in HEIGHTS.into_iter().zip([least, laptop, phone, large]) {
                assert!(
                    drawn <= height.max(least),
                    "{name} {width:?}: {drawn} in a room of {height}, {least} at least"
                );
            }
            assert!(least <= laptop && laptop <= phone && phone <= large, "{name} {width:?}");
            assert!(least > 900 || large > least, "{name} {width:?}: {least} and {large}");
        }
    }
}

#[test]
fn where_nothing_can_be_done_the_next_deployment_is_passed_over_and_nobody_is_told_to_deploy() {
    let options = Options { look_only: true, ..Options::default() };
    let (deployed, never) = (draw(&workshop(), &options), draw(&sample(), &options));
    for scene in [&deployed, &never] {
        let leads = scene
            .nodes
            .iter()
            .flat_map(|node| [&node.near.left, &node.near.right, &node.near.up, &node.near.down].into_iter().flatten());
        let lost: Vec<_> = leads.filter(|to| **to == NodeRef::Next).collect();
        assert!(lost.is_empty(), "an arrow key leads to what cannot be pressed");
    }
    let copy = deployed.node(&NodeRef::WorkingCopy).expect("a working copy");
    assert!(matches!(copy.near.right, Some(NodeRef::Stage(_))), "{:?}", copy.near);
    let told = |options: &Options| render_svg(&sample(), &Place::default(), &Account::default(), options);
    assert!(told(&Options::default()).contains("Choose Deploy API"));
    assert!(!told(&options).contains("Choose Deploy API") && told(&options).contains("Never deployed"));
}

/// Every API of the gallery in every way of drawing it.
fn every_scene(mut check: impl FnMut(&str, (&RestApi, &Account), &Options, &Scene)) {
    for (name, api, account) in gallery() {
        for (suffix, width, unfolded, height) in [
            ("", Width::Wide, false, 0),
            ("-narrow", Width::Narrow, false, 0),
            ("-unfolded", Width::Wide, true, 0),
            ("-grown", Width::Wide, false, 400),
            ("-narrow-grown", Width::Narrow, false, 640),
        ] {
            let selected = api.stages.keys().next().map(|name| NodeRef::Stage(name.clone()));
            for selected in [None, selected] {
                let suffix = if selected.is_some() { format!("{suffix}-selected") } else { suffix.to_owned() };
                let options = Options { width, unfolded, selected, height, ..Options::default() };
                let drawn = scene(&api, &Place::default(), &account, &options);
                check(&format!("{name}{suffix}"), (&api, &account), &options, &drawn);
            }
        }
    }
}

/// Every picture also lands in `target/map-gallery`, for whoever wants to look at them.
#[test]
fn the_same_api_gives_the_same_bytes_and_they_are_well_formed() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/map-gallery");
    fs::create_dir_all(&dir).expect("BUG: target is writable");
    every_scene(|name, (api, account), options, _| {
        let svg = render_svg(api, &Place::default(), account, options);
        assert_eq!(svg, render_svg(api, &Place::default(), account, options), "{name}");
        assert_balanced(name, &svg);
        for forbidden in ["<script", "url(", "@import", "<foreignObject", "<image", "<use"] {
            assert!(!svg.contains(forbidden), "{name}: {forbidden}");
        }
        fs::write(dir.join(format!("{name}.svg")), svg).expect("BUG: target is writable");
    });
}

/// Tags close in order and no bare `<` or `&` is left in texts and attributes.
fn assert_balanced(name: &str, svg: &str) {
    let mut open: Vec<&str> = Vec::new();
    for piece in svg.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or_else(|| panic!("{name}: a tag does not end: {piece}"));
        assert!(!tag.contains("href") && !tag.contains(" on"), "{name}: {tag}");
        for entity in piece.split('&').skip(1) {
            let known = ["amp;", "lt;", "gt;", "quot;", "#39;"].iter().any(|e| entity.starts_with(e));
            assert!(known, "{name}: a bare & in {piece}");
        }
        assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{name}: control characters in {piece:?}");
        match tag.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop(), Some(closed), "{name}"),
            None if tag.ends_with('/') => {}
            None => open.push(tag.split(' ').next().unwrap_or_default()),
        }
    }
    assert!(open.is_empty(), "{name}: {open:?} left open");
}

#[test]
fn the_picture_of_the_workshop_is_this_file() {
    expect_file!["tests/workshop.svg"].assert_eq(&render_svg(
        &workshop(),
        &Place::default(),
        &Account::default(),
        &Options::default(),
    ));
}

#[test]
fn no_text_leaves_its_card_and_no_two_nodes_share_a_place() {
    every_scene(|name, _, _, scene| {
        let all = Rect { x: 0, y: 0, w: scene.width, h: scene.height };
        for (i, node) in scene.nodes.iter().enumerate() {
            each_text(&node.shapes, &mut |at| {
                assert!(inside(at.moved(node.origin), node.hit), "{name}: {at:?} leaves {:?}", node.target);
            });
            assert!(inside(node.hit, all), "{name}: {:?}", node.target);
            for other in scene.nodes.iter().skip(i + 1) {
                assert!(!node.hit.overlaps(other.hit), "{name}: {:?} and {:?}", node.target, other.target);
            }
        }
        each_text(&scene.decor, &mut |at| assert!(inside(at, all), "{name}: {at:?}"));
    });
}

#[test]
fn arrows_touch_no_text_and_no_foreign_card() {
    every_scene(|name, _, _, scene| {
        for edge in scene.edges.iter().filter(|edge| edge.is_drawn()) {
            let way = bounds(edge);
            let mut clear = |at: Rect| assert!(!at.overlaps(way), "{name}: {} crosses a text", edge.title);
            each_text(&scene.decor, &mut clear);
            for node in &scene.nodes {
                each_text(&node.shapes, &mut |at| clear(at.moved(node.origin)));
                let own = node.target == edge.from || node.target == edge.to;
                assert!(own || !node.hit.overlaps(way), "{name}: {} crosses {:?}", edge.title, node.target);
            }
        }
    });
}

#[test]
fn no_two_arrows_of_stages_cross() {
    every_scene(|name, _, _, scene| {
        let ends: Vec<(i32, i32)> = scene
            .edges
            .iter()
            .filter(|edge| edge.kind == EdgeKind::Pointer)
            .map(|edge| (edge.port.map_or(0, |port| port.1), scene.node(&edge.to).map_or(0, |node| node.hit.middle())))
            .collect();
        let mut sorted = ends.clone();
        sorted.sort_unstable();
        assert_eq!(ends, sorted, "{name}: stages follow their deployments");
        assert!(sorted.is_sorted_by_key(|(_, deployment)| *deployment), "{name}");
    });
}

#[test]
fn every_neighbour_exists_and_every_node_can_be_reached() {
    every_scene(|name, _, _, scene| {
        let mut reached = vec![NodeRef::WorkingCopy];
        let mut at = 0;
        while let Some(target) = reached.get(at).cloned() {
            let node = scene.node(&target).unwrap_or_else(|| panic!("{name}: no node {target:?}"));
            let near = &node.near;
            for next in [&near.left, &near.right, &near.up, &near.down].into_iter().flatten() {
                if !reached.contains(next) {
                    reached.push(next.clone());
                }
            }
            at += 1;
        }
        assert_eq!(reached.len(), scene.nodes.len(), "{name}");
    });
}

#[test]
fn the_arrow_keys_follow_the_pointers() {
    let scene = wide(&workshop());
    let near = |target: &NodeRef| scene.node(target).expect("BUG: a node").near.clone();
    let dev = near(&stage("dev"));
    assert_eq!(dev.left, scene.edges.iter().find(|e| e.from == stage("dev")).map(|e| e.to.clone()));
    assert_eq!((dev.up, dev.down), (Some(stage("prod")), None));
    let url = dev.right.expect("BUG: a URL");
    assert_eq!(near(&url).left, Some(stage("dev")));
    assert_eq!(near(&NodeRef::WorkingCopy).right, Some(NodeRef::Next));
}

#[test]
fn a_request_runs_from_the_url_over_the_stage_to_the_deployment() {
    for width in [Width::Wide, Width::Narrow] {
        let scene = draw(&workshop(), &Options { width, ..Options::default() });
        let route = scene.route("dev", "", false);
        let kinds: Vec<_> = route.iter().map(|edge| edge.kind).collect();
        assert_eq!(kinds, [EdgeKind::Serves, EdgeKind::Pointer]);
        assert!(route.iter().all(|edge| edge.d.starts_with('M')), "both have a way to travel");
        assert!(route.windows(2).all(|pair| pair[0].to == pair[1].from));
    }
}

#[test]
fn a_request_that_the_canary_took_runs_to_its_deployment() {
    let scene = wide(&canary());
    let last = |canary| scene.route("dev", "", canary).last().map(|edge| (edge.kind, edge.hue));
    assert_eq!(last(false), Some((EdgeKind::Pointer, Some(195))));
    assert_eq!(last(true), Some((EdgeKind::Canary, Some(290))));
    assert_eq!(wide(&workshop()).route("dev", "", true).len(), 1, "without a canary there is no such way");
}

#[test]
fn urls_at_custom_domain_names_lead_to_their_stages() {
    let api = settings();
    let scene = scene(&api, &Place::default(), &account(&api), &Options::default());
    let urls = |name: &str| {
        let fact = scene.facts.stages.iter().find(|fact| fact.name.as_str() == name).expect("BUG: a stage");
        fact.domains.iter().map(DomainFact::url).collect::<Vec<_>>()
    };
    let long = "https://*.orders-and-payments.eu-central-1.example.com/a-rather-long-base-path-of-its-own";
    assert_eq!(urls("dev"), [long, "https://api.example.com/any/dev", "https://api.example.com/v1"]);
    assert_eq!(urls("prod"), ["https://api.example.com", "https://api.example.com/any/prod"]);
    let begins = |stage: &str, url: &str| scene.route(stage, url, false).first().map(|edge| edge.from.dom_id());
    for (stage, url, from) in [
        ("dev", "https://api.example.com/v1/users?a=b", "map-domain-api.example.com/v1/dev"),
        ("dev", "https://api.example.com/v1", "map-domain-api.example.com/v1/dev"),
        ("prod", "https://api.example.com/v12", "map-domain-api.example.com/(none)/prod"),
        ("prod", "https://api.example.com/any/prod/users", "map-domain-api.example.com/any/prod"),
        ("dev", &*scene.facts.stages.iter().find(|s| s.name.as_str() == "dev").expect("BUG: dev").url, "map-url-dev"),
    ] {
        assert_eq!(begins(stage, url).as_deref(), Some(from), "{url}");
    }
    let movable: Vec<bool> = scene
        .edges
        .iter()
        .filter(|edge| matches!(edge.from, NodeRef::Domain { .. }))
        .map(|edge| edge.port.is_some())
        .collect();
    assert_eq!(movable, [true, false, true, false, true], "a mapping without a stage points at none");
}

#[test]
fn settings_that_change_what_a_stage_does_are_marked() {
    let api = settings();
    let signs = |account: &Account| {
        let facts = facts(&api, &Place::default(), account);
        let dev = facts.stages.iter().find(|fact| fact.name.as_str() == "dev").expect("BUG: dev");
        dev.signs.iter().map(|sign| sign.text.clone()).collect::<Vec<_>>().join("\n")
    };
    expect![[r#"
        cache of 0.5 GB
        throttled
        usage plan Basic with 0 API keys
        logs
        X-Ray tracing
        client certificate abc123"#]]
    .assert_eq(&signs(&account(&api)));
    assert_eq!(wide(&workshop()).facts.stages.iter().map(|fact| fact.signs.len()).sum::<usize>(), 0);
}

#[test]
fn a_mapping_that_comes_and_goes_is_announced() {
    let api = settings();
    let before = facts(&api, &Place::default(), &Account::default());
    let after = facts(&api, &Place::default(), &account(&api));
    let said = |from, to| announce(from, to).join("\n");
    assert!(
        said(&before, &after).contains("https://api.example.com/v1 now leads to dev."),
        "{}",
        said(&before, &after)
    );
    assert!(said(&after, &before).contains("https://api.example.com no longer leads to prod."));
    assert_eq!(said(&after, &after), "");
}

#[test]
fn a_canary_is_drawn_as_a_second_arrow_with_its_share() {
    expect_file!["tests/canary.svg"].assert_eq(&render_svg(
        &canary(),
        &Place::default(),
        &Account::default(),
        &Options::default(),
    ));
}

#[test]
fn the_share_of_a_canary_lies_beside_the_cards_and_the_two_arrows_apart() {
    every_scene(|name, _, _, scene| {
        for edge in scene.edges.iter().filter(|edge| edge.kind == EdgeKind::Canary) {
            each_text(&edge.note, &mut |at| {
                let free = scene.nodes.iter().all(|node| !node.hit.overlaps(at));
                assert!(free, "{name}: the share of {} lies on a card", edge.title);
            });
            let own = scene.edges.iter().find(|e| e.kind == EdgeKind::Pointer && e.from == edge.from);
            assert_ne!(own.map(|own| &own.d), Some(&edge.d), "{name}: {}", edge.title);
        }
    });
}

#[test]
fn selecting_the_deployment_of_a_canary_marks_the_stage() {
    let api = canary();
    let marked = |number: u32| {
        let deployment = api.deployments.values().find(|d| d.number == number).expect("BUG: a deployment");
        let selected = Some(NodeRef::Deployment(deployment.id.clone()));
        let scene = draw(&api, &Options { selected, ..Options::default() });
        let edges = scene.edges.iter().filter(|edge| edge.emphasis == Emphasis::Related);
        edges.map(Edge::dom_id).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(marked(1), "map-url-dev-edge map-stage-dev-edge");
    assert_eq!(marked(2), "map-url-prod-edge map-stage-prod-edge map-url-dev-edge map-stage-dev-canary");
}

#[test]
fn selecting_a_stage_marks_its_url_and_its_deployment() {
    let options = Options { selected: Some(stage("dev")), ..Options::default() };
    let scene = draw(&workshop(), &options);
    let marked: Vec<String> = scene
        .nodes
        .iter()
        .filter(|node| node.emphasis != Emphasis::None)
        .map(|node| format!("{} {}", node.target.dom_id(), node.emphasis.class()))
        .collect();
    expect![[r#"
        map-deployment-d00001 m-related
        map-stage-dev m-selected
        map-url-dev m-related"#]]
    .assert_eq(&marked.join("\n"));
    assert_eq!(scene.edges.iter().filter(|edge| edge.emphasis == Emphasis::Related).count(), 2);
}

#[test]
fn old_and_unused_deployments_fold_and_unfold() {
    let api = crowd();
    let drawn = |options: &Options| {
        let scene = draw(&api, options);
        let is = |node: &&super::Node| matches!(node.target, NodeRef::Deployment(_));
        (scene.nodes.iter().filter(is).count(), scene.node(&NodeRef::Fold).is_some())
    };
    assert_eq!(drawn(&Options::default()), (12, true), "ten that stages point at, and two of the newest three");
    assert_eq!(drawn(&Options { unfolded: true, ..Options::default() }), (30, true), "the fold stays, to fold again");
    let old = api.deployments.values().find(|d| d.number == 2).map(|d| NodeRef::Deployment(d.id.clone()));
    assert_eq!(drawn(&Options { selected: old, ..Options::default() }), (13, true), "what is selected is drawn");
}

#[test]
fn the_number_on_the_map_is_the_length_of_the_list_of_changes() {
    let scene = wide(&changed());
    assert_eq!(scene.facts.undeployed(), Some(2));
    assert_eq!(scene.facts.stages.first().map(|stage| stage.behind), Some(2));
    expect![[r#"
        Working copy of UsersAPI: 4 resources, 6 methods, 2 changes not deployed
        Next deployment D2: Deploy API takes a snapshot of the working copy
        Deployment D1, first, made 24 Sep 11:40, stage dev points at it
        Stage dev points at D1, 2 changes behind the working copy
        Invoke URL of stage dev: https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/dev"#]]
    .assert_eq(&scene.nodes.iter().map(|node| node.label.as_str()).collect::<Vec<_>>().join("\n"));
}

#[track_caller]
fn check_description(api: &RestApi, want: &Expect) {
    want.assert_eq(&super::describe(&wide(api)).join("\n"));
}

#[test]
fn the_map_can_be_read_out() {
    check_description(
        &sample(),
        &expect![[r#"
            The working copy of UsersAPI was never deployed.
            Nothing is callable: there is no stage."#]],
    );
    check_description(
        &workshop(),
        &expect![[r#"
            The working copy of UsersAPI is the same as deployment D2.
            Stage prod points at deployment D2, up to date with the working copy; its invoke URL is https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod.
            Stage dev points at deployment D1, 2 changes behind the working copy; its invoke URL is https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/dev."#]],
    );
    check_description(
        &canary(),
        &expect![[r#"
        The working copy of UsersAPI is the same as deployment D2.
        Stage prod points at deployment D2, up to date with the working copy; its invoke URL is https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod.
        Stage dev points at deployment D1, 2 changes behind the working copy; its canary D2 takes 12.5 % of the requests; its invoke URL is https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/dev."#]],
    );
}

#[test]
fn canaries_are_part_of_the_names_of_what_they_touch() {
    let scene = wide(&canary());
    let labels: Vec<_> = scene.nodes.iter().map(|node| node.label.as_str()).filter(|l| l.contains("canary")).collect();
    expect![[r#"
        Deployment D2, user by id, made 24 Sep 11:50, stage prod points at it, the canary of dev
        Stage dev points at D1, 2 changes behind the working copy, its canary D2 takes 12.5 % of the requests"#]]
    .assert_eq(&labels.join("\n"));
}

/// Checks what is announced when an API changes.
#[track_caller]
fn check_announcement(before: &RestApi, change: impl FnOnce(&mut RestApi), want: &Expect) {
    let mut after = before.clone();
    change(&mut after);
    want.assert_eq(&announce(&wide(before).facts, &wide(&after).facts).join("\n"));
}

#[test]
fn changes_are_announced_and_ways_of_drawing_are_not() {
    let api = workshop();
    let first = api.deployments.values().find(|d| d.number == 1).map(|d| d.id.clone()).expect("BUG: D1");
    check_announcement(&api, |_| {}, &expect![""]);
    check_announcement(&api, |api| point(api, "prod", &first), &expect!["prod now points at D1."]);
    check_announcement(
        &api,
        |api| drop(deploy(api, "dev", "")),
        &expect![[r#"
        Deployment D3 was made.
        dev now points at D3."#]],
    );
    check_announcement(
        &api,
        |api| drop(deploy(api, "test", "")),
        &expect![[r#"
        Deployment D3 was made.
        Stage test was created and points at D3."#]],
    );
    check_announcement(
        &api,
        |api| give_canary(api, "dev", 2, 10.0),
        &expect!["The canary of dev, D2, takes 10 % of its requests."],
    );
    check_announcement(
        &canary(),
        |api| give_canary(api, "dev", 2, 0.25),
        &expect!["The canary of dev, D2, takes 0.25 % of its requests."],
    );
    check_announcement(
        &canary(),
        |api| give_canary(api, "dev", 1, 12.5),
        &expect!["The canary of dev, D1, takes 12.5 % of its requests."],
    );
    check_announcement(
        &canary(),
        |api| Rc::make_mut(api.stages.get_mut("dev").expect("BUG: dev")).canary = None,
        &expect!["dev has no canary any more."],
    );
    check_announcement(
        &api,
        |api| drop(api.stages.remove("dev")),
        &expect!["Stage dev was deleted; its URL no longer answers."],
    );
    check_announcement(
        &api,
        |api| {
            let config = Rc::make_mut(&mut api.config);
            edit_answer(config, "/users", HttpMethod::Get, "[2]");
            add(config, "/more GET");
        },
        &expect!["The working copy of UsersAPI has 2 changes not deployed."],
    );
    let (folded, unfolded) = (wide(&crowd()), draw(&crowd(), &Options { unfolded: true, ..Options::default() }));
    assert_eq!(announce(&folded.facts, &unfolded.facts), [""; 0]);
}

#[test]
fn colours_of_text_are_told_apart_from_their_ground() {
    let every_hue = Options { unfolded: true, ..Options::default() };
    let svg = render_svg(&crowd(), &Place::default(), &Account::default(), &every_hue);
    let (light, dark) = svg.split_once("@media").expect("BUG: two themes");
    for (theme, grounds) in [(light, ["#f9fbfc", "#ffffff"]), (dark, ["#0d1116", "#151a20"])] {
        for hue in [195, 290, 65, 240, 335, 150, 20, 105] {
            let ground = colour(theme, &format!(".h{hue} .m-card{{fill:"));
            for text in ["m-ink", "m-soft", "m-quiet", "m-warn", "m-good"] {
                let ink = colour(theme, &format!(".{text}{}{{fill:", if text == "m-warn" { ",.m-dot" } else { "" }));
                assert!(contrast(ink, ground) >= 4.5, "{text} on the ground of hue {hue}");
            }
            assert!(contrast(colour(theme, &format!(".h{hue} .m-snap-ink{{fill:")), ground) >= 4.5, "ink of hue {hue}");
            let arrow = colour(theme, &format!(".h{hue} .m-line{{stroke:"));
            assert!(grounds.iter().all(|ground| contrast(arrow, ground) >= 3.0), "arrow of hue {hue}");
        }
    }
}

fn colour<'a>(css: &'a str, rule: &str) -> &'a str {
    let at = css.find(rule).unwrap_or_else(|| panic!("no rule {rule}")) + rule.len();
    &css[at..at + 7]
}

/// Returns the contrast ratio of WCAG 2.
fn contrast(a: &str, b: &str) -> f64 {
    let luminance = |hex: &str| {
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("BUG: a colour")) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn inside(inner: Rect, outer: Rect) -> bool {
    inner.x >= outer.x && inner.y >= outer.y && inner.right() <= outer.right() && inner.bottom() <= outer.bottom()
}

/// The box of every line of text, from ascender to descender.
fn each_text(shapes: &[Shape], see: &mut impl FnMut(Rect)) {
    for shape in shapes {
        match shape {
            Shape::Text { x, y, end, width, .. } => {
                see(Rect { x: if *end { x - width } else { *x }, y: y - 10, w: *width, h: 12 });
            }
            Shape::Group { shapes, .. } => each_text(shapes, see),
            _ => {}
        }
    }
}

/// Returns the box of the line of an edge: its points and control points, without the ends that touch the cards.
fn bounds(edge: &Edge) -> Rect {
    let numbers: Vec<i32> = edge.d.split(['M', 'C', 'L', ' ']).filter_map(|n| n.parse().ok()).collect();
    let (xs, ys): (Vec<i32>, Vec<i32>) = numbers.chunks(2).map(|pair| (pair[0], pair[1])).unzip();
    let (left, right) = (xs.iter().min().expect("BUG: points"), xs.iter().max().expect("BUG: points"));
    let (top, bottom) = (ys.iter().min().expect("BUG: points"), ys.iter().max().expect("BUG: points"));
    Rect { x: left + 1, y: *top, w: right - left - 2, h: (bottom - top).max(1) }
}
