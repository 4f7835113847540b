//! Shapes as text, one a line.

use gilscope::scene::shape::{Fill, Pattern, Stroke};
use gilscope::scene::{Point, Rect, Shape};

/// The shapes with their places from a rectangle's corner on.
pub(super) fn dump(shapes: &[Shape], from: Rect) -> String {
    let line = |shape: &Shape| {
        let at = match shape {
            Shape::Circle { center, .. } => *center,
            Shape::Text { at, .. } => *at,
            other => bounds(other).map_or_else(Point::default, |b| Point { x: b.x, y: b.y }),
        };
        format!("{:.0},{:.0} {}", at.x - from.x, at.y - from.y, look(shape))
    };
    shapes.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// What a shape looks like, wherever it is.
pub(super) fn look(shape: &Shape) -> String {
    match shape {
        Shape::Rect { rect, fill, stroke, .. } => {
            format!("rect w={:.0} h={:.0}{}{}", rect.w, rect.h, filled(*fill), stroked(*stroke))
        }
        Shape::Line { from, to, stroke } => {
            format!("line w={:.0} h={:.0}{}", to.x - from.x, to.y - from.y, stroked(Some(*stroke)))
        }
        Shape::Circle { radius, fill, stroke, .. } => {
            format!("circle r={radius:.1}{}{}", filled(*fill), stroked(*stroke))
        }
        Shape::Path { points, fill, stroke, .. } => {
            format!("path of {}{}{}", points.len(), filled(*fill), stroked(*stroke))
        }
        Shape::Text { text, style, ink, .. } => {
            format!("“{text}” {}{} {ink:?}", style.size, if style.bold { " bold" } else { "" })
        }
        Shape::Columns { columns, .. } => format!("{} columns", columns.len()),
        Shape::Clip(_) => "clip".to_owned(),
        Shape::Unclip => "unclip".to_owned(),
    }
}

fn filled(fill: Option<Fill>) -> String {
    let Some(Fill { ink, alpha, pattern }) = fill else { return String::new() };
    let pattern = if pattern == Pattern::Solid { String::new() } else { format!(" {pattern:?}") };
    let alpha = if alpha < 1.0 { format!(" {alpha:.2}") } else { String::new() };
    format!(" {ink:?}{alpha}{pattern}")
}

fn stroked(stroke: Option<Stroke>) -> String {
    let Some(Stroke { ink, width, alpha, dash }) = stroke else { return String::new() };
    let dash = if dash > 0.0 { format!(" dash={dash}") } else { String::new() };
    let alpha = if alpha < 1.0 { format!(" {alpha:.2}") } else { String::new() };
    format!(" | {ink:?} {width}{alpha}{dash}")
}

/// Where a shape lies; nowhere for what is none.
pub(super) fn bounds(shape: &Shape) -> Option<Rect> {
    let around = |points: &[Point]| {
        let x = points.iter().map(|p| p.x).fold(f64::INFINITY, f64::min);
        let y = points.iter().map(|p| p.y).fold(f64::INFINITY, f64::min);
        let right = points.iter().map(|p| p.x).fold(f64::NEG_INFINITY, f64::max);
        let bottom = points.iter().map(|p| p.y).fold(f64::NEG_INFINITY, f64::max);
        Rect::new(x, y, right - x, bottom - y)
    };
    Some(match shape {
        Shape::Rect { rect, .. } | Shape::Columns { rect, .. } => *rect,
        Shape::Line { from, to, .. } => around(&[*from, *to]),
        Shape::Circle { center, radius, .. } => {
            Rect::new(center.x - radius, center.y - radius, 2.0 * radius, 2.0 * radius)
        }
        Shape::Path { points, .. } => around(points),
        Shape::Text { at, .. } => Rect::new(at.x, at.y, 0.0, 0.0),
        Shape::Clip(_) | Shape::Unclip => return None,
    })
}
