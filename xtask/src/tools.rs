//! Makes sure of the tools that the tasks need. Each function does nothing when the right version is there already.

use std::process::Command;

use crate::paths;
use crate::run::{self, Result, say};

const TRUNK: &str = "0.21.14";

/// What it takes to turn `src/` into a page: the wasm target, trunk and wasm-bindgen.
pub(crate) fn for_pages() -> Result {
    wasm_target()?;
    cargo_tool("trunk", "trunk", TRUNK, "3 minutes")?;
    wasm_bindgen()
}

/// What it takes to make the page small: npm's packages, for wasm-opt.
pub(crate) fn for_release() -> Result {
    for_pages()?;
    npm_packages()
}

/// The compiler's wasm32 target.
pub(crate) fn wasm_target() -> Result {
    let sysroot = run::quiet(Command::new("rustc").args(["--print", "sysroot"]).current_dir(paths::root()))?;
    let library = std::path::Path::new(sysroot.trim()).join("lib/rustlib/wasm32-unknown-unknown/lib");
    if library.is_dir() {
        return Ok(());
    }
    say("Adding the wasm32-unknown-unknown target to the Rust toolchain…");
    run::shown(Command::new("rustup").args(["target", "add", "wasm32-unknown-unknown"]).current_dir(paths::root())).map_err(
        |reason| format!("{reason}\nThe compiler needs its wasm32-unknown-unknown target; rustup (https://rustup.rs) installs it."),
    )
}

/// wasm-bindgen, at exactly the version of the library in Cargo.lock: the two speak a private language.
pub(crate) fn wasm_bindgen() -> Result {
    let lock = run::read(&paths::root().join("Cargo.lock"))?;
    let version = locked_version(&lock, "wasm-bindgen").ok_or("Cargo.lock has no wasm-bindgen.")?;
    cargo_tool("wasm-bindgen", "wasm-bindgen-cli", version, "2 minutes")
}

/// The packages of `tests/e2e/package-lock.json`.
pub(crate) fn npm_packages() -> Result {
    let lock = run::read(&paths::e2e().join("package-lock.json"))?;
    let stamp = paths::e2e().join("node_modules").join(".stagecraft-lock");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    say("Installing npm's packages into tests/e2e/node_modules (wasm-opt, the browser driver, axe)…");
    let mut command = run::script("npm");
    command.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(paths::e2e());
    run::shown(&mut command)
        .map_err(|reason| format!("{reason}\nNode 20 or newer with npm is needed: https://nodejs.org"))?;
    run::write(&stamp, &lock)
}

/// Installs a cargo tool into the project's own folder of tools. Unoptimised: it builds in a third of the time, and the
/// tools spend theirs waiting for the compiler.
fn cargo_tool(program: &str, package: &str, version: &str, time: &str) -> Result {
    if installed_version(program).as_deref() == Some(version) {
        return Ok(());
    }
    say(&format!("Installing {package} {version} into {} (about {time}, once)…", paths::tools().display()));
    let install = |locked: &[&str]| {
        let mut command = run::cargo();
        command.args(["install", package, "--version", version, "--debug", "--force", "--quiet", "--root"]);
        // The version to build is ours, the folder to build in is cargo's own: not this project's target.
        command.arg(paths::tools()).args(locked).env_remove("CARGO_TARGET_DIR").env("CARGO_PROFILE_DEV_DEBUG", "0");
        run::shown(&mut command)
    };
    let first = install(&["--locked"]);
    if first.is_err() {
        say(
            "That did not work; trying once more without its lock file, which may name versions that a registry lacks…",
        );
        install(&[])?;
    }
    match installed_version(program) {
        Some(found) if found == version => Ok(()),
        found => Err(format!("{package} {version} was installed, but `{program} --version` says {found:?}.")),
    }
}

fn installed_version(program: &str) -> Option<String> {
    let text = run::quiet(Command::new(paths::tool(program)).arg("--version")).ok()?;
    text.split_whitespace().nth(1).map(str::to_owned)
}

/// The version of a package in a Cargo.lock.
fn locked_version<'lock>(lock: &'lock str, package: &str) -> Option<&'lock str> {
    let mut lines = lock.lines().skip_while(|line| *line != format!("name = \"{package}\""));
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    #[test]
    fn a_locked_version_is_that_of_the_package_with_exactly_this_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.9\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.9"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }
}
