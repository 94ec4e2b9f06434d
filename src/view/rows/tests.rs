//! The rows of the resource tree: what is shown, what is marked, what is nearest, what typed letters find.

use super::{Mark, Row, RowKey, find, nearest, rows, weight};
use crate::{
    collections::SortedSet,
    control_plane::{
        PatchOperation,
        deployments::CreateDeployment,
        methods::{DeleteMethod, UpdateMethod},
        resources::{CreateResource, DeleteResource, UpdateResource},
    },
    entities::{ApiConfig, HttpMethod, Timestamp},
    env::Env,
    history::Session,
    sample,
};
use std::rc::Rc;

/// The sample with a deployment, and what the tests do to it afterwards.
struct World {
    session: Session,
    api: String,
}

impl World {
    fn new() -> Self {
        let mut session = sample::session(Env::new(7, Timestamp(1_700_000_000_000))).expect("BUG: the sample");
        let api = session.present().rest_apis.keys().next().expect("BUG: an API").to_string();
        session.execute(CreateDeployment::new(api.as_str(), None)).expect("BUG: it deploys");
        Self { session, api }
    }

    fn config(&self) -> Rc<ApiConfig> {
        self.session.present().api(&self.api).expect("BUG: the API").config.clone()
    }

    fn deployed(&self) -> Rc<ApiConfig> {
        let api = self.session.present().api(&self.api).expect("BUG: the API");
        api.deployments.values().next().expect("BUG: a deployment").config.clone()
    }

    fn at(&self, path: &str) -> String {
        self.config().resource_at(path).expect("BUG: the resource").id.to_string()
    }

    fn key(&self, path: &str, method: Option<HttpMethod>) -> RowKey {
        RowKey { resource: self.config().resource_at(path).expect("BUG: the resource").id.clone(), method }
    }

    fn create(&mut self, parent: &str, part: &str) {
        let (rest_api_id, parent_id) = (self.api.clone(), self.at(parent));
        self.session
            .execute(CreateResource { rest_api_id, parent_id, path_part: part.into() })
            .expect("BUG: it is made");
    }

    fn rows(&self, collapsed: &[&str]) -> Vec<Rc<Row>> {
        let collapsed: SortedSet<_> = collapsed.iter().map(|path| self.key(path, None).resource).collect();
        rows(&self.config(), Some(&self.deployed()), &collapsed)
    }
}

/// Rows as text: depth, name, and the mark when there is one.
fn text(rows: &[Rc<Row>]) -> Vec<String> {
    let line = |row: &Rc<Row>| {
        let fold = if row.expanded == Some(false) { " …" } else { "" };
        let mark = if row.mark == Mark::Same { String::new() } else { format!(" ({:?})", row.mark) };
        format!("{}{}{fold}{mark}", "  ".repeat(row.level - 1), row.label)
    };
    rows.iter().map(line).collect()
}

#[test]
fn methods_stand_before_child_resources_and_nothing_is_marked_right_after_a_deployment() {
    let world = World::new();
    let expected = ["/", "  GET", "  /users", "    GET", "    POST", "    /{userId}", "      GET", "      DELETE"];
    assert_eq!(text(&world.rows(&[])), expected);
    let paths: Vec<String> = world.rows(&[]).iter().map(|row| row.path.clone()).collect();
    assert_eq!(paths.last().map(String::as_str), Some("/users/{userId}"));
}

#[test]
fn what_was_added_changed_moved_or_deleted_is_marked() {
    let mut world = World::new();
    world.create("/", "orders");
    let (api, user, users) = (world.api.clone(), world.at("/users/{userId}"), world.at("/users"));
    let patch = vec![PatchOperation::replace("/apiKeyRequired", "true")];
    world
        .session
        .execute(UpdateMethod {
            rest_api_id: api.clone(),
            resource_id: users,
            http_method: "POST".into(),
            patch_operations: patch,
        })
        .expect("BUG: it changes");
    world
        .session
        .execute(UpdateResource {
            rest_api_id: api.clone(),
            resource_id: user.clone(),
            patch_operations: vec![PatchOperation::replace("/pathPart", "{id}")],
        })
        .expect("BUG: it is renamed");
    world
        .session
        .execute(DeleteMethod { rest_api_id: api, resource_id: user, http_method: "DELETE".into() })
        .expect("BUG: it goes");
    let expected = [
        "/",
        "  GET",
        "  /orders (New)",
        "  /users",
        "    GET",
        "    POST (Changed)",
        "    /{id} (Changed)",
        "      GET",
    ];
    assert_eq!(text(&world.rows(&[])), expected);
}

#[test]
fn a_collapsed_row_tells_of_what_it_hides_and_a_parent_of_what_is_gone() {
    let mut world = World::new();
    world.create("/users/{userId}", "orders");
    assert_eq!(text(&world.rows(&["/users"])), ["/", "  GET", "  /users … (Below)"]);
    assert_eq!(text(&world.rows(&["/"])), ["/ … (Below)"]);

    let (rest_api_id, resource_id) = (world.api.clone(), world.at("/users"));
    world.session.execute(DeleteResource { rest_api_id, resource_id }).expect("BUG: it goes");
    assert_eq!(text(&world.rows(&[])), ["/ (Lost)", "  GET"]);
}

#[test]
fn nothing_is_marked_while_nothing_is_deployed() {
    let world = World::new();
    let shown = rows(&world.config(), None, &SortedSet::new());
    assert!(shown.iter().all(|row| row.mark == Mark::Same));
}

#[test]
fn the_nearest_row_is_the_next_beside_it_else_the_one_before() {
    let mut world = World::new();
    world.create("/", "accounts");
    let cases = [
        (("/users", Some(HttpMethod::Get)), ("/users", Some(HttpMethod::Post))),
        (("/users", Some(HttpMethod::Post)), ("/users", Some(HttpMethod::Get))),
        (("/users/{userId}", None), ("/users", Some(HttpMethod::Post))),
        (("/accounts", None), ("/users", None)),
        (("/users", None), ("/accounts", None)),
        (("/", Some(HttpMethod::Get)), ("/", None)),
    ];
    for ((path, method), (to, to_method)) in cases {
        let found = nearest(&world.config(), &world.key(path, method));
        assert_eq!(found, world.key(to, to_method), "{path} {method:?}");
    }
}

#[test]
fn the_weight_of_a_resource_counts_what_goes_with_it() {
    let world = World::new();
    let weight_of = |path: &str| weight(&world.config(), &world.key(path, None).resource);
    assert_eq!(weight_of("/"), (2, 5));
    assert_eq!(weight_of("/users"), (1, 4));
    assert_eq!(weight_of("/users/{userId}"), (0, 2));
}

#[test]
fn typed_letters_find_the_next_row_round_the_end() {
    let world = World::new();
    let shown = world.rows(&[]);
    let found = |from: usize, typed: &str| find(&shown, from, typed).map(|at| shown[at].label.clone());
    assert_eq!(found(0, "us").as_deref(), Some("/users"), "`/users` stands before `/{{userId}}`");
    assert_eq!(found(3, "us").as_deref(), Some("/{userId}"));
    assert_eq!(found(6, "/us").as_deref(), Some("/users"), "round the end");
    assert_eq!(found(0, "del").as_deref(), Some("DELETE"));
    assert_eq!(found(1, "/").as_deref(), Some("/users"), "a slash alone leads to the next resource");
    assert_eq!(found(0, "nothing"), None);
    assert_eq!(find(&[], 0, "x"), None);
}
