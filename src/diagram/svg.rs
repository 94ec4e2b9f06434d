//! A Scene as one SVG file that stands alone: no script, nothing fetched, light and dark by the viewer's setting.
//!
//! Colours are written out instead of computed in CSS (`static/map.css` holds the formulas), so that viewers other than
//! browsers show them, too. The same Scene gives the same bytes everywhere.

use super::scene::{Edge, EdgeKind, Emphasis, Node, Scene, Shape, Span};
use std::fmt::Write as _;

/// The colours of a snapshot: text, ground, border, arrow.
struct Paint {
    ink: &'static str,
    ground: &'static str,
    line: &'static str,
    edge: &'static str,
}

/// The neutral colours.
struct Neutral {
    back: &'static str,
    panel: &'static str,
    line: &'static str,
    strong_line: &'static str,
    ink: &'static str,
    soft: &'static str,
    quiet: &'static str,
    accent: &'static str,
    warn: &'static str,
    warn_ground: &'static str,
    good: &'static str,
}

const LIGHT: Neutral = Neutral {
    back: "#f9fbfc",
    panel: "#ffffff",
    line: "#c3c8ce",
    strong_line: "#7a8189",
    ink: "#192029",
    soft: "#49515b",
    quiet: "#5c646e",
    accent: "#2256bb",
    warn: "#824700",
    warn_ground: "#fef2d9",
    good: "#016035",
};

const DARK: Neutral = Neutral {
    back: "#0d1116",
    panel: "#151a20",
    line: "#3f464f",
    strong_line: "#737b85",
    ink: "#e7eaed",
    soft: "#b1b8c0",
    quiet: "#979fa8",
    accent: "#87b1fd",
    warn: "#f0be67",
    warn_ground: "#36250d",
    good: "#77d199",
};

const fn paint(ink: &'static str, ground: &'static str, line: &'static str, edge: &'static str) -> Paint {
    Paint { ink, ground, line, edge }
}

/// Hue, colours in light, colours in dark.
const PAINTS: [(u16, Paint, Paint); 8] = [
    (195, paint("#025959", "#dcf9f8", "#36baba", "#029393"), paint("#73dfdf", "#012d2d", "#008c8c", "#05a7a7")),
    (290, paint("#4e3d8b", "#f1f0ff", "#a498e5", "#8071c8"), paint("#c9c2ff", "#26223b", "#7a6fb1", "#9284d6")),
    (65, paint("#6f4000", "#ffefe0", "#d49656", "#b46d10"), paint("#f8bd84", "#35210d", "#a36d34", "#c48139")),
    (240, paint("#00537c", "#e6f4ff", "#5eade2", "#1a89c5"), paint("#95d3ff", "#0f293a", "#3b82af", "#419bd4")),
    (335, paint("#742d68", "#ffebfa", "#cf8ac0", "#af609f"), paint("#f4b2e5", "#341e2f", "#9f6392", "#bf75af")),
    (150, paint("#015e28", "#e4f8e7", "#6fb880", "#3b9555"), paint("#9bdda8", "#152d1a", "#4b8b5a", "#56a76a")),
    (20, paint("#84282f", "#ffedec", "#e18888", "#c25c5f"), paint("#ffb4b3", "#3a1d1d", "#ae6161", "#d17273")),
    (105, paint("#554f00", "#f4f3dd", "#afa851", "#8c8301"), paint("#d4cf80", "#2a280b", "#837d2f", "#9d9631")),
];

const SANS: &str = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif";
const MONO: &str = "ui-monospace,'SF Mono','Cascadia Mono','JetBrains Mono',Menlo,Consolas,'Noto Sans Mono',monospace";

/// Returns the whole file.
pub(super) fn write(scene: &Scene) -> String {
    let mut out = String::with_capacity(16 * 1024);
    let (w, h) = (scene.width, scene.height);
    let _ = write!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="{}" width="{w}" height="{h}" role="img" aria-labelledby="map-title map-desc">"#,
        scene.view_box()
    );
    let _ = write!(out, "\n<title id=\"map-title\">{}</title>", Escaped(&scene.title));
    let _ = write!(out, "\n<desc id=\"map-desc\">{}</desc>", Escaped(&scene.description));
    out += "\n<style>";
    style(&mut out, scene);
    out += "</style>";
    let _ = write!(out, "\n<rect class=\"m-back\" x=\"-1\" y=\"-1\" width=\"{}\" height=\"{}\"/>", w + 1, h + 1);
    shapes(&mut out, &scene.decor);
    for edge in scene.edges.iter().filter(|edge| edge.is_drawn()) {
        write_edge(&mut out, edge);
    }
    for node in &scene.nodes {
        write_node(&mut out, node);
    }
    out += "\n</svg>\n";
    out
}

fn write_edge(out: &mut String, edge: &Edge) {
    open(out, &edge.dom_id(), &edge.classes(), edge.hue, &edge.title);
    let _ = write!(out, r#"<path class="m-line" d="{}"/><path class="m-head" d="{}"/>"#, edge.d, edge.head);
    shapes(out, &edge.note);
    *out += "</g>";
}

fn write_node(out: &mut String, node: &Node) {
    open(out, &node.target.dom_id(), &node.classes(), node.hue, &node.title);
    let _ = write!(out, "\n<g transform=\"translate({} {})\">", node.origin.0, node.origin.1);
    shapes(out, &node.shapes);
    *out += "</g>";
    if node.emphasis == Emphasis::Selected {
        let at = node.ring();
        let _ = write!(
            out,
            "\n<rect class=\"m-ring\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"10\"/>",
            at.x, at.y, at.w, at.h
        );
    }
    *out += "</g>";
}

fn open(out: &mut String, id: &str, classes: &str, hue: Option<u16>, title: &str) {
    let hue = hue.map(|hue| format!(" h{hue}")).unwrap_or_default();
    let _ = write!(out, "\n<g id=\"{}\" class=\"{classes}{hue}\">", Escaped(id));
    if !title.is_empty() {
        let _ = write!(out, "<title>{}</title>", Escaped(title));
    }
}

fn shapes(out: &mut String, shapes_in: &[Shape]) {
    for shape in shapes_in {
        match shape {
            Shape::Rect { class, at, r } => {
                let (x, y, w, h) = (at.x, at.y, at.w, at.h);
                let _ = write!(
                    out,
                    "\n<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"{r}\"/>"
                );
            }
            Shape::Text { x, y, end, spans, .. } => text(out, (*x, *y), *end, spans),
            Shape::Path { class, d } => {
                let _ = write!(out, "\n<path class=\"{class}\" d=\"{d}\"/>");
            }
            Shape::Circle { class, x, y, r } => {
                let _ = write!(out, "\n<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"{r}\"/>");
            }
            Shape::Group { title, hue, shapes: inner } => {
                let class = hue.map(|hue| format!(" class=\"m-snap c{hue}\"")).unwrap_or_default();
                let _ = write!(out, "\n<g{class}>");
                if !title.is_empty() {
                    let _ = write!(out, "<title>{}</title>", Escaped(title));
                }
                shapes(out, inner);
                *out += "</g>";
            }
        }
    }
}

fn text(out: &mut String, (x, y): (i32, i32), end: bool, spans: &[Span]) {
    let anchor = if end { " text-anchor=\"end\"" } else { "" };
    if let [only] = spans {
        let (class, text) = (only.classes(), Escaped(&only.text));
        let _ = write!(out, "\n<text class=\"{class}\" x=\"{x}\" y=\"{y}\"{anchor}>{text}</text>");
        return;
    }
    let _ = write!(out, "\n<text x=\"{x}\" y=\"{y}\"{anchor}>");
    for span in spans {
        let _ = write!(out, "<tspan class=\"{}\">{}</tspan>", span.classes(), Escaped(&span.text));
    }
    *out += "</text>";
}

fn style(out: &mut String, scene: &Scene) {
    let _ = write!(
        out,
        "text{{font-family:{SANS};white-space:pre}}\
         .m-name{{font-size:14px;font-weight:700}}.m-body{{font-size:12px}}.m-small{{font-size:11px}}\
         .m-strong{{font-size:11px;font-weight:600}}.m-heading{{font-size:11px;font-weight:600;letter-spacing:.05em}}\
         .m-code,.m-code-s,.m-code-b{{font-family:{MONO};font-size:11px}}.m-code{{font-size:12px}}.m-code-b{{font-weight:700}}\
         .m-dashed,.m-ghost,.m-ghost-line,.m-edge-snapshot .m-line{{stroke-dasharray:4 4}}\
         .m-ghost,.m-line,.m-ghost-line,.m-pile,.m-rule,.m-ring,.m-mark{{fill:none}}.m-line{{stroke-width:2}}.m-ring{{stroke-width:2}}\
         .m-related .m-line{{stroke-width:3}}.m-edge-serves .m-line,.m-edge-snapshot .m-line,.m-ghost-line{{stroke-width:1.5}}"
    );
    let used: Vec<u16> = scene.nodes.iter().filter_map(|node| node.hue).collect();
    let canaries: Vec<u16> = scene.edges.iter().filter(|e| e.kind == EdgeKind::Canary).filter_map(|e| e.hue).collect();
    if !canaries.is_empty() {
        *out += ".m-edge-canary .m-line{stroke-width:1.5;stroke-dasharray:5 3}";
    }
    theme(out, &LIGHT, (&used, &canaries), |(_, light, _)| light);
    *out += "@media(prefers-color-scheme:dark){";
    theme(out, &DARK, (&used, &canaries), |(_, _, dark)| dark);
    *out += "}";
}

fn theme(out: &mut String, n: &Neutral, (used, canaries): (&[u16], &[u16]), side: fn(&(u16, Paint, Paint)) -> &Paint) {
    let _ = write!(
        out,
        ".m-back{{fill:{}}}.m-dashed,.m-plain,.m-note{{fill:{};stroke:{}}}.m-ghost,.m-ghost-line,.m-pile,.m-rule{{stroke:{}}}\
         .m-ghost-head{{fill:{}}}.m-dashed,.m-line{{stroke:{}}}.m-head{{fill:{}}}",
        n.back, n.panel, n.line, n.line, n.line, n.strong_line, n.strong_line
    );
    let _ = write!(
        out,
        ".m-ink{{fill:{}}}.m-soft{{fill:{}}}.m-quiet{{fill:{}}}.m-warn,.m-dot{{fill:{}}}.m-good{{fill:{}}}\
         .m-mark{{stroke:{}}}.m-pill{{fill:none;stroke:{}}}.m-pill-warn{{fill:{};stroke:none}}.m-ring{{stroke:{}}}",
        n.ink, n.soft, n.quiet, n.warn, n.good, n.soft, n.line, n.warn_ground, n.accent
    );
    for row in PAINTS.iter().filter(|(hue, ..)| used.contains(hue)) {
        let (hue, p) = (row.0, side(row));
        let _ = write!(
            out,
            ".h{hue} .m-card{{fill:{};stroke:{}}}.h{hue} .m-idle{{fill:{}}}.h{hue} .m-rule{{stroke:{}}}.h{hue} .m-band,.h{hue} .m-head{{fill:{}}}\
             .h{hue} .m-line{{stroke:{}}}.h{hue} .m-port{{fill:{};stroke:{}}}.h{hue} .m-snap-ink{{fill:{}}}",
            p.ground, p.line, n.panel, p.line, p.edge, p.edge, n.panel, p.edge, p.ink
        );
    }
    // A canary's part lies in the card of its stage, which has a hue of its own.
    for row in PAINTS.iter().filter(|(hue, ..)| canaries.contains(hue)) {
        let (hue, p) = (row.0, side(row));
        let _ = write!(
            out,
            ".m-share{{fill:{}}}.m-snap .c{hue} .m-card{{fill:{};stroke:{}}}.m-snap .c{hue} .m-snap-ink{{fill:{}}}",
            n.back, p.ground, p.line, p.ink
        );
    }
}

/// Text for an element or a quoted attribute.
struct Escaped<'a>(&'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                // XML allows none of them, not even escaped.
                c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => f.write_char(' ')?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}
