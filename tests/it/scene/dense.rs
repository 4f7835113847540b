//! Much of everything, on small and on large canvases: cards shrink to lines, lines to counts, cores to tiles, lanes to
//! threads of colour; nothing overlaps, and what is dropped on stays large enough.

use gilscope::engine::Run;
use gilscope::scenario::{Scenario, json, presets};
use gilscope::scene::{Point, Scene, Shape, Size, Subject, least_heights};
use gilscope::time::{Dur, Time};

use super::fixtures::{Shown, many};
use super::layout::assert_tidy;

/// Of the stage at windows of 1440×900, 1024×768, 390×844 and 2560×1440.
const SIZES: [(f64, f64); 4] = [(1060.0, 740.0), (680.0, 600.0), (390.0, 506.0), (2170.0, 1290.0)];

/// A process with many resources.
fn shop() -> Scenario {
    let kinds = [r#""lock""#, r#""queue""#, r#""event""#, r#"{"semaphore":4}"#, r#"{"barrier":3}"#, r#"{"queue":7}"#];
    let resource = |i: usize| format!(r#"{{"id":{},"name":"resource {}","kind":{}}}"#, i + 1, i + 1, kinds[i % 6]);
    let resources: Vec<String> = (0..12).map(resource).collect();
    let thread = |i: usize| {
        format!(
            r#"{{"id":{},"name":"clerk {}","program":[{{"python":2000000}},{{"acquire":1}},{{"python":3000000}},
            {{"release":1}},{{"put":2}},{{"get":2}},{{"io":4000000}},{{"sleep":2000000}},{{"input":"name?"}}]}}"#,
            i + 1,
            i + 1
        )
    };
    let threads: Vec<String> = (0..6).map(thread).collect();
    let text = format!(
        r#"{{"v":1,"computer":{{"cores":2}},"processes":[{{"id":1,"name":"shop","resources":[{}],"threads":[{}]}}]}}"#,
        resources.join(","),
        threads.join(",")
    );
    json::from_str(&text).expect("a scenario that passes its check")
}

fn crowds() -> [Scenario; 6] {
    [many(64, 5, 40), many(64, 1, 200), many(16, 3, 14), many(1, 1, 30), many(8, 2, 8), shop()]
}

fn text(shape: &Shape) -> Option<&str> {
    if let Shape::Text { text, .. } = shape { Some(text) } else { None }
}

fn texts(scene: &Scene) -> Vec<&str> {
    scene.shapes.iter().filter_map(text).collect()
}

#[test]
fn nothing_overlaps_in_a_crowd() {
    for size in SIZES {
        for (scenario, ms) in crowds().into_iter().flat_map(|s| [(s.clone(), 1), (s, 9)]) {
            assert_tidy(&Shown::new(scenario, Time::from_ms(ms), Dur::from_ms(40), size));
        }
    }
}

#[test]
fn what_one_drops_on_stays_large_enough_for_a_finger() {
    for size in SIZES {
        for scenario in crowds() {
            let scene = Shown::new(scenario, Time::from_ms(9), Dur::from_ms(40), size).scene();
            let target = |s: &Subject| {
                matches!(s, Subject::Core(_) | Subject::Pin(_) | Subject::Process(_) | Subject::ReadyQueue)
            };
            for region in scene.regions.iter().filter(|r| target(&r.subject) && !r.name.is_empty()) {
                let rect = region.rect;
                assert!(rect.w >= 24.0 && rect.h >= 24.0, "{} is {} × {} at {size:?}", region.name, rect.w, rect.h);
            }
        }
    }
}

#[test]
fn every_core_has_a_tile_that_names_who_is_on_it() {
    for size in SIZES {
        let shown = Shown::new(many(64, 5, 40), Time::from_ms(9), Dur::from_ms(40), size);
        let (scene, plan) = (shown.scene(), shown.run.plan());
        let texts = texts(&scene);
        let named = |s: Subject| scene.regions.iter().filter(move |r| r.subject == s && !r.name.is_empty()).count();
        assert!(plan.core_ids().all(|core| named(Subject::Core(core)) == 1));
        let busy: Vec<_> = plan.core_ids().filter_map(|core| shown.machine.core(core).thread).collect();
        assert!(busy.len() > 3);
        for thread in busy {
            let name = plan.thread(thread).name.as_str();
            let number = name.trim_start_matches("worker ");
            // Its name, or its initial and number; that alone would be a core's.
            let said = [name.to_owned(), format!("w{number}")];
            assert!(said.iter().any(|s| texts.contains(&s.as_str())), "{name} at {size:?}");
        }
    }
}

#[test]
fn threads_without_a_chip_are_counted_by_their_states() {
    let scene = Shown::new(many(1, 1, 30), Time::from_ms(9), Dur::from_ms(40), SIZES[0]).scene();
    let texts = texts(&scene);
    let count = texts.iter().find(|t| t.starts_with('+') && t.contains(": ")).expect("a count by states");
    let [all, parts] = count.split(':').collect::<Vec<_>>()[..] else { panic!("{count}") };
    let number =
        |t: &str| t.chars().filter(char::is_ascii_digit).collect::<String>().parse::<usize>().expect("a number");
    let sum: usize = parts.split(',').map(number).sum();
    assert_eq!(sum, number(all), "{count}");
    assert!(sum > 10 && sum < 30, "{count}");
}

#[test]
fn lanes_become_thin_before_they_scroll_far() {
    let height = |scenario: &Scenario, w: f64| {
        let run = Run::new(scenario);
        least_heights(run.plan(), scenario, None, w)
    };
    let [board, all] = height(&many(64, 5, 40), 1060.0);
    assert!(board < 640.0, "{board}");
    // 64 cores, 200 threads and 4 GILs in less than 8 px each.
    assert!(all - board < 268.0 * 8.0, "{all} {board}");
    let [board, all] = height(&many(1, 1, 30), 1060.0);
    assert!(board < 300.0 && all < 900.0, "{board} {all}");
}

#[test]
fn the_claims_need_little_scrolling_on_a_small_window() {
    let mut scroll = Vec::new();
    for preset in presets::all() {
        let size = Size { w: 680.0, h: 600.0 };
        let scene = Shown::new(preset.scenario(), Time::from_ms(12), Dur::from_ms(40), (size.w, size.h)).scene();
        assert!(scene.height < 800.0, "{} needs {}", preset.name, scene.height);
        if scene.height > size.h + 0.5 {
            scroll.push(preset.name);
        }
    }
    assert!(scroll.len() * 4 < presets::all().len(), "{scroll:?}");
}

#[test]
fn who_waits_in_a_deadlock_is_named_at_any_size() {
    let dinner = presets::by_name("S5").expect("there is one").scenario();
    for size in SIZES {
        let scene = Shown::new(dinner.clone(), Time::from_ms(15), Dur::from_ms(20), size).scene();
        let texts = texts(&scene);
        assert!(!texts.iter().any(|text| text.ends_with("more")), "somebody is only counted at {size:?}");
        for name in ["Ada", "Ben", "Cem", "Dan", "Eva"] {
            let card = scene.regions.iter().find(|r| r.name.starts_with(&format!("{name}, thread of")));
            let card = card.expect("each is there").rect;
            let well = scene.regions.iter().filter(|r| r.rect.contains(card.center()));
            assert!(well.count() > 1 && texts.contains(&name), "{name} at {size:?}");
        }
    }
}

#[test]
fn who_runs_is_named_on_narrow_bars_and_never_by_digits_alone() {
    for (name, size) in ["S12", "G3", "S7", "P1a"].iter().flat_map(|n| [SIZES[0], SIZES[3]].map(|s| (n, s))) {
        let preset = presets::by_name(name).expect("there is one");
        let shown = Shown::new(preset.scenario(), Time::from_ms(12), Dur::from_ms(40), size);
        let (scene, axis) = (shown.scene(), shown.axis());
        let rows: Vec<_> = scene.regions.iter().filter(|r| matches!(r.subject, Subject::CoreLane(_))).collect();
        let row = |at: Point| rows.iter().any(|r| at.y > r.rect.y && at.y < r.rect.bottom() && at.x > axis.left);
        let names = scene.shapes.iter().filter_map(|s| match s {
            Shape::Text { text, at, .. } if row(*at) => Some((text.as_str(), *at)),
            _ => None,
        });
        let names: Vec<_> = names.collect();
        let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
        assert!(names.iter().all(|(text, _)| !digits(text)), "{name}: {names:?}");
        // 16 px are enough for any initial, beside the playhead.
        let now = axis.x(shown.playhead);
        let bars = scene.regions.iter().filter(|r| matches!(r.subject, Subject::Record(_)) && row(r.rect.center()));
        for bar in bars.map(|r| r.rect).filter(|r| r.w > 40.0 || r.w > 16.0 && (now < r.x || now > r.right())) {
            assert!(names.iter().any(|(_, at)| bar.contains(*at)), "{name} at {size:?}: nobody is named on {bar:?}");
        }
    }
}

#[test]
fn bars_that_are_too_low_for_a_name_have_none() {
    for size in SIZES {
        for scenario in crowds() {
            let scene = Shown::new(scenario, Time::from_ms(9), Dur::from_ms(40), size).scene();
            let low = scene.regions.iter().filter(|r| matches!(r.subject, Subject::Record(_)) && r.rect.h < 15.0);
            for bar in low.map(|r| r.rect) {
                let named = scene.shapes.iter().find(
                    |s| matches!(s, Shape::Text { at, text, .. } if bar.contains(*at) && !text.ends_with(" asks")),
                );
                assert_eq!(named, None, "{bar:?} at {size:?}");
            }
        }
    }
}

#[test]
fn names_on_cards_of_one_line_have_one_size() {
    let s5 = presets::by_name("S5").expect("there is one").scenario();
    for (scenario, size) in [(s5, SIZES[2]), (many(16, 1, 41), SIZES[0]), (many(64, 5, 40), SIZES[0])] {
        let scene = Shown::new(scenario, Time::from_ms(9), Dur::from_ms(40), size).scene();
        let mut sizes: Vec<(u64, u64)> = Vec::new();
        for card in scene.movers.iter().filter(|m| m.rect.h <= 26.0) {
            let name = scene.shapes[card.shapes.clone()].iter().find_map(|s| match s {
                Shape::Text { style, .. } => Some(style.size as u64),
                _ => None,
            });
            sizes.extend(name.map(|size| (card.rect.w as u64, size)));
        }
        sizes.sort_unstable();
        sizes.dedup();
        assert!(!sizes.is_empty() && sizes.windows(2).all(|pair| pair[0].0 < pair[1].0), "{sizes:?} at {size:?}");
    }
}

#[test]
fn all_who_wait_are_seen_in_a_place_for_a_few() {
    for (name, us) in [("S5", 9_000), ("S10", 9_000), ("S6", 2_000)] {
        for size in SIZES {
            let scenario = presets::by_name(name).expect("there is one").scenario();
            let scene = Shown::new(scenario, Time::from_us(us), Dur::from_ms(40), size).scene();
            assert!(!texts(&scene).iter().any(|t| t.ends_with(" more")), "{name} at {size:?}");
        }
    }
}
