//! The sums of a lane are what adding up its segments gives, in any window.

use gilscope::engine::lanes::Lane;
use gilscope::engine::mipmap::MOST_THREADS;
use gilscope::engine::segments::{CoreSegment, Segment};
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
    let one_by_one: Vec<ThreadIx> = walk.threads().filter_map(|(thread, _)| thread).collect();
    prop_assert!(one_by_one.len() <= MOST_THREADS);
    for time in times {
        walk.to(*time);
        let exact = |counts: &dyn Fn(&S) -> bool| -> u64 {
            lane.iter().filter(counts).map(|s| s.end().min(*time).since(s.start()).ns()).sum()
        };
        for (kind, sum) in walk.kinds() {
            prop_assert_eq!(sum, exact(&|s| lane.kind(s) == kind), "{:?} up to {}", kind, time);
        }
        for (thread, sum) in walk.threads() {
            let counts = |s: &S| s.who().is_some_and(|who| thread.map_or(!one_by_one.contains(&who), |t| t == who));
            prop_assert_eq!(sum, exact(&counts), "{:?} up to {}", thread, time);
        }
        let all = exact(&|_| true);
        prop_assert_eq!(walk.kinds().map(|(_, sum)| sum).sum::<u64>(), all);
        let here = lane.iter().position(|s| s.start() <= *time && *time < s.end());
        prop_assert_eq!(walk.segment(), here);
        let changes = lane.iter().flat_map(|s| [s.start(), s.end()]);
        prop_assert_eq!(walk.until(), changes.filter(|t| t > time).min().unwrap_or(Time::NEVER));
    }
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
fn what_most_of_a_stretch_is_follows_from_the_sums_at_its_ends() {
    let looks = vec((0u64..=1_000, 1u64..400), 1..8);
    hold_with(endless_scenarios(), looks, |scenario, windows| {
        let mut run = Run::new(scenario);
        run.extend_past(Time::NEVER, 300);
        for (lane, (from, length)) in run.plan().core_ids().flat_map(|c| windows.iter().map(move |w| (c, w))) {
            let lane = run.lanes().core(lane);
            let at = |parts: u64| Time::from_ns(run.end().ns() / 1_000 * parts);
            let (from, to) = (at(*from), at(from + length));
            let mut walk = lane.walk().expect("sums");
            walk.to(from);
            let same: Vec<_> = (0..walk.kinds().count()).map(Some).collect();
            let most = walk.most(to, &same);
            let inside = |s: &CoreSegment| s.end.min(to).since(s.start.max(from)).ns();
            let of =
                |counts: &dyn Fn(&CoreSegment) -> bool| lane.iter().filter(counts).map(|s| inside(&s)).sum::<u64>();
            let longest_kind = lane.iter().map(|s| of(&|o| lane.kind(o) == lane.kind(&s))).max().unwrap_or(0);
            let longest_stay = lane.iter().map(|s| of(&|o| o.thread == s.thread)).max().unwrap_or(0);
            prop_assert_eq!(most.map_or(0, |m| m.length), longest_kind.min(longest_stay));
            if let Some(most) = most {
                prop_assert_eq!(of(&|s| lane.kind(s) == most.kind), longest_kind);
                prop_assert_eq!(of(&|s| Some(s.thread) == most.who), longest_stay);
            }
        }
        Ok(())
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
    assert_eq!(walk.threads().filter(|(thread, _)| thread.is_some()).count(), MOST_THREADS);
    assert_eq!(walk.threads().filter(|(thread, _)| thread.is_none()).count(), 1);
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
