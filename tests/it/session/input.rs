//! What a thread asks, and the person at the page answers.

use gilscope::engine::{Ending, Place};
use gilscope::scenario::What;
use gilscope::session::{Action, Effect};

use super::*;

const ASK: ThreadIx = ThreadIx(0);
const TICK: Action = Action::Tick { seconds: 0.25 };

/// `ask` computes for 1 ms, asks, computes 2 ms, asks again; `busy` computes for 6 ms. No costs.
fn asking() -> Scenario {
    let json = r#"{"v":1,"computer":{"cores":2,"costs":"textbook"},"processes":[
        {"id":0,"name":"app","runtime":"native","threads":[
            {"id":0,"name":"ask","program":[{"native":1000000},{"input":"name?"},{"native":2000000},{"input":""}]},
            {"id":1,"name":"busy","program":[{"native":6000000}]}]}]}"#;
    serde_json::from_str(json).expect("a scenario")
}

fn answer(text: &str) -> Action {
    Action::Answer { thread: ASK, text: text.to_owned() }
}

/// The answers with their times.
fn answers(s: &Session) -> Vec<(Time, &str)> {
    let of = s.scenario().interventions.iter().map(|i| (i.at, &i.what));
    of.filter_map(|(at, what)| if let What::Answer { text, .. } = what { Some((at, text.as_str())) } else { None })
        .collect()
}

#[test]
fn who_awaits_what_is_told() {
    let mut s = at(asking(), 500);
    assert_eq!(s.awaited(), []);
    s.update(Action::Seek(ms(2)));
    assert_eq!(s.awaited(), [(ASK, "name?".to_owned())]);
    assert!(matches!(s.run().ending(), Some(Ending::AwaitingInput(threads)) if threads == &[ASK]));
}

#[test]
fn an_answer_lets_the_thread_go_on_from_now_and_the_past_stays() {
    let mut s = at(asking(), 2_000);
    let before = past(&s, ms(2));
    assert_eq!(said(&s.update(answer("Ada"))), "Answer ask: “Ada”");
    assert_eq!((answers(&s), s.playhead()), (vec![(ms(2), "Ada")], ms(2)));
    assert_eq!(past(&s, ms(2)), before);
    assert!(s.awaited().is_empty());
    s.update(Action::Seek(ms(5)));
    assert_eq!(s.awaited(), [(ASK, String::new())], "it asks for the second time");
    s.update(Action::Undo);
    assert_eq!((s.scenario(), s.playhead()), (&asking(), ms(5)));
}

#[test]
fn at_an_instant_with_events_the_answer_comes_right_after_them() {
    let mut s = at(asking(), 1_000);
    s.update(answer("Ada"));
    let after = ms(1) + Dur::from_ns(1);
    assert_eq!((answers(&s), s.playhead()), (vec![(after, "Ada")], after));
}

#[test]
fn a_second_answer_replaces_the_first_of_the_same_wait_and_no_other() {
    let mut s = at(asking(), 4_000);
    s.update(answer("late"));
    s.update(Action::Seek(ms(8)));
    s.update(answer("again"));
    assert_eq!(answers(&s), [(ms(4), "late"), (ms(8), "again")]);
    s.update(Action::Seek(ms(3)));
    s.update(answer("early"));
    assert_eq!(answers(&s), [(ms(8), "again"), (ms(3), "early")]);
    s.update(Action::Undo);
    assert_eq!(answers(&s), [(ms(4), "late"), (ms(8), "again")]);
}

#[test]
fn an_answer_that_nobody_awaits_is_refused_with_the_reason() {
    let mut s = at(asking(), 500);
    let refused = |s: &mut Session, thread| complaint(&s.update(Action::Answer { thread, text: "x".to_owned() }));
    assert_eq!(refused(&mut s, ASK), "ask waits for no input");
    assert_eq!(refused(&mut s, ThreadIx(1)), "busy waits for no input");
    assert_eq!(refused(&mut s, ThreadIx(9)), "");
    s.update(Action::Seek(ms(2)));
    assert!(complaint(&s.update(answer(&"x".repeat(300)))).contains("longer than"));
    assert_eq!((s.scenario(), s.playhead()), (&asking(), ms(2)));
}

#[test]
fn time_goes_on_while_the_person_types_and_the_view_grows_by_half() {
    let mut s = at(asking(), 5_900);
    let view = s.axis();
    assert!(view.shows(ms(20)), "there is room behind the end");
    s.update(Action::TogglePlay);
    while s.axis() == view {
        assert_eq!(s.update(TICK), [Effect::Redraw]);
    }
    assert!(s.playing() && s.playhead() > s.run().end());
    let grown = s.axis().span_ns() / view.span_ns();
    assert!((1.4..1.6).contains(&grown) && s.axis().shows(ms(0)), "{grown}");
    assert!(matches!(s.machine().thread(ASK).place, Place::Waiting(_)));
    let now = s.playhead();
    s.update(answer("Ada"));
    assert_eq!((answers(&s), s.playing()), (vec![(now, "Ada")], true));
    s.update(TICK);
    assert!(s.playhead() > now);
}

#[test]
fn playback_waits_for_an_answer_for_half_a_minute_and_then_pauses_with_a_word() {
    let mut s = at(asking(), 6_000);
    s.update(Action::TogglePlay);
    for _ in 0..119 {
        s.update(TICK);
    }
    assert!(s.playing());
    // Whatever the person does shows that somebody is there.
    s.update(Action::Select(None));
    for _ in 0..119 {
        s.update(TICK);
    }
    assert!(s.playing());
    let effects = s.update(TICK);
    assert!(!s.playing() && effects.contains(&Effect::StopClock));
    assert_eq!(said(&effects), "Paused. Nothing happens after 6 ms before you answer ask");
    let stood = s.playhead();
    s.update(Action::TogglePlay);
    s.update(TICK);
    assert!(s.playing() && s.playhead() > stood, "it goes on from there");
}

#[test]
fn behind_the_end_one_can_seek_while_an_answer_is_awaited() {
    let mut s = session(asking());
    s.update(Action::Seek(ms(50)));
    assert_eq!((s.playhead(), s.awaited().len()), (ms(50), 1));
    assert!(s.axis().shows(ms(0)) && s.axis().shows(ms(50)), "a view of all makes room");
    s.update(Action::Seek(Time::NEVER));
    assert!(s.axis().shows(s.playhead()), "104 days");
    s.update(Action::ToEnd);
    assert_eq!(s.playhead(), ms(6), "the end is the last instant at which something happens");
    s.update(Action::Seek(ms(50)));
    s.update(answer("Ada"));
    assert_eq!(answers(&s), [(ms(50), "Ada")]);
    s.update(Action::ToEnd);
    assert_eq!(s.playhead(), ms(52));
}

#[test]
fn the_baseline_gets_the_same_answer_at_the_same_time() {
    let preset = gilscope::scenario::presets::by_name("W2").expect("a preset");
    let mut s = at(preset.scenario(), 9_000);
    let ended = |s: &Session| s.baseline().and_then(|run| run.ending().cloned());
    assert!(matches!(ended(&s), Some(Ending::AwaitingInput(_))), "W1's way waits for the same answer");
    s.update(answer("Ada"));
    assert_eq!(ended(&s), Some(Ending::AllFinished));
    let end = s.baseline().expect("a baseline").end();
    assert!(end > s.run().end(), "{end} of one thread after the other, {} of three", s.run().end());
    s.update(Action::Undo);
    assert!(matches!(ended(&s), Some(Ending::AwaitingInput(_))));
    // Also where the answer comes by itself.
    s.update(Action::Load(Box::new(preset.variant(&preset.variants()[0]))));
    assert_eq!(ended(&s), Some(Ending::AllFinished));
}

#[test]
fn where_nothing_else_may_be_changed_an_answer_may_be_given_and_reset() {
    let mut s = at(asking(), 2_000);
    s.set_editable(false);
    s.update(answer("Ada"));
    assert_eq!(answers(&s), [(ms(2), "Ada")]);
    s.update(Action::Undo);
    assert_eq!(answers(&s), [(ms(2), "Ada")], "there is no undo there");
    s.update(Action::Reset);
    assert!(answers(&s).is_empty());
}
