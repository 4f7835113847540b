//! Dropping a thread on a core: what it does, what it refuses. Without pixels; those are in `pixels`.

use gilscope::engine::{Kind, Place};
use gilscope::scenario::What;
use gilscope::scene::{Carried, DropTarget};
use gilscope::session::drag::Judge;
use gilscope::session::{Action, Effect};

use super::*;

fn judge(s: &Session) -> Judge<'_> {
    Judge { scenario: s.scenario(), run: s.run(), machine: s.machine(), playhead: s.playhead() }
}

fn core(core: u8) -> DropTarget {
    DropTarget::Core(CoreId(core))
}

fn pin(core: u8) -> DropTarget {
    DropTarget::Pin(CoreId(core))
}

/// The targets that would take a thread, of those that are a core's.
fn cores_and_pins(s: &Session, thread: ThreadIx) -> Vec<DropTarget> {
    let mut targets = judge(s).targets(Carried::Thread(thread));
    targets.retain(|t| matches!(t, DropTarget::Core(_) | DropTarget::Pin(_)));
    targets
}

fn refusal(s: &Session, thread: ThreadIx, target: DropTarget) -> String {
    judge(s).drop(Carried::Thread(thread), target).expect_err("a refusal")
}

#[test]
fn a_ready_thread_is_run_here_now_and_the_past_stays() {
    let mut s = at(native(), 1_500);
    assert_eq!(s.machine().thread(LOG).place, Place::Ready);
    let before = past(&s, s.playhead());
    let says = judge(&s).drop(Carried::Thread(LOG), core(1)).expect("a change").says;
    assert_eq!(says, "run log here now; zip goes to the head of the queue");
    let effects = s.update(run_here(LOG, 1));
    assert_eq!(effects, [Effect::Redraw, Effect::Announce("Run log on core 1 at 1.5 ms".to_owned())]);
    assert_eq!(s.playhead(), Time::from_us(1_500));
    assert_eq!(past(&s, s.playhead()), before);
    assert_eq!(s.machine().core(CoreId(1)).thread, Some(LOG));
    assert_eq!(s.machine().ready().next(), Some(ZIP));
}

#[test]
fn at_an_instant_with_events_it_comes_right_after_them_and_the_playhead_goes_along() {
    let mut s = at(native(), 4_000);
    let ready = s.machine().ready().next().expect("somebody is ready");
    let until_now = past(&s, ms(4) + Dur::from_ns(1));
    assert!(until_now.iter().any(|r| r.time() == ms(4)), "something happens at 4 ms");
    s.update(run_here(ready, 1));
    let after = ms(4) + Dur::from_ns(1);
    assert_eq!(s.scenario().interventions[0].at, after);
    assert_eq!(past(&s, after), until_now);
    assert_eq!(s.playhead(), after);
    assert_eq!(s.machine().core(CoreId(1)).thread, Some(ready));
    let happened = s.run().trace().iter().find(|r| r.time() == after).map(|r| r.kind());
    assert_eq!(happened, Some(Kind::Intervene));
}

#[test]
fn a_running_thread_moves_to_another_core() {
    let mut s = at(native(), 1_500);
    s.update(run_here(ETL, 1));
    assert_eq!(s.machine().core(CoreId(1)).thread, Some(ETL));
    assert_eq!(s.machine().core(CoreId(0)).thread, Some(ZIP), "displaced, and first in the queue for the free core");
}

#[test]
fn at_the_start_it_pins() {
    let mut s = session(native());
    assert_eq!(said(&s.update(run_here(LOG, 1))), "Pin log to core 1");
    assert!(s.scenario().interventions.is_empty());
    assert_eq!(s.run().plan().thread(LOG).cores.pinned(), Some(CoreId(1)));
    assert_eq!(refusal(&s, LOG, core(1)), "log is pinned to core 1 already; its pin lets go of it");
}

#[test]
fn a_pin_is_from_the_start_at_any_time_and_lets_go_again() {
    let mut s = at(native(), 9_000);
    assert_eq!(
        judge(&s).drop(Carried::Thread(LOG), pin(1)).expect("a change").says,
        "pin log to core 1, from the start"
    );
    s.update(Action::Pin { thread: LOG, core: Some(CoreId(1)) });
    assert_eq!(s.playhead(), ms(9));
    assert!(s.run().lanes().core(CoreId(0)).iter().all(|segment| segment.thread != LOG));
    assert_eq!(
        judge(&s).drop(Carried::Thread(LOG), pin(1)).expect("a change").says,
        "let log run on any core, from the start"
    );
    assert_eq!(s.update(Action::Pin { thread: LOG, core: Some(CoreId(1)) }), [], "pinned there already");
    s.update(Action::Pin { thread: LOG, core: None });
    assert_eq!(*s.scenario(), native());
}

#[test]
fn the_menu_does_exactly_what_a_drop_does() {
    for us in [0, 1_500, 4_000] {
        for target in [core(0), core(1), pin(0), pin(1)] {
            let mut s = at(native(), us);
            let drop = judge(&s).drop(Carried::Thread(LOG), target);
            let before = s.scenario().clone();
            s.update(match target {
                DropTarget::Core(core) => Action::RunHere { thread: LOG, core },
                DropTarget::Pin(core) => Action::Pin { thread: LOG, core: Some(core) },
                _ => unreachable!("not in the list above"),
            });
            match drop {
                Ok(change) => {
                    assert_eq!(*s.scenario(), change.edit.scenario, "{us} µs, {target:?}");
                    assert_eq!((s.undo_name(), s.playhead()), (Some(change.edit.name.as_str()), change.playhead));
                }
                Err(_) => assert_eq!(*s.scenario(), before),
            }
        }
    }
}

#[test]
fn a_thread_that_no_core_helps_is_refused_with_the_reason() {
    let mut s = at(python(), 2_000);
    assert_eq!(refusal(&s, ZIP, core(1)), "zip wants the GIL; a core would not help");
    assert_eq!(refusal(&s, LOG, core(1)), "log waits for I/O; a core would not help");
    let on = s.machine().thread(ETL).core.expect("etl runs").0;
    assert_eq!(refusal(&s, ETL, core(on)), format!("etl is on core {on} already"));
    let before = s.scenario().clone();
    assert_eq!(s.update(run_here(ZIP, 1)), [Effect::Complain("zip wants the GIL; a core would not help".to_owned())]);
    assert_eq!((s.scenario(), s.undo_name()), (&before, None));
    assert_eq!(cores_and_pins(&s, ZIP), [pin(0), pin(1)], "a pin is from the start and takes everyone");
    s.update(Action::Seek(ms(12)));
    assert_eq!(refusal(&s, LOG, core(1)), "log sleeps; a core would not help");
    s.update(Action::ToEnd);
    assert_eq!(refusal(&s, LOG, core(1)), "log has finished");
}

#[test]
fn what_is_under_way_or_not_begun_is_refused() {
    let scenario = python().costs(crate::build::slow_costs(2, 0));
    let mut s = session(scenario);
    let mut seen = Vec::new();
    while said(&s.update(Action::NextEvent)).is_empty() {
        for thread in [ETL, ZIP] {
            if matches!(s.machine().thread(thread).place, Place::Waking | Place::ForcedWait) {
                seen.push(refusal(&s, thread, core(1)));
            }
        }
    }
    let waking = "zip is still waking; it can be moved once it is ready";
    let forced = "etl waits until another thread has taken the GIL; a core would not help";
    assert!(seen.iter().any(|r| r == waking) && seen.iter().any(|r| r == forced), "{seen:?}");
    let late = computer(2).process("tools", Runtime::Native, &[("etl", 5, "native 20ms")]);
    assert_eq!(refusal(&at(late, 2_000), ETL, core(1)), "etl has not started yet");
}

#[test]
fn a_thread_is_not_run_where_it_may_not() {
    let pinned = at(native().pin("log", &[1]), 1_500);
    assert_eq!(refusal(&pinned, LOG, core(0)), "log is pinned to core 1");
    let mut wide = native();
    wide.computer.cores = 3;
    let limited = at(wide.pin("log", &[0, 1]), 1_500);
    assert_eq!(refusal(&limited, LOG, core(2)), "log may not run on core 2");
    assert!(!judge(&limited).targets(Carried::Thread(LOG)).contains(&core(2)));
}

#[test]
fn what_does_not_exist_is_refused_without_a_panic() {
    let mut s = at(native(), 1_500);
    for action in [
        run_here(ThreadIx(99), 0),
        run_here(LOG, 2),
        run_here(LOG, 255),
        Action::Pin { thread: ThreadIx(99), core: None },
        Action::Pin { thread: LOG, core: Some(CoreId(200)) },
    ] {
        s.update(action);
        assert_eq!((s.scenario(), s.undo_name()), (&native(), None));
    }
}

#[test]
fn one_drop_is_one_undo_step() {
    let mut s = at(native(), 1_500);
    s.update(run_here(LOG, 1));
    assert!(matches!(s.scenario().interventions[..], [ref i] if matches!(i.what, What::RunHere { .. })));
    s.update(Action::Undo);
    assert_eq!(*s.scenario(), native());
    assert_eq!(s.playhead(), Time::from_us(1_500));
}
