//! A client certificate: what API Gateway shows to a backend that asks who is calling.

use super::{ClientCertificateId, Timestamp};
use crate::collections::SortedMap;

/// A client certificate of the account. Its text follows from its id and its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientCertificate {
    /// Its id.
    pub id: ClientCertificateId,
    /// The author's words about it.
    pub description: Option<String>,
    /// When it was made.
    pub created: Timestamp,
    /// Tags.
    pub tags: SortedMap<String, String>,
}

impl ClientCertificate {
    /// Returns when it ends: 365 days after it was made (documented by an example).
    pub fn expires(&self) -> Timestamp {
        Timestamp(self.created.0.saturating_add(365 * 86_400_000))
    }
}
