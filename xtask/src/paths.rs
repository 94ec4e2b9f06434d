//! Where things are. Must never create or change anything.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;

use crate::run::Result;

/// Returns the project's folder.
pub(crate) fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map_or(here.clone(), PathBuf::from)
}

/// Returns Cargo's target folder.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// Returns where the pinned tools are installed: `STAGECRAFT_TOOLS`, so that several checkouts may share them, else `target/tools`.
pub(crate) fn tools() -> PathBuf {
    env::var_os("STAGECRAFT_TOOLS").map_or_else(|| target().join("tools"), |dir| root().join(dir))
}

/// Returns the path of a pinned tool.
pub(crate) fn tool(name: &str) -> PathBuf {
    tools().join("bin").join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// Returns the folder of the browser tests, which is also where npm's packages are.
pub(crate) fn e2e() -> PathBuf {
    root().join("tests").join("e2e")
}

/// Returns the site that `cargo xtask build` writes.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// Returns `PATH` with the pinned tools first.
pub(crate) fn path_with_tools() -> Result<OsString> {
    let mut dirs = vec![tools().join("bin"), e2e().join("node_modules").join(".bin")];
    dirs.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    env::join_paths(dirs).map_err(|error| format!("PATH cannot be extended: {error}"))
}
