//! `cargo xtask build`: the release page in `dist/`, and what it weighs.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::run::{self, Result, say};
use crate::{paths, program, sizes, tools};

/// Builds `dist/` and fails when the page is over a budget.
pub(crate) fn run(args: &[String]) -> Result {
    let record = args.iter().any(|arg| arg == "--record");
    if let Some(unknown) = args.iter().find(|arg| *arg != "--record") {
        return Err(format!("`cargo xtask build` takes no `{unknown}`."));
    }
    release()?;
    sizes::report()?;
    if record { sizes::record() } else { Ok(()) }
}

/// Builds `dist/`.
pub(crate) fn release() -> Result {
    tools::for_release()?;
    say("Building dist/ (optimised for size: a minute or two)…");
    let mut trunk = trunk("build")?;
    trunk.env("CARGO_ENCODED_RUSTFLAGS", rustflags()?);
    run::shown(trunk.args(["--release", "--locked", "--features", "split", "--dist"]).arg(paths::dist()))?;
    program::publish()
}

/// Returns Trunk with the pinned tools on its PATH, so that it has no reason to fetch any.
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

/// Returns the compiler's flags: the user's, and a short name for every folder outside the project. Panics carry the
/// path of the source that they come from, and a published program is to tell nothing of the machine that it was
/// built on.
fn rustflags() -> Result<String> {
    let mut flags: Vec<String> =
        env::var("RUSTFLAGS").unwrap_or_default().split_whitespace().map(str::to_owned).collect();
    let sysroot = run::quiet(Command::new("rustc").args(["--print", "sysroot"]).current_dir(paths::root()))?;
    let library = PathBuf::from(sysroot.trim()).join("lib/rustlib/src/rust");
    let registries = fs::read_dir(cargo_home().join("registry").join("src")).into_iter().flatten();
    let registries = registries.filter_map(std::result::Result::ok).map(|registry| registry.path());
    for (folder, name) in registries.map(|folder| (folder, "crates")).chain([(library, "rust")]) {
        flags.push(format!("--remap-path-prefix={}={name}", folder.display()));
    }
    Ok(flags.join("\u{1f}"))
}

/// Returns where cargo keeps the sources of packages.
fn cargo_home() -> PathBuf {
    let home = || env::var_os("HOME").or_else(|| env::var_os("USERPROFILE")).map(PathBuf::from).unwrap_or_default();
    env::var_os("CARGO_HOME").map_or_else(|| home().join(".cargo"), PathBuf::from)
}
