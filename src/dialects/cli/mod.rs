//! The AWS command line: `aws apigateway …` and `curl …` lines, and the little of a shell that scenarios need.
//!
//! [`Shell::run`] reads lines and carries them out through a [`Host`]; [`print()`] writes a `Command` as the line that would
//! send it. Options follow from the table of operations. Reading never panics, takes time in proportion to the text, and
//! says of every error where it stands and what was probably meant.

mod complete;
mod curl;
mod error;
mod globals;
mod help;
mod json_fault;
mod lex;
mod nearest;
mod options;
mod output;
mod pages;
mod print;
mod query;
mod shell;
mod shorthand;
mod skeleton;
mod steps;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
mod validate;
mod value;

pub use complete::{Candidate, Completion, complete, complete_with};
pub use curl::{CurlCall, HttpAnswer, HttpRequest, Unreachable};
pub use error::{CliError, Problem};
pub use lex::is_open;
pub use options::{AwsCall, parse_command};
pub use output::{Format, service_error};
pub use pages::Paging;
pub use print::print;
pub use query::Query;
pub use shell::{Failure, Host, Ran, Shell};
