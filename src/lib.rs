//! Stagecraft: Amazon API Gateway's resources, deployments, stages and invoke URLs as a pure engine, and a page around it.

#[cfg(target_arch = "wasm32")]
pub mod ui;
