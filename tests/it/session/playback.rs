//! Playing, seeking, stepping.

use gilscope::engine::Kind;
use gilscope::scenario::presets;
use gilscope::session::{Action, Effect};

use super::*;

const TICK: Action = Action::Tick { seconds: 0.1 };

#[test]
fn playing_moves_the_playhead_at_the_set_speed_until_paused() {
    let mut s = session(native());
    s.update(Action::SetSpeed { position: 0.5 });
    assert_eq!(s.update(Action::TogglePlay), [Effect::Redraw, Effect::StartClock]);
    assert_eq!(s.update(TICK), [Effect::Redraw]);
    // Half way on the slider is 1 ms of simulated time per second.
    assert!(s.playhead().ns().abs_diff(100_000) <= 1, "{}", s.playhead());
    assert_eq!(s.update(Action::TogglePlay), [Effect::Redraw, Effect::StopClock]);
    assert_eq!(s.update(TICK), []);
    assert!(s.playhead().ns().abs_diff(100_000) <= 1);
}

#[test]
fn playback_stops_at_the_end_with_a_word_and_starts_again_from_there() {
    let mut s = at(native(), 31_999);
    s.update(Action::SetSpeed { position: 1.0 });
    s.update(Action::TogglePlay);
    let effects = s.update(TICK);
    assert_eq!((s.playhead(), s.playing()), (ms(32), false));
    assert_eq!(said(&effects), "The run ends at 32 ms: every thread has finished");
    assert!(effects.contains(&Effect::StopClock));
    s.update(Action::TogglePlay);
    assert_eq!((s.playhead(), s.playing()), (ms(0), true));
}

#[test]
fn p1a_plays_for_about_twelve_seconds_at_first() {
    let s = session(presets::by_name("P1a").expect("a preset").scenario());
    let seconds = s.run().end().ns() as f64 / s.ns_per_second();
    assert!((5.0..20.0).contains(&seconds), "{seconds} s for {}", s.run().end());
}

#[test]
fn stepping_visits_every_instant_of_the_trace_once_and_comes_back_the_same_way() {
    let mut s = session(python());
    let mut there = vec![s.playhead()];
    while said(&s.update(Action::NextEvent)).is_empty() {
        there.push(s.playhead());
    }
    let mut instants: Vec<_> = s.run().trace().iter().map(|r| r.time()).collect();
    instants.dedup();
    assert!(instants.len() > 8, "the test shows little with {} instants", instants.len());
    assert_eq!(there, instants);
    let mut back = vec![s.playhead()];
    while said(&s.update(Action::PreviousEvent)).is_empty() {
        back.push(s.playhead());
    }
    back.reverse();
    assert_eq!(back, instants);
}

#[test]
fn what_a_user_does_at_an_instant_is_no_step_of_its_own() {
    let mut s = at(native(), 8_000);
    s.update(run_here(ETL, 0));
    assert_eq!(s.scenario().interventions[0].at, ms(8) + Dur::from_ns(1));
    s.update(Action::ToStart);
    let mut there = vec![s.playhead()];
    while said(&s.update(Action::NextEvent)).is_empty() {
        there.push(s.playhead());
    }
    assert!(there.contains(&(ms(8) + Dur::from_ns(1))) && !there.contains(&ms(8)), "{there:?}");
    let mut back = vec![s.playhead()];
    while said(&s.update(Action::PreviousEvent)).is_empty() {
        back.push(s.playhead());
    }
    back.reverse();
    assert_eq!(back, there);
    let run = s.run();
    let told: Vec<_> = (0..run.trace().len()).map(|i| gilscope::explain::sentence(run, i)).collect();
    assert!(told.iter().all(|text| !text.contains(" ns")), "{told:#?}");
    assert!(told.iter().any(|text| text.contains("by hand")));
}

#[test]
fn stepping_from_between_two_instants_goes_to_the_nearest_on_that_side_and_pauses() {
    let mut s = at(native(), 6_000);
    s.update(Action::TogglePlay);
    s.update(Action::NextEvent);
    assert_eq!((s.playhead(), s.playing()), (ms(8), false));
    s.update(Action::Seek(ms(6)));
    s.update(Action::PreviousEvent);
    assert_eq!(s.playhead(), ms(4));
}

#[test]
fn seeking_ends_at_the_end_of_the_run() {
    let mut s = session(native());
    s.update(Action::Seek(ms(500)));
    assert_eq!(s.playhead(), ms(32));
    s.update(Action::ToStart);
    assert_eq!(s.playhead(), ms(0));
    s.update(Action::ToEnd);
    assert_eq!(s.playhead(), ms(32));
    s.update(Action::Seek(Time::NEVER));
    assert_eq!(s.playhead(), ms(32));
}

#[test]
fn the_machine_is_that_of_the_playhead() {
    let mut s = session(python());
    for us in [3, 7_777, 12_000, 39_999, 5_000] {
        s.update(Action::Seek(Time::from_us(us)));
        let fresh = gilscope::engine::Run::new(s.scenario()).at(s.playhead());
        assert_eq!(format!("{:?}", s.machine()), format!("{fresh:?}"), "at {us} µs");
    }
}

#[test]
fn the_story_is_the_most_telling_record_at_or_before_the_playhead() {
    let mut s = session(python());
    let kind = |s: &Session| {
        let story = s.story().expect("something has happened");
        let record = s.run().trace()[story.record];
        assert_eq!(story.time, record.time());
        assert!(!story.text.is_empty());
        record.kind()
    };
    // zip asks at 5 ms; its whole instant also has a ready, a dispatch, a drop and a taking.
    s.update(Action::Seek(Time::from_us(5_500)));
    assert_eq!(s.story().map(|s| s.time), Some(ms(5)));
    assert_eq!(kind(&s), Kind::RequestGil);
    let mut quiet = session(native());
    quiet.update(Action::Seek(ms(9)));
    assert_eq!(quiet.story().map(|s| s.time), Some(ms(8)));
    assert_eq!(kind(&quiet), Kind::Ready, "the end of a slice tells more than who comes next");
}

#[test]
fn an_endless_run_is_computed_to_the_view_and_past_the_playhead_only() {
    let mut scenario = native();
    let thread = scenario.processes[0].threads[0].id;
    let body = scenario.thread(thread).expect("etl").1.program.clone();
    let forever = gilscope::scenario::Op::Repeat { times: None, steps: body };
    scenario.thread_mut(thread).expect("etl").program = vec![forever.into()];
    let mut s = session(scenario);
    assert!(s.run().ending().is_none());
    assert!(s.run().end() >= s.axis().to() && s.run().trace().len() < 1_000);
    s.update(Action::ToEnd);
    assert!(s.playhead() > ms(40));
    s.update(Action::Seek(ms(1_000)));
    assert_eq!(s.playhead(), ms(1_000));
    assert!(s.run().end() > ms(1_000));
    assert!(s.axis().shows(ms(1_000)));
}

#[test]
fn a_run_that_is_a_lot_comes_in_portions_with_the_clock() {
    // 10 µs of quantum in 3 s: hundreds of thousands of instants.
    let scenario = computer(1).policy(Policy::round_robin(Dur::from_us(10))).process(
        "tools",
        Runtime::Native,
        &[("a", 0, "native 1.5s"), ("b", 0, "native 1.5s")],
    );
    let mut s = session(scenario);
    let whole = s.axis();
    assert!(whole.shows(ms(3_000)));
    let edit = s.scenario().with_policy(Policy::round_robin(Dur::from_us(11))).expect("possible");
    assert!(s.update(edit.into()).contains(&Effect::StartClock));
    assert!(s.run().ending().is_none(), "it was no lot");
    for tick in 0..40 {
        let computed = s.run().end();
        let effects = s.update(TICK);
        assert_eq!((s.playhead(), s.playing()), (ms(0), false));
        let ended = s.run().ending().is_some();
        assert!(ended || s.run().end() > computed, "nothing was computed in a tick");
        assert!(effects.contains(&Effect::Redraw));
        if effects.contains(&Effect::StopClock) {
            assert!(tick > 0 && s.run().ending().is_some(), "computed to {}", s.run().end());
            assert!(s.axis().shows(s.run().end()));
            return;
        }
        assert_eq!(effects, [Effect::Redraw]);
    }
    panic!("the clock was not stopped: computed to {} of {}", s.run().end(), s.axis().to());
}
