//! The trace for Perfetto and speedscope: nothing of the lanes is lost.

use std::collections::BTreeMap;

use gilscope::engine::plan::ObjectKind;
use gilscope::engine::{Place, Run};
use gilscope::explain::thread_name;
use gilscope::interop::chrome::render;
use gilscope::interop::in_words;
use gilscope::metrics::horizon;
use gilscope::scenario::{Scenario, presets};
use gilscope::time::Time;
use proptest::prelude::*;
use serde_json::Value;

use crate::proving::hold;
use crate::random::{endless_scenarios, scenarios};
use crate::sharing::endless_sharing_scenarios;

/// A process's and a thread's number.
type Track = (u64, u64);

/// A stretch: start and end in nanoseconds, and what it is called.
type Stretch = (u64, u64, String);

/// A trace as a reader takes it in.
struct Read {
    events: Vec<Value>,
    tracks: BTreeMap<Track, Vec<Stretch>>,
    /// By the name of a track's process and its own, in the order in which they are named.
    names: Vec<(String, String, Track)>,
}

/// Whole nanoseconds: three decimals of microseconds are exact up to a month in 64 bits.
fn ns(event: &Value) -> u64 {
    (event["ts"].as_f64().expect("a time") * 1e3).round() as u64
}

fn track(event: &Value) -> Track {
    (event["pid"].as_u64().expect("a process"), event["tid"].as_u64().expect("a thread"))
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn read(json: &str) -> Read {
    let mut trace: Value = serde_json::from_str(json).expect("JSON");
    let Value::Array(events) = trace["traceEvents"].take() else { panic!("no events") };
    let mut tracks: BTreeMap<Track, Vec<Stretch>> = BTreeMap::new();
    let mut processes: BTreeMap<u64, String> = BTreeMap::new();
    let mut names = Vec::new();
    for event in &events {
        let (name, stretches) = (text(&event["name"]), tracks.entry(track(event)).or_default());
        match (event["ph"].as_str().expect("a phase"), name.as_str()) {
            ("B", _) => stretches.push((ns(event), 0, name)),
            ("E", _) => {
                let open = stretches.last_mut().expect("it begins before it ends");
                assert_eq!((open.1, &open.2), (0, &name), "one at a time is open, and ends by its name");
                open.1 = ns(event);
            }
            ("M", "process_name") => drop(processes.insert(track(event).0, text(&event["args"]["name"]))),
            ("M", "thread_name") => {
                names.push((processes[&track(event).0].clone(), text(&event["args"]["name"]), track(event)));
            }
            _ => {}
        }
    }
    tracks.retain(|_, stretches| !stretches.is_empty());
    Read { events, tracks, names }
}

/// What the lanes of a run are, in the order of their tracks.
fn expected(run: &Run, cut: Time) -> Vec<(String, String, Vec<Stretch>)> {
    let (plan, lanes) = (run.plan(), run.lanes());
    let stretch = |start: Time, end: Time, name: String| (start.ns(), end.min(cut).ns(), name);
    let mut expected = Vec::new();
    for core in plan.core_ids() {
        let lane = lanes.core(core).iter().take_while(|s| s.start < cut).map(|s| {
            let switches = if s.place == Place::SwitchingIn { "switches to " } else { "" };
            stretch(s.start, s.end, format!("{switches}{}", thread_name(plan, s.thread)))
        });
        expected.push(("cores".to_owned(), format!("core {}", core.0), lane.collect()));
    }
    for gil in plan.gil_ixs() {
        let lane = lanes.gil(gil).iter().take_while(|s| s.start < cut);
        let lane = lane.map(|s| stretch(s.start, s.end, thread_name(plan, s.holder)));
        expected.push(("GILs".to_owned(), format!("GIL of {}", plan.gil_owner(gil)), lane.collect()));
    }
    let shared = run.shared();
    for object in plan.object_ixs() {
        let of = plan.object(object);
        if matches!(of.kind, ObjectKind::Lock | ObjectKind::Device) {
            let held = shared.lanes(run.trace()).held(object);
            let lane = held.iter().take_while(|s| s.start < cut);
            let lane = lane.map(|s| stretch(s.start, s.end, thread_name(plan, s.holder))).collect();
            expected.push(("locks and devices".to_owned(), of.name.clone(), lane));
        }
    }
    for process in plan.process_ixs().map(|p| plan.process(p)) {
        for thread in &process.threads {
            let lane = lanes.thread(*thread).iter().take_while(|s| s.start < cut && s.place != Place::Finished);
            let lane = lane.map(|s| {
                let core = s.core.map_or_else(String::new, |c| format!(", core {}", c.0));
                stretch(s.start, s.end, format!("{}{core}", in_words(s.place)))
            });
            expected.push((process.name.clone(), plan.thread(*thread).name.clone(), lane.collect()));
        }
    }
    expected
}

fn run_of(scenario: &Scenario, until: Time) -> Run {
    let mut run = Run::new(scenario);
    run.extend_to(until);
    run
}

fn every_stretch_is_there(scenario: &Scenario, until: Time) -> Result<(), TestCaseError> {
    let run = run_of(scenario, until);
    let read = read(&render(&run, until));
    let expected = expected(&run, horizon(&run, until));
    prop_assert_eq!(read.names.len(), expected.len());
    let mut stretches = 0;
    for ((process, name, track), (in_process, named, lane)) in read.names.iter().zip(&expected) {
        // A lock is told with what it is, and of which process.
        prop_assert!(process == in_process && name.contains(named), "{} of {}", name, process);
        let none = Vec::new();
        prop_assert_eq!(read.tracks.get(track).unwrap_or(&none), lane, "{} of {}", name, process);
        stretches += lane.len();
    }
    prop_assert_eq!(read.tracks.values().map(Vec::len).sum::<usize>(), stretches, "nothing else is there");
    Ok(())
}

#[test]
fn every_stretch_of_every_lane_is_there_with_its_exact_time() {
    let until = Time::from_us(60_123);
    let all = prop_oneof![scenarios().boxed(), endless_scenarios().boxed(), endless_sharing_scenarios().boxed()];
    hold(all, |scenario| every_stretch_is_there(scenario, until));
    for preset in presets::all() {
        for scenario in preset.variants().iter().map(|v| preset.variant(v)).chain([preset.scenario()]) {
            let all = every_stretch_is_there(&scenario, Time::from_ms(10_000));
            all.unwrap_or_else(|why| panic!("{}: {why}", preset.name));
        }
    }
}

#[test]
fn every_arrow_leads_from_a_stretch_to_one_that_begins() {
    hold(prop_oneof![scenarios().boxed(), endless_sharing_scenarios().boxed()], |scenario| {
        let until = Time::from_ms(60);
        let read = read(&render(&run_of(scenario, until), until));
        let arrows = |phase: &str| read.events.iter().filter(|e| e["ph"] == phase).cloned().collect::<Vec<_>>();
        let (from, to) = (arrows("s"), arrows("f"));
        prop_assert_eq!(from.len(), to.len());
        for (from, to) in from.iter().zip(&to) {
            prop_assert_eq!((&from["id"], &from["name"]), (&to["id"], &to["name"]));
            let within =
                |e: &Value| read.tracks[&track(e)].iter().any(|(start, end, _)| (*start..*end).contains(&ns(e)));
            prop_assert!(within(from) && ns(from) <= ns(to), "{} to {}", from, to);
            prop_assert!(read.tracks[&track(to)].iter().any(|(start, _, _)| *start == ns(to)), "{}", to);
        }
        Ok(())
    });
}

#[test]
fn hand_offs_and_wake_ups_are_arrows() {
    let preset = presets::all().iter().find(|p| p.name == "W4").expect("a preset");
    let run = run_of(&preset.scenario(), Time::from_ms(100));
    let read = read(&render(&run, Time::from_ms(100)));
    let count = |name: &str| read.events.iter().filter(|e| e["ph"] == "s" && e["name"] == name).count();
    // As many as `gilscope run` counts; each signals a waiter, but for the first one, and frees whoever was asked to drop it.
    assert_eq!(count("hands the GIL to"), 5);
    assert!(count("wakes") >= 5, "{}", count("wakes"));
}

#[test]
fn counters_count_those_who_wait() {
    hold(prop_oneof![scenarios().boxed(), endless_sharing_scenarios().boxed()], |scenario| {
        let until = Time::from_ms(60);
        let run = run_of(scenario, until);
        let read = read(&render(&run, until));
        let plan = run.plan();
        let cut = horizon(&run, until);
        for record in run.trace().iter().take_while(|r| r.time() <= cut).step_by(7) {
            let machine = run.seen(record.time());
            let at = |place: Place| plan.thread_ixs().filter(|t| machine.thread(*t).place == place).count() as u64;
            let told = |pid: u64| -> u64 {
                let all = read.events.iter().filter(|e| e["ph"] == "C" && e["pid"] == pid);
                let mut last: BTreeMap<String, u64> = BTreeMap::new();
                for e in all.filter(|e| ns(e) <= record.time().ns()) {
                    last.insert(text(&e["name"]), e["args"]["threads"].as_u64().expect("a number"));
                }
                last.values().sum()
            };
            prop_assert_eq!((told(1), told(2)), (at(Place::Ready), at(Place::WantsGil)), "at {}", record.time());
        }
        Ok(())
    });
}

#[test]
fn a_semaphore_is_counted_and_a_lock_is_a_track() {
    let text = r#"{"v":1,"computer":{"cores":2,"costs":"textbook"},"processes":[{"id":1,"name":"p","runtime":"native","resources":[
        {"id":1,"name":"L","kind":"lock"},{"id":2,"name":"S","kind":{"semaphore":2}}],"threads":[
        {"id":1,"name":"t","program":[{"acquire":2},{"native":1000000},{"acquire":1},{"native":2000000},{"release":1},{"release":2}]}]}]}"#;
    let run = run_of(&gilscope::scenario::json::from_str(text).expect("a scenario"), Time::from_ms(10));
    let read = read(&render(&run, Time::from_ms(10)));
    assert_eq!(read.tracks[&(3, 3_000)], [(1_000_000, 3_000_000, "t".to_owned())], "{:?}", read.names);
    let told = read.events.iter().filter(|e| e["ph"] == "C" && e["name"] == "taken of semaphore S");
    let told: Vec<_> = told.map(|e| (ns(e), e["args"]["taken"].as_u64().expect("a number"))).collect();
    assert_eq!(told, [(0, 1), (3_000_000, 0)]);
}

/// Older versions of speedscope refuse a file in which one of them has none.
#[test]
fn every_event_has_a_phase_and_a_time() {
    let run = run_of(&presets::all()[0].scenario(), Time::from_ms(100));
    let read = read(&render(&run, Time::from_ms(100)));
    assert!(read.events.iter().all(|e| e["ph"].is_string() && e["ts"].is_number() && e["pid"].is_u64()));
}
