//! Lanes of what threads share: held, taken, waiting, ready, in vain. They agree with the state at any instant.

use expect_test::expect;
use gilscope::engine::shared_lanes::{Levels, SharedLanes};
use gilscope::engine::{Kind, Place, Reason, Run};
use gilscope::ids::{GilIx, ObjectIx, ThreadIx};
use gilscope::time::{Dur, Time};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::sharing_rules::{MS, run_with, thread};
use crate::build::{Build, computer, slow_costs};
use crate::sharing::sharing_scenarios;

/// A name and a row of a character for each millisecond of the run.
fn row(run: &Run, name: &str, at: impl Fn(Time) -> char) -> String {
    let columns = run.end().ns() / MS;
    let row: String = (0..columns).map(|ms| at(Time::from_ms(ms))).collect();
    format!("{name:<8}{row}\n")
}

fn held(run: &Run, lanes: SharedLanes<'_>, object: u16) -> String {
    let lane = lanes.held(ObjectIx(object));
    let letter = |t: Time| {
        let at = lane.iter().find(|s| s.start <= t && t < s.end);
        at.map_or('.', |s| run.plan().thread(s.holder).name.chars().next().expect("a name"))
    };
    row(run, &run.plan().object(ObjectIx(object)).name, letter)
}

fn level(run: &Run, name: &str, levels: Levels<'_>) -> String {
    row(run, name, |t| match levels.at(t) {
        0 => '.',
        n => char::from_digit(n.into(), 10).expect("few"),
    })
}

fn native(resources: &Value, threads: &Value) -> Run {
    run_with(&json!({ "devices": [{ "id": 9, "name": "disk" }], "processes": [
        { "id": 1, "name": "app", "runtime": "native", "resources": resources, "threads": threads },
    ]}))
}

#[test]
fn a_lock_has_its_holder_and_a_device_whom_it_serves() {
    let run = native(
        &json!([{ "id": 1, "name": "L", "kind": "lock" }]),
        &json!([
            thread(
                1,
                "A",
                &json!([{ "acquire": 1 }, { "native": 3 * MS }, { "release": 1 }, { "io": 4 * MS, "device": 9 }])
            ),
            thread(2, "B", &json!([{ "native": MS }, { "acquire": 1 }, { "native": 2 * MS }, { "release": 1 }])),
            thread(3, "C", &json!([{ "native": MS }, { "io": 5 * MS, "device": 9 }])),
        ]),
    );
    let shared = run.shared();
    let lanes = shared.lanes(run.trace());
    let text = held(&run, lanes, 0) + &held(&run, lanes, 1) + &level(&run, "ready", lanes.ready());
    expect![[r#"
        L       AAABB......
        disk    ..CCCCCAAAA
        ready   1..........
    "#]]
    .assert_eq(&text);
}

#[test]
fn a_semaphore_has_how_many_are_taken_and_never_fewer_than_none() {
    let run = native(
        &json!([{ "id": 1, "name": "S", "kind": { "semaphore": 1 } }]),
        &json!([
            thread(
                1,
                "A",
                &json!([{ "acquire": 1 }, { "native": 2 * MS }, { "release": 1 }, { "sleep": MS }, { "release": 1 }])
            ),
            thread(
                2,
                "B",
                &json!([{ "sleep": MS }, { "acquire": 1 }, { "sleep": 2 * MS }, { "release": 1 }, { "sleep": MS }])
            ),
        ]),
    );
    let shared = run.shared();
    expect![[r#"
        S       111..
    "#]]
    .assert_eq(&level(&run, "S", shared.lanes(run.trace()).taken(ObjectIx(0))));
}

#[test]
fn who_waits_for_a_gil_is_counted_and_who_is_woken_too_late_is_noted() {
    // A hand-off takes 1 ms, in which C takes the GIL that is free: B wakes in vain.
    let run = computer(3)
        .costs(slow_costs(1, 0))
        .python(&[("C", 0, "native 3500us; python 4ms"), ("A", 0, "python 3ms"), ("B", 0, "python 2ms")])
        .run();
    let shared = run.shared();
    let lanes = shared.lanes(run.trace());
    let failed = lanes.failed(GilIx(0));
    let lost = |t: Time| if failed.iter().any(|f| f.time == t) { 'x' } else { '.' };
    expect![[r#"
        waiting 111.1111..
        vain    ....x.....
    "#]]
    .assert_eq(&(level(&run, "waiting", lanes.waiting(GilIx(0))) + &row(&run, "vain", lost)));
    assert!(failed.iter().all(|f| run.trace()[f.record as usize].reason() == Reason::LostRace));
    let by_thread: usize = run.plan().thread_ixs().map(|t| lanes.failed_of(t).len()).sum();
    assert_eq!(by_thread, failed.len());
}

#[test]
fn each_message_that_is_taken_is_known_with_the_one_who_sent_it() {
    let run = run_with(&json!({ "pipes": [{ "id": 5, "name": "p" }], "processes": [
        { "id": 1, "name": "a", "runtime": "native", "threads": [
            thread(1, "A", &json!([{ "native": MS }, { "send": 5 }, { "native": MS }, { "send": 5 }]))]},
        { "id": 2, "name": "b", "runtime": "native", "threads": [
            thread(2, "B", &json!([{ "native": 5 * MS }, { "receive": 5 }, { "receive": 5 }]))]},
    ]}));
    let shared = run.shared();
    let lanes = shared.lanes(run.trace());
    let of = |kind| run.trace().iter().enumerate().filter(move |(_, r)| r.kind() == kind).map(|(i, _)| i as u32);
    let sent: Vec<u32> = of(Kind::Receive).map(|r| lanes.sent(r).expect("it was sent").record).collect();
    assert_eq!(sent.len(), 2);
    assert_eq!(sent, of(Kind::Send).collect::<Vec<_>>());
    assert!(of(Kind::Send).all(|r| lanes.sent(r).is_none()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn these_lanes_agree_with_the_state_at_every_instant(scenario in sharing_scenarios(), step in 1u64..40) {
        let mut run = Run::new(&scenario);
        run.extend_to(Time::from_ms(200));
        let shared = run.shared();
        let lanes = shared.lanes(run.trace());
        let plan = run.plan();
        let mut before = Time::ZERO;
        for record in run.trace().iter().step_by(step as usize) {
            let now = record.time();
            let machine = run.seen(now);
            let count = |is: &dyn Fn(ThreadIx) -> bool| plan.thread_ixs().filter(|t| is(*t)).count();
            prop_assert_eq!(usize::from(lanes.ready().at(now)), count(&|t| machine.thread(t).place == Place::Ready));
            for gil in plan.gil_ixs() {
                let wants = |t| plan.thread(t).gil == Some(gil) && machine.thread(t).place == Place::WantsGil;
                prop_assert_eq!(usize::from(lanes.waiting(gil).at(now)), count(&wants));
            }
            for object in plan.object_ixs() {
                let at = lanes.held(object).iter().find(|s| s.start <= now && now < s.end);
                prop_assert_eq!(at.map(|s| s.holder), machine.object(object).holder, "{} at {}", plan.object(object).name, now);
            }
            // The peak of a stretch is the greatest of all that it has.
            let (ready, after) = (lanes.ready(), now + Dur::from_ns(1));
            let most = ready.between(before, now).map(|(_, n, _)| n).max();
            prop_assert_eq!(Some(ready.peak(before, after)), most);
            before = now;
        }
        prop_assert_eq!(lanes.ready().peak(Time::ZERO, Time::NEVER), lanes.ready().max());
    }
}
