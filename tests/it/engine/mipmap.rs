//! The sums of a lane are what adding up its segments gives, in any window.

use gilscope::engine::lanes::Lane;
use gilscope::engine::mipmap::{Key, MOST_THREADS};
use gilscope::engine::segments::Segment;
use gilscope::engine::{Ending, Lanes, Run};
use gilscope::ids::ThreadIx;
use gilscope::scenario::json::from_str;
use gilscope::scenario::{Policy, Runtime};
use gilscope::time::{Dur, Time};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::build::{Build, computer};
use crate::proving::hold_with;
use crate::random::endless_scenarios;

/// Walks along a lane, and compares each look with the sums over all segments.
fn sums_are_exact<S: Segment>(lane: Lane<'_, S>, times: &[Time]) -> Result<(), TestCaseError> {
    let mut walk = lane.walk().expect("a lane of segments has sums");
    let of_thread = |key: &Key| if let Key::Thread(thread) = *key { Some(thread) } else { None };
    let one_by_one: Vec<ThreadIx> = walk.keys().iter().filter_map(of_thread).collect();
    prop_assert!(one_by_one.len() <= MOST_THREADS);
    for time in times {
        walk.to(*time);
        for (key, sum) in walk.keys().iter().zip(walk.sums()) {
            let counts = |s: &S| match *key {
                Key::Kind(kind) => lane.kind(s) == kind,
                Key::Thread(thread) => s.who() == Some(thread),
                Key::Others => s.who().is_some_and(|who| !one_by_one.contains(&who)),
            };
            let length = |s: S| s.end().min(*time).since(s.start()).ns();
            let exact: u64 = lane.iter().filter(counts).map(length).sum();
            prop_assert_eq!(*sum, exact, "{:?} up to {}", key, time);
        }
        let next = lane.iter().find(|s| s.end() > *time);
        prop_assert_eq!(walk.segment().map(|s| s.record()), next.map(|s| s.record()));
    }
    prop_assert!(lane.is_empty() || walk.keys().iter().any(|key| matches!(key, Key::Kind(_))));
    Ok(())
}

fn all_sums_are_exact(run: &Run, times: &[Time]) -> Result<(), TestCaseError> {
    let lanes: Lanes<'_> = run.lanes();
    for thread in run.plan().thread_ixs() {
        sums_are_exact(lanes.thread(thread), times)?;
    }
    for core in run.plan().core_ids() {
        sums_are_exact(lanes.core(core), times)?;
    }
    for gil in run.plan().gil_ixs() {
        sums_are_exact(lanes.gil(gil), times)?;
    }
    Ok(())
}

#[test]
fn sums_up_to_any_instant_are_those_over_all_segments_however_the_run_grew() {
    let looks = (vec(0u64..=1_050, 1..12), vec(1usize..400, 1..12));
    hold_with(endless_scenarios(), looks, |scenario, (parts, steps)| {
        let mut run = Run::new(scenario);
        for instants in steps {
            run.extend_past(Time::NEVER, *instants);
        }
        let mut times: Vec<Time> = parts.iter().map(|p| Time::from_ns(run.end().ns() / 1_000 * p)).collect();
        times.sort_unstable();
        all_sums_are_exact(&run, &times)
    });
}

#[test]
fn more_threads_than_are_counted_one_by_one_are_counted_together() {
    // They take turns on one core, and come one after another.
    let names: Vec<String> = (0..60).map(|t| format!("T{t}")).collect();
    let threads: Vec<_> = names.iter().zip(0..).map(|(n, t)| (n.as_str(), 20 * t, "native 40ms")).collect();
    let crowd = computer(1).policy(Policy::round_robin(Dur::from_ms(1)));
    let run = crowd.process("app", Runtime::Native, &threads).run();
    let times: Vec<Time> = (0..200).map(|i| Time::from_us(12_010 * i)).collect();
    all_sums_are_exact(&run, &times).expect("exact sums");
    let core = run.plan().core_ids().next().expect("a core");
    let walk = run.lanes().core(core).walk().expect("sums");
    assert!(walk.keys().contains(&Key::Others));
    assert_eq!(walk.keys().iter().filter(|k| matches!(k, Key::Thread(_))).count(), MOST_THREADS);
}

#[test]
fn the_run_whose_frames_are_measured_has_a_million_segments_on_64_lanes() {
    let scenario = from_str(include_str!("../../../benches/frames/million.json")).expect("a scenario");
    let mut run = Run::new(&scenario);
    run.extend_to(Time::from_ms(100_000));
    assert_eq!(run.ending(), Some(&Ending::AllFinished));
    let (plan, lanes) = (run.plan(), run.lanes());
    let segments = plan.thread_ixs().map(|t| lanes.thread(t).len()).sum::<usize>()
        + plan.core_ids().map(|c| lanes.core(c).len()).sum::<usize>()
        + plan.gil_ixs().map(|g| lanes.gil(g).len()).sum::<usize>();
    assert_eq!(plan.threads.len() + usize::from(plan.cores) + plan.gils.len(), 64);
    assert!((1_000_000..1_100_000).contains(&segments), "{segments} segments, {} records", run.trace().len());
    let times: Vec<Time> = (0..2).map(|i| Time::from_us(7_654_321 * i)).collect();
    all_sums_are_exact(&run, &times).expect("exact sums");
}
