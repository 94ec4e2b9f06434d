//! `cargo xtask packages`: cargo-deny reads Cargo.lock: licences, sources, versions, and known faults. `deny.toml` has the rules.

use std::process::Command;

use crate::run::{self, Result, say};
use crate::{paths, tools};

/// Fails when a package is not as `deny.toml` wants it. Known faults can be looked for only where their database can be
/// fetched; where it cannot, that is said and the rest counts.
pub(crate) fn run(args: &[String]) -> Result {
    if let Some(unknown) = args.first() {
        return Err(format!("`cargo xtask packages` takes no `{unknown}`."));
    }
    tools::cargo_deny()?;
    check(&["licenses", "bans", "sources"])?;
    say("Fetching the database of known faults, https://github.com/RustSec/advisory-db…");
    match run::quiet(deny().args(["fetch", "db"])) {
        Ok(_) => check(&["advisories"]),
        Err(reason) => {
            say(&format!(
                "NOT CHECKED: whether packages have known faults. The database cannot be fetched, so only licences, versions \
                 and sources were checked.\n{}",
                reason.trim_end()
            ));
            Ok(())
        }
    }
}

fn check(kinds: &[&str]) -> Result {
    // A rule that nothing needs any more is an error, too.
    run::shown(deny().args(["check", "-D", "warnings"]).args(kinds)).map_err(|reason| {
        format!("{reason}\nWhat is listed above breaks a rule of deny.toml; a row there states its reason.")
    })
}

fn deny() -> Command {
    let mut command = Command::new(paths::tool("cargo-deny"));
    command.args(["--locked", "--workspace"]).current_dir(paths::root());
    // It fetches by git, which must neither ask for a password nor wait for ever.
    command
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_HTTP_LOW_SPEED_LIMIT", "1000")
        .env("GIT_HTTP_LOW_SPEED_TIME", "30");
    command
}
