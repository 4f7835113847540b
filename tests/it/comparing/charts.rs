//! What the pictures of comparisons and sweeps show, as characters.

use gilscope::metrics::About;
use gilscope::scenario::{Pair, Parameter, Scenario, Span, presets};
use gilscope::scene::compare::compared as drawn;
use gilscope::scene::shape::Align;
use gilscope::scene::sweep_chart::{Chart, sweep_chart};
use gilscope::scene::{Ink, Shape, Size};
use gilscope::session::sweep::{Sweep, name};
use gilscope::time::Time;

use super::{compared, preset};

/// Characters for so many CSS pixels.
const CELL: (f64, f64) = (8.0, 16.0);

/// Circles as `●`, dashed lines as `·`, bars by the letter that `bar` has for them, texts where they stand.
fn plot(shapes: &[Shape], size: Size, bar: impl Fn(Ink) -> Option<char>) -> String {
    let (columns, rows) = ((size.w / CELL.0) as usize, (size.h / CELL.1) as usize);
    let mut grid = vec![vec![' '; columns]; rows];
    let mut put = |x: f64, y: f64, c: char| {
        let (column, row) = ((x / CELL.0) as usize, (y / CELL.1) as usize);
        if let Some(cell) = grid.get_mut(row).and_then(|row| row.get_mut(column)) {
            *cell = c;
        }
    };
    for shape in shapes {
        match shape {
            Shape::Line { from, to, stroke } if stroke.dash > 0.0 => {
                for i in 0..=200 {
                    let part = f64::from(i) / 200.0;
                    put(from.x + part * (to.x - from.x), from.y + part * (to.y - from.y), '·');
                }
            }
            Shape::Rect { rect, fill: Some(fill), .. } => {
                let Some(c) = bar(fill.ink) else { continue };
                let cells = (rect.w / CELL.0).ceil() as usize;
                (0..cells).for_each(|i| put(rect.x + CELL.0 * i as f64, rect.center().y, c));
            }
            Shape::Circle { center, .. } => put(center.x, center.y, '●'),
            Shape::Text { text, at, align, .. } => {
                let length = text.chars().count() as f64 * CELL.0;
                let from = match align {
                    Align::Start => at.x,
                    Align::Middle => at.x - length / 2.0,
                    Align::End => at.x - length,
                };
                text.chars().enumerate().for_each(|(i, c)| put(from + i as f64 * CELL.0, at.y, c));
            }
            _ => {}
        }
    }
    // A border at the left: what all lines of an expectation are indented by is not part of it.
    let lines = grid.into_iter().map(|row| format!("|{}", row.into_iter().collect::<String>()).trim_end().to_owned());
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

#[test]
fn without_a_gil_both_threads_of_w4_compute_at_once() {
    let w4 = preset("W4");
    let comparison = compared(&w4, &Pair::FreeThreaded.of(&w4).expect("a variant"));
    let captions = ["As it is now", "Without a GIL"];
    let picture = drawn(comparison.runs(), captions, comparison.until(), 640.0);
    let letter = |ink| match ink {
        Ink::Thread(0) => Some('m'),
        Ink::Thread(1) => Some('w'),
        Ink::Gil => Some('#'),
        _ => None,
    };
    let size = Size { w: 640.0, h: picture.height };
    expect_test::expect![[r#"
        |              0 ms      5 ms     10 ms     15 ms     20 ms     25 ms     30 ms
        |
        | A  As it is now                                              finishes at 31 ms
        |                                                 ·
        | core 0         mmmmmmmmmmm          mmmmmmmmmmm ·         mmmmmmmmmm
        | core 1                   wwwwwwwwwww           w·wwwwwwwww         wwwwwwwwww
        |                                                 ·
        | ●GIL           #################################·############################
        |                                                 ·
        | mmain          mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm·mmmmmmmmmmmmmmmmmmm
        | wworker        wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww·wwwwwwwwwwwwwwwwwwwwwwwwwwww
        |                                                 ·
        | B  Without a GIL                                           finishes at 16.5 ms
        |                                                                              ·
        | core 0         mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm                            ·
        | core 1         wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww                            ·
        |                                                                              ·
        | mmain          mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm                            ·
        | wworker        wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww                            ·
        |                                                                              ·
    "#]]
    .assert_eq(&plot(&[picture.shapes.clone(), picture.cursor(Time::ZERO)].concat(), size, letter));
}

#[test]
fn a_long_run_is_drawn_with_no_more_than_a_bar_for_a_pixel() {
    let mut w4 = preset("W4");
    w4.computer.costs = gilscope::scenario::CostSet::Textbook;
    w4 = Parameter::SwitchInterval.set(&w4, 1_000).expect("an interval of 1 µs");
    let comparison = compared(&w4, &w4);
    let picture = drawn(comparison.runs(), ["A", "B"], comparison.until(), 300.0);
    assert!(comparison.runs()[0].trace().len() > 2_000, "{}", comparison.runs()[0].trace().len());
    let columns = picture.shapes.iter().map(|shape| match shape {
        Shape::Columns { columns, .. } => columns.len(),
        _ => 1,
    });
    let lanes = 2 * 5;
    assert!(columns.sum::<usize>() < lanes * 300, "of the lanes alone");
    assert!(picture.shapes.iter().filter(|s| matches!(s, Shape::Columns { .. })).count() >= lanes / 2);
}

#[test]
fn the_cursor_stands_over_both_at_its_time() {
    let w4 = preset("W4");
    let comparison = compared(&w4, &w4);
    let picture = drawn(comparison.runs(), ["A", "B"], comparison.until(), 640.0);
    let at = Time::from_us(12_400);
    let shapes = picture.cursor(at);
    let lines: Vec<f64> = shapes
        .iter()
        .filter_map(|s| match s {
            Shape::Line { from, to, .. } => {
                assert!(to.y <= picture.height && from.x == to.x);
                Some(from.x)
            }
            _ => None,
        })
        .collect();
    assert_eq!(lines, [picture.axis.x(at); 3], "in the ruler and over the lanes of both");
    assert!(shapes.iter().any(|s| matches!(s, Shape::Text { text, .. } if text == "12.4 ms")));
    // What it would cover of the ruler is not there.
    let texts = |at: Time| -> Vec<String> {
        let texts = picture.cursor(at).into_iter().filter_map(|s| match s {
            Shape::Text { text, .. } => Some(text),
            _ => None,
        });
        texts.collect()
    };
    assert_eq!(texts(Time::from_us(9_500)), ["0 ms", "5 ms", "15 ms", "20 ms", "25 ms", "30 ms", "9.5 ms"]);
    assert_eq!(texts(Time::from_us(17_500)).len(), texts(Time::from_us(9_500)).len() - 1, "between two of them");
    // It stays in the picture at both ends.
    for at in [Time::ZERO, comparison.until()] {
        for shape in picture.cursor(at) {
            if let Shape::Rect { rect, .. } = shape {
                assert!(rect.x >= 0.0 && rect.right() <= 640.0, "{rect:?}");
            }
        }
    }
}

/// A sweep as its chart shows it.
fn chart(scenario: &Scenario, parameter: Parameter, span: Span, key: &str) -> String {
    let mut sweep = Sweep::new(scenario, parameter, span).expect("a sweep");
    while !sweep.is_over() {
        sweep.advance(1_000);
    }
    let figure = About::by_key(key).expect("a figure");
    let values: Vec<Option<f64>> = sweep.series(figure).into_iter().map(|v| v.map(|v| v as f64)).collect();
    let bound = if sweep.has_amdahl(figure) { sweep.amdahl() } else { Vec::new() };
    let labels: Vec<String> = sweep.points().iter().map(|p| parameter.text(p.value)).collect();
    let size = Size { w: 640.0, h: 256.0 };
    let says = format!("{}: {}", parameter.says(sweep.points()[1].value), sweep.says(1, figure));
    let drawn = sweep_chart(&Chart {
        at: &sweep.places(),
        labels: &labels,
        across: parameter.name(),
        values: &values,
        up: name(figure),
        text: &|v| figure.unit.text(v as u64),
        bound: &bound,
        bound_name: "Amdahl",
        chosen: Some((1, &says)),
        size,
    });
    assert_eq!(drawn.places.iter().flatten().count(), values.iter().flatten().count(), "a point per number");
    for (i, place) in drawn.places.iter().enumerate() {
        let x = place.map_or(0.0, |p| p.x);
        assert!(place.is_none() || drawn.nearest(x) == Some(i), "a press finds its point");
    }
    assert_eq!((drawn.nearest(-100.0), drawn.nearest(9_999.0)), (Some(0), Some(values.len() - 1)));
    plot(&drawn.shapes, size, |_| None)
}

#[test]
fn processes_get_faster_by_cores_until_each_has_one() {
    let text = chart(&preset("G4"), Parameter::Cores, Span { from: 1, to: 8 }, "speed_up");
    expect_test::expect![[r#"
        | speed-up over the first value
        |
        |              2 cores: 1.94 ×
        |     2 ×              ●       ●        ●       ●        ●       ●        ●
        |                      ·
        |   1.5 ×              ·
        |                      ·
        |                      ·
        |     1 ×     ●        ·
        |                      ·
        |   0.5 ×              ·
        |                      ·
        |                      ·
        |     0 ×              ·
        |             1       2        3       4        5       6        7       8
        |                                         cores
    "#]]
    .assert_eq(&text);
}

#[test]
fn native_code_gets_faster_by_threads_until_each_core_has_one_as_amdahls_line_does() {
    let w4 = presets::by_name("W4").expect("a preset");
    let native = w4.variant(&w4.variants()[0]);
    let text = chart(&native, Parameter::Threads, Span { from: 1, to: 8 }, "speed_up");
    expect_test::expect![[r#"
        | speed-up over the first value
        |
        |             2 threads: 1.91 ×                                     Amdahl
        |     2 ×             ·●···················································
        |                   ····       ●        ●       ●        ●       ●        ●
        |   1.5 ×         ···  ·
        |               ···    ·
        |              ··      ·
        |     1 ×     ●·       ·
        |                      ·
        |   0.5 ×              ·
        |                      ·
        |                      ·
        |     0 ×              ·
        |             1       2        3       4        5       6        7       8
        |                                        threads
    "#]]
    .assert_eq(&text);
}

#[test]
fn a_figure_that_is_nothing_everywhere_has_one_tick() {
    let mut w4 = preset("W4");
    w4.computer.costs = gilscope::scenario::CostSet::Textbook;
    let text = chart(&w4, Parameter::Cores, Span { from: 1, to: 2 }, "core_switching");
    assert_eq!(text.matches("0 %").count(), 2, "at the ground line and at the chosen point: {text}");
}

#[test]
fn lengths_lie_by_their_logarithms_and_nothing_before_them_alone() {
    let at: Vec<f64> = [0.0f64, 1.0, 2.0, 10.0, 12.0, 100.0].map(f64::ln).into();
    let labels: Vec<String> = ["0", "1", "2", "10", "12", "100"].map(|n| format!("{n} ms")).into();
    let drawn = sweep_chart(&Chart {
        at: &at,
        labels: &labels,
        across: "I/O time",
        values: &[Some(1.0); 6],
        up: "makespan",
        text: &|v| v.to_string(),
        bound: &[],
        bound_name: "",
        chosen: None,
        size: Size { w: 640.0, h: 256.0 },
    });
    let x: Vec<f64> = drawn.places.iter().flatten().map(|p| p.x).collect();
    assert!(x.is_sorted_by(|a, b| a < b) && x[0] > 76.0 && x[5] < 640.0, "{x:?}");
    let (decade, part) = (x[3] - x[1], x[2] - x[1]);
    assert!((x[5] - x[3] - decade).abs() < 0.01 && (part / decade - 2f64.log10()).abs() < 1e-6, "{x:?}");
    let joined = drawn.shapes.iter().filter(|s| matches!(s, Shape::Line { stroke, .. } if stroke.ink == Ink::Accent));
    assert_eq!(joined.count(), 4, "nothing is not joined");
    let shown = |label: &String| drawn.shapes.iter().any(|s| matches!(s, Shape::Text { text, .. } if text == label));
    assert!(!shown(&labels[4]) && shown(&labels[3]), "12 ms is too near to 10 ms");
    assert_eq!((0..6).map(|i| drawn.nearest(x[i] + 2.0)).collect::<Option<Vec<_>>>(), Some((0..6).collect()));
}

#[test]
fn a_longer_switch_interval_saves_hand_overs() {
    let span = Span { from: 500_000, to: 20_000_000 };
    let text = chart(&preset("W4"), Parameter::SwitchInterval, span, "makespan");
    expect_test::expect![[r#"
        | makespan
        |
        |            switch interval 1 ms: 35 ms
        |   40 ms       ●         ·
        |                         ●
        |   30 ms                 ·          ●             ●          ●          ●
        |                         ·
        |                         ·
        |   20 ms                 ·
        |                         ·
        |   10 ms                 ·
        |                         ·
        |                         ·
        |    0 ms                 ·
        |            500 µs     1 ms       2 ms          5 ms      10 ms      20 ms
        |                                    switch interval
    "#]]
    .assert_eq(&text);
}
