//! What each figure of a run is called, what it means, and where it comes from; those of its parts are in `words_parts`.

use crate::time::{Dur, Time};

use super::rows::About;
use super::rows::Unit::{self, Count, Factor, Mean, Ns, PerSecond, Share};
use super::sums::{finished, gils, mean, of_cores, of_gils, part, ratio, sum, switches, total, wake};
use super::{Metrics, SwitchCause};

/// A figure: key, name, unit, sentence, and how it is read.
pub(super) const fn figure(
    key: &'static str,
    name: &'static str,
    unit: Unit,
    sentence: &'static str,
    of: fn(&Metrics, usize) -> Option<u64>,
) -> About {
    About { key, name, unit, sentence, of }
}

/// Those of a run with a GIL alone.
pub(super) const OF_GIL: [&str; 8] = [
    "wants_gil",
    "switches_gil",
    "gil_held",
    "gil_contended",
    "hand_offs",
    "drop_requests",
    "failed_wake_ups",
    "longest_gil_wait",
];

/// The figures of a run.
pub(super) static RUN: &[About] = &[
    figure("makespan", "makespan", Ns, "From the start until the last thread finished.", |m, _| {
        m.makespan.map(Time::ns)
    }),
    figure(
        "speed_up",
        "speed-up over the baseline",
        Factor,
        "The makespan of the baseline divided by this one: above 1, this run is faster.",
        |m, _| ratio(m.baseline?.ns(), m.makespan?.ns()),
    ),
    figure(
        "ideal",
        "least possible makespan",
        Ns,
        "All computing spread evenly over the cores, or the longest thread with its I/O and sleep, whichever takes longer. No schedule is faster.",
        |m, _| m.ideal.map(Dur::ns),
    ),
    figure(
        "ideal_share",
        "of the ideal speed",
        Share,
        "The least possible makespan as a part of the real one: 100 % if nothing was lost to waits, switches and idle cores.",
        |m, _| ratio(m.ideal?.ns(), m.makespan?.ns()),
    ),
    figure("finished", "threads finished", Count, "How many threads came to the end of their programs.", |m, _| {
        Some(finished(m))
    }),
    figure("throughput", "throughput", PerSecond, "Threads finished per second of simulated time.", |m, _| {
        part(u128::from(finished(m)) * 1_000_000_000, m.span().ns().into())
    }),
    figure(
        "turnaround",
        "mean turnaround",
        Ns,
        "From a thread's start until it finished, as the mean of all threads that have finished.",
        |m, _| mean(m, |t| t.turnaround),
    ),
    figure(
        "response",
        "mean response",
        Ns,
        "From a thread's start until it first computed, as the mean of all threads that have computed.",
        |m, _| mean(m, |t| t.response),
    ),
    figure(
        "core_use",
        "cores compute",
        Share,
        "The part of all cores' time in which a thread computed there.",
        |m, _| of_cores(m, |c| c.useful),
    ),
    figure(
        "core_switching",
        "cores switch",
        Share,
        "The part of all cores' time that went into switching to a thread, or into a GIL's checks for waiters.",
        |m, _| of_cores(m, |c| c.overhead),
    ),
    figure("core_idle", "cores idle", Share, "The part of all cores' time in which nobody was there.", |m, _| {
        of_cores(m, |c| c.idle)
    }),
    figure(
        "parallelism",
        "threads computing at once",
        Mean,
        "How many threads computed at the same moment, as the mean over time. Threads that share a GIL cannot bring it above 1 with Python alone.",
        |m, _| part(total(m, |t| t.totals.useful()), m.span().ns().into()),
    ),
    figure("running", "computing", Ns, "The time in which threads computed, added up over all of them.", |m, _| {
        sum(m, |t| t.totals.useful())
    }),
    figure("ready", "ready", Ns, "The time in which threads waited for a core, added up over all of them.", |m, _| {
        sum(m, |t| t.totals.ready)
    }),
    figure(
        "wants_gil",
        "waiting for the GIL",
        Ns,
        "The time in which threads wanted the GIL or had to leave it to another, added up over all of them.",
        |m, _| m.gils.first().and_then(|_| sum(m, |t| t.totals.for_gil())),
    ),
    figure(
        "waiting",
        "waiting for something else",
        Ns,
        "The time in which threads waited for I/O, sleep, input, locks, messages and each other, added up over all of them.",
        |m, _| sum(m, |t| t.totals.waiting()),
    ),
    figure(
        "context_switches",
        "context switches",
        Count,
        "How often a core was given to a thread other than the one it had before.",
        |m, _| Some(m.context_switches),
    ),
    figure(
        "switches_quantum",
        "switches, quantum over",
        Count,
        "Switches from a thread whose quantum was over.",
        |m, _| switches(m, SwitchCause::Quantum),
    ),
    figure(
        "switches_preempted",
        "switches, preempted",
        Count,
        "Switches from a thread to which the policy preferred another.",
        |m, _| switches(m, SwitchCause::Preempted),
    ),
    figure(
        "switches_gil",
        "switches, for the GIL",
        Count,
        "Switches from a thread that left its core as it wanted the GIL, or had to give it up.",
        |m, _| switches(m, SwitchCause::Gil),
    ),
    figure(
        "switches_blocked",
        "switches, blocked",
        Count,
        "Switches from a thread that left its core to wait for I/O, a lock or the like.",
        |m, _| switches(m, SwitchCause::Blocked),
    ),
    figure(
        "switches_yielded",
        "switches, yielded",
        Count,
        "Switches from a thread that let others go first.",
        |m, _| switches(m, SwitchCause::Yielded),
    ),
    figure("switches_finished", "switches, finished", Count, "Switches from a thread that had finished.", |m, _| {
        switches(m, SwitchCause::Finished)
    }),
    figure(
        "switches_by_hand",
        "switches, by hand",
        Count,
        "Switches from a thread that a person took off its core.",
        |m, _| switches(m, SwitchCause::ByHand),
    ),
    figure(
        "migrations",
        "migrations",
        Count,
        "How often a thread ran on a different core from the one before.",
        |m, _| Some(m.threads.iter().map(|t| t.migrations).sum()),
    ),
    figure(
        "gil_held",
        "GIL held",
        Share,
        "The part of the time in which a thread held it; of several GILs, the mean.",
        |m, _| of_gils(m, |g| g.held),
    ),
    figure(
        "gil_contended",
        "GIL contended",
        Share,
        "The part of the time in which a thread held it while another stood waiting for it; of several GILs, the mean.",
        |m, _| of_gils(m, |g| g.contended),
    ),
    figure("hand_offs", "hand-offs", Count, "How often the GIL went from one thread to another.", |m, _| {
        gils(m, |g| g.hand_offs)
    }),
    figure(
        "drop_requests",
        "drop requests",
        Count,
        "How often a thread that had waited a whole switch interval asked the holder to drop the GIL.",
        |m, _| gils(m, |g| g.requests),
    ),
    figure(
        "failed_wake_ups",
        "failed wake-ups for the GIL",
        Count,
        "How often a thread was woken to take the GIL and another one had been faster.",
        |m, _| gils(m, |g| g.failed_wake_ups),
    ),
    figure(
        "longest_gil_wait",
        "longest wait for the GIL",
        Ns,
        "The longest from wanting the GIL until having it, with all vain attempts.",
        |m, _| m.gils.iter().map(|g| g.longest_wait.ns()).max(),
    ),
    figure(
        "wakes",
        "starts and wake-ups, GIL aside",
        Count,
        "How often a thread was started, or woken as the I/O, lock or the like that it waited for had come, and went on to compute. Being woken for the GIL is not counted: it is a part of the wait for the GIL.",
        |m, _| Some(m.wakes.len() as u64),
    ),
    figure(
        "wake_p50",
        "wake-up to running, median",
        Ns,
        "From being started or woken until it computed, waits for a core and the GIL included: half of these starts and wake-ups took no longer.",
        |m, _| wake(m, 50),
    ),
    figure(
        "wake_p95",
        "wake-up to running, p95",
        Ns,
        "95 of 100 starts and wake-ups took no longer until the thread computed. Told of 20 and more.",
        |m, _| wake(m, 95),
    ),
    figure(
        "wake_p99",
        "wake-up to running, p99",
        Ns,
        "99 of 100 starts and wake-ups took no longer until the thread computed. Told of 20 and more.",
        |m, _| wake(m, 99),
    ),
    figure(
        "wake_worst",
        "wake-up to running, worst",
        Ns,
        "The longest from a start or wake-up until the thread computed.",
        |m, _| wake(m, 100),
    ),
];
