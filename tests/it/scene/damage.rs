//! What is painted anew makes the picture that painting all of it would make.

use std::hash::{DefaultHasher, Hash, Hasher};

use gilscope::scene::damage::Damage;
use gilscope::scene::shape::{Fill, Pattern, Stroke};
use gilscope::scene::{Flight, Ink, Point, Rect, Shape, TextStyle};
use proptest::prelude::*;

/// The canvas: device pixels, and how many of them a CSS pixel has.
const SIZE: (u32, u32) = (300, 250);
const DENSITY: f64 = 1.5;

fn rect(x: f64, y: f64, w: f64, h: f64, ink: Ink) -> Shape {
    let fill = Fill { ink, alpha: 1.0, pattern: Pattern::Solid };
    Shape::Rect { rect: Rect::new(x, y, w, h), radius: 0.0, fill: Some(fill), stroke: None }
}

fn text(words: &str, x: f64, y: f64) -> Shape {
    let style = TextStyle { size: 12.0, bold: false, tabular: true };
    let (at, align) = (Point { x, y }, Default::default());
    Shape::Text { text: words.to_owned(), at, align, style, ink: Ink::Text, max_width: 80.0 }
}

/// What was painted on each device pixel, one after the other, as a number.
#[derive(Clone, PartialEq)]
struct Canvas(Vec<u64>);

impl Canvas {
    fn new() -> Self {
        Self(vec![0; (SIZE.0 * SIZE.1) as usize])
    }

    /// Does something with the pixels of a rectangle that lie in a band.
    fn within(&mut self, band: Rect, of: Rect, act: impl Fn(&mut u64)) {
        let range = |from: f64, to: f64, least: f64, most: f64| {
            (from.floor().max(least) as usize)..(to.ceil().min(most).max(0.0) as usize)
        };
        for y in range(of.y, of.bottom(), band.y, band.bottom()) {
            for x in range(of.x, of.right(), band.x, band.right()) {
                act(&mut self.0[y * SIZE.0 as usize + x]);
            }
        }
    }

    /// Paints a band as the painter does.
    fn paint(&mut self, band: Rect, damage: &Damage, shapes: &[Shape]) {
        self.within(band, band, |pixel| *pixel = 0);
        let mut clip = band;
        for step in damage.steps(band) {
            let shape = &shapes[step.shape];
            let (area, css) = match shape {
                Shape::Clip(rect) => {
                    clip = scaled(*rect, Point::default());
                    continue;
                }
                Shape::Unclip => {
                    clip = band;
                    continue;
                }
                Shape::Rect { rect, .. } => (*rect, step.by),
                Shape::Line { from, to, stroke } => {
                    let d = stroke.width / 2.0;
                    let (x, y) = (from.x.min(to.x), from.y.min(to.y));
                    let (w, h) = ((from.x - to.x).abs(), (from.y - to.y).abs());
                    (Rect::new(x - d, y - d, w + 2.0 * d, h + 2.0 * d), step.by)
                }
                Shape::Text { at, text, style, max_width, .. } => {
                    let w = style.width(text).min(*max_width);
                    (Rect::new(at.x, at.y - style.size / 2.0, w, style.size), step.by)
                }
                _ => continue,
            };
            let area = common(common(scaled(area, css), clip), band);
            let number = number_of(&format!("{shape:?} {:?}", step.by));
            self.within(band, area, |pixel| *pixel = pixel.rotate_left(7) ^ number);
        }
    }
}

fn number_of(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

fn scaled(rect: Rect, by: Point) -> Rect {
    Rect::new((rect.x + by.x) * DENSITY, (rect.y + by.y) * DENSITY, rect.w * DENSITY, rect.h * DENSITY)
}

fn common(a: Rect, b: Rect) -> Rect {
    let (x, y) = (a.x.max(b.x), a.y.max(b.y));
    Rect::new(x, y, (a.right().min(b.right()) - x).max(0.0), (a.bottom().min(b.bottom()) - y).max(0.0))
}

/// A picture: shapes, the middle part of them clipped, and one of the others on its way.
#[derive(Clone, Debug)]
struct Scene {
    shapes: Vec<Shape>,
    flights: Vec<Flight>,
}

fn shapes() -> impl Strategy<Value = Vec<Shape>> {
    // Few places, so that much stays as it is from picture to picture.
    let place = || (0..5u16).prop_map(|n| f64::from(n) * 41.0 - 7.0);
    let one = (place(), place(), place(), 0..3u16, 0..3u8).prop_map(|(x, y, w, ink, kind)| {
        let ink = Ink::Thread(ink);
        match kind {
            0 => rect(x, y, w.abs(), 19.0, ink),
            1 => {
                let stroke = Stroke { ink, width: 3.0, alpha: 1.0, dash: 0.0 };
                Shape::Line { from: Point { x, y }, to: Point { x: w, y: x }, stroke }
            }
            _ => text("waits for it", x, y),
        }
    });
    prop::collection::vec(one, 0..6)
}

fn scenes() -> impl Strategy<Value = Vec<Scene>> {
    let scene = (shapes(), shapes(), shapes(), 0..3u8).prop_map(|(before, clipped, after, flies)| {
        let mut shapes = before;
        let flights = match flies {
            0 if !shapes.is_empty() => vec![Flight { shapes: 0..1, by: Point { x: 33.0, y: 50.0 } }],
            1 if !shapes.is_empty() => vec![Flight { shapes: 0..shapes.len(), by: Point { x: -4.0, y: 0.0 } }],
            _ => Vec::new(),
        };
        shapes.push(Shape::Clip(Rect::new(20.0, 30.0, 90.0, 60.0)));
        shapes.extend(clipped);
        shapes.push(Shape::Unclip);
        shapes.extend(after);
        Scene { shapes, flights }
    });
    prop::collection::vec(scene, 1..5)
}

/// All of the canvas, whatever it was before.
fn whole(scene: &Scene) -> Canvas {
    let mut damage = Damage::default();
    let bands = damage.take_in(&scene.shapes, &scene.flights, SIZE, DENSITY);
    assert_eq!(bands, [Rect::new(0.0, 0.0, f64::from(SIZE.0), f64::from(SIZE.1))]);
    let mut canvas = Canvas::new();
    canvas.paint(bands[0], &damage, &scene.shapes);
    canvas
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn painting_what_is_different_makes_the_whole_picture(scenes in scenes()) {
        let (mut damage, mut canvas) = (Damage::default(), Canvas::new());
        for scene in &scenes {
            for band in damage.take_in(&scene.shapes, &scene.flights, SIZE, DENSITY) {
                canvas.paint(band, &damage, &scene.shapes);
            }
            prop_assert!(canvas == whole(scene), "it is another picture");
            prop_assert_eq!(damage.take_in(&scene.shapes, &scene.flights, SIZE, DENSITY), []);
        }
    }
}

#[test]
fn what_stays_as_it_is_is_not_painted_again() {
    let far = rect(10.0, 10.0, 20.0, 20.0, Ink::Card);
    let clock = |words: &str| vec![far.clone(), text(words, 20.0, 106.0), far.clone()];
    let mut damage = Damage::default();
    damage.take_in(&clock("1 ms"), &[], SIZE, DENSITY);
    let bands = damage.take_in(&clock("2 ms"), &[], SIZE, DENSITY);
    // The text has its middle at 159 device pixels, and is 18 high: the third row of tiles of 64, in its first two columns.
    assert_eq!(bands, [Rect::new(0.0, 128.0, 128.0, 64.0)]);
    let painted: Vec<usize> = damage.steps(bands[0]).map(|step| step.shape).collect();
    assert_eq!(painted, [1]);
}

#[test]
fn a_shape_that_goes_below_another_is_painted_with_that() {
    let (a, b) = (rect(10.0, 10.0, 30.0, 30.0, Ink::Card), rect(20.0, 20.0, 30.0, 30.0, Ink::Alert));
    let mut damage = Damage::default();
    damage.take_in(&[a.clone(), b.clone()], &[], SIZE, DENSITY);
    let bands = damage.take_in(&[b, a], &[], SIZE, DENSITY);
    assert_eq!(bands.len(), 1);
    assert_eq!(damage.steps(bands[0]).count(), 2);
}

#[test]
fn what_is_forgotten_is_painted_whole() {
    let shapes = [rect(10.0, 10.0, 30.0, 30.0, Ink::Card)];
    let mut damage = Damage::default();
    damage.take_in(&shapes, &[], SIZE, DENSITY);
    damage.forget();
    assert_eq!(damage.take_in(&shapes, &[], SIZE, DENSITY), [Rect::new(0.0, 0.0, 300.0, 250.0)]);
}
