//! Walks the tree and writes the output. Every loop and every recursion is paid for from the budget.

use super::ast::{Block, Call, Chain, Compiled, Expr, Foreach, Node, Op, Reference, Step};
use super::value::{Map, Object, Value};
use super::{BlockRef, Budget, Fault, Limits, RenderError, RenderErrorKind, line_and_column};
use super::{methods, operators, print};
use std::cell::Cell;
use std::rc::Rc;

/// The values that a template starts with, by name.
#[derive(Clone, Default)]
pub struct Scope {
    variables: Vec<(Rc<str>, Value)>,
}

impl Scope {
    /// A scope with nothing in it.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a variable, named without its `$`.
    pub fn set(&mut self, name: &str, value: Value) {
        match self.variables.iter_mut().find(|(known, _)| &**known == name) {
            Some((_, old)) => *old = value,
            None => self.variables.push((name.into(), value)),
        }
    }

    fn get(&self, name: &str) -> Value {
        self.variables.iter().find(|(known, _)| &**known == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }
}

/// Renders a template.
pub(super) fn render(compiled: &Compiled, scope: &Scope, limits: &Limits) -> Result<String, RenderError> {
    let slots = compiled.names.iter().map(|name| scope.get(name)).collect();
    let budget = Budget::new(limits.fuel, limits.output_bytes);
    let mut machine = Machine { compiled, slots, budget, depth: 0, limits };
    let mut out = String::with_capacity(compiled.source.len());
    match machine.block(&compiled.nodes, &mut out) {
        Ok(_) => Ok(out),
        Err(located) => {
            let Located { fault, at } = *located;
            let (line, column) = line_and_column(&compiled.source, at as usize);
            Err(RenderError { kind: fault.kind, message: fault.message, line, column })
        }
    }
}

struct Machine<'t> {
    compiled: &'t Compiled,
    slots: Vec<Value>,
    budget: Budget,
    depth: u32,
    limits: &'t Limits,
}

/// A fault and the byte offset in the template where it happened.
struct Located {
    fault: Fault,
    at: u32,
}

type Run<T> = Result<T, Box<Located>>;

trait AtPlace<T> {
    fn at(self, at: u32) -> Run<T>;
}

impl<T> AtPlace<T> for Result<T, Fault> {
    fn at(self, at: u32) -> Run<T> {
        self.map_err(|fault| Box::new(Located { fault, at }))
    }
}

/// How a block ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flow {
    Next,
    Break,
    Stop,
}

impl<'t> Machine<'t> {
    fn block(&mut self, nodes: &'t Block, out: &mut String) -> Run<Flow> {
        for node in nodes {
            let flow = self.node(node, out)?;
            if flow != Flow::Next {
                return Ok(flow);
            }
        }
        Ok(Flow::Next)
    }

    fn node(&mut self, node: &'t Node, out: &mut String) -> Run<Flow> {
        match node {
            Node::Text(text) => self.text(text, out, 0)?,
            Node::Reference(reference) => {
                self.budget.spend(1).at(reference.at)?;
                let value = self.reference(reference)?;
                self.show(&value, out, reference.at)?;
            }
            Node::Set { target, value } => {
                self.budget.spend(1).at(target.at)?;
                let value = self.eval(value, target.at)?;
                self.assign(target, value)?;
            }
            Node::If { arms, otherwise } => return self.if_(arms, otherwise, out),
            Node::Foreach(foreach) => return self.foreach(foreach, out),
            Node::Define { slot, block } => self.put_slot(*slot, Value::Block(BlockRef(*block))),
            Node::Call(call) => return self.call(call, out),
            Node::Break => return Ok(Flow::Break),
            Node::Stop => return Ok(Flow::Stop),
        }
        Ok(Flow::Next)
    }

    fn text(&mut self, text: &str, out: &mut String, at: u32) -> Run<()> {
        self.budget.spend(1).at(at)?;
        self.budget.spend_text(text.len()).at(at)?;
        if out.len() + text.len() > self.budget.max_bytes() {
            return Err(Fault::too_large()).at(at);
        }
        out.push_str(text);
        Ok(())
    }

    /// Writes what a value prints as.
    fn show(&mut self, value: &Value, out: &mut String, at: u32) -> Run<()> {
        match value {
            // An unset or null reference renders as empty text (recorded from AWS; plain Velocity would show `$name`).
            Value::Null => Ok(()),
            Value::Str(text) => self.text(text, out, at),
            Value::Block(block) => self.show_block(*block, out, at),
            other => {
                let before = out.len();
                print::value(other, out, self.budget.max_bytes()).at(at)?;
                self.budget.spend_text(out.len() - before).at(at)
            }
        }
    }

    fn show_block(&mut self, block: BlockRef, out: &mut String, at: u32) -> Run<()> {
        let compiled = self.compiled;
        let Some(nodes) = compiled.blocks.get(block.0 as usize) else { return Ok(()) };
        self.enter(at)?;
        self.block(nodes, out)?;
        self.depth -= 1;
        Ok(())
    }

    fn enter(&mut self, at: u32) -> Run<()> {
        self.depth += 1;
        if self.depth <= self.limits.depth {
            return Ok(());
        }
        let message = format!("The template nests more than {} levels deep while it runs.", self.limits.depth);
        Err(Fault { kind: RenderErrorKind::TooDeep, message }).at(at)
    }

    fn slot(&self, slot: u32) -> Value {
        self.slots.get(slot as usize).cloned().unwrap_or_default()
    }

    fn put_slot(&mut self, slot: u32, value: Value) {
        if let Some(place) = self.slots.get_mut(slot as usize) {
            *place = value;
        }
    }

    fn swap_slot(&mut self, slot: u32, value: Value) -> Value {
        self.slots.get_mut(slot as usize).map(|place| std::mem::replace(place, value)).unwrap_or_default()
    }

    fn if_(&mut self, arms: &'t [(Expr, Block)], otherwise: &'t Block, out: &mut String) -> Run<Flow> {
        let mut chosen = otherwise;
        for (condition, block) in arms {
            self.budget.spend(1).at(0)?;
            if self.eval(condition, 0)?.is_true() {
                chosen = block;
                break;
            }
        }
        self.enter(0)?;
        let flow = self.block(chosen, out)?;
        self.depth -= 1;
        Ok(flow)
    }

    fn foreach(&mut self, foreach: &'t Foreach, out: &mut String) -> Run<Flow> {
        let list = self.eval(&foreach.list, foreach.at)?;
        let limit = self.limits.foreach_iterations as usize;
        // The items are taken as they are now: Java would throw if the loop changed the list.
        let items = items_of(&list, limit.saturating_add(1));
        if items.is_empty() {
            return Ok(Flow::Next);
        }
        self.budget.spend(items.len() as u64).at(foreach.at)?;
        self.enter(foreach.at)?;
        let compiled = self.compiled;
        let own = [Some(foreach.slot), compiled.foreach, compiled.velocity_count, compiled.velocity_has_next];
        let outer = own.map(|slot| slot.map(|slot| (slot, self.slot(slot))));
        let state = compiled.foreach.map(|slot| {
            let state = Rc::new(ForeachState::new(items.len(), self.slot(slot)));
            self.put_slot(slot, Value::Object(Rc::clone(&state) as Rc<dyn Object>));
            state
        });
        let count = items.len();
        let mut flow = Flow::Next;
        for (index, item) in items.into_iter().enumerate() {
            if index >= limit {
                let message = format!("A #foreach may run at most {limit} times.");
                return Err(Fault { kind: RenderErrorKind::TooManyIterations, message }).at(foreach.at);
            }
            self.put_slot(foreach.slot, item);
            if let Some(state) = &state {
                state.index.set(index);
            }
            self.legacy_counters(index, count);
            flow = self.block(&foreach.body, out)?;
            if flow != Flow::Next {
                break;
            }
        }
        for (slot, value) in outer.into_iter().flatten() {
            self.put_slot(slot, value);
        }
        self.depth -= 1;
        Ok(if flow == Flow::Stop { Flow::Stop } else { Flow::Next })
    }

    /// `$velocityCount` and `$velocityHasNext`, the names from before Velocity 1.7.
    fn legacy_counters(&mut self, index: usize, count: usize) {
        if let Some(slot) = self.compiled.velocity_count {
            self.put_slot(slot, Value::Int(int(index + 1)));
        }
        if let Some(slot) = self.compiled.velocity_has_next {
            self.put_slot(slot, Value::Bool(index + 1 < count));
        }
    }

    fn call(&mut self, call: &'t Call, out: &mut String) -> Run<Flow> {
        self.budget.spend(1).at(call.at)?;
        let compiled = self.compiled;
        let Some(known) = compiled.macros.iter().find(|known| known.name == call.name) else {
            self.text(&call.literal, out, call.at)?;
            if let Some(body) = call.body {
                self.show_block(BlockRef(body), out, call.at)?;
            }
            return Ok(Flow::Next);
        };
        self.enter(call.at)?;
        let mut values = Vec::with_capacity(known.params.len());
        for arg in &call.args {
            values.push(self.eval(arg, call.at)?);
        }
        let mut values = values.into_iter();
        let mut outer: Vec<(u32, Value)> = Vec::with_capacity(known.params.len() + 1);
        for param in &known.params {
            let value = values.next().unwrap_or_default();
            outer.push((*param, self.swap_slot(*param, value)));
        }
        if let (Some(slot), Some(body)) = (compiled.body_content, call.body) {
            outer.push((slot, self.swap_slot(slot, Value::Block(BlockRef(body)))));
        }
        let flow = self.block(&known.body, out)?;
        for (slot, value) in outer.into_iter().rev() {
            self.put_slot(slot, value);
        }
        self.depth -= 1;
        Ok(if flow == Flow::Stop { Flow::Stop } else { Flow::Next })
    }

    // Expressions.

    fn reference(&mut self, reference: &'t Reference) -> Run<Value> {
        self.walk(reference, &reference.steps)
    }

    fn walk(&mut self, reference: &'t Reference, steps: &'t [Step]) -> Run<Value> {
        let mut value = self.slot(reference.slot);
        for step in steps {
            self.budget.spend(1).at(reference.at)?;
            if matches!(value, Value::Null) {
                return Ok(Value::Null);
            }
            if let Value::Block(_) = value {
                value = Value::Str(self.text_of(&value, reference.at)?.into());
            }
            value = self.step(&value, step)?;
        }
        Ok(value)
    }

    fn step(&mut self, value: &Value, step: &'t Step) -> Run<Value> {
        match step {
            Step::Property(name) => Ok(methods::property(value, name)),
            Step::Index { index, at } => {
                let index = self.eval(index, *at)?;
                methods::index(value, &index).at(*at)
            }
            Step::Method { name, args, at } => {
                let mut values = Vec::with_capacity(args.len());
                for arg in args {
                    let value = self.eval(arg, *at)?;
                    values.push(self.settled(value, *at)?);
                }
                methods::call(value, name, &values, &mut self.budget).at(*at)
            }
        }
    }

    /// A value that is no block: a `#define`d block that is used rather than shown becomes its text.
    fn settled(&mut self, value: Value, at: u32) -> Run<Value> {
        match value {
            Value::Block(_) => Ok(Value::Str(self.text_of(&value, at)?.into())),
            other => Ok(other),
        }
    }

    fn text_of(&mut self, value: &Value, at: u32) -> Run<String> {
        let mut text = String::new();
        self.show(value, &mut text, at)?;
        Ok(text)
    }

    fn assign(&mut self, target: &'t Reference, value: Value) -> Run<()> {
        let Some((last, before)) = target.steps.split_last() else {
            // Assigning nothing unsets the reference. (Velocity 1.7 can be told to or not to; assumed for AWS.)
            self.put_slot(target.slot, value);
            return Ok(());
        };
        let value = self.settled(value, target.at)?;
        let owner = self.walk(target, before)?;
        match last {
            Step::Property(name) => {
                methods::set_property(&owner, name, value);
                Ok(())
            }
            Step::Index { index, at } => {
                let index = self.eval(index, *at)?;
                methods::set_index(&owner, &index, value, &mut self.budget).at(*at)
            }
            Step::Method { .. } => Ok(()),
        }
    }

    fn eval(&mut self, expr: &'t Expr, at: u32) -> Run<Value> {
        match expr {
            Expr::Null => Ok(Value::Null),
            Expr::Bool(bool) => Ok(Value::Bool(*bool)),
            Expr::Int(int) => Ok(Value::Int(*int)),
            Expr::Float(float) => Ok(Value::Float(*float)),
            Expr::Text(text) => Ok(Value::Str(Rc::clone(text))),
            Expr::Reference(reference) => self.reference(reference),
            Expr::Interpolated(_) | Expr::List(_) | Expr::Map(_) | Expr::Range(_) | Expr::Not(_) | Expr::Chain(_) => {
                self.budget.spend(1).at(at)?;
                self.enter(at)?;
                let value = self.compound(expr, at)?;
                self.depth -= 1;
                Ok(value)
            }
        }
    }

    fn compound(&mut self, expr: &'t Expr, at: u32) -> Run<Value> {
        match expr {
            Expr::Interpolated(block) => {
                let mut text = String::new();
                self.block(block, &mut text)?;
                Ok(Value::Str(text.into()))
            }
            Expr::List(items) => {
                let mut values = Vec::with_capacity(items.len());
                for item in items {
                    self.budget.spend(1).at(at)?;
                    values.push(self.eval(item, at)?);
                }
                Ok(Value::list(values))
            }
            Expr::Map(pairs) => self.map(pairs, at),
            Expr::Range(ends) => {
                let (first, last) = (self.eval(&ends.0, at)?, self.eval(&ends.1, at)?);
                operators::range(&first, &last, &mut self.budget).at(at)
            }
            Expr::Not(inner) => Ok(Value::Bool(!self.eval(inner, at)?.is_true())),
            Expr::Chain(chain) => self.chain(chain, at),
            _ => Ok(Value::Null),
        }
    }

    fn map(&mut self, pairs: &'t [(Expr, Expr)], at: u32) -> Run<Value> {
        let map = Map::new();
        for (key, value) in pairs {
            self.budget.spend(1).at(at)?;
            let key = self.eval(key, at)?;
            let key = self.settled(key, at)?;
            let key = methods::key_text(&key, &mut self.budget).at(at)?;
            let value = self.eval(value, at)?;
            map.put(key, value);
        }
        Ok(Value::Map(Rc::new(map)))
    }

    fn chain(&mut self, chain: &'t Chain, at: u32) -> Run<Value> {
        let mut left = self.eval(&chain.first, at)?;
        for (op, at, right) in &chain.rest {
            self.budget.spend(1).at(*at)?;
            left = match op {
                Op::Or => Value::Bool(left.is_true() || self.eval(right, *at)?.is_true()),
                Op::And => Value::Bool(left.is_true() && self.eval(right, *at)?.is_true()),
                _ => {
                    let right = self.eval(right, *at)?;
                    let (left, right) = (self.settled(left, *at)?, self.settled(right, *at)?);
                    operators::apply(*op, &left, &right, &mut self.budget).at(*at)?
                }
            };
        }
        Ok(left)
    }
}

/// The items that `#foreach` goes through, at most `limit` of them: a map's are its values.
fn items_of(value: &Value, limit: usize) -> Vec<Value> {
    match value {
        Value::List(list) => list.items().iter().take(limit).cloned().collect(),
        Value::Map(map) => (0..limit).map_while(|place| map.pair_at(place)).map(|(_, value)| value).collect(),
        Value::Object(object) => match object.as_value() {
            Value::Object(_) => Vec::new(),
            other => items_of(&other, limit),
        },
        Value::Null | Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Str(_) | Value::Block(_) => Vec::new(),
    }
}

fn int(size: usize) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}

/// `$foreach` inside a loop.
struct ForeachState {
    index: Cell<usize>,
    count: usize,
    parent: Value,
}

impl ForeachState {
    const fn new(count: usize, parent: Value) -> Self {
        Self { index: Cell::new(0), count, parent }
    }
}

impl Object for ForeachState {
    fn property(&self, name: &str) -> Value {
        let index = self.index.get();
        match name {
            "index" => Value::Int(int(index)),
            "count" => Value::Int(int(index + 1)),
            "hasNext" => Value::Bool(index + 1 < self.count),
            "first" => Value::Bool(index == 0),
            "last" => Value::Bool(index + 1 == self.count),
            "parent" | "topmost" => self.parent.clone(),
            _ => Value::Null,
        }
    }
}
