//! `--output table`: the boxes of the AWS CLI, as it draws them where there is no terminal: 80 columns, no colours.
//!
//! A section is a title with one table under it; what is nested in an object is a section of its own, one level deeper. When
//! anything is wider than the terminal, sections with one row are turned over. Checked against what the AWS CLI prints.

use super::{columns::columns, python, scalar};
use crate::collections::SortedSet;
use serde_json::{Map, Value};

/// The width that the AWS CLI assumes without a terminal.
const TERMINAL: usize = 80;
/// Columns that a cell takes beside its text.
const PADDING: usize = 4;

/// Returns the table, without a final line end; nothing for what is empty.
///
/// # Errors
/// The AWS CLI's sentence about values that fit into no table.
pub(super) fn print(operation: &str, value: &Value) -> Result<String, String> {
    let mut table = Table::default();
    if !table.build(Some(operation), value, 0)? {
        return Ok(String::new());
    }
    Ok(table.render())
}

/// A title and the rows below it.
#[derive(Default)]
struct Section {
    /// `None` for a list inside a list.
    title: Option<String>,
    indent: usize,
    headers: Vec<String>,
    rows: Vec<Vec<String>>,
    /// Of the first row or header; all others must have as many.
    cells: Option<usize>,
    /// The widest text of each column.
    widths: Vec<usize>,
}

impl Section {
    fn add_header(&mut self, headers: Vec<String>) -> Result<(), String> {
        self.widen(&headers)?;
        self.cells.get_or_insert(headers.len());
        self.headers = headers;
        Ok(())
    }

    fn add_row(&mut self, row: Vec<String>) -> Result<(), String> {
        let cells = *self.cells.get_or_insert(row.len());
        if row.len() != cells {
            return Err(format!("Row should have {cells} elements, instead it has {}", row.len()));
        }
        self.widen(&row)?;
        self.rows.push(row);
        Ok(())
    }

    fn widen(&mut self, row: &[String]) -> Result<(), String> {
        if self.widths.is_empty() {
            self.widths = row.iter().map(|text| columns(text)).collect();
            return Ok(());
        }
        for (at, text) in row.iter().enumerate() {
            let width = self.widths.get_mut(at).ok_or("list index out of range")?;
            *width = columns(text).max(*width);
        }
        Ok(())
    }

    /// Returns the columns that it takes with its borders and those of the sections around it.
    fn total_width(&self) -> usize {
        // Python's text of no title has four letters.
        let title = self.title.as_deref().map_or(4, columns);
        let table: usize = self.widths.iter().map(|width| width + PADDING).sum();
        title.max(table) + 2 + 2 * self.indent
    }

    /// Turns a section with a single row below headers into one with a row for each header.
    fn turned_over(self) -> Result<Self, String> {
        if self.rows.len() != 1 || self.headers.is_empty() {
            return Ok(self);
        }
        let mut turned = Self { title: self.title, indent: self.indent, ..Self::default() };
        for pair in self.headers.into_iter().zip(self.rows.into_iter().flatten()) {
            turned.add_row(vec![pair.0, pair.1])?;
        }
        Ok(turned)
    }

    /// The width of each column, when together they are to be `total` wide.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a part of a width, which is no less than none and no more than the screen's"
    )]
    fn scaled(&self, total: usize) -> Vec<usize> {
        let plain: Vec<usize> = self.widths.iter().map(|width| width + PADDING).collect();
        let sum: usize = plain.iter().sum();
        if sum == 0 {
            return plain;
        }
        let factor = total as f64 / sum as f64;
        let mut scaled: Vec<usize> = plain.iter().map(|w| (factor * *w as f64).round_ties_even() as usize).collect();
        // Rounding is off by less than one column for each.
        let rounded: usize = scaled.iter().sum();
        let off = rounded.abs_diff(total).min(scaled.len());
        if rounded > total {
            scaled.iter_mut().take(off).for_each(|width| *width = width.saturating_sub(1));
        } else {
            scaled.iter_mut().rev().take(off).for_each(|width| *width += 1);
        }
        scaled
    }
}

#[derive(Default)]
struct Table {
    sections: Vec<Section>,
}

impl Table {
    fn begin(&mut self, title: Option<&str>, indent: usize) {
        self.sections.push(Section { title: title.map(str::to_owned), indent, ..Section::default() });
    }

    fn current(&mut self) -> &mut Section {
        if self.sections.is_empty() {
            self.sections.push(Section::default());
        }
        self.sections.last_mut().expect("BUG: there is a section")
    }

    /// Adds a value; `false` when there is nothing to be seen of it. Without a title it goes on in the section that is there.
    fn build(&mut self, title: Option<&str>, value: &Value, indent: usize) -> Result<bool, String> {
        if is_empty(value) {
            return Ok(false);
        }
        if title.is_some() {
            self.begin(title, indent);
        }
        match value {
            Value::Array(items) if items.first().is_some_and(Value::is_object) => self.objects(title, items, indent)?,
            Value::Array(items) => self.items(items)?,
            Value::Object(members) => self.object(members, indent)?,
            _ => {}
        }
        Ok(true)
    }

    /// Returns a list that begins with no object: a row for each item.
    fn items(&mut self, items: &[Value]) -> Result<(), String> {
        for item in items {
            match item {
                // Python goes through an object by its names.
                Value::Object(members) => self.current().add_row(members.keys().cloned().collect())?,
                Value::Array(inner) => match inner.iter().map(scalar).collect::<Option<Vec<String>>>() {
                    Some(row) => self.current().add_row(row)?,
                    None => {
                        self.build(None, item, 0)?;
                    }
                },
                other => self.current().add_row(vec![scalar(other).unwrap_or_default()])?,
            }
        }
        Ok(())
    }

    /// Returns an object: its scalars in one row, and a section for each of the others.
    fn object(&mut self, members: &Map<String, Value>, indent: usize) -> Result<(), String> {
        let (scalars, nested) = names([members]);
        let row: Vec<String> = scalars.iter().filter_map(|name| scalar(&members[*name])).collect();
        match &scalars[..] {
            [] => {}
            // One alone stands beside its name.
            [name] => self.current().add_row(std::iter::once((*name).to_owned()).chain(row).collect())?,
            _ => {
                self.current().add_header(scalars.into_iter().map(str::to_owned).collect())?;
                self.current().add_row(row)?;
            }
        }
        for name in nested {
            self.build(Some(name), &members[name], indent + 1)?;
        }
        Ok(())
    }

    /// Returns a list of objects: a row for each, in one section as long as nothing is nested in any of them.
    fn objects(&mut self, title: Option<&str>, items: &[Value], indent: usize) -> Result<(), String> {
        let objects = items.iter().map(|item| item.as_object().ok_or_else(|| not_an_object(item)));
        let objects: Vec<&Map<String, Value>> = objects.collect::<Result<_, _>>()?;
        let (scalars, nested) = names(objects.iter().copied());
        let headers: Vec<String> = scalars.iter().map(|name| (*name).to_owned()).collect();
        self.current().add_header(headers.clone())?;
        for (at, members) in objects.iter().enumerate() {
            if at > 0 && !nested.is_empty() {
                self.begin(title, indent);
                self.current().add_header(headers.clone())?;
            }
            let cell = |name: &&str| members.get(*name).map_or_else(String::new, python);
            self.current().add_row(scalars.iter().map(cell).collect())?;
            for name in &nested {
                if let Some(value) = members.get(*name) {
                    self.build(Some(name), value, indent + 1)?;
                }
            }
        }
        Ok(())
    }

    fn render(mut self) -> String {
        let widest = |sections: &[Section]| sections.iter().map(Section::total_width).max().unwrap_or(0);
        let mut width = widest(&self.sections);
        if width > TERMINAL {
            let turned: Result<_, String> = self.sections.into_iter().map(Section::turned_over).collect();
            self.sections = turned.expect("BUG: every row of two cells fits");
            width = widest(&self.sections);
        }
        let mut lines = vec!["-".repeat(width)];
        for section in &self.sections {
            let edge = "|".repeat(section.indent);
            let inner = draw(section, width.saturating_sub(2 * section.indent));
            lines.extend(inner.into_iter().map(|line| format!("{edge}{line}{edge}")));
        }
        lines.join("\n")
    }
}

/// Returns the names of scalars, and of what is nested, in all of the objects, each in order.
fn names<'a>(objects: impl IntoIterator<Item = &'a Map<String, Value>>) -> (Vec<&'a str>, Vec<&'a str>) {
    let (mut scalars, mut nested) = (SortedSet::default(), SortedSet::default());
    for (name, value) in objects.into_iter().flatten() {
        match value {
            Value::Array(_) | Value::Object(_) => nested.insert(name.as_str()),
            _ => scalars.insert(name.as_str()),
        };
    }
    (scalars.iter().copied().collect(), nested.iter().copied().collect())
}

/// Returns what Python takes for nothing.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(value) => !value,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
    }
}

/// Returns what Python says of an item among objects that is no object.
fn not_an_object(item: &Value) -> String {
    match item {
        Value::Null => "'NoneType' object is not iterable",
        Value::Bool(_) => "'bool' object is not iterable",
        Value::Number(number) if number.is_f64() => "'float' object is not iterable",
        Value::Number(_) => "'int' object is not iterable",
        Value::String(text) if text.is_empty() => "'str' object has no attribute 'get'",
        Value::String(_) => "string indices must be integers, not 'str'",
        Value::Array(items) => match items.first() {
            None => "'list' object has no attribute 'get'",
            Some(Value::Array(_)) => "list indices must be integers or slices, not list",
            Some(Value::Object(_)) => "list indices must be integers or slices, not dict",
            Some(Value::Null) => "list indices must be integers or slices, not NoneType",
            Some(Value::Number(number)) if number.is_f64() => "list indices must be integers or slices, not float",
            Some(_) => "list indices must be integers or slices, not str",
        },
        Value::Object(_) => "list indices must be integers or slices, not str",
    }
    .to_owned()
}

/// Returns the lines of one section.
fn draw(section: &Section, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(title) = section.title.as_ref().filter(|title| !title.is_empty()) {
        lines.push(centred(title, width, "|"));
        if section.headers.is_empty() && section.rows.is_empty() {
            lines.push(format!("+{}+", "-".repeat(width.saturating_sub(2))));
        }
    }
    let widths = section.scaled(width);
    if !section.headers.is_empty() {
        lines.push(rule(&widths));
        lines.push(row(&widths, &section.headers, centred));
    }
    if !section.rows.is_empty() && !widths.is_empty() {
        lines.push(rule(&widths));
        lines.extend(section.rows.iter().map(|cells| row(&widths, cells, left)));
        lines.push(rule(&widths));
    }
    lines
}

/// Writes a border: `+-----+----+`.
fn rule(widths: &[usize]) -> String {
    let mut out = String::from("+");
    for (at, width) in widths.iter().enumerate() {
        out.push_str(&"-".repeat(width.saturating_sub(if at == 0 { 2 } else { 1 })));
        out.push('+');
    }
    out
}

/// Cells side by side; the first has an edge at both sides, the others at their right.
fn row(widths: &[usize], cells: &[String], cell: impl Fn(&str, usize, &str) -> String) -> String {
    let cells = widths.iter().zip(cells).enumerate();
    cells.map(|(at, (width, text))| cell(text, *width, if at == 0 { "|" } else { "" })).collect()
}

fn centred(text: &str, width: usize, edge: &str) -> String {
    let long = columns(text);
    // Before the text there may be less than no room at all, which the room after it makes up for.
    let (half, taken) = (width / 2, long / 2 + 1);
    let short = taken.saturating_sub(half);
    let before = half.saturating_sub(taken);
    let used = edge.len() + before + long + 1;
    format!("{edge}{}{text}{}|", blanks(before), blanks((width + short).saturating_sub(used)))
}

fn left(text: &str, width: usize, edge: &str) -> String {
    let long = columns(text);
    let before = if long + 2 + edge.len() < width { 2 } else { 0 };
    let used = edge.len() + before + long;
    format!("{edge}{}{text}{}|", blanks(before), blanks(width.saturating_sub(used + 1)))
}

fn blanks(count: usize) -> String {
    " ".repeat(count)
}
