//! The languages in which a request is written: the AWS command line, HTTP, boto3, the SDK for JavaScript, the steps
//! in the console, and a shell script of many.
//!
//! A dialect reads text into `control_plane::Command`s and writes them back. It knows no operation by name (the table of
//! operations drives it; the steps in the console are the exception) and it answers no traffic: what a `curl` line fetches is
//! its host's business.

pub mod boto3;
pub mod cli;
pub mod console_steps;
pub mod http;
pub mod script;
pub mod sdk_js;
