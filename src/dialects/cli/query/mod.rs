//! `--query`: JMESPath, the language by which the AWS CLI picks from an answer.
//!
//! Read here rather than by a crate: the one that there is would be the largest dependency of the program's screens, and
//! tells of an error without its place. The grammar is jmespath.org's; both reading and picking are bounded.

mod evaluate;
mod functions;
mod parser;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
mod token;

use super::{
    error::{CliError, Problem},
    shell::Arg,
};
use serde_json::Value;

/// A query that can be asked of a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    expr: Expr,
    /// Its place in the text, in bytes.
    pub(super) at: std::ops::Range<usize>,
}

/// One expression of the language.
#[derive(Clone, Debug, PartialEq)]
enum Expr {
    /// `@`, and what stands for it where nothing is written.
    Current,
    Literal(Value),
    Field(String),
    Index(i64),
    /// `[start:stop:step]`.
    Slice([Option<i64>; 3]),
    /// `left.right`: right is asked of what left gives.
    Then(Box<Self>, Box<Self>),
    /// `left | right`: the right side of what the left one gives; a projection ends there.
    Pipe(Box<Self>, Box<Self>),
    Or(Box<Self>, Box<Self>),
    And(Box<Self>, Box<Self>),
    Not(Box<Self>),
    Compare(Comparison, Box<Self>, Box<Self>),
    /// `[a, b]`.
    List(Vec<Self>),
    /// `{a: b}`.
    Hash(Vec<(String, Self)>),
    /// `of[*].each`: each is asked of every element; what gives nothing is left out.
    Project(Box<Self>, Box<Self>),
    /// `of.*.each`: an expression asked of an object's values.
    ProjectValues(Box<Self>, Box<Self>),
    /// `of[?holds].each`.
    Filter {
        of: Box<Self>,
        holds: Box<Self>,
        each: Box<Self>,
    },
    /// `of[]`: lists inside the list are opened.
    Flatten(Box<Self>),
    Call(functions::Function, Vec<Self>),
    /// `&expression`, an argument that a function asks of every element.
    Reference(Box<Self>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Comparison {
    /// Returns the comparison as it is written.
    fn sign(self) -> &'static str {
        token::SIGNS.iter().find(|(_, token)| *token == token::Token::Compare(self)).map_or("", |(sign, _)| *sign)
    }
}

/// Something wrong with a query, and where.
struct Fault {
    at: std::ops::Range<usize>,
    reason: String,
    /// Whether the AWS CLI would find it only when it asks, in these words. Here it is found before anything is sent, by design.
    when_asked: bool,
    /// The function that was probably meant.
    nearest: Option<String>,
}

impl Query {
    pub(super) fn parse(arg: &Arg) -> Result<Self, CliError> {
        parser::parse(&arg.text).map(|expr| Self { expr, at: arg.at.clone() }).map_err(|fault| {
            let problem = match fault.when_asked {
                true => Problem::Asked { sentence: fault.reason, nearest: fault.nearest },
                false => Problem::Query { query: arg.text.clone(), reason: fault.reason },
            };
            CliError::new(arg.place(fault.at), problem)
        })
    }

    /// Reads a query that stands alone.
    ///
    /// # Errors
    /// The first thing that is no JMESPath.
    pub fn of(text: &str) -> Result<Self, CliError> {
        let mut arg = Arg::default();
        (arg.text, arg.at) = (text.to_owned(), 0..text.len());
        Self::parse(&arg)
    }

    /// Returns what the query picks of a value; `Null` where there is nothing.
    ///
    /// # Errors
    /// A function that was given a value of another type than it takes, or a result that is too large.
    pub fn pick(&self, value: &Value) -> Result<Value, String> {
        evaluate::evaluate(&self.expr, value)
    }
}
