//! The laws of the model, over random scenarios. `laws` steps a run instant by instant and looks at the state after each;
//! the rest compares runs with each other.

use gilscope::engine::lanes::Lane;
use gilscope::engine::segments::Segment;
use gilscope::engine::{Ending, Kind, Machine, Place, Plan, Reason, Run, Work};
use gilscope::ids::{CoreId, ThreadIx};
use gilscope::metrics::Metrics;
use gilscope::scenario::{Intervention, Op, Policy, Queues, Runtime, Scenario, Step, What};
use gilscope::time::{Dur, Time};
use proptest::prelude::*;

use crate::proving::{hold, hold_with, same_records};
use crate::random::{endless_scenarios, quirky, scenarios};
use crate::sharing::endless_sharing_scenarios;

const HORIZON: Time = Time::from_ms(10_000);

/// A run to its end, or to the horizon.
pub(crate) fn finished(scenario: &Scenario) -> Run {
    let mut run = Run::new(scenario);
    run.extend_to(HORIZON);
    run
}

/// How many instants of a run are looked at: a run in which somebody starves goes on to the horizon.
const LOOKED_AT: usize = 2_000;

/// The instants at which something happened, the first ones of a long run.
pub(crate) fn instants(run: &Run) -> Vec<Time> {
    let mut times: Vec<Time> = run.trace().iter().map(|r| r.time()).collect();
    times.dedup();
    times.truncate(LOOKED_AT);
    times
}

#[test]
fn laws_hold_at_every_instant() {
    hold(scenarios(), |scenario| {
        let run = finished(scenario);
        for time in instants(&run) {
            let machine = run.seen(time);
            at_an_instant(run.plan(), &machine)?;
        }
        of_lanes(&run)?;
        if may_go_on(scenario) && run.ending().is_none() {
            return Ok(());
        }
        prop_assert_eq!(run.ending(), Some(&Ending::AllFinished));
        for thread in run.plan().thread_ixs() {
            let last = run.lanes().thread(thread).last();
            prop_assert_eq!(last.map(|s| (s.place, s.end)), Some((Place::Finished, Time::NEVER)));
        }
        useful_time_is_the_demand(scenario, &run)?;
        nobody_begins_an_extension_once_asked(&run)
    });
}

#[test]
fn the_same_scenario_gives_the_same_trace_however_it_is_computed() {
    let any = prop_oneof![2 => endless_scenarios(), 2 => endless_sharing_scenarios(), 1 => quirky(endless_sharing_scenarios())];
    hold_with(any, 1usize..40, |scenario, cut| {
        let mut whole = Run::new(scenario);
        whole.extend_to(Time::from_ms(60));
        let mut parts = Run::new(scenario);
        for ms in (0..=60).step_by(*cut).chain([60]) {
            parts.extend_to(Time::from_ms(ms));
            let kept = &whole.trace()[..parts.trace().len().min(whole.trace().len())];
            same_records(parts.trace(), kept)?;
        }
        same_records(parts.trace(), whole.trace())
    });
}

#[test]
fn a_look_at_any_time_equals_playing_forward_to_it() {
    hold_with(prop_oneof![2 => scenarios(), 1 => quirky(scenarios())], 0u64..80_000, |scenario, us| {
        let time = Time::from_us(*us);
        let (seen, forward) = (finished(scenario), Run::new(scenario).at(time));
        prop_assert!(format!("{:?}", seen.seen(time)) == format!("{forward:?}"), "the states at {time} differ");
        Ok(())
    });
}

#[test]
fn an_intervention_changes_no_record_before_it() {
    hold_with(scenarios(), (1u64..60_000, any::<u16>(), any::<u8>()), |scenario, (us, thread, core)| {
        let at = Time::from_us(*us);
        let ids: Vec<_> = scenario.threads().map(|(_, t)| t.id).collect();
        let mut changed = scenario.clone();
        let what = What::RunHere {
            thread: ids[usize::from(*thread) % ids.len()],
            core: CoreId(core % scenario.computer.cores),
        };
        changed.interventions.push(Intervention { at, what, extra: Default::default() });
        let (before, after) = (finished(scenario), finished(&changed));
        let until = before.trace().partition_point(|r| r.time() < at);
        same_records(&before.trace()[..until], &after.trace()[..until.min(after.trace().len())])
    });
}

/// Whether a run may go on beyond the horizon. A policy that goes strictly by a key can leave the holder of a GIL waiting for
/// a core for ever, if those who look for that GIL again and again take all the time for being switched to; under CFS the
/// slices of light threads beside heavy ones are some microseconds, of which the switches to them are a thousand times as
/// much.
pub(crate) fn may_go_on(scenario: &Scenario) -> bool {
    let strict = matches!(scenario.computer.policy, Policy::Sjf | Policy::Srtf | Policy::Priority(_) | Policy::Mlfq(_));
    let short = matches!(scenario.computer.policy, Policy::Cfs(_));
    let costs = scenario.computer.costs.costs();
    (strict || short) && ![costs.switch, costs.process_switch, costs.migration].iter().all(|cost| cost.is_zero())
}

/// The laws of a settled instant.
pub(crate) fn at_an_instant(plan: &Plan, machine: &Machine) -> Result<(), TestCaseError> {
    one_place(plan, machine)?;
    gil_laws(plan, machine)?;
    queues_are_even(plan, machine)?;
    no_core_idles_beside_a_ready_thread(plan, machine)
}

/// The laws of a whole run's records and lanes.
pub(crate) fn of_lanes(run: &Run) -> Result<(), TestCaseError> {
    time_never_goes_back(run)?;
    lanes_have_no_gaps(run)?;
    wanting_the_gil_ends_by_taking_it(run)
}

/// A thread is in exactly one place: what it is agrees with what the queues, cores and GILs hold.
fn one_place(plan: &Plan, machine: &Machine) -> Result<(), TestCaseError> {
    for thread in plan.thread_ixs() {
        let state = machine.thread(thread);
        let in_ready = machine.ready().filter(|t| *t == thread).count();
        let on_cores: Vec<CoreId> = plan.core_ids().filter(|c| machine.core(*c).thread == Some(thread)).collect();
        let waiting = plan.gil_ixs().map(|g| machine.gil(g).waiters.iter().filter(|t| **t == thread).count()).sum();
        let forced = plan.gil_ixs().filter(|g| machine.gil(*g).forced == Some(thread)).count();
        let expected = match state.place {
            Place::Ready => (1, 0, 0, 0),
            Place::SwitchingIn | Place::Running(_) => (0, 1, 0, 0),
            Place::WantsGil => (0, 0, 1usize, 0),
            Place::ForcedWait => (0, 0, 0, 1),
            Place::NotStarted | Place::Waking | Place::Waiting(_) | Place::Finished => (0, 0, 0, 0),
        };
        let found = (in_ready, on_cores.len(), waiting, forced);
        prop_assert_eq!(found, expected, "{:?} at {} in {:?}", thread, machine.time(), state.place);
        prop_assert_eq!(state.core, on_cores.first().copied());
        if let Some(core) = state.core {
            prop_assert!(plan.thread(thread).cores.allows(core), "{:?} runs where it may not", thread);
        }
    }
    Ok(())
}

fn gil_laws(plan: &Plan, machine: &Machine) -> Result<(), TestCaseError> {
    for thread in plan.thread_ixs() {
        let computes = matches!(machine.thread(thread).place, Place::Running(Work::Python | Work::Extension));
        if computes && plan.thread(thread).gil.is_some() {
            prop_assert!(machine.holds_gil(plan, thread), "{:?} runs Python without the GIL", thread);
        }
    }
    for gil in plan.gil_ixs() {
        let state = machine.gil(gil);
        let wants = |t: &ThreadIx| plan.thread(*t).gil == Some(gil) && machine.needs_gil(*t);
        if let Some(holder) = state.holder {
            let place = machine.thread(holder).place;
            let holds =
                matches!(place, Place::SwitchingIn | Place::Ready | Place::Running(Work::Python | Work::Extension));
            prop_assert!(holds, "a holder is {:?}", place);
            prop_assert_eq!(plan.thread(holder).gil, Some(gil), "a GIL of another process");
            prop_assert!(!machine.needs_gil(holder));
        }
        if let Some(forced) = state.forced {
            let someone_else = plan.thread_ixs().filter(|t| *t != forced).any(|t| wants(&t));
            prop_assert!(someone_else, "a forced wait that nobody can end");
        }
        prop_assert!(state.requested_by.is_none() || state.holder.is_some(), "a request on a free GIL");
        let deaf = state.holder.filter(|_| state.requested_by.is_some()).and_then(|h| machine.work(h));
        prop_assert!(deaf != Some(Work::Python), "bytecode goes on although somebody has asked");
    }
    Ok(())
}

/// Of its own queue, and of any from which it takes.
fn no_core_idles_beside_a_ready_thread(plan: &Plan, machine: &Machine) -> Result<(), TestCaseError> {
    for core in plan.core_ids().filter(|c| machine.core(*c).thread.is_none()) {
        let pulls = !matches!(&plan.queues, Queues::PerCore(queues) if !queues.pull);
        let own = if plan.queue_count() == 1 { 0 } else { core.ix() };
        let queues = machine.queues().iter().enumerate().filter(|(i, _)| pulls || *i == own);
        let mut ready = queues.flat_map(|(_, queue)| &queue.threads);
        let could = ready.find(|t| plan.thread(**t).cores.allows(core));
        prop_assert_eq!(could, None, "core {} is idle at {}", core.0, machine.time());
    }
    Ok(())
}

/// Where each core has a queue, nobody waits in that of a core where it may not run; and at the times at which queues are
/// evened out, nobody could go from a core to one with fewer threads by two.
fn queues_are_even(plan: &Plan, machine: &Machine) -> Result<(), TestCaseError> {
    let Queues::PerCore(queues) = &plan.queues else { return Ok(()) };
    let queue = |core: CoreId| &machine.queues()[core.ix()].threads;
    let load = |core: CoreId| queue(core).len() + usize::from(machine.core(core).thread.is_some());
    for from in plan.core_ids() {
        prop_assert!(queue(from).iter().all(|t| plan.thread(*t).cores.allows(from)));
        if queues.balance.is_some_and(|every| machine.time().ns().is_multiple_of(every.ns())) {
            for to in plan.core_ids().filter(|to| load(*to) + 1 < load(from)) {
                let could = queue(from).iter().find(|t| plan.thread(**t).cores.allows(to));
                prop_assert_eq!(could, None, "core {} has more than {} at {}", from.0, to.0, machine.time());
            }
        }
    }
    Ok(())
}

fn time_never_goes_back(run: &Run) -> Result<(), TestCaseError> {
    prop_assert!(run.trace().windows(2).all(|pair| pair[0].time() <= pair[1].time()));
    Ok(())
}

/// A thread's lane covers its life without gaps, and a core's and a GIL's stretches do not overlap.
fn lanes_have_no_gaps(run: &Run) -> Result<(), TestCaseError> {
    fn apart<S: Segment>(lane: Lane<'_, S>) -> bool {
        lane.iter().zip(lane.iter().skip(1)).all(|(one, next)| one.end() <= next.start())
    }
    for thread in run.plan().thread_ixs() {
        let lane = run.lanes().thread(thread);
        prop_assert!(lane.iter().zip(lane.iter().skip(1)).all(|(one, next)| one.end == next.start));
        let planned = run.plan().thread(thread).start;
        prop_assert!(lane.first().is_none_or(|s| planned == Time::NEVER || s.start == planned));
    }
    prop_assert!(run.plan().core_ids().all(|c| apart(run.lanes().core(c))));
    prop_assert!(run.plan().gil_ixs().all(|g| apart(run.lanes().gil(g))));
    Ok(())
}

/// What a program asks for, by kind of work; code of Python and of extensions takes some percent longer without a GIL.
fn demand(steps: &[Step], work: Work, overhead: u16) -> Dur {
    let slower = |d: Dur| Dur::from_ns(d.ns() * (100 + u64::from(overhead)) / 100);
    let of = |step: &Step| match &step.op {
        Op::Python(d) if work == Work::Python => slower(*d),
        Op::Extension(d) if work == Work::Extension => slower(*d),
        Op::Native(d) if work == Work::Native => *d,
        Op::Repeat { times: Some(times), steps } => demand(steps, work, overhead) * u64::from(*times),
        _ => Dur::ZERO,
    };
    steps.iter().map(of).sum()
}

fn useful_time_is_the_demand(scenario: &Scenario, run: &Run) -> Result<(), TestCaseError> {
    let figures = Metrics::of(run, run.end());
    for (process, thread) in scenario.threads() {
        let overhead = match process.runtime {
            Runtime::FreeThreaded { overhead, .. } => overhead,
            _ => 0,
        };
        let ix = run.plan().thread_ix(thread.id).expect("a thread of the scenario");
        for work in [Work::Python, Work::Extension, Work::Native] {
            let lane = run.lanes().thread(ix).iter().filter(|s| s.place == Place::Running(work));
            let mut done: Dur = lane.map(|s| s.end - s.start).sum();
            if work == Work::Python {
                done = done.saturating_sub(figures.threads[ix.ix()].totals.checks);
            }
            prop_assert_eq!(done, demand(&thread.program, work, overhead), "{:?} of {}", work, thread.name);
        }
    }
    Ok(())
}

/// Between wanting the GIL and running Python there is always a take.
fn wanting_the_gil_ends_by_taking_it(run: &Run) -> Result<(), TestCaseError> {
    for thread in run.plan().thread_ixs() {
        let mut wants = false;
        for record in run.trace().iter().filter(|r| r.thread() == thread) {
            match record.kind() {
                Kind::WantsGil => wants = true,
                Kind::TakeGil => wants = false,
                Kind::RunPython | Kind::RunExtension | Kind::RunNative | Kind::WaitIo | Kind::WaitSleep => {
                    prop_assert!(!wants, "{:?} went on without the GIL it wanted", record);
                }
                Kind::Finished => prop_assert!(!wants),
                _ => {}
            }
        }
    }
    Ok(())
}

/// A holder that has been asked drops the GIL before its next op.
fn nobody_begins_an_extension_once_asked(run: &Run) -> Result<(), TestCaseError> {
    let mut asked: Vec<Option<Time>> = vec![None; run.plan().gils.len()];
    for record in run.trace() {
        match (record.kind(), run.plan().thread(record.thread()).gil) {
            (Kind::RequestGil, Some(gil)) => asked[gil.ix()] = asked[gil.ix()].or(Some(record.time())),
            (Kind::DropGil, Some(gil)) => asked[gil.ix()] = None,
            (Kind::RunExtension, Some(gil)) if record.reason() == Reason::NextOp => {
                let before = asked[gil.ix()].filter(|time| *time < record.time());
                prop_assert!(before.is_none(), "{:?} although asked at {:?}", record, before);
            }
            _ => {}
        }
    }
    Ok(())
}
