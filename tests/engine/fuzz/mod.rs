//! Nothing that anybody can send upsets a reader: the corpus in `tests/engine/corpus/` is read again, a folder per reader, and
//! so are mutations of it.
//!
//! The chance is seeded. `STAGECRAFT_FUZZ_SECONDS=600` goes on for so long, with other chance each time, and adds what fails to
//! the corpus: `cargo xtask fuzz` does that. An input fails when the reader panics or, there only, takes longer than two seconds.

mod mutate;
mod targets;

use std::{
    collections::BTreeSet,
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};
use targets::{FuzzTarget, TARGETS};

/// Mutations of each reader's corpus in a usual run of the tests.
const MUTATIONS: usize = 400;
/// Inputs that are kept in memory because something new came of them.
const POOL: usize = 3_000;
/// The longest that a reader may take for one input.
const SLOW: Duration = Duration::from_secs(2);

fn folder(target: &FuzzTarget) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join("engine").join("corpus").join(target.name)
}

/// Returns the inputs of a reader, in the order of their names.
fn corpus(target: &FuzzTarget) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = fs::read_dir(folder(target))
        .unwrap_or_else(|error| panic!("the corpus of {}: {error}", target.name))
        .map(|entry| entry.expect("an entry of the corpus").path())
        .map(|path| {
            let bytes = fs::read(&path).expect("a readable input");
            (
                path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
                String::from_utf8_lossy(&bytes).into(),
            )
        })
        .collect();
    out.sort();
    out
}

/// Returns what comes of an input; `None` when the reader panics.
fn outcome(target: &FuzzTarget, input: &str) -> Option<String> {
    catch_unwind(AssertUnwindSafe(|| (target.read)(input))).ok()
}

#[test]
fn the_corpus_upsets_no_reader() {
    for target in &TARGETS {
        let inputs = corpus(target);
        assert!(inputs.len() >= 5, "{} has hardly a corpus", target.name);
        for (name, input) in inputs {
            assert!(outcome(target, &input).is_some(), "corpus/{}/{name} upsets its reader", target.name);
        }
    }
}

#[test]
fn every_reader_has_its_corpus_and_every_corpus_its_reader() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join("engine").join("corpus");
    let folders = fs::read_dir(root).expect("the corpus").map(|entry| entry.expect("an entry").file_name());
    let folders: BTreeSet<String> = folders.map(|name| name.to_string_lossy().into_owned()).collect();
    let readers: BTreeSet<String> = TARGETS.iter().map(|target| target.name.to_owned()).collect();
    assert_eq!(folders, readers);
}

#[test]
fn mutations_of_the_corpus_upset_no_reader() {
    match std::env::var("STAGECRAFT_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()) {
        Some(seconds) => for_seconds(seconds),
        None => {
            for target in &TARGETS {
                let mut run = Run::new(target, 1);
                for _ in 0..MUTATIONS {
                    let input = run.next();
                    assert!(run.read(&input).is_some(), "{} is upset by {input:?}", target.name);
                }
            }
        }
    }
}

/// A reader with the inputs that are mutated.
struct Run<'a> {
    target: &'a FuzzTarget,
    chance: fastrand::Rng,
    pool: Vec<String>,
    seen: BTreeSet<u64>,
}

impl<'a> Run<'a> {
    fn new(target: &'a FuzzTarget, seed: u64) -> Self {
        let pool = corpus(target).into_iter().map(|(_, input)| input).collect();
        Self { target, chance: fastrand::Rng::with_seed(seed), pool, seen: BTreeSet::new() }
    }

    fn next(&mut self) -> String {
        mutate::mutate(&self.pool, &mut self.chance)
    }

    /// Reads an input, and keeps it for more mutations if something came of it that was not seen before.
    fn read(&mut self, input: &str) -> Option<()> {
        let outcome = outcome(self.target, input)?;
        // Names and numbers do not make an outcome a new one.
        let shape: String = outcome.chars().filter(|c| !c.is_ascii_digit()).take(200).collect();
        if self.seen.insert(hash(&shape)) && self.pool.len() < POOL {
            self.pool.push(input.to_owned());
        }
        Some(())
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Goes on for so long, and keeps what fails.
fn for_seconds(seconds: u64) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("target").join("fuzz").join("reading");
    fs::create_dir_all(&root).expect("a folder for what is being read");
    let started = Instant::now();
    let seed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(1, |time| time.as_secs());
    let mut runs: Vec<Run<'_>> = TARGETS.iter().map(|target| Run::new(target, seed)).collect();
    let (mut failures, mut count) = (Vec::new(), 0_u64);
    // What a run that died was reading: a stack that overflowed cannot be caught.
    for run in &runs {
        let current = root.join(run.target.name);
        if let Ok(input) = fs::read_to_string(&current) {
            failures.push(keep(run.target, &input));
            fs::remove_file(&current).expect("a file that was just read");
        }
    }
    while started.elapsed() < Duration::from_secs(seconds) {
        for run in &mut runs {
            let current = root.join(run.target.name);
            for _ in 0..50 {
                let input = run.next();
                fs::write(&current, &input).expect("a place for what is being read");
                let begin = Instant::now();
                let fine = run.read(&input).is_some();
                count += 1;
                if !fine || begin.elapsed() > SLOW {
                    let why = if fine { "slow" } else { "panic" };
                    failures.push(format!("{why}: {}", keep(run.target, &input)));
                }
            }
            fs::remove_file(&current).expect("a file that was just written");
        }
    }
    let pools: Vec<String> = runs.iter().map(|run| format!("{} {}", run.target.name, run.pool.len())).collect();
    println!("{count} inputs, seed {seed}; inputs with a new outcome: {}", pools.join(", "));
    assert!(failures.is_empty(), "now in the corpus:\n{}", failures.join("\n"));
}

/// Adds an input to the corpus; where it is.
fn keep(target: &FuzzTarget, input: &str) -> String {
    let path = folder(target).join(format!("found-{:016x}", hash(input)));
    fs::write(&path, input).expect("a writable corpus");
    path.display().to_string()
}
