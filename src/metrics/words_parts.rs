//! What each figure of a thread, a core and a GIL is called, what it means, and where it comes from.

use crate::time::{Dur, Time};

use super::percentiles::is_told;
use super::rows::About;
use super::rows::Unit::{Count, Ns, Share};
use super::sums::ratio;
use super::words::figure;
use super::{CoreMetrics, GilMetrics, Metrics, Percentiles, ThreadMetrics, Totals};

/// The figures of a thread.
pub(super) static THREAD: &[About] = &[
    figure("start", "start", Ns, "When it starts.", |m, i| m.threads[i].start.map(Time::ns)),
    figure("finished", "finished", Ns, "When its program was over.", |m, i| m.threads[i].finished.map(Time::ns)),
    figure("response", "response", Ns, "From its start until it first computed.", |m, i| thread(m, i, |t| t.response)),
    figure("turnaround", "turnaround", Ns, "From its start until it finished.", |m, i| thread(m, i, |t| t.turnaround)),
    figure("running", "computing", Ns, "Its program went on, on a core.", |m, i| {
        Some(m.threads[i].totals.useful().ns())
    }),
    figure("ready", "ready", Ns, "It could have computed, but no core was free for it.", |m, i| {
        Some(m.threads[i].totals.ready.ns())
    }),
    figure(
        "wants_gil",
        "waiting for the GIL",
        Ns,
        "It wanted the GIL, or had to leave it to another thread.",
        |m, i| m.gils.first().map(|_| m.threads[i].totals.for_gil().ns()),
    ),
    figure(
        "waiting",
        "waiting for something else",
        Ns,
        "It waited for I/O, sleep, input, a lock, a message or a thread.",
        |m, i| Some(m.threads[i].totals.waiting().ns()),
    ),
    figure("python", "runs Python", Ns, "Of computing: bytecode.", |m, i| some(m, i, |t| t.python)),
    figure("extension", "runs C code, GIL kept", Ns, "Of computing: C code that does not let the GIL go.", |m, i| {
        some(m, i, |t| t.extension)
    }),
    figure("native", "runs native code", Ns, "Of computing: code that needs no GIL.", |m, i| some(m, i, |t| t.native)),
    figure("io", "waits for I/O", Ns, "Of waiting: for I/O.", |m, i| some(m, i, |t| t.io)),
    figure("devices", "waits for a device", Ns, "Of waiting: until a device had served others.", |m, i| {
        some(m, i, |t| t.devices)
    }),
    figure("sleep", "sleeps", Ns, "Of waiting: for the clock.", |m, i| some(m, i, |t| t.sleep)),
    figure("input", "waits for input", Ns, "Of waiting: for what a person types.", |m, i| some(m, i, |t| t.input)),
    figure("locks", "waits for a lock", Ns, "Of waiting: for locks or semaphores.", |m, i| some(m, i, |t| t.locks)),
    figure(
        "signals",
        "waits for an event or barrier",
        Ns,
        "Of waiting: for events to be set, or others at barriers.",
        |m, i| some(m, i, |t| t.signals),
    ),
    figure("messages", "waits for a message", Ns, "Of waiting: for items, room for items, or messages.", |m, i| {
        some(m, i, |t| t.messages)
    }),
    figure("threads", "waits for a thread", Ns, "Of waiting: for other threads to run or to finish.", |m, i| {
        some(m, i, |t| t.threads)
    }),
    figure("switching_in", "switching in", Ns, "Its core was switching to it.", |m, i| some(m, i, |t| t.switching_in)),
    figure("checks", "checks for waiters", Ns, "It gave a GIL of Python 2 up at checks and took it back.", |m, i| {
        some(m, i, |t| t.checks)
    }),
    figure("waking", "waking", Ns, "It had been woken and was not ready yet.", |m, i| some(m, i, |t| t.waking)),
    figure("migrations", "migrations", Count, "How often it ran on a different core from the one before.", |m, i| {
        Some(m.threads[i].migrations)
    }),
    figure(
        "wakes",
        "starts and wake-ups, GIL aside",
        Count,
        "How often it was started, or woken for something other than the GIL, and went on to compute.",
        |m, i| Some(m.threads[i].wake.count),
    ),
    figure(
        "wake_p50",
        "wake-up to running, median",
        Ns,
        "Half of its starts and wake-ups took no longer until it computed.",
        |m, i| wake(m, i, 50, |w| w.p50),
    ),
    figure(
        "wake_p95",
        "wake-up to running, p95",
        Ns,
        "95 of 100 of its starts and wake-ups took no longer. Told of 20 and more.",
        |m, i| wake(m, i, 95, |w| w.p95),
    ),
    figure(
        "wake_p99",
        "wake-up to running, p99",
        Ns,
        "99 of 100 of its starts and wake-ups took no longer. Told of 20 and more.",
        |m, i| wake(m, i, 99, |w| w.p99),
    ),
    figure("wake_worst", "wake-up to running, worst", Ns, "The longest of its starts and wake-ups.", |m, i| {
        wake(m, i, 100, |w| w.worst)
    }),
];

/// The figures of a core.
pub(super) static CORE: &[About] = &[
    figure("use", "computes", Share, "The part of its time in which a thread computed.", |m, i| {
        core(m, i, |c| c.useful)
    }),
    figure(
        "switching",
        "switches",
        Share,
        "The part of its time that went into switching, or a GIL's checks for waiters.",
        |m, i| core(m, i, |c| c.overhead),
    ),
    figure("idle", "idle", Share, "The part of its time in which nobody was there.", |m, i| core(m, i, |c| c.idle)),
];

/// The figures of a GIL.
pub(super) static GIL: &[About] = &[
    figure("held", "held", Share, "The part of the time in which a thread held it.", |m, i| gil(m, i, |g| g.held)),
    figure(
        "contended",
        "contended",
        Share,
        "The part of the time in which a thread held it while another stood waiting.",
        |m, i| gil(m, i, |g| g.contended),
    ),
    figure("hand_offs", "hand-offs", Count, "How often it went from one thread to another.", |m, i| {
        Some(m.gils[i].hand_offs)
    }),
    figure("drop_requests", "drop requests", Count, "How often a waiter asked the holder to drop it.", |m, i| {
        Some(m.gils[i].requests)
    }),
    figure(
        "failed_wake_ups",
        "failed wake-ups",
        Count,
        "How often a thread was woken to take it, and it was gone.",
        |m, i| Some(m.gils[i].failed_wake_ups),
    ),
    figure("longest_gil_wait", "longest wait", Ns, "The longest from wanting it until having it.", |m, i| {
        Some(m.gils[i].longest_wait.ns())
    }),
];

fn thread(m: &Metrics, i: usize, of: fn(&ThreadMetrics) -> Option<Dur>) -> Option<u64> {
    of(&m.threads[i]).map(Dur::ns)
}

/// A part of a thread's life that few threads have.
fn some(m: &Metrics, i: usize, of: fn(&Totals) -> Dur) -> Option<u64> {
    Some(of(&m.threads[i].totals).ns()).filter(|ns| *ns > 0)
}

fn wake(m: &Metrics, i: usize, percent: usize, of: fn(&Percentiles) -> Dur) -> Option<u64> {
    let wake = &m.threads[i].wake;
    (wake.count > 0 && is_told(wake.count, percent)).then(|| of(wake).ns())
}

fn core(m: &Metrics, i: usize, of: fn(&CoreMetrics) -> Dur) -> Option<u64> {
    ratio(of(&m.cores[i]).ns(), m.span().ns())
}

fn gil(m: &Metrics, i: usize, of: fn(&GilMetrics) -> Dur) -> Option<u64> {
    ratio(of(&m.gils[i]).ns(), m.span().ns())
}
