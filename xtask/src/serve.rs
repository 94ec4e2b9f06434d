//! `cargo xtask serve`: the page with live reload, on this machine only.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::run::{self, Result, say};
use crate::{build, paths, policy, tools};

const DEFAULT_PORT: u16 = 8080;

/// Builds, serves, and prints the address as soon as it answers.
pub(crate) fn run(args: &[String]) -> Result {
    let options = Options::parse(args)?;
    tools::for_pages()?;
    let port = free_port(options.port)?;
    if port != options.port {
        say(&format!("Port {} is taken; using {port}.", options.port));
    }
    // A page of an earlier run must not pass for the new one.
    let _ = std::fs::remove_dir_all(dist());

    say("Building the page (the first time takes a minute or two)…");
    let mut trunk = build::trunk("serve")?;
    trunk.arg("--dist").arg(dist()).args(["--port", &port.to_string()]).env(policy::SERVING, "1");
    if options.release {
        trunk.arg("--release");
    }
    let this = std::env::current_exe().map_err(|error| format!("This program cannot find itself: {error}"))?;
    Command::new(this)
        .args(["announce", &port.to_string()])
        .stdin(Stdio::null())
        .spawn()
        .map_err(|error| format!("The address cannot be announced: {error}"))?;
    run::instead(trunk)
}

/// Waits until the page is built and served, then prints its address. Runs beside the server.
pub(crate) fn announce(args: &[String]) -> Result {
    let port = args.first().and_then(|port| port.parse::<u16>().ok()).ok_or("announce needs a port.")?;
    let parent = parent_process();
    while !(dist().join("index.html").is_file() && TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok()) {
        if parent_process() != parent {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(100));
    }
    println!("\n  Stagecraft is at  http://127.0.0.1:{port}/\n  It reloads when a file changes. Ctrl-C stops it.\n");
    Ok(())
}

#[derive(Debug, PartialEq)]
struct Options {
    port: u16,
    release: bool,
}

impl Options {
    fn parse(args: &[String]) -> Result<Self> {
        let mut options = Self { port: DEFAULT_PORT, release: false };
        let mut words = args.iter().map(String::as_str);
        while let Some(word) = words.next() {
            let port = match word {
                "--release" => {
                    options.release = true;
                    continue;
                }
                "--port" | "-p" => words.next(),
                _ => word.strip_prefix("--port="),
            };
            options.port = match port.map(str::parse) {
                Some(Ok(port)) if port > 0 => port,
                _ => {
                    return Err(format!("`{word}` is not understood: cargo xtask serve [--port N] [--release]"));
                }
            };
        }
        Ok(options)
    }
}

/// Returns the first free port from `wanted` on, within twenty.
fn free_port(wanted: u16) -> Result<u16> {
    (wanted..=wanted.saturating_add(20))
        .find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok())
        .ok_or_else(|| {
            format!("No port from {wanted} to {} is free; choose one with --port.", wanted.saturating_add(20))
        })
}

/// Returns a folder apart from `dist/`, so that serving and a release build do not overwrite each other.
fn dist() -> PathBuf {
    paths::target().join("serve")
}

#[cfg(unix)]
fn parent_process() -> u32 {
    std::os::unix::process::parent_id()
}

#[cfg(not(unix))]
fn parent_process() -> u32 {
    0
}

#[cfg(test)]
mod tests {
    use super::{Options, free_port};
    use std::net::{Ipv4Addr, TcpListener};

    fn parse(line: &str) -> Result<Options, String> {
        Options::parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn options_are_read_in_both_spellings_and_anything_else_is_refused() {
        assert_eq!(parse(""), Ok(Options { port: 8080, release: false }));
        assert_eq!(parse("--port 9000 --release"), Ok(Options { port: 9000, release: true }));
        assert_eq!(parse("--port=9000"), Ok(Options { port: 9000, release: false }));
        for wrong in ["--port", "--port x", "--port 0", "--port 70000", "9000", "--open"] {
            assert!(parse(wrong).is_err(), "{wrong} was accepted");
        }
    }

    #[test]
    fn a_taken_port_is_passed_over() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = taken.local_addr().expect("an address").port();
        assert_ne!(free_port(port), Ok(port));
    }
}
