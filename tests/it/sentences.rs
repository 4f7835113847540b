//! What single sentences say, and what they do not say where it would be wrong.

use gilscope::engine::{Kind, Run};
use gilscope::explain::{sentence, status};
use gilscope::ids::ObjectId;
use gilscope::scenario::{Op, PerCore, Policy, Queues, Runtime, Scenario, json};
use gilscope::time::{Dur, Time};

use crate::build::{Build, computer};

fn run(scenario: &Scenario) -> Run {
    scenario.check().expect("a scenario that passes its check");
    let mut run = Run::new(scenario);
    run.extend_to(Time::from_ms(200));
    run
}

fn ms(n: u64) -> Dur {
    Dur::from_ms(n)
}

/// The sentence of the first record of a kind that says something.
fn first(run: &Run, kind: Kind, part: &str) -> String {
    let of_kind = |i: &usize| run.trace()[*i].kind() == kind;
    let mut told = (0..run.trace().len()).filter(of_kind).map(|i| sentence(run, i));
    told.find(|text| text.contains(part)).unwrap_or_else(|| panic!("no sentence of {kind:?} with “{part}”"))
}

#[test]
fn who_keeps_the_gil_of_an_interpreter_keeps_it_from_nobody_else() {
    let mut scenario = computer(1).policy(Policy::round_robin(ms(1))).process(
        "count.py",
        Runtime::Subinterpreters { switch_interval: ms(5) },
        &[("main", 0, "python 4ms"), ("one", 0, "python 4ms"), ("two", 0, "python 4ms")],
    );
    scenario = scenario.interpreter("one", 1).interpreter("two", 1);
    let run = run(&scenario);
    let main = first(&run, Kind::Ready, "main's slice");
    assert!(main.ends_with("; it keeps the GIL of the main interpreter of count.py."), "{main}");
    let one = first(&run, Kind::Ready, "one's slice");
    let keeps = "it keeps the GIL of interpreter 1 of count.py, so no other thread of that interpreter can run Python.";
    assert!(one.ends_with(keeps), "{one}");
    let machine = run.seen(Time::from_us(2_500));
    let off = status(&run, &machine, run.plan().thread_ixs().nth(1).expect("one"), Time::from_us(2_500));
    assert!(off.detail.ends_with("so no other thread of that interpreter can run Python."), "{}", off.detail);
}

#[test]
fn a_thread_that_an_exception_ends_has_no_program_that_is_over() {
    let text = r#"{"v":1,"processes":[{"id":0,"name":"web","resources":[{"id":0,"name":"m","kind":"lock"}],
        "threads":[{"id":0,"name":"Ada","program":[{"python":1000000},{"release":0}]},
            {"id":1,"name":"Ben","program":[{"acquire":0},{"sleep":9000000}]},
            {"id":2,"name":"Cem","program":[{"python":2000000},{"acquire":0}]}]}]}"#;
    let mut scenario: Scenario = json::from_str(text).expect("a scenario");
    let mut told = |holder: &str| {
        let op = if holder.is_empty() { Op::Python(ms(1)) } else { Op::Acquire(ObjectId(0)) };
        scenario.processes[0].threads[1].program[0].op = op;
        run(&scenario)
    };
    let none = told("");
    assert_eq!(first(&none, Kind::DropGil, "Ada"), "Ada ends and drops the GIL.");
    assert_eq!(first(&none, Kind::Finished, "Ada"), "Ada ends by the exception at 1 ms, 1 ms after its start.");
    let (machine, ada) = (none.seen(Time::from_ms(30)), none.plan().thread_ixs().next().expect("Ada"));
    let said = status(&none, &machine, ada, Time::from_ms(30));
    assert_eq!(said.headline, "Ended at 1 ms.");
    assert!(said.detail.starts_with("An exception that nothing caught ended it, 1 ms after its start."), "{said:?}");
    let held = told("Ben");
    assert_eq!(first(&held, Kind::DropGil, "Cem drops"), "Cem drops the GIL to wait for lock m.");
}

#[test]
fn a_thread_in_the_ready_queue_of_a_core_waits_for_that_core() {
    let threads = ["a", "b", "c", "d"].map(|name| (name, 0, "native 20ms"));
    let mut scenario = computer(2).policy(Policy::round_robin(ms(4))).process("app", Runtime::Native, &threads);
    scenario.computer.queues = Queues::PerCore(PerCore::default());
    let run = run(&scenario);
    let machine = run.seen(Time::from_ms(1));
    let ready = machine.queues()[1].threads[0];
    let said = status(&run, &machine, ready, Time::from_ms(1)).detail;
    assert!(said.contains("b is on core 1. A slice ends on core 1 at 4 ms"), "{said}");
    assert!(!said.contains("core 0") && !said.contains("nowhere else"), "{said}");
}
