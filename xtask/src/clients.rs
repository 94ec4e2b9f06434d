//! Real clients against the endpoint: the AWS CLI and boto3 do what `tests/clients/` tells them, unmodified.

use std::path::PathBuf;
use std::process::Command;

use crate::counts::Counts;
use crate::run::{self, Background, Result, say};
use crate::{endpoint, paths};

/// What the tests need and nothing here can install.
pub(crate) fn ready() -> Result {
    for program in ["bash", "curl"] {
        run::quiet(Command::new(program).arg("--version")).map_err(|reason| {
            format!("{reason}\nThe tests with the AWS CLI run their lines in bash, with curl: install {program}.")
        })?;
    }
    if installed(&wanted()?) { Ok(()) } else { system_python().map(drop) }
}

/// Runs `tests/clients/` against an endpoint of their own.
pub(crate) fn test() -> Result<Counts> {
    let python = python()?;
    let endpoint = endpoint::program()?;
    let mut endpoint = Background::start(Command::new(endpoint).args(["--port", "0"]))?;
    let address =
        endpoint.wait_for(|line| line.split_whitespace().find(|word| word.starts_with("http://")).map(str::to_owned));
    let address = address.ok_or("The endpoint did not say where it is.")?;
    // Python keeps no compiled copies beside the tests.
    let mut tests = Command::new(python);
    tests.arg("-B").arg(folder()).env("STAGECRAFT_ENDPOINT", address);
    let finished = run::shown_and_read(&mut tests)?;
    Ok(Counts::of_python(&finished.text).judged(finished.success))
}

/// The tests.
fn folder() -> PathBuf {
    paths::root().join("tests").join("clients")
}

/// The list of what they need.
fn wanted() -> Result<String> {
    run::read(&folder().join("requirements.txt"))
}

/// Where a Python of the tests' own is installed.
fn home() -> PathBuf {
    paths::target().join("clients")
}

/// That Python.
fn program() -> PathBuf {
    if cfg!(windows) { home().join("Scripts").join("python.exe") } else { home().join("bin").join("python") }
}

/// A copy of the list that was installed.
fn stamp() -> PathBuf {
    home().join("requirements.txt")
}

/// Whether it is there with all that is wanted. A Python that was updated meanwhile leaves a link behind that leads nowhere.
fn installed(wanted: &str) -> bool {
    program().exists() && std::fs::read_to_string(stamp()).is_ok_and(|installed| installed == wanted)
}

/// A Python that has the packages of `tests/clients/requirements.txt`, apart from the system's.
fn python() -> Result<PathBuf> {
    let (wanted, home, python) = (wanted()?, home(), program());
    if installed(&wanted) {
        return Ok(python);
    }
    let system = system_python()?;
    say(&format!("Installing the AWS CLI and boto3 from PyPI into {} (about 1 minute, once)…", home.display()));
    run::shown(Command::new(system).args(["-m", "venv", "--clear"]).arg(&home))?;
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--prefer-binary"]);
    run::shown(pip.arg("--requirement").arg(folder().join("requirements.txt"))).map_err(|reason| {
        format!("{reason}\npip says above why. It needs the network; start this again once that is mended.")
    })?;
    run::write(&stamp(), &wanted)?;
    Ok(python)
}

/// The system's Python, if it is new enough and can make virtual environments.
fn system_python() -> Result<&'static str> {
    let fits = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))";
    let found =
        ["python3", "python"].into_iter().find(|name| run::quiet(Command::new(name).args(["-c", fits])).is_ok());
    found.ok_or_else(|| {
        "The tests with the AWS CLI and boto3 need Python 3.10 or newer with its modules venv and ensurepip. On Debian and \
         Ubuntu: apt-get install python3-venv; elsewhere: https://www.python.org/downloads/"
            .to_owned()
    })
}
