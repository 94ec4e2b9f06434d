//! Tells what an invocation did, step by step, as data. Each step's own type lives in the file of that step and makes its
//! sentence only when it is asked for, so that a trace costs little while traffic runs.

use super::{
    ApiKeyStep, AuthorizationStep, BasePathStep, CacheStep, GatewayResponseStep, HostnameStep, IntegrationRequestStep,
    IntegrationResponseStep, IntegrationStep, MethodResponseStep, MethodStep, OwnAnswer, PathStep, SizeStep, StageStep,
    ThrottleStep, ValidationStep,
};
use std::fmt;

/// The steps, in the order in which they are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StepKind {
    /// Hostname → API.
    Hostname,
    /// First path segment of a custom domain name → API, and mostly the stage; taken only there.
    BasePath,
    /// First path segment → stage → deployment.
    Stage,
    /// The size of the request; taken only when it is too large.
    Size,
    /// Rest of the path → resource.
    Path,
    /// Verb → method of that resource.
    Method,
    /// Whether the caller may.
    Authorization,
    /// Whether the caller has a key.
    ApiKey,
    /// Whether the stage lets the method be called so fast; taken only when it does not.
    Throttle,
    /// Whether parameters and body are as the method asks; taken only when it has a validator.
    Validation,
    /// The stage's cache; taken only where there is one.
    Cache,
    /// The request as the integration gets it.
    IntegrationRequest,
    /// The backend.
    Integration,
    /// The choice among the integration's responses, and what the chosen one makes of the backend's answer.
    IntegrationResponse,
    /// The answer that the method declares.
    MethodResponse,
    /// The answer of API Gateway itself when a step fails.
    GatewayResponse,
    /// The answer of Stagecraft itself where AWS would give none, or where it cannot do as AWS does.
    Stagecraft,
}

impl StepKind {
    /// All kinds, in order.
    pub const ALL: [Self; 17] = [
        Self::Hostname,
        Self::BasePath,
        Self::Stage,
        Self::Size,
        Self::Path,
        Self::Method,
        Self::Authorization,
        Self::ApiKey,
        Self::Throttle,
        Self::Validation,
        Self::Cache,
        Self::IntegrationRequest,
        Self::Integration,
        Self::IntegrationResponse,
        Self::MethodResponse,
        Self::GatewayResponse,
        Self::Stagecraft,
    ];

    /// Returns the name on screen.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hostname => "hostname",
            Self::BasePath => "base path",
            Self::Stage => "stage",
            Self::Size => "size",
            Self::Path => "path",
            Self::Method => "method",
            Self::Authorization => "authorization",
            Self::ApiKey => "API key",
            Self::Validation => "validation",
            Self::Throttle => "throttle",
            Self::Cache => "cache",
            Self::IntegrationRequest => "integration request",
            Self::Integration => "integration",
            Self::IntegrationResponse => "integration response",
            Self::MethodResponse => "method response",
            Self::GatewayResponse => "gateway response",
            Self::Stagecraft => "Stagecraft",
        }
    }
}

impl fmt::Display for StepKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The outcome of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The request went on.
    Passed,
    /// The request stopped here.
    Failed,
    /// There was nothing to do, or the request never came this far.
    Skipped,
}

impl Outcome {
    /// Returns the word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
        }
    }
}

/// One step, with what it found. `Display` is the reason in one or two short sentences.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Hostname → API.
    Hostname(HostnameStep),
    /// First path segment of a custom domain name → API and stage.
    BasePath(BasePathStep),
    /// First path segment → stage → deployment.
    Stage(StageStep),
    /// The size of the request.
    Size(SizeStep),
    /// Rest of the path → resource.
    Path(PathStep),
    /// Verb → method.
    Method(MethodStep),
    /// Whether the caller may.
    Authorization(AuthorizationStep),
    /// Whether the caller has a key.
    ApiKey(ApiKeyStep),
    /// Whether parameters and body are as the method asks.
    Validation(ValidationStep),
    /// Whether the stage lets the method be called so fast.
    Throttle(ThrottleStep),
    /// The stage's cache.
    Cache(CacheStep),
    /// The request as the integration gets it.
    IntegrationRequest(IntegrationRequestStep),
    /// The backend.
    Integration(IntegrationStep),
    /// The choice among the integration's responses.
    IntegrationResponse(IntegrationResponseStep),
    /// The answer that the method declares.
    MethodResponse(MethodResponseStep),
    /// The answer of API Gateway itself.
    GatewayResponse(GatewayResponseStep),
    /// The answer of Stagecraft itself.
    Stagecraft(OwnAnswer),
}

impl Step {
    /// Returns which step this is.
    pub fn kind(&self) -> StepKind {
        match self {
            Self::Hostname(_) => StepKind::Hostname,
            Self::BasePath(_) => StepKind::BasePath,
            Self::Stage(_) => StepKind::Stage,
            Self::Size(_) => StepKind::Size,
            Self::Path(_) => StepKind::Path,
            Self::Method(_) => StepKind::Method,
            Self::Authorization(_) => StepKind::Authorization,
            Self::ApiKey(_) => StepKind::ApiKey,
            Self::Validation(_) => StepKind::Validation,
            Self::Throttle(_) => StepKind::Throttle,
            Self::Cache(_) => StepKind::Cache,
            Self::IntegrationRequest(_) => StepKind::IntegrationRequest,
            Self::Integration(_) => StepKind::Integration,
            Self::IntegrationResponse(_) => StepKind::IntegrationResponse,
            Self::MethodResponse(_) => StepKind::MethodResponse,
            Self::GatewayResponse(_) => StepKind::GatewayResponse,
            Self::Stagecraft(_) => StepKind::Stagecraft,
        }
    }

    /// Returns how it went.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Hostname(step) => step.outcome(),
            Self::BasePath(step) => step.outcome(),
            Self::Stage(step) => step.outcome(),
            Self::Size(step) => step.outcome(),
            Self::Path(step) => step.outcome(),
            Self::Method(step) => step.outcome(),
            Self::Authorization(step) => step.outcome(),
            Self::ApiKey(step) => step.outcome(),
            Self::Validation(step) => step.outcome(),
            Self::Throttle(step) => step.outcome(),
            Self::Cache(step) => step.outcome(),
            Self::IntegrationRequest(step) => step.outcome(),
            Self::Integration(step) => step.outcome(),
            Self::IntegrationResponse(step) => step.outcome(),
            Self::MethodResponse(step) => step.outcome(),
            Self::GatewayResponse(_) | Self::Stagecraft(_) => Outcome::Passed,
        }
    }

    /// Returns the reason, as a text.
    pub fn reason(&self) -> String {
        self.to_string()
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hostname(step) => step.fmt(f),
            Self::BasePath(step) => step.fmt(f),
            Self::Stage(step) => step.fmt(f),
            Self::Size(step) => step.fmt(f),
            Self::Path(step) => step.fmt(f),
            Self::Method(step) => step.fmt(f),
            Self::Authorization(step) => step.fmt(f),
            Self::ApiKey(step) => step.fmt(f),
            Self::Validation(step) => step.fmt(f),
            Self::Throttle(step) => step.fmt(f),
            Self::Cache(step) => step.fmt(f),
            Self::IntegrationRequest(step) => step.fmt(f),
            Self::Integration(step) => step.fmt(f),
            Self::IntegrationResponse(step) => step.fmt(f),
            Self::MethodResponse(step) => step.fmt(f),
            Self::GatewayResponse(step) => step.fmt(f),
            Self::Stagecraft(step) => step.fmt(f),
        }
    }
}

/// The steps that an invocation took, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    /// The steps; those never reached are absent.
    pub steps: Vec<Step>,
}

impl Trace {
    pub(crate) fn new() -> Self {
        Self { steps: Vec::with_capacity(10) }
    }

    pub(crate) fn push(&mut self, step: Step) {
        self.steps.push(step);
    }

    /// Returns the step of a kind; `None` when the request never came so far.
    pub fn step(&self, kind: StepKind) -> Option<&Step> {
        self.steps.iter().find(|step| step.kind() == kind)
    }

    /// Returns how a step went; `Skipped` when the request never came so far.
    pub fn outcome(&self, kind: StepKind) -> Outcome {
        self.step(kind).map_or(Outcome::Skipped, Step::outcome)
    }

    /// Returns the step at which the request stopped; `None` when it went all the way.
    pub fn failed(&self) -> Option<&Step> {
        self.steps.iter().find(|step| step.outcome() == Outcome::Failed)
    }
}
