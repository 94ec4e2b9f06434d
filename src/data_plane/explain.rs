//! Advises a caller whose URL did not answer as hoped. The only room of the data plane that looks at the
//! working copy and at other deployments; it speaks about an answer and never changes one.

use super::{
    CacheStep, Invocation, PayloadFault, Step, StepKind, Trace, base_path, endpoint, router, stage::StagePath,
    url::Url, urls::PROTOCOL,
};
use crate::entities::{
    ApiConfig, ApiId, ContentHandling, Deployment, DomainName, EndpointType, Resource, RestApi, StageName, StatusCode,
    Workspace,
};
use std::{fmt, rc::Rc};

/// The smallest thing to do that would change the answer. `Display` is the sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hint {
    /// The workspace has no API.
    NoApis,
    /// These are the hostnames that exist.
    Hosts(Vec<(String, ApiId)>),
    /// These are the base paths of the custom domain name, as URLs.
    BasePaths(Vec<String>),
    /// The API has no stage at all.
    NoStages,
    /// The stage was left out of a URL that would be right with it.
    StageFirst {
        /// The URL that would be right.
        url: String,
    },
    /// These are the stages that exist.
    Stages(Vec<StageName>),
    /// The stage is in the URL twice.
    StageTwice {
        /// The URL that would be right.
        url: String,
    },
    /// The working copy has what the snapshot lacks.
    Deploy {
        /// `/orders` or `PUT /users`.
        what: String,
        /// The stage.
        stage: StageName,
        /// The number of the deployment that it points at.
        points_at: u32,
    },
    /// Of a stage and its canary only one has it, and the other took the request.
    Canary {
        /// `/orders` or `PUT /users`.
        what: String,
        /// The stage.
        stage: StageName,
        /// The number of the deployment that has it.
        has: u32,
        /// The number of the deployment that took the request.
        took: u32,
        /// Whether it was the canary that took the request.
        canary: bool,
    },
    /// Another deployment has what this one lacks.
    PointAt {
        /// `/orders` or `PUT /users`.
        what: String,
        /// The stage.
        stage: StageName,
        /// The number of the deployment that it points at.
        points_at: u32,
        /// The number of the newest deployment that has it.
        other: u32,
    },
    /// Only upper and lower case are wrong.
    Case {
        /// The path that would be right.
        path: String,
    },
    /// The stage's cache holds an answer of a deployment that is not the one that would answer now.
    Flush {
        /// The stage.
        stage: StageName,
        /// The number of the deployment that would answer; `D1` is 1.
        now: u32,
        /// The number of the deployment that answered once; none when it is gone.
        then: Option<u32>,
    },
    /// The body is bytes where a template is to read it.
    ConvertToText {
        /// The integration response that has the template; `None` for the integration itself.
        response: Option<StatusCode>,
        /// The binary media types of the API that answered.
        types: Vec<String>,
        /// The stage.
        stage: StageName,
        /// Whether the working copy has been changed already.
        changed: bool,
    },
    /// The working copy has switched the endpoint on or the API public, but that is not deployed.
    DeploySettings(StageName),
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoApis => f.write_str("Create an API first."),
            Self::Hosts(hosts) => {
                f.write_str("The hostnames of this workspace: ")?;
                list(f, hosts.iter().map(|(host, _)| host.as_str()))
            }
            Self::BasePaths(urls) if urls.is_empty() => f.write_str("Map the domain name to an API and a stage first."),
            Self::BasePaths(urls) => {
                f.write_str("The mappings of the domain name: ")?;
                list(f, urls.iter().map(String::as_str))
            }
            Self::NoStages => {
                f.write_str("The API has no stage yet. Deploy it to a new stage, and the stage has a URL.")
            }
            Self::StageFirst { url } => write!(f, "Put the stage before the path: {url}"),
            Self::Stages(names) => {
                f.write_str("The stages of this API: ")?;
                list(f, names.iter().map(StageName::as_str))?;
                f.write_str(" Deploying to a new stage makes another.")
            }
            Self::StageTwice { url } => write!(f, "The stage is in the URL twice: {url}"),
            Self::Deploy { what, stage, points_at } => write!(
                f,
                "The working copy has {what}, but {stage} points at D{points_at}, made before it: deploy to {stage}."
            ),
            Self::Canary { what, stage, has, took, canary: true } => write!(
                f,
                "D{has}, which {stage} points at, has {what}; its canary D{took}, which took this request, has not."
            ),
            Self::Canary { what, stage, has, took, canary: false } => write!(
                f,
                "D{has}, the canary of {stage}, has {what}; D{took}, which took this request, has not: promote the canary."
            ),
            Self::PointAt { what, stage, points_at, other } => {
                write!(f, "D{other} has {what}, but {stage} points at D{points_at}: point {stage} at D{other}.")
            }
            Self::Case { path } => write!(f, "Upper and lower case count: the path is {path}."),
            Self::Flush { stage, now, then } => {
                f.write_str("The cache kept this answer ")?;
                match then {
                    Some(then) => write!(f, "of D{then}")?,
                    None => f.write_str("of a deployment that is gone")?,
                }
                write!(f, ": empty the cache of {stage} to have D{now} answer.")
            }
            Self::ConvertToText { stage, changed: true, .. } => {
                write!(f, "The working copy converts the body to text, but that is not deployed: deploy to {stage}.")
            }
            Self::ConvertToText { response, types, stage, changed: false } => {
                match types.is_empty() {
                    true => f.write_str("The body is converted to bytes")?,
                    false => write!(f, "The API's binary media types ({}) make the body bytes", types.join(", "))?,
                }
                f.write_str(", which no template reads: set contentHandling of the integration")?;
                if let Some(status) = response {
                    write!(f, " response {status}")?;
                }
                write!(f, " to CONVERT_TO_TEXT and deploy to {stage}.")?;
                if types.is_empty() { Ok(()) } else { f.write_str(" A test of the method does not show this.") }
            }
            Self::DeploySettings(stage) => {
                write!(
                    f,
                    "The working copy's endpoint is open to callers, but that is not deployed: deploy to {stage}."
                )
            }
        }
    }
}

fn list<'a>(f: &mut fmt::Formatter<'_>, names: impl Iterator<Item = &'a str>) -> fmt::Result {
    const SHOWN: usize = 10;
    for (at, name) in names.enumerate() {
        match at {
            0 => f.write_str(name)?,
            SHOWN => return f.write_str(", and more."),
            _ => write!(f, ", {name}")?,
        }
    }
    f.write_str(".")
}

/// Returns what to do about an answer, as the workspace stands now. `None` when the trace already says it all.
pub fn explain(ws: &Workspace, invocation: &Invocation) -> Option<Hint> {
    if let Some(Step::Cache(step)) = invocation.trace.step(StepKind::Cache) {
        return about_cache(ws, invocation, step);
    }
    let failed = invocation.trace.failed()?;
    let url = Url::parse(&invocation.request.url).ok()?;
    let domain = endpoint::custom_domain(ws, &url);
    let mapping = domain.and_then(|domain| base_path::look_up(domain, &url.path).ok());
    let path = StagePath::of(&url.path, mapping);
    let api = invocation.api_id.as_ref().and_then(|id| ws.api(id));
    match failed.kind() {
        StepKind::Hostname => about_host(ws),
        StepKind::BasePath => domain.map(|domain| about_mappings(domain)),
        StepKind::Stage if mapping.is_some() => Some(about_mapped_stage(api?)),
        StepKind::Stage => about_stage(api?, invocation, &url, &path),
        StepKind::Path | StepKind::Method => about_route(api?, invocation, &url, &path, mapping.is_some()),
        StepKind::IntegrationRequest | StepKind::IntegrationResponse => about_payload(api?, invocation, failed),
        _ => None,
    }
}

fn about_cache(ws: &Workspace, invocation: &Invocation, step: &CacheStep) -> Option<Hint> {
    let CacheStep::Hit { deployment, .. } = step else { return None };
    let (stage, now) = (invocation.stage.clone()?, invocation.deployment_number?);
    if invocation.deployment_id.as_ref() == Some(deployment) {
        return None;
    }
    let then = ws.api(invocation.api_id.as_ref()?)?.deployments.get(deployment).map(|then| then.number);
    Some(Hint::Flush { stage, now, then })
}

fn about_host(ws: &Workspace) -> Option<Hint> {
    if ws.rest_apis.is_empty() {
        return Some(Hint::NoApis);
    }
    let hosts = ws.rest_apis.keys().take(11).map(|id| (ws.place.execute_api_host(id), id.clone()));
    Some(Hint::Hosts(hosts.collect()))
}

fn about_mappings(domain: &DomainName) -> Hint {
    let url = |segment: &str| [PROTOCOL, &domain.name, "/", segment].concat();
    Hint::BasePaths(domain.mappings.values().take(11).map(|mapping| url(mapping.segment())).collect())
}

/// Advises about the stage, which stands after the base path there, or in the mapping.
fn about_mapped_stage(api: &RestApi) -> Hint {
    match api.stages.is_empty() {
        true => Hint::NoStages,
        false => Hint::Stages(api.stages.keys().take(11).cloned().collect()),
    }
}

fn about_stage(api: &RestApi, invocation: &Invocation, url: &Url<'_>, path: &StagePath<'_>) -> Option<Hint> {
    if let Some(name) = &invocation.stage {
        let settings = &api.config.settings;
        let private = settings.endpoint.endpoint_type == EndpointType::Private;
        let open = !settings.disable_execute_api_endpoint && !private;
        return open.then(|| Hint::DeploySettings(name.clone()));
    }
    if api.stages.is_empty() {
        return Some(Hint::NoStages);
    }
    // The same URL with a stage in front, if one would answer it: the path was right, only the stage was left out.
    let fitting = api.stages.values().find(|stage| {
        let deployment = api.deployment_of(stage);
        deployment.is_some_and(|deployment| routes(&deployment.config, path.whole, &invocation.request.method))
    });
    Some(match fitting {
        Some(stage) => {
            let query = if url.query.is_empty() { String::new() } else { ["?", &*url.query].concat() };
            Hint::StageFirst { url: [PROTOCOL, &url.host, "/", &stage.name, path.whole, &query].concat() }
        }
        None => Hint::Stages(api.stages.keys().take(11).cloned().collect()),
    })
}

fn about_route(
    api: &RestApi,
    invocation: &Invocation,
    url: &Url<'_>,
    path: &StagePath<'_>,
    mapped: bool,
) -> Option<Hint> {
    let stage = invocation.stage.clone()?;
    let points_at = invocation.deployment_number?;
    let (verb, what) = asked(invocation, path);
    let has = |config: &ApiConfig, path: &str| routes(config, path, verb);
    if let Some((canary, other)) = other_half(api, invocation, &stage)
        && has(&other.config, path.resource_path)
    {
        return Some(Hint::Canary { what, stage, has: other.number, took: points_at, canary });
    }
    if has(&api.config, path.resource_path) {
        return Some(Hint::Deploy { what, stage, points_at });
    }
    let mut others = api.deployments_newest_first().into_iter().take(50);
    if let Some(other) = others.find(|other| other.number != points_at && has(&other.config, path.resource_path)) {
        return Some(Hint::PointAt { what, stage, points_at, other: other.number });
    }
    let snapshot = invocation.deployment_id.as_ref().and_then(|id| api.deployments.get(id))?;
    let inner = StagePath::split(path.resource_path);
    if !mapped && inner.stage == stage.as_str() && has(&snapshot.config, inner.resource_path) {
        let url = [PROTOCOL, &url.host, "/", &stage, inner.resource_path].concat();
        return Some(Hint::StageTwice { url });
    }
    other_case(&snapshot.config, path.resource_path).map(|path| Hint::Case { path })
}

/// Says how a template gets a text to read.
fn about_payload(api: &RestApi, invocation: &Invocation, failed: &Step) -> Option<Hint> {
    let response = match failed {
        Step::IntegrationRequest(step) if step.payload_fault == Some(PayloadFault::BytesForTemplate) => None,
        Step::IntegrationResponse(step) if step.payload_fault == Some(PayloadFault::BytesForTemplate) => step.chosen,
        _ => return None,
    };
    let stage = invocation.stage.clone()?;
    let (resource, verb) = (invocation.resource_id.as_ref()?, invocation.method?);
    let handling = |config: &ApiConfig| -> Option<ContentHandling> {
        let integration = config.resource(resource)?.methods.get(&verb)?.integration.as_ref()?;
        match response {
            Some(status) => integration.responses.get(&status)?.content_handling,
            None => integration.content_handling,
        }
    };
    let snapshot = invocation.deployment_id.as_ref().and_then(|id| api.deployments.get(id))?;
    let types = |config: &ApiConfig| config.settings.binary_media_types.clone();
    let changed = handling(&api.config) == Some(ContentHandling::ConvertToText)
        || (handling(&api.config).is_none() && types(&api.config).is_empty());
    Some(Hint::ConvertToText { response, types: types(&snapshot.config), stage, changed })
}

/// Returns the deployment of a stage with a canary that did not take the request; and whether the canary did.
fn other_half<'w>(api: &'w RestApi, invocation: &Invocation, stage: &StageName) -> Option<(bool, &'w Rc<Deployment>)> {
    let taken = invocation.canary?;
    let stage = api.stages.get(stage)?;
    let canary = stage.canary.as_ref()?;
    let other = if taken { &stage.deployment_id } else { &canary.deployment_id };
    api.deployments.get(other).map(|other| (taken, other))
}

/// Returns the verb that counted, and what the caller was after: the path, and the verb when only that is wrong.
fn asked<'i>(invocation: &'i Invocation, path: &StagePath<'_>) -> (&'i str, String) {
    match invocation.trace.step(StepKind::Method) {
        Some(Step::Method(step)) => (&step.asked, [&step.asked, " ", path.resource_path].concat()),
        _ => (&invocation.request.method, path.resource_path.to_owned()),
    }
}

fn routes(config: &ApiConfig, path: &str, verb: &str) -> bool {
    router::route(config, path, verb, false, &mut Trace::default()).is_ok()
}

/// Returns the path with each segment in the case in which the snapshot has it; `None` when that does not lead anywhere either.
fn other_case(config: &ApiConfig, path: &str) -> Option<String> {
    let mut at = config.resource(config.root_id())?;
    let mut out = String::new();
    let mut changed = false;
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        let exact = config.child(&at.id, segment);
        let part_of =
            |child: &&Rc<Resource>| child.path_part().is_some_and(|part| part.as_str().eq_ignore_ascii_case(segment));
        let child = match exact {
            Some(child) => child,
            None => match config.children(&at.id).find(part_of) {
                Some(child) => {
                    changed = true;
                    child
                }
                None => config.variable_child(&at.id)?,
            },
        };
        let part = child.path_part()?;
        out.push('/');
        out.push_str(if part.variable().is_some() { segment } else { part.as_str() });
        at = child;
    }
    (changed && !at.methods.is_empty()).then_some(out)
}
