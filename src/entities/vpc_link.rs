//! A VPC link: the way from integrations to a network load balancer inside a VPC.

use crate::collections::SortedMap;
use std::rc::Rc;

/// A VPC link. It belongs to the account, and integrations name it by its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VpcLink {
    /// Its id.
    pub id: Rc<str>,
    /// The name; not unique.
    pub name: String,
    /// The author's words about it.
    pub description: Option<String>,
    /// The load balancer.
    pub target_arns: Vec<String>,
    /// Tags.
    pub tags: SortedMap<String, String>,
}
