//! Pythons of the tasks' own, with packages from PyPI, apart from the system's and from each other.

use std::path::PathBuf;
use std::process::Command;

use crate::paths;
use crate::run::{self, Result, say};

/// A Python with packages, in a folder under `target/`.
pub(crate) struct Environment {
    /// The folder's name.
    pub(crate) name: &'static str,
    /// The packages in words.
    pub(crate) packages: &'static str,
    /// The time that it takes to install them.
    pub(crate) time: &'static str,
    /// The packages with their versions, as pip's requirement files list them.
    pub(crate) wanted: String,
}

impl Environment {
    /// Fails when there is no Python that could get the packages.
    pub(crate) fn ready(&self) -> Result {
        if self.is_installed() { Ok(()) } else { self.system_python().map(drop) }
    }

    /// Returns the path of the Python; it has the packages.
    pub(crate) fn python(&self) -> Result<PathBuf> {
        self.install()?;
        Ok(self.program("python"))
    }

    /// Returns the path of a program that the packages brought along.
    pub(crate) fn installed_program(&self, name: &str) -> Result<PathBuf> {
        self.install()?;
        Ok(self.program(name))
    }

    fn home(&self) -> PathBuf {
        paths::target().join(self.name)
    }

    fn program(&self, name: &str) -> PathBuf {
        let home = self.home();
        if cfg!(windows) { home.join("Scripts").join(format!("{name}.exe")) } else { home.join("bin").join(name) }
    }

    /// Returns a copy of the list that was installed.
    fn stamp(&self) -> PathBuf {
        self.home().join("requirements.txt")
    }

    /// Tells whether it is there with all that is wanted. A Python that was updated meanwhile leaves a link behind that leads
    /// nowhere.
    fn is_installed(&self) -> bool {
        let installed = std::fs::read_to_string(self.stamp());
        self.program("python").exists() && installed.is_ok_and(|installed| installed == self.wanted)
    }

    fn install(&self) -> Result {
        if self.is_installed() {
            return Ok(());
        }
        let (home, system) = (self.home(), self.system_python()?);
        say(&format!("Installing {} from PyPI into {} (about {}, once)…", self.packages, home.display(), self.time));
        run::shown(Command::new(system).args(["-m", "venv", "--clear"]).arg(&home))?;
        let list = home.join("wanted.txt");
        run::write(&list, &self.wanted)?;
        let mut pip = Command::new(self.program("python"));
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--prefer-binary"]);
        run::shown(pip.arg("--requirement").arg(list)).map_err(|reason| {
            format!("{reason}\npip says above why. It needs the network; start this again once that is mended.")
        })?;
        run::write(&self.stamp(), &self.wanted)
    }

    /// Returns the system's Python, if it is new enough and can make virtual environments.
    fn system_python(&self) -> Result<&'static str> {
        let fits = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))";
        let found =
            ["python3", "python"].into_iter().find(|name| run::quiet(Command::new(name).args(["-c", fits])).is_ok());
        found.ok_or_else(|| {
            format!(
                "For {} Python 3.10 or newer is needed, with its modules venv and ensurepip. On Debian and Ubuntu: apt-get \
                 install python3-venv; elsewhere: https://www.python.org/downloads/",
                self.packages
            )
        })
    }
}
