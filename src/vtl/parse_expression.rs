//! References and expressions: `$a.b("c")[1]`, literals, operators.

use super::ast::{Chain, Expr, Node, Op, Reference, Step};
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
        let steps = self.steps()?;
        if braced {
            if self.byte(self.at) != Some(b'}') {
                return Err(self.wrong(start, format!("The reference ${{{name}… is not closed with }}.")));
            }
            self.at += 1;
        }
        // Quiet references need no mark: one that is not quiet prints nothing either (recorded from AWS).
        Ok(Some(Reference { slot, steps: steps.into(), at: self.place32(start) }))
    }

    fn steps(&mut self) -> Parsed<Vec<Step>> {
        let mut steps = Vec::new();
        loop {
            let at = self.at;
            match self.byte(at) {
                Some(b'.') if self.byte(at + 1).is_some_and(|byte| byte.is_ascii_alphabetic()) => {
                    self.at += 1;
                    let name: Rc<str> = self.identifier().into();
                    if self.byte(self.at) == Some(b'(') {
                        let args = self.method_args(&name)?.into();
                        steps.push(Step::Method { name, args, at: self.place32(at + 1) });
                    } else {
                        steps.push(Step::Property(name));
                    }
                }
                Some(b'[') => {
                    self.at += 1;
                    let index = self.expression()?;
                    self.skip_blanks();
                    if self.byte(self.at) != Some(b']') {
                        return Err(self.wrong(at, "This [ is not closed with ]."));
                    }
                    self.at += 1;
                    steps.push(Step::Index { index, at: self.place32(at) });
                }
                _ => return Ok(steps),
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
            args.push(self.expression()?);
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

    /// The identifier at the parser's place, which must start with a letter; hyphens belong to it, as in Velocity 1.7.
    fn identifier(&mut self) -> &'s str {
        let start = self.at;
        while self.byte(self.at).is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')) {
            self.at += 1;
        }
        self.slice(start, self.at)
    }

    /// An expression, to its end.
    pub(super) fn expression(&mut self) -> Parsed<Expr> {
        self.enter()?;
        let expr = self.level(0)?;
        self.leave();
        Ok(expr)
    }

    /// A macro's argument: no operators, since arguments need no comma between them.
    pub(super) fn argument(&mut self) -> Parsed<Expr> {
        self.enter()?;
        let expr = self.primary()?;
        self.leave();
        Ok(expr)
    }

    fn level(&mut self, level: usize) -> Parsed<Expr> {
        let Some(operators) = LEVELS.get(level) else { return self.unary() };
        let first = self.level(level + 1)?;
        let mut rest = Vec::new();
        loop {
            self.skip_blanks();
            let at = self.place32(self.at);
            let Some(op) = self.operator(operators) else { break };
            rest.push((op, at, self.level(level + 1)?));
        }
        if rest.is_empty() {
            return Ok(first);
        }
        Ok(Expr::Chain(Box::new(Chain { first, rest: rest.into() })))
    }

    fn operator(&mut self, operators: &[(&str, Op)]) -> Option<Op> {
        for (sign, op) in operators {
            let found = match sign.as_bytes().first() {
                Some(byte) if byte.is_ascii_alphabetic() => self.keyword(sign),
                _ if self.looking_at(sign) => {
                    self.at += sign.len();
                    true
                }
                _ => false,
            };
            if found {
                return Some(*op);
            }
        }
        None
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
            _ if self.keyword("null") => Ok(Expr::Null),
            None => Err(self.wrong(start, "The template ends where a value is expected.")),
            Some(_) => Err(self.wrong(start, "A value is expected here: a reference, a text in quotes, a number …")),
        }
    }

    fn number(&mut self) -> Parsed<Expr> {
        let start = self.at;
        if self.byte(self.at) == Some(b'-') {
            self.at += 1;
        }
        self.digits();
        let mut whole = true;
        // `1..3` is a range of whole numbers, not a fraction and a dot.
        if self.byte(self.at) == Some(b'.') && self.byte(self.at + 1) != Some(b'.') {
            whole = false;
            self.at += 1;
            self.digits();
        }
        if matches!(self.byte(self.at), Some(b'e' | b'E')) {
            let exponent = self.at;
            self.at += 1;
            if matches!(self.byte(self.at), Some(b'+' | b'-')) {
                self.at += 1;
            }
            if self.digits() == 0 {
                self.at = exponent;
            } else {
                whole = false;
            }
        }
        let text = self.slice(start, self.at);
        if let (true, Ok(int)) = (whole, text.parse()) {
            return Ok(Expr::Int(int));
        }
        text.parse().map(Expr::Float).map_err(|_| self.wrong(start, "This is not a number."))
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.byte(self.at).is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        self.at - start
    }

    fn list(&mut self) -> Parsed<Expr> {
        let start = self.at;
        self.at += 1;
        self.skip_blanks();
        let mut items = Vec::new();
        if self.byte(self.at) == Some(b']') {
            self.at += 1;
            return Ok(Expr::List(items.into()));
        }
        loop {
            items.push(self.expression()?);
            self.skip_blanks();
            if items.len() == 1 && self.looking_at("..") {
                self.at += 2;
                items.push(self.expression()?);
                self.skip_blanks();
                return match (self.byte(self.at), items.pop(), items.pop()) {
                    (Some(b']'), Some(last), Some(first)) => {
                        self.at += 1;
                        Ok(Expr::Range(Box::new((first, last))))
                    }
                    _ => Err(self.wrong(start, "This range is not closed with ].")),
                };
            }
            match self.byte(self.at) {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(Expr::List(items.into()));
                }
                _ => return Err(self.wrong(start, "This list is not closed with ].")),
            }
        }
    }

    fn map(&mut self) -> Parsed<Expr> {
        let start = self.at;
        self.at += 1;
        self.skip_blanks();
        let mut pairs = Vec::new();
        if self.byte(self.at) == Some(b'}') {
            self.at += 1;
            return Ok(Expr::Map(pairs.into()));
        }
        loop {
            let key = self.expression()?;
            self.skip_blanks();
            if self.byte(self.at) != Some(b':') {
                return Err(self.wrong(self.at, "A map needs a : between a key and its value."));
            }
            self.at += 1;
            pairs.push((key, self.expression()?));
            self.skip_blanks();
            match self.byte(self.at) {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Expr::Map(pairs.into()));
                }
                _ => return Err(self.wrong(start, "This map is not closed with }.")),
            }
        }
    }

    /// A string: a quote within it is written twice; in double quotes, references and directives work.
    fn string(&mut self, quote: u8) -> Parsed<Expr> {
        let start = self.at + 1;
        let mut doubled = false;
        self.at = start;
        let end = loop {
            match self.byte(self.at) {
                None => return Err(self.wrong(start - 1, "This text is not closed with a quote.")),
                Some(byte) if byte != quote => self.at += 1,
                Some(_) if self.byte(self.at + 1) == Some(quote) => {
                    doubled = true;
                    self.at += 2;
                }
                Some(_) => break self.at,
            }
        };
        self.at = end + 1;
        let raw = self.slice(start, end);
        let rewritten = (doubled || raw.contains("\\u")).then(|| unquote(raw, char::from(quote)));
        let text = rewritten.as_deref().unwrap_or(raw);
        if quote == b'\'' || !text.contains(['$', '#']) {
            return Ok(Expr::Text(text.into()));
        }
        let shifted = match self.shifted {
            Some((offset, true)) => (offset, true),
            _ => (self.place(start), rewritten.is_some()),
        };
        let nesting = self.nesting;
        let mut inner =
            Parser { source: text, at: 0, shifted: Some(shifted), nesting, ended_at: 0, shared: &mut *self.shared };
        let block = inner.template()?;
        // `"$.name"` only looks like it holds a reference.
        match &*block {
            [] => Ok(Expr::Text(Rc::from(""))),
            [Node::Text(text)] => Ok(Expr::Text(Rc::from(&**text))),
            _ => Ok(Expr::Interpolated(block)),
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

/// The text of a string literal with doubled quotes and `\uXXXX` escapes resolved.
fn unquote(raw: &str, quote: char) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(character) = rest.chars().next() {
        let mut taken = character.len_utf8();
        if character == quote {
            // A quote inside a literal always comes twice.
            taken *= 2;
        }
        let escaped = rest.strip_prefix("\\u").and_then(|code| code.get(..4));
        let unescaped = escaped.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        if unescaped.is_some() {
            taken = 6;
        }
        text.push(unescaped.unwrap_or(character));
        rest = rest.get(taken..).unwrap_or("");
    }
    text
}
