//! Everything that exists at one moment.

use super::{Account, ApiId, Place, RestApi};
use crate::collections::SharedMap;
use std::rc::Rc;

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// Returns whole seconds, as AWS's wire has them.
    pub fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }
}

/// Quotas. On AWS most can be raised on request; here they are a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Resources per API, the root included.
    pub resources_per_api: usize,
    /// Stages per API.
    pub stages_per_api: usize,
    /// Variables per stage.
    pub variables_per_stage: usize,
    /// Characters in a stage variable's name.
    pub variable_name_length: usize,
    /// Characters in a stage variable's value.
    pub variable_value_length: usize,
    /// Edge-optimised APIs per region.
    pub edge_apis: usize,
    /// Regional, and separately private, APIs per region.
    pub regional_apis: usize,
    /// Bytes in a mapping template.
    pub template_bytes: usize,
    /// Tags on one thing.
    pub tags: usize,
    /// Public custom domain names per region.
    pub public_domain_names: usize,
    /// Private custom domain names per region.
    pub private_domain_names: usize,
    /// API keys per region.
    pub api_keys: usize,
    /// Usage plans per region.
    pub usage_plans: usize,
    /// Usage plans that hold one key.
    pub plans_per_key: usize,
    /// Methods with a limit of their own, per stage of a usage plan.
    pub method_throttles: usize,
    /// Client certificates per region.
    pub client_certificates: usize,
    /// Authorizers per API.
    pub authorizers_per_api: usize,
    /// Request validators per API.
    pub request_validators_per_api: usize,
    /// Documentation parts per API.
    pub documentation_parts_per_api: usize,
    /// VPC links per region.
    pub vpc_links: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            resources_per_api: 300,
            stages_per_api: 10,
            variables_per_stage: 100,
            variable_name_length: 64,
            variable_value_length: 512,
            edge_apis: 120,
            regional_apis: 600,
            template_bytes: 300 * 1024,
            tags: 50,
            public_domain_names: 120,
            private_domain_names: 50,
            api_keys: 10_000,
            usage_plans: 300,
            plans_per_key: 10,
            method_throttles: 20,
            client_certificates: 60,
            authorizers_per_api: 10,
            request_validators_per_api: 20,
            documentation_parts_per_api: 2000,
            vpc_links: 20,
        }
    }
}

/// Everything that exists: a value. Cloning one costs a few pointers; `control_plane` makes the next from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workspace {
    /// Region and account.
    pub place: Place,
    /// The APIs.
    pub rest_apis: SharedMap<ApiId, Rc<RestApi>>,
    /// The things that the account has beside them.
    pub account: Rc<Account>,
    /// The quotas in force.
    pub limits: Rc<Limits>,
}

impl Workspace {
    /// Finds an API by its id.
    pub fn api(&self, id: &str) -> Option<&Rc<RestApi>> {
        self.rest_apis.get(id)
    }
}
