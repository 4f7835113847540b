//! The brush: pushes shapes and regions with few words, and estimates the width of text.

use std::borrow::Cow;

use super::shape::{Align, Fill, Pattern, Stroke};
use super::{DropTarget, Ink, Mover, Point, QueuePlace, Rect, Region, Scene, Shape, Subject, TextStyle, Thing};
use crate::ids::ThreadIx;

/// From this width on, in parts of the type's size, what is left of a word before a “…” can be told from others.
const CUT: f64 = 4.5;

/// How text looks and where its anchor lies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Type {
    size: f64,
    bold: bool,
    ink: Ink,
    align: Align,
}

/// Ordinary text.
pub(super) const BODY: Type = Type::new(14.0, Ink::Text);
/// Names of threads and cores.
pub(super) const NAME: Type = BODY.bold();
/// Names of panels.
pub(super) const TITLE: Type = Type::new(16.0, Ink::Text).bold();
/// Secondary text.
pub(super) const NOTE: Type = Type::new(13.0, Ink::Muted);
/// The smallest text there is.
pub(super) const SMALL: Type = Type::new(12.0, Ink::Muted);

impl Type {
    const fn new(size: f64, ink: Ink) -> Self {
        Self { size, bold: false, ink, align: Align::Start }
    }

    pub(super) const fn bold(mut self) -> Self {
        self.bold = true;
        self
    }

    pub(super) const fn ink(mut self, ink: Ink) -> Self {
        self.ink = ink;
        self
    }

    pub(super) const fn end(mut self) -> Self {
        self.align = Align::End;
        self
    }

    pub(super) const fn middle(mut self) -> Self {
        self.align = Align::Middle;
        self
    }

    /// How wide a text is at most, by estimate, in CSS pixels.
    pub(super) fn width(self, text: &str) -> f64 {
        self.style().width(text)
    }

    const fn style(self) -> TextStyle {
        TextStyle { size: self.size, bold: self.bold, tabular: true }
    }

    /// The first of the texts that fits, else the last, which will be cut.
    pub(super) fn fit<const N: usize>(self, mut texts: [String; N], width: f64) -> String {
        self.fitting(&mut texts, width)
    }

    fn fitting(self, texts: &mut [String], width: f64) -> String {
        let fits = texts.iter().position(|t| self.width(t) <= width);
        texts.get_mut(fits.unwrap_or(texts.len() - 1)).map(std::mem::take).unwrap_or_default()
    }

    /// A name as it fits: “worker 42”, or its initials and number, “w42”, but never digits alone, as those would be taken for
    /// a core's; “browser”, “bro”, “b”. The last one is returned even if it is wider than that.
    pub(super) fn brief(self, name: &str, width: f64) -> Cow<'_, str> {
        // A process's name before it is the first to go.
        let own = name.rsplit(": ").next().unwrap_or(name);
        if let Some(fits) = [name, own].into_iter().find(|n| self.width(n) <= width) {
            return fits.into();
        }
        let words = own.trim_end_matches(|c: char| c.is_ascii_digit());
        let numbered = words.len() < own.len();
        if !numbered && width >= CUT * self.size {
            return cut(own, self.style(), width).into();
        }
        let parts = || words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        let letters = if numbered || parts().count() > 1 { 1 } else { 3 };
        let initials = |n: usize| parts().flat_map(move |w| w.chars().take(n)).collect::<String>();
        let brief = initials(letters) + &own[words.len()..];
        match numbered || self.width(&brief) <= width {
            true => brief,
            false => brief.chars().take(1).collect(),
        }
        .into()
    }

    /// The text in lines of at most `width`, broken between words.
    pub(super) fn wrap(self, text: &str, width: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            match lines.last_mut() {
                Some(line) if self.width(line) + self.width(" ") + self.width(word) <= width => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines
    }
}

/// The text, cut with “…” if its estimated width is more than allowed.
pub(super) fn cut(text: &str, style: TextStyle, max_width: f64) -> String {
    // Widths come out of sums: half a pixel is no reason to cut.
    if style.width(text) <= max_width + 0.5 {
        return text.to_owned();
    }
    let fits = |end: &usize| style.width(&text[..*end]) + style.size <= max_width;
    let end = text.char_indices().map(|(i, _)| i).rev().find(fits).unwrap_or_default();
    format!("{}…", text[..end].trim_end())
}

/// A plain fill.
pub(super) const fn solid(ink: Ink) -> Fill {
    tint(ink, 1.0)
}

/// A fill through which one can see.
pub(super) const fn tint(ink: Ink, alpha: f32) -> Fill {
    Fill { ink, alpha, pattern: Pattern::Solid }
}

/// An unbroken line.
pub(super) const fn line(ink: Ink, width: f64) -> Stroke {
    Stroke { ink, width, alpha: 1.0, dash: 0.0 }
}

/// A dashed line.
pub(super) const fn dashed(ink: Ink, width: f64) -> Stroke {
    Stroke { ink, width, alpha: 1.0, dash: 4.0 }
}

pub(super) const fn point(x: f64, y: f64) -> Point {
    Point { x, y }
}

/// Collects a scene.
#[derive(Debug, Default)]
pub(super) struct Kit {
    scene: Scene,
}

impl Kit {
    pub(super) fn finish(mut self, height: f64, stage: u64, records: usize) -> Scene {
        (self.scene.height, self.scene.stage, self.scene.records) = (height, stage, records);
        self.scene
    }

    /// How many shapes there are: where the next thing that travels begins.
    pub(super) const fn mark(&self) -> usize {
        self.scene.shapes.len()
    }

    /// Where a thread's card lies that has been drawn.
    pub(super) fn card(&self, thread: ThreadIx) -> Option<Rect> {
        let is = |m: &&Mover| m.thing == Thing::Card(thread) && !m.shapes.is_empty();
        self.scene.movers.iter().find(is).map(|m| m.rect)
    }

    /// Where a target lies that has been drawn.
    pub(super) fn place_of(&self, target: DropTarget) -> Option<Rect> {
        self.scene.place_of(target)
    }

    /// All shapes since `from` are a thing that travels.
    pub(super) fn mover(&mut self, thing: Thing, rect: Rect, from: usize, rides: Option<ThreadIx>) {
        let shapes = from..self.scene.shapes.len();
        self.scene.movers.push(Mover { thing, rect, shapes, rides });
    }

    #[inline(never)]
    pub(super) fn push(&mut self, shape: Shape) {
        self.scene.shapes.push(shape);
    }

    #[inline(never)]
    pub(super) fn rect(&mut self, rect: Rect, radius: f64, fill: Option<Fill>, stroke: Option<Stroke>) {
        self.push(Shape::Rect { rect, radius, fill, stroke });
    }

    pub(super) fn fill(&mut self, rect: Rect, radius: f64, fill: Fill) {
        self.rect(rect, radius, Some(fill), None);
    }

    pub(super) fn outline(&mut self, rect: Rect, radius: f64, stroke: Stroke) {
        self.rect(rect, radius, None, Some(stroke));
    }

    /// All that was drawn.
    pub(super) fn into_shapes(self) -> Vec<Shape> {
        self.scene.shapes
    }

    #[inline(never)]
    pub(super) fn line(&mut self, from: Point, to: Point, stroke: Stroke) {
        self.push(Shape::Line { from, to, stroke });
    }

    #[inline(never)]
    pub(super) fn circle(&mut self, center: Point, radius: f64, fill: Option<Fill>, stroke: Option<Stroke>) {
        self.push(Shape::Circle { center, radius, fill, stroke });
    }

    /// A line through points.
    #[inline(never)]
    pub(super) fn polyline(&mut self, points: &[Point], stroke: Stroke) {
        self.push(Shape::Path { points: points.to_vec(), closed: false, fill: None, stroke: Some(stroke) });
    }

    #[inline(never)]
    pub(super) fn polygon(&mut self, points: &[(f64, f64)], fill: Option<Fill>, stroke: Option<Stroke>) {
        let points = points.iter().map(|&(x, y)| point(x, y)).collect();
        self.push(Shape::Path { points, closed: true, fill, stroke });
    }

    /// One line of text, cut at `max_width`; nothing if that is too little for two characters.
    pub(super) fn text(&mut self, at: Point, max_width: f64, style: Type, text: impl Into<String>) {
        self.write(at, max_width, style, text.into());
    }

    #[inline(never)]
    fn write(&mut self, at: Point, max_width: f64, style: Type, text: String) {
        if text.is_empty() || max_width < style.width(&text).min(1.2 * style.size) {
            return;
        }
        let Type { ink, align, .. } = style;
        self.push(Shape::Text { text, at, align, style: style.style(), ink, max_width });
    }

    pub(super) fn clip(&mut self, rect: Rect) {
        self.push(Shape::Clip(rect));
    }

    pub(super) fn unclip(&mut self) {
        self.push(Shape::Unclip);
    }

    /// A place that stands for something without being an object of its own for assistive technology.
    pub(super) fn region(&mut self, rect: Rect, subject: Subject) {
        self.object(rect, subject, String::new());
    }

    /// Where a ready queue lies.
    pub(super) fn queue(&mut self, place: QueuePlace) {
        self.scene.queues.push(place);
    }

    /// A place that is an object with a name.
    #[inline(never)]
    pub(super) fn object(&mut self, rect: Rect, subject: Subject, name: String) {
        self.scene.regions.push(Region { rect, subject, name, draggable: false });
    }

    /// The last region can be picked up.
    pub(super) fn draggable(&mut self, draggable: bool) {
        if let Some(region) = self.scene.regions.last_mut() {
            region.draggable = draggable;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_to_what_fits() {
        let style = SMALL.style();
        assert_eq!(cut("wants the GIL", style, 100.0), "wants the GIL");
        assert_eq!(cut("wants the GIL", style, 56.0), "wants…");
        assert_eq!(cut("wants the GIL", style, 3.0), "…");
        assert!(style.width("wants…") <= 56.0);
    }

    #[test]
    fn a_short_name_is_never_a_bare_number() {
        let brief = |name, w| SMALL.bold().brief(name, w).into_owned();
        assert_eq!(["worker 12", "T12", "web app: worker 3"].map(|n| brief(n, 10.0)), ["w12", "T12", "w3"]);
        assert_eq!([70.0, 40.0, 30.0, 10.0].map(|w| brief("browser", w)), ["browser", "bro", "bro", "b"]);
        assert_eq!([brief("browser", 55.0), brief("disk reader", 30.0)], ["brows…", "dr"]);
        assert_eq!(brief("12", 1.0), "12", "who is called so");
    }

    #[test]
    fn the_first_text_that_fits_is_taken() {
        let fit = |w| SMALL.fit(["python 7.3 of 20 ms".to_owned(), "7.3 of 20 ms".to_owned()], w);
        assert_eq!(fit(150.0), "python 7.3 of 20 ms");
        assert_eq!(fit(90.0), "7.3 of 20 ms");
        assert_eq!(fit(10.0), "7.3 of 20 ms");
    }
}
