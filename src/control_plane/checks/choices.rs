//! Values that must be one of a few, and the few that several nouns have in common.

use super::super::{
    error::{ApiError, Violation},
    patch::{Op, PatchOperation, patch_error},
};

/// Security policies, in the order of the service model.
pub const SECURITY_POLICIES: [&str; 14] = [
    "TLS_1_0",
    "TLS_1_2",
    "SecurityPolicy_TLS13_1_3_2025_09",
    "SecurityPolicy_TLS13_1_3_FIPS_2025_09",
    "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
    "SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09",
    "SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09",
    "SecurityPolicy_TLS13_1_2_Ext2_PQ_2025_09",
    "SecurityPolicy_TLS13_1_2_Ext2_FIPS_PQ_2025_09",
    "SecurityPolicy_TLS13_1_2_PQ_2025_09",
    "SecurityPolicy_TLS13_1_2_2021_06",
    "SecurityPolicy_TLS13_2025_EDGE",
    "SecurityPolicy_TLS12_PFS_2025_EDGE",
    "SecurityPolicy_TLS12_2018_EDGE",
];

/// Endpoint access modes.
pub(in crate::control_plane) const ACCESS_MODES: [&str; 2] = ["BASIC", "STRICT"];

/// Returns a violation when a value is not among those allowed.
pub(in crate::control_plane) fn not_in(value: &str, allowed: &[&str], place: String) -> Option<Violation> {
    let constraint = || format!("satisfy enum value set: [{}]", allowed.join(", "));
    (!allowed.contains(&value)).then(|| Violation { value: Some(value.to_owned()), place, constraint: constraint() })
}

/// Reads a value of an enumeration. The sentence is assumed, after the one recorded for endpoint types.
pub(in crate::control_plane) fn one_of(patch: &PatchOperation, allowed: &[&str]) -> Result<String, ApiError> {
    patch.only(&[Op::Replace])?;
    if allowed.contains(&patch.text()) {
        return Ok(patch.text().to_owned());
    }
    let name = patch.path_text().trim_start_matches('/');
    Err(patch_error(format!("Invalid {name} specified. Valid options are {}", allowed.join(","))))
}
