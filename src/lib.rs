//! Stagecraft: Amazon API Gateway's resources, deployments, stages and invoke URLs as a pure engine, and a page around it.
//!
//! The engine (everything but `ui`) does no I/O and reads no clock; ARCHITECTURE.md draws the rooms and the arrows between them.

pub mod civil_time;
pub mod collections;
pub mod control_plane;
pub mod data_plane;
pub mod diagram;
pub mod dialects;
pub mod entities;
pub mod env;
#[cfg(all(test, not(target_arch = "wasm32")))]
pub(crate) mod fixtures;
pub mod history;
pub mod host;
pub mod json_order;
pub mod jsonpath;
pub mod ledger;
pub mod lenient_json;
pub mod lesson;
pub mod persist;
pub mod sample;
pub mod schema;
pub mod text;
#[cfg(target_arch = "wasm32")]
pub mod ui;
pub mod view;
pub mod vtl;
