//! Text, directives and comments. Expressions and references are in `parse_expression`.
//!
//! Whitespace is Velocity 1.7's: a directive takes the rest of its line with it when only blanks are left there;
//! `#set` takes the blanks before it as well.

use super::ParseError;
use super::ast::{Block, Compiled, Macro, Node};
use std::collections::HashMap;
use std::rc::Rc;

/// The most levels of blocks, parentheses and arguments in a template.
const MAX_NESTING: u32 = 64;

/// Directives that Velocity has and API Gateway's templates do not (assumed: they reach for files or run text).
pub(super) const UNAVAILABLE: [&str; 3] = ["include", "parse", "evaluate"];

/// Parses a whole template.
pub(super) fn parse(source: &str) -> Result<Compiled, ParseError> {
    let mut shared = Shared::default();
    let mut parser =
        Parser { source, at: 0, shifted: None, nesting: 0, ended_at: 0, blank_run: 0, shared: &mut shared };
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

/// A fault at a byte offset of the whole template.
pub(super) struct Wrong {
    pub(super) at: usize,
    pub(super) message: String,
}

pub(super) type Parsed<T> = Result<T, Wrong>;

#[derive(Default)]
pub(super) struct Shared {
    names: Vec<Rc<str>>,
    slots: HashMap<Rc<str>, u32>,
    pub(super) macros: Vec<Macro>,
    pub(super) blocks: Vec<Block>,
}

pub(super) struct Parser<'s, 'p> {
    pub(super) source: &'s str,
    /// The byte offset reached in `source`.
    pub(super) at: usize,
    /// The place of `source` in the whole template, when it is the text of a string: its offset, and whether the
    /// text was rewritten, so that every place in it is given as the string's own.
    pub(super) shifted: Option<(usize, bool)>,
    pub(super) nesting: u32,
    /// The place of the directive that ended the last block.
    pub(super) ended_at: usize,
    /// The text since the last reference, directive or comment is blank, and this long.
    pub(super) blank_run: usize,
    pub(super) shared: &'p mut Shared,
}

/// The end of a block.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    EndOfText,
    End,
    Else,
    ElseIf,
}

impl<'s> Parser<'s, '_> {
    /// Reads the whole text as a template.
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

    /// Returns a place of this text as one of the whole template.
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
    pub(super) fn block(&mut self) -> Parsed<(Block, Ending)> {
        self.enter()?;
        let mut nodes = Nodes::default();
        let ending = loop {
            let rest = self.source.as_bytes().get(self.at..).unwrap_or(&[]);
            let plain = rest.iter().position(|byte| matches!(byte, b'$' | b'#' | b'\\')).unwrap_or(rest.len());
            let run = self.slice(self.at, self.at + plain);
            self.blank_run = if run.bytes().all(|byte| matches!(byte, b' ' | b'\t')) { plain } else { 0 };
            nodes.text.push_str(run);
            self.at += plain;
            let ended = match self.byte(self.at) {
                None => Some(Ending::EndOfText),
                Some(b'$') => {
                    self.dollar(&mut nodes)?;
                    None
                }
                Some(b'#') => self.hash(&mut nodes)?,
                Some(_) => {
                    self.backslashes(&mut nodes)?;
                    None
                }
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
                // Velocity swallows the mark of a quiet reference even when no reference comes of it.
                if self.byte(self.at) == Some(b'!') && !matches!(self.byte(self.at + 1), None | Some(b'{' | b'$')) {
                    self.at += 1;
                }
            }
        }
        Ok(())
    }

    /// Backslashes escape a reference or a directive right after them, and are text everywhere else.
    fn backslashes(&mut self, nodes: &mut Nodes) -> Parsed<()> {
        let start = self.at;
        while self.byte(self.at) == Some(b'\\') {
            self.at += 1;
        }
        let (count, element) = (self.at - start, self.at);
        let kept = count / 2;
        match self.byte(element) {
            Some(b'$') => match self.reference()? {
                Some(reference) if count % 2 == 1 => {
                    let text = format!("{}{}", "\\".repeat(kept), self.slice(element, self.at)).into();
                    nodes.push(Node::Escaped { text, reference });
                    return Ok(());
                }
                Some(_) => nodes.text.push_str(self.slice(start, start + kept)),
                None => nodes.text.push_str(self.slice(start, element)),
            },
            Some(b'#') => match self.word_after_hash() {
                Some((name, end)) if self.is_escapable(&name) => {
                    if count % 2 == 1 {
                        nodes.text.push_str(self.slice(start, start + kept));
                        nodes.text.push_str(self.slice(element, end));
                        self.at = end;
                        return Ok(());
                    }
                    // Before #set, pairs of backslashes stay pairs.
                    let kept = if name == "set" { count } else { kept };
                    nodes.text.push_str(self.slice(start, start + kept));
                }
                Some((_, end)) => {
                    nodes.text.push_str(self.slice(start, end));
                    self.at = end;
                    return Ok(());
                }
                None => nodes.text.push_str(self.slice(start, element)),
            },
            _ => nodes.text.push_str(self.slice(start, element)),
        }
        self.at = element;
        Ok(())
    }

    fn is_escapable(&self, name: &str) -> bool {
        is_directive(name) || self.is_macro(name)
    }

    fn hash(&mut self, nodes: &mut Nodes) -> Parsed<Option<Ending>> {
        let start = self.at;
        match self.byte(start + 1) {
            Some(b'#') => {
                self.skip_line();
                return Ok(None);
            }
            Some(b'*') => {
                // A comment without an end goes on to the end of the template.
                let rest = self.source.get(start + 2..).unwrap_or("");
                self.at = rest.find("*#").map_or(self.source.len(), |end| start + 2 + end + 2);
                return Ok(None);
            }
            Some(b'[') if self.byte(start + 2) == Some(b'[') => {
                let raw = self.source.get(start + 3..).unwrap_or("");
                let Some(end) = raw.find("]]#") else {
                    return Err(self.wrong(start, "This raw text is not closed with ]]#."));
                };
                nodes.text.push_str(self.slice(start + 3, start + 3 + end));
                self.at = start + 3 + end + 3;
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

    /// Takes the rest of the line, if it is blank.
    pub(super) fn finish_line(&mut self) {
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

    /// Returns the word of `#word` or `#{word}` at the `#` where the parser stands, and where it ends.
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

pub(super) const fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'@'
}

fn is_directive(name: &str) -> bool {
    matches!(name, "set" | "if" | "elseif" | "else" | "end" | "foreach" | "macro" | "define" | "break" | "stop")
        || UNAVAILABLE.contains(&name)
}

/// Nodes in the making: text is gathered until something else comes.
#[derive(Default)]
pub(super) struct Nodes {
    nodes: Vec<Node>,
    pub(super) text: String,
}

impl Nodes {
    pub(super) fn push(&mut self, node: Node) {
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
