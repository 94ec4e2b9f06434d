//! The tree of a parsed template: data only, every place as a byte offset into the source.

use std::rc::Rc;

/// A run of nodes.
pub(super) type Block = Box<[Node]>;

/// A parsed template.
#[derive(Debug)]
pub(super) struct Compiled {
    pub(super) source: Box<str>,
    pub(super) nodes: Block,
    /// The names of all variables; a reference holds an index into them.
    pub(super) names: Box<[Rc<str>]>,
    pub(super) macros: Box<[Macro]>,
    /// The bodies of `#define` and of `#@macro()` calls.
    pub(super) blocks: Box<[Block]>,
    /// The slots of `$foreach`, `$velocityCount`, `$velocityHasNext` and `$bodyContent`, where the template names them.
    pub(super) foreach: Option<u32>,
    pub(super) velocity_count: Option<u32>,
    pub(super) velocity_has_next: Option<u32>,
    pub(super) body_content: Option<u32>,
}

/// A `#macro`.
#[derive(Debug)]
pub(super) struct Macro {
    pub(super) name: Box<str>,
    pub(super) params: Box<[u32]>,
    pub(super) body: Block,
}

/// One piece of a template.
#[derive(Debug)]
pub(super) enum Node {
    Text(Box<str>),
    Reference(Reference),
    /// `\$name`: the text, with one more backslash when there is no such value.
    Escaped {
        text: Box<str>,
        reference: Reference,
    },
    Set {
        target: Reference,
        value: Expr,
    },
    If {
        arms: Box<[(Expr, Block)]>,
        otherwise: Block,
    },
    Foreach(Box<Foreach>),
    Define {
        slot: u32,
        block: u32,
    },
    Call(Box<Call>),
    Break,
    Stop,
}

/// A `#foreach`.
#[derive(Debug)]
pub(super) struct Foreach {
    pub(super) slot: u32,
    pub(super) list: Expr,
    pub(super) body: Block,
    pub(super) at: u32,
}

/// A `#name(…)` that may be a macro, or only text that looks like one.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) name: Box<str>,
    pub(super) args: Box<[Expr]>,
    pub(super) body: Option<u32>,
    /// The text that is written when there is no such macro.
    pub(super) literal: Box<str>,
    pub(super) at: u32,
}

/// `$name`, and what follows it.
#[derive(Debug)]
pub(super) struct Reference {
    pub(super) slot: u32,
    pub(super) accessors: Box<[Accessor]>,
    pub(super) at: u32,
}

/// The way from a value to another one: a property, a method or an index.
#[derive(Debug)]
pub(super) enum Accessor {
    Property(Rc<str>),
    Method { name: Rc<str>, args: Box<[Expr]>, at: u32 },
    Index { index: Expr, at: u32 },
}

/// An expression of `#set`, `#if`, an argument.
#[derive(Debug)]
pub(super) enum Expr {
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(Rc<str>),
    /// A double-quoted string with references or directives in it.
    Interpolated(Block),
    List(Box<[Self]>),
    Map(Box<[(Self, Self)]>),
    Range(Box<(Self, Self)>),
    Reference(Reference),
    Not(Box<Self>),
    Chain(Box<Chain>),
}

/// Operators of one precedence, from left to right. Flat, so that a long sum is no deep tree.
#[derive(Debug)]
pub(super) struct Chain {
    pub(super) first: Operand,
    pub(super) rest: Box<[(Op, Operand)]>,
}

/// One side of an operator.
#[derive(Debug)]
pub(super) struct Operand {
    pub(super) expr: Expr,
    /// The reference as it is written, which is what `+` appends to a text when the reference is null.
    pub(super) written: Box<str>,
    pub(super) at: u32,
}

/// A binary operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Op {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    Greater,
    LessOrEqual,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
}

impl Op {
    /// Tells whether the operator yields a number or text rather than a truth.
    pub(super) const fn calculates(self) -> bool {
        matches!(self, Self::Add | Self::Subtract | Self::Multiply | Self::Divide | Self::Modulo)
    }
}
