//! `cargo xtask test`: every test there is, and one line that sums them up.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

use crate::counts::Counts;
use crate::run::{self, Background, Result};
use crate::{browser, build, built, clients, paths, sizes, tools};

/// Says what one kind of tests needs, and the machine has not and nothing here installs.
type Ready = fn() -> Result;

/// Runs one kind of tests. An error says why it could not even start.
type Layer = fn() -> Result<Counts>;

/// The layers, in the order they are run: the quick ones first.
const LAYERS: [(&str, Ready, Layer); 4] = [
    ("native", || Ok(()), native),
    ("clients", clients::ready, clients::test),
    ("web", tools::node, web),
    ("journeys", tools::node, journeys),
];

/// Runs the named layers, or all. Fails unless each ran something and all of it passed.
pub(crate) fn run(args: &[String]) -> Result {
    if let Some(unknown) = args.iter().find(|arg| LAYERS.iter().all(|(name, ..)| arg != name)) {
        return Err(format!("There is no part \"{unknown}\": cargo xtask test [native] [clients] [web] [journeys]"));
    }
    let wanted = || LAYERS.iter().filter(|(name, ..)| args.is_empty() || args.iter().any(|arg| arg == name));
    // Said at once, not after minutes of tests that need none of it.
    let missing: BTreeSet<String> = wanted().filter_map(|(_, ready, _)| ready().err()).collect();
    if !missing.is_empty() {
        let missing = missing.into_iter().collect::<Vec<_>>().join("\n");
        let rest: Vec<&str> = wanted().filter(|(_, ready, _)| ready().is_ok()).map(|(name, ..)| *name).collect();
        let rest = if rest.is_empty() {
            String::new()
        } else {
            format!("\nThe parts that do not need it: cargo xtask test {}", rest.join(" "))
        };
        return Err(missing + &rest);
    }
    let mut sum = Counts::default();
    for (name, _, layer) in wanted() {
        println!("\n== {name} ==");
        let counts = layer().unwrap_or_else(|reason| {
            eprintln!("{reason}");
            Counts::FAILURE
        });
        println!("== {name}: {} ==", line(counts));
        sum = sum.plus(counts);
    }
    println!("\n{}", line(sum));
    if sum.failed > 0 { Err("Not every test passed.".to_owned()) } else { Ok(()) }
}

fn line(counts: Counts) -> String {
    format!("{} passed, {} failed", counts.passed, counts.failed)
}

/// Runs the engine's tests, the endpoint's, the repository's rules and this program's own tests.
fn native() -> Result<Counts> {
    let mut tests = run::cargo();
    tests.args(["test", "--workspace", "--features", "stagecraft/endpoint", "--no-fail-fast", "--locked"]);
    let finished = run::shown_and_read(&mut tests)?;
    Ok(Counts::of_rust(&finished.text).judged(finished.success))
}

/// Runs `tests/web.rs`, in a browser. wasm-bindgen's runner serves them as a page (it can also drive a browser
/// itself, but only through a chromedriver, which few machines have), and our own driver opens that page.
fn web() -> Result<Counts> {
    tools::for_pages()?;
    tools::npm_packages()?;
    browser::ensure_chromium()?;
    let program = web_test_program()?;
    let mut runner = Command::new(paths::tool("wasm-bindgen-test-runner"));
    runner
        .arg(&program)
        .current_dir(paths::root())
        .env("NO_HEADLESS", "1")
        .env("WASM_BINDGEN_TEST_ADDRESS", "127.0.0.1:0");
    let mut runner = Background::start(&mut runner)?;
    let address =
        runner.wait_for(|line| line.split_whitespace().find(|word| word.starts_with("http://")).map(str::to_owned));
    let address = address.ok_or("wasm-bindgen-test-runner did not serve the tests.")?;
    let mut driver = Command::new("node");
    let finished = run::shown_and_read(driver.args(["web-tests.mjs", &address]).current_dir(paths::e2e()))?;
    Ok(Counts::of_rust(&finished.text).judged(finished.success))
}

/// Builds `tests/web.rs` and returns the program's path.
fn web_test_program() -> Result<PathBuf> {
    let mut build = run::cargo();
    build.args(["test", "--locked", "--target", "wasm32-unknown-unknown", "--test", "web", "--no-run"]);
    built::program(&mut build, "test")
}

/// Runs the journeys through the built site.
fn journeys() -> Result<Counts> {
    tools::npm_packages()?;
    browser::ensure_chromium()?;
    // Without one, one journey fails, which says so again; the others are worth their time.
    if let Err(reason) = browser::ensure_firefox() {
        eprintln!("{reason}");
    }
    build::release()?;
    let budget = match sizes::report() {
        Ok(()) => Counts::default(),
        Err(reason) => {
            eprintln!("{reason}");
            Counts::FAILURE
        }
    };
    let tap = paths::target().join("journeys.tap");
    let mut node = Command::new("node");
    node.args(["--test", "--test-reporter=spec", "--test-reporter-destination=stdout", "--test-reporter=tap"]);
    node.arg(format!("--test-reporter-destination={}", tap.display()));
    node.args(journey_files()?).current_dir(paths::root());
    // An earlier run's figures must not pass for this one's.
    let _ = std::fs::remove_file(&tap);
    let finished = run::shown(&mut node);
    let counts = Counts::of_node(&run::read(&tap)?).judged(finished.is_ok());
    Ok(counts.plus(budget))
}

fn journey_files() -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(paths::e2e()).map_err(|error| format!("tests/e2e cannot be read: {error}"))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(std::result::Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    files.sort();
    if files.is_empty() { Err("There are no journeys in tests/e2e.".to_owned()) } else { Ok(files) }
}
