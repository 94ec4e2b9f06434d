//! `cargo xtask spelling`: typos reads whatever people have written here. `typos.toml` lists what it passes over.

use std::process::Command;

use crate::paths;
use crate::python::Environment;
use crate::run::{self, Result, say};

/// From PyPI, which has it built: from source it would take minutes.
const TYPOS: &str = "1.52.0";

/// Fails when a word is misspelt.
pub(crate) fn run(args: &[String]) -> Result {
    if let Some(unknown) = args.first() {
        return Err(format!("`cargo xtask spelling` takes no `{unknown}`."));
    }
    let wanted = format!("typos=={TYPOS}\n");
    let environment = Environment { name: "spelling", packages: "typos", time: "5 seconds", wanted };
    let typos = environment.installed_program("typos")?;
    run::shown(Command::new(typos).current_dir(paths::root())).map_err(|reason| {
        format!("{reason}\nMend what is listed above. What is meant to be written so goes into typos.toml.")
    })?;
    say("No word is misspelt.");
    Ok(())
}
