//! The project's tasks. `cargo xtask` lists them.
//!
//! Every task first makes sure of what it needs, says what it is about to install and where, and does none of that again
//! the next time. It must never change anything outside the project's folder, except what rustup, cargo, npm, pip and
//! Playwright keep in their own caches, cargo-deny's database there, and packages of browsers where nothing else gives
//! one (`browser`).

mod bench;
mod browser;
mod build;
mod built;
mod clients;
mod counts;
mod endpoint;
mod fuzz;
mod licences;
mod packages;
mod paths;
mod policy;
mod program;
mod python;
mod run;
mod serve;
mod sizes;
mod spelling;
mod test;
mod tools;

use std::process::ExitCode;

const USAGE: &str = "\
Stagecraft's tasks:

  cargo xtask serve [--port N] [--release]   build, serve with live reload, print the address
  cargo xtask build [--record]               write dist/ for any static host; print what it weighs (and keep that)
  cargo xtask endpoint [--port N] [--region R]
                                             serve the engine to the AWS CLI, SDKs and curl
  cargo xtask test [PART...]                 run these tests: native, clients, web, journeys; or all
  cargo xtask bench [native] [browser] [size]
                                             run the benchmarks; print what the program consists of
  cargo xtask fuzz [SECONDS]                 mutate the corpus of hostile inputs; keep what fails
  cargo xtask licences [--check]             write (or check) static/licences.txt
  cargo xtask packages                       check the packages that are used: licences, versions, known faults
  cargo xtask spelling                       check the spelling of everything

CONTRIBUTING.md tells which tools they use and how to point them at others.";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (task, rest) = match args.split_first() {
        Some((task, rest)) => (task.as_str(), rest),
        None => ("help", args.as_slice()),
    };
    let task = if rest.iter().any(|arg| arg == "--help" || arg == "-h") { "help" } else { task };
    let outcome = match task {
        "serve" => serve::run(rest),
        "build" => build::run(rest),
        "endpoint" => endpoint::run(rest),
        "test" => test::run(rest),
        "bench" => bench::run(rest),
        "fuzz" => fuzz::run(rest),
        "licences" => licences::run(rest),
        "packages" => packages::run(rest),
        "spelling" => spelling::run(rest),
        // For Trunk and for `serve` itself; not meant to be typed.
        "policy" => policy::run(),
        "announce" => serve::announce(rest),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        other => Err(format!("There is no task \"{other}\".\n\n{USAGE}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("\n{reason}");
            ExitCode::FAILURE
        }
    }
}
