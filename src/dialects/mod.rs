//! The languages in which the same requests are written: today the AWS command line.
//!
//! A dialect reads text into `control_plane::Command`s and writes them back. It knows no operation by name (the table of
//! operations drives it) and it answers no traffic: what a `curl` line fetches is its host's business.

pub mod cli;
