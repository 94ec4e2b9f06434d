//! Holds what exists: APIs with their resources, deployments and stages, as plain data that shares structure between versions.
//!
//! Nothing here decides what is allowed to happen (that is `control_plane`) and nothing here answers traffic (that is
//! `data_plane`). A value that can be wrong in itself, such as a stage name, can only be built valid. Everything is `Eq`, which
//! makes comparing two `Rc`s of the same allocation free: that is what keeps comparing two versions of an API cheap.

mod account;
mod api_config;
mod api_key;
mod client_certificate;
mod deployment;
mod documentation;
mod domain_name;
mod edition;
mod gateway_response;
mod ids;
mod integration;
mod method;
mod parts;
mod place;
mod resource;
mod rest_api;
mod stage;
mod stage_settings;
mod usage;
mod usage_plan;
mod vpc_link;
mod workspace;

pub use account::Account;
pub use api_config::{ApiConfig, ApiSettings, EndpointConfiguration, EndpointType, IpAddressType};
pub use api_key::ApiKey;
pub use client_certificate::ClientCertificate;
pub use deployment::Deployment;
pub use documentation::{
    Documentation, DocumentationLocation, DocumentationPart, DocumentationPartType, DocumentationVersion,
};
pub use domain_name::{BasePathMapping, DomainCertificate, DomainName, MutualTls, NO_BASE_PATH, RoutingMode};
pub use edition::Edition;
pub use gateway_response::{GatewayResponse, GatewayResponseType};
pub use ids::{ApiId, AuthorizerId, ClientCertificateId, DeploymentId, ModelId, RequestValidatorId, ResourceId};
pub use integration::{
    ConnectionType, ContentHandling, Integration, IntegrationResponse, IntegrationType, PassthroughBehavior, TlsConfig,
};
pub use method::{AuthorizationType, GivenEmpty, HttpMethod, Method, MethodResponse, StatusCode};
pub use parts::{ApiParts, Authorizer, AuthorizerType, Model, Models, RequestValidator};
pub use place::{AccountId, Partition, Place, Region};
pub use resource::{PathPart, PathPartKind, Resource};
pub use rest_api::RestApi;
pub use stage::{Stage, StageName, VariableName, VariableValue};
pub use stage_settings::{
    ALL_METHODS, AccessLogSettings, CacheClusterSize, CacheControlStrategy, Canary, Double, LoggingLevel,
    MethodSettings,
};
pub use usage::{Day, KeyUsage, Usage};
pub use usage_plan::{Period, PlanKey, PlanStage, Quota, Rate, Throttle, UsagePlan};
pub use vpc_link::VpcLink;
pub use workspace::{Limits, Timestamp, Workspace};
