//! The Apache Velocity template language, as mapping templates use it.
//!
//! [`Template::parse`] turns a text into a small tree once; [`Template::render`] walks it with the values of a
//! [`Scope`]. The language knows nothing of API Gateway: `$input`, `$util`, `$context` and `$stageVariables` are
//! [`Object`]s that [`apigateway`] supplies.
//!
//! It follows Velocity 1.7 (whitespace, truthiness, integer arithmetic) with the one difference that API Gateway makes:
//! a reference to nothing renders as empty text (recorded from AWS). It must never panic, loop for ever, or grow past
//! the bounds of [`Limits`], whatever the template says.

pub mod apigateway;
mod ast;
mod collection_methods;
mod document;
mod evaluate;
mod java_regex;
mod machine;
mod methods;
mod operators;
mod parse_directive;
mod parse_expression;
mod parse_literal;
mod parser;
mod print;
mod remains;
mod string_methods;
mod value;

#[cfg(test)]
mod tests;

pub(crate) use java_regex::translate as java_pattern;
pub use machine::Scope;
pub use value::{BlockRef, List, Map, Object, Value};

use remains::Remains;
use std::fmt;
use std::rc::Rc;

/// The largest template that is parsed, in bytes: API Gateway's quota of 300 KB (documented).
pub const MAX_TEMPLATE_BYTES: usize = 300 * 1024;

/// A parsed template; a clone shares the tree.
#[derive(Clone, Debug)]
pub struct Template {
    compiled: Rc<ast::Compiled>,
}

impl Template {
    /// Parses a template text.
    ///
    /// # Errors
    /// The first thing in the text that is not Velocity, or the quota that it passes.
    pub fn parse(source: &str) -> Result<Self, ParseError> {
        if source.len() > MAX_TEMPLATE_BYTES {
            return Err(ParseError::at(source, MAX_TEMPLATE_BYTES, "The template is larger than 300 KB.".to_owned()));
        }
        let compiled = parser::parse(source)?;
        Ok(Self { compiled: Rc::new(compiled) })
    }

    /// Renders the template with the values of `scope`. Lists and maps into which the template puts lists, maps or objects are
    /// empty afterwards, since they might hold themselves.
    ///
    /// # Errors
    /// A method that throws in Java, or a bound of `limits` that was reached.
    pub fn render(&self, scope: &Scope, limits: &Limits) -> Result<String, RenderError> {
        self.run(scope, limits).0
    }

    /// Renders the template and hands over what must be taken apart once nobody needs the values of `scope` any more.
    fn run(&self, scope: &Scope, limits: &Limits) -> (Result<String, RenderError>, Remains) {
        machine::render(&self.compiled, scope, limits)
    }

    /// Returns the text the template was parsed from.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.compiled.source
    }
}

/// The bounds of a rendering, which is stopped at the first that it reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Steps: a node visited, a method called, or some bytes copied.
    pub fuel: u64,
    /// The largest text, in bytes: the output's and any single string's.
    pub output_bytes: usize,
    /// The most levels of macros, blocks and loops while running.
    pub depth: u32,
    /// Iterations of one `#foreach`; API Gateway's quota is 1,000 (documented).
    pub foreach_iterations: u32,
}

impl Default for Limits {
    /// Returns 2 million steps, 10 MB (API Gateway's payload quota, documented), 64 levels, 1,000 iterations.
    fn default() -> Self {
        Self { fuel: 2_000_000, output_bytes: 10 * 1024 * 1024, depth: 64, foreach_iterations: 1_000 }
    }
}

/// The reason why a text is not a template, and the place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message} (line {line}, column {column})")]
pub struct ParseError {
    /// The fault, as a sentence.
    pub message: String,
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in characters.
    pub column: u32,
    /// Offset from the start of the template, in bytes.
    pub offset: usize,
}

impl ParseError {
    fn at(source: &str, offset: usize, message: String) -> Self {
        let (line, column) = line_and_column(source, offset);
        Self { message, line, column, offset: offset.min(source.len()) }
    }
}

/// The reason why a rendering stopped, and the place in the template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message} (line {line}, column {column})")]
pub struct RenderError {
    /// The bound that was reached, or the failure of a method.
    pub kind: RenderErrorKind,
    /// The fault, as a sentence.
    pub message: String,
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in characters.
    pub column: u32,
}

/// The kinds of [`RenderError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RenderErrorKind {
    /// The steps ran out.
    OutOfFuel,
    /// The output, or one string, grew too large.
    TooLarge,
    /// Macros, blocks or loops nested too deeply.
    TooDeep,
    /// A `#foreach` ran more often than the quota allows.
    TooManyIterations,
    /// A method refused its arguments, where Java would throw.
    Method,
}

impl fmt::Display for RenderErrorKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::OutOfFuel => "out of fuel",
            Self::TooLarge => "too large",
            Self::TooDeep => "too deep",
            Self::TooManyIterations => "too many iterations",
            Self::Method => "method failed",
        })
    }
}

/// A failure inside a method or a bound that was reached, before it is known where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The bound that was reached, or the failure of a method.
    pub kind: RenderErrorKind,
    /// The fault, as a sentence.
    pub message: String,
}

impl Fault {
    /// Returns a method that refuses its arguments.
    #[must_use]
    pub fn method(message: impl Into<String>) -> Self {
        Self { kind: RenderErrorKind::Method, message: message.into() }
    }

    fn too_large() -> Self {
        Self { kind: RenderErrorKind::TooLarge, message: "The text grew larger than the limit.".to_owned() }
    }
}

/// The rest of the [`Limits`] while a rendering runs.
#[derive(Clone, Debug)]
pub struct Budget {
    fuel: u64,
    max_bytes: usize,
}

impl Budget {
    /// Returns a budget of that many steps, for texts of at most that many bytes.
    #[must_use]
    pub const fn new(fuel: u64, max_bytes: usize) -> Self {
        Self { fuel, max_bytes }
    }

    /// Uses up steps.
    ///
    /// # Errors
    /// None are left.
    pub fn spend(&mut self, steps: u64) -> Result<(), Fault> {
        match self.fuel.checked_sub(steps) {
            Some(left) => {
                self.fuel = left;
                Ok(())
            }
            None => Err(Fault {
                kind: RenderErrorKind::OutOfFuel,
                message: "The template did too much work and was stopped.".to_owned(),
            }),
        }
    }

    /// Uses up the steps of making a text of that many bytes.
    ///
    /// # Errors
    /// The text would be too large, or no steps are left.
    pub fn spend_text(&mut self, bytes: usize) -> Result<(), Fault> {
        if bytes > self.max_bytes {
            return Err(Fault::too_large());
        }
        self.spend(bytes as u64 / 16)
    }

    /// Returns the steps that are left.
    #[must_use]
    pub const fn left(&self) -> u64 {
        self.fuel
    }

    /// Returns the largest text that may be made, in bytes.
    #[must_use]
    pub const fn max_bytes(&self) -> usize {
        self.max_bytes
    }
}

/// Returns line and column of a byte offset, both from 1, the column in characters.
fn line_and_column(source: &str, offset: usize) -> (u32, u32) {
    let mut end = offset.min(source.len());
    while !source.is_char_boundary(end) {
        end -= 1;
    }
    let before = source.get(..end).unwrap_or("");
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let column = before.get(start..).unwrap_or("").chars().count() + 1;
    (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}
