//! The APIs that the pictures are tried on.

use crate::{
    collections::SortedMap,
    entities::{
        ALL_METHODS, Account, BasePathMapping, CacheClusterSize, Canary, ClientCertificateId, DomainCertificate,
        DomainName, Double, EndpointType, HttpMethod, IpAddressType, MethodSettings, PlanStage, RestApi, RoutingMode,
        StageName, Timestamp, UsagePlan,
    },
    fixtures::{USERS_API, add, config, deploy, edit_answer, point, rest_api},
};
use std::rc::Rc;

/// Returns the sample, never deployed.
pub(super) fn sample() -> RestApi {
    rest_api(config("UsersAPI", USERS_API))
}

fn change(api: &mut RestApi) {
    let config = Rc::make_mut(&mut api.config);
    edit_answer(config, "/users", HttpMethod::Get, "[1]");
    add(config, "/orders GET");
}

/// Returns the sample, deployed once and then changed in two places.
pub(super) fn changed() -> RestApi {
    let mut api = sample();
    deploy(&mut api, "dev", "first");
    change(&mut api);
    api
}

/// Returns the end of the workshop: two stages on two deployments.
pub(super) fn workshop() -> RestApi {
    let mut api = changed();
    let first = api.stages.get("dev").map(|stage| stage.deployment_id.clone()).expect("BUG: dev");
    deploy(&mut api, "prod", "user by id");
    point(&mut api, "dev", &first);
    api
}

/// Ten stages on ten of thirty deployments.
pub(super) fn crowd() -> RestApi {
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

/// Far more methods than there is room for, one of them changed out of sight.
fn methods() -> RestApi {
    let lines: Vec<String> =
        (0..50).map(|i| format!("/resource{i}/{{id}} GET POST PUT PATCH DELETE HEAD OPTIONS")).collect();
    let mut api = rest_api(config("Hundred", &lines.iter().map(String::as_str).collect::<Vec<_>>()));
    deploy(&mut api, "dev", "all of them");
    add(Rc::make_mut(&mut api.config), "/resource40 GET");
    api
}

/// Names that do not fit and names that mean harm.
fn long() -> RestApi {
    let lines = [
        "/a-resource-with-a-very-long-name/{and-its-variable}/deeper/{proxy+} ANY GET",
        "/ GET POST PUT PATCH DELETE HEAD OPTIONS ANY",
    ];
    let name = "The \"API\" of <script>alert('1')</script> & the\u{0}\u{202e} department of rather long names";
    let mut api = rest_api(config(name, &lines));
    let text = "]]> <b>a description</b> &amp; of \"two\"\nlines \u{1b}[31m that does not fit";
    deploy(&mut api, "a-stage-whose-name-goes-on-and-on-and-on-for-ever", text);
    deploy(&mut api, "short", "😀 日本語の説明文はとても長い Ünïcödé");
    api
}

/// Seven deployments, five stages.
fn five() -> RestApi {
    let mut api = workshop();
    for stage in ["test", "", "qa", "demo", ""] {
        deploy(&mut api, stage, "more");
    }
    api
}

/// Gives a stage a canary: the deployment of this number, with this share of the requests.
pub(super) fn give_canary(api: &mut RestApi, stage: &str, number: u32, percent: f64) {
    let deployment = api.deployments.values().find(|d| d.number == number).expect("BUG: a deployment").id.clone();
    let percent_traffic = Double::new(percent).expect("BUG: a number");
    let stage = api.stages.get_mut(stage).expect("BUG: a stage");
    Rc::make_mut(stage).canary = Some(Rc::new(Canary { percent_traffic, ..Canary::new(deployment) }));
}

/// Returns the workshop, where the second deployment is tried on one request in eight of `dev`.
pub(super) fn canary() -> RestApi {
    let mut api = workshop();
    give_canary(&mut api, "dev", 2, 12.5);
    api
}

/// Canaries of every kind: below their stage, level with it, with everything and with nothing; old ones, too.
fn canaries() -> RestApi {
    let mut api = five();
    for (stage, number, percent) in
        [("dev", 1, 10.0), ("prod", 1, 100.0), ("test", 7, 33.33), ("qa", 2, 0.0), ("demo", 4, 99.99)]
    {
        give_canary(&mut api, stage, number, percent);
    }
    api
}

/// Four stages on one deployment.
fn fan() -> RestApi {
    let mut api = sample();
    let id = deploy(&mut api, "dev", "one for all");
    for stage in ["test", "prod", "qa"] {
        point(&mut api, stage, &id);
    }
    api
}

/// Returns a deployment that no stage points at, and an API that cannot be deployed again as it stands.
fn unstaged() -> RestApi {
    let mut api = sample();
    deploy(&mut api, "", "");
    let id = api.config.root_id().clone();
    Rc::make_mut(&mut api.config).edit_methods(&id, |methods| {
        for method in methods.values_mut() {
            Rc::make_mut(method).integration = None;
        }
    });
    api
}

/// Returns the workshop with every setting that has a mark, on both of its stages, one of them a canary.
pub(super) fn settings() -> RestApi {
    let mut api = canary();
    for stage in ["dev", "prod"] {
        let stage = Rc::make_mut(api.stages.get_mut(stage).expect("BUG: a stage"));
        stage.cache_cluster_enabled = true;
        stage.cache_cluster_size = CacheClusterSize::parse("0.5");
        stage.tracing_enabled = true;
        stage.client_certificate_id = Some(ClientCertificateId::new("abc123"));
        stage.access_log.destination_arn = Some("arn:aws:logs:us-east-1:123456789012:log-group:calls".into());
        let throttled =
            MethodSettings { throttling_burst_limit: 10, caching_enabled: true, ..MethodSettings::default() };
        stage.method_settings.insert(ALL_METHODS.into(), Rc::new(throttled));
    }
    api
}

/// Returns an account with a usage plan for `dev`, and with two domain names: one maps `/v1` to `dev`, all else to `prod` and
/// `/any` to whatever stage a caller names; the other is long.
pub(super) fn account(api: &RestApi) -> Account {
    let stage = |name: &str| StageName::parse(name).expect("BUG: a stage name");
    let mut account = Account::default();
    let plan = UsagePlan {
        id: "pl4n".into(),
        name: "Basic".into(),
        description: None,
        product_code: None,
        stages: vec![PlanStage { api_id: api.id.clone(), stage: stage("dev"), throttle: SortedMap::new() }],
        throttle: None,
        quota: None,
        keys: Default::default(),
        tags: SortedMap::new(),
    };
    account.usage_plans.insert(plan.id.clone(), Rc::new(plan));
    let names: [(&str, &[Mapping]); 2] = [
        ("api.example.com", &[("(none)", Some("prod")), ("any", None), ("v1", Some("dev"))]),
        ("*.orders-and-payments.eu-central-1.example.com", &[("a-rather-long-base-path-of-its-own", Some("dev"))]),
    ];
    for (name, mappings) in names {
        let mut domain = domain_name(name);
        for (base_path, to) in mappings {
            let (rest_api_id, stage) = (api.id.clone(), to.map(stage));
            let mapping = BasePathMapping { base_path: (*base_path).into(), rest_api_id, stage };
            domain.mappings.insert(mapping.base_path.clone(), Rc::new(mapping));
        }
        account.domain_names.insert(domain.key(), Rc::new(domain));
    }
    account
}

/// A base path, and the stage that it leads to.
type Mapping = (&'static str, Option<&'static str>);

fn domain_name(name: &str) -> DomainName {
    DomainName {
        name: name.into(),
        id: None,
        types: vec![EndpointType::Regional],
        ip_address_type: IpAddressType::Ipv4,
        vpc_endpoint_ids: Vec::new(),
        certificate: DomainCertificate::default(),
        certificate_upload: Timestamp(0),
        regional_certificate: DomainCertificate::default(),
        distribution: None,
        regional: Some("d-abcdefghij".into()),
        security_policy: "TLS_1_2".into(),
        endpoint_access_mode: None,
        mutual_tls: None,
        ownership_certificate_arn: None,
        management_policy: None,
        policy: None,
        routing_mode: RoutingMode::default(),
        tags: SortedMap::new(),
        mappings: Default::default(),
    }
}

/// Returns all of them, by name, each with the account that it is in.
pub(super) fn gallery() -> Vec<(&'static str, RestApi, Account)> {
    let alone = |(name, api)| (name, api, Account::default());
    let apis = apis().into_iter().map(alone);
    let crowd = crowd();
    let within = [("outside", settings(), account(&settings())), ("crowd-outside", crowd.clone(), account(&crowd))];
    apis.chain(within).collect()
}

fn apis() -> Vec<(&'static str, RestApi)> {
    let mut one = sample();
    deploy(&mut one, "dev", "first");
    vec![
        ("bare", rest_api(config("Bare", &[]))),
        ("empty", sample()),
        ("unstaged", unstaged()),
        ("one", one),
        ("changed", changed()),
        ("workshop", workshop()),
        ("fan", fan()),
        ("five", five()),
        ("canary", canary()),
        ("canaries", canaries()),
        ("crowd", crowd()),
        ("methods", methods()),
        ("long", long()),
    ]
}
