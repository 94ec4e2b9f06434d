//! Account: settings of the account in a region. Its throttle is what the region gives; it cannot be changed here.

use super::{
    World,
    answer::Answer,
    error::{ApiError, Violation},
    members::{operation, unconstrained},
    patch::{Op, PatchOperation, op_violations, patch_error},
};
use serde_json::{Value, json};

/// Regions that give 2,500 requests per second and bursts of 1,250; the others give 10,000 and 5,000 (documented).
const SMALLER_REGIONS: [&str; 11] = [
    "af-south-1",
    "eu-south-1",
    "ap-southeast-3",
    "me-central-1",
    "ap-south-2",
    "eu-south-2",
    "eu-central-2",
    "ap-southeast-4",
    "il-central-1",
    "ca-west-1",
    "ap-southeast-5",
];
/// The only feature there is; it cannot be given back (documented).
const USAGE_PLANS: &str = "UsagePlans";

operation! {
    /// Shows the account's settings.
    GetAccount: "GET" "/account" => 200 {}
}

operation! {
    /// Changes the account's settings.
    UpdateAccount: "PATCH" "/account" => 200 {
        /// The operations.
        patch_operations: Vec<PatchOperation> = Body "patchOperations";
    }
}

unconstrained!(GetAccount);

impl GetAccount {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        Ok(describe(world))
    }
}

impl UpdateAccount {
    fn check(&self) -> Vec<Violation> {
        op_violations("UpdateAccount", &self.patch_operations)
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        for patch in &self.patch_operations {
            match (patch.kind(), patch.path_text()) {
                (Op::Replace, "/cloudwatchRoleArn") => {
                    let role = patch.text_if_any();
                    if role.as_deref().is_some_and(|role| !is_role(role)) {
                        return Err(patch_error("Invalid ARN specified in the request")); // recorded for integrations
                    }
                    world.account_mut().cloudwatch_role_arn = role.map(Into::into);
                }
                // On by default since 2016; adding it again changes nothing.
                (Op::Add, "/features") if patch.text() == USAGE_PLANS => {}
                (Op::Remove, "/features") if patch.text() == USAGE_PLANS => {
                    return Err(patch_error("The UsagePlans feature cannot be removed")); // assumed
                }
                (Op::Add | Op::Remove, "/features") => {
                    // Assumed.
                    return Err(patch_error(format!("Invalid feature specified. Valid options are {USAGE_PLANS}")));
                }
                (_, "/cloudwatchRoleArn" | "/features") => return Err(patch.bad_op()),
                _ => return Err(patch.bad_path_of("/cloudwatchRoleArn, /features")),
            }
        }
        Ok(describe(world))
    }
}

/// Tells whether an ARN is that of a role, `arn:aws:iam::{account}:role/{name}`.
fn is_role(arn: &str) -> bool {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    match parts[..] {
        ["arn", partition, "iam", "", account, resource] => {
            let name = resource.strip_prefix("role/").unwrap_or_default();
            let digits = account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit());
            partition.starts_with("aws") && digits && !name.is_empty() && !name.contains(char::is_whitespace)
        }
        _ => false,
    }
}

/// Returns the burst, in requests, and the rate, in requests per second, that an account has in a region.
pub fn throttle(region: &str) -> (u32, f64) {
    if SMALLER_REGIONS.contains(&region) { (1250, 2500.0) } else { (5000, 10_000.0) }
}

/// Writes the account in the shape of AWS's answers.
fn describe(world: &World<'_>) -> Value {
    let (burst, rate) = throttle(world.workspace.place.region.as_str());
    Answer::new()
        .maybe("cloudwatchRoleArn", world.account().cloudwatch_role_arn.as_deref())
        .with("throttleSettings", json!({ "burstLimit": burst, "rateLimit": rate }))
        .with("features", json!([USAGE_PLANS]))
        .with("apiKeyVersion", "4")
        .done()
}
