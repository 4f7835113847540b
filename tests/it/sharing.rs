//! Random scenarios in which threads share things, start and join each other, and await input; and the laws of that.

use gilscope::engine::plan::ObjectKind;
use gilscope::engine::{Cause, Ending, Kind, Machine, Place, Plan, Run};
use gilscope::ids::{CoreId, ObjectId, ObjectIx, ThreadId, ThreadIx};
use gilscope::scenario::{
    Intervention, Op, Pipe, Process, Resource, ResourceKind, Runtime, Scenario, Start, Step, What,
};
use gilscope::time::Time;
use proptest::prelude::*;

use crate::engine::laws;
use crate::random::{endless_scenarios, scenarios};

/// What is drawn for one op that shares, starts or waits: which, in which thread and where, about what.
type Choice = (u8, u16, u16, u16);

/// [`scenarios`], whose threads have locks, queues, pipes, each other and people to wait for. They may end in any way.
pub(crate) fn sharing_scenarios() -> impl Strategy<Value = Scenario> {
    shared(scenarios().boxed())
}

/// The same, from scenarios of which about every third thread ends in an endless loop.
pub(crate) fn endless_sharing_scenarios() -> impl Strategy<Value = Scenario> {
    shared(endless_scenarios().boxed())
}

fn shared(scenarios: BoxedStrategy<Scenario>) -> impl Strategy<Value = Scenario> {
    let choices = prop::collection::vec(any::<Choice>(), 0..=14);
    let hands = prop::collection::vec((0u64..40_000, any::<u16>(), 0u8..4, 0u16..5), 0..=4);
    (scenarios, choices, hands).prop_map(|(mut scenario, choices, hands)| {
        add_objects(&mut scenario);
        // Interpreters share no locks: here at most two of them have threads, and each its own lock.
        let several = |p: &&mut Process| matches!(p.runtime, Runtime::Subinterpreters { .. });
        for process in scenario.processes.iter_mut().filter(several) {
            process.threads.iter_mut().for_each(|t| t.interpreter %= 2);
        }
        for choice in choices {
            add_op(&mut scenario, choice);
        }
        let ids: Vec<ThreadId> = scenario.threads().map(|(_, t)| t.id).collect();
        for (us, thread, kind, to) in hands {
            let thread = ids[usize::from(thread) % ids.len()];
            let what = match kind {
                0 => What::RunHere { thread, core: CoreId(to as u8 % scenario.computer.cores) },
                1 => What::Answer { thread, text: "yes".to_owned() },
                2 => What::Reorder { thread, to },
                _ => What::Preempt { thread },
            };
            scenario.interventions.push(Intervention { at: Time::from_us(us), what, extra: Default::default() });
        }
        scenario
    })
}

fn add_objects(scenario: &mut Scenario) {
    let mut next = 0;
    let mut id = || {
        next += 1;
        ObjectId(next)
    };
    for process in &mut scenario.processes {
        for (name, kind) in [
            ("L", ResourceKind::Lock),
            ("M", ResourceKind::Lock),
            ("q", ResourceKind::Queue),
            ("memory", ResourceKind::Memory(4_096)),
        ] {
            process.resources.push(Resource { id: id(), name: name.to_owned(), kind, extra: Default::default() });
        }
    }
    scenario.pipes.push(Pipe { id: id(), name: "p".to_owned(), extra: Default::default() });
}

/// Puts an op somewhere into a program; what it is about is reduced to what there is.
fn add_op(scenario: &mut Scenario, (kind, whose, place, about): Choice) {
    let processes = scenario.processes.len();
    let pipe = scenario.pipes[0].id;
    let owner = usize::from(whose) % processes;
    let process = &mut scenario.processes[owner];
    let n = process.threads.len();
    let me = usize::from(whose) / processes % n;
    let other = usize::from(about) % n;
    let resource = |i: usize| process.resources[i].id;
    let lock = match process.runtime {
        Runtime::Subinterpreters { .. } => resource(process.threads[me].interpreter.into()),
        _ => resource(usize::from(about) % 2),
    };
    let op = match kind % 13 {
        0 | 1 => Op::Acquire(lock),
        2 | 3 => Op::Release(lock),
        4 => Op::Put(resource(2)),
        5 => Op::Get(resource(2)),
        6 => Op::Send { pipe, bytes: u32::from(about) },
        7 => Op::Receive(pipe),
        8 => Op::Yield,
        9 => Op::Input { prompt: "go on?".to_owned(), at: (about % 2 == 0).then(|| Time::from_us(about.into())) },
        10 if other != me => Op::Join(process.threads[other].id),
        11 if other > me => {
            process.threads[other].start = Start::Spawned;
            Op::Start(process.threads[other].id)
        }
        12 if owner + 1 < processes => {
            let child = &mut scenario.processes[owner + 1];
            child.start = Start::Spawned;
            let op = Op::Spawn(child.id);
            return insert(scenario, owner, me, place, op);
        }
        _ => Op::Yield,
    };
    insert(scenario, owner, me, place, op);
}

fn insert(scenario: &mut Scenario, process: usize, thread: usize, place: u16, op: Op) {
    let program = &mut scenario.processes[process].threads[thread].program;
    let at = usize::from(place) % (program.len() + 1);
    let step = Step::from(op);
    match program.get_mut(at) {
        Some(Step { op: Op::Repeat { times, steps }, .. }) if place > 30_000 && *times != Some(0) => {
            steps.insert(0, step)
        }
        _ => program.insert(at, step),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn laws_hold_where_threads_share(scenario in sharing_scenarios()) {
        prop_assert_eq!(scenario.check(), Ok(()));
        let mut run = Run::new(&scenario);
        run.extend_to(Time::from_ms(10_000));
        for time in laws::instants(&run) {
            let machine = run.seen(time);
            laws::at_an_instant(run.plan(), &machine)?;
            nobody_misses_what_is_there(run.plan(), &machine)?;
        }
        laws::of_lanes(&run)?;
        locks_are_exclusive(&run)?;
        ending_is_true(&run)?;
    }

    #[test]
    fn a_look_at_any_time_equals_playing_forward_where_threads_share(scenario in endless_sharing_scenarios(), us in 0u64..60_000) {
        let time = Time::from_us(us);
        let mut run = Run::new(&scenario);
        run.extend_to(Time::from_ms(60));
        prop_assert_eq!(format!("{:?}", run.seen(time)), format!("{:?}", Run::new(&scenario).at(time)));
    }

    #[test]
    fn no_kind_of_intervention_changes_a_record_before_it(
        scenario in sharing_scenarios(), us in 1u64..60_000, kind in 0u8..3, thread: u16,
    ) {
        let at = Time::from_us(us);
        let ids: Vec<_> = scenario.threads().map(|(_, t)| t.id).collect();
        let thread = ids[usize::from(thread) % ids.len()];
        let what = match kind {
            0 => What::Answer { thread, text: "no".to_owned() },
            1 => What::Reorder { thread, to: 0 },
            _ => What::Preempt { thread },
        };
        let mut changed = scenario.clone();
        changed.interventions.push(Intervention { at, what, extra: Default::default() });
        let run = |s: &Scenario| {
            let mut run = Run::new(s);
            run.extend_to(Time::from_ms(10_000));
            run
        };
        let (before, after) = (run(&scenario), run(&changed));
        let until = before.trace().partition_point(|r| r.time() < at);
        prop_assert_eq!(&before.trace()[..until], &after.trace()[..until.min(after.trace().len())]);
    }
}

/// Whether a thread is on its way to try again for an object.
fn is_on_its_way(plan: &Plan, machine: &Machine, object: ObjectIx) -> bool {
    plan.thread_ixs().any(|t| machine.retries(plan, t) == Some(object))
}

/// Who waits for a lock or an item is in its queue, once; and if there is something to take, somebody was woken for it.
fn nobody_misses_what_is_there(plan: &Plan, machine: &Machine) -> Result<(), TestCaseError> {
    for object in plan.object_ixs() {
        let state = machine.object(object);
        for waiter in &state.waiters {
            let place = machine.thread(*waiter).place;
            prop_assert!(matches!(place, Place::Waiting(Cause::Lock | Cause::Queue | Cause::Pipe)), "{:?}", place);
            prop_assert_eq!(state.waiters.iter().filter(|t| *t == waiter).count(), 1);
        }
        let there = match plan.object(object).kind {
            ObjectKind::Lock => state.holder.is_none(),
            ObjectKind::Queue | ObjectKind::Pipe => state.items > 0,
        };
        let missed = there && !state.waiters.is_empty() && !is_on_its_way(plan, machine, object);
        prop_assert!(!missed, "somebody waits for {} although it is there", plan.object(object).name);
    }
    let waits =
        |t: &ThreadIx| matches!(machine.thread(*t).place, Place::Waiting(Cause::Lock | Cause::Queue | Cause::Pipe));
    let queued: usize = plan.object_ixs().map(|o| machine.object(o).waiters.len()).sum();
    prop_assert_eq!(plan.thread_ixs().filter(waits).count(), queued);
    Ok(())
}

/// Between two takings of a lock it is given back.
fn locks_are_exclusive(run: &Run) -> Result<(), TestCaseError> {
    let mut held = vec![false; run.plan().objects.len()];
    for record in run.trace() {
        match (record.kind(), record.object()) {
            (Kind::Acquire, Some(lock)) => {
                prop_assert!(!std::mem::replace(&mut held[usize::from(lock)], true), "{:?} twice", record);
            }
            (Kind::Release, Some(lock)) => prop_assert!(std::mem::take(&mut held[usize::from(lock)])),
            _ => {}
        }
    }
    Ok(())
}

/// An ending says what is so.
fn ending_is_true(run: &Run) -> Result<(), TestCaseError> {
    let machine = run.seen(run.end());
    let place = |t: &ThreadIx| machine.thread(*t).place;
    let input = Place::Waiting(Cause::Input);
    let awaits = run.plan().thread_ixs().any(|t| place(&t) == input);
    let over = |t: &ThreadIx| matches!(place(t), Place::Finished | Place::NotStarted);
    match run.ending() {
        Some(Ending::AllFinished) => prop_assert!(run.plan().thread_ixs().all(|t| over(&t))),
        Some(Ending::AwaitingInput(threads)) => prop_assert!(threads.iter().all(|t| place(t) == input)),
        Some(Ending::Deadlock(cycle)) => {
            prop_assert!(!awaits);
            for (i, thread) in cycle.iter().enumerate() {
                let next = cycle[(i + 1) % cycle.len()];
                prop_assert_eq!(machine.waits_for(run.plan(), *thread), Some(next));
            }
            let told = run.trace().iter().any(|r| r.kind() == Kind::Deadlock && cycle.contains(&r.thread()));
            prop_assert!(told, "a deadlock that no record tells of");
        }
        Some(Ending::Stuck(threads)) => {
            prop_assert!(!awaits && !threads.is_empty());
            prop_assert!(threads.iter().all(|t| matches!(place(t), Place::Waiting(_))), "{:?}", threads);
        }
        other => prop_assert!(false, "{:?}", other),
    }
    Ok(())
}
