//! The story: of all that happens at an instant, what tells most.

use expect_test::expect;
use gilscope::scenario::presets;
use gilscope::scene::Subject;
use gilscope::session::navigate::Read;
use gilscope::session::table::{Filter, Found};

use super::*;

/// A preset, or one with a variant's changes.
fn preset(name: &str, variant: Option<&str>) -> Scenario {
    let preset = presets::by_name(name).expect("a preset");
    let scenario = preset.scenario();
    match variant {
        None => scenario,
        Some(label) => {
            let variant = preset.variants().iter().find(|v| v.label == label).expect("a variant");
            preset.variant(variant)
        }
    }
}

/// The stories of the instants from one on, each with its time.
fn stories(scenario: Scenario, from_ms: u64, count: usize) -> String {
    let mut s = session(scenario);
    if from_ms > 0 {
        s.update(Action::Seek(Time::from_ns(from_ms * 1_000_000 - 1)));
        s.update(Action::NextEvent);
    }
    let mut told = String::new();
    for _ in 0..count {
        let story = s.story().expect("something has happened");
        told += &format!("{:.3}: {}\n", story.time, story.text);
        s.update(Action::NextEvent);
    }
    told
}

#[test]
fn who_takes_a_lock_or_an_item_is_told_with_what_comes_of_it() {
    expect![[r#"
        0 ms: Nobody holds the GIL, so Ada takes it.
        2.2 µs: Cem needs the GIL to go on, but Ada holds it, so Cem waits and will ask for it after 5 ms without a switch. Dan gets core 1.
        4.4 µs: Dan needs the GIL to go on, but Ada holds it, so Dan waits and will ask for it after 5 ms without a switch. Eva gets core 1.
        6.6 µs: Eva needs the GIL to go on, but Ada holds it, so Eva waits and will ask for it after 5 ms without a switch.
        1 ms: Ada takes lock fork 0, which nobody holds. Then it drops the GIL and signals Ben before it sleeps 6 ms.
        1.02 ms: Ada dropped the GIL to sleep; Ben, which wanted it for 1.02 ms, takes it.
        2.02 ms: Ben takes lock fork 1, which nobody holds. Then it drops the GIL and signals Cem before it sleeps 6 ms.
        2.04 ms: Ben dropped the GIL to sleep; Cem, which wanted it for 2.038 ms, takes it.
        3.04 ms: Cem takes lock fork 2, which nobody holds. Then it drops the GIL and signals Dan before it sleeps 6 ms.
        3.06 ms: Cem dropped the GIL to sleep; Dan, which wanted it for 3.056 ms, takes it.
        4.06 ms: Dan takes lock fork 3, which nobody holds. Then it drops the GIL and signals Eva before it sleeps 6 ms.
        4.08 ms: Dan dropped the GIL to sleep; Eva, which wanted it for 4.073 ms, takes it.
        5.08 ms: Eva takes lock fork 4, which nobody holds. Then it drops the GIL before it sleeps 6 ms.
        7 ms: Ada's sleep of 6 ms is over; waking takes 120 µs, then it is ready.
    "#]].assert_eq(&stories(preset("S5", None), 0, 14));
    expect![[r#"
        0 ms: Nobody holds the GIL, so writer takes it.
        1 ms: writer puts an item into queue pages.
        2 ms: writer puts an item into queue pages.
        3 ms: writer wants to put an item into queue pages, which is full, so it waits, without a core and without the GIL.
        3.02 ms: sender takes an item from queue pages, and wakes writer, the first who waits for room. Then it drops the GIL before it waits 4 ms for I/O.
        3.053 ms: writer puts an item into queue pages.
        4.053 ms: writer wants to put an item into queue pages, which is full, so it waits, without a core and without the GIL.
        7.02 ms: sender's I/O of 4 ms is over; waking takes 120 µs, then it is ready.
        7.14 ms: sender takes an item from queue pages, and wakes writer, the first who waits for room. Then it drops the GIL before it waits 4 ms for I/O.
        7.173 ms: writer puts an item into queue pages.
        8.173 ms: writer wants to put an item into queue pages, which is full, so it waits, without a core and without the GIL.
        11.14 ms: sender's I/O of 4 ms is over; waking takes 120 µs, then it is ready.
        11.26 ms: sender takes an item from queue pages, and wakes writer, the first who waits for room. Then it drops the GIL before it waits 4 ms for I/O.
        11.293 ms: writer puts an item into queue pages.
    "#]].assert_eq(&stories(preset("S6", None), 0, 14));
}

#[test]
fn a_thread_that_goes_from_core_to_core_is_told() {
    expect![[r#"
        4 ms: mail finishes at 4 ms, 4 ms after its start. chat gets core 1.
        6 ms: chat finishes at 6 ms, 6 ms after its start. clock gets core 1.
        8 ms: Nobody waits for core 1, so it takes film from the ready queue of core 0, the longest with one that may come: 2 wait there.
        12 ms: backup's slice (quantum 4 ms) ended while others were ready, so it goes to the tail of the ready queue, saved at 4 of 14 ms. album gets core 0.
        16 ms: album's slice (quantum 4 ms) ended while others were ready, so it goes to the tail of the ready queue, saved at 8 of 14 ms. backup gets core 0.
    "#]].assert_eq(&stories(preset("S4", None), 4, 5));
    expect![[r#"
        8 ms: clock finishes at 8 ms, 8 ms after its start.
        10 ms: Every 10 ms the cores are evened out: film goes from the ready queue of core 0 to that of core 1.
        12 ms: backup's slice (quantum 4 ms) ended while others were ready, so it goes to the tail of the ready queue, saved at 4 of 14 ms. album gets core 0.
    "#]].assert_eq(&stories(preset("S4", Some("Even them out instead")), 8, 3));
}

#[test]
fn a_policy_that_does_not_go_by_the_order_of_coming_tells_why_it_chose() {
    expect![[r#"
        0 ms: backup, with a burst of 24 ms, is first in the ready queue and core 0 is free, so it gets core 0.
        1 ms: mail starts as a thread of mail: it is ready and waits for a core.
        2 ms: chat starts as a thread of chat: it is ready and waits for a core.
        3 ms: clock starts as a thread of clock: it is ready and waits for a core.
        24 ms: clock's burst of 2 ms is the shortest of those ready, so it gets core 0.
    "#]]
    .assert_eq(&stories(preset("S1", Some("Try shortest job first")), 0, 5));
    expect![[r#"
        0 ms: film, with 300 tickets, has the smallest pass of those ready, so it gets core 0.
        1 ms: album, with 200 tickets, has the smallest pass of those ready, so it gets core 0.
        2 ms: backup, with 100 tickets, has the smallest pass of those ready, so it gets core 0.
        3 ms: film, with 300 tickets, has the smallest pass of those ready, so it gets core 0.
        4 ms: album, with 200 tickets, has the smallest pass of those ready, so it gets core 0.
        5 ms: film, with 300 tickets, has the smallest pass of those ready, so it gets core 0.
    "#]]
    .assert_eq(&stories(preset("S3", None), 0, 6));
    expect![[r#"
        0 ms: One of backup's 100 tickets was drawn, of the 600 of those ready, so it gets core 0.
        1 ms: One of film's 300 tickets was drawn, of the 600 of those ready, so it gets core 0.
        2 ms: One of film's 300 tickets was drawn, of the 600 of those ready, so it gets core 0.
        3 ms: One of backup's 100 tickets was drawn, of the 600 of those ready, so it gets core 0.
    "#]]
    .assert_eq(&stories(preset("S3", Some("Try a lottery")), 0, 4));
    expect![[r#"
        0 ms: film has the smallest virtual runtime of those ready, 0 ms, so it gets core 0.
        3.051 ms: album has the smallest virtual runtime of those ready, 0 ms, so it gets core 0.
        4.299 ms: backup has the smallest virtual runtime of those ready, 0 ms, so it gets core 0.
        5.264 ms: album has the smallest virtual runtime of those ready, 1.951 ms, so it gets core 0.
    "#]]
    .assert_eq(&stories(preset("S3", Some("Try CFS")), 0, 4));
    expect![[r#"
        0 ms: film has the earliest virtual deadline of those eligible, 1.4 ms, so it gets core 0.
        1.4 ms: album has the earliest virtual deadline of those eligible, 2.189 ms, so it gets core 0.
        2.8 ms: film has the earliest virtual deadline of those eligible, 2.8 ms, so it gets core 0.
        4.2 ms: backup has the earliest virtual deadline of those eligible, 4.279 ms, so it gets core 0; those before it have had more than their share.
    "#]].assert_eq(&stories(preset("S3", Some("Try EEVDF")), 0, 4));
}

#[test]
fn the_end_of_a_slice_is_told_with_who_comes_next() {
    expect![[r#"
        0 ms: zip is first in the ready queue and core 1 is free, so it gets core 1.
        4 ms: zip's slice (quantum 4 ms) ended while others were ready, so it goes to the tail of the ready queue, saved at 4 of 20 ms. etl gets core 1.
        8 ms: etl's slice (quantum 4 ms) ended while others were ready, so it goes to the tail of the ready queue, saved at 8 of 20 ms. zip gets core 1.
        12 ms: zip's slice (quantum 4 ms) ended while others were ready, so it goes to the tail of the ready queue, saved at 8 of 20 ms. etl gets core 1.
    "#]].assert_eq(&stories(native(), 0, 4));
}

#[test]
fn a_story_is_short() {
    for preset in presets::all().iter().filter(|p| p.name != "Y2") {
        let scenario = preset.scenario();
        let endless = scenario.is_endless();
        let mut s = session(scenario);
        let mut long = 0;
        let mut all = 0;
        while !endless && said(&s.update(Action::NextEvent)).is_empty() {
            let text = s.story().expect("a story").text;
            assert!(text.chars().count() <= 260, "{}: {text}", preset.name);
            long += usize::from(text.chars().count() > 160);
            all += 1;
        }
        assert!(long * 3 <= all, "{}: {long} of {all} stories are long", preset.name);
    }
}

#[test]
fn a_lock_that_is_called_by_its_kind_alone_is_the_lock() {
    let told = stories(preset("S10", None), 0, 60);
    assert!(told.contains("needs the lock, but"), "{told}");
    assert!(!told.contains("needs lock") && !told.contains("takes lock"), "{told}");
}

/// The number of the row that is the current one in the table of all events, or in that of one thread's.
fn current(s: &Session, thread: Option<ThreadIx>) -> Option<usize> {
    let thread = thread.map(|ix| s.run().plan().thread(ix).id);
    let mut found = Found::new(Filter { thread, ..Filter::default() });
    while found.look_on(s, 1_000) < 1.0 {}
    found.now(s).map(|row| found.rows(s, row, 1)[0].record)
}

#[test]
fn the_current_row_of_the_table_is_the_one_that_the_story_tells() {
    for name in ["S10", "S11", "W4"] {
        let mut s = session(preset(name, None));
        for _ in 0..60 {
            let told = s.story().expect("something has happened").record;
            assert_eq!(current(&s, None), Some(told), "{name}");
            s.update(Action::NextEvent);
        }
    }
}

#[test]
fn a_row_that_is_clicked_is_told_and_stays_the_current_one_until_the_playhead_moves() {
    let mut s = session(preset("S10", None));
    s.update(Action::ToEnd);
    for record in (0..s.run().trace().len()).step_by(7) {
        let of = s.run().trace()[record];
        s.update(Action::Read(Read::Record(record)));
        assert_eq!((s.playhead(), s.story().map(|story| story.record)), (of.time(), Some(record)));
        assert_eq!((current(&s, None), current(&s, Some(of.thread()))), (Some(record), Some(record)));
    }
    s.update(Action::Read(Read::Record(40)));
    let clicked = s.playhead();
    s.update(Action::NextEvent);
    s.update(Action::PreviousEvent);
    assert_eq!(s.playhead(), clicked);
    let mut fresh = session(preset("S10", None));
    fresh.update(Action::Seek(clicked));
    assert_eq!(s.story(), fresh.story(), "back again, it is told what tells most");
}

#[test]
fn with_a_thread_selected_each_step_tells_of_that_thread() {
    let mut s = session(preset("S10", None));
    let thread = ThreadIx(2);
    s.update(Action::Select(Some(Subject::Thread(thread))));
    for read in [Read::Next; 30].into_iter().chain([Read::Previous; 20]) {
        s.update(Action::Read(read));
        let told = s.story().expect("something has happened");
        let of = s.run().trace()[told.record];
        assert_eq!((of.thread(), of.time()), (thread, s.playhead()), "{}", told.text);
    }
}
