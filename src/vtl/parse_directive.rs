//! Directives: `#set`, `#if`, `#foreach`, `#macro` and the calls of macros.

use super::ast::{Accessor, Block, Call, Expr, Foreach, Macro, Node, Reference};
use super::parser::{Ending, Nodes, Parsed, Parser, UNAVAILABLE, is_word_byte};

impl<'s> Parser<'s, '_> {
    pub(super) fn directive(&mut self, name: &str, start: usize, nodes: &mut Nodes) -> Parsed<Option<Ending>> {
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
            "set" if self.parenthesis_follows() => self.set(start, nodes)?,
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
        let blanks = self.blank_run;
        self.expect_parenthesis(start, "set")?;
        let target_at = self.at;
        let Some(target) = self.reference()? else {
            return Err(self.wrong(target_at, "#set needs a reference to set, such as $name."));
        };
        if let Some(Accessor::Method { .. }) = target.accessors.last() {
            return Err(self.wrong(target_at, "#set can't assign to the result of a method."));
        }
        self.skip_blanks();
        if self.byte(self.at) != Some(b'=') || self.byte(self.at + 1) == Some(b'=') {
            return Err(self.wrong(self.at, "#set needs an = after the reference."));
        }
        self.at += 1;
        let value = self.expression()?;
        self.close_parenthesis("set")?;
        // #set also takes the blanks between it and the reference, directive or comment before it.
        nodes.text.truncate(nodes.text.len().saturating_sub(blanks));
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

    /// Reads `#name(…)`: a macro's call, or text that looks like one.
    fn call(&mut self, name: &str, start: usize, nodes: &mut Nodes) -> Parsed<()> {
        let after_name = self.at;
        let args = if self.parenthesis_follows() {
            if UNAVAILABLE.contains(&name) {
                return Err(self.wrong(start, format!("#{name} is not available in mapping templates.")));
            }
            self.skip_blanks();
            self.at += 1;
            let args = self.call_args(self.is_macro(name))?;
            self.finish_line();
            args
        } else {
            Vec::new()
        };
        let (name, body) = match name.strip_prefix('@') {
            Some(name) if self.at > after_name => {
                let body = self.block_to_end(start, name)?;
                (name, Some(self.keep_block(body)))
            }
            _ => (name, None),
        };
        let literal: Box<str> = self.slice(start, self.at).into();
        let at = self.place32(start);
        nodes.push(Node::Call(Box::new(Call { name: name.into(), args: args.into(), body, literal, at })));
        Ok(())
    }

    fn call_args(&mut self, is_macro: bool) -> Parsed<Vec<Expr>> {
        let mut args = Vec::new();
        loop {
            self.skip_blanks_and_comma();
            if self.byte(self.at) == Some(b')') {
                self.at += 1;
                return Ok(args);
            }
            let start = self.at;
            args.push(match self.word() {
                Some(Expr::Text(_)) if is_macro => return Err(self.wrong(start, "A macro takes no bare words.")),
                Some(word) => word,
                None => self.parameter()?,
            });
        }
    }

    /// Reads a bare word in place of an argument, which only text that looks like a macro's call has.
    fn word(&mut self) -> Option<Expr> {
        let start = self.at;
        if !self.byte(start).is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_') {
            return None;
        }
        while self.byte(self.at).is_some_and(is_word_byte) {
            self.at += 1;
        }
        Some(match self.slice(start, self.at) {
            "true" => Expr::Bool(true),
            "false" => Expr::Bool(false),
            word => Expr::Text(word.into()),
        })
    }

    fn parenthesis_follows(&self) -> bool {
        let rest = self.source.get(self.at..).unwrap_or("");
        rest.trim_start_matches([' ', '\t', '\n', '\r']).starts_with('(')
    }

    pub(super) fn is_macro(&self, name: &str) -> bool {
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
            Some(reference) if reference.accessors.is_empty() => Ok(reference),
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
}
