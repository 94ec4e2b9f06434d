//! Markup as a tree. Braces hold somebody's Rust, which is kept as it is.

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream, TokenTree};

/// A part of markup.
pub(crate) enum Node {
    /// `"text"`.
    Text(Literal),
    /// `<div …>…</div>`; a fragment, `<>…</>`, has no name.
    Element { name: String, attributes: Vec<Attribute>, children: Vec<Self> },
    /// `<Name …>…</Name>`.
    Component { path: Vec<TokenTree>, attributes: Vec<Attribute>, children: Option<Vec<Self>> },
    /// A component that Yew itself mounts, with all that is in it.
    Yews(TokenStream),
    /// `{ expression }`.
    Code(TokenStream),
    /// `{ for expression }`.
    Each(TokenStream),
    /// `if condition {…} else {…}`: what stands before each body, and the bodies.
    If(Vec<(TokenStream, Vec<Self>)>),
}

/// A name and its value.
pub(crate) struct Attribute {
    pub(crate) name: String,
    pub(crate) span: Span,
    pub(crate) value: Value,
}

/// The value of an attribute.
pub(crate) enum Value {
    /// A literal text.
    Text(Literal),
    /// Any other expression.
    Code(TokenStream),
}

/// A fault of markup, and its place.
pub(crate) struct Problem {
    pub(crate) what: &'static str,
    pub(crate) at: Span,
}

type Parsed<T> = Result<T, Problem>;

/// Reads markup.
pub(crate) fn markup(tokens: TokenStream) -> Parsed<Vec<Node>> {
    let mut rest = Tokens::new(tokens);
    let nodes = nodes(&mut rest)?;
    match rest.next() {
        None => Ok(nodes),
        Some(token) => Err(Problem { what: "this closing tag has no opening tag", at: token.span() }),
    }
}

struct Tokens {
    all: Vec<TokenTree>,
    at: usize,
}

impl Tokens {
    fn new(tokens: TokenStream) -> Self {
        Self { all: tokens.into_iter().collect(), at: 0 }
    }

    fn next(&mut self) -> Option<TokenTree> {
        let token = self.all.get(self.at).cloned();
        self.at += 1;
        token
    }

    fn peek(&self, ahead: usize) -> Option<&TokenTree> {
        self.all.get(self.at + ahead)
    }

    fn sees(&self, ahead: usize, sign: char) -> bool {
        self.peek(ahead).is_some_and(|token| is_punct(token, sign))
    }

    fn sees_word(&self, word: &str) -> bool {
        matches!(self.peek(0), Some(TokenTree::Ident(ident)) if *ident == word)
    }

    fn problem(&self, what: &'static str) -> Problem {
        let token = self.peek(0).or_else(|| self.all.last());
        Problem { what, at: token.map_or_else(Span::call_site, TokenTree::span) }
    }

    fn expect(&mut self, sign: char, what: &'static str) -> Parsed<()> {
        if !self.sees(0, sign) {
            return Err(self.problem(what));
        }
        self.at += 1;
        Ok(())
    }
}

fn is_punct(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

fn is_text(literal: &Literal) -> bool {
    literal.to_string().starts_with(['"', 'r'])
}

/// Reads up to a closing tag, or to the end.
fn nodes(rest: &mut Tokens) -> Parsed<Vec<Node>> {
    let mut out = Vec::new();
    while let Some(token) = rest.peek(0) {
        match token.clone() {
            _ if rest.sees(0, '<') && rest.sees(1, '/') => break,
            _ if rest.sees(0, '<') => out.push(tag(rest)?),
            _ if rest.sees_word("if") => out.push(condition(rest)?),
            TokenTree::Literal(literal) if is_text(&literal) => {
                rest.at += 1;
                out.push(Node::Text(literal));
            }
            TokenTree::Group(braces) if braces.delimiter() == Delimiter::Brace => {
                rest.at += 1;
                out.push(block(&braces));
            }
            _ => return Err(rest.problem("an element, braces, `if` or text is expected here")),
        }
    }
    Ok(out)
}

fn block(braces: &Group) -> Node {
    let mut inside = Tokens::new(braces.stream());
    if inside.sees_word("for") {
        inside.at += 1;
        return Node::Each(inside.all.into_iter().skip(inside.at).collect());
    }
    match inside.all.as_slice() {
        [TokenTree::Literal(text)] if is_text(text) => Node::Text(text.clone()),
        _ => Node::Code(braces.stream()),
    }
}

/// Reads an `if` with all its branches.
fn condition(rest: &mut Tokens) -> Parsed<Node> {
    let mut branches = Vec::new();
    let mut head = TokenStream::new();
    while let Some(token) = rest.next() {
        match token {
            // In `if let Name { field } = value { … }` the first braces are a pattern's.
            TokenTree::Group(body) if body.delimiter() == Delimiter::Brace && !rest.sees(0, '=') => {
                branches.push((std::mem::take(&mut head), markup(body.stream())?));
                if !rest.sees_word("else") {
                    return Ok(Node::If(branches));
                }
            }
            other => head.extend([other]),
        }
    }
    Err(rest.problem("this `if` has no body"))
}

/// Reads a tag, and what it holds.
fn tag(rest: &mut Tokens) -> Parsed<Node> {
    let start = rest.at;
    rest.expect('<', "a tag is expected here")?;
    let path = path(rest);
    let component = matches!(path.last(), Some(TokenTree::Ident(name)) if is_capital(name));
    if component && rest.sees(0, '<') {
        return yews(rest, start, &path);
    }
    let name = if component { String::new() } else { dashed(&path, rest) };
    let (attributes, open) = attributes(rest)?;
    let children = if open { Some(children(rest, &path, &name)?) } else { None };
    Ok(match component {
        true => Node::Component { path, attributes, children },
        false => Node::Element { name, attributes, children: children.unwrap_or_default() },
    })
}

fn is_capital(name: &Ident) -> bool {
    name.to_string().starts_with(|first: char| first.is_ascii_uppercase())
}

/// Reads `a::b::C`.
fn path(rest: &mut Tokens) -> Vec<TokenTree> {
    let mut out = Vec::new();
    while let Some(TokenTree::Ident(_)) = rest.peek(0) {
        out.extend(rest.next());
        if !(rest.sees(0, ':') && rest.sees(1, ':')) {
            break;
        }
        out.extend(rest.next());
        out.extend(rest.next());
    }
    out
}

/// Reads the rest of a name such as `aria-label`.
fn dashed(begun: &[TokenTree], rest: &mut Tokens) -> String {
    let mut name: String = begun.iter().map(|part| part.to_string().trim_start_matches("r#").to_owned()).collect();
    while rest.sees(0, '-') {
        rest.at += 1;
        name.push('-');
        if let Some(TokenTree::Ident(_) | TokenTree::Literal(_)) = rest.peek(0) {
            name.extend(rest.next().map(|part| part.to_string()));
        }
    }
    name
}

/// Reads the attributes up to the end of the tag, and says whether something follows before its closing tag.
fn attributes(rest: &mut Tokens) -> Parsed<(Vec<Attribute>, bool)> {
    let mut out = Vec::new();
    loop {
        match rest.next() {
            Some(token) if is_punct(&token, '>') => return Ok((out, true)),
            Some(token) if is_punct(&token, '/') => {
                rest.expect('>', "`/>` is expected here")?;
                return Ok((out, false));
            }
            // `{name}` is short for `name={name}`.
            Some(TokenTree::Group(short)) => out.push(Attribute {
                name: short.stream().to_string().trim_start_matches("r#").to_owned(),
                span: short.span(),
                value: Value::Code(short.stream()),
            }),
            Some(TokenTree::Ident(begun)) => {
                let span = begun.span();
                let name = dashed(&[begun.into()], rest);
                rest.expect('=', "an attribute has a value: name=…")?;
                let value = rest.next().ok_or_else(|| rest.problem("a value is expected here"))?;
                out.push(Attribute { name, span, value: read_value(value) });
            }
            _ => {
                rest.at -= 1;
                return Err(rest.problem("an attribute or the end of the tag is expected here"));
            }
        }
    }
}

fn read_value(token: TokenTree) -> Value {
    match token {
        TokenTree::Literal(text) if is_text(&text) => Value::Text(text),
        TokenTree::Group(braces) if braces.delimiter() == Delimiter::Brace => {
            let inside: Vec<TokenTree> = braces.stream().into_iter().collect();
            match inside.as_slice() {
                [TokenTree::Literal(text)] if is_text(text) => Value::Text(text.clone()),
                // A block of statements keeps its braces.
                statements if statements.iter().any(|token| is_punct(token, ';')) => {
                    Value::Code(TokenStream::from(TokenTree::Group(braces)))
                }
                _ => Value::Code(braces.stream()),
            }
        }
        other => Value::Code(other.into()),
    }
}

/// Reads what a tag holds, and its closing tag, which has the name of the opening one.
fn children(rest: &mut Tokens, opened: &[TokenTree], name: &str) -> Parsed<Vec<Node>> {
    let children = nodes(rest)?;
    rest.expect('<', "a closing tag is missing")?;
    rest.expect('/', "a closing tag is missing")?;
    let closing = path(rest);
    let same = if name.is_empty() { spelled(&closing) == spelled(opened) } else { dashed(&closing, rest) == name };
    if !same {
        return Err(rest.problem("this closing tag is not that of the element that is open"));
    }
    rest.expect('>', "`>` is expected here")?;
    Ok(children)
}

fn spelled(path: &[TokenTree]) -> String {
    path.iter().map(ToString::to_string).collect()
}

/// Takes a component that Yew mounts as it is written.
fn yews(rest: &mut Tokens, start: usize, path: &[TokenTree]) -> Parsed<Node> {
    let name = path.last().map(ToString::to_string);
    while rest.peek(0).is_some() {
        let closing = rest.sees(0, '<') && rest.sees(1, '/');
        if closing && rest.peek(2).map(ToString::to_string) == name {
            // `</Name<Parameter>>`
            while !(rest.sees(0, '>') && rest.sees(1, '>')) && rest.peek(0).is_some() {
                rest.at += 1;
            }
            rest.at += 2;
            return Ok(Node::Yews(rest.all.get(start..rest.at).unwrap_or_default().iter().cloned().collect()));
        }
        rest.at += 1;
    }
    Err(rest.problem("a closing tag is missing"))
}
