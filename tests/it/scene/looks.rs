//! What each state of a thread looks like, shape by shape, and that no two look alike.

use expect_test::{Expect, expect};
use gilscope::engine::{Cause, Place};
use gilscope::scene::Shape;

use super::dump::{bounds, dump, look};
use super::states::{STATES, State};

fn one(name: &str) -> &'static State {
    STATES.iter().find(|s| s.name == name).unwrap_or_else(|| panic!("there is a state “{name}”"))
}

fn golden(name: &str, expected: &Expect) {
    let state = one(name);
    let shown = state.shown();
    assert_eq!(shown.machine.thread(state.thread).place, state.place, "{name}");
    let scene = shown.scene();
    let (card, on_card) = state.card(&scene);
    let (_, on_lane) = state.lane(&shown, &scene);
    let lane: Vec<String> = on_lane.iter().map(look).collect();
    expected.assert_eq(&format!("{}\nlane: {}", dump(&on_card, card), lane.join("; ")));
}

#[test]
fn who_runs_python_has_a_full_bar_and_the_token_on_its_card() {
    golden(
        "runs Python",
        &expect![[r#"
            0,2 rect w=254 h=50 Line 0.55
            0,0 rect w=254 h=50 Card | Line 1
            0,0 rect w=6 h=50 Thread(0)
            14,14 “T1” 14 bold Text
            14,32 “python 2.5 of 20 ms” 13 Muted
            14,42 rect w=232 h=4 Line 0.80
            14,42 rect w=29 h=4 Thread(0)
            244,8 circle r=10.5 Gil | OnGil 1.2
            241,6 circle r=2.7 | OnGil 1.7
            243,8 line w=6 h=4 | OnGil 1.7
            245,11 line w=-1 h=2 | OnGil 1.7
            247,12 line w=-1 h=2 | OnGil 1.7
            lane: rect w=194 h=17 Thread(0); rect w=210 h=17 Thread(0) 0.38"#]],
    );
}

#[test]
fn c_code_that_keeps_the_gil_is_dotted() {
    golden(
        "runs C code, keeps the GIL",
        &expect![[r#"
            0,2 rect w=174 h=58 Line 0.55
            0,0 rect w=174 h=58 Card | Line 1
            0,0 rect w=6 h=58 Thread(8)
            14,16 “parse” 14 bold Text
            14,35 “extension 10.0/40 ms” 13 Muted
            14,48 rect w=137 h=4 Line 0.80
            14,48 rect w=34 h=4 Thread(8)
            161,50 circle r=3.5 Process(2)
            163,8 circle r=10.5 Gil | OnGil 1.2
            160,6 circle r=2.7 | OnGil 1.7
            162,8 line w=6 h=4 | OnGil 1.7
            164,11 line w=-1 h=2 | OnGil 1.7
            166,12 line w=-1 h=2 | OnGil 1.7
            lane: rect w=776 h=26 Thread(8) Dots; rect w=776 h=26 Thread(8) 0.38 Dots"#]],
    );
}

#[test]
fn who_runs_without_the_gil_is_striped_and_has_no_token() {
    golden(
        "runs, GIL released",
        &expect![[r#"
            0,2 rect w=174 h=58 Line 0.55
            0,0 rect w=174 h=58 Card | Line 1
            0,0 rect w=6 h=58 Thread(6)
            14,16 “zip” 14 bold Text
            14,35 “native 10.0 of 40 ms” 13 Muted
            14,48 rect w=137 h=4 Line 0.80
            14,48 rect w=34 h=4 Thread(6)
            161,50 circle r=3.5 Process(1)
            lane: rect w=776 h=26 Thread(6) Stripes; rect w=776 h=26 Thread(6) 0.38 Stripes"#]],
    );
}

#[test]
fn a_context_switch_is_checked() {
    golden(
        "switching in",
        &expect![[r#"
            0,2 rect w=280 h=53 Line 0.55
            0,0 rect w=280 h=53 Card | Line 1
            0,0 rect w=6 h=53 Thread(1)
            14,15 “T2” 14 bold Text
            14,33 “python 0 of 20 ms” 13 Muted
            14,44 rect w=257 h=4 Line 0.80
            lane: rect w=1307 h=6 Thread(1) 0.45; rect w=82 h=21 Thread(1) Checks; rect w=82 h=21 Thread(1) 0.38 Checks"#]],
    );
}

#[test]
fn who_is_ready_has_a_thin_bar() {
    golden(
        "ready",
        &expect![[r#"
            0,2 rect w=206 h=53 Line 0.55
            0,0 rect w=206 h=53 Card | Line 1
            0,0 rect w=6 h=53 Thread(1)
            14,15 “T2” 14 bold Text
            197,15 “2 ms” 12 Muted
            14,33 “python 0 of 20 ms” 13 Muted
            14,44 rect w=183 h=4 Line 0.80
            lane: rect w=155 h=6 Thread(1) 0.45; rect w=155 h=6 Thread(1) 0.17"#]],
    );
}

#[test]
fn who_is_waking_has_a_thin_outline() {
    golden(
        "waking",
        &expect![[r#"
            0,2 rect w=198 h=50 Line 0.55
            0,0 rect w=198 h=50 Card | Line 1
            0,0 rect w=6 h=50 Thread(1)
            14,14 “T2” 14 bold Text
            189,14 “waking” 12 Muted
            14,32 “python 0 of 20 ms” 13 Muted
            14,42 rect w=175 h=4 Line 0.80
            162,-2 path of 3 Text
            lane: rect w=1390 h=9 Thread(1) 0.14 | Thread(1) 1.5; rect w=26 h=4 | Thread(1) 1.2; rect w=26 h=4 | Thread(1) 1.2 0.38; rect w=107 h=17 Thread(1) 0.38"#]],
    );
}

#[test]
fn who_wants_the_gil_has_an_outline_as_high_as_a_bar_nearly() {
    golden(
        "wants the GIL",
        &expect![[r#"
            0,2 rect w=198 h=50 Line 0.55
            0,0 rect w=198 h=50 Card | Line 1
            0,0 rect w=6 h=50 Thread(1)
            14,14 “T2” 14 bold Text
            189,14 “2.5 ms” 12 Muted
            14,32 “python 0 of 20 ms” 13 Muted
            14,42 rect w=175 h=4 Line 0.80
            lane: rect w=192 h=9 Thread(1) 0.14 | Thread(1) 1.5; rect w=208 h=9 Thread(1) 0.05 | Thread(1) 1.5 0.38"#]],
    );
}

#[test]
fn a_forced_wait_is_a_dashed_outline() {
    golden(
        "forced wait",
        &expect![[r#"
            0,2 rect w=198 h=50 Line 0.55
            0,0 rect w=198 h=50 Card | Line 1
            0,0 rect w=6 h=50 Thread(0)
            14,14 “T1” 14 bold Text
            189,14 “forced wait” 12 Muted
            14,32 “python 5.2 of 20 ms” 13 Muted
            14,42 rect w=175 h=4 Line 0.80
            14,42 rect w=46 h=4 Thread(0)
            lane: rect w=1391 h=17 Thread(0); rect w=25 h=9 | Thread(0) 1.3 dash=3; rect w=25 h=9 | Thread(0) 1.3 0.38 dash=3; rect w=106 h=9 Thread(0) 0.05 | Thread(0) 1.5 0.38"#]],
    );
}

#[test]
fn who_waits_for_a_lock_has_blocks_and_says_who_holds_it() {
    golden(
        "waits for a lock",
        &expect![[r#"
            0,2 rect w=135 h=58 Line 0.55
            0,0 rect w=135 h=58 Card | Line 1
            0,0 rect w=6 h=58 Thread(1)
            14,16 “clerk” 14 bold Text
            126,16 “10 ms” 12 Muted
            14,35 “waits: till” 13 Muted
            123,50 circle r=3.5 Process(0)
            lane: line w=776 h=0 | Thread(1) 4.5 dash=3.5; line w=776 h=0 | Thread(1) 4.5 0.38 dash=3.5"#]],
    );
}

#[test]
fn who_waits_for_an_item_has_blocks_and_says_of_which_queue() {
    golden(
        "waits for an item",
        &expect![[r#"
            0,2 rect w=220 h=58 Line 0.55
            0,0 rect w=220 h=58 Card | Line 1
            0,0 rect w=6 h=58 Thread(7)
            14,16 “worker” 14 bold Text
            211,16 “10 ms” 12 Muted
            14,35 “queue jobs” 13 Muted
            208,50 circle r=3.5 Process(1)
            lane: line w=776 h=0 | Thread(7) 4.5 dash=3.5; line w=776 h=0 | Thread(7) 4.5 0.38 dash=3.5"#]],
    );
}

#[test]
fn who_waits_for_io_has_a_dotted_line() {
    golden(
        "waits for I/O",
        &expect![[r#"
            0,2 rect w=135 h=58 Line 0.55
            0,0 rect w=135 h=58 Card | Line 1
            0,0 rect w=6 h=58 Thread(2)
            14,16 “client” 14 bold Text
            126,16 “10 ms” 12 Muted
            14,35 “io 10.0 of 40 ms” 13 Muted
            14,48 rect w=98 h=4 Line 0.80
            14,48 rect w=24 h=4 Thread(2)
            122,50 circle r=3.5 Process(0)
            lane: line w=776 h=0 | Thread(2) 2 dash=2; line w=776 h=0 | Thread(2) 2 0.38 dash=2"#]],
    );
}

#[test]
fn who_sleeps_has_a_dashed_line() {
    golden(
        "sleeps",
        &expect![[r#"
            0,2 rect w=135 h=58 Line 0.55
            0,0 rect w=135 h=58 Card | Line 1
            0,0 rect w=6 h=58 Thread(0)
            14,16 “holder” 14 bold Text
            126,16 “10 ms” 12 Muted
            14,35 “10.0/50 ms” 13 Muted
            14,48 rect w=98 h=4 Line 0.80
            14,48 rect w=20 h=4 Thread(0)
            122,50 circle r=3.5 Process(0)
            lane: line w=776 h=0 | Thread(0) 2 dash=7; line w=776 h=0 | Thread(0) 2 0.38 dash=7"#]],
    );
}

#[test]
fn who_awaits_input_has_two_dotted_lines_and_its_question() {
    golden(
        "awaits input",
        &expect![[r#"
            0,2 rect w=135 h=58 Line 0.55
            0,0 rect w=135 h=58 Card | Line 1
            0,0 rect w=6 h=58 Thread(3)
            14,16 “asker” 14 bold Text
            126,16 “10 ms” 12 Muted
            14,35 “name?” 13 Muted
            123,50 circle r=3.5 Process(0)
            lane: line w=776 h=0 | Thread(3) 2 dash=2; line w=776 h=0 | Thread(3) 2 dash=2; line w=776 h=0 | Thread(3) 2 0.38 dash=2; line w=776 h=0 | Thread(3) 2 0.38 dash=2"#]],
    );
}

#[test]
fn who_has_not_started_has_a_chip_and_an_empty_lane() {
    golden(
        "not started",
        &expect![[r#"
            0,0 rect w=192 h=26 Well | Rim 1
            25,13 “late” 13 bold Text
            14,13 circle r=5.0 Thread(4)
            182,13 “starts at 60 ms” 13 Muted
            lane: "#]],
    );
}

#[test]
fn who_has_finished_has_a_pale_chip_and_an_empty_lane() {
    golden(
        "finished",
        &expect![[r#"
            0,0 rect w=192 h=26 Well 0.50
            25,13 “early” 13 bold Text
            14,13 circle r=5.0 Thread(5)
            182,13 “finished” 13 Muted
            lane: rect w=78 h=26 Thread(5); line w=0 h=26 | Text 2"#]],
    );
}

#[test]
fn no_two_states_look_alike_without_colour() {
    let mut looks: Vec<(String, &str)> = Vec::new();
    for state in &STATES {
        let shown = state.shown();
        let scene = shown.scene();
        // Those that wait for another thread share a look, and their cards say for what.
        let words: Vec<String> = match state.place {
            Place::Waiting(Cause::Lock | Cause::Queue) | Place::NotStarted | Place::Finished => {
                state.card(&scene).1.iter().filter(|s| matches!(s, Shape::Text { .. })).map(look).collect()
            }
            _ => Vec::new(),
        };
        let x = shown.axis().x(shown.playhead) - 1.0;
        let here = |s: &&Shape| bounds(s).is_some_and(|b| b.x <= x && x <= b.right());
        let bar: Vec<String> = state.lane(&shown, &scene).1.iter().filter(here).map(look).collect();
        let bar = bar.join(" ");
        // How long it is is no part of its look, nor is whose it is.
        let bar: Vec<&str> = bar.split(' ').filter(|w| !w.starts_with("w=") && !w.starts_with("Thread(")).collect();
        looks.push((format!("{} {}", bar.join(" "), words.join(" ")), state.name));
    }
    for (i, (look, name)) in looks.iter().enumerate() {
        for (other, of) in &looks[i + 1..] {
            assert_ne!(look, other, "“{name}” and “{of}” look alike");
        }
    }
}
