//! Long runs: computed in slices, read while they grow, stopped and gone on with.

use gilscope::engine::{Ending, Limit};
use gilscope::scenario::{CostSet, Scenario, json::from_str, presets};
use gilscope::session::{Action, Effect, Progress, Session};
use gilscope::time::Time;

/// What is allowed to each update here, in instants: some records each.
const SLICE: usize = 2_000;

fn long() -> Scenario {
    from_str(include_str!("../../../benches/frames/million.json")).expect("a scenario")
}

fn endless() -> Scenario {
    let mut scenario = presets::by_name("G3").expect("a preset").scenario();
    scenario.computer.costs = CostSet::Textbook;
    let steps = std::mem::take(&mut scenario.processes[0].threads[0].program);
    scenario.processes[0].threads[0].program = vec![gilscope::scenario::Op::Repeat { times: None, steps }.into()];
    scenario
}

/// A session that was allowed a slice for loading a scenario.
fn opened(scenario: Scenario) -> Session {
    let mut session = Session::new(Scenario::empty("nothing"));
    step(&mut session, Action::Load(Box::new(scenario)));
    session
}

fn step(session: &mut Session, action: Action) -> Vec<Effect> {
    session.allow(SLICE);
    session.update(action)
}

fn tick(session: &mut Session) {
    step(session, Action::Tick { seconds: 0.016 });
}

#[test]
fn no_update_computes_more_than_it_is_allowed() {
    let mut session = opened(long());
    let mut before = session.run().trace().len();
    // An instant with many records counts as several, and the last one is not cut.
    let most = 10 * SLICE;
    assert!(before < most, "{before} records at once");
    for action in
        [Action::ToEnd, Action::NextEvent, Action::Fit, Action::Seek(Time::from_ms(9_000)), Action::NextSwitch]
    {
        let what = format!("{action:?}");
        step(&mut session, action);
        let after = session.run().trace().len();
        assert!(after - before < most, "{} records for {what}", after - before);
        before = after;
        // What has been allowed is used up.
        session.update(Action::Tick { seconds: 0.016 });
        let after = session.run().trace().len();
        assert!(after - before < most);
        before = after;
    }
}

#[test]
fn a_long_run_grows_with_the_ticks_and_says_how_far_it_is() {
    let mut session = opened(long());
    assert_eq!(session.progress(), None, "nobody has waited yet");
    let before = session.run().trace().len();
    (0..20).for_each(|_| tick(&mut session));
    assert!(session.run().trace().len() > before && session.is_behind());
    let Some(Progress::Computing(at, None)) = session.progress() else { panic!("{:?}", session.progress()) };
    assert_eq!(at, session.run().end());
    // Meanwhile it can be read.
    let look = Time::from_ns(at.ns() / 2);
    step(&mut session, Action::Seek(look));
    assert_eq!(session.playhead(), look);
    assert!(session.story().is_some());
}

#[test]
fn who_stops_keeps_what_is_computed_and_can_go_on() {
    let mut session = opened(long());
    (0..20).for_each(|_| tick(&mut session));
    let effects = step(&mut session, Action::Compute(false));
    assert!(effects.contains(&Effect::StopClock), "{effects:?}");
    let kept = session.run().trace().len();
    (0..5).for_each(|_| tick(&mut session));
    assert_eq!(session.run().trace().len(), kept);
    assert_eq!(session.progress(), Some(Progress::Stopped(session.run().end())));
    let effects = step(&mut session, Action::Compute(true));
    assert!(effects.contains(&Effect::StartClock), "{effects:?}");
    tick(&mut session);
    assert!(session.run().trace().len() > kept);
}

#[test]
fn a_playhead_sent_far_off_goes_there_with_the_ticks() {
    let mut session = opened(endless());
    let far = Time::from_ms(600_000);
    step(&mut session, Action::Seek(far));
    assert!(session.playhead() < far);
    let mut part = 0.0;
    for _ in 0..20 {
        tick(&mut session);
        if let Some(Progress::Computing(_, Some(now))) = session.progress() {
            assert!((part..1.0).contains(&now), "{now} after {part}");
            part = now;
        }
    }
    assert!(part > 0.0);
    session.allow(usize::MAX);
    session.update(Action::Tick { seconds: 0.016 });
    assert_eq!(session.playhead(), far);
    assert_eq!(session.progress(), None);
}

#[test]
fn who_stops_on_the_way_stays_where_the_playhead_has_come_to() {
    let mut session = opened(endless());
    step(&mut session, Action::Seek(Time::from_ms(600_000)));
    tick(&mut session);
    step(&mut session, Action::Compute(false));
    let at = session.playhead();
    assert!(at > Time::ZERO && at <= session.run().end());
    (0..3).for_each(|_| tick(&mut session));
    assert_eq!(session.playhead(), at);
}

#[test]
fn another_run_is_computed_as_far_as_it_is_shown_again() {
    let mut session = opened(long());
    (0..20).for_each(|_| tick(&mut session));
    step(&mut session, Action::Compute(false));
    let mut other = session.scenario().clone();
    other.computer.cores = 2;
    step(&mut session, Action::Edit { name: "Two cores".to_owned(), scenario: Box::new(other) });
    let before = session.run().trace().len();
    tick(&mut session);
    assert!(session.run().trace().len() > before);
}

#[test]
fn a_run_of_too_much_says_its_limit_and_keeps_what_is_there() {
    let mut scenario = long();
    for thread in scenario.processes.iter_mut().flat_map(|p| &mut p.threads) {
        let gilscope::scenario::Op::Repeat { times, .. } = &mut thread.program[0].op else { panic!("a loop") };
        *times = Some(100_000);
    }
    let mut session = Session::new(scenario);
    for _ in 0..20 {
        session.update(Action::ToEnd);
    }
    assert!(matches!(session.run().ending(), Some(Ending::LimitReached(_))));
    assert_eq!(session.progress(), Some(Progress::Limit(session.run().end(), Limit::Records)));
    assert!(!session.is_behind());
    assert!(session.scene().shapes.len() > 100);
}
