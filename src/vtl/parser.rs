//! Text, directives and comments. Expressions and references are in `parse_expression`.
//!
//! Whitespace is Velocity 1.7's: a directive takes the rest of its line with it when only blanks are left there;
//! `#set` takes the blanks before it as well.

use super::ParseError;
use super::ast::{Block, Call, Compiled, Expr, Foreach, Macro, Node, Reference};
use std::collections::HashMap;
use std::rc::Rc;

/// How deeply blocks, parentheses and arguments may nest in a template.
const MAX_NESTING: u32 = 64;

/// Directives that Velocity has and API Gateway's templates do not (assumed: they reach for files or run text).
const UNAVAILABLE: [&str; 3] = ["include", "parse", "evaluate"];

/// Parses a whole template.
pub(super) fn parse(source: &str) -> Result<Compiled, ParseError> {
    let mut shared = Shared::default();
    let mut parser = Parser { source, at: 0, shifted: None, nesting: 0, ended_at: 0, shared: &mut shared };
    let nodes = parser.template().map_err(|error| ParseError::at(source, error.at, error.message))?;
    let slot = |name: &str| shared.slots.get(name).copied();
    Ok(Compiled {
        source: source.into(),
        nodes,
        foreach: slot("foreach"),
        velocity_count: slot("velocityCount"),
        velocity_has_next: slot("velocityHasNext"),
        body_content: slot("bodyContent"),
        names: shared.names.into(),
        macros: shared.macros.into(),
        blocks: shared.blocks.into(),
    })
}

/// What went wrong, at a byte offset of the whole template.
pub(super) struct Wrong {
    pub(super) at: usize,
    pub(super) message: String,
}

pub(super) type Parsed<T> = Result<T, Wrong>;

#[derive(Default)]
pub(super) struct Shared {
    names: Vec<Rc<str>>,
    slots: HashMap<Rc<str>, u32>,
    macros: Vec<Macro>,
    blocks: Vec<Block>,
}

pub(super) struct Parser<'s, 'p> {
    pub(super) source: &'s str,
    /// The byte offset reached in `source`.
    pub(super) at: usize,
    /// Where `source` stands in the whole template, when it is the text of a string: its offset, and whether the
    /// text was rewritten, so that every place in it is given as the string's own.
    pub(super) shifted: Option<(usize, bool)>,
    pub(super) nesting: u32,
    /// Where the directive stands that ended the last block.
    pub(super) ended_at: usize,
    pub(super) shared: &'p mut Shared,
}

/// What ended a block.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    EndOfText,
    End,
    Else,
    ElseIf,
}

impl<'s> Parser<'s, '_> {
    /// The whole text as a template.
    pub(super) fn template(&mut self) -> Parsed<Block> {
        let (block, ending) = self.block()?;
        match ending {
            Ending::EndOfText => Ok(block),
            Ending::End => Err(self.wrong(self.ended_at, "This #end closes nothing.")),
            Ending::Else => Err(self.wrong(self.ended_at, "There is no #if for this #else.")),
            Ending::ElseIf => Err(self.wrong(self.ended_at, "There is no #if for this #elseif.")),
        }
    }

    pub(super) fn slot(&mut self, name: &str) -> u32 {
        if let Some(slot) = self.shared.slots.get(name) {
            return *slot;
        }
        let slot = u32::try_from(self.shared.names.len()).unwrap_or(u32::MAX);
        let name: Rc<str> = name.into();
        self.shared.names.push(Rc::clone(&name));
        self.shared.slots.insert(name, slot);
        slot
    }

    pub(super) fn wrong(&self, at: usize, message: impl Into<String>) -> Wrong {
        Wrong { at: self.place(at), message: message.into() }
    }

    /// A place of this text as one of the whole template.
    pub(super) fn place(&self, at: usize) -> usize {
        match self.shifted {
            None => at,
            Some((offset, true)) => offset,
            Some((offset, false)) => offset + at,
        }
    }

    pub(super) fn place32(&self, at: usize) -> u32 {
        u32::try_from(self.place(at)).unwrap_or(u32::MAX)
    }

    pub(super) fn enter(&mut self) -> Parsed<()> {
        self.nesting += 1;
        if self.nesting > MAX_NESTING {
            return Err(self.wrong(self.at, format!("The template nests more than {MAX_NESTING} levels deep.")));
        }
        Ok(())
    }

    pub(super) const fn leave(&mut self) {
        self.nesting -= 1;
    }

    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        self.source.as_bytes().get(at).copied()
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &'s str {
        self.source.get(start..end).unwrap_or("")
    }

    pub(super) fn looking_at(&self, text: &str) -> bool {
        self.source.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(text.as_bytes()))
    }

    /// Parses until an `#end`, `#else`, `#elseif` that is not this block's own, or the end of the text.
    fn block(&mut self) -> Parsed<(Block, Ending)> {
        self.enter()?;
        let mut nodes = Nodes::default();
        let ending = loop {
            let rest = self.source.as_bytes().get(self.at..).unwrap_or(&[]);
            let plain = rest.iter().position(|byte| matches!(byte, b'$' | b'#' | b'\\')).unwrap_or(rest.len());
            nodes.text.push_str(self.slice(self.at, self.at + plain));
            self.at += plain;
            let ended = match self.byte(self.at) {
                None => Some(Ending::EndOfText),
                Some(b'$') => {
                    self.dollar(&mut nodes)?;
                    None
                }
                Some(b'#') => self.hash(&mut nodes)?,
                Some(_) => self.backslashes(&mut nodes)?,
            };
            if let Some(ending) = ended {
                break ending;
            }
        };
        self.leave();
        Ok((nodes.finish(), ending))
    }

    fn dollar(&mut self, nodes: &mut Nodes) -> Parsed<()> {
        match self.reference()? {
            Some(reference) => nodes.push(Node::Reference(reference)),
            None => {
                nodes.text.push('$');
                self.at += 1;
            }
        }
        Ok(())
    }

    /// Backslashes escape a reference or a directive right after them, and are text everywhere else.
    fn backslashes(&mut self, nodes: &mut Nodes) -> Parsed<Option<Ending>> {
        let start = self.at;
        while self.byte(self.at) == Some(b'\\') {
            self.at += 1;
        }
        let (count, element) = (self.at - start, self.at);
        let escapable = match self.byte(element) {
            Some(b'$') => self.reference()?.is_some(),
            Some(b'#') => self.word_after_hash().is_some_and(|(name, end)| {
                self.at = end;
                is_directive(&name) || self.shared.macros.iter().any(|known| *known.name == *name)
            }),
            _ => false,
        };
        if !escapable {
            self.at = element;
            nodes.text.push_str(self.slice(start, element));
            return Ok(None);
        }
        nodes.text.extend(std::iter::repeat_n('\\', count / 2));
        if count % 2 == 1 {
            nodes.text.push_str(self.slice(element, self.at));
        } else {
            self.at = element;
        }
        Ok(None)
    }

    fn hash(&mut self, nodes: &mut Nodes) -> Parsed<Option<Ending>> {
        let start = self.at;
        match self.byte(start + 1) {
            Some(b'#') => {
                self.skip_line();
                return Ok(None);
            }
            Some(b'*') => {
                self.at += 2;
                self.skip_past("*#", start, "This comment is not closed with *#.")?;
                return Ok(None);
            }
            Some(b'[') if self.byte(start + 2) == Some(b'[') => {
                self.at += 3;
                let end = self.skip_past("]]#", start, "This raw text is not closed with ]]#.")?;
                nodes.text.push_str(self.slice(start + 3, end));
                return Ok(None);
            }
            _ => {}
        }
        let Some((name, end)) = self.word_after_hash() else {
            nodes.text.push('#');
            self.at += 1;
            return Ok(None);
        };
        self.at = end;
        self.directive(&name, start, nodes)
    }

    fn directive(&mut self, name: &str, start: usize, nodes: &mut Nodes) -> Parsed<Option<Ending>> {
        if matches!(name, "end" | "else" | "elseif") {
            self.ended_at = start;
        }
        match name {
            "end" => {
                self.finish_line();
                return Ok(Some(Ending::End));
            }
            "else" => {
                self.finish_line();
                return Ok(Some(Ending::Else));
            }
            "elseif" => return Ok(Some(Ending::ElseIf)),
            "set" => self.set(start, nodes)?,
            "if" => {
                let node = self.if_(start)?;
                nodes.push(node);
            }
            "foreach" => {
                let node = self.foreach(start)?;
                nodes.push(node);
            }
            "macro" => self.macro_(start)?,
            "define" => {
                let node = self.define(start)?;
                nodes.push(node);
            }
            "break" => nodes.push(Node::Break),
            "stop" => nodes.push(Node::Stop),
            other => self.call(other, start, nodes)?,
        }
        Ok(None)
    }

    fn set(&mut self, start: usize, nodes: &mut Nodes) -> Parsed<()> {
        self.expect_parenthesis(start, "set")?;
        let target_at = self.at;
        let Some(target) = self.reference()? else {
            return Err(self.wrong(target_at, "#set needs a reference to set, such as $name."));
        };
        if let Some(super::ast::Step::Method { .. }) = target.steps.last() {
            return Err(self.wrong(target_at, "#set can't assign to the result of a method."));
        }
        self.skip_blanks();
        if self.byte(self.at) != Some(b'=') || self.byte(self.at + 1) == Some(b'=') {
            return Err(self.wrong(self.at, "#set needs an = after the reference."));
        }
        self.at += 1;
        let value = self.expression()?;
        self.close_parenthesis("set")?;
        // #set also takes the blanks before it (the other directives leave them).
        let kept = nodes.text.trim_end_matches([' ', '\t']).len();
        nodes.text.truncate(kept);
        nodes.push(Node::Set { target, value });
        Ok(())
    }

    fn if_(&mut self, start: usize) -> Parsed<Node> {
        let mut arms: Vec<(Expr, Block)> = Vec::new();
        let mut name = "if";
        loop {
            self.expect_parenthesis(start, name)?;
            let condition = self.expression()?;
            self.close_parenthesis(name)?;
            let (block, ending) = self.block()?;
            arms.push((condition, block));
            match ending {
                Ending::ElseIf => name = "elseif",
                Ending::End => return Ok(Node::If { arms: arms.into(), otherwise: Box::default() }),
                Ending::Else => {
                    let otherwise = self.block_to_end(start, "if")?;
                    return Ok(Node::If { arms: arms.into(), otherwise });
                }
                Ending::EndOfText => return Err(self.wrong(start, "This #if has no #end.")),
            }
        }
    }

    fn foreach(&mut self, start: usize) -> Parsed<Node> {
        self.expect_parenthesis(start, "foreach")?;
        let slot = self.plain_reference("#foreach needs a reference for each item, such as $item.")?.slot;
        self.skip_blanks();
        if !self.keyword("in") {
            return Err(self.wrong(self.at, "#foreach needs the word in between the item and the list."));
        }
        let list = self.expression()?;
        self.close_parenthesis("foreach")?;
        let body = self.block_to_end(start, "foreach")?;
        Ok(Node::Foreach(Box::new(Foreach { slot, list, body, at: self.place32(start) })))
    }

    fn define(&mut self, start: usize) -> Parsed<Node> {
        self.expect_parenthesis(start, "define")?;
        let slot = self.plain_reference("#define needs a reference to define, such as $name.")?.slot;
        self.close_parenthesis("define")?;
        let body = self.block_to_end(start, "define")?;
        Ok(Node::Define { slot, block: self.keep_block(body) })
    }

    fn macro_(&mut self, start: usize) -> Parsed<()> {
        self.expect_parenthesis(start, "macro")?;
        let name_at = self.at;
        while self.byte(self.at).is_some_and(is_word_byte) {
            self.at += 1;
        }
        if self.at == name_at {
            return Err(self.wrong(name_at, "#macro needs a name."));
        }
        let name: Box<str> = self.slice(name_at, self.at).into();
        let mut params = Vec::new();
        loop {
            self.skip_blanks_and_comma();
            if self.byte(self.at) != Some(b'$') {
                break;
            }
            params.push(self.plain_reference("#macro's parameters are references, such as $name.")?.slot);
        }
        self.close_parenthesis("macro")?;
        let body = self.block_to_end(start, "macro")?;
        self.shared.macros.push(Macro { name, params: params.into(), body });
        Ok(())
    }

    /// `#name(…)`: a macro's call, or text that looks like one.
    fn call(&mut self, name: &str, start: usize, nodes: &mut Nodes) -> Parsed<()> {
        let after_name = self.at;
        self.skip_blanks();
        let as_text = |parser: &mut Self, nodes: &mut Nodes| {
            parser.at = after_name;
            nodes.text.push_str(parser.slice(start, after_name));
        };
        if self.byte(self.at) != Some(b'(') {
            as_text(self, nodes);
            return Ok(());
        }
        if UNAVAILABLE.contains(&name) {
            return Err(self.wrong(start, format!("#{name} is not available in mapping templates.")));
        }
        self.at += 1;
        let nesting = self.nesting;
        let args = match self.call_args() {
            Ok(args) => args,
            Err(wrong) if self.is_macro(name) => return Err(wrong),
            Err(_) => {
                self.nesting = nesting;
                as_text(self, nodes);
                return Ok(());
            }
        };
        self.finish_line();
        let literal: Box<str> = self.slice(start, self.at).into();
        let (name, body) = match name.strip_prefix('@') {
            Some(name) => {
                let body = self.block_to_end(start, name)?;
                (name, Some(self.keep_block(body)))
            }
            None => (name, None),
        };
        let at = self.place32(start);
        nodes.push(Node::Call(Box::new(Call { name: name.into(), args: args.into(), body, literal, at })));
        Ok(())
    }

    fn call_args(&mut self) -> Parsed<Vec<Expr>> {
        let mut args = Vec::new();
        loop {
            self.skip_blanks_and_comma();
            if self.byte(self.at) == Some(b')') {
                self.at += 1;
                return Ok(args);
            }
            args.push(self.argument()?);
        }
    }

    fn is_macro(&self, name: &str) -> bool {
        let name = name.strip_prefix('@').unwrap_or(name);
        self.shared.macros.iter().any(|known| &*known.name == name)
    }

    fn keep_block(&mut self, block: Block) -> u32 {
        let place = u32::try_from(self.shared.blocks.len()).unwrap_or(u32::MAX);
        self.shared.blocks.push(block);
        place
    }

    fn block_to_end(&mut self, start: usize, name: &str) -> Parsed<Block> {
        let (block, ending) = self.block()?;
        match ending {
            Ending::End => Ok(block),
            Ending::EndOfText => Err(self.wrong(start, format!("This #{name} has no #end."))),
            Ending::Else | Ending::ElseIf => {
                Err(self.wrong(self.ended_at, format!("This stands where the #end of #{name} should be.")))
            }
        }
    }

    fn plain_reference(&mut self, message: &str) -> Parsed<Reference> {
        self.skip_blanks();
        let at = self.at;
        match self.reference()? {
            Some(reference) if reference.steps.is_empty() => Ok(reference),
            _ => Err(self.wrong(at, message)),
        }
    }

    fn expect_parenthesis(&mut self, start: usize, name: &str) -> Parsed<()> {
        self.skip_blanks();
        if self.byte(self.at) != Some(b'(') {
            return Err(self.wrong(start, format!("#{name} needs parentheses: #{name}( … ).")));
        }
        self.at += 1;
        self.skip_blanks();
        Ok(())
    }

    fn close_parenthesis(&mut self, name: &str) -> Parsed<()> {
        self.skip_blanks();
        if self.byte(self.at) != Some(b')') {
            return Err(self.wrong(self.at, format!("The parenthesis of this #{name} is not closed here.")));
        }
        self.at += 1;
        self.finish_line();
        Ok(())
    }

    /// Takes the rest of the line, if it is blank.
    fn finish_line(&mut self) {
        let mut at = self.at;
        while matches!(self.byte(at), Some(b' ' | b'\t')) {
            at += 1;
        }
        match (self.byte(at), self.byte(at + 1)) {
            (Some(b'\r'), Some(b'\n')) => self.at = at + 2,
            (Some(b'\r' | b'\n'), _) => self.at = at + 1,
            _ => {}
        }
    }

    fn skip_line(&mut self) {
        while !matches!(self.byte(self.at), None | Some(b'\r' | b'\n')) {
            self.at += 1;
        }
        self.finish_line();
    }

    /// Goes past `text` and returns where it starts.
    fn skip_past(&mut self, text: &str, start: usize, message: &str) -> Parsed<usize> {
        let Some(found) = self.source.get(self.at..).and_then(|rest| rest.find(text)) else {
            return Err(self.wrong(start, message));
        };
        let end = self.at + found;
        self.at = end + text.len();
        Ok(end)
    }

    /// The word of `#word` or `#{word}` at the `#` where the parser stands, and where it ends.
    fn word_after_hash(&self) -> Option<(String, usize)> {
        let braced = self.byte(self.at + 1) == Some(b'{');
        let start = self.at + if braced { 2 } else { 1 };
        if !self.byte(start).is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'@')) {
            return None;
        }
        let mut end = start + 1;
        while self.byte(end).is_some_and(is_word_byte) {
            end += 1;
        }
        let name = self.slice(start, end).to_owned();
        match (braced, self.byte(end)) {
            (false, _) => Some((name, end)),
            (true, Some(b'}')) => Some((name, end + 1)),
            (true, _) => None,
        }
    }
}

const fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'@'
}

fn is_directive(name: &str) -> bool {
    matches!(name, "set" | "if" | "elseif" | "else" | "end" | "foreach" | "macro" | "define" | "break" | "stop")
        || UNAVAILABLE.contains(&name)
}

/// Nodes in the making: text is gathered until something else comes.
#[derive(Default)]
struct Nodes {
    nodes: Vec<Node>,
    text: String,
}

impl Nodes {
    fn push(&mut self, node: Node) {
        self.flush();
        self.nodes.push(node);
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            self.nodes.push(Node::Text(self.text.as_str().into()));
            self.text.clear();
        }
    }

    fn finish(mut self) -> Block {
        self.flush();
        self.nodes.into()
    }
}
