//! The engine from outside, in one binary: scenarios in Markdown, and properties against a naive model.

#![cfg(not(target_arch = "wasm32"))]
#![forbid(unsafe_code)]

mod account;
mod commands;
mod expected;
mod host;
mod markdown;
mod model;
mod parts;
mod properties;
mod scenarios;
mod script;
mod wire;
