//! Ready-made pairs do what they say.

use gilscope::ids::{ObjectId, ProcessId, ThreadId};
use gilscope::scenario::pairs::offers;
use gilscope::scenario::{Op, Pair, Resource, ResourceKind, Scenario, Start, presets};
use gilscope::session::choices::is_choice;
use gilscope::session::{Action, Session};
use gilscope::time::Dur;

use super::{makespan, preset, run};

/// How many times as fast a pair makes a scenario.
fn gain(scenario: &Scenario, pair: Pair) -> f64 {
    makespan(scenario) / makespan(&pair.of(scenario).expect("a variant"))
}

#[test]
fn free_threaded_makes_w4_twice_as_fast_on_two_cores() {
    // A tenth slower each, but both at once, and no hand-offs.
    let gain = gain(&preset("W4"), Pair::FreeThreaded);
    assert!((1.8..=2.0).contains(&gain), "{gain}");
}

#[test]
fn a_process_each_makes_w4_twice_as_fast_on_two_cores_and_no_faster_on_one() {
    let w4 = preset("W4");
    assert!((1.8..=2.1).contains(&gain(&w4, Pair::Processes)), "{}", gain(&w4, Pair::Processes));
    let one = Pair::Cores(1).of(&w4).expect("one core");
    assert!(gain(&one, Pair::Processes) < 1.1);
}

#[test]
fn more_cores_do_not_help_one_gil() {
    let gain = gain(&preset("W4"), Pair::Cores(4));
    assert!((0.95..=1.05).contains(&gain), "{gain}");
}

#[test]
fn a_shorter_switch_interval_hands_the_gil_over_more_often() {
    let w4 = preset("W4");
    let often = Pair::SwitchInterval(Dur::from_ms(1)).of(&w4).expect("a variant");
    let hand_offs = |s: &Scenario| gilscope::metrics::Metrics::of(&run(s), run(s).end()).gils[0].hand_offs;
    assert!(hand_offs(&often) >= 4 * hand_offs(&w4), "{} and {}", hand_offs(&w4), hand_offs(&often));
}

#[test]
fn what_is_offered_passes_its_check_and_differs_and_what_is_not_says_why() {
    let mut given = 0;
    for preset in presets::all() {
        let scenario = preset.scenario();
        for offer in offers(&scenario) {
            assert!(!offer.label.is_empty() && is_choice(&offer.pair.key()), "{:?}", offer.pair);
            assert_eq!(Pair::read(&offer.pair.key()), Some(offer.pair), "an address holds it");
            match offer.scenario {
                Ok(other) => {
                    given += 1;
                    assert_eq!(other.check(), Ok(()), "{}: {:?}", preset.name, offer.pair);
                    assert_ne!(other, scenario, "{}: {:?}", preset.name, offer.pair);
                }
                Err(why) => assert!(why.ends_with('.') && why.len() > 12, "{}: {why}", preset.name),
            }
        }
    }
    assert!(given > 90, "only {given} pairs");
    for key in ["", "cores-", "cores-x", "variant--1", "interval-1 h", "Gil", "cores"] {
        assert_eq!(Pair::read(key), None, "{key}");
    }
}

#[test]
fn there_and_back_again_is_the_same_work() {
    let w4 = preset("W4");
    let processes = Pair::Processes.of(&w4).expect("a process each");
    assert_eq!(processes.processes.len(), 2);
    let together = Pair::Threads.of(&processes).expect("threads of one process");
    let threads = |s: &Scenario| s.threads().map(|(_, t)| (t.name.clone(), t.program.clone())).collect::<Vec<_>>();
    assert_eq!((together.processes.len(), threads(&together)), (1, threads(&w4)));
    assert_eq!(makespan(&together), makespan(&w4));
}

/// Main starts a worker, computes, and joins it.
fn joining() -> Scenario {
    let mut scenario = preset("W4");
    let threads = &mut scenario.processes[0].threads;
    let python = Op::Python(Dur::from_ms(5));
    threads[0].program = [Op::Start(ThreadId(2)), python, Op::Join(ThreadId(2))].map(Into::into).into();
    threads[1].start = Start::Spawned;
    scenario
}

#[test]
fn who_joins_a_process_waits_for_the_message_of_its_end() {
    let scenario = joining();
    let apart = Pair::Processes.of(&scenario).expect("a process each");
    let programs: Vec<Vec<&str>> =
        apart.threads().map(|(_, t)| t.program.iter().map(|s| s.op.name()).collect()).collect();
    assert_eq!(programs, [vec!["spawn", "python", "receive"], vec!["python", "send"]]);
    assert_eq!(apart.processes[1].start, Start::Spawned);
    let run = run(&apart);
    let finish = |i: u16| run.lanes().thread(gilscope::ids::ThreadIx(i)).last().expect("a stretch").start;
    assert!(finish(0) >= finish(1) && makespan(&apart) < makespan(&scenario));
}

#[test]
fn threads_that_share_a_lock_cannot_be_processes() {
    let mut scenario = preset("W4");
    let process = &mut scenario.processes[0];
    let lock =
        Resource { id: ObjectId(9), name: "cache".to_owned(), kind: ResourceKind::Lock, extra: Default::default() };
    process.resources.push(lock);
    for thread in &mut process.threads {
        thread.program.insert(0, Op::Acquire(ObjectId(9)).into());
        thread.program.push(Op::Release(ObjectId(9)).into());
    }
    let why = Pair::Processes.of(&scenario).expect_err("a reason");
    assert_eq!(why, "main and worker share the lock “cache”, which processes cannot.");
    scenario.processes[0].threads[1].program.retain(|step| step.op.object().is_none());
    let apart = Pair::Processes.of(&scenario).expect("only one uses it now");
    assert_eq!(apart.process(ProcessId(1)).map(|p| p.resources.len()), Some(1));
}

#[test]
fn what_is_so_already_is_not_offered_again() {
    let w4 = preset("W4");
    assert_eq!(Pair::Cores(2).of(&w4).expect_err("it has two"), "It is so already.");
    let free = Pair::FreeThreaded.of(&w4).expect("a variant");
    assert_eq!(Pair::FreeThreaded.of(&free).expect_err("no GIL"), "No process of it has a GIL.");
    let pairs: Vec<Pair> = offers(&free).into_iter().map(|o| o.pair).collect();
    assert!(pairs.contains(&Pair::Gil) && !pairs.contains(&Pair::FreeThreaded) && !pairs.contains(&Pair::Cores(2)));
}

#[test]
fn before_the_last_change_is_a_and_what_is_open_is_b() {
    let mut session = Session::new(preset("W4"));
    let before = session.choice("before").expect("it is offered always");
    assert_eq!(before.other.expect_err("nothing was changed"), "Nothing was changed that could be taken back.");
    for cores in [3, 4] {
        let scenario = Box::new(session.scenario().with_cores(cores).expect("an edit").scenario);
        session.update(Action::Edit { name: format!("{cores} cores"), scenario });
    }
    let cores = |key: &str| {
        let sides = session.choice(key)?.sides(session.scenario())?;
        Some(sides.map(|(scenario, _)| scenario.computer.cores))
    };
    assert_eq!(cores("before"), Some([3, 4]));
    assert_eq!(cores("loaded"), Some([2, 4]));
    assert_eq!(cores("cores-8"), Some([4, 8]), "a link may ask for what is not offered");
}
