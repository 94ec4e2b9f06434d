//! The methods of `java.util.List` and `java.util.Map` that mapping templates use.

use super::methods::{java_list, key_text, out_of_bounds, text_of};
use super::value::{List, Map, Object, Value, take_apart};
use super::{Budget, Fault, operators};
use std::rc::Rc;

/// Calls a method of a list; `None` when no method has that name and those arguments.
pub(super) fn call_list(
    list: &Rc<List>,
    name: &str,
    args: &[Value],
    budget: &mut Budget,
) -> Result<Option<Value>, Fault> {
    budget.spend(1)?;
    Ok(Some(match (name, args) {
        ("size", []) => Value::Int(size(list)),
        ("isEmpty", []) => Value::Bool(list.items().is_empty()),
        ("get", [Value::Int(at)]) => {
            let place = place(list, *at)?;
            list.items().get(place).cloned().unwrap_or_default()
        }
        ("add", [item]) => {
            list.items_mut().push(item.clone());
            Value::Bool(true)
        }
        ("add", [Value::Int(at), item]) => {
            if *at != size(list) {
                place(list, *at)?;
            }
            budget.spend(list.items().len() as u64 / 16)?;
            list.items_mut().insert(usize::try_from(*at).unwrap_or(0), item.clone());
            Value::Null
        }
        ("addAll", [other]) => {
            let items = items_of(other, budget)?;
            let changed = !items.is_empty();
            list.items_mut().extend(items);
            Value::Bool(changed)
        }
        ("set", [Value::Int(at), item]) => {
            let place = place(list, *at)?;
            let mut items = list.items_mut();
            items.get_mut(place).map(|old| std::mem::replace(old, item.clone())).unwrap_or_default()
        }
        ("remove", [Value::Int(at)]) => {
            let place = place(list, *at)?;
            budget.spend(list.items().len() as u64 / 16)?;
            list.items_mut().remove(place)
        }
        ("remove", [item]) => match position(list, item, budget)? {
            Some(place) => {
                budget.spend(list.items().len() as u64 / 16)?;
                list.items_mut().remove(place);
                Value::Bool(true)
            }
            None => Value::Bool(false),
        },
        ("contains", [item]) => Value::Bool(position(list, item, budget)?.is_some()),
        ("containsAll", [other]) => {
            let mut all = true;
            for item in items_of(other, budget)? {
                all = all && position(list, &item, budget)?.is_some();
            }
            Value::Bool(all)
        }
        ("indexOf", [item]) => Value::Int(position(list, item, budget)?.map_or(-1, int)),
        ("lastIndexOf", [item]) => Value::Int(last_position(list, item, budget)?.map_or(-1, int)),
        ("subList", [Value::Int(from), Value::Int(to)]) => sub_list(list, *from, *to, budget)?,
        ("clear", []) => {
            let taken = std::mem::take(&mut *list.items_mut());
            drop(taken);
            Value::Null
        }
        _ => return Ok(None),
    }))
}

fn int(place: usize) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX)
}

fn size(list: &List) -> i64 {
    int(list.items().len())
}

/// Returns the place that `get(index)` means: unlike `[index]`, it knows no negative index.
fn place(list: &List, at: i64) -> Result<usize, Fault> {
    let size = list.items().len();
    usize::try_from(at).ok().filter(|place| *place < size).ok_or_else(|| out_of_bounds(at, size))
}

fn same(left: &Value, right: &Value, budget: &mut Budget) -> Result<bool, Fault> {
    let kinds_differ = std::mem::discriminant(left) != std::mem::discriminant(right);
    if kinds_differ {
        budget.spend(1)?;
        return Ok(false);
    }
    operators::equal(left, right, budget)
}

fn position(list: &List, item: &Value, budget: &mut Budget) -> Result<Option<usize>, Fault> {
    for (place, other) in list.items().iter().enumerate() {
        if same(other, item, budget)? {
            return Ok(Some(place));
        }
    }
    Ok(None)
}

fn last_position(list: &List, item: &Value, budget: &mut Budget) -> Result<Option<usize>, Fault> {
    for (place, other) in list.items().iter().enumerate().rev() {
        if same(other, item, budget)? {
            return Ok(Some(place));
        }
    }
    Ok(None)
}

fn items_of(value: &Value, budget: &mut Budget) -> Result<Vec<Value>, Fault> {
    match value {
        Value::List(list) => {
            budget.spend(list.items().len() as u64)?;
            Ok(list.items().clone())
        }
        _ => Err(Fault::method("A list is expected here.")),
    }
}

fn sub_list(list: &Rc<List>, from: i64, to: i64, budget: &mut Budget) -> Result<Value, Fault> {
    let items = list.items();
    let part = match (usize::try_from(from), usize::try_from(to)) {
        (Ok(from), Ok(to)) => items.get(from..to),
        _ => None,
    };
    let Some(part) = part else {
        return Err(Fault::method(format!("There is no part from {from} to {to} in a list of {}.", items.len())));
    };
    budget.spend(part.len() as u64)?;
    let part = part.to_vec();
    Ok(Value::List(Rc::new(if list.is_json() { List::json(part) } else { List::new(part) })))
}

/// Calls a method of a map; `None` when no method has that name and those arguments.
pub(super) fn call_map(map: &Rc<Map>, name: &str, args: &[Value], budget: &mut Budget) -> Result<Option<Value>, Fault> {
    budget.spend(1)?;
    Ok(Some(match (name, args) {
        ("get", [key]) => map.get(&key_text(key, budget)?).unwrap_or_default(),
        ("getOrDefault", [key, other]) => map.get(&key_text(key, budget)?).unwrap_or_else(|| other.clone()),
        ("put", [key, value]) => map.put(key_text(key, budget)?, value.clone()).unwrap_or_default(),
        ("putIfAbsent", [key, value]) => {
            let key = key_text(key, budget)?;
            match map.get(&key) {
                None | Some(Value::Null) => map.put(key, value.clone()).unwrap_or_default(),
                Some(found) => found,
            }
        }
        ("putAll", [Value::Map(other)]) => put_all(map, other, budget)?,
        ("putAll", [Value::Object(object)]) => match object.as_value() {
            Value::Map(other) => put_all(map, &other, budget)?,
            _ => return Ok(None),
        },
        ("containsKey", [key]) => Value::Bool(map.get(&key_text(key, budget)?).is_some()),
        ("containsValue", [value]) => {
            let mut found = false;
            for (_, other) in pairs(map, budget)? {
                found = found || same(&other, value, budget)?;
            }
            Value::Bool(found)
        }
        ("keySet", []) => java_list(pairs(map, budget)?.into_iter().map(|(key, _)| Value::Str(key)).collect()),
        ("values", []) => java_list(pairs(map, budget)?.into_iter().map(|(_, value)| value).collect()),
        ("entrySet", []) => {
            let entry = |(key, value)| Value::Object(Rc::new(Entry { key, value }) as Rc<dyn Object>);
            java_list(pairs(map, budget)?.into_iter().map(entry).collect())
        }
        ("size", []) => Value::Int(int(map.len())),
        ("isEmpty", []) => Value::Bool(map.is_empty()),
        ("remove", [key]) => {
            budget.spend(map.len() as u64)?;
            map.remove(&key_text(key, budget)?).unwrap_or_default()
        }
        ("clear", []) => {
            map.clear();
            Value::Null
        }
        _ => return Ok(None),
    }))
}

fn pairs(map: &Map, budget: &mut Budget) -> Result<Vec<(Rc<str>, Value)>, Fault> {
    budget.spend(map.len() as u64)?;
    Ok(map.pairs())
}

fn put_all(map: &Map, other: &Map, budget: &mut Budget) -> Result<Value, Fault> {
    for (key, value) in pairs(other, budget)? {
        map.put(key, value);
    }
    Ok(Value::Null)
}

/// An item of `entrySet()`.
struct Entry {
    key: Rc<str>,
    value: Value,
}

impl Object for Entry {
    fn property(&self, name: &str) -> Value {
        match name {
            "key" => Value::Str(Rc::clone(&self.key)),
            "value" => self.value.clone(),
            _ => Value::Null,
        }
    }

    fn call(&self, method: &str, args: &[Value], budget: &mut Budget) -> Result<Option<Value>, Fault> {
        Ok(match (method, args) {
            ("getKey", []) => Some(self.property("key")),
            ("getValue", []) => Some(self.property("value")),
            ("toString", []) => Some(Value::Str(format!("{}={}", self.key, text_of(&self.value, budget)?).into())),
            _ => None,
        })
    }

    fn pair(&self) -> Option<(Rc<str>, Value)> {
        Some((Rc::clone(&self.key), self.value.clone()))
    }

    fn hand_over(&mut self, values: &mut Vec<Value>) {
        values.push(std::mem::take(&mut self.value));
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        take_apart(vec![std::mem::take(&mut self.value)]);
    }
}
