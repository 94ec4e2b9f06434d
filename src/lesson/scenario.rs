//! Reads a scenario: prose with ```` ```console ```` blocks, and comments that say in which workspace they are carried out.
//!
//! ```text
//! <!-- workspace: sample -->           a fresh workspace and a fresh shell from here on
//! $ command                            a command; it goes on after `\`, and on lines that begin with `> `
//! answer                               what it is to answer; nothing when only its success counts
//! ```
//!
//! In ```` ```http ```` blocks a command is a request to the control plane in AWS's REST form: `$ POST /restapis {"name": "a"}`.

use crate::entities::{AccountId, Place, Region};
use std::{fmt, ops::Range};

/// The longest scenario that is read, in bytes.
const LONGEST: usize = 1024 * 1024;

/// A scenario, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scenario {
    /// Its sections in order, the text before the first heading among them.
    pub sections: Vec<Section>,
    /// Its workspaces in order, each with what is typed there.
    pub sittings: Vec<Sitting>,
}

/// A part of a scenario: what stands under a heading of the second level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The line of its heading, from 1.
    pub line: usize,
    /// Its heading; empty for the text before the first one.
    pub title: String,
    /// The source: the paragraph that begins with `Source:`, without that word.
    pub source: Option<String>,
    /// Tells whether something is typed in it.
    pub has_prompts: bool,
}

/// One fresh workspace with one shell, and what is typed there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sitting {
    /// The line of the comment that begins it, from 1.
    pub line: usize,
    /// The heading that it begins under.
    pub title: String,
    /// Tells whether the workspace holds the sample; else it is empty.
    pub is_sample: bool,
    /// The account and the region of the workspace.
    pub place: Place,
    /// The lines that are typed, in order.
    pub prompts: Vec<Prompt>,
}

/// A line that is typed, and the answer that is expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// The line of its `$`, from 1.
    pub line: usize,
    /// The line that is typed, without prompts.
    pub input: String,
    /// Tells whether it is a request over HTTP and no line of a shell.
    pub is_http: bool,
    /// The expected answer; empty when only success counts.
    pub answer: String,
    /// The lines of the answer in the file: from 0, the end not included.
    pub answer_lines: Range<usize>,
}

/// The fault that makes a text no scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScenarioFault {
    /// It is longer than a scenario may be.
    TooLong,
    /// The block that begins before this line does not begin with a command.
    NoCommand(usize),
    /// The command in this line stands before the first workspace.
    NoWorkspace(usize),
    /// The comment in this line does not name a workspace.
    UnknownWorkspace(usize),
}

impl ScenarioFault {
    /// Returns the line that it is about, from 1.
    pub fn line(&self) -> usize {
        match self {
            Self::TooLong => 1,
            Self::NoCommand(line) | Self::NoWorkspace(line) | Self::UnknownWorkspace(line) => *line,
        }
    }
}

impl fmt::Display for ScenarioFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLong => "the scenario is too long",
            Self::NoCommand(_) => "a block begins with a command",
            Self::NoWorkspace(_) => "no workspace is set before",
            Self::UnknownWorkspace(_) => "a workspace is sample or empty, with region=… and account=…",
        })
    }
}

impl Scenario {
    /// Takes a scenario apart.
    ///
    /// # Errors
    /// The text breaks the grammar, or is longer than a megabyte.
    pub fn read(text: &str) -> Result<Self, ScenarioFault> {
        if text.len() > LONGEST {
            return Err(ScenarioFault::TooLong);
        }
        let lines: Vec<&str> = text.lines().collect();
        let mut scenario = Self { sections: vec![Section::new(1, "")], sittings: Vec::new() };
        let mut at = 0;
        while let Some(line) = lines.get(at) {
            at += 1;
            if let Some(comment) = line.strip_prefix("<!-- workspace:").and_then(|rest| rest.strip_suffix("-->")) {
                let title = scenario.section().title.clone();
                let sitting = Sitting::begin(comment, at, title).ok_or(ScenarioFault::UnknownWorkspace(at))?;
                scenario.sittings.push(sitting);
            } else if let Some(title) = line.strip_prefix("## ") {
                scenario.sections.push(Section::new(at, title.trim()));
            } else if line.starts_with("Source:") {
                let end = (at..lines.len()).find(|at| lines[*at].trim().is_empty()).unwrap_or(lines.len());
                let words = lines[at - 1..end].iter().flat_map(|line| line.split_whitespace()).skip(1);
                scenario.section().source = Some(words.collect::<Vec<_>>().join(" "));
                at = end;
            } else if matches!(*line, "```console" | "```http") {
                at = scenario.block(&lines, at, *line == "```http")?;
            }
        }
        Ok(scenario)
    }

    /// Returns the section that is being read.
    fn section(&mut self) -> &mut Section {
        if self.sections.is_empty() {
            self.sections.push(Section::new(1, ""));
        }
        let last = self.sections.len() - 1;
        &mut self.sections[last]
    }

    /// Reads a block from the line after its fence; returns the line after its end.
    fn block(&mut self, lines: &[&str], mut at: usize, is_http: bool) -> Result<usize, ScenarioFault> {
        let end = (at..lines.len()).find(|at| lines[*at] == "```").unwrap_or(lines.len());
        while at < end {
            let line = at + 1;
            let mut input = lines[at].strip_prefix("$ ").ok_or(ScenarioFault::NoCommand(line))?.to_owned();
            at += 1;
            while at < end {
                let goes_on = input.ends_with('\\') && !lines[at].starts_with("$ ");
                let Some(more) = lines[at].strip_prefix("> ").or(goes_on.then_some(lines[at])) else { break };
                input.push('\n');
                input.push_str(more);
                at += 1;
            }
            let start = at;
            at = (at..end).find(|at| lines[*at].starts_with("$ ")).unwrap_or(end);
            let last = (start..at).rev().find(|at| !lines[*at].is_empty()).map_or(start, |last| last + 1);
            let answer = lines[start..last].join("\n");
            let sitting = self.sittings.last_mut().ok_or(ScenarioFault::NoWorkspace(line))?;
            sitting.prompts.push(Prompt { line, input, is_http, answer, answer_lines: start..last });
            self.section().has_prompts = true;
        }
        Ok(end + 1)
    }
}

impl Section {
    fn new(line: usize, title: &str) -> Self {
        Self { line, title: title.to_owned(), source: None, has_prompts: false }
    }
}

impl Sitting {
    /// Reads the comment that begins it: `sample` or `empty`, then `region=…` and `account=…`.
    fn begin(comment: &str, line: usize, title: String) -> Option<Self> {
        let mut words = comment.split_whitespace();
        let is_sample = match words.next() {
            Some("sample") => true,
            Some("empty") => false,
            _ => return None,
        };
        let mut place = Place::default();
        for word in words {
            match word.split_once('=')? {
                ("region", name) => place.region = Region::parse(name)?,
                ("account", id) => place.account_id = AccountId::parse(id)?,
                _ => return None,
            }
        }
        Some(Self { line, title, is_sample, place, prompts: Vec::new() })
    }
}
