//! The little of a shell that is needed: variables, `$(…)`, `set -e`, statements one after the other or depending on each other,
//! carried out through a `Host`. There are no files, and no programs but `aws`, `curl` and `echo`.

use super::{
    curl::{self, HttpAnswer, HttpRequest, Unreachable},
    error::{CliError, Problem},
    lex::{self, LONGEST, Link, Piece, Statement, StatementKind, Word},
    nearest::nearest,
    options::{self, AwsCall, Parsed},
    output::{self, Unshown},
    pages,
};
use crate::{
    collections::SortedMap,
    control_plane::{ApiError, Command, Outcome, Payload},
};
use std::ops::Range;

/// Carries out the requests of a line.
pub trait Host {
    /// Carries out a control-plane request.
    ///
    /// # Errors
    /// Whatever AWS refuses.
    fn control(&mut self, command: Command) -> Result<Outcome, ApiError>;

    /// Sends an HTTP request.
    ///
    /// # Errors
    /// When nothing would answer it.
    fn fetch(&mut self, request: &HttpRequest) -> Result<HttpAnswer, Unreachable>;

    /// Returns the region that the requests go to.
    fn region(&self) -> String;

    /// Writes an answer's payload into a file; tells whether it could. A host without files cannot.
    fn save(&mut self, _name: &str, _payload: &Payload) -> bool {
        false
    }
}

/// The failure of a statement.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// The line is wrong; nothing was sent.
    Line(CliError),
    /// AWS refuses the request.
    Refused {
        /// AWS's name of the operation.
        operation: &'static str,
        /// Its answer.
        error: ApiError,
    },
}

impl From<CliError> for Failure {
    fn from(error: CliError) -> Self {
        Self::Line(error)
    }
}

impl Failure {
    /// Returns the exit status: 254 when AWS refuses, else that of the line's error.
    pub fn status(&self) -> u8 {
        match self {
            Self::Line(error) => error.status(),
            Self::Refused { .. } => 254,
        }
    }

    /// Returns what to do about it, in a sentence for a learner.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Line(error) => error.hint(),
            Self::Refused { error, .. } => error.hint(),
        }
    }

    /// Returns what the program writes to its standard error.
    pub fn text(&self) -> String {
        match self {
            Self::Line(error) if error.is_about_arguments() => format!("aws: error: {error}"),
            Self::Line(error) => match error.problem {
                Problem::Curl { .. } | Problem::CurlOption { .. } | Problem::UnknownProgram { .. } => error.to_string(),
                _ if [252, 255].contains(&error.status()) => error.to_string(),
                _ => format!("shell: {error}"),
            },
            Self::Refused { operation, error } => output::service_error(operation, error),
        }
    }
}

/// The result of one statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Ran {
    /// Its place in the text, in bytes.
    pub at: Range<usize>,
    /// The text that it wrote, without a final line end.
    pub output: String,
    /// The text that it wrote to its standard error beside that: what `curl -v` tells.
    pub aside: String,
    /// Its failure, if it failed.
    pub failure: Option<Failure>,
}

impl Ran {
    /// Returns the exit status.
    pub fn status(&self) -> u8 {
        self.failure.as_ref().map_or(0, Failure::status)
    }
}

/// One word of a command, its variables put in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arg {
    /// The text.
    pub text: String,
    /// Its place in the script, in bytes.
    pub at: Range<usize>,
    /// Where the text itself begins, when it stands in the script byte for byte.
    exact: Option<usize>,
    /// Whether it was read from the standard input, so that it names no file, whatever it begins with.
    pub(super) is_read: bool,
}

impl Arg {
    /// Returns the place in the script of a part of the text.
    pub(super) fn place(&self, part: Range<usize>) -> Range<usize> {
        match self.exact {
            Some(start) => start + part.start..start + part.end,
            None => self.at.clone(),
        }
    }

    /// Returns the end of the text as a word of its own.
    pub(super) fn part(&self, from: usize, text: &str) -> Self {
        let exact = self.exact.map(|start| start + from);
        Self { text: text.to_owned(), at: self.at.clone(), exact, is_read: self.is_read }
    }

    /// Tells whether it is read as the name of an option: it begins with a dash, and is neither a number nor something with blanks.
    pub(super) fn is_option(&self) -> bool {
        let Some(rest) = self.text.strip_prefix('-') else { return false };
        let is_number = || {
            let (whole, part) = rest.split_once('.').unwrap_or((rest, "0"));
            let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
            digits(whole) && digits(part) && !part.is_empty() && (rest.contains('.') || !whole.is_empty())
        };
        let name = rest.split('=').next().unwrap_or(rest);
        !rest.is_empty() && !is_number() && !name.contains(' ')
    }
}

/// Variables that a shell holds.
const MOST_VARIABLES: usize = 1_000;
/// Bytes that all words of one text may come to, when variables and outputs are put in.
const MOST_EXPANDED: usize = 8 * LONGEST;

/// A shell with its variables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shell {
    variables: SortedMap<String, String>,
    /// Bytes that the words of the present text have come to: a short text can ask for very long ones.
    expanded: usize,
}

impl Shell {
    /// Makes a shell without variables.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the variables that were set.
    pub fn variables(&self) -> &SortedMap<String, String> {
        &self.variables
    }

    /// Carries out a text, statement by statement; one that fails does not stop those after it.
    ///
    /// A text that cannot be read as a whole is not begun.
    pub fn run(&mut self, host: &mut dyn Host, text: &str) -> Vec<Ran> {
        self.expanded = 0;
        match lex::parse(text) {
            Ok(statements) => {
                let mut ran: Vec<Ran> = Vec::new();
                let mut stops = false;
                for statement in &statements {
                    if stops && ran.last().is_some_and(|before| before.failure.is_some()) {
                        break;
                    }
                    stops |= is_set_e(statement);
                    if statement.link.holds(ran.last().is_none_or(|before| before.failure.is_none())) {
                        ran.push(self.statement(host, text, statement));
                    }
                }
                ran
            }
            Err(error) => {
                let (output, aside) = Default::default();
                vec![Ran { at: error.at.clone(), output, aside, failure: Some(error.into()) }]
            }
        }
    }

    fn statement(&mut self, host: &mut dyn Host, text: &str, statement: &Statement) -> Ran {
        let at = statement.at.clone();
        match self.carry_out(host, text, statement) {
            Ok(Wrote { output, aside, error }) => {
                let output = if statement.quiet && error.is_none() { String::new() } else { output };
                Ran { at, output, aside, failure: error.map(Failure::from) }
            }
            Err(failure) => Ran { at, output: String::new(), aside: String::new(), failure: Some(failure) },
        }
    }

    /// Carries out one statement.
    fn carry_out(&mut self, host: &mut dyn Host, text: &str, statement: &Statement) -> Result<Wrote, Failure> {
        match &statement.kind {
            StatementKind::Assign { name, value } => {
                let value = self.expand(host, text, value)?.text;
                self.set(name.clone(), value, &statement.at)?;
                Ok(Wrote::default())
            }
            StatementKind::Run(words) => {
                let input = statement.input.as_ref().map(|word| self.expand(host, text, word)).transpose()?;
                let args: Vec<Arg> = words.iter().map(|w| self.expand(host, text, w)).collect::<Result<_, _>>()?;
                let args = with_input(args, input.as_ref());
                match args.split_first() {
                    Some((program, [dashes, values @ ..])) if program.text == "set" && dashes.text == "--" => {
                        self.set_numbered(values, &statement.at)?;
                        Ok(Wrote::default())
                    }
                    // Every variable is exported, so to speak: there is no other program that could miss it.
                    Some((program, names)) if program.text == "export" && names.iter().all(is_name) => {
                        Ok(Wrote::default())
                    }
                    Some((program, names)) if program.text == "unset" && names.iter().all(is_name) => {
                        names.iter().for_each(|name| drop(self.variables.remove(&name.text)));
                        Ok(Wrote::default())
                    }
                    Some((program, args)) => run_program(host, program, args),
                    None => Ok(Wrote::default()),
                }
            }
        }
    }

    /// Carries out `set -- $NAME`: the numbered variables are the words of these values from now on.
    fn set_numbered(&mut self, values: &[Arg], at: &Range<usize>) -> Result<(), CliError> {
        let old: Vec<String> =
            self.variables.keys().filter(|name| name.starts_with(|c: char| c.is_ascii_digit())).cloned().collect();
        old.iter().for_each(|name| drop(self.variables.remove(name)));
        let words = values.iter().flat_map(|value| value.text.split_whitespace());
        for (number, word) in words.enumerate() {
            self.set((number + 1).to_string(), word.to_owned(), at)?;
        }
        Ok(())
    }

    /// Gives a variable its value; all of them together have a bound.
    fn set(&mut self, name: String, value: String, at: &Range<usize>) -> Result<(), CliError> {
        let known = self.variables.contains_key(&name);
        if !known && self.variables.len() == MOST_VARIABLES {
            return Err(CliError::new(at.clone(), Problem::TooManyVariables(MOST_VARIABLES)));
        }
        let held: usize = self.variables.values().map(String::len).sum();
        if held + value.len() > MOST_EXPANDED {
            return Err(CliError::new(at.clone(), Problem::TooLong(MOST_EXPANDED)));
        }
        self.variables.insert(name, value);
        Ok(())
    }

    /// Puts variables and outputs into a word. A value is never split into several words.
    fn expand(&mut self, host: &mut dyn Host, text: &str, word: &Word) -> Result<Arg, Failure> {
        let mut out = String::new();
        for piece in &word.pieces {
            match piece {
                Piece::Text(literal) => out.push_str(literal),
                Piece::Variable { name, at } => match self.variables.get(name) {
                    Some(value) => out.push_str(value),
                    None => {
                        let nearest = nearest(name, self.variables.keys().map(String::as_str));
                        let problem = Problem::UnknownVariable { name: name.clone(), nearest };
                        return Err(CliError::new(at.clone(), problem).into());
                    }
                },
                Piece::Demand { name, words, at } => match self.variables.get(name).filter(|value| !value.is_empty()) {
                    Some(value) => out.push_str(value),
                    None => {
                        let problem = Problem::Demanded { name: name.clone(), words: words.clone() };
                        return Err(CliError::new(at.clone(), problem).into());
                    }
                },
                Piece::Output { statements, at } => out.push_str(&self.output_of(host, text, statements, at)?),
            }
            if out.len() > LONGEST {
                return Err(CliError::new(word.at.clone(), Problem::TooLong(LONGEST)).into());
            }
        }
        self.expanded = self.expanded.saturating_add(out.len());
        if self.expanded > MOST_EXPANDED {
            return Err(CliError::new(word.at.clone(), Problem::TooLong(MOST_EXPANDED)).into());
        }
        let exact = exact(text, word, &out);
        Ok(Arg { text: out, at: word.at.clone(), exact, is_read: false })
    }

    /// Returns what the statements of `$(…)` write, without line ends at the end. Variables set in there stay in there.
    fn output_of(
        &mut self,
        host: &mut dyn Host,
        text: &str,
        statements: &[Statement],
        at: &Range<usize>,
    ) -> Result<String, Failure> {
        // What is a bound for the whole text goes on in there.
        let mut inner = self.clone();
        let mut out = String::new();
        // The first that fails ends it, so that what stands after `||` is never reached.
        for statement in statements.iter().filter(|statement| statement.link != Link::Failure) {
            let done = inner.carry_out(host, text, statement);
            self.expanded = inner.expanded;
            let Wrote { output, error, .. } = done?;
            if error.is_some() {
                return Err(CliError::new(at.clone(), Problem::Substitution).into());
            }
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&output);
        }
        out.truncate(out.trim_end_matches('\n').len());
        Ok(out)
    }
}

/// The output of a program, and the error of one that writes and fails.
#[derive(Default)]
struct Wrote {
    output: String,
    aside: String,
    error: Option<CliError>,
}

impl From<String> for Wrote {
    fn from(output: String) -> Self {
        Self { output, ..Self::default() }
    }
}

/// The name of the standard input for an option of `aws` that takes bytes. It needs no base64 in any version of the AWS CLI.
pub(super) const STDIN: &str = "fileb:///dev/stdin";

/// Returns the words of a command with what it reads in the place of the name of the standard input.
fn with_input(args: Vec<Arg>, input: Option<&Arg>) -> Vec<Arg> {
    let Some(input) = input else { return args };
    let mut out: Vec<Arg> = Vec::with_capacity(args.len());
    for arg in args {
        match out.last_mut().filter(|before| before.is_option() && arg.text == STDIN) {
            // As one word, so that it is read as no option, whatever it begins with.
            Some(option) => {
                option.text = format!("{}={}", option.text, input.text);
                option.at.end = arg.at.end;
                option.exact = None;
                option.is_read = true;
            }
            None => out.push(arg),
        }
    }
    out
}

/// Tells whether a word is the name of a variable.
fn is_name(word: &Arg) -> bool {
    let mut bytes = word.text.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_')
        && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// Carries out `set -e`: the first command that fails is the last.
fn is_set_e(statement: &Statement) -> bool {
    let StatementKind::Run(words) = &statement.kind else { return false };
    let texts = words.iter().map(|word| match &word.pieces[..] {
        [Piece::Text(text)] => text.as_str(),
        _ => "",
    });
    texts.eq(["set", "-e"])
}

/// Returns where the text of a word begins in the script: the word as it stands, or inside one pair of quotes.
fn exact(text: &str, word: &Word, value: &str) -> Option<usize> {
    let raw = text.get(word.at.clone())?;
    if raw == value {
        return Some(word.at.start);
    }
    (raw.get(1..raw.len().saturating_sub(1)) == Some(value)).then_some(word.at.start + 1)
}

/// Returns the words of a line without variables.
pub(super) fn plain_words(line: &str) -> Result<Vec<Arg>, Failure> {
    struct NoHost;
    impl Host for NoHost {
        fn control(&mut self, _: Command) -> Result<Outcome, ApiError> {
            Err(ApiError::UnknownOperation)
        }

        fn fetch(&mut self, request: &HttpRequest) -> Result<HttpAnswer, Unreachable> {
            Err(Unreachable::host(&request.url))
        }

        fn region(&self) -> String {
            String::new()
        }
    }
    let statements = lex::parse(line)?;
    match &statements[..] {
        [Statement { kind: StatementKind::Run(words), input, .. }] => {
            let mut shell = Shell::new();
            let mut expand = |word: &Word| shell.expand(&mut NoHost, line, word);
            let input = input.as_ref().map(&mut expand).transpose()?;
            Ok(with_input(words.iter().map(expand).collect::<Result<_, _>>()?, input.as_ref()))
        }
        [] => Ok(Vec::new()),
        [first, ..] => Err(CliError::new(first.at.clone(), Problem::Operator("more than one command")).into()),
    }
}

/// The programs that there are.
pub(super) const PROGRAMS: [&str; 3] = ["aws", "curl", "echo"];

fn run_program(host: &mut dyn Host, program: &Arg, args: &[Arg]) -> Result<Wrote, Failure> {
    match program.text.as_str() {
        "aws" => match options::parse(program, args)? {
            Parsed::Call(call) => run_aws(host, *call, false).map(Wrote::from),
            Parsed::Answer(call) => run_aws(host, *call, true).map(Wrote::from),
            Parsed::Help(text) => Ok(text.into()),
        },
        "set" if args.len() == 1 && args[0].text == "-e" => Ok(Wrote::default()),
        "true" | ":" => Ok(Wrote::default()),
        // What is asked for is done at once here, so that there is nothing to wait for.
        "sleep" if !args.is_empty() => Ok(Wrote::default()),
        "echo" => Ok(args.iter().map(|arg| arg.text.as_str()).collect::<Vec<_>>().join(" ").into()),
        "curl" => {
            let call = curl::parse(program, args)?;
            let answer = host.fetch(&call.request).map_err(|cause| cause.error(program))?;
            let (output, aside) = (call.show(&answer), call.talk(&answer));
            Ok(Wrote { output, aside, error: call.failure(&answer, program) })
        }
        name => {
            let problem = Problem::UnknownProgram { name: name.to_owned(), nearest: nearest(name, PROGRAMS) };
            Err(CliError::new(program.at.clone(), problem).into())
        }
    }
}

pub(super) fn run_aws(host: &mut dyn Host, call: AwsCall, skeleton: bool) -> Result<String, Failure> {
    let region = host.region();
    if let Some(other) = call.region.as_ref().filter(|other| other.text != region) {
        return Err(CliError::new(other.at.clone(), Problem::OtherRegion(region)).into());
    }
    if let Some(url) = call.endpoint.as_ref().filter(|_| !skeleton) {
        let own = format!("https://{}", call.command.row().service.host(&region));
        if url.text.trim_end_matches('/') != own {
            let problem = Problem::OtherEndpoint { url: url.text.clone(), own };
            return Err(CliError::new(url.at.clone(), problem).into());
        }
    }
    let operation = call.command.name();
    let mut file = String::new();
    let shown = if skeleton {
        output::skeleton(call.command.row(), call.query.as_ref(), call.format)
    } else {
        let pages = pages::fetch(host, &call).map_err(|error| Failure::Refused { operation, error })?;
        if let (Some(payload), Some(outfile)) = (&pages.payload, &call.outfile) {
            file = save(host, outfile, payload)?;
        }
        output::show(call.command.row(), pages, call.query.as_ref(), call.format)
    };
    let shown = shown.map(|shown| file + &shown);
    shown.map_err(|reason| {
        let at = call.query.map(|query| query.at).unwrap_or_default();
        let problem = match reason {
            Unshown::Query(sentence) => Problem::Asked { sentence, nearest: None },
            Unshown::Form(reason) => Problem::Unshown(reason),
        };
        CliError::new(at, problem).into()
    })
}

/// The file that is what a program writes.
const STDOUT: &str = "/dev/stdout";

/// Writes a payload into the file that a line names; returns what the line writes of it instead.
fn save(host: &mut dyn Host, outfile: &Arg, payload: &Payload) -> Result<String, CliError> {
    if outfile.text == STDOUT {
        return Ok(String::from_utf8_lossy(&payload.bytes).into_owned());
    }
    let is_folder = outfile.text.is_empty() || outfile.text.ends_with(['/', '.']);
    if is_folder || !host.save(&outfile.text, payload) {
        return Err(CliError::new(outfile.at.clone(), Problem::Unwritten(outfile.text.clone())));
    }
    Ok(String::new())
}
