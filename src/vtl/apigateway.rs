//! Lends a mapping template what API Gateway lends it: `$input`, `$util`, `$context` and `$stageVariables`.
//!
//! [`render`] takes plain inputs and gives back the text together with the overrides that the template set. The caller
//! carries the overrides of a request template over to the response template (recorded from AWS: both of them are seen
//! there, and `responseOverride` acts on the final answer wherever it was set).

mod context;
mod input;
mod util;

use super::{Budget, Limits, Map, RenderError, Scope, Template, Value, print};
use context::Context;
use input::{Input, Pairs};
use std::cell::RefCell;
use std::rc::Rc;
use util::Util;

pub use util::escape_java_script;

/// Names and their texts, in order.
pub type TextPairs = Vec<(Rc<str>, Rc<str>)>;

/// The parameters of a request, as `$input.params()` gives them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameters {
    /// Path parameters, as the host takes them from the path.
    pub path: TextPairs,
    /// Query string parameters; of a name that comes several times, the last.
    pub querystring: TextPairs,
    /// Headers, with their names as the client wrote them.
    pub header: TextPairs,
}

/// All that a mapping template can see. Cheap to clone.
#[derive(Clone, Debug)]
pub struct TemplateInput {
    /// The payload: the request's body in a request template, the backend's answer in a response template.
    pub body: Rc<str>,
    /// The parameters of the request.
    pub params: Rc<Parameters>,
    /// The variables of the stage.
    pub stage_variables: Rc<TextPairs>,
    /// `$context` without its overrides: a [`Value::Map`], or an object that makes its members when asked.
    pub context: Value,
    /// The overrides set so far: those of the request template, for a response template.
    pub overrides: Overrides,
}

impl Default for TemplateInput {
    /// Returns no body, no parameters, no variables, an empty `$context`, no overrides.
    fn default() -> Self {
        Self {
            body: Rc::from(""),
            params: Rc::default(),
            stage_variables: Rc::default(),
            context: Value::Null,
            overrides: Overrides::default(),
        }
    }
}

/// `$context.requestOverride` and `$context.responseOverride`. `Null` stands for nothing set.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// `$context.requestOverride`, with `header`, `path`, `querystring` and whatever else was put there.
    pub request: Value,
    /// `$context.responseOverride`, with `header`, `status` and whatever else was put there.
    pub response: Value,
}

impl Overrides {
    /// Returns `$context.responseOverride.status`, when it is a number that fits.
    #[must_use]
    pub fn response_status(&self) -> Option<u16> {
        match member(&self.response, "status")? {
            Value::Int(status) => u16::try_from(status).ok(),
            Value::Str(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// Returns `$context.responseOverride.header.*`.
    #[must_use]
    pub fn response_headers(&self) -> Vec<(Rc<str>, Value)> {
        members(&self.response, "header")
    }

    /// Returns `$context.requestOverride.header.*`, `.path.*` or `.querystring.*`; a list means several values.
    #[must_use]
    pub fn request_members(&self, kind: &str) -> Vec<(Rc<str>, Value)> {
        members(&self.request, kind)
    }
}

fn member(value: &Value, name: &str) -> Option<Value> {
    let Value::Map(map) = value else { return None };
    map.get(name)
}

fn members(value: &Value, name: &str) -> Vec<(Rc<str>, Value)> {
    match member(value, name) {
        Some(Value::Map(map)) => map.pairs(),
        _ => Vec::new(),
    }
}

/// The product of a mapping template.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// The text.
    pub output: String,
    /// The overrides after the template: those it was given and those it set.
    pub overrides: Overrides,
}

/// Renders a mapping template.
///
/// # Errors
/// As for [`Template::render`]; API Gateway answers 500 `Internal server error` then (assumed).
pub fn render(template: &Template, input: &TemplateInput, limits: &Limits) -> Result<Rendered, RenderError> {
    let context = Rc::new(Context::new(&input.context, &input.overrides));
    let mut scope = Scope::new();
    scope.set("input", Value::Object(Rc::new(Input::new(&input.body, &input.params))));
    scope.set("util", Value::Object(Rc::new(Util)));
    scope.set("context", Value::Object(Rc::clone(&context) as Rc<dyn super::Object>));
    scope.set("stageVariables", Value::Object(Rc::new(Pairs::new(&input.stage_variables))));
    let (output, remains) = template.run(&scope, limits);
    let overrides = context.take_overrides();
    drop(remains);
    Ok(Rendered { output: output?, overrides })
}

/// Returns the text of what a JSONPath finds in a payload; lists and maps are JSON. `None` when it finds nothing.
#[must_use]
pub fn text_at(payload: &str, path: &str) -> Option<String> {
    let mut budget = Budget::new(Limits::default().fuel, Limits::default().output_bytes);
    match Input::new(&payload.into(), &Rc::default()).find(path, &mut budget).ok()?? {
        Value::Null => None,
        Value::Str(text) => Some(text.to_string()),
        other => {
            let mut text = String::new();
            print::json(&other, &mut text, budget.max_bytes()).ok()?;
            Some(text)
        }
    }
}

/// A map that is made when it is first needed.
#[derive(Default)]
struct Lazy {
    value: RefCell<Value>,
}

impl Lazy {
    fn get(&self, make: impl FnOnce() -> Value) -> Value {
        let mut value = self.value.borrow_mut();
        if matches!(*value, Value::Null) {
            *value = make();
        }
        value.clone()
    }
}

/// Returns a map with an empty map under each name.
fn map_of_maps(names: &[&str]) -> Value {
    let map: Map = names.iter().map(|name| (*name, Value::Map(Rc::new(Map::new())))).collect();
    Value::Map(Rc::new(map))
}

#[cfg(test)]
mod tests;
