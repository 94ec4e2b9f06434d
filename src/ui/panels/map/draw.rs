//! Drawing a Scene with Yew. It decides nothing: positions, texts and classes are the Scene's.

use crate::diagram::{Shape, Span};
use crate::ui::markup::html;
use yew::Html;

/// Draws a row of primitives.
pub(super) fn shapes(shapes: &[Shape]) -> Html {
    html! { { for shapes.iter().map(shape) } }
}

fn shape(shape: &Shape) -> Html {
    match shape {
        Shape::Rect { class, at, r } => html! {
            <rect class={*class} x={at.x.to_string()} y={at.y.to_string()} width={at.w.to_string()} height={at.h.to_string()} rx={r.to_string()} />
        },
        // Most texts are of one piece: one element less for each, of which there are more than a hundred.
        Shape::Text { x, y, end, spans, .. } if spans.len() == 1 => html! {
            <text class={spans.first().map(Span::classes)} x={x.to_string()} y={y.to_string()} text-anchor={end.then_some("end")}>
                { spans.first().map_or("", |span| &span.text) }
            </text>
        },
        Shape::Text { x, y, end, spans, .. } => html! {
            <text x={x.to_string()} y={y.to_string()} text-anchor={end.then_some("end")}>{ for spans.iter().map(span) }</text>
        },
        Shape::Path { class, d } => html! { <path class={*class} d={d.clone()} /> },
        Shape::Circle { class, x, y, r } => html! {
            <circle class={*class} cx={x.to_string()} cy={y.to_string()} r={r.to_string()} />
        },
        Shape::Group { title, hue, shapes: inner } => html! {
            <g class={hue.is_some().then_some("m-snap")} style={hue.map(|hue| format!("--h:{hue}"))}>
                if !title.is_empty() { <title>{ title }</title> }
                { shapes(inner) }
            </g>
        },
    }
}

fn span(span: &Span) -> Html {
    html! { <tspan class={span.classes()}>{ &span.text }</tspan> }
}
