//! References and expressions, evaluated; `machine` does the rest.

use super::ast::{Accessor, Chain, Expr, Op, Operand, Reference};
use super::machine::{AtPlace as _, Machine, Run};
use super::value::{Map, Value};
use super::{methods, operators};
use std::rc::Rc;

impl<'t> Machine<'t> {
    pub(super) fn reference(&mut self, reference: &'t Reference) -> Run<Value> {
        self.walk(reference, &reference.accessors)
    }

    fn walk(&mut self, reference: &'t Reference, accessors: &'t [Accessor]) -> Run<Value> {
        let mut value = self.slot(reference.slot);
        for accessor in accessors {
            self.budget.spend(1).at(reference.at)?;
            if matches!(value, Value::Null) {
                return Ok(Value::Null);
            }
            if let Value::Block(_) = value {
                value = Value::Str(self.text_of(&value, reference.at)?.into());
            }
            value = self.accessor(&value, accessor)?;
        }
        Ok(value)
    }

    fn accessor(&mut self, value: &Value, accessor: &'t Accessor) -> Run<Value> {
        match accessor {
            Accessor::Property(name) => Ok(methods::property(value, name)),
            Accessor::Index { index, at } => {
                let index = self.eval(index, *at)?;
                methods::index(value, &index).at(*at)
            }
            Accessor::Method { name, args, at } => {
                let mut values = Vec::with_capacity(args.len());
                for arg in args {
                    let value = self.eval(arg, *at)?;
                    values.push(self.settled(value, *at)?);
                }
                self.remains.note(value, &values);
                methods::call(value, name, &values, &mut self.budget).at(*at)
            }
        }
    }

    /// Returns a value that is no block: a `#define`d block that is used rather than shown becomes its text.
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

    pub(super) fn assign(&mut self, target: &'t Reference, value: Value) -> Run<()> {
        let Some((last, before)) = target.accessors.split_last() else {
            // Assigning nothing unsets the reference. (Velocity 1.7 can be told to or not to; assumed for AWS.)
            self.put_slot(target.slot, value);
            return Ok(());
        };
        let value = self.settled(value, target.at)?;
        let owner = self.walk(target, before)?;
        self.remains.note(&owner, std::slice::from_ref(&value));
        match last {
            Accessor::Property(name) => {
                methods::set_property(&owner, name, value);
                Ok(())
            }
            Accessor::Index { index, at } => {
                let index = self.eval(index, *at)?;
                methods::set_index(&owner, &index, value, &mut self.budget).at(*at)
            }
            Accessor::Method { .. } => Ok(()),
        }
    }

    pub(super) fn eval(&mut self, expr: &'t Expr, at: u32) -> Run<Value> {
        match expr {
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
            Expr::Not(inner) => Ok(Value::Bool(!self.truth(inner, at)?)),
            Expr::Chain(chain) => self.chain(chain, at),
            Expr::Bool(_) | Expr::Int(_) | Expr::Float(_) | Expr::Text(_) | Expr::Reference(_) => Ok(Value::Null),
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

    /// Tells whether an expression holds. Only references, `true`, comparisons and logic ever do: to Velocity 1.7 a literal
    /// or a calculation standing alone is false.
    pub(super) fn truth(&mut self, expr: &'t Expr, at: u32) -> Run<bool> {
        match expr {
            Expr::Bool(_) | Expr::Reference(_) | Expr::Not(_) => Ok(self.eval(expr, at)?.is_true()),
            Expr::Chain(chain) if chain.rest.first().is_some_and(|(op, _)| !op.calculates()) => {
                Ok(self.eval(expr, at)?.is_true())
            }
            Expr::Int(_)
            | Expr::Float(_)
            | Expr::Text(_)
            | Expr::Interpolated(_)
            | Expr::List(_)
            | Expr::Map(_)
            | Expr::Range(_)
            | Expr::Chain(_) => Ok(false),
        }
    }

    fn chain(&mut self, chain: &'t Chain, at: u32) -> Run<Value> {
        match chain.rest.first() {
            Some((Op::Or | Op::And, _)) => self.logic(chain, at).map(Value::Bool),
            _ => self.calculation(chain, at),
        }
    }

    /// Returns a chain of `||` or of `&&`.
    fn logic(&mut self, chain: &'t Chain, at: u32) -> Run<bool> {
        let mut holds = self.truth(&chain.first.expr, at)?;
        for (op, right) in &chain.rest {
            self.budget.spend(1).at(right.at)?;
            holds = match op {
                Op::Or => holds || self.truth(&right.expr, right.at)?,
                _ => holds && self.truth(&right.expr, right.at)?,
            };
        }
        Ok(holds)
    }

    fn calculation(&mut self, chain: &'t Chain, at: u32) -> Run<Value> {
        let mut left = self.eval(&chain.first.expr, at)?;
        let mut written = &chain.first;
        for (op, operand) in &chain.rest {
            self.budget.spend(1).at(operand.at)?;
            let right = self.eval(&operand.expr, operand.at)?;
            let (mut one, mut other) = (self.settled(left, operand.at)?, self.settled(right, operand.at)?);
            if *op == Op::Add {
                // To a text, Velocity adds a null reference as it is written.
                one = as_written(one, written, &other);
                other = as_written(other, operand, &one);
            }
            left = operators::apply(*op, &one, &other, &mut self.budget).at(operand.at)?;
            written = operand;
        }
        Ok(left)
    }
}

/// Returns a null reference that is added to a text, as its own text.
fn as_written(value: Value, operand: &Operand, other: &Value) -> Value {
    match (&value, other) {
        (Value::Null, Value::Str(_)) => Value::text(&operand.written),
        _ => value,
    }
}
