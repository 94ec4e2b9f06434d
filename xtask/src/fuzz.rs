//! `cargo xtask fuzz`: mutations of the corpus for so long; what fails is added to the corpus, where every run of the tests reads
//! it again.

use crate::paths;
use crate::run::{self, Result, say};

/// Seconds, when none are given.
const SECONDS: u64 = 60;

/// Builds the tests of the engine, optimised but with all checks, and lets them mutate the corpus.
pub(crate) fn run(args: &[String]) -> Result {
    let seconds = match args {
        [] => SECONDS,
        [text] => {
            text.parse().map_err(|_| format!("\"{text}\" is no number of seconds: cargo xtask fuzz [SECONDS]"))?
        }
        _ => return Err("One number of seconds is enough: cargo xtask fuzz [SECONDS]".to_owned()),
    };
    say(&format!("Mutating the corpus for {seconds} seconds; what fails goes to tests/engine/corpus/"));
    let mut tests = run::cargo();
    tests.args(["test", "--locked", "--test", "engine", "--config", "profile.test.opt-level=1"]);
    // Apart from the usual build, which would begin anew after it.
    tests.arg("--target-dir").arg(paths::target().join("fuzz").join("build"));
    tests.args(["mutations_of_the_corpus", "--", "--nocapture"]);
    run::shown(tests.env("STAGECRAFT_FUZZ_SECONDS", seconds.to_string()))
}
