//! `cargo xtask build`: the release page in `dist/`, and what it weighs.

use std::process::Command;

use crate::run::{self, Result, say};
use crate::{paths, sizes, tools};

/// Builds `dist/` and fails when the page is over its budget.
pub(crate) fn run(args: &[String]) -> Result {
    if let Some(unknown) = args.first() {
        return Err(format!("`cargo xtask build` takes no `{unknown}`."));
    }
    release()?;
    sizes::report()
}

/// Builds `dist/`.
pub(crate) fn release() -> Result {
    tools::for_release()?;
    say("Building dist/ (optimised for size: a minute or two)…");
    run::shown(trunk("build")?.args(["--release", "--locked", "--dist"]).arg(paths::dist()))
}

/// Trunk with the pinned tools on its PATH, so that it has no reason to fetch any.
pub(crate) fn trunk(task: &str) -> Result<Command> {
    let mut command = Command::new(paths::tool("trunk"));
    command.args([task, "--skip-version-check", "--log", "warn"]);
    command.current_dir(paths::root()).env("PATH", paths::path_with_tools()?);
    // Trunk takes any value of NO_COLOR but true and false for an error.
    if std::env::var_os("NO_COLOR").is_some() {
        command.env_remove("NO_COLOR").args(["--color", "never"]);
    }
    Ok(command)
}
