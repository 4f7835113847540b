//! Where the time went, summed without a gap.

use gilscope::engine::Run;
use gilscope::ids::{CoreId, GilIx, ProcessId, ThreadId, ThreadIx};
use gilscope::metrics::Metrics;
use gilscope::scenario::{CoreSet, CostSet, Op, Process, Runtime, Scenario, Start, Thread};
use gilscope::time::{Dur, Time};
use proptest::prelude::*;

use crate::random::endless_scenarios;

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_parts_sum_to_the_whole(scenario in endless_scenarios(), until_us in 0u64..60_000) {
        let until = Time::from_us(until_us);
        let mut run = Run::new(&scenario);
        run.extend_to(Time::from_ms(80));
        let metrics = Metrics::of(&run, until);
        let whole = until.since(Time::ZERO);
        for t in &metrics.threads {
            prop_assert_eq!(t.totals.life(), t.finished.unwrap_or(until).since(t.start.unwrap_or(until)));
        }
        let mut overhead = Dur::ZERO;
        for c in &metrics.cores {
            prop_assert_eq!(c.useful + c.overhead + c.idle, whole);
            overhead += c.overhead;
        }
        for g in &metrics.gils {
            prop_assert_eq!(g.held + g.free, whole);
        }
        let useful: Dur = metrics.threads.iter().map(|t| t.totals.useful()).sum();
        let switching: Dur = metrics.threads.iter().map(|t| t.totals.switching_in).sum();
        prop_assert_eq!(useful, metrics.cores.iter().map(|c| c.useful).sum());
        let checks: Dur = metrics.threads.iter().map(|t| t.totals.checks).sum();
        prop_assert_eq!(switching + checks, overhead);
    }
}

fn thread(id: u16, op: Op) -> Thread {
    Thread {
        id: ThreadId(id),
        name: format!("T{id}"),
        start: Start::Launch,
        cores: CoreSet::ALL,
        interpreter: 0,
        share: Default::default(),
        program: vec![op.into()],
        extra: Default::default(),
    }
}

#[test]
fn two_threads_that_compute_take_turns_with_the_gil() {
    let ms = Dur::from_ms;
    let mut scenario = Scenario::empty("");
    scenario.computer.cores = 2;
    scenario.computer.costs = CostSet::Textbook;
    scenario.processes.push(Process {
        id: ProcessId(1),
        name: "app".to_owned(),
        resources: Vec::new(),
        start: Start::Launch,
        runtime: Runtime::default(),
        threads: vec![thread(1, Op::Python(ms(8))), thread(2, Op::Python(ms(7)))],
        extra: Default::default(),
    });
    let mut run = Run::new(&scenario);
    run.extend_to(Time::from_ms(100));
    // T1 runs 0–5, T2 5–10, T1 10–13, T2 13–15: three hand-offs, two of them asked for.
    let metrics = Metrics::of(&run, run.end());
    assert_eq!(metrics.makespan, Some(Time::from_ms(15)));
    let gil = metrics.gils[GilIx(0).ix()];
    assert_eq!((gil.held, gil.free, gil.hand_offs, gil.requests), (ms(15), ms(0), 3, 2));
    let t2 = metrics.threads[ThreadIx(1).ix()];
    assert_eq!((t2.response, t2.turnaround), (Some(ms(5)), Some(ms(15))));
    assert_eq!((t2.totals.python, t2.totals.wants_gil), (ms(7), ms(8)));
    let useful: Dur = metrics.cores.iter().map(|c| c.useful).sum();
    assert_eq!(useful, ms(15));
    assert_eq!(metrics.cores[CoreId(0).ix()].overhead, Dur::ZERO);

    // Cut in the middle, nobody has finished.
    let half = Metrics::of(&run, Time::from_ms(7));
    assert_eq!((half.makespan, half.threads[0].finished, half.threads[1].turnaround), (None, None, None));
    assert_eq!((half.gils[0].hand_offs, half.threads[1].totals.python), (1, ms(2)));
}

#[test]
fn a_start_is_told_before_it_comes() {
    let mut late = thread(1, Op::Python(Dur::from_ms(1)));
    late.start = Start::At(Time::from_ms(5));
    let mut child = thread(2, Op::Python(Dur::from_ms(1)));
    child.start = Start::Spawned;
    let mut scenario = Scenario::empty("");
    scenario.processes.push(Process {
        id: ProcessId(1),
        name: "app".to_owned(),
        resources: Vec::new(),
        start: Start::Launch,
        runtime: Runtime::default(),
        threads: vec![late, child],
        extra: Default::default(),
    });
    let run = Run::new(&scenario);
    let starts: Vec<_> = Metrics::of(&run, Time::from_ms(3)).threads.iter().map(|t| t.start).collect();
    assert_eq!(starts, [Some(Time::from_ms(5)), None], "but not where another thread is to start it");
}
