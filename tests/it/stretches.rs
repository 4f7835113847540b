//! Why a stretch of a lane is there: what it is, why it began and ended, and who brought that about.

use expect_test::expect;
use gilscope::engine::segments::Segment;
use gilscope::engine::{Kind, Run};
use gilscope::explain::{sentence, stretch, thread_name};
use gilscope::scenario::presets;
use gilscope::time::Time;

fn run(preset: &str) -> Run {
    let mut run = Run::new(&presets::by_name(preset).expect("there is one").scenario());
    run.extend_to(Time::from_ms(200));
    run
}

/// All that is told of the stretch that a record began.
fn told(run: &Run, record: usize) -> String {
    let of = stretch(run, record).expect("a stretch");
    let to = of.to.map_or("…".to_owned(), |to| to.to_string());
    let mut text = format!("{}: {} to {to}\n", of.what, of.from);
    for (word, records) in [("began", &of.began), ("ended", &of.ended)] {
        records.iter().for_each(|i| text += &format!("  {word}: {}\n", sentence(run, *i)));
    }
    let by: Vec<String> = of.caused_by.iter().map(|t| thread_name(run.plan(), *t)).collect();
    text + &format!("  by: {}\n", by.join(", "))
}

#[test]
fn a_wait_for_the_gil_tells_who_held_it_and_how_it_was_got() {
    let run = run("W4");
    let wants = run.trace().iter().position(|r| r.kind() == Kind::WantsGil).expect("one waits");
    expect![[r#"
        worker wants the GIL: 0 ms to 5.2 ms
          began: worker starts as a thread of count.py: it is ready and waits for a core.
          began: worker is first in the ready queue and core 1 is free, so it gets core 1.
          began: worker needs the GIL to go on, but main holds it, so worker waits and will ask for it after 5 ms without a switch.
          ended: worker is first in the ready queue and core 1 is free, so it gets core 1.
          ended: worker waited 5.2 ms for the GIL and nobody switched meanwhile, so it asks main to drop it.
          ended: main released the GIL and signalled worker, the first who waited; waking takes 200 µs, and the signal is no hand-over: whoever is on a core first takes the GIL.
          by: main
    "#]].assert_eq(&told(&run, wants));
}

#[test]
fn a_possession_of_the_gil_ends_with_who_asked_for_it() {
    let run = run("W4");
    let takes = run.trace().iter().position(|r| r.kind() == Kind::TakeGil).expect("one takes it");
    expect![[r#"
        main holds the GIL: 0 ms to 5.2 ms
          began: Nobody holds the GIL, so main takes it.
          ended: main sees that worker asked for the GIL: it drops it at 5.2 of 15 ms of its Python and signals worker.
          by: worker
    "#]]
    .assert_eq(&told(&run, takes));
}

#[test]
fn a_wait_for_a_lock_tells_who_held_it() {
    let run = run("S5");
    let waits = run.trace().iter().position(|r| r.kind() == Kind::WaitLock).expect("one waits");
    expect![[r#"
        Ada waits for lock fork 1: 7.12 ms to …
          began: Nobody holds the GIL, so Ada takes it.
          began: Ada drops the GIL to wait for lock fork 1.
          began: Ada needs lock fork 1, but Ben holds it, so it waits for its release, without a core and without the GIL.
          by: Eva, Ben
    "#]].assert_eq(&told(&run, waits));
}

#[test]
fn a_possession_of_a_lock_ends_with_its_release() {
    let run = run("S9");
    let takes = run.trace().iter().position(|r| r.kind() == Kind::Acquire).expect("one takes it");
    let told = told(&run, takes);
    assert!(told.contains(" holds ") && told.contains("  ended: ") && !told.contains("to …"), "{told}");
}

/// A stretch that can be pointed at is explained, whichever lane it is of.
#[test]
fn every_stretch_of_every_preset_says_why_it_began_and_why_it_ended() {
    for preset in presets::all() {
        let run = &run(preset.name);
        let lanes = run.lanes();
        let threads =
            run.plan().thread_ixs().flat_map(|t| lanes.thread(t).iter().map(|s| (s.start(), s.end(), s.record)));
        let gils = run.plan().gil_ixs().flat_map(|g| lanes.gil(g).iter().map(|s| (s.start(), s.end(), s.record)));
        let shared = run.shared();
        let lanes_of_objects = run.plan().object_ixs().map(|o| shared.lanes(run.trace()).held(o));
        let objects = lanes_of_objects.flat_map(|lane| lane.iter().map(|s| (s.start(), s.end(), s.record)));
        for (from, to, record) in threads.chain(gils).chain(objects.collect::<Vec<_>>()) {
            let of = stretch(run, record as usize).unwrap_or_else(|| panic!("{}: {record} is no stretch", preset.name));
            let to = Some(to).filter(|to| *to != Time::NEVER);
            assert_eq!((of.from, of.to), (from, to), "{}: {}", preset.name, of.what);
            assert!(!of.began.is_empty() && (to.is_none() || !of.ended.is_empty()), "{}: {}", preset.name, of.what);
        }
        for core in run.plan().core_ids() {
            for segment in lanes.core(core).iter() {
                assert!(stretch(run, segment.record as usize).is_some(), "{}: core {}", preset.name, core.0);
            }
        }
    }
}
