//! Random scenarios in which threads share things, start and join each other, and await input; and the laws of that.

use gilscope::engine::code::About;
use gilscope::engine::plan::ObjectKind;
use gilscope::engine::{Cause, Ending, Kind, Machine, Place, Plan, Run};
use gilscope::ids::{CoreId, ObjectId, ObjectIx, ThreadId, ThreadIx};
use gilscope::scenario::{
    Device, Intervention, Op, Pipe, Process, Resource, ResourceKind, Runtime, Scenario, Start, Step, What,
};
use gilscope::time::{Dur, Time};
use proptest::prelude::*;

use crate::engine::laws::{self, finished};
use crate::proving::{hold, hold_with, same_records};
use crate::random::{endless_scenarios, scenarios};

/// What is drawn for one op that shares, starts or waits: which, in which thread and where, about what.
type Choice = (u8, u16, u16, u16);

/// [`scenarios`], whose threads have everything that is shared, each other and people to wait for. They may end in any way.
pub(crate) fn sharing_scenarios() -> impl Strategy<Value = Scenario> {
    shared(scenarios().boxed())
}

/// The same, from scenarios of which about every third thread ends in an endless loop.
pub(crate) fn endless_sharing_scenarios() -> impl Strategy<Value = Scenario> {
    shared(endless_scenarios().boxed())
}

fn shared(scenarios: BoxedStrategy<Scenario>) -> impl Strategy<Value = Scenario> {
    let choices = prop::collection::vec(any::<Choice>(), 0..=18);
    let hands = prop::collection::vec((0u64..40_000, any::<u16>(), 0u8..4, 0u16..5), 0..=4);
    (scenarios, choices, hands, any::<bool>()).prop_map(|(mut scenario, choices, hands, handover)| {
        add_objects(&mut scenario);
        // Interpreters share nothing but queues: here at most two have threads, with a lock each; the main one has the rest.
        let several = |p: &&mut Process| matches!(p.runtime, Runtime::Subinterpreters { .. });
        for process in scenario.processes.iter_mut().filter(several) {
            process.threads.iter_mut().for_each(|t| t.interpreter %= 2);
        }
        for process in &mut scenario.processes {
            process.runtime = process.runtime.clone().with_lock_handover(handover);
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
            ("q", ResourceKind::Queue(None)),
            ("memory", ResourceKind::Memory(4_096)),
            ("s", ResourceKind::Semaphore(1)),
            ("e", ResourceKind::Event),
            ("b", ResourceKind::Barrier(2)),
            ("r", ResourceKind::Queue(Some(1))),
        ] {
            process.resources.push(Resource { id: id(), name: name.to_owned(), kind, extra: Default::default() });
        }
    }
    scenario.pipes.push(Pipe { id: id(), name: "p".to_owned(), extra: Default::default() });
    scenario.devices.push(Device { id: id(), name: "d".to_owned(), extra: Default::default() });
}

/// Puts an op somewhere into a program; what it is about is reduced to what there is.
fn add_op(scenario: &mut Scenario, (kind, whose, place, about): Choice) {
    let processes = scenario.processes.len();
    let (pipe, device) = (scenario.pipes[0].id, scenario.devices[0].id);
    let owner = usize::from(whose) % processes;
    let process = &mut scenario.processes[owner];
    let n = process.threads.len();
    let me = usize::from(whose) / processes % n;
    let other = usize::from(about) % n;
    let resource = |i: usize| process.resources[i].id;
    let alone = matches!(process.runtime, Runtime::Subinterpreters { .. }).then_some(process.threads[me].interpreter);
    let lock = resource(alone.map_or(usize::from(about) % 2, usize::from));
    let shares = alone.is_none_or(|interpreter| interpreter == 0);
    let queue = resource(if about % 3 == 0 { 2 } else { 7 });
    let op = match kind % 22 {
        0 | 1 => Op::Acquire(lock),
        2 | 3 => Op::Release(lock),
        4 | 13 => Op::Put(queue),
        5 | 14 => Op::Get(queue),
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
        15 if shares => Op::Acquire(resource(4)),
        16 if shares => Op::Release(resource(4)),
        17 if shares => Op::Wait(resource(5)),
        18 if shares => Op::Set(resource(5)),
        19 if shares => Op::Clear(resource(5)),
        20 if shares => Op::Wait(resource(6)),
        21 => Op::IoAt { device, length: Dur::from_us(u64::from(about) % 3_000) },
        _ => Op::Yield,
    };
    insert(scenario, owner, me, place, op);
}

/// Puts an op at a place of a program, or at the beginning of the loop there. Every other time that it takes something, it is
/// given back a little later, or at the end of the loop.
fn insert(scenario: &mut Scenario, process: usize, thread: usize, place: u16, op: Op) {
    let program = &mut scenario.processes[process].threads[thread].program;
    let at = usize::from(place) % (program.len() + 1);
    let back = match op {
        Op::Acquire(id) if place.is_multiple_of(2) => Some(Step::from(Op::Release(id))),
        _ => None,
    };
    let step = Step::from(op);
    match program.get_mut(at) {
        Some(Step { op: Op::Repeat { times, steps }, .. }) if place > 30_000 && *times != Some(0) => {
            steps.insert(0, step);
            steps.extend(back);
        }
        _ => {
            program.insert(at, step);
            if let Some(back) = back {
                program.insert((at + 2).min(program.len()), back);
            }
        }
    }
}

#[test]
fn laws_hold_where_threads_share() {
    hold(sharing_scenarios(), |scenario| {
        prop_assert_eq!(scenario.check(), Ok(()));
        let run = finished(scenario);
        for time in laws::instants(&run) {
            let machine = run.seen(time);
            laws::at_an_instant(run.plan(), &machine)?;
            nobody_misses_what_is_there(run.plan(), &machine)?;
        }
        laws::of_lanes(&run)?;
        locks_are_exclusive(&run)?;
        counts_are_right(&run)?;
        ending_is_true(&run, laws::may_go_on(scenario))
    });
}

#[test]
fn a_look_at_any_time_equals_playing_forward_where_threads_share() {
    hold_with(endless_sharing_scenarios(), 0u64..60_000, |scenario, us| {
        let time = Time::from_us(*us);
        let mut run = Run::new(scenario);
        run.extend_to(Time::from_ms(60));
        let forward = Run::new(scenario).at(time);
        prop_assert!(format!("{:?}", run.seen(time)) == format!("{forward:?}"), "the states at {time} differ");
        Ok(())
    });
}

#[test]
fn no_kind_of_intervention_changes_a_record_before_it() {
    hold_with(sharing_scenarios(), (1u64..60_000, 0u8..3, any::<u16>()), |scenario, (us, kind, thread)| {
        let at = Time::from_us(*us);
        let ids: Vec<_> = scenario.threads().map(|(_, t)| t.id).collect();
        let thread = ids[usize::from(*thread) % ids.len()];
        let what = match kind {
            0 => What::Answer { thread, text: "no".to_owned() },
            1 => What::Reorder { thread, to: 0 },
            _ => What::Preempt { thread },
        };
        let mut changed = scenario.clone();
        changed.interventions.push(Intervention { at, what, extra: Default::default() });
        let (before, after) = (finished(scenario), finished(&changed));
        let until = before.trace().partition_point(|r| r.time() < at);
        same_records(&before.trace()[..until], &after.trace()[..until.min(after.trace().len())])
    });
}

/// What a thread waits for that it finds in the list of those who wait for an object.
const LISTED: [Cause; 8] = [
    Cause::Lock,
    Cause::Semaphore,
    Cause::Event,
    Cause::Barrier,
    Cause::Queue,
    Cause::Room,
    Cause::Pipe,
    Cause::Device,
];

/// Whether a thread is on its way to try again for an object with an op of this name.
fn is_on_its_way(plan: &Plan, machine: &Machine, object: ObjectIx, op: &str) -> bool {
    let at = |t: ThreadIx| machine.thread(t).op.map(|i| plan.thread(t).ops[usize::from(i)].name);
    plan.thread_ixs().any(|t| machine.retries(plan, t) == Some(object) && at(t) == Some(op))
}

/// Who waits for something shared is in its list, once; and if there is something to take, somebody was woken for it.
fn nobody_misses_what_is_there(plan: &Plan, machine: &Machine) -> Result<(), TestCaseError> {
    let mut waiting = 0;
    for object in plan.object_ixs() {
        let (state, size) = (machine.object(object), plan.object(object).size);
        let place = |t: &ThreadIx| machine.thread(*t).place;
        let with = |cause: Cause| state.waiters.iter().filter(move |t| place(t) == Place::Waiting(cause)).count();
        let enrolled = matches!(plan.object(object).kind, ObjectKind::Event | ObjectKind::Barrier);
        for waiter in &state.waiters {
            let listed = matches!(place(waiter), Place::Waiting(cause) if LISTED.contains(&cause));
            prop_assert!(listed || enrolled && place(waiter) == Place::ForcedWait, "{:?}", place(waiter));
            prop_assert_eq!(state.waiters.iter().filter(|t| *t == waiter).count(), 1);
        }
        waiting += LISTED.into_iter().map(with).sum::<usize>();
        let missed = |there: bool, cause, op| there && with(cause) > 0 && !is_on_its_way(plan, machine, object, op);
        let missed = match plan.object(object).kind {
            ObjectKind::Lock => missed(state.holder.is_none(), Cause::Lock, "acquire"),
            ObjectKind::Semaphore => missed(state.items > 0, Cause::Semaphore, "acquire"),
            ObjectKind::Pipe => missed(state.items > 0, Cause::Pipe, "receive"),
            ObjectKind::Queue => {
                prop_assert!(state.items <= size, "{} items where {size} fit", state.items);
                missed(state.items > 0, Cause::Queue, "get") || missed(state.items < size, Cause::Room, "put")
            }
            ObjectKind::Event => state.items > 0 && !state.waiters.is_empty(),
            ObjectKind::Barrier => state.waiters.len() >= size as usize,
            ObjectKind::Device => {
                let here = |t: &ThreadIx| {
                    let op = machine.thread(*t).op.map(|i| &plan.thread(*t).ops[usize::from(i)].about);
                    place(t) == Place::Waiting(Cause::Io) && op == Some(&About::Object(object))
                };
                let served: Vec<_> = plan.thread_ixs().filter(here).collect();
                prop_assert_eq!(served, Vec::from_iter(state.holder), "one at a time");
                state.holder.is_none() && !state.waiters.is_empty()
            }
        };
        prop_assert!(!missed, "somebody waits for {} although it is there", plan.object(object).name);
    }
    let waits = |t: &ThreadIx| matches!(machine.thread(*t).place, Place::Waiting(c) if LISTED.contains(&c));
    prop_assert_eq!(plan.thread_ixs().filter(waits).count(), waiting);
    Ok(())
}

/// Between two takings of a lock it is given back.
fn locks_are_exclusive(run: &Run) -> Result<(), TestCaseError> {
    let mut held = vec![false; run.plan().objects.len()];
    let is_lock = |o: u16| run.plan().object(ObjectIx(o)).kind == ObjectKind::Lock;
    for record in run.trace() {
        match (record.kind(), record.object()) {
            (Kind::Acquire, Some(lock)) if is_lock(lock) => {
                prop_assert!(!std::mem::replace(&mut held[usize::from(lock)], true), "{:?} twice", record);
            }
            (Kind::Release, Some(lock)) if is_lock(lock) => prop_assert!(std::mem::take(&mut held[usize::from(lock)])),
            _ => {}
        }
    }
    Ok(())
}

/// What is in an object is what it had, and what was put there, without what was taken.
fn counts_are_right(run: &Run) -> Result<(), TestCaseError> {
    let plan = run.plan();
    let counts = |kind| matches!(kind, ObjectKind::Semaphore | ObjectKind::Queue | ObjectKind::Pipe);
    for object in plan.object_ixs().filter(|o| counts(plan.object(*o).kind)) {
        let semaphore = plan.object(object).kind == ObjectKind::Semaphore;
        let mut count = if semaphore { i64::from(plan.object(object).size) } else { 0 };
        for record in run.trace().iter().filter(|r| r.object() == Some(object.0)) {
            count += match record.kind() {
                Kind::Release | Kind::Put | Kind::Send => 1,
                Kind::Acquire | Kind::Get | Kind::Receive => -1,
                _ => 0,
            };
            prop_assert!(count >= 0, "{:?} takes what is not there", record);
        }
        prop_assert_eq!(count, i64::from(run.seen(run.end()).object(object).items));
    }
    Ok(())
}

/// An ending says what is so.
fn ending_is_true(run: &Run, starves: bool) -> Result<(), TestCaseError> {
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
        None if starves => {}
        other => prop_assert!(false, "{:?}", other),
    }
    Ok(())
}
