//! `cargo xtask bench`: the engine's benchmarks, natively, and the page's, in a browser.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{self, Result, say};
use crate::{browser, build, paths, program, tools};

/// Runs the named kinds of benchmarks, or all.
pub(crate) fn run(args: &[String]) -> Result {
    if let Some(unknown) = args.iter().find(|arg| !["native", "browser", "size"].contains(&arg.as_str())) {
        return Err(format!("There are no \"{unknown}\" benchmarks: cargo xtask bench [native] [browser] [size]"));
    }
    let wanted = |kind: &str| args.is_empty() || args.iter().any(|arg| arg == kind);
    if wanted("native") {
        native()?;
    }
    if wanted("browser") {
        in_browser()?;
    }
    if wanted("size") {
        size()?;
    }
    Ok(())
}

fn native() -> Result {
    for file in files(&paths::root().join("benches"), "rs") {
        let name = file.file_stem().unwrap_or_default();
        run::shown(run::cargo().args(["bench", "--locked", "--bench"]).arg(name))?;
    }
    Ok(())
}

fn in_browser() -> Result {
    let scripts = files(&paths::e2e().join("bench"), "mjs");
    if scripts.is_empty() {
        say("There are no benchmarks for the browser yet.");
        return Ok(());
    }
    tools::npm_packages()?;
    browser::ensure_chromium()?;
    build::release()?;
    for script in scripts {
        run::shown(Command::new("node").arg(script).current_dir(paths::root()))?;
    }
    Ok(())
}

/// Prints what each file of the program consists of: rooms of the source and packages, with what they add to it.
fn size() -> Result {
    tools::npm_packages()?;
    build::release()?;
    let named = program::named()?;
    run::shown(Command::new("node").arg(paths::root().join("xtask/src/anatomy.mjs")).args(named))
}

/// Returns the files of a folder with this ending, in order; none when there is no such folder.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(std::result::Result::ok);
    let mut files: Vec<PathBuf> =
        entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|kind| kind == ending)).collect();
    files.sort();
    files
}
