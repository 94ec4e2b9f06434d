//! `cargo xtask endpoint`: the engine behind HTTP, for the AWS CLI, the SDKs and curl, on this machine only.

use std::path::PathBuf;
use std::process::Command;

use crate::built;
use crate::run::{self, Result};

/// Builds the endpoint and lets it take this process's place.
pub(crate) fn run(args: &[String]) -> Result {
    let mut endpoint = Command::new(program()?);
    endpoint.args(args);
    run::instead(endpoint)
}

/// Builds the endpoint; its path.
pub(crate) fn program() -> Result<PathBuf> {
    let mut build = run::cargo();
    build.args(["build", "--locked", "--features", "endpoint", "--bin", "endpoint"]);
    built::program(&mut build, "bin")
}

#[cfg(test)]
mod tests {
    use crate::run;

    /// Only who asks for the endpoint gets an HTTP server.
    #[test]
    fn neither_the_page_nor_a_usual_build_has_an_http_server() {
        let tree = |options: &[&str]| {
            let mut tree = run::cargo();
            tree.args(["tree", "--locked", "--package", "stagecraft", "--edges", "normal", "--prefix", "none"]);
            run::quiet(tree.args(options)).expect("cargo tree")
        };
        let serves =
            |tree: &str| tree.lines().any(|line| line.starts_with("httparse v") || line.starts_with("tokio v"));
        assert!(!serves(&tree(&[])));
        assert!(!serves(&tree(&["--features", "split,endpoint", "--target", "wasm32-unknown-unknown"])));
        assert!(serves(&tree(&["--features", "endpoint"])));
    }
}
