//! What the picture says at an instant of the GIL, and its SVG.

use expect_test::expect;
use gilscope::scene::svg::to_svg;
use gilscope::scene::{Shape, Theme};
use gilscope::time::{Dur, Time};

use super::fixtures::{Shown, gil};

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
        quantum 4 ms
        nobody waits for a core
        computer
        2 cores
        core 0
        pin
        T1
        10.0/20 ms
        runs Python,
        holds the GIL
        core 1
        pin
        idle
        T2 wants the
        GIL, a core
        would not help
        T1
        on core 0
        T2
        wants the GIL"#]]
    .assert_eq(&texts.collect::<Vec<_>>().join("\n"));
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

#[test]
fn the_same_picture_gives_the_same_scene() {
    assert_eq!(shown().scene(), shown().scene());
}
