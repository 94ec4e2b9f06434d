//! Calls to custom domain names: from the hostname by way of a base path mapping to the stage.

use crate::{
    collections::{SharedMap, SortedMap},
    data_plane::{
        Hint, Invocation, explain,
        fixture::{API_ID, NOW, World, answering, templates},
        urls,
    },
    entities::{
        ApiId, BasePathMapping, DomainCertificate, DomainName, EndpointType, IpAddressType, MutualTls, RoutingMode,
        StageName,
    },
    fixtures,
};
use std::rc::Rc;

fn domain(name: &str, mappings: &[(&str, Option<&str>)]) -> DomainName {
    let mapping = |(base_path, stage): &(&str, Option<&str>)| {
        let base_path: Rc<str> = (*base_path).into();
        let stage = stage.and_then(StageName::parse);
        (base_path.clone(), Rc::new(BasePathMapping { base_path, rest_api_id: ApiId::new(API_ID), stage }))
    };
    let mut found = SharedMap::new();
    for (path, mapping) in mappings.iter().map(mapping) {
        found.insert(path, mapping);
    }
    DomainName {
        name: name.into(),
        id: None,
        types: vec![EndpointType::Regional],
        ip_address_type: IpAddressType::Ipv4,
        vpc_endpoint_ids: Vec::new(),
        certificate: DomainCertificate::default(),
        certificate_upload: NOW,
        regional_certificate: DomainCertificate::default(),
        distribution: None,
        regional: Some("abcdefghij".into()),
        security_policy: "TLS_1_2".into(),
        endpoint_access_mode: None,
        mutual_tls: None,
        ownership_certificate_arn: None,
        management_policy: None,
        policy: None,
        routing_mode: RoutingMode::BasePathMappingOnly,
        tags: SortedMap::new(),
        mappings: found,
    }
}

fn world(domains: Vec<DomainName>) -> World {
    let mut world = World::new(fixtures::USERS_API);
    let account = Rc::make_mut(&mut world.ws.account);
    for domain in domains {
        account.domain_names.insert(domain.key(), Rc::new(domain));
    }
    world
}

/// Returns the status, and the reasons of the steps up to the stage.
fn show(invocation: &Invocation) -> String {
    let reasons: Vec<String> = invocation.trace.steps.iter().take(3).map(|step| step.reason()).collect();
    format!("{} {}", invocation.response.status, reasons.join(" "))
}

#[test]
fn the_paths_of_health_checks_never_reach_an_api() {
    let mut world = world(vec![
        domain("api.example.com", &[("(none)", Some("dev")), ("ping", Some("dev"))]),
        domain("none.example.com", &[]),
    ]);
    let kept = "API Gateway keeps /ping and /sping of every custom domain name for its own health checks: no mapping is asked.";
    for url in ["https://api.example.com/ping", "https://api.example.com/sping?a", "https://none.example.com/ping"] {
        let made = world.call(&format!("GET {url}"));
        assert_eq!((made.response.status, made.response.body.as_str()), (200, "healthy"), "{url}");
        assert_eq!(made.trace.steps.last().map(|step| step.reason()).as_deref(), Some(kept));
        assert_eq!((made.api_id.clone(), explain(&world.ws, &made)), (None, None));
    }
    for (url, status) in [("https://api.example.com/ping/users", 200), ("https://none.example.com/sping/x", 403)] {
        assert_eq!(world.call(&format!("GET {url}")).response.status, status, "{url}");
    }
}

#[test]
fn the_base_path_chooses_the_mapping_and_is_cut_off() {
    let mut world = world(vec![
        domain("api.example.com", &[("v1", Some("dev")), ("open", None), ("(none)", Some("gone"))]),
        domain("*.example.com", &[("(none)", Some("dev"))]),
    ]);
    let found = "The hostname is that of the custom domain name api.example.com.";
    let v1 = format!("{found} The base path v1 is mapped: the API {API_ID}, stage dev.");
    let open = format!("{found} The base path open is mapped: the API {API_ID}; the next segment names the stage.");
    let none = format!("{found} The mapping without base path takes it: the API {API_ID}, stage gone.");
    let dev = "The stage dev points at the deployment D1 (dep001).";
    for (url, expected) in [
        ("https://api.example.com/v1/users", format!("200 {v1} {dev}")),
        ("https://API.example.com//v1//users/", format!("200 {v1} {dev}")),
        ("https://api.example.com/v1", format!("200 {v1} {dev}")),
        ("https://api.example.com/v1/dev/users", format!("403 {v1} {dev}")),
        ("https://api.example.com/open/dev/users?a=b", format!("200 {open} {dev}")),
        (
            "https://api.example.com/open",
            format!("403 {open} The URL names no stage: the first segment of the path has to be one."),
        ),
        (
            "https://api.example.com/v1x/users",
            format!("403 {none} The mapping names the stage gone, which does not exist any more."),
        ),
        (
            "https://other.example.com/users",
            format!(
                "200 The hostname is that of the custom domain name *.example.com. The mapping without base path takes it: \
                 the API {API_ID}, stage dev. {dev}"
            ),
        ),
    ] {
        assert_eq!(show(&world.call(&format!("GET {url}"))), expected, "{url}");
    }
    let far = world.call("GET https://a.b.example.com/users");
    assert_eq!(far.response.header("x-stagecraft"), Some("no-such-endpoint"));
}

#[test]
fn a_domain_name_that_leads_nowhere_says_why() {
    let private = DomainName { id: Some("abcd".into()), ..domain("p.example.com", &[("(none)", Some("dev"))]) };
    let tls = MutualTls { truststore_uri: "s3://b/k".into(), truststore_version: None };
    let mut world = world(vec![
        domain("empty.example.com", &[]),
        domain("two.example.com", &[("v1", Some("dev")), ("v2", Some("dev"))]),
        DomainName {
            routing_mode: RoutingMode::RoutingRuleOnly,
            ..domain("rules.example.com", &[("(none)", Some("dev"))])
        },
        DomainName { mutual_tls: Some(tls), ..domain("tls.example.com", &[("(none)", Some("dev"))]) },
        private,
    ]);
    for (url, status, reason) in [
        ("https://empty.example.com/users", 403, "The domain name is mapped to no API yet."),
        (
            "https://two.example.com/users",
            403,
            "No mapping has the base path \"users\", and no mapping takes what is left; there are v1, v2.",
        ),
        (
            "https://two.example.com",
            403,
            "The URL has no base path, and no mapping takes what is left; there are v1, v2.",
        ),
        (
            "https://rules.example.com/users",
            403,
            "The routing mode of the domain name is ROUTING_RULE_ONLY: its base path mappings are not asked.",
        ),
        (
            "https://tls.example.com/users",
            403,
            "The custom domain name tls.example.com has mutual TLS, and callers in this playground have no certificate to show.",
        ),
        ("https://p.example.com/users", 502, "This hostname leads to a VPC endpoint, which only its VPC can reach."),
        ("http://two.example.com/v1", 502, "API Gateway answers https:// only; nothing listens for http://."),
    ] {
        let invocation = world.call(&format!("GET {url}"));
        let failed = invocation.trace.failed().map(|step| step.reason());
        assert_eq!((invocation.response.status, failed.as_deref()), (status, Some(reason)), "{url}");
    }
    let hint = |world: &mut World, url: &str| {
        let invocation = world.call(&format!("GET {url}"));
        explain(&world.ws, &invocation).map(|hint| hint.to_string())
    };
    let mappings = "The mappings of the domain name: https://two.example.com/v1, https://two.example.com/v2.";
    assert_eq!(hint(&mut world, "https://two.example.com/x").as_deref(), Some(mappings));
    assert_eq!(hint(&mut world, "https://empty.example.com/x"), Some(Hint::BasePaths(Vec::new()).to_string()));
    assert_eq!(hint(&mut world, "https://two.example.com/v1/dev/users"), None);
}

#[test]
fn templates_see_the_path_as_it_was_sent_and_the_custom_hostname() {
    let mut world = World::of_mock(|_, integration| {
        let template = "$context.path $context.domainName $context.domainPrefix $context.stage $context.resourcePath";
        integration.responses = [(fixtures::ok(), Rc::new(answering(None, template)))].into();
        integration.request_templates = templates(&[("application/json", "{\"statusCode\": 200}")]);
    });
    let domain = domain("api.example.com", &[("v1", Some("dev"))]);
    Rc::make_mut(&mut world.ws.account).domain_names.insert(domain.key(), Rc::new(domain));
    let response = world.call("GET https://api.example.com/v1/x").response;
    assert_eq!(response.body, "/v1/x api.example.com api dev /x");
    assert_eq!(response.header("x-amz-cf-id"), None, "a regional domain name has no CloudFront before it");
}

#[test]
fn a_stage_knows_its_urls_at_custom_domain_names() {
    let mappings = [("v1", Some("dev")), ("open", None), ("other", Some("prod")), ("(none)", Some("dev"))];
    let world = world(vec![domain("api.example.com", &mappings), domain("b.example.com", &[("(none)", None)])]);
    let bases = urls::custom_bases(&world.ws, API_ID, "dev");
    assert_eq!(
        bases,
        [
            "https://api.example.com",
            "https://api.example.com/open/dev",
            "https://api.example.com/v1",
            "https://b.example.com/dev"
        ]
    );
    let api = world.api();
    let listed = urls::invoke_urls(&world.ws, api, api.stages.get("dev").expect("BUG: dev"));
    let users = listed.iter().find(|url| &*url.path == "/users").expect("BUG: /users");
    assert_eq!(users.below("https://api.example.com/v1"), "https://api.example.com/v1/users");
}
