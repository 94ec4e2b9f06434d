//! The engine from outside, in one binary: scenarios in Markdown, and properties against a naive model.

#![cfg(not(target_arch = "wasm32"))]
#![forbid(unsafe_code)]

mod account;
mod chance;
mod commands;
mod everything;
mod forms;
mod fuzz;
mod host;
mod model;
mod parts;
mod properties;
mod scenarios;
mod script;
mod time;
mod wire;
