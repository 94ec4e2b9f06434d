//! Handles text wherever it comes from: percent-escapes, words, quoting for a shell.
//!
//! Never knows API Gateway, and never judges a text: what may stand in it is for its caller to say.

pub mod percent;
pub mod shell;
mod words;

pub use words::{beginning, capitalized, counted, given, kebab, uncapitalized};
