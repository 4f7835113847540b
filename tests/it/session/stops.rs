//! Stepping from hand-off to hand-off and from context switch to context switch.

use gilscope::metrics::Metrics;
use gilscope::scenario::{Op, presets};

use super::*;

/// Every instant that a way of stepping visits, until it says that there is none.
fn visit(s: &mut Session, step: &Action) -> Vec<Time> {
    let mut visited = Vec::new();
    loop {
        let before = s.playhead();
        let said = said(&s.update(step.clone()));
        if s.playhead() == before {
            assert!(said.starts_with("There is no"), "{said}");
            return visited;
        }
        visited.push(s.playhead());
        assert!(visited.len() < 1_000, "it goes on for ever");
    }
}

fn preset(name: &str) -> Session {
    session(presets::by_name(name).expect("a preset").scenario())
}

#[test]
fn a_step_to_the_next_hand_off_stops_wherever_the_gil_has_another_holder_than_before() {
    let mut s = preset("W4");
    let run = s.run().clone();
    let there = visit(&mut s, &Action::NextHandOff);
    let counted = Metrics::of(&run, run.end()).gils[0].hand_offs;
    assert!(counted > 1);
    assert_eq!(there.len() as u64, counted);
    for at in &there {
        let holder = |t: Time| run.seen(t).gil(gilscope::ids::GilIx(0)).holder;
        assert!(holder(*at).is_some());
        assert_ne!(holder(*at), holder(Time::from_ns(at.ns() - 1)), "{at}");
    }
    s.update(Action::ToEnd);
    let mut back = visit(&mut s, &Action::PreviousHandOff);
    back.reverse();
    assert_eq!(back, there);
}

#[test]
fn a_step_to_the_next_switch_stops_wherever_a_core_gets_another_thread() {
    let mut s = preset("P4");
    let run = s.run().clone();
    let there = visit(&mut s, &Action::NextSwitch);
    assert_eq!(there.len() as u64, Metrics::of(&run, run.end()).context_switches);
    s.update(Action::ToEnd);
    let mut back = visit(&mut s, &Action::PreviousSwitch);
    back.reverse();
    assert_eq!(back, there);
}

#[test]
fn a_step_pauses_and_where_there_is_none_it_says_so_and_stays() {
    let mut s = at(native(), 6_000);
    s.update(Action::TogglePlay);
    let effects = s.update(Action::NextHandOff);
    assert_eq!(said(&effects), "There is no hand-off of the GIL after this");
    assert_eq!((s.playhead(), s.playing()), (Time::from_us(6_000), false));
    s.update(Action::ToStart);
    assert_eq!(said(&s.update(Action::PreviousSwitch)), "There is no context switch before this");
}

#[test]
fn an_endless_run_is_searched_beyond_what_is_shown() {
    let one = computer(1).policy(Policy::round_robin(Dur::from_ms(500)));
    let mut endless = one.process("tools", Runtime::Native, &[("a", 0, "native 1ms"), ("b", 0, "native 1ms")]);
    for thread in &mut endless.processes[0].threads {
        let steps = std::mem::take(&mut thread.program);
        thread.program = vec![Op::Repeat { times: None, steps }.into()];
    }
    let mut s = session(endless);
    assert!(s.axis().to() < ms(500));
    s.update(Action::NextSwitch);
    assert_eq!(s.playhead(), ms(500));
}
