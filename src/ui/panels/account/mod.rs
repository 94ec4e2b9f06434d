//! Screens of what belongs to the account in the region and to no single API. It acts at once; no deployment freezes it.

mod settings;

pub(crate) use settings::AccountSettings;
