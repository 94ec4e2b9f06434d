//! Makes sure of the tools that the tasks need. Each function does nothing when the right version is there already.

use std::process::Command;

use crate::paths;
use crate::run::{self, Result, say};

/// Has all that the scripts of `tests/e2e/` use.
const OLDEST_NODE: u32 = 20;
const TRUNK: &str = "0.21.14";
/// Of one family with `wasm_split_helpers` in Cargo.toml.
const WASM_SPLIT: &str = "0.2.4";
const CARGO_DENY: &str = "0.20.2";

/// Installs what it takes to turn `src/` into a page: the wasm target, trunk and wasm-bindgen.
pub(crate) fn for_pages() -> Result {
    wasm_target()?;
    cargo_tool("trunk", TRUNK, &[], "3 minutes")?;
    wasm_bindgen()
}

/// Installs what it takes to make the page small: the tool that cuts the program, and npm's packages, for wasm-opt.
pub(crate) fn for_release() -> Result {
    for_pages()?;
    wasm_split()?;
    npm_packages()
}

/// Installs the compiler's wasm32 target.
pub(crate) fn wasm_target() -> Result {
    let sysroot = run::quiet(Command::new("rustc").args(["--print", "sysroot"]).current_dir(paths::root()))?;
    let library = std::path::Path::new(sysroot.trim()).join("lib/rustlib/wasm32-unknown-unknown/lib");
    if library.is_dir() {
        return Ok(());
    }
    say("Adding the wasm32-unknown-unknown target to the Rust toolchain…");
    run::shown(Command::new("rustup").args(["target", "add", "wasm32-unknown-unknown"]).current_dir(paths::root())).map_err(
        |reason| format!("{reason}\nThe compiler needs its wasm32-unknown-unknown target: rustup (https://rustup.rs) installs it, and needs the network for that."),
    )
}

/// Installs wasm-bindgen, at exactly the version of the library in Cargo.lock: the two speak a private language.
pub(crate) fn wasm_bindgen() -> Result {
    let lock = run::read(&paths::root().join("Cargo.lock"))?;
    let version = locked_version(&lock, "wasm-bindgen").ok_or("Cargo.lock has no wasm-bindgen.")?;
    // Each page passes through it: optimised a little, 3 seconds instead of 10. What builds it so takes a minute more, once.
    cargo_tool("wasm-bindgen-cli", version, &["--config", "profile.dev.opt-level=1"], "3 minutes")
}

/// Installs the tool that cuts the program. Of its package only a feature holds it.
fn wasm_split() -> Result {
    cargo_tool("wasm_split_cli_support", WASM_SPLIT, &["--features", "build-binary"], "2 minutes")
}

/// Returns what checks the packages of Cargo.lock.
pub(crate) fn cargo_deny() -> Result {
    cargo_tool("cargo-deny", CARGO_DENY, &[], "1 minute")
}

/// Checks for Node, which nothing here can install.
pub(crate) fn node() -> Result {
    let found = run::quiet(Command::new("node").arg("--version"));
    let found =
        found.map_err(|reason| format!("{reason}\nNode.js {OLDEST_NODE} or newer is needed: https://nodejs.org"))?;
    if is_new_node(&found) {
        return Ok(());
    }
    Err(format!(
        "The `node` on PATH is Node.js {}; {OLDEST_NODE} or newer is needed: https://nodejs.org",
        found.trim().trim_start_matches('v')
    ))
}

/// Tells whether `node --version` tells of one that is new enough.
fn is_new_node(version: &str) -> bool {
    let major = version.trim().strip_prefix('v').and_then(|version| version.split('.').next());
    major.and_then(|major| major.parse::<u32>().ok()).is_some_and(|major| major >= OLDEST_NODE)
}

/// Installs the packages of `tests/e2e/package-lock.json`, and the Node that runs them.
pub(crate) fn npm_packages() -> Result {
    node()?;
    let lock = run::read(&paths::e2e().join("package-lock.json"))?;
    let stamp = paths::e2e().join("node_modules").join(".stagecraft-lock");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    run::quiet(run::script("npm").arg("--version")).map_err(|reason| {
        format!("{reason}\nnpm is needed. It comes with Node.js (https://nodejs.org); on Debian and Ubuntu: apt-get install npm")
    })?;
    say("Installing npm's packages into tests/e2e/node_modules (wasm-opt, the browser driver, axe)…");
    let mut command = run::script("npm");
    command.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(paths::e2e());
    run::shown(&mut command).map_err(|reason| {
        format!("{reason}\nnpm says above why. It needs the network; start this again once that is mended.")
    })?;
    run::write(&stamp, &lock)
}

/// Installs a cargo tool into the project's own folder of tools. Unoptimised, unless the options say else: it builds in a
/// third of the time, and most of them only wait for the compiler.
fn cargo_tool(package: &str, version: &str, options: &[&str], time: &str) -> Result {
    if is_installed(package, version) {
        return Ok(());
    }
    say(&format!("Installing {package} {version} into {} (about {time}, once)…", paths::tools().display()));
    let install = |locked: &[&str]| {
        let mut command = run::cargo();
        command.args(["install", package, "--version", version, "--debug", "--force", "--quiet", "--root"]);
        // The version to build is ours, the folder to build in is cargo's own: not this project's target.
        command.arg(paths::tools()).args(options).args(locked);
        command.env_remove("CARGO_TARGET_DIR").env("CARGO_PROFILE_DEV_DEBUG", "0");
        run::shown(&mut command)
    };
    let first = install(&["--locked"]);
    if first.is_err() {
        say(
            "That did not work; trying once more without its lock file, which may name versions that a registry lacks…",
        );
        install(&[]).map_err(|reason| {
            format!(
                "{reason}\nWhat cargo says above tells why. It needs the network, and its packages a C compiler; start this \
                 again once that is mended, and it goes on from here."
            )
        })?;
    }
    if is_installed(package, version) {
        return Ok(());
    }
    Err(format!("{package} {version} was installed, but {} does not hold it.", paths::tools().display()))
}

/// Tells whether the folder of tools holds this version of a package, by cargo's own list.
fn is_installed(package: &str, version: &str) -> bool {
    let list = std::fs::read_to_string(paths::tools().join(".crates.toml"));
    list.is_ok_and(|list| lists(&list, package, version))
}

fn lists(list: &str, package: &str, version: &str) -> bool {
    list.lines().any(|line| line.starts_with(&format!("\"{package} {version} ")))
}

/// Returns the version of a package in a Cargo.lock.
fn locked_version<'lock>(lock: &'lock str, package: &str) -> Option<&'lock str> {
    let mut lines = lock.lines().skip_while(|line| *line != format!("name = \"{package}\""));
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::{is_new_node, lists, locked_version};

    #[test]
    fn a_node_is_new_enough_by_its_major_version() {
        for new in ["v20.0.0\n", "v26.1.2", "v100.0.0-nightly"] {
            assert!(is_new_node(new), "{new}");
        }
        for old in ["v18.20.4\n", "v9.0.0", "", "20", "node: not found"] {
            assert!(!is_new_node(old), "{old}");
        }
    }

    #[test]
    fn a_locked_version_is_that_of_the_package_with_exactly_this_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.9\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.9"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }

    #[test]
    fn a_tool_is_installed_when_cargo_lists_exactly_this_version_of_it() {
        let list = "[v1]\n\"trunk 0.21.14 (registry+https://example.org/index)\" = [\"trunk\"]\n";
        assert!(lists(list, "trunk", "0.21.14"));
        assert!(!lists(list, "trunk", "0.21.1"));
        assert!(!lists(list, "runk", "0.21.14"));
    }
}
