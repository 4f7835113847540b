//! Programs as text.

use gilscope::ids::{ObjectId, ProcessId, ThreadId};
use gilscope::scenario::{Op, Scenario, Start, Step, json, presets};
use gilscope::time::{Dur, Time};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::proving::{cases, config, hold};
use crate::random::{endless_scenarios, scenarios};

const T: ThreadId = ThreadId(1);

/// A thread beside another one, a process to spawn, and one of everything to share; two locks of the same name.
fn shop() -> Scenario {
    let text = r#"{"v":1,"processes":[
        {"id":0,"name":"shop","resources":[{"id":1,"name":"lock","kind":"lock"},{"id":2,"name":"lock","kind":{"semaphore":2}},
            {"id":3,"name":"my \"till\"","kind":"event"},{"id":4,"name":"jobs","kind":"queue"},
            {"id":5,"name":"at","kind":{"barrier":1}}],
         "threads":[{"id":1,"name":"main"},{"id":2,"name":"worker 1","start":"spawned"}]},
        {"id":1,"name":"log","start":"spawned","threads":[{"id":3,"name":"writer"}]}],
        "pipes":[{"id":6,"name":"pipe"}],"devices":[{"id":7,"name":"disk; old"}]}"#;
    json::from_str(text).expect("a scenario")
}

fn program(s: &Scenario, thread: ThreadId) -> &[Step] {
    &s.thread(thread).expect("a thread").1.program
}

fn taken(text: &str) -> Scenario {
    shop().with_program_text(T, text).unwrap_or_else(|why| panic!("{text}: {why}")).scenario
}

fn refused(text: &str) -> String {
    shop().with_program_text(T, text).map_or_else(|why| why.to_string(), |edit| panic!("{}", edit.name))
}

#[test]
fn a_program_is_pasted_as_people_write_it() {
    let s = taken("python 20ms; io 100ms; python 5ms");
    let ms = Dur::from_ms;
    let ops: Vec<_> = program(&s, T).iter().map(|step| step.op.clone()).collect();
    assert_eq!(ops, [Op::Python(ms(20)), Op::Io(ms(100)), Op::Python(ms(5))]);
    assert_eq!(s.program_to_text(T), "python 20 ms\nio 100 ms\npython 5 ms\n");
    let s = taken("repeat for ever {python 1.5 s # long\n io 300us at \"disk; old\"}");
    assert_eq!(s.program_to_text(T), "repeat for ever {\n  python 1.5 s\n  io 300 µs at \"disk; old\"\n}\n");
    assert_eq!(program(&taken("forever { python 3 }"), T), program(&taken("repeat forever\n{\npython 3ms;}"), T));
    assert!(program(&taken(" ; # nothing\n"), T).is_empty());
}

#[test]
fn what_ops_are_about_is_named_and_told_apart() {
    let text = "acquire \"lock\"/1\nrelease \"lock\"/2\nset \"my \\\"till\\\"\"\nwait at\nput jobs\nstart \"worker 1\"\n\
                spawn log\nsend pipe\nsend pipe 7 bytes\nreceive pipe\ninput \"Who; you?\" at 5 ms\ninput\nyield\n";
    let s = taken(text);
    assert_eq!(s.program_to_text(T), text);
    let lock = |i: usize| program(&s, T)[i].op.object();
    assert_eq!((lock(0), lock(1)), (Some(ObjectId(1)), Some(ObjectId(2))));
    assert_eq!(program(&taken("acquire lock"), T)[0].op, Op::Acquire(ObjectId(1)), "the first of that name");
    // A name with blanks that is all that follows needs no quotes.
    assert_eq!(program(&taken("start worker 1; yield"), T)[0].op, Op::Start(ThreadId(2)));
}

#[test]
fn an_error_says_which_op_it_is_and_why() {
    let errors = [
        "python 1ms; pyton 20ms",
        "python 1ms; repeat 2 { io 1ms; io }",
        "python 5 h",
        "acquire door",
        "acquire my lock",
        "start writer",
        "repeat many { python 1 }",
        "repeat 2 { python 1",
        "repeat 2; python 1",
        "python 1 }",
        "python { io 1ms }",
        "{ python 1 }",
        "input name",
        "yield 3",
        "send pipe many",
        "python 1; repeat 3 { acquire lock; repeat 2 { put jobs } }",
    ];
    let told: String = errors.map(|text| format!("{}\n", refused(text))).concat();
    expect_test::expect![[r#"
        Op 2, “pyton 20ms”: there is no op of this name; there are python, extension, native, io, sleep, input, acquire, release, wait, set, clear, put, get, start, join, spawn, send, receive, yield, repeat, forever
        Op 2.2, “io”: it has no length, such as 20ms
        Op 1, “python 5 h”: “h” is not a unit of time; use ns, µs, ms or s
        Op 1, “acquire door”: there is no lock or semaphore “door” that it could be about; there is “lock”, “lock”
        Op 1, “acquire my lock”: one lock or semaphore is to be named; a name with blanks stands in double quotes
        Op 1, “start writer”: there is no other thread “writer” that it could be about; there is “worker 1”
        Op 1, “repeat many”: “many” is neither a count nor “for ever”
        Op 1, “repeat 2”: its end is missing: }
        Op 1, “repeat 2”: what it repeats stands behind it in { }
        Op 2, “}”: there is no loop that it could end
        Op 1, “python”: it has no length, such as 20ms
        Op 1, “{”: an op begins with its name, such as python
        Op 1, “input name”: what is asked stands in double quotes
        Op 1, “yield 3”: nothing stands behind it
        Op 1, “send pipe many”: “many” is not a number of bytes
        Op 2, “repeat 3”: a loop of zero length; put an op that takes time inside
    "#]].assert_eq(&told);
}

#[test]
fn limits_are_those_of_every_scenario() {
    assert!(refused(&"repeat 2 {".repeat(100_000)).contains("more than 8 loops"));
    assert!(refused(&"yield;".repeat(10_001)).contains("more than 10000 ops"));
    assert!(refused(&format!("input {:?}", "x".repeat(65))).contains("longer than 64"));
    assert!(refused("python 99999999999 s").contains("longer than"));
    assert!(refused("repeat 1000 { repeat 1001 { python 1 } }").contains("1001000 times"));
}

#[test]
fn whom_a_pasted_program_starts_waits_for_that() {
    let mut s = shop();
    s.processes[0].threads[1].start = Start::Launch;
    let edit = s.with_program_text(T, "python 1; start \"worker 1\"").expect("an edit");
    assert_eq!(edit.scenario.thread(ThreadId(2)).expect("a thread").1.start, Start::Spawned);
    assert_eq!(edit.name, "Change the program of main; worker 1 starts there");
}

#[test]
fn ops_that_stay_keep_their_source_lines() {
    let mut s = taken("python 1; repeat 2 { io 2; python 3 }; sleep 4");
    for (i, path) in s.op_paths(T).into_iter().enumerate() {
        let thread = s.thread_mut(T).expect("a thread");
        let step = match path[..] {
            [i] => &mut thread.program[i],
            [i, j] => match &mut thread.program[i].op {
                Op::Repeat { steps, .. } => &mut steps[j],
                op => panic!("{op:?}"),
            },
            _ => panic!("{path:?}"),
        };
        step.line = Some(i as u32 + 1);
    }
    let lines = |text: &str| {
        let s = s.with_program_text(T, text).expect("an edit").scenario;
        let line =
            |path: &Vec<usize>| s.step(T, path).expect("a step").line.map_or_else(|| "-".to_owned(), |l| l.to_string());
        s.op_paths(T).iter().map(line).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(lines(&s.program_to_text(T)), "1 2 3 4 5");
    assert_eq!(lines("python 7; repeat 5 { io 2; python 3 }; sleep 4"), "1 2 3 4 5", "others of the same kind");
    assert_eq!(lines("python 9; python 1; repeat 2 { io 2; python 3 }; sleep 4"), "- 1 2 3 4 5", "one is new");
    assert_eq!(lines("python 1; sleep 4"), "1 5", "one is gone");
}

fn round_trips(s: &Scenario) -> Result<(), TestCaseError> {
    for (_, thread) in s.threads() {
        let text = s.program_to_text(thread.id);
        let again = s.with_program_text(thread.id, &text).map(|edit| edit.scenario);
        prop_assert_eq!(again.as_ref(), Ok(s), "{}", text);
    }
    Ok(())
}

#[test]
fn every_preset_is_the_same_as_text() {
    for preset in presets::groups().into_iter().flat_map(|(_, presets)| presets) {
        round_trips(&preset.scenario()).unwrap_or_else(|why| panic!("{}: {why}", preset.name));
    }
}

#[test]
fn programs_are_the_same_as_text() {
    hold(prop_oneof![scenarios(), endless_scenarios()], round_trips);
}

/// Programs of the shop with all ops.
fn programs() -> impl Strategy<Value = Scenario> {
    let name = prop::sample::select(vec!["python", "extension", "native", "io", "sleep"]);
    let timed = (name, 0u64..1 << 53).prop_map(|(name, ns)| Op::timed(name, Dur::from_ns(ns)).expect("a timed op"));
    let input = ("[ -~é\n]{0,9}", prop::option::of(0u64..1 << 53))
        .prop_map(|(prompt, at)| Op::Input { prompt, at: at.map(Time::from_ns) });
    let shared = prop::sample::select(vec![
        Op::Acquire(ObjectId(1)),
        Op::Acquire(ObjectId(2)),
        Op::Release(ObjectId(1)),
        Op::Wait(ObjectId(3)),
        Op::Wait(ObjectId(5)),
        Op::Set(ObjectId(3)),
        Op::Clear(ObjectId(3)),
        Op::Put(ObjectId(4)),
        Op::Get(ObjectId(4)),
        Op::Receive(ObjectId(6)),
        Op::Start(ThreadId(2)),
        Op::Join(ThreadId(2)),
        Op::Spawn(ProcessId(1)),
        Op::Yield,
        Op::IoAt { device: ObjectId(7), length: Dur::from_us(1) },
    ]);
    let send = any::<u32>().prop_map(|bytes| Op::Send { pipe: ObjectId(6), bytes });
    let leaf = prop_oneof![3 => timed, 1 => input, 3 => shared, 1 => send];
    let op = leaf.prop_recursive(3, 12, 4, |inner| {
        (prop::option::of(0u32..9), vec(inner.prop_map(Step::from), 0..4)).prop_map(|(times, mut steps)| {
            steps.push(Op::Python(Dur::from_ns(1)).into());
            Op::Repeat { times, steps }
        })
    });
    vec(op.prop_map(Step::from), 0..6).prop_map(|steps| {
        let mut s = shop();
        s.thread_mut(T).expect("a thread").program = steps;
        s
    })
}

#[test]
fn programs_with_all_ops_are_the_same_as_text() {
    hold(programs().prop_filter("a scenario that runs", |s| s.check().is_ok()), round_trips);
}

proptest! {
    #![proptest_config(config(cases()))]

    #[test]
    fn any_text_is_a_program_or_is_told_why_not(text in "(python|repeat|io|lock| at |[0-9]{1,3}|[{};#\"/\\\\ \n]){0,20}") {
        if let Ok(edit) = shop().with_program_text(T, &text) {
            prop_assert_eq!(edit.scenario.check(), Ok(()));
        }
    }
}
