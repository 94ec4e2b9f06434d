//! Collects shapes; the one place that shortens text to its room.

use super::{
    scene::{Rect, Shape, Span, Tone},
    text::{Style, fit, one_line, width},
};

/// A list of shapes under way.
#[derive(Default)]
pub(super) struct Pen(pub(super) Vec<Shape>);

impl Pen {
    pub(super) fn rect(&mut self, class: &'static str, at: Rect, r: i32) {
        self.0.push(Shape::Rect { class, at, r });
    }

    pub(super) fn path(&mut self, class: &'static str, d: String) {
        self.0.push(Shape::Path { class, d });
    }

    pub(super) fn circle(&mut self, class: &'static str, x: i32, y: i32, r: i32) {
        self.0.push(Shape::Circle { class, x, y, r });
    }

    /// Writes a line of text from `at`, in so much room; a tooltip holds what had to be cut.
    pub(super) fn text(&mut self, at: (i32, i32), room: i32, style: Style, tone: Tone, text: &str) {
        self.spans(at, room, &[(style, tone, text)]);
    }

    /// Runs of text that follow each other; the one that does not fit is cut, and dropped when nothing of it would be left.
    pub(super) fn spans(&mut self, (x, y): (i32, i32), room: i32, runs: &[(Style, Tone, &str)]) {
        let mut left = room;
        let mut spans = Vec::with_capacity(runs.len());
        let mut cut = false;
        for (style, tone, text) in runs {
            let shown = fit(text, *style, left.max(0));
            cut |= shown != one_line(text);
            if (shown == "…" || shown.is_empty()) && !spans.is_empty() {
                continue;
            }
            left -= width(&shown, *style);
            spans.push(Span { style: *style, tone: *tone, text: shown });
        }
        let line = Shape::Text { x, y, end: false, width: room - left, spans };
        if cut {
            let title: String = runs.iter().map(|(_, _, text)| one_line(text)).collect();
            self.0.push(Shape::Group { title, hue: None, shapes: vec![line] });
        } else {
            self.0.push(line);
        }
    }

    /// Writes a line of text that ends at `at`.
    pub(super) fn text_end(&mut self, (x, y): (i32, i32), room: i32, style: Style, tone: Tone, text: &str) {
        let text = fit(text, style, room);
        let width = width(&text, style);
        self.0.push(Shape::Text { x, y, end: true, width, spans: vec![Span { style, tone, text }] });
    }
}
