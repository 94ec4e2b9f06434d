//! The console: lines of `aws` and `curl`, carried out on the workspace that is shown. A line does what the forms do, so
//! the screen, undo and saving follow; what the console itself shows is kept with the page and not stored.

use super::{State, Store, browser::offer_file};
use crate::{
    collections::SortedMap,
    control_plane::{ApiError, Command, Outcome, Payload},
    data_plane::{self, OwnAnswer, Step},
    dialects::cli::{Failure, Host, HttpAnswer, HttpRequest, Ran, Shell, Unreachable},
    history::Sender,
};
use js_sys::Uint8Array;
use std::{ops::Range, rc::Rc};

/// Texts that are kept.
const ENTRIES: usize = 200;

/// The console as it is shown.
#[derive(Debug, Default)]
pub struct Console {
    /// The texts that were run, with what they wrote; the oldest go.
    pub entries: Rc<Vec<Rc<Entry>>>,
    /// The text in the making.
    pub draft: String,
    shell: Shell,
}

impl Console {
    /// Returns the variables that its lines have set.
    pub(in crate::ui) fn variables(&self) -> &SortedMap<String, String> {
        self.shell.variables()
    }
}

/// A text that was run.
#[derive(Debug, PartialEq)]
pub struct Entry {
    /// Unique on this page.
    pub id: u32,
    /// The text.
    pub text: String,
    /// The outcomes of its commands.
    pub results: Vec<Outcomes>,
}

/// The outcome of one command.
#[derive(Debug, PartialEq, Eq)]
pub struct Outcomes {
    /// Its output.
    pub output: String,
    /// Its standard error.
    pub aside: String,
    /// Why it failed.
    pub refusal: Option<Refusal>,
    /// Its exit status.
    pub status: u8,
}

/// Why a command failed.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The error, as the program writes it.
    pub text: String,
    /// The way out.
    pub hint: Option<String>,
    /// The part of the text that is wrong, in bytes.
    pub at: Option<Range<usize>>,
}

impl From<Ran> for Outcomes {
    fn from(ran: Ran) -> Self {
        let status = ran.status();
        let refusal = ran.failure.map(|failure| Refusal {
            text: failure.text(),
            hint: failure.hint(),
            at: match failure {
                Failure::Line(error) => Some(error.at),
                Failure::Refused { .. } => None,
            },
        });
        Self { output: ran.output, aside: ran.aside, refusal, status }
    }
}

impl Entry {
    /// Returns the exit status of the last command.
    pub fn status(&self) -> u8 {
        self.results.last().map_or(0, |result| result.status)
    }

    /// Returns what the commands wrote to their standard output.
    pub fn stdout(&self) -> String {
        lines(self.results.iter().map(|result| result.output.as_str()))
    }

    /// Returns what they wrote to their standard error.
    pub fn stderr(&self) -> String {
        let refusal =
            |result: &'_ Outcomes| result.refusal.as_ref().map(|refusal| refusal.text.clone()).unwrap_or_default();
        let texts: Vec<String> =
            self.results.iter().flat_map(|result| [result.aside.clone(), refusal(result)]).collect();
        lines(texts.iter().map(String::as_str))
    }
}

fn lines<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    texts.filter(|text| !text.is_empty()).flat_map(|text| [text, "\n"]).collect()
}

/// Carries out a text, and shows it in the console.
pub(in crate::ui) fn run(store: &Store, text: &str) -> Rc<Entry> {
    let mut shell = store.read(|state| state.console.shell.clone());
    let ran = shell.run(&mut Page(store), text);
    let id = store.fresh();
    let entry = Rc::new(Entry { id, text: text.to_owned(), results: ran.into_iter().map(Outcomes::from).collect() });
    store.edit_console(|console| {
        let Console { entries, shell: kept, .. } = console;
        *kept = shell;
        let entries = Rc::make_mut(entries);
        if entries.len() >= ENTRIES {
            entries.remove(0);
        }
        entries.push(entry.clone());
    });
    entry
}

/// Returns the texts that were run, the newest first, each once.
pub(in crate::ui) fn earlier(state: &State) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for entry in state.console.entries.iter().rev() {
        if !out.contains(&entry.text) {
            out.push(entry.text.clone());
        }
    }
    out
}

/// The workspace that is shown, as the host of a shell.
struct Page<'a>(&'a Store);

impl Host for Page<'_> {
    fn control(&mut self, command: Command) -> Result<Outcome, ApiError> {
        self.0.execute_for(Sender::Console, command)
    }

    fn fetch(&mut self, request: &HttpRequest) -> Result<HttpAnswer, Unreachable> {
        let exchange = self.0.invoke(data_plane::Request {
            method: request.method.clone(),
            url: request.url.clone(),
            headers: request.headers.clone(),
            body: request.body.clone(),
        });
        let invocation = &exchange.invocation;
        for step in &invocation.trace.steps {
            match step {
                Step::Stagecraft(OwnAnswer::OtherHost(host)) => return Err(Unreachable::host(host)),
                Step::Stagecraft(OwnAnswer::NotEncrypted | OwnAnswer::OtherPort(_)) => {
                    return Err(Unreachable { code: 7, message: "Failed to connect: Connection refused".into() });
                }
                _ => {}
            }
        }
        let response = &invocation.response;
        Ok(HttpAnswer { status: response.status, headers: response.headers.clone(), body: response.body.clone() })
    }

    fn save(&mut self, name: &str, payload: &Payload) -> bool {
        // A browser keeps downloads in one folder.
        let name = name.rsplit('/').next().unwrap_or_default();
        offer_file(name, &payload.content_type, &Uint8Array::from(&*payload.bytes)).is_some()
    }

    fn region(&self) -> String {
        self.0.read(|state| state.present().place.region.to_string())
    }
}
