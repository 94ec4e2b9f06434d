//! Makes sure of the browsers for the tests: a Chromium, and a Firefox for the one journey that is made in both.

use std::env;
use std::path::Path;
use std::process::Command;

use crate::paths;
use crate::run::{self, Result, say};

/// A browser that the tests use.
struct Browser {
    /// The script in `tests/e2e/` that knows where to look, and that the tests themselves use.
    script: &'static str,
    /// The variable that names one.
    variable: &'static str,
    /// Debian's package.
    package: &'static str,
    /// Downloads one, without asking the system for anything.
    download: Option<fn() -> Result>,
    /// Says what is needed, and what to install.
    missing: &'static str,
}

const CHROMIUM: Browser = Browser {
    script: "browser.mjs",
    variable: "STAGECRAFT_CHROME",
    package: "chromium",
    download: Some(download_chromium),
    missing: "The tests need a Chromium and none was found. Install Chromium, Google Chrome or Microsoft Edge",
};

/// Playwright would download a Firefox, too, but a changed one with a protocol of its own.
const FIREFOX: Browser = Browser {
    script: "firefox.mjs",
    variable: "STAGECRAFT_FIREFOX",
    package: "firefox-esr",
    download: None,
    missing: "One journey needs a Firefox and none was found. Install Firefox",
};

/// Finds a Chromium, or gets one: the system's; else Playwright's download; else, as root on Debian, its package.
pub(crate) fn ensure_chromium() -> Result {
    CHROMIUM.ensure()
}

/// Finds a Firefox, or gets one: the system's; else, as root on Debian, its package.
pub(crate) fn ensure_firefox() -> Result {
    FIREFOX.ensure()
}

impl Browser {
    fn ensure(&self) -> Result {
        if let Some(named) = env::var_os(self.variable).filter(|named| !Path::new(named).is_file()) {
            return Err(format!("{} is {}, and there is no such file.", self.variable, named.display()));
        }
        if self.find().is_some() {
            return Ok(());
        }
        let download_failed = self.download.and_then(|download| download().err());
        if self.find().is_some() {
            return Ok(());
        }
        let apt_failed = if on_debian_as_root() { self.install_package().err() } else { None };
        if self.find().is_some() {
            return Ok(());
        }
        let mut reasons: Vec<String> = [download_failed, apt_failed].into_iter().flatten().collect();
        reasons.push(format!("{}, or set {} to the path of one.", self.missing, self.variable));
        Err(reasons.join("\n"))
    }

    fn find(&self) -> Option<String> {
        let found = run::quiet(Command::new("node").arg(self.script).current_dir(paths::e2e())).ok()?;
        Some(found.trim().to_owned()).filter(|path| !path.is_empty())
    }

    fn install_package(&self) -> Result {
        say(&format!("Installing Debian's {} with apt-get…", self.package));
        run::shown(Command::new("apt-get").args(["update", "--quiet"]))?;
        let mut install = Command::new("apt-get");
        install.args(["install", "--yes", "--quiet", "--no-install-recommends", self.package]);
        run::shown(install.env("DEBIAN_FRONTEND", "noninteractive"))
    }
}

fn download_chromium() -> Result {
    say("No Chromium found; asking Playwright to download one (about 150 MB, once)…");
    let mut command = run::script("npx");
    run::shown(command.args(["--no-install", "playwright-core", "install", "chromium"]).current_dir(paths::e2e()))
}

fn on_debian_as_root() -> bool {
    let root = run::quiet(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    root && Path::new("/etc/debian_version").exists()
}
