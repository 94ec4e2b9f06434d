//! Holds what an account has in a region beside its APIs: custom domain names, API keys, usage plans, client certificates,
//! VPC links and settings of its own. None of it is part of a deployment, so all of it acts at once.

use super::{ApiKey, ClientCertificate, ClientCertificateId, DomainName, UsagePlan, VpcLink};
use crate::collections::SharedMap;
use std::rc::Rc;

/// Settings and possessions of the account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// The role with which API Gateway writes logs.
    pub cloudwatch_role_arn: Option<Rc<str>>,
    /// Custom domain names by [`DomainName::key`].
    pub domain_names: SharedMap<Rc<str>, Rc<DomainName>>,
    /// API keys by id.
    pub api_keys: SharedMap<Rc<str>, Rc<ApiKey>>,
    /// Usage plans by id.
    pub usage_plans: SharedMap<Rc<str>, Rc<UsagePlan>>,
    /// Client certificates by id.
    pub client_certificates: SharedMap<ClientCertificateId, Rc<ClientCertificate>>,
    /// VPC links by id.
    pub vpc_links: SharedMap<Rc<str>, Rc<VpcLink>>,
}
