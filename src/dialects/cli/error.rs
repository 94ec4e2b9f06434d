//! Tells the faults of a line before any request is sent: the place, the fault, and what was probably meant.

use super::{nearest, output};
use std::{fmt, ops::Range};
use thiserror::Error;

/// A line that cannot be carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CliError {
    /// The part of the text that is wrong, in bytes; empty where something is missing.
    pub at: Range<usize>,
    /// The fault.
    pub problem: Problem,
}

/// The fault of a line. Sentences are the AWS CLI's where its own are known.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Problem {
    /// A quote or a `$(` without its end.
    #[error("{0} has no end")]
    Unclosed(&'static str),
    /// A shell's operator that is not part of the subset here.
    #[error("{0} is not understood here")]
    Operator(&'static str),
    /// A loop, a condition or a group.
    #[error("{0} is not understood here")]
    Keyword(&'static str),
    /// A variable that was never set.
    #[error("${name} is not set")]
    UnknownVariable {
        /// Its name.
        name: String,
        /// The variable that was probably meant.
        nearest: Option<String>,
    },
    /// A variable that a script asks for.
    #[error("{name}: {words}")]
    Demanded {
        /// Its name.
        name: String,
        /// The words of the script about it.
        words: String,
    },
    /// Neither `aws` nor `curl`.
    #[error("{name}: command not found")]
    UnknownProgram {
        /// The word.
        name: String,
        /// The program that was probably meant.
        nearest: Option<String>,
    },
    /// `$(…)` whose command failed.
    #[error("the command in $(…) failed")]
    Substitution,
    /// More text than is read.
    #[error("the text is too long: more than {0} bytes")]
    TooLong(usize),
    /// More variables than are held.
    #[error("there are too many variables: more than {0}")]
    TooManyVariables(usize),
    /// More nesting than is read.
    #[error("the nesting is too deep: more than {0} levels")]
    TooDeep(usize),
    /// Something in the place of `apigateway`.
    #[error("argument command: Invalid choice: {name}")]
    UnknownService {
        /// The word.
        name: String,
        /// The service that was probably meant.
        nearest: Option<String>,
    },
    /// No such operation.
    #[error("argument operation: Invalid choice: {name}")]
    UnknownOperation {
        /// The word.
        name: String,
        /// The operation that was probably meant.
        nearest: Option<String>,
    },
    /// Options that the operation needs, or a word that `aws` itself needs.
    #[error("the following arguments are required: {}", .0.join(", "))]
    Required(Vec<String>),
    /// Options that the program does not have.
    #[error("Unknown options: {}", .names.join(", "))]
    UnknownOptions {
        /// The options, and words that belong to none.
        names: Vec<String>,
        /// The option that the first was probably meant to be.
        nearest: Option<String>,
    },
    /// The beginning of more than one option.
    #[error("ambiguous option: {name} could match {}", .could_be.join(", "))]
    Ambiguous {
        /// The text that was given.
        name: String,
        /// The options that begin so.
        could_be: Vec<String>,
    },
    /// A value that is not among the few that an option takes.
    #[error("argument {option}: {}", nearest::choices(value, choices))]
    Choice {
        /// The option.
        option: String,
        /// The text that was given.
        value: String,
        /// The texts that it takes.
        choices: &'static [&'static str],
    },
    /// No number where one is due.
    #[error("argument {option}: invalid int value: '{value}'")]
    Number {
        /// The option.
        option: String,
        /// The text that was given.
        value: String,
    },
    /// Options about pages in a line that asks for one page.
    #[error("Cannot specify --no-paginate along with pagination arguments: {}", .0.join(", "))]
    NoPaginate(Vec<String>),
    /// No base64 where `--cli-binary-format` says so.
    #[error("Invalid base64: \"{0}\"")]
    Base64(String),
    /// A text where Python wants a number; the sentence is Python's.
    #[error("{0}")]
    Literal(String),
    /// More than one input in one text.
    #[error("Only one --cli-input- parameter may be specified.")]
    TwoInputs,
    /// An input that is no JSON.
    #[error("Error parsing parameter '{0}': Invalid JSON received.")]
    InvalidJson(&'static str),
    /// An input in YAML that is no JSON, too.
    #[error("Error parsing parameter '--cli-input-yaml': only the JSON in YAML is read here")]
    Yaml,
    /// Two options that contradict each other.
    #[error("Both --cli-auto-prompt and --no-cli-auto-prompt cannot be specified at the same time.")]
    AutoPrompt,
    /// `--endpoint-url` without `https://`.
    #[error(
        "Bad value for --endpoint-url \"{0}\": scheme is missing.  Must be of the form http://<hostname>/ or https://<hostname>/"
    )]
    EndpointScheme(String),
    /// `--endpoint-url` of something that is not here.
    #[error("Could not connect to the endpoint URL: \"{url}\"")]
    OtherEndpoint {
        /// The text that was given.
        url: String,
        /// The service's own.
        own: String,
    },
    /// An option that AWS has and Stagecraft does not.
    #[error("Stagecraft does not model {0} yet; the real service would accept it")]
    NotModelled(String),
    /// An option without its value.
    #[error("argument {0}: expected one argument")]
    ValueMissing(String),
    /// A value where none is due.
    #[error("argument {option}: ignored explicit argument {}", output::quoted_text(value))]
    ValueUnexpected {
        /// The option.
        option: String,
        /// The value.
        value: String,
    },
    /// A value of another form than the option takes.
    #[error("Error parsing parameter '{option}': {reason}")]
    Value {
        /// The option.
        option: String,
        /// The fault of its value.
        reason: String,
    },
    /// Members of other types or names than the operation has.
    #[error("Parameter validation failed:\n{}", .sentences.join("\n"))]
    Validation {
        /// The faults, in the AWS CLI's sentences.
        sentences: Vec<String>,
        /// The advice about the first.
        hint: Option<String>,
    },
    /// `file://…`: there are no files here.
    #[error(
        "Error parsing parameter '{option}': Unable to load paramfile {name}: [Errno 2] No such file or directory: {}",
        output::quoted_text(path_of(name))
    )]
    File {
        /// The option.
        option: String,
        /// The name, with what says that it is one.
        name: String,
    },
    /// A file that cannot be written; the sentence is Python's.
    #[error("[Errno 2] No such file or directory: {}", output::quoted_text(.0))]
    Unwritten(String),
    /// `--region` with another region than the workspace's.
    #[error("the workspace is in {0}")]
    OtherRegion(String),
    /// `--query` with more of JMESPath than is understood.
    #[error("Bad value for --query {query}: {reason}")]
    Query {
        /// The query.
        query: String,
        /// Its fault, in other words than the AWS CLI's, which quotes Python.
        reason: String,
    },
    /// `--query` that can not be asked; the sentence is the AWS CLI's.
    #[error("{sentence}")]
    Asked {
        /// The sentence.
        sentence: String,
        /// The function that was probably meant.
        nearest: Option<String>,
    },
    /// `--output` in a form that the answer does not fit into; the sentence is Python's.
    #[error("{0}")]
    Unshown(String),
    /// An option that curl has not, or that is not understood here.
    #[error("curl: option {name}: is unknown")]
    CurlOption {
        /// The option.
        name: String,
        /// The option that was probably meant.
        nearest: Option<String>,
    },
    /// Something that curl itself would refuse.
    #[error("curl: ({code}) {message}")]
    Curl {
        /// Its exit status.
        code: u8,
        /// Its sentence.
        message: String,
    },
}

impl CliError {
    /// Tells whether the AWS CLI's reader of arguments says it, which names the program. It shows how it is used, too: not so here,
    /// by design, as `help` does.
    pub(super) fn is_about_arguments(&self) -> bool {
        matches!(
            self.problem,
            Problem::UnknownService { .. }
                | Problem::UnknownOperation { .. }
                | Problem::Required(_)
                | Problem::Ambiguous { .. }
                | Problem::Choice { .. }
                | Problem::Number { .. }
                | Problem::NotModelled(_)
                | Problem::ValueMissing(_)
                | Problem::ValueUnexpected { .. }
                | Problem::OtherRegion(_)
        )
    }

    pub(super) fn new(at: Range<usize>, problem: Problem) -> Self {
        Self { at, problem }
    }

    /// Returns the exit status: 2 for the shell's syntax, 127 for an unknown program, curl's own, 252 for a usage
    /// error of `aws`, 255 for what its program fails at: an answer that it cannot show, a text that is no number, an
    /// endpoint that is not there.
    pub fn status(&self) -> u8 {
        match &self.problem {
            Problem::Unclosed(_) | Problem::Operator(_) | Problem::Keyword(_) => 2,
            Problem::TooLong(_) | Problem::TooManyVariables(_) | Problem::TooDeep(_) => 2,
            Problem::CurlOption { .. } => 2,
            Problem::UnknownVariable { .. } | Problem::Demanded { .. } | Problem::Substitution => 1,
            Problem::UnknownProgram { .. } => 127,
            Problem::Curl { code, .. } => *code,
            Problem::Unshown(_)
            | Problem::Asked { .. }
            | Problem::Literal(_)
            | Problem::Base64(_)
            | Problem::Unwritten(_)
            | Problem::OtherEndpoint { .. } => 255,
            Problem::UnknownService { .. }
            | Problem::UnknownOperation { .. }
            | Problem::Required(_)
            | Problem::UnknownOptions { .. }
            | Problem::Ambiguous { .. }
            | Problem::Choice { .. }
            | Problem::Number { .. }
            | Problem::NoPaginate(_)
            | Problem::TwoInputs
            | Problem::InvalidJson(_)
            | Problem::Yaml
            | Problem::AutoPrompt
            | Problem::EndpointScheme(_)
            | Problem::NotModelled(_)
            | Problem::ValueMissing(_)
            | Problem::ValueUnexpected { .. }
            | Problem::Value { .. }
            | Problem::Validation { .. }
            | Problem::File { .. }
            | Problem::OtherRegion(_)
            | Problem::Query { .. } => 252,
        }
    }

    /// Returns what to do about it, in a sentence for a learner.
    pub fn hint(&self) -> Option<String> {
        match &self.problem {
            Problem::UnknownVariable { nearest: Some(name), .. } => Some(format!("Did you mean ${name}?")),
            Problem::UnknownProgram { nearest: Some(name), .. }
            | Problem::UnknownService { nearest: Some(name), .. }
            | Problem::UnknownOperation { nearest: Some(name), .. }
            | Problem::UnknownOptions { nearest: Some(name), .. }
            | Problem::CurlOption { nearest: Some(name), .. }
            | Problem::Asked { nearest: Some(name), .. } => Some(format!("Did you mean {name}?")),
            Problem::UnknownVariable { name, .. } | Problem::Demanded { name, .. } => {
                Some(format!("Set it first: {name}=…"))
            }
            Problem::UnknownProgram { .. } => Some("Lines here begin with aws, curl or echo.".into()),
            Problem::UnknownService { .. } => Some("The only service here is apigateway.".into()),
            Problem::Operator("<" | ">") => Some("Put in a real value, or quote it.".into()),
            Problem::Curl { code: 26, .. } => Some("Give the text itself, in single quotes.".into()),
            Problem::Operator("|") => Some("There are no pipes here; --query picks what you need of an answer.".into()),
            Problem::Operator("`") => Some("Write $(…) instead, or quote it.".into()),
            Problem::Keyword(_) => Some("There are no loops and conditions here: write one command per line.".into()),
            Problem::OtherRegion(_) => {
                Some("Leave --region out; or give the workspace another region in Settings.".into())
            }
            Problem::Operator("&") => Some("Put the URL in single quotes.".into()),
            Problem::Operator(_) => Some("Put it in single quotes, or write one command per line.".into()),
            Problem::File { .. } => Some("There are no files here. Give the text itself, in single quotes.".into()),
            Problem::Validation { hint, .. } => hint.clone(),
            Problem::Yaml | Problem::InvalidJson(_) => Some(
                "Give the input as JSON: --cli-input-json '{…}'; --generate-cli-skeleton writes one to begin with."
                    .into(),
            ),
            Problem::OtherEndpoint { own, .. } => Some(format!(
                "Leave --endpoint-url out: the only service here is the page's own, which stands for {own}."
            )),
            Problem::NoPaginate(_) => {
                Some("Leave out --limit, --position and --no-paginate: they ask for one page.".into())
            }
            Problem::Base64(_) => Some("Give the text itself with --cli-binary-format raw-in-base64-out.".into()),
            Problem::Unwritten(_) => {
                Some("Give it a file's name and allow downloads, or name /dev/stdout to see it here.".into())
            }
            Problem::NotModelled(_) => Some("Leave it out here, and use it with the real CLI.".into()),
            Problem::Unclosed(_)
            | Problem::Substitution
            | Problem::TooLong(_)
            | Problem::TooManyVariables(_)
            | Problem::TooDeep(_)
            | Problem::UnknownOperation { .. }
            | Problem::Required(_)
            | Problem::UnknownOptions { .. }
            | Problem::Ambiguous { .. }
            | Problem::Choice { .. }
            | Problem::Number { .. }
            | Problem::Literal(_)
            | Problem::TwoInputs
            | Problem::AutoPrompt
            | Problem::EndpointScheme(_)
            | Problem::ValueMissing(_)
            | Problem::ValueUnexpected { .. }
            | Problem::Value { .. }
            | Problem::Query { .. }
            | Problem::Asked { .. }
            | Problem::Unshown(_)
            | Problem::CurlOption { .. }
            | Problem::Curl { .. } => None,
        }
    }
}

/// Returns the name of a file without what says that it is one.
fn path_of(name: &str) -> &str {
    name.split_once("://").map_or(name, |(_, path)| path)
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.fmt(f)
    }
}

impl std::error::Error for CliError {}
