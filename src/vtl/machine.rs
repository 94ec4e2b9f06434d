//! Walks the tree and writes the output. Every loop and every recursion is paid for from the budget.

use super::ast::{Block, Call, Compiled, Expr, Foreach, Node};
use super::print;
use super::remains::Remains;
use super::value::{Object, Value, take_apart};
use super::{BlockRef, Budget, Fault, Limits, RenderError, RenderErrorKind, line_and_column};
use std::cell::Cell;
use std::rc::Rc;

/// The values that a template starts with, by name.
#[derive(Clone, Default)]
pub struct Scope {
    variables: Vec<(Rc<str>, Value)>,
}

impl Scope {
    /// Returns a scope with nothing in it.
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
pub(super) fn render(compiled: &Compiled, scope: &Scope, limits: &Limits) -> (Result<String, RenderError>, Remains) {
    let slots = compiled.names.iter().map(|name| scope.get(name)).collect();
    let budget = Budget::new(limits.fuel, limits.output_bytes);
    let mut machine = Machine { compiled, slots, budget, depth: 0, limits, remains: Remains::default() };
    let mut out = String::with_capacity(compiled.source.len());
    let rendered = match machine.block(&compiled.nodes, &mut out) {
        Ok(_) => Ok(out),
        Err(located) => {
            let Located { fault, at } = *located;
            let (line, column) = line_and_column(&compiled.source, at as usize);
            Err(RenderError { kind: fault.kind, message: fault.message, line, column })
        }
    };
    (rendered, machine.remains)
}

/// A rendering under way.
pub(super) struct Machine<'t> {
    compiled: &'t Compiled,
    slots: Vec<Value>,
    pub(super) budget: Budget,
    pub(super) depth: u32,
    limits: &'t Limits,
    /// The lists and maps that were filled on the way.
    pub(super) remains: Remains,
}

/// A fault and the byte offset in the template where it happened.
pub(super) struct Located {
    fault: Fault,
    at: u32,
}

pub(super) type Run<T> = Result<T, Box<Located>>;

pub(super) trait AtPlace<T> {
    fn at(self, at: u32) -> Run<T>;
}

impl<T> AtPlace<T> for Result<T, Fault> {
    fn at(self, at: u32) -> Run<T> {
        self.map_err(|fault| Box::new(Located { fault, at }))
    }
}

/// The way in which a block ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    Next,
    Break,
    Stop,
}

impl<'t> Machine<'t> {
    pub(super) fn block(&mut self, nodes: &'t Block, out: &mut String) -> Run<Flow> {
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
            Node::Escaped { text, reference } => {
                if matches!(self.reference(reference)?, Value::Null) {
                    self.text("\\", out, reference.at)?;
                }
                self.text(text, out, reference.at)?;
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
    pub(super) fn show(&mut self, value: &Value, out: &mut String, at: u32) -> Run<()> {
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

    pub(super) fn enter(&mut self, at: u32) -> Run<()> {
        self.depth += 1;
        if self.depth <= self.limits.depth {
            return Ok(());
        }
        let message = format!("The template nests more than {} levels deep while it runs.", self.limits.depth);
        Err(Fault { kind: RenderErrorKind::TooDeep, message }).at(at)
    }

    pub(super) fn slot(&self, slot: u32) -> Value {
        self.slots.get(slot as usize).cloned().unwrap_or_default()
    }

    pub(super) fn put_slot(&mut self, slot: u32, value: Value) {
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
            if self.truth(condition, 0)? {
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

    /// Sets `$velocityCount` and `$velocityHasNext`, the names from before Velocity 1.7.
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
}

/// Returns the items that `#foreach` goes through, at most `limit` of them: a map's are its values.
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

    fn hand_over(&mut self, values: &mut Vec<Value>) {
        values.push(std::mem::take(&mut self.parent));
    }
}

// `#set($foreach = …)` before a loop makes anything its parent.
impl Drop for ForeachState {
    fn drop(&mut self) {
        take_apart(vec![std::mem::take(&mut self.parent)]);
    }
}
