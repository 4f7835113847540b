//! The display list: a few kinds of shapes in named inks. A theme turns inks into colours, so one list serves all themes.

/// A point in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Down.
    pub y: f64,
}

/// A size in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

/// A rectangle in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

impl Rect {
    /// A rectangle from its top left corner and its size.
    #[must_use]
    pub const fn new(x: f64, y: f64, w: f64, h: f64) -> Self {
        Self { x, y, w, h }
    }

    /// Whether the point lies inside or on the top or left edge.
    #[must_use]
    pub fn contains(&self, p: Point) -> bool {
        p.x >= self.x && p.x < self.x + self.w && p.y >= self.y && p.y < self.y + self.h
    }

    /// The right edge.
    #[must_use]
    pub fn right(&self) -> f64 {
        self.x + self.w
    }

    /// The bottom edge.
    #[must_use]
    pub fn bottom(&self) -> f64 {
        self.y + self.h
    }

    /// The centre.
    #[must_use]
    pub fn center(&self) -> Point {
        Point { x: self.x + self.w / 2.0, y: self.y + self.h / 2.0 }
    }

    /// The rectangle with every edge moved inwards by `d`, never to a negative size.
    #[must_use]
    pub fn inset(&self, d: f64) -> Self {
        let d = d.min(self.w / 2.0).min(self.h / 2.0);
        Self::new(self.x + d, self.y + d, self.w - 2.0 * d, self.h - 2.0 * d)
    }
}

/// A column of [`Shape::Columns`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// Left edge in CSS pixels.
    pub x0: f32,
    /// Right edge in CSS pixels.
    pub x1: f32,
    /// How high it is.
    pub height: Height,
    /// Colour.
    pub ink: Ink,
    /// Opacity, 0 to 1.
    pub alpha: f32,
}

/// The height of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Height {
    /// All of it.
    Full,
    /// Well over half.
    Most,
    /// A bar.
    Thin,
    /// A line.
    Line,
}

impl Height {
    /// All heights, in order.
    pub const ALL: [Self; 4] = [Self::Full, Self::Most, Self::Thin, Self::Line];

    /// The part of a rectangle that columns of this height have, around its middle.
    #[must_use]
    pub fn part(self, rect: Rect) -> Rect {
        let part = match self {
            Self::Full => 1.0,
            Self::Most => 0.62,
            Self::Thin => 0.3,
            Self::Line => 0.12,
        };
        let h = (rect.h * part).max(2.0).min(rect.h);
        Rect { y: rect.y + (rect.h - h) / 2.0, h, ..rect }
    }
}

/// A colour by what it is for. The theme decides what it looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ink {
    /// Behind everything.
    Page,
    /// Of panels on the page.
    Panel,
    /// Of wells inside panels: waiting places, the ready queue.
    Well,
    /// Around wells and home chips: seen in high contrast alone, elsewhere that of wells.
    Rim,
    /// Of cards on panels and wells.
    Card,
    /// Hairlines and borders.
    Line,
    /// Ordinary text.
    Text,
    /// Secondary text.
    Muted,
    /// The GIL's gold.
    Gil,
    /// Text and key on the GIL's gold.
    OnGil,
    /// Errors, refusals, and drop requests.
    Alert,
    /// What can be dropped on, what a drag would do, focus and selection.
    Accent,
    /// A thread's own colour, counted from 0; the theme repeats its palette with another pattern when it runs out.
    Thread(u16),
    /// Text on a thread's own colour.
    OnThread(u16),
    /// A process's band, counted from 0.
    Process(u16),
    /// The playhead and other marks of the present.
    Playhead,
}

/// How an area is filled, so that a state is told without colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Pattern {
    /// Evenly.
    #[default]
    Solid,
    /// Diagonal stripes: runs with the GIL released.
    Stripes,
    /// Dense dots on the even fill: runs C code that keeps the GIL.
    Dots,
    /// A checkerboard: context switch.
    Checks,
}

/// A fill: ink, opacity from 0 to 1, pattern.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fill {
    /// Colour.
    pub ink: Ink,
    /// 0 is invisible, 1 covers.
    pub alpha: f32,
    /// Pattern.
    pub pattern: Pattern,
}

/// A line's ink, width, opacity and dashes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Colour.
    pub ink: Ink,
    /// Width in CSS pixels.
    pub width: f64,
    /// 0 is invisible, 1 covers.
    pub alpha: f32,
    /// Length of dashes and gaps in CSS pixels; 0 for an unbroken line.
    pub dash: f64,
}

/// Size and weight of text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextStyle {
    /// Height in CSS pixels.
    pub size: f64,
    /// Whether bold.
    pub bold: bool,
    /// Whether the digits are of equal width.
    pub tabular: bool,
}

impl TextStyle {
    /// How wide a text is at most, by estimate, in CSS pixels: the widths of DejaVu Sans, which is broader than other
    /// common sans-serif faces, by classes of characters.
    #[must_use]
    pub fn width(&self, text: &str) -> f64 {
        let em = |c: char| match c {
            'i' | 'j' | 'l' | 'I' | ' ' | '\'' | '.' | ',' | ':' | ';' | '·' | '|' => 0.32,
            'f' | 'r' | 't' | '-' | '/' | '(' | ')' => 0.41,
            'w' | '+' | '<' | '>' | '=' | '→' | 'G' | 'H' | 'N' | 'O' | 'Q' | '⚑' => 0.84,
            'm' | 'M' | 'W' | '%' | '…' | '@' => 1.0,
            'A'..='Z' => 0.7,
            c if c.is_ascii() => 0.635,
            // Of other scripts one does not know.
            _ => 0.8,
        };
        let bold = if self.bold { 1.12 } else { 1.0 };
        text.chars().map(em).sum::<f64>() * self.size * bold
    }
}

/// Where a text's anchor lies on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Align {
    /// At its left end.
    #[default]
    Start,
    /// In its middle.
    Middle,
    /// At its right end.
    End,
}

/// Something to paint. Later shapes cover earlier ones.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A rectangle with round corners.
    Rect {
        /// Where.
        rect: Rect,
        /// Radius of the corners; 0 for sharp ones.
        radius: f64,
        /// Inside.
        fill: Option<Fill>,
        /// Border, centred on the edge.
        stroke: Option<Stroke>,
    },
    /// A straight line.
    Line {
        /// From here.
        from: Point,
        /// To here.
        to: Point,
        /// How.
        stroke: Stroke,
    },
    /// A circle.
    Circle {
        /// Centre.
        center: Point,
        /// Radius.
        radius: f64,
        /// Inside.
        fill: Option<Fill>,
        /// Border.
        stroke: Option<Stroke>,
    },
    /// Filled or stroked straight lines through points.
    Path {
        /// The corners, two or more.
        points: Vec<Point>,
        /// Whether the last point joins the first.
        closed: bool,
        /// Inside.
        fill: Option<Fill>,
        /// Border.
        stroke: Option<Stroke>,
    },
    /// One line of text, its vertical middle at the anchor; cut with “…” if it is wider than allowed.
    Text {
        /// What is written.
        text: String,
        /// Anchor.
        at: Point,
        /// Where the anchor lies on the text.
        align: Align,
        /// Size and weight.
        style: TextStyle,
        /// Colour.
        ink: Ink,
        /// Widest it may be.
        max_width: f64,
    },
    /// Many narrow columns side by side, in any order.
    Columns {
        /// Where they lie: each in the middle of its height.
        rect: Rect,
        /// What they are.
        columns: Vec<Column>,
    },
    /// Shapes that follow are cut off outside this rectangle, until [`Shape::Unclip`]. Not nested.
    Clip(Rect),
    /// Ends the last [`Shape::Clip`].
    Unclip,
}
