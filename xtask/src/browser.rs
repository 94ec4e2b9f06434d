//! Makes sure of a browser for the tests.

use std::env;
use std::path::Path;
use std::process::Command;

use crate::paths;
use crate::run::{self, Result, say};

/// Finds a Chromium, or gets one: the system's; else Playwright's download; else, as root on Debian, its package.
/// `tests/e2e/browser.mjs` knows where to look, and is what the tests themselves use.
pub(crate) fn ensure() -> Result {
    if let Some(named) = env::var_os("STAGECRAFT_CHROME").filter(|named| !Path::new(named).is_file()) {
        return Err(format!("STAGECRAFT_CHROME is {}, and there is no such file.", named.display()));
    }
    if find().is_some() {
        return Ok(());
    }
    let playwright_failed = download().err();
    if find().is_some() {
        return Ok(());
    }
    let apt_failed = if on_debian_as_root() { debian_package().err() } else { None };
    if find().is_some() {
        return Ok(());
    }
    let reasons = [playwright_failed, apt_failed].into_iter().flatten().collect::<Vec<_>>().join("\n");
    Err(format!(
        "{reasons}\nThe tests need a Chromium and none was found. Install Chromium, Google Chrome or Microsoft Edge, or set \
         STAGECRAFT_CHROME to the path of one."
    ))
}

fn find() -> Option<String> {
    let found = run::quiet(Command::new("node").arg("browser.mjs").current_dir(paths::e2e())).ok()?;
    Some(found.trim().to_owned()).filter(|path| !path.is_empty())
}

fn download() -> Result {
    say("No Chromium found; asking Playwright to download one (about 150 MB, once)…");
    let mut command = run::script("npx");
    run::shown(command.args(["--no-install", "playwright-core", "install", "chromium"]).current_dir(paths::e2e()))
}

fn on_debian_as_root() -> bool {
    let root = run::quiet(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    root && Path::new("/etc/debian_version").exists()
}

fn debian_package() -> Result {
    say("Installing Debian's chromium with apt-get…");
    run::shown(Command::new("apt-get").args(["update", "--quiet"]))?;
    let mut install = Command::new("apt-get");
    install.args(["install", "--yes", "--quiet", "--no-install-recommends", "chromium"]);
    run::shown(install.env("DEBIAN_FRONTEND", "noninteractive"))
}
