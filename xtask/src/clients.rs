//! Real clients against the endpoint: the AWS CLI and boto3 do what `tests/clients/` tells them, unmodified.

use std::path::PathBuf;
use std::process::Command;

use crate::counts::Counts;
use crate::python::Environment;
use crate::run::{self, Background, Result};
use crate::{endpoint, paths};

/// Checks for what the tests need and nothing here can install.
pub(crate) fn ready() -> Result {
    for program in ["bash", "curl"] {
        run::quiet(Command::new(program).arg("--version")).map_err(|reason| {
            format!("{reason}\nThe tests with the AWS CLI run their lines in bash, with curl: install {program}.")
        })?;
    }
    environment()?.ready()
}

/// Runs `tests/clients/` against an endpoint of their own.
pub(crate) fn test() -> Result<Counts> {
    let python = environment()?.python()?;
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

/// Returns the folder of the tests.
fn folder() -> PathBuf {
    paths::root().join("tests").join("clients")
}

/// Returns the Python that has the packages of `tests/clients/requirements.txt`.
fn environment() -> Result<Environment> {
    let wanted = run::read(&folder().join("requirements.txt"))?;
    Ok(Environment { name: "clients", packages: "the AWS CLI and boto3", time: "1 minute", wanted })
}
