//! A scene as an SVG document, from the same display list that the canvas paints.

use std::fmt::Write as _;

use super::shape::{Align, Fill, Pattern, Stroke};
use super::{Ink, Point, Rect, Scene, Shape, Theme, kit};
use crate::number::decimal;

/// Writes the scene as an SVG document of `width` × its height CSS pixels, on the theme's page colour.
#[must_use]
pub fn to_svg(scene: &Scene, width: f64, theme: Theme) -> String {
    let mut svg = Svg { out: String::new(), theme, clips: 0, open: false };
    let (width, height) = (decimal(width), decimal(scene.height));
    let _ = writeln!(
        svg.out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="system-ui, 'DejaVu Sans', sans-serif">"#
    );
    svg.patterns();
    let _ = writeln!(svg.out, r#"<rect width="100%" height="100%" fill="{}"/>"#, theme.css(Ink::Page));
    for shape in &scene.shapes {
        svg.shape(shape);
    }
    svg.unclip();
    svg.out.push_str("</svg>\n");
    svg.out
}

struct Svg {
    out: String,
    theme: Theme,
    clips: usize,
    open: bool,
}

impl Svg {
    /// The patterns are drawn over the even fill, in the colour of panels.
    fn patterns(&mut self) {
        let c = self.theme.css(Ink::Panel);
        let _ = writeln!(
            self.out,
            r#"<defs><pattern id="stripes" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="2.5" height="7" fill="{c}" fill-opacity="0.45"/></pattern><pattern id="dots" width="5" height="5" patternUnits="userSpaceOnUse"><circle cx="1.5" cy="1.5" r="1" fill="{c}" fill-opacity="0.7"/></pattern><pattern id="checks" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M0 0h3v3H0zM3 3h3v3H3z" fill="{c}" fill-opacity="0.8"/></pattern></defs>"#
        );
    }

    fn fill(&self, fill: Option<Fill>) -> String {
        match fill {
            None => r#" fill="none""#.to_owned(),
            Some(f) => format!(r#" fill="{}" fill-opacity="{}""#, self.theme.css(f.ink), decimal(f.alpha.into())),
        }
    }

    fn stroke(&self, stroke: Option<Stroke>) -> String {
        let Some(s) = stroke else { return String::new() };
        let mut out = format!(
            r#" stroke="{}" stroke-width="{}" stroke-opacity="{}""#,
            self.theme.css(s.ink),
            number(s.width),
            decimal(s.alpha.into())
        );
        if s.dash > 0.0 {
            let _ = write!(out, r#" stroke-dasharray="{}""#, number(s.dash));
        }
        out
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Rect { rect, radius, fill, stroke } => self.rect(*rect, *radius, *fill, *stroke),
            Shape::Line { from, to, stroke } => {
                let stroke = self.stroke(Some(*stroke));
                let _ = writeln!(
                    self.out,
                    r#"<line x1="{}" y1="{}" x2="{}" y2="{}"{stroke}/>"#,
                    number(from.x),
                    number(from.y),
                    number(to.x),
                    number(to.y)
                );
            }
            Shape::Circle { center, radius, fill, stroke } => {
                let (fill, stroke) = (self.fill(*fill), self.stroke(*stroke));
                let _ = writeln!(
                    self.out,
                    r#"<circle cx="{}" cy="{}" r="{}"{fill}{stroke}/>"#,
                    number(center.x),
                    number(center.y),
                    number(*radius)
                );
            }
            Shape::Path { points, closed, fill, stroke } => self.path(points, *closed, *fill, *stroke),
            Shape::Text { .. } => self.text(shape),
            Shape::Columns { rect, columns } => {
                for c in columns {
                    let place = Rect { x: c.x0.into(), w: (c.x1 - c.x0).into(), ..c.height.part(*rect) };
                    let fill = Fill { ink: c.ink, alpha: c.alpha, pattern: Pattern::Solid };
                    self.rect(place, 0.0, Some(fill), None);
                }
            }
            Shape::Clip(rect) => self.clip(*rect),
            Shape::Unclip => self.unclip(),
        }
    }

    fn rect(&mut self, rect: Rect, radius: f64, fill: Option<Fill>, stroke: Option<Stroke>) {
        let place = format!(
            r#"x="{}" y="{}" width="{}" height="{}" rx="{}""#,
            number(rect.x),
            number(rect.y),
            number(rect.w),
            number(rect.h),
            number(radius.min(rect.w / 2.0).min(rect.h / 2.0))
        );
        let (inside, border) = (self.fill(fill), self.stroke(stroke));
        let _ = writeln!(self.out, "<rect {place}{inside}{border}/>");
        let pattern = match fill.map_or(Pattern::Solid, |f| f.pattern) {
            Pattern::Solid => return,
            Pattern::Stripes => "stripes",
            Pattern::Dots => "dots",
            Pattern::Checks => "checks",
        };
        let _ = writeln!(self.out, r#"<rect {place} fill="url(#{pattern})"/>"#);
    }

    fn path(&mut self, points: &[Point], closed: bool, fill: Option<Fill>, stroke: Option<Stroke>) {
        let mut d = String::new();
        for (i, p) in points.iter().enumerate() {
            let _ = write!(d, "{}{} {}", if i == 0 { 'M' } else { 'L' }, number(p.x), number(p.y));
        }
        if closed {
            d.push('Z');
        }
        let (fill, stroke) = (self.fill(fill), self.stroke(stroke));
        let _ = writeln!(self.out, r#"<path d="{d}"{fill}{stroke}/>"#);
    }

    fn text(&mut self, shape: &Shape) {
        let Shape::Text { text, at, align, style, ink, max_width } = shape else { return };
        let anchor = match align {
            Align::Start => "start",
            Align::Middle => "middle",
            Align::End => "end",
        };
        let bold = if style.bold { r#" font-weight="600""# } else { "" };
        let _ = writeln!(
            self.out,
            r#"<text x="{}" y="{}" text-anchor="{anchor}" font-size="{}"{bold} fill="{}">{}</text>"#,
            number(at.x),
            // Half the height of capitals below the middle, as not every reader knows `dominant-baseline`.
            number(at.y + 0.36 * style.size),
            number(style.size),
            self.theme.css(*ink),
            escape(&kit::cut(text, *style, *max_width))
        );
    }

    fn clip(&mut self, r: Rect) {
        self.unclip();
        self.clips += 1;
        let n = self.clips;
        let _ = writeln!(
            self.out,
            r##"<clipPath id="c{n}"><rect x="{}" y="{}" width="{}" height="{}"/></clipPath><g clip-path="url(#c{n})">"##,
            number(r.x),
            number(r.y),
            number(r.w),
            number(r.h)
        );
        self.open = true;
    }

    fn unclip(&mut self) {
        if std::mem::take(&mut self.open) {
            self.out.push_str("</g>\n");
        }
    }
}

/// At most two decimals.
fn number(x: f64) -> String {
    decimal((x * 100.0).round() / 100.0)
}

/// Without what XML cannot have at all.
fn escape(text: &str) -> String {
    let text = text.replace(|c: char| c.is_ascii_control() || matches!(c, '\u{fffe}' | '\u{ffff}'), " ");
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
