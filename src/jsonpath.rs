//! The part of JSONPath that API Gateway's templates and mappings honour, over any kind of [`Document`].
//!
//! A definite path (`$.a[0]['b']`) finds one value or none; any other (`$..a`, `$.a[*]`, filters, slices) finds a list,
//! as in the Jayway library that AWS's documentation points to. Work is bounded; nothing here panics.

mod filter;
mod parser;

#[cfg(test)]
mod tests;

use std::cmp::Ordering;

/// The most values that one evaluation may look at.
pub const MAX_VISITS: usize = 200_000;

/// A value that paths look into. A clone stands for the same value, and costs little.
pub trait Document: Clone {
    /// Returns the number of items of a list; `None` for what is no list.
    fn items(&self) -> Option<usize>;

    /// Returns an item of a list.
    fn item(&self, place: usize) -> Option<Self>;

    /// Returns a member of an object.
    fn member(&self, name: &str) -> Option<Self>;

    /// Returns the items of a list or the values of an object's members.
    fn children(&self) -> Vec<Self>;

    /// Returns the size of a list, an object or a text.
    fn length(&self) -> Option<usize>;

    /// Makes a list.
    fn list(items: Vec<Self>) -> Self;

    /// Makes a number.
    fn number(number: usize) -> Self;

    /// Makes an object of those of an object's members that have these names; `None` for what is no object.
    fn picked(&self, names: &[Box<str>]) -> Option<Self>;

    /// Compares two numbers, or two texts; `None` for anything else, which has no order.
    fn order(&self, other: &Self) -> Option<Ordering>;

    /// Tells whether two values are equal. `visits` is what may still be looked at.
    fn equals(&self, other: &Self, visits: &mut usize) -> bool;

    /// Makes a number, a text, a truth value or null out of a path.
    fn literal(value: &serde_json::Value) -> Self;
}

/// A parsed path.
#[derive(Clone, Debug, PartialEq)]
pub struct JsonPath {
    segments: Vec<Segment>,
}

/// The reason why a text is no path, or why its evaluation was stopped.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message} (at character {})", offset + 1)]
pub struct JsonPathError {
    /// The fault, as a sentence.
    pub message: String,
    /// The place in the path, in bytes from its start.
    pub offset: usize,
}

/// A part of a path, by which it goes from some values to others.
#[derive(Clone, Debug, PartialEq)]
enum Segment {
    Name(Box<str>),
    Names(Vec<Box<str>>),
    Index(i64),
    Indexes(Vec<i64>),
    Slice {
        from: Option<i64>,
        to: Option<i64>,
    },
    Everything,
    /// The value and all that is in it, for the segment that follows.
    Descend,
    Filter(filter::Filter),
    Length,
}

impl JsonPath {
    /// Parses a path. Without a `$` in front, one is assumed, as Jayway does.
    ///
    /// # Errors
    /// The first thing that can't be read.
    pub fn parse(path: &str) -> Result<Self, JsonPathError> {
        parser::parse(path).map(|segments| Self { segments })
    }

    /// Tells whether the path can find one value only.
    #[must_use]
    pub fn is_definite(&self) -> bool {
        self.segments.iter().enumerate().all(|(place, segment)| match segment {
            Segment::Name(_) | Segment::Index(_) | Segment::Length => true,
            // Several names at the end make one object of them.
            Segment::Names(_) => place + 1 == self.segments.len(),
            Segment::Indexes(_)
            | Segment::Slice { .. }
            | Segment::Everything
            | Segment::Descend
            | Segment::Filter(_) => false,
        })
    }

    /// Returns the value that a definite path finds, or `None`; the list of all values that any other path finds.
    /// `visits` is how many values may be looked at, and afterwards what is left of that.
    ///
    /// # Errors
    /// The path has too much to look at.
    pub fn find<D: Document>(&self, root: &D, visits: &mut usize) -> Result<Option<D>, JsonPathError> {
        let mut search = Search { root: root.clone(), visits };
        let (leaf, before) = match self.segments.split_last() {
            Some((leaf @ (Segment::Length | Segment::Names(_)), before)) => (Some(leaf), before),
            _ => (None, &*self.segments),
        };
        let found = search.walk(root.clone(), before)?;
        let mut results = found.into_iter().filter_map(|value| finish(leaf, value));
        if self.is_definite() {
            return Ok(results.next());
        }
        Ok(Some(D::list(results.collect())))
    }
}

/// Applies a last segment that makes a new value.
fn finish<D: Document>(leaf: Option<&Segment>, value: D) -> Option<D> {
    match leaf {
        Some(Segment::Names(names)) => value.picked(names),
        Some(_) => value.length().map(D::number),
        None => Some(value),
    }
}

struct Search<'s, D> {
    root: D,
    visits: &'s mut usize,
}

impl<D: Document> Search<'_, D> {
    fn visit(&mut self, count: usize) -> Result<(), JsonPathError> {
        match self.visits.checked_sub(count) {
            Some(left) => {
                *self.visits = left;
                Ok(())
            }
            None => Err(JsonPathError { message: "The path has too much to look at.".to_owned(), offset: 0 }),
        }
    }

    /// Returns all that the segments find from a value on.
    fn walk(&mut self, start: D, segments: &[Segment]) -> Result<Vec<D>, JsonPathError> {
        let mut found = vec![start];
        for segment in segments {
            let mut next = Vec::new();
            for value in found {
                self.visit(1)?;
                self.segment(value, segment, &mut next)?;
            }
            found = next;
        }
        Ok(found)
    }

    fn segment(&mut self, value: D, segment: &Segment, next: &mut Vec<D>) -> Result<(), JsonPathError> {
        match segment {
            Segment::Name(name) => next.extend(value.member(name)),
            Segment::Names(names) => next.extend(names.iter().filter_map(|name| value.member(name))),
            Segment::Index(index) => next.extend(at(&value, *index)),
            Segment::Indexes(indexes) => next.extend(indexes.iter().filter_map(|index| at(&value, *index))),
            Segment::Slice { from, to } => {
                let range = slice(value.items().unwrap_or(0), *from, *to);
                self.visit(range.len())?;
                next.extend(range.filter_map(|place| value.item(place)));
            }
            Segment::Everything => {
                let inside = value.children();
                self.visit(inside.len())?;
                next.extend(inside);
            }
            Segment::Descend => self.descend(value, next)?,
            Segment::Filter(filter) => {
                // An object is tested itself, a list by its items.
                let tested = if value.items().is_some() { value.children() } else { vec![value] };
                for value in tested {
                    self.visit(1)?;
                    if filter.accepts(&value, self)? {
                        next.push(value);
                    }
                }
            }
            // Only at the end of a path, where `finish` sees to it.
            Segment::Length => {}
        }
        Ok(())
    }

    /// Adds the value and everything in it, outer before inner.
    fn descend(&mut self, value: D, next: &mut Vec<D>) -> Result<(), JsonPathError> {
        let mut pending = vec![value];
        while let Some(value) = pending.pop() {
            self.visit(1)?;
            let children = value.children();
            next.push(value);
            pending.extend(children.into_iter().rev());
        }
        Ok(())
    }
}

/// Returns a place counted from the front, or from the end when it is negative.
fn place(index: i64, size: usize) -> i64 {
    let size = i64::try_from(size).unwrap_or(i64::MAX);
    if index < 0 { index.saturating_add(size) } else { index }
}

fn at<D: Document>(value: &D, index: i64) -> Option<D> {
    let place = usize::try_from(place(index, value.items()?)).ok()?;
    value.item(place)
}

fn slice(size: usize, from: Option<i64>, to: Option<i64>) -> std::ops::Range<usize> {
    let bound = |end: i64| usize::try_from(place(end, size).max(0)).unwrap_or(0).min(size);
    let (from, to) = (from.map_or(0, bound), to.map_or(size, bound));
    from.min(to)..to
}
