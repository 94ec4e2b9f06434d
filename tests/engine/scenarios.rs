//! Runs the scenarios. `UPDATE_EXPECT=1` writes the answers of failing commands into their files, to be read and judged.

use super::host::World;
use serde_json::Value;
use stagecraft::{
    dialects::cli::{Ran, Shell},
    ledger::LEDGER,
    lesson::{Prompt, Scenario, Section, difference},
};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

#[test]
fn every_scenario_goes_as_written() {
    check_folder("tests/scenarios", |_| None);
}

#[test]
fn the_engine_does_what_aws_was_seen_to_do() {
    let marks = ["recorded", "documented", "reported", "inferred", "assumed"];
    check_folder("tests/aws", |section| {
        let Section { title, source, has_prompts, .. } = section;
        let fact = (title.as_str(), source.as_deref().unwrap_or_default());
        if *has_prompts && !marks.iter().any(|mark| fact.1.contains(mark)) {
            return Some(format!("## {title} has no line \"Source: …\" with one of {marks:?}"));
        }
        let is_known = source.is_none() || LEDGER.iter().any(|(_, facts)| facts.contains(&fact));
        (!is_known).then(|| format!("## {title} has another source in the ledger than {source:?}"))
    });
}

/// Runs every file of a folder; `check` says what is wrong with a section.
fn check_folder(folder: &str, check: impl Fn(&Section) -> Option<String>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(&root)
        .expect("the folder of scenarios")
        .map(|entry| entry.expect("an entry of the folder").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    files.sort();
    let mut run = Run { failures: Vec::new(), commands: 0 };
    for file in &files {
        let shown = format!("{folder}/{}", file.file_name().unwrap_or_default().to_string_lossy());
        run.file(file, &shown, &check);
    }
    assert!(run.failures.is_empty(), "{} failures\n\n{}", run.failures.len(), run.failures.join("\n\n"));
    assert!(run.commands > 0, "{folder} has no commands");
}

struct Run {
    failures: Vec<String>,
    commands: usize,
}

/// An answer that is to stand in a file.
struct Correction {
    lines: std::ops::Range<usize>,
    text: String,
}

impl Run {
    fn file(&mut self, path: &Path, shown: &str, check: impl Fn(&Section) -> Option<String>) {
        let text = fs::read_to_string(path).expect("a readable scenario");
        let scenario = match Scenario::read(&text) {
            Ok(scenario) => scenario,
            Err(fault) => return self.failures.push(format!("{shown}:{}: {fault}", fault.line())),
        };
        for section in &scenario.sections {
            self.failures.extend(check(section).map(|why| format!("{shown}:{}: {why}", section.line)));
        }
        let mut corrections = Vec::new();
        for sitting in scenario.sittings {
            let (mut world, mut shell) = (World::new(sitting.is_sample, sitting.place), Shell::new());
            for prompt in sitting.prompts {
                self.commands += 1;
                let Some((why, actual)) = run(&mut world, &mut shell, &prompt) else { continue };
                let Prompt { line, input, answer, answer_lines, .. } = prompt;
                self.failures
                    .push(format!("{shown}:{line}: {why}\n$ {input}\n--- expected\n{answer}\n--- actual\n{actual}"));
                corrections.push(Correction { lines: answer_lines, text: with_holes(&actual, &world, &shell) });
            }
        }
        if std::env::var_os("UPDATE_EXPECT").is_some() && !corrections.is_empty() {
            let lines: Vec<&str> = text.lines().collect();
            fs::write(path, corrected(&lines, corrections)).expect("a writable scenario");
        }
    }
}

/// Carries out what is typed at a prompt; returns why it did not go as written, and what it answered.
fn run(world: &mut World, shell: &mut Shell, prompt: &Prompt) -> Option<(String, String)> {
    let expected = with_variables(&prompt.answer, shell);
    if prompt.is_http {
        let actual = world.send(&with_variables(&prompt.input, shell));
        return difference(&expected, &actual).map(|why| (why, actual));
    }
    let ran = shell.run(world, &prompt.input);
    let actual = ran.iter().map(written).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n");
    if expected.is_empty() {
        // Only the success counts.
        let failed = ran.iter().find(|ran| ran.status() != 0)?;
        return Some((format!("it fails with {}", failed.status()), actual));
    }
    // The answer may give a variable its value.
    difference(&with_variables(&prompt.answer, shell), &actual).map(|why| (why, actual))
}

/// Returns a text with the shell's variables put in.
fn with_variables(text: &str, shell: &Shell) -> String {
    shell.variables().iter().rev().fold(text.to_owned(), |text, (name, value)| {
        // A longer name that begins with this one was put in before.
        text.replace(&format!("${name}"), value)
    })
}

fn written(ran: &Ran) -> String {
    let error = ran.failure.as_ref().map(stagecraft::dialects::cli::Failure::text);
    [ran.output.clone(), error.unwrap_or_default()]
        .iter()
        .filter(|t| !t.is_empty())
        .cloned()
        .collect::<Vec<_>>()
        .join("\n")
}

/// Returns an answer with its variables, ids and dates taken out.
fn with_holes(actual: &str, world: &World, shell: &Shell) -> String {
    let mut out = actual.to_owned();
    for (name, value) in shell.variables().iter().filter(|(_, value)| value.len() >= 6) {
        out = out.replace(value.as_str(), &format!("${name}"));
    }
    let mut ids = BTreeSet::new();
    for api in world.session.present().rest_apis.values() {
        ids.insert(api.id.to_string());
        ids.extend(api.config.resources().keys().map(ToString::to_string));
        ids.extend(api.deployments.keys().map(ToString::to_string));
    }
    for id in ids {
        out = out.replace(&id, "<id>");
    }
    let out = match out.split_once("\n\n").filter(|_| out.starts_with("HTTP/2 ")) {
        Some((head, body)) => format!("{head}\n\n{}", compact_json(body)),
        None => compact_json(&out),
    };
    let dull = ["content-length:", "date:", "via:", "x-amz-", "x-amzn-requestid:", "x-amzn-trace-id:", "x-cache:"];
    let keep = |line: &&str| !dull.iter().any(|name| line.starts_with(name));
    let dated = |line: &str| match line.split_once("Date\": \"") {
        Some((before, rest)) => {
            // Every date of the line, from the last to the first.
            let mut parts: Vec<String> =
                rest.split("Date\": \"").map(|part| format!("<date>{}", &part[25.min(part.len())..])).collect();
            parts.insert(0, before.to_owned());
            parts.join("Date\": \"")
        }
        None => line.to_owned(),
    };
    out.lines().filter(keep).map(dated).collect::<Vec<_>>().join("\n")
}

/// Returns the file with the answers that were given.
fn corrected(lines: &[&str], corrections: Vec<Correction>) -> String {
    let mut lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    for correction in corrections.into_iter().rev() {
        lines.splice(correction.lines, correction.text.lines().map(str::to_owned));
    }
    lines.join("\n") + "\n"
}

/// Writes JSON as a person would set it: what is short on one line, two blanks of indent.
fn compact_json(text: &str) -> String {
    serde_json::from_str(text).map_or_else(|_| text.to_owned(), |value| compact(&value, 0))
}

fn compact(value: &Value, indent: usize) -> String {
    let inner = " ".repeat(indent + 2);
    let (open, parts, close) = match value {
        Value::Array(items) => ("[", items.iter().map(|item| compact(item, indent + 2)).collect::<Vec<_>>(), "]"),
        Value::Object(members) => {
            let member = |(name, value): (&String, &Value)| {
                format!("{}: {}", Value::from(name.as_str()), compact(value, indent + 2))
            };
            ("{", members.iter().map(member).collect(), "}")
        }
        scalar => return scalar.to_string(),
    };
    let line = format!("{open}{}{close}", parts.join(", "));
    if line.len() + indent <= 100 && !line.contains('\n') {
        return line;
    }
    format!("{open}\n{inner}{}\n{}{close}", parts.join(&format!(",\n{inner}")), " ".repeat(indent))
}
