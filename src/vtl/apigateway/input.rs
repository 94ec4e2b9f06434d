//! `$input`: the payload and the parameters; and maps of texts such as `$stageVariables`.

use super::super::methods::text_of;
use super::super::{Budget, Fault, Object, Value, print};
use super::{Lazy, Parameters, TextPairs};
use crate::jsonpath::{JsonPath, MAX_VISITS};
use std::cell::OnceCell;
use std::rc::Rc;

pub(super) struct Input {
    body: Rc<str>,
    params: Rc<Parameters>,
    params_map: Lazy,
    /// The payload as JSON, once it was asked for; `None` when it is no JSON. There is one: what a template changes in it, later
    /// paths find (reported, for `put` and for assignments). `$input.body` stays the text that came in (assumed).
    parsed: OnceCell<Option<Value>>,
}

impl Input {
    pub(super) fn new(body: &Rc<str>, params: &Rc<Parameters>) -> Self {
        Self { body: Rc::clone(body), params: Rc::clone(params), params_map: Lazy::default(), parsed: OnceCell::new() }
    }

    /// Returns the payload; an empty one renders as `{}` (recorded from AWS, in request and response templates alike).
    fn text(&self) -> Rc<str> {
        if self.body.is_empty() { Rc::from("{}") } else { Rc::clone(&self.body) }
    }

    pub(super) fn find(&self, path: &str, budget: &mut Budget) -> Result<Option<Value>, Fault> {
        budget.spend(1 + (self.body.len() + path.len()) as u64 / 16)?;
        let parsed = self.parsed.get_or_init(|| parse(&self.text()));
        let path = JsonPath::parse(path).map_err(|error| Fault::method(format!("The JSONPath is wrong. {error}")))?;
        let Some(document) = parsed else { return Ok(None) };
        let most = usize::try_from(budget.left()).unwrap_or(MAX_VISITS).min(MAX_VISITS);
        let mut visits = most;
        let found = path.find(document, &mut visits);
        // A path that stops early had one step too few.
        budget.spend((most - visits) as u64 + u64::from(found.is_err() && visits == 0))?;
        found.map_err(|error| Fault::method(error.message))
    }

    /// Returns `$input.json(path)`: the JSON text of what is found; what is missing is an empty text, in quotes (assumed).
    fn json(&self, path: &str, budget: &mut Budget) -> Result<Value, Fault> {
        let mut text = String::new();
        match self.find(path, budget)? {
            Some(found) => print::json(&found, &mut text, budget.max_bytes())?,
            None => text.push_str("\"\""),
        }
        budget.spend_text(text.len())?;
        Ok(Value::Str(text.into()))
    }

    /// Returns `$input.path(path)`: what is found; lists and maps are those of the document, no copies.
    fn path(&self, path: &str, budget: &mut Budget) -> Result<Value, Fault> {
        Ok(self.find(path, budget)?.unwrap_or_default())
    }

    /// Returns `$input.params()`.
    fn all_params(&self) -> Value {
        self.params_map.get(|| {
            let kinds = [("path", &self.params.path), ("querystring", &self.params.querystring)];
            let kinds = kinds.into_iter().chain([("header", &self.params.header)]);
            Value::Map(Rc::new(kinds.map(|(kind, pairs)| (kind, Value::text_map(pairs))).collect()))
        })
    }

    /// Returns `$input.params(name)`: the path, then the query string, then the headers (documented). The names of headers
    /// are compared without regard to case when no name fits to the letter (assumed).
    fn param(&self, name: &str) -> Value {
        let Parameters { path, querystring, header } = &*self.params;
        let exact = [path, querystring, header].into_iter().flatten().find(|(known, _)| &**known == name);
        let found = exact.or_else(|| header.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)));
        found.map_or(Value::Null, |(_, value)| Value::Str(Rc::clone(value)))
    }
}

impl Object for Input {
    fn property(&self, name: &str) -> Value {
        match name {
            "body" => Value::Str(self.text()),
            _ => Value::Null,
        }
    }

    fn call(&self, method: &str, args: &[Value], budget: &mut Budget) -> Result<Option<Value>, Fault> {
        Ok(Some(match (method, args) {
            ("json", [Value::Str(path)]) => self.json(path, budget)?,
            ("path", [Value::Str(path)]) => self.path(path, budget)?,
            ("params", []) => self.all_params(),
            ("params", [Value::Null]) => Value::Null,
            ("params", [name]) => self.param(&text_of(name, budget)?),
            ("json" | "path", [_]) => return Err(Fault::method(format!("$input.{method} needs a JSONPath as text."))),
            _ => return Ok(None),
        }))
    }
}

/// Returns the payload as JSON. A payload that does not even look like JSON is one text (assumed, from published templates that
/// take form data apart with `$input.path('$').split('&')`); broken JSON is nothing.
fn parse(text: &str) -> Option<Value> {
    let is_plain = || !text.trim_start().starts_with(['{', '[', '"']);
    let read = serde_json::from_str(text).ok().map(|json| Value::from_json(&json));
    read.or_else(|| is_plain().then(|| Value::text(text)))
}

/// A map of texts that is made a map only when it must be.
pub(super) struct Pairs {
    pairs: Rc<TextPairs>,
    map: Lazy,
}

impl Pairs {
    pub(super) fn new(pairs: &Rc<TextPairs>) -> Self {
        Self { pairs: Rc::clone(pairs), map: Lazy::default() }
    }
}

impl Object for Pairs {
    fn property(&self, name: &str) -> Value {
        let found = self.pairs.iter().find(|(known, _)| &**known == name);
        found.map_or(Value::Null, |(_, value)| Value::Str(Rc::clone(value)))
    }

    fn as_value(&self) -> Value {
        self.map.get(|| Value::text_map(&self.pairs))
    }
}
