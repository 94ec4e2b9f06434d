//! An API key: it identifies a caller. What the caller may call is for the usage plans that hold the key.

use super::Timestamp;
use crate::collections::SortedMap;
use std::rc::Rc;

/// An API key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// Its id.
    pub id: Rc<str>,
    /// The value that callers send in `X-API-Key`.
    pub value: Rc<str>,
    /// Its name.
    pub name: Option<String>,
    /// A customer of the AWS Marketplace.
    pub customer_id: Option<String>,
    /// The author's words about it.
    pub description: Option<String>,
    /// Whether it is accepted.
    pub enabled: bool,
    /// `api/stage` of the time before usage plans; without any effect since (reported).
    pub stage_keys: Vec<String>,
    /// Tags.
    pub tags: SortedMap<String, String>,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub last_updated: Timestamp,
}
