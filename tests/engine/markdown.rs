//! A scenario file: prose with ```` ```console ```` blocks, and comments that set the stage.
//!
//! ```text
//! <!-- workspace: sample -->           a fresh workspace and a fresh shell from here on
//! $ command                            a command; it goes on after `\`, and on lines that begin with `> `
//! answer                               what it is to answer; nothing when only its success counts
//! ```
//!
//! In ```` ```http ```` blocks a command is a request to the control plane in AWS's REST form: `$ POST /restapis {"name": "a"}`.

/// One thing that a file asks for.
pub(crate) enum Entry {
    /// A fresh workspace.
    Workspace {
        /// Its line, from 1.
        line: usize,
        /// What follows `workspace:`.
        directive: String,
    },
    /// A command with its answer.
    Command(Command),
    /// A heading of the second level, or where a file begins.
    Section(Section),
}

/// A command with its answer.
pub(crate) struct Command {
    /// The line of its `$`, from 1.
    pub(crate) line: usize,
    /// The command, without prompts.
    pub(crate) text: String,
    /// Whether it is a request over HTTP and no line of a shell.
    pub(crate) is_http: bool,
    /// The lines of its answer: from 0, the end not included.
    pub(crate) answer: std::ops::Range<usize>,
}

/// A part of a file.
pub(crate) struct Section {
    /// Its line, from 1.
    pub(crate) line: usize,
    /// Its title.
    pub(crate) title: String,
    /// The line that begins with `Source: `, if there is one.
    pub(crate) source: Option<String>,
    /// Whether it has commands.
    pub(crate) has_commands: bool,
}

/// Reads a file.
pub(crate) fn parse(text: &str) -> Vec<Entry> {
    let lines: Vec<&str> = text.lines().collect();
    let mut out = Vec::new();
    let mut section = Section { line: 1, title: String::new(), source: None, has_commands: false };
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        if let Some(directive) = line.strip_prefix("<!-- workspace:").and_then(|rest| rest.strip_suffix("-->")) {
            out.push(Entry::Workspace { line: at, directive: directive.trim().to_owned() });
        } else if let Some(title) = line.strip_prefix("## ") {
            let next = Section { line: at, title: title.to_owned(), source: None, has_commands: false };
            out.push(Entry::Section(std::mem::replace(&mut section, next)));
        } else if line.starts_with("Source: ") {
            section.source = Some((*line).to_owned());
        } else if matches!(*line, "```console" | "```http") {
            section.has_commands = true;
            at = block(&lines, at, *line == "```http", &mut out);
        }
    }
    out.push(Entry::Section(section));
    out
}

/// Reads a block from the line after its fence; answers the line after its end.
fn block(lines: &[&str], mut at: usize, is_http: bool, out: &mut Vec<Entry>) -> usize {
    let end = (at..lines.len()).find(|at| lines[*at] == "```").unwrap_or(lines.len());
    while at < end {
        let Some(first) = lines[at].strip_prefix("$ ") else {
            panic!("line {}: a block begins with a command", at + 1);
        };
        let (line, mut text) = (at + 1, first.to_owned());
        at += 1;
        while at < end {
            let goes_on = text.ends_with('\\') && !lines[at].starts_with("$ ");
            match lines[at].strip_prefix("> ").or(goes_on.then_some(lines[at])) {
                Some(more) => text = format!("{text}\n{more}"),
                None => break,
            }
            at += 1;
        }
        let start = at;
        at = (at..end).find(|at| lines[*at].starts_with("$ ")).unwrap_or(end);
        let last = (start..at).rev().find(|at| !lines[*at].is_empty()).map_or(start, |last| last + 1);
        out.push(Entry::Command(Command { line, text, is_http, answer: start..last }));
    }
    end + 1
}
