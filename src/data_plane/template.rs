//! Runs a mapping template, from the cache of parsed ones, and says where it stopped when it did.

use super::Runtime;
use crate::vtl::{
    Limits,
    apigateway::{self, Rendered, TemplateInput},
};
use std::fmt;

/// A template that could not be read or did not render.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateFault {
    /// The content type under which it is stored.
    pub content_type: String,
    /// The fault, as a sentence.
    pub message: String,
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in characters.
    pub column: u32,
}

impl fmt::Display for TemplateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { content_type, message, line, column } = self;
        write!(f, "The template for {content_type} stops at line {line}, column {column}. {message}")
    }
}

/// Renders a template. A text without `$` and `#` is its own rendering, so the language need not be asked.
pub(crate) fn run(
    content_type: &str,
    text: &str,
    input: &TemplateInput,
    runtime: &mut Runtime,
) -> Result<Rendered, TemplateFault> {
    if !text.contains(['$', '#']) {
        return Ok(Rendered { output: text.to_owned(), overrides: input.overrides.clone() });
    }
    let fault = |message, line, column| TemplateFault { content_type: content_type.to_owned(), message, line, column };
    let template = runtime.template(text).map_err(|error| fault(error.message, error.line, error.column))?;
    apigateway::render(&template, input, &Limits::default())
        .map_err(|error| fault(error.message, error.line, error.column))
}
