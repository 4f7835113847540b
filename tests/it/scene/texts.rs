//! What the picture says at an instant of the GIL, and its SVG.

use expect_test::expect;
use gilscope::engine::Place;
use gilscope::ids::{CoreId, ThreadIx};
use gilscope::scenario::{CoreSet, CostSet, Op, Runtime};
use gilscope::scene::svg::to_svg;
use gilscope::scene::{Shape, Theme};
use gilscope::time::{Dur, Time};

use super::fixtures::{Shown, gil, process, scenario, thread};

fn shown() -> Shown {
    // T1 holds the GIL, T2 waits for it beside an idle core.
    Shown::new(gil(2, 2), Time::from_us(15_600), Dur::from_ms(20), (1060.0, 740.0))
}

#[test]
fn a_free_core_does_not_help_and_the_picture_says_so() {
    let scene = shown().scene();
    let texts = scene.shapes.iter().filter_map(|s| match s {
        Shape::Text { text, .. } => Some(text.as_str()),
        _ => None,
    });
    expect![[r#"
        0 ms
        2 ms
        4 ms
        6 ms
        8 ms
        10 ms
        12 ms
        14 ms
        16 ms
        18 ms
        20 ms
        core 0
        core 1
        GIL
        T1
        T2
        T1
        T1
        T2
        T2
        T1
        T2
        T1
        T2
        T2 asks
        T1 asks
        T2 asks
        runs Python
        wants the GIL
        forced wait
        waking
        paler: what will happen
        python
        CPython · switch interval 5 ms
        GIL
        wants the GIL →
        1
        T2
        4.8 ms
        python 5.2 of 20 ms
        T2 asks at 16 ms if nobody switches
        ready →
        0
        waits for a core
        round robin · quantum 4 ms
        nobody waits for a core
        computer
        2 cores
        core 0
        pin
        T1
        10.0/20 ms
        runs Python, holds
        the GIL
        core 1
        pin
        idle
        T2 wants the GIL,
        a core would not
        help
        T1
        on core 0
        T2
        wants the GIL"#]]
    .assert_eq(&texts.collect::<Vec<_>>().join("\n"));
}

/// All texts, as if each stood in one line.
fn said(shown: &Shown) -> String {
    let scene = shown.scene();
    let texts = scene.shapes.iter().filter_map(|s| match s {
        Shape::Text { text, .. } => Some(text.as_str()),
        _ => None,
    });
    texts.collect::<Vec<_>>().join(" ")
}

#[test]
fn during_a_hand_off_the_picture_says_who_signalled_whom() {
    // Slow motion: a hand-off takes 0.2 ms.
    let mut shown = Shown::new(gil(2, 2), Time::from_us(5_300), Dur::from_ms(20), (1060.0, 740.0));
    let places = [0, 1].map(|t| shown.machine.thread(ThreadIx(t)).place);
    assert_eq!(places, [Place::ForcedWait, Place::Waking]);
    assert!(said(&shown).contains("T1 dropped the GIL and signalled T2"), "{}", said(&shown));
    shown = Shown::new(gil(2, 2), Time::from_us(6_000), Dur::from_ms(20), (1060.0, 740.0));
    assert!(!said(&shown).contains("signalled"));
}

#[test]
fn a_request_that_waits_for_c_code_is_said_at_both_ends() {
    let long = |id, name: &str, op| thread(id, name, &[op]);
    let threads = vec![long(1, "parse", Op::Extension(Dur::from_ms(20))), long(2, "page", Op::Python(Dur::from_ms(3)))];
    let app = scenario(2, CostSet::Measured, 100, vec![process(1, "app", Runtime::default(), threads)]);
    let said = said(&Shown::new(app, Time::from_ms(9), Dur::from_ms(40), (1060.0, 740.0)));
    assert!(said.contains("page has asked parse to drop the GIL"), "{said}");
    assert!(said.contains("page asks for"), "{said}");
}

#[test]
fn an_idle_core_says_why_it_is_idle() {
    let said_at = |scenario, ms| said(&Shown::new(scenario, Time::from_ms(ms), Dur::from_ms(200), (1570.0, 900.0)));
    assert!(said_at(gil(2, 3), 2).contains("2 threads want the GIL"));
    assert!(said_at(gil(2, 2), 150).contains("all have finished"));
    let mut pinned = scenario(2, CostSet::Textbook, 4, vec![]);
    let mut threads =
        vec![thread(1, "a", &[Op::Native(Dur::from_ms(9))]), thread(2, "b", &[Op::Native(Dur::from_ms(9))])];
    for thread in &mut threads {
        thread.cores = CoreSet::only(CoreId(0));
    }
    pinned.processes = vec![process(1, "p", Runtime::Native, threads)];
    assert!(said_at(pinned, 2).contains("may not run here"));
}

#[test]
fn the_svg_holds_the_same_and_its_tags_close() {
    let scene = shown().scene();
    let svg = to_svg(&scene, 1060.0, Theme::Light);
    let count = |what: &str| svg.matches(what).count();
    let texts = scene.shapes.iter().filter(|s| matches!(s, Shape::Text { .. })).count();
    assert_eq!(count("<text "), texts);
    assert_eq!((count("<g "), count("<clipPath ")), (count("</g>"), count("</clipPath>")));
    assert!(svg.contains("wants the GIL") && svg.ends_with("</svg>\n"));
}

/// What a person is asked may hold any character; in most others nobody could see them.
#[test]
fn what_xml_cannot_have_is_not_in_the_svg() {
    let ask = Op::Input { prompt: "na\u{7}me\u{ffff} <&>".to_owned(), at: None };
    let asks = process(1, "p", Runtime::Native, vec![thread(1, "t", &[ask])]);
    let asks = scenario(1, CostSet::Textbook, 4, vec![asks]);
    let svg =
        to_svg(&Shown::new(asks, Time::from_ms(1), Dur::from_ms(20), (1060.0, 740.0)).scene(), 1060.0, Theme::Light);
    assert!(svg.contains("na me"), "it is shown");
    let allowed = |c: char| matches!(c, '\t' | '\n' | ' '..='\u{fffd}' | '\u{10000}'..);
    assert!(svg.chars().all(allowed) && !svg.contains("<&>"));
}

#[test]
fn the_same_picture_gives_the_same_scene() {
    assert_eq!(shown().scene(), shown().scene());
}

#[test]
fn cards_say_what_the_policy_goes_by() {
    let said_at = |us, preset| said(&Shown::new(preset, Time::from_us(us), Dur::from_ms(40), (1060.0, 740.0)));
    let preset = |name| gilscope::scenario::presets::by_name(name).expect("there is one").scenario();
    for (name, us, words) in [
        ("S2", 14_500, &["level 1", "level 3"][..]),
        ("S3", 7_500, &["100 tickets", "200 tickets", "300 tickets"]),
        ("S7", 7_500, &["prio 1", "prio 2", "prio 5"]),
        ("S9", 7_500, &["prio 1", "prio 2", "prio 3"]),
    ] {
        let said = said_at(us, preset(name));
        assert!(words.iter().all(|word| said.contains(word)), "{name}: {said}");
    }
    let mut fair = preset("S3");
    fair.computer.policy = gilscope::scenario::Policy::Cfs(Default::default());
    let said = said_at(7_500, fair);
    assert!(["nice 0", "nice 2", "nice 5"].iter().all(|word| said.contains(word)), "{said}");
    assert!(!said_at(7_500, preset("S1")).contains("nice"), "first come, first served goes by nothing of the kind");
}
