//! When a thread does which of its ops.

use gilscope::engine::{Ending, Kind, Occurrence, Place, Run};
use gilscope::ids::ThreadIx;
use gilscope::scenario::{Op, Scenario, Step, json};
use gilscope::time::Time;
use proptest::prelude::*;

use crate::proving::{hold, hold_with};
use crate::random::{endless_scenarios, scenarios};

fn done(run: &Run, thread: ThreadIx, from: Time, to: Time) -> Vec<Occurrence> {
    run.occurrences(thread, from, to, usize::MAX).expect("no limit")
}

fn whole(s: &Scenario) -> Run {
    let mut run = Run::new(s);
    run.extend_to(Time::from_ms(60));
    run
}

/// How often each op of a program is done, loops left out, in the order in which they are written.
fn times(steps: &[Step], passes: usize, counts: &mut Vec<usize>) {
    for step in steps {
        match &step.op {
            Op::Repeat { times: n, steps } => {
                counts.push(0);
                times(steps, passes * n.unwrap_or_default() as usize, counts);
            }
            // Nothing can be seen of it.
            Op::Python(d) | Op::Extension(d) if d.is_zero() => counts.push(0),
            _ => counts.push(passes),
        }
    }
}

#[test]
fn each_op_is_done_as_often_as_the_program_says() {
    hold(scenarios(), |s| {
        let mut run = Run::new(s);
        run.extend_to(Time::NEVER);
        prop_assume!(run.ending() == Some(&Ending::AllFinished));
        for (_, thread) in s.threads() {
            let ix = run.plan().thread_ix(thread.id).expect("a thread");
            let mut counts = Vec::new();
            times(&thread.program, 1, &mut counts);
            let mut found = vec![0; counts.len()];
            done(&run, ix, Time::ZERO, Time::NEVER).iter().for_each(|o| found[usize::from(o.op)] += 1);
            prop_assert_eq!(found, counts);
        }
        Ok(())
    });
}

#[test]
fn what_a_thread_computes_and_waits_for_lies_within_the_op_of_its_record() {
    hold(prop_oneof![scenarios(), endless_scenarios()], |s| {
        let run = whole(s);
        for thread in run.plan().thread_ixs() {
            let done = done(&run, thread, Time::ZERO, Time::from_ms(60));
            prop_assert!(done.windows(2).all(|w| w[0].start <= w[0].end && w[0].end <= w[1].start));
            for segment in run.lanes().thread(thread).iter() {
                let record = run.trace()[segment.record as usize];
                let op = match segment.place {
                    Place::Running(_) => record.object(),
                    _ if matches!(record.kind(), Kind::WaitIo | Kind::WaitSleep) => record.object(),
                    _ => continue,
                };
                let around = |o: &Occurrence| Some(o.op) == op && o.start <= segment.start && segment.end <= o.end;
                prop_assert!(done.iter().any(around), "{:?} in {:?}", segment, done);
            }
        }
        Ok(())
    });
}

#[test]
fn a_stretch_has_what_the_whole_has_there() {
    hold_with(endless_scenarios(), (0u64..50_000, 0u64..9_000), |s, &(from, length)| {
        let (run, from) = (whole(s), Time::from_us(from));
        let to = from + gilscope::time::Dur::from_us(length);
        for thread in run.plan().thread_ixs() {
            let all = done(&run, thread, Time::ZERO, to);
            let there = done(&run, thread, from, to);
            let skipped = all.len() - there.len();
            prop_assert!(all[..skipped].iter().all(|o| o.end < from));
            for (one, other) in all[skipped..].iter().zip(&there) {
                prop_assert_eq!((one.op, one.end), (other.op, other.end));
                prop_assert!(one.start == other.start || other.start <= from);
            }
        }
        Ok(())
    });
}

#[test]
fn ops_that_take_no_time_are_seen_each_time_and_blocked_ones_as_long_as_they_wait() {
    let text = r#"{"v":1,"computer":{"cores":2},"processes":[{"id":0,"name":"p","runtime":"native",
        "resources":[{"id":1,"name":"lock","kind":"lock"}],"threads":[
        {"id":0,"name":"a","program":[{"repeat":2,"steps":[{"acquire":1},{"native":3},{"release":1}]}]},
        {"id":1,"name":"b","program":[{"native":1},{"acquire":1},{"yield":true},{"native":2},{"release":1}]}]}]}"#;
    let mut run = Run::new(&json::from_str(text).expect("a scenario"));
    run.extend_to(Time::NEVER);
    let shown = |thread| {
        let done = done(&run, ThreadIx(thread), Time::ZERO, Time::NEVER);
        done.iter().map(|o| format!("{}:{}-{}", o.op, o.start.ns(), o.end.ns())).collect::<Vec<_>>().join(" ")
    };
    expect_test::expect!["1:0-0 2:0-3 3:3-3 1:3-3 2:3-6 3:6-6"].assert_eq(&shown(0));
    expect_test::expect!["0:0-1 1:1-6 2:6-6 3:6-8 4:8-8"].assert_eq(&shown(1));
    assert_eq!(run.occurrences(ThreadIx(0), Time::ZERO, Time::NEVER, 3), None);
}

#[test]
fn as_many_records_as_are_allowed_are_gone_through_and_no_more() {
    let text = r#"{"v":1,"processes":[{"id":0,"name":"p","runtime":"native","threads":[
        {"id":0,"name":"a","program":[{"native":1},{"sleep":1},{"native":1}]}]}]}"#;
    let mut run = Run::new(&json::from_str(text).expect("a scenario"));
    run.extend_to(Time::NEVER);
    let all = run.trace().len();
    let within = |records| run.occurrences(ThreadIx(0), Time::ZERO, Time::NEVER, records);
    assert_eq!(within(all).map(|done| done.len()), Some(3));
    assert_eq!(within(all - 1), None);
}

#[test]
fn in_each_pass_of_an_endless_loop_what_takes_no_time_is_seen() {
    let text = r#"{"v":1,"processes":[{"id":0,"name":"p","runtime":"native",
        "resources":[{"id":1,"name":"go","kind":"event"}],"threads":[
        {"id":0,"name":"a","program":[{"forever":[{"set":1},{"native":2},{"clear":1}]}]}]}]}"#;
    let mut run = Run::new(&json::from_str(text).expect("a scenario"));
    run.extend_to(Time::from_ns(5));
    let done = done(&run, ThreadIx(0), Time::ZERO, Time::from_ns(5));
    let shown: Vec<_> = done.iter().map(|o| format!("{}:{}", o.op, o.start.ns())).collect();
    expect_test::expect!["1:0 2:0 3:2 1:2 2:2 3:4 1:4 2:4"].assert_eq(&shown.join(" "));
}
