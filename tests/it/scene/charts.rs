//! The small charts of a run's figures.

use expect_test::{Expect, expect};
use gilscope::engine::Run;
use gilscope::metrics::{self, Metrics};
use gilscope::scenario::{Op, presets};
use gilscope::scene::shape::Pattern;
use gilscope::scene::{Ink, Rect, Scene, Shape, Theme, charts, svg};
use gilscope::time::{Dur, Time};
use proptest::prelude::*;

use super::dump::{bounds, dump};
use crate::proving::hold_with;
use crate::random::endless_scenarios;

/// As wide as the inspector.
const WIDTH: f64 = 300.0;

fn run(name: &str) -> Run {
    let mut run = Run::new(&presets::by_name(name).expect("a preset").scenario());
    run.extend_past(Time::NEVER, 100_000);
    run
}

/// All charts of a run between two instants.
fn all(run: &Run, from: Time, until: Time, width: f64) -> [Scene; 3] {
    let m = Metrics::between(run, from, until);
    let busy = charts::busy(run, from, until, width, None);
    [charts::lives(run.plan(), &m, width, None), charts::wakes(&m, width, None), busy]
}

fn check(scene: &Scene, expect: &Expect) {
    expect.assert_eq(&dump(&scene.shapes, Rect::default()));
}

#[test]
fn a_chart_that_stands_alone_has_its_title_above_all_that_is_in_it() {
    let run = run("W2");
    let m = Metrics::of(&run, run.end());
    let plain = all(&run, Time::ZERO, run.end(), 640.0);
    let titled = [
        (charts::lives(run.plan(), &m, 640.0, Some(charts::LIVES)), charts::LIVES),
        (charts::wakes(&m, 640.0, Some(charts::WAKES)), charts::WAKES),
        (charts::busy(&run, Time::ZERO, run.end(), 640.0, Some(charts::BUSY)), charts::BUSY),
    ];
    for (plain, (scene, title)) in plain.iter().zip(&titled) {
        let tops = scene.shapes.iter().map(|shape| bounds(shape).map_or(0.0, |rect| rect.y));
        let is_title = |shape: &Shape| matches!(shape, Shape::Text { text, .. } if text == title);
        assert!(is_title(&scene.shapes[0]) && scene.height == plain.height + 24.0, "{title}");
        assert!(tops.skip(1).all(|y| y >= 24.0), "{title}");
    }
}

#[test]
fn each_life_is_a_bar_of_its_states_with_a_key() {
    let run = run("W2");
    let [lives, ..] = all(&run, Time::ZERO, run.end(), WIDTH);
    check(
        &lives,
        &expect![[r#"
        46,8 line w=0 h=76 | Line 1
        46,92 “0 ms” 12 Muted
        179,8 line w=0 h=76 | Line 1
        179,92 “10 ms” 12 Muted
        0,20 “main” 13 Text
        46,12 rect w=13 h=16 Thread(0)
        60,18 line w=238 h=0 | Thread(0) 2 dash=2
        60,22 line w=238 h=0 | Thread(0) 2 dash=2
        0,44 “fetch” 13 Text
        46,36 rect w=53 h=16 Thread(1)
        99,36 rect w=0 h=16 Thread(1) Checks
        99,42 rect w=38 h=5 Thread(1) 0.45
        138,42 rect w=1 h=4 | Thread(1) 1.2
        139,44 line w=159 h=0 | Thread(1) 2 dash=2
        0,68 “count” 13 Text
        46,60 rect w=185 h=16 Thread(2)
        232,60 rect w=0 h=16 Thread(2) Checks
        232,66 rect w=27 h=5 Thread(2) 0.45
        0,108 rect w=26 h=15 Muted
        34,115 “runs Python” 13 Muted
        130,108 rect w=26 h=15 Muted Checks
        164,115 “context switch” 13 Muted
        0,135 rect w=26 h=4 Muted 0.45
        34,137 “ready” 13 Muted
        87,135 rect w=25 h=4 | Muted 1.2
        120,137 “waking” 13 Muted
        0,159 line w=26 h=0 | Muted 2 dash=2
        34,159 “waits for I/O” 13 Muted
        133,156 line w=26 h=0 | Muted 2 dash=2
        133,162 line w=26 h=0 | Muted 2 dash=2
        167,159 “awaits input” 13 Muted"#]],
    );
}

#[test]
fn wake_ups_stand_by_their_length_with_the_percentiles_marked() {
    let run = run("W2");
    let [_, wakes, _] = all(&run, Time::ZERO, run.end(), WIDTH);
    check(
        &wakes,
        &expect![[r#"
            16,56 line w=0 h=100 | Line 1
            16,164 “0 ms” 12 Muted
            150,56 line w=0 h=100 | Line 1
            150,164 “1 ms” 12 Muted
            285,56 line w=0 h=100 | Line 1
            284,164 “2 ms” 12 Muted
            16,104 rect w=12 h=48 Muted 0.55
            151,104 rect w=12 h=48 Muted 0.55
            285,56 rect w=12 h=96 Muted 0.55
            16,152 line w=282 h=0 | Muted 1
            10,62 “2” 12 Muted
            10,146 “0” 12 Muted
            150,16 line w=0 h=136 | Text 1.2 dash=4
            155,16 “median 1 ms” 12 Text"#]],
    );
}

#[test]
fn busy_cores_are_an_area_over_time() {
    let run = run("P4");
    let [.., busy] = all(&run, Time::ZERO, run.end(), WIDTH);
    check(
        &busy,
        &expect![[r#"
        16,14 line w=0 h=100 | Line 1
        16,122 “0 ms” 12 Muted
        161,14 line w=0 h=100 | Line 1
        161,122 “20 ms” 12 Muted
        16,14 path of 5 Muted Checks
        16,14 path of 69 Panel
        16,14 path of 69 Muted 0.55
        16,110 line w=282 h=0 | Muted 1
        16,14 line w=282 h=0 | Line 1
        10,14 “1” 12 Muted
        10,106 “0” 12 Muted
        16,24 line w=282 h=0 | Text 1.2 dash=4"#]],
    );
}

#[test]
fn a_run_of_which_nothing_has_happened_has_empty_charts() {
    let run = run("P1a");
    for scene in all(&run, Time::ZERO, Time::ZERO, WIDTH) {
        assert!(scene.shapes.iter().all(|s| !matches!(s, Shape::Text { text, .. } if text.contains("NaN"))));
        assert!(scene.height.is_finite());
    }
}

/// The inks of a chart that say something, without grounds and hairlines.
fn inks(scene: &Scene) -> Vec<Ink> {
    let of = |shape: &Shape| match shape {
        Shape::Rect { fill, stroke, .. } | Shape::Path { fill, stroke, .. } => {
            [fill.map(|f| f.ink), stroke.map(|s| s.ink)]
        }
        Shape::Line { stroke, .. } => [Some(stroke.ink), None],
        Shape::Text { ink, .. } => [Some(*ink), None],
        _ => [None; 2],
    };
    let all = scene.shapes.iter().flat_map(of).flatten();
    all.filter(|ink| !matches!(ink, Ink::Line | Ink::Panel)).collect()
}

#[test]
fn every_ink_of_a_chart_stands_out_in_every_theme() {
    let run = run("W2");
    for theme in Theme::ALL {
        for scene in all(&run, Time::ZERO, run.end(), WIDTH) {
            let svg = svg::to_svg(&scene, WIDTH, theme);
            for ink in inks(&scene) {
                let [own, ground] = [ink, Ink::Panel].map(|i| theme.rgb(i).map(i32::from));
                let apart: i32 = own.iter().zip(ground).map(|(a, b)| (a - b).abs()).sum();
                assert!(apart > 150, "{theme:?}: {ink:?} is {own:?} on {ground:?}");
                assert!(svg.contains(&theme.css(ink)), "{theme:?}: the SVG has no {ink:?}");
            }
        }
    }
}

#[test]
fn a_life_has_the_patterns_of_its_lane() {
    // Python, C code that keeps the GIL, code without it: even, dotted, striped, in the order of the key.
    let mut scenario = presets::by_name("G2").expect("a preset").scenario();
    let ms = Dur::from_ms;
    scenario.processes[0].threads.truncate(1);
    scenario.processes[0].threads[0].program =
        vec![Op::Native(ms(1)).into(), Op::Extension(ms(2)).into(), Op::Python(ms(3)).into()];
    let mut run = Run::new(&scenario);
    run.extend_past(Time::NEVER, 1_000);
    let [lives, ..] = all(&run, Time::ZERO, run.end(), WIDTH);
    let bars = lives.shapes.iter().filter_map(|s| match s {
        Shape::Rect { fill: Some(fill), rect, .. } if fill.ink == Ink::Thread(0) => Some((fill.pattern, rect.w)),
        _ => None,
    });
    let bars: Vec<_> = bars.collect();
    assert_eq!(bars.iter().map(|b| b.0).collect::<Vec<_>>(), [Pattern::Solid, Pattern::Dots, Pattern::Stripes]);
    assert!((bars[0].1 - 3.0 * bars[2].1).abs() < 0.01, "as long as they took: {bars:?}");
}

#[test]
fn every_chart_stays_within_its_width() {
    hold_with(
        endless_scenarios(),
        (0u64..20_000, 0u64..60_000, 160.0..600.0f64),
        |scenario, &(from, length, width)| {
            let (from, until) = (Time::from_us(from), Time::from_us(from + length));
            let mut run = Run::new(scenario);
            run.extend_to(Time::from_ms(80));
            for scene in all(&run, from, until, width) {
                for shape in &scene.shapes {
                    let Some(b) = bounds(shape) else { continue };
                    let inside = b.x >= -0.5 && b.right() <= width + 0.5 && b.y >= 0.0 && b.bottom() <= scene.height;
                    prop_assert!(inside, "{shape:?} in {width} × {}", scene.height);
                }
            }
            Ok(())
        },
    );
}

#[test]
fn the_parts_of_the_time_add_up_to_what_the_cores_did() {
    hold_with(endless_scenarios(), (0u64..20_000, 0u64..60_000, 1usize..200), |scenario, &(from, length, parts)| {
        let (from, until) = (Time::from_us(from), Time::from_us(from + length));
        let mut run = Run::new(scenario);
        run.extend_to(Time::from_ms(80));
        let (m, busy) = (Metrics::between(&run, from, until), metrics::busy(&run, from, until, parts));
        let on_cores: Dur = m.cores.iter().map(|c| c.useful + c.overhead).sum();
        prop_assert_eq!(busy.iter().map(|b| b.computed + b.switched).sum::<Dur>(), on_cores);
        prop_assert_eq!(busy.iter().map(|b| b.length).sum::<Dur>(), m.span());
        let cores = u64::from(run.plan().cores);
        prop_assert!(busy.iter().all(|b| b.computed + b.switched <= b.length * cores));
        Ok(())
    });
}
