//! `--query`: the part of JMESPath that picks values: `a.b`, `[0]`, `[]`, `[*]`, `[?name=='x']`, `|`.

use super::{
    error::{CliError, Problem},
    shell::Arg,
};
use serde_json::Value;

/// Steps that a query may have.
const LONGEST: usize = 64;

/// A query: steps from a value to a part of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Query(Vec<Step>);

#[derive(Clone, Debug, PartialEq)]
enum Step {
    Field(String),
    Index(i64),
    /// `[]` or `[*]`: what follows is asked of every element.
    Each {
        flatten: bool,
    },
    /// `[?path=='text']`: the elements for which it holds.
    Filter {
        path: Vec<String>,
        equal: bool,
        to: Value,
    },
    /// `|`: what follows is asked of the whole result.
    Pipe,
}

impl Query {
    pub(super) fn parse(arg: &Arg) -> Result<Self, CliError> {
        let mut parser = Parser { arg, text: &arg.text, at: 0 };
        let mut steps = Vec::new();
        while !parser.rest().is_empty() {
            if steps.len() >= LONGEST {
                return Err(parser.refuse("too many steps"));
            }
            parser.step(&mut steps)?;
        }
        if steps.is_empty() {
            return Err(parser.refuse("it is empty"));
        }
        Ok(Self(steps))
    }

    /// The part of a value that the query picks; `Null` where there is none.
    pub(super) fn pick(&self, value: &Value) -> Value {
        self.0.split(|step| *step == Step::Pipe).fold(value.clone(), |value, steps| pick(&value, steps))
    }
}

fn pick(value: &Value, steps: &[Step]) -> Value {
    let Some((step, rest)) = steps.split_first() else { return value.clone() };
    match step {
        Step::Field(name) => value.get(name).map_or(Value::Null, |value| pick(value, rest)),
        Step::Index(index) => {
            let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
            let at = if *index < 0 { items.len() as i64 + index } else { *index };
            usize::try_from(at).ok().and_then(|at| items.get(at)).map_or(Value::Null, |value| pick(value, rest))
        }
        Step::Each { flatten } => {
            let Some(items) = value.as_array() else { return Value::Null };
            let flat = items.iter().flat_map(|item| match item {
                Value::Array(inner) if *flatten => inner.as_slice(),
                item => std::slice::from_ref(item),
            });
            project(flat, rest)
        }
        Step::Filter { path, equal, to } => {
            let Some(items) = value.as_array() else { return Value::Null };
            let holds = |item: &&Value| {
                let found = path.iter().try_fold(*item, |value, name| value.get(name)).unwrap_or(&Value::Null);
                (found == to) == *equal
            };
            project(items.iter().filter(holds), rest)
        }
        Step::Pipe => pick(value, rest),
    }
}

/// The rest of the steps for every element; what gives nothing is left out.
fn project<'a>(items: impl Iterator<Item = &'a Value>, rest: &[Step]) -> Value {
    items.map(|item| pick(item, rest)).filter(|value| !value.is_null()).collect()
}

struct Parser<'a> {
    arg: &'a Arg,
    text: &'a str,
    at: usize,
}

impl<'a> Parser<'a> {
    fn rest(&mut self) -> &'a str {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        &self.text[self.at..]
    }

    fn refuse(&self, reason: &str) -> CliError {
        let end = self.text[self.at..].chars().next().map_or(self.at, |c| self.at + c.len_utf8());
        CliError::new(self.arg.place(self.at..end), Problem::Query(reason.to_owned()))
    }

    fn pass(&mut self, wanted: &str) -> bool {
        let found = self.rest().starts_with(wanted);
        if found {
            self.at += wanted.len();
        }
        found
    }

    fn step(&mut self, steps: &mut Vec<Step>) -> Result<(), CliError> {
        if self.pass("|") {
            steps.push(Step::Pipe);
            return Ok(());
        }
        if self.pass("[") {
            steps.push(self.bracket()?);
            return Ok(());
        }
        let dotted = !steps.is_empty() && self.pass(".");
        if !dotted && !matches!(steps.last(), None | Some(Step::Pipe)) {
            return Err(self.refuse("only a.b, [0], [], [*], [?a=='b'] and | are understood here"));
        }
        steps.push(Step::Field(self.name()?));
        Ok(())
    }

    fn name(&mut self) -> Result<String, CliError> {
        let rest = self.rest();
        if let Some(quoted) = rest.strip_prefix('"') {
            let end = quoted.find('"').ok_or_else(|| self.refuse("the double quote has no end"))?;
            self.at += end + 2;
            return Ok(quoted[..end].to_owned());
        }
        let length = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
        if length == 0 || rest.as_bytes()[0].is_ascii_digit() {
            return Err(self.refuse("a name is due here; one with other characters stands in double quotes"));
        }
        self.at += length;
        Ok(rest[..length].to_owned())
    }

    /// What stands in `[…]`, the opening bracket passed.
    fn bracket(&mut self) -> Result<Step, CliError> {
        let step = if self.pass("*") {
            Step::Each { flatten: false }
        } else if self.pass("?") {
            self.filter()?
        } else if self.rest().starts_with(']') {
            Step::Each { flatten: true }
        } else {
            let rest = self.rest();
            let number = &rest[..rest.bytes().take_while(|b| b.is_ascii_digit() || *b == b'-').count()];
            let index = number.parse().map_err(|_| self.refuse("a number, *, or ?name=='text' is due here"))?;
            self.at += number.len();
            Step::Index(index)
        };
        if self.pass("]") { Ok(step) } else { Err(self.refuse("a closing bracket is due here")) }
    }

    fn filter(&mut self) -> Result<Step, CliError> {
        let mut path = vec![self.name()?];
        while self.pass(".") {
            path.push(self.name()?);
        }
        let equal = self.pass("==");
        if !equal && !self.pass("!=") {
            return Err(self.refuse("== or != is due here"));
        }
        Ok(Step::Filter { path, equal, to: self.literal()? })
    }

    /// `'text'` or `` `json` ``.
    fn literal(&mut self) -> Result<Value, CliError> {
        let rest = self.rest();
        let Some(quote @ ('\'' | '`')) = rest.chars().next() else {
            return Err(self.refuse("'text' or `json` is due here"));
        };
        let end = rest[1..].find(quote).ok_or_else(|| self.refuse("the quote has no end"))?;
        let text = &rest[1..=end];
        let value = if quote == '\'' { Ok(Value::from(text)) } else { serde_json::from_str(text) };
        let value = value.map_err(|_| self.refuse("this is not JSON"))?;
        self.at += end + 2;
        Ok(value)
    }
}
