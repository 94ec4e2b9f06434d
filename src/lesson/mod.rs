//! Scenarios in Markdown: what a person reads, the lines that are typed, and the answers that are expected.
//!
//! [`Scenario::read`] takes a file apart, [`difference`] holds an answer against what is expected of it. Whoever carries the
//! lines out, it is not this room: a scenario is read the same way by tests, by lessons, and in Python by the tests with real
//! clients; `tests/lesson/grammar.json` holds all readers to one grammar. What is read here may come from anywhere: nothing
//! panics, and the work is bounded.

mod expected;
mod json_pattern;
mod scenario;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
mod text_pattern;

pub use expected::difference;
pub use scenario::{Prompt, Scenario, ScenarioFault, Section, Sitting};
