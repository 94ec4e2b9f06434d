//! Everything that a control-plane request can be refused with: AWS's sentence, and a hint for a learner.
//!
//! A sentence whose source is not a recording or the documentation says so: *reported* (public reports of the real
//! service) or *assumed* (nothing known; ours in AWS's style).

use std::rc::Rc;
use thiserror::Error;

/// A refused request. `Display` is the `message` that AWS sends.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ApiError {
    /// A constraint of the model is violated; reported before anything is looked up (recorded).
    #[error("{}", validation_text(.0))]
    Validation(Vec<Violation>),
    /// A member has the wrong JSON type (recorded for texts).
    #[error("{message}")]
    Serialization {
        /// The member.
        field: String,
        /// AWS's sentence.
        message: String,
    },
    /// No such API (recorded).
    #[error("Invalid API identifier specified {account}:{api}")]
    UnknownApi {
        /// The account.
        account: String,
        /// The id asked for.
        api: String,
    },
    /// No such object (recorded; deployment and stage inferred from emulators).
    #[error("Invalid {0} identifier specified")]
    Unknown(Noun),
    /// No such method response or integration response (recorded).
    #[error("Invalid Response status code specified")]
    UnknownResponse,
    /// `PutIntegrationResponse` before `PutIntegration` (reported).
    #[error("No integration defined for method")]
    NoIntegrationYet,
    /// `CreateDeployment` while a method has no integration (reported).
    #[error("No integration defined for method")]
    MethodsWithoutIntegration {
        /// Those methods, as `GET /users`; the first few.
        methods: Vec<String>,
    },
    /// `CreateDeployment` on an API without methods (reported).
    #[error("The REST API doesn't contain any methods")]
    NoMethods,
    /// A deployment that a stage points to cannot go (recorded).
    #[error("Active stages pointing to this deployment must be moved or deleted")]
    DeploymentInUse {
        /// The stages that point to it.
        stages: Vec<String>,
        /// The stages whose canary has it.
        canaries: Vec<String>,
    },
    /// A plain deployment to a stage with a canary (reported).
    #[error(
        "Invalid deployment content specified.Non canary deployment not supported on stage {stage} because Canary is enabled. Provide CanarySettings in deploymentInput."
    )]
    CanaryEnabled {
        /// The stage.
        stage: String,
    },
    /// Execution logs without a role that may write them (reported).
    #[error("CloudWatch Logs role ARN must be set in account settings to enable logging")]
    NoLogsRole,
    /// A client certificate that a stage shows to its backends cannot go (the rule and the sentence are assumed).
    #[error("Client certificate is in use by stages and cannot be deleted: {}", .stages.join(", "))]
    ClientCertificateInUse {
        /// API and stage, as `a1b2c3d4e5:prod`.
        stages: Vec<String>,
    },
    /// A deployment id given to a stage does not exist (recorded for canaries; inferred for the stage's own).
    #[error("Deployment id does not exist")]
    UnknownDeploymentForStage {
        /// The id asked for.
        deployment: String,
    },
    /// A second stage of that name (reported).
    #[error("Stage already exists")]
    StageExists {
        /// The name.
        name: String,
    },
    /// The stage name has a character that is not allowed (reported; the hyphen is allowed, whatever the sentence says).
    #[error("Stage name only allows a-zA-Z0-9_")]
    StageName {
        /// The name given.
        name: String,
    },
    /// A stage variable's name (reported).
    #[error("Invalid stage variable name: {0}.  Please use names with only word characters.")]
    VariableName(String),
    /// A stage variable's value (reported).
    #[error(
        "Invalid stage variable value: {value}.  Please use values with alphanumeric characters and the symbols ' ', -', '.', '_', ':', '/', '?', '&', '=', and ','."
    )]
    VariableValue {
        /// The variable.
        name: String,
        /// The value given.
        value: String,
    },
    /// Two children of one resource with the same path part (recorded).
    #[error("Another resource with the same parent already has this name: {0}")]
    PathPartTaken(String),
    /// A second variable child (recorded).
    #[error("A sibling ({0}) of this resource already has a variable path part -- only one is allowed")]
    VariableSibling(String),
    /// A child under `{proxy+}` (recorded).
    #[error("Cannot create a child of a resource with a greedy path variable: {0}")]
    ChildOfGreedy(String),
    /// A resource moved below itself (recorded).
    #[error("Resources cannot be cyclical.")]
    Cyclical,
    /// The root's own members (recorded).
    #[error("Root resource cannot update its {0}.")]
    RootFixed(&'static str),
    /// The root cannot go (reported; the full stop is assumed).
    #[error("Root resource cannot be deleted.")]
    RootUndeletable,
    /// A path part outside the grammar (reported).
    #[error(
        "Resource's path part only allow a-zA-Z0-9._- and curly braces at the beginning and the end and an optional plus sign before the closing brace."
    )]
    PathPart {
        /// The part given.
        part: String,
    },
    /// An unknown verb (recorded).
    #[error("Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY")]
    HttpMethod,
    /// The resource already has this method (reported).
    #[error("Method already exists for this resource")]
    MethodExists,
    /// The method already declares this status (reported).
    #[error("Response already exists for this resource")]
    ResponseExists,
    /// A member or a patch operation that AWS refuses with one sentence of its own.
    #[error("{message}")]
    Invalid {
        /// The member it is about.
        field: &'static str,
        /// AWS's sentence.
        message: Rc<str>,
    },
    /// Something that is there already stands in the way, and AWS says so in a sentence of its own.
    #[error("{message}")]
    Conflict {
        /// The member it is about.
        field: &'static str,
        /// AWS's sentence.
        message: Rc<str>,
    },
    /// Something that a member names does not exist, and AWS's sentence repeats the name.
    #[error("{message}")]
    Missing {
        /// The member it is about.
        field: &'static str,
        /// AWS's sentence.
        message: Rc<str>,
    },
    /// An API that domain names map to cannot go (reported).
    #[error(
        "Deleting RestApi {api} failed. Please remove all base path mappings related to the RestApi in your domains: {}",
        .domains.join(", ")
    )]
    ApiMapped {
        /// The API.
        api: String,
        /// The domain names that map to it.
        domains: Vec<String>,
    },
    /// A part that is addressed by a patch or named by a member does not exist (recorded).
    #[error("{0}")]
    NotFound(&'static str),
    /// No such model (recorded).
    #[error("Invalid model name specified: {0}")]
    UnknownModel(String),
    /// Something cannot be deleted while something else names it (recorded for models, reported for authorizers).
    #[error("Cannot delete {what} '{name}', is referenced in {place}")]
    InUse {
        /// The kind of thing, in AWS's word.
        what: &'static str,
        /// Its name.
        name: String,
        /// The place that names it.
        place: String,
    },
    /// A quota (reported for resources; assumed for the others).
    #[error("{0}")]
    Limit(Rc<str>),
    /// Something AWS has and Stagecraft does not model yet. The sentence is ours, and says so.
    #[error("Stagecraft does not model {0} yet; the real service would accept it.")]
    NotModelled(Rc<str>),
    /// The workspace is shown as it was at an earlier moment. The sentence is ours.
    #[error("Stagecraft shows an earlier moment of this workspace, and nothing can be changed there.")]
    EarlierMoment,
    /// No such operation (AWS answers an unknown URI so; assumed for this service).
    #[error("Unable to determine service/operation name to be authorized")]
    UnknownOperation,
}

/// A kind of object, as AWS's sentences name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noun {
    /// A resource.
    Resource,
    /// A method.
    Method,
    /// An integration.
    Integration,
    /// A deployment.
    Deployment,
    /// A stage.
    Stage,
    /// A request validator.
    RequestValidator,
    /// A custom domain name.
    DomainName,
    /// A base path mapping.
    BasePathMapping,
    /// An API key.
    ApiKey,
    /// A client certificate.
    ClientCertificate,
    /// An authorizer.
    Authorizer,
    /// A documentation part.
    DocumentationPart,
    /// A VPC link.
    VpcLink,
}

impl std::fmt::Display for Noun {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Resource => "Resource",
            Self::Method => "Method",
            Self::Integration => "Integration",
            Self::Deployment => "Deployment",
            Self::Stage => "Stage",
            Self::RequestValidator => "Request Validator",
            Self::DomainName => "domain name",
            Self::BasePathMapping => "base path mapping",
            Self::ApiKey => "API Key",
            Self::ClientCertificate => "Client Certificate",
            Self::Authorizer => "Authorizer",
            Self::DocumentationPart => "Documentation part",
            Self::VpcLink => "Vpc Link",
        })
    }
}

/// One entry of a `ValidationException`.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// The value given; `None` when it is missing.
    pub value: Option<String>,
    /// Where, in AWS's notation (`putIntegrationInput.type`, `statusCode`).
    pub place: String,
    /// The constraint, after `Member must `.
    pub constraint: String,
}

fn validation_text(violations: &[Violation]) -> String {
    let entries: Vec<String> = violations
        .iter()
        .map(|v| {
            let value = v.value.as_ref().map_or_else(|| "null".to_owned(), |value| format!("'{value}'"));
            format!("Value {value} at '{}' failed to satisfy constraint: Member must {}", v.place, v.constraint)
        })
        .collect();
    let errors = if entries.len() == 1 { "error" } else { "errors" };
    format!("{} validation {errors} detected: {}", entries.len(), entries.join("; "))
}

impl ApiError {
    /// Makes a refusal with a sentence of its own, about one member.
    pub(crate) fn invalid(field: &'static str, message: impl Into<Rc<str>>) -> Self {
        Self::Invalid { field, message: message.into() }
    }

    /// Makes a conflict with a sentence of its own, about one member.
    pub(crate) fn conflict(field: &'static str, message: impl Into<Rc<str>>) -> Self {
        Self::Conflict { field, message: message.into() }
    }

    /// Returns the error type: the `x-amzn-ErrorType` header, and the code that the AWS CLI prints in brackets.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Validation(_) => "ValidationException",
            Self::Serialization { .. } => "SerializationException",
            Self::UnknownApi { .. }
            | Self::Unknown(_)
            | Self::UnknownResponse
            | Self::UnknownModel(_)
            | Self::NoIntegrationYet
            | Self::Missing { .. }
            | Self::NotFound(_) => "NotFoundException",
            Self::Conflict { .. }
            | Self::StageExists { .. }
            | Self::PathPartTaken(_)
            | Self::MethodExists
            | Self::ResponseExists
            | Self::InUse { .. } => "ConflictException",
            Self::Limit(_) => "LimitExceededException",
            Self::NotModelled(_) => "NotModelledException",
            Self::UnknownOperation => "AccessDeniedException",
            Self::EarlierMoment => "ReadOnlyException",
            _ => "BadRequestException",
        }
    }

    /// Returns the HTTP status of the answer.
    pub fn http_status(&self) -> u16 {
        match self.code() {
            "NotFoundException" => 404,
            "ConflictException" | "ReadOnlyException" => 409,
            "LimitExceededException" => 429,
            "NotModelledException" => 501,
            "AccessDeniedException" => 403,
            _ => 400,
        }
    }

    /// Returns the input member that is to blame, in the SDK's spelling, so that a form can show the error at its field.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Validation(violations) => {
                violations.first().map(|v| v.place.rsplit('.').next().unwrap_or(v.place.as_str()))
            }
            Self::Serialization { field, .. } => Some(field),
            Self::Invalid { field, .. } | Self::Conflict { field, .. } | Self::Missing { field, .. } => Some(field),
            Self::Unknown(Noun::DomainName) => Some("domainName"),
            Self::Unknown(Noun::BasePathMapping) => Some("basePath"),
            Self::Unknown(Noun::ApiKey) => Some("apiKey"),
            Self::UnknownApi { .. } | Self::ApiMapped { .. } => Some("restApiId"),
            Self::UnknownModel(_) => Some("modelName"),
            Self::Unknown(Noun::Authorizer) => Some("authorizerId"),
            Self::Unknown(Noun::DocumentationPart) => Some("documentationPartId"),
            Self::Unknown(Noun::VpcLink) => Some("vpcLinkId"),
            Self::Unknown(Noun::Resource) => Some("resourceId"),
            Self::Unknown(Noun::RequestValidator) => Some("requestValidatorId"),
            Self::Unknown(Noun::Stage)
            | Self::StageExists { .. }
            | Self::StageName { .. }
            | Self::CanaryEnabled { .. } => Some("stageName"),
            Self::Unknown(Noun::ClientCertificate) | Self::ClientCertificateInUse { .. } => Some("clientCertificateId"),
            Self::Unknown(Noun::Deployment) | Self::UnknownDeploymentForStage { .. } | Self::DeploymentInUse { .. } => {
                Some("deploymentId")
            }
            Self::VariableName(_) | Self::VariableValue { .. } => Some("variables"),
            Self::PathPartTaken(_) | Self::VariableSibling(_) | Self::PathPart { .. } => Some("pathPart"),
            Self::ChildOfGreedy(_) | Self::Cyclical => Some("parentId"),
            Self::HttpMethod | Self::MethodExists | Self::Unknown(Noun::Method) => Some("httpMethod"),
            Self::UnknownResponse | Self::ResponseExists => Some("statusCode"),
            _ => None,
        }
    }

    /// Tells a learner how to go on, in a sentence; `None` when AWS's own sentence says enough.
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::UnknownApi { .. } => "There is no API with this id in the workspace. Ids are case-sensitive.".into(),
            Self::NoMethods => {
                "Create a method on a resource first; a deployment without methods would answer nothing.".into()
            }
            Self::MethodsWithoutIntegration { methods } => {
                format!("Give every method an integration, or delete it. Missing: {}.", methods.join(", "))
            }
            Self::ApiMapped { domains, .. } => {
                format!("Delete the mappings to this API first, in {}; or map them to another API.", domains.join(", "))
            }
            Self::NoIntegrationYet => "Put the method's integration first; its responses belong to it.".into(),
            Self::DeploymentInUse { stages, canaries } => in_use(stages, canaries),
            Self::CanaryEnabled { stage } => {
                format!("Deploy to the canary of {stage}, or promote or delete the canary first.")
            }
            Self::NoLogsRole => {
                "Set cloudwatchRoleArn in the account's settings first: the role with which API Gateway writes logs."
                    .into()
            }
            Self::ClientCertificateInUse { .. } => "Take it away from those stages first.".into(),
            Self::UnknownDeploymentForStage { .. } => {
                "Choose one of this API's deployments; deploy first when there is none.".into()
            }
            Self::StageExists { name } => format!("Deploy to {name}, or choose another name."),
            Self::StageName { .. } => "Use letters, digits, hyphens and underscores: 1 to 128 of them.".into(),
            Self::VariableName(_) => "Use letters, digits and underscores.".into(),
            Self::VariableValue { .. } => "Use letters, digits and -._~:/?#&=, and at least one character.".into(),
            Self::PathPart { .. } => {
                "One segment, without slash: users, {userId} for a variable, or {proxy+} for all that follows.".into()
            }
            Self::VariableSibling(sibling) => format!("Rename or delete {sibling}, or use it."),
            Self::ChildOfGreedy(_) => {
                "A greedy variable takes the whole rest of the path; put the child beside it.".into()
            }
            Self::MethodExists => "Edit the method that is there, or delete it first.".into(),
            Self::ResponseExists => "Edit the response that is there, or delete it first.".into(),
            Self::UnknownResponse => "Put a response with this status first, or use a status that is there.".into(),
            Self::InUse { place, .. } => format!("Change what refers to it first: {place}."),
            Self::EarlierMoment => "Go back to now first; or restore this moment, or fork it.".into(),
            Self::NotModelled(_) => "Leave it out here, and set it in the real console or CLI.".into(),
            _ => return None,
        };
        Some(hint)
    }
}

/// Tells how to go on with a deployment that is held.
fn in_use(stages: &[String], canaries: &[String]) -> String {
    let mut out = match stages {
        [] => String::new(),
        [name] => {
            format!("The stage {name} points to it. Point {name} to another deployment, or delete the stage.")
        }
        names => {
            let names = names.join(", ");
            format!("The stages {names} point to it. Point each to another deployment, or delete them.")
        }
    };
    if !canaries.is_empty() {
        let space = if out.is_empty() { "" } else { " " };
        out.push_str(&format!("{space}It is the canary of {}. Delete the canary first.", canaries.join(", ")));
    }
    out
}
