//! References and expressions: `$a.b("c")[1]`, literals, operators.

use super::ast::{Accessor, Chain, Expr, Op, Operand, Reference};
use super::parser::{Parsed, Parser};
use std::rc::Rc;

/// Operators from the loosest to the tightest; words as Velocity has them beside the signs. Longer signs first.
const LEVELS: [&[(&str, Op)]; 6] = [
    &[("||", Op::Or), ("or", Op::Or)],
    &[("&&", Op::And), ("and", Op::And)],
    &[("==", Op::Equal), ("!=", Op::NotEqual), ("eq", Op::Equal), ("ne", Op::NotEqual)],
    &[
        ("<=", Op::LessOrEqual),
        (">=", Op::GreaterOrEqual),
        ("<", Op::Less),
        (">", Op::Greater),
        ("le", Op::LessOrEqual),
        ("ge", Op::GreaterOrEqual),
        ("lt", Op::Less),
        ("gt", Op::Greater),
    ],
    &[("+", Op::Add), ("-", Op::Subtract)],
    &[("*", Op::Multiply), ("/", Op::Divide), ("%", Op::Modulo)],
];

impl<'s> Parser<'s, '_> {
    /// `$name`, `$!name`, `${name}`, `$!{name}` and what follows; `None` (and nothing taken) when a `$` is only text.
    pub(super) fn reference(&mut self) -> Parsed<Option<Reference>> {
        let start = self.at;
        if self.byte(start) != Some(b'$') {
            return Ok(None);
        }
        let mut at = start + 1;
        if self.byte(at) == Some(b'!') {
            at += 1;
        }
        let braced = self.byte(at) == Some(b'{');
        if braced {
            at += 1;
        }
        if !self.byte(at).is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_') {
            return Ok(None);
        }
        self.at = at;
        let name = self.identifier();
        let slot = self.slot(name);
        let accessors = self.accessors()?;
        if braced {
            if self.byte(self.at) != Some(b'}') {
                return Err(self.wrong(start, format!("The reference ${{{name}… is not closed with }}.")));
            }
            self.at += 1;
        }
        // Quiet references need no mark: one that is not quiet prints nothing either (recorded from AWS).
        Ok(Some(Reference { slot, accessors: accessors.into(), at: self.place32(start) }))
    }

    fn accessors(&mut self) -> Parsed<Vec<Accessor>> {
        let mut accessors = Vec::new();
        loop {
            let at = self.at;
            match self.byte(at) {
                Some(b'.') if self.byte(at + 1).is_some_and(|byte| byte.is_ascii_alphabetic()) => {
                    self.at += 1;
                    let name: Rc<str> = self.identifier().into();
                    if self.byte(self.at) == Some(b'(') {
                        let args = self.method_args(&name)?.into();
                        accessors.push(Accessor::Method { name, args, at: self.place32(at + 1) });
                    } else {
                        accessors.push(Accessor::Property(name));
                    }
                }
                Some(b'[') => {
                    self.at += 1;
                    let index = self.parameter()?;
                    self.skip_blanks();
                    if self.byte(self.at) != Some(b']') {
                        return Err(self.wrong(at, "This [ is not closed with ]."));
                    }
                    self.at += 1;
                    accessors.push(Accessor::Index { index, at: self.place32(at) });
                }
                _ => return Ok(accessors),
            }
        }
    }

    fn method_args(&mut self, name: &str) -> Parsed<Vec<Expr>> {
        let open = self.at;
        self.at += 1;
        let mut args = Vec::new();
        self.skip_blanks();
        if self.byte(self.at) == Some(b')') {
            self.at += 1;
            return Ok(args);
        }
        loop {
            args.push(self.parameter()?);
            self.skip_blanks();
            match self.byte(self.at) {
                Some(b',') => self.at += 1,
                Some(b')') => {
                    self.at += 1;
                    return Ok(args);
                }
                _ => return Err(self.wrong(open, format!("The arguments of {name} are not closed with )."))),
            }
        }
    }

    /// Reads the identifier at the parser's place, which must start with a letter; hyphens belong to it, as in Velocity 1.7.
    fn identifier(&mut self) -> &'s str {
        let start = self.at;
        while self.byte(self.at).is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')) {
            self.at += 1;
        }
        self.slice(start, self.at)
    }

    /// Reads an expression, to its end.
    pub(super) fn expression(&mut self) -> Parsed<Expr> {
        self.enter()?;
        let expr = self.level(0)?;
        self.leave();
        Ok(expr)
    }

    /// Reads an argument, an item of a list or map, an index: a value without operators, as in Velocity 1.7.
    pub(super) fn parameter(&mut self) -> Parsed<Expr> {
        self.skip_blanks();
        if self.byte(self.at) == Some(b'(') {
            return Err(self.wrong(self.at, "Velocity has no parentheses here. #set the value to a variable first."));
        }
        self.enter()?;
        let expr = self.primary()?;
        self.leave();
        self.skip_blanks();
        if let Some(byte @ (b'+' | b'-' | b'*' | b'/' | b'%' | b'<' | b'>' | b'=' | b'&' | b'|')) = self.byte(self.at) {
            let sign = char::from(byte);
            let message = format!("Velocity does not calculate here ({sign}). #set the result to a variable first.");
            return Err(self.wrong(self.at, message));
        }
        Ok(expr)
    }

    fn level(&mut self, level: usize) -> Parsed<Expr> {
        let Some(operators) = LEVELS.get(level) else { return self.unary() };
        let first = self.operand(level)?;
        let mut rest = Vec::new();
        loop {
            self.skip_blanks();
            let Some(op) = self.operator(operators)? else { break };
            rest.push((op, self.operand(level)?));
        }
        if rest.is_empty() {
            return Ok(first.expr);
        }
        Ok(Expr::Chain(Box::new(Chain { first, rest: rest.into() })))
    }

    fn operand(&mut self, level: usize) -> Parsed<Operand> {
        self.skip_blanks();
        let start = self.at;
        let expr = self.level(level + 1)?;
        let is_reference = matches!(expr, Expr::Reference(_));
        let written = if is_reference { self.slice(start, self.at).trim_end().into() } else { Box::default() };
        Ok(Operand { expr, written, at: self.place32(start) })
    }

    fn operator(&mut self, operators: &[(&str, Op)]) -> Parsed<Option<Op>> {
        for (sign, op) in operators {
            let found = match sign.as_bytes().first() {
                Some(byte) if byte.is_ascii_alphabetic() => self.keyword(sign),
                _ if self.looking_at(sign) => {
                    self.at += sign.len();
                    true
                }
                _ => false,
            };
            if found && *op == Op::Subtract && self.byte(self.at).is_some_and(|byte| byte.is_ascii_digit()) {
                let message = "Velocity takes this minus for the number's sign. Put a blank between them.";
                return Err(self.wrong(self.at - 1, message));
            }
            if found {
                return Ok(Some(*op));
            }
        }
        Ok(None)
    }

    fn unary(&mut self) -> Parsed<Expr> {
        self.skip_blanks();
        let is_not = self.byte(self.at) == Some(b'!') && self.byte(self.at + 1) != Some(b'=');
        if is_not {
            self.at += 1;
        }
        if !is_not && !self.keyword("not") {
            return self.primary();
        }
        self.enter()?;
        let expr = self.unary()?;
        self.leave();
        Ok(Expr::Not(Box::new(expr)))
    }

    fn primary(&mut self) -> Parsed<Expr> {
        self.skip_blanks();
        let start = self.at;
        match self.byte(start) {
            Some(b'$') => match self.reference()? {
                Some(reference) => Ok(Expr::Reference(reference)),
                None => Err(self.wrong(start, "A $ in an expression must start a reference, such as $name.")),
            },
            Some(quote @ (b'"' | b'\'')) => self.string(quote),
            Some(b'[') => self.list(),
            Some(b'{') => self.map(),
            Some(b'(') => {
                self.at += 1;
                let expr = self.expression()?;
                self.skip_blanks();
                if self.byte(self.at) != Some(b')') {
                    return Err(self.wrong(start, "This ( is not closed with )."));
                }
                self.at += 1;
                Ok(expr)
            }
            Some(b'0'..=b'9' | b'-' | b'.') => self.number(),
            _ if self.keyword("true") => Ok(Expr::Bool(true)),
            _ if self.keyword("false") => Ok(Expr::Bool(false)),
            _ if self.keyword("null") => {
                Err(self.wrong(start, "Velocity has no null. A reference that nothing sets, such as $null, is null."))
            }
            None => Err(self.wrong(start, "The template ends where a value is expected.")),
            Some(_) => Err(self.wrong(start, "A value is expected here: a reference, a text in quotes, a number …")),
        }
    }

    pub(super) fn skip_blanks(&mut self) {
        while matches!(self.byte(self.at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    pub(super) fn skip_blanks_and_comma(&mut self) {
        self.skip_blanks();
        if self.byte(self.at) == Some(b',') {
            self.at += 1;
            self.skip_blanks();
        }
    }

    /// Takes a word, if it stands here whole.
    pub(super) fn keyword(&mut self, word: &str) -> bool {
        let after = self.byte(self.at + word.len());
        let found = self.looking_at(word) && !after.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if found {
            self.at += word.len();
        }
        found
    }
}
