//! Answers the calls of invoke URLs.
//!
//! [`invoke()`] reads a workspace and never changes it. Past the choice of the stage everything is handed the
//! `&ApiConfig` that the stage's deployment froze, so the working copy cannot influence an answer. Only [`explain()`] and
//! [`would_answer`], which talk *about* an answer, look at the working copy.
//!
//! One file per step, in the order of `invoke`: `endpoint`, `base_path`, `stage`, `size`, `router`, `authorize` (with
//! `resource_policy`, `authorizer`, `function`, `grants` and `user_pool`), `api_key` (with `meters`), `throttle`, `validation`,
//! `cache`, `integration_request`, `integration` (with `backend_call`), `integration_response`, `method_response`,
//! `compression`, `response`, `access_log`; `gateway_response` with `gateway_template` where a step fails, and `own_answer`
//! where AWS would not answer at all. Templates and mappings are run by `template` and `mapping`, which see `context`; `payload`
//! knows text from bytes. `backends` is the port to whatever is behind an API, `local` its implementation without a network.

mod access_log;
mod api_key;
mod authorize;
mod authorizer;
mod backend_call;
mod backends;
mod base_path;
mod cache;
mod comparison;
mod compression;
mod context;
mod endpoint;
mod explain;
mod function;
mod gateway_response;
mod gateway_template;
mod grants;
mod integration;
mod integration_request;
mod integration_response;
mod invoke;
mod local;
mod mapping;
mod message;
mod meters;
mod method_response;
mod own_answer;
mod payload;
mod resource_policy;
mod response;
mod router;
mod runtime;
mod size;
mod stage;
mod template;
mod test_invoke;
mod throttle;
mod trace;
mod url;
pub mod urls;
mod user_pool;
mod validation;

#[cfg(all(test, not(target_arch = "wasm32")))]
pub(crate) mod fixture;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

pub use crate::entities::GatewayResponseType;
pub use access_log::AccessLogLine;
pub use api_key::ApiKeyStep;
pub use authorize::AuthorizationStep;
pub use backends::{BackendAnswer, BackendCall, BackendFault, Backends, Nobody, Origin, Purpose, Reply};
pub use base_path::BasePathStep;
pub use cache::CacheStep;
pub use comparison::{Comparison, would_answer};
pub use compression::Coded;
pub use context::SOURCE_IP;
pub use endpoint::HostnameStep;
pub use explain::{Hint, explain};
pub use gateway_response::GatewayResponseStep;
pub use integration::{IntegrationResult, IntegrationStep};
pub use integration_request::{IntegrationRequestStep, RequestBody};
pub use integration_response::{IntegrationResponseStep, ResponseCandidate, ResponseVerdict};
pub use invoke::{Before, Call, invoke, invoke_at_once};
pub use local::Local;
pub use message::{AnsweredBy, Invocation, LARGEST_BODY, LARGEST_HEADERS, Request, Response};
pub use method_response::MethodResponseStep;
pub use own_answer::{OWN_ANSWER_HEADER, OwnAnswer};
pub use payload::{Payload, PayloadFault};
pub use router::{Candidate, Closest, MethodStep, PathStep, Verdict};
pub use runtime::{Runtime, StageCounters};
pub use size::SizeStep;
pub use stage::{CanaryDraw, StageStep};
pub use template::TemplateFault;
pub use test_invoke::{AuthorizerResult, TestPlace, TestRequest, TestResult, test_authorizer, test_method};
pub use throttle::ThrottleStep;
pub use trace::{Outcome, Step, StepKind, Trace};
pub use url::UrlFault;
pub use user_pool::TokenFault;
pub use validation::ValidationStep;

pub(crate) use gateway_response::{Refusal, Rendered};
pub(crate) use invoke::Halt;
