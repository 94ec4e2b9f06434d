//! A deployment: an immutable snapshot of an API.

use super::{ApiConfig, DeploymentId, Timestamp};
use std::rc::Rc;

/// A snapshot. Only the description can change after it is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deployment {
    /// Its id.
    pub id: DeploymentId,
    /// Which one it is of its API, from 1: its short name on screen is `D1`, `D2` … and never changes.
    pub number: u32,
    /// The author's words about it.
    pub description: Option<String>,
    /// When it was made.
    pub created: Timestamp,
    /// The configuration that was frozen.
    pub config: Rc<ApiConfig>,
}

impl Deployment {
    /// Returns the short name on screen: `D1`.
    pub fn short_name(&self) -> String {
        format!("D{}", self.number)
    }
}
