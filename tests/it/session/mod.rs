//! The session: what each action does, without a browser.

mod address;
mod blocks;
mod building;
mod by_hand;
mod changes;
mod computing;
mod drag;
mod embed;
mod files;
mod input;
mod keys;
mod lanes;
mod library;
mod magnification;
mod menus;
mod navigate;
mod palette;
mod pixels;
mod playback;
mod random;
mod save;
mod says;
mod several;
mod sharing;
mod stops;
mod story;
mod table;
mod touch;
mod view;

use gilscope::engine::Record;
use gilscope::ids::{CoreId, ThreadIx};
use gilscope::scenario::{Policy, Runtime, Scenario};
use gilscope::scene::Size;
use gilscope::session::{Action, Effect, Session};
use gilscope::time::{Dur, Time};

use crate::build::{Build, computer};

pub(crate) const ETL: ThreadIx = ThreadIx(0);
pub(crate) const ZIP: ThreadIx = ThreadIx(1);
pub(crate) const LOG: ThreadIx = ThreadIx(2);

/// Two cores, three threads of compiled code, 20 ms each; two run and `log` is ready. Round robin, quantum 4 ms.
pub(crate) fn native() -> Scenario {
    computer(2).policy(Policy::round_robin(Dur::from_ms(4))).process(
        "tools",
        Runtime::Native,
        &[("etl", 0, "native 20ms"), ("zip", 0, "native 20ms"), ("log", 0, "native 20ms")],
    )
}

/// Two cores: `etl` and `zip` share a GIL, so one of them always wants it; `log`, of another process, waits for I/O until
/// 10 ms and sleeps until 15 ms.
pub(crate) fn python() -> Scenario {
    let two = computer(2).python(&[("etl", 0, "python 20ms"), ("zip", 0, "python 20ms")]);
    two.process("disk", Runtime::Native, &[("log", 0, "io 10ms; sleep 5ms")])
}

pub(crate) fn session(scenario: Scenario) -> Session {
    scenario.check().expect("a scenario that passes its check");
    let mut session = Session::new(scenario);
    session.update(Action::Resize(Size { w: 1_000.0, h: 600.0 }));
    session
}

pub(crate) fn at(scenario: Scenario, us: u64) -> Session {
    let mut session = session(scenario);
    session.update(Action::Seek(Time::from_us(us)));
    session
}

pub(crate) const fn ms(ms: u64) -> Time {
    Time::from_ms(ms)
}

pub(crate) fn run_here(thread: ThreadIx, core: u8) -> Action {
    Action::RunHere { thread, core: CoreId(core) }
}

/// Runs a thread on the core of the two that it is not on.
pub(crate) fn run_elsewhere(s: &Session, thread: ThreadIx) -> Action {
    run_here(thread, u8::from(s.machine().thread(thread).core == Some(CoreId(0))))
}

/// What is announced, joined.
pub(crate) fn said(effects: &[Effect]) -> String {
    let said = |e: &Effect| match e {
        Effect::Announce(text) => Some(text.clone()),
        _ => None,
    };
    effects.iter().filter_map(said).collect::<Vec<_>>().join(" | ")
}

/// What is complained about, joined.
pub(crate) fn complaint(effects: &[Effect]) -> String {
    let complaint = |e: &Effect| match e {
        Effect::Complain(text) => Some(text.clone()),
        _ => None,
    };
    effects.iter().filter_map(complaint).collect::<Vec<_>>().join(" | ")
}

/// The records before a time.
pub(crate) fn past(session: &Session, before: Time) -> Vec<Record> {
    session.run().trace().iter().copied().take_while(|r| r.time() < before).collect()
}
