//! Requests by chance: most of them mean something that exists, some are nonsense, some are hostile.

use proptest::prelude::*;
use stagecraft::{
    control_plane::{
        Command, PatchOperation, canaries, canaries::CanarySettings, canaries::DeploymentCanarySettings,
        client_certificates::DeleteClientCertificate, client_certificates::GenerateClientCertificate,
        deployments::CreateDeployment, deployments::DeleteDeployment, deployments::UpdateDeployment,
        integration_responses::DeleteIntegrationResponse, integration_responses::PutIntegrationResponse,
        integrations::DeleteIntegration, integrations::PutIntegration, method_responses::DeleteMethodResponse,
        method_responses::PutMethodResponse, methods::DeleteMethod, methods::PutMethod, resources::CreateResource,
        resources::DeleteResource, resources::UpdateResource, rest_apis::CreateRestApi, rest_apis::DeleteRestApi,
        stages::CreateStage, stages::DeleteStage, stages::FlushStageCache, stages::UpdateStage,
    },
    entities::Workspace,
};

/// The next act.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    /// A request of a kind; the numbers choose among what there is.
    Request(Kind, [u8; 6]),
    /// Undo.
    Undo,
    /// Redo.
    Redo,
    /// Back to a moment.
    Restore(u8),
}

/// The kinds of requests.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    CreateRestApi,
    DeleteRestApi,
    CreateResource,
    UpdateResource,
    DeleteResource,
    PutMethod,
    DeleteMethod,
    PutMethodResponse,
    DeleteMethodResponse,
    PutIntegration,
    DeleteIntegration,
    PutIntegrationResponse,
    DeleteIntegrationResponse,
    CreateDeployment,
    UpdateDeployment,
    DeleteDeployment,
    CreateStage,
    UpdateStage,
    DeleteStage,
    FlushStageCache,
    GenerateClientCertificate,
    DeleteClientCertificate,
}

/// Acts, those that build more often than those that tear down.
pub(crate) fn act() -> impl Strategy<Value = Act> {
    let kind = prop_oneof![
        1 => Just(Kind::CreateRestApi),
        1 => Just(Kind::DeleteRestApi),
        9 => Just(Kind::CreateResource),
        5 => Just(Kind::UpdateResource),
        2 => Just(Kind::DeleteResource),
        8 => Just(Kind::PutMethod),
        1 => Just(Kind::DeleteMethod),
        5 => Just(Kind::PutMethodResponse),
        1 => Just(Kind::DeleteMethodResponse),
        9 => Just(Kind::PutIntegration),
        1 => Just(Kind::DeleteIntegration),
        6 => Just(Kind::PutIntegrationResponse),
        1 => Just(Kind::DeleteIntegrationResponse),
        9 => Just(Kind::CreateDeployment),
        2 => Just(Kind::UpdateDeployment),
        3 => Just(Kind::DeleteDeployment),
        5 => Just(Kind::CreateStage),
        9 => Just(Kind::UpdateStage),
        2 => Just(Kind::DeleteStage),
        1 => Just(Kind::FlushStageCache),
        1 => Just(Kind::GenerateClientCertificate),
        1 => Just(Kind::DeleteClientCertificate),
    ];
    prop_oneof![
        20 => (kind, any::<[u8; 6]>()).prop_map(|(kind, numbers)| Act::Request(kind, numbers)),
        2 => Just(Act::Undo),
        1 => Just(Act::Redo),
        1 => any::<u8>().prop_map(Act::Restore),
    ]
}

/// Texts that nothing must be upset by.
pub(crate) const HOSTILE: [&str; 8] = [
    "nothing",
    "../..",
    "<script>alert(1)</script>",
    "a b'c\"d\\e\n",
    "file:///etc/passwd",
    "--rest-api-id",
    "{\u{202e}ünïcode}",
    "$(rm -rf)%2F%00",
];

/// Returns one of the texts there are, or now and then a hostile one.
fn pick(choices: &[String], number: u8) -> String {
    match number {
        0..=9 => HOSTILE[usize::from(number) % HOSTILE.len()].to_owned(),
        _ if choices.is_empty() => "absent".into(),
        _ => choices[usize::from(number) % choices.len()].clone(),
    }
}

fn word(choices: &[&str], number: u8) -> String {
    let choices: Vec<String> = choices.iter().map(|text| (*text).to_owned()).collect();
    pick(&choices, number)
}

const PARTS: [&str; 10] = ["a", "b", "users", "{id}", "{other}", "{proxy+}", "v1.0", "", "{", "a{b}"];
const VERBS: [&str; 5] = ["GET", "GET", "POST", "ANY", "get"];
const STAGES: [&str; 14] = ["dev", "prod", "dev", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "", "no/pe"];
const STATUSES: [&str; 5] = ["200", "201", "404", "99", "2000"];

fn canary(a: u8, b: u8) -> DeploymentCanarySettings {
    DeploymentCanarySettings {
        percent_traffic: (a > 60).then(|| f64::from(b) / 2.0),
        stage_variable_overrides: (b > 60).then(|| [(word(&["x", "y"], a), word(&["3", "4"], b))].into()),
        use_stage_cache: (a > 128).then_some(b > 128),
    }
}

/// Returns the request that an act means in a workspace.
pub(crate) fn command(workspace: &Workspace, kind: Kind, [a, b, c, d, e, f]: [u8; 6]) -> Command {
    let apis: Vec<String> = workspace.rest_apis.keys().map(ToString::to_string).collect();
    let rest_api_id = pick(&apis, a);
    let api = workspace.api(&rest_api_id);
    let resources: Vec<String> =
        api.map(|api| api.config.resources().keys().map(ToString::to_string).collect()).unwrap_or_default();
    let deployments: Vec<String> =
        api.map(|api| api.deployments.keys().map(ToString::to_string).collect()).unwrap_or_default();
    let stages: Vec<String> = api.map(|api| api.stages.keys().map(ToString::to_string).collect()).unwrap_or_default();
    let certificates: Vec<String> = workspace.account.client_certificates.keys().map(ToString::to_string).collect();
    let (resource_id, http_method, status_code) = (pick(&resources, b), word(&VERBS, c), word(&STATUSES, d));
    let text = |number: u8| (number > 100).then(|| word(&["one", "two words", ""], number));
    match kind {
        Kind::CreateRestApi => CreateRestApi {
            name: word(&["UsersAPI", "Other", ""], b),
            version: text(c),
            binary_media_types: (d > 128).then(|| vec!["image/png".into(), word(&["*/*", "-"], e)]),
            minimum_compression_size: (e > 128).then(|| i64::from(f)),
            tags: (f > 128).then(|| [(word(&["k", "k 2"], a), word(&["v", ""], b))].into()),
            disable_execute_api_endpoint: (a > 128).then_some(b > 128),
            ..CreateRestApi::default()
        }
        .into(),
        // Mostly of an API that is not there, so that long stories stay possible.
        Kind::DeleteRestApi => {
            DeleteRestApi { rest_api_id: if f > 200 { rest_api_id } else { rest_api_id.to_uppercase() } }.into()
        }
        Kind::CreateResource => {
            CreateResource { rest_api_id, parent_id: resource_id, path_part: word(&PARTS, c) }.into()
        }
        Kind::UpdateResource => {
            let patch = match c {
                0..=15 => PatchOperation::remove("/pathPart"),
                16..=30 => PatchOperation::replace("/nothing", "x"),
                31..=128 => PatchOperation::replace("/pathPart", word(&PARTS, d)),
                _ => PatchOperation::replace("/parentId", pick(&resources, d)),
            };
            let more = (e > 200).then(|| PatchOperation::replace("/pathPart", word(&PARTS, f)));
            UpdateResource { rest_api_id, resource_id, patch_operations: [patch].into_iter().chain(more).collect() }
                .into()
        }
        Kind::DeleteResource => DeleteResource { rest_api_id, resource_id }.into(),
        Kind::PutMethod => PutMethod {
            rest_api_id,
            resource_id,
            http_method,
            authorization_type: word(&["NONE", "NONE", "none", "AWS_IAM", "CUSTOM"], d),
            api_key_required: (e > 200).then_some(f > 128),
            operation_name: text(e),
            request_parameters: (f > 200).then(|| [("method.request.querystring.q".into(), f > 220)].into()),
            ..PutMethod::default()
        }
        .into(),
        Kind::DeleteMethod => DeleteMethod { rest_api_id, resource_id, http_method }.into(),
        Kind::PutMethodResponse => PutMethodResponse {
            rest_api_id,
            resource_id,
            http_method,
            status_code,
            response_models: (e > 200).then(|| [("application/json".into(), "Empty".into())].into()),
            ..PutMethodResponse::default()
        }
        .into(),
        Kind::DeleteMethodResponse => {
            DeleteMethodResponse { rest_api_id, resource_id, http_method, status_code }.into()
        }
        Kind::PutIntegration => {
            let json = |text: &str| [("application/json".to_owned(), Some(text.to_owned()))].into();
            let mock = PutIntegration::mock(rest_api_id, resource_id, http_method);
            PutIntegration {
                integration_type: word(&["MOCK", "MOCK", "HTTP", "PLASTIC"], d),
                integration_http_method: (e > 60).then(|| "GET".into()),
                uri: (f > 60).then(|| word(&["https://example.com/x?y=z", "ftp://x"], e)),
                request_templates: (e > 90).then(|| json("{\"statusCode\": 200}")),
                ..mock
            }
            .into()
        }
        Kind::DeleteIntegration => DeleteIntegration { rest_api_id, resource_id, http_method }.into(),
        Kind::PutIntegrationResponse => PutIntegrationResponse {
            rest_api_id,
            resource_id,
            http_method,
            status_code,
            selection_pattern: text(f),
            response_templates: (e > 50)
                .then(|| [("application/json".to_owned(), Some(word(&["one", "$context.stage", ""], e)))].into()),
            ..PutIntegrationResponse::default()
        }
        .into(),
        Kind::DeleteIntegrationResponse => {
            DeleteIntegrationResponse { rest_api_id, resource_id, http_method, status_code }.into()
        }
        Kind::CreateDeployment => CreateDeployment {
            rest_api_id,
            stage_name: (b > 40).then(|| word(&STAGES, b)),
            stage_description: text(c),
            description: text(d),
            variables: (e > 160).then(|| [(word(&["x", "y", "a-b"], e), word(&["1", "2", ""], f))].into()),
            cache_cluster_enabled: (f > 200).then_some(e > 128),
            cache_cluster_size: (f > 200).then(|| word(&["0.5", "6.1", "237", "7"], e)),
            canary_settings: (f > 90 && f < 160).then(|| canary(e, f)),
            tracing_enabled: (e > 200).then_some(f > 128),
        }
        .into(),
        Kind::UpdateDeployment => {
            let path = word(&["/description", "/description", "/id"], c);
            let patch_operations = vec![PatchOperation::replace(path, word(&["new", ""], d))];
            UpdateDeployment { rest_api_id, deployment_id: pick(&deployments, b), patch_operations }.into()
        }
        Kind::DeleteDeployment => DeleteDeployment { rest_api_id, deployment_id: pick(&deployments, b) }.into(),
        Kind::CreateStage => CreateStage {
            rest_api_id,
            stage_name: word(&STAGES, b),
            deployment_id: pick(&deployments, c),
            description: text(d),
            variables: (e > 160).then(|| [(word(&["x", "y", "a-b"], e), word(&["1", "2", ""], f))].into()),
            cache_cluster_enabled: (f > 200).then_some(e > 128),
            cache_cluster_size: (f > 200).then(|| word(&["0.5", "6.1", "237", "7"], e)),
            canary_settings: (f > 90 && f < 160).then(|| CanarySettings {
                deployment_id: (e > 90).then(|| pick(&deployments, e)),
                settings: canary(f, e),
            }),
            tracing_enabled: (e > 200).then_some(f > 128),
            ..CreateStage::default()
        }
        .into(),
        Kind::UpdateStage => {
            let one = |number: u8, value: u8| match number % 16 {
                0 => PatchOperation::replace("/description", word(&["new", ""], value)),
                1 => PatchOperation::remove(format!("/variables/{}", word(&["x", "y"], value).replace(['/', '~'], ""))),
                2 => PatchOperation::replace("/nothing", "x"),
                3 => PatchOperation::add("/variables/x", word(&["1", "2", "no way"], value)),
                4 => PatchOperation::replace("/canarySettings/deploymentId", pick(&deployments, value)),
                5 => PatchOperation::replace(
                    "/canarySettings/percentTraffic",
                    word(&["0", "12.5", "100.0", "101"], value),
                ),
                6 => PatchOperation::replace(
                    format!(
                        "/canarySettings/stageVariableOverrides/{}",
                        word(&["x", "y"], value).replace(['/', '~'], "")
                    ),
                    word(&["1", "3", ""], number),
                ),
                7 => PatchOperation::remove("/canarySettings"),
                8 | 9 => canaries::promotion().remove(1 + usize::from(number % 2)),
                10 => PatchOperation::replace("/clientCertificateId", pick(&certificates, value)),
                11 => PatchOperation::replace(
                    word(&["/*/*/throttling/rateLimit", "/~1users/GET/throttling/burstLimit", "/a"], value),
                    word(&["5", "0", "-1", "many"], number),
                ),
                12 => PatchOperation::replace("/cacheClusterEnabled", word(&["true", "false"], value)),
                _ => PatchOperation::replace("/deploymentId", pick(&deployments, value)),
            };
            let more = (e > 128).then(|| one(e, f));
            let patch_operations = [one(c, d)].into_iter().chain(more).collect();
            UpdateStage { rest_api_id, stage_name: pick(&stages, b), patch_operations }.into()
        }
        Kind::DeleteStage => DeleteStage { rest_api_id, stage_name: pick(&stages, b) }.into(),
        Kind::FlushStageCache => FlushStageCache { rest_api_id, stage_name: pick(&stages, b) }.into(),
        Kind::GenerateClientCertificate => {
            GenerateClientCertificate { description: text(b), ..GenerateClientCertificate::default() }.into()
        }
        Kind::DeleteClientCertificate => {
            DeleteClientCertificate { client_certificate_id: pick(&certificates, b) }.into()
        }
    }
}

/// Returns the stage that a request names, with its API; an API that is deleted names all of its stages.
pub(crate) fn names_stage(command: &Command, api: &str, stage: &str) -> bool {
    match command {
        Command::CreateDeployment(c) => c.rest_api_id == api && c.stage_name.as_deref() == Some(stage),
        Command::CreateStage(c) => c.rest_api_id == api && c.stage_name == stage,
        Command::FlushStageCache(c) => c.rest_api_id == api && c.stage_name == stage,
        Command::UpdateStage(c) => c.rest_api_id == api && c.stage_name == stage,
        Command::DeleteStage(c) => c.rest_api_id == api && c.stage_name == stage,
        Command::DeleteRestApi(c) => c.rest_api_id == api,
        _ => false,
    }
}
