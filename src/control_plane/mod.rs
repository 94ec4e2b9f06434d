//! The only code that changes a workspace: AWS's operations, each with its validation, its errors and its answer.
//!
//! `Workspace::execute` is pure and all or nothing. Nothing here answers traffic, and nothing here knows a screen.

mod answer;
mod edits;
mod error;
mod member_types;
mod members;
mod operations;
mod page;
mod patch;
mod payload;
mod service;
mod world;

pub mod account;
pub mod api_key_import;
pub mod api_keys;
pub mod authorizers;
pub mod base_path_mappings;
pub mod canaries;
mod certificate_text;
pub mod checks;
pub mod client_certificates;
mod clones;
pub mod deployments;
pub mod documentation_import;
pub mod documentation_parts;
pub mod documentation_versions;
pub mod domain_names;
pub mod gateway_responses;
mod integration_checks;
pub mod integration_responses;
pub mod integrations;
mod mappings;
pub mod method_responses;
mod method_settings;
pub mod methods;
mod model_template;
pub mod models;
pub mod request_validators;
pub mod resources;
pub mod rest_apis;
mod stage_patches;
mod stage_variables;
pub mod stages;
pub mod tags;
pub mod test_invoke;
pub mod usage;
pub mod usage_plan_keys;
pub mod usage_plans;
pub mod vpc_links;

pub mod wire;

pub use error::{ApiError, Noun, Violation};
use members::Request;
pub use members::{Location, MemberRow, MemberType, Members, OperationRow};
pub(crate) use operations::LEFT_OUT;
pub use operations::{Command, OPERATIONS};
pub use patch::{PatchOperation, escape};
pub use payload::Payload;
pub(crate) use service::{LEFT_OUT_SERVICES, UnknownName, find_cli, find_stored, of_service};
pub use service::{OperationName, SERVICES, Service};
pub(crate) use world::World;

use crate::{
    entities::{Place, Workspace},
    env::Env,
};
use serde_json::Value;

/// The answer to a request that was carried out.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The HTTP status.
    pub status: u16,
    /// Its members in AWS's shape; `None` where AWS sends none.
    pub body: Option<Value>,
    /// The body, when that is no JSON; the members beside it say what it is.
    pub payload: Option<Payload>,
}

impl Outcome {
    /// Returns a text member of the answer, such as `id`.
    pub fn text(&self, member: &str) -> Option<&str> {
        self.body.as_ref()?.get(member)?.as_str()
    }
}

impl Workspace {
    /// Carries out a request: the workspace after it, and the answer.
    ///
    /// # Errors
    /// Whatever AWS refuses; `self` is never touched.
    pub fn execute(&self, command: &Command, env: &mut Env) -> Result<(Self, Outcome), ApiError> {
        self.carry_out(command.request(), command.row().success, env)
    }

    fn carry_out(&self, request: &dyn Request, status: u16, env: &mut Env) -> Result<(Self, Outcome), ApiError> {
        let violations = request.violations();
        if !violations.is_empty() {
            return Err(ApiError::Validation(violations));
        }
        let mut world = World { workspace: self.clone(), env, payload: None };
        let body = request.apply(&mut world)?;
        let (body, payload) = (Some(body).filter(|body| !body.is_null()), world.payload);
        Ok((world.workspace, Outcome { status, body, payload }))
    }

    /// Moves the workspace to another region or account: not an AWS operation, but a setting of the playground.
    pub fn moved_to(&self, place: Place) -> Self {
        Self { place, ..self.clone() }
    }
}
