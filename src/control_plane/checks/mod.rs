//! Checks that several nouns share. A check of one noun stands in that noun's file.

mod choices;
mod endpoint_configuration;
mod tags;

pub use choices::SECURITY_POLICIES;
pub(super) use choices::{ACCESS_MODES, not_in, one_of};
pub use endpoint_configuration::EndpointConfigurationInput;
pub(super) use endpoint_configuration::endpoint_violations;
pub(super) use tags::check_tags;
