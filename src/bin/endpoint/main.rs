//! The engine behind HTTP, for real clients: the AWS CLI, the SDKs, curl. `cargo xtask endpoint` builds and starts it.
//!
//! It listens on the loopback interface only, keeps everything in memory and checks no signature. Nothing here
//! decides anything: `stagecraft::host` finds out who is asked, and the engine answers.

mod http;
mod server;

use stagecraft::{
    entities::Region,
    host::{AllowedOrigin, Front},
};
use std::{
    process::ExitCode,
    time::{SystemTime, UNIX_EPOCH},
};

const USAGE: &str = "\
Serves Stagecraft's engine to real clients, on this machine only.

  cargo xtask endpoint [--port N] [--region R] [--allow-origin O]...

  --port N           4566 unless given; 0 takes any free one
  --region R         the region of requests that name none; us-east-1 unless given
  --allow-origin O   lets pages of this origin call invoke URLs, as those of localhost may; for example http://app.test:3000";

const DEFAULT_PORT: u16 = 4566;

#[derive(Debug, PartialEq)]
struct Options {
    port: u16,
    region: Region,
    allowed: Vec<AllowedOrigin>,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--help" || argument == "-h") {
        println!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    match parse(&arguments).and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn parse(arguments: &[String]) -> Result<Options, String> {
    let mut options = Options { port: DEFAULT_PORT, region: Region::default(), allowed: Vec::new() };
    let mut rest = arguments.iter().flat_map(|argument| argument.splitn(2, '='));
    while let Some(name) = rest.next() {
        let mut value = || rest.next().ok_or_else(|| format!("{name} needs a value.\n\n{USAGE}"));
        match name {
            "--port" => {
                let value = value()?;
                options.port = value.parse().map_err(|_| format!("{value} is no port: a number up to 65535."))?;
            }
            "--region" => {
                let value = value()?;
                options.region =
                    Region::parse(value).ok_or_else(|| format!("{value} is no region, such as us-east-1."))?;
            }
            "--allow-origin" => {
                let value = value()?;
                let origin = AllowedOrigin::parse(value);
                options
                    .allowed
                    .push(origin.ok_or_else(|| format!("{value} is no origin, such as http://app.test:3000."))?);
            }
            other => return Err(format!("`{other}` is not understood.\n\n{USAGE}")),
        }
    }
    Ok(options)
}

fn run(options: Options) -> Result<(), String> {
    let listeners = server::listen(options.port)
        .map_err(|error| format!("Port {} cannot be used ({error}); choose another with --port.", options.port))?;
    let port = listeners.first().and_then(|listener| listener.local_addr().ok()).map_or(0, |address| address.port());
    let both = if listeners.len() > 1 { " and [::1]" } else { "" };
    println!(
        "
  Stagecraft's endpoint is at  http://127.0.0.1:{port}  (127.0.0.1{both}: this machine only)

    aws --endpoint-url http://127.0.0.1:{port} apigateway get-rest-apis
    curl http://127.0.0.1:{port}/_invoke/{{api-id}}/{{stage}}/

  Signatures are accepted and not checked: any credentials will do.
  Everything is kept in memory and is gone when this stops. Ctrl-C stops it.
"
    );
    server::serve(listeners, server::Bounds::USUAL, Front::new(seed(), options.region).allowing(options.allowed))
        .map_err(|error| format!("The endpoint stopped: {error}"))
}

/// Returns a number that differs in each run.
fn seed() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    (u64::from(now.subsec_nanos()) << 32) ^ now.as_secs() ^ u64::from(std::process::id())
}

#[cfg(test)]
mod tests {
    use super::{AllowedOrigin, Options, parse};
    use stagecraft::entities::Region;

    #[test]
    fn the_command_line_says_what_it_did_not_understand() {
        let words = |line: &str| parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        let options = |port, region, origins: &[&str]| {
            let allowed = origins.iter().map(|origin| AllowedOrigin::parse(origin).expect("an origin")).collect();
            Ok(Options { port, region: Region::parse(region).expect("a region"), allowed })
        };
        assert_eq!(words(""), options(4566, "us-east-1", &[]));
        assert_eq!(words("--port 0 --region=eu-west-1"), options(0, "eu-west-1", &[]));
        let both = "--allow-origin http://a.test --allow-origin=https://b.test:3000";
        assert_eq!(words(both), options(4566, "us-east-1", &["http://a.test", "https://b.test:3000"]));
        for (line, problem) in [
            ("--port", "--port needs a value."),
            ("--port 70000", "70000 is no port"),
            ("--region here", "here is no region"),
            ("--allow-origin *", "* is no origin"),
            ("4566", "`4566` is not understood."),
        ] {
            assert!(words(line).is_err_and(|error| error.starts_with(problem)), "{line}");
        }
    }
}
