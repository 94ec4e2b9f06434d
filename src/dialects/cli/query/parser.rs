//! Tokens → an expression, by how tightly each binds (the order is that of the language's definition).

use super::{
    Comparison, Expr, Fault,
    functions::Function,
    token::{Token, tokens},
};
use crate::dialects::cli::{nearest::nearest, steps};
use std::ops::Range;

/// Levels of nesting.
const DEEPEST: usize = 32;
/// Parts of a query that follow from one another, such as the names of `a.b.c`, however they are nested.
const LONGEST_CHAIN: usize = 80;
/// Tokens.
const LONGEST: usize = 2_000;

/// How tightly projections bind to what follows them.
const OF_FLATTEN: u8 = 9;
const OF_STAR: u8 = 20;
const OF_FILTER: u8 = 21;
const OF_DOT: u8 = 40;
/// The strength of binding below which a projection ends.
const ENDS_PROJECTION: u8 = 10;

/// Reads a whole query.
pub(super) fn parse(text: &str) -> Result<Expr, Fault> {
    let tokens = tokens(text)?;
    if tokens.len() > LONGEST {
        let reason = format!("it has more than {LONGEST} parts");
        return Err(Fault { at: 0..text.len(), reason, when_asked: false, nearest: None });
    }
    if tokens.is_empty() {
        let reason = "Invalid JMESPath expression: cannot be empty.".to_owned();
        return Err(Fault { at: 0..text.len(), reason, when_asked: false, nearest: None });
    }
    let mut parser = Parser { tokens, at: 0, end: text.len(), depth: 0, chain: 0 };
    let out = parser.expression(0)?;
    match parser.peek() {
        None => Ok(out),
        Some(_) => Err(parser.fault("this does not go on from what is before it")),
    }
}

struct Parser {
    tokens: Vec<(Range<usize>, Token)>,
    at: usize,
    end: usize,
    depth: usize,
    chain: usize,
}

fn then(left: Expr, right: Expr) -> Expr {
    match left {
        Expr::Current => right,
        left => Expr::Then(Box::new(left), Box::new(right)),
    }
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        steps::spend(1);
        self.tokens.get(self.at).map(|(_, token)| token)
    }

    fn fault(&self, reason: impl Into<String>) -> Fault {
        let at = self.tokens.get(self.at).map_or(self.end..self.end, |(at, _)| at.clone());
        Fault { at, reason: reason.into(), when_asked: false, nearest: None }
    }

    /// Makes the fault of something that the AWS CLI finds when it asks, in its words.
    fn when_asked(&self, reason: String) -> Fault {
        Fault { when_asked: true, ..self.fault(reason) }
    }

    fn pass(&mut self, token: &Token) -> bool {
        let found = self.peek() == Some(token);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, token: &Token, what: &str) -> Result<(), Fault> {
        if self.pass(token) { Ok(()) } else { Err(self.fault(format!("{what} is due here"))) }
    }

    /// Returns how tightly the next token binds to what is on its left.
    fn binds(&self) -> u8 {
        match self.peek() {
            Some(Token::Pipe) => 1,
            Some(Token::Or) => 2,
            Some(Token::And) => 3,
            Some(Token::Compare(_)) => 5,
            Some(Token::Flatten) => OF_FLATTEN,
            Some(Token::Star) => OF_STAR,
            Some(Token::Filter) => OF_FILTER,
            Some(Token::Dot) => OF_DOT,
            Some(Token::OpenBracket) => 55,
            Some(Token::OpenParen) => 60,
            _ => 0,
        }
    }

    fn expression(&mut self, tighter_than: u8) -> Result<Expr, Fault> {
        if self.depth == DEEPEST {
            return Err(self.fault(format!("the nesting is deeper than {DEEPEST} levels")));
        }
        self.depth += 1;
        let left = self.begin()?;
        let whole = self.chain_of(left, tighter_than)?;
        self.depth -= 1;
        Ok(whole)
    }

    /// Reads an expression with all that follows from it.
    fn chain_of(&mut self, mut left: Expr, tighter_than: u8) -> Result<Expr, Fault> {
        let before = self.chain;
        while self.binds() > tighter_than {
            if self.chain == LONGEST_CHAIN {
                return Err(self.fault(format!("it goes on for more than {LONGEST_CHAIN} steps")));
            }
            self.chain += 1;
            left = self.go_on(left)?;
        }
        self.chain = before;
        Ok(left)
    }

    /// Reads an expression's beginning.
    fn begin(&mut self) -> Result<Expr, Fault> {
        let Some(token) = self.peek().cloned() else { return Err(self.fault("something is missing at the end")) };
        let start = self.at;
        self.at += 1;
        match token {
            Token::Name(name) if self.peek() == Some(&Token::OpenParen) => self.call(&name, start),
            Token::Name(name) | Token::Quoted(name) => Ok(Expr::Field(name)),
            Token::Literal(value) => Ok(Expr::Literal(value)),
            Token::Current => Ok(Expr::Current),
            Token::Reference => Ok(Expr::Reference(Box::new(self.expression(0)?))),
            Token::Not => Ok(Expr::Not(Box::new(self.expression(45)?))),
            Token::Star => {
                let each = if self.peek() == Some(&Token::CloseBracket) { Expr::Current } else { self.each(OF_STAR)? };
                Ok(Expr::ProjectValues(Box::new(Expr::Current), Box::new(each)))
            }
            Token::Flatten | Token::Filter => {
                self.at = start;
                self.go_on(Expr::Current)
            }
            Token::OpenBracket => match self.is_index() {
                true => {
                    self.at = start;
                    self.go_on(Expr::Current)
                }
                false => self.list(),
            },
            Token::OpenBrace => self.hash(),
            Token::OpenParen => {
                let inner = self.expression(0)?;
                self.expect(&Token::CloseParen, "a closing parenthesis")?;
                // A projection ends at the parenthesis.
                Ok(Expr::Pipe(Box::new(inner), Box::new(Expr::Current)))
            }
            _ => {
                self.at = start;
                Err(self.fault("a name is due here"))
            }
        }
    }

    /// Tells whether what stands in the bracket that was opened is an index, a slice or `*`, and no list of expressions.
    fn is_index(&self) -> bool {
        match self.peek() {
            Some(Token::Number(_) | Token::Colon) => true,
            Some(Token::Star) => matches!(self.tokens.get(self.at + 1), Some((_, Token::CloseBracket))),
            _ => false,
        }
    }

    /// Reads what follows an expression.
    fn go_on(&mut self, left: Expr) -> Result<Expr, Fault> {
        let Some(token) = self.peek().cloned() else { return Ok(left) };
        self.at += 1;
        let boxed = Box::new;
        match token {
            Token::Dot if self.pass(&Token::Star) => Ok(Expr::ProjectValues(boxed(left), boxed(self.each(OF_STAR)?))),
            Token::Dot => Ok(then(left, self.after_dot(OF_DOT)?)),
            Token::Pipe => Ok(Expr::Pipe(boxed(left), boxed(self.expression(1)?))),
            Token::Or => Ok(Expr::Or(boxed(left), boxed(self.expression(2)?))),
            Token::And => Ok(Expr::And(boxed(left), boxed(self.expression(3)?))),
            Token::Compare(how) => self.comparison(how, left),
            Token::Flatten => Ok(Expr::Project(boxed(Expr::Flatten(boxed(left))), boxed(self.each(OF_FLATTEN)?))),
            Token::Filter => {
                let holds = boxed(self.expression(0)?);
                self.expect(&Token::CloseBracket, "a closing bracket")?;
                let each = if self.peek() == Some(&Token::Flatten) { Expr::Current } else { self.each(OF_FILTER)? };
                Ok(Expr::Filter { of: boxed(left), holds, each: boxed(each) })
            }
            Token::OpenBracket => self.bracket(left),
            _ => {
                self.at -= 1;
                Err(self.fault("this does not go on from what is before it"))
            }
        }
    }

    fn comparison(&mut self, how: Comparison, left: Expr) -> Result<Expr, Fault> {
        Ok(Expr::Compare(how, Box::new(left), Box::new(self.expression(5)?)))
    }

    /// Reads `[0]`, `[1:2]` or `[*]`, the opening bracket passed.
    fn bracket(&mut self, left: Expr) -> Result<Expr, Fault> {
        if self.pass(&Token::Star) {
            self.expect(&Token::CloseBracket, "a closing bracket")?;
            return Ok(Expr::Project(Box::new(left), Box::new(self.each(OF_STAR)?)));
        }
        let mut parts = [None; 3];
        let mut colons = 0;
        loop {
            match self.peek() {
                Some(Token::Number(number)) if parts[colons].is_none() => parts[colons] = Some(*number),
                Some(Token::Colon) if colons < 2 => colons += 1,
                Some(Token::CloseBracket) if colons > 0 || parts[0].is_some() => break,
                _ => return Err(self.fault("a number, a slice such as 0:2, or * is due here")),
            }
            self.at += 1;
        }
        if parts[2] == Some(0) {
            return Err(self.when_asked("slice step cannot be zero".to_owned()));
        }
        self.at += 1;
        match (colons, parts[0]) {
            (0, Some(index)) => Ok(then(left, Expr::Index(index))),
            _ => Ok(Expr::Project(Box::new(then(left, Expr::Slice(parts))), Box::new(self.each(OF_STAR)?))),
        }
    }

    /// Reads what is asked of every element of a projection.
    fn each(&mut self, tighter_than: u8) -> Result<Expr, Fault> {
        match self.peek() {
            _ if self.binds() < ENDS_PROJECTION => Ok(Expr::Current),
            // However loosely it binds, a bracket here is asked of the element, not of the list.
            Some(Token::OpenBracket | Token::Filter) => self.expression(tighter_than),
            Some(Token::Dot) => {
                self.at += 1;
                self.after_dot(tighter_than)
            }
            _ => Err(self.fault("a dot, a bracket or | is due here")),
        }
    }

    fn after_dot(&mut self, tighter_than: u8) -> Result<Expr, Fault> {
        match self.peek() {
            Some(Token::Name(_) | Token::Quoted(_) | Token::Star) => self.expression(tighter_than),
            Some(Token::OpenBracket) => {
                self.at += 1;
                self.list()
            }
            Some(Token::OpenBrace) => {
                self.at += 1;
                self.hash()
            }
            _ => Err(self.fault("a name is due after the dot")),
        }
    }

    /// Reads `[a, b]`, the opening bracket passed.
    fn list(&mut self) -> Result<Expr, Fault> {
        let mut items = vec![self.expression(0)?];
        while self.pass(&Token::Comma) {
            items.push(self.expression(0)?);
        }
        self.expect(&Token::CloseBracket, "a comma or a closing bracket")?;
        Ok(Expr::List(items))
    }

    /// Reads `{a: b}`, the opening brace passed.
    fn hash(&mut self) -> Result<Expr, Fault> {
        let mut members = Vec::new();
        loop {
            let (Some(Token::Name(name) | Token::Quoted(name)), start) = (self.peek().cloned(), self.at) else {
                return Err(self.fault("a name with a colon is due here"));
            };
            self.at = start + 1;
            self.expect(&Token::Colon, "a colon")?;
            members.push((name, self.expression(0)?));
            if !self.pass(&Token::Comma) {
                break;
            }
        }
        self.expect(&Token::CloseBrace, "a comma or a closing brace")?;
        Ok(Expr::Hash(members))
    }

    /// Reads `name(…)`, the name passed.
    fn call(&mut self, name: &str, at: usize) -> Result<Expr, Fault> {
        let Some(function) = Function::named(name) else {
            self.at = at;
            let fault = self.when_asked(format!("Unknown function: {name}()"));
            return Err(Fault { nearest: nearest(name, Function::names()), ..fault });
        };
        self.at += 1;
        let mut args = Vec::new();
        while !self.pass(&Token::CloseParen) {
            if !args.is_empty() {
                self.expect(&Token::Comma, "a comma or a closing parenthesis")?;
            }
            args.push(self.expression(0)?);
        }
        if !function.takes().contains(&args.len()) {
            self.at = at;
            return Err(self.when_asked(function.arity(args.len())));
        }
        Ok(Expr::Call(function, args))
    }
}
