//! Templates: the texts that `html!` writes, read once each and kept. The signs are those of `macros/src/emit.rs`.

use std::{cell::RefCell, collections::BTreeMap};
use yew::virtual_dom::{AttributeOrProperty, Attributes};

/// Begins an element; its name follows.
const OPEN: char = '\u{1}';
/// Begins an attribute; its name follows, and its value after [`VALUE`].
const ATTRIBUTE: char = '\u{2}';
const VALUE: char = '\u{3}';
/// Begins an attribute whose value is in a hole; its name follows.
const HOLE: char = '\u{4}';
/// Stands for a hole that is no attribute: a key, a reference, a listener, the state of a field.
const SPECIAL: char = '\u{5}';
/// Ends an element.
const CLOSE: char = '\u{6}';
/// Begins a text.
const TEXT: char = '\u{7}';
/// Stands for a hole that is a child.
const CHILD: char = '\u{8}';
const SIGNS: [char; 8] = [OPEN, ATTRIBUTE, VALUE, HOLE, SPECIAL, CLOSE, TEXT, CHILD];

/// A text, read.
pub(super) struct Template {
    pub(super) parts: Vec<Part>,
    pub(super) holes: usize,
}

/// A step in making markup.
pub(super) enum Part {
    Open(Element),
    Text(&'static str),
    /// A child that is filled in; `alone` where it is the only one written in its element.
    Hole {
        alone: bool,
    },
    /// The end of an element; `alone` where one child is written in it.
    Close {
        alone: bool,
    },
}

/// An element with its attributes; a fragment has no name.
pub(super) struct Element {
    pub(super) name: &'static str,
    /// The names of all attributes; kept for ever, as Yew compares them by address.
    pub(super) keys: &'static [&'static str],
    /// For each hole of this tag the place among `keys`; anything for what is no attribute.
    pub(super) holes: Vec<usize>,
    /// The values that are written, in the order of `keys`.
    written: Vec<Option<&'static str>>,
    /// All attributes, where none is filled in.
    fixed: Option<&'static [(&'static str, AttributeOrProperty)]>,
}

impl Element {
    fn new(name: &'static str) -> Self {
        Self { name, keys: &[], holes: Vec::new(), written: Vec::new(), fixed: Some(&[]) }
    }

    /// Returns the attributes' values as far as they are written.
    pub(super) fn values(&self) -> Vec<Option<AttributeOrProperty>> {
        match self.fixed {
            Some(_) => Vec::new(),
            None => self.written.iter().map(|text| text.map(AttributeOrProperty::Static)).collect(),
        }
    }

    /// Returns the attributes with the values that have been filled in.
    pub(super) fn attributes(&self, values: Vec<Option<AttributeOrProperty>>) -> Attributes {
        match self.fixed {
            Some(fixed) => Attributes::Static(fixed),
            None => Attributes::Dynamic { keys: self.keys, values: values.into() },
        }
    }

    /// Keeps the names and, where nothing is filled in, the values.
    fn keep(&mut self, keys: Vec<&'static str>) {
        let whole: Option<Vec<_>> = keys
            .iter()
            .zip(&self.written)
            .map(|(key, text)| Some((*key, AttributeOrProperty::Static((*text)?))))
            .collect();
        self.fixed = whole.map(|pairs| &*pairs.leak());
        self.keys = keys.leak();
    }
}

thread_local! {
    /// The templates that have been read, by the address and the length of their text.
    static READ: RefCell<BTreeMap<(usize, usize), &'static Template>> = const { RefCell::new(BTreeMap::new()) };
}

/// Returns the template of a text, which is read the first time and kept for ever.
pub(super) fn read(text: &'static str) -> &'static Template {
    READ.with_borrow_mut(|read| {
        let place = (text.as_ptr() as usize, text.len());
        *read.entry(place).or_insert_with(|| Box::leak(Box::new(parse(text))))
    })
}

/// Reads a text.
fn parse(text: &'static str) -> Template {
    let mut parts = Vec::new();
    let mut holes = 0;
    // For each element that is open: where its part is, the names of its attributes, and how many children are written.
    let mut open: Vec<(usize, Vec<&'static str>, usize)> = Vec::new();
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        rest = rest.get(1..).unwrap_or_default();
        let end = rest.find(SIGNS).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        match sign {
            ATTRIBUTE | HOLE | SPECIAL => {
                let value = if sign == ATTRIBUTE { take_value(&mut rest) } else { None };
                if let Some((at, keys, _)) = open.last_mut()
                    && let Some(Part::Open(element)) = parts.get_mut(*at)
                {
                    if sign != ATTRIBUTE {
                        holes += 1;
                        element.holes.push(keys.len());
                    }
                    if sign != SPECIAL {
                        keys.push(word);
                        element.written.push(value);
                    }
                }
                continue;
            }
            CLOSE => {
                let (at, keys, children) = open.pop().unwrap_or_default();
                if let Some(Part::Open(element)) = parts.get_mut(at) {
                    element.keep(keys);
                }
                settle(&mut parts, at, children == 1);
                parts.push(Part::Close { alone: children == 1 });
                continue;
            }
            _ => {}
        }
        if let Some((_, _, children)) = open.last_mut() {
            *children += 1;
        }
        match sign {
            OPEN => {
                open.push((parts.len(), Vec::new(), 0));
                parts.push(Part::Open(Element::new(word)));
            }
            TEXT => parts.push(Part::Text(word)),
            _ => {
                holes += 1;
                parts.push(Part::Hole { alone: false });
            }
        }
    }
    Template { parts, holes }
}

/// Takes what follows [`VALUE`].
fn take_value(rest: &mut &'static str) -> Option<&'static str> {
    let value = rest.strip_prefix(VALUE)?;
    let (value, after) = value.split_at(value.find(SIGNS).unwrap_or(value.len()));
    *rest = after;
    Some(value)
}

/// Tells the hole of an only child that it is alone.
fn settle(parts: &mut [Part], open: usize, alone: bool) {
    if alone && let Some(Part::Hole { alone }) = parts.get_mut(open + 1) {
        *alone = true;
    }
}
